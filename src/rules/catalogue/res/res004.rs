//! RES004: a consumer that does not know what to do with what it cannot process.

use crate::{
    model::{Stage, SystemKind, Transport},
    rules::{
        Context, Findings, Hop, Meta, Principle, Rule, Severity,
        lacking::{Lack, lacking},
    },
};

pub(super) struct NoFailurePath;

static META: Meta = Meta {
    code: "RES004",
    slug: "no-failure-path",
    summary: "a subscription or queue consumer that does not say what happens on failure",
    why: "\"Failure is inevitable: design for it\" (docs/principles.md). Where nobody has decided, one message that cannot be \
          processed is lost, or stops all behind it (Hohpe and Woolf, Enterprise Integration Patterns: invalid message \
          channel, dead letter channel).",
    example: "One order with an unknown country code comes back to Billing for ever; the queue behind it grows.",
    remedy: "Decide what becomes of it: a dead-letter queue, parking, blocking or skipping; a backbone or profile can say it for all.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::Failure,
    star: false,
};

const PIPES: [SystemKind; 2] = [SystemKind::Backbone, SystemKind::Gateway];

impl Rule for NoFailurePath {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        lacking(cx, out, &META, ("on_failure", "failure path"), |hop| {
            if !consumes(hop) {
                return Lack::Exempt;
            }
            let lack = Lack::of(&hop.facts.get("on_failure", |layer| &layer.resilience.on_failure));
            // How a partner takes up what it fetches from a broker is the partner's; that nobody sees to it on our side can
            // be known all the same. What we push is ours to deliver: the partner may be down.
            let fetched = hop.to.is_external() && hop.from.is(SystemKind::Backbone);
            if fetched { lack.if_known() } else { lack }
        });
    }
}

/// Whether somebody takes up at its end what nobody waits for: a broker and a gateway only pass it on. Files are a matter
/// of restart and reconciliation.
fn consumes(hop: &Hop<'_>) -> bool {
    let unattended = matches!(hop.travels(), Some(Transport::Asynchronous | Transport::ChangeFeed));
    let ours = !(hop.from.is_external() && hop.to.is_external());
    unattended && ours && !hop.has_person() && !PIPES.contains(&hop.to.kind)
}
