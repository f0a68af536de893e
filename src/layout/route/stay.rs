//! Which edges keep the course that they were drawn on: those whose ends are where they were, and in whose way nothing
//! has come.

use crate::layout::{
    Area, Before, Graph, Spot,
    lines::{Side, words},
    place::Placed,
    segments::{Course, Piece},
    tree::{CANVAS, Tree},
};

/// Less than this is no way from a border to the first bend.
const STEP: i32 = 4;

/// So much farther to a border that drew back.
const LONGER: i32 = 8;

/// The courses of each edge that keeps all of them.
pub(super) fn courses(graph: &Graph, tree: &Tree, placed: &Placed, before: &Before) -> Vec<Option<Vec<Course>>> {
    let stay = Stay { graph, tree, placed, moved: Moved::new(graph, tree, placed, before) };
    let none = Vec::new();
    (0..graph.edges.len()).map(|edge| stay.edge(edge, before.edges.get(edge).unwrap_or(&none))).collect()
}

/// What stands elsewhere than it did, or is new.
struct Moved {
    nodes: Vec<usize>,
    rooms: Vec<usize>,
}

impl Moved {
    fn new(graph: &Graph, tree: &Tree, placed: &Placed, before: &Before) -> Self {
        let was = |areas: &[Option<Area>], at: usize| areas.get(at).copied().flatten();
        let nodes = (0..graph.nodes.len()).filter(|at| was(&before.nodes, *at) != Some(placed.nodes[*at])).collect();
        let rooms = (1..tree.count()).filter(|at| was(&before.containers, at - 1) != Some(placed.rooms[*at])).collect();
        Self { nodes, rooms }
    }
}

struct Stay<'a> {
    graph: &'a Graph,
    tree: &'a Tree,
    placed: &'a Placed,
    moved: Moved,
}

impl Stay<'_> {
    fn edge(&self, edge: usize, ways: &[Vec<Spot>]) -> Option<Vec<Course>> {
        let wanted = &self.graph.edges[edge];
        if ways.len() != wanted.to.len() {
            return None;
        }
        let keeps = |(way, to): (&Vec<Spot>, &usize)| {
            let course = Course::drawn(way)?;
            let held = self.touches(wanted.from, &course, true) && self.touches(*to, &course, false);
            let free = || course.pieces.iter().all(|piece| self.is_free(wanted.from, *to, &wanted.to, *piece));
            (held && free()).then_some(course)
        };
        ways.iter().zip(&wanted.to).map(keeps).collect()
    }

    /// Whether a course still begins, or ends, at the side of a box, and goes some way before it bends.
    fn touches(&self, node: usize, course: &Course, out: bool) -> bool {
        let area = &self.placed.nodes[node];
        let (piece, side) = if out { (course.pieces.first(), course.out) } else { (course.pieces.last(), course.into) };
        let Some((flat, at, from, to)) = piece.copied() else { return false };
        let across = if flat { (area.y, area.bottom()) } else { (area.x, area.right()) };
        let border = match side {
            Side::Left => area.x,
            Side::Right => area.right(),
            Side::Top => area.y,
            Side::Bottom => area.bottom(),
        };
        let (end, bend) = if out { (from, to) } else { (to, from) };
        let outwards = |from: i32, to: i32| if side.is_low() { from - to } else { to - from };
        across.0 < at && at < across.1 && outwards(border, bend) >= STEP && outwards(border, end) <= LONGER
    }

    /// Whether nothing that has moved stands on a piece.
    fn is_free(&self, from: usize, to: usize, ends: &[usize], (flat, at, a, b): Piece) -> bool {
        let (lo, size) = (a.min(b), (a - b).abs());
        let on = if flat { Area { x: lo, y: at - 1, w: size, h: 2 } } else { Area { x: at - 1, y: lo, w: 2, h: size } };
        let home =
            |room: usize| self.tree.holds(room, self.tree.room[from]) || self.tree.holds(room, self.tree.room[to]);
        let node = |node: &usize| *node != from && !ends.contains(node) && self.placed.nodes[*node].overlaps(&on);
        let room = |room: &usize| {
            let area = self.placed.rooms[*room];
            let said = || words(self.graph, *room, &area).iter().any(|said| said.overlaps(&on));
            *room != CANVAS && !area.is_empty() && area.overlaps(&on) && (!home(*room) || said())
        };
        !self.moved.nodes.iter().any(node) && !self.moved.rooms.iter().any(room)
    }
}
