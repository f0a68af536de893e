//! What becomes different about a record, in the words in which people speak of it: "is owned by Orders".

use std::collections::{BTreeMap, BTreeSet};

use super::{draft::Draft, summary::NoteKind, words::verb_of};
use crate::model::{AccessMode, Contract, Entity, Id, Key, PartName, Record, Right, Shown, Store, System};

/// What is said of one record, and of several.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Deed {
    pub(super) one: String,
    pub(super) many: String,
}

impl Deed {
    fn new((one, many): (&str, &str), what: &str) -> Self {
        let end = |verb: &str| format!("{verb} {what}").trim_end().to_owned();
        Self { one: end(one), many: end(many) }
    }
}

/// Something that is said of a record; of none where it says by itself what happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Saying {
    pub(super) kind: NoteKind,
    pub(super) of: Option<Key>,
    pub(super) deeds: Vec<Deed>,
}

/// All that is said of a record that becomes another; nothing was said before of one that is new.
pub(super) fn sayings(draft: &Draft<'_>, key: &Key, before: Option<&Record>, after: &Record) -> Vec<Saying> {
    let mut all = Vec::new();
    // Of a new one of these its own line says enough.
    if before.is_some() || !matches!(after, Record::Interaction(_) | Record::Contract(_)) {
        let deeds = deeds(draft, before, after);
        if !deeds.is_empty() {
            all.push(Saying { kind: NoteKind::Changes, of: Some(key.clone()), deeds });
        }
    }
    match (before, after) {
        (Some(Record::Contract(before)), Record::Contract(after)) => parts(before, after, &mut all),
        (before, Record::Entity(after)) => {
            let bare = after.bare();
            let before = if let Some(Record::Entity(before)) = before { before } else { &bare };
            entity(draft, key, before, after, &mut all);
        }
        (before, Record::Store(after)) => {
            let bare = after.bare();
            let before = if let Some(Record::Store(before)) = before { before } else { &bare };
            store(draft, before, after, &mut all);
        }
        _ => {}
    }
    all
}

/// Fields that are told by what they hold, or not at all.
const APART: [&str; 6] = ["name", "accesses", "holdings", "operations", "messages", "versions"];

fn deeds(draft: &Draft<'_>, before: Option<&Record>, after: &Record) -> Vec<Deed> {
    let old: BTreeMap<&str, Shown> = before
        .map(|record| record.fields().into_iter().map(|(name, field)| (name, field.show())).collect())
        .unwrap_or_default();
    let mut deeds = Vec::new();
    for (name, field) in after.fields() {
        // What a new record is was said with its name.
        if APART.contains(&name) || (before.is_none() && name == "kind") {
            continue;
        }
        fact(draft, name, old.get(name).unwrap_or(&Shown::NotAsked), &field.show(), &mut deeds);
    }
    deeds
}

fn fact(draft: &Draft<'_>, name: &str, old: &Shown, new: &Shown, deeds: &mut Vec<Deed>) {
    if old == new {
        return;
    }
    if let (Shown::Group(_), _) | (_, Shown::Group(_)) = (old, new) {
        let parts = |shown: &Shown| if let Shown::Group(parts) = shown { parts.clone() } else { Vec::new() };
        let (old, new): (BTreeMap<_, _>, BTreeMap<_, _>) =
            (parts(old).into_iter().collect(), parts(new).into_iter().collect());
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let of = |all: &BTreeMap<String, Shown>, name: &String| all.get(name).cloned().unwrap_or(Shown::NotAsked);
        names.into_iter().for_each(|name| fact(draft, name, &of(&old, name), &of(&new, name), deeds));
        return;
    }
    let words = name.replace('_', " ");
    let value = value(draft, new);
    if value.is_empty() {
        return deeds.push(Deed { one: format!("loses its {words}"), many: format!("lose their {words}") });
    }
    let was = match old {
        Shown::Text(text) if text != "unclassified" => format!(" instead of {text}"),
        Shown::Ref(key) => format!(" instead of {}", draft.name(key)),
        _ => String::new(),
    };
    let value = format!("{value}{was}");
    if name == "kind" {
        let a = if value.starts_with(['a', 'e', 'i', 'o']) { "becomes an" } else { "becomes a" };
        return deeds.push(Deed::new((a, "become"), &value));
    }
    match VERBS.iter().find(|(known, ..)| *known == name) {
        Some((_, one, many)) => deeds.push(Deed::new((one, many), &value)),
        None => {
            let (one, many) = (format!("gets the {words}"), format!("get the {words}"));
            deeds.push(Deed::new((&one, &many), &value));
        }
    }
}

