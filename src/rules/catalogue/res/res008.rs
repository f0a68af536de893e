//! RES008: an answer that is promised sooner than it can be had.

use std::collections::{BTreeMap, BTreeSet};

use super::budget::{Tries, span, waited_for};
use crate::{
    model::{Duration, Flow, Subject},
    rules::{
        Context, Findings, Hop, Meta, Piece, Principle, Rule, Severity,
        finding::{names, say},
    },
    topology::At,
};

pub(super) struct LatencyBudget;

static META: Meta = Meta {
    code: "RES008",
    slug: "latency-budget",
    summary: "the calls of a flow may take longer together than is expected of it, or than is waited for it",
    why: "\"Define performance expectations\" is part of contract first, and latency is what consumers notice (docs/principles.md: \
          schemas before code, failure is inevitable). Calls one after the other add up; of parallel ones the slowest counts.",
    example: "Product page promises 300ms and asks Prices, Stock and Reviews one after the other: 150ms each.",
    remedy: "Ask in parallel, keep a copy, take a call out of the way, or promise what can be kept.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Failure,
    star: false,
};

/// The time of a call and of all that it waits for, in milliseconds.
#[derive(Clone, Copy)]
struct Time {
    /// One call, without regard to how long its caller is ready to wait.
    once: u64,
    /// As its caller sees it: not longer than it waits, and as often as it calls.
    seen: u64,
}

/// What is expected, by whom, in which fact.
struct Expectation {
    about: Subject,
    fact: &'static str,
    most: Duration,
}

struct Excess<'a> {
    expectation: Expectation,
    bound: u64,
    hops: Vec<&'a Hop<'a>>,
}

impl Rule for LatencyBudget {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let calls = cx.topology.calls();
        let times = calls.fold(|hops, next| time(cx, hops, next));
        let mut worst: BTreeMap<Subject, Excess<'_>> = BTreeMap::new();
        let mut fine: BTreeSet<Subject> = BTreeSet::new();
        // What is too slow in all is told there, and once.
        let mut told: BTreeSet<usize> = BTreeSet::new();
        for (id, flow) in &cx.model.flows {
            let excused = flow.not_applicable.contains_key("latency");
            let Some(most) = flow.latency.known().filter(|_| !excused) else { continue };
            let (bound, hops) = flow_time(cx, flow, &times);
            let expectation = Expectation { about: id.into(), fact: "latency", most: *most };
            let sets: Vec<usize> = hops.iter().filter_map(|hop| calls.set_of(hop.at)).collect();
            if judge(Excess { expectation, bound, hops }, &mut worst, &mut fine) {
                told.extend(sets);
            }
        }
        for set in calls.sets() {
            let Some(bound) = times.get(set).map(|time| time.once).filter(|bound| *bound > 0) else { continue };
            let mut over = told.contains(&set);
            for hop in calls.hops(set).iter().map(|at| cx.hop(*at)) {
                let Some(expectation) = expectation(cx, hop).filter(|_| !over) else { continue };
                // Who takes part is looked up where somebody will hear of it.
                let under = if bound > expectation.most.ms() { calls.under(hop.at, |_| true) } else { Vec::new() };
                let hops = under.into_iter().map(|at| cx.hop(at)).collect();
                over |= judge(Excess { expectation, bound, hops }, &mut worst, &mut fine);
            }
            if over {
                told.extend(calls.next(set));
            }
        }
        fine.retain(|about| !worst.contains_key(about));
        fine.into_iter().for_each(|about| out.met(&META, about));
        worst.into_values().for_each(|excess| report(out, excess));
    }
}

/// Keeps what is over its expectation, of one subject the worst.
fn judge<'a>(excess: Excess<'a>, worst: &mut BTreeMap<Subject, Excess<'a>>, fine: &mut BTreeSet<Subject>) -> bool {
    let about = excess.expectation.about.clone();
    if excess.bound <= excess.expectation.most.ms() {
        fine.insert(about);
        return false;
    }
    if worst.get(&about).is_none_or(|known| known.bound < excess.bound) {
        worst.insert(about, excess);
    }
    true
}

/// Calls that bring about each other count once, the slowest of them.
fn time(cx: &Context<'_>, hops: &[At], next: &[&Time]) -> Time {
    let below = next.iter().fold(0_u64, |sum, time| sum.saturating_add(time.seen));
    let own = hops.iter().map(|at| own(cx.hop(*at))).max().unwrap_or(0);
    let once = own.saturating_add(below);
    let seen = hops.iter().map(|at| seen(cx.hop(*at), once)).max().unwrap_or(0);
    Time { once, seen }
}

/// The time that a system itself takes; people take theirs.
fn own(hop: &Hop<'_>) -> u64 {
    hop.to.system.latency.known().filter(|_| !hop.to.is_person()).map_or(0, |latency| latency.ms())
}

