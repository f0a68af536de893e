//! RES009: a caller that gives up while it is still being worked for.

use super::budget::{Tries, span};
use crate::{
    rules::{Context, Findings, Hop, Meta, Principle, Rule, Severity, finding::say},
    topology::At,
};

pub(super) struct TimeoutInversion;

static META: Meta = Meta {
    code: "RES009",
    slug: "timeout-inversion",
    summary: "a caller waits for less time than the one it calls keeps trying",
    why: "\"Failure is inevitable — design for it\" (docs/principles.md). When the caller has given up, the rest is work for \
          nobody, and where the caller tries again it is done twice (Beyer and others 2016, Site Reliability Engineering, \
          deadline propagation).",
    example: "Shop waits two seconds for Orders; Orders tries Payment three times, two seconds each.",
    remedy: "Let the outer timeout be the longer one, try less often inside, or let the deadline travel with the call.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Failure,
    star: false,
};

impl Rule for TimeoutInversion {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let calls = cx.topology.calls();
        // The longest that a call is tried for, and which call it is: where a gateway, adapter or backbone says
        // nothing, the call that it passes on.
        let longest = calls.fold(|hops, next: &[&Option<(u64, At)>]| {
            let own = hops.iter().filter_map(|at| Some((Tries::of(cx.hop(*at)).longest()?, *at))).max();
            let passes = hops.iter().all(|at| cx.hop(*at).to.passes_on());
            own.or_else(|| next.iter().filter_map(|next| **next).max().filter(|_| passes))
        });
        for set in calls.sets() {
            for hop in calls.hops(set).iter().map(|at| cx.hop(*at)) {
                let next = calls.next(set).iter().filter_map(|next| *longest.get(*next)?);
                let inner = next.filter(|(_, at)| !hop.has_person() && !carries_deadline(hop, cx.hop(*at))).max();
                let outer = Tries::of(hop).longest().filter(|_| !hop.from.is_external());
                let (Some(outer), Some((inner, at))) = (outer, inner) else { continue };
                if hop.excuses("timeout") {
                    out.exempt(&META, hop);
                } else if outer < inner {
                    report(out, hop, outer, cx.hop(at), inner);
                } else {
                    out.met(&META, hop);
                }
            }
        }
    }
}

/// Whether the one that is called knows when its caller gives up.
fn carries_deadline(outer: &Hop<'_>, inner: &Hop<'_>) -> bool {
    let says = |hop: &Hop<'_>| {
        let fact = hop.facts.get("deadline_propagated", |layer| &layer.resilience.deadline_propagated);
        fact.known().is_some()
    };
    says(outer) || says(inner)
}

fn report(out: &mut Findings<'_>, outer: &Hop<'_>, waits: u64, inner: &Hop<'_>, tries: u64) {
    let said = say![
        outer.from,
        format!(" waits {} for ", span(waits)),
        outer.to,
        ", while ",
        inner.from,
        format!(" may wait {} for ", span(tries)),
        inner.to
    ];
    let finding = out.defect(&META, outer, said);
    finding.with(outer.ends()).with([inner.into()]).with(inner.ends());
    for hop in [outer, inner] {
        let total = hop.facts.get("timeout", |layer| &layer.resilience.timeout);
        let each = hop.facts.get("try_timeout", |layer| &layer.resilience.try_timeout);
        for (fact, value) in [("timeout", total), ("try_timeout", each)] {
            if let crate::facts::Resolved::Known(value, origin) = value {
                finding.because_of(hop, fact, value.to_string(), hop.facts.words(&origin));
            }
        }
        if let Some(retry) = Tries::of(hop).retry {
            finding.because(hop, "retries", tried(retry));
        }
    }
}

/// "2, exponential backoff, first after 200ms".
fn tried(retry: &crate::model::Retry) -> String {
    let mut words = retry.count.to_string();
    if let Some(backoff) = retry.backoff.known() {
        words.push_str(&format!(", {} backoff", backoff.word()));
    }
    if let Some(wait) = retry.wait.known() {
        words.push_str(&format!(", waits of {wait}"));
    }
    words
}
