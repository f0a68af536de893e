//! The graph of a model, on petgraph: neighbours, flows, cycles, chains, reach.
//!
//! Two graphs are built once per revision. In the *system graph* systems are joined by interactions. In the *hop
//! graph* interactions ("hops") are joined where one brings about the next: a flow is a path in it, never a path of
//! systems. Two hops are joined
//!
//! - where the second names the operation or message of the first in its `triggered_by`;
//! - at a gateway, adapter or backbone, where both carry the same part of the same contract;
//! - *possibly*, at any other system but an identity provider, where nobody has asked what triggers the second.
//!
//! A schedule, a user, `triggered_by: None` and replies (`reply_to`) cut. Nobody else in the program walks the graph.
//!
//! Hops are named by their [`At`]: their place in the order of their ids, from 0.

mod around;
mod calls;
mod chains;
mod cycles;
mod together;

use std::{
    collections::{BTreeSet, HashMap},
    sync::OnceLock,
};

use petgraph::{
    Direction,
    graph::{DiGraph, EdgeIndex, NodeIndex},
    visit::{Bfs, Dfs, EdgeRef, Reversed},
};

pub use around::Around;
pub use calls::Calls;
pub use chains::Chain;
pub use cycles::{Cycle, circular};

use crate::model::{
    Contract, Fact, Id, Interaction, InteractionKind, Model, Part, PartName, System, SystemKind, SystemRole, Trigger,
};

/// The place of a hop among all hops, in the order of their ids.
pub type At = usize;

/// The graphs of a model.
pub struct Topology<'m> {
    /// The systems, in the order of their ids; a node's index is its place here.
    ends: Vec<(&'m Id<System>, &'m System)>,
    system_at: HashMap<&'m Id<System>, NodeIndex>,
    /// Both graphs know a hop by its place here.
    hops: Vec<(&'m Id<Interaction>, &'m Interaction)>,
    systems: DiGraph<(), ()>,
    flows: DiGraph<(), Join>,
    calls: OnceLock<Calls>,
}

/// How sure it is that one hop brings about the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Join {
    /// Nobody has asked.
    Possible,
    /// The model says so.
    Certain,
}

impl<'m> Topology<'m> {
    /// Builds the graphs. Interactions whose ends are not in the model are left out.
    pub fn new(model: &'m Model) -> Self {
        let ends: Vec<(&Id<System>, &System)> = model.systems.iter().map(|(id, system)| (id, &*system.value)).collect();
        let mut systems = DiGraph::with_capacity(ends.len(), model.interactions.len());
        let system_at: HashMap<_, _> = ends.iter().map(|(id, _)| (*id, systems.add_node(()))).collect();
        let mut hops = Vec::with_capacity(model.interactions.len());
        for (id, interaction) in &model.interactions {
            let interaction = &*interaction.value;
            let pair = (system_at.get(&interaction.from), system_at.get(&interaction.to));
            if let (Some(from), Some(to)) = pair {
                systems.add_edge(*from, *to, ());
                hops.push((id, interaction));
            }
        }
        let mut topology = Self { ends, system_at, hops, systems, flows: DiGraph::new(), calls: OnceLock::new() };
        topology.flows = topology.joined();
        topology
    }

    fn joined(&self) -> DiGraph<(), Join> {
        let mut flows = DiGraph::with_capacity(self.hops.len(), 2 * self.hops.len());
        (0..self.hops.len()).for_each(|_| _ = flows.add_node(()));
        for at in 0..self.hops.len() {
            for next in self.hops_at(self.nodes(at).1, Direction::Outgoing).filter(|next| *next != at) {
                if let Some(join) = self.join(at, next) {
                    flows.add_edge(NodeIndex::new(at), NodeIndex::new(next), join);
                }
            }
        }
        flows
    }

    fn join(&self, first: At, next: At) -> Option<Join> {
        let through = self.ends[self.nodes(first).1.index()].1;
        let (first, next) = (self.hops[first].1, self.hops[next].1);
        if next.reply_to.is_known() || through.kind == SystemKind::Person {
            return None;
        }
        if let Fact::Known(triggers) = &next.triggered_by {
            let named = triggers.iter().any(|trigger| match trigger {
                Trigger::Operation(by) | Trigger::Message(by) => {
                    carried(first).is_some_and(|(contract, name)| by.contract == *contract && by.name == *name)
                }
                Trigger::Schedule(_) | Trigger::User => false,
            });
            if named {
                return Some(Join::Certain);
            }
        }
        if passes_on(through.kind) {
            return (carried(first).is_some() && carried(first) == carried(next)).then_some(Join::Certain);
        }
        let open = next.triggered_by.is_not_asked() && !through.role.is(&SystemRole::IdentityProvider);
        open.then_some(Join::Possible)
    }

