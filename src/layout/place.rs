//! Where boxes and frames stand: frames inside out, then what people have pinned, then bars below what they serve.

use std::collections::BTreeMap;

use super::{
    Area, Graph, Posture, Title,
    pack::{Gaps, pack},
};

/// Between a frame's border and what is in it.
const PADDING: i32 = 24;
/// Between a box and what stands beside it.
const BESIDE: i32 = 40;
const OUTER: Gaps = Gaps { column: 88, row: 56, ratio: 1.5 };
const INNER: Gaps = Gaps { column: 72, row: 40, ratio: 1.2 };

/// Boxes and frames, index by index as in the graph.
pub(super) struct Placed {
    pub(super) nodes: Vec<Area>,
    pub(super) containers: Vec<Area>,
}

/// What stands directly in a frame, or on the open canvas.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Block {
    Node(usize),
    Frame(usize),
}

/// Blocks with their places, and the size of the whole.
type Arrangement = (Vec<(Block, (i32, i32))>, (i32, i32));

pub(super) fn place(graph: &Graph) -> Placed {
    let mut placer = Placer { graph, nodes: vec![Area::default(); graph.nodes.len()], tops: BTreeMap::new() };
    placer.sizes();
    placer.arrange(None, (0, 0));
    placer.pin();
    let containers = placer.frames();
    let containers = placer.separate(containers);
    placer.bars(&containers);
    if placer.settle() {
        let containers = placer.frames();
        return Placed { nodes: placer.nodes, containers };
    }
    Placed { nodes: placer.nodes, containers }
}

struct Placer<'a> {
    graph: &'a Graph,
    nodes: Vec<Area>,
    /// The arrangement inside each frame, relative to its top left corner, and its size.
    tops: BTreeMap<Option<usize>, Arrangement>,
}

