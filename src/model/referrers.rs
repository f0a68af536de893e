//! Who refers to what: made once, so that a step that follows references need not look through the model.

use std::collections::HashMap;

use super::{Key, Model, Record};

/// The records that refer to each record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Referrers(HashMap<Key, Vec<Key>>);

impl Referrers {
    /// Those of a model.
    pub(crate) fn new(model: &Model) -> Self {
        let mut referrers = Self::default();
        for key in model.keys() {
            if let Some(entry) = model.entry(&key) {
                referrers.insert(&key, &entry.record);
            }
        }
        referrers
    }

    /// Adds what a record refers to. What it referred to before stays.
    pub(crate) fn insert(&mut self, key: &Key, record: &Record) {
        for reference in record.references() {
            let referrers = self.0.entry(reference.key).or_default();
            if referrers.last() != Some(key) {
                referrers.push(key.clone());
            }
        }
    }

    /// The records that refer to one, or did once.
    pub(crate) fn of(&self, key: &Key) -> &[Key] {
        self.0.get(key).map(Vec::as_slice).unwrap_or_default()
    }
}
