//! Where what a plan shows stood in the drawing of another one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Bundle, Frame, Insides, NodeKind, Plan, PlannedNode};
use crate::{
    layout::{Area, Before, Container, Drawing, Inside, Node},
    model::Key,
};

impl Plan {
    /// Where the boxes, frames and lines of this plan stood in a drawing of another one. A container that has been opened or
    /// collapsed meanwhile stood where it was seen, and is inside as it was when it was last open. What stands in another
    /// frame now has no place yet; if it is a frame itself, it is inside as it was.
    pub fn before(&self, other: &Self, drawing: &Drawing, insides: &Insides) -> Before {
        let boxes = other.nodes.iter().map(|node| &node.key).zip(&drawing.nodes);
        let frames = other.frames.iter().map(|frame| &frame.key).zip(&drawing.containers);
        let stood: BTreeMap<&Key, Area> =
            boxes.chain(frames).filter(|(_, area)| !area.is_empty()).map(|(key, area)| (key, *area)).collect();
        let homes = Homes { was: homes(other), is: homes(self) };
        let stays = |key: &&Key| !homes.is_elsewhere(key);
        let was_frame = |key: &Key| other.frames.iter().any(|frame| frame.key == *key);
        let node = |(node, asked): (&PlannedNode, &Node)| {
            let area = Some(&node.key).filter(stays).and_then(|key| stood.get(key)).copied()?;
            let collapsed = node.kind == NodeKind::Group && was_frame(&node.key);
            Some(if collapsed { Area { w: asked.size.0, h: asked.size.1, ..area } } else { area })
        };
        let frame = |frame: &Frame| Some(&frame.key).filter(stays).and_then(|key| stood.get(key)).copied();
        let lines: BTreeMap<&str, usize> =
            other.bundles.iter().enumerate().map(|(at, bundle)| (bundle.id.as_str(), at)).collect();
        let line = |bundle: &Bundle| lines.get(bundle.id.as_str()).copied();
        let way = |bundle: &Bundle| line(bundle).and_then(|at| drawing.edges.get(at)).cloned().unwrap_or_default();
        let label = |bundle: &Bundle| line(bundle).and_then(|at| drawing.labels.get(at)).copied().flatten();
        let left = homes.left();
        let mut before = Before {
            nodes: self.nodes.iter().zip(&self.graph.nodes).map(node).collect(),
            containers: self.frames.iter().map(frame).collect(),
            edges: if drawing.hurried { Vec::new() } else { self.bundles.iter().map(way).collect() },
            labels: self.bundles.iter().map(label).collect(),
            insides: insides.of(self),
            left: (0..self.frames.len()).filter(|at| left.contains(&self.frames[*at].key)).collect(),
        };
        before.insides.extend(self.carried(&homes, &stood));
        before
    }

    /// The insides of frames that went elsewhere as they were.
    fn carried(&self, homes: &Homes<'_>, stood: &BTreeMap<&Key, Area>) -> Vec<Inside> {
        let carried = |(container, frame): (usize, &Frame)| {
            if !homes.has_moved(&frame.key) {
                return None;
            }
            let area = stood.get(&frame.key).copied()?;
            let held = |key: &Key| homes.went_with(key, &frame.key).then(|| stood.get(key).copied()).flatten();
            let nodes = self.nodes.iter().enumerate().filter_map(|(at, node)| Some((at, held(&node.key)?)));
            let frames = self.frames.iter().enumerate().filter_map(|(at, inner)| Some((at, held(&inner.key)?)));
            let containers = std::iter::once((container, area)).chain(frames).collect();
            Some(Inside { container, frame: area, nodes: nodes.collect(), containers })
        };
        self.frames.iter().enumerate().filter_map(carried).collect()
    }
}

/// The frame that each box and frame of a plan stands in.
type Home<'a> = BTreeMap<&'a Key, Option<&'a Key>>;

fn homes(plan: &Plan) -> Home<'_> {
    let home = |parent: Option<usize>| parent.and_then(|at| plan.frames.get(at)).map(|frame| &frame.key);
    let nodes =
        plan.nodes.iter().zip(&plan.graph.nodes).map(|(node, asked): (_, &Node)| (&node.key, home(asked.parent)));
    let frames = plan.frames.iter().zip(&plan.graph.containers);
    nodes.chain(frames.map(|(frame, asked): (_, &Container)| (&frame.key, home(asked.parent)))).collect()
}

/// What stood where, and stands where now.
struct Homes<'a> {
    was: Home<'a>,
    is: Home<'a>,
}

impl<'a> Homes<'a> {
    /// Whether something stands in another frame than it did. A frame that is new around it, or is gone, takes it nowhere.
    fn has_moved(&self, key: &Key) -> bool {
        first_known(&self.was, &self.is, key) != first_known(&self.is, &self.was, key)
    }

    /// Whether it, or a frame around it, stands in another frame.
    fn is_elsewhere(&self, key: &'a Key) -> bool {
        chain(&self.is, key).any(|key| self.has_moved(key))
    }

    /// The frames in which something stood that stands there no more.
    fn left(&self) -> BTreeSet<&'a Key> {
        let gone = |(key, home): (&'a Key, Option<&'a Key>)| {
            let home = home?;
            let stays = chain(&self.is, key).skip(1).any(|around| around == home);
            (!stays).then_some(home)
        };
        self.was.iter().map(|(key, home)| (*key, *home)).filter_map(gone).collect()
    }

    /// Whether something stood in a frame, and still does, in the same frames within it.
    fn went_with(&self, key: &'a Key, frame: &Key) -> bool {
        key != frame
            && chain(&self.is, key).any(|around| around == frame)
            && chain(&self.is, key).take_while(|around| *around != frame).all(|inner| !self.has_moved(inner))
    }
}

/// A box or frame and all frames around it, from the inside out.
fn chain<'a>(homes: &'a Home<'a>, key: &'a Key) -> impl Iterator<Item = &'a Key> {
    // Containers lie in no circle: a parent comes before what stands in it.
    std::iter::successors(Some(key), |key| homes.get(key).copied().flatten())
}

/// The nearest frame around something that another plan shows as well; `None` for the open canvas.
fn first_known<'a>(homes: &'a Home<'a>, other: &Home<'_>, key: &'a Key) -> Option<&'a Key> {
    chain(homes, key).skip(1).find(|around| other.contains_key(around))
}
