//! The shell of the window: commands, the palette, the search.

use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable},
};
use spandrel::ui::commands;

use crate::{project, seat::Window};

fn legacy<'a>() -> Harness<'a, Window> {
    Window::harness(Some(project("examples/retail-legacy.ron")))
}

fn press(harness: &mut Harness<'_, Window>, modifiers: egui::Modifiers, key: egui::Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

const CTRL_SHIFT: egui::Modifiers = egui::Modifiers::COMMAND.plus(egui::Modifiers::SHIFT);
const PALETTE: &str = "Command or element";

/// Opens the palette and types into it.
fn ask(harness: &mut Harness<'_, Window>, text: &str) {
    press(harness, CTRL_SHIFT, egui::Key::P);
    harness.get_by_role_and_label(egui::Role::TextInput, PALETTE).type_text(text);
    harness.run_steps(3);
}

#[test]
fn the_palette_runs_a_command_by_a_few_letters() {
    let mut harness = legacy();
    ask(&mut harness, "qs");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Escape);
    assert!(harness.query_by_label(PALETTE).is_none());
    ask(&mut harness, "fr te");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    assert!(harness.query_by_label(PALETTE).is_none());
    assert_eq!(harness.state().bench().history().to_undo(), Some("Group by team"));
    // What was used last stands first, and arrows lead on from there.
    press(&mut harness, CTRL_SHIFT, egui::Key::P);
    let lines: Vec<_> = harness.query_all_by_role(egui::Role::ListBoxOption).collect();
    let name = |at: usize| lines[at].accesskit_node().label().unwrap_or_default();
    assert_eq!(name(0), "Frames by team");
    assert_eq!(name(1), "New, Ctrl+N");
    drop(lines);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::ArrowDown);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    harness.get_by_label("Save your changes?");
}

#[test]
fn the_palette_says_why_a_command_cannot_be_done() {
    let mut harness = legacy();
    ask(&mut harness, "connection");
    harness.get_by_label("Connection…, not now: Select one or two systems");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    harness.get_by_label(PALETTE);
}

#[test]
fn the_palette_goes_to_elements() {
    let mut harness = legacy();
    ask(&mut harness, "@loyalty club");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(harness.state().selected(), ["system:loyalty"]);
    // What is no command is an element: here an operation of a contract.
    ask(&mut harness, "GetPrice");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(harness.state().selected(), ["contract:pricing-api"]);
    ask(&mut harness, "xqzxqz");
    harness.get_by_label("No command and no element has this name.");
}

#[test]
fn every_command_runs_from_the_palette_and_everything_is_undone() {
    let all = commands();
    assert!(all.len() > 50);
    let mut harness = legacy();
    let start = spandrel::file::write(harness.state().bench().model());
    for command in &all {
        assert!(!command.menu.is_empty() && !command.hint.is_empty(), "{command:?}");
        harness.query_all_by_label_contains("Orders, Service").next().unwrap().click();
        harness.run_steps(2);
        ask(&mut harness, &command.name);
        press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
        // Whatever was asked is let go.
        for _ in 0..3 {
            press(&mut harness, egui::Modifiers::NONE, egui::Key::Escape);
        }
        while harness.state().bench().history().to_undo().is_some() {
            // Nobody types, once the landscape is shown.
            press(&mut harness, egui::Modifiers::COMMAND, egui::Key::Num1);
            press(&mut harness, egui::Modifiers::COMMAND, egui::Key::Z);
        }
        let what = format!("{} left something", command.name);
        let shown = harness.query_all_by_label_contains("Orders, Service").next().is_some();
        if command.name == "New" || command.name == "What changed" || !shown {
            harness = legacy();
        }
        let now = spandrel::file::write(harness.state().bench().model());
        assert!(now == start, "{what}");
    }
}

#[test]
fn f1_shows_the_keys_where_no_finding_is_chosen() {
    let mut harness = legacy();
    press(&mut harness, egui::Modifiers::NONE, egui::Key::F1);
    harness.get_by_label("All commands…: Ctrl+Shift+P");
    harness.get_by_label("Redo: Ctrl+Shift+Z, Ctrl+Y");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Escape);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::F8);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::F1);
    harness.get_by_label("What to do");
}

