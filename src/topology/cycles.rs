//! Circles of systems that wait for one another.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use petgraph::{
    algo::tarjan_scc,
    graph::{DiGraph, NodeIndex},
    unionfind::UnionFind,
    visit::EdgeFiltered,
};

use super::{At, Join, Topology, passes_on, waits_for};
use crate::model::{Id, System, SystemKind};

/// Systems that call each other in a circle within one flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle<'m> {
    /// All systems of the strongly connected set.
    pub systems: BTreeSet<&'m Id<System>>,
    /// A shortest circle through them, each hop bringing about the next.
    pub shortest: Vec<At>,
    /// Whether every join of that circle is certain.
    pub join: Join,
}

type Circle = (Join, Vec<At>);

impl<'m> Topology<'m> {
    /// The circles of systems that call each other and wait, within one flow.
    ///
    /// A circle is a run of joined hops, all synchronous, that comes back to the system it started from. Circles are
    /// looked for only inside strongly connected sets of the system graph, and merged where they share systems.
    pub fn synchronous_cycles(&self) -> Vec<Cycle<'m>> {
        let waits: Vec<bool> = self.hops.iter().map(|(_, hop)| waits_for(hop)).collect();
        let waiting = EdgeFiltered::from_fn(&self.systems, |edge| waits[petgraph::visit::EdgeRef::id(&edge).index()]);
        let mut set_of = vec![usize::MAX; self.ends.len()];
        for (set, systems) in tarjan_scc(&waiting).into_iter().enumerate().filter(|(_, systems)| systems.len() > 1) {
            systems.into_iter().for_each(|system| set_of[system.index()] = set);
        }
        // Only hops inside one set can lie on a circle.
        let inside = |at: At| {
            let (from, to) = self.pair(at);
            waits[at] && set_of[from] == set_of[to] && set_of[from] != usize::MAX
        };
        let circles = self.circles((0..self.hops.len()).map(inside).collect());
        let mut cycles = self.merged(circles);
        cycles.sort_by(|a, b| a.systems.cmp(&b.systems));
        cycles
    }

    fn circles(&self, allowed: Vec<bool>) -> Vec<Circle> {
        let mut walk = Walk::new(self, allowed);
        let mut circles: Vec<Circle> = Vec::new();
        for join in [Join::Certain, Join::Possible] {
            // A hop that lies on a circle already needs none of its own: where nobody has asked what triggers what, all
            // but every hop does, and one circle of each set is told.
            let mut covered = vec![false; self.hops.len()];
            for start in 0..self.hops.len() {
                if !walk.allowed[start] || (join == Join::Possible && covered[start]) {
                    continue;
                }
                if let Some(hops) = walk.shortest_circle(start, join) {
                    hops.iter().for_each(|hop| covered[*hop] = true);
                    circles.push((join, hops));
                }
            }
        }
        circles
    }

    /// Circles that share a system are one cycle; a shortest of the surest stands for it.
    fn merged(&self, circles: Vec<Circle>) -> Vec<Cycle<'m>> {
        let mut sets = UnionFind::<usize>::new(self.ends.len());
        let place = |hop: At| self.pair(hop).0;
        for (_, hops) in &circles {
            if let Some(first) = hops.first() {
                hops.iter().for_each(|hop| _ = sets.union(place(*first), place(*hop)));
            }
        }
        let mut found: BTreeMap<usize, Vec<Circle>> = BTreeMap::new();
        for circle in circles {
            let root = circle.1.first().map(|hop| sets.find(place(*hop)));
            found.entry(root.unwrap_or_default()).or_default().push(circle);
        }
        let cycle = |circles: Vec<Circle>| {
            let systems = circles.iter().flat_map(|(_, hops)| hops).map(|hop| self.ends[place(*hop)].0).collect();
            let best = circles.into_iter().min_by(|a, b| {
                let rank = |(join, hops): &Circle| (std::cmp::Reverse(*join), hops.len());
                rank(a).cmp(&rank(b)).then_with(|| a.1.cmp(&b.1))
            });
            best.map(|(join, shortest)| Cycle { systems, shortest, join })
        };
        found.into_values().filter_map(cycle).collect()
    }
}

/// Walks over the hops of a graph, with memory that is used again.
struct Walk<'t, 'm> {
    topology: &'t Topology<'m>,
    /// Whether a hop may be walked on.
    allowed: Vec<bool>,
    /// The hops that follow a hop, by id, with how sure that is.
    next: Vec<Vec<(At, Join)>>,
    /// Before which hop one was reached, and in which walk.
    came: Vec<(u32, Option<At>)>,
    walks: u32,
}

impl<'t, 'm> Walk<'t, 'm> {
    fn new(topology: &'t Topology<'m>, allowed: Vec<bool>) -> Self {
        let follow = |hop: At| {
            let mut next = if allowed[hop] { topology.next(hop) } else { Vec::new() };
            next.retain(|(next, _)| allowed[*next]);
            next
        };
        let count = topology.hops.len();
        Self { next: (0..count).map(follow).collect(), came: vec![(0, None); count], walks: 0, topology, allowed }
    }

    /// The shortest run of hops that starts with one and comes back to where it started.
    fn shortest_circle(&mut self, start: At, join: Join) -> Option<Vec<At>> {
        let home = self.topology.pair(start).0;
        let kind = self.topology.ends[home].1.kind;
        if passes_on(kind) || kind == SystemKind::Person {
            return None;
        }
        self.walks += 1;
        self.came[start] = (self.walks, None);
        let mut queue = VecDeque::from([start]);
        while let Some(at) = queue.pop_front() {
            if self.topology.pair(at).1 == home {
                return Some(self.way_to(at));
            }
            for (next, sure) in &self.next[at] {
                if *sure >= join && self.came[*next].0 != self.walks {
                    self.came[*next] = (self.walks, Some(at));
                    queue.push_back(*next);
                }
            }
        }
        None
    }

    fn way_to(&self, hop: At) -> Vec<At> {
        let mut hops = vec![hop];
        let mut back = self.came[hop].1;
        while let Some(at) = back {
            hops.push(at);
            back = self.came[at].1;
        }
        hops.reverse();
        hops
    }
}

/// The sets of things that lead to one another in a circle, told by what leads to what; a thing that leads to itself is
/// a set of its own.
pub fn circular<T: Copy + Ord>(edges: &[(T, T)]) -> Vec<BTreeSet<T>> {
    let things: BTreeSet<T> = edges.iter().flat_map(|(from, to)| [*from, *to]).collect();
    let mut graph = DiGraph::with_capacity(things.len(), edges.len());
    let at: BTreeMap<T, NodeIndex> = things.into_iter().map(|thing| (thing, graph.add_node(thing))).collect();
    for (from, to) in edges {
        if let (Some(from), Some(to)) = (at.get(from), at.get(to)) {
            graph.add_edge(*from, *to, ());
        }
    }
    let round = |set: &Vec<NodeIndex>| set.len() > 1 || set.iter().any(|node| graph.contains_edge(*node, *node));
    let sets = tarjan_scc(&graph).into_iter().filter(round);
    sets.map(|set| set.into_iter().map(|node| graph[node]).collect()).collect()
}
