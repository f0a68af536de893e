//! RES012: what must not be lost, sent so that it can be.

use crate::{
    model::{Criticality, Delivery, Fact, Flow, Id, InteractionKind, PartKind, Step, Subject},
    rules::{Context, Findings, Hop, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct AtMostOnceForCritical;

static META: Meta = Meta {
    code: "RES012",
    slug: "at-most-once-for-critical",
    summary: "a business-critical message delivered at most once",
    why: "\"Failure is inevitable: design for it\" (docs/principles.md). At most once means that a message is lost whenever \
          something fails on the way, and that nobody is told (Kleppmann, Designing Data-Intensive Applications, chapter 11).",
    example: "PaymentCaptured goes out at most once; the broker restarts, and the order is never shipped.",
    remedy: "Deliver at least once, with a consumer that tolerates duplicates, or say that the message is not critical.",
    severity: Severity::Error,
    gap: None,
    principle: Principle::Failure,
    star: false,
};

impl Rule for AtMostOnceForCritical {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let flows = critical_flows(cx);
        for hop in cx.hops() {
            let flow = flows.get(hop.at).copied().flatten();
            let message = hop.message.and_then(|message| critical(&message.criticality));
            let sent = !hop.is_synchronous() && hop.kind != InteractionKind::Query;
            if !sent || hop.has_person() || hop.excuses("delivery") || (message.is_none() && flow.is_none()) {
                out.exempt(&META, hop);
                continue;
            }
            match hop.delivery {
                Fact::Known(Delivery::AtMostOnce) => blame(out, hop, message, flow),
                Fact::Known(_) => out.met(&META, hop),
                Fact::None | Fact::NotAsked => _ = out.gap(&META, hop, Vec::new()),
            }
        }
    }
}

/// The first critical flow through each hop, by its place.
fn critical_flows<'a>(cx: &Context<'a>) -> Vec<Option<(&'a Id<Flow>, &'a Flow)>> {
    let mut flows = vec![None; cx.hops().len()];
    let through = cx.model.flows.iter().filter(|(_, flow)| critical(&flow.criticality).is_some());
    for (id, flow) in through {
        for interaction in flow.steps.iter().flat_map(Step::interactions) {
            let place = cx.topology.at(interaction).and_then(|at| flows.get_mut(at));
            if let Some(place @ None) = place {
                *place = Some((id, &*flow.value));
            }
        }
    }
    flows
}

fn critical(fact: &Fact<Criticality>) -> Option<Criticality> {
    fact.known().copied().filter(|criticality| *criticality >= Criticality::High)
}

fn blame(out: &mut Findings<'_>, hop: &Hop<'_>, message: Option<Criticality>, flow: Option<(&Id<Flow>, &Flow)>) {
    let said = match (message, flow) {
        (None, Some((flow, _))) => {
            say![hop, " is delivered at most once, and the critical flow ", flow, " depends on it"]
        }
        _ => say![hop, " is critical, and is delivered at most once"],
    };
    let finding = out.defect(&META, hop, said);
    finding.with(hop.ends()).because(hop, "delivery", Delivery::AtMostOnce.word());
    if let (Some(criticality), Some(part)) = (message, hop.interaction.part()) {
        let message = Subject::part(PartKind::Message, &part);
        finding.with([message.clone()]).because(message, "criticality", criticality.word());
    }
    if let Some((id, criticality)) = flow.and_then(|(id, flow)| Some((id, flow.criticality.known()?))) {
        finding.with([id.into()]).because(id, "criticality", criticality.word());
    }
}
