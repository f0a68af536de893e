//! CPL009: a command dressed as an event.

use crate::{
    model::{InteractionKind, Yes},
    rules::{Context, Findings, Hop, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct EventAsCommand;

static META: Meta = Meta {
    code: "CPL009",
    slug: "event-as-command",
    summary: "an event whose publisher needs an answer",
    why: "\"Events say that something has happened and assume no consumer\" (docs/principles.md, interactions). A publisher that \
          waits for an answer assumes one, and has hidden a command (Fowler 2017, What do you mean by Event-Driven: the \
          passive-aggressive command).",
    example: "Orders publishes StockNeeded and cannot go on before Warehouse has answered.",
    remedy: "Make it a command to the one that answers, and publish an event for all others once it is done.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::LooseCoupling,
    star: false,
};

impl Rule for EventAsCommand {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for hop in cx.hops() {
            let asked = hop.kind == InteractionKind::Event && !hop.has_person() && !hop.excuses("needs_answer");
            if !asked || is_said_before(cx, hop) {
                out.exempt(&META, hop);
            } else if hop.needs_answer.is(&Yes::Yes) {
                let said = say![hop, " is an event, and ", publisher(cx, hop), " needs an answer to it"];
                out.defect(&META, hop, said).with(hop.ends()).because(hop, "kind", "event").because(
                    hop,
                    "needs_answer",
                    "yes",
                );
            } else if hop.needs_answer.is_none() {
                out.met(&META, hop);
            } else {
                out.gap(&META, hop, Vec::new());
            }
        }
    }
}

/// Whether the publisher's own leg says it already.
fn is_said_before(cx: &Context<'_>, hop: &Hop<'_>) -> bool {
    let needs = |at: &usize| *at != hop.at && cx.hop(*at).needs_answer.is_known();
    hop.from.passes_on() && hop.needs_answer.is_known() && cx.topology.origins(hop.at).iter().any(needs)
}

fn publisher<'a>(cx: &'a Context<'a>, hop: &Hop<'a>) -> crate::rules::End<'a> {
    let first = if hop.from.passes_on() { cx.topology.origins(hop.at).first().copied() } else { None };
    first.map_or(hop.from, |at| cx.hop(at).from)
}
