//! Filters, saved views, the stage, and the tree, in the window without a display.

use std::{collections::BTreeMap, path::PathBuf};

use egui::{Key, Modifiers};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use spandrel::{
    layout::{Folds, Plan},
    model::{Fact, Filter, Found, Grouping, Lens, Stage, Transport, View},
    workbench::{FilterPart, Showing, SurveyOptions, survey_after},
};

use crate::{day, model, seat::Window};

const SHOP: &str = r#"(
    model: (format: 1, name: "Shop", stage: Sketch),
    boundaries: {
        "cellar": (name: "Cellar", trust: Restricted, parent: "inside"),
        "inside": (name: "Inside", trust: Internal),
        "web": (name: "Web", trust: Public),
    },
    domains: {
        "finance": (name: "Finance"),
        "sales": (name: "Sales", stage: Design),
    },
    systems: {
        "billing": (name: "Billing", kind: Service, domain: "finance", boundary: "cellar"),
        "orders": (name: "Orders", kind: Service, domain: "sales", boundary: "inside"),
        "portal": (name: "Portal", kind: Application, domain: "sales", boundary: "web"),
        "till": (name: "Till", kind: Legacy, domain: "sales", boundary: "inside"),
    },
    interactions: {
        "nightly": (from: "till", to: "billing", kind: Event, transport: File),
        "place": (from: "portal", to: "orders", kind: Command),
        "placed": (from: "orders", to: "billing", kind: Event),
    },
    views: {
        "money": (title: "Money", filter: (domains: ["finance"]), lens: Security, as_of: "2027-01-01"),
        "shelf": (title: "Shelf", filter: (kinds: [Legacy])),
    },
)"#;

/// The names of the boxes and the ids of the lines that a filter leaves.
fn left(filter: &Filter) -> String {
    let plan = Plan::new(&model(SHOP), Grouping::Domain, filter, &BTreeMap::new(), &Folds::default());
    let boxes = plan.nodes.iter().map(|node| node.title.as_str());
    let lines = plan.bundles.iter().map(|bundle| bundle.id.trim_start_matches("interaction:"));
    format!("{} | {}", boxes.collect::<Vec<_>>().join(" "), lines.collect::<Vec<_>>().join(" "))
}

#[test]
fn a_filter_leaves_what_fits_all_its_conditions() {
    let boundaries = vec!["inside".parse().unwrap()];
    let inside = Filter { boundaries, ..Filter::default() };
    assert_eq!(left(&inside), "Billing Orders Till | placed nightly");
    let files = Filter { transports: vec![Transport::File], ..Filter::default() };
    assert_eq!(left(&files), "Billing Till | nightly");
    let both = Filter { transports: vec![Transport::Synchronous], ..inside };
    assert_eq!(left(&both), " | ");
}

#[test]
fn only_what_something_was_found_about_is_left() {
    let shop = model(SHOP);
    let options = SurveyOptions { as_of: day(), grouping: None, lens: Lens::Kinds };
    let survey = |found: Option<Found>| {
        let mut view = View::new("Found");
        view.filter.found = found.map_or(Fact::NotAsked, Fact::Known);
        let showing = Showing { view: Some(view), folds: Folds::default() };
        survey_after(&shop, 0, options, showing, None, &|| false)
    };
    let all = survey(None);
    let anything = survey(Some(Found::Anything));
    assert!(!anything.plan.nodes.is_empty());
    for node in &anything.plan.nodes {
        let about = |key: &spandrel::model::Key| all.badges.contains_key(key);
        let joined = shop.interactions.iter().any(|(id, interaction)| {
            about(&id.key()) && [&interaction.from, &interaction.to].iter().any(|end| end.key() == node.key)
        });
        assert!(about(&node.key) || joined, "{}", node.name);
    }
    assert!(survey(Some(Found::Errors)).plan.nodes.len() < anything.plan.nodes.len());
}

