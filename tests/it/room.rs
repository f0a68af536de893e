//! What stands over and beside the diagram hides nothing of it, in small windows too.

use egui::{Event, Key, Modifiers, Role};
use egui_kittest::{Harness, kittest::Queryable};

use crate::{project, seat::Window};

fn key(harness: &mut Harness<'_, Window>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(4);
}

fn canvas(harness: &Harness<'_, Window>) -> egui::Rect {
    harness.get_by_role_and_label(Role::Canvas, "Landscape").rect()
}

#[test]
fn the_guide_stands_beside_the_diagram_in_every_window() {
    for size in [[860.0, 560.0], [1280.0, 800.0]] {
        let mut harness = Window::sized(None, size);
        key(&mut harness, Modifiers::COMMAND, Key::N);
        let guide = harness.get_by_role_and_label(Role::Group, "Your first minute").rect();
        assert!(!canvas(&harness).intersects(guide), "at {size:?} it hides {guide:?}");
        harness.get_by_label_contains("Add a system, N, to do").click();
        harness.run_steps(4);
        harness.get_by_role_and_label(Role::TextInput, "Name of the system").type_text("Orders");
        harness.run_steps(3);
        key(&mut harness, Modifiers::NONE, Key::Enter);
        assert!(canvas(&harness).contains_rect(harness.get_by_label_contains("Orders, Service").rect()));
        harness.get_by_label_contains("Connect two systems, C, to do");
        harness.get_by_label("1 of 5");
        harness.get_by_label("Hide").click();
        harness.run_steps(3);
        assert!(harness.query_by_label("1 of 5").is_none());
    }
}

#[test]
fn the_legend_gives_way_where_there_is_little_room() {
    let mut harness = Window::sized(Some(project("examples/retail-legacy.ron")), [1000.0, 700.0]);
    key(&mut harness, Modifiers::COMMAND, Key::B);
    harness.get_by_role_and_label(Role::Button, "Legend");
    // Where there is more, it stands there whole.
    let harness = Window::sized(Some(project("examples/retail-legacy.ron")), [1600.0, 1000.0]);
    assert!(harness.query_by_role_and_label(Role::Button, "Legend").is_none());
}

#[test]
fn what_is_pasted_comes_into_view() {
    let mut harness = Window::sized(Some(project("examples/retail-legacy.ron")), [1280.0, 800.0]);
    for _ in 0..8 {
        key(&mut harness, Modifiers::COMMAND, Key::Plus);
    }
    key(&mut harness, Modifiers::COMMAND, Key::K);
    let lines: Vec<String> = (1..=12).map(|at| format!("Newcomer {at} @ Newcomers")).collect();
    harness.event(Event::Paste(lines.join("\n")));
    harness.run_steps(4);
    harness.get_by_label("Enter all lines").click();
    harness.run_steps(8);
    for at in 1..=12 {
        let seen = harness.get_by_label(&format!("Newcomer {at}, Service")).rect();
        assert!(canvas(&harness).contains_rect(seen), "Newcomer {at} stands at {seen:?}");
    }
}
