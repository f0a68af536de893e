//! What lines would do, in a few words each.

use std::collections::BTreeMap;

use super::{
    deeds::{Deed, Saying, listed, sayings},
    draft::Draft,
};
use crate::model::{Interaction, Key, Kind, Record, SystemKind};

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
    /// In few words: "adds 14 systems".
    pub text: String,
    /// With every name: "adds 14 systems: Orders, Billing…".
    pub whole: String,
}

impl Note {
    pub(super) fn new(kind: NoteKind, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { kind, whole: text.clone(), text }
    }

    pub(super) fn exists(what: impl std::fmt::Display) -> Self {
        Self::new(NoteKind::Exists, format!("{what} exists"))
    }

    pub(super) fn doubt(text: impl Into<String>) -> Self {
        Self::new(NoteKind::Doubt, text)
    }

    /// Of many, how many there are; with every name in the whole.
    fn many(kind: NoteKind, text: String, names: &[String]) -> Self {
        Self { kind, whole: format!("{text}: {}", listed(names)), text }
    }
}

/// Up to so many are named where there is little room.
const NAMED: usize = 3;

/// The notes of a draft: what may be meant otherwise first, since it should be seen; then what comes, what goes, what
/// changes, what is there.
pub(super) fn notes(draft: &Draft<'_>) -> Vec<Note> {
    let (doubts, known): (Vec<&Note>, Vec<&Note>) = draft.notes.iter().partition(|note| note.kind == NoteKind::Doubt);
    let changes = changes(draft);
    let mut notes: Vec<Note> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for note in doubts.into_iter().chain(&draft.told).chain(&changes).chain(known) {
        if seen.insert(note) {
            notes.push(note.clone());
        }
    }
    notes
}

/// What comes, what changes and what goes.
fn changes(draft: &Draft<'_>) -> Vec<Note> {
    let mut made: BTreeMap<(Kind, &'static str), Vec<String>> = BTreeMap::new();
    let mut gone: BTreeMap<Kind, Vec<String>> = BTreeMap::new();
    let mut said: Vec<Saying> = Vec::new();
    for (key, before, after) in draft.changes() {
        match (&before, after) {
            (None, Some(after)) => {
                made.entry((key.kind, thing(after))).or_default().push(title(draft, key, after));
                said.extend(sayings(draft, key, None, after));
            }
            (Some(before), Some(after)) => said.extend(sayings(draft, key, Some(before), after)),
            (Some(before), None) => gone.entry(key.kind).or_default().push(title(draft, key, before)),
            (None, None) => {}
        }
    }
    let mut notes: Vec<Note> = made.iter().map(|((kind, thing), names)| addition(*kind, thing, names)).collect();
    notes.extend(gone.iter().map(|(kind, names)| removal(*kind, names)));
    notes.extend(told(draft, said));
    notes
}

/// What a new record is called by: a system that is no service by its kind.
fn thing(record: &Record) -> &'static str {
    match record {
        Record::System(system) if system.kind != SystemKind::Service => system.kind.word(),
        other => other.kind().phrase(),
    }
}

/// What people call a record here: an interaction by its ends and what it carries.
fn title(draft: &Draft<'_>, key: &Key, record: &Record) -> String {
    match record {
        Record::Interaction(it) => {
            let part = it.operation.known().or(it.message.known());
            let part = part.map_or(String::new(), |part| format!(" {part}"));
            let what = if it.kind == crate::model::InteractionKind::Unclassified && part.is_empty() {
                String::new()
            } else {
                format!(" ({}{part})", it.kind)
            };
            format!("{}{what}", ends(draft, it))
        }
        Record::Contract(contract) if !draft.contains(key) || !draft.is_new(key) || contract.versions.is_empty() => {
            contract.name.clone()
        }
        Record::Contract(contract) => {
            let versions: Vec<&str> = contract.versions.keys().map(crate::model::PartName::as_str).collect();
            format!("{} {}", contract.name, versions.join(", "))
        }
        other => other.display_name().unwrap_or_else(|| key.slug.to_string()),
    }
}

fn ends(draft: &Draft<'_>, it: &Interaction) -> String {
    format!("{} → {}", draft.name_of(&it.from), draft.name_of(&it.to))
}

