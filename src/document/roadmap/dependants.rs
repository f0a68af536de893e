//! What still depends on what retires, on the day it does: the work that the plan has not got yet.

use std::sync::Arc;

use super::{Block, Rich, Sources, Style, cells, retirements::Gone};
use crate::{
    model::{Contract, Date, Effect, Id, Kind, Model, PartName, Subject, System},
    timeline::as_of,
};

pub(super) fn dependants(sources: &Sources<'_>, gone: &[Gone]) -> Vec<Block> {
    let dated = || gone.iter().filter_map(|gone| Some((gone, gone.on?)));
    if dated().next().is_none() {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    for (gone, on) in dated() {
        let items = match (&gone.version, gone.subject.key.kind) {
            (Some(version), _) => of_version(sources, &Id::from_slug(gone.subject.key.slug.clone()), version, on),
            (None, Kind::System) => of_system(sources, &Id::from_slug(gone.subject.key.slug.clone()), on),
            _ => Vec::new(),
        };
        if !items.is_empty() {
            let anchor = if gone.version.is_some() { String::new() } else { cells::anchor(&gone.subject) };
            let title = format!("{}, {} {on}", gone.name, gone.end);
            blocks.push(cells::section(anchor, title, vec![cells::points(items)]));
        }
    }
    if blocks.is_empty() {
        let text = "By the day each of them goes, nothing in the plan depends on it any more.";
        return vec![cells::say(text)];
    }
    let lead = "On the day each of these goes, the elements below still name it, and no change of the plan says what \
                becomes of them.";
    blocks.insert(0, cells::say(lead));
    blocks
}

/// The architecture of a day, with what would be removed still in it.
fn model_with(sources: &Sources<'_>, kept: &Subject, day: Date) -> Model {
    let mut written = sources.written.clone();
    for stored in written.changes.values_mut() {
        let removes = |effect: &Effect| matches!(effect, Effect::Remove(key) if *key == kept.key);
        if stored.effects.iter().any(removes) {
            Arc::make_mut(&mut stored.value).effects.retain(|effect| !removes(effect));
        }
    }
    as_of(&written, day).model
}

fn of_system(sources: &Sources<'_>, id: &Id<System>, on: Date) -> Vec<Rich> {
    let model = model_with(sources, &id.into(), on);
    if !model.systems.contains_key(id) {
        return Vec::new();
    }
    let mut items = Vec::new();
    let mut say = |lead: &str, subjects: Vec<Subject>| {
        if !subjects.is_empty() {
            items.push(Rich::styled(format!("{lead}: "), Style::Bold).and(cells::list(&model, subjects)));
        }
    };
    let is = |other: Option<&Id<System>>| other == Some(id);
    let to = model.interactions.iter().filter(|(_, i)| i.to == *id);
    say("Interactions that lead to it", to.map(|(id, _)| id.into()).collect());
    let from = model.interactions.iter().filter(|(_, i)| i.from == *id);
    say("Interactions that start at it", from.map(|(id, _)| id.into()).collect());
    let records = model.entities.iter().filter(|(_, entity)| {
        is(entity.owner.known()) || entity.partitions.iter().any(|partition| partition.owner == *id)
    });
    say("Records of which it is the system of record", records.map(|(id, _)| id.into()).collect());
    let stores = model.stores.iter();
    let owned = stores.clone().filter(|(_, store)| is(store.owner.known()));
    say("Stores that it owns", owned.map(|(id, _)| id.into()).collect());
    let reached = stores
        .filter(|(_, store)| !is(store.owner.known()) && store.accesses.iter().any(|access| access.system == *id));
    say("Stores of others that it reaches", reached.map(|(id, _)| id.into()).collect());
    let contracts = model.contracts.iter().filter(|(_, contract)| is(contract.provider.known()));
    say("Contracts that it provides", contracts.map(|(id, _)| id.into()).collect());
    let fronts = |system: &System| system.fronts.known().is_some_and(|fronts| fronts.contains(id));
    let adapters = model.systems.iter().filter(|(_, system)| fronts(system));
    say("Adapters that stand before it", adapters.map(|(id, _)| id.into()).collect());
    let next = model.systems.iter().filter(|(_, system)| is(system.lifecycle.replaced_by.known()));
    say("Systems that it is to replace", next.map(|(id, _)| id.into()).collect());
    items
}

/// The interactions that are pinned to a version on a day.
fn of_version(sources: &Sources<'_>, contract: &Id<Contract>, version: &PartName, on: Date) -> Vec<Rich> {
    let model = as_of(sources.written, on).model;
    let pinned = model.interactions.iter().filter(|(_, i)| i.contract.is(contract) && i.version.is(version));
    let pinned: Vec<Subject> = pinned.map(|(id, _)| id.into()).collect();
    if pinned.is_empty() {
        return Vec::new();
    }
    vec![Rich::styled("Interactions that are pinned to it: ", Style::Bold).and(cells::list(&model, pinned))]
}
