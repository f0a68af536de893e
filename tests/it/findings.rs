//! Findings in the window: listed, waived, fixed.

use egui_kittest::kittest::Queryable;

use crate::{
    hand::{copy, fill, first, press},
    project,
    seat::Window,
};

#[test]
fn a_finding_lights_what_it_is_about() {
    let mut harness = Window::harness(Some(project("examples/retail-legacy.ron")));
    harness.get_by_label("OWN003 orders-db of Orders is written directly by Billing, planned by 2027-02-26").click();
    harness.run_steps(3);
    harness.get_by_label_contains("Give the other system a command or a query of the owner");
}

#[test]
fn findings_are_grouped_hidden_and_filtered() {
    let mut harness = Window::harness(Some(project("examples/retail-legacy.ron")));
    let erp = "EVO001 ERP adapter is temporary and has no retirement date";
    harness.get_by_role_and_label(egui::Role::TextInput, "Filter findings").click();
    harness.run_steps(2);
    harness.get_by_role_and_label(egui::Role::TextInput, "Filter findings").type_text("EVO001");
    harness.run_steps(3);
    let ways = ["severity", "rule", "element", "principle", "domain", "severity"];
    for pair in ways.windows(2) {
        press(&mut harness, &format!("by {}", pair[0]));
        press(&mut harness, &format!("By {}", pair[1]));
        harness.get_by_label(erp);
    }
    first(&harness, " errors").click();
    harness.run_steps(4);
    assert!(harness.query_by_label(erp).is_none());
    first(&harness, " errors").click();
    harness.run_steps(4);
    harness.get_by_label(erp);
    harness.get_by_role_and_label(egui::Role::TextInput, "Filter findings").click();
    harness.run_steps(2);
    for _ in 0.."EVO001".len() {
        harness.key_press(egui::Key::Backspace);
    }
    harness.run_steps(12);
    harness.get_by_role_and_label(egui::Role::TextInput, "Filter findings").type_text("shared-database");
    harness.run_steps(3);
    assert!(harness.query_by_label(erp).is_none());
    harness.get_by_label("OWN003 orders-db of Orders is written directly by Billing, planned by 2027-02-26");
}

#[test]
fn findings_say_when_the_roadmap_ends_them() {
    let mut harness = Window::harness(Some(project("examples/retail-legacy.ron")));
    let finding = "OWN003 orders-db of Orders is written directly by Billing, planned by 2027-02-26";
    press(&mut harness, finding);
    harness.get_by_label("Gone by 2027-02-26: Billing asks instead of writing");
}

#[test]
fn a_finding_is_waived_with_reason_approver_and_expiry() {
    let (_folder, path) = copy("retail-legacy.ron");
    let mut harness = Window::harness(Some(path));
    let finding = "EVO001 ERP adapter is temporary and has no retirement date";
    fill(&mut harness, "Filter findings", "EVO001");
    press(&mut harness, &format!("Waive {finding}"));
    for (field, text) in [("Reason", "The ERP goes"), ("Approved by", "R. Okafor"), ("Expires on", "2020-01-01")] {
        harness.get_by_role_and_label(egui::Role::TextInput, field).click();
        harness.run_steps(2);
        harness.get_by_role_and_label(egui::Role::TextInput, field).type_text(text);
        harness.run_steps(2);
    }
    harness.get_by_label_contains("This day is past");
    for _ in 0.."2020-01-01".len() {
        harness.key_press(egui::Key::Backspace);
    }
    harness.run_steps(12);
    harness.get_by_role_and_label(egui::Role::TextInput, "Expires on").type_text("2027-06-30");
    harness.run_steps(3);
    press(&mut harness, "Waive");
    assert!(harness.query_by_label(finding).is_none());
    let model = harness.state().bench().model().clone();
    let waiver = model.waivers.values().find(|waiver| waiver.rule == "EVO001").unwrap();
    assert_eq!(waiver.approved_by.known().unwrap().to_string(), "R. Okafor");
    // What was accepted can be looked at.
    press(&mut harness, "2 waived");
    harness.get_by_label(finding);
}

#[test]
fn a_finding_is_fixed_with_a_preview_recorded_or_planned() {
    let (_folder, path) = copy("retail-legacy.ron");
    let mut harness = Window::harness(Some(path));
    let finding = "OWN004 Batch hub has no owner team";
    fill(&mut harness, "Filter findings", "OWN004");
    press(&mut harness, &format!("Fix {finding}"));
    harness.get_by_label("Answer what is asked above, and it is shown here.");
    // What is missing, and what is wrong, is said at the field.
    press(&mut harness, "Apply");
    harness.get_by_label("This is needed.");
    fill(&mut harness, "Owner", "nobody at all");
    harness.get_by_label("None has this name.");
    for _ in 0.."nobody at all".len() {
        harness.key_press(egui::Key::Backspace);
    }
    harness.run_steps(30);
    fill(&mut harness, "Owner", "storefr");
    harness.key_press(egui::Key::Enter);
    harness.run_steps(4);
    harness.get_by_label_contains("owner: \"storefront\"");
    // Planned, it needs a day, and the model stays as it is.
    press(&mut harness, "Plan it");
    fill(&mut harness, "Done by", "soon");
    fill(&mut harness, "Change", "");
    harness.get_by_label_contains("is not a date");
    fill(&mut harness, "Done by", "");
    for _ in 0.."soon".len() {
        harness.key_press(egui::Key::Backspace);
    }
    harness.run_steps(12);
    fill(&mut harness, "Done by", "2027-06-30");
    // Each key that was typed is a frame of its own.
    harness.run_steps(12);
    press(&mut harness, "Put on the roadmap");
    let model = harness.state().bench().model().clone();
    assert!(model.changes.values().any(|change| change.name == "Name the owner of Batch hub"));
    assert!(model.systems[&"batch-hub".parse().unwrap()].owner.is_none());
    harness.get_by_label(&format!("{finding}, planned by 2027-06-30"));
    // It is so already: one step, named by what was done.
    press(&mut harness, &format!("Fix {finding}"));
    fill(&mut harness, "Owner", "storefr");
    harness.key_press(egui::Key::Enter);
    harness.run_steps(4);
    press(&mut harness, "Apply");
    assert_eq!(harness.state().bench().history().to_undo(), Some("Name the owner of Batch hub"));
    assert_eq!(harness.state().selected(), ["system:batch-hub"]);
    assert!(harness.query_by_label_contains(finding).is_none());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    harness.run_steps(4);
    assert_eq!(harness.state().bench().model(), &model);
}

#[test]
fn a_fix_lights_what_it_changes_and_lets_go_of_it() {
    let mut harness = Window::harness(Some(project("examples/retail-legacy.ron")));
    press(&mut harness, "OWN003 orders-db of Orders is written directly by Billing, planned by 2027-02-26");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Period);
    harness.run_steps(4);
    harness.get_by_label("Fix OWN003 shared database");
    harness.get_by_label("What changes");
    press(&mut harness, "Cancel");
    assert!(harness.query_by_label("What changes").is_none());
    assert!(!harness.state().bench().is_dirty());
}