/// How facts are spoken of, of one and of several.
const VERBS: [(&str, &str, &str); 20] = [
    ("owner", "is owned by", "are owned by"),
    ("provider", "is provided by", "are provided by"),
    ("domain", "belongs to", "belong to"),
    ("parent", "stands in", "stand in"),
    ("boundary", "stands in", "stand in"),
    ("permanence", "is", "are"),
    ("classification", "is", "are"),
    ("trust", "is trusted as", "are trusted as"),
    ("fronts", "stands before", "stand before"),
    ("planned_from", "is planned from", "are planned from"),
    ("active_from", "is active from", "are active from"),
    ("deprecated_from", "is deprecated from", "are deprecated from"),
    ("retires_on", "retires on", "retire on"),
    ("replaced_by", "is replaced by", "are replaced by"),
    ("operation", "carries", "carry"),
    ("message", "carries", "carry"),
    ("contract", "keeps to", "keep to"),
    ("version", "keeps to version", "keep to version"),
    ("profile", "takes the profile", "take the profile"),
    ("schedule", "runs", "run"),
];

fn value(draft: &Draft<'_>, shown: &Shown) -> String {
    match shown {
        Shown::NotAsked | Shown::Group(_) => String::new(),
        Shown::None => "none".to_owned(),
        Shown::Text(text) => text.clone(),
        Shown::Ref(key) => draft.name(key),
        Shown::List(items) => listed(&items.iter().map(|item| value(draft, item)).collect::<Vec<_>>()),
    }
}

/// "Orders, Billing and Shipping"
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

fn alone(kind: NoteKind, text: String) -> Saying {
    Saying { kind, of: None, deeds: vec![Deed { one: text.clone(), many: text }] }
}

/// The versions, operations and messages that come and go.
fn parts(before: &Contract, after: &Contract, all: &mut Vec<Saying>) {
    fn names<'a, T>(map: &'a BTreeMap<PartName, T>, of: &BTreeMap<PartName, T>) -> Vec<&'a PartName> {
        map.keys().filter(|name| !of.contains_key(*name)).collect()
    }
    let operation = |contract: &Contract, name: &PartName| {
        contract.operations.get(name).map_or("operation", |operation| operation.kind.word())
    };
    let mut say = |comes: bool, what: &str, name: &PartName| {
        let (kind, verb, to) =
            if comes { (NoteKind::Adds, "adds", "to") } else { (NoteKind::Removes, "removes", "from") };
        all.push(alone(kind, format!("{verb} {what} {name} {to} {}", after.name)));
    };
    names(&after.versions, &before.versions).iter().for_each(|name| say(true, "version", name));
    names(&after.operations, &before.operations).iter().for_each(|name| say(true, operation(after, name), name));
    names(&after.messages, &before.messages).iter().for_each(|name| say(true, "event", name));
    names(&before.versions, &after.versions).iter().for_each(|name| say(false, "version", name));
    names(&before.operations, &after.operations).iter().for_each(|name| say(false, operation(before, name), name));
    names(&before.messages, &after.messages).iter().for_each(|name| say(false, "event", name));
}

