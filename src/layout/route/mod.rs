//! Which lines an edge takes: the cheapest way by length, bends, crossings and flow (A* over crossings of lines).

mod stay;

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{
    Area, Before, Edge, Graph, Posture, Spot,
    lines::{Line, Lines, Side, words},
    place::Placed,
    segments::{Course, Piece},
    tree::{CANVAS, Tree},
};

/// What a bend costs, in units of length.
const BEND: i32 = 80;
/// What crossing another edge costs.
const CROSS: i32 = 60;
/// What leaving at the left or arriving at the right costs: edges flow to the right.
const BACKWARD: i32 = 60;
/// What leaving or arriving above or below costs.
const UPRIGHT: i32 = 12;
/// With more edges than this each is routed once only, not again with the ways of all others known.
const FEW: usize = 250;
/// With more edges than this the search hurries to its aim.
const MANY: usize = 1000;
/// A line so near to where an edge ran is where it ran.
const NEARBY: i32 = 48;
/// What each stretch costs where an edge did not run before, beside twice its length.
const STRANGE: i32 = 60;
/// How much of a side must be shared for a straight edge between two boxes.
const SHARED: i32 = 20;

/// A straight piece of a way: along a line from one place on it to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) line: usize,
    pub(super) from: i32,
    pub(super) to: i32,
}

/// The way of one branch of an edge, from border to border, and at which sides it leaves and arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) runs: Vec<Run>,
    pub(super) out: Side,
    pub(super) into: Side,
}

/// The ways of all edges, one for each node that an edge reaches; `None` where none was found or time was up.
pub(super) fn route(
    graph: &Graph,
    tree: &Tree,
    placed: &Placed,
    before: &Before,
    lines: &mut Lines,
    stop: &(dyn Fn() -> bool + Sync),
) -> Vec<Vec<Option<Course>>> {
    let nodes = &placed.nodes;
    let stay = stay::courses(graph, tree, placed, before);
    let mut ways: Vec<Vec<Option<Way>>> = graph.edges.iter().map(|edge| vec![None; edge.to.len()]).collect();
    let mut order: Vec<usize> = (0..graph.edges.len()).filter(|edge| stay[*edge].is_none()).collect();
    let far = |edge: &Edge| {
        let length = |to: &usize| {
            let (a, b) = (nodes[edge.from].centre(), nodes[*to].centre());
            (a.0 - b.0).abs() + (a.1 - b.1).abs()
        };
        edge.to.iter().map(length).max()
    };
    order.sort_by_cached_key(|edge| (far(&graph.edges[*edge]), *edge));
    let mut router = Router::new(graph, tree, placed, lines);
    router.pass_by(&stay);
    let rounds = if graph.edges.len() > FEW { 1 } else { 2 };
    'routing: for round in 0..rounds {
        for at in order.iter().copied() {
            if stop() {
                break 'routing;
            }
            let edge = &graph.edges[at];
            // Among very many edges looking for the old ways takes longer than they are worth.
            let was = before.edges.get(at).filter(|_| graph.edges.len() <= MANY);
            router.was = was.map(|ways| pieces(ways)).unwrap_or_default();
            // The nearest first: what lies farther branches off.
            let mut targets: Vec<usize> = (0..edge.to.len()).collect();
            let distance = |target: &usize| {
                let (a, b) = (nodes[edge.from].centre(), nodes[edge.to[*target]].centre());
                (a.0 - b.0).abs() + (a.1 - b.1).abs()
            };
            targets.sort_by_key(|target| (distance(target), *target));
            if round > 0 {
                if let [Some(way)] = ways[at].as_slice()
                    && way.runs.len() < 2
                {
                    continue;
                }
                let mut known: Vec<Way> = Vec::new();
                for target in &targets {
                    if let Some(way) = ways[at][*target].take() {
                        router.pass(&way, &known, -1);
                        known.push(way);
                    }
                }
            }
            let mut found: Vec<Way> = Vec::new();
            for target in targets {
                let way = router.way(edge, edge.to[target], &found);
                if let Some(way) = way {
                    router.pass(&way, &found, 1);
                    found.push(way.clone());
                    ways[at][target] = Some(way);
                }
            }
        }
    }
    let course = |way: Way| Course { pieces: straight(lines, &way), out: way.out, into: way.into, stays: false };
    let routed = ways.into_iter().map(|ways| ways.into_iter().map(|way| way.map(course)).collect());
    let both = stay.into_iter().zip(routed);
    both.map(|(stay, routed)| stay.map_or(routed, |ways| ways.into_iter().map(Some).collect())).collect()
}

