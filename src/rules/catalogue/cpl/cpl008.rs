//! CPL008: all or nothing over several systems of record, and no way back.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{Answer, Entity, Id, InteractionKind, Part, PartKind, Subject, System, Trigger},
    rules::{
        Context, Findings, Hop, Meta, Piece, Principle, Rule, Severity,
        finding::{names, say},
    },
    topology::{At, Join, carried, waits_for},
};

pub(super) struct DistributedTransaction;

static META: Meta = Meta {
    code: "CPL008",
    slug: "distributed-transaction",
    summary: "transactional consistency over more than one system of record with neither saga nor compensation",
    why: "\"Loose coupling over convenience\" and \"failure is inevitable\" (docs/principles.md). No transaction spans two \
          systems of record: when the second fails, the first has happened, and somebody must undo it (Garcia-Molina and \
          Salem 1987, Sagas).",
    example: "PlaceOrder writes the order, reserves stock in Warehouse and charges the card in Payments, all or nothing.",
    remedy: "Say how each step is undone when a later one fails (compensation), or move what must be consistent into one system of record.",
    severity: Severity::Error,
    gap: None,
    principle: Principle::LooseCoupling,
    star: false,
};

/// What one system does about one thing: the operation or message that it handles.
type Cause<'a> = (&'a Id<System>, &'a Trigger);

impl Rule for DistributedTransaction {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let mut steps: BTreeMap<(At, Part), (Cause<'_>, Vec<&Hop<'_>>)> = BTreeMap::new();
        let mut first: BTreeMap<(&Id<System>, &Part), At> = BTreeMap::new();
        for hop in cx.hops().iter().filter(|hop| hop.kind == InteractionKind::Command) {
            if !hop.decision.transactional.is_known() || hop.has_person() {
                continue;
            }
            if !hop.decision.transactional.is(&Answer::Yes) || hop.excuses("compensation") {
                out.exempt(&META, hop);
                continue;
            }
            if !hop.triggered_by.is_known() {
                out.gap(&META, hop, Vec::new());
            }
            for trigger in hop.triggered_by.known().into_iter().flat_map(|many| many.iter()) {
                let (Trigger::Operation(part) | Trigger::Message(part)) = trigger else { continue };
                let first = *first.entry((hop.from.id, part)).or_insert(hop.at);
                let cause = (hop.from.id, trigger);
                steps.entry((first, part.clone())).or_insert((cause, Vec::new())).1.push(hop);
            }
        }
        let (mut told, mut fine, mut blamed) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for ((first, _), (cause, hops)) in steps {
            let written = written(cx, &cause, &hops);
            let compensated = hops.iter().any(|hop| hop.compensation.is_known());
            if records(cx, &written) < 2 || compensated {
                fine.extend(hops.iter().map(|hop| hop.at));
                continue;
            }
            blamed.extend(hops.iter().map(|hop| hop.at));
            if told.insert(first) {
                report(out, &cause, &hops, &hops, &written);
            }
        }
        for hop in cx.hops().iter().filter(|hop| is_required(hop)) {
            for (cause, steps) in beneath(cx, hop) {
                // Where the steps say themselves that they must be all or nothing, that is told of them.
                let itself = matches!(cause.1, Trigger::Operation(part) if first.contains_key(&(cause.0, part)));
                if itself {
                    continue;
                }
                let written = written(cx, &cause, &steps);
                let compensated = hop.compensation.is_known() || steps.iter().any(|step| step.compensation.is_known());
                if records(cx, &written) < 2 || compensated {
                    fine.insert(hop.at);
                } else if told.insert(hop.at) {
                    blamed.insert(hop.at);
                    report(out, &cause, &[hop], &steps, &written);
                }
            }
        }
        fine.difference(&blamed).for_each(|at| out.met(&META, cx.hop(*at)));
    }
}

/// The systems of record that are written, each with what of its own.
type Written<'a> = BTreeMap<&'a Id<System>, BTreeSet<&'a Id<Entity>>>;

