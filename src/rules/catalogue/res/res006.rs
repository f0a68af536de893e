//! RES006: what is sent and never looked after.

use crate::{
    model::{Delivery, Interaction, Stage, Transport},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct FireAndForget;

static META: Meta = Meta {
    code: "RES006",
    slug: "fire-and-forget",
    summary: "asynchronous, file or at-most-once delivery with neither monitoring nor an alert",
    why: "\"Fire-and-forget integrations without monitoring\" (docs/principles.md, anti-patterns). Nobody waits for the answer, \
          so nobody notices that there is none.",
    example: "The nightly stock file has not come for three days; the shop sells what is not there.",
    remedy: "Watch loss and lag (an error rate), and alert somebody; a backbone or profile can do it for all its legs.",
    severity: Severity::Error,
    gap: Some(Stage::Sketch),
    principle: Principle::Failure,
    star: true,
};

impl Rule for FireAndForget {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for hop in cx.hops() {
            let (id, facts) = (hop.id, &hop.facts);
            let Some(how) = unattended(hop).filter(|_| !hop.has_person()) else { continue };
            let monitoring = facts.get("error_rate", |layer| &layer.observability.error_rate);
            let alerts = facts.get("alerts", |layer| &layer.observability.alerts);
            if monitoring.is_met() || alerts.is_met() {
                continue;
            }
            let ends = hop.ends();
            if monitoring.is_none() && alerts.is_none() {
                out.defect(&META, id, say![id, format!(" is {how}, and nobody would notice a loss or a delay")])
                    .with(ends)
                    .because(id, "transport", how)
                    .because_of(id, "error_rate", "none", facts.searched())
                    .because_of(id, "alerts", "none", facts.searched());
                continue;
            }
            let said = say![id, format!(" is {how}; who would notice a loss or a delay was not asked")];
            if let Some(gap) = out.gap(&META, id, said) {
                gap.with(ends);
                for (fact, none) in [("error_rate", monitoring.is_none()), ("alerts", alerts.is_none())] {
                    gap.because_of(id, fact, if none { "none" } else { "not asked" }, facts.searched());
                }
            }
        }
    }
}

/// How an interaction travels, if nobody waits for its arrival.
fn unattended(interaction: &Interaction) -> Option<&'static str> {
    match (interaction.travels(), interaction.delivery.known()) {
        (Some(Transport::File), _) => Some("handed over as a file"),
        (_, Some(Delivery::AtMostOnce)) => Some("delivered at most once"),
        (Some(Transport::Asynchronous), _) => Some("asynchronous"),
        _ => None,
    }
}
