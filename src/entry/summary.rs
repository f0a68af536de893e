//! What lines would do, in a few words each.

use std::collections::BTreeMap;

use super::draft::Draft;
use crate::model::{Field, Key, Kind, Record, Shown};

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// Something comes.
    Adds,
    /// Something becomes different.
    Changes,
    /// Something is there already.
    Exists,
    /// Something may be meant otherwise.
    Doubt,
}

/// What lines would do, or what is to be known of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// In words: `+ 1 interaction`.
    pub text: String,
}

impl Note {
    pub(super) fn exists(what: impl std::fmt::Display) -> Self {
        Self { kind: NoteKind::Exists, text: format!("{what} exists") }
    }

    pub(super) fn doubt(text: String) -> Self {
        Self { kind: NoteKind::Doubt, text }
    }
}

/// Up to so many new records of a kind are named.
const NAMED: usize = 2;
/// Up to so many changes are told one by one.
const TOLD: usize = 4;

/// The notes of a draft: what comes, what changes, what is there.
pub(super) fn notes(draft: &Draft<'_>) -> Vec<Note> {
    let mut made: BTreeMap<Kind, Vec<&Key>> = BTreeMap::new();
    let mut changed = Vec::new();
    for (key, before, after) in draft.changes() {
        match before {
            None => made.entry(key.kind).or_default().push(key),
            Some(before) => changed.push(Note { kind: NoteKind::Changes, text: change(draft, key, &before, after) }),
        }
    }
    let mut notes: Vec<Note> = made.into_iter().rev().flat_map(|(kind, keys)| additions(draft, kind, &keys)).collect();
    if changed.len() > TOLD {
        let text = format!("{} changed", changed.len());
        changed = vec![Note { kind: NoteKind::Changes, text }];
    }
    notes.extend(changed);
    for note in &draft.notes {
        if !notes.contains(note) {
            notes.push(note.clone());
        }
    }
    notes
}

fn additions(draft: &Draft<'_>, kind: Kind, keys: &[&Key]) -> Vec<Note> {
    let note = |text| Note { kind: NoteKind::Adds, text };
    if kind == Kind::Interaction || keys.len() > NAMED {
        let one = keys.len() == 1;
        let word = if one { kind.phrase() } else { kind.table() };
        return vec![note(format!("+ {} {word}", keys.len()))];
    }
    keys.iter().map(|key| note(format!("+ {} {}", kind.phrase(), draft.name(key)))).collect()
}

/// "Orders: domain Sales, retires on 2027-06-30"
fn change(draft: &Draft<'_>, key: &Key, before: &Record, after: &Record) -> String {
    let mut facts = Vec::new();
    let (old, new) = (before.fields(), after.fields());
    for ((name, old), (_, new)) in old.iter().zip(&new) {
        fact(draft, name, *old, *new, &mut facts);
    }
    let name = if key.kind == Kind::Interaction { ends(draft, after) } else { draft.name(key) };
    format!("{name}: {}", facts.join(", "))
}

fn ends(draft: &Draft<'_>, record: &Record) -> String {
    match record {
        Record::Interaction(it) => format!("{} → {}", draft.name_of(&it.from), draft.name_of(&it.to)),
        _ => String::new(),
    }
}

fn fact(draft: &Draft<'_>, name: &str, old: &dyn Field, new: &dyn Field, facts: &mut Vec<String>) {
    let (before, after) = (old.show(), new.show());
    if before == after {
        return;
    }
    let words = |name: &str| name.replace('_', " ");
    match after {
        Shown::Text(text) => facts.push(format!("{} {text}", words(name))),
        Shown::Ref(key) => facts.push(format!("{} {}", words(name), draft.name(&key))),
        // What a group says that it did not say before.
        Shown::Group(parts) => {
            let known = if let Shown::Group(parts) = before { parts } else { Vec::new() };
            for (part, value) in parts.into_iter().filter(|part| !known.contains(part)) {
                match value {
                    Shown::Text(text) => facts.push(format!("{} {text}", words(&part))),
                    Shown::Ref(key) => facts.push(format!("{} {}", words(&part), draft.name(&key))),
                    _ => facts.push(format!("{} {}", words(name), part)),
                }
            }
        }
        _ => facts.push(words(name)),
    }
}
