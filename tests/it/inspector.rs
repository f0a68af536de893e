//! Facts answered in the inspector, by the names of its fields: each answer one undo step.

use std::path::PathBuf;

use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use spandrel::model::Kind;

use crate::{project, seat::Window};

fn open<'a>(path: PathBuf) -> Harness<'a, Window> {
    Window::sized(Some(path), [1280.0, 2600.0])
}

fn every<'a>(select: &str) -> Harness<'a, Window> {
    let mut harness = open(project("tests/cases/facts/every.ron"));
    harness.state_mut().app.as_mut().unwrap().choose(&[select.parse().unwrap()]);
    harness.run_steps(4);
    harness
}

fn press(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(4);
}

fn types(harness: &mut Harness<'_, Window>, field: &str, text: &str) {
    harness.get_by_role_and_label(egui::Role::TextInput, field).type_text(text);
    harness.run_steps(3);
}

fn key(harness: &mut Harness<'_, Window>, key: egui::Key) {
    harness.key_press(key);
    harness.run_steps(4);
}

/// Types an answer over what stands in a field, and ends with Enter.
fn answer(harness: &mut Harness<'_, Window>, field: &str, text: &str) {
    types(harness, field, text);
    key(harness, egui::Key::Enter);
}

#[test]
fn a_choice_is_taken_from_its_list_by_mouse_and_by_keys() {
    let mut harness = every("system:orders");
    press(&mut harness, "Role: read model");
    press(&mut harness, "orchestrator");
    harness.get_by_label("Role: orchestrator");
    press(&mut harness, "Kind: service");
    types(&mut harness, "Kind", "app");
    key(&mut harness, egui::Key::Enter);
    harness.get_by_label("Kind: application");
    press(&mut harness, "Kind: application");
    key(&mut harness, egui::Key::ArrowDown);
    key(&mut harness, egui::Key::ArrowDown);
    key(&mut harness, egui::Key::ArrowDown);
    key(&mut harness, egui::Key::Enter);
    harness.get_by_label("Kind: legacy system");
    assert_eq!(harness.state().steps(), 3);
}

#[test]
fn a_duration_says_its_unit_and_a_wrong_one_is_told() {
    let mut harness = every("interaction:buy");
    press(&mut harness, "Timeout: 5s");
    answer(&mut harness, "Timeout", "7");
    harness.get_by_label("“7” does not fit: expected a duration such as 800ms, 5s, 15min, 8h or 90d");
    assert_eq!(harness.state().steps(), 0);
    answer(&mut harness, "Timeout", "s");
    harness.get_by_label("Timeout: 7s");
    assert_eq!(harness.state().steps(), 1);
    // Escape lets go of what was typed.
    press(&mut harness, "Peak rate: 20/s");
    types(&mut harness, "Peak rate", "9/h");
    key(&mut harness, egui::Key::Escape);
    harness.get_by_label("Peak rate: 20/s");
    assert_eq!(harness.state().steps(), 1);
}

#[test]
fn what_a_profile_says_is_shown_overruled_and_taken_back() {
    let mut harness = every("interaction:buy");
    press(&mut harness, "More about Timeout");
    press(&mut harness, "Back to what profile Internal REST says");
    press(&mut harness, "Timeout: 800ms, profile Internal REST");
    answer(&mut harness, "Timeout", "1s");
    harness.get_by_label("Timeout: 1s");
    assert_eq!(harness.state().steps(), 2);
}

#[test]
fn a_date_is_typed_or_taken_from_the_calendar() {
    let mut harness = every("system:erp");
    press(&mut harness, "Retires on: 2027-06-30");
    press(&mut harness, "Month after");
    press(&mut harness, "2027-07-15");
    harness.get_by_label("Retires on: 2027-07-15");
    press(&mut harness, "Retires on: 2027-07-15");
    key(&mut harness, egui::Key::ArrowDown);
    key(&mut harness, egui::Key::PageDown);
    key(&mut harness, egui::Key::Enter);
    harness.get_by_label("Retires on: 2027-08-22");
    assert_eq!(harness.state().steps(), 2);
}

#[test]
fn a_reference_is_completed_by_name_and_made_where_it_is_missing() {
    let mut harness = every("system:erp");
    press(&mut harness, "Domain: not asked");
    types(&mut harness, "Domain", "sho");
    press(&mut harness, "Shop");
    harness.get_by_label("Domain: Shop");
    press(&mut harness, "Owner: not asked");
    types(&mut harness, "Owner", "Back office");
    press(&mut harness, "New team “Back office”");
    harness.get_by_label("Owner: Back office");
    assert_eq!(harness.state().model().teams.len(), 2);
    assert_eq!(harness.state().steps(), 2);
}

