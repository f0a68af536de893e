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

use std::collections::{BTreeMap, BTreeSet};

use petgraph::{
    Direction,
    algo::{condensation, tarjan_scc, toposort},
    graph::{DiGraph, NodeIndex},
    unionfind::UnionFind,
    visit::{Bfs, Dfs, EdgeRef, Reversed},
};

use crate::model::{Fact, Id, Interaction, InteractionKind, Model, Part, System, SystemKind, SystemRole, Trigger};

/// The graphs of a model.
pub struct Topology<'m> {
    model: &'m Model,
    systems: DiGraph<&'m Id<System>, &'m Id<Interaction>>,
    system_at: BTreeMap<&'m Id<System>, NodeIndex>,
    hops: DiGraph<&'m Id<Interaction>, Join>,
    hop_at: BTreeMap<&'m Id<Interaction>, NodeIndex>,
}

/// How sure it is that one hop brings about the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Join {
    /// Nobody has asked.
    Possible,
    /// The model says so.
    Certain,
}

/// Hops in a row, each bringing about the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The hops, in order.
    pub hops: Vec<Id<Interaction>>,
    /// Whether every join is certain.
    pub join: Join,
}

/// Systems that call each other in a circle within one flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// All systems of the strongly connected set.
    pub systems: BTreeSet<Id<System>>,
    /// A shortest circle through them, each hop bringing about the next.
    pub shortest: Vec<Id<Interaction>>,
    /// Whether every join of that circle is certain.
    pub join: Join,
}

impl<'m> Topology<'m> {
    /// Builds the graphs. Interactions whose ends are not in the model are left out.
    pub fn new(model: &'m Model) -> Self {
        let mut systems = DiGraph::new();
        let system_at: BTreeMap<_, _> = model.systems.keys().map(|id| (id, systems.add_node(id))).collect();
        let mut hops = DiGraph::new();
        let mut hop_at = BTreeMap::new();
        for (id, interaction) in &model.interactions {
            let ends = (system_at.get(&interaction.from), system_at.get(&interaction.to));
            if let (Some(from), Some(to)) = ends {
                systems.add_edge(*from, *to, id);
                hop_at.insert(id, hops.add_node(id));
            }
        }
        let mut topology = Self { model, systems, system_at, hops, hop_at };
        topology.join_hops();
        topology
    }

    fn join_hops(&mut self) {
        let mut joins = Vec::new();
        for (id, first) in &self.model.interactions {
            let Some(at) = self.hop_at.get(id) else { continue };
            for (next_id, next) in self.outgoing(&first.to) {
                if next_id != id
                    && let Some(join) = self.joins(first, next)
                {
                    joins.push((*at, self.hop_at[next_id], join));
                }
            }
        }
        for (from, to, join) in joins {
            self.hops.add_edge(from, to, join);
        }
    }

    fn joins(&self, first: &Interaction, next: &Interaction) -> Option<Join> {
        let through = self.model.system(&first.to)?;
        if next.reply_to.is_known() || through.kind == SystemKind::Person {
            return None;
        }
        let part = first.part();
        if let Fact::Known(triggers) = &next.triggered_by {
            let named = triggers.iter().any(|trigger| match trigger {
                Trigger::Operation(by) | Trigger::Message(by) => part.as_ref() == Some(by),
                Trigger::Schedule(_) | Trigger::User => false,
            });
            if named {
                return Some(Join::Certain);
            }
        }
        if passes_on(through.kind) {
            return (part.is_some() && part == next.part()).then_some(Join::Certain);
        }
        let open = next.triggered_by.is_not_asked() && !through.role.is(&SystemRole::IdentityProvider);
        open.then_some(Join::Possible)
    }

    /// The interactions that start at a system, by id.
    pub fn outgoing(&self, system: &Id<System>) -> Vec<(&'m Id<Interaction>, &'m Interaction)> {
        self.edges(system, Direction::Outgoing)
    }

    /// The interactions that end at a system, by id.
    pub fn incoming(&self, system: &Id<System>) -> Vec<(&'m Id<Interaction>, &'m Interaction)> {
        self.edges(system, Direction::Incoming)
    }

