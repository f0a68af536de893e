//! What the roadmap does away with, and when.

use std::collections::BTreeMap;

use crate::{
    model::{ChangeKind, ChangeStatus, Date, Effect, Fact, Id, Key, Model, RoadmapChange, Subject, System},
    rules::{Context, Hop},
};

type Step<'a> = (&'a Id<RoadmapChange>, &'a RoadmapChange);

/// The changes of the plan itself, by what they are about and what they do to it.
pub(super) struct Roadmap<'a> {
    /// The changes that end something: they retire or migrate it, or remove its record.
    ending: BTreeMap<Key, Vec<Step<'a>>>,
    /// What changes make of single records, with the day.
    effects: BTreeMap<Key, Vec<(Date, &'a Effect)>>,
}

impl<'a> Roadmap<'a> {
    pub(super) fn of(model: &'a Model) -> Self {
        let mut roadmap = Self { ending: BTreeMap::new(), effects: BTreeMap::new() };
        for (id, change) in &model.changes {
            let change = &*change.value;
            if !is_planned(change) {
                continue;
            }
            let ends = matches!(change.kind, ChangeKind::Retire | ChangeKind::Migrate);
            for key in change.about.iter().filter(|_| ends) {
                roadmap.ending.entry(key.clone()).or_default().push((id, change));
            }
            for effect in &change.effects {
                let key = effect.key();
                if let Some(day) = change.end.known() {
                    roadmap.effects.entry(key.clone()).or_default().push((*day, effect));
                }
                if matches!(effect, Effect::Remove(_)) {
                    roadmap.ending.entry(key).or_default().push((id, change));
                }
            }
        }
        roadmap
    }

    /// Whether a change does away with something: retires it, moves what it does elsewhere, or removes its record.
    pub(super) fn ends(&self, key: &Key) -> bool {
        self.ending.contains_key(key)
    }

    /// Whether a record is removed by a day.
    pub(super) fn removes(&self, key: &Key, by: Date) -> bool {
        self.by(key, by).any(|effect| matches!(effect, Effect::Remove(_)))
    }

    /// What changes that end by a day make of a record.
    pub(super) fn by(&self, key: &Key, day: Date) -> impl Iterator<Item = &'a Effect> {
        let effects = self.effects.get(key).into_iter().flatten();
        effects.filter(move |(end, _)| *end <= day).map(|(_, effect)| *effect)
    }

    /// Every effect of changes that end by a day.
    pub(super) fn all_by(&self, day: Date) -> impl Iterator<Item = &'a Effect> {
        self.effects.values().flatten().filter(move |(end, _)| *end <= day).map(|(_, effect)| *effect)
    }

    /// Whether a migration of something ends by a day of which nobody has worked out yet what it does.
    pub(super) fn migrates_somehow(&self, key: &Key, by: Date) -> bool {
        self.ending.get(key).into_iter().flatten().any(|(_, change)| {
            let ends = change.end.known().is_some_and(|end| *end <= by);
            change.kind == ChangeKind::Migrate && change.effects.is_empty() && ends
        })
    }

    /// The day a system goes, and the fact that says so: its own date, or else the end of the first change that retires
    /// or removes it.
    pub(super) fn leaves(&self, id: &Id<System>, system: &System) -> Option<(Date, Subject, &'static str)> {
        if let Fact::Known(date) = system.lifecycle.retires_on {
            return Some((date, id.into(), "retires_on"));
        }
        let key = id.key();
        let retires = |change: &RoadmapChange| {
            change.kind == ChangeKind::Retire || change.effects.contains(&Effect::Remove(key.clone()))
        };
        let changes = self.ending.get(&key)?.iter().filter(|(_, change)| retires(change));
        let ends = changes.filter_map(|(id, change)| Some((*change.end.known()?, *id)));
        ends.min().map(|(end, change)| (end, change.into(), "end"))
    }
}

/// Whether a change belongs to the plan: it was not given up, and is no scenario.
pub(super) fn is_planned(change: &RoadmapChange) -> bool {
    !change.status.is(&ChangeStatus::Dropped) && !change.scenario.is_known()
}

/// Whether an interaction is in use on the day.
pub(super) fn in_use(cx: &Context<'_>, hop: &Hop<'_>) -> bool {
    let begun = hop.active_from.known().is_none_or(|from| *from <= cx.as_of);
    begun && hop.active_until.known().is_none_or(|until| *until >= cx.as_of)
}
