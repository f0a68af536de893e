//! What is to be drawn: a model as boxes, frames and lines with sizes, before anyone knows where they stand.

use std::collections::{BTreeMap, BTreeSet};

use super::{Container, Edge, Graph, Node, Posture, Spot, Title};
use crate::{
    model::{
        AccessMode, Filter, Grouping, Id, InteractionKind, Key, Kind, Model, Permanence, Purpose, Step, Store, System,
        SystemKind, Transport, Way,
    },
    text::{self, Face},
    topology::Topology,
};

/// Size of a box's name.
pub const TITLE_SIZE: f32 = 14.0;
/// Size of captions and labels.
pub const CAPTION_SIZE: f32 = 11.0;
/// Size of a frame's name.
pub const FRAME_SIZE: f32 = 13.0;
/// Side of the square that holds a label's letter.
pub const LETTER: f32 = 15.0;
/// A box is no wider; longer names are shortened.
const WIDEST: f32 = 232.0;
const BOX_HEIGHT: i32 = 56;
/// Pins farther from the origin count as this far.
const FARTHEST: i32 = 1_000_000;

/// What a box is, for its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// A system.
    System(SystemKind),
    /// A store.
    Store,
}

/// A box that is to be drawn.
#[derive(Clone, Debug)]
pub struct PlannedNode {
    /// The record it stands for.
    pub key: Key,
    /// What it is.
    pub kind: NodeKind,
    /// Its name, no longer than the box.
    pub title: String,
    /// Its second line; may be empty.
    pub caption: String,
    /// Whether it is a member of a mesh.
    pub in_mesh: bool,
    /// Its name in full, for assistive technology.
    pub name: String,
}

/// A frame that is to be drawn.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The domain, boundary or team.
    pub key: Key,
    /// Its name.
    pub title: String,
    /// What stands at the right end of its title line: the owner, or how far it is trusted.
    pub aside: String,
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// An interaction of a kind.
    Interaction(InteractionKind),
    /// A system reaches a store that is its own, or reads another's.
    Access,
    /// A system writes a store that is not its own.
    DirectWrite,
}

/// A line that is to be drawn, and all that it stands for.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// Its name in machine-readable output: the first interaction, or `access:SYSTEM:STORE`.
    pub id: String,
    /// What it stands for: interactions of one kind between the same two systems, or a store.
    pub members: Vec<Key>,
    /// How it looks.
    pub look: Look,
    /// Its label; empty for none.
    pub label: String,
    /// What it says in full, for assistive technology.
    pub name: String,
}

/// A model as boxes, frames and lines.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The same for the layout engine, index by index.
    pub graph: Graph,
    /// The boxes.
    pub nodes: Vec<PlannedNode>,
    /// The frames.
    pub frames: Vec<Frame>,
    /// The lines.
    pub bundles: Vec<Bundle>,
}

impl Plan {
    /// Plans a diagram of what a filter leaves, in frames, with some boxes pinned.
    pub fn new(model: &Model, grouping: Grouping, filter: &Filter, pins: &BTreeMap<Key, (i32, i32)>) -> Self {
        let mut planner =
            Planner { model, grouping, pins, plan: Self::default(), at: BTreeMap::new(), frame_at: BTreeMap::new() };
        let shown = shown(model, filter);
        planner.frames(&shown);
        planner.systems(&shown);
        planner.stores();
        planner.interactions();
        planner.accesses();
        planner.plan
    }

    /// The plan of a whole model.
    pub fn landscape(model: &Model, grouping: Grouping) -> Self {
        Self::new(model, grouping, &Filter::default(), &BTreeMap::new())
    }
}

/// The systems that a filter leaves.
fn shown(model: &Model, filter: &Filter) -> BTreeSet<Id<System>> {
    let topology = Topology::new(model);
    let inside = |system: &System| {
        let mut next = system.domain.known();
        for _ in 0..=model.domains.len() {
            let Some(id) = next else { return false };
            if filter.domains.contains(id) {
                return true;
            }
            next = model.domains.get(id).and_then(|domain| domain.parent.known());
        }
        false
    };
    let near: Option<BTreeSet<Id<System>>> = filter.around.known().map(|key| around(model, &topology, key, filter));
    let on_flow = filter.flow.known().and_then(|flow| model.flows.get(flow)).map(|flow| {
        let steps = flow.steps.iter().flat_map(Step::interactions);
        let interactions = steps.filter_map(|id| model.interactions.get(id));
        interactions.flat_map(|i| [i.from.clone(), i.to.clone()]).collect::<BTreeSet<_>>()
    });
    let keep = |(id, system): &(&Id<System>, &System)| {
        (filter.domains.is_empty() || inside(system))
            && (filter.kinds.is_empty() || filter.kinds.contains(&system.kind))
            && near.as_ref().is_none_or(|near| near.contains(*id))
            && on_flow.as_ref().is_none_or(|flow| flow.contains(*id))
    };
    model.systems.iter().map(|(id, stored)| (id, &*stored.value)).filter(keep).map(|(id, _)| id.clone()).collect()
}

