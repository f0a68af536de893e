//! Room for everything: boxes, frames, lines and labels pushed apart on one axis after the other.
//!
//! What overlaps across an axis keeps its order and a distance along it. Since that holds on the first axis and then,
//! with those places, on the second, nothing overlaps in the end: not by search, but by construction. Distances that
//! contradict each other shrink ([`super::solve`]).

mod finish;

use std::collections::BTreeMap;

use super::{
    Area, Graph, Posture,
    label::Slot,
    lines::{BAR_END, Side, WORDS_BELOW, WORDS_IN, words},
    place::{PADDING, Placed},
    segments::{Fine, Segments},
    solve::{Distance, Hold, Variables, firm, settle, yielding},
    tree::{CANVAS, Tree},
};

/// Between two lines.
const PITCH: i32 = 10;
/// Between a line and a box, a frame's border, words.
const OFF_BOX: i32 = 14;
const OFF_WALL: i32 = 10;
const OFF_WORDS: i32 = 6;
/// Between two boxes or frames.
const OFF_OTHER: i32 = 28;
/// Between a label and anything else.
const OFF_LABEL: i32 = 6;
/// From the corner of a box to the first line at its side.
const CORNER: i32 = 12;
/// A step between two lines this small is made straight where it can be.
const JOG: i32 = 40;

/// The places of everything.
#[derive(Clone, Debug)]
pub(super) struct Spaced {
    pub(super) nodes: Vec<Area>,
    pub(super) rooms: Vec<Area>,
    /// Where each segment lies across itself.
    pub(super) at: Vec<i32>,
    pub(super) labels: Vec<Option<Area>>,
}

/// Gives everything the room it needs. Pinned nodes stay where they are.
pub(super) fn space(
    graph: &Graph,
    tree: &Tree,
    placed: &Placed,
    segments: &Segments,
    slots: &[Option<Slot>],
) -> Spaced {
    let mut spaced = Spaced {
        nodes: placed.nodes.clone(),
        rooms: placed.rooms.clone(),
        at: segments.all.iter().map(|segment| segment.at).collect(),
        labels: vec![None; graph.edges.len()],
    };
    for flat in [true, false] {
        let scene = Scene { graph, tree, placed, segments, slots };
        let mut pass = Pass::new(scene, flat, spaced.clone(), true);
        let mut firm = firm(&pass.variables, &pass.distances, placed.kept);
        if firm.is_none() && flat {
            // Columns that hold together ask too much: each box for itself.
            pass = Pass::new(scene, flat, spaced, false);
            firm = self::firm(&pass.variables, &pass.distances, placed.kept);
        }
        let firm = firm.unwrap_or_else(|| yielding(&pass.variables, &mut pass.distances));
        spaced = pass.run(&firm);
    }
    spaced
}

/// What a piece is, for the distances it keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Line,
    Box,
    /// The border at which a frame begins, and at which it ends.
    Opens,
    Closes,
    Words,
    Label,
}

/// Something that takes room: an interval along the axis, moved by a variable, and a span across.
struct Piece {
    kind: Kind,
    variable: usize,
    /// The segment, if it is a line.
    segment: Option<usize>,
    near: i32,
    far: i32,
    span: (Fine, Fine),
    /// Four times its middle, and its rank: pieces that overlap across keep this order.
    order: (i32, u32),
}

/// What is given for both axes.
#[derive(Clone, Copy)]
struct Scene<'a> {
    graph: &'a Graph,
    tree: &'a Tree,
    placed: &'a Placed,
    segments: &'a Segments,
    slots: &'a [Option<Slot>],
}

/// A place that moves with a variable.
#[derive(Clone, Copy, Debug)]
struct Moving {
    variable: usize,
    /// From the variable.
    by: i32,
}

