//! Circles of systems that wait for one another.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use petgraph::{
    algo::kosaraju_scc,
    graph::{DiGraph, NodeIndex},
    unionfind::UnionFind,
    visit::{EdgeFiltered, NodeFiltered},
};

use super::{At, Join, Topology, passes_on, waits_for};
use crate::model::{Id, System, SystemKind, SystemRole};

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

/// Longest circle that is worth telling where nobody has asked what triggers its hops.
const LONGEST_GUESS: usize = 8;

impl<'m> Topology<'m> {
    /// The circles of systems that call each other and wait, within one flow.
    ///
    /// A circle is a run of joined hops, all synchronous, that comes back to the system it started from. Circles are
    /// looked for only inside strongly connected sets of the system graph, and merged where they share systems. Where a
    /// set has no certain circle, a shortest of its possible ones stands for them all.
    pub fn synchronous_cycles(&self) -> Vec<Cycle<'m>> {
        let waits: Vec<bool> = self.hops.iter().map(|(_, hop)| waits_for(hop)).collect();
        let waiting = EdgeFiltered::from_fn(&self.systems, |edge| waits[petgraph::visit::EdgeRef::id(&edge).index()]);
        let mut set_of = vec![usize::MAX; self.ends.len()];
        for (set, systems) in kosaraju_scc(&waiting).into_iter().enumerate().filter(|(_, systems)| systems.len() > 1) {
            systems.into_iter().for_each(|system| set_of[system.index()] = set);
        }
        // Only hops inside one set can lie on a circle.
        let mut sets: BTreeMap<usize, Vec<At>> = BTreeMap::new();
        let mut walk = Walk::new(self);
        for at in (0..self.hops.len()).filter(|at| waits[*at]) {
            let (from, to) = self.pair(at);
            if from != to && set_of[from] == set_of[to] && set_of[from] != usize::MAX {
                walk.allowed[at] = true;
                sets.entry(set_of[from]).or_default().push(at);
            }
        }
        walk.follow();
        let hanging = self.hanging(&walk.allowed);
        let mut cycles: Vec<Cycle<'m>> =
            sets.into_values().flat_map(|set| self.cycles_of(&mut walk, &set, &hanging)).collect();
        cycles.sort_by(|a, b| a.systems.cmp(&b.systems));
        cycles
    }

    fn cycles_of(&self, walk: &mut Walk<'_, 'm>, set: &[At], hanging: &[usize]) -> Vec<Cycle<'m>> {
        let certain = set.iter().filter_map(|start| walk.circle(*start, Join::Certain, usize::MAX));
        let circles: Vec<Circle> = certain.map(|hops| (Join::Certain, hops)).collect();
        if !circles.is_empty() {
            return self.merged(circles);
        }
        // Two hops for each start, then three, and so on: the first that comes home is a shortest.
        let guess = (2..=LONGEST_GUESS)
            .find_map(|length| set.iter().find_map(|start| walk.circle(*start, Join::Possible, length)));
        let Some(shortest) = guess else { return Vec::new() };
        let on_circle: BTreeSet<usize> = shortest.iter().map(|hop| hanging[*hop]).collect();
        let others = set.iter().filter(|hop| on_circle.contains(&hanging[**hop]));
        let systems = others.chain(&shortest).map(|hop| self.ends[self.pair(*hop).0].0).collect();
        vec![Cycle { systems, shortest, join: Join::Possible }]
    }

    /// For each hop a number that it shares with all that bring it about and that it brings about in turn.
    fn hanging(&self, allowed: &[bool]) -> Vec<usize> {
        let flows = NodeFiltered::from_fn(&self.flows, |node| allowed[node.index()]);
        let mut number = vec![usize::MAX; self.hops.len()];
        for (set, hops) in kosaraju_scc(&flows).into_iter().enumerate() {
            hops.into_iter().for_each(|hop| number[hop.index()] = set);
        }
        number
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
            let best = circles.into_iter().min_by(|a, b| (a.1.len(), &a.1).cmp(&(b.1.len(), &b.1)));
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
    /// A walk that may go nowhere yet.
    fn new(topology: &'t Topology<'m>) -> Self {
        let count = topology.hops.len();
        Self { topology, allowed: vec![false; count], next: Vec::new(), came: vec![(0, None); count], walks: 0 }
    }

    /// Looks up what follows what, once it is known which hops may be walked on.
    fn follow(&mut self) {
        let follow = |hop: At| {
            let mut next = if self.allowed[hop] { self.topology.next(hop) } else { Vec::new() };
            next.retain(|(next, _)| self.allowed[*next]);
            next
        };
        self.next = (0..self.topology.hops.len()).map(follow).collect();
    }

    /// The shortest run of at most so many hops that starts with one and comes back to where it started.
    fn circle(&mut self, start: At, join: Join, most: usize) -> Option<Vec<At>> {
        let home = self.topology.pair(start).0;
        let system = self.topology.ends[home].1;
        if passes_on(system.kind) || system.kind == SystemKind::Person {
            return None;
        }
        // Whoever is asked by an identity provider checks the token there: no circle, unless the model says so.
        if join == Join::Possible && system.role.is(&SystemRole::IdentityProvider) {
            return None;
        }
        self.walks += 1;
        self.came[start] = (self.walks, None);
        let mut queue = VecDeque::from([(start, 1)]);
        while let Some((at, length)) = queue.pop_front() {
            if self.topology.pair(at).1 == home {
                return Some(self.way_to(at));
            }
            for (next, sure) in self.next[at].iter().filter(|_| length < most) {
                if *sure >= join && self.came[*next].0 != self.walks {
                    self.came[*next] = (self.walks, Some(at));
                    queue.push_back((*next, length + 1));
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
    let sets = kosaraju_scc(&graph).into_iter().filter(round);
    sets.map(|set| set.into_iter().map(|node| graph[node]).collect()).collect()
}
