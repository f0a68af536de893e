//! CPL003: one trigger that tells many what it could have announced.

use std::collections::{BTreeMap, BTreeSet};

use super::limit::Limit;
use crate::{
    model::{Answer, Entity, Id, Interaction, InteractionKind, Part, PartKind, Subject, System, SystemRole, Trigger},
    rules::{
        Context, Findings, Hop, Meta, Piece, Principle, Rule, Severity,
        finding::{names, say},
    },
    topology::At,
};

pub(super) struct SynchronousFanOut;

static META: Meta = Meta {
    code: "CPL003",
    slug: "synchronous-fan-out",
    summary: "one trigger commands many systems about one entity and needs none of their answers",
    why: "Events \"assume no consumer\" (docs/principles.md, interactions): a fan-out to many is what they are for. A sender that commands each of them must be changed for every new one.",
    example: "When a customer moves, CRM tells Billing, Loyalty and Shipping one by one to change the address.",
    remedy: "Publish one event and let them subscribe, or declare the sender to be an orchestrator if it is one.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::LooseCoupling,
    star: false,
};

/// What one system does about one entity when one thing happens to it.
type Cause<'a> = (&'a Id<System>, Start<'a>, &'a Id<Entity>);

/// What starts it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Start<'a> {
    Operation(&'a Part),
    Message(&'a Part),
    Schedule(&'a str),
}

impl<'a> Start<'a> {
    /// That a user does something says too little to be one cause.
    fn of(trigger: &'a Trigger) -> Option<Self> {
        match trigger {
            Trigger::Operation(part) => Some(Self::Operation(part)),
            Trigger::Message(part) => Some(Self::Message(part)),
            Trigger::Schedule(text) => Some(Self::Schedule(text)),
            Trigger::User => None,
        }
    }

    fn word(self) -> String {
        match self {
            Self::Operation(part) | Self::Message(part) => part.to_string(),
            Self::Schedule(text) => format!("schedule: {text}"),
        }
    }

    fn pieces(self) -> Vec<Piece> {
        match self {
            Self::Operation(part) => say!["on ", Subject::part(PartKind::Operation, part)],
            Self::Message(part) => say!["on ", Subject::part(PartKind::Message, part)],
            Self::Schedule(text) => say![format!("by schedule ({text})")],
        }
    }
}

/// Who is commanded, and by which hops.
#[derive(Default)]
struct Fan<'a> {
    systems: BTreeSet<&'a Id<System>>,
    hops: BTreeSet<At>,
}

impl Rule for SynchronousFanOut {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        // From so many systems on it is too many.
        let limit = Limit::of("fan_out", &cx.model.policy.fan_out, 3);
        let mut told: BTreeSet<At> = BTreeSet::new();
        let mut fans: Vec<_> = fans(cx).into_iter().filter(|(_, fan)| is_wide(fan, &limit)).collect();
        fans.sort_by_key(|(_, fan)| std::cmp::Reverse(fan.systems.len()));
        for (cause, fan) in fans {
            if fan.hops.first().is_some_and(|first| told.insert(*first)) {
                report(cx, out, &cause, &fan, &limit);
            }
        }
    }
}

fn is_wide(fan: &Fan<'_>, limit: &Limit) -> bool {
    fan.systems.len() > 1 && fan.systems.len() >= limit.most as usize
}

fn fans<'a>(cx: &'a Context<'a>) -> BTreeMap<Cause<'a>, Fan<'a>> {
    let answered: BTreeSet<&Id<Interaction>> = cx.hops().iter().filter_map(|hop| hop.reply_to.known()).collect();
    let mut fans: BTreeMap<Cause<'_>, Fan<'_>> = BTreeMap::new();
    for hop in cx.hops().iter().filter(|hop| tells(hop) && !needs_answer(hop, &answered)) {
        let Some(operation) = hop.operation else { continue };
        let starts = hop.triggered_by.known().into_iter().flat_map(|many| many.iter()).filter_map(Start::of);
        for (start, entity) in starts.flat_map(|start| operation.writes.iter().map(move |entity| (start, entity))) {
            let fan = fans.entry((hop.from.id, start, entity)).or_default();
            fan.systems.extend(handlers(cx, hop));
            fan.hops.insert(hop.at);
        }
    }
    fans
}

/// Orchestrators are there to do this; what gateways, adapters and backbones pass on is another's.
fn tells(hop: &Hop<'_>) -> bool {
    let orchestrates = hop.from.role.is(&SystemRole::Orchestrator);
    hop.kind == InteractionKind::Command && !orchestrates && !hop.has_person() && !hop.from.passes_on()
}

fn needs_answer(hop: &Hop<'_>, answered: &BTreeSet<&Id<Interaction>>) -> bool {
    match hop.decision.immediate_response.known() {
        Some(answer) => *answer == Answer::Yes,
        None => hop.is_synchronous() || answered.contains(hop.id),
    }
}

/// Who carries out the command in the end.
fn handlers<'a>(cx: &'a Context<'a>, hop: &Hop<'a>) -> Vec<&'a Id<System>> {
    if !hop.to.passes_on() {
        return vec![hop.to.id];
    }
    let last = cx.topology.arrivals(hop.at);
    last.into_iter().map(|at| cx.hop(at).to).filter(|to| !to.passes_on()).map(|to| to.id).collect()
}

fn report(cx: &Context<'_>, out: &mut Findings<'_>, cause: &Cause<'_>, fan: &Fan<'_>, limit: &Limit) {
    let (sender, start, entity) = cause;
    let hops: Vec<&Hop<'_>> = fan.hops.iter().map(|at| cx.hop(*at)).collect();
    let Some(first) = hops.first() else { return };
    let mut said = start.pieces();
    said.extend(say![", ", *sender, " commands "]);
    said.extend(names(fan.systems.iter().map(|id| Subject::from(*id))));
    said.extend(say![" about ", *entity, " and needs no answer: one event would do"]);
    let finding = out.defect(&META, *first, said);
    finding.with(hops.iter().map(|hop| Subject::from(*hop))).with([(*sender).into(), (*entity).into()]);
    finding.with(hops.iter().map(|hop| Subject::from(hop.to))).with(fan.systems.iter().map(|id| Subject::from(*id)));
    finding.because(*first, "triggered_by", start.word());
    for hop in hops {
        if hop.decision.immediate_response.is_known() {
            finding.because(hop, "immediate_response", "no");
        } else if let Some(how) = hop.travels() {
            finding.because(hop, "transport", how.word());
        }
    }
    limit.tell(finding);
}
