//! Where boxes and frames stand before lines ask for room: halls inside out, then again with what is outside known.
//!
//! A *hall* is a room, or a group of things that one room would be too full of. Each is arranged in columns by itself.

mod cluster;
mod columns;
mod layers;

use std::collections::BTreeMap;

use self::{
    cluster::{MOST, cluster},
    columns::{Aim, Link, Pull, Task},
};
use super::{
    Area, Graph, Posture,
    arrange::SCREEN,
    tree::{CANVAS, Tree},
};

/// Between a frame's border and what is in it.
pub(super) const PADDING: i32 = 24;
/// Between a box and what stands beside it.
const BESIDE: i32 = 36;
/// Between two that stand beside the same box.
const ABREAST: i32 = 24;
/// Between columns and rows of a hall, and of the canvas.
const INNER: (i32, i32) = (52, 32);
const OUTER: (i32, i32) = (60, 44);
/// From the boxes to the bars below them, and between bars.
const TO_BARS: i32 = 56;
/// Width over height that is aimed at for the parts of a drawing.
const PART: f64 = 1.35;

/// Boxes and frames, and what shares a column.
pub(super) struct Placed {
    /// The boxes.
    pub(super) nodes: Vec<Area>,
    /// The rooms; the canvas is empty, and so is a room in which nothing stands.
    pub(super) rooms: Vec<Area>,
    /// The column of each node; those of one column stand in one line.
    pub(super) column: Vec<Option<usize>>,
    /// The column of each room's left border.
    pub(super) room_column: Vec<Option<usize>>,
    /// Whether most of it stood there before: lines draw together then rather than push.
    pub(super) kept: bool,
}

impl Placed {
    /// Nodes and rooms as wide as their columns: lines run beside columns, not in and out between their items.
    pub(super) fn cells(&self, tree: &Tree) -> (Vec<Area>, Vec<Area>) {
        let mut span: BTreeMap<usize, (i32, i32)> = BTreeMap::new();
        let nodes = self.nodes.iter().zip(&self.column);
        let all = nodes.chain(self.rooms.iter().zip(&self.room_column)).filter(|(area, _)| !area.is_empty());
        for (area, column) in all.filter_map(|(area, column)| Some((area, (*column)?))) {
            let known = span.entry(column).or_insert((area.x, area.right()));
            *known = (known.0.min(area.x), known.1.max(area.right()));
        }
        let widen = |(area, column): (&Area, &Option<usize>)| match column.and_then(|column| span.get(&column)) {
            Some((lo, hi)) if !area.is_empty() => Area { x: *lo, w: hi - lo, ..*area },
            _ => *area,
        };
        let mut nodes: Vec<Area> = self.nodes.iter().zip(&self.column).map(widen).collect();
        let mut rooms: Vec<Area> = self.rooms.iter().zip(&self.room_column).map(widen).collect();
        if self.kept {
            // What was put in between takes room from the columns beside it.
            for room in 0..tree.count() {
                let inside: Vec<usize> = tree.nodes[room].clone();
                let frames: Vec<usize> = tree.rooms[room].clone();
                let areas: Vec<Area> =
                    inside.iter().map(|at| self.nodes[*at]).chain(frames.iter().map(|at| self.rooms[*at])).collect();
                let free = |cell: &Area, own: &Area| areas.iter().all(|area| area == own || !area.overlaps(cell));
                for at in inside.into_iter().filter(|at| !free(&nodes[*at], &self.nodes[*at])).collect::<Vec<_>>() {
                    nodes[at] = self.nodes[at];
                }
                for at in frames.into_iter().filter(|at| !free(&rooms[*at], &self.rooms[*at])).collect::<Vec<_>>() {
                    rooms[at] = self.rooms[at];
                }
            }
        }
        (nodes, rooms)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    Node(usize),
    Hall(usize),
}

struct Hall {
    items: Vec<Item>,
    /// The room it is; `None` for a group in a room.
    room: Option<usize>,
    /// The hall around it, and which item of that it is.
    outer: Option<(usize, usize)>,
    /// Size of what is in it, borders left out.
    inner: (i32, i32),
    links: Vec<(usize, usize, usize, usize, bool)>,
    pulls: Vec<(usize, usize, usize)>,
    /// The column of each item, counted through the whole drawing.
    column: Vec<usize>,
}

/// One of the ways to place; the best of several is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Variant {
    /// Width over height that is aimed at.
    pub(super) ratio: f64,
    /// What two links that cross cost, in units of length.
    pub(super) tangle: i64,
    /// Another number, another first arrangement.
    pub(super) start: u32,
}

