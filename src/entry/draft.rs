//! A model as it would become, laid over the model as it is: nothing is copied but what changes. What goes and what is
//! renamed reaches far; it is carried out in a copy at once, and what follows is laid over that.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    Problem,
    ast::Name,
    index::{Index, fold},
    summary::{self, Note},
};
use crate::model::{
    Boundary, Contract, Domain, Edit, EditError, Entity, Id, Interaction, Key, Kind, Model, Patch, Profile, Record,
    Slug, Store, System, Table, Tabled, Team,
};

/// A kind of record that lines make or change.
pub(super) trait Row: Tabled + Clone + Into<Record> {
    fn table(model: &Model) -> &Table<Self>
    where
        Self: Sized;

    fn of(record: &Record) -> Option<&Self>;
}

macro_rules! rows {
    ($($type:ident $table:ident,)*) => {$(
        impl Row for $type {
            fn table(model: &Model) -> &Table<Self> {
                &model.$table
            }

            fn of(record: &Record) -> Option<&Self> {
                if let Record::$type(value) = record { Some(value) } else { None }
            }
        }
    )*};
}

rows! {
    Team teams,
    Domain domains,
    Boundary boundaries,
    Profile profiles,
    System systems,
    Store stores,
    Entity entities,
    Contract contracts,
    Interaction interactions,
}

/// A model that lines are being read into.
pub(super) struct Draft<'m> {
    pub(super) model: Cow<'m, Model>,
    index: Cow<'m, Index>,
    /// What has been carried out in the model, and what it does in words.
    done: Vec<Edit>,
    pub(super) told: Vec<Note>,
    /// Whether the index is of the model before that.
    stale: bool,
    changed: BTreeMap<Key, Record>,
    /// The names of what has changed.
    over: Index,
    /// What the last line is about.
    pub(super) about: Vec<Key>,
    /// What else there is to say: what exists, what may be meant otherwise.
    pub(super) notes: Vec<Note>,
}