/// The systems within so many hops of an element; one hop if nothing is said.
fn around(model: &Model, topology: &Topology<'_>, key: &Key, filter: &Filter) -> BTreeSet<Id<System>> {
    let slug = key.slug.clone();
    let start: Vec<Id<System>> = match key.kind {
        Kind::System => vec![Id::from_slug(slug)],
        Kind::Interaction => {
            let found = model.interactions.get(&Id::from_slug(slug));
            found.map(|i| vec![i.from.clone(), i.to.clone()]).unwrap_or_default()
        }
        Kind::Store => {
            let found = model.stores.get(&Id::from_slug(slug));
            found
                .map(|s| s.accesses.iter().map(|a| &a.system).chain(s.owner.known()).cloned().collect())
                .unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let mut reached: BTreeSet<Id<System>> = start.into_iter().collect();
    for _ in 0..filter.hops.known().copied().unwrap_or(1).min(64) {
        let next: Vec<_> = reached.iter().flat_map(|id| topology.neighbours(id)).cloned().collect();
        reached.extend(next);
    }
    reached
}

struct Planner<'a> {
    model: &'a Model,
    grouping: Grouping,
    pins: &'a BTreeMap<Key, (i32, i32)>,
    plan: Plan,
    at: BTreeMap<Key, usize>,
    frame_at: BTreeMap<Key, usize>,
}

impl Planner<'_> {
    /// The frame that a system stands in.
    fn frame_of(&self, system: &System) -> Option<Key> {
        if system.kind == SystemKind::Backbone {
            return None;
        }
        match self.grouping {
            Grouping::Domain => system.domain.known().map(Id::key),
            Grouping::Boundary => system.boundary.known().map(Id::key),
            Grouping::Team => system.owner.known().map(Id::key),
            Grouping::None => None,
        }
    }

    fn outer(&self, key: &Key) -> Option<Key> {
        let slug = key.slug.clone();
        match key.kind {
            Kind::Domain => self.model.domains.get(&Id::from_slug(slug))?.parent.known().map(Id::key),
            Kind::Boundary => self.model.boundaries.get(&Id::from_slug(slug))?.parent.known().map(Id::key),
            _ => None,
        }
    }

    fn frames(&mut self, shown: &BTreeSet<Id<System>>) {
        let systems = shown.iter().filter_map(|id| self.model.system(id));
        let wanted: BTreeSet<Key> = systems.filter_map(|system| self.frame_of(system)).collect();
        for key in wanted {
            self.frame(&key, 0);
        }
    }

    /// Adds a frame and those around it; parents first.
    fn frame(&mut self, key: &Key, depth: usize) -> Option<usize> {
        if let Some(at) = self.frame_at.get(key) {
            return Some(*at);
        }
        if depth > 32 || !self.model.contains(key) {
            return None;
        }
        let parent = self.outer(key).and_then(|outer| self.frame(&outer, depth + 1));
        // Domains that lie in a circle of parents come by here twice.
        if let Some(at) = self.frame_at.get(key) {
            return Some(*at);
        }
        let title = self.model.name(key);
        let aside = self.aside(key);
        let wide = |face, size, words: &str| text::width(face, size, words).ceil() as i32;
        let (name, beside) = (wide(Face::SemiBold, FRAME_SIZE, &title), wide(Face::Regular, CAPTION_SIZE, &aside));
        let line = Title { name: name + 16, aside: beside, height: 44 };
        self.plan.graph.containers.push(Container { parent, title: line });
        self.plan.frames.push(Frame { key: key.clone(), title, aside });
        let at = self.plan.frames.len() - 1;
        self.frame_at.insert(key.clone(), at);
        Some(at)
    }

    fn aside(&self, key: &Key) -> String {
        let slug = key.slug.clone();
        match key.kind {
            Kind::Domain => {
                let owner = self.model.domains.get(&Id::from_slug(slug)).and_then(|domain| domain.owner.known());
                owner.map(|owner| self.model.name_of(owner)).unwrap_or_default()
            }
            Kind::Boundary => {
                let trust = self.model.boundaries.get(&Id::from_slug(slug)).map(|boundary| boundary.trust);
                trust.map(|trust| trust.word().to_owned()).unwrap_or_default()
            }
            _ => String::new(),
        }
    }

    fn systems(&mut self, shown: &BTreeSet<Id<System>>) {
        for id in shown {
            let Some(system) = self.model.system(id) else { continue };
            let parent = self.frame_of(system).and_then(|key| self.frame_at.get(&key).copied());
            let posture = if system.kind == SystemKind::Backbone { Posture::Bar } else { Posture::Box };
            let caption = caption(self.model, system);
            self.node(&id.key(), NodeKind::System(system.kind), &system.name, &caption, parent, posture);
            if let Some(node) = self.plan.nodes.last_mut() {
                node.in_mesh = system.mesh.is_known();
            }
        }
    }

    fn node(&mut self, key: &Key, kind: NodeKind, name: &str, caption: &str, parent: Option<usize>, posture: Posture) {
        let bar = posture == Posture::Bar;
        let (face, size) = if kind == NodeKind::Store { (Face::Regular, 12.0) } else { (Face::SemiBold, TITLE_SIZE) };
        let pad = if bar { 48.0 } else { 28.0 };
        let room = WIDEST - pad;
        let title = text::shorten(face, size, name, room);
        let caption = text::shorten(Face::Regular, CAPTION_SIZE, caption, room);
        let widths = (text::width(face, size, &title), text::width(Face::Regular, CAPTION_SIZE, &caption));
        let wide = if bar { widths.0 + widths.1 + 8.0 } else { widths.0.max(widths.1) };
        let least = if kind == NodeKind::Store { 112 } else { 144 };
        let width = ((wide + pad).ceil() as i32).max(least);
        // Even numbers of grid steps, so that middles are whole numbers.
        let width = (width + 7) / 8 * 8;
        let height = match (kind, bar) {
            (NodeKind::Store, _) => 48,
            (_, true) => 44,
            _ => BOX_HEIGHT,
        };
        self.at.insert(key.clone(), self.plan.nodes.len());
        // What a person cannot have meant would overflow the arithmetic of places.
        let near = |value: i32| value.clamp(-FARTHEST, FARTHEST);
        let pin: Option<Spot> = self.pins.get(key).map(|(x, y)| (near(*x), near(*y)));
        self.plan.graph.nodes.push(Node { size: (width, height), parent, pin, posture });
        let full = if caption.is_empty() { name.to_owned() } else { format!("{name}, {caption}") };
        self.plan.nodes.push(PlannedNode { key: key.clone(), kind, title, caption, in_mesh: false, name: full });
    }

    /// Stores of systems that are shown, and stores that somebody shown reaches.
    fn stores(&mut self) {
        for (id, store) in &self.model.stores {
            let host = store.owner.known().and_then(|owner| self.at.get(&owner.key()).copied());
            let reached =
                reaches(self.model, id, &store.value).keys().any(|system| self.at.contains_key(&system.key()));
            if host.is_none() && !reached {
                continue;
            }
            let parent = host.and_then(|host| self.plan.graph.nodes[host].parent);
            let boxed = host.filter(|host| self.plan.graph.nodes[*host].posture == Posture::Box);
            let posture = boxed.map_or(Posture::Box, Posture::Beside);
            self.node(&id.key(), NodeKind::Store, &store.name, "", parent, posture);
        }
    }

    fn interactions(&mut self) {
        let mut bundles: BTreeMap<(usize, usize, InteractionKind), Vec<Key>> = BTreeMap::new();
        for (id, interaction) in &self.model.interactions {
            let ends = (self.at.get(&interaction.from.key()), self.at.get(&interaction.to.key()));
            if let (Some(from), Some(to)) = ends {
                bundles.entry((*from, *to, interaction.kind)).or_default().push(id.key());
            }
        }
        for ((from, to, kind), members) in bundles {
            let words: Vec<String> = members.iter().map(|key| carried(self.model, key)).collect();
            let mut named: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
            named.dedup();
            let label = match (named.first(), named.len()) {
                (None, _) => String::new(),
                (Some(first), 1) => (*first).to_owned(),
                (Some(first), more) => format!("{first} +{}", more - 1),
            };
            let label = text::shorten(Face::Regular, CAPTION_SIZE, &label, 150.0);
            let name = |at: usize| self.plan.nodes[at].name.split(',').next().unwrap_or_default().to_owned();
            let full = format!("{} to {}: {} {}", name(from), name(to), kind.word(), named.join(", "));
            let id = members.first().map(Key::to_string).unwrap_or_default();
            self.line(
                from,
                to,
                Bundle { id, members, look: Look::Interaction(kind), label, name: full.trim_end().to_owned() },
            );
        }
    }

    fn accesses(&mut self) {
        for (id, store) in &self.model.stores {
            let Some(to) = self.at.get(&id.key()).copied() else { continue };
            for (system, writes) in reaches(self.model, id, &store.value) {
                let Some(from) = self.at.get(&system.key()).copied() else { continue };
                let look = if writes { Look::DirectWrite } else { Look::Access };
                let label = if writes { "direct write" } else { "" };
                let verb = if writes { "writes directly" } else { "reaches" };
                let name = format!("{} {verb} {}", self.model.name_of(&system), store.name);
                let id = format!("access:{system}:{id}");
                let members = vec![self.plan.nodes[to].key.clone()];
                self.line(from, to, Bundle { id, members, look, label: label.to_owned(), name });
            }
        }
    }

    fn line(&mut self, from: usize, to: usize, bundle: Bundle) {
        let ranks = matches!(bundle.look, Look::Interaction(_));
        let width = text::width(Face::Regular, CAPTION_SIZE, &bundle.label);
        // The letter of the kind stands before the words, and alone where nothing is named.
        let words = if bundle.label.is_empty() { 0.0 } else { width + 10.0 };
        let letter = if ranks { LETTER + 6.0 } else { 0.0 };
        let label = (words + letter > 0.0).then_some(((words + letter).ceil() as i32, 20));
        self.plan.graph.edges.push(Edge { from, to: vec![to], label, ranks });
        self.plan.bundles.push(bundle);
    }
}