#[test]
fn none_and_not_asked_are_keys_at_a_field_and_undo_takes_them_back() {
    let mut harness = every("system:orders");
    harness.get_by_label("Latency: 20ms, A. Meier, 2026-11-20, workshop 3").focus();
    harness.run_steps(2);
    key(&mut harness, egui::Key::Minus);
    harness.get_by_label_contains("Latency: none");
    key(&mut harness, egui::Key::Delete);
    harness.get_by_label_contains("Latency: not asked");
    assert_eq!(harness.state().steps(), 2);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    harness.run_steps(4);
    assert!(harness.state().model().systems[&"orders".parse().unwrap()].latency.is_none());
    // Yes and no are two of three.
    let mut harness = every("profile:internal");
    press(&mut harness, "Correlation logs: yes");
    press(&mut harness, "no");
    harness.get_by_label("Correlation logs: none");
}

#[test]
fn a_fact_that_does_not_apply_says_why_and_one_that_is_known_says_from_whom() {
    let mut harness = every("system:orders");
    harness.get_by_label("Redundancy: does not apply: one is enough");
    press(&mut harness, "More about Capacity");
    press(&mut harness, "Does not apply, because…");
    answer(&mut harness, "Does not apply, because", "elastic");
    press(&mut harness, "More about Capacity");
    press(&mut harness, "Where it comes from…");
    answer(&mut harness, "Said by", "B. Lang");
    let system = &harness.state().model().systems[&"orders".parse().unwrap()];
    assert_eq!(system.not_applicable["capacity"], "elastic");
    assert_eq!(system.sources["capacity"].by.known().unwrap().to_string(), "B. Lang");
    assert_eq!(harness.state().steps(), 2);
}

#[test]
fn items_and_entries_are_added_changed_and_removed() {
    let mut harness = every("store:orders-db");
    press(&mut harness, "Add to Accesses");
    types(&mut harness, "System", "gate");
    press(&mut harness, "Gate");
    press(&mut harness, "Add");
    let model = harness.state().model().clone();
    assert_eq!(model.stores[&"orders-db".parse().unwrap()].accesses.len(), 3);
    press(&mut harness, "Remove ERP · reads");
    press(&mut harness, "Item: Gate · reads, folded");
    press(&mut harness, "Mode: reads");
    press(&mut harness, "writes");
    let store = &harness.state().model().stores[&"orders-db".parse().unwrap()];
    assert_eq!(store.accesses.len(), 2);
    assert_eq!(store.accesses[1].mode, spandrel::model::AccessMode::Write);
    assert_eq!(harness.state().steps(), 3);
    let mut harness = every("interaction:buy");
    press(&mut harness, "Add to Fields read: Add…");
    answer(&mut harness, "Add to Fields read", "total");
    harness.get_by_label("Fields read 2: total");
    press(&mut harness, "More about Fields read 1");
    press(&mut harness, "Remove");
    harness.get_by_label("Fields read 1: total");
    assert_eq!(harness.state().steps(), 2);
}

#[test]
fn a_change_plans_a_record_fact_by_fact() {
    let mut harness = every("change:leave");
    press(&mut harness, "Add to Effects");
    types(&mut harness, "Element", "vendor");
    key(&mut harness, egui::Key::Enter);
    press(&mut harness, "Plan it otherwise");
    press(&mut harness, "Item: Vendor changes, folded");
    press(&mut harness, "Vendor contact: not asked");
    answer(&mut harness, "Vendor contact", "sales@vendor");
    let model = harness.state().model();
    let planned = &model.changes[&"leave".parse().unwrap()].effects[2];
    let spandrel::model::Effect::Alter { id: slug, to: spandrel::model::Record::System(system), .. } = planned else {
        panic!("{planned:?}")
    };
    assert_eq!(
        (slug.as_str(), system.vendor_contact.known().unwrap().to_string().as_str()),
        ("vendor", "sales@vendor")
    );
    let now = &model.systems[&"vendor".parse().unwrap()];
    assert_eq!(now.vendor_contact.known().unwrap().to_string(), "help@vendor");
    assert_eq!(harness.state().steps(), 2);
}

#[test]
fn several_records_are_answered_at_once() {
    let mut harness = every("system:orders");
    let keys = ["system:orders", "system:erp", "system:gate"].map(|key| key.parse().unwrap());
    harness.state_mut().app.as_mut().unwrap().choose(&keys);
    harness.run_steps(4);
    press(&mut harness, "Domain: differs");
    types(&mut harness, "Domain", "shop");
    key(&mut harness, egui::Key::Enter);
    harness.get_by_label("Domain: Shop");
    let model = harness.state().model();
    let shop = model.systems.values().filter(|system| system.domain.is(&"shop".parse().unwrap())).count();
    assert_eq!((shop, harness.state().steps()), (3, 1));
}

