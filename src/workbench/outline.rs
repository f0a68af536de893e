//! The model as an outline: systems by domain, and everything else by kind.

use std::collections::BTreeMap;

use super::landscape_id;
use crate::{
    model::{Key, Kind, Model, Subject},
    rules,
    scene::{Badge, Worst},
};

/// A heading of the outline and what stands under it, by name.
#[derive(Clone, Debug)]
pub struct OutlineGroup {
    /// The heading.
    pub title: String,
    /// The domain that it stands for, if it does.
    pub key: Option<Key>,
    /// What stands under it.
    pub items: Vec<OutlineItem>,
    /// The worst that was found about any of it.
    pub worst: Option<Worst>,
}

/// A record of the outline.
#[derive(Clone, Debug)]
pub struct OutlineItem {
    /// Which.
    pub key: Key,
    /// What people call it.
    pub name: String,
}

/// The outline of a model, with the worst that was found about each group.
pub(super) fn outline(model: &Model, badges: &BTreeMap<Key, Badge>) -> Vec<OutlineGroup> {
    const TABLES: [(&str, Kind); 15] = [
        ("Views", Kind::View),
        ("Entities", Kind::Entity),
        ("Stores", Kind::Store),
        ("Contracts", Kind::Contract),
        ("Interactions", Kind::Interaction),
        ("Flows", Kind::Flow),
        ("Domains", Kind::Domain),
        ("Boundaries", Kind::Boundary),
        ("Teams", Kind::Team),
        ("Profiles", Kind::Profile),
        ("Meshes", Kind::Mesh),
        ("Roadmap", Kind::Change),
        ("Plateaus", Kind::Plateau),
        ("Decisions", Kind::Decision),
        ("Waivers", Kind::Waiver),
    ];
    let landscape = landscape_id();
    let mut domains: BTreeMap<(bool, String, Option<Key>), Vec<Key>> = BTreeMap::new();
    for (id, system) in &model.systems {
        let domain = system.domain.known().map(|domain| (false, model.name_of(domain), Some(domain.key())));
        let group = domain.unwrap_or((true, "In no domain".to_owned(), None));
        domains.entry(group).or_default().push(id.key());
    }
    let systems = domains.into_iter().map(|((_, name, key), keys)| (name, key, keys));
    // The landscape is what is shown when no view is.
    let listed = |kind: Kind| model.keys_of(kind).into_iter().filter(|key| *key != landscape.key()).collect();
    let tables = TABLES.into_iter().map(|(title, kind)| (title.to_owned(), None, listed(kind)));
    systems.chain(tables).map(|(title, key, keys)| group((model, badges), title, key, keys)).collect()
}

fn group(
    (model, badges): (&Model, &BTreeMap<Key, Badge>),
    title: String,
    key: Option<Key>,
    keys: Vec<Key>,
) -> OutlineGroup {
    let worst = keys.iter().filter_map(|key| badges.get(key)).map(|badge| badge.worst).min();
    let item = |key: Key| {
        let name = rules::name(model, &Subject::from(key.clone()));
        OutlineItem { key, name }
    };
    let mut items: Vec<OutlineItem> = keys.into_iter().map(item).collect();
    items.sort_by_cached_key(|item| (item.name.to_lowercase(), item.key.clone()));
    OutlineGroup { title, key, items, worst }
}
