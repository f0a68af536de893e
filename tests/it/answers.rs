//! Fields and questions answered with the keyboard alone: Enter does it, and nothing that was typed is thrown away.

use std::path::PathBuf;

use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable};

use crate::{project, seat::Window};

type Seen<'a> = Harness<'a, Window>;

fn copy(name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::copy(project("examples").join(name), &path).unwrap();
    (folder, path)
}

fn key(harness: &mut Seen<'_>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(4);
}

fn press(harness: &mut Seen<'_>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(4);
}

/// Types over what stands in a field.
fn over(harness: &mut Seen<'_>, field: &str, text: &str) {
    harness.get_by_role_and_label(egui::Role::TextInput, field).click();
    harness.run_steps(2);
    key(harness, Modifiers::COMMAND, Key::A);
    harness.get_by_role_and_label(egui::Role::TextInput, field).type_text(text);
    harness.run_steps(3);
}

fn value(harness: &Seen<'_>, field: &str) -> String {
    harness.get_by_role_and_label(egui::Role::TextInput, field).value().unwrap_or_default()
}

/// The field that has the keyboard.
fn focused(harness: &Seen<'_>, role: egui::Role, label: &str) -> bool {
    harness.get_by_role_and_label(role, label).is_focused()
}

#[test]
fn a_day_is_typed_and_taken_with_enter_or_a_click_elsewhere() {
    let mut harness = Window::harness(Some(project("examples/retail-legacy.ron")));
    over(&mut harness, "As of", "2028-04-01");
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(value(&harness, "As of"), "2028-04-01");
    harness.get_by_label("The model as of 2028-04-01");
    over(&mut harness, "As of", "2027-03-02");
    harness.get_by_role_and_label(egui::Role::TextInput, "Search the model").click();
    harness.run_steps(4);
    harness.get_by_label("The model as of 2027-03-02");
    over(&mut harness, "As of", "31.12.2027");
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(value(&harness, "As of"), "2027-12-31");
    // What is no day is told, and the day stays.
    over(&mut harness, "As of", "soon");
    key(&mut harness, Modifiers::NONE, Key::Enter);
    harness.get_by_label_contains("“soon” is no day: write it like ");
    assert_eq!(value(&harness, "As of"), "2027-12-31");
    harness.get_by_label("The model as of 2027-12-31");
}

#[test]
fn a_path_is_taken_with_enter() {
    let (folder, path) = copy("retail-legacy.ron");
    let mut harness = Window::harness(Some(path));
    let other = folder.path().join("other.ron");
    key(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    over(&mut harness, "Path", &other.display().to_string());
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.query_by_label("Save the model").is_none());
    assert!(other.is_file());
    // Where there is no such file, Enter opens none, and the field keeps the keyboard.
    key(&mut harness, Modifiers::COMMAND, Key::O);
    over(&mut harness, "Path", "/nowhere/at/all.ron");
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(focused(&harness, egui::Role::TextInput, "Path"));
    // A click beside throws nothing away.
    harness.hover_at(egui::pos2(20.0, 700.0));
    harness.drag_at(egui::pos2(20.0, 700.0));
    harness.drop_at(egui::pos2(20.0, 700.0));
    harness.run_steps(3);
    assert_eq!(value(&harness, "Path"), "/nowhere/at/all.ron");
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label("Open a model").is_none());
}

