//! Tables, the ownership matrix and boundaries: worked in by keys, copied and pasted.

use std::{path::PathBuf, sync::Arc};

use egui::{Event, Key as Press, Modifiers};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use spandrel::model::{Fact, Id, Interaction, InteractionKind, Model, Transport};

use crate::{project, seat::Window};

fn legacy<'a>(tab: Press) -> Harness<'a, Window> {
    at_tab(project("examples/retail-legacy.ron"), tab)
}

fn at_tab<'a>(path: PathBuf, tab: Press) -> Harness<'a, Window> {
    let mut harness = Window::sized(Some(path), [1600.0, 1000.0]);
    keys(&mut harness, Modifiers::COMMAND, &[tab]);
    harness
}

fn keys(harness: &mut Harness<'_, Window>, modifiers: Modifiers, presses: &[Press]) {
    for press in presses {
        harness.key_press_modifiers(modifiers, *press);
        harness.run_steps(3);
    }
}

fn types(harness: &mut Harness<'_, Window>, text: &str) {
    harness.event(Event::Text(text.to_owned()));
    harness.run_steps(4);
}

fn press(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(4);
}

fn model(harness: &Harness<'_, Window>) -> Arc<Model> {
    harness.state().bench().model().clone()
}

fn undo(harness: &Harness<'_, Window>) -> String {
    harness.state().bench().history().to_undo().unwrap_or_default().to_owned()
}

/// What the window last put on the clipboard.
fn clipboard(harness: &Harness<'_, Window>) -> String {
    let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    copied.unwrap_or_default()
}

/// The label of the first cell that begins so.
fn cell(harness: &Harness<'_, Window>, begin: &str) -> String {
    let cells = harness.query_all_by_role(egui::accesskit::Role::Cell);
    let labels = cells.filter_map(|node| node.accesskit_node().label());
    labels.into_iter().find(|label| label.starts_with(begin)).unwrap()
}

#[test]
fn a_cell_is_written_by_keys_and_the_row_stays_where_it_is() {
    let mut harness = legacy(Press::Num3);
    press(&mut harness, "Sort by Kind");
    let first = cell(&harness, "To of ");
    let kind = cell(&harness, "Kind of ");
    press(&mut harness, &kind);
    let name = kind.strip_prefix("Kind of ").unwrap().rsplit_once(": ").unwrap().0.to_owned();
    assert!(kind.ends_with("command"), "{kind}");
    // To the timeout, which is typed over; what is no time is not taken.
    keys(&mut harness, Modifiers::NONE, &[Press::ArrowRight; 5]);
    types(&mut harness, "9");
    harness.get_by_role_and_label(egui::Role::TextInput, "Write timeout").type_text("weeks");
    harness.run_steps(3);
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    harness.get_by_label_contains("expected a duration such as 800ms");
    assert!(!harness.state().bench().is_dirty());
    keys(&mut harness, Modifiers::NONE, &[Press::Escape]);
    assert!(harness.query_by_label("Write timeout").is_none());
    types(&mut harness, "9");
    harness.get_by_role_and_label(egui::Role::TextInput, "Write timeout").type_text("s");
    harness.run_steps(3);
    keys(&mut harness, Modifiers::SHIFT, &[Press::Tab]);
    assert_eq!(undo(&harness), format!("Set timeout of {name}"));
    // Back to the kind: the row would be among the last now, and yet stays the first; the order is asked for again.
    keys(&mut harness, Modifiers::NONE, &[Press::Home, Press::ArrowRight, Press::ArrowRight]);
    types(&mut harness, "ev");
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    assert_eq!(undo(&harness), format!("Set kind of {name}"));
    assert_eq!(cell(&harness, "To of "), first);
    press(&mut harness, "Sort again");
    assert_ne!(cell(&harness, "To of "), first);
    // None, where there can be none.
    keys(&mut harness, Modifiers::NONE, &[Press::End]);
    types(&mut harness, "-");
    assert!(undo(&harness).starts_with("No triggered by of "), "{}", undo(&harness));
    keys(&mut harness, Modifiers::COMMAND, &[Press::Z; 3]);
    assert!(!harness.state().bench().is_dirty());
}

