//! CON004: nobody knows how fast, how much or how reliably.

use crate::{
    model::{Performance, Stage, Style},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, contracts::products, finding::say},
};

pub(super) struct NoPerformanceExpectations;

static META: Meta = Meta {
    code: "CON004",
    slug: "no-performance-expectations",
    summary: "a contract with no latency, throughput or availability expectation",
    why: "Explicit contracts over implicit behaviour (docs/principles.md) holds for behaviour under load too: Google's Site \
          Reliability Engineering (chapter 4) tells how users rely on the performance they see where none is promised.",
    example: "Search answered in 80 ms for a year; the page that calls it ten times in a row broke when it took 200.",
    remedy: "State what consumers may expect: latency percentiles, throughput or availability.",
    severity: Severity::Info,
    gap: Some(Stage::Governed),
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for NoPerformanceExpectations {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for product in products(cx) {
            // A file has a schedule, and no latency.
            if product.style.is(&Style::File) || !product.is_asked(&["performance"]) {
                out.exempt(&META, &product);
                continue;
            }
            let mut expectations = Vec::from(expectations(&product.contract.performance));
            expectations.retain(|(fact, _)| !product.excuses(fact));
            if expectations.is_empty() {
                out.exempt(&META, &product);
            } else if expectations.iter().any(|(_, said)| *said == Said::Known) {
                out.met(&META, &product);
            } else if expectations.iter().all(|(_, said)| *said == Said::None) {
                let said = say![&product, " promises no latency, throughput or availability"];
                let finding = out.defect(&META, &product, said).with(product.lit());
                for (fact, _) in expectations {
                    finding.because(&product, fact, "none");
                }
            } else {
                let said = say!["the performance that consumers of ", &product, " may expect was not asked"];
                if let Some(gap) = product.gap(cx, out, &META, &product, said) {
                    gap.with(product.lit()).because(&product, "performance", "not asked");
                }
            }
        }
    }
}

#[derive(PartialEq, Eq)]
enum Said {
    NotAsked,
    None,
    Known,
}

/// What consumers may expect, by the names of the facts. A rate limit is what they must not do.
fn expectations(performance: &Performance) -> [(&'static str, Said); 5] {
    let said = |none: bool, known: bool| match (none, known) {
        (true, _) => Said::None,
        (_, true) => Said::Known,
        _ => Said::NotAsked,
    };
    let Performance { p50, p95, p99, throughput, rate_limit: _, availability } = performance;
    [
        ("p50", said(p50.is_none(), p50.is_known())),
        ("p95", said(p95.is_none(), p95.is_known())),
        ("p99", said(p99.is_none(), p99.is_known())),
        ("throughput", said(throughput.is_none(), throughput.is_known())),
        ("availability", said(availability.is_none(), availability.is_known())),
    ]
}
