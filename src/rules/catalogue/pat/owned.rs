//! Who is said to own which entities, or parts of them.

use std::collections::BTreeMap;

use crate::{
    model::{Entity, Id, System, SystemKind},
    rules::Context,
};

/// The entities that systems of some kinds are said to own, by the system.
pub(super) fn owned<'m>(cx: &Context<'m>, kinds: &[SystemKind]) -> BTreeMap<&'m Id<System>, Vec<&'m Id<Entity>>> {
    let mut owned: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (id, entity) in &cx.model.entities {
        let parts = entity.partitions.iter().map(|part| &part.owner);
        for owner in entity.owner.known().into_iter().chain(parts) {
            if cx.end(owner).is_some_and(|end| kinds.contains(&end.system.kind)) {
                let entities: &mut Vec<&Id<Entity>> = owned.entry(owner).or_default();
                if entities.last() != Some(&id) {
                    entities.push(id);
                }
            }
        }
    }
    owned
}
