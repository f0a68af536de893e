//! The only way a model changes: edits, applied all or nothing.

use std::{collections::BTreeSet, sync::Arc};

use super::{Change, Entry, Fact, Id, Key, Kind, Model, Patch, Record, Referrers, Slug, Step, Subject};

/// A wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Put a record; its comment stays.
    Put {
        /// Where.
        key: Key,
        /// What.
        record: Record,
    },
    /// Set the comment above a record.
    Comment {
        /// Which record.
        key: Key,
        /// The lines, with their slashes; `None` for no comment.
        comment: Option<Arc<str>>,
    },
    /// Remove a record that nothing refers to once all edits are done.
    Remove {
        /// Which.
        key: Key,
    },
    /// Give a record another id, here and wherever it is referred to.
    Rename {
        /// Which.
        key: Key,
        /// The new slug.
        to: Slug,
    },
}

impl Edit {
    /// Puts a record under a typed id.
    pub fn put<T: super::Tabled + Into<Record>>(id: &Id<T>, value: T) -> Self {
        Self::Put { key: id.key(), record: value.into() }
    }
}

/// Why edits were refused. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The record is of another kind than its key.
    #[error("{key} cannot hold a {}", .found.phrase())]
    WrongKind {
        /// The key.
        key: Key,
        /// The record's kind.
        found: Kind,
    },
    /// There is no such record.
    #[error("there is no {} \"{}\"", .0.kind.phrase(), .0.slug)]
    Missing(Key),
    /// There is one of that name.
    #[error("there is a {} \"{}\" already", .0.kind.phrase(), .0.slug)]
    Taken(Key),
    /// Singletons can be neither removed nor renamed.
    #[error("the record `{}` belongs to every model", .0.word())]
    Single(Kind),
    /// A record would refer to something that is not there.
    #[error("{key} refers to {}, which does not exist", .reference.phrase())]
    Dangling {
        /// The record that refers.
        key: Key,
        /// What it refers to.
        reference: Subject,
    },
    /// Something still refers to what would be gone.
    #[error("{} is still used by {}", .gone.phrase(), list(.by))]
    InUse {
        /// What would be gone.
        gone: Subject,
        /// Who refers to it.
        by: Vec<Key>,
    },
}

fn list(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(", ")
}

impl Model {
    /// Carries out edits in order, all or none. A fact that gets another value loses the source of the one before, and the
    /// word that it does not apply.
    ///
    /// # Errors
    /// Where an edit names what is not there, or the result would hold a dangling reference that the model did
    /// not hold before. The model is then unchanged.
    pub fn apply(&mut self, edits: &[Edit]) -> Result<Patch, EditError> {
        let mut next = self.clone();
        let mut touched = BTreeSet::new();
        for edit in edits {
            next.carry_out(edit, &mut touched)?;
        }
        self.check_references(&next, &touched)?;
        let changes = touched.into_iter().map(|key| {
            let (before, after) = (self.entry(&key), next.entry(&key));
            Change { key, before, after }
        });
        let patch = Patch { changes: changes.filter(|change| change.before != change.after).collect() };
        *self = next;
        Ok(patch)
    }

    fn carry_out(&mut self, edit: &Edit, touched: &mut BTreeSet<Key>) -> Result<(), EditError> {
        match edit {
            Edit::Put { key, record } => {
                if record.kind() != key.kind || (key.kind.is_single() && *key != Key::single(key.kind)) {
                    return Err(EditError::WrongKind { key: key.clone(), found: record.kind() });
                }
                let (before, mut record) = (self.entry(key), record.clone());
                if let Some(before) = &before {
                    record.answered(&before.record);
                }
                self.set(key, Some(Entry { comment: before.and_then(|entry| entry.comment), record }));
                touched.insert(key.clone());
            }
            Edit::Comment { key, comment } => {
                let entry = self.entry(key).ok_or_else(|| EditError::Missing(key.clone()))?;
                self.set(key, Some(Entry { comment: comment.clone(), record: entry.record }));
                touched.insert(key.clone());
            }
            Edit::Remove { key } => {
                self.not_single(key)?;
                self.set(key, None);
                touched.insert(key.clone());
            }
            Edit::Rename { key, to } => self.rename(key, to, touched)?,
        }
        Ok(())
    }

    fn not_single(&self, key: &Key) -> Result<(), EditError> {
        if key.kind.is_single() {
            return Err(EditError::Single(key.kind));
        }
        if self.contains(key) { Ok(()) } else { Err(EditError::Missing(key.clone())) }
    }

    fn rename(&mut self, key: &Key, to: &Slug, touched: &mut BTreeSet<Key>) -> Result<(), EditError> {
        self.not_single(key)?;
        let new = Key { kind: key.kind, slug: to.clone() };
        if new == *key {
            return Ok(());
        }
        if self.contains(&new) {
            return Err(EditError::Taken(new));
        }
        for other in self.keys() {
            let Some(mut entry) = self.entry(&other) else { continue };
            let before = entry.record.clone();
            entry.record.rename(key, to);
            if entry.record != before {
                self.set(&other, Some(entry));
                touched.insert(other);
            }
        }
        let moved = self.entry(key);
        self.set(key, None);
        self.set(&new, moved);
        touched.extend([key.clone(), new]);
        Ok(())
    }

