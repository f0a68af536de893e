//! CPL005: many calls where one would do.

use std::collections::{BTreeMap, BTreeSet};

use super::limit::Limit;
use crate::{
    model::{Id, System, Trigger},
    rules::{Context, Findings, Hop, Meta, Principle, Rule, Severity, finding::say},
    topology::At,
};

pub(super) struct ChattyPair;

static META: Meta = Meta {
    code: "CPL005",
    slug: "chatty-pair",
    summary: "more calls per trigger between a pair of systems than the policy allows",
    why: "\"Tight coupling disguised as convenience\" (docs/principles.md, problems). Each call costs a way there and back and \
          can fail, and two systems that talk so much mostly share what belongs in one of them.",
    example: "To print an invoice, Billing asks Products for each of its forty lines.",
    remedy: "Ask once for all of it, keep a copy, or move what is asked for to where it is needed.",
    severity: Severity::Info,
    gap: None,
    principle: Principle::LooseCoupling,
    star: false,
};

impl Rule for ChattyPair {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let limit = Limit::of("calls_per_trigger", &cx.model.policy.calls_per_trigger, 10);
        let mut talks: BTreeMap<Talk<'_>, Vec<At>> = BTreeMap::new();
        for hop in cx.hops() {
            if !hop.is_synchronous() || hop.has_person() || hop.excuses("calls_per_trigger") {
                out.exempt(&META, hop);
            } else if hop.calls_per_trigger.is_known() {
                talks_of(hop).into_iter().for_each(|talk| talks.entry(talk).or_default().push(hop.at));
            } else {
                out.gap(&META, hop, Vec::new());
            }
        }
        let (mut chatty, mut fine): (BTreeMap<At, Vec<At>>, BTreeSet<At>) = (BTreeMap::new(), BTreeSet::new());
        for hops in talks.into_values() {
            let Some(first) = hops.iter().copied().min_by_key(|at| (std::cmp::Reverse(calls(cx.hop(*at))), *at)) else {
                continue;
            };
            if sum(cx, &hops) <= u64::from(limit.most) {
                fine.extend(hops);
            } else if chatty.get(&first).is_none_or(|known| sum(cx, known) < sum(cx, &hops)) {
                chatty.insert(first, hops);
            }
        }
        let blamed: BTreeSet<At> = chatty.values().flatten().copied().collect();
        fine.difference(&blamed).for_each(|at| out.met(&META, cx.hop(*at)));
        for (first, hops) in chatty {
            report(cx, out, first, &hops, &limit);
        }
    }
}

/// What goes on between a pair because of one trigger; where that is not known, because of one hop.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Talk<'a> {
    Caused(&'a Id<System>, &'a Id<System>, String),
    Alone(At),
}

fn talks_of<'a>(hop: &Hop<'a>) -> Vec<Talk<'a>> {
    let named = |trigger: &Trigger| match trigger {
        Trigger::Operation(part) | Trigger::Message(part) => Some(part.to_string()),
        Trigger::Schedule(text) => Some(format!("schedule {}", &**text)),
        Trigger::User => None,
    };
    let triggers = hop.triggered_by.known().into_iter().flat_map(|many| many.iter());
    let caused: Vec<_> = triggers.filter_map(named).map(|name| Talk::Caused(hop.from.id, hop.to.id, name)).collect();
    if caused.is_empty() { vec![Talk::Alone(hop.at)] } else { caused }
}

fn calls(hop: &Hop<'_>) -> u64 {
    u64::from(hop.calls_per_trigger.known().copied().unwrap_or(0))
}

fn sum(cx: &Context<'_>, hops: &[At]) -> u64 {
    hops.iter().map(|at| calls(cx.hop(*at))).sum()
}

fn report(cx: &Context<'_>, out: &mut Findings<'_>, first: At, hops: &[At], limit: &Limit) {
    let most = cx.hop(first);
    let total = sum(cx, hops);
    let said =
        say![most.from, " calls ", most.to, format!(" {total} times for one trigger; the limit is {}", limit.most)];
    let finding = out.defect(&META, most, said);
    finding.with(most.ends());
    for hop in hops.iter().map(|at| cx.hop(*at)) {
        finding.with([hop.into()]).because(hop, "calls_per_trigger", calls(hop).to_string());
    }
    limit.tell(finding);
}
