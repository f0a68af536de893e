//! What can be done on the canvas, by name, by drag, and by key.

use std::path::PathBuf;

use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::{Harness, kittest::Queryable};
use spandrel::{
    model::{InteractionKind, Model},
    ui::App,
    workbench::landscape_view,
};

use crate::{day, seat::Window};

pub type Seen<'a> = Harness<'a, Window>;

fn window<'a>(path: PathBuf) -> Seen<'a> {
    // Two clicks shortly after one another are a double click.
    let builder = Harness::builder().with_size([1280.0, 800.0]).with_step_dt(0.04);
    Window::made(builder, move |ctx| App::with(ctx, Some(path.clone()), day(), true))
}

/// A window on a model of this text; the folder goes with it.
pub fn on<'a>(text: &str) -> (tempfile::TempDir, Seen<'a>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.ron");
    std::fs::write(&path, text).unwrap();
    let harness = window(path);
    (folder, harness)
}

fn shop<'a>() -> (tempfile::TempDir, Seen<'a>) {
    on(crate::plan::SHOP)
}

fn model(harness: &Seen<'_>) -> Model {
    (**harness.state().bench().model()).clone()
}

fn pin(harness: &Seen<'_>, key: &str) -> Option<(i32, i32)> {
    landscape_view(harness.state().bench().model()).1.pins.get(&key.parse().unwrap()).copied()
}

fn last_step(harness: &Seen<'_>) -> String {
    harness.state().bench().history().to_undo().unwrap_or_default().to_owned()
}

pub fn at(harness: &Seen<'_>, label: &str) -> egui::Rect {
    harness.get_by_label(label).rect()
}

pub fn click(harness: &mut Seen<'_>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(4);
}

fn key(harness: &mut Seen<'_>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(5);
}

fn undo(harness: &mut Seen<'_>) {
    key(harness, Modifiers::COMMAND, Key::Z);
}

/// Drags from one place to another in small moves.
fn drag(harness: &mut Seen<'_>, from: Pos2, to: Pos2) {
    hold(harness, from, to);
    harness.drop_at(to);
    harness.run_steps(5);
}

/// As [`drag`], without letting go.
pub fn hold(harness: &mut Seen<'_>, from: Pos2, to: Pos2) {
    harness.hover_at(from);
    harness.run_steps(2);
    harness.drag_at(from);
    harness.run_steps(2);
    for share in [0.3, 0.7, 1.0] {
        harness.hover_at(from + (to - from) * share);
        harness.run_steps(2);
    }
}

/// Selects several boxes.
fn select(harness: &mut Seen<'_>, labels: &[&str]) {
    for (at, label) in labels.iter().enumerate() {
        if at == 0 {
            harness.get_by_label(label).click();
        } else {
            harness.get_by_label(label).click_modifiers(Modifiers::COMMAND);
        }
        harness.run_steps(3);
    }
    assert_eq!(harness.state().selected().len(), labels.len());
}

const THREE: &str = r#"(
    model: (format: 1, name: "Three"),
    systems: {
        "a": (name: "Aaaa", kind: Service),
        "b": (name: "Bbbb", kind: Service),
        "c": (name: "Cccc", kind: Service),
    },
    views: {"landscape": (title: "Landscape", pins: {
        "system:a": (0, 0), "system:b": (300, 120), "system:c": (700, 260),
    })},
)"#;