/// The pieces of a way; what lies in one line is one piece.
fn straight(lines: &Lines, way: &Way) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for run in &way.runs {
        let line = &lines.all[run.line];
        match pieces.last_mut() {
            Some(last) if last.0 == line.flat && last.1 == line.at => last.3 = run.to,
            _ => pieces.push((line.flat, line.at, run.from, run.to)),
        }
    }
    pieces
}

/// The pieces of an edge as it was: from lower to higher coordinates.
fn pieces(ways: &[Vec<Spot>]) -> Vec<Piece> {
    let piece = |pair: &[Spot]| match pair {
        [a, b] if a.1 == b.1 => Some((true, a.1, a.0.min(b.0), a.0.max(b.0))),
        [a, b] => Some((false, a.0, a.1.min(b.1), a.1.max(b.1))),
        _ => None,
    };
    let mut pieces: Vec<Piece> = ways.iter().flat_map(|way| way.windows(2).filter_map(piece)).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

/// Where a search may begin or end.
#[derive(Clone, Copy, Debug)]
struct Port {
    line: usize,
    /// Where on the line the border is.
    border: i32,
    side: Side,
    cost: i32,
}

struct Router<'a> {
    graph: &'a Graph,
    tree: &'a Tree,
    nodes: &'a [Area],
    rooms: &'a [Area],
    /// Nodes and rooms as wide as their columns.
    cells: (Vec<Area>, Vec<Area>),
    lines: &'a mut Lines,
    /// How many edges go straight through each crossing: along the flat line, along the steep one.
    passed: Vec<[u16; 2]>,
    best: Vec<State>,
    round: u32,
    /// The way of the edge before, if it had one: it stays there unless another is much better.
    was: Vec<Piece>,
    /// How much the way ahead counts, in quarters: more than 4 finds good ways sooner, and not always the best.
    greed: i32,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    round: u32,
    cost: i32,
    /// The state before, or the port it began at.
    before: u32,
    begins: bool,
}

/// Where a way began: at a port, or on a way found before.
#[derive(Clone, Copy, Debug)]
enum Start {
    Port(Port),
    Branch { way: usize, run: usize, at: i32 },
}

impl<'a> Router<'a> {
    fn new(graph: &'a Graph, tree: &'a Tree, placed: &'a Placed, lines: &'a mut Lines) -> Self {
        let count = lines.crossings.len();
        Self {
            graph,
            tree,
            nodes: &placed.nodes,
            rooms: &placed.rooms,
            cells: placed.cells(tree),
            lines,
            passed: vec![[0, 0]; count],
            best: vec![State::default(); count * 2],
            round: 0,
            was: Vec::new(),
            greed: if graph.edges.len() > MANY { 6 } else { 4 },
        }
    }

    fn way(&mut self, edge: &Edge, to: usize, known: &[Way]) -> Option<Way> {
        if known.is_empty()
            && let Some(way) = self.straight(edge.from, to)
        {
            return Some(way);
        }
        let starts = self.starts(edge, to, known);
        self.search(edge, to, &starts, known)
    }

