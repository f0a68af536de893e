//! Edges as straight segments: what touches what, before their exact places are known.

use super::{Spot, lines::Side};

/// A place along a segment, finer than a coordinate: of segments on one line the rank tells which comes first.
pub(super) type Fine = (i32, u32);

/// A straight piece of a course: whether it is flat, its place across itself, where it begins and ends along itself.
pub(super) type Piece = (bool, i32, i32, i32);

/// The way of one branch of an edge, from border to border: its pieces, and the sides at which it leaves and arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Course {
    pub(super) pieces: Vec<Piece>,
    pub(super) out: Side,
    pub(super) into: Side,
    /// Whether it is as it was drawn before.
    pub(super) stays: bool,
}

impl Course {
    /// A course as it was drawn; `None` for what has no direction.
    pub(super) fn drawn(spots: &[Spot]) -> Option<Self> {
        let piece = |pair: &[Spot]| match pair {
            [a, b] if a.1 == b.1 && a.0 != b.0 => Some((true, a.1, a.0, b.0)),
            [a, b] if a.0 == b.0 && a.1 != b.1 => Some((false, a.0, a.1, b.1)),
            _ => None,
        };
        let pieces: Vec<Piece> = spots.windows(2).map(piece).collect::<Option<_>>()?;
        let alternate = pieces.windows(2).all(|pair| pair[0].0 != pair[1].0);
        let (first, last) = (pieces.first()?, pieces.last()?);
        let out = if first.0 { [Side::Left, Side::Right] } else { [Side::Top, Side::Bottom] };
        let into = if last.0 { [Side::Right, Side::Left] } else { [Side::Bottom, Side::Top] };
        let (out, into) = (out[usize::from(first.3 > first.2)], into[usize::from(last.3 > last.2)]);
        alternate.then_some(Self { pieces, out, into, stays: true })
    }
}

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
    /// Whether it was there before, and would like to stay where it is.
    pub(super) stays: bool,
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
    pub(super) fn new(ends: &[(usize, Vec<usize>)], ways: &[Vec<Option<Course>>]) -> Self {
        let mut found = Self::default();
        for (edge, ways) in ways.iter().enumerate() {
            found.edge(edge, &ends[edge], ways);
        }
        found
    }

    fn edge(&mut self, edge: usize, (from, to): &(usize, Vec<usize>), ways: &[Option<Course>]) {
        let first = self.all.len();
        let stays = ways.iter().flatten().all(|way| way.stays);
        // The union of what all branches run on.
        let pieces = ways.iter().flatten().flat_map(|way| &way.pieces);
        let mut runs: Vec<Piece> = pieces.map(|(flat, at, a, b)| (*flat, *at, *a.min(b), *a.max(b))).collect();
        runs.sort_unstable();
        for (flat, at, lo, hi) in runs {
            match self.all[first..].last_mut() {
                Some(last) if last.flat == flat && last.at == at && lo <= last.hi => last.hi = last.hi.max(hi),
                _ => {
                    let (joints, docks) = (Vec::new(), Vec::new());
                    self.all.push(Segment { edge, flat, at, lo, hi, rank: 0, stays, joints, docks });
                }
            }
        }
        let find = |all: &[Segment], (flat, at, a, _): &Piece| {
            let on = |s: &Segment| s.flat == *flat && s.at == *at && s.lo <= *a && *a <= s.hi;
            all[first..].iter().position(on).map(|index| first + index)
        };
        let mut found = Vec::new();
        for (way, to) in ways.iter().zip(to) {
            let Some(way) = way else {
                found.push(None);
                continue;
            };
            let mut on: Vec<usize> = way.pieces.iter().filter_map(|piece| find(&self.all, piece)).collect();
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
