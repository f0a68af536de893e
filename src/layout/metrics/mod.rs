//! How good a drawing is, in numbers, whoever made it.
//!
//! Owns what counts as a fault and as a crossing. It deliberately does not know how drawings come about: lines may be
//! sloped, and boxes may stand anywhere, so that drawings of other engines are measured alike.

mod grid;
mod lines;

use std::collections::BTreeSet;

use self::{grid::Grid, lines::Piece};
use super::{Area, Drawing, Edge, Graph};

/// Measures of a drawing; less is better, except where said.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Metrics {
    /// Pairs of boxes that overlap. Must be 0.
    pub node_overlaps: usize,
    /// Pairs of frames of which neither holds the other, and of a frame and a box that does not stand in it, that
    /// overlap; and boxes and frames that reach out of the frame they stand in. Must be 0.
    pub container_overlaps: usize,
    /// Pairs of an edge and a box that is none of its ends, where the line runs through the box. Must be 0.
    pub edge_node_overlaps: usize,
    /// Pairs of an edge and a frame, where a line runs through the frame although it starts and ends outside. Must be
    /// 0 unless the drawing is hurried.
    pub edge_container_overlaps: usize,
    /// Pairs of an edge and a frame, where the line runs through the words of the frame's title. Must be 0.
    pub edge_title_overlaps: usize,
    /// Pairs of a label and a box, another label, or the words of a frame's title, that overlap. Must be 0.
    pub label_overlaps: usize,
    /// Pairs of a label and another edge, where the line runs through the label. Must be 0.
    pub label_line_overlaps: usize,
    /// Labels for which there was no room. May be more than 0, where the alternative would be an overlap.
    pub unplaced_labels: usize,
    /// Points in which lines of different edges cross; on a trunk, once for all its branches. May be more than 0.
    pub crossings: usize,
    /// 1 − crossings ÷ the most that straight lines could have; more is better, 1 is none. Below 0 where lines
    /// cross each other more than once.
    pub crossing_quality: f64,
    /// Pairs of edges without a common end that lie on each other over more than a point. Should be 0.
    pub collinear_overlaps: usize,
    /// Corners of all lines; what branches share counts once.
    pub bends: usize,
    /// Corners of an edge, on average.
    pub bends_per_edge: f64,
    /// Length of all lines; what branches share counts once.
    pub length: i64,
    /// How unlike the lengths of edges are: standard deviation ÷ mean.
    pub length_variation: f64,
    /// Width of the drawing, lines and labels included.
    pub width: i32,
    /// Height of the drawing, lines and labels included.
    pub height: i32,
    /// Width × height.
    pub area: i64,
    /// Distance from the aspect ratio that a screen has: |ln(width / height / 1.6)|.
    pub aspect: f64,
}

/// How much of a drawing stayed as it was, when something else changed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stability {
    /// Share of the pairs of nodes whose order from left to right or from top to bottom turned round; 0 is best.
    pub flips: f64,
    /// Nodes that moved by more than 20 units, to a side or up or down.
    pub moved: usize,
    /// How far the node moved that moved farthest.
    pub largest_move: i32,
}

/// Measures a drawing.
pub fn metrics(graph: &Graph, drawing: &Drawing) -> Metrics {
    let edges: Vec<Vec<Piece>> = drawing.edges.iter().map(|ways| lines::union(ways)).collect();
    let sheet = Sheet::new(graph, drawing);
    let wanted = graph.edges.iter().filter(|edge| edge.label.is_some()).count();
    let hull = hull(drawing);
    let ratio = f64::from(hull.w.max(1)) / f64::from(hull.h.max(1));
    let crossings = lines::crossings(&edges);
    let bends = drawing.edges.iter().map(|ways| lines::corners(ways)).sum();
    let lengths: Vec<f64> = edges.iter().map(|pieces| pieces.iter().map(Piece::length).sum()).collect();
    Metrics {
        node_overlaps: overlapping_pairs(&drawing.nodes),
        container_overlaps: sheet.container_overlaps(),
        edge_node_overlaps: sheet.edge_node_overlaps(&edges),
        edge_container_overlaps: sheet.edge_container_overlaps(),
        edge_title_overlaps: sheet.edge_title_overlaps(&edges),
        label_overlaps: sheet.label_overlaps(),
        label_line_overlaps: sheet.label_line_overlaps(&edges),
        unplaced_labels: wanted.saturating_sub(sheet.labels.len()),
        crossings,
        crossing_quality: quality(graph, crossings),
        collinear_overlaps: collinear_overlaps(graph, &edges),
        bends,
        bends_per_edge: bends as f64 / edges.len().max(1) as f64,
        length: lengths.iter().sum::<f64>().round() as i64,
        length_variation: variation(&lengths),
        width: hull.w,
        height: hull.h,
        area: i64::from(hull.w) * i64::from(hull.h),
        aspect: (ratio / 1.6).ln().abs(),
    }
}

