//! What differs between two models: one value for undo, previews, and semantic diffs.

use super::{Entry, Key, Kind, Model};

/// One record before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which record.
    pub key: Key,
    /// What it was; `None` if it was not there.
    pub before: Option<Entry>,
    /// What it became; `None` if it is gone.
    pub after: Option<Entry>,
}

/// What an edit did: each changed record once, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    /// The changed records.
    pub changes: Vec<Change>,
}

impl Patch {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The patch that takes this one back.
    pub fn inverse(&self) -> Self {
        let turned = |c: &Change| Change { key: c.key.clone(), before: c.after.clone(), after: c.before.clone() };
        Self { changes: self.changes.iter().map(turned).collect() }
    }

    /// This patch and the next as one.
    pub fn then(&self, next: &Self) -> Self {
        let mut merged: std::collections::BTreeMap<Key, Change> =
            self.changes.iter().map(|change| (change.key.clone(), change.clone())).collect();
        for change in &next.changes {
            match merged.get_mut(&change.key) {
                Some(known) => known.after.clone_from(&change.after),
                None => {
                    merged.insert(change.key.clone(), change.clone());
                }
            }
        }
        Self { changes: merged.into_values().filter(|change| change.before != change.after).collect() }
    }
}

impl Model {
    /// Carries out a patch that was recorded on this very state: undo and redo.
    pub fn replay(&mut self, patch: &Patch) {
        for change in &patch.changes {
            self.set(&change.key, change.after.clone());
        }
    }
}

/// What turns one model into another, record by record. Comments at the head of the file are not compared.
pub fn diff(before: &Model, after: &Model) -> Patch {
    let mut changes = Vec::new();
    for kind in Kind::ALL {
        let mut keys = before.keys_of(kind);
        keys.extend(after.keys_of(kind));
        keys.sort();
        keys.dedup();
        changes.extend(keys.into_iter().filter_map(|key| changed(before, after, key)));
    }
    Patch { changes }
}

fn changed(before: &Model, after: &Model, key: Key) -> Option<Change> {
    let (before, after) = (before.entry(&key), after.entry(&key));
    let same = match (&before, &after) {
        (Some(a), Some(b)) => a.comment == b.comment && (a.record.is_same(&b.record) || a.record == b.record),
        _ => false,
    };
    if same { None } else { Some(Change { key, before, after }) }
}
