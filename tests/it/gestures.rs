//! What the hand does on the canvas and lets go of: with Escape, outside, and when what it holds is gone.

use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::Queryable;

use crate::canvas::{Seen, at, click, hold, on};

fn key(harness: &mut Seen<'_>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(4);
}

fn let_go(harness: &mut Seen<'_>, at: Pos2) {
    harness.drop_at(at);
    harness.run_steps(5);
}

const SALES: &str = r#"(
    model: (format: 1, name: "Three"),
    systems: {
        "billing": (name: "Billing", kind: Service, domain: "finance"),
        "checkout": (name: "Checkout", kind: Service, domain: "sales"),
        "orders": (name: "Orders", kind: Service, domain: "sales"),
    },
    domains: {"finance": (name: "Finance"), "sales": (name: "Sales")},
)"#;

#[test]
fn escape_puts_back_what_the_hand_holds() {
    let (_folder, mut harness) = on(SALES);
    let stood = at(&harness, "Checkout, Service");
    let frame = at(&harness, "Sales, domain").left_top() + vec2(8.0, 6.0);
    for (from, to) in [
        (stood.center(), at(&harness, "Billing, Service").center()),
        (frame, frame + vec2(60.0, 80.0)),
        (at(&harness, "Finance, domain").left_top() + vec2(8.0, 6.0), stood.center()),
    ] {
        hold(&mut harness, from, to);
        key(&mut harness, Modifiers::NONE, Key::Escape);
        harness.hover_at(to + vec2(3.0, 0.0));
        harness.run_steps(2);
        let_go(&mut harness, to);
        assert_eq!(harness.state().steps(), 0);
        assert_eq!(at(&harness, "Checkout, Service"), stood);
    }
    // It ends a marquee without selecting, and leaves what was selected.
    click(&mut harness, "Billing, Service");
    let canvas = harness.get_by_role_and_label(egui::Role::Canvas, "Landscape").rect();
    let (from, to) = (canvas.left_bottom() + vec2(6.0, -6.0), canvas.right_top() + vec2(-6.0, 6.0));
    hold(&mut harness, from, to);
    key(&mut harness, Modifiers::NONE, Key::Escape);
    let_go(&mut harness, to);
    assert_eq!(harness.state().selected(), ["system:billing"]);
    hold(&mut harness, from, to);
    let_go(&mut harness, to);
    assert_eq!(harness.state().selected().len(), 3);
}

#[test]
fn what_goes_while_it_is_held_ends_the_drag() {
    let (_folder, mut harness) = on(SALES);
    let from = at(&harness, "Checkout, Service").center();
    hold(&mut harness, from, from + vec2(20.0, 60.0));
    key(&mut harness, Modifiers::NONE, Key::Delete);
    assert!(harness.query_by_label("Checkout, Service").is_none());
    let_go(&mut harness, from + vec2(24.0, 64.0));
    assert_eq!(harness.state().bench().history().to_undo(), Some("Delete Checkout"));
    assert_eq!(harness.state().steps(), 1);
    // The hand is free again: the dots from which lines are drawn are there.
    let orders = at(&harness, "Orders, Service");
    harness.hover_at(orders.center());
    harness.run_steps(3);
    assert!(harness.query_all_by_label("Connect from Orders, Service").count() > 0);
    // What stays, while something else goes, is still held: it is put where the hand is.
    let from = orders.center();
    hold(&mut harness, from, from + vec2(0.0, 60.0));
    key(&mut harness, Modifiers::COMMAND, Key::Z);
    harness.get_by_label("Checkout, Service");
    let_go(&mut harness, from + vec2(0.0, 60.0));
    assert_eq!(harness.state().bench().history().to_undo(), Some("Move Orders"));
}

#[test]
fn what_is_let_go_beside_the_canvas_goes_back() {
    let (_folder, mut harness) = on(SALES);
    let stood = at(&harness, "Checkout, Service");
    let canvas = harness.get_by_role_and_label(egui::Role::Canvas, "Landscape").rect();
    let beside = [canvas.right_center() + vec2(80.0, 0.0), canvas.center_bottom() + vec2(0.0, 40.0)];
    for to in beside {
        hold(&mut harness, stood.center(), to);
        let_go(&mut harness, to);
        assert_eq!(harness.state().steps(), 0);
        assert_eq!(at(&harness, "Checkout, Service"), stood);
    }
    // Back over the canvas it can be put down.
    hold(&mut harness, stood.center(), beside[0]);
    let to = stood.center() + vec2(0.0, 40.0);
    harness.hover_at(to);
    harness.run_steps(2);
    let_go(&mut harness, to);
    assert_eq!(harness.state().bench().history().to_undo(), Some("Move Checkout"));
}