fn seen(hop: &Hop<'_>, once: u64) -> u64 {
    let waited = Tries::of(hop).longest().map_or(once, |most| most.min(once));
    waited.saturating_mul(u64::from(hop.calls_per_trigger.known().copied().unwrap_or(1)))
}

/// What is expected of an entry, the least of what is said.
fn expectation(cx: &Context<'_>, hop: &Hop<'_>) -> Option<Expectation> {
    if hop.to.is_person() {
        return None;
    }
    let contract = hop.contract.filter(|(_, contract)| {
        !contract.not_applicable.contains_key("performance") && !cx.is_foreign(contract.provider.known())
    });
    let promised = contract.and_then(|(id, contract)| {
        let performance = &contract.performance;
        let p95 = performance.p95.known().map(|most| ("p95", most));
        let (fact, most) = p95.or_else(|| performance.p99.known().map(|most| ("p99", most)))?;
        Some(Expectation { about: id.into(), fact, most: *most })
    });
    let waits = if hop.has_person() || hop.from.is_external() { None } else { waits(hop) };
    let waits = waits.map(|(fact, most)| Expectation { about: hop.into(), fact, most });
    [promised, waits].into_iter().flatten().min_by_key(|expectation| expectation.most.ms())
}

/// How long the caller waits for one answer.
fn waits(hop: &Hop<'_>) -> Option<(&'static str, Duration)> {
    let total = hop.facts.get("timeout", |layer| &layer.resilience.timeout);
    let each = hop.facts.get("try_timeout", |layer| &layer.resilience.try_timeout);
    let known = [("timeout", total.known()), ("try_timeout", each.known())];
    known.into_iter().filter_map(|(fact, most)| Some((fact, *most?))).min_by_key(|(_, most)| most.ms())
}

/// The bound of a named flow, and the calls that make it up: its own steps as it says, parallel or not, and what they
/// bring about besides.
fn flow_time<'a>(cx: &'a Context<'a>, flow: &Flow, times: &[Time]) -> (u64, Vec<&'a Hop<'a>>) {
    let calls = cx.topology.calls();
    let steps = waited_for(cx, flow, |_| true);
    let listed: BTreeSet<usize> = steps.iter().flatten().filter_map(|at| calls.set_of(*at)).collect();
    let mut hops: BTreeSet<At> = BTreeSet::new();
    let mut bound = 0_u64;
    for step in &steps {
        let branch = |at: &At| {
            let besides = calls.set_of(*at).into_iter().flat_map(|set| calls.next(set));
            let besides = besides.filter(|set| !listed.contains(*set)).filter_map(|set| times.get(*set));
            let once = besides.fold(own(cx.hop(*at)), |sum, time| sum.saturating_add(time.seen));
            seen(cx.hop(*at), once)
        };
        bound = bound.saturating_add(step.iter().map(branch).max().unwrap_or(0));
        hops.extend(step);
        hops.extend(step.iter().flat_map(|at| calls.under(*at, |_| true)));
    }
    (bound, hops.into_iter().map(|at| cx.hop(at)).collect())
}

fn report(out: &mut Findings<'_>, excess: Excess<'_>) {
    let Excess { expectation, bound, hops } = excess;
    let Expectation { about, fact, most } = expectation;
    let expected = match fact {
        "timeout" | "try_timeout" => "is waited for",
        _ => "is to take",
    };
    let bound = span(bound);
    let how = "(a bound: sequential calls added, of parallel ones the greatest)";
    let mut said = say![about.clone(), format!(" {expected} {most} at most, but may take {bound} {how}")];
    let systems: BTreeSet<Subject> = hops.iter().map(|hop| Subject::from(hop.to)).collect();
    let unknown = |hop: &&&Hop<'_>| !hop.to.latency.is_known() && !hop.to.passes_on() && !hop.to.is_person();
    let unknown: BTreeSet<Subject> = hops.iter().filter(unknown).map(|hop| Subject::from(hop.to)).collect();
    said.extend(not_counted(&unknown));
    let finding = out.defect(&META, about.clone(), said);
    finding.with(systems).with(hops.iter().map(|hop| Subject::from(*hop)));
    finding.because(about, fact, most.to_string());
    let mut told = BTreeSet::new();
    for hop in &hops {
        if let Some(latency) = hop.to.latency.known().filter(|_| told.insert(hop.to.id)) {
            finding.because(hop.to, "latency", latency.to_string());
        }
        if let Some(calls) = hop.calls_per_trigger.known().filter(|calls| **calls > 1) {
            finding.because(*hop, "calls_per_trigger", calls.to_string());
        }
    }
    for system in unknown {
        finding.because(system, "latency", "not stated");
    }
}

fn not_counted(unknown: &BTreeSet<Subject>) -> Vec<Piece> {
    if unknown.is_empty() {
        return Vec::new();
    }
    let mut said = say!["; the latency of "];
    said.extend(names(unknown.iter().cloned()));
    said.push(" is not stated and not counted".into());
    said
}
