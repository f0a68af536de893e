//! Who reaches which store.

use std::collections::BTreeMap;

use crate::model::{AccessMode, Id, Model, Purpose, Store, System, Way};

/// The systems that reach a store, and whether they write although it is not theirs.
pub(super) type Reachers = BTreeMap<Id<System>, bool>;

/// Who reaches which store, for all stores of a model.
#[derive(Debug, Default)]
pub(super) struct Reaches {
    by_store: BTreeMap<Id<Store>, Reachers>,
    nobody: Reachers,
}

impl Reaches {
    /// The owner of a store is among those that reach it.
    pub(super) fn of(model: &Model) -> Self {
        let mut by_store: BTreeMap<Id<Store>, Reachers> = BTreeMap::new();
        for (id, store) in &model.stores {
            let reachers = by_store.entry(id.clone()).or_default();
            reachers.extend(store.owner.known().map(|owner| (owner.clone(), false)));
            for access in &store.accesses {
                let harmless = access.purpose.known().is_some_and(|purpose| *purpose != Purpose::Analytics);
                let writes = access.mode == AccessMode::Write && !harmless;
                let wrong = writes && is_foreign(model, store, &access.system);
                *reachers.entry(access.system.clone()).or_default() |= wrong;
            }
        }
        for access in model.entities.values().flat_map(|entity| &entity.accesses) {
            let Some(Way::Store(id)) = access.through.known() else { continue };
            let (Some(store), Some(reachers)) = (model.stores.get(id), by_store.get_mut(id)) else { continue };
            let writes = access.rights.iter().any(|right| right.writes());
            *reachers.entry(access.system.clone()).or_default() |= writes && is_foreign(model, store, &access.system);
        }
        Self { by_store, nobody: Reachers::new() }
    }

    pub(super) fn of_store(&self, store: &Id<Store>) -> &Reachers {
        self.by_store.get(store).unwrap_or(&self.nobody)
    }
}

/// Whether a store is another's: of another system that is no part of the same deployable.
fn is_foreign(model: &Model, store: &Store, system: &Id<System>) -> bool {
    let deployable = |id: &Id<System>| model.system(id).and_then(|system| system.part_of.known().cloned());
    store.owner.known().is_some_and(|owner| {
        owner != system && (deployable(owner).is_none() || deployable(owner) != deployable(system))
    })
}
