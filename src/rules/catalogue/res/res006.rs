//! RES006: what is sent and never looked after.

use crate::{
    facts::{Origin, Resolved},
    model::{Delivery, Interaction, Many, Stage, SystemKind, Text, Transport, Yes},
    rules::{
        Class, Context, Findings, Hop, Meta, Principle, Rule, Severity,
        finding::say,
        lacking::{Lack, causes, joined},
    },
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
        for cause in causes(cx, out, &META, |hop| [watched(hop)]) {
            let Some(first) = cause.hops.first() else { continue };
            let how = unattended(first).unwrap_or_default();
            let finding = cause.report(out, &META, |class| match (class, cause.alone) {
                (Class::Defect, true) => {
                    say![*first, format!(" is {how}, and nobody would notice a loss or a delay")]
                }
                (Class::Gap, true) => {
                    say![*first, format!(" is {how}; who would notice a loss or a delay was not asked")]
                }
                (Class::Defect, false) => {
                    let said = say![" says that nobody would notice a loss or a delay; so it is for "];
                    joined([cause.named(), said, cause.takers()])
                }
                (Class::Gap, false) => {
                    let said = say![" does not say who would notice a loss or a delay; it would answer for "];
                    joined([cause.named(), said, cause.takers()])
                }
            });
            let Some(finding) = finding else { continue };
            match first.travels() {
                Some(transport) if transport != Transport::Synchronous => {
                    finding.because(*first, "transport", transport.word())
                }
                _ => finding.because(*first, "delivery", Delivery::AtMostOnce.word()),
            };
            let (rate, alerts) = eyes(first);
            let found = [
                ("error_rate", rate.is_none(), first.facts.found(&rate)),
                ("alerts", alerts.is_none(), first.facts.found(&alerts)),
            ];
            for (fact, none, layer) in found {
                let value = if none { "none" } else { "not asked" };
                if cause.alone {
                    finding.because_of(*first, fact, value, layer);
                } else {
                    finding.because(cause.about.clone(), fact, value);
                }
            }
        }
    }
}

/// Whether this rule speaks of an interaction, for rules that would ask the same.
pub(in crate::rules::catalogue) fn is_unwatched(hop: &Hop<'_>) -> bool {
    !matches!(watched(hop), Lack::Exempt | Lack::Met)
}

type Eyes<'a> = (Resolved<'a, Yes>, Resolved<'a, Many<Text>>);

fn eyes<'a>(hop: &Hop<'a>) -> Eyes<'a> {
    let rate = hop.facts.get("error_rate", |layer| &layer.observability.error_rate);
    (rate, hop.facts.get("alerts", |layer| &layer.observability.alerts))
}

/// Whether anybody looks after it: one pair of eyes is enough.
fn watched(hop: &Hop<'_>) -> Lack {
    let theirs = hop.from.is_external() && hop.to.is_external();
    if unattended(hop).is_none() || hop.has_person() || theirs {
        return Lack::Exempt;
    }
    match eyes(hop) {
        (Resolved::NotApplicable(_), Resolved::NotApplicable(_)) => Lack::Exempt,
        (rate, alerts) if rate.is_met() || alerts.is_met() => Lack::Met,
        (Resolved::None(rate), Resolved::None(alerts)) if rate == alerts => Lack::None(rate),
        (Resolved::None(_), Resolved::None(_)) => Lack::None(Origin::Own),
        // Whoever has answered the half of it answers the rest.
        (Resolved::None(half), _) | (_, Resolved::None(half)) => Lack::Unsaid(half),
        // One answer of the broker does for all that passes through it.
        _ => match [hop.to, hop.from].into_iter().find(|end| end.is(SystemKind::Backbone)) {
            Some(broker) if !hop.profile.is_known() => Lack::Unsaid(Origin::Backbone(broker.id.clone())),
            _ => Lack::NotAsked,
        },
    }
}

/// How an interaction travels, if nobody waits for its arrival.
fn unattended(interaction: &Interaction) -> Option<&'static str> {
    match (interaction.travels(), interaction.delivery.known()) {
        (Some(Transport::File), _) => Some("handed over as a file"),
        (_, Some(Delivery::AtMostOnce)) => Some("delivered at most once"),
        (Some(Transport::Asynchronous), _) => Some("asynchronous"),
        (Some(Transport::ChangeFeed), _) => Some("read as a change feed"),
        _ => None,
    }
}