pub(super) fn place(graph: &Graph, tree: &Tree, variant: Variant) -> Placed {
    let mut placer = Placer {
        variant,
        graph,
        tree,
        halls: Vec::new(),
        local: vec![(0, 0); graph.nodes.len()],
        rooms: vec![Area::default(); tree.count()],
        before: None,
        columns: 0,
    };
    let root = placer.hall_of_room(CANVAS);
    placer.link();
    for _ in 0..2 {
        placer.columns = 0;
        placer.arrange_all();
        placer.before = Some(placer.absolute(root));
    }
    placer.finish()
}

/// Top left corners of nodes and of the insides of halls after a round, on the canvas.
struct Round {
    nodes: Vec<(i32, i32)>,
    halls: Vec<(i32, i32)>,
}

struct Placer<'a> {
    variant: Variant,
    graph: &'a Graph,
    tree: &'a Tree,
    /// Inner halls before outer ones.
    halls: Vec<Hall>,
    /// Top left corners of nodes, from that of the item they are in, of the hall arranged last.
    local: Vec<(i32, i32)>,
    rooms: Vec<Area>,
    /// Where nodes and halls were after the last round.
    before: Option<Round>,
    columns: usize,
}

impl Placer<'_> {
    /// The hall of a room with all that is in it; halls that hold nothing are none.
    fn hall_of_room(&mut self, room: usize) -> usize {
        let mut items: Vec<Item> = Vec::new();
        for inner in self.tree.rooms[room].clone() {
            let hall = self.hall_of_room(inner);
            if !self.halls[hall].items.is_empty() {
                items.push(Item::Hall(hall));
            }
        }
        items.extend(
            self.tree.nodes[room].iter().filter(|node| self.tree.host[**node].is_none()).map(|n| Item::Node(*n)),
        );
        self.hall(items, Some(room))
    }

    fn hall(&mut self, items: Vec<Item>, room: Option<usize>) -> usize {
        let items = if items.len() > MOST { self.groups(&items) } else { items };
        let at = self.halls.len();
        for (index, item) in items.iter().enumerate() {
            if let Item::Hall(inner) = item {
                self.halls[*inner].outer = Some((at, index));
            }
        }
        let column = vec![0; items.len()];
        self.halls.push(Hall { items, room, outer: None, inner: (0, 0), links: Vec::new(), pulls: Vec::new(), column });
        at
    }

    fn groups(&mut self, items: &[Item]) -> Vec<Item> {
        let mut of = vec![None; self.graph.nodes.len()];
        for (at, item) in items.iter().enumerate() {
            self.each_node(*item, &mut |node| of[node] = Some(at));
        }
        let ends = self.graph.edges.iter().flat_map(|edge| edge.to.iter().map(|to| (edge.from, *to)));
        let links: Vec<(usize, usize)> = ends.filter_map(|(a, b)| Some((of[a]?, of[b]?))).collect();
        let groups = cluster(items.len(), &links);
        let hall = |group: Vec<usize>, placer: &mut Self| {
            let members: Vec<Item> = group.iter().map(|at| items[*at]).collect();
            match members.as_slice() {
                [one] => *one,
                _ => Item::Hall(placer.hall(members, None)),
            }
        };
        let grouped: Vec<Item> = groups.into_iter().map(|group| hall(group, self)).collect();
        if grouped.len() > MOST && grouped.len() < items.len() { self.groups(&grouped) } else { grouped }
    }

    fn each_node(&self, item: Item, act: &mut impl FnMut(usize)) {
        match item {
            Item::Node(node) => {
                act(node);
                self.tree.guests[node].iter().for_each(|guest| act(*guest));
            }
            Item::Hall(hall) => self.halls[hall].items.iter().for_each(|item| self.each_node(*item, act)),
        }
    }

    /// Gives every hall the links between its items, and those that lead out of it.
    fn link(&mut self) {
        let mut home: Vec<Option<(usize, usize)>> = vec![None; self.graph.nodes.len()];
        for (at, hall) in self.halls.iter().enumerate() {
            for (index, item) in hall.items.iter().enumerate() {
                if let Item::Node(node) = item {
                    home[*node] = Some((at, index));
                    self.tree.guests[*node].iter().for_each(|guest| home[*guest] = Some((at, index)));
                }
            }
        }
        let chain = |node: usize, halls: &[Hall]| {
            let mut chain = Vec::new();
            let mut next = home[node];
            while let Some((hall, item)) = next {
                chain.push((hall, item));
                next = halls[hall].outer;
            }
            chain
        };
        let ends = self.graph.edges.iter().flat_map(|edge| edge.to.iter().map(|to| (edge.from, *to, edge.ranks)));
        for (from, to, ranks) in ends.filter(|(from, to, _)| from != to) {
            let (ours, theirs) = (chain(from, &self.halls), chain(to, &self.halls));
            let meet = ours.iter().position(|(hall, _)| theirs.iter().any(|(other, _)| other == hall));
            let meet = meet.map_or(usize::MAX, |at| ours[at].0);
            for (hall, item) in &ours {
                if *hall == meet {
                    let other = theirs.iter().find(|(other, _)| other == hall).map_or(*item, |(_, item)| *item);
                    if other != *item {
                        self.halls[*hall].links.push((*item, from, other, to, ranks));
                    }
                    break;
                }
                self.halls[*hall].pulls.push((*item, from, to));
            }
            for (hall, item) in theirs.iter().take_while(|(hall, _)| *hall != meet) {
                self.halls[*hall].pulls.push((*item, to, from));
            }
        }
    }

    /// All halls, inner ones first, so that the sizes of items are known.
    fn arrange_all(&mut self) {
        for node in 0..self.graph.nodes.len() {
            if self.tree.host[node].is_none() {
                self.stand(node);
            }
        }
        for hall in 0..self.halls.len() {
            self.arrange_hall(hall);
        }
    }

    /// A node in its item: those beside it stand below, in a row.
    fn stand(&mut self, node: usize) {
        let (w, h) = self.graph.nodes[node].size;
        let row = self.row(node);
        let wide = w.max(row.0);
        self.local[node] = ((wide - w) / 2, 0);
        let mut x = (wide - row.0) / 2;
        for guest in self.tree.guests[node].clone() {
            self.local[guest] = (x, h + BESIDE);
            x += self.graph.nodes[guest].size.0 + ABREAST;
        }
    }

    fn row(&self, node: usize) -> (i32, i32) {
        let sizes = self.tree.guests[node].iter().map(|guest| self.graph.nodes[*guest].size);
        sizes.fold((-ABREAST, 0), |(w, h), size| (w + ABREAST + size.0, h.max(size.1)))
    }

    fn size(&self, item: Item) -> (i32, i32) {
        match item {
            Item::Node(node) => {
                let (w, h) = self.graph.nodes[node].size;
                let row = self.row(node);
                if self.tree.guests[node].is_empty() { (w, h) } else { (w.max(row.0), h + BESIDE + row.1) }
            }
            Item::Hall(hall) => {
                let (w, h) = self.halls[hall].inner;
                let (left, top, right, low) = self.borders(hall);
                (left + w + right, top + h + low)
            }
        }
    }

    /// What a hall's frame takes: left, above, right, below.
    fn borders(&self, hall: usize) -> (i32, i32, i32, i32) {
        let Some(frame) = self.halls[hall].room.and_then(|room| room.checked_sub(1)) else { return (0, 0, 0, 0) };
        let title = self.graph.containers[frame].title;
        let least = title.name + title.aside + 2 * PADDING;
        let more = (least - self.halls[hall].inner.0 - 2 * PADDING).max(0);
        (PADDING + more / 2, title.height, PADDING + more - more / 2, PADDING)
    }

    fn middle(&self, node: usize) -> (i32, i32) {
        let ((x, y), (w, h)) = (self.local[node], self.graph.nodes[node].size);
        (x + w / 2, y + h / 2)
    }

    fn arrange_hall(&mut self, at: usize) {
        let hall = &self.halls[at];
        let sizes: Vec<(i32, i32)> = hall.items.iter().map(|item| self.size(*item)).collect();
        let link = |(from, out, to, into, ranks): &(usize, usize, usize, usize, bool)| Link {
            from: *from,
            to: *to,
            out: self.middle(*out),
            into: self.middle(*into),
            ranks: *ranks,
        };
        let links: Vec<Link> = hall.links.iter().map(link).collect();
        let pulls: Vec<Pull> = hall.pulls.iter().filter_map(|pull| self.pull(at, pull)).collect();
        let canvas = hall.room == Some(CANVAS);
        let (gap_x, gap_y) = if canvas || hall.room.is_none() { OUTER } else { INNER };
        let Variant { ratio, tangle, start } = self.variant;
        // Groups that no frame shows share the shape of the whole.
        let ratio = if canvas { ratio } else { PART * if hall.room.is_none() { ratio / SCREEN } else { 1.0 } };
        let task = Task { sizes: &sizes, links: &links, pulls: &pulls, gap_x, gap_y, ratio, tangle, start };
        let found = columns::arrange(&task);
        let reach = found.spots.iter().zip(&sizes).map(|(spot, size)| (spot.0 + size.0, spot.1 + size.1));
        let inner = reach.fold((0, 0), |a, b| (a.0.max(b.0), a.1.max(b.1)));
        let items = hall.items.clone();
        for (item, spot) in items.iter().zip(&found.spots) {
            self.shift(*item, *spot);
        }
        let first = self.columns;
        self.columns += found.column.iter().max().map_or(0, |last| last + 1);
        self.halls[at].column = found.column.into_iter().map(|column| first + column).collect();
        self.halls[at].inner = inner;
        // What is outside sees the hall with its borders.
        let (left, top, ..) = self.borders(at);
        for item in items {
            self.shift(item, (left, top));
        }
    }

    fn shift(&mut self, item: Item, (dx, dy): (i32, i32)) {
        let mut nodes = Vec::new();
        self.each_node(item, &mut |node| nodes.push(node));
        for node in nodes {
            self.local[node].0 += dx;
            self.local[node].1 += dy;
        }
    }

    /// What draws an item outwards: a bar below, or where the other end was after the last round.
    fn pull(&self, hall: usize, (item, node, other): &(usize, usize, usize)) -> Option<Pull> {
        let out = self.middle(*node);
        if self.graph.nodes[*other].posture == Posture::Bar {
            return Some(Pull { item: *item, out, to: Aim::Below });
        }
        let Round { nodes, halls } = self.before.as_ref()?;
        let ((x, y), (w, h), origin) = (nodes[*other], self.graph.nodes[*other].size, halls[hall]);
        Some(Pull { item: *item, out, to: Aim::Place(x + w / 2 - origin.0, y + h / 2 - origin.1) })
    }

    /// Where all nodes and the insides of all halls are on the canvas.
    fn absolute(&self, root: usize) -> Round {
        let mut origins = vec![(0, 0); self.halls.len()];
        // A hall's first node tells where it is: outer halls come last, and have moved everything in them already.
        for at in (0..self.halls.len()).filter(|at| *at != root) {
            origins[at] = self.hull(Item::Hall(at));
        }
        Round { nodes: self.local.clone(), halls: origins }
    }

    fn hull(&self, item: Item) -> (i32, i32) {
        let mut least = (i32::MAX, i32::MAX);
        self.each_node(item, &mut |node| {
            least = (least.0.min(self.local[node].0), least.1.min(self.local[node].1));
        });
        least
    }

    fn finish(mut self) -> Placed {
        let graph = self.graph;
        let area = |(node, (x, y)): (usize, &(i32, i32))| {
            let (w, h) = graph.nodes[node].size;
            Area { x: *x, y: *y, w, h }
        };
        let mut nodes: Vec<Area> = self.local.iter().enumerate().map(area).collect();
        let mut column = vec![None; nodes.len()];
        let mut room_column = vec![None; self.tree.count()];
        for at in 0..self.halls.len() {
            let hall = &self.halls[at];
            for (item, of) in hall.items.iter().zip(&hall.column) {
                match item {
                    Item::Node(node) => {
                        column[*node] = Some(*of);
                        // Several side by side must be able to part.
                        if let [guest] = self.tree.guests[*node].as_slice() {
                            column[*guest] = Some(*of);
                        }
                    }
                    Item::Hall(inner) => {
                        if let Some(room) = self.halls[*inner].room {
                            room_column[room] = Some(*of);
                        }
                    }
                }
            }
        }
        self.rooms = frames(graph, self.tree, &nodes);
        bars(graph, &mut nodes, &self.rooms);
        Placed { nodes, rooms: self.rooms, column, room_column, kept: false }
    }
}

