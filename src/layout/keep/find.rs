//! A place for something new among what stands.

use super::{Block, FRAMES_APART, Keeper};
use crate::layout::{Area, Spot, lines::Side, place::PADDING, tree::CANVAS};

/// What growing a frame costs, in units of way from the place that is wished for.
const GROWS: i32 = 160;
/// What it costs to shove a box out of the way.
const SHOVED: i32 = 60;
/// What it costs that others give way.
const GIVES_WAY: i32 = 500;
/// Beside so many neighbours others are asked to give way.
const CRACKS: usize = 6;
/// How far from its neighbour something thin begins that is to grow.
const THIN: i32 = 10;
/// So many neighbours are looked at for a free place.
const NEAREST: usize = 40;

/// A place for something new.
struct Choice {
    /// How far it is from the place that is wished for, and what it costs besides.
    price: i32,
    area: Area,
    shoved: Option<Shoved>,
}

/// Where boxes and frames are after something has been shoved out of the way, and how many boxes that moved.
struct Shoved {
    nodes: Vec<Option<Area>>,
    rooms: Vec<Option<Area>>,
    moved: i32,
}

impl Keeper<'_> {
    /// A place in a room for something new: free, or made free.
    pub(super) fn find(&mut self, room: usize, (w, h): (i32, i32), wish: Spot, apart: i32) -> Area {
        let mut near: Vec<Area> = self.blocks(room).into_iter().map(|(_, area)| area).collect();
        if room == CANVAS {
            near.extend((0..self.nodes.len()).filter(|node| self.is_bar(*node)).filter_map(|node| self.nodes[node]));
        }
        let far = |area: &Area| (area.centre().0 - wish.0).abs() + (area.centre().1 - wish.1).abs();
        near.sort_by_key(|area| (far(area), area.x, area.y));
        let start = Area { x: wish.0 - w / 2, y: wish.1 - h / 2, w, h };
        let Some(nearest) = near.first().copied() else {
            return match self.rooms[room].filter(|_| room != CANVAS) {
                Some(frame) => {
                    Area { x: frame.x + PADDING, y: frame.y + self.graph.containers[room - 1].title.height, w, h }
                }
                None => start,
            };
        };
        let mut options = self.open_places(room, start, &near, apart);
        let cracks = near.iter().take(CRACKS).flat_map(|block| self.cracks(room, (w, h), block, &near));
        let price = |area: &Area| far(area) + GIVES_WAY + self.lines.price(area);
        options.extend(cracks.map(|area| Choice { price: price(&area), area, shoved: None }));
        options.sort_by_key(|option| (option.price, option.area.x, option.area.y));
        self.options = self.options.max(options.len());
        if self.choice < options.len() {
            let Choice { area, shoved, .. } = options.swap_remove(self.choice);
            if let Some(shoved) = shoved {
                (self.nodes, self.rooms) = (shoved.nodes, shoved.rooms);
            }
            return area;
        }
        let at = nearest.bottom() + apart / 2;
        self.cut(false, at, h + apart);
        Area { x: nearest.x + (nearest.w - w) / 2, y: at + apart / 2, w, h }
    }

    /// The best of the places beside what is there: inside the room, where the room can grow, and for each side the best
    /// where something has to be shoved for that.
    fn open_places(&mut self, room: usize, start: Area, near: &[Area], apart: i32) -> Vec<Choice> {
        let (w, h) = (start.w, start.h);
        let around = &near[..near.len().min(NEAREST)];
        let xs = around.iter().flat_map(|o| [o.right() + apart, o.x - apart - w, o.x + (o.w - w) / 2]).chain([start.x]);
        let ys =
            around.iter().flat_map(|o| [o.bottom() + apart, o.y - apart - h, o.y + (o.h - h) / 2]).chain([start.y]);
        let (xs, ys): (Vec<i32>, Vec<i32>) = (xs.collect(), ys.collect());
        let known = |best: &Option<(i32, Area)>, price: i32| best.is_some_and(|(least, _)| least <= price);
        let mut free: Option<(i32, Area)> = None;
        let mut grown: Option<(i32, Area)> = None;
        let mut tight: [Option<(i32, Area)>; 4] = [None; 4];
        for area in ys.iter().flat_map(|y| xs.iter().map(|x| Area { x: *x, y: *y, w, h })) {
            let way = (area.x - start.x).abs() + (area.y - start.y).abs();
            let beyond = self.beyond(room, &area);
            let done = match beyond {
                None => known(&free, way),
                Some(side) => known(&grown, way) && known(&tight[side as usize], way),
            };
            if done || near.iter().any(|other| area.grown(apart - 1).overlaps(other)) {
                continue;
            }
            let price = way + self.lines.price(&area);
            let best = match beyond {
                None => &mut free,
                Some(side) if !self.may_grow(room, &area) => &mut tight[side as usize],
                Some(_) => &mut grown,
            };
            if !known(best, price) {
                *best = Some((price, area));
            }
        }
        let grown = grown.map(|(price, area)| (price + GROWS, area));
        let mut found: Vec<Choice> =
            free.into_iter().chain(grown).map(|(price, area)| Choice { price, area, shoved: None }).collect();
        for (side, best) in Side::ALL.into_iter().zip(tight) {
            let shoved = best.and_then(|(price, area)| Some((price, area, self.shove(room, &area, side)?)));
            found.extend(shoved.map(|(price, area, shoved)| {
                let price = price + GROWS + SHOVED * shoved.moved;
                Choice { price, area, shoved: Some(shoved) }
            }));
        }
        found
    }

    /// Gaps beside a block for something that is larger than the gap: it begins as thin as the gap, and what is around
    /// it gives way when it grows.
    fn cracks(&self, room: usize, (w, h): (i32, i32), block: &Area, near: &[Area]) -> Vec<Area> {
        let (x, y) = (block.x + (block.w - w) / 2, block.y + (block.h - h) / 2);
        let thin = [
            Area { x, y: block.bottom() + THIN, w, h: 2 },
            Area { x, y: block.y - THIN - 2, w, h: 2 },
            Area { x: block.right() + THIN, y, w: 2, h },
            Area { x: block.x - THIN - 2, y, w: 2, h },
        ];
        let open = |area: &Area| {
            let inside = self.rooms[room].filter(|_| room != CANVAS).is_none_or(|frame| {
                let title = self.graph.containers[room - 1].title.height;
                let inner = Area { y: frame.y + title, h: frame.h - title, ..frame };
                inner.grown(-4).around(area) == inner.grown(-4)
            });
            inside && !near.iter().any(|other| area.grown(THIN / 2).overlaps(other))
        };
        thin.into_iter().filter(open).collect()
    }

    /// At which side a place reaches most out of a room as it is; `None` if it is inside.
    fn beyond(&self, room: usize, area: &Area) -> Option<Side> {
        let frame = self.rooms[room].filter(|_| room != CANVAS)?;
        let title = self.graph.containers[room - 1].title.height;
        let out = [
            frame.x + PADDING - area.x,
            area.right() - (frame.right() - PADDING),
            frame.y + title - area.y,
            area.bottom() - (frame.bottom() - PADDING),
        ];
        let most = Side::ALL.into_iter().zip(out).max_by_key(|(_, by)| *by);
        most.filter(|(_, by)| *by > 0).map(|(side, _)| side)
    }

    /// A room reaches around a place, and what it comes too near to is shoved out of its way, and so on; `None` if
    /// something pinned is in the way.
    fn shove(&mut self, room: usize, area: &Area, side: Side) -> Option<Shoved> {
        let was = (self.nodes.clone(), self.rooms.clone());
        let done = self.make_way(room, *area, side);
        let nodes = std::mem::replace(&mut self.nodes, was.0);
        let rooms = std::mem::replace(&mut self.rooms, was.1);
        let moved = self.nodes.iter().zip(&nodes).filter(|(was, is)| was != is).count() as i32;
        done.then_some(Shoved { nodes, rooms, moved })
    }

    fn make_way(&mut self, room: usize, area: Area, side: Side) -> bool {
        let (mut room, mut area) = (room, area);
        while room != CANVAS {
            let Some(frame) = self.rooms[room] else { return true };
            area = frame.around(&self.around(room, &area));
            self.rooms[room] = Some(area);
            match self.clear(room, area, side) {
                Some(hull) => area = hull,
                None => return false,
            }
            room = self.tree.outer[room];
        }
        true
    }

    /// Shoves all that a room, or what it shoves, comes too near to; answers what is around all of that.
    fn clear(&mut self, room: usize, area: Area, side: Side) -> Option<Area> {
        let outer = self.tree.outer[room];
        let mut hull = area;
        let mut moved = vec![(Block::Room(room), area)];
        while let Some((block, area)) = moved.pop() {
            let near = area.grown(FRAMES_APART - 1);
            for (other, stands) in self.blocks(outer) {
                if other == block || other == Block::Room(room) || !near.overlaps(&stands) {
                    continue;
                }
                if self.holds_pin(other) {
                    return None;
                }
                let by = match side {
                    Side::Left => (area.x - FRAMES_APART - stands.right(), 0),
                    Side::Right => (area.right() + FRAMES_APART - stands.x, 0),
                    Side::Top => (0, area.y - FRAMES_APART - stands.bottom()),
                    Side::Bottom => (0, area.bottom() + FRAMES_APART - stands.y),
                };
                self.shift(other, by);
                let stands = Area { x: stands.x + by.0, y: stands.y + by.1, ..stands };
                hull = hull.around(&stands);
                moved.push((other, stands));
            }
        }
        Some(hull)
    }

    /// What a room needs around a place in it.
    fn around(&self, room: usize, area: &Area) -> Area {
        let title = self.graph.containers[room - 1].title.height;
        Area { x: area.x - PADDING, y: area.y - title, w: area.w + 2 * PADDING, h: area.h + title + PADDING }
    }

    /// Whether a room can reach around a place without coming too near to what is outside.
    fn may_grow(&self, room: usize, area: &Area) -> bool {
        let mut room = room;
        let mut area = *area;
        while room != CANVAS {
            let Some(frame) = self.rooms[room] else { return true };
            area = frame.around(&self.around(room, &area));
            if area == frame {
                return true;
            }
            let outer = self.tree.outer[room];
            let others = self.blocks(outer).into_iter().filter(|(block, _)| *block != Block::Room(room));
            let bars = (0..self.nodes.len()).filter(|node| outer == CANVAS && self.is_bar(*node));
            let mut others = others.map(|(_, area)| area).chain(bars.filter_map(|bar| self.nodes[bar]));
            if others.any(|other| area.grown(FRAMES_APART).overlaps(&other)) {
                return false;
            }
            room = outer;
        }
        true
    }
}
