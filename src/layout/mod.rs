//! Where things stand in a diagram: sizes and containment in, integer positions and routes out.
//!
//! [`arrange`] is deterministic, knows nothing of the model, and never moves a pinned node.
//! It deliberately does not know what a node looks like or why an edge exists; [`Plan`] does: it turns a model into a
//! graph, and remembers what each node, container and edge stands for.

mod label;
mod metrics;
mod nudge;
mod pack;
mod place;
mod plan;
mod route;

pub use metrics::{Metrics, metrics};
pub use plan::{
    Branch, Bundle, CAPTION_SIZE, CROWD, FRAME_SIZE, Folds, Frame, LETTER, Look, NodeKind, Plan, PlannedNode,
    TITLE_SIZE, containers_of,
};

/// The gap that lines keep from boxes.
const MARGIN: i32 = 14;

/// A rectangle in diagram units (one unit is one CSS pixel at zoom 1); y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Area {
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width, at least 0.
    pub w: i32,
    /// Height, at least 0.
    pub h: i32,
}

/// A point in diagram units: x to the right, y downwards.
pub type Spot = (i32, i32);

/// How a node wants to be placed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Posture {
    /// An ordinary box.
    #[default]
    Box,
    /// A spine (an event backbone): a bar as wide as what it serves, below it; its `size` is a minimum.
    Bar,
    /// Something that stands beside the node it belongs to (a store beside its owner), given as an index into [`Graph::nodes`].
    Beside(usize),
}

/// One box to place.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Width and height.
    pub size: (i32, i32),
    /// The container it stands in, an index into [`Graph::containers`]; `None` is the open canvas.
    pub parent: Option<usize>,
    /// The place of its top left corner that a person has chosen; it is kept exactly.
    pub pin: Option<Spot>,
    /// How it wants to be placed.
    pub posture: Posture,
}

/// A frame around nodes and other containers.
#[derive(Clone, Debug, Default)]
pub struct Container {
    /// The container it stands in. Parents come before their children in [`Graph::containers`].
    pub parent: Option<usize>,
    /// What its title line needs.
    pub title: Title,
}

/// The title line of a container: words at its left end, others at its right end. No line runs through either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// Width of the words at the left.
    pub name: i32,
    /// Width of the words at the right.
    pub aside: i32,
    /// Height kept free at the container's top.
    pub height: i32,
}

/// A line to route.
#[derive(Clone, Debug, Default)]
pub struct Edge {
    /// Index of the node it leaves.
    pub from: usize,
    /// Indices of the nodes it reaches, one at least: with more, one trunk branches. May hold `from`.
    pub to: Vec<usize>,
    /// Size of its label, if it has one.
    pub label: Option<(i32, i32)>,
    /// Whether it says which way the drawing flows; store accesses do not.
    pub ranks: bool,
}

/// What is to be drawn.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// The boxes.
    pub nodes: Vec<Node>,
    /// The frames, parents first.
    pub containers: Vec<Container>,
    /// The lines.
    pub edges: Vec<Edge>,
}

impl Area {
    /// The right edge.
    pub fn right(&self) -> i32 {
        self.x + self.w
    }

    /// The lower edge.
    pub fn bottom(&self) -> i32 {
        self.y + self.h
    }

    /// The middle.
    pub fn centre(&self) -> Spot {
        (self.x + self.w / 2, self.y + self.h / 2)
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.w <= 0 || self.h <= 0
    }

    /// This and `by` more on every side.
    pub fn grown(&self, by: i32) -> Self {
        Self { x: self.x - by, y: self.y - by, w: self.w + 2 * by, h: self.h + 2 * by }
    }

    /// Whether the two share more than a border.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// The smallest area around both; an empty one counts for nothing.
    pub fn around(&self, other: &Self) -> Self {
        if self.is_empty() {
            return *other;
        }
        if other.is_empty() {
            return *self;
        }
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self { x, y, w: self.right().max(other.right()) - x, h: self.bottom().max(other.bottom()) - y }
    }
}

/// Where things stood before, index by index as in the [`Graph`]: what is new has no place yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// The boxes.
    pub nodes: Vec<Option<Area>>,
    /// The frames.
    pub containers: Vec<Option<Area>>,
}

/// The answer, index by index as in the [`Graph`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// Where each node stands. Bars may be wider, and boxes with many lines higher than asked.
    pub nodes: Vec<Area>,
    /// Where each container stands; an empty container has width and height 0.
    pub containers: Vec<Area>,
    /// For each edge one orthogonal polyline for each node it reaches: the first point is on the border of `from`, the
    /// last on the border of that node. Polylines of one edge begin alike: they are a trunk and its branches.
    pub edges: Vec<Vec<Vec<Spot>>>,
    /// Where each edge's label stands; `None` where it has none, or there is no room for it.
    pub labels: Vec<Option<Area>>,
    /// Whether time ran out: some lines take the plainest way then, and may run through boxes.
    pub hurried: bool,
}

/// Arranges a graph afresh.
pub fn arrange(graph: &Graph) -> Drawing {
    rearrange(graph, &Before::default(), &|| false)
}

/// Arranges a graph, keeping what stood somewhere where it was unless it must give way. `stop` is asked now and then
/// whether time is up; what has been found until then is the answer.
pub fn rearrange(graph: &Graph, before: &Before, stop: &(dyn Fn() -> bool + Sync)) -> Drawing {
    let _ = (before, stop);
    let flat = Graph { edges: graph.edges.iter().flat_map(single).collect(), ..graph.clone() };
    let place::Placed { nodes, containers } = place::place(&flat);
    let mut ways: Vec<Vec<Spot>> = Vec::new();
    if graph.nodes.len() > MANY {
        ways.extend(flat.edges.iter().map(|edge| route::plain_way(&nodes, edge)));
    } else {
        ways = route::route(&flat, &nodes, &containers);
        nudge::nudge(&flat, &nodes, &containers, &mut ways);
    }
    let mut rest = ways.iter().cloned();
    let edges: Vec<Vec<Vec<Spot>>> =
        graph.edges.iter().map(|edge| rest.by_ref().take(edge.to.len()).collect()).collect();
    let labels = if graph.nodes.len() > MANY {
        vec![None; graph.edges.len()]
    } else {
        let flat = label::place(&flat, &nodes, &containers, &ways);
        let mut rest = flat.into_iter();
        graph.edges.iter().map(|edge| rest.by_ref().take(edge.to.len()).flatten().next()).collect()
    };
    Drawing { nodes, containers, edges, labels, hurried: false }
}

fn single(edge: &Edge) -> Vec<Edge> {
    edge.to.iter().map(|to| Edge { to: vec![*to], ..edge.clone() }).collect()
}

/// With more boxes than this, lines take the plainest way and have no labels.
const MANY: usize = 160;
