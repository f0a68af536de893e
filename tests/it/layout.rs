//! The laws of a drawing.

use std::collections::BTreeMap;

use proptest::prelude::*;
use spandrel::{
    layout::{
        Area, Before, Container, Drawing, Edge, Folds, Graph, Node, Plan, Posture, Title, arrange, metrics, rearrange,
    },
    model::{Filter, Grouping, Key},
    timeline::as_of,
};

use crate::{day, open};

fn ends_on(spot: (i32, i32), area: &Area) -> bool {
    let across = spot.0 >= area.x && spot.0 <= area.right();
    let along = spot.1 >= area.y && spot.1 <= area.bottom();
    let border = spot.0 == area.x || spot.0 == area.right() || spot.1 == area.y || spot.1 == area.bottom();
    across && along && border
}

/// What holds for every drawing, whatever is drawn.
fn lawful(graph: &Graph, drawing: &Drawing) {
    let found = metrics(graph, drawing);
    assert!(!drawing.hurried);
    let overlaps = [
        ("boxes", found.node_overlaps),
        ("frames", found.container_overlaps),
        ("lines in boxes", found.edge_node_overlaps),
        ("lines in frames", found.edge_container_overlaps),
        ("lines in titles", found.edge_title_overlaps),
        ("labels", found.label_overlaps),
        ("lines on lines", found.collinear_overlaps),
        ("labels without a place", found.unplaced_labels),
    ];
    for (what, count) in overlaps {
        assert_eq!(count, 0, "{what}");
    }
    assert_eq!(found.label_line_overlaps, 0, "labels on lines");
    well_formed(graph, drawing);
}

/// What holds even where nothing can be drawn well.
fn well_formed(graph: &Graph, drawing: &Drawing) {
    for (edge, ways) in graph.edges.iter().zip(&drawing.edges) {
        assert_eq!(ways.len(), edge.to.len());
        for (way, to) in ways.iter().zip(&edge.to) {
            assert!(way.len() >= 2);
            assert!(ends_on(way[0], &drawing.nodes[edge.from]), "{edge:?} {way:?} {:?}", drawing.nodes[edge.from]);
            assert!(ends_on(way[way.len() - 1], &drawing.nodes[*to]), "{edge:?} {way:?} {:?}", drawing.nodes[*to]);
            assert!(way.windows(2).all(|pair| pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1), "{way:?}");
        }
    }
    for (node, area) in graph.nodes.iter().zip(&drawing.nodes) {
        assert!(area.w >= node.size.0 && area.h >= node.size.1, "{node:?} {area:?}");
        if let Some(pin) = node.pin {
            assert_eq!((area.x, area.y), pin);
        }
    }
}

