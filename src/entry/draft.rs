//! A model as it would become, laid over the model as it is: nothing is copied but what changes, and a line costs what it
//! touches, however large the model is.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Problem,
    ast::Name,
    index::{Index, fold},
    summary::Note,
};
use crate::model::{
    Boundary, Contract, Domain, Edit, Entity, Id, Interaction, Key, Kind, Model, PartName, Profile, Record, Referrers,
    Slug, Store, System, Table, Tabled, Team, cascade_among,
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
    pub(super) model: &'m Model,
    index: &'m Index,
    /// The line that is being read.
    line: &'m str,
    /// What has become of records: another, or none.
    changed: BTreeMap<Key, Option<Record>>,
    /// What records were before, under the names that they and others have now: only where that makes a difference.
    before: BTreeMap<Key, Option<Record>>,
    /// Under which key of the model stood what stands under another now.
    moved: BTreeMap<Key, Key>,
    /// The names of what has changed.
    over: Index,
    /// Who refers to what: looked up when it is first asked.
    referrers: Option<Referrers>,
    /// What the last line is about.
    pub(super) about: Vec<Key>,
    /// What lines do that is told otherwise than fact by fact.
    pub(super) told: Vec<Note>,
    /// What else there is to say: what exists, what may be meant otherwise.
    pub(super) notes: Vec<Note>,
}