    /// The straight way between two boxes that face each other, if nothing is between them.
    fn straight(&mut self, from: usize, to: usize) -> Option<Way> {
        let bar = |node: usize| self.graph.nodes[node].posture == Posture::Bar;
        if from == to || bar(from) || bar(to) {
            return None;
        }
        let (a, b) = (self.nodes[from], self.nodes[to]);
        for side in Side::ALL {
            let (flat, low) = (side.is_flat(), side.is_low());
            let span = |area: &Area| if flat { (area.y, area.bottom()) } else { (area.x, area.right()) };
            let (sa, sb) = (span(&a), span(&b));
            let shared = (sa.0.max(sb.0), sa.1.min(sb.1));
            if shared.1 - shared.0 < SHARED {
                continue;
            }
            let ends = |area: &Area| if flat { (area.x, area.right()) } else { (area.y, area.bottom()) };
            let (ea, eb) = (ends(&a), ends(&b));
            let (border, goal) = if low { (ea.0, eb.1) } else { (ea.1, eb.0) };
            if (low && goal > border) || (!low && goal < border) {
                continue;
            }
            let room = |middle: i32| shared.0 + 8 <= middle && middle <= shared.1 - 8;
            let middles = [(sa.0 + sa.1) / 2, (sb.0 + sb.1) / 2, (shared.0 + shared.1) / 2];
            let Some(at) = middles.into_iter().find(|middle| room(*middle)) else { continue };
            let (lo, hi) = (border.min(goal), border.max(goal));
            if !self.is_clear(from, to, flat, at, (lo, hi)) {
                continue;
            }
            let line = self.lines.add(Line { flat, at, lo, hi, room: self.tree.room[from], node: Some(from) });
            return Some(Way { runs: vec![Run { line, from: border, to: goal }], out: side, into: side.facing() });
        }
        None
    }

    /// Whether nothing stands between two boxes on a straight stretch; frames that hold one of them do not.
    fn is_clear(&self, from: usize, to: usize, flat: bool, at: i32, (lo, hi): (i32, i32)) -> bool {
        let stretch = if flat {
            Area { x: lo, y: at - 1, w: hi - lo, h: 2 }
        } else {
            Area { x: at - 1, y: lo, w: 2, h: hi - lo }
        };
        let ours = |room: usize, node: usize| self.tree.holds(room, self.tree.room[node]);
        let clear = |room: usize| {
            let nodes = self.tree.nodes[room].iter().filter(|node| **node != from && **node != to);
            let inner = self.tree.rooms[room].iter().filter(|inner| !ours(**inner, from) && !ours(**inner, to));
            let said = (room > 0 && !self.rooms[room].is_empty()).then(|| words(self.graph, room, &self.rooms[room]));
            let bars = self.lines.docks.keys().filter(|bar| room == CANVAS && **bar != from && **bar != to);
            let bars = bars.map(|bar| &self.nodes[*bar]).any(|area| area.overlaps(&stretch));
            !bars
                && !nodes.map(|node| &self.cells.0[*node]).any(|area| area.overlaps(&stretch))
                && !inner.map(|inner| &self.cells.1[*inner]).any(|area| area.overlaps(&stretch))
                && !said.into_iter().flatten().any(|area| area.overlaps(&stretch))
        };
        let mut rooms = [self.tree.room[from], self.tree.room[to]];
        // Both ways up to the canvas: what lies around both is looked at as well, and costs little.
        loop {
            if !clear(rooms[0]) || !clear(rooms[1]) {
                return false;
            }
            if rooms[0] == rooms[1] || rooms == [0, 0] {
                return true;
            }
            let deeper = usize::from(self.tree.holds(rooms[0], rooms[1]));
            rooms[deeper] = self.tree.outer[rooms[deeper]];
        }
    }