#[test]
fn the_search_counts_and_steps_through_names_words_operations_and_messages() {
    let mut harness = legacy();
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::F);
    let field = "Search the model";
    harness.get_by_role_and_label(egui::Role::TextInput, field).type_text("OrderPlaced");
    harness.run_steps(3);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    let first = harness.state().selected();
    assert!(first.len() == 1, "{first:?}");
    let said = |harness: &Harness<'_, Window>| {
        harness.get_by_role_and_label(egui::Role::TextInput, field).accesskit_node().description().unwrap_or_default()
    };
    let count: usize = said(&harness).split(" of ").last().unwrap().parse().unwrap();
    assert!(count > 4, "{}", said(&harness));
    // Forth and back again, without the pointer, and also by F3.
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    let second = harness.state().selected();
    assert_ne!(first, second);
    press(&mut harness, egui::Modifiers::SHIFT, egui::Key::Enter);
    assert_eq!(harness.state().selected(), first);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::F3);
    assert_eq!(harness.state().selected(), second);
    for _ in 0..count {
        press(&mut harness, egui::Modifiers::NONE, egui::Key::F3);
    }
    assert_eq!(harness.state().selected(), second, "after the last comes the first");
    // Let go, the tree is whole again.
    assert!(harness.query_by_label("system Warehouse system").is_none());
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::F);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Escape);
    harness.get_by_label("system Warehouse system");
}

/// The window's own state of the theme and of scale, by what a person would choose.
#[test]
fn high_contrast_and_size_are_chosen_and_taken_back() {
    let mut harness = legacy();
    let colour = |harness: &Harness<'_, Window>| harness.ctx.global_style().visuals.widgets.noninteractive.fg_stroke;
    let before = colour(&harness);
    ask(&mut harness, "high contrast");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    assert_ne!(colour(&harness).color, before.color);
    const CTRL_ALT: egui::Modifiers = egui::Modifiers::COMMAND.plus(egui::Modifiers::ALT);
    press(&mut harness, CTRL_ALT, egui::Key::Plus);
    assert_eq!(harness.ctx.zoom_factor(), 1.1);
    for _ in 0..9 {
        press(&mut harness, CTRL_ALT, egui::Key::Minus);
    }
    assert_eq!(harness.ctx.zoom_factor(), 0.8);
    press(&mut harness, CTRL_ALT, egui::Key::Num0);
    assert_eq!(harness.ctx.zoom_factor(), 1.0);
    // Where a plus takes Shift, it brings the diagram nearer all the same, and minus takes it back.
    let width = |harness: &Harness<'_, Window>| harness.get_by_label_contains("Orders, Service").rect().width();
    let fitted = width(&harness);
    press(&mut harness, CTRL_SHIFT, egui::Key::Plus);
    assert!(width(&harness) > fitted * 1.05);
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::Minus);
    assert!((width(&harness) - fitted).abs() < 1.0);
    assert_eq!(harness.ctx.zoom_factor(), 1.0);
    ask(&mut harness, "high contrast");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(colour(&harness), before);
}

const VIEWED: &str = "(model: (format: 1, name: \"Shop\"), systems: {\"a\": (name: \"Alpha\", kind: Service), \"b\": (name: \
                      \"Beta\", kind: Service)}, views: {\"first\": (title: \"Only alpha\", filter: (around: \"system:a\")), \
                      \"second\": (title: \"Only beta\", filter: (around: \"system:b\"))})";

fn viewed<'a>() -> (tempfile::TempDir, Harness<'a, Window>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.ron");
    std::fs::write(&path, VIEWED).unwrap();
    (folder, Window::harness(Some(path)))
}

#[test]
fn a_workshop_sees_the_diagram_alone_and_steps_through_its_views() {
    let (_folder, mut harness) = viewed();
    press(&mut harness, egui::Modifiers::NONE, egui::Key::F11);
    assert!(harness.query_by_label("File").is_none());
    harness.get_by_role_and_label(egui::Role::TextInput, "Quick entry");
    harness.get_by_label("1 of 3");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::ArrowRight);
    harness.get_by_label("Only alpha");
    harness.get_by_label_contains("Alpha, Service");
    assert!(harness.query_by_label_contains("Beta, Service").is_none());
    press(&mut harness, egui::Modifiers::NONE, egui::Key::PageDown);
    harness.get_by_label("Only beta");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::ArrowRight);
    harness.get_by_label("1 of 3");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::ArrowLeft);
    harness.get_by_label("3 of 3");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Escape);
    harness.get_by_label("File");
    assert_eq!(harness.ctx.zoom_factor(), 1.0);
}

