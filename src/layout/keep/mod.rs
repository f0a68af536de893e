//! What stood somewhere stays there; what is new finds a place, and what is in its way gives way.
//!
//! A new box takes the nearest free place in its frame, off the lines ([`find`]); if there is none, its frame grows and
//! shoves what it comes too near to, or the boxes beside it give way; and if none of that will do, all that lies beyond
//! a cut moves over.

mod find;
mod ground;
mod shrink;

use std::collections::{BTreeMap, BTreeSet};

use self::ground::Ground;
use super::{
    Area, Before, Graph, Inside, Posture, Spot, free_spot,
    place::{self, PADDING, Placed, Variant},
    tree::{CANVAS, Tree},
};

/// Between a new box and what stands beside it.
const APART: i32 = 40;
/// Between frames, and between a frame and a box beside it.
const FRAMES_APART: i32 = 36;

/// Boxes and frames for lines to be routed between.
pub(super) struct Kept {
    pub(super) placed: Placed,
    /// Where everything stood, moved with what moves over as a whole.
    pub(super) stood: Before,
    /// How many places there were to choose from for what is new.
    pub(super) options: usize,
}

/// Keeps what stood somewhere. What is new takes the place that is its `choice`, counted from the best, and beyond all
/// of them room is made for it.
pub(super) fn keep(graph: &Graph, tree: &Tree, before: &Before, variant: Variant, choice: usize) -> Kept {
    let mut keeper = Keeper {
        graph,
        tree,
        nodes: graph.nodes.iter().enumerate().map(|(at, _)| known(graph, before, at)).collect(),
        rooms: vec![None; tree.count()],
        fresh: None,
        variant,
        choice,
        options: 0,
        stood: before.clone(),
        lines: Ground::default(),
    };
    for room in 1..tree.count() {
        keeper.rooms[room] = before.containers.get(room - 1).copied().flatten().filter(|area| !area.is_empty());
    }
    keeper.settle_pins();
    let hints = keeper.rooms.clone();
    for room in 1..tree.count() {
        if !keeper.is_known(room) {
            keeper.rooms[room] = None;
        }
    }
    keeper.shrink();
    keeper.surround();
    keeper.part();
    keeper.lines = Ground::new(tree, &keeper.stood);
    for (room, hint) in hints.into_iter().enumerate().skip(1) {
        keeper.open(room, hint);
    }
    for node in 0..graph.nodes.len() {
        keeper.insert(node);
    }
    let (stood, options) = (std::mem::take(&mut keeper.stood), keeper.options);
    Kept { placed: keeper.finish(), stood, options }
}

/// Where a node stood, as large as it wants to be now; a pinned one stands where it is pinned.
fn known(graph: &Graph, before: &Before, node: usize) -> Option<Area> {
    let wanted = &graph.nodes[node];
    let (w, h) = wanted.size;
    if let Some((x, y)) = wanted.pin {
        return Some(Area { x, y, w, h });
    }
    let stood = before.nodes.get(node).copied().flatten().filter(|area| !area.is_empty())?;
    let (w, h) = (w.max(stood.w), h.max(stood.h));
    Some(Area { x: stood.x - (w - stood.w) / 2, y: stood.y, w, h })
}

struct Keeper<'a> {
    graph: &'a Graph,
    tree: &'a Tree,
    nodes: Vec<Option<Area>>,
    rooms: Vec<Option<Area>>,
    /// All of it arranged afresh: what is new as a whole stands as it does there.
    fresh: Option<Placed>,
    variant: Variant,
    choice: usize,
    options: usize,
    stood: Before,
    lines: Ground,
}

/// Something that stands directly in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    Node(usize),
    Room(usize),
}