    /// The ports of a node: its stubs, or for a bar every line that ends at it.
    fn ports(&self, node: usize, out: bool, ranks: bool) -> Vec<Port> {
        if let Some(docks) = self.lines.docks.get(&node) {
            let border = |side: Side| {
                let area = &self.nodes[node];
                match side {
                    Side::Left => area.x,
                    Side::Right => area.right(),
                    Side::Top => area.y,
                    Side::Bottom => area.bottom(),
                }
            };
            return docks
                .iter()
                .map(|(line, side)| Port { line: *line, border: border(*side), side: *side, cost: 0 })
                .collect();
        }
        let against = if out { Side::Left } else { Side::Right };
        let stub = |(side, line): (Side, &Option<usize>)| {
            let line = (*line)?;
            let border = if side.is_low() { self.lines.all[line].hi } else { self.lines.all[line].lo };
            let cost = match side {
                _ if !ranks => 0,
                _ if side == against => BACKWARD,
                Side::Top | Side::Bottom => UPRIGHT,
                _ => 0,
            };
            Some(Port { line, border, side, cost })
        };
        Side::ALL.into_iter().zip(&self.lines.stubs[node]).filter_map(stub).collect()
    }

    fn starts(&self, edge: &Edge, to: usize, known: &[Way]) -> Vec<Start> {
        let mut starts: Vec<Start> = Vec::new();
        for (way, found) in known.iter().enumerate() {
            // Where the trunk goes into a frame that is none of this branch's, it has gone too far.
            let usable = found.runs.iter().take_while(|run| self.may_use(run.line, edge.from, to));
            for (run, piece) in usable.enumerate() {
                let (lo, hi) = (piece.from.min(piece.to), piece.from.max(piece.to));
                for crossing in &self.lines.on[piece.line] {
                    let at = self.along(piece.line, *crossing);
                    if lo <= at && at <= hi {
                        starts.push(Start::Branch { way, run, at });
                    }
                }
            }
        }
        if starts.is_empty() {
            let ports = self.ports(edge.from, true, edge.ranks).into_iter();
            starts.extend(ports.filter(|port| self.may_use(port.line, edge.from, to)).map(Start::Port));
        }
        if to == edge.from {
            // A loop leaves at one side and comes back at another.
            let flat = |start: &Start| matches!(start, Start::Port(port) if port.side.is_flat());
            match starts.iter().copied().find(flat) {
                Some(start) if known.is_empty() => starts = vec![start],
                _ => starts.truncate(1),
            }
        }
        starts
    }

    /// What a stretch of a line costs: its length, and more where the edge did not run before.
    fn strange(&self, line: usize, a: i32, b: i32) -> i32 {
        let (lo, hi) = (a.min(b), a.max(b));
        let line = &self.lines.all[line];
        let here = |piece: &Piece| {
            piece.0 == line.flat && (piece.1 - line.at).abs() <= NEARBY && piece.2 <= hi && lo <= piece.3
        };
        if self.was.is_empty() || self.was.iter().any(here) { hi - lo } else { 2 * (hi - lo) + STRANGE }
    }

    fn along(&self, line: usize, crossing: usize) -> i32 {
        let at = self.lines.crossings[crossing].at;
        if self.lines.all[line].flat { at.0 } else { at.1 }
    }

    fn may_use(&self, line: usize, from: usize, to: usize) -> bool {
        let line = &self.lines.all[line];
        line.node.is_none_or(|node| node == from || node == to)
            && (self.tree.holds(line.room, self.tree.room[from]) || self.tree.holds(line.room, self.tree.room[to]))
    }

