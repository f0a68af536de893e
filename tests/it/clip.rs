//! Cut, copy and paste: from the menu and by keys, in tables, in the matrix and on the canvas.

use std::collections::BTreeSet;

use egui::{Event, Key as Press, Modifiers, ViewportCommand};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use spandrel::{
    entry::{Index, lines_of, plan},
    model::{Key, Model},
};

use crate::{
    hand::{cell, clipped, keys, legacy, pastes, press, undo},
    open,
    seat::Window,
};

/// Whether a command was handed to the window system in one of the next frames.
fn asked(harness: &mut Harness<'_, Window>, wanted: &ViewportCommand) -> bool {
    (0..8).any(|_| {
        let found = harness.output().viewport_output.values().any(|view| view.commands.contains(wanted));
        harness.run_steps(1);
        found
    })
}

#[test]
fn a_cell_is_copied_cut_and_pasted_into_others() {
    let mut harness = legacy(Press::Num3);
    let kind = cell(&harness, "Kind of ");
    press(&mut harness, &kind);
    let text = clipped(&mut harness, Event::Copy);
    assert_eq!(Some(text.as_str()), kind.rsplit(": ").next());
    // What an interaction cannot be without is not cut.
    assert_eq!(clipped(&mut harness, Event::Cut), "");
    assert!(!harness.state().bench().is_dirty());
    let contract = cell(&harness, "Contract of ");
    press(&mut harness, &contract);
    let name = clipped(&mut harness, Event::Cut);
    assert!(contract.ends_with(&name) && !name.is_empty(), "{name}");
    assert!(undo(&harness).starts_with("Contract of "), "{}", undo(&harness));
    keys(&mut harness, Modifiers::SHIFT, &[Press::ArrowDown; 2]);
    pastes(&mut harness, &name);
    assert_eq!(undo(&harness), "Set contract of 3 rows");
    keys(&mut harness, Modifiers::COMMAND, &[Press::Z; 2]);
    assert!(!harness.state().bench().is_dirty());
}

#[test]
fn the_menu_copies_what_the_keys_copy() {
    let mut harness = legacy(Press::Num3);
    let kind = cell(&harness, "Kind of ");
    press(&mut harness, &kind);
    press(&mut harness, "Edit");
    harness.get_by_label_contains("Copy rows").click();
    harness.run_steps(3);
    harness.get_by_label("Copied 1 interaction with headings");
    press(&mut harness, "Edit");
    let labels = |harness: &Harness<'_, Window>, begin: &str| -> Vec<String> {
        let all = harness.query_all_by_role(egui::accesskit::Role::Button);
        all.filter_map(|node| node.accesskit_node().label()).filter(|label| label.starts_with(begin)).collect()
    };
    let copy = labels(&harness, "Copy").into_iter().find(|label| label.contains("Ctrl+C") || label == "Copy").unwrap();
    harness.get_by_label(&copy).click_accesskit();
    harness.run_steps(1);
    assert!(asked(&mut harness, &ViewportCommand::RequestCopy));
    // The menu has had the keyboard; the table answers all the same.
    let text = clipped(&mut harness, Event::Copy);
    assert_eq!(Some(text.as_str()), kind.rsplit(": ").next());
}

#[test]
fn letters_of_the_matrix_are_cut_and_pasted() {
    let mut harness = legacy(Press::Num2);
    press(&mut harness, "Order in Billing: update directly in a store; in conflict with the other writers");
    assert_eq!(clipped(&mut harness, Event::Copy), "u");
    assert_eq!(clipped(&mut harness, Event::Cut), "u");
    assert_eq!(undo(&harness), "Billing has nothing to do with Order");
    pastes(&mut harness, "CR");
    assert_eq!(undo(&harness), "Paste 1 cell");
    harness.get_by_label("Order in Billing: create, read");
    pastes(&mut harness, "X");
    harness.get_by_label_contains("letters of C, R, U and D");
}

#[test]
fn a_selection_of_the_diagram_is_copied_as_lines_and_pasted_as_elements() {
    let mut harness = legacy(Press::Num1);
    let of = |text: &str| text.parse::<Key>().unwrap();
    harness.state_mut().app.as_mut().unwrap().choose(&[
        of("system:orders"),
        of("system:pricing"),
        of("store:orders-db"),
    ]);
    harness.run_steps(2);
    let text = clipped(&mut harness, Event::Copy);
    let lines: Vec<&str> = text.lines().collect();
    assert!(text.contains("\nOrders : service critical @ Sales in "), "{text}");
    // Elsewhere, where nobody knows the boundary, the same lines make the same.
    let other = Model::new("Elsewhere");
    assert!(plan(&other, &Index::new(&other), &text).is_ok(), "{text}");
    assert!(text.contains("\nOrders owns store orders-db\n"), "{text}");
    assert!(lines.last().unwrap().starts_with("Orders -> Pricing : query "), "{text}");
    let before = harness.state().model().systems.len();
    pastes(&mut harness, "Gift cards : service @ Sales\nVouchers\n");
    assert_eq!(harness.state().model().systems.len(), before, "it is shown before it is done");
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    assert_eq!(harness.state().model().systems.len(), before + 2);
}

/// Everything that lines speak of.
fn all(model: &Model) -> BTreeSet<Key> {
    model.keys().into_iter().filter(|key| !key.kind.is_single()).collect()
}

#[test]
fn lines_change_nothing_where_they_were_made_and_make_the_same_elsewhere() {
    for example in ["retail-legacy", "retail-target", "astronomy-shop"] {
        let model = open(&format!("examples/{example}.ron"));
        let text = lines_of(&model, &all(&model));
        let here = plan(&model, &Index::new(&model), &text);
        assert_eq!(here.as_ref().map(|plan| plan.edits.len()), Ok(0), "{example}: {here:#?}\n{text}");
        let mut other = Model::new("Elsewhere");
        let there =
            plan(&other, &Index::new(&other), &text).unwrap_or_else(|troubles| panic!("{example}: {troubles:#?}"));
        other.apply(&there.edits).unwrap();
        assert_eq!(other.systems.len(), model.systems.len());
        assert_eq!(other.stores.len(), model.stores.len());
        let named = |model: &Model| -> BTreeSet<String> {
            model.systems.values().map(|system| format!("{} {}", system.name, system.kind)).collect()
        };
        assert_eq!(named(&other), named(&model), "{example}");
    }
}
