//! Questions to take home: what is not asked, by who can answer, most consequential first.

use std::collections::BTreeMap;

use super::{Class, Context, Finding, Line, fold};
use crate::model::{Id, Kind, Subject, Team};

/// Who can answer. Teams come first, by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answerer {
    /// A team of ours.
    Team(String, Id<Team>),
    /// The contact of a vendor or partner.
    Vendor(String),
    /// Several, each for their own.
    Everybody,
    /// Nobody is named.
    Nobody,
}

impl Answerer {
    /// Their name, or words in place of it.
    pub fn name(&self) -> &str {
        match self {
            Self::Team(name, _) | Self::Vendor(name) => name,
            Self::Everybody => "Everybody, for their own",
            Self::Nobody => "Nobody is named who could answer",
        }
    }
}

/// What one of them is asked.
#[derive(Clone, Debug)]
pub struct Questions<'a> {
    /// Who can answer.
    pub answerer: Answerer,
    /// The questions, most consequential first.
    pub lines: Vec<Line<'a>>,
}

/// What is not asked, by who can answer. The findings are in the order of a report: what weighs most comes first.
pub fn questions<'a>(cx: &Context<'_>, findings: &'a [Finding]) -> Vec<Questions<'a>> {
    let mut sheets: BTreeMap<Answerer, Vec<Line<'a>>> = BTreeMap::new();
    for line in fold(cx, findings) {
        if line.findings.iter().all(|finding| is_open(finding)) {
            sheets.entry(answerer_of(cx, &line)).or_default().push(line);
        }
    }
    sheets.into_iter().map(|(answerer, lines)| Questions { answerer, lines }).collect()
}

/// A gap, or an interaction that the room has not classified.
fn is_open(finding: &Finding) -> bool {
    finding.class == Class::Gap || finding.rule.code == "CON015"
}

fn answerer_of(cx: &Context<'_>, line: &Line<'_>) -> Answerer {
    let mut all = line.findings.iter().map(|finding| answerer(cx, &finding.about));
    let Some(first) = all.next() else { return Answerer::Nobody };
    if all.all(|other| other == first) { first } else { Answerer::Everybody }
}

/// The team that can answer for a subject: its own owner, else the owner of the system behind it, else of that system's
/// domain; for what is not ours, whoever is named as the vendor's contact.
pub fn answerer(cx: &Context<'_>, subject: &Subject) -> Answerer {
    let named = |id: &Id<Team>| Answerer::Team(cx.model.name_of(id), id.clone());
    if subject.key.kind == Kind::Team {
        return named(&Id::from_slug(subject.key.slug.clone()));
    }
    let slug = subject.key.slug.clone();
    let own = match subject.key.kind {
        Kind::Contract => cx.model.contracts.get(&Id::from_slug(slug)).and_then(|c| c.owner.known()),
        Kind::Domain => cx.model.domains.get(&Id::from_slug(slug)).and_then(|d| d.owner.known()),
        Kind::Change => cx.model.changes.get(&Id::from_slug(slug)).and_then(|c| c.owner.known()),
        _ => None,
    };
    let system = cx.home(subject).and_then(|id| cx.end(&id));
    let domain = |id: &Id<crate::model::Domain>| cx.model.domains.get(id).and_then(|domain| domain.owner.known());
    let team = own.or_else(|| system.and_then(|end| end.system.owner.known()));
    let team = team.or_else(|| cx.domains(subject).into_iter().find_map(domain));
    let vendor = || system.and_then(|end| end.system.vendor_contact.known()).map(ToString::to_string);
    match team {
        Some(id) => named(id),
        None => vendor().map_or(Answerer::Nobody, Answerer::Vendor),
    }
}
