//! The menus by keyboard, and what is in them: whatever a hand can do has a name and a place there.

use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable},
};
use spandrel::model::Key;

use crate::{project, seat::Window};

fn legacy<'a>() -> Harness<'a, Window> {
    Window::harness(Some(project("examples/retail-legacy.ron")))
}

fn press(harness: &mut Harness<'_, Window>, modifiers: egui::Modifiers, key: egui::Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

/// Runs a command from the palette.
fn run(harness: &mut Harness<'_, Window>, command: &str) {
    press(harness, egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::P);
    harness.get_by_role_and_label(egui::Role::TextInput, "Command or element").type_text(command);
    harness.run_steps(3);
    press(harness, egui::Modifiers::NONE, egui::Key::Enter);
    harness.run_steps(2);
}

fn select(harness: &mut Harness<'_, Window>, keys: &[&str]) {
    let keys: Vec<Key> = keys.iter().map(|key| key.parse().unwrap()).collect();
    harness.state_mut().app.as_mut().unwrap().choose(&keys);
    harness.run_steps(2);
}

/// What has the keyboard, by name.
fn focused(harness: &Harness<'_, Window>) -> String {
    let mut nodes = harness.root().children_recursive();
    let node = nodes.find(|node| node.accesskit_node().is_focused());
    node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

#[test]
fn f6_goes_round_the_panels_and_f10_into_the_menus() {
    let mut harness = legacy();
    let mut names = Vec::new();
    for _ in 0..9 {
        press(&mut harness, egui::Modifiers::NONE, egui::Key::F6);
        names.push(focused(&harness));
    }
    assert_eq!(names[0], "Landscape");
    assert_eq!(&names[4..7], ["File", "Quick entry", "Search the model"]);
    assert_eq!(names[8], names[0], "{names:?}");
    press(&mut harness, egui::Modifiers::SHIFT, egui::Key::F6);
    assert_eq!(focused(&harness), names[7]);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::F10);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::ArrowRight);
    harness.get_by_label_contains("Select all");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::ArrowDown);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::ArrowUp);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::ArrowUp);
    // From the first to the last, and to the one before.
    assert_eq!(focused(&harness), "Go to element… Ctrl+P");
}

#[test]
fn left_and_right_go_from_menu_to_menu() {
    let mut harness = legacy();
    let none = egui::Modifiers::NONE;
    let go = |harness: &mut Harness<'_, Window>, key: egui::Key| {
        press(harness, none, key);
        harness.run_steps(4);
        focused(harness)
    };
    press(&mut harness, none, egui::Key::F10);
    assert_eq!(go(&mut harness, egui::Key::ArrowDown), "New Ctrl+N");
    assert_eq!(go(&mut harness, egui::Key::ArrowRight), "History… Ctrl+Shift+H", "what cannot be done is passed over");
    assert!(harness.query_by_label_contains("Save as…").is_none(), "one menu is open at a time");
    // A menu inside is opened by Right and left by Left.
    assert_eq!(go(&mut harness, egui::Key::ArrowRight), "Go to");
    let inside = go(&mut harness, egui::Key::ArrowRight);
    assert_eq!(inside, "Landscape Ctrl+1");
    assert_eq!(go(&mut harness, egui::Key::ArrowLeft), "Go to");
    assert_eq!(go(&mut harness, egui::Key::ArrowRight), inside);
    // From the end of the ways in, on to the next of the bar.
    assert_eq!(go(&mut harness, egui::Key::ArrowRight), "Quick entry Ctrl+K");
    assert_eq!(go(&mut harness, egui::Key::ArrowLeft), "Go to");
    assert_eq!(go(&mut harness, egui::Key::ArrowLeft), "History… Ctrl+Shift+H");
    assert_eq!(go(&mut harness, egui::Key::ArrowLeft), "New Ctrl+N");
    assert_eq!(go(&mut harness, egui::Key::ArrowLeft), "All commands… Ctrl+Shift+P", "before the first comes the last");
    // One opened by the pointer answers the same keys.
    press(&mut harness, none, egui::Key::Escape);
    press(&mut harness, none, egui::Key::Escape);
    harness.get_by_role_and_label(egui::Role::Button, "Insert").click();
    harness.run_steps(3);
    assert_eq!(go(&mut harness, egui::Key::ArrowRight), "Next finding F8");
}

