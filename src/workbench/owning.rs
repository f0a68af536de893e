//! What a person does in a cell of the ownership matrix, as edits: rights, ownership, and by which way.
//!
//! A right that shows because a system reaches a store goes when the store's access no longer names the record.

use std::collections::BTreeSet;

use super::Refusal;
use crate::{
    model::{Edit, Entity, EntityAccess, Fact, Id, Model, Right, Store, System, Way},
    ownership::right_in_store,
};

/// Gives a system a right on a record, or takes it where it has it; whether it has it then.
///
/// # Errors
/// [`Refusal::NotFor`], [`Refusal::NoSystem`] where one of them is not there.
pub fn toggle_right(
    model: &Model,
    entity_id: &Id<Entity>,
    system: &Id<System>,
    right: Right,
) -> Result<(bool, Vec<Edit>), Refusal> {
    let mut entity = found(model, entity_id, system)?;
    let own = |access: &EntityAccess| access.system == *system;
    let stores = |store: &Store, id: &Id<Store>, entity: &Entity| {
        let names = |access: &&crate::model::StoreAccess| {
            access.system == *system
                && access.entities.contains(entity_id)
                && right_in_store(entity, (id, store), access) == right
        };
        store.accesses.iter().any(|access| names(&access))
    };
    let reached: Vec<&Id<Store>> =
        model.stores.iter().filter(|(id, store)| stores(store, id, &entity)).map(|(id, _)| id).collect();
    let had = !reached.is_empty() || entity.accesses.iter().any(|access| own(access) && access.rights.contains(&right));
    let mut edits = Vec::new();
    if had {
        for id in reached {
            let keep = |store: &Store, access: &crate::model::StoreAccess| {
                access.system != *system || right_in_store(&entity, (id, store), access) != right
            };
            edits.extend(unname(model, id, entity_id, keep));
        }
        for access in entity.accesses.iter_mut().filter(|access| own(access)) {
            access.rights.remove(&right);
        }
        entity.accesses.retain(|access| !own(access) || !access.rights.is_empty());
    } else {
        // What is new comes the usual way: not straight in a store, where one is told apart.
        let past = |access: &EntityAccess| matches!(access.through, Fact::Known(Way::Store(_)));
        let at = entity.accesses.iter().position(|access| own(access) && !past(access));
        match at.or_else(|| entity.accesses.iter().position(own)).and_then(|at| entity.accesses.get_mut(at)) {
            Some(access) => _ = access.rights.insert(right),
            None => entity.accesses.push(EntityAccess::new(system.clone(), BTreeSet::from([right]))),
        }
    }
    edits.push(Edit::put(entity_id, entity));
    Ok((!had, edits))
}

/// Makes a system the one that owns a record; where it is already, nobody is said to. Whether it is then.
///
/// # Errors
/// [`Refusal::NotFor`], [`Refusal::NoSystem`] where one of them is not there.
pub fn toggle_owner(model: &Model, entity_id: &Id<Entity>, system: &Id<System>) -> Result<(bool, Vec<Edit>), Refusal> {
    let mut entity = found(model, entity_id, system)?;
    let now = !entity.owner.is(system);
    entity.owner = if now { system.clone().into() } else { Fact::NotAsked };
    Ok((now, vec![Edit::put(entity_id, entity)]))
}

/// Takes from a system all that it has to do with a record: rights, ownership of it or of a part, and its name in what
/// the system reaches of stores.
///
/// # Errors
/// [`Refusal::NotFor`], [`Refusal::NoSystem`] where one of them is not there.
pub fn clear_touch(model: &Model, entity_id: &Id<Entity>, system: &Id<System>) -> Result<Vec<Edit>, Refusal> {
    let mut entity = found(model, entity_id, system)?;
    if entity.owner.is(system) {
        entity.owner = Fact::NotAsked;
    }
    entity.partitions.retain(|partition| partition.owner != *system);
    entity.accesses.retain(|access| access.system != *system);
    let mut edits = vec![Edit::put(entity_id, entity)];
    let keep = |_: &Store, access: &crate::model::StoreAccess| access.system != *system;
    edits.extend(model.stores.keys().filter_map(|id| unname(model, id, entity_id, keep)));
    Ok(edits)
}

/// Says by which way a system does what it does with a record; where it did nothing, it reads from now on.
///
/// # Errors
/// [`Refusal::NotFor`], [`Refusal::NoSystem`] where one of them is not there.
pub fn set_way(
    model: &Model,
    entity_id: &Id<Entity>,
    system: &Id<System>,
    way: &Fact<Way>,
) -> Result<Vec<Edit>, Refusal> {
    let mut entity = found(model, entity_id, system)?;
    let mut accesses = entity.accesses.iter_mut().filter(|access| access.system == *system).peekable();
    if accesses.peek().is_none() {
        let mut access = EntityAccess::new(system.clone(), BTreeSet::from([Right::Read]));
        access.through = way.clone();
        entity.accesses.push(access);
    } else {
        accesses.for_each(|access| access.through = way.clone());
    }
    Ok(vec![Edit::put(entity_id, entity)])
}

/// By which way a system does what it does with a record; `None` where it does nothing, or by several ways.
pub fn way_of<'m>(model: &'m Model, entity: &Id<Entity>, system: &Id<System>) -> Option<&'m Fact<Way>> {
    let mut ways = model.entities.get(entity)?.value.accesses.iter().filter(|access| access.system == *system);
    let first = &ways.next()?.through;
    ways.all(|other| other.through == *first).then_some(first)
}

