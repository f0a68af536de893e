//! From a graph to a drawing: place, route, order, make room.

use super::{
    Area, Before, Drawing, Graph, Node, Spot,
    keep::keep,
    label,
    lines::{Lines, Side},
    order,
    place::{self, Placed, Variant},
    route::route,
    segments::Segments,
    space::{Spaced, space},
    tree::{CANVAS, Tree},
};

/// Arranges a graph afresh.
pub fn arrange(graph: &Graph) -> Drawing {
    rearrange(graph, &Before::default(), &|| false)
}

/// Arranges a graph, keeping what stood somewhere where it was unless it must give way. `stop` is asked now and then
/// whether time is up; what has been found until then is the answer.
pub fn rearrange(graph: &Graph, before: &Before, stop: &(dyn Fn() -> bool + Sync)) -> Drawing {
    let tree = Tree::new(graph);
    if before.nodes.iter().any(Option::is_some) {
        return kept(graph, &tree, before, stop);
    }
    if graph.nodes.iter().all(|node| node.pin.is_none()) {
        return afresh(graph, &tree, stop);
    }
    // The rest stands around pins as it would without them.
    kept(graph, &tree, &around_pins(graph, &unpinned(graph, &tree, stop)), stop)
}

/// The best of several arrangements.
fn afresh(graph: &Graph, tree: &Tree, stop: &(dyn Fn() -> bool + Sync)) -> Drawing {
    let tries = tries(graph).min(TRIES);
    // Many lines take more room downwards than across.
    let aim = if tries > MANY_TRIES { SCREEN } else { WIDE };
    let mut best: Option<Sketch> = None;
    for at in 0..tries {
        if at > 0 && stop() {
            break;
        }
        let tangle = [160, 80, 0][at % 3];
        better(&mut best, tried(graph, tree, Variant { ratio: aim, tangle, start: (at / 3) as u32 }, stop));
    }
    // Lines take room in one direction more than in the other: what came out too wide or too high is tried again.
    for _ in 0..2 {
        let Some(found) = best.as_ref().filter(|found| !(1.05..=2.3).contains(&found.ratio) && !stop()) else { break };
        let ratio = (found.variant.ratio * SCREEN / found.ratio).clamp(0.4, 6.0);
        let again = tried(graph, tree, Variant { ratio, ..found.variant }, stop);
        better(&mut best, again);
    }
    for _ in 0..if tries > 2 { AGAIN } else { 0 } {
        let Some(found) = best.as_ref().filter(|_| !stop()) else { break };
        let again = again(graph, tree, found, stop);
        if !again.sound || again.price >= found.price {
            break;
        }
        best = Some(again);
    }
    let Some(found) = best else { return Drawing::default() };
    at_origin(draw(graph, &found.segments, found.spaced))
}

/// So often the best is routed again between its boxes as they stand, as long as that makes it better.
const AGAIN: usize = 4;

fn again(graph: &Graph, tree: &Tree, found: &Sketch, stop: &(dyn Fn() -> bool + Sync)) -> Sketch {
    let stood = |areas: &[Area]| areas.iter().map(|area| (!area.is_empty()).then_some(*area)).collect();
    let (nodes, containers) = (stood(&found.spaced.nodes), stood(&found.spaced.rooms[1..]));
    let before = Before { nodes, containers, ..Before::default() };
    let kept = keep(graph, tree, &before, found.variant, 0);
    sketch(graph, tree, &Before::default(), found.variant, &kept.placed, stop)
}

fn tried(graph: &Graph, tree: &Tree, variant: Variant, stop: &(dyn Fn() -> bool + Sync)) -> Sketch {
    sketch(graph, tree, &Before::default(), variant, &place::place(graph, tree, variant), stop)
}