impl Placer<'_> {
    fn is_box(&self, node: usize) -> bool {
        match self.graph.nodes[node].posture {
            Posture::Box => true,
            Posture::Bar => false,
            Posture::Beside(host) => !self.is_guest(node, host),
        }
    }

    /// Whether a node stands beside its host: the host is a box of the same frame.
    fn is_guest(&self, node: usize, host: usize) -> bool {
        host != node
            && self
                .graph
                .nodes
                .get(host)
                .is_some_and(|other| other.posture == Posture::Box && other.parent == self.graph.nodes[node].parent)
    }

    fn guests(&self, host: usize) -> Vec<usize> {
        let beside =
            |node: &usize| self.graph.nodes[*node].posture == Posture::Beside(host) && self.is_guest(*node, host);
        (0..self.graph.nodes.len()).filter(beside).collect()
    }

    fn blocks(&self, frame: Option<usize>) -> Vec<Block> {
        let nodes = (0..self.graph.nodes.len()).filter(|n| self.graph.nodes[*n].parent == frame && self.is_box(*n));
        let frames = (0..self.graph.containers.len()).filter(|c| self.graph.containers[*c].parent == frame);
        frames.map(Block::Frame).chain(nodes.map(Block::Node)).collect()
    }

    /// Sizes from the innermost frame outwards; parents come before their children.
    fn sizes(&mut self) {
        for frame in (0..self.graph.containers.len()).rev() {
            self.pack_frame(Some(frame));
        }
        self.pack_frame(None);
    }

    fn pack_frame(&mut self, frame: Option<usize>) {
        let blocks: Vec<Block> = self.blocks(frame).into_iter().filter(|b| self.block_size(*b).0 > 0).collect();
        let sizes: Vec<(i32, i32)> = blocks.iter().map(|block| self.block_size(*block)).collect();
        let index = |node: usize| blocks.iter().position(|block| Some(*block) == self.block_of(node, frame));
        let ranked = self.graph.edges.iter().filter(|edge| edge.ranks);
        let links: Vec<(usize, usize)> =
            ranked.filter_map(|edge| Some((index(edge.from)?, index(edge.to[0])?))).filter(|(a, b)| a != b).collect();
        let spots = pack(&sizes, &links, if frame.is_none() { &OUTER } else { &INNER });
        let reach = |(spot, size): (&(i32, i32), &(i32, i32))| (spot.0 + size.0, spot.1 + size.1);
        let (w, h) = spots.iter().zip(&sizes).map(reach).fold((0, 0), |a, b| (a.0.max(b.0), a.1.max(b.1)));
        self.tops.insert(frame, (blocks.into_iter().zip(spots).collect(), (w, h)));
    }

    /// The block of a frame that holds a node.
    fn block_of(&self, node: usize, frame: Option<usize>) -> Option<Block> {
        let node = match self.graph.nodes[node].posture {
            Posture::Bar => return None,
            Posture::Beside(host) if self.is_guest(node, host) => host,
            _ => node,
        };
        let mut parent = self.graph.nodes[node].parent;
        if parent == frame {
            return Some(Block::Node(node));
        }
        for _ in 0..self.graph.containers.len() {
            let inner = parent?;
            let outer = self.graph.containers[inner].parent;
            if outer == frame {
                return Some(Block::Frame(inner));
            }
            parent = outer;
        }
        None
    }

    fn block_size(&self, block: Block) -> (i32, i32) {
        match block {
            Block::Node(node) => {
                let (w, h) = self.graph.nodes[node].size;
                let guests = self.guests(node);
                if guests.is_empty() {
                    return (w, h);
                }
                let (row, high) = self.guest_row(&guests);
                (w.max(row), h + BESIDE + high)
            }
            Block::Frame(frame) => {
                let Some((blocks, (w, h))) = self.tops.get(&Some(frame)) else { return (0, 0) };
                if blocks.is_empty() {
                    return (0, 0);
                }
                let title = self.graph.containers[frame].title;
                ((w + 2 * PADDING).max((title.name + title.aside) + 2 * PADDING), h + title.height + PADDING)
            }
        }
    }

    fn guest_row(&self, guests: &[usize]) -> (i32, i32) {
        let sizes = guests.iter().map(|guest| self.graph.nodes[*guest].size);
        sizes.fold((-16, 0), |(w, h), size| (w + 16 + size.0, h.max(size.1)))
    }

    fn arrange(&mut self, frame: Option<usize>, (x, y): (i32, i32)) {
        let Some((blocks, (wide, _))) = self.tops.get(&frame).cloned() else { return };
        let (dx, dy) = match frame {
            None => (0, 0),
            Some(frame) => {
                let (w, _) = self.block_size(Block::Frame(frame));
                ((w - wide) / 2 / 4 * 4, self.graph.containers[frame].title.height)
            }
        };
        for (block, spot) in blocks {
            let spot = (x + dx + spot.0, y + dy + spot.1);
            match block {
                Block::Frame(inner) => self.arrange(Some(inner), spot),
                Block::Node(node) => self.put(node, spot),
            }
        }
    }

    /// A node, and what stands beside it: below, in a row.
    fn put(&mut self, node: usize, (x, y): (i32, i32)) {
        let guests = self.guests(node);
        let (w, h) = self.graph.nodes[node].size;
        let (row, _) = self.guest_row(&guests);
        let wide = w.max(row);
        self.nodes[node] = Area { x: x + (wide - w) / 2, y, w, h };
        let mut left = x + (wide - row) / 2;
        for guest in guests {
            let (w, gh) = self.graph.nodes[guest].size;
            self.nodes[guest] = Area { x: left, y: y + h + BESIDE, w, h: gh };
            left += w + 16;
        }
    }

    /// Pinned boxes go where people put them; what stood beside them follows, what is in their way gives way.
    fn pin(&mut self) {
        let pinned: Vec<usize> =
            (0..self.nodes.len()).filter(|node| self.pinned(*node) && !self.is_bar(*node)).collect();
        for node in &pinned {
            let Some((x, y)) = self.graph.nodes[*node].pin else { continue };
            let (dx, dy) = (x - self.nodes[*node].x, y - self.nodes[*node].y);
            self.nodes[*node].x = x;
            self.nodes[*node].y = y;
            let free: Vec<usize> = self.guests(*node).into_iter().filter(|guest| !self.pinned(*guest)).collect();
            for guest in free {
                self.nodes[guest].x += dx;
                self.nodes[guest].y += dy;
            }
        }
        if pinned.is_empty() {
            return;
        }
        let mut settled: Vec<Area> = pinned.iter().map(|node| self.nodes[*node]).collect();
        for node in 0..self.nodes.len() {
            if self.pinned(node) || self.is_bar(node) || self.nodes[node].is_empty() {
                continue;
            }
            self.nodes[node] = free_spot(self.nodes[node], &settled, MARGIN_OF_BOXES);
            settled.push(self.nodes[node]);
        }
    }

    /// The last word: whatever pins have pushed together is taken apart, boxes first; tells whether anything moved.
    fn settle(&mut self) -> bool {
        let mut order: Vec<usize> = (0..self.nodes.len()).collect();
        order.sort_by_key(|node| (!self.pinned(*node), self.is_bar(*node), *node));
        let mut settled: Vec<Area> = Vec::new();
        let mut moved = false;
        for node in order {
            let area = self.nodes[node];
            let clash = settled.iter().any(|other| other.overlaps(&area));
            if clash && !self.pinned(node) {
                self.nodes[node] = free_spot(area, &settled, MARGIN_OF_BOXES);
                moved = true;
            }
            settled.push(self.nodes[node]);
        }
        moved
    }

    fn pinned(&self, node: usize) -> bool {
        self.graph.nodes[node].pin.is_some()
    }

    fn is_bar(&self, node: usize) -> bool {
        self.graph.nodes[node].posture == Posture::Bar
    }

    /// Frames around what stands in them.
    fn frames(&self) -> Vec<Area> {
        let mut frames = vec![Area::default(); self.graph.containers.len()];
        for frame in (0..frames.len()).rev() {
            let nodes =
                (0..self.nodes.len()).filter(|n| self.graph.nodes[*n].parent == Some(frame) && !self.is_bar(*n));
            let inner = (frame + 1..frames.len()).filter(|c| self.graph.containers[*c].parent == Some(frame));
            let areas = nodes.map(|node| self.nodes[node]).chain(inner.map(|c| frames[c]));
            let hull = areas.fold(Area::default(), |hull, area| hull.around(&area));
            if hull.is_empty() {
                continue;
            }
            let Title { name, aside, height: title } = self.graph.containers[frame].title;
            let least = name + aside;
            let extra = (least + 2 * PADDING - (hull.w + 2 * PADDING)).max(0);
            frames[frame] = Area {
                x: hull.x - PADDING - extra / 2,
                y: hull.y - title,
                w: hull.w + 2 * PADDING + extra,
                h: hull.h + title + PADDING,
            };
        }
        frames
    }

    /// Moves whole frames and single boxes of the open canvas apart, where pinned boxes have stretched a frame.
    fn separate(&mut self, frames: Vec<Area>) -> Vec<Area> {
        if !(0..self.nodes.len()).any(|node| self.pinned(node)) {
            return frames;
        }
        let mut blocks: Vec<(bool, Block, Area)> = self
            .blocks(None)
            .into_iter()
            .map(|block| match block {
                Block::Frame(frame) => (self.holds_pin(frame), block, frames[frame]),
                Block::Node(node) => {
                    let guests = self.guests(node);
                    let hull = guests.iter().fold(self.nodes[node], |hull, guest| hull.around(&self.nodes[*guest]));
                    (self.pinned(node) || guests.iter().any(|guest| self.pinned(*guest)), block, hull)
                }
            })
            .filter(|(_, _, area)| !area.is_empty())
            .collect();
        blocks.sort_by_key(|(pinned, _, area)| (!pinned, area.x, area.y));
        let mut settled: Vec<Area> = Vec::new();
        for (pinned, block, area) in blocks {
            let spot = if pinned { area } else { free_spot(area, &settled, MARGIN_OF_FRAMES) };
            self.shift(block, spot.x - area.x, spot.y - area.y);
            settled.push(spot);
        }
        self.frames()
    }

    fn holds_pin(&self, frame: usize) -> bool {
        (0..self.nodes.len()).any(|node| self.pinned(node) && self.block_of(node, None) == Some(Block::Frame(frame)))
    }

    fn shift(&mut self, block: Block, dx: i32, dy: i32) {
        if (dx, dy) == (0, 0) {
            return;
        }
        let moved: Vec<usize> =
            (0..self.nodes.len()).filter(|node| self.block_of(*node, None) == Some(block)).collect();
        for node in moved {
            self.nodes[node].x += dx;
            self.nodes[node].y += dy;
        }
    }

    /// Bars below everything else, as wide as what they serve.
    fn bars(&mut self, frames: &[Area]) {
        let boxes = (0..self.nodes.len()).filter(|node| !self.is_bar(*node)).map(|node| self.nodes[node]);
        let hull = boxes.chain(frames.iter().copied()).fold(Area::default(), |hull, area| hull.around(&area));
        let mut y = if hull.is_empty() { 0 } else { hull.bottom() + 72 };
        for bar in 0..self.nodes.len() {
            if !self.is_bar(bar) {
                continue;
            }
            let (least, h) = self.graph.nodes[bar].size;
            let served = self.graph.edges.iter().filter_map(|edge| match (edge.from == bar, edge.to[0] == bar) {
                (true, false) => Some(edge.to[0]),
                (false, true) => Some(edge.from),
                _ => None,
            });
            let served = served.filter(|node| !self.is_bar(*node)).map(|node| self.nodes[node]);
            let span = served.fold(Area::default(), |span, area| span.around(&area));
            let w = span.w.max(least);
            let x = if span.is_empty() { hull.x } else { span.x + span.w / 2 - w / 2 };
            match self.graph.nodes[bar].pin {
                Some((x, y)) => self.nodes[bar] = Area { x, y, w, h },
                None => {
                    self.nodes[bar] = Area { x, y, w, h };
                    y += h + 48;
                }
            }
        }
        let bars: Vec<usize> = (0..self.nodes.len()).filter(|node| self.is_bar(*node)).collect();
        let mut settled: Vec<Area> = (0..self.nodes.len())
            .filter(|node| !self.is_bar(*node) || self.pinned(*node))
            .map(|node| self.nodes[node])
            .collect();
        for bar in bars.into_iter().filter(|bar| self.graph.nodes[*bar].pin.is_none()) {
            self.nodes[bar] = free_spot(self.nodes[bar], &settled, MARGIN_OF_BOXES);
            settled.push(self.nodes[bar]);
        }
    }
}