#[test]
fn new_records_of_every_kind_are_added_from_the_menu() {
    let mut harness = open(project("tests/cases/facts/every.ron"));
    let kinds = [
        (Kind::Domain, "Domain…", "domain"),
        (Kind::Boundary, "Boundary…", "boundary"),
        (Kind::Contract, "Contract…", "contract"),
        (Kind::Change, "Change…", "change"),
    ];
    for (at, (kind, entry, phrase)) in kinds.into_iter().enumerate() {
        let before = harness.state().model().keys_of(kind).len();
        press(&mut harness, "Insert");
        press(&mut harness, entry);
        answer(&mut harness, &format!("Name of the {phrase}"), &format!("Fresh {phrase}"));
        assert_eq!(harness.state().model().keys_of(kind).len(), before + 1, "{kind:?}");
        assert_eq!(harness.state().steps(), at + 1);
        let selected: Vec<_> = harness.state().app.as_ref().unwrap().selected().cloned().collect();
        assert_eq!(selected.first().map(|key| key.kind), Some(kind));
    }
}

#[test]
fn every_record_of_the_examples_is_shown() {
    for file in ["tests/cases/facts/every.ron", "examples/retail-legacy.ron"] {
        let mut harness = open(project(file));
        let mut seen = std::collections::BTreeMap::new();
        for key in harness.state().model().keys() {
            let count = seen.entry(key.kind).or_insert(0);
            *count += 1;
            if *count > 2 {
                continue;
            }
            harness.state_mut().app.as_mut().unwrap().choose(std::slice::from_ref(&key));
            harness.run_steps(2);
            assert!(harness.query_all_by_label_contains("Facts").count() > 0, "{key}");
            // Everything that folds is opened.
            let folded: Vec<_> = harness
                .query_all_by_label_contains(", folded")
                .filter(|node| node.rect().left() > 900.0)
                .map(|node| node.accesskit_node().label().unwrap_or_default())
                .collect();
            for label in folded {
                if let Some(node) = harness.query_all_by_label(&label).next() {
                    node.click();
                }
                harness.run_steps(1);
            }
        }
    }
}

#[test]
fn a_report_offers_its_chapters_and_the_findings() {
    let mut harness = every("report:report");
    press(&mut harness, "Without: Add…");
    types(&mut harness, "Without", "own");
    press(&mut harness, "Data ownership");
    harness.get_by_label("Without 1: ownership");
    press(&mut harness, "Add to Without: Add…");
    types(&mut harness, "Add to Without", "time");
    press(&mut harness, "Timeline");
    harness.get_by_label("Without 2: timeline");
    press(&mut harness, "Status: not asked");
    press(&mut harness, "for review");
    harness.get_by_label("Status: for review");
    press(&mut harness, "Featured: Add…");
    let found: Vec<String> = harness
        .root()
        .children_recursive()
        .filter(|node| node.accesskit_node().role() == egui::Role::ListBoxOption)
        .filter_map(|node| node.accesskit_node().label())
        .filter(|name| name.contains(':'))
        .collect();
    let first = found.first().cloned().unwrap_or_default();
    press(&mut harness, &first);
    harness.get_by_label(&format!("Featured 1: {first}"));
    let report = &harness.state().model().report;
    assert_eq!((report.without.join(" "), report.featured.len()), ("ownership timeline".to_owned(), 1));
}

#[test]
fn the_menu_of_a_row_says_who_owns_it_as_the_field_does() {
    let mut harness = Window::sized(Some(project("examples/retail-legacy.ron")), [1600.0, 1000.0]);
    let owner = |harness: &Harness<'_, Window>| {
        let model = harness.state().model();
        model.systems[&"orders".parse().unwrap()].owner.known().map(ToString::to_string)
    };
    let menu = |harness: &mut Harness<'_, Window>, entry: &str| {
        harness.get_by_role_and_label(egui::Role::TreeItem, "system Orders").focus();
        harness.run_steps(2);
        harness.key_press_modifiers(egui::Modifiers::SHIFT, egui::Key::F10);
        harness.run_steps(4);
        press(harness, "Owner");
        press(harness, entry);
    };
    menu(&mut harness, "Finance IT");
    assert_eq!(owner(&harness).as_deref(), Some("finance-it"));
    assert_eq!(harness.state().bench().history().to_undo(), Some("Set owner of Orders"));
    menu(&mut harness, "None: there is no owner");
    assert_eq!(harness.state().bench().history().to_undo(), Some("No owner of Orders"));
    menu(&mut harness, "New team…");
    harness.get_by_role_and_label(egui::Role::TextInput, "Name of the team").type_text("Order desk");
    harness.run_steps(2);
    key(&mut harness, egui::Key::Enter);
    assert_eq!(owner(&harness).as_deref(), Some("order-desk"));
    assert_eq!(harness.state().steps(), 3);
}