#[test]
fn a_waiver_is_given_with_enter() {
    let mut harness = Window::harness(Some(project("examples/retail-legacy.ron")));
    harness.get_by_label_contains("Waive OWN003 orders-db").click();
    harness.run_steps(4);
    assert!(focused(&harness, egui::Role::TextInput, "Reason"));
    let types = |harness: &mut Seen<'_>, field: &str, text: &str| {
        harness.get_by_role_and_label(egui::Role::TextInput, field).type_text(text);
        harness.run_steps(2);
        key(harness, Modifiers::NONE, Key::Enter);
    };
    types(&mut harness, "Reason", "Until the quarter ends");
    assert!(focused(&harness, egui::Role::TextInput, "Approved by"));
    // Beside the form nothing is thrown away.
    harness.hover_at(egui::pos2(20.0, 700.0));
    harness.drag_at(egui::pos2(20.0, 700.0));
    harness.drop_at(egui::pos2(20.0, 700.0));
    harness.run_steps(3);
    assert_eq!(value(&harness, "Reason"), "Until the quarter ends");
    types(&mut harness, "Approved by", "Board");
    assert!(focused(&harness, egui::Role::TextInput, "Expires on"));
    types(&mut harness, "Expires on", "2020-01-01");
    harness.get_by_label_contains("This day is past");
    assert!(focused(&harness, egui::Role::TextInput, "Expires on"));
    key(&mut harness, Modifiers::COMMAND, Key::A);
    types(&mut harness, "Expires on", "31.1.2027");
    let waivers = &harness.state().model().waivers;
    let made = waivers.values().find(|waiver| waiver.rule == "OWN003").unwrap();
    assert_eq!(made.reason.known().unwrap().to_string(), "Until the quarter ends");
    assert_eq!(made.expires_on.known().unwrap().to_string(), "2027-01-31");
}

#[test]
fn enter_answers_a_question_with_what_loses_nothing() {
    let (_folder, path) = copy("retail-legacy.ron");
    let mut harness = Window::harness(Some(path));
    press(&mut harness, "View");
    press(&mut harness, "Frames");
    press(&mut harness, "Frames by boundary");
    key(&mut harness, Modifiers::COMMAND, Key::N);
    harness.get_by_label("Save your changes?");
    assert!(focused(&harness, egui::Role::Button, "Save"));
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.query_by_label("Save your changes?").is_none());
    assert!(!harness.state().bench().is_dirty());
    let mut harness = Window::harness(Some(project("tests/cases/file/bad/dangling.ron")));
    harness.get_by_label("Some references lead nowhere");
    assert!(focused(&harness, egui::Role::Button, "Close"));
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.query_by_label("Some references lead nowhere").is_none());
}

fn every<'a>(select: &str, size: [f32; 2]) -> Seen<'a> {
    let mut harness = Window::sized(Some(project("tests/cases/facts/every.ron")), size);
    harness.state_mut().app.as_mut().unwrap().choose(&[select.parse().unwrap()]);
    harness.run_steps(4);
    harness
}

const TALL: [f32; 2] = [1280.0, 2600.0];

/// Types over what stands in a field of the inspector.
fn fill(harness: &mut Seen<'_>, field: &str, before: &str, text: &str) {
    press(harness, &format!("{field}: {before}"));
    harness.get_by_role_and_label(egui::Role::TextInput, field).type_text(text);
    harness.run_steps(3);
}

#[test]
fn a_date_is_typed_as_people_write_it_and_a_wrong_one_is_told_where_it_can_be_seen() {
    let mut harness = every("system:erp", TALL);
    fill(&mut harness, "Retires on", "2027-06-30", "31.12.2026");
    key(&mut harness, Modifiers::NONE, Key::Enter);
    harness.get_by_label("Retires on: 2026-12-31");
    fill(&mut harness, "Retires on", "2026-12-31", "3/4/2026");
    key(&mut harness, Modifiers::NONE, Key::Enter);
    let refusal = harness.get_by_label_contains("“3/4/2026” does not fit").rect();
    let field = harness.get_by_role_and_label(egui::Role::TextInput, "Retires on");
    assert!(field.is_focused());
    let calendar = harness.get_by_label("Month after").rect();
    assert!(!calendar.intersects(refusal) && !calendar.intersects(field.rect()));
    // Tab passes the calendar by; what does not fit stays, is told, and covers nothing.
    key(&mut harness, Modifiers::NONE, Key::Tab);
    assert!(harness.query_by_label("Month after").is_none());
    harness.get_by_label_contains("“3/4/2026” does not fit");
    key(&mut harness, Modifiers::NONE, Key::Escape);
    harness.get_by_label("Retires on: 2026-12-31");
    assert_eq!(harness.state().steps(), 1);
    // What fits is taken with Tab, and the keyboard is at the next thing.
    fill(&mut harness, "Retires on", "2026-12-31", "2027-01-31");
    key(&mut harness, Modifiers::NONE, Key::Tab);
    harness.get_by_label("Retires on: 2027-01-31");
    assert!(focused(&harness, egui::Role::Button, "More about Retires on"));
}