/// What has a place keeps it.
fn kept(graph: &Graph, tree: &Tree, before: &Before, stop: &(dyn Fn() -> bool + Sync)) -> Drawing {
    let variant = Variant { ratio: SCREEN, tangle: 160, start: 0 };
    let kept = keep(graph, tree, before, variant, 0);
    let mut best = sketch(graph, tree, &kept.stood, variant, &kept.placed, stop);
    let mut moved = count_moved(before, &best.spaced.nodes);
    for choice in (1..(KEPT * tries(graph)).min(kept.options)).chain([usize::MAX]) {
        let good = moved * MANY_MOVED <= graph.nodes.len() || choice == usize::MAX;
        if (good && best.sound) || stop() {
            break;
        }
        let kept = keep(graph, tree, before, variant, choice);
        let other = sketch(graph, tree, &kept.stood, variant, &kept.placed, stop);
        let least = count_moved(before, &other.spaced.nodes);
        if (!other.sound, least) < (!best.sound, moved) {
            (best, moved) = (other, least);
        }
    }
    // Nothing fits to how it stood: boxes stay at least, and if not even that, better a good drawing than an old one.
    for afresh in [false, true] {
        if best.sound || stop() {
            break;
        }
        let around = if afresh { around_pins(graph, &unpinned(graph, tree, stop)) } else { before.clone() };
        let kept = keep(graph, tree, &around, variant, 0);
        let boxes = Before { edges: Vec::new(), labels: Vec::new(), ..kept.stood };
        let other = sketch(graph, tree, &boxes, variant, &kept.placed, stop);
        if other.sound {
            best = other;
        }
    }
    draw(graph, &best.segments, best.spaced)
}

/// So many more places are tried for what is new than arrangements of the whole: most of it need not be routed.
const KEPT: usize = 4;

/// The graph as it would stand without pins.
fn unpinned(graph: &Graph, tree: &Tree, stop: &(dyn Fn() -> bool + Sync)) -> Drawing {
    let free = |node: &Node| Node { pin: None, ..node.clone() };
    let free = Graph { nodes: graph.nodes.iter().map(free).collect(), ..graph.clone() };
    afresh(&free, tree, stop)
}

/// One box in so many may move for something new before another place is tried for it.
const MANY_MOVED: usize = 20;
/// How far a box may be pushed without anybody's noticing much.
const NUDGE: i32 = 20;

fn count_moved(before: &Before, nodes: &[Area]) -> usize {
    let far = |(stood, area): (&Option<Area>, &Area)| {
        stood.is_some_and(|stood| (stood.x - area.x).abs() > NUDGE || (stood.y - area.y).abs() > NUDGE)
    };
    before.nodes.iter().zip(nodes).filter(|pair| far(*pair)).count()
}

/// So many pins tell where the whole stands; fewer have been moved within it.
const ANCHORS: usize = 3;

/// A drawing without pins as what stood before; many pins move it to where they are, as nearly as most of them can be.
fn around_pins(graph: &Graph, drawing: &Drawing) -> Before {
    let pinned = graph.nodes.iter().zip(&drawing.nodes);
    let (mut xs, mut ys): (Vec<i32>, Vec<i32>) =
        pinned.filter_map(|(node, area)| node.pin.map(|(x, y)| (x - area.x, y - area.y))).unzip();
    xs.sort_unstable();
    ys.sort_unstable();
    let middle = |all: &[i32]| if all.len() < ANCHORS { 0 } else { all.get(all.len() / 2).copied().unwrap_or(0) };
    let by = (middle(&xs), middle(&ys));
    let moved = |area: Area| Area { x: area.x + by.0, y: area.y + by.1, ..area };
    let mut stood = Before::of(drawing);
    let areas = stood.nodes.iter_mut().chain(&mut stood.containers).chain(&mut stood.labels);
    areas.for_each(|area| *area = area.map(moved));
    stood.edges.iter_mut().flatten().flatten().for_each(|spot| *spot = (spot.0 + by.0, spot.1 + by.1));
    stood
}

/// Work that goes into looking for a better arrangement, in nodes and three times edges.
const EFFORT: usize = 4400;
/// Arrangements tried at most.
const TRIES: usize = 24;
/// Width over height of a screen or a sheet.
pub(super) const SCREEN: f64 = 1.6;
/// What boxes alone are given where there are so many lines that only so many tries are left.
const WIDE: f64 = 2.3;
const MANY_TRIES: usize = 5;

/// How many arrangements of a graph there is time for, one at least.
fn tries(graph: &Graph) -> usize {
    let lines: usize = graph.edges.iter().map(|edge| edge.to.len()).sum();
    (EFFORT / (graph.nodes.len() + 3 * lines + 1)).max(1)
}

/// A drawing that is not yet drawn.
struct Sketch {
    variant: Variant,
    segments: Segments,
    spaced: Spaced,
    /// Whether every edge has a way, and nothing stands upon anything else.
    sound: bool,
    /// Less is better.
    price: f64,
    ratio: f64,
}

fn better(best: &mut Option<Sketch>, other: Sketch) {
    if best.as_ref().is_none_or(|best| other.price < best.price) {
        *best = Some(other);
    }
}

