//! What surrounds systems, and what a hop sets going: the part of the graph that a diagram of one thing shows.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use petgraph::{
    graph::NodeIndex,
    visit::{Bfs, EdgeFiltered},
};

use super::{At, Join, Topology, carried};
use crate::model::{InteractionKind, SystemKind};

/// Some systems and what surrounds them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The systems by their places, with how many hops away each is; 0 are those in the middle.
    pub systems: BTreeMap<usize, usize>,
    /// The hops among those in the middle, and those that lead one hop nearer to them. Hops between systems that are
    /// equally far are not among them: they tell nothing about the middle.
    pub hops: BTreeSet<At>,
}

impl Around {
    /// Keeps the ways that lead to systems so far away.
    fn keep(&mut self, ways: &[(usize, Vec<At>)], away: usize) {
        let nearer = ways.iter().filter(|(other, _)| self.systems.get(other) == Some(&away));
        self.hops.extend(nearer.flat_map(|(_, hops)| hops));
    }
}

impl Topology<'_> {
    /// What is within so many hops of some systems, told by their places, in either direction.
    ///
    /// A backbone passes on what it gets: who publishes and who subscribes are one hop apart, and the backbone stands
    /// between them with those two hops alone. It leads nowhere else, unless it is in the middle itself.
    pub fn around(&self, middle: &BTreeSet<usize>, far: usize) -> Around {
        let mut found = Around { systems: middle.iter().map(|at| (*at, 0)).collect(), hops: BTreeSet::new() };
        let mut edge: Vec<usize> = middle.iter().copied().collect();
        let mut ways: Vec<(usize, Vec<At>)> = edge.iter().flat_map(|at| self.ways_from(*at)).collect();
        found.keep(&ways, 0);
        for away in 1..=far {
            edge.clear();
            for (other, _) in &ways {
                if let Entry::Vacant(place) = found.systems.entry(*other) {
                    place.insert(away);
                    edge.extend(Some(*other).filter(|other| !self.is_backbone(*other)));
                }
            }
            found.keep(&ways, away);
            ways = edge.iter().flat_map(|at| self.ways_from(*at)).collect();
        }
        let between = found.hops.iter().flat_map(|hop| <[usize; 2]>::from(self.pair(*hop))).collect::<BTreeSet<_>>();
        for at in between {
            found.systems.entry(at).or_insert(far.max(1));
        }
        found
    }

    /// The systems one hop from a system, each with the hops that lead there.
    fn ways_from(&self, at: usize) -> Vec<(usize, Vec<At>)> {
        let id = self.ends[at].0;
        let mut ways = Vec::new();
        for hop in self.from(id) {
            let to = self.pair(hop).1;
            let through = if self.is_backbone(to) { sure(self.next(hop)) } else { Vec::new() };
            ways.extend(Some((to, vec![hop])).filter(|_| through.is_empty()));
            ways.extend(through.into_iter().map(|next| (self.pair(next).1, vec![hop, next])));
        }
        for hop in self.to(id) {
            let from = self.pair(hop).0;
            let through = if self.is_backbone(from) { sure(self.previous(hop)) } else { Vec::new() };
            ways.extend(Some((from, vec![hop])).filter(|_| through.is_empty()));
            ways.extend(through.into_iter().map(|before| (self.pair(before).0, vec![before, hop])));
        }
        ways
    }

    fn is_backbone(&self, at: usize) -> bool {
        self.ends.get(at).is_some_and(|(_, system)| system.kind == SystemKind::Backbone)
    }

    /// The flow that a hop is part of, end to end.
    ///
    /// An event: from everyone who publishes it, through backbones, to everyone who gets it, and what that brings about
    /// for certain. A command or a query: from where it comes from, through gateways and adapters, down the chain that
    /// it starts; where nothing of that chain is certain, what it may bring about.
    pub fn end_to_end(&self, hop: At) -> BTreeSet<At> {
        let Some((_, interaction)) = self.hops.get(hop) else { return BTreeSet::new() };
        if interaction.kind == InteractionKind::Event {
            let same = |at: &At| {
                let other = self.hops[*at].1;
                other.kind == InteractionKind::Event
                    && carried(other).is_some()
                    && carried(other) == carried(interaction)
            };
            let carriers = (0..self.hops.len()).filter(same).chain([hop]);
            return carriers.flat_map(|at| self.brought_about(at, Join::Certain)).collect();
        }
        let starts = self.origins(hop);
        let all = |join| starts.iter().flat_map(|at| self.brought_about(*at, join)).chain(starts.clone()).collect();
        let certain: BTreeSet<At> = all(Join::Certain);
        if certain.iter().all(|at| sure(self.next(*at)).into_iter().all(|next| self.passes_same(*at, next))) {
            return all(Join::Possible);
        }
        certain
    }

    fn passes_same(&self, first: At, next: At) -> bool {
        carried(self.hops[first].1).is_some() && carried(self.hops[first].1) == carried(self.hops[next].1)
    }

    /// Everything that a hop brings about at least so surely, itself among it.
    fn brought_about(&self, hop: At, least: Join) -> Vec<At> {
        let flows = EdgeFiltered::from_fn(&self.flows, |edge| *edge.weight() >= least);
        let mut walk = Bfs::new(&flows, NodeIndex::new(hop));
        let mut found = Vec::new();
        while let Some(node) = walk.next(&flows) {
            found.push(node.index());
        }
        found
    }
}

fn sure(joins: Vec<(At, Join)>) -> Vec<At> {
    joins.into_iter().filter(|(_, join)| *join == Join::Certain).map(|(hop, _)| hop).collect()
}
