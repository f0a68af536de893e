//! Where lines can run: the middles of the gaps between boxes and frames, and a stub from the middle of each box's side.
//!
//! A line belongs to a room and goes on through its border until something stands in its way; only edges with an end
//! in that room may use it, so that no edge can enter a frame in which it has no business.

use std::collections::BTreeMap;

use super::{
    Area, Graph, Posture, Spot,
    place::Placed,
    tree::{CANVAS, Tree},
};

/// A straight line on which edges may run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Whether it runs from left to right.
    pub(super) flat: bool,
    /// Its y if it is flat, its x if not.
    pub(super) at: i32,
    /// Where it begins and ends, along itself.
    pub(super) lo: i32,
    pub(super) hi: i32,
    /// The room it belongs to.
    pub(super) room: usize,
    /// The only node that may use it; `None` for all.
    pub(super) node: Option<usize>,
}

/// A place where two lines cross.
#[derive(Clone, Copy, Debug)]
pub(super) struct Crossing {
    /// The flat line, and which of its crossings this is.
    pub(super) flat: (usize, usize),
    /// The steep line, and which of its crossings this is.
    pub(super) steep: (usize, usize),
    pub(super) at: Spot,
}

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

impl Side {
    pub(super) const ALL: [Self; 4] = [Self::Left, Self::Right, Self::Top, Self::Bottom];

    pub(super) fn is_flat(self) -> bool {
        matches!(self, Self::Left | Self::Right)
    }

    /// The side of another box that looks at this one.
    pub(super) fn facing(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
            Self::Top => Self::Bottom,
            Self::Bottom => Self::Top,
        }
    }

    /// Whether it is the side of lower coordinates.
    pub(super) fn is_low(self) -> bool {
        matches!(self, Self::Left | Self::Top)
    }
}

/// All lines and where they cross.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) all: Vec<Line>,
    pub(super) crossings: Vec<Crossing>,
    /// For each line its crossings, in order.
    pub(super) on: Vec<Vec<usize>>,
    /// For each node the stubs at its sides, in the order of [`Side::ALL`].
    pub(super) stubs: Vec<[Option<usize>; 4]>,
    /// For each bar the lines that end at it, and at which side.
    pub(super) docks: BTreeMap<usize, Vec<(usize, Side)>>,
}

/// A gap wider than this has a line near each of its ends.
const WIDE: i32 = 112;
/// How far from a box such a line runs.
const NEAR: i32 = 28;
/// A gap narrower than this is none.
const NARROW: i32 = 2;
/// How far lines go beyond everything.
const BEYOND: i32 = 60;
/// How far from the ends of a bar lines may touch it.
pub(super) const BAR_END: i32 = 20;
/// Stubs on a long side of a bar.
const BAR_STUBS: i32 = 4;

/// The words of a frame's title, as areas that reach to its border: nothing runs between words and border.
pub(super) fn words(graph: &Graph, room: usize, frame: &Area) -> [Area; 2] {
    let title = graph.containers[room - 1].title;
    let line = |x: i32, w: i32| Area { x, y: frame.y, w, h: (title.height - WORDS_BELOW).clamp(0, frame.h) };
    let (name, aside) = (WORDS_IN + title.name, WORDS_IN + title.aside);
    [line(frame.x, name), if title.aside > 0 { line(frame.right() - aside, aside) } else { Area::default() }]
}

/// How far from a frame's side the words of its title are.
pub(super) const WORDS_IN: i32 = 16;
/// How far the words end above what the title keeps free.
pub(super) const WORDS_BELOW: i32 = 8;

impl Lines {
    pub(super) fn new(graph: &Graph, tree: &Tree, placed: &Placed) -> Self {
        let mut builder = Builder::new(graph, tree, placed);
        for room in 0..tree.count() {
            builder.gaps(room);
        }
        builder.stubs();
        let mut lines = builder.found;
        lines.cross();
        lines
    }

    /// Adds a line that only one edge uses.
    pub(super) fn add(&mut self, line: Line) -> usize {
        self.all.push(line);
        self.on.push(Vec::new());
        self.all.len() - 1
    }