    fn edges(&self, system: &Id<System>, direction: Direction) -> Vec<(&'m Id<Interaction>, &'m Interaction)> {
        let Some(at) = self.system_at.get(system) else { return Vec::new() };
        let mut ids: Vec<_> = self.systems.edges_directed(*at, direction).map(|edge| *edge.weight()).collect();
        ids.sort();
        ids.into_iter().filter_map(|id| self.model.interactions.get(id).map(|stored| (id, &*stored.value))).collect()
    }

    /// The systems that an interaction joins a system to, in either direction.
    pub fn neighbours(&self, system: &Id<System>) -> BTreeSet<&'m Id<System>> {
        let Some(at) = self.system_at.get(system) else { return BTreeSet::new() };
        self.systems.neighbors_undirected(*at).map(|node| self.systems[node]).filter(|id| *id != system).collect()
    }

    /// Every system from which an interaction leads here, directly or through others.
    pub fn dependants(&self, system: &Id<System>) -> BTreeSet<&'m Id<System>> {
        let Some(at) = self.system_at.get(system) else { return BTreeSet::new() };
        let reversed = Reversed(&self.systems);
        let mut walk = Dfs::new(reversed, *at);
        let mut found = BTreeSet::new();
        while let Some(node) = walk.next(reversed) {
            found.insert(self.systems[node]);
        }
        found.remove(system);
        found
    }

    /// Who receives a message in the end: subscribers behind backbones, and receivers of direct events.
    pub fn consumers(&self, message: &Part) -> BTreeSet<&'m Id<System>> {
        self.carriers(message).filter(|(_, i)| !self.is(&i.to, SystemKind::Backbone)).map(|(_, i)| &i.to).collect()
    }

    /// Who sends a message in the first place.
    pub fn publishers(&self, message: &Part) -> BTreeSet<&'m Id<System>> {
        self.carriers(message).filter(|(_, i)| !self.is(&i.from, SystemKind::Backbone)).map(|(_, i)| &i.from).collect()
    }

    fn carriers(&self, message: &Part) -> impl Iterator<Item = (&'m Id<Interaction>, &'m Interaction)> {
        let interactions = self.model.interactions.iter().map(|(id, stored)| (id, &*stored.value));
        interactions.filter(move |(_, i)| i.kind == InteractionKind::Event && i.part().as_ref() == Some(message))
    }

    fn is(&self, system: &Id<System>, kind: SystemKind) -> bool {
        self.model.system(system).is_some_and(|system| system.kind == kind)
    }

    /// Everything that a hop brings about, itself first, breadth first.
    pub fn flow_from(&self, hop: &Id<Interaction>) -> Vec<&'m Id<Interaction>> {
        let Some(at) = self.hop_at.get(hop) else { return Vec::new() };
        let mut walk = Bfs::new(&self.hops, *at);
        let mut found = Vec::new();
        while let Some(node) = walk.next(&self.hops) {
            found.push(self.hops[node]);
        }
        found
    }

    /// For each entry (a hop that no other of them brings about) the longest chain of hops that `keep` keeps.
    ///
    /// Hops that bring about each other count as one. Chains of certain joins come first; entries that have none of
    /// `least` hops or more (as `counts` counts) are tried again with possible joins. Ties are settled by id.
    pub fn longest_chains(
        &self,
        keep: &dyn Fn(&'m Interaction) -> bool,
        counts: &dyn Fn(&'m Interaction) -> bool,
        least: usize,
    ) -> Vec<Chain> {
        let certain = self.chains_of(Join::Certain, keep, counts, least);
        let known: BTreeSet<_> = certain.iter().flat_map(|chain| chain.hops.clone()).collect();
        let possible = self.chains_of(Join::Possible, keep, counts, least);
        let more = possible.into_iter().filter(|chain| !chain.hops.iter().any(|hop| known.contains(hop)));
        let mut chains: Vec<_> = certain.iter().cloned().chain(more).collect();
        chains.sort_by(|a, b| a.hops.cmp(&b.hops));
        chains
    }

    fn chains_of(
        &self,
        join: Join,
        keep: &dyn Fn(&'m Interaction) -> bool,
        counts: &dyn Fn(&'m Interaction) -> bool,
        least: usize,
    ) -> Vec<Chain> {
        let kept = self.hops.filter_map(
            |_, id| keep(&self.model.interactions[*id]).then_some(*id),
            |_, known| (*known >= join).then_some(*known),
        );
        let sets = condensation(kept, true);
        let Ok(order) = toposort(&sets, None) else { return Vec::new() };
        let weight =
            |set: &Vec<&Id<Interaction>>| usize::from(set.iter().any(|id| counts(&self.model.interactions[*id])));
        let mut best: BTreeMap<NodeIndex, (usize, Vec<NodeIndex>)> = BTreeMap::new();
        for node in order.into_iter().rev() {
            let mut tails: Vec<_> = sets.neighbors(node).filter_map(|next| best.get(&next)).collect();
            tails.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| Self::ids(&sets, &a.1).cmp(&Self::ids(&sets, &b.1))));
            let (length, mut path) = tails.first().map_or((0, Vec::new()), |tail| (*tail).clone());
            path.insert(0, node);
            best.insert(node, (length + weight(&sets[node]), path));
        }
        let entries = sets.externals(Direction::Incoming);
        let long = entries.filter_map(|entry| best.get(&entry)).filter(|(length, _)| *length >= least);
        long.map(|(_, path)| Chain { hops: Self::ids(&sets, path), join }).collect()
    }

    fn ids(sets: &DiGraph<Vec<&'m Id<Interaction>>, Join>, path: &[NodeIndex]) -> Vec<Id<Interaction>> {
        path.iter().filter_map(|node| sets[*node].iter().min().map(|id| (*id).clone())).collect()
    }

    /// The circles of systems that call each other and wait, within one flow.
    ///
    /// A circle is a run of joined hops, all synchronous, that comes back to the system it started from. Circles are
    /// looked for only inside strongly connected sets of the system graph, and merged where they share systems.
    pub fn synchronous_cycles(&self) -> Vec<Cycle> {
        let waits = self.systems.filter_map(
            |_, id| Some(*id),
            |_, id| {
                let interaction = &self.model.interactions[*id];
                waits_for(interaction).then_some(*id)
            },
        );
        let mut cycles = Vec::new();
        for set in tarjan_scc(&waits) {
            let inside: BTreeSet<&Id<System>> = set.iter().map(|node| waits[*node]).collect();
            if inside.len() > 1 {
                cycles.extend(self.cycles_inside(&inside));
            }
        }
        cycles.sort_by(|a, b| a.systems.cmp(&b.systems));
        cycles
    }

    fn cycles_inside(&self, inside: &BTreeSet<&Id<System>>) -> Vec<Cycle> {
        let of = |hop: NodeIndex| &self.model.interactions[self.hops[hop]];
        let within = |i: &Interaction| waits_for(i) && inside.contains(&i.from) && inside.contains(&i.to);
        let mut walk = Walk::new(self, &within);
        let mut circles: Vec<(Join, Vec<NodeIndex>)> = Vec::new();
        for join in [Join::Certain, Join::Possible] {
            // A hop that lies on a circle already needs none of its own: where nobody has asked what triggers what, all
            // but every hop does, and one circle of each set is told.
            let mut covered = vec![false; self.hops.node_count()];
            for start in self.hops.node_indices() {
                if !walk.allowed[start.index()] || (join == Join::Possible && covered[start.index()]) {
                    continue;
                }
                if let Some(hops) = walk.shortest_circle(start, join) {
                    hops.iter().for_each(|hop| covered[hop.index()] = true);
                    circles.push((join, hops));
                }
            }
        }
        // Circles that share a system are one cycle; a shortest of the surest stands for it.
        let mut sets = UnionFind::<usize>::new(self.systems.node_count());
        let place = |hop: NodeIndex| self.system_at[&of(hop).from].index();
        for (_, hops) in &circles {
            if let Some(first) = hops.first() {
                hops.iter().for_each(|hop| {
                    sets.union(place(*first), place(*hop));
                });
            }
        }
        let mut found: BTreeMap<usize, Vec<(Join, Vec<NodeIndex>)>> = BTreeMap::new();
        for circle in circles {
            let root = circle.1.first().map(|hop| sets.find(place(*hop)));
            found.entry(root.unwrap_or_default()).or_default().push(circle);
        }
        let cycle = |circles: Vec<(Join, Vec<NodeIndex>)>| {
            let hops = circles.iter().flat_map(|(_, hops)| hops);
            let systems = hops.map(|hop| of(*hop).from.clone()).collect();
            let best = circles.iter().min_by_key(|(join, hops)| (std::cmp::Reverse(*join), hops.len(), hops.clone()));
            let (join, hops) = best?;
            Some(Cycle { systems, shortest: hops.iter().map(|hop| self.hops[*hop].clone()).collect(), join: *join })
        };
        found.into_values().filter_map(cycle).collect()
    }
}

/// Walks over the hops of a graph, with memory that is used again.
struct Walk {
    /// Whether a hop may be walked on.
    allowed: Vec<bool>,
    /// Where a walk that starts with this hop begins; `None` where no walk may.
    home: Vec<Option<NodeIndex>>,
    /// The system that a hop ends at.
    end: Vec<NodeIndex>,
    /// The hops that follow a hop, by id, with how sure that is.
    next: Vec<Vec<(NodeIndex, Join)>>,
    /// Before which hop one was reached, and in which walk.
    came: Vec<(u32, NodeIndex)>,
    walks: u32,
}

impl Walk {
    fn new(topology: &Topology<'_>, within: &dyn Fn(&Interaction) -> bool) -> Self {
        let hops = &topology.hops;
        let of = |hop: NodeIndex| &topology.model.interactions[hops[hop]];
        let home = |hop: NodeIndex| {
            let kind = topology.model.system(&of(hop).from)?.kind;
            let starts = !passes_on(kind) && kind != SystemKind::Person;
            starts.then(|| topology.system_at[&of(hop).from])
        };
        let allowed: Vec<bool> = hops.node_indices().map(|hop| within(of(hop))).collect();
        // Hops were added in the order of their ids.
        let follow = |hop: NodeIndex| {
            let mut next: Vec<_> = hops
                .edges(hop)
                .map(|edge| (edge.target(), *edge.weight()))
                .filter(|(next, _)| allowed[next.index()])
                .collect();
            next.sort_unstable();
            next
        };
        Self {
            home: hops.node_indices().map(home).collect(),
            end: hops.node_indices().map(|hop| topology.system_at[&of(hop).to]).collect(),
            next: hops.node_indices().map(follow).collect(),
            came: vec![(0, NodeIndex::end()); hops.node_count()],
            walks: 0,
            allowed,
        }
    }

    /// The shortest run of hops that starts with one and comes back to where it started.
    fn shortest_circle(&mut self, start: NodeIndex, join: Join) -> Option<Vec<NodeIndex>> {
        let home = self.home[start.index()]?;
        self.walks += 1;
        self.came[start.index()] = (self.walks, NodeIndex::end());
        let mut queue = std::collections::VecDeque::from([start]);
        while let Some(at) = queue.pop_front() {
            if self.end[at.index()] == home {
                return Some(self.way_to(at));
            }
            for (next, sure) in &self.next[at.index()] {
                if *sure >= join && self.came[next.index()].0 != self.walks {
                    self.came[next.index()] = (self.walks, at);
                    queue.push_back(*next);
                }
            }
        }
        None
    }

    fn way_to(&self, hop: NodeIndex) -> Vec<NodeIndex> {
        let mut hops = vec![hop];
        let mut back = self.came[hop.index()].1;
        while back != NodeIndex::end() {
            hops.push(back);
            back = self.came[back.index()].1;
        }
        hops.reverse();
        hops
    }
}

/// Whether the caller waits for the other side to do its work. Declared callbacks and events, webhooks among them, tell
/// and do not ask.
fn waits_for(interaction: &Interaction) -> bool {
    interaction.is_synchronous() && !interaction.reply_to.is_known() && interaction.kind != InteractionKind::Event
}

/// Whether a kind of system passes on what it gets: a gateway, adapter or backbone.
pub fn passes_on(kind: SystemKind) -> bool {
    matches!(kind, SystemKind::Gateway | SystemKind::Adapter | SystemKind::Backbone)
}
