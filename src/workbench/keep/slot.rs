//! A window's place in the data folder, and who else has one.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{super::clock, make_folder, real};
use crate::file;

/// A place that is ours as long as the process lives: the lock goes with it, however it ends.
#[derive(Debug)]
pub(super) struct Slot {
    folder: PathBuf,
    name: String,
    _lock: File,
}

/// A window that has a file open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    file: Option<PathBuf>,
    /// The id of its process.
    pub process: u32,
    /// Since when, for people.
    pub since: String,
}

impl Slot {
    pub(super) fn take(folder: &Path) -> io::Result<Self> {
        make_folder(folder)?;
        let process = std::process::id();
        for number in 1..10_000 {
            let name = format!("{process}-{number}");
            let path = folder.join(format!("{name}.lock"));
            // Numbers of processes come again: what a dead one of this number has left is not ours.
            if folder.join(format!("{name}.recovery")).exists() {
                continue;
            }
            let lock = match File::options().write(true).create_new(true).open(&path) {
                Ok(lock) => lock,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(error),
            };
            match lock.try_lock() {
                // Who tidies up may have taken it for a dead one before it was locked.
                Ok(()) if path.exists() => return Ok(Self { folder: folder.to_owned(), name, _lock: lock }),
                Ok(()) | Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => {
                    let _ = fs::remove_file(&path);
                    return Err(error);
                }
            }
        }
        Err(io::Error::other("there are too many windows"))
    }

    /// Where what is unsaved is kept.
    pub(super) fn recovery(&self) -> PathBuf {
        self.folder.join(format!("{}.recovery", self.name))
    }

    fn told(&self) -> PathBuf {
        self.folder.join(format!("{}.json", self.name))
    }

    /// Tells the others what is open here.
    pub(super) fn tell(&self, path: Option<&Path>) {
        let since = clock::moment();
        let told = Elsewhere { file: path.map(real), process: std::process::id(), since };
        // Without it another window does not warn; nothing is lost by that.
        if let Ok(text) = serde_json::to_string(&told) {
            let _ = file::save(&self.told(), text.as_bytes());
        }
    }

    /// Who else has a file open.
    pub(super) fn elsewhere(&self, path: &Path) -> Option<Elsewhere> {
        let path = real(path);
        let others = names(&self.folder).into_iter().filter(|name| *name != self.name && is_alive(&self.folder, name));
        others
            .filter_map(|name| fs::read(self.folder.join(format!("{name}.json"))).ok())
            .filter_map(|text| serde_json::from_slice::<Elsewhere>(&text).ok())
            .find(|told| told.file.as_ref() == Some(&path))
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let _ = fs::remove_file(self.told());
        let _ = fs::remove_file(self.folder.join(format!("{}.lock", self.name)));
    }
}

/// The names of all places, dead ones included, in order.
pub(super) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut names: Vec<String> = entries
        .filter_map(|entry| {
            let path = entry.path();
            let known = path.extension().is_some_and(|ending| ending == "lock" || ending == "recovery");
            path.file_stem().filter(|_| known)?.to_str().map(str::to_owned)
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

/// Whether the process of a place still runs. What a dead one left beside its unsaved work is removed.
pub(super) fn is_alive(folder: &Path, name: &str) -> bool {
    let path = folder.join(format!("{name}.lock"));
    let Ok(lock) = File::options().write(true).open(&path) else { return false };
    // Shared, so that two who look at the same time do not take each other for its process.
    match lock.try_lock_shared() {
        Ok(()) => {
            let _ = fs::remove_file(folder.join(format!("{name}.json")));
            let _ = fs::remove_file(path);
            false
        }
        Err(_) => true,
    }
}
