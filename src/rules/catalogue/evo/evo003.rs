//! EVO003: something is to go, and nobody plans it.

use super::roadmap::Roadmap;
use crate::{
    model::{Disposition, Subject, SystemKind},
    rules::{Context, End, Findings, Meta, Piece, Principle, Rule, Severity, finding::say},
    timeline::{Phase, phase},
};

pub(super) struct RetirementWithoutPlan;

static META: Meta = Meta {
    code: "EVO003",
    slug: "retirement-without-plan",
    summary: "a system that is deprecated, replaced, to be eliminated or has a retirement date, with no change that does it",
    why: "A date is not a plan. What docs/principles.md says of \"temporary\" adapters holds for whole systems: without a step \
          that somebody answers for, both the old and the new are run for years.",
    example: "The ERP has been \"to be replaced by 2024\" since 2019; no project has it as its task.",
    remedy: "Put a change on the roadmap that retires it or moves what it does, with an end and an owner; or say that it is kept.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Compatibility,
    star: false,
};

impl Rule for RetirementWithoutPlan {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let roadmap = Roadmap::of(cx.model);
        for end in cx.ends() {
            // Of adapters EVO001 speaks; what is not ours is not ours to retire.
            let other = matches!(end.kind, SystemKind::Adapter | SystemKind::External | SystemKind::Person);
            let kept =
                end.lifecycle.disposition.is(&Disposition::Keep) || end.not_applicable.contains_key("retires_on");
            let Some((words, fact, value)) = going(end).filter(|_| !other && !kept && !is_gone(cx, end)) else {
                out.exempt(&META, *end);
                continue;
            };
            if roadmap.ends(&end.id.key()) {
                out.met(&META, *end);
                continue;
            }
            let mut said = say![*end];
            said.extend(words);
            said.push(", and no change on the roadmap sees to it".into());
            out.defect(&META, *end, said)
                .with(end.lifecycle.replaced_by.known().map(Subject::from))
                .because(*end, fact, value)
                .because(*end, "changes", "none that retires, migrates or removes it");
        }
    }
}

/// What says that a system is to go.
fn going(end: &End<'_>) -> Option<(Vec<Piece>, &'static str, String)> {
    let life = &end.lifecycle;
    if let Some(date) = life.retires_on.known() {
        return Some((say![format!(" retires on {date}")], "retires_on", date.to_string()));
    }
    match life.disposition.known() {
        Some(disposition @ Disposition::Eliminate) => {
            return Some((say![" is to be eliminated"], "disposition", disposition.word().to_owned()));
        }
        Some(disposition @ Disposition::FunctionDropped) => {
            return Some((say![" is to be dropped"], "disposition", disposition.word().to_owned()));
        }
        Some(Disposition::Keep) | None => {}
    }
    if let Some(next) = life.replaced_by.known() {
        return Some((say![" is to be replaced by ", next], "replaced_by", next.to_string()));
    }
    let date = life.deprecated_from.known()?;
    Some((say![format!(" is deprecated from {date} on")], "deprecated_from", date.to_string()))
}

/// Whether a system has retired and nothing joins it any more: it has been done.
fn is_gone(cx: &Context<'_>, end: &End<'_>) -> bool {
    let retired = phase(&end.lifecycle, cx.as_of) == Phase::Retired;
    retired && cx.hops_to(end.id).next().is_none() && cx.hops_from(end.id).next().is_none()
}