/// The systems that reach a store, and whether they write although it is not theirs. The owner is among them.
fn reaches(model: &Model, id: &Id<Store>, store: &Store) -> BTreeMap<Id<System>, bool> {
    let mut reaches: BTreeMap<Id<System>, bool> =
        store.owner.known().map(|owner| (owner.clone(), false)).into_iter().collect();
    let foreign = |system: &Id<System>| {
        let deployable = |id: &Id<System>| model.system(id).and_then(|system| system.part_of.known().cloned());
        store.owner.known().is_some_and(|owner| {
            owner != system && (deployable(owner).is_none() || deployable(owner) != deployable(system))
        })
    };
    for access in &store.accesses {
        let harmless = access.purpose.known().is_some_and(|purpose| *purpose != Purpose::Analytics);
        let wrong = access.mode == AccessMode::Write && !harmless && foreign(&access.system);
        *reaches.entry(access.system.clone()).or_default() |= wrong;
    }
    for entity in model.entities.values() {
        for access in entity.accesses.iter().filter(|access| access.through.is(&Way::Store(id.clone()))) {
            let wrong = access.rights.iter().any(|right| right.writes()) && foreign(&access.system);
            *reaches.entry(access.system.clone()).or_default() |= wrong;
        }
    }
    reaches
}

