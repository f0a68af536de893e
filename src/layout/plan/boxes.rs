//! Frames and boxes: what stands where, what is collapsed, and how much room the words need.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    CAPTION_SIZE, FRAME_SIZE, Folds, Frame, NodeKind, Plan, PlannedNode, TITLE_SIZE,
    choice::{Choice, DEEPEST, Stores, counts, outer},
    stores::{Reachers, Reaches},
    words,
};
use crate::{
    layout::{Container, Node, Posture, Spot, Title},
    model::{Grouping, Id, Key, Model, Store, System, SystemKind},
    text::{self, Face},
};

/// A box is no wider; longer names are shortened.
const WIDEST: f32 = 232.0;
const BOX_HEIGHT: i32 = 56;
const GROUP_HEIGHT: i32 = 72;
/// Pins farther from the origin count as this far.
const FARTHEST: i32 = 1_000_000;

pub(super) struct Planner<'a> {
    pub(super) model: &'a Model,
    pub(super) choice: &'a Choice,
    pub(super) reaches: Reaches,
    pub(super) plan: Plan,
    grouping: Grouping,
    pins: &'a BTreeMap<Key, (i32, i32)>,
    folds: &'a Folds,
    /// Where each container is seen.
    seen: BTreeMap<Key, Seen>,
    /// How many systems stand in each container.
    counts: BTreeMap<Key, usize>,
    /// How many of them the diagram is about.
    middle: BTreeMap<Key, usize>,
}

/// How a container is seen.
#[derive(Clone, Copy)]
enum Seen {
    /// As a frame.
    Open(usize),
    /// As a box, or in the box of a container around it.
    In(usize),
}

/// What a box looks like and where it belongs.
struct Wanted<'w> {
    key: &'w Key,
    kind: NodeKind,
    name: &'w str,
    caption: &'w str,
    parent: Option<usize>,
    posture: Posture,
}

/// The container that a system stands in. Backbones join the others and stand in none.
pub(super) fn home(grouping: Grouping, system: &System) -> Option<Key> {
    if system.kind == SystemKind::Backbone {
        return None;
    }
    match grouping {
        Grouping::Domain => system.domain.known().map(Id::key),
        Grouping::Boundary => system.boundary.known().map(Id::key),
        Grouping::Team => system.owner.known().map(Id::key),
        Grouping::None => None,
    }
}

