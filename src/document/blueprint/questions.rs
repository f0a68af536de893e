//! What is not asked, by who can answer.

use std::collections::BTreeMap;

use super::{Block, Sources, cells};
use crate::{
    document::{Rich, Style},
    model::{Fact, InteractionKind, Kind, Subject},
    rules::{Class, Context, Finding, Line, fold},
    text::capital,
};

/// Who can answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Owner {
    /// Teams first, then what nobody answers for.
    place: u8,
    /// The team's name, or words in place of it.
    pub(super) name: String,
}

impl Owner {
    fn nobody() -> Self {
        Self { place: 2, name: "Nobody is named who could answer".to_owned() }
    }

    fn everybody() -> Self {
        Self { place: 1, name: "Everybody, for their own".to_owned() }
    }
}

pub(super) fn questions(sources: &Sources<'_>) -> Vec<Block> {
    let owners = by_owner(sources);
    if owners.is_empty() {
        return vec![cells::say("Nothing that the stage of the model calls for is left open.")];
    }
    let section = |(owner, items): (Owner, Vec<Rich>)| {
        cells::section(cells::slug("questions", &owner.name), &owner.name, vec![cells::points(items)])
    };
    owners.into_iter().map(section).collect()
}

/// The questions of each who can answer, teams by name.
pub(super) fn by_owner(sources: &Sources<'_>) -> Vec<(Owner, Vec<Rich>)> {
    let gaps: Vec<Finding> = sources.report.findings.iter().filter(|f| f.class == Class::Gap).cloned().collect();
    let mut by_owner: BTreeMap<Owner, Vec<Rich>> = BTreeMap::new();
    for line in fold(sources.cx, &gaps) {
        by_owner.entry(owner(sources.cx, &line)).or_default().push(question(sources, &line));
    }
    for hop in sources.cx.hops() {
        if hop.kind == InteractionKind::Unclassified {
            let subject = Subject::from(hop);
            let rich = Rich::plain("Command, query or event? ").and(cells::linked(sources.cx.model, &subject));
            by_owner.entry(of_subject(sources.cx, &subject)).or_default().push(rich);
        }
    }
    by_owner.into_iter().collect()
}

fn question(sources: &Sources<'_>, line: &Line<'_>) -> Rich {
    let code = line.findings.first().map_or("", |finding| finding.rule.code);
    let text = match line.findings.as_slice() {
        [only] => cells::message(sources.cx.model, &only.message),
        _ => Rich::plain(capital(&line.text)),
    };
    text.then(". ", Style::Plain).then(code, Style::Soft)
}

/// The team that can answer: the owner of the system behind it.
fn owner(cx: &Context<'_>, line: &Line<'_>) -> Owner {
    match line.findings.as_slice() {
        [] => Owner::nobody(),
        [only] => of_subject(cx, &only.about),
        _ => Owner::everybody(),
    }
}

fn of_subject(cx: &Context<'_>, subject: &Subject) -> Owner {
    let system = cx.home(subject).and_then(|id| cx.model.systems.get(&id));
    let team = system.and_then(|system| system.owner.known().cloned());
    let domain = |id| cx.model.domains.get(id).and_then(|domain| domain.owner.known().cloned());
    let team = team.or_else(|| cx.domains(subject).into_iter().find_map(domain));
    let known = team.map(|team| cx.model.name_of(&team));
    let own = (subject.key.kind == Kind::Team).then(|| cx.model.name(&subject.key));
    // Whoever is named as contact of a vendor answers for what runs there.
    let vendor = system.and_then(|system| match &system.vendor_contact {
        Fact::Known(contact) => Some(contact.to_string()),
        _ => None,
    });
    match known.or(own).or(vendor) {
        Some(name) => Owner { place: 0, name },
        None => Owner::nobody(),
    }
}