impl Drawing {
    /// How much of this stayed in the drawing after it. `same` pairs the nodes of this with those of the other.
    pub fn stability(&self, after: &Self, same: &[(usize, usize)]) -> Stability {
        let both = same.iter().filter_map(|(old, new)| Some((self.nodes.get(*old)?, after.nodes.get(*new)?)));
        let both: Vec<(&Area, &Area)> = both.collect();
        let moves = both.iter().map(|(old, new)| (new.x - old.x).abs().max((new.y - old.y).abs()));
        let turned = |one: &(&Area, &Area), other: &(&Area, &Area)| {
            let side = |a: i32, b: i32| (a - b).signum();
            let (old, new) = ((one.0.centre(), other.0.centre()), (one.1.centre(), other.1.centre()));
            side(old.0.0, old.1.0) * side(new.0.0, new.1.0) < 0 || side(old.0.1, old.1.1) * side(new.0.1, new.1.1) < 0
        };
        let rest = |at: usize| both.get(at + 1..).unwrap_or_default();
        let flips: usize =
            both.iter().enumerate().map(|(at, one)| rest(at).iter().filter(|other| turned(one, other)).count()).sum();
        let pairs = both.len() * both.len().saturating_sub(1) / 2;
        Stability {
            flips: flips as f64 / pairs.max(1) as f64,
            moved: moves.clone().filter(|by| *by > FAR).count(),
            largest_move: moves.max().unwrap_or(0),
        }
    }
}

/// A node that moved no farther than this has not moved, to the eye.
const FAR: i32 = 20;

/// A drawing, ready to be asked what is where.
struct Sheet<'a> {
    graph: &'a Graph,
    drawing: &'a Drawing,
    /// The containers around each node, the innermost first.
    around_nodes: Vec<Vec<usize>>,
    /// Labels that have a place, and whose they are.
    labels: Vec<Area>,
    labelled: Vec<usize>,
    /// Words of titles, and whose they are.
    words: Vec<Area>,
    titled: Vec<usize>,
}

impl<'a> Sheet<'a> {
    fn new(graph: &'a Graph, drawing: &'a Drawing) -> Self {
        let around_nodes = graph.nodes.iter().map(|node| chain(graph, node.parent)).collect();
        let placed = drawing.labels.iter().enumerate().filter_map(|(edge, label)| label.map(|label| (edge, label)));
        let (labelled, labels) = placed.unzip();
        let frames = graph.containers.iter().zip(&drawing.containers).enumerate();
        let words = frames.filter(|(_, (_, area))| !area.is_empty()).flat_map(|(at, (container, area))| {
            let word = |x: i32, w: i32| Area { x, y: area.y + WORDS_TOP, w, h: WORDS_HEIGHT };
            let (name, aside) = (container.title.name, container.title.aside);
            let both = [word(area.x + WORDS_SIDE, name), word(area.right() - WORDS_SIDE - aside, aside)];
            both.into_iter().filter(|word| !word.is_empty()).map(move |word| (at, word))
        });
        let (titled, words) = words.unzip();
        Self { graph, drawing, around_nodes, labels, labelled, words, titled }
    }

