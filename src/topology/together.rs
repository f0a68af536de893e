//! Systems that must be released together.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::unionfind::UnionFind;

use super::Topology;
use crate::model::{Id, System};

impl<'m> Topology<'m> {
    /// The systems that must be released together, directly or through others (`released_with`), by set.
    pub fn released_together(&self) -> Vec<BTreeSet<&'m Id<System>>> {
        let mut sets = UnionFind::<usize>::new(self.ends.len());
        let mut tied = BTreeSet::new();
        for (at, (_, system)) in self.ends.iter().enumerate() {
            let with = system.released_with.known().into_iter().flat_map(|many| many.iter());
            for other in with.filter_map(|id| self.system_at(id)).filter(|other| *other != at) {
                sets.union(at, other);
                tied.extend([at, other]);
            }
        }
        let mut found: BTreeMap<usize, BTreeSet<&'m Id<System>>> = BTreeMap::new();
        for at in tied {
            found.entry(sets.find(at)).or_default().insert(self.ends[at].0);
        }
        let mut found: Vec<_> = found.into_values().collect();
        found.sort();
        found
    }
}
