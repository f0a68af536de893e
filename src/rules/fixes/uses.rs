//! Who reaches data past their owner.

use std::collections::BTreeSet;

use crate::{
    model::{
        AccessMode, Date, Entity, EntityAccess, Fact, Holding, HoldingKind, Id, Kind, Model, Purpose, Right, Store,
        StoreAccess, System, Way,
    },
    rules::{Class, Finding},
};

/// What a way leads to.
#[derive(Clone)]
pub(super) enum Scope {
    /// Whoever writes this record past its owner.
    Writers(Id<Entity>),
    /// Whoever reaches these stores directly.
    Stores(Vec<Id<Store>>),
    /// Those of whom it was not asked how they reach this record.
    Unasked(Id<Entity>),
}

/// Ways to the data of one owner.
#[derive(Clone)]
pub(super) struct Group {
    /// `None` where nobody is said to own them.
    pub(super) owner: Option<Id<System>>,
    /// Those who own parts, where nobody owns the whole.
    pub(super) partitions: Vec<Id<System>>,
    /// What they lead to.
    pub(super) scope: Scope,
}

/// One system's way.
pub(super) struct Use {
    pub(super) system: Id<System>,
    pub(super) writes: bool,
    pub(super) reads: bool,
    pub(super) rights: BTreeSet<Right>,
    pub(super) entities: BTreeSet<Id<Entity>>,
}

/// What a finding blames, by owner.
pub(super) fn groups(model: &Model, finding: &Finding) -> Vec<Group> {
    let slug = finding.about.key.slug.clone();
    match finding.about.key.kind {
        Kind::Entity => {
            let id = Id::<Entity>::from_slug(slug);
            let Some(entity) = model.entities.get(&id) else { return Vec::new() };
            let partitions = match entity.owner {
                Fact::Known(_) => Vec::new(),
                _ => entity.partitions.iter().map(|part| part.owner.clone()).collect(),
            };
            let owner = entity.owner.known().cloned();
            let scope = if finding.class == Class::Gap { Scope::Unasked(id) } else { Scope::Writers(id) };
            vec![Group { owner, partitions, scope }]
        }
        Kind::Store => {
            let id = Id::<Store>::from_slug(slug);
            let Some(store) = model.stores.get(&id) else { return Vec::new() };
            let owner = store.owner.known().cloned();
            vec![Group { owner, partitions: Vec::new(), scope: Scope::Stores(vec![id]) }]
        }
        // One reader of several stores.
        Kind::System => {
            let lit = finding.subjects.iter().filter(|subject| subject.key.kind == Kind::Store);
            let mut groups: Vec<(Id<System>, Vec<Id<Store>>)> = Vec::new();
            for id in lit.map(|subject| Id::<Store>::from_slug(subject.key.slug.clone())) {
                let owner = model.stores.get(&id).and_then(|store| store.owner.known().cloned());
                // Whom should one ask for a query of a store that nobody owns?
                let Some(owner) = owner else { return Vec::new() };
                match groups.iter_mut().find(|(other, _)| *other == owner) {
                    Some((_, stores)) => stores.push(id),
                    None => groups.push((owner, vec![id])),
                }
            }
            let group =
                |(owner, stores)| Group { owner: Some(owner), partitions: Vec::new(), scope: Scope::Stores(stores) };
            groups.into_iter().map(group).collect()
        }
        _ => Vec::new(),
    }
}

impl Group {
    /// What the ways are said to lead to; else what the stores are said to hold for good.
    pub(super) fn subjects(&self, model: &Model, uses: &[Use]) -> Vec<Id<Entity>> {
        let named: BTreeSet<&Id<Entity>> = uses.iter().flat_map(|way| &way.entities).collect();
        let Scope::Stores(stores) = &self.scope else { return named.into_iter().cloned().collect() };
        if !named.is_empty() {
            return named.into_iter().cloned().collect();
        }
        let master = |h: &Holding| h.kind == HoldingKind::Master && stores.contains(&h.store);
        model.entities.iter().filter(|(_, e)| e.holdings.iter().any(master)).map(|(id, _)| id.clone()).collect()
    }
}

/// The ways of some systems past an owner, as of a day.
pub(super) struct Ways<'a> {
    pub(super) model: &'a Model,
    pub(super) scope: &'a Scope,
    pub(super) owner: Option<&'a Id<System>>,
    pub(super) systems: &'a BTreeSet<Id<System>>,
    pub(super) day: Date,
}

