//! OBS001: an interaction that nobody can see.

use super::{
    super::res::is_unwatched,
    asked::{events_state, observable},
};
use crate::{
    facts::Layer,
    model::{Fact, Stage, Transport, Yes},
    rules::{
        Context, Findings, Hop, Meta, Principle, Rule, Severity, State,
        lacking::{Lack, lacking_some},
    },
};

pub(super) struct UnobservedInteraction;

static META: Meta = Meta {
    code: "OBS001",
    slug: "unobserved-interaction",
    summary: "an interaction without structured logs with correlation ids, latency percentiles or error rate",
    why: "\"Observability is mandatory\" (docs/principles.md). Without a common id in the logs nobody can follow one order through \
          five systems; an average latency hides the slow calls that customers feel (Beyer and others, Site Reliability \
          Engineering, chapter 6: latency, traffic, errors, saturation).",
    example: "Customers complain of slow checkouts; every team shows a fine average, and nobody can tell where the time goes.",
    remedy: "Log in a structured form with a correlation id, and record latency percentiles and the error rate; a mesh, backbone or \
             profile does it for many.",
    severity: Severity::Warning,
    gap: Some(Stage::Governed),
    principle: Principle::Observability,
    star: false,
};

const FACTS: [&str; 3] = ["correlation_logs", "latency_percentiles", "error_rate"];
const THINGS: [&str; 3] = ["structured logs with correlation ids", "latency percentiles", "error rate"];

impl Rule for UnobservedInteraction {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        lacking_some(cx, out, &META, (FACTS, THINGS), unsaid);
        // Four facts of every interaction: only where somebody keeps the score.
        let scored = if out.ledger.is_some() { cx.hops() } else { &[] };
        for hop in scored {
            for (facet, lack) in FACTS.into_iter().zip(lacks(hop)) {
                out.facet(&META, hop, facet, state(&lack));
            }
            out.facet(&META, hop, "resilience_events", events_state(hop));
        }
    }
}

/// What is lacking, but for the error rate where RES006 says already that nobody would notice.
fn unsaid(hop: &Hop<'_>) -> [Lack; 3] {
    let [logs, latency, rate] = lacks(hop);
    [logs, latency, if is_unwatched(hop) { Lack::Exempt } else { rate }]
}

fn lacks(hop: &Hop<'_>) -> [Lack; 3] {
    if !observable(hop) {
        return [Lack::Exempt, Lack::Exempt, Lack::Exempt];
    }
    // A file is late or not, it has no percentiles.
    let file = hop.travels() == Some(Transport::File);
    let latency =
        if file { Lack::Exempt } else { lack(hop, "latency_percentiles", |l| &l.observability.latency_percentiles) };
    [
        lack(hop, "correlation_logs", |layer| &layer.observability.correlation_logs),
        latency,
        lack(hop, "error_rate", |layer| &layer.observability.error_rate),
    ]
}

fn lack<'a>(hop: &Hop<'a>, name: &str, pick: impl Fn(&Layer<'a>) -> &'a Fact<Yes>) -> Lack {
    Lack::of(&hop.facts.get(name, pick))
}

/// What the scorecard says of its three facts.
pub(super) fn states(hop: &Hop<'_>) -> [State; 3] {
    lacks(hop).map(|lack| state(&lack))
}

fn state(lack: &Lack) -> State {
    match lack {
        Lack::Exempt => State::NotApplicable,
        Lack::Met => State::Met,
        Lack::None(_) => State::NotMet,
        Lack::NotAsked | Lack::Unsaid(_) => State::NotStated,
    }
}
