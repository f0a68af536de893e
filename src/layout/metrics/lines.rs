//! Pieces of straight lines: what one edge covers, and where edges meet.

use std::collections::BTreeSet;

use crate::layout::{Area, Spot};

/// A direction with no common divisor.
type Heading = (i64, i64);

/// A piece of a straight line, longer than a point. Sorted, pieces of the same line stand together, from its start on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Piece {
    /// Where the line leads: to the right, or straight down.
    heading: Heading,
    /// Which of the lines with that heading.
    offset: i64,
    /// The end that comes first along the line.
    pub(super) start: Spot,
    /// The other end.
    pub(super) end: Spot,
}

impl Piece {
    fn new(a: Spot, b: Spot) -> Option<Self> {
        let (start, end) = (a.min(b), a.max(b));
        let heading = heading(start, end)?;
        Some(Self { heading, offset: turn(heading, start), start, end })
    }

    pub(super) fn length(&self) -> f64 {
        let (right, down) = between(self.start, self.end);
        (right as f64).hypot(down as f64)
    }

    fn on_one_line(&self, other: &Self) -> bool {
        self.heading == other.heading && self.offset == other.offset
    }

    fn is_flat(&self) -> bool {
        self.heading == (1, 0)
    }

    fn is_steep(&self) -> bool {
        self.heading == (0, 1)
    }

    fn is_sloped(&self) -> bool {
        !self.is_flat() && !self.is_steep()
    }

    fn top(&self) -> i32 {
        self.start.1.min(self.end.1)
    }

    fn bottom(&self) -> i32 {
        self.start.1.max(self.end.1)
    }

    /// How far down the line has come at `x`, which may lie beside the piece.
    pub(super) fn y_range(&self, left: i64, right: i64) -> (i64, i64) {
        let (across, down) = self.heading;
        if across == 0 {
            return (i64::from(self.top()), i64::from(self.bottom()));
        }
        let at = |x: i64| {
            let x = x.clamp(i64::from(self.start.0), i64::from(self.end.0));
            i64::from(self.start.1) + ((x - i64::from(self.start.0)) * down).div_euclid(across)
        };
        let (one, other) = (at(left), at(right));
        (one.min(other), one.max(other) + 1)
    }

    /// Whether it has a point in the open interior.
    pub(super) fn enters(&self, area: &Area) -> bool {
        let within = self.start.0 < area.right()
            && self.end.0 > area.x
            && self.top() < area.bottom()
            && self.bottom() > area.y
            && !area.is_empty();
        within && (!self.is_sloped() || self.parts(area))
    }

    /// Whether corners of the area lie on both sides of the line.
    fn parts(&self, area: &Area) -> bool {
        let corners =
            [(area.x, area.y), (area.right(), area.y), (area.x, area.bottom()), (area.right(), area.bottom())];
        let sides = corners.map(|corner| (turn(self.heading, corner) - self.offset).signum());
        sides.contains(&1) && sides.contains(&-1)
    }

    /// Whether the two cross in a point that ends neither.
    fn crosses(&self, other: &Self) -> bool {
        let apart = |line: &Self, piece: &Self| {
            let side = |spot: Spot| (turn(line.heading, spot) - line.offset).signum();
            side(piece.start) * side(piece.end) < 0
        };
        apart(self, other) && apart(other, self)
    }
}

/// What the polylines of an edge cover: no point twice, and straight on is one piece.
pub(super) fn union(ways: &[Vec<Spot>]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = ways.iter().flat_map(|way| pieces(way)).collect();
    pieces.sort_unstable();
    let mut whole: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match whole.last_mut() {
            Some(last) if last.on_one_line(&piece) && piece.start <= last.end => last.end = last.end.max(piece.end),
            _ => whole.push(piece),
        }
    }
    whole
}

/// The pieces of a polyline.
pub(super) fn pieces(way: &[Spot]) -> impl Iterator<Item = Piece> {
    way.iter().zip(way.iter().skip(1)).filter_map(|(a, b)| Piece::new(*a, *b))
}