    /// The hops: interactions whose ends are both in the model, in the order of their ids.
    pub fn hops(&self) -> &[(&'m Id<Interaction>, &'m Interaction)] {
        &self.hops
    }

    /// The systems, in the order of their ids.
    pub fn systems(&self) -> &[(&'m Id<System>, &'m System)] {
        &self.ends
    }

    /// The place of a system among the systems.
    pub fn system_at(&self, system: &Id<System>) -> Option<usize> {
        self.system_at.get(system).map(|node| node.index())
    }

    /// The places of the systems that a hop starts and ends at.
    pub fn pair(&self, hop: At) -> (usize, usize) {
        let (from, to) = self.nodes(hop);
        (from.index(), to.index())
    }

    fn nodes(&self, hop: At) -> (NodeIndex, NodeIndex) {
        // Every hop has an edge of its own.
        self.systems.edge_endpoints(EdgeIndex::new(hop)).unwrap_or_default()
    }

    /// The place of a hop.
    pub fn at(&self, id: &Id<Interaction>) -> Option<At> {
        self.hops.binary_search_by(|(other, _)| (*other).cmp(id)).ok()
    }

    /// The hops that start at a system, in order.
    pub fn from(&self, system: &Id<System>) -> impl Iterator<Item = At> {
        self.touching(system, Direction::Outgoing)
    }

    /// The hops that end at a system, in order.
    pub fn to(&self, system: &Id<System>) -> impl Iterator<Item = At> {
        self.touching(system, Direction::Incoming)
    }

    fn touching(&self, system: &Id<System>, direction: Direction) -> impl Iterator<Item = At> {
        self.system_at.get(system).into_iter().flat_map(move |node| self.hops_at(*node, direction))
    }

    fn hops_at(&self, node: NodeIndex, direction: Direction) -> impl Iterator<Item = At> {
        // petgraph tells the last edge first.
        let mut hops: Vec<At> = self.systems.edges_directed(node, direction).map(|edge| edge.id().index()).collect();
        hops.reverse();
        hops.into_iter()
    }

    /// The hops that a hop brings about, in order, and how sure that is.
    pub fn next(&self, hop: At) -> Vec<(At, Join)> {
        self.joins(hop, Direction::Outgoing)
    }

    /// The hops that bring a hop about, in order, and how sure that is.
    pub fn previous(&self, hop: At) -> Vec<(At, Join)> {
        self.joins(hop, Direction::Incoming)
    }