    fn around(&self, node: usize) -> &[usize] {
        self.around_nodes.get(node).map_or(&[], Vec::as_slice)
    }

    fn container_overlaps(&self) -> usize {
        let (nodes, containers) = (&self.drawing.nodes, &self.drawing.containers);
        let frames = Grid::new(containers);
        let mut count = 0;
        for (at, (node, area)) in self.graph.nodes.iter().zip(nodes).enumerate() {
            count += frames.overlapping(area).iter().filter(|frame| !self.around(at).contains(frame)).count();
            count +=
                usize::from(node.parent.and_then(|parent| containers.get(parent)).is_some_and(|p| !holds(p, area)));
        }
        let filled = self.graph.containers.iter().zip(containers).enumerate().filter(|(_, (_, area))| !area.is_empty());
        for (at, (container, area)) in filled {
            let around = chain(self.graph, container.parent);
            let strange = |other: &&usize| !around.contains(other) && !chain(self.graph, Some(**other)).contains(&at);
            // Each pair is met twice.
            count += frames.overlapping(area).iter().filter(strange).filter(|other| **other > at).count();
            count +=
                usize::from(around.first().and_then(|parent| containers.get(*parent)).is_some_and(|p| !holds(p, area)));
        }
        count
    }

    fn edge_node_overlaps(&self, edges: &[Vec<Piece>]) -> usize {
        let boxes = Grid::new(&self.drawing.nodes);
        let through = |(edge, pieces): (&Edge, &Vec<Piece>)| {
            let met: BTreeSet<usize> = pieces.iter().flat_map(|piece| boxes.entered(piece)).collect();
            met.iter().filter(|node| **node != edge.from && !edge.to.contains(node)).count()
        };
        self.graph.edges.iter().zip(edges).map(through).sum()
    }

    fn edge_container_overlaps(&self) -> usize {
        let frames = Grid::new(&self.drawing.containers);
        let through = |(edge, ways): (&Edge, &Vec<Vec<_>>)| {
            let mut met: BTreeSet<usize> = BTreeSet::new();
            for (to, way) in edge.to.iter().zip(ways) {
                let entered = lines::pieces(way).flat_map(|piece| frames.entered(&piece));
                met.extend(entered.filter(|at| !self.around(edge.from).contains(at) && !self.around(*to).contains(at)));
            }
            met.len()
        };
        self.graph.edges.iter().zip(&self.drawing.edges).map(through).sum()
    }

    fn edge_title_overlaps(&self, edges: &[Vec<Piece>]) -> usize {
        let words = Grid::new(&self.words);
        let through = |pieces: &Vec<Piece>| {
            let met = pieces.iter().flat_map(|piece| words.entered(piece));
            met.filter_map(|word| self.titled.get(word)).collect::<BTreeSet<_>>().len()
        };
        edges.iter().map(through).sum()
    }

    fn label_overlaps(&self) -> usize {
        let (boxes, words) = (Grid::new(&self.drawing.nodes), Grid::new(&self.words));
        let under = |label: &Area| boxes.overlapping(label).len() + words.overlapping(label).len();
        overlapping_pairs(&self.labels) + self.labels.iter().map(under).sum::<usize>()
    }

    fn label_line_overlaps(&self, edges: &[Vec<Piece>]) -> usize {
        let labels = Grid::new(&self.labels);
        let through = |(edge, pieces): (usize, &Vec<Piece>)| {
            let met: BTreeSet<usize> = pieces.iter().flat_map(|piece| labels.entered(piece)).collect();
            met.iter().filter(|label| self.labelled.get(**label) != Some(&edge)).count()
        };
        edges.iter().enumerate().map(through).sum()
    }
}

/// Where the words of a title stand: from the sides of the container, and from its top.
const WORDS_SIDE: i32 = 16;
const WORDS_TOP: i32 = 8;
const WORDS_HEIGHT: i32 = 22;

/// A container and those around it, the innermost first.
fn chain(graph: &Graph, innermost: Option<usize>) -> Vec<usize> {
    let mut chain = Vec::new();
    let mut next = innermost;
    while let Some(at) = next.filter(|at| !chain.contains(at)) {
        chain.push(at);
        next = graph.containers.get(at).and_then(|container| container.parent);
    }
    chain
}

