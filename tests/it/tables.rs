//! Tables, the ownership matrix and boundaries: worked in by keys, copied and pasted.

use egui::{Event, Key as Press, Modifiers};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use spandrel::model::{Consumers, Fact, Id, Interaction, InteractionKind, Transport, Trust};

use crate::{
    hand::{cell, clipped, keys, legacy, model, pastes, press, types, undo, writes},
    seat::Window,
};

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
    writes(&mut harness, "Write timeout", "weeks");
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    harness.get_by_label_contains("expected a duration such as 800ms");
    assert!(!harness.state().bench().is_dirty());
    keys(&mut harness, Modifiers::NONE, &[Press::Escape]);
    assert!(harness.query_by_label("Write timeout").is_none());
    types(&mut harness, "9");
    writes(&mut harness, "Write timeout", "s");
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
    writes(&mut harness, "Filter interactions", "kind:ev");
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
    let text = clipped(&mut harness, Event::Copy);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].starts_with("Id\tFrom\tTo\tKind\t"), "{text}");
    let before = model(&harness);
    // Wrong: nothing can be done, and each cell says why.
    pastes(&mut harness, "From\tTo\tKind\tTimeout\nnobody\tOrders\tquery\tsoon\n");
    harness.get_by_label("These rows cannot be pasted yet");
    harness.get_by_label("Line 2, From: there is no system “nobody”");
    press(&mut harness, "Close");
    assert_eq!(model(&harness), before);
    // Right: a new row, as one step.
    pastes(&mut harness, "From\tTo\tKind\tPeak rate\nBilling\tOrders\tquery\t20/s\n");
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
    writes(harness, label, text);
    keys(harness, Modifiers::NONE, &[then]);
    harness.run_steps(3);
}

