//! Lines between boxes: shortest orthogonal ways on a grid of lanes that keeps clear of every box.
//!
//! Lanes run beside, and through the middle of, every box, and beside every frame. The way of each line is found by A*
//! over (lane, lane, direction); bends, crossings, shared lanes, foreign frames and title lines cost extra.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{Area, Edge, Graph, MARGIN, Posture, Spot};

const BEND: i64 = 36;
const CROSSING: i64 = 14;
/// A search that has looked at so many places gives up and takes a plain way instead.
const PATIENCE: usize = 60_000;

/// The way of each edge.
pub(super) fn route(graph: &Graph, nodes: &[Area], frames: &[Area]) -> Vec<Vec<Spot>> {
    let mut grid = Grid::new(graph, nodes, frames);
    let mut order: Vec<usize> = (0..graph.edges.len()).collect();
    let length = |edge: usize| {
        let ((ax, ay), (bx, by)) = (nodes[graph.edges[edge].from].centre(), nodes[graph.edges[edge].to[0]].centre());
        (ax - bx).abs() + (ay - by).abs()
    };
    order.sort_by_key(|edge| (length(*edge), *edge));
    let mut ways = vec![Vec::new(); graph.edges.len()];
    for edge in order {
        let (from, to) = (graph.edges[edge].from, graph.edges[edge].to[0]);
        ways[edge] = if from == to {
            around(nodes[from])
        } else {
            grid.way(graph, nodes, from, to).unwrap_or_else(|| plain(nodes[from], nodes[to]))
        };
    }
    ways
}

/// The way of an edge that looks at nothing but its ends.
pub(super) fn plain_way(nodes: &[Area], edge: &Edge) -> Vec<Spot> {
    if edge.from == edge.to[0] { around(nodes[edge.from]) } else { plain(nodes[edge.from], nodes[edge.to[0]]) }
}

/// A line from a box to itself: round its upper right corner.
fn around(area: Area) -> Vec<Spot> {
    let (x, y) = (area.right() - 20, area.y + 16);
    vec![
        (x, area.y),
        (x, area.y - MARGIN),
        (area.right() + MARGIN, area.y - MARGIN),
        (area.right() + MARGIN, y),
        (area.right(), y),
    ]
}

/// A line that looks at nothing but its ends.
fn plain(from: Area, to: Area) -> Vec<Spot> {
    let ((ax, ay), (bx, by)) = (from.centre(), to.centre());
    let points = if from.right() <= to.x {
        let mid = (from.right() + to.x) / 2;
        vec![(from.right(), ay), (mid, ay), (mid, by), (to.x, by)]
    } else if to.right() <= from.x {
        let mid = (to.right() + from.x) / 2;
        vec![(from.x, ay), (mid, ay), (mid, by), (to.right(), by)]
    } else if from.y < to.y {
        let mid = (from.bottom() + to.y) / 2;
        vec![(ax, from.bottom()), (ax, mid), (bx, mid), (bx, to.y)]
    } else {
        let mid = (to.bottom() + from.y) / 2;
        vec![(ax, from.y), (ax, mid), (bx, mid), (bx, to.bottom())]
    };
    straighten(points)
}