#[test]
fn no_key_is_lost_however_fast_a_cell_is_written() {
    // A frame for each key, and all keys in one frame: the field has the keyboard from its second frame on only.
    for at_once in [false, true] {
        let mut harness = legacy(Press::Num3);
        let first = cell(&harness, "From of ");
        press(&mut harness, &first);
        let before = model(&harness);
        let enter = |pressed| Event::Key {
            key: Press::Enter,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        let typed = "Loyalty club".chars().map(|letter| Event::Text(letter.to_string()));
        for event in typed.chain([enter(true), enter(false)]) {
            harness.event(event);
            if !at_once {
                harness.step();
            }
        }
        harness.run_steps(8);
        let changed = model(&harness);
        let changed = changed.interactions.iter().find(|(id, stored)| before.interactions.get(id) != Some(stored));
        assert_eq!(changed.map(|(_, stored)| stored.from.as_str().to_owned()).as_deref(), Some("loyalty"));
    }
}

#[test]
fn what_has_it_only_in_the_middle_of_a_word_is_not_what_enter_means() {
    let mut harness = legacy(Press::Num3);
    let first = cell(&harness, "From of ");
    press(&mut harness, &first);
    let before = model(&harness);
    types(&mut harness, "oyal");
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    assert_eq!(model(&harness), before);
    keys(&mut harness, Modifiers::NONE, &[Press::ArrowDown, Press::Enter]);
    assert_ne!(model(&harness), before, "it can be chosen");
}

#[test]
fn a_choice_is_offered_and_several_rows_are_written_at_once() {
    let mut harness = legacy(Press::Num3);
    let first = cell(&harness, "Travels of ");
    press(&mut harness, &first);
    keys(&mut harness, Modifiers::SHIFT, &[Press::ArrowDown, Press::ArrowDown]);
    assert_eq!(harness.state().app.as_ref().unwrap().selected().count(), 3);
    let chosen: Vec<_> = harness.state().app.as_ref().unwrap().selected().cloned().collect();
    types(&mut harness, "fi");
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    assert_eq!(undo(&harness), "Set travels of 3 rows");
    let after = model(&harness);
    for key in chosen {
        let id: Id<Interaction> = Id::from_slug(key.slug.clone());
        assert_eq!(after.interactions[&id].transport, Fact::Known(Transport::File));
    }
    // Delete: not asked; and undone while the table has the keyboard.
    keys(&mut harness, Modifiers::NONE, &[Press::Delete]);
    assert_eq!(undo(&harness), "Travels of 3 rows not asked");
    keys(&mut harness, Modifiers::COMMAND, &[Press::Z, Press::Z]);
    assert!(!harness.state().bench().is_dirty());
}

#[test]
fn a_reference_is_completed_by_name_and_columns_are_chosen() {
    let mut harness = legacy(Press::Num4);
    press(&mut harness, "Columns");
    press(&mut harness, "Style");
    keys(&mut harness, Modifiers::NONE, &[Press::Escape]);
    assert!(harness.query_by_label("Sort by Style").is_none());
    let first = cell(&harness, "Provider of ");
    press(&mut harness, &first);
    types(&mut harness, "loyalty");
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    assert!(undo(&harness).starts_with("Set provider of "), "{}", undo(&harness));
    let given = model(&harness)
        .contracts
        .values()
        .any(|contract| contract.provider.known().is_some_and(|provider| provider.as_str() == "loyalty"));
    assert!(given);
}

#[test]
fn a_filter_looks_in_a_column_and_is_completed() {
    let mut harness = legacy(Press::Num3);
    harness.get_by_role_and_label(egui::Role::TextInput, "Filter interactions").click();
    harness.run_steps(2);
    harness.get_by_role_and_label(egui::Role::TextInput, "Filter interactions").type_text("kind:ev");
    harness.run_steps(4);
    harness.get_by_label("kind:event");
    keys(&mut harness, Modifiers::NONE, &[Press::Tab]);
    let events = model(&harness).interactions.values().filter(|i| i.kind == InteractionKind::Event).count();
    let all = model(&harness).interactions.len();
    harness.get_by_label(&format!("{events} of {all} interactions"));
}

#[test]
fn rows_are_copied_and_what_is_pasted_is_shown_before_it_is_done() {
    let mut harness = legacy(Press::Num3);
    let first = cell(&harness, "From of ");
    press(&mut harness, &first);
    keys(&mut harness, Modifiers::SHIFT, &[Press::ArrowDown]);
    harness.event(Event::Copy);
    harness.run_steps(1);
    let text = clipboard(&harness);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].starts_with("Id\tFrom\tTo\tKind\t"), "{text}");
    let before = model(&harness);
    // Wrong: nothing can be done, and each cell says why.
    harness.event(Event::Paste("From\tTo\tKind\tTimeout\nnobody\tOrders\tquery\tsoon\n".to_owned()));
    harness.run_steps(4);
    harness.get_by_label("These rows cannot be pasted yet");
    harness.get_by_label("Line 2, From: there is no system “nobody”");
    press(&mut harness, "Close");
    assert_eq!(model(&harness), before);
    // Right: a new row, as one step.
    harness.event(Event::Paste("From\tTo\tKind\tPeak rate\nBilling\tOrders\tquery\t20/s\n".to_owned()));
    harness.run_steps(4);
    harness.get_by_label("No cell changes, 1 row is new.");
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    assert_eq!(undo(&harness), "Paste 1 interaction");
    let after = model(&harness);
    assert_eq!(after.interactions.len(), before.interactions.len() + 1);
    let new = after.interactions.iter().find(|(id, _)| !before.interactions.contains_key(*id)).unwrap().1;
    assert_eq!(new.peak_rate.known().unwrap().to_string(), "20/s");
}