#[test]
fn a_condition_goes_as_it_came() {
    let shop = model(SHOP);
    let parts = [
        FilterPart::Domain("sales".parse().unwrap()),
        FilterPart::Boundary("web".parse().unwrap()),
        FilterPart::Kind(spandrel::model::SystemKind::Legacy),
        FilterPart::Transport(Transport::File),
        FilterPart::Found(Found::Defects),
    ];
    let mut filter = Filter::default();
    parts.iter().for_each(|part| part.toggle(&mut filter));
    assert_eq!(FilterPart::of(&filter), parts);
    let words: Vec<String> = parts.iter().map(|part| part.words(&shop)).collect();
    assert_eq!(words, ["Domain Sales", "Boundary Web", "Legacy system", "File", "With errors or warnings"]);
    parts.iter().for_each(|part| part.toggle(&mut filter));
    assert_eq!(filter, Filter::default());
}

fn shop<'a>() -> (tempfile::TempDir, Harness<'a, Window>) {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("shop.ron");
    std::fs::write(&path, SHOP).unwrap();
    (folder, Window::harness(Some(path)))
}

fn press(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(4);
}

fn has(harness: &Harness<'_, Window>, label: &str) -> bool {
    harness.query_by_label(label).is_some()
}

fn undone(harness: &mut Harness<'_, Window>, step: &str) {
    assert_eq!(harness.state().bench().history().to_undo(), Some(step));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(4);
}

#[test]
fn a_part_is_shown_by_chips_and_left() {
    let (_folder, mut harness) = shop();
    press(&mut harness, "Filter");
    press(&mut harness, "Kinds of system");
    press(&mut harness, "Legacy system");
    assert!(has(&harness, "Remove filter: Legacy system"));
    assert!(has(&harness, "Till, Legacy · Inside") && !has(&harness, "Portal, Application · Web"));
    // The menu stays open for the next condition.
    press(&mut harness, "Application");
    assert!(has(&harness, "Portal, Application · Web") && !has(&harness, "Orders, Service · Inside"));
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    press(&mut harness, "Remove filter: Legacy system");
    assert!(!has(&harness, "Till, Legacy · Inside"));
    press(&mut harness, "Remove filter: Application");
    assert!(has(&harness, "Saved view: Landscape") && has(&harness, "Orders, Service · Inside"));
    assert!(!harness.state().bench().is_dirty());
}

#[test]
fn saved_views_are_stepped_through_changed_and_deleted() {
    let (_folder, mut harness) = shop();
    assert!(has(&harness, "Saved view: Landscape"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::PageDown);
    harness.run_steps(5);
    assert!(has(&harness, "Saved view: Money") && has(&harness, "Remove filter: Domain Finance"));
    // It brings its lens and its day.
    assert!(has(&harness, "Lens: security"));
    press(&mut harness, "Next view");
    assert!(has(&harness, "Saved view: Shelf") && has(&harness, "Lens: kinds"));
    // A condition taken out is a change of what is shown, and no step of the model.
    press(&mut harness, "Remove filter: Legacy system");
    assert!(has(&harness, "Saved view: Shelf, changed") && has(&harness, "Portal, Application · Web"));
    assert!(!harness.state().bench().is_dirty());
    press(&mut harness, "Saved view: Shelf, changed");
    press(&mut harness, "Update Shelf");
    assert!(has(&harness, "Saved view: Shelf"));
    undone(&mut harness, "Update view Shelf");
    press(&mut harness, "Saved view: Shelf, changed");
    press(&mut harness, "Delete view");
    assert!(has(&harness, "Saved view: Landscape"));
    assert_eq!(harness.state().bench().model().views.len(), 1);
    undone(&mut harness, "Delete view Shelf");
    assert_eq!(harness.state().bench().model().views.len(), 2);
}

#[test]
fn what_is_shown_is_saved_under_a_name() {
    let (_folder, mut harness) = shop();
    press(&mut harness, "Portal, Application · Web");
    harness.key_press(Key::H);
    harness.run_steps(5);
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::V);
    harness.run_steps(4);
    harness.get_by_role_and_label(egui::Role::TextInput, "Name of the view").type_text("Portal and friends");
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(5);
    assert!(has(&harness, "Saved view: Portal and friends"));
    let bench = harness.state().bench();
    let (id, view) = bench.model().views.iter().find(|(_, view)| view.title == "Portal and friends").unwrap();
    assert_eq!(id.as_str(), "portal-and-friends");
    assert_eq!(view.filter.around.known().map(ToString::to_string).as_deref(), Some("system:portal"));
    // Escape leads back to the landscape.
    harness.key_press(Key::Escape);
    harness.run_steps(4);
    assert!(has(&harness, "Saved view: Landscape"));
    // Views are rows of the tree.
    press(&mut harness, "view Portal and friends");
    assert!(has(&harness, "Saved view: Portal and friends"));
}

