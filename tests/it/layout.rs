//! The laws of a drawing.

use std::collections::BTreeMap;

use proptest::prelude::*;
use spandrel::{
    layout::{Area, Container, Drawing, Edge, Folds, Graph, Node, Plan, Posture, Title, arrange, metrics},
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
    let pinned = graph.nodes.iter().filter(|node| node.pin.is_some()).count();
    if pinned < 2 {
        assert_eq!(found.node_overlaps, 0, "{drawing:#?}");
    }
    assert_eq!(found.label_overlaps, 0, "{drawing:#?}");
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
        if let Some(pin) = node.pin {
            assert_eq!((area.x, area.y), pin);
        }
    }
}

fn graphs() -> impl Strategy<Value = Graph> {
    let node = (40..200_i32, 30..80_i32, proptest::option::of(0..3_usize), 0..12_u8);
    let nodes = proptest::collection::vec(node, 1..14);
    nodes.prop_flat_map(|nodes| {
        let count = nodes.len();
        let edges = proptest::collection::vec((0..count, 0..count, any::<bool>()), 0..20);
        let pin = proptest::option::of((0..count, -300..900_i32, -300..900_i32));
        (Just(nodes), edges, pin).prop_map(|(nodes, edges, pin)| {
            let containers = vec![
                Container { parent: None, title: Title { name: 90, aside: 0, height: 44 } },
                Container { parent: None, title: Title { name: 60, aside: 0, height: 44 } },
                Container { parent: Some(1), title: Title { name: 60, aside: 0, height: 44 } },
            ];
            let mut nodes: Vec<Node> = nodes
                .into_iter()
                .enumerate()
                .map(|(at, (w, h, parent, posture))| Node {
                    size: (w / 2 * 2, h / 2 * 2),
                    parent: if posture == 0 { None } else { parent },
                    pin: None,
                    posture: match posture {
                        0 => Posture::Bar,
                        1 if at > 0 => Posture::Beside(at - 1),
                        _ => Posture::Box,
                    },
                })
                .collect();
            if let Some((at, x, y)) = pin {
                nodes[at].pin = Some((x / 4 * 4, y / 4 * 4));
            }
            let edge = |(from, to, label): (usize, usize, bool)| Edge {
                from,
                to: vec![to],
                label: label.then_some((80, 20)),
                ranks: true,
            };
            Graph { nodes, containers, edges: edges.into_iter().map(edge).collect() }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn every_drawing_is_lawful_and_the_same_twice(graph in graphs()) {
        let drawing = arrange(&graph);
        lawful(&graph, &drawing);
        prop_assert_eq!(arrange(&graph), drawing);
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
            let found = metrics(&plan.graph, &drawing);
            assert_eq!(found.edge_node_overlaps, 0, "{path} by {grouping}");
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
    let moved = before.nodes.iter().zip(&after.nodes).filter(|(a, b)| a != b).count();
    assert!(moved <= 4, "{moved} boxes moved");
}
