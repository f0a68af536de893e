//! Chains: hops in a row, each bringing about the next.

use std::{cmp::Reverse, collections::BTreeSet};

use petgraph::{
    algo::kosaraju_scc,
    graph::NodeIndex,
    visit::{EdgeFiltered, EdgeRef, IntoEdges, NodeFiltered},
};

use super::{At, Join, Topology};

/// Hops in a row, each bringing about the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The hops, in order.
    pub hops: Vec<At>,
    /// How many of them count.
    pub length: usize,
    /// Whether every join is certain.
    pub join: Join,
}

impl Topology<'_> {
    /// For each entry (a hop that no other of them brings about) the longest chain of hops that `keep` keeps.
    ///
    /// Hops that bring about each other count as one. Chains of certain joins come first; entries that have none of
    /// `least` hops or more (as `counts` counts) are tried again with possible joins. Ties are settled by id.
    pub fn longest_chains(&self, keep: &dyn Fn(At) -> bool, counts: &dyn Fn(At) -> bool, least: usize) -> Vec<Chain> {
        let kept: Vec<bool> = (0..self.hops.len()).map(keep).collect();
        let certain = self.chains_of(Join::Certain, &kept, counts, least);
        let known: BTreeSet<At> = certain.iter().flat_map(|chain| chain.hops.iter().copied()).collect();
        let possible = self.chains_of(Join::Possible, &kept, counts, least);
        let more = possible.into_iter().filter(|chain| !chain.hops.iter().any(|hop| known.contains(hop)));
        let mut chains: Vec<_> = certain.iter().cloned().chain(more).collect();
        chains.sort_by(|a, b| a.hops.cmp(&b.hops));
        chains
    }

    fn chains_of(&self, join: Join, kept: &[bool], counts: &dyn Fn(At) -> bool, least: usize) -> Vec<Chain> {
        let nodes = NodeFiltered::from_fn(&self.flows, |node| kept[node.index()]);
        let flows = EdgeFiltered::from_fn(&nodes, |edge| *edge.weight() >= join);
        // Sets of hops that bring about each other, those that others lead to first.
        let sets = kosaraju_scc(&flows);
        let mut set_of = vec![usize::MAX; self.hops.len()];
        for (set, hops) in sets.iter().enumerate() {
            hops.iter().for_each(|hop| set_of[hop.index()] = set);
        }
        let first: Vec<Option<At>> = sets.iter().map(|set| set.iter().map(|hop| hop.index()).min()).collect();
        // The length of the longest chain that starts with each set, and the set that follows in it.
        let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(sets.len());
        let mut entered = vec![false; sets.len()];
        for (set, hops) in sets.iter().enumerate() {
            let mut tail: Option<usize> = None;
            let next =
                |hop: &NodeIndex| flows.edges(*hop).map(|edge| set_of[edge.target().index()]).collect::<Vec<_>>();
            for next in hops.iter().flat_map(next).filter(|next| *next != set) {
                entered[next] = true;
                let rank = |set: usize| (Reverse(best[set].0), first[set]);
                tail = Some(tail.map_or(next, |tail| if rank(next) < rank(tail) { next } else { tail }));
            }
            let own = usize::from(hops.iter().any(|hop| counts(hop.index())));
            best.push((own + tail.map_or(0, |tail| best[tail].0), tail));
        }
        let mut chains = Vec::new();
        for entry in (0..sets.len()).filter(|set| !entered[*set] && best[*set].0 >= least) {
            let mut hops = Vec::new();
            let mut at = Some(entry);
            while let Some(set) = at {
                hops.extend(first[set]);
                at = best[set].1;
            }
            chains.push(Chain { hops, length: best[entry].0, join });
        }
        chains
    }
}
