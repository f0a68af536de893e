//! Coupling: who waits for whom, circles and hubs as the rules find them, and data that several reach.

use std::collections::{BTreeMap, BTreeSet};

use super::{BAD, Dress, Dressing, Entry, GOOD, Grade, LineDress, NOTHING, PLAIN, WEAK, Wearer, graded, systems, told};
use crate::{
    layout::{Bundle, Look, NodeKind, PlannedNode},
    model::{Id, Key, Kind, System},
    rules::{Context, Hop},
    scene::Role,
    topology::waits_for,
};

const GRADES: [Grade; 6] = [
    (BAD, '×', "in a circle of calls that wait, or writes another's data"),
    (WEAK, 'R', "reads another's data directly"),
    (WEAK, 'W', "waits for an answer from another domain or company"),
    (PLAIN, 'w', "waits for an answer"),
    (NOTHING, '?', "not asked whether it waits"),
    (GOOD, 'A', "does not wait: event, file, feed, callback"),
];

/// So many that wait for one are told from few.
const MANY: usize = 5;

/// What a box is, the most important first.
const BOXES: [((Role, Role), bool, &str); 5] = [
    (BAD, true, "in a circle"),
    (WEAK, false, "hub"),
    (WEAK, false, "released together"),
    (WEAK, false, "data of several"),
    (PLAIN, true, "five or more wait for it"),
];

pub(super) fn dress(wearer: &Wearer<'_>, cx: &Context<'_>) -> Dressing {
    let mut dressing = Dressing::default();
    let (circles, hubs) = (about(wearer, "CPL001", false), about(wearer, "CPL004", true));
    let together = about(wearer, "CPL006", false);
    let reachers = reachers(wearer);
    let mut seen = BTreeSet::new();
    for (at, node) in wearer.plan.nodes.iter().enumerate() {
        let keys: Vec<&Key> = std::iter::once(&node.key).chain(&node.holds).collect();
        let one_of = |set: &BTreeSet<Key>| keys.iter().any(|key| set.contains(*key));
        let sharers = reachers.get(&at).map_or(0, BTreeSet::len);
        let shared = node.kind == NodeKind::Store && sharers > 1;
        let (callers, waits) = waits(wearer, cx, node, sharers);
        let is = [one_of(&circles), one_of(&hubs), one_of(&together), shared, callers >= MANY];
        let dress = match is.iter().position(|is| *is).and_then(|at| Some((at, BOXES.get(at)?))) {
            Some((at, (colours, heavy, word))) => {
                seen.insert(at);
                let words = if shared || at + 1 == BOXES.len() { waits } else { format!("{word} · {waits}") };
                Dress::new(*colours, words).heavy(*heavy)
            }
            None => Dress::new(NOTHING, waits),
        };
        dressing.boxes.insert(node.key.clone(), dress);
    }
    let mut lines = graded(wearer.plan, cx, &GRADES, |hop| Some(grade(hop, &circles)));
    for (at, bundle) in wearer.plan.bundles.iter().enumerate() {
        if let (Some(line), Some(reach)) = (lines.get_mut(at), reach(wearer, at, bundle)) {
            *line = Some(reach);
        }
    }
    let boxes = seen.into_iter().filter_map(|at| BOXES.get(at));
    let boxes = boxes.map(|((fill, line), heavy, word)| Entry::Box(*fill, *line, *heavy, (*word).to_owned()));
    dressing.entries = told(&GRADES, &lines, "").into_iter().chain(boxes).collect();
    dressing.lines = Some(lines);
    dressing
}

fn grade(hop: &Hop<'_>, circles: &BTreeSet<Key>) -> (usize, bool) {
    if circles.contains(&hop.id.key()) {
        (0, true)
    } else if waits_for(hop) {
        let far = hop.leaves_domain() || hop.from.is_external() != hop.to.is_external();
        if far { (2, true) } else { (3, false) }
    } else if hop.travels().is_none() {
        (4, false)
    } else {
        (5, false)
    }
}

/// What the findings of a rule are about, or all that they light up.
fn about(wearer: &Wearer<'_>, code: &str, only: bool) -> BTreeSet<Key> {
    let findings = wearer.findings.iter().filter(|finding| finding.rule.code == code);
    let keys = findings.flat_map(|finding| {
        let lit = finding.subjects.iter().filter(|_| !only);
        std::iter::once(&finding.about).chain(lit).map(|subject| subject.key.clone())
    });
    keys.filter(|key| matches!(key.kind, Kind::System | Kind::Interaction)).collect()
}

/// How many wait for a box; the same in words, with for how many it waits.
fn waits(wearer: &Wearer<'_>, cx: &Context<'_>, node: &PlannedNode, sharers: usize) -> (usize, String) {
    if node.kind == NodeKind::Store {
        return (0, if sharers > 1 { format!("reached by {sharers}") } else { String::new() });
    }
    let own: BTreeSet<Id<System>> = systems(wearer.model, node).into_iter().collect();
    let waiting = |hop: &&Hop<'_>| waits_for(hop);
    let callers: BTreeSet<&Id<System>> =
        own.iter().flat_map(|id| cx.hops_to(id)).filter(waiting).map(|hop| hop.from.id).collect();
    let called: BTreeSet<&Id<System>> =
        own.iter().flat_map(|id| cx.hops_from(id)).filter(waiting).map(|hop| hop.to.id).collect();
    let outside = |ids: BTreeSet<&Id<System>>| ids.into_iter().filter(|id| !own.contains(*id)).count();
    let (callers, called) = (outside(callers), outside(called));
    let words = match (callers, called) {
        (0, 0) => "nobody waits".to_owned(),
        (0, called) => format!("waits for {called}"),
        (callers, 0) => format!("{callers} {}", if callers == 1 { "waits" } else { "wait" }),
        (callers, called) => format!("{callers} {} · waits for {called}", if callers == 1 { "waits" } else { "wait" }),
    };
    (callers, words)
}

/// From which boxes each store is reached.
fn reachers(wearer: &Wearer<'_>) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut found: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (bundle, edge) in wearer.plan.bundles.iter().zip(&wearer.plan.graph.edges) {
        if matches!(bundle.look, Look::Access | Look::DirectWrite) {
            for to in &edge.to {
                found.entry(*to).or_default().insert(edge.from);
            }
        }
    }
    found
}

/// How a line into a store is dressed; the owner's own needs no dress.
fn reach(wearer: &Wearer<'_>, at: usize, bundle: &Bundle) -> Option<LineDress> {
    let told = |at: usize| GRADES.get(at).map(|(colours, sign, words)| LineDress::new(*colours, *sign, *words));
    if bundle.look == Look::DirectWrite {
        let dress = told(0)?;
        return Some(LineDress { heavy: true, words: "writes another's data".to_owned(), ..dress });
    }
    let from = wearer.plan.graph.edges.get(at).and_then(|edge| wearer.plan.nodes.get(edge.from));
    let own: BTreeSet<Id<System>> = systems(wearer.model, from?).into_iter().collect();
    let foreign = |key: &Key| {
        let store = wearer.model.stores.get(&Id::from_slug(key.slug.clone()));
        store.is_some_and(|store| store.owner.known().is_some_and(|owner| !own.contains(owner)))
    };
    let reads = bundle.look == Look::Access && bundle.members().any(foreign);
    if reads { told(1) } else { None }
}