fn sketch(
    graph: &Graph,
    tree: &Tree,
    before: &Before,
    variant: Variant,
    placed: &Placed,
    stop: &(dyn Fn() -> bool + Sync),
) -> Sketch {
    let mut lines = Lines::new(graph, tree, placed);
    let ways = route(graph, tree, placed, before, &mut lines, stop);
    let ends: Vec<(usize, Vec<usize>)> = graph.edges.iter().map(|edge| (edge.from, edge.to.clone())).collect();
    let mut segments = Segments::new(&ends, &ways);
    order::order(&mut segments);
    let slots = label::slots(graph, &segments, before);
    let spaced = space(graph, tree, placed, &segments, &slots);
    let (price, ratio) = price(graph, &segments, &spaced);
    let sound = segments.ways.iter().flatten().all(Option::is_some) && is_apart(tree, &spaced) && is_legible(&spaced);
    Sketch { variant, segments, spaced, sound, price, ratio }
}

/// Whether what stands in the same room is apart.
fn is_apart(tree: &Tree, spaced: &Spaced) -> bool {
    (0..tree.count()).all(|room| {
        let nodes = tree.nodes[room].iter().map(|node| spaced.nodes[*node]);
        let bars = (0..spaced.nodes.len()).filter(|node| room == CANVAS && tree.is_bar[*node]);
        let rooms = tree.rooms[room].iter().map(|inner| spaced.rooms[*inner]);
        are_apart(nodes.chain(rooms).chain(bars.map(|bar| spaced.nodes[bar])))
    })
}

/// Whether no label lies on another, or on a box.
fn is_legible(spaced: &Spaced) -> bool {
    are_apart(spaced.labels.iter().flatten().chain(&spaced.nodes).copied())
}

fn are_apart(areas: impl Iterator<Item = Area>) -> bool {
    let mut areas: Vec<Area> = areas.filter(|area| !area.is_empty()).collect();
    areas.sort_by_key(|area| area.x);
    areas.iter().enumerate().all(|(at, area)| {
        areas[at + 1..].iter().take_while(|other| other.x < area.right()).all(|other| !other.overlaps(area))
    })
}

/// What an edge costs that flows back, and one that flows up or down.
const BACK: f64 = 40.0;
const UPRIGHT: f64 = 16.0;

/// What a drawing costs: crossings, bends, length, what flows back, and a shape that fits no screen.
fn price(graph: &Graph, segments: &Segments, spaced: &Spaced) -> (f64, f64) {
    let hull = spaced.nodes.iter().chain(&spaced.rooms).fold(Area::default(), |hull, area| hull.around(area));
    let ratio = f64::from(hull.w.max(1)) / f64::from(hull.h.max(1));
    let spans: Vec<(i32, i32)> = (0..segments.all.len()).map(|at| reach(segments, spaced, at)).collect();
    let length: i64 = spans.iter().map(|(lo, hi)| i64::from(hi - lo)).sum();
    let bends: usize = segments.ways.iter().flatten().flatten().map(|way| way.len() - 1).sum();
    let back = graph.edges.iter().filter(|edge| edge.ranks).flat_map(|edge| edge.to.iter().map(|to| (edge.from, *to)));
    let against = |(from, to): (usize, usize)| {
        let (from, to) = (&spaced.nodes[from], &spaced.nodes[to]);
        if to.right() < from.x {
            BACK
        } else if to.x < from.right() {
            UPRIGHT
        } else {
            0.0
        }
    };
    let sum = 40.0 * crossings(segments, spaced, &spans) as f64
        + 14.0 * bends as f64
        + 0.05 * length as f64
        + back.map(against).sum::<f64>();
    let misfit = (1.15 / ratio).max(ratio / 2.0).max(1.0);
    (sum * misfit * misfit, ratio)
}

/// Where a segment begins and ends along itself.
fn reach(segments: &Segments, spaced: &Spaced, at: usize) -> (i32, i32) {
    let own = &segments.all[at];
    let joints = own.joints.iter().map(|other| spaced.at[*other]);
    let docks = own.docks.iter().map(|(node, side)| border(&spaced.nodes[*node], *side));
    joints.chain(docks).fold((i32::MAX, i32::MIN), |(lo, hi), place| (lo.min(place), hi.max(place)))
}

