//! RES001: a call that waits for ever.

use crate::{
    facts::Resolved,
    model::{Stage, SystemKind},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
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
        for (id, interaction) in cx.interactions() {
            let theirs = cx.is(&interaction.from, SystemKind::External);
            if !interaction.is_synchronous() || cx.has_person(interaction) || theirs {
                continue;
            }
            let facts = cx.facts(interaction);
            let total = facts.get("timeout", |layer| &layer.resilience.timeout);
            let each = facts.get("try_timeout", |layer| &layer.resilience.try_timeout);
            let ends = [(&interaction.from).into(), (&interaction.to).into()];
            match (&total, &each) {
                (total, each) if total.is_met() || each.is_met() => {}
                (Resolved::None(origin), _) => {
                    let said = say![id, " has no timeout"];
                    out.defect(&META, id, said).with(ends).because_of(id, "timeout", "none", origin.to_string());
                }
                _ => {
                    if let Some(gap) = out.gap(&META, id, say!["the timeout of ", id, " was not asked"]) {
                        gap.with(ends).because_of(id, "timeout", "not asked", facts.searched());
                    }
                }
            }
        }
    }
}
