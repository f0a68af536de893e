//! Models that nobody should draw: every rule, the scorecard, the fixes and the documents take them without a panic, and
//! say nothing that is not a number.

use std::fmt::Write as _;

use proptest::prelude::*;
use spandrel::{
    document::Deliverable,
    export,
    file::read,
    model::{Date, Lens, Model},
    rules::{self, Context, fixes},
    workbench::{self, SurveyOptions},
};

use crate::{day, model};

/// Everything that is derived from a model; all words that people would read.
fn told(model: &Model) -> String {
    let cx = Context::new(model, day());
    let (mut report, card) = rules::score(&cx);
    rules::plan(model, day(), &mut report);
    let mut out = String::new();
    for finding in &report.findings {
        writeln!(out, "{} {}: {}", finding.rule.code, finding.about, rules::prose(model, &finding.message)).unwrap();
        for evidence in &finding.evidence {
            writeln!(out, "  {} {} {}", evidence.fact, evidence.value, evidence.source(model)).unwrap();
        }
        for fix in fixes::fixes(model, finding) {
            let _ = fix.edits(model, &fixes::Answers::proposed(&fix));
            writeln!(out, "  {}", fix.title).unwrap();
        }
    }
    for line in rules::fold(&cx, &report.findings) {
        writeln!(out, "{}", line.text).unwrap();
    }
    assert_eq!(card.principles.len(), 7);
    let _ = rules::questions(&cx, &report.findings);
    for wrong in ["NaN", "inf%", "-inf"] {
        assert!(!out.contains(wrong), "{wrong}: {out}");
    }
    out
}

fn documents(model: &Model) {
    let survey = workbench::survey(model, 0, SurveyOptions { as_of: day(), grouping: None, lens: Lens::Kinds });
    for deliverable in Deliverable::ALL {
        assert!(!export::html(&workbench::document(&survey, deliverable)).is_empty());
    }
}

#[test]
fn circles_of_domains_and_boundaries_end() {
    let model = model(
        r#"(
        model: (format: 1, name: "Circles", stage: Governed),
        domains: {"a": (name: "A", parent: "b"), "b": (name: "B", parent: "a"), "c": (name: "C", parent: "c")},
        boundaries: {"x": (name: "X", trust: Internal, parent: "y"), "y": (name: "Y", trust: Public, parent: "x")},
        systems: {
            "s": (name: "S", kind: Service, domain: "a", boundary: "x"),
            "t": (name: "T", kind: Service, domain: "c", boundary: "y"),
        },
        stores: {"d": (name: "D", within: "e", replica_of: "d"), "e": (name: "E", within: "d")},
        interactions: {"st": (from: "s", to: "t", kind: Query), "ts": (from: "t", to: "s", kind: Command)},
    )"#,
    );
    assert!(!told(&model).is_empty());
    documents(&model);
}

#[test]
fn systems_that_only_know_themselves() {
    let model = model(
        r#"(
        model: (format: 1, name: "Selves", stage: Governed),
        systems: {
            "a": (name: "A", kind: Adapter, fronts: ["a"], permanence: Temporary, released_with: ["a"], lifecycle: (replaced_by: "a", retires_on: "2020-01-01")),
            "b": (name: "B", kind: Backbone),
            "g": (name: "G", kind: Gateway),
            "p": (name: "P", kind: Person),
        },
        contracts: {"c": (name: "C", provider: "a", operations: {"Do": (kind: Command)}, messages: {"Done": ()})},
        interactions: {
            "aa": (from: "a", to: "a", kind: Command, contract: "c", operation: "Do", triggered_by: [Operation("c/Do")]),
            "bb": (from: "b", to: "b", kind: Event, contract: "c", message: "Done", triggered_by: [Message("c/Done")]),
            "gg": (from: "g", to: "g", kind: Query, contract: "c", operation: "Do"),
            "pp": (from: "p", to: "p", kind: Unclassified, reply_to: "pp"),
        },
        flows: {"f": (name: "F", steps: [One("aa"), One("aa"), Parallel(["bb", "gg"])], availability: "100%", latency: "0ms")},
        changes: {"x": (name: "X", kind: Retire, depends_on: ["x"], start: "2027-01-01", end: "2026-01-01")},
    )"#,
    );
    assert!(told(&model).contains("EVO"));
    documents(&model);
}

