//! SEC001: a boundary that does not say what it takes to cross it.

use std::collections::BTreeSet;

use super::{super::pat::asked_for, crossing::has_tokens};
use crate::{
    facts::requirement,
    model::{Authentication, Boundary, Fact, Id, Model, Requirements, Stage, Subject, SystemKind, Trust},
    rules::{
        Class, Context, Findings, Meta, Principle, Rule, Severity, State,
        finding::{listed, say},
        lacking::either,
    },
};

pub(super) struct UndefinedBoundary;

static META: Meta = Meta {
    code: "SEC001",
    slug: "undefined-boundary",
    summary: "a boundary lacks some of its five security requirements",
    why: "\"Each trust boundary says what it requires: how callers are authenticated, what they may do, how long tokens live and how \
          they are rotated, why services trust one another, and what is logged\" (docs/principles.md, boundaries).",
    example: "The internal network requires OAuth 2, but nobody has said how long a token lives, or what is logged.",
    remedy: "State the missing requirements on the boundary, or on the one around it; say where one does not apply, and why.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::Security,
    star: false,
};

impl Rule for UndefinedBoundary {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let theirs = theirs(cx);
        let elsewhere = asked_for(cx);
        for (id, boundary) in &cx.model.boundaries {
            let asked = is_asked(id, boundary, &theirs);
            let answers = REQUIREMENTS.map(|required| answer(cx.model, id, &theirs, &required));
            for facet in FACETS {
                let of = || answers.iter().filter(|answer| answer.required.facet == facet).map(|answer| answer.state);
                out.facet(&META, id, facet, if asked { together(of()) } else { State::NotApplicable });
            }
            if asked {
                look(out, id, &answers, elsewhere.contains(id));
            } else {
                out.exempt(&META, id);
            }
        }
    }
}

/// Nobody enters the outermost boundary from outside, and what a partner requires is the partner's.
fn is_asked(id: &Id<Boundary>, boundary: &Boundary, theirs: &BTreeSet<&Id<Boundary>>) -> bool {
    boundary.trust != Trust::Public && !theirs.contains(id)
}

/// Partners' boundaries in which nothing of ours stands.
fn theirs<'a>(cx: &Context<'a>) -> BTreeSet<&'a Id<Boundary>> {
    let partners = cx.model.boundaries.iter().filter(|(_, boundary)| boundary.trust == Trust::Partner);
    let mut theirs: BTreeSet<_> = partners.map(|(id, _)| id).collect();
    for end in cx.ends().iter().filter(|end| !matches!(end.kind, SystemKind::External | SystemKind::Person)) {
        if let Some((id, _)) = end.boundary {
            theirs.remove(id);
        }
    }
    theirs
}

const FACETS: [&str; 5] = ["authentication", "scopes", "token lifetime and rotation", "service trust", "audit"];

/// One fact of the five requirements.
#[derive(Clone, Copy)]
struct Required {
    facet: &'static str,
    fact: &'static str,
    thing: &'static str,
    of: fn(&Requirements) -> Asked,
}

const REQUIREMENTS: [Required; 6] = [
    required(FACETS[0], "authentication", "authentication mechanism", |r| Asked::of(&r.authentication)),
    required(FACETS[1], "scopes", "authorization scopes", |r| Asked::of(&r.scopes)),
    required(FACETS[2], "token_lifetime", "token lifetime", |r| Asked::of(&r.token_lifetime)),
    required(FACETS[2], "rotation", "rotation of credentials", |r| Asked::of(&r.rotation)),
    required(FACETS[3], "service_trust", "trust between services", |r| Asked::of(&r.service_trust)),
    required(FACETS[4], "audit", "audit log", |r| Asked::of(&r.audit)),
];

const fn required(
    facet: &'static str,
    fact: &'static str,
    thing: &'static str,
    of: fn(&Requirements) -> Asked,
) -> Required {
    Required { facet, fact, thing, of }
}

/// A fact without its value.
#[derive(Clone, Copy)]
enum Asked {
    No,
    None,
    Known,
}

