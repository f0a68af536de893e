//! Which containers stand open, and which are drawn as one box.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::Key;

/// With more systems than this around it, a container is one box until somebody opens it: the lines among more cannot
/// be told apart on any screen, and what is drawn must be drawn in a second.
pub const CROWD: usize = 250;

/// What somebody has opened and collapsed; everything else is as [`CROWD`] says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folds {
    /// Whether everything else is collapsed, or stands open.
    pub all: Option<bool>,
    /// These stand open.
    pub open: BTreeSet<Key>,
    /// These are collapsed.
    pub closed: BTreeSet<Key>,
}

impl Folds {
    /// Everything collapsed, or everything open.
    pub fn all(collapsed: bool) -> Self {
        Self { all: Some(collapsed), ..Self::default() }
    }

    /// Opens a container.
    pub fn open(&mut self, key: Key) {
        self.closed.remove(&key);
        self.open.insert(key);
    }

    /// Draws a container as one box.
    pub fn collapse(&mut self, key: Key) {
        self.open.remove(&key);
        self.closed.insert(key);
    }

    /// Whether a container is one box, where so many systems stand in what is around it.
    pub(super) fn is_collapsed(&self, key: &Key, around: usize) -> bool {
        if self.open.contains(key) {
            return false;
        }
        self.closed.contains(key) || self.all.unwrap_or(around > CROWD)
    }
}
