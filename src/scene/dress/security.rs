//! Security: boxes by how far the place that they stand in is trusted, lines by how they are protected.

use std::collections::BTreeSet;

use super::{BAD, Dress, Dressing, Entry, GOOD, Grade, NOTHING, QUIET, WEAK, Wearer, graded, systems, told};
use crate::{
    layout::PlannedNode,
    model::{Boundary, Fact, Id, Key, Kind, Trust},
    rules::{Context, Hop, Protection, protection},
    scene::Role,
};

/// In the order of [`Protection`].
const GRADES: [Grade; 5] = [
    (BAD, '×', "open: no authentication or no encryption"),
    (WEAK, '!', "weak: a fixed secret with each call, or a shared account"),
    (NOTHING, '?', "not asked how it is protected"),
    (QUIET, 'A', "anonymous by design"),
    (GOOD, '✓', "authenticated and encrypted"),
];

pub(super) fn dress(wearer: &Wearer<'_>, cx: &Context<'_>) -> Dressing {
    let mut seen = BTreeSet::new();
    let mut dressing = Dressing::default();
    for node in &wearer.plan.nodes {
        let zones = zones(wearer, cx, node);
        let trusts: BTreeSet<Trust> = zones.iter().map(|(_, trust)| *trust).collect();
        let dress = match (trusts.first(), zones.as_slice()) {
            (Some(trust), [(name, _)]) => Dress::new(colours(*trust), placed(name, *trust)),
            (Some(trust), _) => {
                let words: Vec<&str> = trusts.iter().map(|trust| said(*trust)).collect();
                Dress::new(colours(*trust), words.join(", "))
            }
            (None, _) => Dress::new(NOTHING, "boundary not asked"),
        };
        seen.extend(trusts.first().copied());
        dressing.boxes.insert(node.key.clone(), dress);
    }
    let lines = graded(wearer.plan, cx, &GRADES, |hop| Some((grade(hop), hop.crosses().is_some())));
    let trusts = seen.into_iter().map(|trust| Entry::boxed(colours(trust), said(trust)));
    dressing.entries = trusts.chain(told(&GRADES, &lines, "crosses a trust boundary")).collect();
    dressing.lines = Some(lines);
    dressing
}

fn grade(hop: &Hop<'_>) -> usize {
    match protection(hop) {
        Protection::Open => 0,
        Protection::Weak => 1,
        Protection::NotAsked => 2,
        Protection::Anonymous => 3,
        Protection::Protected => 4,
    }
}

/// The boundaries that a box stands in, or is, by name.
fn zones(wearer: &Wearer<'_>, cx: &Context<'_>, node: &PlannedNode) -> Vec<(String, Trust)> {
    let named = |id: &Id<Boundary>| {
        Some((wearer.model.name_of(id), wearer.model.boundaries.get(id).map(|boundary| boundary.trust)?))
    };
    let of_key = |key: &Key| (key.kind == Kind::Boundary).then(|| Id::from_slug(key.slug.clone()));
    if let Some(zone) = of_key(&node.key).as_ref().and_then(named) {
        return vec![zone];
    }
    let of = systems(wearer.model, node);
    let standing = of.iter().filter_map(|id| match &cx.end(id)?.system.boundary {
        Fact::Known(id) => named(id),
        _ => None,
    });
    standing.collect::<BTreeSet<_>>().into_iter().collect()
}

fn colours(trust: Trust) -> (Role, Role) {
    let at = match trust {
        Trust::Public => 1,
        Trust::Partner => 7,
        Trust::Edge => 4,
        Trust::Internal => 0,
        Trust::Restricted => 3,
    };
    (Role::Tint(at), Role::TintLine(at))
}

/// The name of a boundary, and how far it is trusted where the name does not say so.
fn placed(name: &str, trust: Trust) -> String {
    if name.to_lowercase().contains(said(trust)) { name.to_owned() } else { format!("{} · {name}", said(trust)) }
}

fn said(trust: Trust) -> &'static str {
    trust.word()
}
