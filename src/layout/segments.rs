//! Edges as straight segments: what touches what, before their exact places are known.

use super::{
    lines::{Lines, Side},
    route::Way,
};

/// A place along a segment, finer than a coordinate: of segments on one line the rank tells which comes first.
pub(super) type Fine = (i32, u32);

/// A straight piece of an edge. Branches of one edge share their trunk's segments.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) edge: usize,
    pub(super) flat: bool,
    /// Its y if it is flat, its x if not, as routed.
    pub(super) at: i32,
    /// Its ends along itself, as routed.
    pub(super) lo: i32,
    pub(super) hi: i32,
    /// Its place among the segments on the same line.
    pub(super) rank: u32,
    /// The segments that it touches.
    pub(super) joints: Vec<usize>,
    /// The boxes at its ends, and the side of the box it touches.
    pub(super) docks: Vec<(usize, Side)>,
}

/// All segments, and for each edge and branch the segments of its way in order.
#[derive(Debug, Default)]
pub(super) struct Segments {
    pub(super) all: Vec<Segment>,
    pub(super) ways: Vec<Vec<Option<Vec<usize>>>>,
}

impl Segments {
    pub(super) fn new(ends: &[(usize, Vec<usize>)], lines: &Lines, ways: &[Vec<Option<Way>>]) -> Self {
        let mut found = Self::default();
        for (edge, ways) in ways.iter().enumerate() {
            found.edge(edge, &ends[edge], lines, ways);
        }
        found
    }

    fn edge(&mut self, edge: usize, (from, to): &(usize, Vec<usize>), lines: &Lines, ways: &[Option<Way>]) {
        let first = self.all.len();
        let mut pieces: Vec<Vec<(bool, i32, i32, i32)>> = Vec::new();
        for way in ways.iter().flatten() {
            pieces.push(straight(lines, way));
        }
        // The union of what all branches run on.
        let mut runs: Vec<(bool, i32, i32, i32)> =
            pieces.iter().flatten().map(|(flat, at, a, b)| (*flat, *at, *a.min(b), *a.max(b))).collect();
        runs.sort_unstable();
        for (flat, at, lo, hi) in runs {
            match self.all[first..].last_mut() {
                Some(last) if last.flat == flat && last.at == at && lo <= last.hi => last.hi = last.hi.max(hi),
                _ => self.all.push(Segment { edge, flat, at, lo, hi, rank: 0, joints: Vec::new(), docks: Vec::new() }),
            }
        }
        let find = |all: &[Segment], (flat, at, a, _): &(bool, i32, i32, i32)| {
            let on = |s: &Segment| s.flat == *flat && s.at == *at && s.lo <= *a && *a <= s.hi;
            all[first..].iter().position(on).map(|index| first + index)
        };
        let mut pieces = pieces.into_iter();
        let mut found = Vec::new();
        for (way, to) in ways.iter().zip(to) {
            let Some(way) = way else {
                found.push(None);
                continue;
            };
            let pieces = pieces.next().unwrap_or_default();
            let mut on: Vec<usize> = pieces.iter().filter_map(|piece| find(&self.all, piece)).collect();
            on.dedup();
            for pair in on.windows(2) {
                for (a, b) in [(pair[0], pair[1]), (pair[1], pair[0])] {
                    if !self.all[a].joints.contains(&b) {
                        self.all[a].joints.push(b);
                    }
                }
            }
            for (at, node, side) in [(on.first(), *from, way.out), (on.last(), *to, way.into)] {
                if let Some(at) = at
                    && !self.all[*at].docks.contains(&(node, side))
                {
                    self.all[*at].docks.push((node, side));
                }
            }
            found.push((!on.is_empty()).then_some(on));
        }
        self.ways.push(found);
    }

    /// Where a segment lies across itself, finely.
    pub(super) fn fine(&self, segment: usize) -> Fine {
        (self.all[segment].at, self.all[segment].rank + 1)
    }

    /// The ends of a segment along itself, finely. At a box it ends just outside.
    pub(super) fn span(&self, segment: usize) -> (Fine, Fine) {
        let own = &self.all[segment];
        let joints = own.joints.iter().map(|other| self.fine(*other));
        let docks =
            own.docks.iter().map(|(_, side)| if side.is_low() { (own.hi - 1, u32::MAX) } else { (own.lo + 1, 0) });
        joints.chain(docks).fold(((i32::MAX, 0), (i32::MIN, 0)), |(lo, hi), at| (lo.min(at), hi.max(at)))
    }

    /// Segments that run along one another: one orientation and one place, in one stretch. Sorted by place.
    pub(super) fn groups(&self, flat: bool) -> Vec<Vec<usize>> {
        let mut order: Vec<usize> = (0..self.all.len()).filter(|at| self.all[*at].flat == flat).collect();
        order.sort_by_key(|at| (self.all[*at].at, self.all[*at].lo, *at));
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut end = None;
        for at in order {
            let segment = &self.all[at];
            match (end, groups.last_mut()) {
                (Some((place, hi)), Some(group)) if place == segment.at && segment.lo <= hi => {
                    group.push(at);
                    end = Some((place, segment.hi.max(hi)));
                }
                _ => {
                    groups.push(vec![at]);
                    end = Some((segment.at, segment.hi));
                }
            }
        }
        groups
    }
}

/// The pieces of a way: orientation, place, from, to; what lies in one line is one piece.
fn straight(lines: &Lines, way: &Way) -> Vec<(bool, i32, i32, i32)> {
    let mut pieces: Vec<(bool, i32, i32, i32)> = Vec::new();
    for run in &way.runs {
        let line = &lines.all[run.line];
        match pieces.last_mut() {
            Some(last) if last.0 == line.flat && last.1 == line.at => last.3 = run.to,
            _ => pieces.push((line.flat, line.at, run.from, run.to)),
        }
    }
    pieces
}