#[test]
fn near_the_lower_edge_the_calendar_stands_above_its_field() {
    let mut harness = every("system:erp", [1280.0, 2600.0]);
    let bottom = harness.get_by_label("Retires on: 2027-06-30").rect().bottom();
    harness.set_size(egui::vec2(1280.0, bottom + 60.0));
    harness.run_steps(4);
    press(&mut harness, "Retires on: 2027-06-30");
    harness.run_steps(2);
    let field = harness.get_by_role_and_label(egui::Role::TextInput, "Retires on").rect();
    let calendar = harness.get_by_label("2027-06-30").rect();
    assert!(calendar.bottom() < field.top(), "{calendar} above {field}");
}

#[test]
fn what_fits_is_kept_when_something_else_is_selected_and_what_does_not_holds_it() {
    let mut harness = every("system:erp", TALL);
    fill(&mut harness, "Retires on", "2027-06-30", "2027-05-31");
    press(&mut harness, "Vendor, External");
    assert_eq!(harness.state().selected(), ["system:vendor"]);
    assert_eq!(harness.state().bench().history().to_undo(), Some("Set retires on of ERP"));
    harness.state_mut().app.as_mut().unwrap().choose(&["system:erp".parse().unwrap()]);
    harness.run_steps(4);
    fill(&mut harness, "Retires on", "2027-05-31", "some day");
    press(&mut harness, "Vendor, External");
    assert_eq!(harness.state().selected(), ["system:erp"]);
    assert!(harness.query_by_label("That did not work").is_none());
    assert_eq!(value(&harness, "Retires on"), "some day");
    harness.get_by_label_contains("“some day” does not fit: expected");
    // Closing the window asks, and Enter leads back to the field.
    let close = |harness: &mut Seen<'_>| {
        let close = egui::ViewportEvent::Close;
        harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default().events.push(close);
        harness.step();
        harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default().events.clear();
        harness.run_steps(3);
    };
    close(&mut harness);
    harness.get_by_label("Go on without “some day”?");
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(value(&harness, "Retires on"), "some day");
    close(&mut harness);
    press(&mut harness, "Go on without it");
    harness.get_by_label("Save your changes?");
    press(&mut harness, "Cancel");
    press(&mut harness, "Vendor, External");
    assert_eq!(harness.state().selected(), ["system:vendor"]);
}

#[test]
fn nothing_is_offered_as_a_part_of_itself() {
    let mut harness = every("domain:sales", TALL);
    press(&mut harness, "Parent: not asked");
    assert!(harness.query_by_role_and_label(egui::Role::ListBoxOption, "Shop").is_none());
    assert!(harness.query_by_role_and_label(egui::Role::ListBoxOption, "Sales").is_none());
    for name in ["Shop", "Sales"] {
        let field = harness.get_by_role_and_label(egui::Role::TextInput, "Parent");
        field.type_text(name);
        harness.run_steps(2);
        key(&mut harness, Modifiers::NONE, Key::Enter);
        harness.get_by_label_contains("does not fit: expected a domain that does not lead back to Sales");
        key(&mut harness, Modifiers::COMMAND, Key::A);
    }
    assert_eq!(harness.state().steps(), 0);
}
