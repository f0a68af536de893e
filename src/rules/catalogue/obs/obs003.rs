//! OBS003: a trail that ends half-way.

use std::collections::BTreeMap;

use super::asked::observable;
use crate::{
    facts::Resolved,
    model::{Subject, Yes},
    rules::{
        Context, Findings, Hop, Meta, Principle, Rule, Severity,
        finding::say,
        lacking::{kind, light, record},
    },
    topology::Join,
};

pub(super) struct BrokenTrace;

static META: Meta = Meta {
    code: "OBS003",
    slug: "broken-trace",
    summary: "correlation ids carried on one hop of a flow and dropped on the next",
    why: "\"Observability is mandatory\" (docs/principles.md). A trace is worth what its weakest hop is: what happens behind a dropped \
          id cannot be told to belong to the request (W3C Trace Context gives it a header that every participant passes on).",
    example: "The gateway logs a correlation id, Orders logs it too, the call to Stock does not: nobody finds why stock is short.",
    remedy: "Pass the correlation id on, in a header or in the message's envelope, and log it.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Observability,
    star: false,
};

impl Rule for BrokenTrace {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let mut breaks: BTreeMap<(Subject, &str), Vec<(&Hop<'_>, &Hop<'_>)>> = BTreeMap::new();
        for hop in cx.hops() {
            let Resolved::None(origin) = logs(hop) else { continue };
            if let Some(before) = carrier(cx, hop).filter(|_| observable(hop)) {
                breaks.entry((record(hop, &origin), kind(&origin))).or_default().push((before, hop));
            }
        }
        for ((about, word), broken) in breaks {
            blame(out, about, word, &broken);
        }
    }
}

fn logs<'a>(hop: &Hop<'a>) -> Resolved<'a, Yes> {
    hop.facts.get("correlation_logs", |layer| &layer.observability.correlation_logs)
}

/// The first hop that is known to bring this one about and carries correlation ids.
fn carrier<'c, 'a>(cx: &'c Context<'a>, hop: &Hop<'a>) -> Option<&'c Hop<'a>> {
    let previous = cx.topology.previous(hop.at).into_iter().filter(|(_, join)| *join == Join::Certain);
    previous.map(|(at, _)| cx.hop(at)).find(|before| logs(before).known().is_some())
}

fn blame(out: &mut Findings<'_>, about: Subject, word: &str, broken: &[(&Hop<'_>, &Hop<'_>)]) {
    let Some((before, after)) = broken.first() else { return };
    let mut said = say![*before, " carries correlation ids, ", *after, " drops them"];
    if about != Subject::from(*after) {
        said.push(format!("; so says the {word} ").into());
        said.push(about.clone().into());
    }
    let finding = out.defect(&META, about.clone(), said);
    light(finding, broken.iter().flat_map(|(before, after)| [*after, *before]));
    finding.because(*before, "correlation_logs", "yes").because(about, "correlation_logs", "none");
}
