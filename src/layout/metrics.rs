//! How good a drawing is, in numbers.

use super::{Area, Drawing, Graph, Spot};

/// Measures of a drawing; less is better, except where said.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Metrics {
    /// Pairs of boxes that overlap. Must be 0.
    pub node_overlaps: usize,
    /// Pairs of a line and a box that is not one of its ends, where the line runs through the box.
    pub edge_node_overlaps: usize,
    /// Pairs of a label and a box, or of two labels, that overlap. Must be 0.
    pub label_overlaps: usize,
    /// Labels for which there was no room.
    pub unplaced_labels: usize,
    /// Proper crossings of two lines.
    pub crossings: usize,
    /// Corners of all lines.
    pub bends: usize,
    /// Length of all lines.
    pub length: i64,
    /// Width of the drawing.
    pub width: i32,
    /// Height of the drawing.
    pub height: i32,
    /// Distance from the aspect ratio that a screen has: |ln(width / height / 1.6)|.
    pub aspect: f64,
}

/// Measures a drawing.
pub fn metrics(graph: &Graph, drawing: &Drawing) -> Metrics {
    let labels: Vec<&Area> = drawing.labels.iter().flatten().collect();
    let wanted = graph.edges.iter().filter(|edge| edge.label.is_some()).count();
    let hull = drawing.nodes.iter().chain(&drawing.containers).fold(Area::default(), |hull, area| hull.around(area));
    let ways: Vec<Vec<Spot>> = drawing.edges.iter().flatten().cloned().collect();
    let corners = |way: &Vec<Spot>| way.len().saturating_sub(2);
    let length = |way: &Vec<Spot>| way.windows(2).map(|pair| i64::from(reach(pair))).sum::<i64>();
    let ratio = f64::from(hull.w.max(1)) / f64::from(hull.h.max(1));
    Metrics {
        node_overlaps: pairs(&drawing.nodes, Area::overlaps),
        edge_node_overlaps: through(graph, drawing),
        label_overlaps: pairs(&labels, |a, b| a.overlaps(b))
            + labels
                .iter()
                .map(|label| drawing.nodes.iter().filter(|node| node.overlaps(label)).count())
                .sum::<usize>(),
        unplaced_labels: wanted - labels.len(),
        crossings: pairs(&ways, |a, b| cross(a, b)),
        bends: ways.iter().map(corners).sum(),
        length: ways.iter().map(length).sum(),
        width: hull.w,
        height: hull.h,
        aspect: (ratio / 1.6).ln().abs(),
    }
}

fn reach(pair: &[Spot]) -> i32 {
    match pair {
        [a, b] => (a.0 - b.0).abs() + (a.1 - b.1).abs(),
        _ => 0,
    }
}

fn pairs<T>(items: &[T], meet: impl Fn(&T, &T) -> bool) -> usize {
    items.iter().enumerate().map(|(at, a)| items[at + 1..].iter().filter(|b| meet(a, b)).count()).sum()
}

fn through(graph: &Graph, drawing: &Drawing) -> usize {
    let mut count = 0;
    for (way, edge) in drawing.edges.iter().zip(&graph.edges) {
        let foreign =
            drawing.nodes.iter().enumerate().filter(|(node, _)| *node != edge.from && !edge.to.contains(node));
        count += foreign
            .filter(|(_, node)| way.iter().flat_map(|way| way.windows(2)).any(|pair| enters(pair, node)))
            .count();
    }
    count
}

fn enters(pair: &[Spot], node: &Area) -> bool {
    let [a, b] = pair else { return false };
    let (low, high) = ((a.0.min(b.0), a.1.min(b.1)), (a.0.max(b.0), a.1.max(b.1)));
    low.0 < node.right() && high.0 > node.x && low.1 < node.bottom() && high.1 > node.y
}

fn cross(a: &[Spot], b: &[Spot]) -> bool {
    let proper = |flat: &[Spot], steep: &[Spot]| match (flat, steep) {
        ([p, q], [r, s]) if p.1 == q.1 && r.0 == s.0 => {
            let within = |low: i32, high: i32, at: i32| low.min(high) < at && at < low.max(high);
            within(p.0, q.0, r.0) && within(r.1, s.1, p.1)
        }
        _ => false,
    };
    a.windows(2).any(|p| b.windows(2).any(|q| proper(p, q) || proper(q, p)))
}
