//! Keeps what is unsaved, soon after each change and off the window's thread.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use super::{
    super::{Jobs, Workbench, clock::Stopwatch},
    recovery,
    slot::{Elsewhere, Slot},
};
use crate::model::Model;

/// After a change nothing is kept for so long: the next may follow at once.
const QUIET_MS: f64 = 500.0;
/// But no change waits longer than that.
const MOST_MS: f64 = 8_000.0;

/// Keeps the unsaved work of one window.
pub struct Keeper {
    folder: Option<PathBuf>,
    shared: Arc<Shared>,
    jobs: Jobs<Option<String>>,
    inline: bool,
    noted: Option<Arc<Model>>,
    path: Option<PathBuf>,
}

/// What the window's thread, the job that keeps and the end by a signal share.
pub(super) struct Shared {
    slot: Option<Slot>,
    state: Mutex<State>,
    /// Held by whoever writes: one at a time, and the last one writes the newest.
    disk: Mutex<()>,
}

#[derive(Default)]
struct State {
    unsaved: Option<Unsaved>,
    number: u64,
    written: u64,
    /// Since the first change that is not kept yet, and since the last.
    since: Option<(Stopwatch, Stopwatch)>,
    running: bool,
}

#[derive(Clone)]
struct Unsaved {
    path: Option<PathBuf>,
    base: Arc<Model>,
    ours: Arc<Model>,
}

impl Keeper {
    /// Keeps nothing: there is no folder for it.
    pub fn nowhere() -> Self {
        Self::with(None, None, true)
    }

    /// Keeps in a folder; inline, each change at once. Where nothing can be kept there, why.
    pub fn new(folder: &Path, inline: bool) -> (Self, Option<String>) {
        let recovery = folder.join("recovery");
        match Slot::take(&recovery) {
            Ok(slot) => (Self::with(Some(folder.to_owned()), Some(slot), inline), None),
            Err(error) => {
                let keeper = Self::with(Some(folder.to_owned()), None, inline);
                (keeper, Some(format!("Unsaved work cannot be kept in {}: {error}", recovery.display())))
            }
        }
    }

    fn with(folder: Option<PathBuf>, slot: Option<Slot>, inline: bool) -> Self {
        let shared = Arc::new(Shared { slot, state: Mutex::default(), disk: Mutex::default() });
        let jobs = if inline { Jobs::inline() } else { Jobs::threaded() };
        Self { folder, shared, jobs, inline, noted: None, path: None }
    }

    /// The data folder.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Who else has a file open.
    pub fn elsewhere(&self, path: &Path) -> Option<Elsewhere> {
        self.shared.slot.as_ref()?.elsewhere(path)
    }

    /// Looks at what is on the workbench; `wake` is called when something about it could not be kept.
    pub fn note(&mut self, bench: &Workbench, wake: impl FnOnce() + Send + 'static) {
        let Some(slot) = &self.shared.slot else { return };
        let moved = self.path != bench.path;
        if moved {
            slot.tell(bench.path.as_deref());
            self.path.clone_from(&bench.path);
        }
        if !bench.is_dirty() {
            self.settle();
            return;
        }
        if !moved && self.noted.as_ref().is_some_and(|noted| Arc::ptr_eq(noted, bench.model())) {
            return;
        }
        self.noted = Some(bench.model().clone());
        let unsaved = Unsaved { path: bench.path.clone(), base: bench.base().clone(), ours: bench.model().clone() };
        let start = self.shared.change(unsaved);
        if start {
            let (shared, inline) = (self.shared.clone(), self.inline);
            self.jobs.spawn("autosave", move || shared.run(inline).err(), wake);
        }
    }

    /// Where what is unsaved is kept, if something is.
    pub fn kept(&self) -> Option<PathBuf> {
        let slot = self.shared.slot.as_ref()?;
        self.noted.is_some().then(|| slot.recovery())
    }

    /// What could not be kept, and why.
    pub fn poll(&mut self) -> Option<String> {
        self.jobs.poll().into_iter().flatten().last()
    }

    /// Keeps what is unsaved now.
    ///
    /// # Errors
    /// Why it could not be kept.
    pub fn flush(&self) -> Result<(), String> {
        self.shared.write()
    }

