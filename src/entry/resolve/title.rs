//! What a step is called that a line makes: what was done, in the words of the menus.

use super::super::{
    ast::{Access, Connect, Name, Provide, Publish, Records, Ref, Remove, Statement, Systems},
    deeds::listed,
    draft::Draft,
    words::{VERBS, word_of},
};
use crate::model::{InteractionKind, Key, Kind};

/// The name of the step, once the line is carried out.
pub(super) fn title(draft: &Draft<'_>, statement: &Statement) -> String {
    let teller = Teller { draft };
    match statement {
        Statement::Systems(said) => teller.systems(said),
        Statement::Records(said) => teller.records(said),
        Statement::Connect(said) => teller.connect(said),
        Statement::Publish(said) => teller.publish(said),
        Statement::Own(said) => format!("Set the owner of {}", teller.refs(&said.data)),
        Statement::Access(said) => teller.access(said, ""),
        Statement::Provide(said) => teller.provide(said),
        Statement::Run(said) => format!("Set the owner of {}", teller.refs(&said.what)),
        Statement::Profile(said) => format!("Set the profile of {}", some(&texts(&said.names), "names")),
        Statement::Remove(said) => match said {
            Remove::Records(what) => format!("Remove {}", teller.refs(what)),
            Remove::Connect(said) => format!("Remove {}{}", teller.arrow(said), carried(said)),
            Remove::Publish(said) => {
                format!("Tell {} no longer of {}", teller.names(&[Kind::System], &said.to), said.message.value)
            }
            Remove::Access(said) => teller.access(said, "no longer "),
        },
        Statement::Rename(said) => format!("Rename {} to {}", said.what.name.value, said.to.value),
    }
}

struct Teller<'a> {
    draft: &'a Draft<'a>,
}

