//! The version of a file before its last save.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{super::clock, hash, make_folder, real};
use crate::{
    file::{self, Problem, SaveError},
    model::Model,
};

/// The version of a file before its last save.
#[derive(Clone, Debug)]
pub struct Previous {
    /// Where it is kept.
    pub path: PathBuf,
    /// When it was replaced, for people.
    pub until: String,
}

/// Where the previous version of a file is kept: under its name and the whole of its path.
fn place(folder: &Path, path: &Path) -> PathBuf {
    let path = real(path);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let number = hash(path.as_os_str().as_encoded_bytes());
    folder.join("previous").join(format!("{stem}-{number:016x}.ron"))
}

/// Where it lies until the save is done.
fn waiting(place: &Path) -> PathBuf {
    place.with_extension("next")
}

/// A version that becomes the previous one when the save is done, and is forgotten when it fails.
#[derive(Debug)]
#[must_use]
pub struct Outgoing {
    place: PathBuf,
    replaced: bool,
}

impl Outgoing {
    /// The file has been saved.
    ///
    /// # Errors
    /// Where the version before cannot take its place.
    pub fn replaced(mut self) -> io::Result<()> {
        self.replaced = true;
        fs::rename(waiting(&self.place), &self.place)
    }
}

impl Drop for Outgoing {
    fn drop(&mut self) {
        if !self.replaced {
            let _ = fs::remove_file(waiting(&self.place));
        }
    }
}

/// Keeps a file as it is, before it becomes `next`. A save that changes nothing does not push out what is kept, nor
/// does one that fails.
///
/// # Errors
/// Where it cannot be kept. The file itself is only read.
pub fn keep_previous(folder: &Path, path: &Path, next: &str) -> Result<Option<Outgoing>, SaveError> {
    let failed = |error: io::Error| SaveError::Io { path: path.to_owned(), reason: error.to_string() };
    let now = match fs::read(path) {
        Ok(now) => now,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    if now == next.as_bytes() {
        return Ok(None);
    }
    make_folder(&folder.join("previous")).map_err(failed)?;
    let place = place(folder, path);
    file::save(&waiting(&place), &now)?;
    Ok(Some(Outgoing { place, replaced: false }))
}

/// The version of a file before its last save, if there is one.
pub fn previous(folder: &Path, path: &Path) -> Option<Previous> {
    let mut kept = place(folder, path);
    // A save that was cut behind the last step: what was to become the previous version is it.
    if let Ok(waits) = fs::read(waiting(&kept))
        && fs::read(path).is_ok_and(|now| now != waits)
    {
        kept = waiting(&kept);
    }
    let until = fs::metadata(&kept).ok()?.modified().map(clock::moment_of).ok()?;
    Some(Previous { path: kept, until })
}

impl Previous {
    /// Reads it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(&self) -> Result<Model, Vec<Problem>> {
        let text = file::load(&self.path).map_err(|problem| vec![problem])?;
        let reading = file::read(&text);
        reading.model.ok_or(reading.problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbench::Workbench;

    #[test]
    fn the_version_before_the_last_save_that_changed_something_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (data, path) = (folder.path().join("data"), folder.path().join("shop.ron"));
        let mut bench = Workbench::new(Model::new("First"), None, Vec::new());
        bench.save_keeping(path.clone(), Some(&data)).unwrap();
        assert!(previous(&data, &path).is_none());
        bench.become_model("Name", Model::new("Second"));
        assert!(bench.save_keeping(path.clone(), Some(&data)).unwrap().is_none());
        assert_eq!(previous(&data, &path).unwrap().read().unwrap().about.name, "First");
        bench.save_keeping(path.clone(), Some(&data)).unwrap();
        assert_eq!(previous(&data, &path).unwrap().read().unwrap().about.name, "First");
        assert!(previous(&data, &folder.path().join("other/shop.ron")).is_none());
        // A save that fails pushes nothing out; one that was cut after it was done has what waited.
        let folder_of_none = folder.path().join("none/shop.ron");
        assert!(bench.save_keeping(folder_of_none, Some(&data)).is_err());
        let outgoing = keep_previous(&data, &path, "another").unwrap().unwrap();
        drop(outgoing);
        assert_eq!(previous(&data, &path).unwrap().read().unwrap().about.name, "First");
        std::mem::forget(keep_previous(&data, &path, "another").unwrap());
        assert_eq!(previous(&data, &path).unwrap().read().unwrap().about.name, "First");
        fs::write(&path, file::write(&Model::new("Cut"))).unwrap();
        assert_eq!(previous(&data, &path).unwrap().read().unwrap().about.name, "Second");
        // Where it cannot be kept, the file is saved all the same, and that is told.
        fs::remove_dir_all(data.join("previous")).unwrap();
        fs::write(data.join("previous"), "").unwrap();
        bench.become_model("Name", Model::new("Third"));
        assert!(bench.save_keeping(path.clone(), Some(&data)).unwrap().is_some());
        assert!(fs::read_to_string(&path).unwrap().contains("Third"));
    }
}
