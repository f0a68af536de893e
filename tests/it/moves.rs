//! What becomes of a drawing when something goes into another frame.

use std::collections::BTreeMap;

use spandrel::{
    layout::{Area, Drawing, Folds, Insides, Plan, arrange, metrics, rearrange},
    model::{Filter, Grouping, Key, Model},
    timeline::as_of,
    workbench::{move_into, stands_in},
};

use crate::{day, open};

const EXAMPLES: [&str; 4] = [
    "examples/astronomy-shop.ron",
    "examples/retail-legacy.ron",
    "tests/cases/real/drone-delivery.ron",
    "tests/cases/real/online-boutique.ron",
];

/// A model and its drawing, and what is drawn after something was moved.
struct Move {
    next: Model,
    /// What was moved, and what stands in it.
    carried: Vec<Key>,
}

fn move_to(model: &Model, plan: &Plan, key: &Key, to: Option<&Key>) -> Option<Move> {
    let edits = move_into(model, std::slice::from_ref(key), Grouping::Domain, &to.cloned()).ok()?;
    let mut next = model.clone();
    next.apply(&edits).unwrap();
    let inside = |other: &&Key| *other == key || stands_in(&next, Grouping::Domain, other, key);
    let carried = plan.nodes.iter().map(|node| &node.key).filter(inside).cloned().collect();
    (!edits.is_empty()).then_some(Move { next, carried })
}

fn redraw(plan: &Plan, first: &Drawing, after: &Plan) -> Drawing {
    let second = rearrange(&after.graph, &after.before(plan, first, &Insides::default()), &|| false);
    let found = metrics(&after.graph, &second);
    let faults = found.node_overlaps + found.container_overlaps + found.edge_node_overlaps + found.label_overlaps;
    assert_eq!(faults, 0);
    second
}

/// How many boxes beside the carried ones stand elsewhere, and how many there are.
fn moved(plan: &Plan, first: &Drawing, after: &Plan, second: &Drawing, carried: &[Key]) -> (usize, usize) {
    let was: BTreeMap<&Key, &Area> = plan.nodes.iter().map(|node| &node.key).zip(&first.nodes).collect();
    let others = after.nodes.iter().zip(&second.nodes).filter(|(node, _)| !carried.contains(&node.key));
    let far: Vec<bool> = others
        .filter_map(|(node, area)| Some((*was.get(&node.key)?, area)))
        .map(|(was, is)| (was.x - is.x).abs() > 20 || (was.y - is.y).abs() > 20)
        .collect();
    (far.iter().filter(|far| **far).count(), far.len())
}

#[test]
fn little_else_moves_when_something_goes_into_another_frame() {
    for path in EXAMPLES {
        let model = as_of(&open(path), day()).model;
        let plan = Plan::landscape(&model, Grouping::Domain);
        let first = arrange(&plan.graph);
        let domains: Vec<Key> = model.domains.keys().map(spandrel::model::Id::key).collect();
        let systems: Vec<Key> = model.systems.keys().map(spandrel::model::Id::key).collect();
        // What goes into a frame needs room there: a box little, a frame with all that stands in it much.
        for (what, movers, most) in [("system", &systems, 0.2), ("domain", &domains, 0.45)] {
            let (mut far, mut all) = (0, 0);
            for (at, key) in movers.iter().enumerate() {
                // A third of all pairs is enough.
                for to in domains.iter().skip(at % 3).step_by(3) {
                    let Some(Move { next, carried }) = move_to(&model, &plan, key, Some(to)) else { continue };
                    let after = Plan::landscape(&next, Grouping::Domain);
                    let second = redraw(&plan, &first, &after);
                    let found = moved(&plan, &first, &after, &second, &carried);
                    (far, all) = (far + found.0, all + found.1);
                }
            }
            let share = far as f64 / all.max(1) as f64;
            assert!(share <= most, "{path}: a {what} moved, and {share} of the others with it");
        }
    }
}

/// Puts all boxes of a frame to the right of everything, as a hand does.
fn dragged_out(plan: &Plan, first: &Drawing, carried: &[Key]) -> BTreeMap<Key, (i32, i32)> {
    let all = first.containers.iter().chain(&first.nodes).fold(Area::default(), |hull, area| hull.around(area));
    let own = plan.nodes.iter().zip(&first.nodes).filter(|(node, _)| carried.contains(&node.key));
    let hull = own.clone().fold(Area::default(), |hull, (_, area)| hull.around(area));
    own.map(|(node, area)| (node.key.clone(), (area.x + all.right() + 200 - hull.x, area.y))).collect()
}

fn frame<'a>(plan: &Plan, drawing: &'a Drawing, key: &str) -> &'a Area {
    let at = plan.frames.iter().position(|frame| frame.key.to_string() == key).unwrap();
    &drawing.containers[at]
}

#[test]
fn a_frame_draws_in_when_something_leaves_it_or_all_of_it_is_dragged() {
    let model = as_of(&open("examples/retail-legacy.ron"), day()).model;
    let plan = Plan::landscape(&model, Grouping::Domain);
    let first = arrange(&plan.graph);
    // Its only box at the border leaves: what is left is no wider than what is in it.
    let was = frame(&plan, &first, "domain:stores").w;
    let key: Key = "system:pos".parse().unwrap();
    let Move { next, carried } = move_to(&model, &plan, &key, None).unwrap();
    let after = Plan::new(
        &next,
        Grouping::Domain,
        &Filter::default(),
        &dragged_out(&plan, &first, &carried),
        &Folds::default(),
    );
    let second = redraw(&plan, &first, &after);
    let is = frame(&after, &second, "domain:stores").w;
    assert!(is < was, "{is} units wide, {was} before");
    // All of a frame is dragged: it goes with its boxes, and is not stretched from where it was.
    let was = frame(&plan, &first, "domain:finance").w;
    let carried: Vec<Key> = plan
        .nodes
        .iter()
        .map(|node| &node.key)
        .filter(|key| stands_in(&model, Grouping::Domain, key, &"domain:finance".parse().unwrap()))
        .cloned()
        .collect();
    assert!(!carried.is_empty());
    let after = Plan::new(
        &model,
        Grouping::Domain,
        &Filter::default(),
        &dragged_out(&plan, &first, &carried),
        &Folds::default(),
    );
    let second = redraw(&plan, &first, &after);
    let is = frame(&after, &second, "domain:finance").w;
    assert!(is <= was + 60, "{is} units wide, {was} before");
    let found = moved(&plan, &first, &after, &second, &carried);
    assert!(found.0 * 10 <= found.1, "{} of {} others moved", found.0, found.1);
}