    /// Nothing is unsaved any more, or need not be kept.
    pub fn settle(&mut self) {
        if self.noted.take().is_some() {
            self.shared.settle();
        }
    }

    pub(super) fn shared(&self) -> Arc<Shared> {
        self.shared.clone()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        let _ = self.flush();
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of a change; whether a job is to be started for it.
    fn change(&self, unsaved: Unsaved) -> bool {
        let mut state = self.state();
        state.unsaved = Some(unsaved);
        state.number += 1;
        let now = Stopwatch::start();
        let first = state.since.map_or(now, |(first, _)| first);
        state.since = Some((first, now));
        !std::mem::replace(&mut state.running, true)
    }

    /// Waits until a change has to be kept and keeps it, until none is left.
    fn run(&self, inline: bool) -> Result<(), String> {
        loop {
            let wait_ms = {
                let mut state = self.state();
                let due = state.unsaved.as_ref().and(state.since);
                let Some((first, last)) = due else {
                    state.running = false;
                    return Ok(());
                };
                if inline { 0.0 } else { (QUIET_MS - last.ms()).min(MOST_MS - first.ms()) }
            };
            if wait_ms > 0.0 {
                thread::sleep(Duration::from_secs_f64(wait_ms / 1_000.0));
                continue;
            }
            if let Err(error) = self.write() {
                // The next change tries again.
                self.state().running = false;
                return Err(error);
            }
        }
    }

    /// Keeps what is unsaved, if that is not done.
    pub(super) fn write(&self) -> Result<(), String> {
        let Some(slot) = &self.slot else { return Ok(()) };
        let disk = self.disk.lock().unwrap_or_else(PoisonError::into_inner);
        let (unsaved, number) = {
            let mut state = self.state();
            if state.written == state.number {
                state.since = None;
                return Ok(());
            }
            state.since = None;
            (state.unsaved.clone(), state.number)
        };
        let Some(unsaved) = unsaved else { return Ok(()) };
        let done = recovery::keep(&slot.recovery(), unsaved.path.as_deref(), &unsaved.base, &unsaved.ours);
        let mut state = self.state();
        if done.is_ok() {
            state.written = number;
        }
        if state.unsaved.is_none() {
            let _ = fs::remove_file(slot.recovery());
        }
        // Before the state is let go: who settles either sees that nobody writes, or is seen here.
        drop(disk);
        done.map_err(|error| format!("Unsaved work is not kept: {error}"))
    }

    fn settle(&self) {
        let Some(slot) = &self.slot else { return };
        let mut state = self.state();
        state.unsaved = None;
        state.since = None;
        state.written = state.number;
        if let Ok(_disk) = self.disk.try_lock() {
            let _ = fs::remove_file(slot.recovery());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::recovery::recoveries, *};
    use crate::model::{Edit, Id, System, SystemKind};

    fn changed(bench: &mut Workbench, name: &str) {
        let id: Id<System> = name.parse().unwrap();
        bench.apply("Add", None, &[Edit::put(&id, System::new(name, SystemKind::Service))]).unwrap();
    }

    fn keeper(folder: &Path) -> Keeper {
        let (keeper, trouble) = Keeper::new(folder, true);
        assert_eq!(trouble, None);
        keeper
    }

    /// As a crash leaves it: nothing is tidied up, and the lock is gone.
    fn crash(keeper: Keeper) {
        let folder = keeper.folder.clone().unwrap().join("recovery");
        let saved: Vec<(PathBuf, Vec<u8>)> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.clone(), fs::read(path).unwrap()))
            .collect();
        drop(keeper);
        for (path, bytes) in saved {
            fs::write(path, bytes).unwrap();
        }
    }

