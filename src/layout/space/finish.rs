//! The last word on one axis: where lines would like to be, boxes no larger than they must, and small steps made straight.

use std::collections::BTreeMap;

use super::{CORNER, JOG, Moving, PITCH, Pass, Spaced};
use crate::layout::{Area, Posture, solve::Hold};

impl Pass<'_> {
    /// Lines that end at a box would like to end around its middle, beside one another.
    pub(super) fn wish(&mut self, firm: &[Option<i32>]) {
        let place = |moving: Moving| firm[moving.variable].map(|at| at + moving.by);
        let mut wishes: BTreeMap<usize, (i32, i32)> = BTreeMap::new();
        for ((node, _), lines) in self.sides() {
            let (low, high) = self.nodes[node];
            let (Some(low), Some(high)) = (place(low), place(high)) else { continue };
            let middle = (low + high) / 2;
            let first = middle - (lines.len() as i32 - 1) * PITCH / 2;
            let free = |at: &usize| !self.scene.segments.all[*at].stays;
            for (index, at) in lines.iter().enumerate().filter(|(_, at)| free(at)) {
                let wish = wishes.entry(*at).or_default();
                *wish = (wish.0 + first + index as i32 * PITCH, wish.1 + 1);
            }
        }
        for (at, (sum, count)) in wishes {
            if let Some(variable) = self.lines[at] {
                self.variables.wish[variable] = Some(sum / count);
            }
        }
    }

    /// Boxes that were drawn apart from both ends get back to what their lines need.
    pub(super) fn shrink(&self, found: &mut [i32]) {
        let sides = self.sides();
        let mut needed: BTreeMap<usize, (i32, i32)> = BTreeMap::new();
        for ((node, _), lines) in &sides {
            for at in lines.iter().filter_map(|at| self.lines[*at]) {
                let ends = needed.entry(*node).or_insert((found[at], found[at]));
                *ends = (ends.0.min(found[at]), ends.1.max(found[at]));
            }
        }
        for (node, (low, high)) in self.nodes.iter().enumerate() {
            let wanted = &self.scene.graph.nodes[node];
            let least = if self.flat { wanted.size.0 } else { wanted.size.1 };
            let (from, to) = (found[low.variable] + low.by, found[high.variable]);
            let bar = wanted.posture == Posture::Bar;
            if to - from <= least || (bar && self.flat) {
                continue;
            }
            let (first, last) = needed.get(&node).map_or((from, from + least), |(a, b)| (a - CORNER, b + CORNER));
            let size = least.max(last - first);
            // On the x axis its left end is its column's, and pinned boxes stay.
            let free = !self.flat && self.variables.hold[low.variable] != Hold::Fixed;
            let start = if free { ((first + last - size) / 2).clamp(from, (to - size).max(from)) } else { from };
            if free {
                found[low.variable] = start - low.by;
            }
            found[high.variable] = (start + size).max(last).min(to);
        }
    }

    /// A line that is a hand's breadth beside the one it goes on as joins it, where it has the room.
    pub(super) fn straighten(&self, found: &mut [i32]) {
        let mut before: Vec<Vec<(usize, i32)>> = vec![Vec::new(); found.len()];
        let mut after: Vec<Vec<(usize, i32)>> = vec![Vec::new(); found.len()];
        for distance in &self.distances {
            before[distance.b].push((distance.a, distance.least));
            after[distance.a].push((distance.b, distance.least));
        }
        let segments = &self.scene.segments.all;
        for joint in segments.iter().filter(|segment| segment.flat == self.flat && segment.joints.len() == 2) {
            let (a, b) = (joint.joints[0], joint.joints[1]);
            let (Some(x), Some(y)) = (self.lines[a], self.lines[b]) else { continue };
            if found[x] == found[y] || (found[x] - found[y]).abs() > JOG {
                continue;
            }
            for (moves, stays) in [(x, y), (y, x)] {
                let to = found[stays];
                let fits = before[moves].iter().all(|(other, least)| to - found[*other] >= *least)
                    && after[moves].iter().all(|(other, least)| found[*other] - to >= *least);
                if fits {
                    found[moves] = to;
                    break;
                }
            }
        }
    }

    /// The places that were found.
    pub(super) fn take(mut self, found: &[i32]) -> Spaced {
        let place = |moving: Moving| found[moving.variable] + moving.by;
        for (node, (low, high)) in self.nodes.iter().enumerate() {
            let area = &mut self.spaced.nodes[node];
            let (at, size) = (place(*low), place(*high) - place(*low));
            if self.flat {
                (area.x, area.w) = (at, size);
            } else {
                (area.y, area.h) = (at, size);
            }
        }
        for (room, (low, high)) in self.rooms.iter().enumerate().skip(1) {
            let area = &mut self.spaced.rooms[room];
            if area.is_empty() {
                continue;
            }
            let (at, size) = (place(*low), place(*high) - place(*low));
            if self.flat {
                (area.x, area.w) = (at, size);
            } else {
                (area.y, area.h) = (at, size);
            }
        }
        for (at, line) in self.lines.iter().enumerate() {
            if let Some(variable) = line {
                self.spaced.at[at] = found[*variable];
            }
        }
        for (edge, label) in self.labels.iter().enumerate() {
            let (Some(label), Some(slot)) = (label, &self.scene.slots[edge]) else { continue };
            let area = self.spaced.labels[edge].get_or_insert(Area { x: 0, y: 0, w: slot.size.0, h: slot.size.1 });
            if self.flat {
                area.x = place(*label);
            } else {
                area.y = place(*label);
            }
        }
        self.spaced
    }
}
