//! The scorecard and the questions to take home.

use egui_kittest::kittest::Queryable;

use crate::{
    hand::{fill, first, press},
    project,
    seat::Window,
};

#[test]
fn the_scorecard_counts_and_leads_to_elements() {
    let mut harness = Window::harness(None);
    press(&mut harness, "Blank");
    press(&mut harness, "Scorecard");
    harness.get_by_label_contains("Here stands how far the principles are kept");
    let mut harness = Window::harness(Some(project("examples/retail-legacy.ron")));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num6);
    harness.run_steps(4);
    harness.get_by_label_contains("Ownership before connectivity: ");
    harness.set_size([1280.0, 1700.0].into());
    harness.run_steps(4);
    press(&mut harness, "Show all interactions");
    press(&mut harness, "Only interactions that lack something");
    fill(&mut harness, "Filter the scorecard", "pricing");
    assert!(harness.query_by_label_contains("Ownership before connectivity: ").is_none());
    first(&harness, "Versioning of Pricing API: ").click();
    harness.run_steps(4);
    assert_eq!(harness.state().selected(), ["contract:pricing-api"]);
    fill(&mut harness, "Filter the scorecard", " nowhere");
    assert!(harness.query_by_label_contains("Versioning of ").is_none());
}

#[test]
fn questions_stand_under_who_can_answer_and_are_copied() {
    let mut harness = Window::harness(None);
    press(&mut harness, "Blank");
    press(&mut harness, "Questions");
    harness.get_by_label_contains("Here stands what nobody has asked yet");
    let mut harness = Window::harness(Some(project("examples/retail-legacy.ron")));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num7);
    harness.run_steps(4);
    first(&harness, "Asked of ").click();
    harness.run_steps(4);
    assert!(!harness.state().selected().is_empty());
    harness.get_by_label("Copy all").click();
    harness.step();
    let copied: Vec<String> = harness
        .output()
        .platform_output
        .commands
        .iter()
        .filter_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    assert!(copied.len() == 1 && copied[0].starts_with("## ") && copied[0].contains("\n- "), "{copied:?}");
}
