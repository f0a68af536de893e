//! Tables, the ownership matrix and boundaries: worked in by keys, copied and pasted.

use std::{path::PathBuf, sync::Arc};

use egui::{Event, Key as Press, Modifiers};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use proptest::prelude::*;
use spandrel::{
    model::{
        Authentication, Edit, Fact, Id, Interaction, InteractionKind, Lens, Many, Model, PartName, Text, Transport,
        Trigger,
    },
    workbench::{Grid, GridKind, PasteAt, SurveyOptions, copied, paste, survey},
};

use crate::{day, open, project, seat::Window};

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
    harness.event(Event::Copy);
    harness.run_steps(1);
    let text = clipboard(&harness);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
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

fn options() -> SurveyOptions {
    SurveyOptions { as_of: day(), grouping: None, lens: Lens::Kinds }
}

/// All rows and all columns of a table as text.
fn whole(model: &Model, sheet: GridKind) -> String {
    let grid = Grid::new(&Arc::new(survey(model, 0, options())), sheet);
    let rows: Vec<usize> = (0..grid.rows.len()).collect();
    let columns: Vec<usize> = (0..sheet.columns().len()).collect();
    copied(model, &grid, &rows, &columns)
}

fn nowhere<'a>() -> PasteAt<'a> {
    PasteAt { rows: &[], columns: &[] }
}

/// A model without its interactions and what hangs on them.
fn without_interactions(model: &Model) -> Model {
    let mut bare = model.clone();
    let gone: Vec<_> = model.interactions.keys().map(Id::key).collect();
    bare.apply(&spandrel::model::cascade(model, &gone)).unwrap();
    bare
}

fn there_and_back(model: &Model) {
    for sheet in GridKind::ALL {
        let again = paste(model, sheet, &whole(model, sheet), nowhere());
        assert_eq!((&again.troubles, &again.changes, &again.edits), (&vec![], &vec![], &vec![]), "{sheet:?}");
    }
    let text = whole(model, GridKind::Interactions);
    let mut bare = without_interactions(model);
    let pasting = paste(&bare, GridKind::Interactions, &text, nowhere());
    assert_eq!(pasting.troubles, []);
    bare.apply(&pasting.edits).unwrap();
    assert_eq!(whole(&bare, GridKind::Interactions), text);
}

#[test]
fn the_examples_are_copied_and_pasted_without_a_change() {
    for example in ["retail-legacy", "retail-target", "astronomy-shop"] {
        there_and_back(&open(&format!("examples/{example}.ron")));
    }
}

fn fact<T: std::fmt::Debug + Clone>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Fact<T>> {
    prop_oneof![Just(Fact::NotAsked), Just(Fact::None), value.prop_map(Fact::Known)]
}

fn text() -> impl Strategy<Value = Text> {
    let odd = prop_oneof![Just("none".to_owned()), Just("Not asked".to_owned()), "[a-z'\";:,/ \tß→]{1,9}"];
    odd.prop_filter_map("blank", |text| Text::new(text.trim()))
}

fn trigger() -> impl Strategy<Value = Trigger> {
    let part = |name: &str| format!("api/{name}").parse().unwrap();
    prop_oneof![
        Just(Trigger::User),
        Just(Trigger::Operation(part("Put"))),
        Just(Trigger::Message(part("Gone"))),
        "[a-z ]{0,6}[a-z]".prop_map(|text| Trigger::Schedule(Text::new(text.trim()).unwrap())),
    ]
}

fn interaction() -> impl Strategy<Value = Interaction> {
    let kind = proptest::sample::select(InteractionKind::ALL);
    let name = |name: &'static str| Just(PartName::new(name).unwrap());
    let what = (kind, fact(name("Put")), fact(name("Gone")), fact(name("v1")), any::<bool>());
    let said = (fact(text()), fact(text()), fact(text()), fact("[1-9]{1,4}(ms|s|min|h|d)"), fact(any::<u32>()));
    let lists = (
        fact(prop::collection::vec(text(), 1..3)),
        fact(prop::collection::vec(trigger(), 1..3)),
        fact(prop_oneof![Just(Authentication::OAuth2), text().prop_map(Authentication::Anonymous)]),
    );
    (what, said, lists).prop_map(|(what, said, lists)| {
        let id = |slug: &str| slug.parse::<Id<_>>().unwrap();
        let mut made = Interaction::new(id("a"), id("b"), what.0);
        if what.4 {
            made.contract = "api".parse::<Id<_>>().unwrap().into();
            (made.operation, made.message, made.version) = (what.1, what.2, what.3);
        }
        (made.protocol, made.schedule, made.resilience.fallback) = (said.0, said.1, said.2);
        made.resilience.timeout = map(said.3, |text| text.parse().unwrap());
        made.calls_per_trigger = said.4;
        made.fields_read = map(lists.0, |items| Many::new(items).unwrap());
        made.triggered_by = map(lists.1, |items| Many::new(items).unwrap());
        made.security.authentication = lists.2;
        made
    })
}

fn map<A, B>(fact: Fact<A>, to: impl Fn(A) -> B) -> Fact<B> {
    match fact {
        Fact::NotAsked => Fact::NotAsked,
        Fact::None => Fact::None,
        Fact::Known(value) => Fact::Known(to(value)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_is_copied_is_pasted_as_it_was(interactions in prop::collection::vec(interaction(), 1..6)) {
        let mut model = crate::model(
            "(model: (format: 1, name: \"Shop\"), systems: {\"a\": (name: \"Web, shop\", kind: Service), \"b\": (name: \"none\", \
             kind: Service)}, contracts: {\"api\": (name: \"API\", versions: {\"v1\": ()}, operations: {\"Put\": (kind: \
             Command)}, messages: {\"Gone\": ()})})",
        );
        for (at, interaction) in interactions.into_iter().enumerate() {
            model.apply(&[Edit::put(&format!("i{at}").parse().unwrap(), interaction)]).unwrap();
        }
        there_and_back(&model);
    }

    #[test]
    fn no_text_that_is_pasted_makes_trouble_of_its_own(text in "[a-zFT \"\t\n'/:→]{0,60}") {
        let model = open("examples/retail-legacy.ron");
        let rows: Vec<_> = model.interactions.keys().take(2).map(Id::key).collect();
        for sheet in GridKind::ALL {
            for line in ["", "From\tTo\tKind\n", "Contract\tProvider\n"] {
                let pasting = paste(&model, sheet, &format!("{line}{text}"), PasteAt { rows: &rows, columns: &[0, 3] });
                if pasting.troubles.is_empty() {
                    model.clone().apply(&pasting.edits).unwrap();
                }
            }
        }
    }
}
