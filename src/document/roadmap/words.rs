//! A difference in words: what is added, changed and removed, and which facts change.

use std::collections::BTreeMap;

use super::{Rich, Style};
use crate::{
    model::{Change, Entry, Kind, Model, Patch, Shown, Subject},
    rules::name,
};

/// Longer values are not written out: that the fact changes is said.
const SHORT: usize = 60;

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    Added,
    Changed,
    Removed,
}

impl Fate {
    pub(super) const ALL: [Self; 3] = [Self::Added, Self::Changed, Self::Removed];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Removed => "Removed",
        }
    }
}

/// The kinds of record that an architecture is made of, in the order in which they are told.
const TOLD: [Kind; 10] = [
    Kind::System,
    Kind::Interaction,
    Kind::Contract,
    Kind::Store,
    Kind::Entity,
    Kind::Flow,
    Kind::Domain,
    Kind::Boundary,
    Kind::Mesh,
    Kind::Profile,
];

/// The changes of a patch that are about the architecture itself, by kind and fate.
pub(super) fn sorted(patch: &Patch) -> BTreeMap<(usize, Fate), Vec<&Change>> {
    let mut sorted: BTreeMap<(usize, Fate), Vec<&Change>> = BTreeMap::new();
    for change in &patch.changes {
        let fate = match (&change.before, &change.after) {
            (None, _) => Fate::Added,
            (_, None) => Fate::Removed,
            _ => Fate::Changed,
        };
        let comment_only = fate == Fate::Changed && facts(change).is_empty();
        if let Some(place) = TOLD.iter().position(|kind| *kind == change.key.kind).filter(|_| !comment_only) {
            sorted.entry((place, fate)).or_default().push(change);
        }
    }
    sorted
}

/// The kind at a place of [`sorted`].
pub(super) fn kind(place: usize) -> Kind {
    TOLD.get(place).copied().unwrap_or(Kind::System)
}

/// A record's name, from the model that has it.
pub(super) fn named(before: &Model, after: &Model, change: &Change) -> String {
    let subject = Subject::from(change.key.clone());
    name(if change.after.is_some() { after } else { before }, &subject)
}

/// One change as a point of a list: "Adds the store procurement-db", "Changes Order: owner ERP → Procurement".
pub(super) fn point(before: &Model, after: &Model, fate: Fate, change: &Change) -> Rich {
    let verb = match fate {
        Fate::Added => "Adds the ",
        Fate::Changed => "Changes the ",
        Fate::Removed => "Removes the ",
    };
    let rich = Rich::plain(verb)
        .then(format!("{} ", change.key.kind.phrase()), Style::Plain)
        .then(named(before, after, change), Style::Bold);
    let said: Vec<String> = facts(change).into_iter().map(|fact| fact.said(before, after)).collect();
    if fate != Fate::Changed || said.is_empty() {
        return rich.then(".", Style::Plain);
    }
    rich.then(format!(": {}.", said.join("; ")), Style::Plain)
}

/// A fact that changed.
struct Changed {
    name: &'static str,
    before: Shown,
    after: Shown,
}

impl Changed {
    fn said(&self, before: &Model, after: &Model) -> String {
        let name = self.name.replace('_', " ");
        let (old, new) = (before.words(&self.before), after.words(&self.after));
        let plain = |shown: &Shown| !matches!(shown, Shown::Group(_));
        if plain(&self.before) && plain(&self.after) && old.chars().count() + new.chars().count() < SHORT {
            return format!("{name} {old} → {new}");
        }
        match (&self.before, &self.after) {
            (Shown::NotAsked, _) => format!("{name} stated"),
            (_, Shown::NotAsked) => format!("{name} no longer stated"),
            _ => format!("{name} changed"),
        }
    }
}

/// The facts in which a record differs.
fn facts(change: &Change) -> Vec<Changed> {
    let fields = |entry: &Option<Entry>| -> Vec<(&'static str, Shown)> {
        let fields = entry.as_ref().map(|entry| entry.record.fields()).unwrap_or_default();
        // Who said a fact is no part of the architecture.
        let fields = fields.into_iter().filter(|(name, _)| *name != "sources");
        fields.map(|(name, field)| (name, field.show())).collect()
    };
    let (old, new) = (fields(&change.before), fields(&change.after));
    let pairs = old.into_iter().zip(new).filter(|((_, a), (_, b))| a != b);
    pairs.map(|((name, before), (_, after))| Changed { name, before, after }).collect()
}
