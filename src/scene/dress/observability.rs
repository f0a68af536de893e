//! Observability: lines by how much of them is seen, boxes by how many of their lines are.

use super::{BAD, Dress, Dressing, Entry, GOOD, Grade, NOTHING, WEAK, Wearer, graded, systems, told};
use crate::{
    layout::NodeKind,
    rules::{Context, Hop, State, visibility},
    scene::Role,
};

const GRADES: [Grade; 4] = [
    (BAD, '×', "blind: neither logs nor latency nor errors"),
    (WEAK, '!', "partly seen"),
    (NOTHING, '?', "not asked what is seen"),
    (GOOD, '✓', "seen: logs with correlation ids, latency, errors"),
];

pub(super) fn dress(wearer: &Wearer<'_>, cx: &Context<'_>) -> Dressing {
    let mut dressing = Dressing::default();
    for node in &wearer.plan.nodes {
        // What is seen of its owner need not be said again of a store.
        if node.kind == NodeKind::Store {
            dressing.boxes.insert(node.key.clone(), Dress::new(NOTHING, ""));
            continue;
        }
        let hops = systems(wearer.model, node);
        let touching = hops.iter().flat_map(|id| cx.hops_to(id).chain(cx.hops_from(id)));
        let mut grades: Vec<(usize, usize)> = touching.filter_map(|hop| Some((hop.at, grade(hop)?))).collect();
        // What runs between two that stand in one container touches it twice.
        grades.sort_unstable();
        grades.dedup();
        let grades: Vec<usize> = grades.into_iter().map(|(_, grade)| grade).collect();
        let whole = grades.iter().filter(|grade| **grade == 3).count();
        let dress = match grades.iter().min() {
            None => Dress::new(NOTHING, "nothing to watch"),
            Some(worst) => Dress::new(colours(*worst), format!("{whole} of {} seen", grades.len())).heavy(*worst == 0),
        };
        dressing.boxes.insert(node.key.clone(), dress);
    }
    let lines = graded(wearer.plan, cx, &GRADES, |hop| Some((grade(hop)?, false)));
    let worn = |dress: &(Role, Role)| dressing.boxes.values().any(|other| (other.fill, other.line) == *dress);
    let boxes =
        [(BAD, true, "a call of it is blind"), (WEAK, false, "a call is partly seen"), (GOOD, false, "all seen")];
    let boxes = boxes.into_iter().filter(|(colours, ..)| worn(colours));
    let boxes = boxes.map(|((fill, line), heavy, words)| Entry::Box(fill, line, heavy, words.to_owned()));
    dressing.entries = told(&GRADES, &lines, "").into_iter().chain(boxes).collect();
    dressing.lines = Some(lines);
    dressing
}

fn colours(grade: usize) -> (Role, Role) {
    GRADES.get(grade).map_or(NOTHING, |(colours, ..)| *colours)
}

/// `None` where nobody of ours can watch it.
fn grade(hop: &Hop<'_>) -> Option<usize> {
    let asked: Vec<State> = visibility(hop)?.into_iter().filter(|state| *state != State::NotApplicable).collect();
    let met = asked.iter().filter(|state| **state == State::Met).count();
    Some(match (met, asked.len()) {
        (met, all) if met == all => 3,
        (0, _) if asked.contains(&State::NotMet) => 0,
        (0, _) => 2,
        _ => 1,
    })
}
