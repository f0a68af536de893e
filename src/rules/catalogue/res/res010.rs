//! RES010: retries upon retries.

use std::collections::BTreeSet;

use super::budget::Tries;
use crate::{
    model::{Key, Kind, Subject},
    rules::{Context, Findings, Hop, Meta, Principle, Rule, Severity, finding::say},
    topology::At,
};

pub(super) struct RetryStorm;

static META: Meta = Meta {
    code: "RES010",
    slug: "retry-storm",
    summary: "attempts multiply along a flow beyond what the policy allows",
    why: "\"Failure is inevitable — design for it\" (docs/principles.md). When the last system falters, each layer tries again \
          what the layer below has tried already, and the load that it gets is a multiple of what it could not bear (Brooker \
          2019, Timeouts, retries, and backoff with jitter).",
    example: "Web, Orders and Payment each try three times: one click sends up to 27 requests to a provider that is down.",
    remedy: "Try again in one place only, best next to what fails, and let the others pass the failure on.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Failure,
    star: false,
};

/// Two layers that try three times each.
const DEFAULT: u32 = 9;

/// How attempts multiply from a call on: by how much, over how many calls that are tried again, and by which of the
/// sets that follow.
struct Storm {
    factor: u64,
    layers: usize,
    hop: Option<At>,
}

impl Rule for RetryStorm {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let fact = &cx.model.policy.retry_factor;
        let most = fact.known().copied().unwrap_or(DEFAULT);
        let calls = cx.topology.calls();
        let attempts = |at: At| Tries::of(cx.hop(at)).attempts();
        let storms = calls.fold(|hops, next: &[&Storm]| {
            let most = hops.iter().map(|at| (attempts(*at), std::cmp::Reverse(*at))).max();
            let own = most.map_or(1, |(attempts, _)| attempts);
            let below = next.iter().max_by_key(|storm| (storm.factor, storm.layers));
            Storm {
                factor: below.map_or(1, |storm| storm.factor).saturating_mul(own),
                layers: below.map_or(0, |storm| storm.layers) + usize::from(own > 1),
                hop: most.filter(|_| own > 1).map(|(_, at)| at.0),
            }
        });
        let mut told: BTreeSet<usize> = BTreeSet::new();
        for set in calls.sets() {
            let Some(storm) = storms.get(set) else { continue };
            let Some(first) = storm.hop else {
                if told.contains(&set) {
                    told.extend(calls.next(set));
                }
                continue;
            };
            let multiplied = storm.factor > u64::from(most) && storm.layers > 1;
            if multiplied && !told.contains(&set) {
                report(cx, out, cx.hop(first), &way(cx, &storms, set), storm.factor, most);
            } else if !multiplied {
                out.met(&META, cx.hop(first));
            }
            if multiplied {
                told.extend(calls.next(set));
            }
        }
    }
}

/// The calls that are tried again along the way that multiplies most.
fn way<'a>(cx: &'a Context<'a>, storms: &[Storm], from: usize) -> Vec<&'a Hop<'a>> {
    let calls = cx.topology.calls();
    let (mut hops, mut at) = (Vec::new(), Some(from));
    while let Some(set) = at {
        hops.extend(storms.get(set).and_then(|storm| storm.hop).map(|at| cx.hop(at)));
        let rank = |set: &&usize| storms.get(**set).map(|storm| (storm.factor, storm.layers));
        at = calls.next(set).iter().max_by_key(rank).copied();
    }
    hops
}

fn report(cx: &Context<'_>, out: &mut Findings<'_>, first: &Hop<'_>, way: &[&Hop<'_>], factor: u64, most: u32) {
    let Some(last) = way.last() else { return };
    let each: Vec<String> = way.iter().map(|hop| Tries::of(hop).attempts().to_string()).collect();
    let become_of = if factor == u64::MAX { "countless calls".to_owned() } else { format!("{factor} calls") };
    let said = say![
        "one call by ",
        first.from,
        format!(" may become {become_of} of "),
        last.to,
        format!(" (attempts {}); the limit is {most}", each.join(" × "))
    ];
    let finding = out.defect(&META, first, said);
    for hop in way {
        finding.with([(*hop).into()]).with(hop.ends());
        let retries = hop.facts.get("retries", |layer| &layer.resilience.retries);
        if let crate::facts::Resolved::Known(retry, origin) = retries {
            finding.because_of(*hop, "retries", retry.count.to_string(), hop.facts.words(&origin));
        }
    }
    let by_default = if cx.model.policy.retry_factor.is_known() { "" } else { " (by default)" };
    finding.because(Subject::from(Key::single(Kind::Policy)), "retry_factor", format!("{most}{by_default}"));
}