impl Asked {
    fn of<T>(fact: &Fact<T>) -> Self {
        match fact {
            Fact::NotAsked => Self::No,
            Fact::None => Self::None,
            Fact::Known(_) => Self::Known,
        }
    }
}

struct Answer {
    required: Required,
    state: State,
    /// What the boundary itself has to answer for; what one around it lacks is that one's.
    own: Option<Class>,
}

fn answer(model: &Model, id: &Id<Boundary>, theirs: &BTreeSet<&Id<Boundary>>, required: &Required) -> Answer {
    let answered = |state, own| Answer { required: *required, state, own };
    if excused(model, id, required.fact) {
        return answered(State::NotApplicable, None);
    }
    let mut seen = BTreeSet::new();
    let mut next = model.boundaries.get_key_value(id);
    let mut asker = None;
    while let Some((at, boundary)) = next.filter(|(at, _)| seen.insert(*at)) {
        let own = |class| (at == id).then_some(class);
        if at != id && boundary.not_applicable.contains_key(required.fact) {
            return answered(State::NotApplicable, None);
        }
        match (required.of)(&boundary.requires) {
            Asked::Known => return answered(State::Met, None),
            Asked::None => return answered(State::NotMet, own(Class::Defect)),
            Asked::No => {}
        }
        if is_asked(at, boundary, theirs) {
            asker = Some(at);
        }
        next = boundary.parent.known().and_then(|parent| model.boundaries.get_key_value(parent));
    }
    // The outermost that is asked would answer for all within.
    answered(State::NotStated, (asker == Some(id)).then_some(Class::Gap))
}

/// Whether it says why a requirement does not apply, or the mechanism it requires leaves nothing to ask.
fn excused(model: &Model, id: &Id<Boundary>, fact: &str) -> bool {
    let said = model.boundaries.get(id).is_some_and(|boundary| boundary.not_applicable.contains_key(fact));
    let mechanism = requirement(model, id, |requires| &requires.authentication).map(|(_, mechanism)| mechanism);
    said || mechanism.is_some_and(|mechanism| match fact {
        "token_lifetime" => !has_tokens(mechanism),
        "scopes" | "rotation" => matches!(mechanism, Authentication::Anonymous(_)),
        _ => false,
    })
}

/// Two facts that make one requirement: the worse of them counts.
fn together(states: impl Iterator<Item = State>) -> State {
    let worst = |state: &State| match state {
        State::NotMet => 3,
        State::NotStated => 2,
        State::Met => 1,
        State::NotApplicable => 0,
    };
    states.max_by_key(worst).unwrap_or(State::NotApplicable)
}

/// Where calls run that nothing proves, PAT002 asks why services trust one another.
fn look(out: &mut Findings<'_>, id: &Id<Boundary>, answers: &[Answer], trust_elsewhere: bool) {
    let told = |answer: &&Answer| !(trust_elsewhere && answer.required.fact == "service_trust");
    let of = |class| -> Vec<String> {
        let own = answers.iter().filter(told).filter(|answer| answer.own == Some(class));
        own.map(|answer| answer.required.thing.to_owned()).collect()
    };
    let (none, open) = (of(Class::Defect), of(Class::Gap));
    let finding = match (none.is_empty(), open.is_empty()) {
        (true, true) => return out.facet(&META, id, "", together(answers.iter().map(|answer| answer.state))),
        (true, false) => out.gap(&META, id, say![id, format!(": {} not asked", listed(&open))]),
        (false, true) => Some(out.defect(&META, id, say![id, format!(" requires no {}", either(&none))])),
        (false, false) => {
            let said = format!(" requires no {}; {} not asked", either(&none), listed(&open));
            Some(out.defect(&META, id, say![id, said]))
        }
    };
    let Some(finding) = finding else { return };
    for answer in answers.iter().filter(told) {
        match answer.own {
            None => {}
            Some(Class::Defect) => _ = finding.because(Subject::from(id), answer.required.fact, "none"),
            Some(Class::Gap) => _ = finding.because(Subject::from(id), answer.required.fact, "not asked"),
        }
    }
}
