//! Two models that grew out of one, as one: record by record, fact by fact.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Entry, Field, Id, Key, Model, PartKind, Record, Shown, Subject,
    renames::{renamed, renames_for},
};

/// Whose word counts where both have changed the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Ours.
    #[default]
    Ours,
    /// Theirs.
    Theirs,
}

/// Something that both have changed, and not to the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The record.
    pub key: Key,
    /// The fact, parts of it behind spaces: `lifecycle retires on`. Empty where it is the record as a whole.
    pub field: String,
    /// What we made of it; `None` where we took it away.
    pub ours: Option<Shown>,
    /// What they made of it; `None` where they took it away.
    pub theirs: Option<Shown>,
}

/// Two models as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// The model with the changes of both.
    pub model: Model,
    /// Where both have changed the same, in the order of the file.
    pub conflicts: Vec<Conflict>,
    /// What one has removed and is still there, since the other refers to it.
    pub kept: BTreeSet<Subject>,
}

/// Merges what two have made of a model. Where they disagree, `choose` is asked with the record and the fact.
///
/// What one of them has renamed is the same record for the other, which goes on under the new id. A reference that neither
/// of them has left dangling does not dangle afterwards: what it leads to stays.
pub fn merge(base: &Model, ours: &Model, theirs: &Model, choose: &dyn Fn(&Key, &str) -> Side) -> Merge {
    let (we, they) = (renames_for(base, ours, theirs), renames_for(base, theirs, ours));
    if we.is_empty() && they.is_empty() {
        return merge_alike(base, ours, theirs, choose);
    }
    let base = renamed(&renamed(base, &we), &they);
    merge_alike(&base, &renamed(ours, &they), &renamed(theirs, &we), choose)
}

/// The same for models in which what is the same has the same id.
fn merge_alike(base: &Model, ours: &Model, theirs: &Model, choose: &dyn Fn(&Key, &str) -> Side) -> Merge {
    let mut merged = Merge { model: ours.clone(), conflicts: Vec::new(), kept: BTreeSet::new() };
    if ours.head == base.head {
        merged.model.head.clone_from(&theirs.head);
    }
    let mut keys: Vec<Key> = base.keys();
    keys.extend(ours.keys());
    keys.extend(theirs.keys());
    keys.sort();
    keys.dedup();
    for key in keys {
        let mut merging =
            Merging { key: &key, path: Vec::new(), choose, effect: false, conflicts: &mut merged.conflicts };
        let entry = merging.entry(base.entry(&key), ours.entry(&key), theirs.entry(&key));
        merged.model.set(&key, entry);
    }
    keep_what_is_referred_to(&mut merged, ours, theirs);
    merged
}

/// Makes of a record what an effect makes of it, which tells what it changes: before, and after. What it does not
/// speak of stays as it is.
///
/// # Errors
/// The fact of which that what it changes is gone.
pub(super) fn alter(key: &Key, now: &Record, from: &Record, to: &Record) -> Result<Record, String> {
    let mut conflicts = Vec::new();
    let choose = |_: &Key, _: &str| Side::Theirs;
    let mut merging = Merging { key, path: Vec::new(), choose: &choose, effect: true, conflicts: &mut conflicts };
    let mut then = now.clone();
    then.merge(from, to, &mut merging);
    match conflicts.into_iter().find(|conflict| conflict.ours.is_none()) {
        None => Ok(then),
        Some(lost) => Err(lost.field),
    }
}

/// On the way through one record.
pub struct Merging<'a> {
    key: &'a Key,
    path: Vec<String>,
    choose: &'a dyn Fn(&Key, &str) -> Side,
    /// Whether theirs is what an effect makes of ours: lists are changed item by item, and what is gone stays gone.
    effect: bool,
    conflicts: &'a mut Vec<Conflict>,
}

