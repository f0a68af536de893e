//! Lenses: the same diagram, coloured by another question. Each says in words what its colours say.

use std::collections::{BTreeMap, BTreeSet};

use super::{Badge, Role, Worst, diagram::badge_of};
use crate::{
    layout::{Bundle, Plan},
    model::{Fact, Id, Key, Kind, Lens, Model, SystemKind, Team},
};

/// The lenses that there are, in the order of menus.
pub const LENSES: [Lens; 3] = [Lens::Kinds, Lens::Owner, Lens::Findings];

/// So many owners have a colour of their own; after them colours come again, and the names in the boxes tell.
pub const TINTS: u8 = 8;

/// How a box is dressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dress {
    /// Its ground.
    pub fill: Role,
    /// Its outline.
    pub line: Role,
    /// Its second line.
    pub caption: String,
}

/// What a lens makes of a diagram. Empty for the lens of kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dressing {
    /// Boxes that look otherwise than their kind says.
    pub boxes: BTreeMap<Key, Dress>,
    /// Interactions that are to be seen, and in what colour; all other lines step back. `None` for the colours of kinds.
    pub lines: Option<BTreeMap<Key, Role>>,
    /// What the colours say: ground, outline, words.
    pub entries: Vec<(Role, Role, String)>,
}

/// Dresses a plan of a model; badges are the worst findings about each element.
pub fn dress(lens: Lens, model: &Model, plan: &Plan, badges: &BTreeMap<Key, Badge>) -> Dressing {
    match lens {
        Lens::Owner => owners(model, plan),
        Lens::Findings => findings(plan, badges),
        _ => Dressing::default(),
    }
}

fn owners(model: &Model, plan: &Plan) -> Dressing {
    let mut dressing = Dressing::default();
    let owner = |key: &Key| owner_of(model, key);
    let teams: BTreeSet<(String, Id<Team>)> = plan
        .nodes
        .iter()
        .filter_map(|node| owner(&node.key).known().cloned())
        .map(|id| (model.name_of(&id), id))
        .collect();
    let tint: BTreeMap<&Id<Team>, u8> = teams.iter().zip((0..TINTS).cycle()).map(|((_, id), at)| (id, at)).collect();
    let plain = |caption: &str| Dress { fill: Role::BoxFill, line: Role::BoxLine, caption: caption.to_owned() };
    for node in &plan.nodes {
        let dress = match owner(&node.key) {
            Fact::Known(id) => {
                let at = tint.get(&id).copied().unwrap_or_default();
                Dress { fill: Role::Tint(at), line: Role::TintLine(at), caption: model.name_of(&id) }
            }
            Fact::None => plain("has no owner"),
            Fact::NotAsked if is_foreign(model, &node.key) => plain("not ours"),
            Fact::NotAsked => plain("owner not asked"),
        };
        dressing.boxes.insert(node.key.clone(), dress);
    }
    let entry = |(name, id): (String, Id<Team>)| {
        let at = tint.get(&id).copied().unwrap_or_default();
        (Role::Tint(at), Role::TintLine(at), name)
    };
    dressing.entries = teams.iter().cloned().map(entry).collect();
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

fn findings(plan: &Plan, badges: &BTreeMap<Key, Badge>) -> Dressing {
    let colours = |worst: Worst| match worst {
        Worst::Error => (Role::ErrorFill, Role::Error),
        Worst::Warning => (Role::WarningFill, Role::Warning),
        Worst::Gap => (Role::BoxFill, Role::Faint),
    };
    let words = |badge: &Badge| {
        let (one, many) = match badge.worst {
            Worst::Error => ("error", "errors"),
            Worst::Warning => ("warning", "warnings"),
            Worst::Gap => ("open question", "open questions"),
        };
        format!("{} {}", badge.count, if badge.count == 1 { one } else { many })
    };
    let mut dressing = Dressing { lines: Some(BTreeMap::new()), ..Dressing::default() };
    for node in &plan.nodes {
        let dress = match &badge_of(node, badges) {
            Some(badge) => {
                let (fill, line) = colours(badge.worst);
                Dress { fill, line, caption: words(badge) }
            }
            None => Dress { fill: Role::BoxFill, line: Role::ContainerLine, caption: String::new() },
        };
        dressing.boxes.insert(node.key.clone(), dress);
    }
    let members = plan.bundles.iter().flat_map(Bundle::members);
    let found = members.filter_map(|key| badges.get(key).map(|badge| (key.clone(), colours(badge.worst).1)));
    dressing.lines = Some(found.collect());
    dressing.entries = [(Worst::Error, "error"), (Worst::Warning, "warning"), (Worst::Gap, "open question")]
        .into_iter()
        .map(|(worst, words)| (colours(worst).0, colours(worst).1, words.to_owned()))
        .chain([(Role::BoxFill, Role::ContainerLine, "nothing found".to_owned())])
        .collect();
    dressing
}
