//! A file that others may change: looked at every second, off the window's thread.
//!
//! Looking again is cheaper than being told: it works on network drives and in containers, needs no thread of the
//! system, and a second is soon enough. Only where size, time or place of the file have changed is it read.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    thread,
    time::Duration,
};

use super::{super::Jobs, hash};
use crate::file::{self, Reading};

const EVERY: Duration = Duration::from_secs(1);
/// A file that changes is read when it has rested so long: it may be written in pieces.
const REST: Duration = Duration::from_millis(200);

/// What was seen of a file.
#[derive(Debug)]
pub enum Sight {
    /// It is another: what it is now, and its fingerprint.
    Changed(Box<Reading>, u64),
    /// It is no longer there.
    Gone,
}

/// Watches one file.
pub struct Watch {
    jobs: Jobs<Option<(u64, Sight)>>,
    number: u64,
    inline: bool,
    known: Option<(PathBuf, Option<u64>)>,
    /// Whether something was seen, which ends the job that watches.
    seen: bool,
    /// Dropped, it ends the job that watches.
    stop: Option<Sender<()>>,
}

/// What the text of a file is known by.
pub fn fingerprint(text: &str) -> u64 {
    hash(text.as_bytes())
}

impl Watch {
    /// Watches nothing yet; inline, the file is looked at whenever it is asked for.
    pub fn new(inline: bool) -> Self {
        let jobs = if inline { Jobs::inline() } else { Jobs::threaded() };
        Self { jobs, number: 0, inline, known: None, seen: false, stop: None }
    }

    /// Watches a file of which this fingerprint is known; `None` where it is known not to be there.
    pub fn follow(&mut self, path: Option<PathBuf>, known: Option<u64>, wake: impl FnOnce() + Send + 'static) {
        let next = path.map(|path| (path, known));
        if self.known == next {
            return;
        }
        self.number += 1;
        self.known = next;
        self.stop = None;
        let Some((path, known)) = self.known.clone().filter(|_| !self.inline) else { return };
        let (stop, stopped) = channel::<()>();
        self.stop = Some(stop);
        let number = self.number;
        let watch = move || {
            let mut stamp = None;
            loop {
                if stopped.recv_timeout(EVERY) != Err(RecvTimeoutError::Timeout) {
                    return None;
                }
                rest(&path, stamp.as_ref());
                if let Some(sight) = look(&path, known, &mut stamp) {
                    return Some((number, sight));
                }
            }
        };
        self.jobs.spawn("watch", watch, wake);
    }

    /// Goes on after something was seen: as long as the file is another than the one that is known, it is seen again.
    pub fn resume(&mut self) {
        if self.seen {
            self.seen = false;
            self.known = None;
        }
    }

    /// What was seen since it was last asked; nothing more is until [`Self::resume`].
    pub fn poll(&mut self) -> Option<Sight> {
        let seen = self.jobs.poll().into_iter().flatten().filter(|(number, _)| *number == self.number);
        let seen = seen.map(|(_, sight)| sight).last();
        self.seen |= seen.is_some();
        if !self.inline {
            return seen;
        }
        let (path, known) = self.known.as_ref()?;
        look_at(path, *known)
    }
}

/// What tells cheaply that a file is another.
type Stamp = Option<(u64, Option<std::time::SystemTime>, u64)>;

fn stamp(path: &Path) -> Stamp {
    let metadata = fs::metadata(path).ok()?;
    #[cfg(unix)]
    let inode = std::os::unix::fs::MetadataExt::ino(&metadata);
    #[cfg(not(unix))]
    let inode = 0;
    Some((metadata.len(), metadata.modified().ok(), inode))
}

/// Waits until a file that has changed changes no more, but not for ever.
fn rest(path: &Path, known: Option<&Stamp>) {
    let mut last = stamp(path);
    if known == Some(&last) {
        return;
    }
    for _ in 0..25 {
        thread::sleep(REST);
        let now = stamp(path);
        if now == last {
            return;
        }
        last = now;
    }
}

/// Looks at a file now, before it is written over.
pub fn look_at(path: &Path, known: Option<u64>) -> Option<Sight> {
    look(path, known, &mut None)
}

/// What a file is known by, be it a model or not; `None` where there is none.
pub(super) fn print_of(path: &Path) -> Option<u64> {
    match look(path, None, &mut None)? {
        Sight::Changed(_, print) => Some(print),
        Sight::Gone => None,
    }
}

fn look(path: &Path, known: Option<u64>, seen: &mut Option<Stamp>) -> Option<Sight> {
    let now = stamp(path);
    if *seen == Some(now) {
        return None;
    }
    *seen = Some(now);
    if now.is_none() {
        return known.map(|_| Sight::Gone);
    }
    let (reading, print) = match file::load(path) {
        Ok(text) => {
            let print = fingerprint(&text);
            if known == Some(print) {
                return None;
            }
            (file::read(&text), print)
        }
        Err(problem) => {
            let print = fingerprint(&problem.message);
            if known == Some(print) {
                return None;
            }
            (Reading { model: None, problems: vec![problem] }, print)
        }
    };
    Some(Sight::Changed(Box::new(reading), print))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_seen_to_change_to_go_and_to_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        fs::write(&path, "(model: (format: 1, name: \"A\"))").unwrap();
        let known = fingerprint(&fs::read_to_string(&path).unwrap());
        let mut watch = Watch::new(true);
        assert!(watch.poll().is_none());
        watch.follow(Some(path.clone()), Some(known), || {});
        assert!(watch.poll().is_none());
        fs::write(&path, "(model: (format: 1, name: \"B\"))").unwrap();
        let Some(Sight::Changed(reading, print)) = watch.poll() else { panic!("not seen") };
        assert_eq!(reading.model.unwrap().about.name, "B");
        watch.follow(Some(path.clone()), Some(print), || {});
        assert!(watch.poll().is_none());
        fs::remove_file(&path).unwrap();
        assert!(matches!(watch.poll(), Some(Sight::Gone)));
        watch.follow(Some(path.clone()), None, || {});
        assert!(watch.poll().is_none());
        fs::write(&path, "nonsense").unwrap();
        let Some(Sight::Changed(reading, _)) = watch.poll() else { panic!("not seen") };
        assert!(reading.model.is_none() && !reading.problems.is_empty());
    }

    #[test]
    fn a_thread_sees_it_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        fs::write(&path, "(model: (format: 1, name: \"A\"))").unwrap();
        let known = fingerprint(&fs::read_to_string(&path).unwrap());
        let mut watch = Watch::new(false);
        let (tell, told) = channel();
        watch.follow(Some(path.clone()), Some(known), move || tell.send(()).unwrap());
        fs::write(&path, "(model: (format: 1, name: \"B\"))").unwrap();
        told.recv_timeout(Duration::from_secs(20)).unwrap();
        assert!(matches!(watch.poll(), Some(Sight::Changed(..))));
        // What was seen and not dealt with is seen again.
        let (tell, told) = channel();
        watch.resume();
        watch.follow(Some(path), Some(known), move || tell.send(()).unwrap());
        told.recv_timeout(Duration::from_secs(20)).unwrap();
        assert!(matches!(watch.poll(), Some(Sight::Changed(..))));
    }
}
