//! What is to be drawn, and the answer: boxes, frames and lines in whole units.

use serde::{Deserialize, Serialize};

/// A rectangle in diagram units (one unit is one CSS pixel at zoom 1); y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Container {
    /// The container it stands in. Parents come before their children in [`Graph::containers`].
    pub parent: Option<usize>,
    /// What its title line needs.
    pub title: Title,
}

/// The title line of a container: words at its left end, others at its right end. No line runs through either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// Width of the words at the left.
    pub name: i32,
    /// Width of the words at the right.
    pub aside: i32,
    /// Height kept free at the container's top.
    pub height: i32,
}

/// A line to route.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
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
    /// The ways of lines; none for a line that is new.
    pub edges: Vec<Vec<Vec<Spot>>>,
    /// Their labels.
    pub labels: Vec<Option<Area>>,
    /// How frames that have just been opened, or went into another, were arranged inside when they were seen last.
    pub insides: Vec<Inside>,
    /// The containers that something has left.
    pub left: Vec<usize>,
}

/// How a container was arranged when it was last seen, wherever it stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inside {
    /// Which container.
    pub container: usize,
    /// Its frame.
    pub frame: Area,
    /// The boxes in it.
    pub nodes: Vec<(usize, Area)>,
    /// The frames in it, and its own.
    pub containers: Vec<(usize, Area)>,
}

impl Before {
    /// All of a drawing, for a graph that has what it shows, at the same places.
    pub fn of(drawing: &Drawing) -> Self {
        let stood = |areas: &[Area]| areas.iter().map(|area| (!area.is_empty()).then_some(*area)).collect();
        Self {
            nodes: stood(&drawing.nodes),
            containers: stood(&drawing.containers),
            // Ways found in a hurry are not worth keeping.
            edges: if drawing.hurried { Vec::new() } else { drawing.edges.clone() },
            labels: drawing.labels.clone(),
            insides: Vec::new(),
            left: Vec::new(),
        }
    }
}

/// The answer, index by index as in the [`Graph`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
