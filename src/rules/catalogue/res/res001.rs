//! RES001: a call that waits for ever.

use crate::{
    model::{Stage, SystemKind},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        lacking::{Lack, lacking},
    },
};

pub(super) struct NoTimeout;

static META: Meta = Meta {
    code: "RES001",
    slug: "no-timeout",
    summary: "a synchronous interaction without a timeout",
    why: "\"Failure is inevitable — design for it\" (docs/principles.md). A caller that waits without end fails \
          together with what it calls, and takes its own callers along (Nygard, Release It!).",
    example: "Checkout calls Payment; Payment hangs; soon every thread of Checkout hangs too.",
    remedy: "Set a timeout, on the interaction or on its profile, shorter than the caller's own.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::Failure,
    star: false,
};

impl Rule for NoTimeout {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        lacking(cx, out, &META, ("timeout", "timeout"), |hop| {
            // A broker waits for nobody, and a call within one process cannot time out.
            let waits = hop.is_synchronous() && !hop.has_person() && !hop.from.is(SystemKind::Backbone);
            if !waits || hop.from.is_external() || cx.same_deployable(hop.from.id, hop.to.id) {
                return Lack::Exempt;
            }
            let each = hop.facts.get("try_timeout", |layer| &layer.resilience.try_timeout);
            if each.known().is_some() {
                return Lack::Met;
            }
            Lack::of(&hop.facts.get("timeout", |layer| &layer.resilience.timeout))
        });
    }
}
