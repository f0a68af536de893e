//! OBS004: what the business cannot do without, and nobody is woken for.

use super::asked::observable;
use crate::{
    model::{Criticality, Fact, Flow, Id, Stage, Step},
    rules::{
        Context, Findings, Hop, Meta, Principle, Rule, Severity,
        finding::say,
        lacking::{Lack, lacking},
    },
};

pub(super) struct UnalertedCritical;

static META: Meta = Meta {
    code: "OBS004",
    slug: "unalerted-critical",
    summary: "a critical flow with no objective, or a critical interaction with no alert",
    why: "\"Observability is mandatory\" (docs/principles.md). Whether a flow works well enough cannot be told without saying what is \
          enough, and nobody comes where nothing calls (Beyer and others, Site Reliability Engineering, chapters 4 and 6).",
    example: "Payment has failed since two in the morning; the first to notice are the customers at eight.",
    remedy: "Give the flow a latency or availability objective, and the interaction an alert that wakes somebody.",
    severity: Severity::Warning,
    gap: Some(Stage::Governed),
    principle: Principle::Observability,
    star: false,
};

impl Rule for UnalertedCritical {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, flow) in &cx.model.flows {
            objective(out, id, flow);
        }
        lacking(cx, out, &META, ("alerts", "alert"), |hop| {
            if !critical(hop) || !observable(hop) {
                return Lack::Exempt;
            }
            Lack::of(&hop.facts.get("alerts", |layer| &layer.observability.alerts))
        });
    }
}

/// Whether it ends at a critical system, or carries a message on which much depends.
fn critical(hop: &Hop<'_>) -> bool {
    hop.to.criticality.is(&Criticality::Critical) || hop.message.is_some_and(|message| weighs(&message.criticality))
}

fn weighs(fact: &Fact<Criticality>) -> bool {
    fact.known().is_some_and(|criticality| *criticality >= Criticality::High)
}

/// One objective is enough.
fn objective(out: &mut Findings<'_>, id: &Id<Flow>, flow: &Flow) {
    let states = [
        ("latency", flow.latency.is_known(), flow.latency.is_none()),
        ("availability", flow.availability.is_known(), flow.availability.is_none()),
    ];
    let asked: Vec<_> = states.into_iter().filter(|(fact, ..)| !flow.not_applicable.contains_key(*fact)).collect();
    if !weighs(&flow.criticality) || asked.is_empty() {
        return out.exempt(&META, id);
    }
    if asked.iter().any(|(_, known, _)| *known) {
        return out.met(&META, id);
    }
    let finding = if asked.iter().all(|(.., none)| *none) {
        Some(out.defect(&META, id, say!["the critical flow ", id, " has no objective"]))
    } else {
        out.gap(&META, id, say!["the objective of the critical flow ", id, " was not asked"])
    };
    let Some(finding) = finding else { return };
    finding.with(flow.steps.iter().flat_map(Step::interactions).map(Into::into));
    finding.because(id, "criticality", flow.criticality.known().map_or("", |criticality| criticality.word()));
    for (fact, _, none) in asked {
        finding.because(id, fact, if none { "none" } else { "not asked" });
    }
}