    fn cross(&mut self) {
        let mut steep: Vec<usize> = (0..self.all.len()).filter(|line| !self.all[*line].flat).collect();
        steep.sort_by_key(|line| (self.all[*line].at, *line));
        let mut met: Vec<Vec<(i32, usize)>> = vec![Vec::new(); self.all.len()];
        for flat in (0..self.all.len()).filter(|line| self.all[*line].flat) {
            let line = self.all[flat];
            let first = steep.partition_point(|other| self.all[*other].at < line.lo);
            for other in &steep[first..] {
                let across = self.all[*other];
                if across.at > line.hi {
                    break;
                }
                let strangers = across.node.is_some() && across.node == line.node;
                if across.lo <= line.at && line.at <= across.hi && !strangers {
                    let crossing = self.crossings.len();
                    met[flat].push((across.at, crossing));
                    met[*other].push((line.at, crossing));
                    self.crossings.push(Crossing { flat: (flat, 0), steep: (*other, 0), at: (across.at, line.at) });
                }
            }
        }
        self.on = Vec::with_capacity(met.len());
        for (line, mut list) in met.into_iter().enumerate() {
            list.sort_unstable();
            for (index, (_, crossing)) in list.iter().enumerate() {
                let crossing = &mut self.crossings[*crossing];
                if self.all[line].flat {
                    crossing.flat.1 = index;
                } else {
                    crossing.steep.1 = index;
                }
            }
            self.on.push(list.into_iter().map(|(_, crossing)| crossing).collect());
        }
    }
}

/// Something in a room that lines cannot run through.
#[derive(Clone, Copy, Debug)]
struct Obstacle {
    /// Its area, as wide as its column: lines run beside that.
    cell: Area,
    bar: Option<usize>,
    node: Option<usize>,
    /// The room that it is, which its own lines pass.
    room: Option<usize>,
    /// Words of a title: lines keep off them, but none is there for their sake.
    words: bool,
}

/// The obstacles of a room, in bands of x and of y.
#[derive(Debug, Default)]
struct Obstacles {
    all: Vec<Obstacle>,
    by_x: BTreeMap<i32, Vec<usize>>,
    by_y: BTreeMap<i32, Vec<usize>>,
}

const BAND: i32 = 128;

impl Obstacles {
    fn add(&mut self, obstacle: Obstacle) {
        let at = self.all.len();
        let area = obstacle.cell;
        for band in area.x.div_euclid(BAND)..=area.right().div_euclid(BAND) {
            self.by_x.entry(band).or_default().push(at);
        }
        for band in area.y.div_euclid(BAND)..=area.bottom().div_euclid(BAND) {
            self.by_y.entry(band).or_default().push(at);
        }
        self.all.push(obstacle);
    }

    /// Those that may lie at a coordinate across a line.
    fn across(&self, flat: bool, at: i32) -> impl Iterator<Item = &Obstacle> {
        let bands = if flat { &self.by_y } else { &self.by_x };
        bands.get(&at.div_euclid(BAND)).into_iter().flatten().map(|index| &self.all[*index])
    }
}

/// An area's span along an axis and across it.
fn spans(area: &Area, flat: bool) -> ((i32, i32), (i32, i32)) {
    let (x, y) = ((area.x, area.right()), (area.y, area.bottom()));
    if flat { (x, y) } else { (y, x) }
}

struct Builder<'a> {
    graph: &'a Graph,
    tree: &'a Tree,
    nodes: &'a [Area],
    rooms: &'a [Area],
    obstacles: Vec<Obstacles>,
    hull: Area,
    found: Lines,
    /// Lines by room, orientation and place, so that no gap gets two.
    known: BTreeMap<(usize, bool, i32), Vec<usize>>,
}

impl<'a> Builder<'a> {
    fn new(graph: &'a Graph, tree: &'a Tree, placed: &'a Placed) -> Self {
        let (nodes, rooms) = (&placed.nodes, &placed.rooms);
        let (cells, room_cells) = placed.cells(tree);
        let mut obstacles: Vec<Obstacles> = (0..tree.count()).map(|_| Obstacles::default()).collect();
        for node in 0..nodes.len() {
            let bar = (graph.nodes[node].posture == Posture::Bar).then_some(node);
            obstacles[tree.room[node]].add(Obstacle {
                cell: cells[node],
                bar,
                node: Some(node),
                room: None,
                words: false,
            });
        }
        for room in (1..tree.count()).filter(|room| !rooms[*room].is_empty()) {
            obstacles[tree.outer[room]].add(Obstacle {
                cell: room_cells[room],
                bar: None,
                node: None,
                room: Some(room),
                words: false,
            });
            for area in words(graph, room, &rooms[room]).into_iter().filter(|area| !area.is_empty()) {
                obstacles[room].add(Obstacle { cell: area, bar: None, node: None, room: None, words: true });
            }
        }
        let hull = nodes.iter().chain(rooms).fold(Area::default(), |hull, area| hull.around(area)).grown(BEYOND);
        let stubs = vec![[None; 4]; nodes.len()];
        let found = Lines { stubs, ..Lines::default() };
        Self { graph, tree, nodes, rooms, obstacles, hull, found, known: BTreeMap::new() }
    }