/// One axis: `flat` is the x axis, on which steep lines are moved; otherwise the y axis.
struct Pass<'a> {
    scene: Scene<'a>,
    flat: bool,
    /// Whether columns move as one.
    rigid: bool,
    /// Where everything is before this pass.
    spaced: Spaced,
    variables: Variables,
    columns: BTreeMap<usize, Moving>,
    pieces: Vec<Piece>,
    distances: Vec<Distance>,
    /// Both ends of each node and of each room.
    nodes: Vec<(Moving, Moving)>,
    rooms: Vec<(Moving, Moving)>,
    /// The variable of each segment that this pass moves.
    lines: Vec<Option<usize>>,
    /// The near end of each label.
    labels: Vec<Option<Moving>>,
}

impl<'a> Pass<'a> {
    fn new(scene: Scene<'a>, flat: bool, spaced: Spaced, rigid: bool) -> Self {
        let mut pass = Self {
            scene,
            flat,
            rigid,
            spaced,
            variables: Variables::default(),
            columns: BTreeMap::new(),
            pieces: Vec::new(),
            distances: Vec::new(),
            nodes: Vec::new(),
            rooms: vec![(Moving { variable: 0, by: 0 }, Moving { variable: 0, by: 0 }); scene.tree.count()],
            lines: vec![None; scene.segments.all.len()],
            labels: vec![None; scene.graph.edges.len()],
        };
        pass.add_nodes();
        pass.add_rooms();
        pass.add_lines();
        pass.add_labels();
        pass.add_docks();
        pass.neighbours();
        let at = |distance: &Distance| pass.variables.at[distance.a];
        let mut distances = std::mem::take(&mut pass.distances);
        distances.sort_by_key(at);
        pass.distances = distances;
        pass
    }

    fn run(mut self, firm: &[Option<i32>]) -> Spaced {
        self.wish(firm);
        let mut found = settle(&self.variables, &mut self.distances, firm);
        self.shrink(&mut found);
        self.straighten(&mut found);
        self.take(&found)
    }

    /// The lines of this pass at each side of each box, in order.
    fn sides(&self) -> BTreeMap<(usize, Side), Vec<usize>> {
        let mut sides: BTreeMap<(usize, Side), Vec<usize>> = BTreeMap::new();
        for at in 0..self.lines.len() {
            if self.lines[at].is_some() {
                for dock in &self.scene.segments.all[at].docks {
                    sides.entry(*dock).or_default().push(at);
                }
            }
        }
        let order = |at: &usize| (self.scene.segments.all[*at].at, self.scene.segments.all[*at].rank);
        sides.values_mut().for_each(|lines| lines.sort_by_key(order));
        sides
    }

    /// An area's start and size along the axis.
    fn along(&self, area: &Area) -> (i32, i32) {
        if self.flat { (area.x, area.w) } else { (area.y, area.h) }
    }

    fn across(&self, area: &Area) -> (Fine, Fine) {
        let (lo, size) = if self.flat { (area.y, area.h) } else { (area.x, area.w) };
        ((lo, 0), (lo + size, u32::MAX))
    }

    fn piece(&mut self, kind: Kind, at: Moving, size: (i32, i32), span: (Fine, Fine), rank: u32) {
        let (near, far) = (at.by + size.0, at.by + size.1);
        let order = (4 * self.variables.at[at.variable] + 2 * (near + far), rank);
        self.pieces.push(Piece { kind, variable: at.variable, segment: None, near, far, span, order });
    }

    fn keep(&mut self, a: Moving, b: Moving, least: i32, soft: bool) {
        let now = self.variables.at[b.variable] - self.variables.at[a.variable];
        self.distances.push(Distance {
            a: a.variable,
            b: b.variable,
            least: least + a.by - b.by,
            soft: if soft { least } else { 0 },
            now,
        });
    }

