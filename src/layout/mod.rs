//! Where things stand in a diagram: sizes and containment in, integer positions and routes out.
//!
//! [`arrange`] is deterministic, knows nothing of the model, and never moves a pinned node.
//! It deliberately does not know what a node looks like or why an edge exists; [`Plan`] does: it turns a model into a
//! graph, and remembers what each node, container and edge stands for.

mod arrange;
mod graph;
mod keep;
mod label;
mod lines;
mod metrics;
mod order;
mod place;
mod plan;
mod route;
mod segments;
mod solve;
mod space;
mod tree;

pub use arrange::{arrange, rearrange};
pub use graph::{Area, Before, Container, Drawing, Edge, Graph, Node, Posture, Spot, Title};
pub use metrics::{Metrics, metrics};
pub use plan::{
    Branch, Bundle, CAPTION_SIZE, CROWD, FRAME_SIZE, Folds, Frame, LETTER, Look, NodeKind, Plan, PlannedNode,
    TITLE_SIZE, containers_of,
};