impl Teller<'_> {
    /// A name as the record is called that it names.
    fn name(&self, kinds: &[Kind], name: &Name) -> String {
        let found = kinds.iter().find_map(|kind| self.draft.find_of(*kind, name).ok().flatten());
        found.map_or_else(|| name.value.clone(), |key| self.draft.name(&key))
    }

    fn names(&self, kinds: &[Kind], names: &[Name]) -> String {
        let names: Vec<String> = names.iter().map(|name| self.name(kinds, name)).collect();
        let things = if let [kind] = kinds { kind.table() } else { "elements" };
        some(&names, things)
    }

    fn refs(&self, refs: &[Ref]) -> String {
        let name = |one: &Ref| match one.head.as_ref().map(|head| head.value.kind()) {
            Some(kind) => self.name(&[kind], &one.name),
            None => self.name(&super::super::index::NAMED, &one.name),
        };
        some(&refs.iter().map(name).collect::<Vec<_>>(), "elements")
    }

    fn is_new(&self, kind: Kind, name: &Name) -> bool {
        self.draft.find_of(kind, name).ok().flatten().is_some_and(|key: Key| self.draft.is_new(&key))
    }

    fn systems(&self, said: &Systems) -> String {
        let names = self.names(&[Kind::System], &said.names);
        if said.names.iter().any(|name| self.is_new(Kind::System, name)) {
            return format!("Add {names}");
        }
        let dates = &said.dates;
        let facts = [
            ("kind", said.kind.is_some()),
            ("role", said.role.is_some()),
            ("criticality", said.criticality.is_some()),
            ("stage", said.stage.is_some()),
            ("permanence", said.permanence.is_some()),
            ("fronts", !said.fronts.is_empty()),
            ("domain", said.domain.is_some()),
            ("boundary", said.boundary.is_some()),
            ("technology", said.technology.is_some()),
            ("plan", dates.planned.is_some()),
            ("start", dates.active.is_some()),
            ("deprecation", dates.deprecated.is_some()),
            ("retirement", dates.retires.is_some()),
            ("successor", said.replaced_by.is_some()),
        ];
        match (&said.domain, facts.iter().filter(|(_, said)| *said).count()) {
            (Some(domain), 1) => format!("Move {names} into {}", self.name(&[Kind::Domain], domain)),
            _ => set(&facts, &names),
        }
    }

    fn records(&self, said: &Records) -> String {
        let names = self.names(&[said.kind], &said.names);
        if said.names.iter().any(|name| self.is_new(said.kind, name)) {
            return format!("Add {} {names}", said.kind.phrase());
        }
        let what = match said.kind {
            Kind::Domain => "stage",
            Kind::Boundary => "trust",
            Kind::Store => "kind",
            _ => "classification",
        };
        match (&said.parent, &said.trait_) {
            (Some(parent), None) => format!("Move {names} into {}", self.name(&[said.kind], parent)),
            (None, Some(_)) => format!("Set the {what} of {names}"),
            _ => format!("Change {names}"),
        }
    }

    fn arrow(&self, said: &Connect) -> String {
        let names = |names: &[Name]| self.names(&[Kind::System], names);
        format!("{} → {}", names(&said.from), names(&said.to))
    }

    fn connect(&self, said: &Connect) -> String {
        let arrow = self.arrow(said);
        if self.draft.about.iter().any(|key| self.draft.is_new(key)) {
            return format!("Connect {arrow}");
        }
        let event = said.kind.as_ref().is_some_and(|kind| kind.value == InteractionKind::Event);
        let facts = [
            ("kind", said.kind.is_some()),
            (if event { "event" } else { "operation" }, said.part.is_some()),
            ("transport", said.transport.is_some()),
            ("way", !said.tail.via.is_empty()),
            ("schedule", said.tail.schedule.is_some()),
            ("profile", said.tail.profile.is_some()),
        ];
        set(&facts, &arrow)
    }

    fn publish(&self, said: &Publish) -> String {
        if said.to.is_empty() {
            return format!("Publish {}", said.message.value);
        }
        format!("Tell {} of {}", self.names(&[Kind::System], &said.to), said.message.value)
    }

    /// "Let Billing read Order"
    fn access(&self, said: &Access, not: &str) -> String {
        let verb = word_of(&VERBS, &said.verb);
        let verb = verb.strip_suffix('s').unwrap_or(verb);
        format!("Let {} {not}{verb} {}", self.names(&[Kind::System], &said.systems), self.refs(&said.data))
    }

    fn provide(&self, said: &Provide) -> String {
        let names: Vec<Name> = said.contracts.iter().map(|(name, _)| name.clone()).collect();
        let contracts = self.names(&[Kind::Contract], &names);
        if names.iter().any(|name| self.is_new(Kind::Contract, name)) {
            return format!("Add contract {contracts}");
        }
        match said.contracts.as_slice() {
            [(_, Some(version))] => format!("Add version {} to {contracts}", version.value),
            _ => format!("Set the provider of {contracts}"),
        }
    }
}

/// "Set the kind and profile of Billing → Orders"
fn set(facts: &[(&str, bool)], of: &str) -> String {
    let said: Vec<String> = facts.iter().filter(|(_, said)| *said).map(|(fact, _)| (*fact).to_owned()).collect();
    if said.is_empty() || said.len() > 3 {
        format!("Change {of}")
    } else {
        format!("Set the {} of {of}", listed(&said))
    }
}

/// Names, or how many of what they are.
fn some(names: &[String], things: &str) -> String {
    if names.len() > 3 { format!("{} {things}", names.len()) } else { listed(names) }
}

fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|name| name.value.clone()).collect()
}

/// What a line narrows an interaction down to: " (query `GetPrice`)".
fn carried(said: &Connect) -> String {
    let kind = said.kind.as_ref().map(|said| said.value.to_string());
    let words: Vec<String> = kind.into_iter().chain(said.part.as_ref().map(|part| part.value.clone())).collect();
    if words.is_empty() { String::new() } else { format!(" ({})", words.join(" ")) }
}