#[test]
fn what_a_workshop_changed_is_listed_gone_to_and_copied() {
    let (_folder, mut harness) = viewed();
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::K);
    harness.get_by_role_and_label(egui::Role::TextInput, "Quick entry").type_text("Alpha -> Beta : query GetIt");
    harness.run_steps(2);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    press(&mut harness, CTRL_SHIFT, egui::Key::L);
    harness.get_by_label("Since the model was opened");
    harness.get_by_label_contains("Added Interaction Alpha → Beta").click();
    harness.run_steps(3);
    assert_eq!(harness.state().selected(), ["interaction:a-b"]);
    harness.get_by_label("Copy as Markdown").click();
    harness.step();
    let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.unwrap();
    assert!(copied.starts_with("## Since the model was opened\n\n### Added\n\n- Interaction Alpha → Beta"), "{copied}");
    ask(&mut harness, "begin a workshop");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    harness.get_by_label("Since the workshop began");
    harness.get_by_label_contains("Nothing yet.");
}

/// What can have the keyboard and has no name, or no role that says what it is.
fn nameless(harness: &Harness<'_, Window>) -> Vec<String> {
    use egui::accesskit::{Action, Role};
    let mut found = Vec::new();
    let mut seen = 0;
    for node in harness.root().children_recursive() {
        let node = node.accesskit_node();
        if !node.data().supports_action(Action::Focus) {
            continue;
        }
        seen += 1;
        let name = node.label().unwrap_or_default();
        let vague = matches!(node.role(), Role::Unknown | Role::GenericContainer);
        if name.trim().is_empty() || vague {
            found.push(format!("{:?} “{name}” at {:?}", node.role(), node.raw_bounds()));
        }
    }
    assert!(seen > 5, "only {seen} things can have the keyboard");
    found
}

fn all_have_names(harness: &Harness<'_, Window>, place: &str) {
    assert_eq!(nameless(harness), Vec::<String>::new(), "{place}");
}

#[test]
fn everything_in_tabs_and_panels_has_a_name_and_a_role() {
    all_have_names(&Window::harness(None), "the start page");
    let mut harness = legacy();
    let tabs: Vec<String> = commands()
        .into_iter()
        .filter(|command| command.hint.starts_with("Goes to the tab"))
        .map(|tab| tab.name)
        .collect();
    assert!(tabs.len() > 5);
    harness.query_all_by_label_contains("Orders, Service").next().unwrap().click();
    for tab in tabs {
        ask(&mut harness, &format!("go to {tab}"));
        press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
        all_have_names(&harness, &tab);
    }
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::Num1);
    harness.query_all_by_label_contains("Orders → Pricing").next().unwrap().click();
    harness.run_steps(3);
    all_have_names(&harness, "the inspector of an interaction");
    press(&mut harness, CTRL_SHIFT, egui::Key::L);
    ask(&mut harness, "guided");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    all_have_names(&harness, "changes and guide");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::F11);
    all_have_names(&harness, "workshop mode");
}

#[test]
fn everything_in_dialogs_and_menus_has_a_name_and_a_role() {
    let mut harness = legacy();
    for menu in ["File", "Edit", "View", "Insert", "Analyse", "Export", "Help"] {
        harness.get_by_role_and_label(egui::Role::Button, menu).click();
        harness.run_steps(3);
        all_have_names(&harness, menu);
        press(&mut harness, egui::Modifiers::NONE, egui::Key::Escape);
    }
    press(&mut harness, egui::Modifiers::NONE, egui::Key::F8);
    let about = "Orders, Service";
    for command in [
        "Keyboard…",
        "About Spandrel",
        "History…",
        "About the rule of this finding",
        "Waive this finding…",
        "Fix this finding…",
        "Save as…",
        "Rename…",
        "System…",
        "All commands…",
    ] {
        if command == "Rename…" {
            harness.query_all_by_label_contains(about).next().unwrap().click();
            harness.run_steps(2);
        }
        ask(&mut harness, command);
        press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
        all_have_names(&harness, command);
        press(&mut harness, egui::Modifiers::NONE, egui::Key::Escape);
        press(&mut harness, egui::Modifiers::NONE, egui::Key::Escape);
    }
}

