//! Work off the window's thread: named threads, answers by a channel, or, for tests, at once.

use std::{
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

/// Runs jobs that answer with a `T`.
pub struct Jobs<T> {
    sender: Sender<T>,
    receiver: Receiver<T>,
    inline: bool,
    running: usize,
}

impl<T: Send + 'static> Jobs<T> {
    /// Jobs on threads of their own.
    pub fn threaded() -> Self {
        Self::new(false)
    }

    /// Jobs that are done when [`Self::spawn`] returns: for tests, and for commands.
    pub fn inline() -> Self {
        Self::new(true)
    }

    /// Whether they run where they are asked for.
    pub fn is_inline(&self) -> bool {
        self.inline
    }

    fn new(inline: bool) -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, inline, running: 0 }
    }

    /// Starts a job; `done` is called when its answer can be taken. Where no thread can be had it runs at once.
    pub fn spawn(
        &mut self,
        name: &str,
        job: impl FnOnce() -> T + Send + 'static,
        done: impl FnOnce() + Send + 'static,
    ) {
        self.running += 1;
        let sender = self.sender.clone();
        let work = move || {
            // The receiver lives as long as this value: a failed send means that nobody waits any more.
            let _ = sender.send(job());
            done();
        };
        if self.inline {
            work();
            return;
        }
        // A thread that cannot be had takes the job with it: the count then tells that nothing runs.
        if thread::Builder::new().name(name.to_owned()).spawn(work).is_err() {
            self.running -= 1;
        }
    }

    /// Lets go of something large: freeing what was derived from thousands of records takes longer than a frame.
    pub fn discard(&self, old: impl Send + 'static) {
        if !self.inline {
            // Where no thread can be had it is freed here.
            let _ = thread::Builder::new().name("discard".to_owned()).spawn(move || drop(old));
        }
    }

    /// The answers that have come.
    pub fn poll(&mut self) -> Vec<T> {
        let answers: Vec<T> = self.receiver.try_iter().collect();
        self.running = self.running.saturating_sub(answers.len());
        answers
    }

    /// Whether something is under way.
    pub fn is_busy(&self) -> bool {
        self.running > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_jobs_are_done_at_once_and_threaded_ones_in_time() {
        let mut jobs = Jobs::inline();
        jobs.spawn("a", || 1, || {});
        assert_eq!(jobs.poll(), [1]);
        let mut jobs = Jobs::threaded();
        let (tell, told) = channel();
        jobs.spawn("b", || 2, move || tell.send(()).unwrap());
        told.recv().unwrap();
        assert_eq!(jobs.poll(), [2]);
        assert!(!jobs.is_busy());
    }
}
