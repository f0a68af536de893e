//! Interactions that findings are about, and how one is led through something in between.

use super::{Draft, Unfixed};
use crate::{
    model::{
        Contract, Fact, Flow, Id, Interaction, Kind, Model, Part, PartName, Status, Step, Subject, System, SystemKind,
    },
    rules::Finding,
    topology::carried,
};

/// The interactions that a finding is about or lights up, in order.
pub(super) fn interactions<'m>(model: &'m Model, finding: &Finding) -> Vec<(&'m Id<Interaction>, &'m Interaction)> {
    let mut found: Vec<(&Id<Interaction>, &Interaction)> = Vec::new();
    let about = std::iter::once(&finding.about);
    for Subject { key, .. } in about.chain(&finding.subjects).filter(|subject| subject.key.kind == Kind::Interaction) {
        let stored = model.interactions.get_key_value(&Id::from_slug(key.slug.clone()));
        if let Some((id, stored)) = stored.filter(|(id, _)| found.iter().all(|(other, _)| other != id)) {
            found.push((id, &stored.value));
        }
    }
    found
}

/// The systems that a finding lights up.
pub(super) fn systems(model: &Model, finding: &Finding) -> Vec<Id<System>> {
    let lit = finding.subjects.iter().filter(|subject| subject.key.kind == Kind::System);
    lit.map(|subject| Id::from_slug(subject.key.slug.clone())).filter(|id| model.systems.contains_key(id)).collect()
}

/// The systems of a kind.
pub(super) fn of_kind(model: &Model, kind: SystemKind) -> Vec<&Id<System>> {
    model.systems.iter().filter(|(_, system)| system.kind == kind).map(|(id, _)| id).collect()
}

/// Whether a system is of a kind.
pub(super) fn is(model: &Model, system: &Id<System>, kind: SystemKind) -> bool {
    model.system(system).is_some_and(|system| system.kind == kind)
}

/// The one version of a contract that is in force.
pub(super) fn only_version(contract: &Contract) -> Option<&PartName> {
    let mut active = contract.versions.iter().filter(|(_, version)| version.status.is(&Status::Active));
    active.next().map(|(name, _)| name).filter(|_| active.next().is_none())
}

/// A leg between two systems that carries what an interaction carries. A leg that is there already is not doubled.
pub(super) fn leg(
    draft: &mut Draft<'_>,
    (from, to): (&Id<System>, &Id<System>),
    like: &Interaction,
) -> Result<Id<Interaction>, Unfixed> {
    let same = |other: &Interaction| {
        other.from == *from && other.to == *to && other.kind == like.kind && carried(other) == carried(like)
    };
    if let Some((id, _)) = draft.now.interactions.iter().find(|(_, other)| same(other)) {
        return Ok(id.clone());
    }
    let mut leg = Interaction::new(from.clone(), to.clone(), like.kind);
    leg.contract = like.contract.clone();
    leg.operation = like.operation.clone();
    leg.message = like.message.clone();
    leg.version = like.version.clone();
    leg.transport = like.transport.clone();
    leg.protocol = like.protocol.clone();
    leg.classification = like.classification.clone();
    leg.active_from = like.active_from.clone();
    leg.active_until = like.active_until.clone();
    draft.add(&format!("{from}-{to}"), leg)
}

/// On which side of an interaction its new leg stands in a flow.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    Behind,
}

/// Puts a new leg beside an interaction in every flow that takes it and does not take the leg yet.
pub(super) fn join_flows(
    draft: &mut Draft<'_>,
    beside: &Id<Interaction>,
    leg: &Id<Interaction>,
    side: Side,
) -> Result<(), Unfixed> {
    let takes = |flow: &Flow, id| flow.steps.iter().any(|step| step.interactions().contains(id));
    let flows = draft.now.flows.iter().filter(|(_, flow)| takes(flow, beside) && !takes(flow, leg));
    let flows: Vec<Id<Flow>> = flows.map(|(id, _)| id.clone()).collect();
    let behind = usize::from(side == Side::Behind);
    for id in flows {
        draft.change(&id, |flow| {
            let mut steps = Vec::new();
            for step in std::mem::take(&mut flow.steps) {
                // Beside a parallel step, not in it: what comes before or behind takes its own time.
                let beside = step.interactions().contains(beside);
                steps.push(step);
                if beside {
                    steps.insert(steps.len() - 1 + behind, Step::One(leg.clone()));
                }
            }
            flow.steps = steps;
        })?;
    }
    Ok(())
}

/// Leads an interaction through a gateway or adapter; a new leg carries on from there.
pub(super) fn through(draft: &mut Draft<'_>, id: &Id<Interaction>, via: &Id<System>) -> Result<(), Unfixed> {
    let old = draft.get(id)?.clone();
    let behind = leg(draft, (via, &old.to), &old)?;
    draft.change(id, |interaction| interaction.to = via.clone())?;
    join_flows(draft, id, &behind, Side::Behind)
}

/// The backbone that a system's events travel by: the one that has them already, else the only one there is.
pub(super) fn backbone(model: &Model, publisher: &Id<System>, message: Option<&Part>) -> Option<Id<System>> {
    let carries = |i: &Interaction| message.is_some_and(|part| i.part().as_ref() == Some(part));
    let to_backbone = |i: &&Interaction| i.from == *publisher && is(model, &i.to, SystemKind::Backbone) && carries(i);
    let used = model.interactions.values().map(|stored| &*stored.value).find(to_backbone);
    match (used, of_kind(model, SystemKind::Backbone).as_slice()) {
        (Some(leg), _) => Some(leg.to.clone()),
        (None, [only]) => Some((*only).clone()),
        _ => None,
    }
}

/// Makes an interaction a leg from a backbone to its subscriber; a leg to the backbone carries the event there.
pub(super) fn through_backbone(
    draft: &mut Draft<'_>,
    id: &Id<Interaction>,
    backbone: &Id<System>,
) -> Result<(), Unfixed> {
    let old = draft.get(id)?.clone();
    let mut like = old.clone();
    // A backbone hands over without anybody waiting.
    if old.transport.is(&crate::model::Transport::Synchronous) {
        like.transport = Fact::NotAsked;
    }
    let published = leg(draft, (&old.from, backbone), &like)?;
    draft.change(&published, |leg| {
        if leg.triggered_by.is_not_asked() {
            leg.triggered_by = old.triggered_by.clone();
        }
    })?;
    draft.change(id, |subscription| {
        subscription.from = backbone.clone();
        subscription.triggered_by = Fact::NotAsked;
        subscription.transport = like.transport.clone();
    })?;
    join_flows(draft, id, &published, Side::Before)
}