/// Points without repetitions and without middles of straight runs.
pub(super) fn straighten(points: Vec<Spot>) -> Vec<Spot> {
    let mut out: Vec<Spot> = Vec::with_capacity(points.len());
    for point in points {
        if out.last() == Some(&point) {
            continue;
        }
        if let [.., a, b] = out.as_slice()
            && ((a.0 == b.0 && b.0 == point.0) || (a.1 == b.1 && b.1 == point.1))
        {
            out.pop();
        }
        out.push(point);
    }
    out
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Way {
    Right,
    Left,
    Down,
    Up,
}

impl Way {
    const ALL: [Self; 4] = [Self::Right, Self::Left, Self::Down, Self::Up];

    fn is_flat(self) -> bool {
        matches!(self, Self::Right | Self::Left)
    }

    fn back(self) -> Self {
        match self {
            Self::Right => Self::Left,
            Self::Left => Self::Right,
            Self::Down => Self::Up,
            Self::Up => Self::Down,
        }
    }
}

/// Where a line may leave a box: the spot on its border, the place on the grid, and the way out.
struct Port {
    border: Spot,
    at: (usize, usize),
    out: Way,
}

/// A way that was found: its places, and the ports at its ends.
struct Found {
    path: Vec<(usize, usize)>,
    start: usize,
    goal: usize,
}

/// No state: where a way begins.
const NOWHERE: usize = usize::MAX;

/// How a state was reached.
#[derive(Clone, Copy, Default)]
struct Seen {
    cost: i64,
    before: usize,
    start: usize,
}

/// What a search has seen. The room is used again by the next: a stamp tells which search an entry is of.
#[derive(Default)]
struct Memory {
    entries: Vec<(u32, Seen)>,
    stamp: u32,
}

impl Memory {
    fn begin(&mut self, states: usize) {
        self.entries.resize(states, (0, Seen::default()));
        self.stamp += 1;
    }

    fn get(&self, state: usize) -> Option<Seen> {
        self.entries.get(state).filter(|(stamp, _)| *stamp == self.stamp).map(|(_, seen)| *seen)
    }

    fn set(&mut self, state: usize, seen: Seen) {
        if let Some(entry) = self.entries.get_mut(state) {
            *entry = (self.stamp, seen);
        }
    }
}

struct Grid {
    seen: Memory,
    xs: Vec<i32>,
    ys: Vec<i32>,
    /// Whether the step to the right, or down, of a place is blocked.
    flat_blocked: Vec<bool>,
    steep_blocked: Vec<bool>,
    /// How many lines run there already.
    flat_used: Vec<u8>,
    steep_used: Vec<u8>,
    /// The outermost frame around a place, from 1, and whether a title stands there.
    frame: Vec<(u16, bool)>,
    top_of: Vec<u16>,
}

impl Grid {
    fn new(graph: &Graph, nodes: &[Area], frames: &[Area]) -> Self {
        let mut xs = Vec::new();
        let mut ys = Vec::new();
        for area in nodes.iter().chain(frames).filter(|area| !area.is_empty()) {
            xs.extend([area.x - MARGIN, area.right() + MARGIN]);
            ys.extend([area.y - MARGIN, area.bottom() + MARGIN]);
        }
        for area in nodes {
            xs.push(area.centre().0);
            ys.push(area.centre().1);
        }
        for (x, y) in graph.edges.iter().filter_map(|edge| Some(facing(nodes.get(edge.from)?, nodes.get(edge.to[0])?)))
        {
            xs.extend(x);
            ys.extend(y);
        }
        xs.sort_unstable();
        xs.dedup();
        ys.sort_unstable();
        ys.dedup();
        let places = xs.len() * ys.len();
        let mut grid = Self {
            seen: Memory::default(),
            flat_blocked: vec![false; places],
            steep_blocked: vec![false; places],
            flat_used: vec![0; places],
            steep_used: vec![0; places],
            frame: vec![(0, false); places],
            top_of: graph.nodes.iter().map(|node| outermost(graph, node.parent)).collect(),
            xs,
            ys,
        };
        for area in nodes {
            grid.block(&area.grown(5));
        }
        for (at, frame) in frames.iter().enumerate() {
            let title = graph.containers[at].title.height;
            let top = outermost(graph, Some(at));
            grid.mark(frame, |place| place.0 = top);
            grid.mark(&Area { h: title.min(frame.h), ..*frame }, |place| place.1 = true);
        }
        grid
    }

    fn index(&self, (x, y): (usize, usize)) -> usize {
        y * self.xs.len() + x
    }

    fn range(lines: &[i32], from: i32, to: i32) -> std::ops::Range<usize> {
        lines.partition_point(|line| *line < from)..lines.partition_point(|line| *line <= to)
    }

    /// No line may enter an area.
    fn block(&mut self, area: &Area) {
        let inside_x = Self::range(&self.xs, area.x + 1, area.right() - 1);
        let inside_y = Self::range(&self.ys, area.y + 1, area.bottom() - 1);
        for y in inside_y.clone() {
            for x in inside_x.start.saturating_sub(1)..inside_x.end.max(inside_x.start) {
                let at = self.index((x, y));
                self.flat_blocked[at] = true;
            }
        }
        for x in inside_x {
            for y in inside_y.start.saturating_sub(1)..inside_y.end.max(inside_y.start) {
                let at = self.index((x, y));
                self.steep_blocked[at] = true;
            }
        }
    }

    fn mark(&mut self, area: &Area, set: impl Fn(&mut (u16, bool))) {
        for y in Self::range(&self.ys, area.y, area.bottom()) {
            for x in Self::range(&self.xs, area.x, area.right()) {
                let at = self.index((x, y));
                set(&mut self.frame[at]);
            }
        }
    }

    fn ports(&self, graph: &Graph, nodes: &[Area], node: usize, other: usize) -> Vec<Port> {
        let area = &nodes[node];
        let (facing_x, facing_y) = facing(area, &nodes[other]);
        let mut spots: Vec<(Spot, Way)> = Vec::new();
        let bar = graph.nodes[node].posture == Posture::Bar;
        if bar {
            for x in Self::range(&self.xs, area.x + 20, area.right() - 20) {
                spots.extend([((self.xs[x], area.y), Way::Up), ((self.xs[x], area.bottom()), Way::Down)]);
            }
        } else {
            let (cx, cy) = area.centre();
            for x in [Some(cx), facing_x].into_iter().flatten() {
                spots.extend([((x, area.y), Way::Up), ((x, area.bottom()), Way::Down)]);
            }
            for y in [Some(cy), facing_y].into_iter().flatten() {
                spots.extend([((area.x, y), Way::Left), ((area.right(), y), Way::Right)]);
            }
        }
        spots.into_iter().filter_map(|(border, out)| self.port(border, out)).collect()
    }

    fn port(&self, border: Spot, out: Way) -> Option<Port> {
        let (x, y) = match out {
            Way::Right => (border.0 + MARGIN, border.1),
            Way::Left => (border.0 - MARGIN, border.1),
            Way::Down => (border.0, border.1 + MARGIN),
            Way::Up => (border.0, border.1 - MARGIN),
        };
        let at = (self.xs.binary_search(&x).ok()?, self.ys.binary_search(&y).ok()?);
        Some(Port { border, at, out })
    }

    fn way(&mut self, graph: &Graph, nodes: &[Area], from: usize, to: usize) -> Option<Vec<Spot>> {
        let starts = self.ports(graph, nodes, from, to);
        let goals = self.ports(graph, nodes, to, from);
        let Found { path, start, goal } = self.search(&starts, &goals, self.top_of[from], self.top_of[to])?;
        self.use_up(&path);
        let inner = path.iter().map(|(x, y)| (self.xs[*x], self.ys[*y]));
        let points = std::iter::once(starts[start].border).chain(inner).chain([goals[goal].border]).collect();
        Some(straighten(points))
    }

    /// A*: the places of the way, and which ports it joins.
    fn search(&mut self, starts: &[Port], goals: &[Port], home: u16, away: u16) -> Option<Found> {
        let aim = goals.iter().fold(None::<Area>, |hull, goal| {
            let spot = Area { x: self.xs[goal.at.0], y: self.ys[goal.at.1], w: 1, h: 1 };
            Some(hull.map_or(spot, |hull| hull.around(&spot)))
        })?;
        let ahead = |grid: &Self, (x, y): (usize, usize)| {
            let (x, y) = (grid.xs[x], grid.ys[y]);
            i64::from((aim.x - x).max(x - aim.right()).max(0)) + i64::from((aim.y - y).max(y - aim.bottom()).max(0))
        };
        let mut seen = std::mem::take(&mut self.seen);
        seen.begin(self.xs.len() * self.ys.len() * Way::ALL.len());
        let mut queue = BinaryHeap::new();
        for (index, start) in starts.iter().enumerate() {
            seen.set(self.state(start.at, start.out), Seen { cost: 0, before: NOWHERE, start: index });
            queue.push(Reverse((ahead(self, start.at), start.at, start.out, 0_i64)));
        }
        let mut looked = 0;
        let mut reached: Option<(i64, usize, usize)> = None;
        while let Some(Reverse((estimate, at, way, cost))) = queue.pop() {
            let state = self.state(at, way);
            let Some(here) = seen.get(state) else { continue };
            if here.cost < cost {
                continue;
            }
            looked += 1;
            if looked > PATIENCE || reached.is_some_and(|(known, ..)| known <= estimate) {
                break;
            }
            for (index, goal) in goals.iter().enumerate().filter(|(_, goal)| goal.at == at && goal.out != way) {
                let total = cost + if goal.out.back() == way { 0 } else { BEND };
                if reached.is_none_or(|(known, ..)| total < known) {
                    reached = Some((total, state, index));
                }
            }
            for next in Way::ALL.into_iter().filter(|next| *next != way.back()) {
                let Some((place, step)) = self.step(at, next, home, away) else { continue };
                let cost = cost + step + if next == way { 0 } else { BEND };
                let there = self.state(place, next);
                if seen.get(there).is_none_or(|known| cost < known.cost) {
                    seen.set(there, Seen { cost, before: state, start: here.start });
                    queue.push(Reverse((cost + ahead(self, place), place, next, cost)));
                }
            }
        }
        let found = reached.map(|(_, last, goal)| {
            let mut path = Vec::new();
            let (mut state, mut start) = (last, 0);
            while let Some(known) = seen.get(state) {
                path.push(self.place(state));
                start = known.start;
                state = known.before;
            }
            path.reverse();
            Found { path, start, goal }
        });
        self.seen = seen;
        found
    }

    fn state(&self, place: (usize, usize), way: Way) -> usize {
        self.index(place) * Way::ALL.len() + way as usize
    }

    fn place(&self, state: usize) -> (usize, usize) {
        let index = state / Way::ALL.len();
        (index % self.xs.len(), index / self.xs.len())
    }

    /// The next place in a direction, and what it costs to go there.
    fn step(&self, (x, y): (usize, usize), way: Way, home: u16, away: u16) -> Option<((usize, usize), i64)> {
        let next = match way {
            Way::Right => (x + 1 < self.xs.len()).then_some((x + 1, y)),
            Way::Left => x.checked_sub(1).map(|x| (x, y)),
            Way::Down => (y + 1 < self.ys.len()).then_some((x, y + 1)),
            Way::Up => y.checked_sub(1).map(|y| (x, y)),
        }?;
        let low = self.index((x.min(next.0), y.min(next.1)));
        let (blocked, used) = if way.is_flat() {
            (self.flat_blocked[low], self.flat_used[low])
        } else {
            (self.steep_blocked[low], self.steep_used[low])
        };
        if blocked {
            return None;
        }
        let length = i64::from((self.xs[next.0] - self.xs[x]).abs() + (self.ys[next.1] - self.ys[y]).abs());
        let there = self.index(next);
        let (frame, title) = self.frame[there];
        let mut cost = length;
        if frame != 0 && frame != home && frame != away {
            cost += length * 3;
        }
        if title && way.is_flat() {
            cost += length * 8;
        }
        cost += length * i64::from(used.min(3)) / 3;
        let across = if way.is_flat() { self.steep_used[there] } else { self.flat_used[there] };
        Some((next, cost + CROSSING * i64::from(across.min(3))))
    }

    fn use_up(&mut self, path: &[(usize, usize)]) {
        for pair in path.windows(2) {
            let [a, b] = pair else { continue };
            let low = self.index((a.0.min(b.0), a.1.min(b.1)));
            let used = if a.1 == b.1 { &mut self.flat_used } else { &mut self.steep_used };
            used[low] = used[low].saturating_add(1);
        }
    }
}

/// Lanes on which two boxes face each other: an x where both are above one another, a y where both are side by side.
fn facing(a: &Area, b: &Area) -> (Option<i32>, Option<i32>) {
    let shared = |a: (i32, i32), b: (i32, i32)| {
        let (low, high) = (a.0.max(b.0), a.1.min(b.1));
        (high - low >= 24).then_some((low + high) / 2)
    };
    (shared((a.x, a.right()), (b.x, b.right())), shared((a.y, a.bottom()), (b.y, b.bottom())))
}

/// The outermost frame around, counted from 1; 0 for none.
fn outermost(graph: &Graph, frame: Option<usize>) -> u16 {
    let mut found = 0;
    let mut next = frame;
    for _ in 0..=graph.containers.len() {
        let Some(frame) = next else { break };
        found = u16::try_from(frame + 1).unwrap_or(u16::MAX);
        next = graph.containers[frame].parent;
    }
    found
}