#[test]
fn a_dragged_box_snaps_to_others_unless_alt_is_held() {
    let (_folder, mut harness) = on(THREE);
    let (a, b) = (at(&harness, "Aaaa, Service"), at(&harness, "Bbbb, Service"));
    let from = b.center();
    // Three points beside the edge of the first: it snaps.
    let to = from + vec2(a.left() - b.left() + 3.0, 0.0);
    drag(&mut harness, from, to);
    assert_eq!(pin(&harness, "system:b").unwrap().0, 0);
    assert_eq!(last_step(&harness), "Move Bbbb");
    undo(&mut harness);
    assert_eq!(pin(&harness, "system:b"), Some((300, 120)));
    let scale = 300.0 / (b.left() - a.left());
    hold(&mut harness, from, to);
    harness.event(egui::Event::ModifiersChanged(Modifiers::ALT));
    harness.hover_at(to + vec2(0.5, 0.0));
    harness.run_steps(2);
    harness.drop_at(to + vec2(0.5, 0.0));
    harness.run_steps(4);
    let x = pin(&harness, "system:b").unwrap().0;
    assert!((x as f32 - 3.5 * scale).abs() <= 1.5, "{x} at {scale}");
}

#[test]
fn arrow_keys_move_what_is_selected_as_one_step() {
    let (_folder, mut harness) = on(THREE);
    select(&mut harness, &["Bbbb, Service", "Cccc, Service"]);
    for _ in 0..3 {
        key(&mut harness, Modifiers::NONE, Key::ArrowRight);
    }
    key(&mut harness, Modifiers::SHIFT, Key::ArrowUp);
    assert_eq!(pin(&harness, "system:b"), Some((312, 100)));
    assert_eq!(pin(&harness, "system:c"), Some((712, 240)));
    assert_eq!(last_step(&harness), "Move 2 boxes");
    undo(&mut harness);
    assert_eq!(pin(&harness, "system:b"), Some((300, 120)));
    assert!(!harness.state().bench().is_dirty());
}

#[test]
fn boxes_are_aligned_and_distributed() {
    let (_folder, mut harness) = on(THREE);
    select(&mut harness, &["Aaaa, Service", "Bbbb, Service", "Cccc, Service"]);
    for (command, step) in [("Align top", "Align top: 3 boxes"), ("Distribute across", "Distribute across: 3 boxes")] {
        click(&mut harness, "View");
        click(&mut harness, "Arrange");
        click(&mut harness, command);
        assert_eq!(last_step(&harness), step);
    }
    let pins = ["a", "b", "c"].map(|id| pin(&harness, &format!("system:{id}")).unwrap());
    assert_eq!(pins.map(|(_, y)| y), [0, 0, 0]);
    assert!((pins[1].0 - 350).abs() <= 1 && pins[2].0 == 700, "{pins:?}");
    undo(&mut harness);
    undo(&mut harness);
    assert!(!harness.state().bench().is_dirty());
}

#[test]
fn a_box_dropped_in_another_frame_belongs_there() {
    let (_folder, mut harness) = shop();
    let domain = |harness: &Seen<'_>| {
        let model = model(harness);
        model.systems[&"ledger".parse().unwrap()].domain.known().map(ToString::to_string)
    };
    let from = at(&harness, "Ledger, Service").center();
    let sales = at(&harness, "Sales, domain");
    drag(&mut harness, from, sales.left_top() + vec2(30.0, 20.0));
    assert_eq!(domain(&harness).as_deref(), Some("sales"));
    assert_eq!(last_step(&harness), "Move Ledger to Sales");
    undo(&mut harness);
    assert_eq!(domain(&harness).as_deref(), Some("finance"));
    assert_eq!(pin(&harness, "system:ledger"), None);
    // Outside of every frame it is not asked again.
    let area = harness.get_by_role_and_label(egui::Role::Canvas, "Landscape").rect();
    let from = at(&harness, "Ledger, Service").center();
    drag(&mut harness, from, area.right_top() + vec2(-60.0, 40.0));
    assert_eq!(last_step(&harness), "Move Ledger out of Finance");
    let moved = model(&harness);
    assert!(moved.systems[&"ledger".parse().unwrap()].domain.is_not_asked());
    undo(&mut harness);
    // A frame that is dragged keeps what stands in it.
    let finance = at(&harness, "Finance, domain");
    let from = finance.left_top() + vec2(8.0, 6.0);
    drag(&mut harness, from, from + vec2(30.0, 60.0));
    assert_eq!(domain(&harness).as_deref(), Some("finance"));
    assert!(pin(&harness, "system:ledger").is_some() && pin(&harness, "system:billing").is_some());
}