impl Ways<'_> {
    /// Whose they are, in the order of the systems.
    pub(super) fn uses(&self) -> Vec<Use> {
        let mut uses: Vec<Use> = Vec::new();
        for (id, entity) in &self.model.entities {
            for access in entity.accesses.iter().filter(|access| self.leads(id, entity, access)) {
                note(&mut uses, &access.system, &access.rights, std::slice::from_ref(id));
            }
        }
        for (id, store) in &self.model.stores {
            for access in store.accesses.iter().filter(|access| self.leads_into(id, store, access)) {
                let right = if access.mode == AccessMode::Write { Right::Update } else { Right::Read };
                let entities = match self.scope {
                    Scope::Writers(entity) => std::slice::from_ref(entity),
                    _ => access.entities.as_slice(),
                };
                note(&mut uses, &access.system, &BTreeSet::from([right]), entities);
            }
        }
        uses.sort_by(|a, b| a.system.cmp(&b.system));
        uses
    }

    /// Whether what a record says of an access is one of them.
    pub(super) fn leads(&self, id: &Id<Entity>, entity: &Entity, access: &EntityAccess) -> bool {
        if Some(&access.system) == self.owner || !self.begun(&access.from) {
            return false;
        }
        match self.scope {
            Scope::Writers(about) => {
                let writes = access.rights.iter().any(|right| right.writes());
                about == id && writes && !self.migrates(&access.until) && self.is_foreign(entity, access)
            }
            Scope::Stores(stores) => {
                let direct = matches!(&access.through, Fact::Known(Way::Store(store)) if stores.contains(store));
                direct && !self.over(&access.until) && self.systems.contains(&access.system)
            }
            Scope::Unasked(about) => {
                let open = access.through.is_not_asked() && !self.over(&access.until);
                about == id && open && self.systems.contains(&access.system)
            }
        }
    }

    /// Whether what a store says of an access is one of them.
    pub(super) fn leads_into(&self, id: &Id<Store>, store: &Store, access: &StoreAccess) -> bool {
        let harmless = matches!(access.purpose.known(), Some(Purpose::Backup | Purpose::OutboxRelay));
        if Some(&access.system) == self.owner || !self.begun(&access.from) || harmless {
            return false;
        }
        match self.scope {
            Scope::Writers(about) => {
                let Some(entity) = self.model.entities.get(about) else { return false };
                let named = access.mode == AccessMode::Write && access.entities.contains(about);
                let own = owns_part(entity, &access.system) || self.is_own_copy(entity, id, &access.system);
                named && !self.migrates(&access.until) && !own
            }
            Scope::Stores(stores) => {
                let allowed = access.mode == AccessMode::ChangeFeed
                    || (access.mode == AccessMode::Read && store.published_as.is_known());
                let now = !self.over(&access.until) && self.systems.contains(&access.system);
                stores.contains(id) && !allowed && now
            }
            Scope::Unasked(_) => false,
        }
    }

    fn begun(&self, from: &Fact<Date>) -> bool {
        from.known().is_none_or(|from| *from <= self.day)
    }

    fn over(&self, until: &Fact<Date>) -> bool {
        until.known().is_some_and(|until| *until < self.day)
    }

    /// A migration that is not overdue.
    fn migrates(&self, until: &Fact<Date>) -> bool {
        until.is_known() && !self.over(until)
    }

    /// Whether a way of writing leads past the owner.
    fn is_foreign(&self, entity: &Entity, access: &EntityAccess) -> bool {
        if owns_part(entity, &access.system) {
            return false;
        }
        match access.through.known() {
            None | Some(Way::ChangeFeed(_)) => false,
            Some(Way::Store(store) | Way::Copy(store)) => !self.is_own_copy(entity, store, &access.system),
            Some(Way::Contract(contract)) => {
                let provider = self.model.contracts.get(contract).and_then(|contract| contract.provider.known());
                provider.is_some_and(|provider| !self.speaks(provider) && !owns_part(entity, provider))
            }
        }
    }

    /// Whether a system is the owner, or an adapter that fronts it.
    fn speaks(&self, provider: &Id<System>) -> bool {
        let fronts = self.model.system(provider).and_then(|system| system.fronts.known());
        self.owner.is_some_and(|owner| owner == provider || fronts.is_some_and(|fronts| fronts.contains(owner)))
    }

    /// Whether a store holds a copy that belongs to the system itself and is not known to be unfed.
    fn is_own_copy(&self, entity: &Entity, store: &Id<Store>, system: &Id<System>) -> bool {
        let fed = |h: &Holding| h.store == *store && h.kind == HoldingKind::Copy && !h.feed.is_none();
        let own = self.model.stores.get(store).is_some_and(|store| store.owner.is(system));
        own && entity.holdings.iter().any(fed)
    }
}

fn owns_part(entity: &Entity, system: &Id<System>) -> bool {
    entity.partitions.iter().any(|part| part.owner == *system)
}

fn note(uses: &mut Vec<Use>, system: &Id<System>, rights: &BTreeSet<Right>, entities: &[Id<Entity>]) {
    if !uses.iter().any(|way| way.system == *system) {
        uses.push(Use {
            system: system.clone(),
            writes: false,
            reads: false,
            rights: BTreeSet::new(),
            entities: BTreeSet::new(),
        });
    }
    for way in uses.iter_mut().filter(|way| way.system == *system) {
        way.writes |= rights.iter().any(|right| right.writes());
        way.reads |= rights.contains(&Right::Read);
        way.rights.extend(rights.iter().copied());
        way.entities.extend(entities.iter().cloned());
    }
}
