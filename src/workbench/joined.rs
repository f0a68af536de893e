//! What a record is joined to.

use crate::model::{Id, Interaction, Key, Kind, Model, System};

/// Records that are joined to one, under a heading.
pub type Joined = (&'static str, Vec<Key>);

/// What a record is joined to, heading by heading: what a system owns, asks and is asked; of all else, what refers to it.
pub fn joined(model: &Model, key: &Key) -> Vec<Joined> {
    let mut found =
        if key.kind == Kind::System { of_system(model, &Id::from_slug(key.slug.clone())) } else { users(model, key) };
    found.retain(|(_, keys)| !keys.is_empty());
    found
}

fn of_system(model: &Model, id: &Id<System>) -> Vec<Joined> {
    let owned = model.entities.iter().filter(|(_, entity)| entity.owner.is(id)).map(|(id, _)| id.key()).collect();
    let ends = |end: fn(&Interaction) -> &Id<System>| {
        let fits = model.interactions.iter().filter(|(_, stored)| end(&stored.value) == id);
        fits.map(|(id, _)| id.key()).collect()
    };
    vec![("Owns", owned), ("Asks and tells", ends(|i| &i.from)), ("Is asked and told", ends(|i| &i.to))]
}

fn users(model: &Model, key: &Key) -> Vec<Joined> {
    let shown = |other: &&Key| !matches!(other.kind, Kind::View | Kind::Report);
    let refers = |other: &&Key| {
        let record = model.entry(other).map(|entry| entry.record);
        record.is_some_and(|record| record.references().iter().any(|reference| reference.key == *key))
    };
    vec![("Used by", model.keys().iter().filter(shown).filter(refers).cloned().collect())]
}