/// The corners of the polylines of an edge; one that several share counts once.
pub(super) fn corners(ways: &[Vec<Spot>]) -> usize {
    let mut corners: BTreeSet<(Spot, Heading, Heading)> = BTreeSet::new();
    for way in ways {
        let mut before = None;
        for (a, b) in way.iter().zip(way.iter().skip(1)) {
            let Some(next) = heading(*a, *b) else { continue };
            corners.extend(before.filter(|before| *before != next).map(|before| (*a, before, next)));
            before = Some(next);
        }
    }
    corners.len()
}

/// Proper crossings between pieces of different edges.
pub(super) fn crossings(edges: &[Vec<Piece>]) -> usize {
    let all: Vec<Piece> = edges.iter().flatten().copied().collect();
    crossings_among(&all) - edges.iter().map(|own| crossings_among(own)).sum::<usize>()
}

fn crossings_among(pieces: &[Piece]) -> usize {
    upright_crossings(pieces) + sloped_crossings(pieces)
}

/// What a sweep from left to right meets; at one place in this order, since touching is no crossing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    FlatEnds(i32),
    Steep(i32, i32),
    FlatStarts(i32),
}

/// Crossings of flat and steep pieces: a sweep that counts the flat ones between the ends of each steep one.
fn upright_crossings(pieces: &[Piece]) -> usize {
    let mut rows: Vec<i32> = pieces.iter().filter(|piece| piece.is_flat()).map(|piece| piece.start.1).collect();
    rows.sort_unstable();
    rows.dedup();
    let mut events: Vec<(i32, Event)> = Vec::new();
    for piece in pieces {
        if piece.is_flat() {
            events.push((piece.start.0, Event::FlatStarts(piece.start.1)));
            events.push((piece.end.0, Event::FlatEnds(piece.start.1)));
        } else if piece.is_steep() {
            events.push((piece.start.0, Event::Steep(piece.start.1, piece.end.1)));
        }
    }
    events.sort_unstable();
    let mut open = Tally(vec![0; rows.len() + 1]);
    let mut count = 0;
    for (_, event) in events {
        match event {
            Event::FlatEnds(y) => open.add(rows.partition_point(|row| *row < y), -1),
            Event::FlatStarts(y) => open.add(rows.partition_point(|row| *row < y), 1),
            Event::Steep(top, bottom) => {
                let (above, below) =
                    (rows.partition_point(|row| *row <= top), rows.partition_point(|row| *row < bottom));
                count += open.before(below).saturating_sub(open.before(above.min(below)));
            }
        }
    }
    count as usize
}

/// Sums of the first so many numbers, each of which may change (a Fenwick tree).
struct Tally(Vec<i64>);

impl Tally {
    fn add(&mut self, at: usize, by: i64) {
        let mut at = at + 1;
        while let Some(sum) = self.0.get_mut(at) {
            *sum += by;
            at += at & at.wrapping_neg();
        }
    }

    fn before(&self, mut at: usize) -> i64 {
        let mut sum = 0;
        while at > 0 {
            sum += self.0.get(at).copied().unwrap_or(0);
            at &= at - 1;
        }
        sum
    }
}

/// Crossings with a sloped piece: only drawings of other engines have any.
fn sloped_crossings(pieces: &[Piece]) -> usize {
    if !pieces.iter().any(Piece::is_sloped) {
        return 0;
    }
    let mut sorted: Vec<&Piece> = pieces.iter().collect();
    sorted.sort_unstable_by_key(|piece| piece.start);
    let mut count = 0;
    for (at, piece) in sorted.iter().enumerate() {
        let rest = sorted.get(at + 1..).unwrap_or_default();
        let near = rest.iter().take_while(|other| other.start.0 < piece.end.0);
        let level = near.filter(|other| other.top() < piece.bottom() && other.bottom() > piece.top());
        count += level.filter(|other| (piece.is_sloped() || other.is_sloped()) && piece.crosses(other)).count();
    }
    count
}

