//! Lines that share a lane are laid side by side, in the order that crosses least.

use super::{Area, Graph, Spot, route::straighten};

/// The gap between lines side by side.
const STEP: i32 = 10;
/// Lines nearer than this cannot be told apart.
const LEAST_STEP: i32 = 5;
/// How near to a box's corner a line may end.
const CORNER: i32 = 8;
/// How near to a box a line may pass.
const CLEAR: i32 = 6;
/// How much of a frame's top its title takes.
const TITLE: i32 = 32;

/// A straight part of a line: `at` across, from `low` to `high` along.
#[derive(Clone, Copy)]
struct Piece {
    edge: usize,
    index: usize,
    at: i32,
    low: i32,
    high: i32,
    /// Which way the line goes on at either end: -1 back, 0 not at all, 1 on.
    turns: (i32, i32),
    /// How far it should be moved: not into titles, not over borders.
    room: (i32, i32),
    /// How far it may be moved where that is too narrow: not into boxes.
    most: (i32, i32),
}

pub(super) fn nudge(graph: &Graph, nodes: &[Area], frames: &[Area], ways: &mut [Vec<Spot>]) {
    for round in 0..4 {
        let flat = round % 2 == 0;
        let walls = walls(frames, flat);
        let pieces: Vec<Piece> = (0..ways.len())
            .filter(|edge| graph.edges[*edge].from != graph.edges[*edge].to[0])
            .flat_map(|edge| pieces(graph, nodes, &walls, ways, edge, flat))
            .collect();
        for group in groups(&pieces) {
            lay_out(&pieces, group, ways, flat);
        }
    }
    for way in ways {
        *way = straighten(std::mem::take(way));
    }
}

/// Coordinates across and along, for flat or steep pieces.
fn split(spot: Spot, flat: bool) -> (i32, i32) {
    if flat { (spot.1, spot.0) } else { spot }
}

/// What lines beside a frame keep clear of: its title and its lower border, or its sides.
fn walls(frames: &[Area], flat: bool) -> Vec<Area> {
    let thin = |frame: &Area| {
        if flat {
            [Area { h: TITLE.min(frame.h), ..*frame }, Area { y: frame.bottom() - 2, h: 2, ..*frame }]
        } else {
            [Area { w: 2, ..*frame }, Area { x: frame.right() - 2, w: 2, ..*frame }]
        }
    };
    frames.iter().filter(|frame| !frame.is_empty()).flat_map(thin).collect()
}

fn pieces(graph: &Graph, nodes: &[Area], walls: &[Area], ways: &[Vec<Spot>], edge: usize, flat: bool) -> Vec<Piece> {
    let way = &ways[edge];
    let last = way.len().saturating_sub(2);
    let mut found = Vec::new();
    for index in 0..way.len().saturating_sub(1) {
        let ((a_at, a), (b_at, b)) = (split(way[index], flat), split(way[index + 1], flat));
        if a_at != b_at || a == b {
            continue;
        }
        let beyond = |spot: Option<&Spot>| spot.map_or(0, |spot| (split(*spot, flat).0 - a_at).signum());
        let before = beyond(index.checked_sub(1).and_then(|at| way.get(at)));
        let after = beyond(way.get(index + 2));
        let turns = if a < b { (before, after) } else { (after, before) };
        let (low, high) = (a.min(b), a.max(b));
        let own = |node: usize| {
            (index == 0 && node == graph.edges[edge].from) || (index == last && node == graph.edges[edge].to[0])
        };
        let boxes = nodes.iter().enumerate().filter(|(node, _)| !own(*node)).map(|(_, area)| area);
        let mut most = corridor(boxes.clone(), (a_at, low, high), flat);
        let mut room = corridor(boxes.chain(walls), (a_at, low, high), flat);
        let side = |node: usize, room: (i32, i32)| {
            let area = nodes[node];
            let (from, to) = if flat { (area.y, area.bottom()) } else { (area.x, area.right()) };
            (room.0.max(from + CORNER), room.1.min(to - CORNER))
        };
        for node in [(index == 0, graph.edges[edge].from), (index == last, graph.edges[edge].to[0])] {
            if let (true, node) = node {
                room = side(node, room);
                most = side(node, most);
            }
        }
        found.push(Piece { edge, index, at: a_at, low, high, turns, room, most });
    }
    found
}

