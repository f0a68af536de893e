//! Owner: boxes by the team that answers for them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Dress, Dressing, Entry, NOTHING, TINTS, Wearer};
use crate::{
    model::{Fact, Id, Key, Kind, Model, SystemKind, Team},
    scene::Role,
};

pub(super) fn dress(wearer: &Wearer<'_>) -> Dressing {
    let Wearer { model, plan, .. } = *wearer;
    let mut dressing = Dressing::default();
    let owner = |key: &Key| owner_of(model, key);
    let teams: BTreeSet<(String, Id<Team>)> = plan
        .nodes
        .iter()
        .filter_map(|node| owner(&node.key).known().cloned())
        .map(|id| (model.name_of(&id), id))
        .collect();
    let tint: BTreeMap<&Id<Team>, u8> = teams.iter().zip((0..TINTS).cycle()).map(|((_, id), at)| (id, at)).collect();
    let colours = |id: &Id<Team>| {
        let at = tint.get(id).copied().unwrap_or_default();
        (Role::Tint(at), Role::TintLine(at))
    };
    for node in &plan.nodes {
        let dress = match owner(&node.key) {
            Fact::Known(id) => Dress::new(colours(&id), model.name_of(&id)),
            Fact::None => Dress::new(NOTHING, "has no owner").heavy(true),
            Fact::NotAsked if is_foreign(model, &node.key) => Dress::new(NOTHING, "not ours"),
            Fact::NotAsked => Dress::new(NOTHING, "owner not asked"),
        };
        dressing.boxes.insert(node.key.clone(), dress);
    }
    dressing.entries = teams.iter().map(|(name, id)| Entry::boxed(colours(id), name)).collect();
    if dressing.boxes.values().any(|dress| dress.heavy) {
        dressing.entries.push(Entry::Box(NOTHING.0, NOTHING.1, true, "has no owner".to_owned()));
    }
    dressing
}

/// The team that answers for a box: a store's is that of the system that owns it.
fn owner_of(model: &Model, key: &Key) -> Fact<Id<Team>> {
    let slug = key.slug.clone();
    let of_system = |id| model.system(id).map_or(Fact::NotAsked, |system| system.owner.clone());
    match key.kind {
        Kind::System => of_system(&Id::from_slug(slug)),
        Kind::Store => match model.stores.get(&Id::from_slug(slug)).map(|store| &store.owner) {
            Some(Fact::Known(system)) => of_system(system),
            Some(Fact::None) => Fact::None,
            _ => Fact::NotAsked,
        },
        Kind::Domain => model.domains.get(&Id::from_slug(slug)).map_or(Fact::NotAsked, |domain| domain.owner.clone()),
        Kind::Team => Fact::Known(Id::from_slug(slug)),
        _ => Fact::NotAsked,
    }
}

/// People and other companies' systems have no owner among our teams.
fn is_foreign(model: &Model, key: &Key) -> bool {
    let system = model.system(&Id::from_slug(key.slug.clone())).filter(|_| key.kind == Kind::System);
    system.is_some_and(|system| matches!(system.kind, SystemKind::External | SystemKind::Person))
}
