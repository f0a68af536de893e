//! A frame that something has left draws in to what is still in it.

use super::{Keeper, ground::stretch};
use crate::layout::Area;

/// Between a frame's border and a line that runs along it inside.
const OFF_WALL: i32 = 12;

impl Keeper<'_> {
    /// Frames that something has left, or in which something was put elsewhere by hand, reach no farther than to what is
    /// in them, and so do the frames around them.
    pub(super) fn shrink(&mut self) {
        let moved: Vec<bool> = (0..self.nodes.len()).map(|node| self.has_moved(node)).collect();
        let put = |room: usize| self.tree.nodes[room].iter().any(|node| self.is_pinned(*node) && moved[*node]);
        let mut loose: Vec<bool> = (0..self.rooms.len())
            .map(|room| room > 0 && (self.stood.left.contains(&(room - 1)) || put(room)))
            .collect();
        // Inner frames come after those around them.
        for room in (1..self.rooms.len()).rev() {
            if let Some(frame) = self.rooms[room].filter(|_| loose[room]) {
                loose[self.tree.outer[room]] = true;
                self.rooms[room] = self.needed(room).map(|needed| self.with_lines(&moved, &frame, needed));
            }
        }
    }

    /// Whether a box stands elsewhere than it stood, or has no place.
    fn has_moved(&self, node: usize) -> bool {
        let corner = |area: Area| (area.x, area.y);
        let stood = self.stood.nodes.get(node).copied().flatten().map(corner);
        stood.is_none() || stood != self.nodes[node].map(corner)
    }

    /// What a frame needs with the lines that run along its borders inside, and their labels; for those no more than it had.
    fn with_lines(&self, moved: &[bool], frame: &Area, needed: Area) -> Area {
        let (mut x, mut y) = ((needed.x, needed.right()), (needed.y, needed.bottom()));
        let mut reach = |area: Area, upright: bool, level: bool| {
            let wide = area.grown(OFF_WALL);
            if upright && area.overlaps(frame) {
                x = (x.0.min(wide.x.max(frame.x)), x.1.max(wide.right().min(frame.right())));
            }
            if level && area.overlaps(frame) {
                y = (y.0.min(wide.y.max(frame.y)), y.1.max(wide.bottom().min(frame.bottom())));
            }
        };
        for (at, edge) in self.graph.edges.iter().enumerate() {
            if moved[edge.from] || edge.to.iter().any(|to| moved[*to]) {
                continue;
            }
            let ways = self.stood.edges.get(at).into_iter().flatten();
            for (piece, pair) in ways.flat_map(|way| way.windows(2)).map(|pair| (stretch(pair), pair)) {
                reach(piece, pair[0].0 == pair[1].0, pair[0].1 == pair[1].1);
            }
            if let Some(label) = self.stood.labels.get(at).copied().flatten() {
                reach(label, true, true);
            }
        }
        Area { x: x.0, y: y.0, w: x.1 - x.0, h: y.1 - y.0 }
    }
}