/// Where an entity is held, and who touches it.
fn entity(draft: &Draft<'_>, key: &Key, before: &Entity, after: &Entity, all: &mut Vec<Saying>) {
    let name = &after.name;
    for holding in after.holdings.iter().filter(|holding| !before.holdings.contains(holding)) {
        let held = Deed::new(("is held in", "are held in"), &draft.name_of(&holding.store));
        all.push(Saying { kind: NoteKind::Changes, of: Some(key.clone()), deeds: vec![held] });
    }
    let rights = |entity: &Entity| -> BTreeSet<(Id<System>, Right)> {
        entity.accesses.iter().flat_map(|a| a.rights.iter().map(|right| (a.system.clone(), *right))).collect()
    };
    let (old, new) = (rights(before), rights(after));
    let systems: BTreeSet<&Id<System>> = old.iter().chain(&new).map(|(system, _)| system).collect();
    for system in systems {
        let verbs = |more: &BTreeSet<(Id<System>, Right)>, less: &BTreeSet<(Id<System>, Right)>| {
            let verbs =
                more.difference(less).filter(|(of, _)| of == system).map(|(_, right)| verb_of(*right).to_owned());
            verbs.collect::<Vec<_>>()
        };
        let (comes, goes) = (verbs(&new, &old), verbs(&old, &new));
        if !comes.is_empty() {
            all.push(does(system, &comes, name));
        }
        if !goes.is_empty() {
            all.push(no_longer(system, &goes, name));
        }
        let ways = |entity: &Entity| -> Vec<String> {
            let of_it = entity.accesses.iter().filter(|access| access.system == *system);
            of_it.map(|access| value(draft, &crate::model::Field::show(&access.through))).collect()
        };
        let (was, is) = (ways(before), ways(after));
        for way in is.iter().filter(|way| !way.is_empty() && !was.contains(way)) {
            let deed = Deed::new((&format!("reaches {name} through"), &format!("reach {name} through")), way);
            all.push(Saying { kind: NoteKind::Changes, of: Some(system.key()), deeds: vec![deed] });
        }
    }
}

fn does(system: &Id<System>, verbs: &[String], what: &str) -> Saying {
    let many: Vec<String> = verbs.iter().map(|verb| verb.strip_suffix('s').unwrap_or(verb).to_owned()).collect();
    let deed = Deed::new((&listed(verbs), &listed(&many)), what);
    Saying { kind: NoteKind::Changes, of: Some(system.key()), deeds: vec![deed] }
}

fn no_longer(system: &Id<System>, verbs: &[String], what: &str) -> Saying {
    let Saying { of, deeds, .. } = does(system, verbs, what);
    let deeds = deeds
        .into_iter()
        .map(|deed| Deed { one: format!("no longer {}", deed.one), many: format!("no longer {}", deed.many) });
    Saying { kind: NoteKind::Removes, of, deeds: deeds.collect() }
}

/// Who reaches a store.
fn store(draft: &Draft<'_>, before: &Store, after: &Store, all: &mut Vec<Saying>) {
    let reached = |store: &Store| -> BTreeSet<(Id<System>, AccessMode, Option<Id<Entity>>)> {
        let of = |access: &crate::model::StoreAccess| {
            let what = access.entities.iter().cloned().map(Some).collect::<Vec<_>>();
            let what = if what.is_empty() { vec![None] } else { what };
            what.into_iter().map(|entity| (access.system.clone(), access.mode, entity)).collect::<Vec<_>>()
        };
        store.accesses.iter().flat_map(of).collect()
    };
    let (old, new) = (reached(before), reached(after));
    let words = |(system, mode, entity): &(Id<System>, AccessMode, Option<Id<Entity>>)| {
        let verb = match mode {
            AccessMode::Read => "reads",
            AccessMode::Write => "writes",
            AccessMode::ChangeFeed => "follows",
        };
        let what = match entity {
            Some(entity) => format!("{} in {}", draft.name_of(entity), after.name),
            None => after.name.clone(),
        };
        (system.clone(), vec![verb.to_owned()], what)
    };
    for (system, verbs, what) in new.difference(&old).map(words) {
        all.push(does(&system, &verbs, &what));
    }
    for (system, verbs, what) in old.difference(&new).map(words) {
        all.push(no_longer(&system, &verbs, &what));
    }
}