impl<'m> Draft<'m> {
    pub(super) fn new(model: &'m Model, index: &'m Index) -> Self {
        Self {
            model: Cow::Borrowed(model),
            index: Cow::Borrowed(index),
            done: Vec::new(),
            told: Vec::new(),
            stale: false,
            changed: BTreeMap::new(),
            over: Index::default(),
            about: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Another line is to be read.
    pub(super) fn begin(&mut self) {
        self.about.clear();
        if std::mem::take(&mut self.stale) {
            self.index = Cow::Owned(Index::new(&self.model));
        }
    }

    /// Puts what has been said into the model, so that edits can be made of it that reach far.
    ///
    /// # Errors
    /// Where the model cannot become so.
    pub(super) fn settle(&mut self) -> Result<&Model, EditError> {
        let edits = self.pending();
        if !edits.is_empty() {
            let told = summary::changes(self);
            self.told.extend(told);
            self.carry_out(edits)?;
        }
        Ok(&self.model)
    }

    /// Carries out edits of the model as [`Draft::settle`] lent it.
    ///
    /// # Errors
    /// Where the model cannot become so.
    pub(super) fn carry_out(&mut self, edits: Vec<Edit>) -> Result<Patch, EditError> {
        let patch = self.model.to_mut().apply(&edits)?;
        self.done.extend(edits);
        self.changed.clear();
        self.over = Index::default();
        self.stale = true;
        Ok(patch)
    }

    pub(super) fn get<T: Row>(&self, id: &Id<T>) -> Option<&T> {
        match self.changed.get(&id.key()) {
            Some(record) => T::of(record),
            None => T::table(&self.model).get(id).map(|stored| &*stored.value),
        }
    }

    pub(super) fn contains(&self, key: &Key) -> bool {
        self.changed.contains_key(key) || self.model.contains(key)
    }

    /// Whether a record was made by these lines.
    pub(super) fn is_new(&self, key: &Key) -> bool {
        self.changed.contains_key(key) && !self.model.contains(key)
    }

    pub(super) fn put<T: Row>(&mut self, id: &Id<T>, value: T) {
        let (key, record) = (id.key(), value.into());
        self.over.insert(&key, &record);
        self.changed.insert(key, record);
    }

    /// Adds a record under an id made from a name that is no other's.
    pub(super) fn add<T: Row>(&mut self, name: &str, at: &Name, value: T) -> Result<Id<T>, Problem> {
        let slug = Slug::derive(name).ok_or_else(|| {
            Problem::new(at.at.clone(), format!("“{name}” is no name: it has neither a letter nor a digit"))
        })?;
        let taken = |slug: &Slug| self.contains(&Key { kind: T::KIND, slug: slug.clone() });
        let id = Id::from_slug(slug.free(taken));
        self.put(&id, value);
        Ok(id)
    }

    /// Changes a record; what stays as it is is no change.
    pub(super) fn change<T: Row + PartialEq>(&mut self, id: &Id<T>, with: impl FnOnce(&mut T)) {
        let Some(old) = self.get(id) else { return };
        let mut new = old.clone();
        with(&mut new);
        if new != *old {
            self.put(id, new);
        }
    }

    /// The record of a kind that a text names: by its name, else by its id, else whatever its case.
    ///
    /// # Errors
    /// Where several could be meant.
    pub(super) fn find<T: Row>(&self, name: &Name) -> Result<Option<Id<T>>, Problem> {
        Ok(self.find_of(T::KIND, name)?.map(|key| Id::from_slug(key.slug)))
    }

    /// The same, where the kind is known only when the line is read.
    ///
    /// # Errors
    /// Where several could be meant.
    pub(super) fn find_of(&self, kind: Kind, name: &Name) -> Result<Option<Key>, Problem> {
        let keys: BTreeSet<Key> = [&*self.index, &self.over]
            .into_iter()
            .flat_map(|index| index.named(kind, &name.value))
            .map(|slug| Key { kind, slug })
            .collect();
        let exact: Vec<&Key> = keys.iter().filter(|key| self.name(key) == name.value).collect();
        let by_id: Vec<&Key> = keys.iter().filter(|key| key.slug.as_str() == name.value).collect();
        let by_case: Vec<&Key> = keys.iter().filter(|key| fold(&self.name(key)) == fold(&name.value)).collect();
        for found in [exact, by_id, by_case, keys.iter().collect()] {
            match found.as_slice() {
                [] => {}
                [one] => return Ok(Some((*one).clone())),
                several => {
                    let ids = several.iter().map(|key| key.slug.as_str()).collect::<Vec<_>>().join(", ");
                    let message =
                        format!("several {} are called “{}”: write the id of one, {ids}", kind.table(), name.value);
                    return Err(Problem::new(name.at.clone(), message));
                }
            }
        }
        Ok(None)
    }

    /// What people call a record.
    pub(super) fn name(&self, key: &Key) -> String {
        match self.changed.get(key) {
            Some(record) => record.display_name().unwrap_or_else(|| key.slug.to_string()),
            None => self.model.name(key),
        }
    }

    pub(super) fn name_of<T: Tabled>(&self, id: &Id<T>) -> String {
        self.name(&id.key())
    }

    /// The known name nearest to one, of some kinds.
    pub(super) fn nearest(&self, kinds: &[Kind], wrong: &str) -> Option<String> {
        self.index.nearest(kinds, wrong).or_else(|| self.over.nearest(kinds, wrong)).map(str::to_owned)
    }

    pub(super) fn between(&self, from: &Id<System>, to: &Id<System>) -> BTreeSet<Id<Interaction>> {
        self.both(|index| index.between(from, to))
    }

    pub(super) fn carriers(&self, part: &str) -> BTreeSet<Id<Interaction>> {
        self.both(|index| index.carriers(part))
    }

    /// The contracts that have an operation or message; one that has changed comes twice.
    pub(super) fn holders(&self, part: &str) -> impl Iterator<Item = &Id<Contract>> {
        self.index.holders(part).iter().chain(self.over.holders(part))
    }

    /// The operations and messages that are known.
    pub(super) fn parts(&self) -> BTreeSet<String> {
        self.index.parts().chain(self.over.parts()).map(str::to_owned).collect()
    }

    fn both<T: Ord + Clone>(&self, of: impl Fn(&Index) -> &[T]) -> BTreeSet<T> {
        of(&self.index).iter().chain(of(&self.over)).cloned().collect()
    }

    /// What has become different, by key.
    pub(super) fn changes(&self) -> impl Iterator<Item = (&Key, Option<Record>, &Record)> {
        self.changed.iter().filter_map(|(key, after)| {
            let before = self.model.entry(key).map(|entry| entry.record);
            (before.as_ref() != Some(after)).then_some((key, before, after))
        })
    }

    fn pending(&self) -> Vec<Edit> {
        self.changes().map(|(key, _, record)| Edit::Put { key: key.clone(), record: record.clone() }).collect()
    }

    /// What makes the model so, in order.
    pub(super) fn edits(&self) -> Vec<Edit> {
        self.done.iter().cloned().chain(self.pending()).collect()
    }
}