fn addition(kind: Kind, thing: &str, names: &[String]) -> Note {
    if kind == Kind::Interaction {
        return many_ways(NoteKind::Adds, "adds", names);
    }
    let plural = if thing == kind.phrase() { kind.table().to_owned() } else { plural(thing) };
    match names {
        [one] => Note::new(NoteKind::Adds, format!("adds {thing} {one}")),
        few if few.len() <= NAMED => Note::new(NoteKind::Adds, format!("adds {plural} {}", listed(few))),
        more => Note::many(NoteKind::Adds, format!("adds {} {plural}", more.len()), more),
    }
}

fn removal(kind: Kind, names: &[String]) -> Note {
    match names {
        ways if kind == Kind::Interaction => many_ways(NoteKind::Removes, "removes", ways),
        [one] => Note::new(NoteKind::Removes, format!("removes {} {one}", kind.phrase())),
        few if few.len() <= NAMED => Note::new(NoteKind::Removes, format!("removes {} {}", kind.table(), listed(few))),
        more => Note::many(NoteKind::Removes, format!("removes {} {}", more.len(), kind.table()), more),
    }
}

/// Interactions have long names: of several only the whole names them.
fn many_ways(kind: NoteKind, verb: &str, names: &[String]) -> Note {
    match names {
        [one] => Note::new(kind, format!("{verb} {one}")),
        more => Note::many(kind, format!("{verb} {} interactions", more.len()), more),
    }
}

fn plural(thing: &str) -> String {
    match thing.strip_suffix('y') {
        Some(stem) if thing != "gateway" => format!("{stem}ies"),
        _ => format!("{thing}s"),
    }
}

/// What is said of several records.
type Group = (NoteKind, Vec<Deed>);

/// Of so many records all that is said of each is told together; of more, each thing by itself, of whom it is said.
const EACH: usize = 6;

/// What is said of records: those of which the same is said, together.
fn told(draft: &Draft<'_>, said: Vec<Saying>) -> Vec<Note> {
    let many = said.iter().filter(|saying| saying.of.is_some()).count() > EACH;
    let one = |saying: Saying| {
        let Saying { kind, of, deeds } = saying;
        deeds.into_iter().map(move |deed| Saying { kind, of: of.clone(), deeds: vec![deed] }).collect::<Vec<_>>()
    };
    let said = if many { said.into_iter().flat_map(one).collect() } else { said };
    let mut groups: Vec<(Group, Vec<Key>)> = Vec::new();
    let mut places: BTreeMap<Group, usize> = BTreeMap::new();
    for Saying { kind, of, deeds } in said {
        let group = (kind, deeds);
        let at = *places.entry(group.clone()).or_insert_with(|| {
            groups.push((group, Vec::new()));
            groups.len() - 1
        });
        if let (Some((_, keys)), Some(key)) = (groups.get_mut(at), of) {
            keys.push(key);
        }
    }
    groups.iter().map(|((kind, deeds), keys)| group_note(draft, *kind, deeds, keys)).collect()
}

fn group_note(draft: &Draft<'_>, kind: NoteKind, deeds: &[Deed], keys: &[Key]) -> Note {
    let one: Vec<String> = deeds.iter().map(|deed| deed.one.clone()).collect();
    let many: Vec<String> = deeds.iter().map(|deed| deed.many.clone()).collect();
    let name = |key: &Key| match draft.record(key) {
        Some(Record::Interaction(it)) => ends(draft, &it),
        _ => draft.name(key),
    };
    let names: Vec<String> = keys.iter().map(name).collect();
    match names.as_slice() {
        [] => Note::new(kind, listed(&one)),
        [name] => Note::new(kind, format!("{name} {}", listed(&one))),
        few if few.len() <= NAMED => Note::new(kind, format!("{} {}", listed(few), listed(&many))),
        more => {
            let first = keys.first().map_or(Kind::System, |key| key.kind);
            let things = if keys.iter().all(|key| key.kind == first) { first.table() } else { "elements" };
            Note::many(kind, format!("{} {things} {}", more.len(), listed(&many)), more)
        }
    }
}