#[test]
fn a_domain_dropped_in_a_domain_is_a_part_of_it_until_it_is_dragged_out() {
    let (_folder, mut harness) = shop();
    let parent = |harness: &Seen<'_>| model(harness).domains[&"finance".parse().unwrap()].parent.clone();
    let hold = |harness: &Seen<'_>| at(harness, "Finance, domain").left_top() + vec2(8.0, 6.0);
    let sales = at(&harness, "Sales, domain");
    let from = hold(&harness);
    drag(&mut harness, from, sales.left_top() + vec2(30.0, 20.0));
    assert_eq!(last_step(&harness), "Move Finance to Sales");
    assert_eq!(parent(&harness).known().map(ToString::to_string).as_deref(), Some("sales"));
    let ledger = &"ledger".parse().unwrap();
    assert_eq!(model(&harness).systems[ledger].domain.known().map(ToString::to_string).as_deref(), Some("finance"));
    key(&mut harness, Modifiers::NONE, Key::F);
    // Around it stands the other now; dragged by its own handle that one takes it along, and is not put into it.
    let (inner, outer) = (at(&harness, "Finance, domain"), at(&harness, "Sales, domain"));
    assert!(outer.x_range().contains(inner.left()) && inner.top() > outer.top(), "{outer} around {inner}");
    let from = outer.left_top() + vec2(8.0, 6.0);
    drag(&mut harness, from, inner.left_top() + vec2(20.0, 20.0));
    assert_eq!(last_step(&harness), "Move Sales");
    assert!(model(&harness).domains[&"sales".parse().unwrap()].parent.is_not_asked());
    undo(&mut harness);
    key(&mut harness, Modifiers::NONE, Key::F);
    let area = harness.get_by_role_and_label(egui::Role::Canvas, "Landscape").rect();
    let from = hold(&harness);
    drag(&mut harness, from, area.right_bottom() - vec2(220.0, 60.0));
    assert_eq!(last_step(&harness), "Move Finance out of Sales");
    assert!(parent(&harness).is_not_asked());
    undo(&mut harness);
    undo(&mut harness);
    assert!(parent(&harness).is_not_asked() && !harness.state().bench().is_dirty());
}

/// Types into the field that has the keyboard, and ends with Enter.
fn enter(harness: &mut Seen<'_>, field: &str, text: &str) {
    harness.get_by_role_and_label(egui::Role::TextInput, field).type_text(text);
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(5);
}

#[test]
fn a_line_dropped_on_empty_canvas_makes_a_system_and_connects_it() {
    let (_folder, mut harness) = on(THREE);
    let from = at(&harness, "Aaaa, Service");
    let free = from.left_bottom() + vec2(40.0, 160.0);
    harness.hover_at(from.center());
    harness.run_steps(3);
    drag(&mut harness, from.center_bottom(), free);
    enter(&mut harness, "Name of the system", "Dddd");
    harness.get_by_label("Aaaa → Dddd");
    key(&mut harness, Modifiers::NONE, Key::T);
    harness.get_by_label("Dddd → Aaaa");
    key(&mut harness, Modifiers::SHIFT, Key::Questionmark);
    let made = model(&harness);
    let line = made.interactions.values().next().unwrap();
    assert_eq!((line.from.as_str(), line.to.as_str(), line.kind), ("dddd", "a", InteractionKind::Unclassified));
    assert!(pin(&harness, "system:dddd").is_some());
    assert_eq!(last_step(&harness), "Connect Dddd → Aaaa");
    undo(&mut harness);
    assert!(!harness.state().bench().is_dirty());
}