impl Merging<'_> {
    /// Whether theirs is what an effect makes of ours.
    pub(super) fn is_effect(&self) -> bool {
        self.effect
    }

    /// What an effect changes is gone, or would leave nothing.
    pub(super) fn lost(&mut self) {
        self.disagree("", None, None);
    }

    /// Merges what has a name in what is being merged.
    pub(super) fn inner<T: Field + Clone + PartialEq>(&mut self, name: &str, ours: &mut T, base: &T, theirs: &T) {
        if theirs == base || ours == theirs {
            return;
        }
        if ours == base {
            ours.clone_from(theirs);
            return;
        }
        self.path.push(name.replace('_', " "));
        ours.merge(base, theirs, self);
        self.path.pop();
    }

    /// Takes one of two values that have no parts.
    pub(super) fn whole<T: Field + Clone + PartialEq>(&mut self, ours: &mut T, base: &T, theirs: &T) {
        let mut value = Some(ours.clone());
        self.optional("", &mut value, Some(base), Some(theirs));
        if let Some(value) = value {
            *ours = value;
        }
    }

    /// Merges what may be there or not, under a name.
    pub(super) fn optional<T: Field + Clone + PartialEq>(
        &mut self,
        name: &str,
        ours: &mut Option<T>,
        base: Option<&T>,
        theirs: Option<&T>,
    ) {
        if theirs == base || ours.as_ref() == theirs {
            return;
        }
        if ours.as_ref() == base {
            *ours = theirs.cloned();
            return;
        }
        let show = |value: Option<&T>| value.map(Field::show);
        if self.effect && ours.is_none() && base.is_some() {
            self.disagree(name, None, show(theirs));
            return;
        }
        if self.disagree(name, show(ours.as_ref()), show(theirs)) == Side::Theirs {
            *ours = theirs.cloned();
        }
    }

    fn disagree(&mut self, name: &str, ours: Option<Shown>, theirs: Option<Shown>) -> Side {
        let parts = self.path.iter().map(String::as_str).chain([name]).filter(|part| !part.is_empty());
        let field = parts.collect::<Vec<_>>().join(" ");
        let side = (self.choose)(self.key, &field);
        self.conflicts.push(Conflict { key: self.key.clone(), field, ours, theirs });
        side
    }

    fn entry(&mut self, base: Option<Entry>, ours: Option<Entry>, theirs: Option<Entry>) -> Option<Entry> {
        if theirs == base || ours == theirs {
            return ours;
        }
        if ours == base {
            return theirs;
        }
        match (base, ours, theirs) {
            (Some(base), Some(ours), Some(theirs)) => Some(self.both(&base, ours, &theirs)),
            // Both have made it anew: where they agree on what it must have, they may each have added something.
            (None, Some(ours), Some(theirs)) if ours.record.bare() == theirs.record.bare() => {
                let base = Entry { comment: None, record: ours.record.bare() };
                Some(self.both(&base, ours, &theirs))
            }
            (_, ours, theirs) => {
                let show = |entry: &Option<Entry>| entry.as_ref().map(|entry| shown(&entry.record));
                match self.disagree("", show(&ours), show(&theirs)) {
                    Side::Ours => ours,
                    Side::Theirs => theirs,
                }
            }
        }
    }

    fn both(&mut self, base: &Entry, mut ours: Entry, theirs: &Entry) -> Entry {
        let text = |comment: &Option<Arc<str>>| comment.as_deref().map(str::to_owned).unwrap_or_default();
        let mut comment = text(&ours.comment);
        self.inner("comment", &mut comment, &text(&base.comment), &text(&theirs.comment));
        ours.comment = (!comment.is_empty()).then(|| comment.into());
        ours.record.merge(&base.record, &theirs.record, self);
        ours
    }
}

fn shown(record: &Record) -> Shown {
    let fields = record.fields().into_iter().filter(|(_, field)| !field.is_absent());
    Shown::Group(fields.map(|(name, field)| (name.to_owned(), field.show())).collect())
}

fn keep_what_is_referred_to(merged: &mut Merge, ours: &Model, theirs: &Model) {
    loop {
        let mut lost = BTreeSet::new();
        for key in merged.model.keys() {
            let Some(entry) = merged.model.entry(&key) else { continue };
            let dangling = merged.model.dangling(&key, &entry.record);
            if dangling.is_empty() {
                continue;
            }
            let known: Vec<Subject> = [ours, theirs]
                .into_iter()
                .filter_map(|side| Some(side.dangling(&key, &side.entry(&key)?.record)))
                .flatten()
                .collect();
            lost.extend(dangling.into_iter().filter(|reference| !known.contains(reference)));
        }
        let mut found = false;
        for subject in lost {
            if restore(&mut merged.model, &subject, ours) || restore(&mut merged.model, &subject, theirs) {
                merged.kept.insert(subject);
                found = true;
            }
        }
        if !found {
            return;
        }
    }
}

/// Puts back a record, or a part of a contract, from a model that has it.
fn restore(model: &mut Model, subject: &Subject, from: &Model) -> bool {
    if !from.contains(&subject.key) || !from.resolves(subject) {
        return false;
    }
    let Some((kind, name)) = &subject.part else {
        model.set(&subject.key, from.entry(&subject.key));
        return true;
    };
    let id = Id::from_slug(subject.key.slug.clone());
    let (Some(source), Some(target)) = (from.contracts.get(&id), model.contracts.get_mut(&id)) else { return false };
    let target = Arc::make_mut(&mut target.value);
    fn copy<K: Ord + Clone, V: Clone>(
        name: &K,
        from: &std::collections::BTreeMap<K, V>,
        to: &mut std::collections::BTreeMap<K, V>,
    ) -> bool {
        from.get(name).map(|value| to.insert(name.clone(), value.clone())).is_some()
    }
    match kind {
        PartKind::Operation => copy(name, &source.operations, &mut target.operations),
        PartKind::Message => copy(name, &source.messages, &mut target.messages),
        PartKind::Version => copy(name, &source.versions, &mut target.versions),
    }
}
