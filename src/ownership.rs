//! The data ownership matrix: which system creates, reads, updates and deletes which business record.
//!
//! One answer for the window and for documents. What a conflict is, the rules decide; this only says where it lies.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{AccessMode, Entity, Fact, HoldingKind, Id, Kind, Model, Right, Store, StoreAccess, System, Way},
    rules::Report,
};

/// What one system does with one record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touch {
    /// Whether it is the system of record, of the whole or of a partition.
    pub owner: bool,
    /// What it does through contracts, with copies, or as the owner.
    pub rights: BTreeSet<Right>,
    /// What it does past the owner, straight in a store.
    pub direct: BTreeSet<Right>,
    /// Whether the rules find it at odds with the other writers.
    pub conflict: bool,
}

impl Touch {
    /// Letters for a cell: capitals through the owner, small letters straight in a store.
    pub fn letters(&self) -> String {
        let open: String = self.rights.iter().map(|right| right.letter()).collect();
        let direct: String = self.direct.iter().map(|right| right.letter().to_ascii_lowercase()).collect();
        [open, direct].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The same in a sentence: "owner; creates and reads; updates directly in a store; in conflict".
    pub fn words(&self) -> String {
        let list = |rights: &BTreeSet<Right>| rights.iter().map(|right| right.word()).collect::<Vec<_>>().join(", ");
        let mut parts = Vec::new();
        if self.owner {
            parts.push("system of record".to_owned());
        }
        if !self.rights.is_empty() {
            parts.push(list(&self.rights));
        }
        if !self.direct.is_empty() {
            parts.push(format!("{} directly in a store", list(&self.direct)));
        }
        if self.conflict {
            parts.push("in conflict with the other writers".to_owned());
        }
        parts.join("; ")
    }
}

/// Who touches what.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// The records, by id.
    pub entities: Vec<Id<Entity>>,
    /// The systems that touch any of them: by domain, then by name.
    pub systems: Vec<Id<System>>,
    cells: BTreeMap<Id<Entity>, BTreeMap<Id<System>, Touch>>,
}

impl Matrix {
    /// The matrix of a model, with the conflicts that a report of the same model found.
    pub fn new(model: &Model, report: &Report) -> Self {
        let of = |(id, stored): (&Id<Entity>, &crate::model::Stored<Entity>)| {
            (id.clone(), touches(model, report, id, &stored.value))
        };
        let cells: BTreeMap<_, BTreeMap<_, _>> = model.entities.iter().map(of).collect();
        let systems: BTreeSet<&Id<System>> = cells.values().flat_map(BTreeMap::keys).collect();
        let mut systems: Vec<Id<System>> = systems.into_iter().cloned().collect();
        order_systems(model, &mut systems);
        Self { entities: cells.keys().cloned().collect(), systems, cells }
    }

    /// What a system does with a record; `None` for nothing that is known.
    pub fn touch(&self, entity: &Id<Entity>, system: &Id<System>) -> Option<&Touch> {
        self.cells.get(entity)?.get(system)
    }
}

/// What a system does with a record, whatever the rules say of it.
pub fn touch_of(model: &Model, entity: &Id<Entity>, system: &Id<System>) -> Touch {
    let Some(stored) = model.entities.get(entity) else { return Touch::default() };
    touches(model, &Report::default(), entity, &stored.value).remove(system).unwrap_or_default()
}

/// Puts systems into the order of the matrix: by domain, then by name.
pub fn order_systems(model: &Model, systems: &mut [Id<System>]) {
    systems.sort_by_cached_key(|id| {
        let domain = model.system(id).and_then(|system| system.domain.known()).map(|id| model.name_of(id));
        (domain.is_none(), domain, model.name_of(id).to_lowercase())
    });
}

/// What a system that reaches a store may do to a record that its access names.
pub fn right_in_store(entity: &Entity, store: (&Id<Store>, &Store), access: &StoreAccess) -> Right {
    let writes = access.mode == AccessMode::Write && !keeps_copy(entity, store, access);
    if writes { Right::Update } else { Right::Read }
}

/// Who keeps a copy of its own writes what it was told: it reads the record, and changes nothing of it.
fn keeps_copy(entity: &Entity, (id, store): (&Id<Store>, &Store), access: &StoreAccess) -> bool {
    let owners = entity.owner.known().into_iter().chain(entity.partitions.iter().map(|partition| &partition.owner));
    let copy = entity.holdings.iter().any(|held| held.store == *id && held.kind == HoldingKind::Copy);
    copy && store.owner.is(&access.system) && owners.into_iter().all(|owner| *owner != access.system)
}

fn touches(model: &Model, report: &Report, id: &Id<Entity>, entity: &Entity) -> BTreeMap<Id<System>, Touch> {
    let mut touches: BTreeMap<Id<System>, Touch> = BTreeMap::new();
    let owners = entity.owner.known().into_iter().chain(entity.partitions.iter().map(|partition| &partition.owner));
    for owner in owners {
        touches.entry(owner.clone()).or_default().owner = true;
    }
    for access in &entity.accesses {
        let touch = touches.entry(access.system.clone()).or_default();
        let direct = matches!(access.through, Fact::Known(Way::Store(_))) && !touch.owner;
        if direct { &mut touch.direct } else { &mut touch.rights }.extend(access.rights.iter().copied());
    }
    for (store_id, store) in &model.stores {
        for access in store.accesses.iter().filter(|access| access.entities.contains(id)) {
            let touch = touches.entry(access.system.clone()).or_default();
            let open = touch.owner || keeps_copy(entity, (store_id, store), access);
            let rights = if open { &mut touch.rights } else { &mut touch.direct };
            rights.insert(right_in_store(entity, (store_id, store), access));
        }
    }
    let about = id.key();
    // OWN005 speaks of a command, and lights up the records that its handler writes past their owner.
    let conflicts = report.findings.iter().filter(|f| match f.rule.code {
        "OWN002" => f.about.key == about,
        "OWN005" => f.subjects.iter().any(|subject| subject.key == about),
        _ => false,
    });
    let open = conflicts.filter(|f| f.waived.is_none());
    for subject in open.flat_map(|f| &f.subjects).filter(|subject| subject.key.kind == Kind::System) {
        if let Some(touch) = touches.get_mut(&Id::from_slug(subject.key.slug.clone())) {
            touch.conflict = !touch.owner;
        }
    }
    touches
}