#[test]
fn two_systems_are_connected_with_the_keyboard_alone() {
    let (_folder, mut harness) = on(THREE);
    click(&mut harness, "Aaaa, Service");
    key(&mut harness, Modifiers::NONE, Key::C);
    harness.get_by_label("Connect Aaaa to…");
    // The arrows lead from box to box.
    key(&mut harness, Modifiers::NONE, Key::ArrowRight);
    key(&mut harness, Modifiers::NONE, Key::ArrowRight);
    key(&mut harness, Modifiers::NONE, Key::Enter);
    harness.get_by_label("Aaaa → Cccc");
    key(&mut harness, Modifiers::NONE, Key::E);
    assert_eq!(last_step(&harness), "Connect Aaaa → Cccc");
    // A name can be typed as well, and one that is not there makes a system.
    click(&mut harness, "Bbbb, Service");
    key(&mut harness, Modifiers::NONE, Key::C);
    enter(&mut harness, "System to connect with", "cc");
    harness.get_by_label("Bbbb → Cccc");
    key(&mut harness, Modifiers::NONE, Key::Q);
    click(&mut harness, "Bbbb, Service");
    key(&mut harness, Modifiers::NONE, Key::C);
    enter(&mut harness, "System to connect with", "Mail");
    key(&mut harness, Modifiers::NONE, Key::C);
    let model = model(&harness);
    let ends: Vec<(&str, &str)> =
        model.interactions.values().map(|line| (line.from.as_str(), line.to.as_str())).collect();
    assert_eq!(ends, [("a", "c"), ("b", "c"), ("b", "mail")]);
}

