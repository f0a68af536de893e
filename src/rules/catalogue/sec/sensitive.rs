//! Where sensitive data leave for a place that is trusted less. They follow the call or come back with its answer.

use super::crossing::is_theirs;
use crate::{
    model::{Classification, Entity, Fact, Id, InteractionKind, Transport},
    rules::{Context, Hop, Zone},
};

/// Sensitive data on their way out.
pub(super) struct Leaving<'a> {
    /// Out of this boundary.
    pub(super) from: Zone<'a>,
    /// Into this one, which is trusted less.
    pub(super) into: Zone<'a>,
    /// How sensitive they are.
    pub(super) class: Classification,
    /// The entity that says so; `None` where the interaction does.
    pub(super) entity: Option<&'a Id<Entity>>,
}

/// Whether confidential or personal data leave with an interaction.
pub(super) fn leaving<'a>(cx: &Context<'a>, hop: &Hop<'a>) -> Option<Leaving<'a>> {
    let (near, far) = hop.crosses().filter(|_| !is_theirs(hop))?;
    let back = match hop.kind {
        InteractionKind::Query => true,
        InteractionKind::Command | InteractionKind::Event => false,
        // A file goes where it is handed over, whatever it means.
        InteractionKind::Unclassified if hop.travels() == Some(Transport::File) => false,
        InteractionKind::Unclassified => return None,
    };
    let (from, into) = if back { (far, near) } else { (near, far) };
    let (class, entity) = if into.1.trust < from.1.trust { classified(cx, hop, back)? } else { return None };
    (class >= Classification::Confidential).then_some(Leaving { from, into, class, entity })
}

/// How sensitive what it carries is: as it says itself, else as the most sensitive entity in it.
pub(super) fn classified<'a>(
    cx: &Context<'a>,
    hop: &Hop<'a>,
    back: bool,
) -> Option<(Classification, Option<&'a Id<Entity>>)> {
    match hop.classification {
        Fact::Known(class) => return Some((class, None)),
        Fact::None => return None,
        Fact::NotAsked => {}
    }
    let operation = hop.operation.into_iter();
    let carried = operation.flat_map(|operation| if back { &operation.reads } else { &operation.writes });
    let message = hop.message.into_iter();
    let told = message.flat_map(|message| message.subject.known().into_iter().chain(&message.mentions));
    let class = |id: &'a Id<Entity>| Some((cx.model.entities.get(id)?.classification.known().copied()?, Some(id)));
    carried.chain(told).filter_map(class).reduce(|most, next| if next.0 > most.0 { next } else { most })
}
