//! EVO006: a roadmap that cannot be walked.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{ChangeStatus, Date, EditError, Fact, Id, RoadmapChange, Subject},
    rules::{
        Context, Findings, Meta, Piece, Principle, Rule, Severity,
        finding::{names, say},
    },
    timeline::Obstacle,
    topology::circular,
};

pub(super) struct ImpossibleRoadmap;

static META: Meta = Meta {
    code: "EVO006",
    slug: "impossible-roadmap",
    summary: "a change that starts before what it depends on ends, or ends before it starts; changes that wait for one \
              another; one whose effects cannot be carried out when it ends",
    why: "A roadmap is a promise about an order of steps: where the dates contradict the dependencies, or a change \
          touches what is gone by then, one of the two is not true, and neither is any view of the architecture as of a later day.",
    example: "\"Retire the ERP\" starts in October; the accounting it depends on goes live in December.",
    remedy: "Move the dates, or drop the dependency that is none; break a circle where one of the steps can be cut in two. \
             Plan anew what a change can no longer do.",
    severity: Severity::Error,
    gap: None,
    principle: Principle::Compatibility,
    star: false,
};

/// What is wrong with one change: in words, and as facts.
#[derive(Default)]
struct Trouble<'a> {
    clauses: Vec<Vec<Piece>>,
    facts: Vec<(&'a Id<RoadmapChange>, &'static str, String)>,
}

impl Rule for ImpossibleRoadmap {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let live: BTreeMap<_, _> =
            cx.model.changes.iter().map(|(id, c)| (id, &*c.value)).filter(|(_, c)| !is_over(c)).collect();
        let mut edges: Vec<(&Id<RoadmapChange>, &Id<RoadmapChange>)> = Vec::new();
        for (id, change) in &live {
            edges.extend(change.depends_on.iter().filter(|on| live.contains_key(on)).map(|on| (*id, on)));
        }
        let sets = circular(&edges);
        let round: BTreeMap<_, _> = sets.iter().flat_map(|set| set.iter().map(move |id| (*id, set))).collect();
        for (id, change) in &live {
            let set = round.get(id).copied();
            let mut trouble = Trouble::default();
            if let Some(set) = set.filter(|set| set.first() == Some(id)) {
                circle(&mut trouble, &live, set);
            }
            dates(&mut trouble, id, change);
            effects(&mut trouble, cx, id);
            for on in &change.depends_on {
                // Within a circle the dates cannot fit, and the circle is the cause.
                let inside = set.is_some_and(|set| set.contains(on));
                if let Some(other) = cx.model.changes.get(on).filter(|_| !inside) {
                    order(&mut trouble, (id, change), (on, &other.value));
                }
            }
            if trouble.clauses.is_empty() {
                out.met(&META, *id);
                continue;
            }
            let mut said = Vec::new();
            for (at, mut clause) in trouble.clauses.into_iter().enumerate() {
                if at > 0 {
                    said.push("; ".into());
                }
                // A second clause about the same change calls it "it".
                if let Some(name) =
                    clause.first_mut().filter(|name| at > 0 && !round.contains_key(id) && **name == (*id).into())
                {
                    *name = "it".into();
                }
                said.extend(clause);
            }
            let finding = out.defect(&META, *id, said);
            finding.with(trouble.facts.iter().map(|(key, ..)| Subject::from(*key)));
            for (key, fact, value) in trouble.facts {
                finding.because(key, fact, value);
            }
        }
    }
}

/// Whether a change is done or given up: its dates are history.
fn is_over(change: &RoadmapChange) -> bool {
    matches!(change.status, Fact::Known(ChangeStatus::Done | ChangeStatus::Dropped))
}

/// Effects that cannot be carried out when the change ends.
fn effects<'a>(trouble: &mut Trouble<'a>, cx: &Context<'_>, id: &'a Id<RoadmapChange>) {
    for stuck in cx.stuck.iter().filter(|stuck| stuck.change == *id) {
        let mut said = say![id, format!(" cannot take effect on {}: ", stuck.day)];
        said.extend(why(&stuck.why));
        trouble.clauses.push(said);
        trouble.facts.push((id, "end", stuck.day.to_string()));
    }
}

fn why(obstacle: &Obstacle) -> Vec<Piece> {
    match obstacle {
        Obstacle::Gone(key) => say![key.clone(), " is gone by then"],
        Obstacle::Lost { key, fact } => {
            say![format!("what it changes in the {fact} of "), key.clone(), " is gone by then"]
        }
        Obstacle::Refused(EditError::InUse { gone, by }) => {
            let mut said = say![gone.clone(), " is still used by "];
            said.extend(names(by.iter().cloned().map(Subject::from)));
            said
        }
        Obstacle::Refused(EditError::Dangling { key, reference }) => {
            say![key.clone(), " needs ", reference.clone(), ", which is not there by then"]
        }
        Obstacle::Refused(other) => say![other.to_string()],
    }
}

fn circle<'a>(
    trouble: &mut Trouble<'a>,
    live: &BTreeMap<&'a Id<RoadmapChange>, &'a RoadmapChange>,
    set: &BTreeSet<&'a Id<RoadmapChange>>,
) {
    let mut said = names(set.iter().map(|id| Subject::from(*id)));
    said.push(if set.len() == 1 { " depends on itself" } else { " wait for one another" }.into());
    trouble.clauses.push(said);
    for id in set {
        let on = live.get(id).into_iter().flat_map(|change| &change.depends_on).filter(|on| set.contains(on));
        let on: Vec<_> = on.map(ToString::to_string).collect();
        trouble.facts.push((id, "depends_on", on.join(", ")));
    }
}

fn dates<'a>(trouble: &mut Trouble<'a>, id: &'a Id<RoadmapChange>, change: &RoadmapChange) {
    if let (Some(start), Some(end)) = (change.start.known(), change.end.known())
        && end < start
    {
        trouble.clauses.push(say![id, format!(" ends ({end}) before it starts ({start})")]);
        trouble.facts.extend([(id, "start", start.to_string()), (id, "end", end.to_string())]);
    }
}

/// A change starts on its start, and if that was not asked no later than its end; the other ends on its end, and if that
/// was not asked no earlier than its start.
fn order<'a>(
    trouble: &mut Trouble<'a>,
    (id, change): (&'a Id<RoadmapChange>, &RoadmapChange),
    (on, other): (&'a Id<RoadmapChange>, &RoadmapChange),
) {
    // A change that was done is not waited for, and one of another scenario never comes about beside this one.
    let apart = change.scenario.is_known() && other.scenario.is_known() && change.scenario != other.scenario;
    if is_over(other) || apart {
        return;
    }
    let first = |facts: [(&'static str, &Fact<Date>); 2]| {
        facts.into_iter().find_map(|(fact, date)| date.known().map(|date| (fact, *date)))
    };
    let begins = first([("start", &change.start), ("end", &change.end)]);
    let ends = first([("end", &other.end), ("start", &other.start)]);
    let (Some((fact, begins)), Some((on_fact, ends))) = (begins, ends) else { return };
    if begins >= ends {
        return;
    }
    let verb = |fact: &str| if fact == "start" { "starts" } else { "ends" };
    let words = format!(" {} ({begins}) before ", verb(fact));
    trouble.clauses.push(say![id, words, on, format!(", which it depends on, {} ({ends})", verb(on_fact))]);
    trouble.facts.extend([
        (id, "depends_on", on.to_string()),
        (id, fact, begins.to_string()),
        (on, on_fact, ends.to_string()),
    ]);
}
