//! What lists and fields ask of a whole model: its outline, who refers to what, and who is called what. Each is made once
//! for a revision, off the window's thread where there is time for it.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use super::{
    OutlineGroup,
    joined::{Joined, Users, joined, users},
    outline::outline,
};
use crate::{
    entry::Index,
    model::{Key, Model},
    scene::Badge,
};

/// What lists and fields ask of a model.
#[derive(Debug)]
pub struct Listing {
    written: Arc<Model>,
    model: Arc<Model>,
    badges: Arc<BTreeMap<Key, Badge>>,
    outline: OnceLock<Vec<OutlineGroup>>,
    users: OnceLock<Users>,
    names: OnceLock<Index>,
}

impl Listing {
    /// Of a model as it is written, and as of a day with what was found then. Nothing is made yet.
    pub(super) fn new(written: Arc<Model>, model: Arc<Model>, badges: Arc<BTreeMap<Key, Badge>>) -> Self {
        let (outline, users, names) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { written, model, badges, outline, users, names }
    }

    /// The model as an outline.
    pub fn outline(&self) -> &[OutlineGroup] {
        self.outline.get_or_init(|| outline(&self.model, &self.badges))
    }

    /// What a record is joined to, heading by heading: what a system owns, asks and is asked; of all else, what refers to
    /// it.
    pub fn joined(&self, key: &Key) -> Vec<Joined> {
        joined(&self.model, self.users.get_or_init(|| users(&self.model)), key)
    }

    /// Who is called what in the model as it is written, for quick entry.
    pub fn names(&self) -> &Index {
        self.names.get_or_init(|| Index::new(&self.written))
    }

    /// Makes what a window shows in every frame.
    pub fn prepare(&self) {
        self.outline();
        self.users.get_or_init(|| users(&self.model));
    }
}
