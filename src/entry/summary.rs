//! What lines would do, in a few words each.

use std::collections::BTreeMap;

use super::draft::Draft;
use crate::model::{Field, Key, Kind, Patch, Record, Shown};

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// Something comes.
    Adds,
    /// Something becomes different.
    Changes,
    /// Something goes.
    Removes,
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

/// The notes of a draft: what comes, what changes, what goes, what is there.
pub(super) fn notes(draft: &Draft<'_>) -> Vec<Note> {
    let mut notes = draft.told.clone();
    for note in changes(draft).iter().chain(&draft.notes) {
        if !notes.contains(note) {
            notes.push(note.clone());
        }
    }
    notes
}

/// What comes and what changes, over the model of a draft.
pub(super) fn changes(draft: &Draft<'_>) -> Vec<Note> {
    let mut made: BTreeMap<Kind, Vec<&Key>> = BTreeMap::new();
    let mut changed = Vec::new();
    for (key, before, after) in draft.changes() {
        match before {
            None => made.entry(key.kind).or_default().push(key),
            Some(before) => changed.push(change(draft, key, &before, after)),
        }
    }
    let mut notes: Vec<Note> = made.into_iter().rev().flat_map(|(kind, keys)| additions(draft, kind, &keys)).collect();
    notes.extend(changed_notes(changed));
    notes
}

/// Changes one by one, or how many there are.
fn changed_notes(mut changed: Vec<String>) -> Vec<Note> {
    if changed.len() > TOLD {
        changed = vec![format!("{} changed", changed.len())];
    }
    changed.into_iter().map(|text| Note { kind: NoteKind::Changes, text }).collect()
}

/// What has gone, and what has changed because of that: to be told of the draft that has carried it out.
pub(super) fn removal(draft: &Draft<'_>, patch: &Patch) -> Vec<Note> {
    let mut gone: BTreeMap<Kind, Vec<String>> = BTreeMap::new();
    let mut changed = Vec::new();
    for one in &patch.changes {
        match (&one.before, &one.after) {
            (Some(before), None) => {
                let name = before.record.display_name().unwrap_or_else(|| one.key.slug.to_string());
                gone.entry(one.key.kind).or_default().push(name);
            }
            (Some(before), Some(after)) => changed.push(change(draft, &one.key, &before.record, &after.record)),
            _ => {}
        }
    }
    let mut notes: Vec<Note> = gone.into_iter().flat_map(|(kind, names)| removals(kind, &names)).collect();
    notes.extend(changed_notes(changed));
    notes
}

fn removals(kind: Kind, names: &[String]) -> Vec<Note> {
    let note = |text| Note { kind: NoteKind::Removes, text };
    if kind == Kind::Interaction || names.len() > NAMED {
        return vec![note(format!("− {}", counted(kind, names.len())))];
    }
    names.iter().map(|name| note(format!("− {} {name}", kind.phrase()))).collect()
}

fn counted(kind: Kind, count: usize) -> String {
    format!("{count} {}", if count == 1 { kind.phrase() } else { kind.table() })
}

fn additions(draft: &Draft<'_>, kind: Kind, keys: &[&Key]) -> Vec<Note> {
    let note = |text| Note { kind: NoteKind::Adds, text };
    if kind == Kind::Interaction || keys.len() > NAMED {
        return vec![note(format!("+ {}", counted(kind, keys.len())))];
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
        Shown::NotAsked => facts.push(format!("no {}", words(name))),
        Shown::Text(text) => facts.push(format!("{} {text}", words(name))),
        Shown::Ref(key) => facts.push(format!("{} {}", words(name), draft.name(&key))),
        // What a group says that it did not say before, and what it says no more.
        Shown::Group(parts) => {
            let known = if let Shown::Group(parts) = before { parts } else { Vec::new() };
            for (part, _) in known.iter().filter(|(part, _)| parts.iter().all(|(other, _)| part != other)) {
                facts.push(format!("no {}", words(part)));
            }
            for (part, value) in parts.into_iter().filter(|part| !known.contains(part)) {
                match value {
                    Shown::Text(text) => facts.push(format!("{} {text}", words(&part))),
                    Shown::Ref(key) => facts.push(format!("{} {}", words(&part), draft.name(&key))),
                    _ => facts.push(format!("{} {}", words(name), part)),
                }
            }
        }
        Shown::List(left) if matches!(&before, Shown::List(all) if all.len() > left.len()) => {
            facts.push(format!("fewer {}", words(name)));
        }
        _ => facts.push(words(name)),
    }
}
