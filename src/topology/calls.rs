//! Calls: the hops whose callers wait, and the calls that each brings about for certain.
//!
//! Nobody can answer before those have answered whom they wait for: depth, availability, latency and attempts of a flow
//! add up over these.

use std::collections::BTreeSet;

use petgraph::{
    algo::kosaraju_scc,
    graph::NodeIndex,
    visit::{EdgeFiltered, EdgeRef, IntoEdges, NodeFiltered},
};

use super::{At, Join, Topology, waits_for};

/// The calls of a model. Calls that bring about each other are one set, and count once.
#[derive(Debug)]
pub struct Calls {
    /// The sets: those that are brought about before those that bring them about.
    sets: Vec<Vec<At>>,
    /// The sets that each brings about, in order.
    next: Vec<Vec<usize>>,
    /// The set of each hop that is a call.
    set_of: Vec<Option<usize>>,
}

impl Topology<'_> {
    /// The calls of the model, joined where it is certain that one brings about the next.
    pub fn calls(&self) -> &Calls {
        self.calls.get_or_init(|| Calls::of(self))
    }
}

impl Calls {
    fn of(topology: &Topology<'_>) -> Self {
        let waits: Vec<bool> = topology.hops.iter().map(|(_, hop)| waits_for(hop)).collect();
        let certain = EdgeFiltered::from_fn(&topology.flows, |edge| *edge.weight() == Join::Certain);
        let calls = NodeFiltered::from_fn(&certain, |node: NodeIndex| waits[node.index()]);
        let mut set_of = vec![None; waits.len()];
        let mut sets: Vec<Vec<At>> = Vec::new();
        for set in kosaraju_scc(&calls) {
            let mut hops: Vec<At> = set.into_iter().map(NodeIndex::index).collect();
            hops.sort_unstable();
            hops.iter().for_each(|hop| set_of[*hop] = Some(sets.len()));
            sets.push(hops);
        }
        let mut next = Vec::with_capacity(sets.len());
        for (set, hops) in sets.iter().enumerate() {
            let edges = hops.iter().flat_map(|hop| (&calls).edges(NodeIndex::new(*hop)));
            let others: BTreeSet<usize> = edges.filter_map(|edge| set_of[edge.target().index()]).collect();
            next.push(others.into_iter().filter(|other| *other != set).collect());
        }
        Self { sets, next, set_of }
    }

    /// The sets of calls, those that bring about others before those.
    pub fn sets(&self) -> impl Iterator<Item = usize> {
        (0..self.sets.len()).rev()
    }

    /// The calls of a set, in order; most sets are of one.
    pub fn hops(&self, set: usize) -> &[At] {
        self.sets.get(set).map_or(&[], Vec::as_slice)
    }

    /// The sets that a set brings about.
    pub fn next(&self, set: usize) -> &[usize] {
        self.next.get(set).map_or(&[], Vec::as_slice)
    }

    /// The set of a hop; none if nobody waits for it.
    pub fn set_of(&self, hop: At) -> Option<usize> {
        self.set_of.get(hop).copied().flatten()
    }

    /// A value of each set, made of its calls and of the values of the sets that it brings about.
    pub fn fold<T>(&self, mut value: impl FnMut(&[At], &[&T]) -> T) -> Vec<T> {
        let mut values: Vec<T> = Vec::with_capacity(self.sets.len());
        for (hops, next) in self.sets.iter().zip(&self.next) {
            let known: Vec<&T> = next.iter().filter_map(|set| values.get(*set)).collect();
            let own = value(hops, &known);
            values.push(own);
        }
        values
    }

    /// The calls that must be answered before a hop is, itself among them, in order. What `goes` does not let through
    /// is left out, and so is what only that brings about.
    pub fn under(&self, hop: At, goes: impl Fn(At) -> bool) -> Vec<At> {
        let (mut open, mut seen): (Vec<usize>, BTreeSet<usize>) = (Vec::new(), BTreeSet::new());
        let mut found = Vec::new();
        let goes = |set: usize| self.hops(set).iter().any(|hop| goes(*hop));
        open.extend(self.set_of(hop).filter(|set| goes(*set) && seen.insert(*set)));
        while let Some(set) = open.pop() {
            found.extend_from_slice(self.hops(set));
            open.extend(self.next(set).iter().filter(|next| goes(**next) && seen.insert(**next)));
        }
        found.sort_unstable();
        found
    }
}
