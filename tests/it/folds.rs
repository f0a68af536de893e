//! What of the diagram is shown: containers folded and opened, neighbours, flows, lines that stand for several.

use egui_kittest::{Harness, kittest::Queryable};

use crate::{
    hand::{enter, press},
    seat::Window,
};

/// A window on the shop of the plans.
fn shop<'a>() -> (tempfile::TempDir, Harness<'a, Window>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.ron");
    std::fs::write(&path, crate::plan::SHOP).unwrap();
    let harness = Window::harness(Some(path));
    (folder, harness)
}

#[test]
fn containers_are_collapsed_opened_and_opened_for_what_is_looked_for() {
    let (_folder, mut harness) = shop();
    let collapsed = "Finance, collapsed, 2 systems";
    harness.get_by_label("Finance, domain").focus();
    harness.run_steps(2);
    harness.key_press(egui::Key::Enter);
    harness.run_steps(5);
    harness.get_by_label(collapsed);
    assert!(harness.query_by_label("Billing, Service").is_none());
    // What crosses its edge is one line that counts.
    harness.get_by_label("Orders to Finance: 2 events");
    harness.key_press(egui::Key::O);
    harness.run_steps(5);
    harness.get_by_label("Billing, Service");
    press(&mut harness, "View");
    press(&mut harness, "Collapse all");
    harness.get_by_label("Sales, collapsed, 2 systems");
    // Looking for a system opens what hides it, and nothing else.
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::F);
    harness.run_steps(3);
    enter(&mut harness, "Search the model", "ledger");
    harness.get_by_label("Ledger, Service");
    harness.get_by_label("Sales to Billing: 2 events");
    assert_eq!(harness.state().selected(), ["system:ledger"]);
    press(&mut harness, "View");
    press(&mut harness, "Open all");
    harness.get_by_label("Portal, Application");
    // Nothing of this is a change of the model.
    assert!(!harness.state().bench().is_dirty());
}

#[test]
fn a_line_that_stands_for_several_lists_them() {
    let (_folder, mut harness) = shop();
    press(&mut harness, "Portal to Orders: command CancelOrder, PlaceOrder");
    assert_eq!(harness.state().selected(), ["interaction:cancel"]);
    press(&mut harness, "Portal → Orders (PlaceOrder)");
    assert_eq!(harness.state().selected(), ["interaction:place"]);
    // A line that stands for one is selected, and lists nothing.
    press(&mut harness, "Portal to Orders: query GetOrder");
    assert_eq!(harness.state().selected(), ["interaction:get"]);
    assert!(harness.query_by_label("Portal → Orders (PlaceOrder)").is_none());
    // The trunk of an event is everyone who gets it.
    press(&mut harness, "Orders to Billing, Mail: event OrderCancelled");
    assert_eq!(harness.state().selected(), ["interaction:cancelled-billing", "interaction:cancelled-mail"]);
    harness.key_press(egui::Key::Escape);
    harness.run_steps(3);
    assert!(harness.query_by_label("Orders → Mail (OrderCancelled)").is_none());
    assert_eq!(harness.state().selected().len(), 2);
}

#[test]
fn neighbours_and_flows_are_shown_and_left() {
    let (_folder, mut harness) = shop();
    press(&mut harness, "Mail, Service");
    harness.key_press(egui::Key::H);
    harness.run_steps(5);
    harness.get_by_label("Mail and 1 hop");
    harness.get_by_label("Orders, Service");
    assert!(harness.query_by_label("Portal, Application").is_none());
    press(&mut harness, "More hops");
    harness.get_by_label("Mail and 2 hops");
    harness.get_by_label("Portal, Application");
    harness.key_press(egui::Key::Escape);
    harness.run_steps(5);
    assert!(harness.query_by_label("Show all").is_none());
    press(&mut harness, "Kafka to Billing, Warehouse: event OrderPlaced");
    harness.key_press(egui::Key::Escape);
    harness.run_steps(3);
    press(&mut harness, "View");
    press(&mut harness, "Show flow");
    harness.get_by_label_contains("the flow of ");
    harness.get_by_label("Warehouse, Service");
    assert!(harness.query_by_label("Portal, Application").is_none());
    // What the view does not show is found in the landscape.
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::F);
    harness.run_steps(3);
    enter(&mut harness, "Search the model", "portal");
    harness.get_by_label("Portal, Application");
    assert!(harness.query_by_label("Show all").is_none());
    assert!(!harness.state().bench().is_dirty());
}