    /// The variable of something firm: its column's on the x axis, if it has one.
    fn firm(&mut self, at: i32, column: Option<usize>, hold: Hold) -> Moving {
        let shared = column.filter(|_| self.flat && self.rigid && hold != Hold::Fixed);
        let Some(column) = shared else { return Moving { variable: self.variables.add(at, hold), by: 0 } };
        match self.columns.get(&column) {
            Some(known) => Moving { variable: known.variable, by: at - known.by },
            None => {
                let variable = self.variables.add(at, hold);
                self.columns.insert(column, Moving { variable, by: at });
                Moving { variable, by: 0 }
            }
        }
    }

    fn add_nodes(&mut self) {
        for node in 0..self.spaced.nodes.len() {
            let wanted = &self.scene.graph.nodes[node];
            let hold = if wanted.pin.is_some() { Hold::Fixed } else { Hold::Firm };
            let area = self.spaced.nodes[node];
            let (at, size) = self.along(&area);
            let span = self.across(&area);
            // Both ends move: a box grows with the lines that end at its sides, a bar shrinks to those as well.
            let low = self.firm(at, self.scene.placed.column[node], hold);
            let high = Moving { variable: self.variables.add(at + size, Hold::Firm), by: 0 };
            self.nodes.push((low, high));
            if area.is_empty() {
                continue;
            }
            let least = if self.flat { wanted.size.0 } else { wanted.size.1 };
            self.keep(low, high, least, false);
            // Where two touch, what ends comes before what begins.
            self.piece(Kind::Box, low, (0, 0), span, u32::MAX);
            self.piece(Kind::Box, high, (0, 0), span, 0);
        }
    }

    fn add_rooms(&mut self) {
        for room in 1..self.scene.tree.count() {
            let area = self.spaced.rooms[room];
            if area.is_empty() {
                continue;
            }
            let (at, size) = self.along(&area);
            let span = self.across(&area);
            let low = self.firm(at, self.scene.placed.room_column[room], Hold::Firm);
            let high = Moving { variable: self.variables.add(at + size, Hold::Firm), by: 0 };
            self.rooms[room] = (low, high);
            self.piece(Kind::Opens, low, (0, 0), span, u32::MAX);
            self.piece(Kind::Closes, high, (0, 0), span, 0);
            let title = self.scene.graph.containers[room - 1].title;
            let said = words(self.scene.graph, room, &area);
            if self.flat {
                self.keep(low, high, title.name + title.aside + 2 * PADDING, false);
                self.piece(Kind::Words, low, (0, WORDS_IN + title.name), self.across(&said[0]), 1);
                if title.aside > 0 {
                    self.piece(Kind::Words, high, (-WORDS_IN - title.aside, 0), self.across(&said[1]), 1);
                }
            } else {
                for said in said.iter().filter(|said| said.w > 0) {
                    self.piece(Kind::Words, low, (0, title.height - WORDS_BELOW), self.across(said), 1);
                }
            }
            self.contain(room, low, high);
        }
    }

    /// What stands in a frame stays in it, with a distance from its border.
    fn contain(&mut self, room: usize, low: Moving, high: Moving) {
        let before = if self.flat { PADDING } else { self.scene.graph.containers[room - 1].title.height };
        for node in self.scene.tree.nodes[room].clone() {
            if !self.spaced.nodes[node].is_empty() {
                let (near, far) = self.nodes[node];
                self.keep(low, near, before, false);
                self.keep(far, high, PADDING, false);
            }
        }
        if let Some(outer) = Some(self.scene.tree.outer[room]).filter(|outer| *outer != CANVAS) {
            let before = if self.flat { PADDING } else { self.scene.graph.containers[outer - 1].title.height };
            let (first, last) = self.rooms[outer];
            self.keep(first, low, before, false);
            self.keep(high, last, PADDING, false);
        }
    }