#[test]
fn nothing_and_everything_available_at_once_or_never() {
    for (availability, duration) in
        [("0%", "0ms"), ("100%", "18446744073709551615d"), ("0.0001%", "1ms"), ("99.9999%", "18446744073709551615ms")]
    {
        let rate = "18446744073709551615/s";
        let text = format!(
            r#"(
            model: (format: 1, name: "Limits", stage: Governed),
            policy: (synchronous_depth: 0, fan_out: 0, hub_domains: 0, calls_per_trigger: 0, retry_factor: 0,
                versions_side_by_side: 0, adapter_fronts: 0, notice_period: "{duration}", longest_token_lifetime: "{duration}"),
            systems: {{
                "a": (name: "A", kind: Service, availability: "{availability}", latency: "{duration}", capacity: "{rate}", criticality: Critical, redundancy: None),
                "b": (name: "B", kind: Service, availability: "{availability}", latency: "{duration}", capacity: "0/s"),
                "c": (name: "C", kind: Service, availability: "{availability}", latency: "{duration}"),
            }},
            contracts: {{"k": (name: "K", provider: "b", performance: (p95: "{duration}", availability: "{availability}", throughput: "0/d", rate_limit: "{rate}"), operations: {{"Do": (kind: Command), "Get": (kind: Query)}})}},
            interactions: {{
                "ab": (from: "a", to: "b", kind: Command, contract: "k", operation: "Do", peak_rate: "{rate}", calls_per_trigger: 4294967295,
                    resilience: (timeout: "{duration}", try_timeout: "{duration}", retries: (count: 4294967295, backoff: Exponential, wait: "{duration}"))),
                "bc": (from: "b", to: "c", kind: Query, contract: "k", operation: "Get", triggered_by: [Operation("k/Do")], peak_rate: "{rate}",
                    resilience: (timeout: "{duration}", retries: (count: 4294967295, backoff: Jittered, wait: "{duration}"))),
            }},
            flows: {{"f": (name: "F", steps: [One("ab"), One("bc")], availability: "{availability}", latency: "{duration}")}},
        )"#
        );
        assert!(!told(&model(&text)).is_empty());
    }
}

#[test]
fn names_that_are_no_names() {
    let model = model(
        r#"(
        model: (format: 1, name: "", stage: Governed),
        teams: {"team": (name: "")},
        systems: {
            "a": (name: "", kind: Service), "b": (name: "   ", kind: Service),
            "система": (name: "Система учёта", kind: Legacy), "注文": (name: "注文管理", kind: Service),
            "rtl": (name: "نظام الطلبات", kind: External), "e": (name: "🛒🧾", kind: Application),
        },
        entities: {"e": (name: ""), "f": (name: "")},
        contracts: {"k": (name: "", provider: "注文", operations: {"注文する": (kind: Command), "_": (kind: Query)}, messages: {"注文された": (), ".": ()})},
        interactions: {
            "x": (from: "система", to: "注文", kind: Command, contract: "k", operation: "注文する"),
            "y": (from: "rtl", to: "e", kind: Event, contract: "k", message: "注文された"),
            "z": (from: "a", to: "b", kind: Query, contract: "k", operation: "_"),
        },
    )"#,
    );
    assert!(told(&model).contains("注文管理"));
    documents(&model);
}

#[test]
fn thousands_of_parallel_interactions() {
    let mut text = String::from(
        "(model: (format: 1, name: \"Parallel\", stage: Governed), systems: {\"a\": (name: \"A\", kind: Service), \
         \"b\": (name: \"B\", kind: Backbone), \"c\": (name: \"C\", kind: Service)}, contracts: {\"k\": (name: \"K\", \
         provider: \"a\", operations: {\"Do\": (kind: Command)}, messages: {\"Done\": ()})}, interactions: {",
    );
    for at in 0..1_000 {
        write!(text, "\"ab-{at}\": (from: \"a\", to: \"b\", kind: Event, contract: \"k\", message: \"Done\"),")
            .unwrap();
        write!(text, "\"bc-{at}\": (from: \"b\", to: \"c\", kind: Event, contract: \"k\", message: \"Done\"),")
            .unwrap();
        write!(text, "\"ca-{at}\": (from: \"c\", to: \"a\", kind: Command, contract: \"k\", operation: \"Do\"),")
            .unwrap();
    }
    text.push_str("})");
    let model = model(&text);
    let report = rules::check(&Context::new(&model, day()));
    assert!(!report.findings.is_empty());
}

#[test]
fn a_very_long_chain_needs_no_deep_stack() {
    const LONG: usize = 4_000;
    let mut text = String::from("(model: (format: 1, name: \"Chain\", stage: Design), systems: {");
    (0..=LONG).for_each(|at| write!(text, "\"s{at}\": (name: \"S{at}\", kind: Service),").unwrap());
    text.push_str("}, contracts: {");
    for at in 1..=LONG {
        write!(text, "\"k{at}\": (name: \"K{at}\", provider: \"s{at}\", operations: {{\"Get\": (kind: Query)}}),")
            .unwrap();
    }
    text.push_str("}, interactions: {");
    for at in 0..LONG {
        let (next, trigger) = (at + 1, if at == 0 { "User".to_owned() } else { format!("Operation(\"k{at}/Get\")") });
        write!(
            text,
            "\"i{at}\": (from: \"s{at}\", to: \"s{next}\", kind: Query, contract: \"k{next}\", operation: \"Get\", \
             triggered_by: [{trigger}]),"
        )
        .unwrap();
    }
    text.push_str("})");
    let model = model(&text);
    // A quarter of the stack that a thread has by default.
    let small = std::thread::Builder::new().stack_size(512 * 1024);
    let checked = small.spawn(move || rules::check(&Context::new(&model, day())).findings.len());
    assert!(checked.unwrap().join().unwrap() > 0);
}