    fn check_references(&self, next: &Self, touched: &BTreeSet<Key>) -> Result<(), EditError> {
        let before = touched.iter().filter_map(|key| Some((key, self.entry(key)?)));
        let known: Vec<Subject> = before.flat_map(|(key, entry)| self.dangling(key, &entry.record)).collect();
        for key in touched {
            let Some(entry) = next.entry(key) else { continue };
            let added = next.dangling(key, &entry.record).into_iter().find(|reference| !known.contains(reference));
            if let Some(reference) = added {
                return Err(EditError::Dangling { key: key.clone(), reference });
            }
        }
        let gone = |key: &Key| !next.contains(key) || key.kind == Kind::Contract;
        if touched.iter().any(|key| self.contains(key) && gone(key)) {
            return self.check_referrers(next, touched);
        }
        Ok(())
    }

    fn check_referrers(&self, next: &Self, touched: &BTreeSet<Key>) -> Result<(), EditError> {
        let mut broken: Vec<(Subject, Key)> = Vec::new();
        for key in next.keys().into_iter().filter(|key| !touched.contains(key)) {
            let Some(entry) = next.entry(&key) else { continue };
            let lost = next.dangling(&key, &entry.record).into_iter().filter(|reference| self.resolves(reference));
            broken.extend(lost.map(|reference| (reference, key.clone())));
        }
        let Some((gone, _)) = broken.first().cloned() else { return Ok(()) };
        let by = broken.into_iter().filter(|(reference, _)| *reference == gone).map(|(_, key)| key).collect();
        Err(EditError::InUse { gone, by })
    }
}

/// The edits that remove records and all that cannot be without them: interactions lose an end and go,
/// flows lose the step, everything else forgets the reference (the fact becomes *not asked*).
pub fn cascade(model: &Model, gone: &[Key]) -> Vec<Edit> {
    let referrers = Referrers::new(model);
    let record = |key: &Key| model.entry(key).map(|entry| entry.record);
    cascade_among(record, |key| referrers.of(key).to_vec(), gone)
}

/// The same, where somebody else knows which records there are, and which may refer to one.
pub(crate) fn cascade_among(
    record: impl Fn(&Key) -> Option<Record>,
    referrers: impl Fn(&Key) -> Vec<Key>,
    gone: &[Key],
) -> Vec<Edit> {
    let there = |key: &&Key| record(key).is_some() && !key.kind.is_single();
    let mut gone: BTreeSet<Key> = gone.iter().filter(there).cloned().collect();
    let mut next: Vec<Key> = gone.iter().cloned().collect();
    let mut touched = BTreeSet::new();
    while let Some(key) = next.pop() {
        for other in referrers(&key) {
            if record(&other).is_some_and(|record| cannot_stand(&record, &gone)) {
                if gone.insert(other.clone()) {
                    next.push(other);
                }
            } else {
                touched.insert(other);
            }
        }
    }
    let mut edits = Vec::new();
    for key in touched.into_iter().filter(|key| !gone.contains(key)) {
        let Some(mut record) = record(&key) else { continue };
        if record.references().iter().any(|reference| gone.contains(&reference.key)) {
            forget(&mut record, &gone);
            edits.push(Edit::Put { key, record });
        }
    }
    edits.extend(gone.into_iter().map(|key| Edit::Remove { key }));
    edits
}

fn cannot_stand(record: &Record, gone: &BTreeSet<Key>) -> bool {
    match record {
        Record::Interaction(i) => gone.contains(&i.from.key()) || gone.contains(&i.to.key()),
        Record::Waiver(waiver) => gone.contains(&waiver.about.key),
        _ => false,
    }
}

