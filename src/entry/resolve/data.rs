//! Data: who owns it, where it lies, who touches it.

use std::collections::BTreeSet;

use super::{Done, datum, find_or, mistaken, store, system};
use crate::{
    entry::{
        Problem,
        ast::{Access, Own, Ref, Through},
        draft::Draft,
        summary::Note,
        words::{VERBS, Verb, word_of},
    },
    model::{
        AccessMode, Contract, Entity, EntityAccess, Fact, Holding, HoldingKind, Id, Kind, Right, Store, StoreAccess,
        System, Way,
    },
};

pub(super) fn own(draft: &mut Draft<'_>, said: &Own) -> Done {
    let owner = system(draft, &said.system)?;
    said.store.iter().try_for_each(|name| mistaken(draft, Kind::Store, name))?;
    let held = said.store.as_ref().map(|name| store(draft, name)).transpose()?;
    if let Some(held) = &held {
        draft.change(held, |store| {
            if !store.owner.is_known() {
                store.owner = owner.clone().into();
            }
        });
    }
    for what in &said.data {
        let key = datum(draft, what, Some(Kind::Entity))?;
        if key.kind == Kind::Store {
            if held.is_some() {
                let message = format!("{} is a store, and a store is not held in another", draft.name(&key));
                return Err(Problem::new(what.name.at.clone(), message));
            }
            draft.change(&Id::<Store>::from_slug(key.slug.clone()), |store| store.owner = owner.clone().into());
        } else {
            let id = Id::<Entity>::from_slug(key.slug.clone());
            draft.change(&id, |entity| {
                entity.owner = owner.clone().into();
                if let Some(held) = &held {
                    hold(entity, held);
                }
            });
        }
        draft.about.push(key);
    }
    Ok(())
}

/// The store holds the truth.
fn hold(entity: &mut Entity, store: &Id<Store>) {
    match entity.holdings.iter_mut().find(|holding| holding.store == *store) {
        Some(holding) => holding.kind = HoldingKind::Master,
        None => entity.holdings.push(Holding::new(store.clone(), HoldingKind::Master)),
    }
}

pub(super) fn access(draft: &mut Draft<'_>, said: &Access) -> Done {
    let mut systems = Vec::new();
    for name in &said.systems {
        systems.push(system(draft, name)?);
    }
    for what in &said.data {
        let key = datum(draft, what, None)?;
        let place = what.name.at.clone();
        if key.kind == Kind::Store {
            if said.through.is_some() {
                let message = format!("{} is a store: nothing leads to it", draft.name(&key));
                return Err(Problem::new(place, message));
            }
            let Some(mode) = mode(said.verb) else { return Err(not_of_stores(draft, said, what)) };
            let id: Id<Store> = Id::from_slug(key.slug.clone());
            systems.iter().for_each(|system| reach(draft, &id, system, mode, None));
        } else {
            entity_access(draft, said, what, &Id::from_slug(key.slug.clone()), &systems)?;
        }
        draft.about.push(key);
    }
    Ok(())
}

pub(super) fn mode(verb: Verb) -> Option<AccessMode> {
    match verb {
        Verb::Reads => Some(AccessMode::Read),
        Verb::Writes => Some(AccessMode::Write),
        Verb::Follows => Some(AccessMode::ChangeFeed),
        Verb::Does(_) => None,
    }
}

fn not_of_stores(draft: &Draft<'_>, said: &Access, what: &Ref) -> Problem {
    let verb = word_of(&VERBS, &said.verb);
    let name = draft.find::<Store>(&what.name).ok().flatten().map_or(what.name.value.clone(), |id| draft.name_of(&id));
    let message = format!("{name} is a store: one reads, writes or follows it; {verb} is said of entities");
    Problem::new(what.name.at.clone(), message)
}

fn entity_access(
    draft: &mut Draft<'_>,
    said: &Access,
    what: &Ref,
    entity: &Id<Entity>,
    systems: &[Id<System>],
) -> Done {
    match (&said.through, said.verb) {
        (Some(Through::Store(name)), verb) => {
            let Some(mode) = mode(verb) else {
                let message =
                    format!("in a store one reads, writes or follows; write `writes` for {}", word_of(&VERBS, &verb));
                return Err(Problem::new(name.at.clone(), message));
            };
            mistaken(draft, Kind::Store, name)?;
            let id = store(draft, name)?;
            systems.iter().for_each(|system| reach(draft, &id, system, mode, Some(entity)));
            Ok(())
        }
        (_, Verb::Follows) => {
            let message = format!(
                "{} is an entity: say in which store its changes are followed, with `in`",
                draft.name_of(entity)
            );
            Err(Problem::new(what.name.at.clone(), message))
        }
        (through, verb) => {
            let way = match through {
                Some(Through::Contract(name)) => Fact::Known(Way::Contract(contract(draft, name, entity)?)),
                _ => Fact::NotAsked,
            };
            for system in systems {
                touch(draft, entity, system, &rights(verb), &way);
            }
            Ok(())
        }
    }
}

/// The contract; one that is not there is made as the owner's.
fn contract(draft: &mut Draft<'_>, name: &crate::entry::ast::Name, entity: &Id<Entity>) -> Done<Id<Contract>> {
    mistaken(draft, Kind::Contract, name)?;
    let owner = draft.get(entity).and_then(|entity| entity.owner.known().cloned());
    find_or(draft, name, |name| {
        let mut contract = Contract::new(name);
        contract.provider = owner.map_or(Fact::NotAsked, Fact::Known);
        contract
    })
}

pub(super) fn rights(verb: Verb) -> BTreeSet<Right> {
    match verb {
        Verb::Reads | Verb::Follows => [Right::Read].into(),
        Verb::Writes => [Right::Create, Right::Update].into(),
        Verb::Does(right) => [right].into(),
    }
}

fn touch(draft: &mut Draft<'_>, entity: &Id<Entity>, system: &Id<System>, rights: &BTreeSet<Right>, way: &Fact<Way>) {
    draft.change(entity, |entity| {
        let same = |access: &&mut EntityAccess| {
            access.system == *system && (access.through == *way || way.is_not_asked() || access.through.is_not_asked())
        };
        match entity.accesses.iter_mut().find(same) {
            Some(access) => {
                access.rights.extend(rights.iter().copied());
                if way.is_known() {
                    access.through = way.clone();
                }
            }
            None => {
                let mut access = EntityAccess::new(system.clone(), rights.clone());
                access.through = way.clone();
                entity.accesses.push(access);
            }
        }
    });
}

/// A system reaches a store, for an entity if one is named.
fn reach(draft: &mut Draft<'_>, id: &Id<Store>, system: &Id<System>, mode: AccessMode, entity: Option<&Id<Entity>>) {
    let before = draft.get(id).cloned();
    draft.change(id, |store| {
        let same = |access: &&mut StoreAccess| access.system == *system && access.mode == mode;
        let found = match store.accesses.iter_mut().find(same) {
            Some(access) => Some(access),
            None => {
                store.accesses.push(StoreAccess::new(system.clone(), mode));
                store.accesses.last_mut()
            }
        };
        if let (Some(access), Some(entity)) = (found, entity)
            && !access.entities.contains(entity)
        {
            access.entities.push(entity.clone());
        }
    });
    if before.as_ref() == draft.get(id) {
        let text = format!("{} {mode} {}: that", draft.name_of(system), draft.name_of(id));
        draft.notes.push(Note::exists(text));
    }
}