#[test]
fn what_was_deleted_comes_back_where_it_stood() {
    let (_folder, mut harness) = on(crate::plan::SHOP);
    let labels = ["Orders, Service", "Ledger, Service", "Mail, Service"];
    let stood = labels.map(|label| at(&harness, label));
    key(&mut harness, Modifiers::COMMAND, Key::A);
    key(&mut harness, Modifiers::NONE, Key::Delete);
    assert!(harness.query_by_label("Orders, Service").is_none());
    harness.run_steps(3);
    key(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(labels.map(|label| at(&harness, label)), stood);
    // What a step back draws out of sight is brought into it.
    let canvas = harness.get_by_role_and_label(egui::Role::Canvas, "Landscape").rect();
    click(&mut harness, "Orders, Service");
    key(&mut harness, Modifiers::NONE, Key::Delete);
    for _ in 0..30 {
        harness.key_press(Key::ArrowDown);
        harness.run_steps(2);
    }
    assert!(harness.query_by_label("Mail, Service").is_none_or(|node| !canvas.intersects(node.rect())));
    key(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(canvas.contains_rect(at(&harness, "Orders, Service")));
}

#[test]
fn a_selection_is_duplicated_and_copies_are_pasted_in_the_same_model() {
    let (_folder, mut harness) = on(SALES);
    let names = |harness: &Seen<'_>| {
        let names = harness.state().model().systems.values().map(|system| system.name.clone());
        names.collect::<Vec<_>>().join(", ")
    };
    click(&mut harness, "Orders, Service");
    key(&mut harness, Modifiers::COMMAND, Key::D);
    assert_eq!(harness.state().bench().history().to_undo(), Some("Duplicate Orders"));
    assert_eq!(names(&harness), "Billing, Checkout, Orders, Orders 2");
    assert_eq!(harness.state().selected(), ["system:orders-2"]);
    harness.get_by_label("Orders 2, Service");
    key(&mut harness, Modifiers::COMMAND, Key::Z);
    // The clipboard of the same model brings copies; another text is read as lines.
    click(&mut harness, "Orders, Service");
    harness.get_by_label("Checkout, Service").click_modifiers(Modifiers::COMMAND);
    harness.run_steps(3);
    harness.event(egui::Event::Copy);
    harness.step();
    let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    harness.run_steps(2);
    harness.event(egui::Event::Paste(copied.unwrap().replace('\n', "\r\n")));
    harness.run_steps(4);
    assert_eq!(harness.state().bench().history().to_undo(), Some("Duplicate 2 elements"));
    assert_eq!(names(&harness), "Billing, Checkout, Checkout 2, Orders, Orders 2");
    let sales = &"sales".parse().unwrap();
    assert!(harness.state().model().systems[&"checkout-2".parse().unwrap()].domain.is(sales));
    harness.event(egui::Event::Paste("Shipping @ Sales".to_owned()));
    harness.run_steps(4);
    harness.get_by_label("Enter all lines");
}

#[test]
fn rows_of_the_tree_are_selected_several_at_once() {
    let (_folder, mut harness) = on(SALES);
    let row = |harness: &mut Seen<'_>, label: &str, modifiers: Modifiers| {
        harness.get_by_role_and_label(egui::Role::TreeItem, label).click_modifiers(modifiers);
        harness.run_steps(3);
    };
    row(&mut harness, "system Billing", Modifiers::NONE);
    row(&mut harness, "system Orders", Modifiers::COMMAND);
    assert_eq!(harness.state().selected(), ["system:billing", "system:orders"]);
    row(&mut harness, "system Billing", Modifiers::COMMAND);
    assert_eq!(harness.state().selected(), ["system:orders"]);
    row(&mut harness, "system Billing", Modifiers::NONE);
    row(&mut harness, "system Orders", Modifiers::SHIFT);
    assert_eq!(harness.state().selected(), ["system:billing", "system:checkout", "system:orders"]);
    row(&mut harness, "system Checkout", Modifiers::SHIFT);
    assert_eq!(harness.state().selected(), ["system:billing", "system:checkout"]);
    // Delete in the menu of one of them is meant for all.
    harness.get_by_role_and_label(egui::Role::TreeItem, "system Billing").click_secondary();
    harness.run_steps(3);
    click(&mut harness, "Delete");
    assert_eq!(harness.state().bench().history().to_undo(), Some("Delete 2 elements"));
}

#[test]
fn what_a_collapsed_frame_hides_goes_with_it_and_the_step_says_so() {
    let (_folder, mut harness) = on(SALES);
    let frame = at(&harness, "Sales, domain").left_top() + vec2(8.0, 6.0);
    harness.hover_at(frame);
    harness.drag_at(frame);
    harness.drop_at(frame);
    harness.run_steps(12);
    key(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(harness.state().bench().history().to_undo(), Some("Delete Sales; 2 systems stay"));
    key(&mut harness, Modifiers::COMMAND, Key::Z);
    harness.get_by_label("Sales, domain").focus();
    harness.run_steps(3);
    key(&mut harness, Modifiers::NONE, Key::O);
    key(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(harness.state().bench().history().to_undo(), Some("Delete Sales and 2 elements in it"));
    assert_eq!(harness.state().model().systems.len(), 1);
}

#[test]
fn a_name_is_waited_for_and_what_is_only_planned_is_told() {
    let (_folder, mut harness) = on(SALES);
    click(&mut harness, "Orders, Service");
    key(&mut harness, Modifiers::NONE, Key::F2);
    key(&mut harness, Modifiers::COMMAND, Key::A);
    key(&mut harness, Modifiers::NONE, Key::Backspace);
    key(&mut harness, Modifiers::NONE, Key::Enter);
    let field = harness.get_by_role_and_label(egui::Role::TextInput, "New name");
    assert!(field.is_focused());
    field.type_text("Order desk");
    harness.run_steps(2);
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().bench().history().to_undo(), Some("Rename to Order desk"));
    let planned = r#"(
        model: (format: 1, name: "Later"),
        systems: {"a": (name: "Alpha", kind: Service)},
        changes: {"grow": (name: "Grow", kind: Introduce, end: "2026-01-01",
            effects: [Put("b", System((name: "Beta", kind: Service)))])},
    )"#;
    let (_folder, mut harness) = on(planned);
    click(&mut harness, "Beta, Service");
    key(&mut harness, Modifiers::NONE, Key::Delete);
    harness.get_by_label_contains("Beta comes with the change Grow: take it out there");
    assert_eq!(harness.state().steps(), 0);
}