    /// The inside of a room.
    fn inside(&self, room: usize) -> Area {
        if room == CANVAS { self.hull } else { self.rooms[room] }
    }

    /// Lines in all gaps of a room: those that go right through it, then those beside each obstacle.
    fn gaps(&mut self, room: usize) {
        if self.obstacles[room].all.iter().all(|obstacle| obstacle.words) {
            return;
        }
        for flat in [true, false] {
            self.through(room, flat);
            for at in 0..self.obstacles[room].all.len() {
                let obstacle = self.obstacles[room].all[at];
                if !obstacle.words {
                    self.beside(room, flat, &obstacle.cell);
                }
            }
        }
    }

    fn through(&mut self, room: usize, flat: bool) {
        let inside = self.inside(room);
        let ((from, to), (low, high)) = spans(&inside, flat);
        let mut covered: Vec<(i32, i32)> =
            self.obstacles[room].all.iter().map(|obstacle| spans(&obstacle.cell, flat).1).collect();
        covered.sort_unstable();
        let mut end = if room == CANVAS { low + BEYOND - NEAR } else { low };
        let mut gaps = Vec::new();
        for (lo, hi) in covered {
            if lo - end >= NARROW {
                gaps.push((end, lo));
            }
            end = end.max(hi);
        }
        let last = if room == CANVAS { end + NEAR } else { high };
        if last - end >= NARROW {
            gaps.push((end, last));
        }
        for (lo, hi) in gaps {
            let ats = if hi - lo > WIDE { vec![lo + NEAR, hi - NEAR] } else { vec![(lo + hi) / 2] };
            for at in ats {
                self.line(room, flat, at, ((from + to) / 2, (from + to) / 2));
            }
        }
    }

    /// The lines before and after an obstacle, unless a line runs in that gap already, all along the obstacle.
    fn beside(&mut self, room: usize, flat: bool, area: &Area) {
        let (along, (low, high)) = spans(area, flat);
        let inside = spans(&self.inside(room), flat).1;
        let mut before = inside.0;
        let mut after = inside.1;
        let bands = if flat { &self.obstacles[room].by_x } else { &self.obstacles[room].by_y };
        for band in along.0.div_euclid(BAND)..=along.1.div_euclid(BAND) {
            for index in bands.get(&band).into_iter().flatten() {
                let other = &self.obstacles[room].all[*index];
                let (beside, across) = spans(&other.cell, flat);
                if beside.1 <= along.0 || beside.0 >= along.1 {
                    continue;
                }
                if across.1 <= low {
                    before = before.max(across.1);
                } else if across.0 >= high {
                    after = after.min(across.0);
                }
            }
        }
        let open = room == CANVAS;
        for (lo, hi, at_low, edge) in [(before, low, true, inside.0), (high, after, false, inside.1)] {
            if hi - lo < NARROW {
                continue;
            }
            let free = open && (if at_low { lo } else { hi }) == edge;
            let at = match (hi - lo > WIDE || free, at_low) {
                (false, _) => (lo + hi) / 2,
                (true, true) => hi - NEAR,
                (true, false) => lo + NEAR,
            };
            let served = |line: &usize| {
                let line = self.found.all[*line];
                line.lo <= along.0 && along.1 <= line.hi
            };
            let mut near = self.known.range((room, flat, lo + 1)..=(room, flat, hi - 1)).flat_map(|(_, lines)| lines);
            if !near.any(served) {
                self.line(room, flat, at, along);
            }
        }
    }