fn crossings(segments: &Segments, spaced: &Spaced, spans: &[(i32, i32)]) -> usize {
    let mut steep: Vec<usize> = (0..segments.all.len()).filter(|at| !segments.all[*at].flat).collect();
    steep.sort_by_key(|at| spaced.at[*at]);
    let mut count = 0;
    for flat in (0..segments.all.len()).filter(|at| segments.all[*at].flat) {
        let (lo, hi) = spans[flat];
        let y = spaced.at[flat];
        let first = steep.partition_point(|at| spaced.at[*at] <= lo);
        let within = steep[first..].iter().take_while(|at| spaced.at[**at] < hi);
        count += within.filter(|at| spans[**at].0 < y && y < spans[**at].1).count();
    }
    count
}

fn border(area: &Area, side: Side) -> i32 {
    match side {
        Side::Left => area.x,
        Side::Right => area.right(),
        Side::Top => area.y,
        Side::Bottom => area.bottom(),
    }
}

fn draw(graph: &Graph, segments: &Segments, spaced: Spaced) -> Drawing {
    let mut hurried = false;
    let mut edges = Vec::with_capacity(graph.edges.len());
    for (edge, ways) in graph.edges.iter().zip(&segments.ways) {
        let path = |(to, way): (&usize, &Option<Vec<usize>>)| match way {
            Some(way) => points(edge.from, *to, way, segments, &spaced),
            None => {
                hurried = true;
                plain(&spaced.nodes[edge.from], &spaced.nodes[*to])
            }
        };
        edges.push(edge.to.iter().zip(ways).map(path).collect());
    }
    let containers = spaced.rooms.into_iter().skip(1).collect();
    Drawing { nodes: spaced.nodes, containers, edges, labels: spaced.labels, hurried }
}

/// The corners of a way.
fn points(from: usize, to: usize, way: &[usize], segments: &Segments, spaced: &Spaced) -> Vec<Spot> {
    let end = |at: usize, node: usize, out: bool| {
        let segment = &segments.all[at];
        let docks = segment.docks.iter().filter(|(dock, _)| *dock == node);
        let side =
            if out { docks.clone().next() } else { docks.clone().next_back() }.map_or(Side::Right, |(_, side)| *side);
        border(&spaced.nodes[node], side)
    };
    let (Some(first), Some(last)) = (way.first(), way.last()) else { return Vec::new() };
    let spot = |at: usize, along: i32| {
        if segments.all[at].flat { (along, spaced.at[at]) } else { (spaced.at[at], along) }
    };
    let mut spots = vec![spot(*first, end(*first, from, true))];
    spots.extend(way.windows(2).map(|pair| spot(pair[0], spaced.at[pair[1]])));
    spots.push(spot(*last, end(*last, to, false)));
    corners(spots)
}

/// Without what lies in one line with what is before and after it.
fn corners(spots: Vec<Spot>) -> Vec<Spot> {
    let mut found: Vec<Spot> = Vec::with_capacity(spots.len());
    for spot in spots {
        if found.last() == Some(&spot) {
            continue;
        }
        if let [.., a, b] = found.as_slice()
            && ((a.0 == b.0 && b.0 == spot.0) || (a.1 == b.1 && b.1 == spot.1))
        {
            found.pop();
        }
        found.push(spot);
    }
    found
}

/// The plainest way between two boxes, through whatever is between them.
fn plain(a: &Area, b: &Area) -> Vec<Spot> {
    let (from, to) = (a.centre(), b.centre());
    let (start, end) = if from.0 <= to.0 { (a.right(), b.x) } else { (a.x, b.right()) };
    let middle = (start + end) / 2;
    let mut spots = vec![(start, from.1), (middle, from.1), (middle, to.1), (end, to.1)];
    spots.dedup();
    spots
}

/// Moved so that its top left corner is the origin.
fn at_origin(mut drawing: Drawing) -> Drawing {
    let areas = drawing.nodes.iter().chain(&drawing.containers).filter(|area| !area.is_empty());
    let hull = areas.fold(Area::default(), |hull, area| hull.around(area));
    let move_area = |area: &mut Area| {
        if !area.is_empty() {
            area.x -= hull.x;
            area.y -= hull.y;
        }
    };
    drawing.nodes.iter_mut().chain(&mut drawing.containers).for_each(move_area);
    drawing.labels.iter_mut().flatten().for_each(move_area);
    for spot in drawing.edges.iter_mut().flatten().flatten() {
        *spot = (spot.0 - hull.x, spot.1 - hull.y);
    }
    drawing
}
