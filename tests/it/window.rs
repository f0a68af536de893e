//! The window, without a display: by the names of its controls.

use std::path::PathBuf;

use egui_kittest::{Harness, kittest::Queryable};
use spandrel::ui::App;

use crate::{day, project};

/// The window under test; it is made in the first frame, since its fonts belong to the context that paints.
#[derive(Default)]
struct Window {
    app: Option<App>,
}

impl Window {
    fn harness<'a>(path: Option<PathBuf>) -> Harness<'a, Self> {
        let paint = move |ui: &mut egui::Ui, window: &mut Self| match &mut window.app {
            None => window.app = Some(App::with(ui.ctx(), path.clone(), day(), true)),
            Some(app) => {
                app.step(ui.ctx());
                app.draw(ui);
            }
        };
        let mut harness =
            Harness::builder().with_size([1280.0, 800.0]).with_max_steps(30).build_ui_state(paint, Self::default());
        harness.run_steps(4);
        harness
    }

    fn bench(&self) -> &spandrel::workbench::Workbench {
        self.app.as_ref().unwrap().bench()
    }
}

fn copy(name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::copy(project("examples").join(name), &path).unwrap();
    (folder, path)
}

#[test]
fn an_empty_window_says_how_to_begin() {
    let harness = Window::harness(None);
    harness.get_by_label("File");
    harness.get_by_label("The model is empty.");
    harness.get_by_label("Not yet in a file");
}

#[test]
fn boxes_are_selected_by_name_and_show_their_facts() {
    let mut harness = Window::harness(Some(project("examples/retail-legacy.ron")));
    harness.get_by_label_contains("Orders, Service").click();
    harness.run_steps(3);
    harness.get_by_label("Owner: Storefront team");
    assert!(harness.query_all_by_label_contains("OWN003").count() >= 1);
}

#[test]
fn a_finding_lights_what_it_is_about() {
    let mut harness = Window::harness(Some(project("examples/retail-legacy.ron")));
    harness.get_by_label_contains("OWN003 orders-db of Orders is written directly by Billing").click();
    harness.run_steps(3);
    harness.get_by_label_contains("Give the other system a command or a query of the owner");
}

#[test]
fn a_dragged_box_is_pinned_undone_redone_and_saved() {
    let (_folder, path) = copy("retail-legacy.ron");
    let mut harness = Window::harness(Some(path.clone()));
    let before = std::fs::read_to_string(&path).unwrap();
    let at = harness.get_by_label_contains("Data warehouse, Application").rect().center();
    let to = at + egui::vec2(6.0, -34.0);
    harness.drag_at(at);
    harness.run_steps(2);
    harness.hover_at(at + egui::vec2(3.0, -20.0));
    harness.run_steps(2);
    harness.hover_at(to);
    harness.run_steps(2);
    harness.drop_at(to);
    harness.run_steps(4);
    let bench = harness.state().bench();
    assert_eq!(bench.history().to_undo(), Some("Move Data warehouse"));
    assert!(bench.is_dirty());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    harness.run_steps(3);
    assert!(!harness.state().bench().is_dirty());
    harness.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::Z);
    harness.run_steps(3);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::S);
    harness.run_steps(3);
    assert!(!harness.state().bench().is_dirty());
    let after = std::fs::read_to_string(&path).unwrap();
    let kept: Vec<&str> = before.lines().filter(|line| !after.lines().any(|other| other == *line)).collect();
    let added: Vec<&str> = after.lines().filter(|line| !before.lines().any(|other| other == *line)).collect();
    assert!(added.iter().any(|line| line.contains("\"system:data-warehouse\": (")), "{added:?}");
    assert!(added.len() <= 6 && kept.len() <= 1, "{kept:?} {added:?}");
}

#[test]
fn unsaved_changes_are_asked_about() {
    let mut harness = Window::harness(Some(project("examples/retail-legacy.ron")));
    harness.get_by_label("View").click();
    harness.run_steps(3);
    harness.get_by_label("Frames by boundary").click();
    harness.run_steps(4);
    assert!(harness.state().bench().is_dirty());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::N);
    harness.run_steps(3);
    harness.get_by_label("Save your changes?");
    harness.get_by_label("Cancel").click();
    harness.run_steps(3);
    assert!(harness.query_by_label("Save your changes?").is_none());
    assert!(harness.state().bench().is_dirty());
}

#[test]
fn a_bad_file_is_told_with_its_places_and_changes_nothing() {
    let harness = Window::harness(Some(project("tests/cases/file/bad/many.ron")));
    harness.get_by_label("This file cannot be opened");
    harness.get_by_label_contains("unknown table `sistems`, did you mean \"systems\"?");
    let harness = Window::harness(Some(project("tests/cases/file/bad/dangling.ron")));
    harness.get_by_label("Some references lead nowhere");
}

#[test]
fn no_text_of_the_window_leaves_it() {
    for size in [[1280.0, 800.0], [1920.0, 1080.0]] {
        let mut harness = Window::harness(Some(project("examples/astronomy-shop.ron")));
        harness.set_size(size.into());
        harness.run_steps(4);
        for label in ["File", "Help", "Search the model", "Landscape"] {
            let rect = harness.get_by_label(label).rect();
            assert!(rect.min.x >= 0.0 && rect.max.x <= size[0] && rect.max.y <= size[1], "{label} {rect:?}");
        }
    }
}