impl Keeper<'_> {
    fn is_bar(&self, node: usize) -> bool {
        self.graph.nodes[node].posture == Posture::Bar
    }

    fn is_pinned(&self, node: usize) -> bool {
        self.graph.nodes[node].pin.is_some()
    }

    /// Whether something in a room has a place.
    fn is_known(&self, room: usize) -> bool {
        self.tree.nodes[room].iter().any(|node| self.nodes[*node].is_some())
            || self.tree.rooms[room].iter().any(|inner| self.is_known(*inner))
    }

    /// What a pinned box has been put upon loses its place, and what stands beside a pinned box goes with it.
    fn settle_pins(&mut self) {
        let pinned: Vec<usize> = (0..self.nodes.len()).filter(|node| self.is_pinned(*node)).collect();
        for node in pinned {
            let Some(area) = self.nodes[node] else { continue };
            for other in self.tree.nodes[self.tree.room[node]].clone() {
                let stands = self.nodes[other].is_some_and(|other| other.grown(8).overlaps(&area));
                if other != node && stands && !self.is_pinned(other) {
                    self.nodes[other] = None;
                }
            }
            for guest in self.tree.guests[node].clone() {
                if !self.is_pinned(guest) {
                    self.nodes[guest] = None;
                }
            }
        }
    }

    /// The blocks of a room that have a place, and where.
    fn blocks(&self, room: usize) -> Vec<(Block, Area)> {
        let nodes = self.tree.nodes[room].iter().filter_map(|node| Some((Block::Node(*node), self.nodes[*node]?)));
        let rooms = self.tree.rooms[room].iter().filter_map(|inner| Some((Block::Room(*inner), self.rooms[*inner]?)));
        nodes.chain(rooms).collect()
    }

    /// What a room needs for what is in it.
    fn needed(&self, room: usize) -> Option<Area> {
        let hull = self.blocks(room).into_iter().fold(Area::default(), |hull, (_, area)| hull.around(&area));
        if hull.is_empty() {
            return None;
        }
        let title = self.graph.containers[room - 1].title;
        let more = (title.name + title.aside - hull.w).max(0);
        Some(Area {
            x: hull.x - PADDING - more / 2,
            y: hull.y - title.height,
            w: hull.w + 2 * PADDING + more,
            h: hull.h + title.height + PADDING,
        })
    }

    /// Frames reach around what is in them.
    fn surround(&mut self) {
        for room in (1..self.tree.count()).rev() {
            if let Some(needed) = self.needed(room) {
                self.rooms[room] = Some(self.rooms[room].map_or(needed, |area| area.around(&needed)));
            }
        }
    }

    /// Takes blocks apart that pins have pushed upon each other: what holds a pin stays, the rest goes to the nearest
    /// free place.
    fn part(&mut self) {
        if !(0..self.nodes.len()).any(|node| self.is_pinned(node)) {
            return;
        }
        for room in (0..self.tree.count()).rev() {
            let mut blocks = self.blocks(room);
            blocks.sort_by_key(|(block, area)| (!self.holds_pin(*block), area.x, area.y));
            let bars =
                (0..self.nodes.len()).filter(|node| room == CANVAS && self.is_bar(*node) && self.is_pinned(*node));
            let mut settled: Vec<Area> = bars.filter_map(|bar| self.nodes[bar]).collect();
            for (block, area) in blocks {
                let clash = settled.iter().any(|other| other.grown(8).overlaps(&area));
                let spot = if clash && !self.holds_pin(block) { free_spot(area, &settled, APART) } else { area };
                self.shift(block, (spot.x - area.x, spot.y - area.y));
                settled.push(spot);
            }
            if room != CANVAS
                && let Some(needed) = self.needed(room)
            {
                self.rooms[room] = Some(self.rooms[room].map_or(needed, |area| area.around(&needed)));
            }
        }
    }

    fn holds_pin(&self, block: Block) -> bool {
        match block {
            Block::Node(node) => self.is_pinned(node),
            Block::Room(room) => {
                self.tree.nodes[room].iter().any(|node| self.is_pinned(*node))
                    || self.tree.rooms[room].iter().any(|inner| self.holds_pin(Block::Room(*inner)))
            }
        }
    }

    fn shift(&mut self, block: Block, by: Spot) {
        if by == (0, 0) {
            return;
        }
        let moved = |area: Area| Area { x: area.x + by.0, y: area.y + by.1, ..area };
        match block {
            Block::Node(node) => self.nodes[node] = self.nodes[node].map(moved),
            Block::Room(room) => {
                self.rooms[room] = self.rooms[room].map(moved);
                let inside: Vec<Block> = self.blocks(room).into_iter().map(|(block, _)| block).collect();
                inside.into_iter().for_each(|block| self.shift(block, by));
            }
        }
    }

    /// A frame that is new as a whole: arranged as it was when it was open before, or by itself; where it was hinted or
    /// near what it is linked to.
    fn open(&mut self, room: usize, hint: Option<Area>) {
        let outer = self.tree.outer[room];
        if self.is_known(room) || (outer != CANVAS && self.rooms[outer].is_none()) {
            return;
        }
        let Inside { frame: like, nodes: inside, containers: frames, .. } = self.inside(room);
        if like.is_empty() {
            return;
        }
        let area = match hint {
            Some(hint) => {
                let area = Area { x: hint.x, y: hint.y, ..like };
                self.cut(true, hint.right(), (like.w - hint.w).max(0));
                self.cut(false, hint.bottom(), (like.h - hint.h).max(0));
                area
            }
            None => {
                let ends: Vec<usize> = inside.iter().map(|(node, _)| *node).collect();
                self.find(outer, (like.w, like.h), self.wish(outer, &ends), FRAMES_APART)
            }
        };
        let by = (area.x - like.x, area.y - like.y);
        for (node, at) in inside {
            self.nodes[node] = Some(Area { x: at.x + by.0, y: at.y + by.1, ..at });
        }
        for (at, frame) in frames {
            if !frame.is_empty() {
                self.rooms[at + 1] = Some(Area { x: frame.x + by.0, y: frame.y + by.1, ..frame });
            }
        }
        self.surround();
    }

    /// What is in a room: as it was, if all of it was there, or as it would be afresh.
    fn inside(&mut self, room: usize) -> Inside {
        let (graph, tree, variant) = (self.graph, self.tree, self.variant);
        let rooms: Vec<usize> = (1..tree.count()).filter(|at| tree.holds(room, *at)).collect();
        let nodes: Vec<usize> = rooms.iter().flat_map(|room| &tree.nodes[*room]).copied().collect();
        let has = |inside: &&Inside| {
            let places: BTreeSet<usize> = inside.nodes.iter().map(|(node, _)| *node).collect();
            inside.container == room - 1 && nodes.iter().all(|node| places.contains(node))
        };
        if let Some(inside) = self.stood.insides.iter().find(has) {
            let mut inside = inside.clone();
            inside.nodes.retain(|(node, _)| nodes.contains(node));
            inside.containers.retain(|(container, _)| rooms.contains(&(container + 1)));
            return inside;
        }
        let fresh = self.fresh.get_or_insert_with(|| place::place(graph, tree, variant));
        Inside {
            container: room - 1,
            frame: fresh.rooms[room],
            nodes: nodes.into_iter().map(|node| (node, fresh.nodes[node])).collect(),
            containers: rooms.into_iter().map(|at| (at - 1, fresh.rooms[at])).collect(),
        }
    }

    /// A node without a place.
    fn insert(&mut self, node: usize) {
        if self.nodes[node].is_some() || self.is_bar(node) {
            return;
        }
        let (w, h) = self.graph.nodes[node].size;
        let room = self.tree.room[node];
        let host = self.tree.host[node].and_then(|host| self.nodes[host]);
        let wish = match host {
            Some(host) => (host.x + host.w / 2, host.bottom() + APART + h / 2),
            None => self.wish(room, &[node]),
        };
        // What stands beside it and has no place either comes with it.
        let guests: Vec<usize> =
            self.tree.guests[node].iter().copied().filter(|guest| self.nodes[*guest].is_none()).collect();
        let sizes = guests.iter().map(|guest| self.graph.nodes[*guest].size);
        let (wide, high) = sizes.fold((w, h), |(wide, high), size| (wide.max(size.0), high + APART + size.1));
        let area = self.find(room, (wide, high), wish, APART);
        // In a gap that is too low for all of it, it goes first.
        self.nodes[node] = Some(area);
        if area.h == high {
            let mut y = area.y;
            for block in std::iter::once(node).chain(guests) {
                let (w, h) = self.graph.nodes[block].size;
                let w = w.min(area.w);
                self.nodes[block] = Some(Area { x: area.x + (area.w - w) / 2, y, w, h });
                y += h + APART;
            }
        }
        self.surround();
    }

    /// Where nodes would like to be: in the middle of what they are linked to, in their room.
    fn wish(&self, room: usize, nodes: &[usize]) -> Spot {
        let near = self.graph.edges.iter().flat_map(|edge| edge.to.iter().map(|to| (edge.from, *to)));
        let other = |(from, to): (usize, usize)| match (nodes.contains(&from), nodes.contains(&to)) {
            (true, false) => Some(to),
            (false, true) => Some(from),
            _ => None,
        };
        let spots: Vec<Spot> = near
            .filter_map(other)
            .filter(|node| !self.is_bar(*node))
            .filter_map(|node| Some(self.nodes[node]?.centre()))
            .collect();
        let all = self.blocks(room).into_iter().fold(Area::default(), |hull, (_, area)| hull.around(&area));
        let hull = if room == CANVAS { all } else { self.rooms[room].unwrap_or(all) };
        if spots.is_empty() {
            return (hull.x + hull.w / 2, hull.bottom());
        }
        let count = spots.len() as i32;
        let (x, y) = spots.iter().fold((0, 0), |sum, spot| (sum.0 + spot.0 / count, sum.1 + spot.1 / count));
        (x.clamp(hull.x, hull.right().max(hull.x)), y.clamp(hull.y, hull.bottom().max(hull.y)))
    }

    /// Everything beyond a cut moves over; what the cut goes through grows if it is a frame. Pinned boxes stay.
    fn cut(&mut self, flat: bool, at: i32, by: i32) {
        let over = |area: Area| match (flat, by) {
            (true, by) if area.x >= at => Area { x: area.x + by, ..area },
            (false, by) if area.y >= at => Area { y: area.y + by, ..area },
            _ => area,
        };
        for node in 0..self.nodes.len() {
            if !self.is_pinned(node) {
                self.nodes[node] = self.nodes[node].map(over);
            }
        }
        let stood = &mut self.stood;
        stood.nodes.iter_mut().chain(&mut stood.labels).for_each(|area| *area = area.map(over));
        for spot in stood.edges.iter_mut().flatten().flatten() {
            match flat {
                true if spot.0 >= at => spot.0 += by,
                false if spot.1 >= at => spot.1 += by,
                _ => {}
            }
        }
        for room in 1..self.rooms.len() {
            let cut = |area: Area| {
                let moved = over(area);
                let through = if flat { area.x < at && at < area.right() } else { area.y < at && at < area.bottom() };
                match (through, flat) {
                    (true, true) => Area { w: area.w + by, ..area },
                    (true, false) => Area { h: area.h + by, ..area },
                    _ => moved,
                }
            };
            self.rooms[room] = self.rooms[room].map(cut);
            if let Some(stood) = self.stood.containers.get_mut(room - 1) {
                *stood = stood.map(cut);
            }
        }
        self.lines = Ground::new(self.tree, &self.stood);
    }

    fn finish(mut self) -> Placed {
        self.surround();
        let mut nodes: Vec<Area> = self.nodes.iter().map(|area| area.unwrap_or_default()).collect();
        let rooms: Vec<Area> = self.rooms.iter().map(|area| area.unwrap_or_default()).collect();
        let mut bars = nodes.clone();
        place::bars(self.graph, &mut bars, &rooms);
        let boxes = (0..nodes.len()).filter(|node| !self.is_bar(*node)).map(|node| nodes[node]);
        let low = boxes.chain(rooms.iter().copied()).map(|area| area.bottom()).max().unwrap_or(0);
        let mut taken: Vec<Area> =
            rooms.iter().copied().chain((0..nodes.len()).filter(|n| !self.is_bar(*n)).map(|n| nodes[n])).collect();
        let mut order: Vec<usize> = (0..nodes.len()).filter(|node| self.is_bar(*node)).collect();
        order.sort_by_key(|bar| !self.is_pinned(*bar));
        for bar in order {
            // A bar keeps its place unless something has come upon it.
            let stays = |area: &Area| self.is_pinned(bar) || !taken.iter().any(|other| other.grown(8).overlaps(area));
            let below = Area { y: bars[bar].y.max(low + APART), ..bars[bar] };
            nodes[bar] = self.nodes[bar].filter(stays).unwrap_or_else(|| free_spot(below, &taken, APART));
            taken.push(nodes[bar]);
        }
        let column = self.columns(&nodes);
        let room_column = self.room_columns(&rooms);
        Placed { nodes, rooms, column, room_column, kept: true }
    }

    /// Boxes of one room in one line above each other share a column, as they did when they were arranged.
    fn columns(&self, nodes: &[Area]) -> Vec<Option<usize>> {
        let mut known: BTreeMap<(usize, i32), usize> = BTreeMap::new();
        let mut column = |node: usize| {
            let area = &nodes[node];
            if self.is_bar(node) || area.is_empty() || self.is_pinned(node) {
                return None;
            }
            let next = known.len();
            Some(*known.entry((self.tree.room[node], area.x * 2 + area.w)).or_insert(next))
        };
        (0..nodes.len()).map(&mut column).collect()
    }

    fn room_columns(&self, rooms: &[Area]) -> Vec<Option<usize>> {
        let first = self.graph.nodes.len();
        let mut known: BTreeMap<(usize, i32), usize> = BTreeMap::new();
        let mut column = |room: usize| {
            let area = &rooms[room];
            if room == CANVAS || area.is_empty() {
                return None;
            }
            let next = first + known.len();
            Some(*known.entry((self.tree.outer[room], area.x)).or_insert(next))
        };
        (0..rooms.len()).map(&mut column).collect()
    }
}
