//! Where lines ran, labels lay, and stores stood with what they are beside, for what is new to keep off them.

use std::collections::BTreeMap;

use crate::layout::{Area, Before, Spot, tree::Tree};

/// Lines, labels and pairs, in bands.
#[derive(Debug, Default)]
pub(super) struct Ground {
    /// What is there, and what it costs to stand on it.
    all: Vec<(Area, i32)>,
    /// By bands of y.
    bands: BTreeMap<i32, Vec<usize>>,
}

/// How high a band is.
const BAND: i32 = 96;
/// What it costs to stand on a line, which must go around then, in units of way from the place that is wished for.
const ON_LINE: i32 = 150;
/// The same for a label.
const ON_LABEL: i32 = 200;
/// The same between a box and what stands beside it.
const BETWEEN: i32 = 600;
/// How near to a box lines and labels may be.
const CLEAR: i32 = 12;

impl Ground {
    pub(super) fn new(tree: &Tree, stood: &Before) -> Self {
        let lines = stood.edges.iter().flatten().flat_map(|way| way.windows(2).map(stretch));
        let labels = stood.labels.iter().copied().flatten();
        let place = |node: usize| stood.nodes.get(node).copied().flatten();
        let pair = |(guest, host): (usize, &Option<usize>)| Some(place(guest)?.around(&place((*host)?)?));
        let pairs = tree.host.iter().enumerate().filter_map(pair);
        let lines = lines.map(|area| (area, ON_LINE)).chain(labels.map(|area| (area, ON_LABEL)));
        let all = lines.chain(pairs.map(|area| (area, BETWEEN))).collect();
        let mut ground = Self { all, bands: BTreeMap::new() };
        for (at, (area, _)) in ground.all.iter().enumerate() {
            for band in area.y.div_euclid(BAND)..=area.bottom().div_euclid(BAND) {
                ground.bands.entry(band).or_default().push(at);
            }
        }
        ground
    }

    /// What it costs to stand there.
    pub(super) fn price(&self, area: &Area) -> i32 {
        let wide = area.grown(CLEAR);
        let bands = self.bands.range(wide.y.div_euclid(BAND)..=wide.bottom().div_euclid(BAND));
        let mut seen: Vec<usize> =
            bands.flat_map(|(_, all)| all).copied().filter(|at| self.all[*at].0.overlaps(&wide)).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.into_iter().map(|at| self.all[at].1).sum()
    }
}

/// What lies between two corners of a line, as an area as thin as can be.
pub(super) fn stretch(corners: &[Spot]) -> Area {
    let [a, b] = corners else { return Area::default() };
    Area { x: a.0.min(b.0), y: a.1.min(b.1), w: (a.0 - b.0).abs().max(1), h: (a.1 - b.1).abs().max(1) }
}