#[test]
fn the_first_minute_ticks_itself_off_and_is_put_away() {
    let mut harness = Window::harness(None);
    harness.get_by_label("Guided first minute").click();
    harness.run_steps(4);
    let state = |harness: &Harness<'_, Window>| -> Vec<bool> {
        let steps = harness.query_all_by_label_contains(", done").count();
        let open = harness.query_all_by_label_contains(", to do").count();
        (0..steps + open).map(|at| at < steps).collect()
    };
    assert_eq!(state(&harness), [false; 5]);
    let enter = |harness: &mut Harness<'_, Window>, line: &str| {
        press(harness, egui::Modifiers::COMMAND, egui::Key::K);
        harness.get_by_role_and_label(egui::Role::TextInput, "Quick entry").type_text(line);
        harness.run_steps(2);
        press(harness, egui::Modifiers::NONE, egui::Key::Enter);
    };
    enter(&mut harness, "Checkout");
    harness.get_by_label("Add a system, N, done");
    enter(&mut harness, "Checkout -> Orders : command PlaceOrder");
    harness.get_by_label("Connect two systems, C, done");
    enter(&mut harness, "Orders owns Order");
    harness.get_by_label("Say who owns a record, Ctrl+K, done");
    // A sketch asks nothing of this; a design does.
    harness.get_by_label("Design").click();
    harness.run_steps(3);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::F8);
    harness.get_by_label("Look at a finding, F8, done");
    harness.get_by_label("4 of 5");
    harness.get_by_label("Hide").click();
    harness.run_steps(3);
    assert!(harness.query_by_label("4 of 5").is_none());
}

#[test]
fn panels_are_folded_and_give_way_in_a_small_window() {
    const SEARCH: &str = "Search the model";
    const FILTER: &str = "Filter findings";
    let mut harness = legacy();
    let shown = |harness: &Harness<'_, Window>| {
        let name = harness.query_by_role_and_label(egui::Role::TextInput, "Name").is_some();
        [harness.query_by_label(SEARCH).is_some(), name, harness.query_by_label(FILTER).is_some()]
    };
    assert_eq!(shown(&harness), [true; 3]);
    for key in [egui::Key::B, egui::Key::J] {
        press(&mut harness, egui::Modifiers::COMMAND, key);
    }
    assert_eq!(shown(&harness), [false, true, false]);
    for sign in ["Model panel", "List of findings"] {
        harness.get_by_label(sign).click();
        harness.run_steps(3);
    }
    assert_eq!(shown(&harness), [true; 3]);
    // A small screen on which everything is half as large again.
    harness.set_size(egui::vec2(853.0, 533.0));
    harness.run_steps(4);
    assert_eq!(shown(&harness), [false, true, false]);
    let inspector = harness.get_by_role_and_label(egui::Role::TextInput, "Name").rect();
    for tab in harness.query_all_by_role(egui::Role::Tab).chain(harness.query_all_by_label("More tabs")) {
        assert!(tab.rect().right() < inspector.left(), "{tab:?}");
    }
    // What is asked for comes, and the other goes.
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::F);
    assert_eq!(shown(&harness), [true, false, false]);
    harness.get_by_label("More tabs").click();
    harness.run_steps(3);
    harness.get_by_label("Questions").click();
    harness.run_steps(3);
    harness.get_by_role_and_label(egui::Role::Tab, "Questions");
    harness.set_size(egui::vec2(1280.0, 800.0));
    harness.run_steps(4);
    assert_eq!(shown(&harness), [true; 3]);
}

#[test]
fn a_waiver_is_begun_by_its_rule_and_what_it_is_about() {
    let mut harness = legacy();
    let field = |harness: &Harness<'_, Window>, label: &str, text: &str| {
        harness.get_by_role_and_label(egui::Role::TextInput, label).type_text(text);
    };
    harness.state_mut().app.as_mut().unwrap().choose(&["system:orders".parse().unwrap()]);
    harness.run_steps(2);
    ask(&mut harness, "waiver");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    assert!(harness.query_by_label("Name of the waiver").is_none(), "it has no name");
    field(&harness, "Rule", "OWN00");
    harness.run_steps(3);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    harness.get_by_label_contains("did you mean OWN00");
    harness.get_by_label("Close").click();
    harness.run_steps(4);
    assert_eq!(harness.state().steps(), 0);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Escape);
    ask(&mut harness, "waiver");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    field(&harness, "Rule", "OWN003");
    harness.run_steps(3);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    let waivers = &harness.state().model().waivers;
    let made = waivers.values().find(|waiver| waiver.rule == "OWN003").unwrap();
    assert_eq!(made.about.to_string(), "system:orders");
}