    /// A line through a room that is known to be free at `seed`.
    fn line(&mut self, room: usize, flat: bool, at: i32, seed: (i32, i32)) -> usize {
        let (lo, low_bar) = self.end(room, flat, at, seed.0, true, None);
        let (hi, high_bar) = self.end(room, flat, at, seed.1, false, None);
        let index = self.found.all.len();
        self.found.all.push(Line { flat, at, lo, hi, room, node: None });
        self.known.entry((room, flat, at)).or_default().push(index);
        for (bar, side) in [
            (low_bar, if flat { Side::Right } else { Side::Bottom }),
            (high_bar, if flat { Side::Left } else { Side::Top }),
        ] {
            if let Some(bar) = bar {
                self.dock(bar, index, side, at);
            }
        }
        index
    }

    /// How far a line goes from a place in a room, downwards in its coordinate or upwards; through the room's border
    /// and on, until something stands in its way; and which bar that is.
    /// `own` is the box that it leaves.
    fn end(&self, room: usize, flat: bool, at: i32, from: i32, down: bool, own: Option<usize>) -> (i32, Option<usize>) {
        let mut room = room;
        let mut passed = None;
        let mut from = from;
        loop {
            let inside = spans(&self.inside(room), flat).0;
            let mut end = if down { inside.0 } else { inside.1 };
            let mut bar = None;
            for obstacle in
                self.obstacles[room].across(flat, at).filter(|obstacle| passed.is_none() || obstacle.room != passed)
            {
                let (along, across) = spans(&obstacle.cell, flat);
                if at < across.0 || at > across.1 || (own.is_some() && obstacle.node == own) {
                    continue;
                }
                let near = if down { along.1 } else { along.0 };
                let ahead = if down { near <= from && near > end } else { near >= from && near < end };
                // What reaches over the place itself stops the line there.
                let over = along.0 < from && from < along.1;
                if over {
                    return (from, None);
                }
                if ahead {
                    end = near;
                    bar = obstacle.bar;
                }
            }
            let wall = end == if down { inside.0 } else { inside.1 };
            if !wall || room == CANVAS {
                return (end, bar);
            }
            passed = Some(room);
            room = self.tree.outer[room];
            from = end;
        }
    }

    /// A stub from the middle of each side of each box, and several from the long sides of a bar.
    fn stubs(&mut self) {
        for node in 0..self.nodes.len() {
            let area = self.nodes[node];
            if area.is_empty() {
                continue;
            }
            let bar = self.graph.nodes[node].posture == Posture::Bar;
            for (index, side) in Side::ALL.into_iter().enumerate() {
                let across = spans(&area, side.is_flat()).1;
                let middle = (across.0 + across.1) / 2;
                if !bar {
                    self.found.stubs[node][index] = self.stub(node, side, middle);
                    continue;
                }
                let room = (across.1 - across.0) / 2 - BAR_END;
                let step = if side.is_flat() || room < 1 { 0 } else { room * 2 / (BAR_STUBS + 1) };
                let count = if step == 0 { 1 } else { BAR_STUBS };
                for at in 0..count {
                    let place = middle + step * (2 * at + 1 - count) / 2;
                    if let Some(line) = self.stub(node, side, place) {
                        self.found.docks.entry(node).or_default().push((line, side));
                    }
                }
            }
        }
    }

    fn stub(&mut self, node: usize, side: Side, at: i32) -> Option<usize> {
        let flat = side.is_flat();
        let along = spans(&self.nodes[node], flat).0;
        let border = if side.is_low() { along.0 } else { along.1 };
        let (end, bar) = self.end(self.tree.room[node], flat, at, border, side.is_low(), Some(node));
        if end == border {
            return None;
        }
        let (lo, hi) = (end.min(border), end.max(border));
        let index = self.found.all.len();
        self.found.all.push(Line { flat, at, lo, hi, room: self.tree.room[node], node: Some(node) });
        if let Some(bar) = bar {
            self.dock(bar, index, side.facing(), at);
        }
        Some(index)
    }

    /// Remembers that a line ends at a bar, if it does so away from the bar's ends.
    fn dock(&mut self, bar: usize, line: usize, side: Side, at: i32) {
        let (low, high) = spans(&self.nodes[bar], side.is_flat()).1;
        if side.is_flat() || (low + BAR_END <= at && at <= high - BAR_END) {
            self.found.docks.entry(bar).or_default().push((line, side));
        }
    }
}
