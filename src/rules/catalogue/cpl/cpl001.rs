//! CPL001: systems that wait for one another in a circle.

use crate::{
    model::Subject,
    rules::{Context, Findings, Meta, Piece, Principle, Rule, Severity, finding::names},
    topology::{Cycle, Join},
};

pub(super) struct SynchronousCycle;

static META: Meta = Meta {
    code: "CPL001",
    slug: "synchronous-cycle",
    summary: "systems that call one another in a circle and wait",
    why: "\"Loose coupling over convenience\" and \"synchronous call chains without failure isolation\" (docs/principles.md). \
          Systems in a circle can neither be released nor fail on their own (Taibi and Lenarduzzi 2018, cyclic dependency).",
    example: "Orders asks Pricing for a price; to answer, Pricing asks Orders for the customer's history.",
    remedy: "Turn one leg into an event or a fed copy, move what both need into a third place, or declare a callback (reply_to).",
    severity: Severity::Error,
    gap: None,
    principle: Principle::LooseCoupling,
    star: false,
};

impl Rule for SynchronousCycle {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for cycle in cx.topology.synchronous_cycles() {
            let Some(about) = cycle.systems.first() else { continue };
            let hops: Vec<_> = cycle.shortest.iter().map(|at| cx.hop(*at)).collect();
            let mut path: Vec<Subject> = hops.iter().map(|hop| hop.from.into()).collect();
            path.extend(path.first().cloned());
            let finding = out.defect(&META, *about, message(&cycle, path));
            finding.with(cycle.systems.iter().map(|id| Subject::from(*id)));
            finding.with(hops.iter().map(|hop| Subject::from(*hop)));
            for hop in hops {
                let trigger = match hop.triggered_by.known() {
                    None if hop.from.passes_on() => "passed on".to_owned(),
                    None => "trigger not asked".to_owned(),
                    Some(_) => "triggered within the circle".to_owned(),
                };
                finding.because(hop, "triggered_by", trigger);
            }
            if cycle.join == Join::Possible {
                finding.severity(Severity::Warning);
            }
        }
    }
}

fn message(cycle: &Cycle<'_>, path: Vec<Subject>) -> Vec<Piece> {
    let mut said: Vec<Piece> = Vec::new();
    if cycle.join == Join::Possible {
        said.push("possible circle of calls (what triggers them was not asked): ".into());
    }
    for (at, subject) in path.into_iter().enumerate() {
        if at > 0 {
            said.push(" → ".into());
        }
        said.push(subject.into());
    }
    let others: Vec<Subject> = cycle.systems.iter().map(|id| Subject::from(*id)).collect();
    if cycle.join == Join::Certain {
        said.push(" wait for one another".into());
    }
    if others.len() > cycle.shortest.len() {
        said.push(format!("; {} systems hang together in this way: ", others.len()).into());
        said.extend(names(others));
    }
    said
}
