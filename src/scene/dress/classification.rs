//! Classification: boxes by the most sensitive records that they hold or touch, lines by the most sensitive they carry.

use std::collections::{BTreeMap, BTreeSet};

use super::{BAD, Dress, Dressing, Entry, Grade, NOTHING, PLAIN, QUIET, Wearer, graded, told};
use crate::{
    model::{Classification, Entity, Id, Key, Model},
    rules::{Context, Hop, leaks, sensitivity},
    scene::Role,
};

const PERSONAL: (Role, Role) = (Role::Tint(5), Role::TintLine(5));
const CONFIDENTIAL: (Role, Role) = (Role::Tint(7), Role::TintLine(7));

/// The most sensitive first; the numbers go up with what is at stake.
const GRADES: [Grade; 6] = [
    (BAD, '5', "special category"),
    (PERSONAL, '4', "personal"),
    (CONFIDENTIAL, '3', "confidential"),
    (PLAIN, '2', "internal"),
    (QUIET, '1', "public"),
    (NOTHING, '?', "not asked how sensitive"),
];

pub(super) fn dress(wearer: &Wearer<'_>, cx: &Context<'_>) -> Dressing {
    let mut dressing = Dressing::default();
    let by_key = records(wearer.model);
    let mut seen = BTreeSet::new();
    for node in &wearer.plan.nodes {
        let own = std::iter::once(&node.key).chain(&node.holds);
        let entities: BTreeSet<&Id<Entity>> = own.filter_map(|key| by_key.get(key)).flatten().copied().collect();
        let class =
            |id: &&Id<Entity>| wearer.model.entities.get(*id).and_then(|entity| entity.classification.known().copied());
        let highest = entities.iter().filter_map(class).max();
        let dress = match highest {
            None if entities.is_empty() => Dress::new(NOTHING, "no records named"),
            None => Dress::new(NOTHING, "not asked how sensitive"),
            Some(highest) => {
                seen.insert(std::cmp::Reverse(highest));
                let those = entities.iter().filter(|id| class(id) == Some(highest));
                let names: Vec<String> = those.map(|id| wearer.model.name_of(*id)).collect();
                let heavy = highest == Classification::SpecialCategory;
                Dress::new(colours(highest), format!("{}: {}", highest.word(), names.join(", "))).heavy(heavy)
            }
        };
        dressing.boxes.insert(node.key.clone(), dress);
    }
    let lines = graded(wearer.plan, cx, &GRADES, |hop| Some((grade(cx, hop), leaks(cx, hop))));
    let boxes = seen.into_iter().map(|class| {
        let (fill, line) = colours(class.0);
        Entry::Box(fill, line, class.0 == Classification::SpecialCategory, class.0.word().to_owned())
    });
    let signs = told(&GRADES, &lines, "leaves for a place that is trusted less");
    dressing.entries = boxes.chain(signs).collect();
    dressing.lines = Some(lines);
    dressing
}

/// The records that each system owns or touches, and each store holds.
fn records(model: &Model) -> BTreeMap<Key, BTreeSet<&Id<Entity>>> {
    let mut found: BTreeMap<Key, BTreeSet<&Id<Entity>>> = BTreeMap::new();
    for (id, entity) in &model.entities {
        let owners = entity.owner.known().into_iter().chain(entity.partitions.iter().map(|part| &part.owner));
        let touching = owners.chain(entity.accesses.iter().map(|access| &access.system)).map(Id::key);
        let holding = entity.holdings.iter().map(|holding| holding.store.key());
        touching.chain(holding).for_each(|key| {
            found.entry(key).or_default().insert(id);
        });
    }
    found
}

fn place(class: Classification) -> usize {
    match class {
        Classification::SpecialCategory => 0,
        Classification::Personal => 1,
        Classification::Confidential => 2,
        Classification::Internal => 3,
        Classification::Public => 4,
    }
}

fn colours(class: Classification) -> (Role, Role) {
    GRADES.get(place(class)).map_or(NOTHING, |(colours, ..)| *colours)
}

fn grade(cx: &Context<'_>, hop: &Hop<'_>) -> usize {
    sensitivity(cx, hop).map_or(5, place)
}