/// Frames around what stands in them.
pub(super) fn frames(graph: &Graph, tree: &Tree, nodes: &[Area]) -> Vec<Area> {
    let mut frames = vec![Area::default(); tree.count()];
    for room in (1..frames.len()).rev() {
        let inside = tree.nodes[room].iter().map(|node| nodes[*node]);
        let areas = inside.chain(tree.rooms[room].iter().map(|inner| frames[*inner]));
        let hull = areas.fold(Area::default(), |hull, area| hull.around(&area));
        if hull.is_empty() {
            continue;
        }
        let title = graph.containers[room - 1].title;
        let more = (title.name + title.aside - hull.w).max(0);
        frames[room] = Area {
            x: hull.x - PADDING - more / 2,
            y: hull.y - title.height,
            w: hull.w + 2 * PADDING + more,
            h: hull.h + title.height + PADDING,
        };
    }
    frames
}

/// Bars below everything else, as wide as what they serve.
pub(super) fn bars(graph: &Graph, nodes: &mut [Area], rooms: &[Area]) {
    let is_bar = |node: &usize| graph.nodes[*node].posture == Posture::Bar;
    let boxes = (0..nodes.len()).filter(|node| !is_bar(node)).map(|node| nodes[node]);
    let hull = boxes.chain(rooms.iter().copied()).fold(Area::default(), |hull, area| hull.around(&area));
    let mut y = if hull.is_empty() { 0 } else { hull.bottom() + TO_BARS };
    for bar in (0..nodes.len()).filter(is_bar) {
        let (least, h) = graph.nodes[bar].size;
        let served = graph.edges.iter().flat_map(|edge| {
            let reached = edge.to.iter().filter(move |_| edge.from == bar).copied();
            reached.chain(edge.to.contains(&bar).then_some(edge.from))
        });
        let span = served.filter(|node| !is_bar(node)).fold(Area::default(), |span, node| span.around(&nodes[node]));
        let w = span.w.max(least);
        let x = if span.is_empty() { hull.x } else { span.x + span.w / 2 - w / 2 };
        nodes[bar] = Area { x, y, w, h };
        y += h + TO_BARS;
    }
}