    fn add_lines(&mut self) {
        for at in 0..self.scene.segments.all.len() {
            let segment = &self.scene.segments.all[at];
            if segment.flat == self.flat {
                continue;
            }
            let variable = self.variables.add(segment.at, Hold::Loose);
            self.variables.wish[variable] = segment.stays.then_some(segment.at);
            self.lines[at] = Some(variable);
            let span = if self.flat { self.scene.segments.span(at) } else { self.span_now(at) };
            let rank = segment.rank + 1;
            // Where its label lies, the label takes the room: what comes before it must see it, and what comes after.
            let stretches = match self.label_span(at) {
                Some((from, to)) => vec![(span.0, (from.0 - 1, u32::MAX)), ((to.0 + 1, 0), span.1)],
                None => vec![span],
            };
            for span in stretches.into_iter().filter(|span| span.0 <= span.1) {
                self.piece(Kind::Line, Moving { variable, by: 0 }, (0, 0), span, rank);
                if let Some(piece) = self.pieces.last_mut() {
                    piece.segment = Some(at);
                }
            }
        }
    }

    /// What a label covers of the segment that it lies on, where that is moved in this pass.
    fn label_span(&self, at: usize) -> Option<(Fine, Fine)> {
        let edge = self.scene.segments.all[at].edge;
        let slot = self.scene.slots[edge].as_ref().filter(|slot| slot.segment == at)?;
        if self.flat {
            return Some(((slot.at, 0), (slot.at, u32::MAX)));
        }
        let x = self.spaced.labels[edge].map_or(slot.at - slot.size.0 / 2, |area| area.x);
        Some(((x, 0), (x + slot.size.0, 0)))
    }

    /// A flat segment's ends, now that the places of steep ones are known.
    fn span_now(&self, at: usize) -> (Fine, Fine) {
        let segment = &self.scene.segments.all[at];
        let joints = segment.joints.iter().map(|other| (self.spaced.at[*other], 1));
        let docks = segment.docks.iter().map(|(node, side)| {
            let area = &self.spaced.nodes[*node];
            if side.is_low() { (area.x - 1, u32::MAX) } else { (area.right() + 1, 0) }
        });
        joints.chain(docks).fold(((i32::MAX, 0), (i32::MIN, 0)), |(lo, hi), at| (lo.min(at), hi.max(at)))
    }

    fn add_labels(&mut self) {
        for edge in 0..self.scene.slots.len() {
            let Some(slot) = &self.scene.slots[edge] else { continue };
            let segment = &self.scene.segments.all[slot.segment];
            let (w, h) = slot.size;
            if segment.flat == self.flat {
                // Along its own line: it looks for a place between what crosses the line.
                let at = slot.at - if self.flat { w } else { h } / 2;
                let label = Moving { variable: self.variables.add(at, Hold::Loose), by: 0 };
                self.variables.wish[label.variable] = slot.stays.then_some(at);
                let place =
                    if self.flat { self.scene.segments.fine(slot.segment) } else { (self.spaced.at[slot.segment], 1) };
                let span =
                    if self.flat { (place, place) } else { ((place.0 - (w + 1) / 2, 0), (place.0 + (w + 1) / 2, 0)) };
                self.piece(Kind::Label, label, (0, if self.flat { w } else { h }), span, 0);
                if let Some(piece) = self.pieces.last_mut() {
                    piece.order = (2 * slot.twice, 0);
                }
                self.labels[edge] = Some(label);
            } else if let Some(variable) = self.lines[slot.segment] {
                let size = if self.flat { w } else { h };
                let line = Moving { variable, by: 0 };
                let Some(span) = self.label_span(slot.segment) else { continue };
                // As wide on either side, so that it stands where its line does among others.
                let half = (size + 1) / 2;
                self.piece(Kind::Label, line, (-half, half), span, segment.rank + 1);
                self.labels[edge] = Some(Moving { variable, by: -size / 2 });
            }
        }
    }

    /// Lines that end at a box end at its side, off its corners; they spread along it.
    fn add_docks(&mut self) {
        for ((node, _), lines) in self.sides() {
            let (low, high) = self.nodes[node];
            let bar = self.scene.graph.nodes[node].posture == Posture::Bar;
            let corner = if bar && self.flat { BAR_END } else { CORNER };
            for at in lines {
                let Some(variable) = self.lines[at] else { continue };
                let line = Moving { variable, by: 0 };
                self.keep(low, line, corner, false);
                self.keep(line, high, corner, false);
            }
        }
    }

