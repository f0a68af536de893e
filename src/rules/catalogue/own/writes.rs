//! Who creates, updates or deletes an entity otherwise than by asking its owner: what OWN002, OWN005 and OWN008 share.

use std::collections::BTreeMap;

use crate::{
    model::{
        AccessMode, Contract, Date, Entity, Fact, HoldingKind, Id, Purpose, Store, StoreAccess, Subject, System, Way,
    },
    rules::Context,
};

/// One system's writing: the record that says so, in words, and its end if it has one.
pub(super) struct Writing<'m> {
    pub(super) source: Subject,
    pub(super) words: String,
    pub(super) until: Option<Date>,
    /// The contract through which it writes; `None` where it reaches a store.
    pub(super) contract: Option<&'m Id<Contract>>,
    /// The store that it reaches.
    pub(super) store: Option<&'m Id<Store>>,
}

/// Systems with what they write.
pub(super) type Writers<'m> = BTreeMap<&'m Id<System>, Vec<Writing<'m>>>;

/// Which accesses of stores write which entity.
pub(super) struct Writes<'m> {
    stores: BTreeMap<&'m Id<Entity>, Vec<(&'m Id<Store>, &'m StoreAccess)>>,
}

impl<'m> Writes<'m> {
    pub(super) fn of(cx: &Context<'m>) -> Self {
        let mut stores: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (id, store) in &cx.model.stores {
            for access in store.accesses.iter().filter(|access| access.mode == AccessMode::Write) {
                for entity in &access.entities {
                    stores.entry(entity).or_default().push((id, access));
                }
            }
        }
        Self { stores }
    }

    /// The systems that write an entity past its owner, or past the owners of its parts, or two and more where nobody
    /// is said to own it. A dated migration is silent until its day.
    pub(super) fn past_owner(&self, cx: &Context<'m>, id: &'m Id<Entity>, entity: &'m Entity) -> Writers<'m> {
        let mut writers = self.writers(cx, id, entity);
        let owner = entity.owner.known();
        if let Some(owner) = owner {
            writers.remove(owner);
        }
        for partition in &entity.partitions {
            writers.remove(&partition.owner);
        }
        writers.retain(|_, writings| {
            writings.retain(|writing| writing.until.is_none_or(|until| until < cx.as_of));
            !writings.is_empty()
        });
        if !is_owned(entity) && writers.len() < 2 {
            writers.clear();
        }
        writers
    }

    fn writers(&self, cx: &Context<'m>, id: &'m Id<Entity>, entity: &'m Entity) -> Writers<'m> {
        let mut writers = Writers::new();
        let begun = |from: &Fact<Date>| from.known().is_none_or(|from| *from <= cx.as_of);
        for access in entity.accesses.iter().filter(|access| begun(&access.from)) {
            let rights: Vec<_> =
                access.rights.iter().filter(|right| right.writes()).map(|right| right.word()).collect();
            let Some(way) = access.through.known().filter(|_| !rights.is_empty()) else { continue };
            let mut writer = &access.system;
            let (mut contract, mut store) = (None, None);
            let foreign = match way {
                Way::Contract(id) => {
                    contract = Some(id);
                    let provider = cx.model.contracts.get(id).and_then(|contract| contract.provider.known());
                    // Who asks a provider does not write: where nobody owns the entity, the provider does.
                    if let (Some(provider), None) = (provider, entity.owner.known()) {
                        writer = provider;
                    }
                    let speaks = |provider| speaks_for_owner(cx, entity, provider);
                    provider.is_some_and(|provider| !speaks(provider) && !owns_part(entity, provider))
                }
                Way::Store(id) | Way::Copy(id) => {
                    store = Some(id);
                    !is_own_copy(cx, entity, id, &access.system)
                }
                Way::ChangeFeed(_) => false,
            };
            if foreign {
                let words = format!("may {} it {}", rights.join(", "), way_words(way));
                let until = access.until.known().copied();
                let writing = Writing { source: id.into(), words, until, contract, store };
                writers.entry(writer).or_default().push(writing);
            }
        }
        for (store, access) in self.stores.get(id).into_iter().flatten() {
            let harmless = matches!(access.purpose.known(), Some(Purpose::Backup | Purpose::OutboxRelay));
            if harmless || !begun(&access.from) || is_own_copy(cx, entity, store, &access.system) {
                continue;
            }
            writers.entry(&access.system).or_default().push(Writing {
                source: (*store).into(),
                words: format!("writes it directly in {store}"),
                until: access.until.known().copied(),
                contract: None,
                store: Some(*store),
            });
        }
        writers
    }

    /// Whether anything is known of who writes an entity.
    pub(super) fn asked(&self, id: &Id<Entity>, entity: &Entity) -> bool {
        self.stores.contains_key(id) || entity.accesses.iter().any(|access| access.through.is_known())
    }
}

/// Whether an entity has an owner, or owners of its parts.
pub(super) fn is_owned(entity: &Entity) -> bool {
    entity.owner.is_known() || !entity.partitions.is_empty()
}

/// Whether a system is the owner, or an adapter that fronts it.
pub(super) fn speaks_for_owner(cx: &Context<'_>, entity: &Entity, system: &Id<System>) -> bool {
    let Some(owner) = entity.owner.known() else { return false };
    let fronts = || cx.model.system(system).and_then(|system| system.fronts.known());
    owner == system || fronts().is_some_and(|fronts| fronts.contains(owner))
}

/// Whether a system owns a part of the entity.
pub(super) fn owns_part(entity: &Entity, system: &Id<System>) -> bool {
    entity.partitions.iter().any(|partition| partition.owner == *system)
}

/// Whether a store holds a copy of the entity and belongs to the system that keeps it: a read model, fed from elsewhere.
fn is_own_copy(cx: &Context<'_>, entity: &Entity, store: &Id<Store>, system: &Id<System>) -> bool {
    let copy = entity.holdings.iter().any(|h| h.store == *store && h.kind == HoldingKind::Copy && !h.feed.is_none());
    copy && cx.model.stores.get(store).is_some_and(|store| store.owner.is(system))
}

fn way_words(way: &Way) -> String {
    match way {
        Way::Contract(id) => format!("through {id}, which its owner does not provide"),
        Way::Store(id) => format!("directly in {id}"),
        Way::ChangeFeed(id) => format!("through the change feed of {id}"),
        Way::Copy(id) => format!("in the copy in {id}"),
    }
}
