//! The window, without a display: by the names of its controls.

use std::path::PathBuf;

use egui_kittest::{Harness, kittest::Queryable};
use spandrel::ui::App;

use crate::{
    day,
    hand::{copy, enter, press},
    project, raster,
    seat::Window,
};

/// A small window in a theme, painted on the CPU.
fn painted<'a>(path: Option<PathBuf>, theme: egui::Theme) -> Harness<'a, Window> {
    let builder = Harness::builder().with_size([900.0, 600.0]).with_render_cursor(false);
    Window::made(builder.renderer(raster::Raster::default()), move |ctx| {
        ctx.set_theme(theme);
        App::with(ctx, path.clone(), day(), true)
    })
}

#[test]
fn an_empty_window_says_how_to_begin() {
    let harness = Window::harness(None);
    harness.get_by_label("File");
    harness.get_by_label("Open a model…");
    harness.get_by_label("Blank");
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
    harness.get_by_label("Frames").click();
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
        for (role, label) in [
            (egui::Role::Button, "File"),
            (egui::Role::Button, "Help"),
            (egui::Role::TextInput, "Search the model"),
            (egui::Role::Canvas, "Landscape"),
        ] {
            let rect = harness.get_by_role_and_label(role, label).rect();
            assert!(rect.min.x >= 0.0 && rect.max.x <= size[0] && rect.max.y <= size[1], "{label} {rect:?}");
        }
    }
}

#[test]
fn a_small_model_is_drawn_renamed_owned_deleted_saved_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.ron");
    std::fs::write(&path, "(model: (format: 1, name: \"Shop\"))").unwrap();
    let mut harness = Window::harness(Some(path.clone()));
    let start = harness.state().bench().model().clone();
    for name in ["Checkout", "Orders"] {
        harness.key_press(egui::Key::N);
        harness.run_steps(3);
        enter(&mut harness, "Name of the system", name);
        harness.get_by_label(&format!("{name}, Service"));
        harness.key_press(egui::Key::Escape);
        harness.run_steps(2);
    }
    // A line is drawn from the edge of one box to the other.
    let from = harness.get_by_label("Checkout, Service").rect();
    let to = harness.get_by_label("Orders, Service").rect().center();
    harness.hover_at(from.center());
    harness.run_steps(2);
    let grip = from.right_center();
    harness.drag_at(grip);
    harness.run_steps(2);
    harness.hover_at(grip + egui::vec2(8.0, 4.0));
    harness.run_steps(2);
    harness.hover_at(to);
    harness.run_steps(2);
    harness.drop_at(to);
    harness.run_steps(3);
    harness.get_by_label("Checkout → Orders");
    harness.key_press(egui::Key::Q);
    harness.run_steps(5);
    let model = harness.state().bench().model().clone();
    let interaction = model.interactions.values().next().unwrap();
    assert_eq!((interaction.from.as_str(), interaction.to.as_str()), ("checkout", "orders"));
    assert_eq!(interaction.kind, spandrel::model::InteractionKind::Query);
    // Renamed with F2; its id follows.
    press(&mut harness, "Orders, Service");
    harness.key_press(egui::Key::F2);
    harness.run_steps(3);
    enter(&mut harness, "New name", "Order desk");
    assert!(harness.state().bench().model().systems.keys().any(|id| id.as_str() == "order-desk"));
    // Owned by a new team.
    press(&mut harness, "Owner: not asked");
    press(&mut harness, "New team…");
    enter(&mut harness, "Name of the team", "Sales");
    harness.get_by_label("Owner: Sales");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::S);
    harness.run_steps(3);
    assert!(!harness.state().bench().is_dirty());
    let saved = std::fs::read_to_string(&path).unwrap();
    assert!(saved.contains("\"order-desk\": (name: \"Order desk\", kind: Service, owner: \"sales\")"), "{saved}");
    // Deleted with what cannot be without it.
    press(&mut harness, "Checkout, Service");
    harness.key_press(egui::Key::Delete);
    harness.run_steps(4);
    assert!(harness.state().bench().model().interactions.is_empty());
    // All of it is undone, and done again.
    let end = harness.state().bench().model().clone();
    for _ in 0..6 {
        harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
        harness.run_steps(3);
    }
    assert_eq!(**harness.state().bench().model(), *start);
    for _ in 0..6 {
        harness.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::Z);
        harness.run_steps(3);
    }
    assert_eq!(harness.state().bench().model(), &end);
}

