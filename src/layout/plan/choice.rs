//! What of a model is drawn: all of it, a part, what surrounds something, or a flow.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{Boundary, Filter, Id, Interaction, Key, Kind, Model, Step, System},
    topology::{At, Topology},
};

/// Containers in containers go no deeper.
pub(super) const DEEPEST: usize = 32;

/// The stores that are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stores {
    /// Those that somebody drawn owns or reaches.
    All,
    /// Those that somebody in the middle owns or reaches.
    OfMiddle,
    /// None: they are no part of a flow.
    None,
}

/// What is drawn.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) systems: BTreeSet<Id<System>>,
    /// The interactions; `None` for all between the systems.
    pub(super) lines: Option<BTreeSet<Id<Interaction>>>,
    pub(super) stores: Stores,
    /// What the diagram is about, where it is about a part: its frames stand open.
    pub(super) middle: BTreeSet<Id<System>>,
}

impl Choice {
    /// What a filter leaves. Domains with hops, and an element with hops (one if nothing is said), are shown with what
    /// surrounds them; an interaction or a contract with the flows that it is part of.
    /// `found` are the elements that the rules found something about, for a filter that asks for them.
    pub(super) fn of(model: &Model, filter: &Filter, found: &BTreeSet<Key>) -> Self {
        let mut choice = Self::all(model);
        if *filter == Filter::default() {
            return choice;
        }
        let inside = |system: &System| {
            let own = system.domain.known().map(Id::key);
            own.is_some_and(|own| around_it(model, own).any(|key| filter.domains.iter().any(|id| id.key() == key)))
        };
        let hops = filter.hops.known().map(|hops| *hops as usize);
        if !filter.domains.is_empty() {
            let middle: BTreeSet<Id<System>> = choice.those(model, inside);
            choice.meet(match hops.filter(|hops| *hops > 0 && filter.around.known().is_none()) {
                Some(hops) => Self::around(model, middle, hops),
                None => Self { systems: middle.clone(), middle, ..Self::all(model) },
            });
        }
        if let Some(key) = filter.around.known() {
            choice.meet(Self::around_key(model, key, hops.unwrap_or(1)));
        }
        if let Some(flow) = filter.flow.known() {
            choice.meet(Self::around_key(model, &flow.key(), 0));
        }
        if !filter.boundaries.is_empty() {
            let inside = |system: &System| {
                let own = system.boundary.known().map(Id::key);
                let wanted = |key: &Key| filter.boundaries.iter().map(Id::<Boundary>::key).any(|other| other == *key);
                own.is_some_and(|own| around_it(model, own).any(|key| wanted(&key)))
            };
            choice.keep(model, inside);
        }
        if !filter.kinds.is_empty() {
            choice.keep(model, |system| filter.kinds.contains(&system.kind));
        }
        if !filter.transports.is_empty() {
            let fits = |i: &Interaction| i.travels().is_some_and(|travels| filter.transports.contains(&travels));
            choice.only(model, |_, interaction| fits(interaction), |_| false);
            choice.stores = Stores::None;
        }
        if filter.found.is_known() {
            choice.only(model, |id, _| found.contains(&id.key()), |id| found.contains(&id.key()));
        }
        choice
    }

    /// Leaves the systems that fit.
    fn keep(&mut self, model: &Model, fits: impl Fn(&System) -> bool) {
        self.systems.retain(|id| model.system(id).is_some_and(&fits));
    }

    /// Leaves the interactions that fit among what is drawn, the systems that they join, and those that fit by
    /// themselves.
    fn only(
        &mut self,
        model: &Model,
        fits: impl Fn(&Id<Interaction>, &Interaction) -> bool,
        alone: impl Fn(&Id<System>) -> bool,
    ) {
        let drawn = |id: &Id<Interaction>, interaction: &Interaction| {
            self.systems.contains(&interaction.from)
                && self.systems.contains(&interaction.to)
                && self.lines.as_ref().is_none_or(|lines| lines.contains(id))
        };
        let lines =
            model.interactions.iter().filter(|(id, stored)| drawn(id, &stored.value) && fits(id, &stored.value));
        let lines: BTreeMap<&Id<Interaction>, [&Id<System>; 2]> =
            lines.map(|(id, stored)| (id, [&stored.value.from, &stored.value.to])).collect();
        let joined: BTreeSet<Id<System>> = lines.values().flatten().map(|id| (*id).clone()).collect();
        self.systems.retain(|id| joined.contains(id) || alone(id));
        self.lines = Some(lines.into_keys().cloned().collect());
    }

    fn all(model: &Model) -> Self {
        let systems = model.systems.keys().cloned().collect();
        Self { systems, lines: None, stores: Stores::All, middle: BTreeSet::new() }
    }

    fn those(&self, model: &Model, fits: impl Fn(&System) -> bool) -> BTreeSet<Id<System>> {
        self.systems.iter().filter(|id| model.system(id).is_some_and(&fits)).cloned().collect()
    }

    /// Leaves what both draw.
    fn meet(&mut self, other: Self) {
        self.systems.retain(|id| other.systems.contains(id));
        self.lines = match (self.lines.take(), other.lines) {
            (Some(own), Some(others)) => Some(own.intersection(&others).cloned().collect()),
            (own, others) => own.or(others),
        };
        self.stores = other.stores;
        self.middle = other.middle;
    }