const MARGIN_OF_BOXES: i32 = 28;
const MARGIN_OF_FRAMES: i32 = 40;

/// The nearest place for an area, right, left, below or above, that keeps a margin from all others.
fn free_spot(area: Area, others: &[Area], margin: i32) -> Area {
    let clear = |area: &Area| others.iter().all(|other| !area.grown(margin).overlaps(other));
    if clear(&area) {
        return area;
    }
    let xs = others.iter().flat_map(|other| [other.right() + margin, other.x - margin - area.w]).chain([area.x]);
    let xs: Vec<i32> = xs.collect();
    let ys = others.iter().flat_map(|other| [other.bottom() + margin, other.y - margin - area.h]).chain([area.y]);
    let ys: Vec<i32> = ys.collect();
    let near = |spot: &Area| (i64::from(spot.x - area.x).abs() + i64::from(spot.y - area.y).abs(), spot.y, spot.x);
    let mut spots: Vec<Area> = xs.iter().map(|x| Area { x: *x, ..area }).collect();
    spots.extend(ys.iter().map(|y| Area { y: *y, ..area }));
    let best = spots.into_iter().filter(clear).min_by_key(near);
    best.unwrap_or_else(|| {
        // Somewhere below everything there is always room.
        let below = others.iter().map(Area::bottom).max().unwrap_or(area.y) + margin;
        Area { y: below, ..area }
    })
}