    fn joins(&self, hop: At, direction: Direction) -> Vec<(At, Join)> {
        let edges = self.flows.edges_directed(NodeIndex::new(hop), direction);
        let other = |edge: petgraph::graph::EdgeReference<'_, Join>| match direction {
            Direction::Outgoing => (edge.target().index(), *edge.weight()),
            Direction::Incoming => (edge.source().index(), *edge.weight()),
        };
        let mut joins: Vec<_> = edges.map(other).collect();
        joins.sort_unstable();
        joins
    }

    /// The interactions that start at a system, by id.
    pub fn outgoing(&self, system: &Id<System>) -> Vec<(&'m Id<Interaction>, &'m Interaction)> {
        self.from(system).map(|at| self.hops[at]).collect()
    }

    /// The interactions that end at a system, by id.
    pub fn incoming(&self, system: &Id<System>) -> Vec<(&'m Id<Interaction>, &'m Interaction)> {
        self.to(system).map(|at| self.hops[at]).collect()
    }

    /// The systems that an interaction joins a system to, in either direction.
    pub fn neighbours(&self, system: &Id<System>) -> BTreeSet<&'m Id<System>> {
        let Some(at) = self.system_at.get(system) else { return BTreeSet::new() };
        let around = self.systems.neighbors_undirected(*at);
        around.map(|node| self.ends[node.index()].0).filter(|id| *id != system).collect()
    }

    /// Every system from which an interaction leads here, directly or through others.
    pub fn dependants(&self, system: &Id<System>) -> BTreeSet<&'m Id<System>> {
        let Some(at) = self.system_at.get(system) else { return BTreeSet::new() };
        let reversed = Reversed(&self.systems);
        let mut walk = Dfs::new(reversed, *at);
        let mut found = BTreeSet::new();
        while let Some(node) = walk.next(reversed) {
            found.insert(self.ends[node.index()].0);
        }
        found.remove(system);
        found
    }

    /// How many systems have an interaction that leads straight to a system, by the places of the systems.
    pub fn direct_dependants(&self) -> Vec<usize> {
        let callers = |node| self.systems.neighbors_directed(node, Direction::Incoming).collect::<BTreeSet<_>>().len();
        self.systems.node_indices().map(callers).collect()
    }

    /// Who receives a message in the end: subscribers behind backbones, and receivers of direct events.
    pub fn consumers(&self, message: &Part) -> BTreeSet<&'m Id<System>> {
        self.carriers(message).filter(|(_, i)| !self.is(&i.to, SystemKind::Backbone)).map(|(_, i)| &i.to).collect()
    }

    /// Who sends a message in the first place.
    pub fn publishers(&self, message: &Part) -> BTreeSet<&'m Id<System>> {
        self.carriers(message).filter(|(_, i)| !self.is(&i.from, SystemKind::Backbone)).map(|(_, i)| &i.from).collect()
    }

    fn carriers(&self, message: &Part) -> impl Iterator<Item = &(&'m Id<Interaction>, &'m Interaction)> {
        self.hops.iter().filter(move |(_, i)| {
            i.kind == InteractionKind::Event && carried(i) == Some((&message.contract, &message.name))
        })
    }

    fn is(&self, system: &Id<System>, kind: SystemKind) -> bool {
        self.system_at.get(system).is_some_and(|node| self.ends[node.index()].1.kind == kind)
    }

    /// Everything that a hop brings about, itself first, breadth first.
    pub fn flow_from(&self, hop: &Id<Interaction>) -> Vec<&'m Id<Interaction>> {
        let Some(at) = self.at(hop) else { return Vec::new() };
        let mut walk = Bfs::new(&self.flows, NodeIndex::new(at));
        let mut found = Vec::new();
        while let Some(node) = walk.next(&self.flows) {
            found.push(self.hops[node.index()].0);
        }
        found
    }

    /// Where what a hop carries arrives in the end, past the gateways, adapters and backbones that pass it on: the
    /// last hops of its ways, in order. A hop that nothing passes on arrives itself.
    pub fn arrivals(&self, hop: At) -> Vec<At> {
        self.ways(hop, Direction::Outgoing)
    }

    /// Where what a hop carries comes from in the first place, before the gateways, adapters and backbones that passed
    /// it on: the first hops of its ways, in order.
    pub fn origins(&self, hop: At) -> Vec<At> {
        self.ways(hop, Direction::Incoming)
    }

    fn ways(&self, hop: At, direction: Direction) -> Vec<At> {
        let mut seen = BTreeSet::from([hop]);
        let (mut open, mut last) = (vec![hop], BTreeSet::new());
        while let Some(at) = open.pop() {
            let (from, to) = self.nodes(at);
            let node = if direction == Direction::Outgoing { to } else { from };
            let goes_on = passes_on(self.ends[node.index()].1.kind);
            let same = |next: &At| goes_on && carried(self.hops[*next].1) == carried(self.hops[at].1);
            let next = self.joins(at, direction).into_iter().filter(|(_, join)| *join == Join::Certain);
            let next: Vec<At> = next.map(|(next, _)| next).filter(same).collect();
            if next.is_empty() {
                last.insert(at);
            }
            open.extend(next.into_iter().filter(|next| seen.insert(*next)));
        }
        last.into_iter().collect()
    }
}

/// The operation or message that an interaction carries, with its contract.
pub fn carried(interaction: &Interaction) -> Option<(&Id<Contract>, &PartName)> {
    let contract = interaction.contract.known()?;
    let name = interaction.operation.known().or_else(|| interaction.message.known())?;
    Some((contract, name))
}

/// Whether the caller waits for the other side to do its work. Declared callbacks and events, webhooks among them, tell
/// and do not ask.
pub fn waits_for(interaction: &Interaction) -> bool {
    interaction.is_synchronous() && !interaction.reply_to.is_known() && interaction.kind != InteractionKind::Event
}

/// Whether a kind of system passes on what it gets: a gateway, adapter or backbone.
pub fn passes_on(kind: SystemKind) -> bool {
    matches!(kind, SystemKind::Gateway | SystemKind::Adapter | SystemKind::Backbone)
}