fn forget(record: &mut Record, gone: &BTreeSet<Key>) {
    fn fact<T: super::Tabled>(fact: &mut Fact<Id<T>>, gone: &BTreeSet<Key>) {
        if fact.known().is_some_and(|id| gone.contains(&id.key())) {
            *fact = Fact::NotAsked;
        }
    }
    fn many<T: super::Tabled>(fact: &mut Fact<super::Many<Id<T>>>, gone: &BTreeSet<Key>) {
        if let Fact::Known(ids) = fact {
            let left = ids.iter().filter(|id| !gone.contains(&id.key())).cloned().collect();
            *fact = super::Many::new(left).map_or(Fact::NotAsked, Fact::Known);
        }
    }
    fn ids<T: super::Tabled>(ids: &mut Vec<Id<T>>, gone: &BTreeSet<Key>) {
        ids.retain(|id| !gone.contains(&id.key()));
    }
    match record {
        Record::Policy(value) => Arc::make_mut(value).domains.retain(|id, _| !gone.contains(&id.key())),
        Record::Domain(value) => {
            let value = Arc::make_mut(value);
            fact(&mut value.parent, gone);
            fact(&mut value.owner, gone);
        }
        Record::Boundary(value) => fact(&mut Arc::make_mut(value).parent, gone),
        Record::System(value) => {
            let value = Arc::make_mut(value);
            fact(&mut value.domain, gone);
            fact(&mut value.boundary, gone);
            fact(&mut value.owner, gone);
            fact(&mut value.mesh, gone);
            fact(&mut value.lifecycle.replaced_by, gone);
            many(&mut value.fronts, gone);
            many(&mut value.released_with, gone);
        }
        Record::Store(value) => {
            let value = Arc::make_mut(value);
            fact(&mut value.owner, gone);
            fact(&mut value.within, gone);
            fact(&mut value.replica_of, gone);
            fact(&mut value.published_as, gone);
            value.accesses.retain(|access| !gone.contains(&access.system.key()));
            value.accesses.iter_mut().for_each(|access| ids(&mut access.entities, gone));
        }
        Record::Entity(value) => {
            let value = Arc::make_mut(value);
            fact(&mut value.owner, gone);
            value.partitions.retain(|partition| !gone.contains(&partition.owner.key()));
            value.holdings.retain(|holding| !gone.contains(&holding.store.key()));
            value.accesses.retain(|access| !gone.contains(&access.system.key()));
            for access in &mut value.accesses {
                let mut lost = false;
                super::Field::references(&access.through, &mut |key| lost |= gone.contains(&key));
                if lost {
                    access.through = Fact::NotAsked;
                }
            }
        }
        Record::Contract(value) => {
            let value = Arc::make_mut(value);
            fact(&mut value.provider, gone);
            fact(&mut value.owner, gone);
            if let Fact::Known(super::Consumers::Documented(systems)) = &mut value.consumers {
                ids(systems, gone);
            }
            for operation in value.operations.values_mut() {
                ids(&mut operation.reads, gone);
                ids(&mut operation.writes, gone);
                operation.publishes.retain(|published| !gone.contains(&published.message.contract.key()));
            }
            for message in value.messages.values_mut() {
                fact(&mut message.subject, gone);
                ids(&mut message.mentions, gone);
            }
        }
        Record::Interaction(value) => forget_interaction(Arc::make_mut(value), gone),
        Record::Flow(value) => {
            let value = Arc::make_mut(value);
            for step in &mut value.steps {
                if let Step::Parallel(steps) = step {
                    ids(steps, gone);
                }
            }
            value.steps.retain(|step| match step {
                Step::One(id) => !gone.contains(&id.key()),
                Step::Parallel(steps) => !steps.is_empty(),
            });
        }
        Record::Change(value) => {
            let value = Arc::make_mut(value);
            fact(&mut value.owner, gone);
            ids(&mut value.depends_on, gone);
            value.about.retain(|key| !gone.contains(key));
        }
        Record::Plateau(value) => ids(&mut Arc::make_mut(value).changes, gone),
        Record::Decision(value) => Arc::make_mut(value).about.retain(|key| !gone.contains(key)),
        Record::View(value) => {
            let value = Arc::make_mut(value);
            value.pins.retain(|key, _| !gone.contains(key));
            ids(&mut value.filter.domains, gone);
            ids(&mut value.filter.boundaries, gone);
            fact(&mut value.filter.flow, gone);
            if value.filter.around.known().is_some_and(|key| gone.contains(key)) {
                value.filter.around = Fact::NotAsked;
            }
        }
        Record::Model(_)
        | Record::Report(_)
        | Record::Team(_)
        | Record::Profile(_)
        | Record::Mesh(_)
        | Record::Waiver(_) => {}
    }
}

fn forget_interaction(value: &mut super::Interaction, gone: &BTreeSet<Key>) {
    if value.contract.known().is_some_and(|id| gone.contains(&id.key())) {
        value.contract = Fact::NotAsked;
        value.operation = Fact::NotAsked;
        value.message = Fact::NotAsked;
        value.version = Fact::NotAsked;
    }
    if value.profile.known().is_some_and(|id| gone.contains(&id.key())) {
        value.profile = Fact::NotAsked;
    }
    if value.reply_to.known().is_some_and(|id| gone.contains(&id.key())) {
        value.reply_to = Fact::NotAsked;
    }
    if let Fact::Known(triggers) = &value.triggered_by {
        let stays = |trigger: &&super::Trigger| match trigger {
            super::Trigger::Operation(part) | super::Trigger::Message(part) => !gone.contains(&part.contract.key()),
            super::Trigger::Schedule(_) | super::Trigger::User => true,
        };
        let left = triggers.iter().filter(stays).cloned().collect();
        value.triggered_by = super::Many::new(left).map_or(Fact::NotAsked, Fact::Known);
    }
}