/// The ways that a system could take to a record, the likelier first: contracts of its owner, stores that hold it, then
/// all others.
pub fn ways(model: &Model, entity: &Id<Entity>) -> Vec<Way> {
    let Some(stored) = model.entities.get(entity) else { return Vec::new() };
    let ours = |id: &Id<_>| {
        let contract = model.contracts.get(id);
        contract.is_some_and(|contract| contract.provider.known().is_some_and(|provider| stored.owner.is(provider)))
    };
    let holds = |id: &Id<Store>| stored.holdings.iter().any(|held| held.store == *id);
    let (near, far): (Vec<_>, Vec<_>) = model.contracts.keys().cloned().partition(ours);
    let (held, other): (Vec<_>, Vec<_>) = model.stores.keys().cloned().partition(holds);
    let stores = |ids: Vec<Id<Store>>| {
        ids.into_iter().flat_map(|id| [Way::Store(id.clone()), Way::ChangeFeed(id.clone()), Way::Copy(id)])
    };
    let near = near.into_iter().map(Way::Contract).chain(stores(held));
    near.chain(far.into_iter().map(Way::Contract)).chain(stores(other)).collect()
}

fn found(model: &Model, entity: &Id<Entity>, system: &Id<System>) -> Result<Entity, Refusal> {
    if model.system(system).is_none() {
        return Err(Refusal::NoSystem(system.clone()));
    }
    let stored = model.entities.get(entity).ok_or_else(|| Refusal::NotFor(entity.key()))?;
    Ok((*stored.value).clone())
}

/// Takes a record's name out of the accesses of a store that are not to keep it. An access that was there for this
/// record alone goes with it.
fn unname(
    model: &Model,
    id: &Id<Store>,
    entity: &Id<Entity>,
    keep: impl Fn(&Store, &crate::model::StoreAccess) -> bool,
) -> Option<Edit> {
    let before = model.stores.get(id)?;
    let mut store = (*before.value).clone();
    store.accesses.retain_mut(|access| {
        if !access.entities.contains(entity) || keep(before, access) {
            return true;
        }
        access.entities.retain(|other| other != entity);
        !access.entities.is_empty()
    });
    (store.accesses != before.accesses).then(|| Edit::put(id, store))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccessMode, StoreAccess, SystemKind};

    fn model() -> Model {
        let mut model = Model::new("Shop");
        let mut store = Store::new("Orders DB");
        let mut access = StoreAccess::new(id("billing"), AccessMode::Write);
        access.entities.push("order".parse().unwrap());
        store.accesses.push(access);
        model
            .apply(&[
                Edit::put(&id("orders"), System::new("Orders", SystemKind::Service)),
                Edit::put(&id("billing"), System::new("Billing", SystemKind::Service)),
                Edit::put(&"order".parse().unwrap(), Entity::new("Order")),
                Edit::put(&"orders-db".parse().unwrap(), store),
            ])
            .unwrap();
        model
    }

    fn id(slug: &str) -> Id<System> {
        slug.parse().unwrap()
    }

    fn touch(model: &Model, system: &str) -> String {
        crate::ownership::touch_of(model, &"order".parse().unwrap(), &id(system)).letters()
    }

    #[test]
    fn a_right_is_given_and_taken_wherever_it_stands() {
        let mut model = model();
        let order = "order".parse().unwrap();
        assert_eq!(touch(&model, "billing"), "u");
        for (right, has, letters) in
            [(Right::Read, true, "R u"), (Right::Create, true, "CR u"), (Right::Update, false, "CR")]
        {
            let (now, edits) = toggle_right(&model, &order, &id("billing"), right).unwrap();
            model.apply(&edits).unwrap();
            assert_eq!((now, touch(&model, "billing").as_str()), (has, letters));
        }
        // The store's access was there for this record alone.
        assert!(model.stores.values().next().unwrap().accesses.is_empty());
        let edits = clear_touch(&model, &order, &id("billing")).unwrap();
        model.apply(&edits).unwrap();
        assert_eq!(touch(&model, "billing"), "");
        assert!(toggle_right(&model, &order, &id("nobody"), Right::Read).is_err());
    }

    #[test]
    fn an_owner_is_made_and_forgotten_and_everything_is_cleared() {
        let mut model = model();
        let order: Id<Entity> = "order".parse().unwrap();
        for expected in [true, false, true] {
            let (now, edits) = toggle_owner(&model, &order, &id("orders")).unwrap();
            model.apply(&edits).unwrap();
            assert_eq!((now, model.entities[&order].owner.is(&id("orders"))), (expected, expected));
        }
        for system in ["orders", "billing"] {
            let edits = clear_touch(&model, &order, &id(system)).unwrap();
            model.apply(&edits).unwrap();
        }
        assert!(model.entities[&order].owner.is_not_asked());
        assert_eq!(touch(&model, "billing"), "");
    }

    #[test]
    fn a_way_is_said_of_what_is_there_or_of_reading() {
        let mut model = model();
        let order: Id<Entity> = "order".parse().unwrap();
        assert_eq!(way_of(&model, &order, &id("orders")), None);
        let way = ways(&model, &order).into_iter().find(|way| matches!(way, Way::Copy(_))).unwrap();
        let edits = set_way(&model, &order, &id("orders"), &way.clone().into()).unwrap();
        model.apply(&edits).unwrap();
        assert_eq!(touch(&model, "orders"), "R");
        assert_eq!(way_of(&model, &order, &id("orders")), Some(&Fact::Known(way)));
        let edits = set_way(&model, &order, &id("orders"), &Fact::NotAsked).unwrap();
        model.apply(&edits).unwrap();
        assert_eq!(way_of(&model, &order, &id("orders")), Some(&Fact::NotAsked));
    }
}