/// Types into the field that is open, and presses a key.
fn answers(harness: &mut Harness<'_, Window>, label: &str, text: &str, then: Press) {
    harness.get_by_role_and_label(egui::Role::TextInput, label).type_text(text);
    harness.run_steps(3);
    keys(harness, Modifiers::NONE, &[then]);
    harness.run_steps(3);
}

#[test]
fn an_interaction_is_begun_in_the_last_row_and_stays_in_sight() {
    let mut harness = legacy(Press::Num3);
    harness.get_by_role_and_label(egui::Role::TextInput, "Filter interactions").click();
    harness.run_steps(2);
    harness.get_by_role_and_label(egui::Role::TextInput, "Filter interactions").type_text("kind:event");
    harness.run_steps(4);
    let before = model(&harness).interactions.len();
    keys(&mut harness, Modifiers::NONE, &[Press::Insert]);
    answers(&mut harness, "Write from", "nobody", Press::Enter);
    harness.get_by_label_contains("“nobody” does not fit");
    keys(&mut harness, Modifiers::NONE, &[Press::Escape]);
    assert!(harness.query_by_label("Write from").is_none());
    // Typing begins, the first that fits is taken, and the other end is asked for.
    types(&mut harness, "w");
    answers(&mut harness, "Write from", "eb sh", Press::Enter);
    assert_eq!(model(&harness).interactions.len(), before);
    answers(&mut harness, "Write to", "loyal", Press::Tab);
    assert_eq!(undo(&harness), "Connect Web shop → Loyalty club");
    assert_eq!(model(&harness).interactions.len(), before + 1);
    // It is no event, and yet in sight until the filter changes; the hand goes on in its row.
    cell(&harness, "To of Web shop → Loyalty club: Loyalty club");
    types(&mut harness, "q");
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    assert_eq!(undo(&harness), "Set kind of Web shop → Loyalty club");
    harness.get_by_role_and_label(egui::Role::TextInput, "Filter interactions").click();
    harness.run_steps(2);
    harness.get_by_role_and_label(egui::Role::TextInput, "Filter interactions").type_text(" ");
    harness.run_steps(4);
    assert!(harness.query_by_label("To of Web shop → Loyalty club: Loyalty club").is_none());
    keys(&mut harness, Modifiers::NONE, &[Press::Escape]);
    keys(&mut harness, Modifiers::COMMAND, &[Press::Z; 2]);
    assert!(!harness.state().bench().is_dirty());
}

#[test]
fn a_contract_is_begun_with_its_owner_as_one_step() {
    let mut harness = legacy(Press::Num4);
    keys(&mut harness, Modifiers::NONE, &[Press::Insert]);
    answers(&mut harness, "Write contract", "Gift cards", Press::Enter);
    answers(&mut harness, "Write product owner", "storefr", Press::Enter);
    assert_eq!(undo(&harness), "Add Gift cards");
    let made = model(&harness).contracts.values().find(|contract| contract.name == "Gift cards").cloned().unwrap();
    assert_eq!(made.owner.known().unwrap().as_str(), "storefront");
    // The hand waits for the next one, which nobody owns as far as is known.
    types(&mut harness, "V");
    answers(&mut harness, "Write contract", "ouchers", Press::Enter);
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    assert_eq!(undo(&harness), "Add Vouchers");
    keys(&mut harness, Modifiers::COMMAND, &[Press::Z; 2]);
    assert!(!harness.state().bench().is_dirty());
}