    #[test]
    fn unsaved_work_is_kept_for_after_a_crash_and_not_while_its_window_lives() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.ron");
        let mut bench = Workbench::new(Model::new("Shop"), None, Vec::new());
        bench.save(path.clone()).unwrap();
        let mut first = keeper(folder.path());
        first.note(&bench, || {});
        assert!(recoveries(folder.path()).is_empty());
        changed(&mut bench, "web");
        first.note(&bench, || {});
        let second = keeper(folder.path());
        assert!(recoveries(folder.path()).is_empty(), "its window lives");
        assert_eq!(second.elsewhere(&path).unwrap().process, std::process::id());
        crash(first);
        assert!(second.elsewhere(&path).is_none());
        let found = recoveries(folder.path());
        assert_eq!(found.len(), 1);
        assert!(found[0].is_of(&path) && found[0].title() == "shop.ron");
        let recovered = found[0].read().unwrap();
        assert!(!recovered.changed && recovered.patch().changes.len() == 1);
        let (taken, recovery) = recovered.take(&|_, _| crate::model::Side::Ours);
        assert_eq!(taken.model(), bench.model());
        assert!(taken.is_dirty() && taken.path.is_some());
        recovery.discard();
        assert!(recoveries(folder.path()).is_empty());
    }

    #[test]
    fn who_looks_at_the_same_time_sees_the_same() {
        for _ in 0..20 {
            let folder = tempfile::tempdir().unwrap();
            let mut bench = Workbench::blank();
            let mut keeper = keeper(folder.path());
            changed(&mut bench, "web");
            keeper.note(&bench, || {});
            crash(keeper);
            let lookers: Vec<_> = (0..4)
                .map(|_| folder.path().to_owned())
                .map(|folder| thread::spawn(move || recoveries(&folder).len()))
                .collect();
            let seen: Vec<usize> = lookers.into_iter().map(|looker| looker.join().unwrap()).collect();
            assert_eq!(seen, [1; 4]);
        }
    }

    #[test]
    fn what_is_saved_undone_or_thrown_away_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut bench = Workbench::blank();
        let mut keeper = keeper(folder.path());
        let kept = keeper.shared.slot.as_ref().unwrap().recovery();
        changed(&mut bench, "web");
        keeper.note(&bench, || {});
        assert!(kept.is_file());
        bench.undo();
        keeper.note(&bench, || {});
        assert!(!kept.exists());
        bench.redo();
        keeper.note(&bench, || {});
        assert!(kept.is_file());
        bench.save(folder.path().join("a.ron")).unwrap();
        keeper.note(&bench, || {});
        assert!(!kept.exists());
        changed(&mut bench, "shop");
        keeper.note(&bench, || {});
        keeper.settle();
        drop(keeper);
        assert_eq!(fs::read_dir(folder.path().join("recovery")).unwrap().count(), 0);
    }

    #[test]
    fn the_work_is_merged_with_what_the_file_has_become() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.ron");
        let mut bench = Workbench::new(Model::new("Shop"), None, Vec::new());
        bench.save(path.clone()).unwrap();
        let mut theirs = Workbench::open(&path).unwrap();
        let mut keeper = keeper(folder.path());
        changed(&mut bench, "web");
        keeper.note(&bench, || {});
        changed(&mut theirs, "mail");
        theirs.save(path).unwrap();
        crash(keeper);
        let found = recoveries(folder.path());
        let recovered = found[0].read().unwrap();
        assert!(recovered.changed);
        let (taken, _) = recovered.take(&|_, _| crate::model::Side::Ours);
        assert_eq!(taken.model().systems.len(), 2);
    }

    #[test]
    fn a_file_that_is_gone_does_not_take_the_work_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.ron");
        let mut bench = Workbench::new(Model::new("Shop"), None, Vec::new());
        bench.save(path.clone()).unwrap();
        let mut keeper = keeper(folder.path());
        changed(&mut bench, "web");
        keeper.note(&bench, || {});
        crash(keeper);
        fs::remove_file(&path).unwrap();
        let recovered = recoveries(folder.path())[0].read().unwrap();
        assert!(recovered.lost[0].message.contains("no such file"));
        assert_eq!(recovered.take(&|_, _| crate::model::Side::Ours).0.model(), bench.model());
    }

    #[test]
    fn threads_keep_within_two_seconds() {
        let folder = tempfile::tempdir().unwrap();
        let (mut keeper, _) = Keeper::new(folder.path(), false);
        let kept = keeper.shared.slot.as_ref().unwrap().recovery();
        let mut bench = Workbench::blank();
        changed(&mut bench, "web");
        let (tell, told) = std::sync::mpsc::channel();
        let watch = Stopwatch::start();
        keeper.note(&bench, move || tell.send(()).unwrap());
        assert!(!kept.exists());
        told.recv().unwrap();
        assert!(kept.is_file() && watch.ms() > 400.0, "{}", watch.ms());
        assert_eq!(keeper.poll(), None);
    }
}