/// What the handler writes itself, and what it commands others to write.
fn written<'a>(cx: &'a Context<'a>, (handler, trigger): &Cause<'a>, hops: &[&Hop<'a>]) -> Written<'a> {
    let mut written = Written::new();
    let mut add = |entity: &'a Id<Entity>, writer: &'a Id<System>| {
        if let Some(owner) = record_of(cx, entity, writer) {
            written.entry(owner).or_default().insert(entity);
        }
    };
    if let Trigger::Operation(part) = trigger {
        let contract = cx.model.contracts.get(&part.contract);
        let operation = contract.and_then(|contract| contract.operations.get(&part.name));
        operation.into_iter().flat_map(|operation| &operation.writes).for_each(|entity| add(entity, handler));
    }
    for hop in hops {
        for entity in hop.operation.into_iter().flat_map(|operation| &operation.writes) {
            cx.topology.arrivals(hop.at).into_iter().for_each(|at| add(entity, cx.hop(at).to.id));
        }
    }
    written
}

/// The system of record of what is written: the writer where a part of the entity is its own.
fn record_of<'a>(cx: &'a Context<'a>, entity: &Id<Entity>, writer: &'a Id<System>) -> Option<&'a Id<System>> {
    let entity = cx.model.entities.get(entity)?;
    if entity.partitions.iter().any(|partition| partition.owner == *writer) {
        return Some(writer);
    }
    entity.owner.known()
}

/// How many systems of record there are, for a transaction: modules of one deployable can share one.
fn records(cx: &Context<'_>, written: &Written<'_>) -> usize {
    let deployable = |id: &&Id<System>| match cx.end(id).and_then(|end| end.system.part_of.known()) {
        Some(part) => (true, part.to_string()),
        None => (false, id.to_string()),
    };
    written.keys().map(deployable).collect::<BTreeSet<_>>().len()
}

/// Whether a command between systems is known to be all or nothing, and does not say why nothing need be undone.
fn is_required(hop: &Hop<'_>) -> bool {
    let asked = hop.kind == InteractionKind::Command && !hop.has_person() && !hop.excuses("compensation");
    asked && hop.decision.transactional.is(&Answer::Yes)
}

/// What who handles a command commands others to do before it answers.
fn beneath<'c, 'a>(cx: &'c Context<'a>, hop: &Hop<'a>) -> Vec<(Cause<'a>, Vec<&'c Hop<'a>>)> {
    let mut causes = Vec::new();
    for last in cx.topology.arrivals(hop.at) {
        let handler = cx.hop(last).to.id;
        let next = cx.topology.next(last).into_iter().filter(|(_, join)| *join == Join::Certain);
        let steps = next.map(|(at, _)| cx.hop(at)).filter(|step| {
            step.kind == InteractionKind::Command && step.from.id == handler && waits_for(step.interaction)
        });
        let steps: Vec<&Hop<'_>> = steps.collect();
        let triggers = steps.first().and_then(|step| step.interaction.triggered_by.known());
        let by = |trigger: &&Trigger| {
            let Trigger::Operation(part) = trigger else { return false };
            carried(hop.interaction) == Some((&part.contract, &part.name))
        };
        causes.extend(triggers.and_then(|all| all.iter().find(by)).map(|trigger| ((handler, trigger), steps)));
    }
    causes
}

fn report(
    out: &mut Findings<'_>,
    (handler, trigger): &Cause<'_>,
    required: &[&Hop<'_>],
    hops: &[&Hop<'_>],
    written: &Written<'_>,
) {
    let Some(first) = required.first() else { return };
    let none = required.iter().chain(hops).any(|hop| hop.compensation.is_none());
    let start: Piece = match trigger {
        Trigger::Operation(part) => Subject::part(PartKind::Operation, part).into(),
        Trigger::Message(part) => Subject::part(PartKind::Message, part).into(),
        Trigger::Schedule(_) | Trigger::User => "it".into(),
    };
    let mut said = say![start, " must write all or nothing in "];
    said.extend(names(written.keys().map(|id| Subject::from(*id))));
    said.push(if none {
        ", and nothing undoes what has happened when a later step fails".into()
    } else {
        "; no compensation is stated for when a later step fails".into()
    });
    let finding = out.defect(&META, *first, said);
    if !none {
        finding.severity(Severity::Warning);
    }
    finding.with(hops.iter().map(|hop| Subject::from(*hop))).with([Subject::from(*handler)]);
    finding.with(written.keys().map(|id| Subject::from(*id)));
    finding.with(written.values().flatten().map(|id| Subject::from(*id)));
    for hop in required {
        let compensation = if hop.compensation.is_none() { "none" } else { "not asked" };
        finding.because(*hop, "transactional", "yes").because(*hop, "compensation", compensation);
    }
    for (owner, entities) in written {
        for entity in entities {
            finding.because(*entity, "owner", owner.to_string());
        }
    }
}