#[test]
fn the_matrix_is_edited_by_letters_and_by_its_menu() {
    let mut harness = legacy(Press::Num2);
    press(&mut harness, "Order in Billing: update directly in a store; in conflict with the other writers");
    types(&mut harness, "u");
    assert_eq!(undo(&harness), "Billing no longer updates Order");
    harness.get_by_label("Order in Billing: nothing");
    types(&mut harness, "R");
    assert_eq!(undo(&harness), "Billing reads Order");
    harness.get_by_label("Order in Billing: read");
    // The menu says by which way.
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    harness.get_by_label("By which way was not asked");
    keys(&mut harness, Modifiers::NONE, &[Press::ArrowDown, Press::Space]);
    assert_eq!(undo(&harness), "Billing no longer reads Order");
    keys(&mut harness, Modifiers::NONE, &[Press::Escape]);
    types(&mut harness, "o");
    assert_eq!(undo(&harness), "Billing owns Order");
    keys(&mut harness, Modifiers::NONE, &[Press::Delete]);
    assert_eq!(undo(&harness), "Billing has nothing to do with Order");
    keys(&mut harness, Modifiers::COMMAND, &[Press::Z; 5]);
    assert!(!harness.state().bench().is_dirty());
    harness.get_by_label("Order in Billing: update directly in a store; in conflict with the other writers");
}

#[test]
fn a_record_and_a_system_are_added_to_the_matrix() {
    let mut harness = legacy(Press::Num2);
    press(&mut harness, "New record…");
    press(&mut harness, "New record…");
    harness.get_by_role_and_label(egui::Role::TextInput, "Name of the new record").type_text("Gift card");
    harness.run_steps(2);
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    assert_eq!(undo(&harness), "Add Gift card");
    harness.get_by_role_and_label(egui::Role::TextInput, "Add a system to the matrix").click();
    harness.run_steps(3);
    let offers: Vec<String> = harness
        .query_all_by_role(egui::accesskit::Role::ListBoxOption)
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    let name = offers.first().unwrap().rsplit_once(", ").unwrap().0.to_owned();
    harness.get_by_role_and_label(egui::Role::TextInput, "Add a system to the matrix").type_text(&name);
    harness.run_steps(3);
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    harness.get_by_label(&format!("Gift card in {name}: nothing"));
}

#[test]
fn boundaries_show_what_they_require_and_what_falls_short() {
    let mut harness = legacy(Press::Num5);
    let name = cell(&harness, "Trust of ").strip_prefix("Trust of ").unwrap().rsplit_once(": ").unwrap().0.to_owned();
    let trust = cell(&harness, "Trust of ");
    press(&mut harness, &trust);
    keys(&mut harness, Modifiers::NONE, &[Press::End, Press::ArrowLeft]);
    cell(&harness, &format!("Audit log of {name}: "));
    types(&mut harness, "e");
    harness.get_by_role_and_label(egui::Role::TextInput, "Write audit log").type_text("ach call");
    harness.run_steps(3);
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    assert_eq!(undo(&harness), format!("Set audit log of {name}"));
    // A new boundary by its name.
    press(&mut harness, "New boundary…");
    harness.get_by_role_and_label(egui::Role::TextInput, "Write boundary").type_text("Partner zone");
    harness.run_steps(3);
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    assert_eq!(undo(&harness), "Add Partner zone");
    // What crosses into a boundary is a link.
    let entered = harness
        .query_all_by_role(egui::accesskit::Role::Cell)
        .filter_map(|node| node.accesskit_node().label())
        .find(|label| label.starts_with("Crossings of ") && !label.contains(": 0"))
        .unwrap();
    press(&mut harness, &entered);
    harness.query_all_by_label_contains(", from ").next().unwrap().click();
    harness.run_steps(4);
    assert!(harness.state().app.as_ref().unwrap().selected().all(|key| key.to_string().starts_with("interaction:")));
}
