//! Where lines ran and labels lay, for what is new to keep off them.

use std::collections::BTreeMap;

use crate::layout::{Area, Before, Spot};

/// Lines and labels, in bands.
#[derive(Debug, Default)]
pub(super) struct Ground {
    lines: Vec<Area>,
    labels: Vec<Area>,
    /// By bands of y: lines, and labels after them.
    bands: BTreeMap<i32, Vec<usize>>,
}

/// How high a band is.
const BAND: i32 = 96;
/// What it costs to stand on a line, which must go around then, in units of way from the place that is wished for.
const ON_LINE: i32 = 150;
/// The same for a label.
const ON_LABEL: i32 = 200;
/// How near to a box lines and labels may be.
const CLEAR: i32 = 12;

impl Ground {
    pub(super) fn new(stood: &Before) -> Self {
        let lines: Vec<Area> = stood.edges.iter().flatten().flat_map(|way| way.windows(2).map(stretch)).collect();
        let mut ground =
            Self { lines, labels: stood.labels.iter().copied().flatten().collect(), bands: BTreeMap::new() };
        for (at, area) in ground.lines.iter().chain(&ground.labels).enumerate() {
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
            bands.flat_map(|(_, all)| all).copied().filter(|at| self.area(*at).overlaps(&wide)).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.into_iter().map(|at| if at < self.lines.len() { ON_LINE } else { ON_LABEL }).sum()
    }

    fn area(&self, at: usize) -> Area {
        self.lines.get(at).or_else(|| self.labels.get(at - self.lines.len())).copied().unwrap_or_default()
    }
}

/// What lies between two corners of a line, as an area as thin as can be.
pub(super) fn stretch(corners: &[Spot]) -> Area {
    let [a, b] = corners else { return Area::default() };
    Area { x: a.0.min(b.0), y: a.1.min(b.1), w: (a.0 - b.0).abs().max(1), h: (a.1 - b.1).abs().max(1) }
}
