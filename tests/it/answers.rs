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
