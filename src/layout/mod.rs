//! Where things stand in a diagram: sizes and containment in, integer positions and routes out.
//!
//! [`arrange`] is deterministic, knows nothing of the model, and never moves a pinned node.
//! It deliberately does not know what a node looks like or why an edge exists; [`Plan`] does: it turns a model into a
//! graph, and remembers what each node, container and edge stands for.
//!
//! Boxes are placed ([`place`]) or keep where they stood ([`keep`]); gaps between them become lines that edges may run on
//! ([`lines`]); each edge takes the cheapest way ([`route`]), which cuts it into segments ([`segments`]); segments that
//! run side by side are ordered so that few cross ([`order`]); labels are given a segment ([`label`]); and then
//! everything gets the room it needs, on one axis after the other ([`space`], [`solve`]). Nothing overlaps after that,
//! since whatever overlaps across an axis keeps a distance along it; only where distances contradict each other, as they
//! may around pins or among thousands of labels, they shrink, those of lines first. [`arrange`](arrange()) tries several
//! beginnings and takes the best.
//!
//! [`rearrange`] starts from a drawing: boxes, lines and labels that were there stay unless they must give way, and only
//! what is new, or has lost its place, is placed and routed.

mod arrange;
mod free;
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
pub use free::free_spot;
pub use graph::{Area, Before, Container, Drawing, Edge, Graph, Inside, Node, Posture, Spot, Title};
pub use metrics::{Metrics, metrics};
pub use plan::{
    Branch, Bundle, CAPTION_SIZE, CROWD, FRAME_SIZE, Folds, Frame, Insides, LETTER, Look, NodeKind, Plan, PlannedNode,
    TITLE_SIZE, containers_of,
};