fn holds(outer: &Area, inner: &Area) -> bool {
    inner.x >= outer.x && inner.y >= outer.y && inner.right() <= outer.right() && inner.bottom() <= outer.bottom()
}

fn overlapping_pairs(areas: &[Area]) -> usize {
    let grid = Grid::new(areas);
    let later = |(at, area): (usize, &Area)| grid.overlapping(area).iter().filter(|other| **other > at).count();
    areas.iter().enumerate().map(later).sum()
}

fn hull(drawing: &Drawing) -> Area {
    let areas = drawing.nodes.iter().chain(&drawing.containers).chain(drawing.labels.iter().flatten());
    let solid = areas.filter(|area| !area.is_empty());
    let corners = solid.flat_map(|area| [(area.x, area.y), (area.right(), area.bottom())]);
    let spots = corners.chain(drawing.edges.iter().flatten().flatten().copied());
    let ends = |hull: Option<(i32, i32, i32, i32)>, (x, y): (i32, i32)| {
        let (left, top, right, bottom) = hull.unwrap_or((x, y, x, y));
        Some((left.min(x), top.min(y), right.max(x), bottom.max(y)))
    };
    let (left, top, right, bottom) = spots.fold(None, ends).unwrap_or_default();
    Area { x: left, y: top, w: right - left, h: bottom - top }
}

/// 1 − crossings ÷ (m(m−1)/2 − Σ d(d−1)/2): lines with a common end need not cross.
fn quality(graph: &Graph, crossings: usize) -> f64 {
    let mut degrees = vec![0_usize; graph.nodes.len()];
    let mut lines = 0;
    for edge in &graph.edges {
        for to in &edge.to {
            lines += 1;
            let ends = BTreeSet::from([edge.from, *to]);
            ends.iter().for_each(|end| degrees.get_mut(*end).into_iter().for_each(|degree| *degree += 1));
        }
    }
    let pairs = |count: &usize| count * count.saturating_sub(1) / 2;
    let most = pairs(&lines).saturating_sub(degrees.iter().map(pairs).sum());
    if crossings == 0 { 1.0 } else { 1.0 - crossings as f64 / most.max(1) as f64 }
}

fn collinear_overlaps(graph: &Graph, edges: &[Vec<Piece>]) -> usize {
    let ends = |edge: usize| graph.edges.get(edge).map(|edge| edge.to.iter().chain([&edge.from]));
    let meet = |a: usize, b: usize| {
        let (Some(mut a), Some(b)) = (ends(a), ends(b)) else { return false };
        a.any(|end| b.clone().any(|other| other == end))
    };
    lines::on_each_other(edges).iter().filter(|(a, b)| !meet(*a, *b)).count()
}

