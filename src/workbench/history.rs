//! Undo and redo: recorded patches with names.

use crate::model::Patch;

/// What was done, and what was undone of it.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// The step after which the file was saved; `None` before any step.
    saved: Option<u64>,
    /// Whether the saved state can still be reached.
    lost: bool,
    next: u64,
}

#[derive(Clone, Debug)]
struct Step {
    number: u64,
    name: String,
    gesture: Option<u64>,
    patch: Patch,
}

impl History {
    /// Records what was done. A step of the gesture that the last step belongs to is merged with it.
    pub(super) fn record(&mut self, name: &str, gesture: Option<u64>, patch: Patch) {
        if self.undone.iter().any(|step| Some(step.number) == self.saved) {
            self.lost = true;
        }
        self.undone.clear();
        self.next += 1;
        let same = gesture.is_some() && self.done.last().is_some_and(|last| last.gesture == gesture);
        if same && let Some(last) = self.done.pop() {
            let merged = last.patch.then(&patch);
            if Some(last.number) == self.saved {
                self.lost = true;
            }
            if !merged.is_empty() {
                self.done.push(Step { number: self.next, name: name.to_owned(), gesture, patch: merged });
            }
            return;
        }
        self.done.push(Step { number: self.next, name: name.to_owned(), gesture, patch });
    }

    pub(super) fn undo(&mut self) -> Option<(String, Patch)> {
        let step = self.done.pop()?;
        let answer = (step.name.clone(), step.patch.inverse());
        self.undone.push(step);
        Some(answer)
    }

    pub(super) fn redo(&mut self) -> Option<(String, Patch)> {
        let mut step = self.undone.pop()?;
        // A gesture ends with its undoing.
        step.gesture = None;
        let answer = (step.name.clone(), step.patch.clone());
        self.done.push(step);
        Some(answer)
    }

    pub(super) fn mark_saved(&mut self) {
        self.saved = self.done.last().map(|step| step.number);
        self.lost = false;
        if let Some(last) = self.done.last_mut() {
            last.gesture = None;
        }
    }

    /// What the last step is known by.
    pub(super) fn last(&self) -> Option<u64> {
        self.done.last().map(|step| step.number)
    }

    /// Whether a step is done, and not taken back.
    pub(super) fn is_done(&self, number: u64) -> bool {
        self.done.iter().rev().any(|step| step.number == number)
    }

    /// No step leads to what a file holds any more.
    pub(super) fn mark_unsaved(&mut self) {
        self.lost = true;
    }

    /// The names of all steps, the first first, those that are undone included.
    pub fn steps(&self) -> impl Iterator<Item = &str> {
        self.done.iter().chain(self.undone.iter().rev()).map(|step| step.name.as_str())
    }

    /// How many of the steps are done.
    pub fn position(&self) -> usize {
        self.done.len()
    }

    /// After how many steps the model is as it was last saved or opened, if any leads there.
    pub fn saved_position(&self) -> Option<usize> {
        let mut numbers = self.done.iter().chain(self.undone.iter().rev()).map(|step| step.number);
        match self.saved {
            _ if self.lost => None,
            None => Some(0),
            Some(saved) => numbers.position(|number| number == saved).map(|at| at + 1),
        }
    }

    /// Whether the model is as it was last saved or opened.
    pub fn is_saved(&self) -> bool {
        !self.lost && self.done.last().map(|step| step.number) == self.saved
    }

    /// The name of the step that would be undone.
    pub fn to_undo(&self) -> Option<&str> {
        self.done.last().map(|step| step.name.as_str())
    }

    /// The name of the step that would be redone.
    pub fn to_redo(&self) -> Option<&str> {
        self.undone.last().map(|step| step.name.as_str())
    }
}
