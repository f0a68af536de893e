//! RES011: one of it, and much that needs it.

use std::collections::{BTreeMap, BTreeSet};

use super::budget::falls_back;
use crate::{
    model::{Criticality, Flow, Id, Step, Subject},
    rules::{
        Context, End, Findings, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
    topology::At,
};

pub(super) struct SinglePointOfFailure;

static META: Meta = Meta {
    code: "RES011",
    slug: "single-point-of-failure",
    summary: "something that critical flows need, with nothing that stands in when it fails",
    why: "\"Failure is inevitable — design for it\" (docs/principles.md). What there is only one of takes down all that needs it \
          (Nygard, Release It!).",
    example: "Checkout is critical, and every order goes through one Pricing server in the cellar.",
    remedy: "Run it twice, in places that do not fail together, or give those that need it a fallback.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Failure,
    star: false,
};

impl Rule for SinglePointOfFailure {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let mut needs: BTreeMap<usize, BTreeSet<&Id<Flow>>> = BTreeMap::new();
        for (id, flow) in &cx.model.flows {
            if flow.criticality.known().is_some_and(|criticality| *criticality >= Criticality::High) {
                for system in needed(cx, flow) {
                    needs.entry(system).or_default().insert(id);
                }
            }
        }
        let none = BTreeSet::new();
        for (at, end) in cx.ends().iter().enumerate() {
            let flows = needs.get(&at).unwrap_or(&none);
            let critical = end.criticality.is(&Criticality::Critical);
            if flows.is_empty() && !critical {
                continue;
            }
            if end.is_person() || end.is_external() || end.not_applicable.contains_key("redundancy") {
                out.exempt(&META, *end);
            } else if end.redundancy.is_none() {
                report(cx, out, *end, flows);
            } else if end.redundancy.is_known() {
                out.met(&META, *end);
            } else {
                out.gap(&META, *end, Vec::new());
            }
        }
    }
}

/// The systems that a flow cannot do without: those of its steps and of the calls that these bring about, but for what
/// is only reached where a fallback stands in.
fn needed(cx: &Context<'_>, flow: &Flow) -> BTreeSet<usize> {
    let (mut needed, mut spared): (BTreeSet<usize>, BTreeSet<usize>) = (BTreeSet::new(), BTreeSet::new());
    let steps = flow.steps.iter().flat_map(Step::interactions).filter_map(|id| cx.topology.at(id));
    for at in steps {
        let (from, to) = cx.topology.pair(at);
        if spared.contains(&from) && !needed.contains(&from) {
            spared.insert(to);
            continue;
        }
        needed.insert(from);
        if falls_back(cx.hop(at)) {
            spared.insert(to);
            continue;
        }
        needed.insert(to);
        let goes = |at: At| !falls_back(cx.hop(at));
        needed.extend(cx.topology.calls().under(at, goes).into_iter().map(|at| cx.topology.pair(at).1));
    }
    needed
}

fn report(cx: &Context<'_>, out: &mut Findings<'_>, end: End<'_>, flows: &BTreeSet<&Id<Flow>>) {
    let mut said = say!["nothing stands in when ", end, " fails"];
    if flows.is_empty() {
        said.push(", and the business stops without it".into());
    } else {
        said.push(", and ".into());
        said.extend(names(flows.iter().map(|id| Subject::from(*id))));
        said.push(if flows.len() == 1 { " needs it".into() } else { " need it".into() });
    }
    let finding = out.defect(&META, end, said);
    finding.with(flows.iter().map(|id| Subject::from(*id))).because(end, "redundancy", "none");
    if end.criticality.is(&Criticality::Critical) {
        finding.because(end, "criticality", Criticality::Critical.word());
    }
    for id in flows {
        let criticality = cx.model.flows.get(*id).and_then(|flow| flow.criticality.known());
        finding.because(*id, "criticality", criticality.map_or("", |criticality| criticality.word()));
    }
}
