//! OBS002: a failure that is covered up.

use super::asked::{Reflexes, events, observable};
use crate::rules::{
    Context, Findings, Hop, Meta, Piece, Principle, Rule, Severity,
    finding::say,
    lacking::{Lack, causes, joined},
};

pub(super) struct SilentResilience;

static META: Meta = Meta {
    code: "OBS002",
    slug: "silent-resilience",
    summary: "retries or a circuit breaker whose events nobody sees",
    why: "\"Observability is mandatory\" (docs/principles.md). Retries and breakers hide a failing peer until they no longer can; \
          the state of a breaker should always be visible to operations (Nygard, Release It!, circuit breaker).",
    example: "Every third call to Pricing is retried for weeks; the day the retries no longer help comes as a surprise.",
    remedy: "Record each retry and each change of the breaker's state, and watch how many there are.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Observability,
    star: false,
};

impl Rule for SilentResilience {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let asked = |hop: &Hop<'_>| observable(hop) && Reflexes::of(hop).any();
        let lack = |hop: &Hop<'_>| if asked(hop) { Lack::of(&events(hop)) } else { Lack::Exempt };
        for cause in causes(cx, out, &META, |hop| [lack(hop)]) {
            let Some(first) = cause.hops.first() else { continue };
            let reflexes = Reflexes::of(first);
            let finding = cause.report(out, &META, |_| {
                if cause.alone {
                    return joined([cause.named(), does(&reflexes)]);
                }
                let said = say![" says that nobody sees retries or an open circuit; so it is for "];
                joined([cause.named(), said, cause.takers()])
            });
            let Some(finding) = finding else { continue };
            if let Some(retry) = reflexes.retries.known().filter(|_| reflexes.retries()) {
                finding.because(*first, "retries", retry.count.to_string());
            }
            if let Some(breaker) = reflexes.breaker.known() {
                finding.because(*first, "circuit_breaker", breaker.to_string());
            }
            cause.prove(finding, &["resilience_events"]);
        }
    }
}

fn does(reflexes: &Reflexes<'_>) -> Vec<Piece> {
    match (reflexes.retries(), reflexes.breaker.known().is_some()) {
        (true, true) => say![" retries and has a circuit breaker, and nobody sees when they act"],
        (true, false) => say![" retries, and nobody sees when"],
        _ => say![" has a circuit breaker, and nobody sees when it opens"],
    }
}
