//! What a record is joined to.

use std::collections::HashMap;

use crate::model::{Id, Key, Kind, Model, System};

/// Records that are joined to one, under a heading.
pub type Joined = (&'static str, Vec<Key>);

/// Who refers to each record, by key.
pub(super) type Users = HashMap<Key, Vec<Key>>;

/// Looks through a model for who refers to what.
pub(super) fn users(model: &Model) -> Users {
    let mut users = Users::new();
    for key in model.keys() {
        let record = model.entry(&key).map(|entry| entry.record);
        for reference in record.map(|record| record.references()).unwrap_or_default() {
            let all = users.entry(reference.key).or_default();
            // A record that refers to another twice is one user.
            if all.last() != Some(&key) {
                all.push(key.clone());
            }
        }
    }
    users
}

/// What a record is joined to, heading by heading: what a system owns, asks and is asked; of all else, what refers to it.
pub(super) fn joined(model: &Model, users: &Users, key: &Key) -> Vec<Joined> {
    let users = users.get(key).map(Vec::as_slice).unwrap_or_default();
    let mut found = if key.kind == Kind::System {
        of_system(model, users, &Id::from_slug(key.slug.clone()))
    } else {
        let shown = |other: &&Key| !matches!(other.kind, Kind::View | Kind::Report);
        vec![("Used by", users.iter().filter(shown).cloned().collect())]
    };
    found.retain(|(_, keys)| !keys.is_empty());
    found
}

fn of_system(model: &Model, users: &[Key], id: &Id<System>) -> Vec<Joined> {
    let owned = |key: &&Key| {
        let entity = (key.kind == Kind::Entity).then(|| model.entities.get(&Id::from_slug(key.slug.clone()))).flatten();
        entity.is_some_and(|entity| entity.owner.is(id))
    };
    let ends = |starts: bool| {
        let fits = move |key: &&Key| {
            let stored =
                (key.kind == Kind::Interaction).then(|| model.interactions.get(&Id::from_slug(key.slug.clone())));
            stored.flatten().is_some_and(|i| if starts { i.from == *id } else { i.to == *id })
        };
        users.iter().filter(fits).cloned().collect()
    };
    vec![
        ("Owns", users.iter().filter(owned).cloned().collect()),
        ("Asks and tells", ends(true)),
        ("Is asked and told", ends(false)),
    ]
}
