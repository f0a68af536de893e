//! RES014: what may come twice, for somebody who counts each.

use crate::{
    model::{Delivery, Fact, InteractionKind, PartKind, Stage, Subject, SystemKind},
    rules::{Context, Findings, Hop, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct NonIdempotentConsumer;

static META: Meta = Meta {
    code: "RES014",
    slug: "non-idempotent-consumer",
    summary: "at-least-once delivery to a consumer that does not tolerate duplicates",
    why: "\"Idempotency where retries can happen\" (docs/principles.md, APIs as products). At least once means twice, sooner or later \
          (Hohpe and Woolf, Enterprise Integration Patterns: idempotent receiver).",
    example: "OrderPlaced comes twice after a rebalance, and Warehouse reserves the goods twice.",
    remedy: "Let the consumer remember what it has processed (by message id or business key), or make what it does idempotent.",
    severity: Severity::Error,
    gap: Some(Stage::Design),
    principle: Principle::Failure,
    star: false,
};

impl Rule for NonIdempotentConsumer {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for hop in cx.hops() {
            if !consumes(cx, hop) || hop.excuses("tolerates_duplicates") {
                out.exempt(&META, hop);
                continue;
            }
            let idempotency = hop.operation.map_or(&Fact::NotAsked, |operation| &operation.idempotency);
            match (&hop.tolerates_duplicates, idempotency) {
                (Fact::Known(_), _) | (Fact::NotAsked, Fact::Known(_)) => out.met(&META, hop),
                (Fact::None, _) => blame(out, hop, "tolerates_duplicates"),
                (Fact::NotAsked, Fact::None) => blame(out, hop, "idempotency"),
                (Fact::NotAsked, Fact::NotAsked) if hop.to.is_external() => out.exempt(&META, hop),
                (Fact::NotAsked, Fact::NotAsked) => ask(cx, out, hop),
            }
        }
    }
}

/// Whether what may come twice ends here. A leg to a backbone does not; nor one to what passes it on.
fn consumes(cx: &Context<'_>, hop: &Hop<'_>) -> bool {
    let twice = hop.delivery.is(&Delivery::AtLeastOnce) && hop.kind != InteractionKind::Query;
    let stays = || !hop.to.passes_on() || cx.topology.arrivals(hop.at) == [hop.at];
    twice && !hop.has_person() && !hop.to.is(SystemKind::Backbone) && stays()
}

fn blame(out: &mut Findings<'_>, hop: &Hop<'_>, fact: &str) {
    let said = say![hop, " may come more than once, and ", hop.to, " does not tolerate duplicates"];
    let finding = out.defect(&META, hop, said);
    finding.with(hop.ends()).because(hop, "delivery", Delivery::AtLeastOnce.word());
    match hop.interaction.part().filter(|_| fact == "idempotency") {
        Some(part) => finding.because(Subject::part(PartKind::Operation, &part), fact, "none"),
        None => finding.because(hop, fact, "none"),
    };
}

fn ask(cx: &Context<'_>, out: &mut Findings<'_>, hop: &Hop<'_>) {
    if cx.stage_of(&hop.to) < Stage::Design {
        out.gap_where(&META, hop, Vec::new(), false);
        return;
    }
    let said = say![hop, " may come more than once; whether ", hop.to, " tolerates duplicates was not asked"];
    if let Some(gap) = out.gap_where(&META, hop, said, true) {
        gap.with(hop.ends()).because(hop, "delivery", Delivery::AtLeastOnce.word()).because(
            hop,
            "tolerates_duplicates",
            "not asked",
        );
    }
}