    /// Some systems and what is within so many hops of them, or shares a store with them. The lines are those among
    /// the systems in the middle and those that lead nearer to them: how neighbours get on with one another is another
    /// diagram, and its lines would hide this one's.
    pub(super) fn around(model: &Model, middle: BTreeSet<Id<System>>, hops: usize) -> Self {
        let topology = Topology::new(model);
        let places = middle.iter().filter_map(|id| topology.system_at(id)).collect();
        let found = topology.around(&places, hops.min(64));
        let named = |at: &usize| topology.systems().get(*at).map(|(id, _)| (*id).clone());
        let mut systems: BTreeSet<Id<System>> = found.systems.keys().filter_map(named).collect();
        if hops > 0 {
            let shared = super::stores::Reaches::of(model);
            let near = model.stores.keys().map(|id| shared.of_store(id));
            systems
                .extend(near.filter(|by| by.keys().any(|id| middle.contains(id))).flatten().map(|(id, _)| id.clone()));
        }
        Self { systems, lines: Some(lines(&topology, found.hops)), stores: Stores::OfMiddle, middle }
    }

    /// Some interactions, and the systems that they join.
    pub(super) fn flow(model: &Model, lines: BTreeSet<Id<Interaction>>) -> Self {
        let known = lines.iter().filter_map(|id| model.interactions.get(id));
        let systems: BTreeSet<Id<System>> = known.flat_map(|i| [i.from.clone(), i.to.clone()]).collect();
        Self { middle: systems.clone(), systems, lines: Some(lines), stores: Stores::None }
    }

    fn around_key(model: &Model, key: &Key, hops: usize) -> Self {
        let slug = key.slug.clone();
        match key.kind {
            Kind::Interaction => Self::end_to_end(model, |id, _| *id.slug() == key.slug),
            Kind::Contract => {
                Self::end_to_end(model, |_, i| i.contract.known().is_some_and(|id| *id.slug() == key.slug))
            }
            Kind::Flow => {
                let steps = model.flows.get(&Id::from_slug(slug)).map(|flow| flow.steps.clone()).unwrap_or_default();
                Self::flow(model, steps.iter().flat_map(Step::interactions).cloned().collect())
            }
            // Who reaches a store is one hop from it.
            Kind::Store => {
                let reaches = super::stores::Reaches::of(model);
                let middle = reaches.of_store(&Id::from_slug(slug)).keys().cloned().collect();
                Self::around(model, middle, hops.saturating_sub(1))
            }
            _ => Self::around(model, members(model, key), hops),
        }
    }

    fn end_to_end(model: &Model, starts: impl Fn(&Id<Interaction>, &Interaction) -> bool) -> Self {
        let topology = Topology::new(model);
        let hops = topology.hops().iter().enumerate().filter(|(_, (id, hop))| starts(id, hop));
        let found: BTreeSet<At> = hops.flat_map(|(at, _)| topology.end_to_end(at)).collect();
        Self::flow(model, lines(&topology, found))
    }
}

fn lines(topology: &Topology<'_>, hops: impl IntoIterator<Item = At>) -> BTreeSet<Id<Interaction>> {
    hops.into_iter().filter_map(|at| topology.hops().get(at)).map(|(id, _)| (*id).clone()).collect()
}

/// The systems that an element is made of: itself, or those in a container.
pub(super) fn members(model: &Model, key: &Key) -> BTreeSet<Id<System>> {
    let stands_in = |system: &System| {
        let own = match key.kind {
            Kind::Domain => system.domain.known().map(Id::key),
            Kind::Boundary => system.boundary.known().map(Id::key),
            Kind::Team => system.owner.known().map(Id::key),
            _ => None,
        };
        own.is_some_and(|own| around_it(model, own).any(|other| other == *key))
    };
    let those = model
        .systems
        .iter()
        .filter(|(id, system)| (key.kind == Kind::System && *id.slug() == key.slug) || stands_in(&system.value));
    those.map(|(id, _)| id.clone()).collect()
}

/// A container and those around it, outwards.
pub(super) fn around_it(model: &Model, key: Key) -> impl Iterator<Item = Key> {
    std::iter::successors(Some(key), |key| outer(model, key)).take(DEEPEST)
}

/// The container that a container stands in.
pub(super) fn outer(model: &Model, key: &Key) -> Option<Key> {
    let slug = key.slug.clone();
    match key.kind {
        Kind::Domain => model.domains.get(&Id::from_slug(slug))?.parent.known().map(Id::key),
        Kind::Boundary => model.boundaries.get(&Id::from_slug(slug))?.parent.known().map(Id::key),
        _ => None,
    }
}

/// How many of some systems stand in each container, at any depth.
pub(super) fn counts(model: &Model, homes: impl Iterator<Item = Key>) -> BTreeMap<Key, usize> {
    let mut direct: BTreeMap<Key, usize> = BTreeMap::new();
    homes.for_each(|key| *direct.entry(key).or_default() += 1);
    let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
    for (key, count) in direct {
        // Containers that lie in a circle count each system once.
        let chain: BTreeSet<Key> = around_it(model, key).collect();
        chain.into_iter().for_each(|key| *counts.entry(key).or_default() += count);
    }
    counts
}