#[test]
fn every_panel_selects_and_the_others_follow() {
    let mut harness = Window::harness(Some(project("examples/retail-legacy.ron")));
    // The tree, through its search.
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::F);
    harness.run_steps(3);
    enter(&mut harness, "Search the model", "loyalty cl");
    harness.get_by_role_and_label(egui::Role::TextInput, "Name");
    assert_eq!(harness.state().selected(), ["system:loyalty"]);
    // The table of interactions, sorted and filtered.
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num3);
    harness.run_steps(3);
    harness.get_by_label("47 of 47 interactions");
    press(&mut harness, "Sort by Carries");
    press(&mut harness, "Sort by Carries, sorted");
    harness.get_by_label("Sort by Carries, sorted backwards");
    harness.get_by_role_and_label(egui::Role::TextInput, "Filter interactions").click();
    harness.run_steps(2);
    harness.get_by_role_and_label(egui::Role::TextInput, "Filter interactions").type_text("payrow");
    harness.run_steps(4);
    harness.get_by_label_contains(" of 47 interactions");
    let row = harness.query_all_by_role(egui::accesskit::Role::Row).next().unwrap();
    row.click();
    harness.run_steps(4);
    assert!(harness.state().selected()[0].starts_with("interaction:"), "{:?}", harness.state().selected());
    // Contracts.
    press(&mut harness, "Contracts");
    let rows: Vec<_> = harness.query_all_by_role(egui::accesskit::Role::Row).collect();
    rows[0].click();
    harness.run_steps(4);
    assert!(harness.state().selected()[0].starts_with("contract:"), "{:?}", harness.state().selected());
    // The matrix: a cell is a record and a system.
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num2);
    harness.run_steps(4);
    press(&mut harness, "Order in Billing: update directly in a store; in conflict with the other writers");
    assert_eq!(harness.state().selected(), ["system:billing", "entity:order"]);
    // Findings, one after the other, and the page of a rule.
    harness.key_press(egui::Key::F8);
    harness.run_steps(4);
    harness.key_press(egui::Key::F1);
    harness.run_steps(4);
    harness.get_by_label("What to do");
}

#[test]
fn every_grouping_and_lens_draws_and_tells_what_it_shows() {
    let mut harness = Window::harness(Some(project("examples/retail-legacy.ron")));
    for grouping in ["Frames by boundary", "Frames by team", "No frames", "Frames by domain"] {
        press(&mut harness, "View");
        press(&mut harness, "Frames");
        press(&mut harness, grouping);
        harness.get_by_label_contains("Orders, Service");
    }
    for lens in ["Owner", "Findings", "Kinds"] {
        harness.get_by_label_contains("Lens: ").click();
        harness.run_steps(3);
        harness.get_by_role_and_label(egui::Role::Button, lens).click();
        harness.run_steps(4);
        harness.get_by_label(&format!("Lens: {}", lens.to_lowercase()));
    }
    // Looking through a lens changes nothing in the model.
    assert_eq!(harness.state().bench().history().to_undo(), Some("Group by domain"));
}

#[test]
fn the_stage_is_switched_in_the_status_line_and_undone() {
    let mut harness = Window::harness(Some(project("examples/retail-legacy.ron")));
    press(&mut harness, "Governed");
    assert_eq!(harness.state().bench().model().about.stage.known(), Some(&spandrel::model::Stage::Governed));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    harness.run_steps(3);
    assert!(!harness.state().bench().is_dirty());
}

#[test]
fn templates_and_examples_open_as_copies() {
    for name in ["Blank", "Gateway and backbone", "Astronomy shop", "Retailer, as it is", "Retailer, repaired"] {
        let mut harness = Window::harness(None);
        press(&mut harness, name);
        let bench = harness.state().bench();
        assert!(bench.path.is_none() && !bench.is_dirty(), "{name}");
        harness.get_by_role_and_label(egui::Role::TextInput, "Name");
        harness.get_by_role_and_label(egui::Role::Canvas, "Landscape");
    }
}