impl<'m> Draft<'m> {
    pub(super) fn new(model: &'m Model, index: &'m Index) -> Self {
        Self {
            model,
            index,
            line: "",
            changed: BTreeMap::new(),
            before: BTreeMap::new(),
            moved: BTreeMap::new(),
            over: Index::default(),
            referrers: None,
            about: Vec::new(),
            told: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Another line is to be read.
    pub(super) fn begin(&mut self, line: &'m str) {
        self.about.clear();
        self.line = line;
    }

    /// Whether a name was written in quotation marks: then every word of it is meant as part of it.
    pub(super) fn is_quoted(&self, name: &Name) -> bool {
        self.line.get(name.at.clone()).is_some_and(|text| text.starts_with('"'))
    }

    /// Whether a record of a kind is there under a name.
    pub(super) fn knows(&self, kinds: &[Kind], text: &str) -> bool {
        let name = Name { value: text.to_owned(), at: 0..0 };
        kinds.iter().any(|kind| !matches!(self.find_of(*kind, &name), Ok(None)))
    }

    /// A record as it is now.
    pub(super) fn record(&self, key: &Key) -> Option<Record> {
        match self.changed.get(key) {
            Some(record) => record.clone(),
            None => self.model.entry(key).map(|entry| entry.record),
        }
    }

    fn put_record(&mut self, key: Key, record: Record) {
        self.over.insert(&key, &record);
        if let Some(referrers) = &mut self.referrers {
            referrers.insert(&key, &record);
        }
        self.changed.insert(key, Some(record));
    }

    /// The records that refer to one.
    pub(super) fn referrers(&mut self, key: &Key) -> BTreeSet<Key> {
        let found = self.who_refers().of(key).to_vec();
        let refers = |other: &Key| {
            let record = self.record(other);
            record.is_some_and(|record| record.references().iter().any(|reference| reference.key == *key))
        };
        found.into_iter().filter(refers).collect()
    }

    fn who_refers(&mut self) -> &Referrers {
        self.referrers.get_or_insert_with(|| {
            let mut referrers = Referrers::new(self.model);
            for (key, record) in &self.changed {
                record.iter().for_each(|record| referrers.insert(key, record));
            }
            referrers
        })
    }

    /// Takes records away with all that cannot be without them, as Delete does.
    pub(super) fn take_away(&mut self, keys: &[Key]) {
        self.who_refers();
        let referrers = |key: &Key| self.referrers.as_ref().map(|all| all.of(key).to_vec()).unwrap_or_default();
        for edit in cascade_among(|key| self.record(key), referrers, keys) {
            match edit {
                Edit::Put { key, record } => self.put_record(key, record),
                Edit::Remove { key } => _ = self.changed.insert(key, None),
                Edit::Comment { .. } | Edit::Rename { .. } => {}
            }
        }
    }

    /// Changes records of which the change is told otherwise than fact by fact; how many became different.
    pub(super) fn follow(&mut self, keys: impl IntoIterator<Item = Key>, with: impl Fn(&Key, &mut Record)) -> usize {
        let mut count = 0;
        for key in keys {
            let Some(now) = self.record(&key) else { continue };
            let mut next = now.clone();
            with(&key, &mut next);
            if next == now {
                continue;
            }
            let mut before = self.before(&key);
            before.iter_mut().for_each(|record| with(&key, record));
            self.before.insert(key.clone(), before);
            self.put_record(key, next);
            count += 1;
        }
        count
    }

    /// Gives a record another id, here and wherever it is referred to; how many others follow.
    pub(super) fn move_to(&mut self, key: &Key, to: &Slug) -> usize {
        let Some(record) = self.record(key) else { return 0 };
        let new = Key { kind: key.kind, slug: to.clone() };
        let others = self.referrers(key);
        let before = self.before(key);
        self.before.insert(new.clone(), before);
        self.before.insert(key.clone(), None);
        self.changed.insert(key.clone(), None);
        self.put_record(new.clone(), record);
        let old = self.moved.remove(key).unwrap_or_else(|| key.clone());
        if self.model.contains(&old) {
            self.moved.insert(new.clone(), old);
        }
        let others = others.into_iter().map(|other| if other == *key { new.clone() } else { other });
        self.follow(others, |_, record| record.rename(key, to))
    }

    /// What a record was before these lines, under the names of now.
    fn before(&self, key: &Key) -> Option<Record> {
        match self.before.get(key) {
            Some(record) => record.clone(),
            None => self.model.entry(key).map(|entry| entry.record),
        }
    }

    pub(super) fn get<T: Row>(&self, id: &Id<T>) -> Option<&T> {
        match self.changed.get(&id.key()) {
            Some(record) => T::of(record.as_ref()?),
            None => T::table(self.model).get(id).map(|stored| &*stored.value),
        }
    }

    pub(super) fn contains(&self, key: &Key) -> bool {
        self.changed.get(key).map_or_else(|| self.model.contains(key), Option::is_some)
    }

    /// Whether these lines made something else of a record.
    pub(super) fn is_changed(&self, key: &Key) -> bool {
        self.changed.get(key).is_some_and(|record| *record != self.before(key))
    }

    /// Whether a record was made by these lines.
    pub(super) fn is_new(&self, key: &Key) -> bool {
        self.contains(key) && self.before(key).is_none()
    }

    pub(super) fn put<T: Row>(&mut self, id: &Id<T>, value: T) {
        self.put_record(id.key(), value.into());
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
        let keys: BTreeSet<Key> = [self.index, &self.over]
            .into_iter()
            .flat_map(|index| index.named(kind, &name.value))
            .map(|slug| Key { kind, slug })
            .filter(|key| self.is_called(key, &name.value))
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

    /// Whether a text still names a record: lines before may have called it otherwise, or taken it away.
    fn is_called(&self, key: &Key, text: &str) -> bool {
        match self.changed.get(key) {
            None => true,
            Some(None) => false,
            Some(Some(record)) => {
                let name = fold(&record.display_name().unwrap_or_default());
                let (folded, slug) = (fold(text), Slug::derive(text));
                let is = |text: &str| text == name || text == key.slug.as_str();
                is(&folded) || slug.is_some_and(|slug| is(slug.as_str()))
            }
        }
    }

    /// What people call a record.
    pub(super) fn name(&self, key: &Key) -> String {
        match self.changed.get(key).and_then(Option::as_ref) {
            Some(record) => record.display_name().unwrap_or_else(|| key.slug.to_string()),
            None => self.model.name(key),
        }
    }

    pub(super) fn name_of<T: Tabled>(&self, id: &Id<T>) -> String {
        self.name(&id.key())
    }

    /// The known name nearest to one, of some kinds.
    pub(super) fn nearest(&self, kinds: &[Kind], wrong: &str) -> Option<String> {
        let of = |index: &Index| {
            let still = |key: &Key, name: &str| self.is_called(key, name);
            index.nearest(kinds, wrong, still).map(str::to_owned)
        };
        of(self.index).or_else(|| of(&self.over))
    }

    /// The interactions from a system to another.
    pub(super) fn between(&self, from: &Id<System>, to: &Id<System>) -> BTreeSet<Id<Interaction>> {
        let leads = |id: &Id<Interaction>| self.get(id).is_some_and(|it| it.from == *from && it.to == *to);
        self.both(|index| index.between(from, to), leads)
    }

    /// The interactions that carry an operation or message.
    pub(super) fn carriers(&self, part: &str) -> BTreeSet<Id<Interaction>> {
        let is = |name: Option<&PartName>| name.is_some_and(|name| name.as_str() == part);
        let carries =
            |id: &Id<Interaction>| self.get(id).is_some_and(|it| is(it.operation.known()) || is(it.message.known()));
        self.both(|index| index.carriers(part), carries)
    }

    /// The contracts that have an operation or message.
    pub(super) fn holders(&self, part: &str) -> BTreeSet<Id<Contract>> {
        let is = |name: &PartName| name.as_str() == part;
        let has = |id: &Id<Contract>| {
            let contract = self.get(id);
            contract.is_some_and(|it| it.operations.keys().any(is) || it.messages.keys().any(is))
        };
        self.both(|index| index.holders(part), has)
    }

    /// The operations and messages that are known.
    pub(super) fn parts(&self) -> BTreeSet<String> {
        self.index.parts().chain(self.over.parts()).map(str::to_owned).collect()
    }

    fn both<T: Ord + Clone>(&self, of: impl Fn(&Index) -> &[T], still: impl Fn(&T) -> bool) -> BTreeSet<T> {
        of(self.index).iter().chain(of(&self.over)).filter(|one| still(one)).cloned().collect()
    }

    /// What has become different, by key: what it was, under the names of now, and what it is.
    pub(super) fn changes(&self) -> impl Iterator<Item = (&Key, Option<Record>, Option<&Record>)> {
        self.changed.iter().filter_map(|(key, after)| {
            let before = self.before(key);
            (before != *after).then_some((key, before, after.as_ref()))
        })
    }

    /// What makes the model so.
    pub(super) fn edits(&self) -> Vec<Edit> {
        let mut edits = Vec::new();
        for (key, after) in &self.changed {
            let before = self.model.entry(key);
            match after {
                Some(record) if before.as_ref().is_none_or(|before| before.record != *record) => {
                    edits.push(Edit::Put { key: key.clone(), record: record.clone() });
                }
                None if before.is_some() => edits.push(Edit::Remove { key: key.clone() }),
                _ => {}
            }
            let old = self.moved.get(key).and_then(|old| self.model.entry(old)).and_then(|entry| entry.comment);
            if let (Some(comment), true) = (old, after.is_some()) {
                edits.push(Edit::Comment { key: key.clone(), comment: Some(comment) });
            }
        }
        edits
    }
}