fn variation(lengths: &[f64]) -> f64 {
    let count = lengths.len().max(1) as f64;
    let mean = lengths.iter().sum::<f64>() / count;
    let spread = lengths.iter().map(|length| (length - mean).powi(2)).sum::<f64>() / count;
    if mean > 0.0 { spread.sqrt() / mean } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Container, Node, Spot, Title};

    /// A drawing and what it is of, put together by hand.
    #[derive(Default)]
    struct Sketch {
        graph: Graph,
        drawing: Drawing,
    }

    impl Sketch {
        fn container(mut self, parent: Option<usize>, area: (i32, i32, i32, i32)) -> Self {
            let title = Title { name: 40, aside: 30, height: 44 };
            self.graph.containers.push(Container { parent, title });
            self.drawing.containers.push(at(area));
            self
        }

        fn node(mut self, parent: Option<usize>, area: (i32, i32, i32, i32)) -> Self {
            self.graph.nodes.push(Node { size: (area.2, area.3), parent, ..Node::default() });
            self.drawing.nodes.push(at(area));
            self
        }

        fn edge(mut self, from: usize, to: &[usize], ways: &[&[Spot]]) -> Self {
            self.graph.edges.push(Edge { from, to: to.to_vec(), label: None, ranks: true });
            self.drawing.edges.push(ways.iter().map(|way| way.to_vec()).collect());
            self.drawing.labels.push(None);
            self
        }

        /// Gives the last edge a label.
        fn label(mut self, area: Option<(i32, i32, i32, i32)>) -> Self {
            self.graph.edges.last_mut().unwrap().label = Some((40, 20));
            *self.drawing.labels.last_mut().unwrap() = area.map(at);
            self
        }

        fn measured(&self) -> Metrics {
            metrics(&self.graph, &self.drawing)
        }
    }

    fn at((x, y, w, h): (i32, i32, i32, i32)) -> Area {
        Area { x, y, w, h }
    }

    /// Two boxes side by side, 100 apart.
    fn two() -> Sketch {
        Sketch::default().node(None, (0, 0, 100, 60)).node(None, (200, 0, 100, 60))
    }

    /// Two boxes at the left, two at the right, 100 apart.
    fn four() -> Sketch {
        two().node(None, (0, 100, 100, 60)).node(None, (200, 100, 100, 60))
    }

    #[test]
    fn a_plain_drawing_has_no_faults() {
        let found = two().edge(0, &[1], &[&[(100, 30), (200, 30)]]).measured();
        let plain = Metrics {
            crossing_quality: 1.0,
            length: 100,
            width: 300,
            height: 60,
            area: 18_000,
            aspect: (5.0_f64 / 1.6).ln(),
            ..Metrics::default()
        };
        assert_eq!(found, plain);
        assert_eq!(Sketch::default().measured().crossing_quality, 1.0);
    }

    #[test]
    fn boxes_that_touch_do_not_overlap() {
        let touching = two().node(None, (100, 0, 100, 60));
        assert_eq!(touching.measured().node_overlaps, 0);
        assert_eq!(touching.node(None, (90, 10, 20, 20)).measured().node_overlaps, 2);
    }

    #[test]
    fn containers_overlap_only_where_neither_holds_the_other() {
        let nested = Sketch::default()
            .container(None, (0, 0, 400, 400))
            .container(Some(0), (20, 50, 200, 200))
            .node(Some(1), (40, 100, 100, 60))
            .container(None, (0, 0, 0, 0));
        assert_eq!(nested.measured().container_overlaps, 0);
        let sibling = nested.container(Some(0), (200, 50, 100, 100));
        assert_eq!(sibling.measured().container_overlaps, 1);
        // It stands in the outer frame, and lies over the border of the inner one.
        let strange = sibling.node(Some(0), (30, 240, 100, 60));
        assert_eq!(strange.measured().container_overlaps, 2);
        // Out of its frame, and over none.
        let outside = strange.node(Some(1), (500, 0, 100, 60));
        assert_eq!(outside.measured().container_overlaps, 3);
        assert_eq!(outside.container(Some(0), (300, 300, 200, 50)).measured().container_overlaps, 4);
    }

    #[test]
    fn a_line_through_a_box_is_seen_once_for_an_edge() {
        let beside = two().node(None, (120, 0, 40, 30)).edge(0, &[1], &[&[(100, 30), (200, 30)]]);
        assert_eq!(beside.measured().edge_node_overlaps, 0, "along its border");
        let through: &[Spot] = &[(100, 20), (140, 20), (140, 10), (200, 10)];
        assert_eq!(beside.edge(0, &[1], &[through]).measured().edge_node_overlaps, 1);
        let own = two().edge(0, &[1], &[&[(50, 30), (250, 30)]]);
        assert_eq!(own.measured().edge_node_overlaps, 0, "its own ends");
        let sloped = two().node(None, (140, 20, 20, 20)).edge(0, &[1], &[&[(100, 0), (200, 60)]]);
        assert_eq!(sloped.measured().edge_node_overlaps, 1);
        let corner = two().node(None, (140, 30, 20, 20)).edge(0, &[1], &[&[(100, 0), (200, 60)]]);
        assert_eq!(corner.measured().edge_node_overlaps, 1);
        let past = two().node(None, (160, 0, 20, 20)).edge(0, &[1], &[&[(100, 0), (200, 60)]]);
        assert_eq!(past.measured().edge_node_overlaps, 0, "within its hull, beside the line");
    }

    #[test]
    fn a_line_enters_only_the_frames_of_its_ends() {
        let frame = |parent| two().container(None, (-20, -60, 140, 140)).node(parent, (120, -50, 40, 30));
        let through: &[Spot] = &[(100, 30), (110, 30), (110, 90), (250, 90), (250, 60)];
        let foreign = frame(None).edge(0, &[1], &[through]);
        assert_eq!(foreign.measured().edge_container_overlaps, 1);
        let mut own = frame(None).edge(0, &[1], &[through]);
        own.graph.nodes[0].parent = Some(0);
        assert_eq!(own.measured().edge_container_overlaps, 0);
        // A trunk may enter the frame of one of its ends on the way there, not on the way to the other.
        let mut branching = four().container(None, (-20, -60, 140, 140)).edge(
            3,
            &[2, 0],
            &[
                &[(200, 130), (150, 130), (150, 70), (50, 70), (50, 100)],
                &[(200, 130), (150, 130), (150, 30), (100, 30)],
            ],
        );
        branching.graph.nodes[0].parent = Some(0);
        assert_eq!(branching.measured().edge_container_overlaps, 1);
    }

    #[test]
    fn a_line_keeps_off_the_words_of_a_title() {
        let framed =
            |y| two().container(None, (-50, -60, 400, 200)).edge(0, &[1], &[&[(50, 0), (50, y), (250, y), (250, 0)]]);
        // The words are at y −52 … −30, the name at x −34 … 6, the aside at x 304 … 334.
        assert_eq!(framed(-40).measured().edge_title_overlaps, 0, "between the words");
        let long = |y| framed(y).edge(0, &[1], &[&[(0, 0), (0, y), (320, y), (320, 0)]]);
        assert_eq!(long(-40).measured().edge_title_overlaps, 1, "both words are of one title");
        assert_eq!(long(-30).measured().edge_title_overlaps, 0, "along the lower edge");
    }

    #[test]
    fn labels_keep_off_boxes_labels_words_and_lines() {
        let line: &[Spot] = &[(100, 30), (200, 30)];
        let fine = four().edge(0, &[1], &[line]).label(Some((130, 20, 40, 20)));
        let clean = fine.measured();
        assert_eq!((clean.label_overlaps, clean.label_line_overlaps, clean.unplaced_labels), (0, 0, 0));
        let other: &[Spot] = &[(100, 130), (150, 130), (150, 0), (200, 0)];
        let crossed = fine.edge(2, &[1], &[other]).label(Some((165, 25, 40, 20)));
        let found = crossed.measured();
        assert_eq!(found.label_overlaps, 2, "the other label, and a box");
        assert_eq!(found.label_line_overlaps, 2, "each label is on the other's line");
        let worded = crossed.container(None, (130, -20, 200, 200));
        // The name is at x 146 … 186, y −12 … 10; the aside at x 284 … 314.
        assert_eq!(worded.measured().label_overlaps, 2);
        let unplaced = worded.edge(0, &[3], &[&[(100, 50), (200, 110)]]).label(None);
        assert_eq!(unplaced.measured().unplaced_labels, 1);
        let titled = unplaced.edge(0, &[1], &[line]).label(Some((170, 0, 10, 10)));
        assert_eq!(titled.measured().label_overlaps, 3, "the words of a title");
    }

    #[test]
    fn lines_cross_in_points_that_end_neither() {
        let crossing = four().edge(0, &[3], &[&[(100, 30), (150, 30), (150, 130), (200, 130)]]).edge(
            2,
            &[1],
            &[&[(100, 120), (170, 120), (170, 40), (200, 40)]],
        );
        let found = crossing.measured();
        assert_eq!(found.crossings, 1);
        assert_eq!(found.crossing_quality, 0.0, "one of one");
        assert_eq!((found.bends, found.bends_per_edge), (4, 2.0));
        assert_eq!((found.length, found.length_variation), (200 + 180 - 20 + 20, 10.0 / 190.0));
        let touching = four().edge(0, &[3], &[&[(100, 30), (150, 30), (150, 130), (200, 130)]]).edge(
            2,
            &[1],
            &[&[(100, 120), (150, 120), (150, 40), (200, 40)]],
        );
        assert_eq!(touching.measured().crossings, 0);
    }

    #[test]
    fn sloped_lines_cross_upright_and_sloped_ones() {
        let sloped = four().edge(0, &[3], &[&[(100, 30), (200, 130)]]).edge(2, &[1], &[&[(100, 130), (200, 30)]]);
        assert_eq!(sloped.measured().crossings, 1);
        let upright = sloped.edge(0, &[1], &[&[(100, 50), (110, 50), (110, 0), (200, 0)]]);
        assert_eq!(upright.measured().crossings, 2);
        let apart = upright.edge(2, &[3], &[&[(100, 150), (200, 150)]]);
        assert_eq!(apart.measured().crossings, 2);
    }

    #[test]
    fn a_shared_trunk_counts_once() {
        let trunk = four().node(None, (400, 0, 100, 60)).edge(
            0,
            &[1, 3, 4],
            &[
                &[(100, 30), (150, 30), (150, 20), (200, 20)],
                &[(100, 30), (150, 30), (150, 130), (200, 130)],
                &[(100, 30), (150, 30), (150, 80), (350, 80), (350, 30), (400, 30)],
            ],
        );
        let found = trunk.measured();
        // Down to both sides at (150, 30), and the branches' own corners.
        assert_eq!(found.bends, 2 + 1 + 1 + 3);
        assert_eq!(found.length, 50 + 110 + 50 + 50 + 200 + 50 + 50);
        assert_eq!((found.crossings, found.collinear_overlaps), (0, 0));
        let crossed = trunk.edge(2, &[3], &[&[(100, 110), (120, 110), (120, 0), (180, 0), (180, 110), (200, 110)]]);
        // The trunk once, then the first and the third branch.
        assert_eq!(crossed.measured().crossings, 3);
    }

    #[test]
    fn only_edges_without_a_common_end_must_not_lie_on_each_other() {
        let first: &[Spot] = &[(100, 30), (150, 30), (150, 50), (200, 50)];
        let second: &[Spot] = &[(100, 130), (150, 130), (150, 40), (160, 40), (160, 130), (200, 130)];
        let apart = four().edge(0, &[1], &[first]).edge(2, &[3], &[second]);
        assert_eq!(apart.measured().collinear_overlaps, 1);
        let common = four().edge(0, &[1], &[first]).edge(2, &[1], &[second]);
        assert_eq!(common.measured().collinear_overlaps, 0);
        let point = four().edge(0, &[1], &[first]).edge(2, &[3], &[&[(100, 130), (150, 130), (150, 50), (150, 50)]]);
        assert_eq!(point.measured().collinear_overlaps, 0, "they meet in a point");
    }

    #[test]
    fn the_hull_holds_lines() {
        let found = two().edge(0, &[1], &[&[(50, 0), (50, -40), (350, -40), (350, 30), (300, 30)]]).measured();
        assert_eq!((found.width, found.height, found.area), (350, 100, 35_000));
    }

    #[test]
    fn what_moves_and_what_changes_places_is_told() {
        let before = four().drawing;
        let same: Vec<(usize, usize)> = (0..4).map(|at| (at, at)).collect();
        assert_eq!(before.stability(&before, &same), Stability::default());
        let mut after = before.clone();
        after.nodes[0].y = 150;
        after.nodes[1].x += 20;
        let found = before.stability(&after, &same);
        assert_eq!((found.moved, found.largest_move), (1, 150));
        // The first is now below the third and the fourth.
        assert_eq!(found.flips, 2.0 / 6.0);
        after.nodes.insert(0, Area::default());
        let shifted: Vec<(usize, usize)> = (0..4).map(|at| (at, at + 1)).collect();
        assert_eq!(before.stability(&after, &shifted), found);
    }
}
