//! Lifecycle: what comes, stays and goes, seen from the day; what a person wrote on the system, and what the roadmap will do.

use std::collections::BTreeMap;

use super::{BAD, Dress, Dressing, Entry, GOOD, Grade, NOTHING, PLAIN, WEAK, Wearer, counted, graded, systems, told};
use crate::{
    layout::{NodeKind, PlannedNode},
    model::{
        ChangeStatus, Date, Disposition, Effect, Fact, Id, Key, Model, Permanence, RoadmapChange, System, SystemKind,
    },
    rules::{Context, Hop, version_phase},
    scene::Role,
    timeline::{Phase, phase},
};

/// What a box is, the most important first.
const BOXES: [((Role, Role), bool, &str); 5] = [
    (BAD, true, "gone"),
    (WEAK, true, "goes"),
    (WEAK, false, "discouraged"),
    (PLAIN, false, "comes"),
    (GOOD, false, "stays"),
];

/// A place among [`BOXES`], and the words.
type Stand = (Option<usize>, String);

const GRADES: [Grade; 3] = [
    (BAD, '×', "with what is gone, or on a retired version"),
    (WEAK, '!', "goes, is with what goes, or on a deprecated version"),
    (PLAIN, '+', "with what is yet to come"),
];

pub(super) fn dress(wearer: &Wearer<'_>, cx: &Context<'_>) -> Dressing {
    let roadmap = removals(wearer.model, wearer.as_of);
    let stands = |id: &Id<System>| stand(wearer, &roadmap, id);
    let mut dressing = Dressing::default();
    for node in &wearer.plan.nodes {
        let of = systems(wearer.model, node);
        let mut found: Vec<Stand> = of.iter().map(stands).collect();
        found.sort_by_key(|(at, _)| at.unwrap_or(BOXES.len()));
        let dress = match found.as_slice() {
            [] => Dress::new(NOTHING, ""),
            // What nobody has asked of a system need not be said again of its store, nor of a person.
            [(None, _)] if !is_asked(wearer.model, node) => Dress::new(NOTHING, ""),
            [(at, words)] => dressed(*at, words.clone()),
            [(first, _), ..] => dressed(*first, several(&found)),
        };
        dressing.boxes.insert(node.key.clone(), dress);
    }
    let lines = graded(wearer.plan, cx, &GRADES, |hop| Some((grade(hop, &roadmap, &stands, wearer.as_of)?, false)));
    let worn = |(fill, line): (Role, Role), heavy| {
        dressing.boxes.values().any(|dress| (dress.fill, dress.line, dress.heavy) == (fill, line, heavy))
    };
    let boxes = BOXES.iter().filter(|(colours, heavy, _)| worn(*colours, *heavy));
    let boxes = boxes.map(|((fill, line), heavy, words)| Entry::Box(*fill, *line, *heavy, (*words).to_owned()));
    let boxes: Vec<Entry> = boxes.collect();
    let unsaid = worn(NOTHING, false).then(|| Entry::boxed(NOTHING, "not asked"));
    dressing.entries = boxes.into_iter().chain(unsaid).chain(told(&GRADES, &lines, "")).collect();
    dressing.lines = Some(lines);
    dressing
}

/// Whether a box has a life of its own.
fn is_asked(model: &Model, node: &PlannedNode) -> bool {
    let system = model.system(&Id::from_slug(node.key.slug.clone()));
    node.kind != NodeKind::Store && system.is_none_or(|system| system.kind != SystemKind::Person)
}

fn dressed(at: Option<usize>, words: String) -> Dress {
    let (colours, heavy, _) = at.and_then(|at| BOXES.get(at)).copied().unwrap_or((NOTHING, false, ""));
    Dress::new(colours, words).heavy(heavy)
}