/// A text of a model of few systems with facts thrown at random.
fn thrown() -> impl Strategy<Value = String> {
    let kinds = ["Service", "Application", "Legacy", "External", "Gateway", "Backbone", "Adapter", "Person"];
    let system = (0..kinds.len(), 0..4_usize, any::<bool>());
    let edge = (0..6_usize, 0..6_usize, 0..4_usize, 0..6_usize, 0..5_usize, 0..4_usize);
    (proptest::collection::vec(system, 6), proptest::collection::vec(edge, 0..14)).prop_map(move |(systems, edges)| {
        let mut text = String::from(
            "(model: (format: 1, name: \"Thrown\", stage: Governed), domains: {\"d\": (name: \"D\"), \"e\": (name: \"E\", parent: \"d\"), \
             \"f\": (name: \"F\")}, boundaries: {\"i\": (name: \"I\", trust: Internal), \"p\": (name: \"P\", trust: Public)}, systems: {",
        );
        for (at, (kind, place, role)) in systems.iter().enumerate() {
            let domain = ["\"d\"", "\"e\"", "\"f\"", "None"][*place];
            let boundary = ["\"i\"", "\"p\"", "None", "\"i\""][*place];
            let role = if *role { ", role: Orchestrator, availability: \"99%\", latency: \"10ms\"" } else { "" };
            let kind = kinds[*kind];
            write!(text, "\"s{at}\": (name: \"S{at}\", kind: {kind}, domain: {domain}, boundary: {boundary}{role}),").unwrap();
        }
        text.push_str(
            "}, entities: {\"n\": (name: \"N\", owner: \"s0\", classification: Personal)}, contracts: {\"k\": (name: \"K\", provider: \"s1\", \
             versioning: Uri, versions: {\"v1\": (status: Deprecated)}, operations: {\"Do\": (kind: Command, writes: [\"n\"]), \
             \"Get\": (kind: Query, reads: [\"n\"])}, messages: {\"Done\": (subject: \"n\", ordered: Yes)})}, interactions: {",
        );
        for (at, (from, to, kind, part, trigger, facts)) in edges.iter().enumerate() {
            let kind = ["Command", "Query", "Event", "Unclassified"][*kind];
            let part = ["", ", contract: None", ", contract: \"k\"", ", contract: \"k\", operation: \"Do\", version: \"v1\"",
                ", contract: \"k\", operation: \"Get\"", ", contract: \"k\", message: \"Done\""][*part];
            let trigger = ["", ", triggered_by: None", ", triggered_by: [User]", ", triggered_by: [Operation(\"k/Do\")]",
                ", triggered_by: [Message(\"k/Done\")]"][*trigger];
            let facts = ["", ", resilience: (timeout: None, retries: (count: 3), fallback: None)",
                ", transport: File, security: (authentication: None, encryption: None)",
                ", transport: Synchronous, resilience: (timeout: \"1s\", retries: (count: 2, wait: \"1s\"))"][*facts];
            write!(text, "\"i{at}\": (from: \"s{from}\", to: \"s{to}\", kind: {kind}{part}{trigger}{facts}),").unwrap();
        }
        text.push_str("}, flows: {\"f\": (name: \"F\", steps: [");
        edges.iter().enumerate().for_each(|(at, _)| write!(text, "One(\"i{at}\"),").unwrap());
        text.push_str("], criticality: Critical, availability: \"99.9%\", latency: \"1s\")})");
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn any_thrown_model_is_checked_and_each_finding_said_once(text in thrown()) {
        let reading = read(&text);
        prop_assert!(reading.problems.is_empty(), "{:?}", reading.problems);
        let model = reading.model.unwrap();
        told(&model);
        let report = rules::check(&Context::new(&model, day()));
        let mut identities: Vec<String> =
            report.findings.iter().map(|finding| format!("{} {}", finding.rule.code, finding.about)).collect();
        identities.sort();
        let count = identities.len();
        let twice: Vec<String> = identities.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone()).collect();
        identities.dedup();
        prop_assert!(identities.len() == count, "said twice: {:?}\n{}", twice, text);
        let later: Date = "2030-01-01".parse().unwrap();
        rules::check(&Context::new(&model, later));
    }
}
