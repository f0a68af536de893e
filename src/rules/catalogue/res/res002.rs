//! RES002: a row of calls in which nothing stops a failure.

use std::collections::HashSet;

use crate::{
    facts::{Facts, Resolved},
    model::{Stage, Subject, SystemKind, Trust},
    rules::{Class, Context, Findings, Hop, Meta, Piece, Principle, Rule, Severity, Zone},
    topology::{At, Chain, Join},
};

pub(super) struct UnisolatedChain;

static META: Meta = Meta {
    code: "RES002",
    slug: "unisolated-chain",
    summary: "two or more synchronous hops of one flow in a row without failure isolation",
    why: "\"Synchronous call chains without failure isolation\" (docs/principles.md, problems). One slow system at the \
          end stops every one before it.",
    example: "Shop → Orders → Pricing → Stock, none with both a timeout and a breaker, bulkhead or fallback.",
    remedy: "Give the hops a timeout and a breaker, bulkhead or fallback (a profile does it for all), or cut the chain with an event.",
    severity: Severity::Error,
    gap: Some(Stage::Design),
    principle: Principle::Failure,
    star: false,
};

/// Whether a hop keeps a failure from spreading: it has a timeout, and a breaker, bulkhead or fallback.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Guard {
    Met,
    Unknown,
    Missing,
}

impl Rule for UnisolatedChain {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let inside: Vec<bool> = cx.hops().iter().map(|hop| asked(hop) && within_process(cx, hop)).collect();
        let asked = |hop: &Hop<'_>| asked(hop) && !inside[hop.at];
        let guards: Vec<Option<Guard>> = cx.hops().iter().map(|hop| asked(hop).then(|| guard(hop))).collect();
        let led_to = |at: At| cx.topology.previous(at).iter().any(|(before, _)| guards[*before].is_some());
        let counts = |at: At| match (cx.hop(at).to.passes_on(), inside[at]) {
            (true, _) => false,
            (false, false) => true,
            // A call to a gateway in one process with what it passes the call to is one step.
            (false, true) => cx.hop(at).from.passes_on() && led_to(at),
        };
        let missing = |at: At| inside[at] || guards[at] == Some(Guard::Missing);
        let unmet = |at: At| inside[at] || matches!(guards[at], Some(Guard::Missing | Guard::Unknown));
        let defects = cx.topology.longest_chains(&missing, &counts, 2);
        let broken: HashSet<At> = defects.iter().flat_map(|chain| chain.hops.iter().copied()).collect();
        let mut open = broken.clone();
        for chain in &defects {
            report(cx, out, chain, Class::Defect);
        }
        for chain in cx.topology.longest_chains(&unmet, &counts, 2) {
            if !chain.hops.iter().any(|at| broken.contains(at)) {
                report(cx, out, &chain, Class::Gap);
            }
            open.extend(chain.hops);
        }
        // What is guarded, or alone, lets nothing spread.
        for (hop, guard) in cx.hops().iter().zip(&guards).filter(|(hop, _)| !open.contains(&hop.at)) {
            match guard {
                Some(_) => out.met(&META, hop),
                None => out.exempt(&META, hop),
            }
        }
    }
}

/// People wait as long as they like, how partners guard their calls is theirs, and what runs on a person's own device
/// fails for that person alone.
fn asked(hop: &Hop<'_>) -> bool {
    let public = |(_, boundary): Zone<'_>| boundary.trust == Trust::Public;
    let on_device = hop.from.is(SystemKind::Application) && hop.from.boundary.is_some_and(public);
    hop.is_synchronous() && !hop.has_person() && !hop.from.is_external() && !on_device
}

/// Whether both ends are modules of one process: a call there fails with its caller, and cannot be kept apart from it.
fn within_process(cx: &Context<'_>, hop: &Hop<'_>) -> bool {
    cx.same_deployable(hop.from.id, hop.to.id)
}

fn guard(hop: &Hop<'_>) -> Guard {
    let facts = &hop.facts;
    let timeout = facts.get("timeout", |layer| &layer.resilience.timeout);
    let each = facts.get("try_timeout", |layer| &layer.resilience.try_timeout);
    let isolation = [
        facts.get("circuit_breaker", |layer| &layer.resilience.circuit_breaker),
        facts.get("bulkhead", |layer| &layer.resilience.bulkhead),
        facts.get("fallback", |layer| &layer.resilience.fallback),
    ];
    let timed = timeout.is_met() || each.is_met();
    let isolated = isolation.iter().any(crate::facts::Resolved::is_met);
    let never_timed = !timed && timeout.is_none();
    let never_isolated = isolation.iter().all(crate::facts::Resolved::is_none);
    match (timed && isolated, never_timed || never_isolated) {
        (true, _) => Guard::Met,
        (false, true) => Guard::Missing,
        (false, false) => Guard::Unknown,
    }
}

fn report(cx: &Context<'_>, out: &mut Findings<'_>, chain: &Chain, class: Class) {
    let hops: Vec<&Hop<'_>> = chain.hops.iter().map(|at| cx.hop(*at)).collect();
    let Some(first) = hops.first() else { return };
    let mut path: Vec<Subject> = vec![first.from.into()];
    path.extend(hops.iter().map(|hop| Subject::from(hop.to)));
    let mut said: Vec<Piece> = Vec::new();
    if chain.join == Join::Possible {
        said.push("possible chain (what triggers the hops was not asked): ".into());
    }
    for (at, system) in path.iter().enumerate() {
        if at > 0 {
            said.push(" → ".into());
        }
        said.push(system.clone().into());
    }
    said.push(match class {
        Class::Defect => ": no hop stops a failure from spreading".into(),
        Class::Gap => ": timeout and breaker, bulkhead or fallback were not asked on every hop".into(),
    });
    let finding = match class {
        Class::Defect => Some(out.defect(&META, *first, said)),
        Class::Gap => out.gap(&META, *first, said),
    };
    let Some(finding) = finding else { return };
    if chain.join == Join::Possible {
        finding.severity(Severity::Warning);
    }
    finding.with(path).with(hops.iter().map(|hop| Subject::from(*hop)));
    for hop in hops.into_iter().filter(|hop| !within_process(cx, hop)) {
        let facts = &hop.facts;
        for (name, shown) in [
            ("timeout", state(facts, &facts.get("timeout", |layer| &layer.resilience.timeout))),
            ("circuit_breaker", state(facts, &facts.get("circuit_breaker", |layer| &layer.resilience.circuit_breaker))),
            ("bulkhead", state(facts, &facts.get("bulkhead", |layer| &layer.resilience.bulkhead))),
            ("fallback", state(facts, &facts.get("fallback", |layer| &layer.resilience.fallback))),
        ] {
            let (value, layer) = shown;
            finding.because_of(hop, name, value, layer);
        }
    }
}

/// What is known of a fact, and where it is from.
fn state<T: std::fmt::Display>(facts: &Facts<'_>, fact: &Resolved<'_, T>) -> (String, String) {
    let value = match fact {
        Resolved::NotAsked => "not asked".to_owned(),
        Resolved::None(_) => "none".to_owned(),
        Resolved::Known(value, _) => value.to_string(),
        Resolved::NotApplicable(reason) => format!("does not apply: {reason}"),
    };
    (value, facts.found(fact))
}
