//! On which segment of its edge a label lies, and between which crossings.

use super::{Area, Before, Graph, segments::Segments};

/// Where a label is to lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) segment: usize,
    /// The place of its middle along the segment, as routed.
    pub(super) at: i32,
    /// Twice that, exactly: the sum of the places between which it lies.
    pub(super) twice: i32,
    pub(super) size: (i32, i32),
    /// Whether it was there before, and would like to stay there.
    pub(super) stays: bool,
}

/// How much of a line stays visible beside its label.
const TAIL: i32 = 12;
/// What it costs to lie across a steep line instead of along a flat one.
const STEEP: i32 = 90;
/// What it costs to lie beside another label, which must make room.
const CROWD: i32 = 40;

/// A slot for each label whose edge has a way. Every label has one: the drawing makes room for it.
/// A label that was somewhere stays near.
pub(super) fn slots(graph: &Graph, segments: &Segments, before: &Before) -> Vec<Option<Slot>> {
    let mut slots: Vec<Option<Slot>> = vec![None; graph.edges.len()];
    let across = Across::new(segments);
    // Where most stands already, room that is there is better than room that must be made.
    let lack = if before.labels.is_empty() { 1 } else { 4 };
    for (edge, wanted) in graph.edges.iter().enumerate() {
        let was = before.labels.get(edge).copied().flatten();
        slots[edge] = wanted.label.zip(was).and_then(|(size, was)| stay(segments, edge, size, was));
    }
    for (edge, wanted) in graph.edges.iter().enumerate().filter(|(edge, _)| slots[*edge].is_none()).collect::<Vec<_>>()
    {
        let Some(size) = wanted.label else { continue };
        let ways: Vec<&Vec<usize>> = segments.ways[edge].iter().flatten().collect();
        let Some(first) = ways.first() else { continue };
        let shared: Vec<usize> = first.iter().copied().filter(|at| ways.iter().all(|way| way.contains(at))).collect();
        let on = if shared.is_empty() { first.as_slice() } else { shared.as_slice() };
        let was = before.labels.get(edge).copied().flatten().map(|area| area.centre());
        let mut best: Option<(i32, Slot)> = None;
        for segment in on {
            let own = &segments.all[*segment];
            let need = if own.flat { size.0 } else { size.1 } + 2 * TAIL;
            let base = if own.flat { 0 } else { STEEP + size.0 / 2 };
            let mut ends = across.places(segments, *segment);
            ends.extend([own.lo, own.hi]);
            ends.sort_unstable();
            for pair in ends.windows(2) {
                let room = pair[1] - pair[0];
                let at = (pair[0] + pair[1]) / 2;
                let near = |slot: &&Slot| {
                    let other = &segments.all[slot.segment];
                    other.flat == own.flat && other.at == own.at && (slot.at - at).abs() < need
                };
                let crowd = slots.iter().flatten().filter(near).count() as i32;
                let spot = if own.flat { (at, own.at) } else { (own.at, at) };
                let far = was.map_or(0, |was| (was.0 - spot.0).abs() + (was.1 - spot.1).abs());
                let price = far + lack * (need - room).max(0) + base + CROWD * crowd - room.min(2 * need) / 8;
                if best.as_ref().is_none_or(|(least, _)| price < *least) {
                    best = Some((price, Slot { segment: *segment, at, twice: pair[0] + pair[1], size, stays: false }));
                }
            }
        }
        slots[edge] = best.map(|(_, slot)| slot);
    }
    slots
}

/// The slot of a label where it was, if its line still runs there.
fn stay(segments: &Segments, edge: usize, size: (i32, i32), was: Area) -> Option<Slot> {
    let mut on = segments.ways[edge].iter().flatten().flatten().copied();
    let spans = |flat: bool| {
        if flat { (was.x, was.right(), was.y, was.bottom()) } else { (was.y, was.bottom(), was.x, was.right()) }
    };
    let here = |at: &usize| {
        let own = &segments.all[*at];
        let (from, to, low, high) = spans(own.flat);
        own.stays && own.lo <= from && to <= own.hi && low <= own.at && own.at <= high && (was.w, was.h) == size
    };
    let segment = on.find(here)?;
    let (from, to, ..) = spans(segments.all[segment].flat);
    Some(Slot { segment, at: (from + to) / 2, twice: from + to, size, stays: true })
}

/// Segments by place, to find those that cross another.
struct Across {
    flat: Vec<usize>,
    steep: Vec<usize>,
}

impl Across {
    fn new(segments: &Segments) -> Self {
        let sorted = |flat: bool| {
            let mut all: Vec<usize> = (0..segments.all.len()).filter(|at| segments.all[*at].flat == flat).collect();
            all.sort_by_key(|at| segments.all[*at].at);
            all
        };
        Self { flat: sorted(true), steep: sorted(false) }
    }

    fn places(&self, segments: &Segments, at: usize) -> Vec<i32> {
        let own = &segments.all[at];
        let others = if own.flat { &self.steep } else { &self.flat };
        let first = others.partition_point(|other| segments.all[*other].at <= own.lo);
        let within = others[first..].iter().map(|other| &segments.all[*other]).take_while(|other| other.at < own.hi);
        let mut places: Vec<i32> =
            within.filter(|other| other.lo <= own.at && own.at <= other.hi).map(|other| other.at).collect();
        places.dedup();
        places
    }
}