#[test]
fn keys_lead_from_box_to_box_and_enter_renames() {
    let (_folder, mut harness) = on(THREE);
    click(&mut harness, "Aaaa, Service");
    key(&mut harness, Modifiers::COMMAND, Key::ArrowRight);
    assert_eq!(harness.state().selected(), ["system:b"]);
    key(&mut harness, Modifiers::COMMAND, Key::ArrowDown);
    assert_eq!(harness.state().selected(), ["system:c"]);
    assert!(harness.get_by_label("Cccc, Service").is_focused());
    // With the keyboard on it, plain arrows still move it.
    key(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(pin(&harness, "system:c"), Some((700, 264)));
    key(&mut harness, Modifiers::COMMAND, Key::ArrowLeft);
    key(&mut harness, Modifiers::NONE, Key::Enter);
    enter(&mut harness, "New name", "Orders");
    assert_eq!(last_step(&harness), "Rename to Orders");
    assert!(model(&harness).systems.values().any(|system| system.name == "Orders"));
}

#[test]
fn a_step_back_leads_back_to_what_was_drawn() {
    let (_folder, mut harness) = shop();
    let all = ["Orders, Service", "Portal, Application", "Billing, Service", "Ledger, Service", "Mail, Service"];
    let stood = all.map(|label| at(&harness, label));
    let from = stood[3].center();
    drag(&mut harness, from, stood[0].center() + vec2(10.0, 30.0));
    let moved = all.map(|label| at(&harness, label));
    assert!((moved[3].center() - stood[3].center()).length() > 60.0);
    undo(&mut harness);
    assert_eq!(all.map(|label| at(&harness, label)), stood);
    key(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(all.map(|label| at(&harness, label)), moved);
}

#[test]
fn focus_begins_and_ends_and_changes_nothing() {
    let (_folder, mut harness) = shop();
    click(&mut harness, "Orders, Service");
    key(&mut harness, Modifiers::NONE, Key::D);
    harness.get_by_label("Focus on Orders");
    click(&mut harness, "Ledger, Service");
    harness.get_by_label("Focus on Ledger");
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label("Focus on Ledger").is_none());
    assert!(!harness.state().bench().is_dirty());
    assert_eq!(harness.state().selected(), ["system:ledger"]);
}

#[test]
fn a_selection_is_laid_out_anew_and_the_rest_stays() {
    let (_folder, mut harness) = shop();
    let others = ["Orders, Service", "Portal, Application", "Billing, Service"];
    let before = others.map(|label| at(&harness, label));
    let home = at(&harness, "Mail, Service");
    let to = home.center() + vec2(-20.0, 60.0);
    drag(&mut harness, home.center(), to);
    let pinned = pin(&harness, "system:mail").unwrap();
    key(&mut harness, Modifiers::NONE, Key::L);
    assert_eq!(last_step(&harness), "Lay out Mail anew");
    assert_eq!(pin(&harness, "system:mail"), None);
    for (label, stood) in others.into_iter().zip(before) {
        assert!((at(&harness, label).center() - stood.center()).length() < 30.0, "{label}");
    }
    undo(&mut harness);
    assert_eq!(pin(&harness, "system:mail"), Some(pinned));
}

#[test]
fn the_overview_moves_the_view_and_can_be_hidden() {
    let (_folder, mut harness) = on(THREE);
    let name = "Overview of the diagram: drag, or use the arrow keys, to move the view";
    assert!(harness.query_by_label(name).is_none(), "all of it can be seen");
    for _ in 0..6 {
        key(&mut harness, Modifiers::COMMAND, Key::Plus);
    }
    let map = at(&harness, name);
    let middle = harness.get_by_role_and_label(egui::Role::Canvas, "Landscape").rect().center();
    // The first box stands at the upper left of the overview.
    let corner = map.left_top() + vec2(16.0, 12.0);
    harness.hover_at(corner);
    harness.run_steps(2);
    harness.drag_at(corner);
    harness.run_steps(1);
    harness.drop_at(corner);
    harness.run_steps(4);
    let found = at(&harness, "Aaaa, Service").center();
    assert!((found - middle).length() < 250.0, "{found} {middle}");
    key(&mut harness, Modifiers::NONE, Key::M);
    assert!(harness.query_by_label(name).is_none());
}

#[test]
fn the_selection_is_copied_as_a_picture_and_as_svg() {
    let (_folder, mut harness) = on(THREE);
    let copied = |harness: &Seen<'_>| {
        let commands = harness.output().platform_output.commands.clone();
        let image = commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyImage(image) => Some(image.size),
            _ => None,
        });
        let text = commands.into_iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text),
            _ => None,
        });
        (image, text)
    };
    let next = |harness: &mut Seen<'_>| {
        for _ in 0..6 {
            harness.step();
            let found = copied(harness);
            if found != (None, None) {
                return found;
            }
        }
        (None, None)
    };
    let copy = |harness: &mut Seen<'_>| {
        let modifiers = Modifiers::COMMAND | Modifiers::SHIFT;
        harness.event(egui::Event::Key { key: Key::C, physical_key: None, pressed: true, repeat: false, modifiers });
    };
    copy(&mut harness);
    let all = next(&mut harness).0.unwrap();
    click(&mut harness, "Bbbb, Service");
    copy(&mut harness);
    let one = next(&mut harness).0.unwrap();
    assert!(one[0] < all[0] / 2 && one[1] < all[1] / 2 && one[1] >= 2 * 56, "{one:?} of {all:?}");
    click(&mut harness, "Edit");
    harness.get_by_label("Copy as SVG").click();
    let svg = next(&mut harness).1.unwrap();
    assert!(svg.contains(">Bbbb</text>") && !svg.contains(">Cccc</text>"), "{svg}");
}

#[test]
fn a_double_click_in_a_frame_puts_the_new_system_there() {
    let (_folder, mut harness) = shop();
    let frame = at(&harness, "Finance, domain");
    let place = frame.left_top() + vec2(6.0, 44.0);
    for _ in 0..2 {
        harness.hover_at(place);
        harness.drag_at(place);
        harness.drop_at(place);
    }
    harness.run_steps(8);
    enter(&mut harness, "Name of the system", "Tax");
    let model = model(&harness);
    assert_eq!(
        model.systems[&"tax".parse().unwrap()].domain.known().map(ToString::to_string).as_deref(),
        Some("finance")
    );
}