/// Boxes, stores beside boxes and bars, in frames three deep, with lines of every sort.
fn graphs() -> impl Strategy<Value = Graph> {
    let node = (40..230_i32, 30..80_i32, proptest::option::of(0..4_usize), 0..14_u8);
    let nodes = proptest::collection::vec(node, 1..24);
    nodes.prop_flat_map(|nodes| {
        let count = nodes.len();
        let label = proptest::option::of((16..150_i32).prop_map(|w| (w, 20)));
        let edge = (0..count, proptest::collection::btree_set(0..count, 1..4), label, any::<bool>());
        let edges = proptest::collection::vec(edge, 0..40);
        let pin = proptest::option::of((0..count, -300..900_i32, -300..900_i32));
        (Just(nodes), edges, pin).prop_map(|(nodes, edges, pin)| {
            let frame = |parent, name, aside| Container { parent, title: Title { name, aside, height: 44 } };
            let containers =
                vec![frame(None, 90, 60), frame(None, 60, 0), frame(Some(1), 60, 30), frame(Some(2), 120, 0)];
            let mut made: Vec<Node> = Vec::new();
            for (at, (w, h, parent, posture)) in nodes.into_iter().enumerate() {
                let posture = match posture {
                    0 => Posture::Bar,
                    1 | 2 if at > 0 => Posture::Beside(at - 1),
                    _ => Posture::Box,
                };
                let parent = match posture {
                    Posture::Bar => None,
                    Posture::Beside(host) => made[host].parent,
                    Posture::Box => parent,
                };
                made.push(Node { size: (w / 2 * 2, h / 2 * 2), parent, pin: None, posture });
            }
            if let Some((at, x, y)) = pin {
                made[at].pin = Some((x, y));
            }
            let edge = |(from, to, label, ranks): (usize, std::collections::BTreeSet<usize>, _, bool)| Edge {
                from,
                to: to.into_iter().collect(),
                label,
                ranks,
            };
            Graph { nodes: made, containers, edges: edges.into_iter().map(edge).collect() }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn every_drawing_is_lawful_and_the_same_twice(graph in graphs()) {
        let drawing = arrange(&graph);
        lawful(&graph, &drawing);
        prop_assert_eq!(arrange(&graph), drawing);
    }

    #[test]
    fn what_grows_is_lawful_and_keeps_its_pins(graph in graphs(), at in any::<prop::sample::Index>()) {
        let first = arrange(&graph);
        let (mut graph, mut before) = (graph, Before::of(&first));
        let near = at.index(graph.nodes.len());
        let parent = graph.nodes[near].parent;
        graph.nodes.push(Node { size: (150, 56), parent, ..Node::default() });
        before.nodes.push(None);
        let new = graph.nodes.len() - 1;
        graph.edges.push(Edge { from: near, to: vec![new], label: Some((60, 20)), ranks: true });
        graph.edges.push(Edge { from: new, to: vec![0], label: None, ranks: true });
        let second = rearrange(&graph, &before, &|| false);
        lawful(&graph, &second);
        prop_assert_eq!(rearrange(&graph, &before, &|| false), second);
    }
}

#[test]
fn nothing_hangs_and_nothing_panics() {
    let boxes = |count: usize| vec![Node { size: (160, 56), ..Node::default() }; count];
    let edge = |from: usize, to: usize| Edge { from, to: vec![to], label: Some((80, 20)), ranks: true };
    let complete = (0..60).flat_map(|a| (0..a).map(move |b| edge(b, a))).collect();
    let chain = (1..500).map(|at| edge(at - 1, at)).collect();
    let wide = Edge { label: Some((2400, 20)), ..edge(0, 1) };
    let circle = vec![
        Container { parent: Some(1), ..Container::default() },
        Container { parent: Some(0), ..Container::default() },
    ];
    let in_circle = Node { size: (100, 40), parent: Some(0), ..Node::default() };
    let far = |x, y| Node { size: (100, 40), pin: Some((x, y)), ..Node::default() };
    let graphs = [
        Graph::default(),
        Graph { nodes: boxes(1), ..Graph::default() },
        Graph { nodes: boxes(1000), ..Graph::default() },
        Graph { nodes: boxes(60), edges: complete, ..Graph::default() },
        Graph { nodes: boxes(500), edges: chain, ..Graph::default() },
        Graph { nodes: boxes(2), edges: vec![wide], ..Graph::default() },
        Graph {
            nodes: vec![far(-1_000_000, 0), far(1_000_000, 1_000_000)],
            edges: vec![edge(0, 1)],
            ..Graph::default()
        },
    ];
    for graph in graphs {
        lawful(&graph, &arrange(&graph));
    }
    // Frames in a circle stand on the open canvas each.
    let graph = Graph { nodes: vec![in_circle.clone(), in_circle], containers: circle, edges: vec![edge(0, 1)] };
    well_formed(&graph, &arrange(&graph));
}

#[test]
fn time_that_runs_out_ends_in_a_drawing() {
    let nodes = vec![Node { size: (160, 56), ..Node::default() }; 40];
    let edges =
        (0..120).map(|at| Edge { from: at % 40, to: vec![(at * 7 + 3) % 40], label: None, ranks: true }).collect();
    let graph = Graph { nodes, edges, ..Graph::default() };
    let drawing = rearrange(&graph, &Before::default(), &|| true);
    assert!(drawing.hurried);
    assert_eq!(metrics(&graph, &drawing).node_overlaps, 0);
    well_formed(&graph, &drawing);
}

#[test]
fn nothing_moves_when_nothing_changes() {
    for path in ["examples/astronomy-shop.ron", "examples/retail-legacy.ron", "examples/retail-target.ron"] {
        for grouping in [Grouping::Domain, Grouping::Team, Grouping::None] {
            let graph = Plan::landscape(&as_of(&open(path), day()).model, grouping).graph;
            let first = arrange(&graph);
            let second = rearrange(&graph, &Before::of(&first), &|| false);
            let far = |(a, b): (&Area, &Area)| (a.x - b.x).abs().max((a.y - b.y).abs());
            let moved = first.nodes.iter().zip(&second.nodes).map(far).max();
            assert!(moved <= Some(2), "{path} by {grouping}: a box moved by {moved:?}");
        }
    }
}

#[test]
fn little_moves_when_a_line_or_a_box_goes() {
    for path in ["examples/astronomy-shop.ron", "examples/retail-legacy.ron"] {
        let graph = Plan::landscape(&as_of(&open(path), day()).model, Grouping::Domain).graph;
        let first = arrange(&graph);
        let far = |(a, b): (&Area, &Area)| (a.x - b.x).abs() > 20 || (a.y - b.y).abs() > 20;
        for gone in 0..graph.edges.len() {
            let (mut graph, mut before) = (graph.clone(), Before::of(&first));
            graph.edges.remove(gone);
            before.edges.remove(gone);
            before.labels.remove(gone);
            let second = rearrange(&graph, &before, &|| false);
            assert_eq!(first.nodes.iter().zip(&second.nodes).filter(|pair| far(*pair)).count(), 0, "{path} {gone}");
        }
        // The last box, with its lines: the indices of all others stay.
        let (mut graph, mut before, last) = (graph.clone(), Before::of(&first), graph.nodes.len() - 1);
        let stays: Vec<bool> = graph.edges.iter().map(|edge| edge.from != last && !edge.to.contains(&last)).collect();
        graph.nodes.pop();
        before.nodes.pop();
        let mut kept = stays.iter();
        graph.edges.retain(|_| *kept.next().unwrap());
        let mut kept = stays.iter();
        before.edges.retain(|_| *kept.next().unwrap());
        let mut kept = stays.iter();
        before.labels.retain(|_| *kept.next().unwrap());
        let second = rearrange(&graph, &before, &|| false);
        assert_eq!(first.nodes.iter().zip(&second.nodes).filter(|pair| far(*pair)).count(), 0, "{path}");
    }
}

#[test]
fn little_moves_when_the_examples_grow() {
    for path in ["examples/astronomy-shop.ron", "examples/retail-legacy.ron", "examples/retail-target.ron"] {
        let plan = Plan::landscape(&as_of(&open(path), day()).model, Grouping::Domain);
        let first = arrange(&plan.graph);
        let count = plan.graph.nodes.len();
        let (mut all, mut flips) = (0, 0.0);
        for near in 0..count {
            let mut graph = plan.graph.clone();
            graph.nodes.push(Node { size: (168, 56), parent: graph.nodes[near].parent, ..Node::default() });
            graph.edges.push(Edge { from: near, to: vec![count], label: None, ranks: true });
            graph.edges.push(Edge { from: count, to: vec![(near + 7) % count], label: None, ranks: true });
            let mut before = Before::of(&first);
            before.nodes.push(None);
            let second = rearrange(&graph, &before, &|| false);
            let far = |(a, b): (&Area, &Area)| (a.x - b.x).abs() > 20 || (a.y - b.y).abs() > 20;
            let moved = first.nodes.iter().zip(&second.nodes).filter(|pair| far(*pair)).count();
            all += moved;
            let same: Vec<(usize, usize)> = (0..count).map(|at| (at, at)).collect();
            flips += first.stability(&second, &same).flips;
        }
        let (share, flips) = (all as f64 / (count * count) as f64, flips / count as f64);
        assert!(share <= 0.05 && flips <= 0.02, "{path}: {share} of the boxes moved, {flips} of the pairs flipped");
    }
}

#[test]
fn the_examples_are_drawn_with_no_line_through_a_box() {
    for path in ["examples/astronomy-shop.ron", "examples/retail-legacy.ron"] {
        let model = as_of(&open(path), day()).model;
        for grouping in [Grouping::Domain, Grouping::Boundary, Grouping::Team, Grouping::None] {
            let plan = Plan::landscape(&model, grouping);
            let drawing = arrange(&plan.graph);
            lawful(&plan.graph, &drawing);
            assert_eq!(plan.nodes.len(), drawing.nodes.len());
        }
    }
}

#[test]
fn pinned_boxes_stay_and_most_others_do_not_move() {
    let model = as_of(&open("examples/retail-legacy.ron"), day()).model;
    let free = Plan::landscape(&model, Grouping::Domain);
    let before = arrange(&free.graph);
    let at = free.nodes.iter().position(|node| node.key.to_string() == "system:billing").unwrap();
    let spot = (before.nodes[at].x + 40, before.nodes[at].y - 20);
    let pins: BTreeMap<Key, (i32, i32)> = [(free.nodes[at].key.clone(), spot)].into();
    let plan = Plan::new(&model, Grouping::Domain, &Filter::default(), &pins, &Folds::default());
    let after = arrange(&plan.graph);
    assert_eq!((after.nodes[at].x, after.nodes[at].y), spot);
    let far = |(a, b): &(&Area, &Area)| (a.x - b.x).abs() > 20 || (a.y - b.y).abs() > 20;
    let moved = before.nodes.iter().zip(&after.nodes).filter(far).count();
    assert!(moved <= 12, "{moved} boxes moved");
}
