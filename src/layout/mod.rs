//! Where things stand in a diagram: sizes and containment in, integer positions and routes out.
//!
//! [`arrange`] is deterministic, knows nothing of the model, and never moves a pinned node.
//! It deliberately does not know what a node looks like or why an edge exists.

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
    /// Space that its title line needs: least width, and height kept free at its top.
    pub title: (i32, i32),
}

/// A line to route.
#[derive(Clone, Debug, Default)]
pub struct Edge {
    /// Index of the node it leaves.
    pub from: usize,
    /// Index of the node it reaches; may equal `from`.
    pub to: usize,
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

/// The answer, index by index as in the [`Graph`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// Where each node stands. Bars may be wider than asked.
    pub nodes: Vec<Area>,
    /// Where each container stands; an empty container has width and height 0.
    pub containers: Vec<Area>,
    /// Orthogonal polylines; the first point is on the border of `from`, the last on the border of `to`.
    pub edges: Vec<Vec<Spot>>,
    /// Where each edge's label stands; `None` where it has none.
    pub labels: Vec<Option<Area>>,
}
