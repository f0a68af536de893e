//! How a model was last drawn, for when it is opened again: boxes and lines stand where they stood.
//!
//! In `drawings` lies one drawing for each file that was open, and for unsaved work that has none. It is a convenience
//! and no part of the model: what cannot be read, or is of another version of the program, is drawn afresh.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, SystemTime},
};

use serde::{Deserialize, Serialize};

use super::{
    super::{Drawn, Jobs},
    hash, make_folder, real,
};
use crate::{file, layout::Drawing};

/// Raised whenever what is written changes its form.
const FORMAT: u32 = 1;
/// So many drawings are kept, the newest.
const MOST: usize = 100;
/// After a change nothing is written for so long: the next may follow at once.
const QUIET: Duration = Duration::from_millis(800);

#[derive(Serialize, Deserialize)]
struct Kept<T> {
    spandrel_drawing: u32,
    drawn: T,
}

/// Keeps what one window shows.
pub struct Drawings {
    folder: Option<PathBuf>,
    /// What was noted last, and for what.
    noted: Option<(PathBuf, Arc<Drawing>)>,
    shared: Arc<Mutex<State>>,
    jobs: Jobs<()>,
    inline: bool,
}

#[derive(Default)]
struct State {
    waits: Option<(PathBuf, Drawn)>,
    running: bool,
}

impl Drawings {
    /// Keeps in the data folder, or nowhere; inline, each drawing at once.
    pub fn new(data: Option<&Path>, inline: bool) -> Self {
        let jobs = if inline { Jobs::inline() } else { Jobs::threaded() };
        Self { folder: data.map(|data| data.join("drawings")), noted: None, shared: Arc::default(), jobs, inline }
    }

    /// Keeps a drawing soon, off the window's thread. What was noted already costs nothing.
    pub fn note(&mut self, owner: &Path, drawing: &Arc<Drawing>, drawn: impl FnOnce() -> Drawn) {
        let Some(folder) = &self.folder else { return };
        let known = |(path, noted): &(PathBuf, Arc<Drawing>)| path == owner && Arc::ptr_eq(noted, drawing);
        if self.noted.as_ref().is_some_and(known) {
            return;
        }
        self.jobs.poll();
        self.noted = Some((owner.to_owned(), drawing.clone()));
        let mut state = state(&self.shared);
        state.waits = Some((owner.to_owned(), drawn()));
        if std::mem::replace(&mut state.running, true) {
            return;
        }
        drop(state);
        let (shared, folder, inline) = (self.shared.clone(), folder.clone(), self.inline);
        self.jobs.spawn("keep the drawing", move || run(&shared, &folder, inline), || {});
    }

    /// Keeps now what still waits.
    fn flush(&self) {
        let waits = state(&self.shared).waits.take();
        if let (Some(folder), Some((owner, drawn))) = (&self.folder, waits) {
            write(folder, &owner, &drawn);
        }
    }
}

impl Drop for Drawings {
    fn drop(&mut self) {
        self.flush();
    }
}

fn state(shared: &Mutex<State>) -> MutexGuard<'_, State> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn run(shared: &Mutex<State>, folder: &Path, inline: bool) {
    loop {
        if !inline {
            thread::sleep(QUIET);
        }
        let waits = {
            let mut state = state(shared);
            state.running = state.waits.is_some();
            state.waits.take()
        };
        match waits {
            Some((owner, drawn)) => write(folder, &owner, &drawn),
            None => return,
        }
    }
}

/// Where the drawing of a file lies: under its name and the whole of its path.
fn place(folder: &Path, owner: &Path) -> PathBuf {
    let owner = real(owner);
    let stem = owner.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    folder.join(format!("{stem}-{:016x}.drawing", hash(owner.as_os_str().as_encoded_bytes())))
}

/// Where it cannot be written, the model is drawn afresh the next time, and nothing is lost.
fn write(folder: &Path, owner: &Path, drawn: &Drawn) {
    let kept = Kept { spandrel_drawing: FORMAT, drawn };
    let Ok(text) = serde_json::to_string(&kept) else { return };
    if make_folder(folder).is_ok() && file::save(&place(folder, owner), text.as_bytes()).is_ok() {
        tidy(folder);
    }
}

/// Throws the oldest away, where there are too many.
fn tidy(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let aged = |entry: fs::DirEntry| {
        let changed = entry.metadata().and_then(|about| about.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
        (entry.path().extension()? == "drawing").then(|| (changed, entry.path()))
    };
    let mut all: Vec<(SystemTime, PathBuf)> = entries.filter_map(aged).collect();
    all.sort();
    let many = all.len().saturating_sub(MOST);
    for (_, path) in all.iter().take(many) {
        let _ = fs::remove_file(path);
    }
}

/// How the model of a file was last drawn, if that is known.
pub fn last_drawn(data: &Path, owner: &Path) -> Option<Drawn> {
    let text = fs::read_to_string(place(&data.join("drawings"), owner)).ok()?;
    let kept: Kept<Drawn> = serde_json::from_str(&text).ok()?;
    Some(kept.drawn).filter(|drawn| kept.spandrel_drawing == FORMAT && drawn.is_whole())
}