impl<'a> Planner<'a> {
    pub(super) fn new(
        model: &'a Model,
        grouping: Grouping,
        choice: &'a Choice,
        pins: &'a BTreeMap<Key, (i32, i32)>,
        folds: &'a Folds,
    ) -> Self {
        let homes = |ids: &'a BTreeSet<Id<System>>| {
            counts(model, ids.iter().filter_map(|id| home(grouping, model.system(id)?)))
        };
        Self {
            model,
            choice,
            reaches: Reaches::of(model),
            plan: Plan::default(),
            grouping,
            pins,
            folds,
            seen: BTreeMap::new(),
            counts: homes(&choice.systems),
            middle: homes(&choice.middle),
        }
    }

    pub(super) fn frames(&mut self) {
        let systems = self.choice.systems.iter().filter_map(|id| self.model.system(id));
        let wanted: BTreeSet<Key> = systems.filter_map(|system| home(self.grouping, system)).collect();
        for key in wanted {
            self.container(&key, 0);
        }
    }

    /// Adds a container and those around it; parents first.
    fn container(&mut self, key: &Key, depth: usize) -> Option<Seen> {
        if let Some(seen) = self.seen.get(key) {
            return Some(*seen);
        }
        if depth > DEEPEST || !self.model.contains(key) {
            return None;
        }
        let outer = outer(self.model, key);
        let parent = outer.as_ref().and_then(|outer| self.container(outer, depth + 1));
        // Domains that lie in a circle of parents come by here twice.
        if let Some(seen) = self.seen.get(key) {
            return Some(*seen);
        }
        let frame = match parent {
            Some(Seen::In(_)) => None,
            Some(Seen::Open(at)) => Some(Some(at)),
            None => Some(None),
        };
        let seen = match (parent, frame) {
            (Some(hidden), None) => hidden,
            (_, parent) => {
                let parent = parent.flatten();
                let around = outer.filter(|_| parent.is_some()).and_then(|outer| self.counts.get(&outer).copied());
                // What the diagram is about is never hidden but by a person.
                let about = !self.choice.middle.is_empty()
                    && self.middle.get(key).is_some_and(|count| *count == self.choice.middle.len());
                let around = if about { 0 } else { around.unwrap_or(self.choice.systems.len()) };
                if self.folds.is_collapsed(key, around) { self.group(key, parent) } else { self.frame(key, parent) }
            }
        };
        self.seen.insert(key.clone(), seen);
        Some(seen)
    }

    fn frame(&mut self, key: &Key, parent: Option<usize>) -> Seen {
        let title = self.model.name(key);
        let aside = words::aside(self.model, key);
        let wide = |face, size, words: &str| text::width(face, size, words).ceil() as i32;
        let (name, beside) = (wide(Face::SemiBold, FRAME_SIZE, &title), wide(Face::Regular, CAPTION_SIZE, &aside));
        let line = Title { name: name + 16, aside: beside, height: 44 };
        self.plan.graph.containers.push(Container { parent, title: line });
        self.plan.frames.push(Frame { key: key.clone(), title, aside });
        Seen::Open(self.plan.frames.len() - 1)
    }

    fn group(&mut self, key: &Key, parent: Option<usize>) -> Seen {
        let aside = words::aside(self.model, key);
        let count = words::systems(self.counts.get(key).copied().unwrap_or_default());
        let caption = if aside.is_empty() { count } else { format!("{count} · {aside}") };
        let name = self.model.name(key);
        let posture = Posture::Box;
        Seen::In(self.node(&Wanted { key, kind: NodeKind::Group, name: &name, caption: &caption, parent, posture }))
    }

    pub(super) fn systems(&mut self) {
        for id in &self.choice.systems {
            let Some(system) = self.model.system(id) else { continue };
            let key = id.key();
            let parent = match home(self.grouping, system).and_then(|home| self.seen.get(&home).copied()) {
                Some(Seen::In(at)) => {
                    self.hide(key, at);
                    continue;
                }
                Some(Seen::Open(at)) => Some(at),
                None => None,
            };
            let posture = if system.kind == SystemKind::Backbone { Posture::Bar } else { Posture::Box };
            let (kind, caption) = (NodeKind::System(system.kind), words::caption(self.model, system));
            let at = self.node(&Wanted { key: &key, kind, name: &system.name, caption: &caption, parent, posture });
            self.plan.nodes[at].in_mesh = system.mesh.is_known();
            self.plan.places.insert(key, at);
        }
    }

    /// Shows a system or store in the box of a container.
    fn hide(&mut self, key: Key, at: usize) {
        self.plan.nodes[at].holds.push(key.clone());
        self.plan.places.insert(key, at);
    }

    pub(super) fn is_group(&self, at: usize) -> bool {
        self.plan.nodes.get(at).is_some_and(|node| node.kind == NodeKind::Group)
    }

    pub(super) fn place(&self, system: &Id<System>) -> Option<usize> {
        self.plan.places.get(&system.key()).copied()
    }

    pub(super) fn stores(&mut self) {
        for (id, store) in &self.model.stores {
            let reachers = self.reaches.of_store(id);
            let drawn = match self.choice.stores {
                Stores::All => true,
                Stores::OfMiddle => reachers.keys().any(|system| self.choice.middle.contains(system)),
                Stores::None => false,
            };
            let places: BTreeSet<usize> = reachers.keys().filter_map(|system| self.place(system)).collect();
            if drawn && !places.is_empty() {
                self.store(id, store, &places);
            }
        }
    }

    /// A store stands beside its owner, and is hidden with it; one without an owner, with all that reach it.
    fn store(&mut self, id: &Id<Store>, store: &Store, places: &BTreeSet<usize>) {
        let key = id.key();
        let host = store.owner.known().and_then(|owner| self.place(owner));
        let alone = places.first().copied().filter(|_| places.len() == 1);
        if let Some(at) = host.or(alone).filter(|at| self.is_group(*at)) {
            return self.hide(key, at);
        }
        let parent = host.and_then(|host| self.plan.graph.nodes[host].parent);
        let boxed = host.filter(|host| self.plan.graph.nodes[*host].posture == Posture::Box);
        let posture = boxed.map_or(Posture::Box, Posture::Beside);
        let kind = NodeKind::Store;
        let at = self.node(&Wanted { key: &key, kind, name: &store.name, caption: "", parent, posture });
        self.plan.places.insert(key, at);
    }

    fn node(&mut self, wanted: &Wanted<'_>) -> usize {
        let Wanted { key, kind, name, caption, parent, posture } = *wanted;
        let bar = posture == Posture::Bar;
        let (face, size) = if kind == NodeKind::Store { (Face::Regular, 12.0) } else { (Face::SemiBold, TITLE_SIZE) };
        let pad = match kind {
            _ if bar => 48.0,
            NodeKind::Group => 44.0,
            _ => 28.0,
        };
        let room = WIDEST - pad;
        let title = text::shorten(face, size, name, room);
        let short = text::shorten(Face::Regular, CAPTION_SIZE, caption, room);
        let widths = (text::width(face, size, &title), text::width(Face::Regular, CAPTION_SIZE, &short));
        let wide = if bar { widths.0 + widths.1 + 8.0 } else { widths.0.max(widths.1) };
        let (least, height) = match (kind, bar) {
            (NodeKind::Store, _) => (112, 48),
            (NodeKind::Group, _) => (176, GROUP_HEIGHT),
            (_, true) => (144, 44),
            _ => (144, BOX_HEIGHT),
        };
        let width = ((wide + pad).ceil() as i32).max(least);
        // Even numbers of grid steps, so that middles are whole numbers.
        let width = (width + 7) / 8 * 8;
        // What a person cannot have meant would overflow the arithmetic of places.
        let near = |value: i32| value.clamp(-FARTHEST, FARTHEST);
        let pin: Option<Spot> = self.pins.get(key).map(|(x, y)| (near(*x), near(*y)));
        self.plan.graph.nodes.push(Node { size: (width, height), parent, pin, posture });
        let full = match (short.is_empty(), kind) {
            (true, _) => name.to_owned(),
            (_, NodeKind::Group) => format!("{name}, collapsed, {caption}"),
            _ => format!("{name}, {short}"),
        };
        let (key, caption, holds) = (key.clone(), short, Vec::new());
        self.plan.nodes.push(PlannedNode { key, kind, title, caption, in_mesh: false, name: full, holds });
        self.plan.nodes.len() - 1
    }

    /// Who reaches a store, cloned so that lines can be added meanwhile.
    pub(super) fn reachers(&self, store: &Id<Store>) -> Reachers {
        self.reaches.of_store(store).clone()
    }
}