/// What an interaction carries, in a word: the operation or message, and that it is a file.
fn carried(model: &Model, key: &Key) -> String {
    let Some(interaction) = model.interactions.get(&Id::from_slug(key.slug.clone())) else { return String::new() };
    let part = interaction.operation.known().or_else(|| interaction.message.known()).map(ToString::to_string);
    match (part, interaction.transport.is(&Transport::File)) {
        (Some(part), true) => format!("{part} · file"),
        (Some(part), false) => part,
        (None, true) => "file".to_owned(),
        (None, false) => String::new(),
    }
}

/// The second line of a box: what it is, and the one fact that matters now.
fn caption(model: &Model, system: &System) -> String {
    let word = system.kind.word();
    let word = word.strip_suffix(" system").unwrap_or(word);
    let kind = text::capital(word);
    let retires = system.lifecycle.retires_on.known().map(|date| format!("retires {}", month(&date.to_string())));
    let temporary = system.permanence.is(&Permanence::Temporary).then(|| "temporary".to_owned());
    let technology = || system.technology.known().map(ToString::to_string);
    let boundary = || system.boundary.known().map(|id| model.name_of(id));
    let fact = temporary.or(retires).or_else(technology).or_else(boundary);
    fact.map_or(kind.clone(), |fact| format!("{kind} · {fact}"))
}

/// `2027-06-30` → `2027-06`: on a box, the month is enough.
fn month(date: &str) -> &str {
    date.get(..7).unwrap_or(date)
}