#[test]
fn an_interaction_is_begun_in_the_last_row_and_stays_in_sight() {
    let mut harness = legacy(Press::Num3);
    harness.get_by_role_and_label(egui::Role::TextInput, "Filter interactions").click();
    harness.run_steps(2);
    writes(&mut harness, "Filter interactions", "kind:event");
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
    writes(&mut harness, "Filter interactions", " ");
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
    writes(&mut harness, "Name of the new record", "Gift card");
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    assert_eq!(undo(&harness), "Add Gift card");
    harness.get_by_role_and_label(egui::Role::TextInput, "Add a system to the matrix").click();
    harness.run_steps(3);
    let offers: Vec<String> = harness
        .query_all_by_role(egui::accesskit::Role::ListBoxOption)
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    let name = offers.first().unwrap().rsplit_once(", ").unwrap().0.to_owned();
    writes(&mut harness, "Add a system to the matrix", &name);
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
    writes(&mut harness, "Write audit log", "ach call");
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    assert_eq!(undo(&harness), format!("Set audit log of {name}"));
    // A new boundary by its name.
    press(&mut harness, "New boundary…");
    writes(&mut harness, "Write boundary", "Partner zone");
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    // How far it is trusted is asked; and what crosses into it is told below at once.
    harness.get_by_label_contains("restricted, ");
    answers(&mut harness, "Write trust", "part", Press::Enter);
    assert_eq!(undo(&harness), "Add Partner zone");
    assert!(model(&harness).boundaries.values().any(|b| b.name == "Partner zone" && b.trust == Trust::Partner));
    harness.get_by_label("nothing that is known crosses into it");
    // What crosses into a boundary is a link.
    let trust = cell(&harness, "Trust of ");
    press(&mut harness, &trust);
    keys(&mut harness, Modifiers::NONE, &[Press::End]);
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

#[test]
fn delete_empties_a_cell_and_rows_go_by_a_key_of_their_own() {
    let mut harness = legacy(Press::Num3);
    let before = model(&harness);
    let cell = cell(&harness, "Contract of ");
    press(&mut harness, &cell);
    // Out of the field, and out of the table.
    types(&mut harness, "x");
    keys(&mut harness, Modifiers::NONE, &[Press::Escape, Press::Escape, Press::Delete]);
    assert!(undo(&harness).starts_with("Contract of ") && undo(&harness).ends_with(" not asked"), "{}", undo(&harness));
    assert_eq!(model(&harness).interactions.len(), before.interactions.len());
    // What is typed is for the cell, too; a letter is no command there.
    keys(&mut harness, Modifiers::NONE, &[Press::Escape, Press::N]);
    types(&mut harness, "n");
    harness.get_by_role_and_label(egui::Role::TextInput, "Write contract");
    keys(&mut harness, Modifiers::NONE, &[Press::Escape, Press::Escape]);
    keys(&mut harness, Modifiers::COMMAND, &[Press::Delete]);
    assert!(undo(&harness).starts_with("Delete "), "{}", undo(&harness));
    assert_eq!(model(&harness).interactions.len(), before.interactions.len() - 1);
    keys(&mut harness, Modifiers::COMMAND, &[Press::Z, Press::Z]);
    assert_eq!(model(&harness), before);
    // A row that was selected elsewhere is not deleted by the key that empties cells.
    let key = before.interactions.keys().next().unwrap().key();
    let mut harness = legacy(Press::Num1);
    harness.state_mut().app.as_mut().unwrap().choose(&[key]);
    keys(&mut harness, Modifiers::COMMAND, &[Press::Num3]);
    keys(&mut harness, Modifiers::NONE, &[Press::Delete]);
    harness.get_by_label("Ctrl+Delete deletes the selected rows");
    assert_eq!(model(&harness), before);
    // Nor does it take a record and a system with a cell of the matrix.
    let mut harness = legacy(Press::Num2);
    press(&mut harness, "Order in Billing: update directly in a store; in conflict with the other writers");
    keys(&mut harness, Modifiers::NONE, &[Press::Escape, Press::Delete]);
    assert_eq!(undo(&harness), "Billing has nothing to do with Order");
}

#[test]
fn consumers_are_completed_one_after_the_other() {
    let mut harness = legacy(Press::Num4);
    let first = cell(&harness, "Documented consumers of ");
    press(&mut harness, &first);
    types(&mut harness, "w");
    // A comma takes what is offered first.
    writes(&mut harness, "Write documented consumers", "eb s,");
    writes(&mut harness, "Write documented consumers", "loyal");
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    assert!(undo(&harness).starts_with("Set documented consumers of "), "{}", undo(&harness));
    let name = first.strip_prefix("Documented consumers of ").unwrap().split(": ").next().unwrap().to_owned();
    let contract = model(&harness).contracts.values().find(|contract| contract.name == name).cloned().unwrap();
    let Fact::Known(Consumers::Documented(systems)) = &contract.consumers else { panic!("{:?}", contract.consumers) };
    assert_eq!(systems.iter().map(Id::as_str).collect::<Vec<_>>(), ["web-shop", "loyalty"]);
}

#[test]
fn a_column_that_there_is_not_is_told() {
    let mut harness = legacy(Press::Num3);
    harness.get_by_role_and_label(egui::Role::TextInput, "Filter interactions").click();
    harness.run_steps(2);
    writes(&mut harness, "Filter interactions", "timout:2s");
    harness.get_by_label_contains("No column is called “timout”. Did you mean timeout? There are from, to, kind, ");
}

#[test]
fn every_mistake_of_what_is_pasted_can_be_reached() {
    let mut harness = legacy(Press::Num3);
    let first = cell(&harness, "From of ");
    press(&mut harness, &first);
    let lines: Vec<String> = (0..500).map(|at| format!("nobody {at}\tOrders\tquery")).collect();
    pastes(&mut harness, &format!("From\tTo\tKind\n{}\n", lines.join("\n")));
    harness.get_by_label("500 cells of 500 lines cannot be read. Mend them, and paste again.");
    harness.get_by_label("Line 2, From: there is no system “nobody 0”");
    harness.hover_at(harness.get_by_label("Line 4, From: there is no system “nobody 2”").rect().center());
    for _ in 0..40 {
        let delta = egui::vec2(0.0, -1000.0);
        let (unit, source) = (egui::MouseWheelUnit::Point, egui::MouseWheelSource::Wheel);
        let (phase, modifiers) = (egui::TouchPhase::Move, Modifiers::NONE);
        harness.event(Event::MouseWheel { unit, delta, phase, source, modifiers });
        harness.run_steps(4);
    }
    harness.get_by_label("Line 501, From: there is no system “nobody 499”");
}

#[test]
fn rows_that_are_pasted_into_quick_entry_are_shown_in_their_table() {
    let mut harness = legacy(Press::Num1);
    keys(&mut harness, Modifiers::COMMAND, &[Press::K]);
    pastes(&mut harness, "Id\tFrom\tTo\tKind\nnew-one\tBilling\tOrders\tquery\n");
    harness.get_by_label("By their headings, these are rows of the table of interactions.");
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    assert_eq!(undo(&harness), "Paste 1 interaction");
    harness.get_by_label("Sort by From");
    // So they are in another table.
    let first = cell(&harness, "From of ");
    press(&mut harness, &first);
    pastes(&mut harness, "Contract\tProvider\nGift cards\tOrders\n");
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    assert_eq!(undo(&harness), "Paste 1 contract");
}

#[test]
fn columns_are_as_wide_as_what_stands_in_them_and_as_somebody_made_them() {
    let mut harness = legacy(Press::Num4);
    let width = |harness: &Harness<'_, Window>, title: &str| {
        let heading = format!("Sort by {title}");
        harness.get_by_label(&heading).rect().width()
    };
    assert!(width(&harness, "Style") < 110.0 && width(&harness, "Contract") > 170.0);
    let long = cell(&harness, "Contract of Remote functions of the ERP: ");
    press(&mut harness, &long);
    keys(&mut harness, Modifiers::NONE, &[Press::End]);
    assert!(width(&harness, "Documented consumers") > 200.0);
    // Wider by hand: so it stays, also in another model.
    let edge = harness.get_by_label("Width of column 9").rect().center();
    harness.drag_at(edge);
    harness.run_steps(2);
    harness.hover_at(edge + egui::vec2(60.0, 0.0));
    harness.run_steps(2);
    harness.drop_at(edge + egui::vec2(60.0, 0.0));
    harness.run_steps(2);
    let wide = width(&harness, "Documented consumers");
    assert!(wide > 300.0, "{wide}");
    press(&mut harness, "Columns");
    press(&mut harness, "Fitting widths");
    assert!(width(&harness, "Documented consumers") < wide - 40.0);
}

