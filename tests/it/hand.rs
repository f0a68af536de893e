//! The hand of whoever works in the window: what it presses and types, the window at a table, and what stands in cells
//! and on the clipboard.

use std::{path::PathBuf, sync::Arc};

use egui::{Event, Key as Press, Modifiers};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use spandrel::model::Model;

use crate::{project, seat::Window};

/// The example with faults, at a tab.
pub fn legacy<'a>(tab: Press) -> Harness<'a, Window> {
    at_tab(project("examples/retail-legacy.ron"), tab)
}

pub fn at_tab<'a>(path: PathBuf, tab: Press) -> Harness<'a, Window> {
    let mut harness = Window::sized(Some(path), [1600.0, 1000.0]);
    keys(&mut harness, Modifiers::COMMAND, &[tab]);
    harness
}

pub fn keys(harness: &mut Harness<'_, Window>, modifiers: Modifiers, presses: &[Press]) {
    for press in presses {
        harness.key_press_modifiers(modifiers, *press);
        harness.run_steps(3);
    }
}

pub fn types(harness: &mut Harness<'_, Window>, text: &str) {
    harness.event(Event::Text(text.to_owned()));
    harness.run_steps(4);
}

/// Types into a field that is open.
pub fn writes(harness: &mut Harness<'_, Window>, label: &str, text: &str) {
    harness.get_by_role_and_label(egui::Role::TextInput, label).type_text(text);
    harness.run_steps(3);
}

pub fn press(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(4);
}

pub fn pastes(harness: &mut Harness<'_, Window>, text: &str) {
    harness.event(Event::Paste(text.to_owned()));
    harness.run_steps(4);
}

pub fn model(harness: &Harness<'_, Window>) -> Arc<Model> {
    harness.state().bench().model().clone()
}

/// What the last step is called.
pub fn undo(harness: &Harness<'_, Window>) -> String {
    harness.state().bench().history().to_undo().unwrap_or_default().to_owned()
}

/// The label of the first cell that begins so.
pub fn cell(harness: &Harness<'_, Window>, begin: &str) -> String {
    let cells = harness.query_all_by_role(egui::accesskit::Role::Cell);
    let labels = cells.filter_map(|node| node.accesskit_node().label());
    labels.into_iter().find(|label| label.starts_with(begin)).unwrap()
}

/// What the window puts on the clipboard where it is asked to copy or cut.
pub fn clipped(harness: &mut Harness<'_, Window>, event: Event) -> String {
    harness.event(event);
    let mut found = String::new();
    for _ in 0..8 {
        harness.run_steps(1);
        let commands = &harness.output().platform_output.commands;
        let copied = commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        found = copied.unwrap_or(found);
    }
    found
}

/// Types into a field.
pub fn fill(harness: &mut Harness<'_, Window>, field: &str, text: &str) {
    harness.get_by_role_and_label(egui::Role::TextInput, field).click();
    harness.run_steps(2);
    harness.get_by_role_and_label(egui::Role::TextInput, field).type_text(text);
    harness.run_steps(4);
}

/// The first control whose name begins like this.
pub fn first<'h>(harness: &'h Harness<'_, Window>, begin: &'h str) -> egui_kittest::Node<'h> {
    harness.query_all_by_label_contains(begin).next().unwrap_or_else(|| panic!("nothing is called {begin}…"))
}

/// A copy of an example, to be changed; the folder goes with it.
pub fn copy(name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::copy(project("examples").join(name), &path).unwrap();
    (folder, path)
}

/// Types into the field that has the keyboard, and ends with Enter.
pub fn enter(harness: &mut Harness<'_, Window>, field: &str, text: &str) {
    harness.get_by_role_and_label(egui::Role::TextInput, field).type_text(text);
    harness.run_steps(2);
    harness.key_press(egui::Key::Enter);
    harness.run_steps(5);
}
