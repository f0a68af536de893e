//! A workshop from the empty window to a model: once with mouse and keys, once by quick entry; both say the same.

use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable};
use spandrel::{file, model::Kind};

use crate::seat::Window;

/// The empty window, and in it the blank model.
fn blank<'a>() -> Harness<'a, Window> {
    let mut harness = Window::sized(None, [1600.0, 2000.0]);
    press(&mut harness, "Blank");
    harness
}

fn press(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(4);
}

fn key(harness: &mut Harness<'_, Window>, key: Key) {
    harness.key_press(key);
    harness.run_steps(4);
}

fn types(harness: &mut Harness<'_, Window>, field: &str, text: &str) {
    harness.get_by_role_and_label(egui::Role::TextInput, field).type_text(text);
    harness.run_steps(3);
}

/// Selects a record by its row in the tree.
fn select(harness: &mut Harness<'_, Window>, row: &str) {
    harness.get_by_role_and_label(egui::Role::TreeItem, row).click();
    harness.run_steps(4);
}

const SYSTEMS: [(&str, &str); 12] = [
    ("Shopper", "person"),
    ("Portal", "application"),
    ("API gateway", "gateway"),
    ("Checkout", "service"),
    ("Orders", "service"),
    ("Pricing", "service"),
    ("Payments", "service"),
    ("Billing", "service"),
    ("Shipping", "service"),
    ("ERP", "legacy"),
    ("ERP adapter", "adapter"),
    ("Kafka", "backbone"),
];

const INTERACTIONS: [(&str, &str, &str); 20] = [
    ("Shopper", "Portal", "command"),
    ("Portal", "API gateway", "command"),
    ("Portal", "Pricing", "query"),
    ("API gateway", "Checkout", "command"),
    ("Checkout", "Orders", "command"),
    ("Checkout", "Pricing", "query"),
    ("Checkout", "Payments", "command"),
    ("Orders", "Kafka", "event"),
    ("Kafka", "Billing", "event"),
    ("Kafka", "Shipping", "event"),
    ("Billing", "ERP adapter", "command"),
    ("ERP adapter", "ERP", "command"),
    ("Pricing", "ERP adapter", "query"),
    ("Payments", "Kafka", "event"),
    ("Kafka", "Orders", "event"),
    ("Shipping", "Orders", "query"),
    ("Billing", "Orders", "query"),
    ("Shipping", "Portal", "event"),
    ("Orders", "Payments", "query"),
    ("ERP", "Billing", ""),
];

const ENTITIES: [(&str, &str); 6] = [
    ("Order", "Orders"),
    ("Price", "Pricing"),
    ("Payment", "Payments"),
    ("Invoice", "Billing"),
    ("Shipment", "Shipping"),
    ("Customer", "Portal"),
];

const BOUNDARIES: [(&str, &str, [&str; 3]); 2] =
    [("Open net", "public", ["Shopper", "Portal", "API gateway"]), ("House", "internal", ["Orders", "Billing", "ERP"])];

/// By mouse and keys.
fn drawn() -> Harness<'static, Window> {
    let mut harness = blank();
    for (name, kind) in SYSTEMS {
        key(&mut harness, Key::N);
        types(&mut harness, "Name of the system", name);
        if kind != "service" {
            press(&mut harness, if kind == "legacy" { "Legacy system" } else { capital(kind) });
        }
        key(&mut harness, Key::Enter);
    }
    for (from, to, kind) in INTERACTIONS {
        connect(&mut harness, from, to, kind);
    }
    for (name, owner) in ENTITIES {
        press(&mut harness, "Insert");
        press(&mut harness, "Entity…");
        types(&mut harness, "Name of the entity", name);
        key(&mut harness, Key::Enter);
        fact(&mut harness, "System of record: not asked", "System of record", owner);
    }
    for (name, trust, systems) in BOUNDARIES {
        press(&mut harness, "Insert");
        press(&mut harness, "Boundary…");
        types(&mut harness, "Name of the boundary", name);
        press(&mut harness, capital(trust));
        press(&mut harness, "Add");
        for system in systems {
            select(&mut harness, &format!("system {system}"));
            fact(&mut harness, "Boundary: not asked", "Boundary", name);
        }
    }
    select(&mut harness, "system ERP adapter");
    press(&mut harness, "Permanence: not asked");
    press(&mut harness, "temporary");
    harness.get_by_label_contains("Lifecycle: ").click();
    harness.run_steps(4);
    fact(&mut harness, "Retires on: not asked", "Retires on", "2027-06-30");
    harness
}

fn capital(word: &str) -> &'static str {
    match word {
        "person" => "Person",
        "application" => "Application",
        "gateway" => "Gateway",
        "adapter" => "Adapter",
        "backbone" => "Event backbone",
        "public" => "Public",
        "internal" => "Internal",
        other => unreachable!("{other}"),
    }
}

/// Selects one system, draws a line from it to another by the name of that, and says its kind.
fn connect(harness: &mut Harness<'_, Window>, from: &str, to: &str, kind: &str) {
    select(harness, &format!("system {from}"));
    key(harness, Key::C);
    types(harness, "System to connect with", to);
    key(harness, Key::Enter);
    let kind = match kind {
        "command" => Key::C,
        "query" => Key::Q,
        "event" => Key::E,
        _ => Key::Questionmark,
    };
    key(harness, kind);
}

/// Answers a fact in the inspector.
fn fact(harness: &mut Harness<'_, Window>, now: &str, field: &str, answer: &str) {
    press(harness, now);
    types(harness, field, answer);
    key(harness, Key::Enter);
}

/// By lines of text.
fn typed() -> Harness<'static, Window> {
    let mut harness = blank();
    let systems = SYSTEMS.iter().map(|(name, kind)| format!("{name} : {kind}"));
    let lines = INTERACTIONS.iter().map(|(from, to, kind)| match *kind {
        "" => format!("{from} -> {to}"),
        kind => format!("{from} -> {to} : {kind}"),
    });
    let owned = ENTITIES.iter().map(|(entity, owner)| format!("{owner} owns {entity}"));
    let bounded = BOUNDARIES.iter().flat_map(|(name, trust, systems)| {
        let home = systems.iter().map(move |system| format!("{system} in {name}"));
        std::iter::once(format!("boundary {name} : {trust}")).chain(home)
    });
    let adapter = std::iter::once("ERP adapter temporary retires 2027-06-30".to_owned());
    for line in systems.chain(lines).chain(owned).chain(bounded).chain(adapter) {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
        harness.run_steps(2);
        types(&mut harness, "Quick entry", &line);
        key(&mut harness, Key::Enter);
    }
    harness
}

#[test]
fn a_workshop_by_hand_and_one_by_text_end_with_one_model() {
    let (mut drawn, mut typed) = (drawn(), typed());
    assert_eq!(file::write(drawn.state().model()), file::write(typed.state().model()));
    let model = drawn.state().model();
    let counted = [Kind::System, Kind::Interaction, Kind::Entity, Kind::Boundary].map(|kind| model.keys_of(kind).len());
    assert_eq!(counted, [12, 20, 6, 2]);
    for harness in [&mut drawn, &mut typed] {
        key(harness, Key::Escape);
        for _ in 0..harness.state().bench().history().position() {
            harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
            harness.run_steps(2);
        }
        assert_eq!(harness.state().bench().history().position(), 0);
        assert_eq!(file::write(harness.state().model()), file::write(blank().state().model()));
    }
}