#[test]
fn rows_are_dragged_over_and_filled_down() {
    let mut harness = legacy(Press::Num3);
    let cells = harness.query_all_by_role(egui::accesskit::Role::Cell).filter_map(|node| {
        let label = node.accesskit_node().label()?;
        label.starts_with("Travels of ").then(|| (label, node.rect().center()))
    });
    let cells: Vec<(String, egui::Pos2)> = cells.collect();
    harness.drag_at(cells[1].1);
    harness.run_steps(2);
    for (_, at) in &cells[2..5] {
        harness.hover_at(*at);
        harness.run_steps(2);
    }
    harness.drop_at(cells[4].1);
    harness.run_steps(2);
    assert_eq!(harness.state().selected().len(), 4);
    // What stands in the first of them goes into all.
    types(&mut harness, "fi");
    keys(&mut harness, Modifiers::NONE, &[Press::Enter]);
    keys(&mut harness, Modifiers::COMMAND, &[Press::Z]);
    press(&mut harness, &cells[1].0);
    types(&mut harness, "fi");
    keys(&mut harness, Modifiers::NONE, &[Press::Enter, Press::ArrowUp]);
    keys(&mut harness, Modifiers::SHIFT, &[Press::ArrowDown, Press::ArrowDown]);
    keys(&mut harness, Modifiers::COMMAND, &[Press::D]);
    assert_eq!(undo(&harness), "Set travels of 3 rows");
    for selected in harness.state().selected() {
        let key: spandrel::model::Key = selected.parse().unwrap();
        assert_eq!(model(&harness).interactions[&Id::from_slug(key.slug)].transport, Fact::Known(Transport::File));
    }
}

#[test]
fn a_row_has_a_menu() {
    let mut harness = legacy(Press::Num3);
    let kind = cell(&harness, "Kind of ");
    let before = model(&harness).interactions.len();
    harness.get_by_label(&kind).click_secondary();
    harness.run_steps(4);
    harness.get_by_label_contains("Copy rows");
    harness.get_by_label_contains("New row");
    harness.get_by_label_contains("Delete rows").click();
    harness.run_steps(4);
    assert_eq!(model(&harness).interactions.len(), before - 1);
}