    fn search(&mut self, edge: &Edge, to: usize, starts: &[Start], known: &[Way]) -> Option<Way> {
        self.round += 1;
        let mut goals = self.ports(to, false, edge.ranks);
        goals.retain(|goal| self.may_use(goal.line, edge.from, to));
        if edge.from == to {
            let left = |side: Side| match starts.first() {
                Some(Start::Port(port)) => port.side == side,
                Some(Start::Branch { way, .. }) => known[*way].out == side,
                None => false,
            };
            goals.retain(|goal| !left(goal.side));
        }
        let aim = self.nodes[to];
        let greed = self.greed;
        let ahead = |(x, y): Spot| {
            let (dx, dy) = ((aim.x - x).max(x - aim.right()).max(0), (aim.y - y).max(y - aim.bottom()).max(0));
            (dx + dy + if dx > 0 && dy > 0 { BEND } else { 0 }) * greed / 4
        };
        let mut queue: BinaryHeap<Reverse<(i32, i32, usize)>> = BinaryHeap::new();
        for (index, start) in starts.iter().enumerate() {
            match start {
                Start::Port(port) => {
                    let next = self.beside(port);
                    if let Some(crossing) = next {
                        let far = self.strange(port.line, self.along(port.line, crossing), port.border);
                        self.push(&mut queue, port.line, crossing, port.cost + far, index, true, &ahead);
                    }
                }
                Start::Branch { way, run, at } => {
                    let line = known[*way].runs[*run].line;
                    let found = self.lines.on[line].iter().copied().find(|crossing| self.along(line, *crossing) == *at);
                    if let Some(crossing) = found {
                        self.push(&mut queue, line, crossing, 0, index, true, &ahead);
                    }
                }
            }
        }
        let mut reached: Option<(i32, usize, Port)> = None;
        while let Some(Reverse((estimate, cost, state))) = queue.pop() {
            if reached.as_ref().is_some_and(|(known, ..)| *known <= estimate) {
                break;
            }
            if self.best[state].cost < cost {
                continue;
            }
            let crossing = state / 2;
            let flat = state % 2 == 0;
            let here = self.lines.crossings[crossing];
            for goal in goals.iter().filter(|goal| goal.line == here.flat.0 || goal.line == here.steep.0) {
                let on_flat = goal.line == here.flat.0;
                let far = self.strange(goal.line, self.along(goal.line, crossing), goal.border);
                let total = cost + far + goal.cost + if on_flat == flat { 0 } else { BEND };
                if reached.as_ref().is_none_or(|(known, ..)| total < *known) {
                    reached = Some((total, state, *goal));
                }
            }
            for along in [true, false] {
                let (line, index) = if along { here.flat } else { here.steep };
                if !self.may_use(line, edge.from, to) {
                    continue;
                }
                let mut base = cost;
                if along != flat {
                    base += BEND;
                } else {
                    base += CROSS * i32::from(self.passed[crossing][usize::from(along)]).min(12);
                }
                let on = &self.lines.on[line];
                let neighbours = [index.checked_sub(1).and_then(|at| on.get(at)).copied(), on.get(index + 1).copied()];
                for next in neighbours.into_iter().flatten() {
                    let far = self.strange(line, self.along(line, next), self.along(line, crossing));
                    self.push(&mut queue, line, next, base + far, state, false, &ahead);
                }
            }
        }
        let (_, state, goal) = reached?;
        Some(self.trace(state, &goal, starts, known))
    }

    #[expect(clippy::too_many_arguments, reason = "one place writes states and queue together")]
    fn push(
        &mut self,
        queue: &mut BinaryHeap<Reverse<(i32, i32, usize)>>,
        line: usize,
        crossing: usize,
        cost: i32,
        before: usize,
        begins: bool,
        ahead: &impl Fn(Spot) -> i32,
    ) {
        let state = crossing * 2 + usize::from(!self.lines.all[line].flat);
        let known = &mut self.best[state];
        if known.round != self.round || cost < known.cost {
            *known = State { round: self.round, cost, before: before as u32, begins };
            queue.push(Reverse((cost + ahead(self.lines.crossings[crossing].at), cost, state)));
        }
    }

    /// The crossing on a port's line that is next to the border.
    fn beside(&self, port: &Port) -> Option<usize> {
        let on = &self.lines.on[port.line];
        if port.side.is_low() {
            on.iter().rev().copied().find(|crossing| self.along(port.line, *crossing) <= port.border)
        } else {
            on.iter().copied().find(|crossing| self.along(port.line, *crossing) >= port.border)
        }
    }

