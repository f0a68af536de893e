//! One cause, one finding: where many interactions lack what one profile, mesh, gateway or backbone would answer for all
//! of them, the finding is about that record.

use std::collections::BTreeMap;

use super::{Class, Context, Finding, Findings, Hop, Meta, Piece, finding::say};
use crate::{
    facts::{Origin, Resolved},
    model::Subject,
};

/// What an interaction has of what a rule asks of it.
pub(super) enum Lack {
    /// The rule does not ask this interaction, or it says why it does not apply.
    Exempt,
    /// It has it.
    Met,
    /// It is known to have none; the layer that says so.
    None(Origin),
    /// Nobody has asked.
    NotAsked,
}

impl Lack {
    /// What a resolved fact makes of it.
    pub(super) fn of<T>(fact: &Resolved<'_, T>) -> Self {
        match fact {
            Resolved::NotApplicable(_) => Self::Exempt,
            Resolved::Known(..) => Self::Met,
            Resolved::None(origin) => Self::None(origin.clone()),
            Resolved::NotAsked => Self::NotAsked,
        }
    }
}

/// Findings of a rule that asks each interaction for one resolved fact. `fact` is the name of the fact, and `thing` what
/// it is called in a sentence, without an article: "timeout".
///
/// An interaction that takes a profile is answered for by its profile, and so are all others that take it: one finding,
/// about the profile. The same with the mesh, gateway or backbone that says there is none.
pub(super) fn lacking(
    cx: &Context<'_>,
    out: &mut Findings<'_>,
    rule: &'static Meta,
    (fact, thing): (&str, &str),
    lack: impl Fn(&Hop<'_>) -> Lack,
) {
    let mut causes: BTreeMap<(Class, Subject), Vec<&Hop<'_>>> = BTreeMap::new();
    for hop in cx.hops() {
        let cause = match lack(hop) {
            Lack::Exempt => {
                out.exempt(rule, hop);
                continue;
            }
            Lack::Met => {
                out.met(rule, hop);
                continue;
            }
            Lack::None(origin) => (Class::Defect, subject(hop, &origin)),
            Lack::NotAsked => {
                let profile = hop.profile.known().filter(|id| cx.model.profiles.contains_key(*id));
                (Class::Gap, profile.map_or_else(|| hop.into(), Subject::from))
            }
        };
        causes.entry(cause).or_default().push(hop);
    }
    for ((class, about), hops) in causes {
        let Some(first) = hops.first() else { continue };
        let alone = about == Subject::from(*first);
        let takers = taken_by(&hops);
        let finding = match class {
            Class::Defect if alone => Some(out.defect(rule, about, say![*first, format!(" has no {thing}")])),
            Class::Defect => {
                let mut said = said(&about, format!(" says that there is no {thing}; so it is for "));
                said.extend(takers);
                Some(out.defect(rule, about, said))
            }
            Class::Gap if alone => out.gap(rule, about, say![format!("the {thing} of "), *first, " was not asked"]),
            Class::Gap => {
                let mut said = said(&about, format!(" does not say the {thing}; it would answer for "));
                said.extend(takers);
                let due = |hop: &&Hop<'_>| rule.gap.is_some_and(|from| cx.stage_of(&hop.to) >= from);
                out.gap_where(rule, about, said, hops.iter().any(due))
            }
        };
        let Some(finding) = finding else { continue };
        light(finding, &hops);
        let value = if class == Class::Defect { "none" } else { "not asked" };
        if alone {
            let source = if class == Class::Gap { first.facts.searched() } else { String::new() };
            finding.because_of(*first, fact, value, source);
        } else {
            finding.because(finding.about.clone(), fact, value);
        }
    }
}

/// Lights up interactions and their ends.
fn light(finding: &mut Finding, hops: &[&Hop<'_>]) {
    finding.with(hops.iter().map(|hop| Subject::from(*hop)));
    finding.with(hops.iter().flat_map(|hop| hop.ends()));
}

/// "the profile Internal says…".
fn said(about: &Subject, what: String) -> Vec<Piece> {
    say![format!("the {} ", about.key.kind.phrase()), about.clone(), what]
}

/// The first of them, and how many others.
fn taken_by(hops: &[&Hop<'_>]) -> Vec<Piece> {
    match hops {
        [] => Vec::new(),
        [one] => say![*one],
        [one, another] => say![*one, " and ", *another],
        [one, more @ ..] => say![*one, format!(" and {} other interactions", more.len())],
    }
}

/// The record of a layer.
fn subject(hop: &Hop<'_>, origin: &Origin) -> Subject {
    match origin {
        Origin::Own => hop.into(),
        Origin::Profile(id) => id.into(),
        Origin::Mesh(id) => id.into(),
        Origin::Gateway(id) | Origin::Backbone(id) => id.into(),
    }
}
