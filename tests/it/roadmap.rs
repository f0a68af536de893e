//! The roadmap: what each plateau changes, what goes, what depends on it, what cannot hold.

use spandrel::{
    document::{Block, Deliverable},
    model::Model,
    rules::{self, Context},
    workbench::{SurveyOptions, document, survey},
};

use crate::{
    day,
    documents::{section, told},
    model, open,
};

fn chapter(model: &Model, name: &str) -> String {
    let doc = document(
        &survey(model, 0, SurveyOptions { as_of: day(), grouping: None, lens: spandrel::model::Lens::Kinds }),
        Deliverable::Roadmap,
    );
    section(&doc.blocks, name).map(told).unwrap_or_default()
}

#[test]
fn plateaus_say_what_differs_from_the_one_before() {
    let model = open("examples/retail-legacy.ron");
    let to_be = chapter(&model, "plateau-to-be");
    for row in [
        "| Systems | Procurement | ERP adapter | ERP",
        "| Stores | procurement-db | – | erp-db",
        "| Contracts | – | Purchase orders by EDI | Remote functions of the ERP",
        "| Entities | – | Purchase order | –",
    ] {
        assert!(to_be.contains(row), "{row} is not in\n{to_be}");
    }
    let first = chapter(&model, "plateau-as-is");
    assert!(first.contains("The first plateau"), "{first}");
    let between = chapter(&model, "plateau-transition");
    assert!(between.contains("| Interactions | Billing → Orders (MarkInvoiced) |"), "{between}");
    assert!(!between.contains("Procurement"), "{between}");
}

#[test]
fn changes_say_what_they_do() {
    let model = open("examples/retail-legacy.ron");
    let change = chapter(&model, "change-conditions-to-pricing");
    assert!(change.contains("Why: The checkout must not wait for the ERP."), "{change}");
    assert!(change.contains("- Changes the entity Price condition: owner ERP → Pricing;"), "{change}");
    assert!(change.contains("- Removes the interaction Pricing → ERP adapter"), "{change}");
    let changes = chapter(&model, "changes");
    let row = "| Retire the ERP, retire | Finance IT | 2027-12-01 | 2028-03-31 | proposed | four months | \
               Price conditions move to Pricing, Introduce Procurement";
    assert!(changes.contains(row), "{changes}");
    assert!(chapter(&model, "change-replace-tills").contains("What it does to the architecture is not stated."));
}

#[test]
fn findings_come_and_go_with_plateaus() {
    let risk = chapter(&open("examples/retail-legacy.ron"), "risk");
    let (first, second) = risk.split_once("# From \"Off the ERP's price list\"").unwrap();
    let (come, gone) = first.split_once("Resolved (").unwrap();
    assert!(come.contains("- OWN002 Price condition is written by ERP"), "{risk}");
    assert!(gone.contains("- OWN003 orders-db of Orders is written directly by Billing"), "{risk}");
    assert!(second.contains("- PAT003 ERP is reached directly") && !first.contains("PAT003"), "{risk}");
}

#[test]
fn what_retires_is_listed_with_what_depends_on_it() {
    let model = open("examples/retail-legacy.ron");
    let calendar = chapter(&model, "retirements");
    assert!(calendar.contains("| 2028-03-31 | ERP, system | retires | Retire the ERP | "), "{calendar}");
    assert!(calendar.contains("| 2025-12-31 | Orders API v1, version | sunset |  | version v2"), "{calendar}");
    assert!(calendar.contains("| not stated | ERP adapter, system"), "{calendar}");
    let erp = chapter(&model, "system-erp");
    assert!(
        erp.contains("- Interactions that lead to it: ERP adapter → ERP") && erp.contains("Warehouse system → ERP")
    );
    assert!(!erp.contains("ReadConditions"), "what an earlier change removes is no dependant:\n{erp}");
    assert!(erp.contains("- Adapters that stand before it: ERP adapter"), "{erp}");
}

const PLAN: &str = r#"(
    model: (format: 1, name: "Plan"),
    systems: {"a": (name: "A", kind: Service)},
    changes: {
        "circle-1": (name: "Circle 1", kind: Modify, depends_on: ["circle-2"]),
        "circle-2": (name: "Circle 2", kind: Modify, depends_on: ["circle-1"]),
        "dropped": (name: "Dropped", kind: Modify, status: Dropped),
        "early": (name: "Early", kind: Modify, start: "2027-02-01", end: "2027-06-30", depends_on: ["late", "dropped"]),
        "fails": (name: "Fails", kind: Modify, end: "2027-03-01", effects: [
            Alter(id: "b", from: Team((name: "B")), to: Team((name: "C"))),
        ]),
        "fine": (name: "Fine", kind: Modify, start: "2027-07-01", depends_on: ["early"]),
        "late": (name: "Late", kind: Modify, start: "2027-01-01", end: "2027-03-31"),
    },
    plateaus: {"soon": (name: "Soon", date: "2027-03-01", changes: ["late"])},
)"#;

#[test]
fn contradictions_are_told() {
    let plan = model(PLAN);
    let found = chapter(&plan, "conflicts");
    let wanted = "- Early starts on 2027-02-01, before Late, which it depends on, ends on 2027-03-31.\n\
                  - Early depends on Dropped, which was dropped.\n\
                  - Circle 1, Circle 2: each waits for the other, so none can start.\n\
                  - Soon of 2027-03-01 counts on Late, which ends on 2027-03-31.\n\
                  - Fails cannot take effect: team:b is gone by then.\n";
    assert_eq!(found, wanted);
    assert!(chapter(&plan, "outlook").contains("5 statements of the plan cannot hold"));
    let retail = chapter(&open("examples/retail-legacy.ron"), "conflicts");
    assert!(retail.starts_with("No change starts before one that it depends on ends"), "{retail}");
}

#[test]
fn a_model_without_a_roadmap_says_so_once() {
    let doc = document(
        &survey(
            &open("examples/astronomy-shop.ron"),
            0,
            SurveyOptions { as_of: day(), grouping: None, lens: spandrel::model::Lens::Kinds },
        ),
        Deliverable::Roadmap,
    );
    let [Block::Section { blocks, .. }] = doc.blocks.as_slice() else { panic!("{} chapters", doc.blocks.len()) };
    assert!(told(blocks).starts_with("No change is planned"));
}

#[test]
fn a_change_that_leaves_callers_behind_plans_nothing() {
    let planned = |path: &str| {
        let model = open(path);
        let mut report = rules::check(&Context::new(&model, day()));
        rules::plan(&model, day(), &mut report);
        let mut by = report.findings.into_iter().map(|finding| (finding.rule.code, finding.planned.is_some()));
        by.find(|(code, _)| code.starts_with("EVO00"))
    };
    assert_eq!(planned("tests/cases/rules/evo004/broken-removed.ron"), Some(("EVO004", false)));
    // A caller that a change moves, if late, is moved by then.
    assert_eq!(planned("tests/cases/rules/evo004/broken-late.ron"), Some(("EVO004", true)));
}
