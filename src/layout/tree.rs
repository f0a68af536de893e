//! Which box stands in which frame. A *room* is the open canvas (0) or the inside of a container (its index + 1).

use super::{Graph, Posture};

/// Containment, with whatever cannot be (circles, places that do not exist) taken as the open canvas.
pub(super) struct Tree {
    /// The room each node stands in.
    pub(super) room: Vec<usize>,
    /// The room around each room; the canvas's is itself.
    pub(super) outer: Vec<usize>,
    /// Whether each node is a bar.
    pub(super) is_bar: Vec<bool>,
    /// The nodes that stand directly in each room, bars left out.
    pub(super) nodes: Vec<Vec<usize>>,
    /// The rooms that lie directly in each room.
    pub(super) rooms: Vec<Vec<usize>>,
    /// For each node beside which node it stands, if it does.
    pub(super) host: Vec<Option<usize>>,
    /// Who stands beside each node.
    pub(super) guests: Vec<Vec<usize>>,
    /// When each room is entered and left on a walk through all of them: one holds another if it encloses its span.
    span: Vec<(usize, usize)>,
}

/// The open canvas.
pub(super) const CANVAS: usize = 0;

impl Tree {
    pub(super) fn new(graph: &Graph) -> Self {
        let count = graph.containers.len() + 1;
        let inner = |parent: Option<usize>, limit: usize| parent.filter(|at| *at < limit).map_or(CANVAS, |at| at + 1);
        let outer: Vec<usize> = std::iter::once(CANVAS)
            .chain(graph.containers.iter().enumerate().map(|(at, container)| inner(container.parent, at)))
            .collect();
        let is_bar = |node: usize| graph.nodes[node].posture == Posture::Bar;
        let home = |node: usize| if is_bar(node) { CANVAS } else { inner(graph.nodes[node].parent, count - 1) };
        let room: Vec<usize> = (0..graph.nodes.len()).map(home).collect();
        let mut tree = Self {
            host: (0..graph.nodes.len()).map(|node| host(graph, &room, node)).collect(),
            is_bar: (0..graph.nodes.len()).map(is_bar).collect(),
            nodes: vec![Vec::new(); count],
            rooms: vec![Vec::new(); count],
            guests: vec![Vec::new(); graph.nodes.len()],
            span: vec![(0, 0); count],
            room,
            outer,
        };
        for node in (0..graph.nodes.len()).filter(|node| !is_bar(*node)) {
            tree.nodes[tree.room[node]].push(node);
        }
        for at in 1..count {
            tree.rooms[tree.outer[at]].push(at);
        }
        for (guest, host) in tree.host.iter().enumerate() {
            if let Some(host) = host {
                tree.guests[*host].push(guest);
            }
        }
        tree.walk();
        tree
    }

    /// How many rooms there are, the canvas included.
    pub(super) fn count(&self) -> usize {
        self.outer.len()
    }

    /// Whether a room is, or holds, another.
    pub(super) fn holds(&self, room: usize, other: usize) -> bool {
        self.span[room].0 <= self.span[other].0 && self.span[other].1 <= self.span[room].1
    }

    fn walk(&mut self) {
        let mut clock = 0;
        let mut way = vec![(CANVAS, 0)];
        while let Some((room, next)) = way.pop() {
            if next == 0 {
                self.span[room].0 = clock;
            }
            clock += 1;
            match self.rooms[room].get(next) {
                Some(inner) => way.extend([(room, next + 1), (*inner, 0)]),
                None => self.span[room].1 = clock,
            }
        }
    }
}

/// The node beside which another stands: a box in the same room that stands beside none itself.
fn host(graph: &Graph, room: &[usize], node: usize) -> Option<usize> {
    let Posture::Beside(host) = graph.nodes[node].posture else { return None };
    let other = graph.nodes.get(host)?;
    (host != node && other.posture == Posture::Box && room[host] == room[node]).then_some(host)
}
