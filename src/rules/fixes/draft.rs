//! A copy of a model on which a remedy works; what became different are its edits.

use std::sync::Arc;

use super::Unfixed;
use crate::model::{
    Boundary, Contract, Edit, Entity, Flow, Id, Interaction, Key, Kind, Mesh, Model, Observability, Profile,
    Resilience, RoadmapChange, Security, Slug, Store, Stored, System, Table, Tabled, Waiver, diff,
};

/// A record that remedies change, and its table.
pub(super) trait Row: Tabled + Clone {
    /// Its table.
    fn table(model: &Model) -> &Table<Self>
    where
        Self: Sized;

    /// Its table, to be changed.
    fn table_mut(model: &mut Model) -> &mut Table<Self>
    where
        Self: Sized;
}

macro_rules! rows {
    ($($type:ident $table:ident,)*) => {$(
        impl Row for $type {
            fn table(model: &Model) -> &Table<Self> {
                &model.$table
            }

            fn table_mut(model: &mut Model) -> &mut Table<Self> {
                &mut model.$table
            }
        }
    )*};
}

rows! {
    Boundary boundaries,
    Profile profiles,
    Mesh meshes,
    System systems,
    Store stores,
    Entity entities,
    Contract contracts,
    Interaction interactions,
    Flow flows,
    RoadmapChange changes,
    Waiver waivers,
}

/// A model that is being worked on.
pub(super) struct Draft<'m> {
    before: &'m Model,
    /// The model as it stands now.
    pub(super) now: Model,
}

impl<'m> Draft<'m> {
    pub(super) fn of(model: &'m Model) -> Self {
        Self { before: model, now: model.clone() }
    }

    /// A record as it stands now.
    pub(super) fn get<T: Row>(&self, id: &Id<T>) -> Result<&T, Unfixed> {
        T::table(&self.now).get(id).map(|stored| &*stored.value).ok_or_else(|| gone(&id.key()))
    }

    /// Changes a record.
    pub(super) fn change<T: Row>(&mut self, id: &Id<T>, how: impl FnOnce(&mut T)) -> Result<(), Unfixed> {
        let stored = T::table_mut(&mut self.now).get_mut(id).ok_or_else(|| gone(&id.key()))?;
        how(Arc::make_mut(&mut stored.value));
        Ok(())
    }

    /// Adds a record under an id that its name gives.
    pub(super) fn add<T: Row>(&mut self, name: &str, value: T) -> Result<Id<T>, Unfixed> {
        let table = T::table_mut(&mut self.now);
        let slug = Slug::derive(name).ok_or_else(|| Unfixed::Unfit("name", format!("“{name}” is no name")))?;
        let id = Id::from_slug(slug.free(|slug| table.contains_key(&Id::from_slug(slug.clone()))));
        table.insert(id.clone(), Stored::new(value));
        Ok(id)
    }

    /// Changes the bundles of facts of an interaction or profile, or those that a mesh, gateway or backbone provides.
    pub(super) fn bundles(
        &mut self,
        key: &Key,
        how: impl FnOnce(&mut Resilience, &mut Security, &mut Observability),
    ) -> Result<(), Unfixed> {
        let slug = key.slug.clone();
        match key.kind {
            Kind::Interaction => self.change(&Id::<Interaction>::from_slug(slug), |i| {
                how(&mut i.resilience, &mut i.security, &mut i.observability);
            }),
            Kind::Profile => self.change(&Id::<Profile>::from_slug(slug), |p| {
                how(&mut p.resilience, &mut p.security, &mut p.observability);
            }),
            Kind::Mesh => self.change(&Id::<Mesh>::from_slug(slug), |mesh| {
                let provides = &mut mesh.provides;
                how(&mut provides.resilience, &mut provides.security, &mut provides.observability);
            }),
            Kind::System => self.change(&Id::<System>::from_slug(slug), |system| {
                let provides = &mut system.provides;
                how(&mut provides.resilience, &mut provides.security, &mut provides.observability);
            }),
            _ => Err(gone(key)),
        }
    }

    /// What became different, record by record.
    pub(super) fn edits(self) -> Vec<Edit> {
        let changes = diff(self.before, &self.now).changes.into_iter();
        let edit = |change: crate::model::Change| match change.after {
            Some(entry) => Edit::Put { key: change.key, record: entry.record },
            None => Edit::Remove { key: change.key },
        };
        changes.map(edit).collect()
    }
}

/// What a fix was about is not there any more.
pub(super) fn gone(key: &Key) -> Unfixed {
    Unfixed::Gone(format!("{key} is not there any more"))
}