#[test]
fn alt_alone_leads_to_the_menus_and_escape_back() {
    let mut harness = legacy();
    let alt = |harness: &mut Harness<'_, Window>, between: Option<egui::Key>| {
        harness.key_down(egui::Key::AltLeft);
        harness.run_steps(2);
        if let Some(key) = between {
            harness.key_press_modifiers(egui::Modifiers::ALT, key);
            harness.run_steps(2);
        }
        harness.key_up(egui::Key::AltLeft);
        harness.run_steps(4);
    };
    let none = egui::Modifiers::NONE;
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::K);
    assert_eq!(focused(&harness), "Quick entry");
    alt(&mut harness, None);
    assert_eq!(focused(&harness), "File");
    assert!(harness.query_by_label_contains("Save as…").is_none(), "nothing is open yet");
    press(&mut harness, none, egui::Key::ArrowRight);
    press(&mut harness, none, egui::Key::ArrowLeft);
    press(&mut harness, none, egui::Key::ArrowLeft);
    assert_eq!(focused(&harness), "Help");
    press(&mut harness, none, egui::Key::ArrowDown);
    harness.run_steps(4);
    assert!(focused(&harness).starts_with("All commands…"), "{}", focused(&harness));
    press(&mut harness, none, egui::Key::Escape);
    assert_eq!(focused(&harness), "Help");
    assert!(harness.query_by_label_contains("All commands…").is_none());
    press(&mut harness, none, egui::Key::Escape);
    assert_eq!(focused(&harness), "Quick entry", "back to where it was");
    // Alt again leaves too; with a letter it opens the menu of that letter, with another key it is no Alt alone.
    alt(&mut harness, None);
    alt(&mut harness, None);
    assert_eq!(focused(&harness), "Quick entry");
    alt(&mut harness, Some(egui::Key::X));
    harness.get_by_label_contains("Blueprint as PDF");
    press(&mut harness, none, egui::Key::Escape);
    press(&mut harness, none, egui::Key::Escape);
    alt(&mut harness, Some(egui::Key::ArrowLeft));
    assert_eq!(focused(&harness), "Quick entry");
    // What is chosen there leaves the menus as well.
    alt(&mut harness, Some(egui::Key::E));
    press(&mut harness, none, egui::Key::ArrowDown);
    while !focused(&harness).starts_with("Select all") {
        press(&mut harness, none, egui::Key::ArrowDown);
    }
    press(&mut harness, none, egui::Key::Enter);
    harness.run_steps(4);
    assert_eq!(focused(&harness), "Quick entry");
    assert!(!harness.state().selected().is_empty());
}

#[test]
fn findings_are_grouped_left_out_and_looked_for_by_command() {
    let mut harness = legacy();
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::J);
    run(&mut harness, "Findings by element");
    // The panel opens, so that something is seen of it.
    let heading = |harness: &Harness<'_, Window>, name: &str| {
        harness.query_all_by_role_and_label(egui::Role::Button, name).next().is_some()
    };
    assert!(heading(&harness, "ERP"), "grouped by element");
    run(&mut harness, "Findings by domain");
    assert!(!heading(&harness, "ERP"), "no more");
    let domains = harness.query_all_by_role_and_label(egui::Role::Button, "Finance").count();
    run(&mut harness, "Findings by severity");
    let left = harness.query_all_by_role_and_label(egui::Role::Button, "Finance").count();
    assert!(left < domains, "{left} of {domains}");
    let off = |harness: &Harness<'_, Window>, what: &str| {
        let pill =
            harness.query_all_by_label_contains(what).find(|node| node.accesskit_node().role() == egui::Role::Button);
        pill.unwrap().accesskit_node().toggled() == Some(egui::accesskit::Toggled::False)
    };
    assert!(!off(&harness, " error"));
    run(&mut harness, "List errors");
    assert!(off(&harness, " error"));
    run(&mut harness, "List errors");
    assert!(!off(&harness, " error"));
    run(&mut harness, "Filter findings");
    assert_eq!(focused(&harness), "Filter findings");
}

#[test]
fn what_is_known_of_an_element_is_asked_for_by_command() {
    let mut harness = legacy();
    select(&mut harness, &["system:orders"]);
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::I);
    run(&mut harness, "Set owner");
    assert_eq!(focused(&harness), "Owner");
    harness.get_by_role_and_label(egui::Role::TextInput, "Owner").type_text("New people");
    harness.run_steps(3);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    let undone = harness.state().bench().history().to_undo().unwrap_or_default().to_owned();
    assert!(undone.contains("wner"), "{undone}");
    run(&mut harness, "Stage: Governed");
    assert_eq!(harness.state().bench().history().to_undo(), Some("Stage governed"));
    let interaction = harness.state().model().interactions.keys().next().unwrap().clone();
    select(&mut harness, &[&format!("interaction:{interaction}")]);
    run(&mut harness, "Record as a decision");
    harness.get_by_role_and_label(egui::Role::Button, "Record");
}

#[test]
fn another_day_is_asked_for_and_taken_back_by_command() {
    let mut harness = legacy();
    run(&mut harness, "As of another day");
    assert_eq!(focused(&harness), "As of");
    harness.get_by_role_and_label(egui::Role::TextInput, "As of").type_text("2031-01-01");
    harness.run_steps(3);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    harness.get_by_label("The model as of 2031-01-01");
    run(&mut harness, "As of today");
    harness.get_by_label(&format!("The model as of {}", crate::day()));
}