/// How many of a container come, stay and go.
fn several(found: &[Stand]) -> String {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    found.iter().filter_map(|(at, _)| *at).for_each(|at| *counts.entry(at).or_default() += 1);
    let said = |(at, count): (&usize, &usize)| {
        let word = BOXES.get(*at)?.2;
        let many = word.strip_suffix("es").filter(|_| word == "goes").or(word.strip_suffix('s'));
        Some(format!("{count} {}", if *count == 1 { word } else { many.unwrap_or(word) }))
    };
    let said: Vec<String> = counts.iter().filter_map(said).collect();
    if said.is_empty() { counted(found.len(), "system, not asked", "systems, not asked") } else { said.join(" · ") }
}

/// Where a system stands among [`BOXES`], and the words.
fn stand(wearer: &Wearer<'_>, roadmap: &BTreeMap<Key, (Date, String)>, id: &Id<System>) -> Stand {
    let Some(system) = wearer.model.system(id) else { return (None, String::new()) };
    let life = &system.lifecycle;
    let heir = || match &life.replaced_by {
        Fact::Known(heir) => format!(" for {}", wearer.model.name_of(heir)),
        _ => String::new(),
    };
    let temporary = system.kind == SystemKind::Adapter && system.permanence.is(&Permanence::Temporary);
    let ends = matches!(life.disposition.known(), Some(Disposition::Eliminate | Disposition::FunctionDropped));
    let planned = roadmap.get(&id.key());
    match phase(life, wearer.as_of) {
        Phase::Retired => {
            let since = life.retires_on.known().map(ToString::to_string).unwrap_or_default();
            (Some(0), format!("gone since {since}{}", heir()))
        }
        Phase::Planned => {
            let from = life.active_from.known().or(life.planned_from.known());
            (Some(3), from.map_or("comes, no day said".to_owned(), |day| format!("comes {day}")))
        }
        now => match (life.retires_on.known(), planned) {
            (Some(day), _) => (Some(1), format!("goes {day}{}", heir())),
            (None, Some((day, change))) => (Some(1), format!("goes {day}: {change}")),
            (None, None) if ends => (Some(1), format!("goes, no day said{}", heir())),
            (None, None) if temporary => (Some(1), "temporary, no end said".to_owned()),
            (None, None) if now == Phase::Deprecated => {
                let since = life.deprecated_from.known().map(ToString::to_string).unwrap_or_default();
                (Some(2), format!("discouraged since {since}{}", heir()))
            }
            (None, None) => match (life.active_from.known(), life.disposition.known()) {
                (Some(day), _) => (Some(4), format!("in use since {day}")),
                (None, Some(_)) => (Some(4), "stays".to_owned()),
                (None, None) => (None, "not asked".to_owned()),
            },
        },
    }
}

fn grade(
    hop: &Hop<'_>,
    roadmap: &BTreeMap<Key, (Date, String)>,
    stands: &dyn Fn(&Id<System>) -> Stand,
    day: Date,
) -> Option<usize> {
    let ends = [stands(hop.from.id).0, stands(hop.to.id).0];
    let version = hop.version.map(|version| version_phase(version, day));
    let goes = hop.active_until.is_known() || roadmap.contains_key(&hop.id.key());
    if ends.contains(&Some(0)) || version == Some(Phase::Retired) {
        Some(0)
    } else if goes || ends.contains(&Some(1)) || version == Some(Phase::Deprecated) {
        Some(1)
    } else if ends.contains(&Some(3)) {
        Some(2)
    } else {
        None
    }
}

/// What the roadmap removes after a day: when, and by which change.
fn removals(model: &Model, day: Date) -> BTreeMap<Key, (Date, String)> {
    let mut found: BTreeMap<Key, (Date, String)> = BTreeMap::new();
    let counts = |change: &RoadmapChange| !change.scenario.is_known() && !change.status.is(&ChangeStatus::Dropped);
    for (id, change) in &model.changes {
        let Some(end) = change.end.known().copied().filter(|end| *end > day && counts(&change.value)) else { continue };
        for effect in &change.effects {
            if let Effect::Remove(key) = effect {
                let entry = found.entry(key.clone()).or_insert_with(|| (end, model.name_of(id)));
                if end < entry.0 {
                    *entry = (end, model.name_of(id));
                }
            }
        }
    }
    found
}
