//! Records that have another id in a model that grew out of another, and are the same all the same.
//!
//! A file does not tell a renaming from a record that was removed and another one that was made. What refers to it does:
//! whatever led to the one leads to the other now. Where nothing did, nearly all of what is said of it must be the same.

use std::collections::{BTreeMap, BTreeSet};

use super::{Edit, Key, Kind, Model, Record, Shown, Slug};

/// So many facts must be the same where nothing refers to a record.
const MANY: usize = 4;

/// What was renamed between two models, and to what: only where there is no doubt.
pub fn renames(before: &Model, after: &Model) -> Vec<(Key, Slug)> {
    let mut found = Vec::new();
    for kind in Kind::ALL.into_iter().filter(|kind| !kind.is_single()) {
        let (was, is): (BTreeSet<Key>, BTreeSet<Key>) =
            (before.keys_of(kind).into_iter().collect(), after.keys_of(kind).into_iter().collect());
        let (gone, new): (Vec<&Key>, Vec<&Key>) = (was.difference(&is).collect(), is.difference(&was).collect());
        if gone.is_empty() || new.is_empty() {
            continue;
        }
        let led = led(before, after, kind);
        let near = |from: &Key, to: &Key| {
            let led = led.get(&(from.clone(), to.clone())).copied().unwrap_or_default();
            let (same, other) = alike(before, after, from, to);
            let enough = if led > 0 { same >= other } else { same >= MANY && other <= 1 };
            enough.then_some(2 * led + same)
        };
        let only = |all: Vec<Option<usize>>| {
            let best = all.iter().flatten().max().copied();
            let count = all.iter().filter(|score| **score == best).count();
            best.filter(|_| count == 1)
        };
        for from in &gone {
            let scores: Vec<Option<usize>> = new.iter().map(|to| near(from, to)).collect();
            let Some(best) = only(scores.clone()) else { continue };
            let Some(to) = scores.iter().position(|score| *score == Some(best)).and_then(|at| new.get(at)) else {
                continue;
            };
            // Nothing else may have become it as well.
            if only(gone.iter().map(|other| near(other, to)).collect()) == Some(best) {
                found.push(((*from).clone(), to.slug.clone()));
            }
        }
    }
    found
}

/// How often what led to one record leads to another now.
fn led(before: &Model, after: &Model, kind: Kind) -> BTreeMap<(Key, Key), usize> {
    let mut led = BTreeMap::new();
    for key in before.keys() {
        let (Some(was), Some(is)) = (before.entry(&key), after.entry(&key)) else { continue };
        if was.record.is_same(&is.record) {
            continue;
        }
        let (was, is) = (was.record.references(), is.record.references());
        if was.len() != is.len() {
            continue;
        }
        let changed =
            was.into_iter().zip(is).filter(|(was, is)| was.key != is.key && [was.key.kind, is.key.kind] == [kind; 2]);
        for (was, is) in changed {
            *led.entry((was.key, is.key)).or_default() += 1;
        }
    }
    led
}

/// How many facts of two records are said alike, and how many otherwise; names do not count.
fn alike(before: &Model, after: &Model, from: &Key, to: &Key) -> (usize, usize) {
    let (Some(was), Some(is)) = (before.entry(from), after.entry(to)) else { return (0, 0) };
    let mut was = was.record;
    if let Some(name) = is.record.display_name() {
        was.set_display_name(&name);
    }
    let said = |record: &Record| -> BTreeMap<&'static str, Shown> {
        let fields = record.fields().into_iter().filter(|(name, field)| *name != "name" && !field.is_absent());
        fields.map(|(name, field)| (name, field.show())).collect()
    };
    let (was, is) = (said(&was), said(&is.record));
    let same = was.iter().filter(|(name, value)| is.get(*name) == Some(value)).count();
    (same, was.keys().chain(is.keys()).collect::<BTreeSet<_>>().len() - same)
}

/// What was renamed and can be renamed in another model as well.
pub(super) fn renames_for(before: &Model, after: &Model, other: &Model) -> Vec<(Key, Slug)> {
    let mut found = renames(before, after);
    let taken = |key: &Key, to: &Slug| other.contains(&Key { kind: key.kind, slug: to.clone() });
    found.retain(|(key, to)| !other.contains(key) || !taken(key, to));
    found
}

/// A model in which records have the ids they were given elsewhere.
pub(super) fn renamed(model: &Model, renames: &[(Key, Slug)]) -> Model {
    let mut model = model.clone();
    for (key, to) in renames {
        // What is not there need not be renamed.
        let _ = model.apply(&[Edit::Rename { key: key.clone(), to: to.clone() }]);
    }
    model
}