#[test]
fn files_from_before_and_templates_are_in_the_menu() {
    let mut harness = legacy();
    run(&mut harness, "Legacy isolation");
    assert!(harness.state().bench().path.is_none());
    assert!(!harness.state().model().systems.is_empty());
    harness.get_by_role_and_label(egui::Role::Button, "File").click();
    harness.run_steps(3);
    harness.get_by_label("Open recent").click();
    harness.run_steps(4);
    harness.get_by_label("retail-legacy.ron").click();
    harness.run_steps(4);
    assert!(harness.state().bench().path.is_some());
}

#[test]
fn the_filter_is_opened_by_command_and_gone_through_by_keys() {
    let mut harness = legacy();
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::Num3);
    run(&mut harness, "Filter…");
    harness.get_by_role_and_label(egui::Role::Canvas, "Landscape");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::ArrowDown);
    assert_eq!(focused(&harness), "Domains");
    select(&mut harness, &["system:orders"]);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Escape);
    run(&mut harness, "Show with neighbours");
    run(&mut harness, "One hop more");
    harness.get_by_label_contains("and 2 hops");
    run(&mut harness, "One hop fewer");
    harness.get_by_label_contains("and 1 hop");
}

#[test]
fn a_key_that_can_do_nothing_says_why() {
    let mut harness = legacy();
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::Period);
    harness.get_by_label("Fix this finding: choose a finding that the program can fix");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::F2);
    harness.get_by_label("Rename: select one element that has a name");
    // It is said until something else is done.
    press(&mut harness, egui::Modifiers::NONE, egui::Key::F8);
    assert!(harness.query_by_label("Rename: select one element that has a name").is_none());
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::Num3);
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::Plus);
    harness.get_by_label("Zoom in: show the landscape first");
    // What is left out of the list cannot be gone to.
    run(&mut harness, "Filter findings");
    harness.get_by_role_and_label(egui::Role::TextInput, "Filter findings").type_text("xqzxqz");
    harness.run_steps(2);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::F8);
    harness.get_by_label("No finding is left by what is hidden and by the filter");
}

#[test]
fn what_changes_the_diagram_shows_it() {
    let mut harness = legacy();
    for command in ["Frames by team", "Collapse all", "Lens: owner", "Open all"] {
        press(&mut harness, egui::Modifiers::COMMAND, egui::Key::Num3);
        assert!(harness.query_by_role_and_label(egui::Role::Canvas, "Landscape").is_none());
        run(&mut harness, command);
        assert!(harness.query_by_role_and_label(egui::Role::Canvas, "Landscape").is_some(), "{command}");
    }
}

/// Dialogs are answered by Enter: nobody has to reach for the mouse.
#[test]
fn enter_answers_the_questions_of_dialogs() {
    let mut harness = legacy();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.md");
    run(&mut harness, "Blueprint as Markdown");
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::A);
    harness.get_by_role_and_label(egui::Role::TextInput, "Path").type_text(&path.display().to_string());
    harness.run_steps(2);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    assert!(path.is_file());
    press(&mut harness, egui::Modifiers::NONE, egui::Key::F8);
    // Who has chosen a finding means this, and not a waiver by its rule.
    run(&mut harness, "waive");
    for (field, text) in [("Reason", "Gone by spring"), ("Approved by", "The board"), ("Expires on", "2027-01-31")] {
        assert_eq!(focused(&harness), field);
        harness.get_by_role_and_label(egui::Role::TextInput, field).type_text(text);
        harness.run_steps(2);
        press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    }
    assert!(harness.state().bench().history().to_undo().unwrap_or_default().starts_with("Waive "));
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::N);
    assert_eq!(focused(&harness), "Save");
}

#[test]
fn policy_and_report_are_looked_at_by_command() {
    let mut harness = legacy();
    run(&mut harness, "Policy");
    assert_eq!(harness.state().selected(), ["policy:policy"]);
    run(&mut harness, "What documents say");
    assert_eq!(harness.state().selected(), ["report:report"]);
}

#[test]
fn the_only_other_system_is_meant_and_the_first_arrow_leads_somewhere() {
    let two = "(model: (format: 1, name: \"Shop\"), systems: {\"a\": (name: \"Alpha\", kind: Service), \"b\": (name: \
               \"Beta\", kind: Service)})";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.ron");
    std::fs::write(&path, two).unwrap();
    let mut harness = Window::harness(Some(path));
    select(&mut harness, &["system:a"]);
    run(&mut harness, "Connection…");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Q);
    assert!(harness.state().model().interactions.contains_key(&"a-b".parse().unwrap()));
    // What stands at the edge has nothing beyond it.
    let mut harness = legacy();
    select(&mut harness, &["system:carrier"]);
    for key in [egui::Key::ArrowLeft, egui::Key::ArrowDown, egui::Key::ArrowUp, egui::Key::ArrowRight] {
        run(&mut harness, "Connection…");
        press(&mut harness, egui::Modifiers::NONE, key);
        press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
        harness.get_by_label_contains("asks it to change something");
        press(&mut harness, egui::Modifiers::NONE, egui::Key::Escape);
    }
}