#[test]
fn the_window_looks_as_it_was_last_looked_at() {
    for (theme, word) in [(egui::Theme::Light, "light"), (egui::Theme::Dark, "dark")] {
        let small = || Some(project("tests/pictures/small.ron"));
        let mut shown = vec![(painted(None, theme), "start")];
        let mut landscape = painted(small(), theme);
        landscape.get_by_label_contains("Orders, Service").click();
        landscape.run_steps(4);
        shown.push((landscape, "landscape"));
        let mut matrix = painted(small(), theme);
        press(&mut matrix, "Ownership");
        shown.push((matrix, "ownership"));
        for (mut harness, name) in shown {
            let whole = harness.render().unwrap();
            // Without the margin that the harness leaves around what it shows.
            let (w, h) = (whole.width() - 16, whole.height() - 16);
            let picture = image::imageops::crop_imm(&whole, 8, 8, w, h).to_image();
            raster::golden(&project(&format!("tests/pictures/{name}-{word}.png")), &picture);
        }
    }
}

#[test]
fn an_idle_window_asks_for_no_frame() {
    let mut harness = Window::harness(Some(project("examples/retail-legacy.ron")));
    harness.run_steps(12);
    let outputs = harness.output().viewport_output.values();
    let delays: Vec<_> = outputs.map(|output| output.repaint_delay).collect();
    assert!(delays.iter().all(|delay| delay.as_secs() > 3600), "{delays:?}");
}

#[test]
fn a_name_being_typed_is_kept_when_something_else_is_chosen_or_saved() {
    let (_folder, path) = copy("retail-legacy.ron");
    let mut harness = Window::harness(Some(path.clone()));
    let name = |harness: &Harness<'_, Window>, id: &str| harness.state().bench().model().name(&id.parse().unwrap());
    harness.get_by_label_contains("Orders, Service").click();
    harness.run_steps(3);
    harness.get_by_role_and_label(egui::Role::TextInput, "Name").click();
    harness.run_steps(2);
    harness.get_by_role_and_label(egui::Role::TextInput, "Name").type_text(" desk");
    harness.run_steps(2);
    harness.get_by_label_contains("Pricing, Service").click();
    harness.run_steps(4);
    assert_eq!(harness.state().bench().history().to_undo(), Some("Rename to Orders desk"));
    assert_eq!(name(&harness, "system:orders-desk"), "Orders desk");
    assert_eq!(harness.state().selected(), ["system:pricing"]);
    // Saved in the middle of typing, the file has what stands on the screen.
    harness.get_by_role_and_label(egui::Role::TextInput, "Name").click();
    harness.run_steps(2);
    harness.get_by_role_and_label(egui::Role::TextInput, "Name").type_text(" engine");
    harness.run_steps(2);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::S);
    harness.run_steps(3);
    assert!(std::fs::read_to_string(&path).unwrap().contains("name: \"Pricing engine\""));
    // Escape lets go of what was typed.
    harness.get_by_role_and_label(egui::Role::TextInput, "Name").click();
    harness.run_steps(2);
    harness.get_by_role_and_label(egui::Role::TextInput, "Name").type_text(" x");
    harness.run_steps(2);
    harness.key_press(egui::Key::Escape);
    harness.run_steps(3);
    assert_eq!(name(&harness, "system:pricing-engine"), "Pricing engine");
    assert!(!harness.state().bench().is_dirty());
}

