//! The window with its jobs on threads, as in the program: what is asked for while a job runs.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable};
use spandrel::{
    model::Lens,
    ui::App,
    workbench::{Checked, SurveyOptions, survey},
};

use crate::{day, model, seat::Window};

const SHOP: &str = r#"(
    model: (format: 1, name: "Shop", stage: Design),
    systems: {
        "billing": (name: "Billing", kind: Service),
        "orders": (name: "Orders", kind: Service),
    },
    stores: {"orders-db": (name: "orders-db", kind: Database, owner: "orders")},
)"#;

/// Lets frames pass until the window shows the model as it stands.
fn settle(harness: &mut Harness<'_, Window>) {
    let since = Instant::now();
    while !harness.state().app.as_ref().unwrap().is_settled() {
        assert!(since.elapsed() < Duration::from_mins(1), "the window does not come to rest");
        std::thread::sleep(Duration::from_millis(2));
        harness.step();
    }
    harness.step();
}

/// Whether a system stands in the tree, which shows what the survey knows.
fn is_known(harness: &Harness<'_, Window>, name: &str) -> bool {
    harness.query_by_role_and_label(egui::Role::TreeItem, &format!("system {name}")).is_some()
}

#[test]
fn who_is_faster_than_the_rules_gets_what_was_said_last() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.ron");
    std::fs::write(&path, SHOP).unwrap();
    let builder = Harness::builder().with_size([1280.0, 800.0]);
    let mut harness = Window::made(builder, move |ctx| App::with(ctx, Some(path.clone()), day(), false));
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.step();
    // A frame for each: the survey of none of them can be waited for.
    for at in 0..12 {
        harness.get_by_role_and_label(egui::Role::TextInput, "Quick entry").type_text(&format!("Newcomer {at}"));
        harness.step();
        harness.key_press(Key::Enter);
        harness.step();
    }
    assert_eq!(harness.state().model().systems.len(), 14);
    settle(&mut harness);
    for at in 0..12 {
        assert!(is_known(&harness, &format!("Newcomer {at}")), "Newcomer {at} is not known");
    }
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.step();
    settle(&mut harness);
    assert!(!is_known(&harness, "Newcomer 11"));
}

#[test]
fn what_was_found_is_told_on_what_is_known() {
    let before = survey(&model(SHOP), 0, SurveyOptions { as_of: day(), grouping: None, lens: Lens::Kinds });
    let asks = r#"    interactions: {"asks": (from: "billing", to: "orders", kind: Query)},
    stores:"#;
    let asked = model(&SHOP.replace("    stores:", asks));
    let told = before.knowing(Checked::new(&Arc::new(asked), 1, day()));
    assert_eq!(told.revision, 1);
    assert!(told.rows.len() > before.rows.len(), "{:?}", told.rows);
    assert_eq!(told.drawing, before.drawing);
    assert_eq!(told.plan.nodes.len(), before.plan.nodes.len());
    let badge = |survey: &spandrel::workbench::Survey| survey.badges.get(&"system:orders".parse().unwrap()).copied();
    assert_ne!(badge(&told), badge(&before), "the box says what was found");
    assert_ne!(told.diagram.parts.len(), 0);
}