#[test]
fn the_stage_of_a_domain_and_a_system_is_set_beside_the_model_s() {
    let (_folder, mut harness) = shop();
    press(&mut harness, "Orders, Service · Inside");
    press(&mut harness, "Stage");
    assert!(has(&harness, "Orders: As what is around it: design"));
    press(&mut harness, "Orders: Governed");
    let stage = |harness: &Harness<'_, Window>| {
        harness.state().bench().model().systems[&"orders".parse().unwrap()].stage.clone()
    };
    assert_eq!(stage(&harness), Fact::Known(Stage::Governed));
    undone(&mut harness, "Stage of Orders governed");
    assert_eq!(stage(&harness), Fact::NotAsked);
    press(&mut harness, "Stage");
    press(&mut harness, "Sales: As what is around it");
    assert!(harness.state().bench().model().domains[&"sales".parse().unwrap()].stage.is_not_asked());
    undone(&mut harness, "Stage of Sales as what is around it");
    press(&mut harness, "Stage");
    press(&mut harness, "Model: Design");
    undone(&mut harness, "Stage design");
}

#[test]
fn a_row_of_the_tree_has_a_menu_and_moves_to_a_domain() {
    let (_folder, mut harness) = shop();
    let row = harness.get_by_role_and_label(egui::Role::TreeItem, "system Till");
    let from = row.rect().center();
    row.focus();
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::F10);
    harness.run_steps(4);
    press(&mut harness, "Move to domain");
    press(&mut harness, "In no domain");
    let domain = |harness: &Harness<'_, Window>| {
        harness.state().bench().model().systems[&"till".parse().unwrap()].domain.clone()
    };
    assert_eq!(domain(&harness), Fact::None);
    undone(&mut harness, "Move Till out of its domain");
    // Dragged onto the heading of another domain.
    let to = harness.get_by_role_and_label(egui::Role::Button, "Finance").rect().center();
    harness.drag_at(from);
    harness.run_steps(2);
    harness.hover_at(from + egui::vec2(0.0, -12.0));
    harness.run_steps(2);
    harness.hover_at(to);
    harness.run_steps(2);
    harness.drop_at(to);
    harness.run_steps(4);
    assert_eq!(domain(&harness), Fact::Known("finance".parse().unwrap()));
    undone(&mut harness, "Move Till to Finance");
    assert!(!harness.state().bench().is_dirty());
}

#[test]
fn every_saved_view_is_reached_from_menu_and_palette() {
    let views: Vec<String> = (1..=40).map(|at| format!("\"v{at:02}\": (title: \"Scene {at:02}\"),")).collect();
    let views = views.join("\n");
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("shop.ron");
    std::fs::write(&path, SHOP.replace("views: {", &format!("views: {{ {views}"))).unwrap();
    let mut harness = Window::harness(Some(path));
    let focused = |harness: &Harness<'_, Window>| {
        let mut nodes = harness.root().children_recursive();
        let node = nodes.find(|node| node.accesskit_node().is_focused());
        node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
    };
    harness.key_press_modifiers(Modifiers::ALT, Key::V);
    harness.run_steps(4);
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowRight] {
        harness.key_press(key);
        harness.run_steps(4);
    }
    for _ in 0..80 {
        if focused(&harness) == "View: Scene 40" {
            break;
        }
        harness.key_press(Key::ArrowDown);
        harness.run_steps(3);
    }
    assert_eq!(focused(&harness), "View: Scene 40");
    let row = harness.get_by_label("View: Scene 40").rect();
    assert!(row.bottom() < 800.0, "scrolled into sight: {row}");
    harness.key_press(Key::Enter);
    harness.run_steps(4);
    assert!(has(&harness, "Saved view: Scene 40"));
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    harness.run_steps(4);
    harness.get_by_label("Command or element").type_text("Scene 39");
    harness.run_steps(4);
    harness.key_press(Key::Enter);
    harness.run_steps(4);
    assert!(has(&harness, "Saved view: Scene 39"));
}