#[test]
fn a_line_let_go_outside_the_canvas_is_forgotten() {
    let mut harness = Window::harness(Some(project("tests/pictures/small.ron")));
    let from = harness.get_by_label_contains("Orders, Service").rect();
    harness.hover_at(from.center());
    harness.run_steps(2);
    harness.drag_at(from.right_center());
    harness.run_steps(2);
    harness.hover_at(from.right_center() + egui::vec2(20.0, 20.0));
    harness.run_steps(2);
    let outside = harness.get_by_role_and_label(egui::Role::TextInput, "Search the model").rect().center();
    harness.hover_at(outside);
    harness.run_steps(2);
    harness.drop_at(outside);
    harness.run_steps(3);
    // Over another box its own grips are shown, and nothing is offered to connect.
    harness.hover_at(harness.get_by_label_contains("Web shop, Application").rect().center());
    harness.run_steps(3);
    assert_eq!(harness.query_all_by_label_contains("Connect from Web shop").count(), 4);
    assert!(harness.query_by_label("Turn round").is_none());
}

#[test]
fn a_repaired_model_says_so_and_its_copies_are_no_foreign_writes() {
    let mut harness = Window::harness(Some(project("examples/retail-target.ron")));
    harness.get_by_label_contains("nothing wrong but what was accepted for a time");
    press(&mut harness, "Ownership");
    harness.get_by_label("Customer in Loyalty club: read, update");
    assert_eq!(harness.query_all_by_label_contains("directly in a store").count(), 0);
}

#[test]
fn an_interaction_is_decided_by_six_answers() {
    let mut harness = Window::harness(Some(project("examples/retail-legacy.ron")));
    let before = harness.state().bench().model().clone();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::F);
    harness.run_steps(3);
    enter(&mut harness, "Search the model", "orders-pricing");
    assert_eq!(harness.state().selected(), ["interaction:orders-pricing"]);
    if harness.query_by_label_contains("Is it driven by a user's action? Yes").is_none() {
        press(&mut harness, "API or event?");
    }
    press(&mut harness, "Is an immediate response required? Yes");
    press(&mut harness, "Is an audit trail required? Yes");
    press(&mut harness, "Are there many consumers? No");
    harness.get_by_label("Recommended: API and event");
    harness.get_by_label("An audit trail is required");
    harness.get_by_label_contains("Whoever needs the answer calls the owner");
    // What was answered is one step.
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    harness.run_steps(4);
    assert_eq!(harness.state().bench().model(), &before);
    press(&mut harness, "Is an immediate response required? Yes");
    // It lies below what is seen of the inspector.
    harness.get_by_label("Record as a decision…").click_accesskit();
    harness.run_steps(4);
    press(&mut harness, "API and event");
    press(&mut harness, "Record");
    let model = harness.state().bench().model().clone();
    let decision = model.decisions.values().find(|decision| decision.name.contains("with an event")).unwrap();
    assert_eq!(decision.choice.known().unwrap().to_string(), "API and event");
    assert_eq!(decision.date.known(), Some(&day()));
    assert!(harness.state().bench().history().to_undo().unwrap().starts_with("Decide: "));
    harness.get_by_label_contains("Decided on 2026-11-22: API and event");
}

/// Types into the line of quick entry.
fn say(harness: &mut Harness<'_, Window>, text: &str) {
    harness.get_by_role_and_label(egui::Role::TextInput, "Quick entry").type_text(text);
    harness.run_steps(3);
}

fn press_key(harness: &mut Harness<'_, Window>, key: egui::Key) {
    harness.key_press(key);
    harness.run_steps(4);
}