/// How far a piece can be moved before it meets something. What it lies in already is not in its way.
fn corridor<'a>(obstacles: impl Iterator<Item = &'a Area>, (at, low, high): (i32, i32, i32), flat: bool) -> (i32, i32) {
    let mut room = (at - 60, at + 60);
    for area in obstacles {
        let (from, to) = if flat { (area.x, area.right()) } else { (area.y, area.bottom()) };
        if high < from - CLEAR || low > to + CLEAR {
            continue;
        }
        let (near, far) = if flat { (area.y, area.bottom()) } else { (area.x, area.right()) };
        if far <= at {
            room.0 = room.0.max(far + CLEAR);
        } else if near >= at {
            room.1 = room.1.min(near - CLEAR);
        }
    }
    (room.0.min(at), room.1.max(at))
}

/// Pieces that lie on one another, or nearer than lines should.
fn groups(pieces: &[Piece]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by_key(|at| (pieces[*at].at, pieces[*at].low, pieces[*at].edge, pieces[*at].index));
    let mut root: Vec<usize> = (0..pieces.len()).collect();
    fn find(root: &mut [usize], mut at: usize) -> usize {
        while root[at] != at {
            root[at] = root[root[at]];
            at = root[at];
        }
        at
    }
    for (position, a) in order.iter().enumerate() {
        for b in &order[position + 1..] {
            let (one, two) = (&pieces[*a], &pieces[*b]);
            if two.at - one.at > STEP / 2 {
                break;
            }
            if one.edge != two.edge && one.low < two.high && two.low < one.high {
                let (one, two) = (find(&mut root, *a), find(&mut root, *b));
                root[two.max(one)] = one.min(two);
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
    for at in 0..pieces.len() {
        groups.entry(find(&mut root, at)).or_default().push(at);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

fn lay_out(pieces: &[Piece], mut group: Vec<usize>, ways: &mut [Vec<Spot>], flat: bool) {
    // A piece whose ends both go up belongs above one whose ends go down; among those that turn alike the one whose
    // turn comes later lies nearer to where it turns.
    let rank = |at: &usize| {
        let piece = &pieces[*at];
        let left = if piece.turns.0 < 0 { -piece.low } else { piece.low };
        let right = if piece.turns.1 < 0 { piece.high } else { -piece.high };
        let tie = if piece.turns.0 != 0 { left } else { right };
        (piece.turns.0 + piece.turns.1, tie, piece.edge, piece.index)
    };
    group.sort_by_key(rank);
    let steps = group.len() as i32 - 1;
    let shared = |pick: fn(&Piece) -> (i32, i32)| {
        let rooms = group.iter().map(|at| pick(&pieces[*at]));
        rooms.fold((i32::MIN, i32::MAX), |shared, room| (shared.0.max(room.0), shared.1.min(room.1)))
    };
    let narrow = |(low, high): (i32, i32)| high.saturating_sub(low) < LEAST_STEP * steps;
    let room = shared(|piece| piece.room);
    let (low, high) = if narrow(room) { shared(|piece| piece.most) } else { room };
    if high <= low {
        return;
    }
    let step = STEP.min((high - low) / steps).max(1);
    let middle = group.iter().map(|at| pieces[*at].at).sum::<i32>() / group.len() as i32;
    let first = (middle - step * steps / 2).clamp(low, (high - step * steps).max(low));
    for (position, at) in group.iter().enumerate() {
        let piece = &pieces[*at];
        let to = first + step * position as i32;
        for spot in ways[piece.edge].iter_mut().skip(piece.index).take(2) {
            if flat {
                spot.1 = to;
            } else {
                spot.0 = to;
            }
        }
    }
}