/// Pairs of edges that lie on each other over more than a point.
pub(super) fn on_each_other(edges: &[Vec<Piece>]) -> Vec<(usize, usize)> {
    let numbered =
        |(edge, pieces): (usize, &Vec<Piece>)| pieces.iter().map(move |piece| (*piece, edge)).collect::<Vec<_>>();
    let mut all: Vec<(Piece, usize)> = edges.iter().enumerate().flat_map(numbered).collect();
    all.sort_unstable();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, (piece, edge)) in all.iter().enumerate() {
        let rest = all.get(at + 1..).unwrap_or_default();
        let over = rest.iter().take_while(|(other, _)| other.on_one_line(piece) && other.start < piece.end);
        pairs.extend(over.filter(|(_, other)| other != edge).map(|(_, other)| (*edge.min(other), *edge.max(other))));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn between(a: Spot, b: Spot) -> (i64, i64) {
    (i64::from(b.0) - i64::from(a.0), i64::from(b.1) - i64::from(a.1))
}

/// Where it leads from one point to another; nowhere if they are the same.
fn heading(a: Spot, b: Spot) -> Option<Heading> {
    let (right, down) = between(a, b);
    let (mut divisor, mut rest) = (right.abs(), down.abs());
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    (divisor != 0).then(|| (right / divisor, down / divisor))
}

/// On which side of the line through the origin a spot lies, and how far.
fn turn(heading: Heading, spot: Spot) -> i64 {
    heading.0 * i64::from(spot.1) - heading.1 * i64::from(spot.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::metrics::grid::Grid;

    /// Polylines of five points in a small square, so that much touches, overlaps and crosses.
    fn scribbles(upright: bool) -> Vec<Vec<Piece>> {
        let mut seed = 1_u64;
        let mut roll = move || {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (seed >> 33) as i32 % 24
        };
        let mut way = || {
            let mut way = vec![(roll(), roll())];
            for step in 0..4 {
                let (x, y) = *way.last().unwrap();
                let next = (roll(), roll());
                way.push(if !upright || roll() == 0 {
                    next
                } else if step % 2 == 0 {
                    (next.0, y)
                } else {
                    (x, next.1)
                });
            }
            way
        };
        (0..60).map(|_| union(&[way(), way()])).collect()
    }

    #[test]
    fn the_sweep_counts_what_comparing_all_with_all_counts() {
        for upright in [true, false] {
            let edges = scribbles(upright);
            let met = |a: &[Piece], b: &[Piece]| a.iter().flat_map(|p| b.iter().filter(|q| p.crosses(q))).count();
            let rest = |at: usize| edges[at + 1..].iter();
            let all: usize =
                (0..edges.len()).map(|at| rest(at).map(|other| met(&edges[at], other)).sum::<usize>()).sum();
            assert!(all > 100);
            assert_eq!(crossings(&edges), all);
        }
    }

    #[test]
    fn the_grid_finds_what_comparing_all_with_all_finds() {
        let areas: Vec<Area> =
            (0..80).map(|at| Area { x: at * 7 % 23, y: at * 5 % 19, w: at % 4, h: at % 3 * 2 }).collect();
        let grid = Grid::new(&areas);
        for piece in [true, false].into_iter().flat_map(scribbles).flatten() {
            let all: Vec<usize> = (0..areas.len()).filter(|at| piece.enters(&areas[*at])).collect();
            assert_eq!(grid.entered(&piece), all, "{piece:?}");
        }
    }

    #[test]
    fn a_piece_enters_an_area_if_a_point_of_it_is_inside() {
        let area = Area { x: 8, y: 8, w: 8, h: 4 };
        for piece in [true, false].into_iter().flat_map(scribbles).flatten() {
            let at = |part: f64, from: i32, to: i32| f64::from(from) + part * f64::from(to - from);
            let inside = (0..=2400).map(|step| f64::from(step) / 2400.0).any(|part| {
                let (x, y) = (at(part, piece.start.0, piece.end.0), at(part, piece.start.1, piece.end.1));
                let within =
                    |low: i32, value: f64, high: i32| f64::from(low) + 1e-9 < value && value < f64::from(high) - 1e-9;
                within(area.x, x, area.right()) && within(area.y, y, area.bottom())
            });
            assert_eq!(piece.enters(&area), inside, "{piece:?}");
        }
    }
}