#[test]
fn a_line_is_previewed_completed_entered_and_undone() {
    let (_folder, path) = copy("retail-legacy.ron");
    let mut harness = Window::harness(Some(path));
    let start = harness.state().bench().model().clone();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    harness.run_steps(3);
    // What is offered is taken with Tab, or chosen with the arrows and Enter.
    say(&mut harness, "Loyal");
    harness.get_by_label("Complete Loyalty club system");
    press_key(&mut harness, egui::Key::Tab);
    say(&mut harness, "-> Vouchers");
    harness.get_by_label("adds Loyalty club → Vouchers");
    harness.get_by_label("adds system Vouchers");
    say(&mut harness, " : comm");
    press_key(&mut harness, egui::Key::ArrowDown);
    press_key(&mut harness, egui::Key::Enter);
    say(&mut harness, "Redeem");
    assert!(harness.state().bench().history().to_undo().is_none());
    press_key(&mut harness, egui::Key::Enter);
    let bench = harness.state().bench();
    assert_eq!(bench.history().to_undo(), Some("Connect Loyalty club → Vouchers"));
    let made = bench.model().interactions.values().find(|it| it.to.as_str() == "vouchers").unwrap();
    assert_eq!(made.operation.known().unwrap().as_str(), "Redeem");
    assert_eq!(harness.state().selected(), ["interaction:loyalty-vouchers"]);
    // The next line can be typed at once; up brings the last one back, and escape lets it go.
    press_key(&mut harness, egui::Key::ArrowUp);
    harness.get_by_label("Loyalty club → Vouchers exists");
    press_key(&mut harness, egui::Key::Escape);
    assert!(harness.query_by_label("Loyalty club → Vouchers exists").is_none());
    // Where nothing is typed, undo takes back what was entered.
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    harness.run_steps(4);
    assert_eq!(harness.state().bench().model(), &start);
}

#[test]
fn a_wrong_line_is_told_and_several_are_pasted_as_one_step() {
    let mut harness = Window::harness(None);
    harness.key_press(egui::Key::Slash);
    harness.run_steps(3);
    say(&mut harness, "Checkout in cellar");
    harness.get_by_label_contains("There is no boundary “cellar”");
    press_key(&mut harness, egui::Key::Enter);
    assert!(harness.state().bench().model().systems.is_empty());
    press_key(&mut harness, egui::Key::Escape);
    harness.event(egui::Event::Paste("Checkout @ Sales\r\nOrders : servce\r\n".to_owned()));
    harness.run_steps(4);
    harness.get_by_label_contains("Line 2: “servce” is no kind, role, criticality or stage");
    // It can be mended where it stands: the cursor is at the word, and Enter begins a line.
    press_key(&mut harness, egui::Key::Enter);
    assert!(harness.state().bench().model().systems.is_empty());
    harness.get_by_label_contains("Line 2: a kind, role, criticality or stage is missing");
    press_key(&mut harness, egui::Key::Backspace);
    (0..6).for_each(|_| press_key(&mut harness, egui::Key::Delete));
    harness.get_by_label_contains("Line 2: a kind, role, criticality or stage is missing");
    harness.event(egui::Event::Text("legacy".to_owned()));
    harness.run_steps(3);
    harness.get_by_label("Adds legacy system Orders");
    // What is left comes back, and then Enter does it.
    press_key(&mut harness, egui::Key::Escape);
    assert!(harness.query_by_label("2 lines").is_none() && harness.state().bench().model().systems.is_empty());
    press_key(&mut harness, egui::Key::ArrowUp);
    harness.get_by_label("2 lines");
    press_key(&mut harness, egui::Key::Enter);
    assert_eq!(harness.state().bench().history().to_undo(), Some("Enter 2 lines"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    harness.run_steps(4);
    // By a key from within the lines.
    harness.event(egui::Event::Paste("Portal\nPortal -> : query\n".to_owned()));
    harness.run_steps(4);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Enter);
    harness.run_steps(4);
    assert!(harness.state().bench().model().systems.is_empty());
    harness.event(egui::Event::Text("Pricing ".to_owned()));
    harness.run_steps(3);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Enter);
    harness.run_steps(4);
    assert_eq!(harness.state().bench().model().interactions.len(), 1);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    harness.run_steps(4);
    let table = "Checkout\tSales\nOrders\tSales\nBilling\tFinance\nCheckout -> Orders\n";
    harness.event(egui::Event::Paste(table.to_owned()));
    harness.run_steps(4);
    harness.get_by_label("4 lines");
    harness.get_by_label("Adds systems Billing, Checkout and Orders");
    press(&mut harness, "Enter all lines");
    let bench = harness.state().bench();
    assert_eq!(bench.history().to_undo(), Some("Enter 4 lines"));
    assert_eq!((bench.model().systems.len(), bench.model().interactions.len()), (3, 1));
    harness.get_by_label("Orders, Service");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    harness.run_steps(4);
    assert!(harness.state().bench().model().systems.is_empty());
}