    fn trace(&self, state: usize, goal: &Port, starts: &[Start], known: &[Way]) -> Way {
        let mut states = vec![state];
        let mut at = state;
        while !self.best[at].begins {
            at = self.best[at].before as usize;
            states.push(at);
        }
        states.reverse();
        let mut runs: Vec<Run> = Vec::new();
        let mut extend = |line: usize, from: i32, to: i32| match runs.last_mut() {
            Some(last) if last.line == line => last.to = to,
            _ => runs.push(Run { line, from, to }),
        };
        let line_of = |state: usize| {
            let crossing = &self.lines.crossings[state / 2];
            if state.is_multiple_of(2) { crossing.flat.0 } else { crossing.steep.0 }
        };
        let out = match starts[self.best[at].before as usize] {
            Start::Port(port) => {
                extend(port.line, port.border, self.along(port.line, at / 2));
                port.side
            }
            Start::Branch { way, run, at } => {
                for piece in &known[way].runs[..run] {
                    extend(piece.line, piece.from, piece.to);
                }
                let piece = known[way].runs[run];
                extend(piece.line, piece.from, at);
                known[way].out
            }
        };
        for pair in states.windows(2) {
            let line = line_of(pair[1]);
            extend(line, self.along(line, pair[0] / 2), self.along(line, pair[1] / 2));
        }
        let line = goal.line;
        extend(line, self.along(line, state / 2), goal.border);
        runs.retain(|run| run.from != run.to);
        Way { runs, out, into: goal.side }
    }

    /// Remembers the edges that stay, each on the lines next to it.
    fn pass_by(&mut self, stay: &[Option<Vec<Course>>]) {
        if stay.iter().all(Option::is_none) {
            return;
        }
        let mut sorted: Vec<usize> = (0..self.lines.all.len()).collect();
        sorted.sort_by_key(|line| (self.lines.all[*line].flat, self.lines.all[*line].at, *line));
        for ways in stay.iter().flatten() {
            let mut pieces: Vec<Piece> = ways.iter().flat_map(|way| &way.pieces).copied().collect();
            pieces.iter_mut().for_each(|piece| *piece = (piece.0, piece.1, piece.2.min(piece.3), piece.2.max(piece.3)));
            pieces.sort_unstable();
            pieces.dedup();
            for piece in pieces {
                self.pass_beside(&sorted, piece);
            }
        }
    }

    fn pass_beside(&mut self, sorted: &[usize], (flat, at, lo, hi): Piece) {
        let key = |line: &usize| (self.lines.all[*line].flat, self.lines.all[*line].at);
        let first = sorted.partition_point(|line| key(line) < (flat, at - NEARBY));
        let near = sorted[first..].iter().copied().take_while(|line| key(line) <= (flat, at + NEARBY));
        let middle = (lo + hi) / 2;
        let covers = |line: &usize| (self.lines.all[*line].lo..=self.lines.all[*line].hi).contains(&middle);
        let Some(line) = near.filter(covers).min_by_key(|line| (self.lines.all[*line].at - at).abs()) else { return };
        for index in 0..self.lines.on[line].len() {
            let crossing = self.lines.on[line][index];
            let place = self.along(line, crossing);
            if lo < place && place < hi {
                let across = usize::from(!flat);
                self.passed[crossing][across] = self.passed[crossing][across].saturating_add(1);
            }
        }
    }

    /// Remembers where an edge goes straight through crossings, for those that come after it.
    fn pass(&mut self, way: &Way, known: &[Way], by: i16) {
        for run in &way.runs {
            let (lo, hi) = (run.from.min(run.to), run.from.max(run.to));
            let shared = |at: i32| {
                known.iter().flat_map(|way| &way.runs).any(|other| {
                    other.line == run.line && other.from.min(other.to) <= at && at <= other.from.max(other.to)
                })
            };
            for index in 0..self.lines.on[run.line].len() {
                let crossing = self.lines.on[run.line][index];
                let at = self.along(run.line, crossing);
                if lo < at && at < hi && !shared(at) {
                    // What goes along the flat line is in the way of what goes along the steep one.
                    let across = usize::from(!self.lines.all[run.line].flat);
                    self.passed[crossing][across] = self.passed[crossing][across].saturating_add_signed(by);
                }
            }
        }
    }
}