    /// Distances between pieces next to each other on the axis.
    fn neighbours(&mut self) {
        let mut places: Vec<Fine> = self.pieces.iter().flat_map(|piece| [piece.span.0, piece.span.1]).collect();
        places.sort_unstable();
        places.dedup();
        let index = |place: Fine| places.partition_point(|other| *other < place);
        let mut order: Vec<usize> = (0..self.pieces.len()).collect();
        order.sort_by_key(|at| (self.pieces[*at].order, *at));
        // What was seen last at each place, as stretches that begin there and go on to the next.
        let mut last: BTreeMap<usize, Option<usize>> = BTreeMap::from([(0, None)]);
        let mut found = Vec::new();
        for at in order {
            let piece = &self.pieces[at];
            let (from, to) = (index(piece.span.0), index(piece.span.1) + 1);
            let at_or_before = |last: &BTreeMap<usize, Option<usize>>, place: usize| {
                last.range(..=place).next_back().and_then(|(_, seen)| *seen)
            };
            let (begin, end) = (at_or_before(&last, from), at_or_before(&last, to));
            let covered: Vec<usize> = last.range(from..to).map(|(place, _)| *place).collect();
            let mut seen: Vec<usize> = covered.iter().filter_map(|place| last[place]).chain(begin).collect();
            seen.sort_unstable();
            seen.dedup();
            found.extend(seen.into_iter().map(|before| (before, at)));
            for place in covered {
                last.remove(&place);
            }
            last.insert(from, Some(at));
            last.entry(to).or_insert(end);
        }
        for (before, after) in found {
            let (a, b) = (&self.pieces[before], &self.pieces[after]);
            if a.variable == b.variable {
                continue;
            }
            // Two lines of one edge that touch may lie in one line.
            let one = a.kind == Kind::Line && b.kind == Kind::Line && self.edge(a) == self.edge(b);
            let (gap, soft) = if one { (0, true) } else { gap(a.kind, b.kind) };
            let (near, far) = (Moving { variable: a.variable, by: a.far }, Moving { variable: b.variable, by: b.near });
            // Lines that were there were near enough to be told apart, or there was no room for more.
            let was = if self.stays(a) && self.stays(b) { self.apart(near, far) } else { gap };
            self.keep(near, far, gap.min(was.max(0)), soft);
        }
    }

    /// How far apart two places are before this pass.
    fn apart(&self, near: Moving, far: Moving) -> i32 {
        self.variables.at[far.variable] + far.by - self.variables.at[near.variable] - near.by
    }

    /// Whether a piece is a line that was there before.
    fn stays(&self, piece: &Piece) -> bool {
        piece.segment.is_some_and(|at| self.scene.segments.all[at].stays)
    }

    /// The edge that a line's piece belongs to.
    fn edge(&self, piece: &Piece) -> Option<usize> {
        piece.segment.map(|at| self.scene.segments.all[at].edge)
    }
}

/// How far apart two pieces lie that are next to each other, and whether that may shrink.
fn gap(a: Kind, b: Kind) -> (i32, bool) {
    use Kind::{Box, Closes, Label, Line, Opens, Words};
    match (a, b) {
        (Line, Line) => (PITCH, true),
        (Line, Box) | (Box, Line) => (OFF_BOX, true),
        (Line, Opens | Closes) | (Opens | Closes, Line) => (OFF_WALL, true),
        (Line, Words) | (Words, Line) => (OFF_WORDS, true),
        (Label, _) | (_, Label) => (OFF_LABEL, false),
        (Words, _) | (_, Words) => (0, false),
        // Between a border and what is inside, the frame's own distances tell.
        (Opens, Opens | Box) | (Closes | Box, Closes) => (0, false),
        (Box | Closes, Box | Opens) | (Opens, Closes) => (OFF_OTHER, false),
    }
}
