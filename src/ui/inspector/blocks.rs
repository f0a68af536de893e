//! Lists and maps whose items have facts of their own: each folds, comes and goes.

use egui::{RichText, Sense, Ui, pos2, vec2};

use super::{
    editing::{Draft, Open, Target},
    field::{FIELD, Spot, Tone, field_ui},
    rows::{fold_field, inner_lines, item_menu, labelled, with_more},
};
use crate::{
    model::{Effect, Key, Model, Parts, Path, Record, Said, Shape, Shown, Slot, Subject},
    rules,
    scene::Role,
    text::{self, Face, capital},
    ui::{App, paint, theme},
    workbench::{self, Line},
};

/// A list or a map whose items have facts of their own: each folds, comes and goes.
pub(super) fn block_ui(app: &mut App, ui: &mut Ui, model: &Model, line: &Line) {
    let entries: Vec<(Path, String)> = match (&line.seen, line.shape.inner()) {
        (Some(Shown::List(items)), _) => {
            items.iter().enumerate().map(|(at, shown)| (line.path.then(at), summary(model, shown))).collect()
        }
        (Some(Shown::Group(entries)), _) => {
            entries.iter().map(|(name, _)| (line.path.then(name), entry_name(model, &line.shape, name))).collect()
        }
        _ => Vec::new(),
    };
    let entries = effects(app, model, line).unwrap_or(entries);
    let item = match line.shape.inner() {
        Shape::List(item) => (**item).clone(),
        Shape::Map(_, value) => (**value).clone(),
        other => other.clone(),
    };
    let mut told = needed(&line.shape);
    if line.path.last() == "effects" {
        told = vec![Slot { name: "", about: "", required: true, shape: Shape::Reference(&[]) }];
    }
    let count = entries.len();
    let ordered = matches!(line.shape.inner(), Shape::List(_));
    let renames = matches!(line.shape.inner(), Shape::Map(key, _) if matches!(**key, Shape::Name | Shape::Words));
    ui.add_space(4.0);
    let (rect, head) = ui.allocate_exact_size(vec2(ui.available_width(), FIELD), Sense::hover());
    let title = if count == 0 { line.label.clone() } else { format!("{} · {count}", line.label) };
    paint::words(ui.painter(), rect.left_center(), &title, Face::Regular, 12.0, theme::colour(ui, Role::Soft));
    if !line.about.is_empty() {
        head.on_hover_text(line.about);
    }
    let width = text::width(Face::Regular, 12.0, "Add…") + 12.0;
    let place = egui::Rect::from_min_size(pos2(rect.right() - width + 6.0, rect.top()), vec2(width, FIELD));
    if paint::small_button(ui, place, "Add…", &format!("Add to {}", line.label), Role::Accent).clicked() {
        begin(app, line, &told);
    }
    for (at, (path, words)) in entries.iter().enumerate() {
        entry_ui(app, ui, model, (path, words), &item, (at, count, ordered, renames));
    }
    draft_ui(app, ui, model, line, &told);
}

/// The effects of a change by the names of what they are about; `None` for every other list.
fn effects(app: &App, model: &Model, line: &Line) -> Option<Vec<(Path, String)>> {
    let entry = app.editing.keys.first().and_then(|key| model.entry(key))?;
    let Record::Change(change) = entry.record else { return None };
    let words = |effect: &Effect| match effect {
        Effect::Put(_, record) => {
            let name = record.display_name().unwrap_or_else(|| rules::name(model, &Subject::from(effect.key())));
            format!("{name} is as planned")
        }
        Effect::Alter { .. } => format!("{} changes", rules::name(model, &Subject::from(effect.key()))),
        Effect::Remove(key) => format!("{} is gone", rules::name(model, &Subject::from(key.clone()))),
    };
    let listed = change.effects.iter().enumerate().map(|(at, effect)| (line.path.then(at), words(effect)));
    (line.path.last() == "effects").then(|| listed.collect())
}

/// What must be said of a new item or entry: names, labels and shapes.
fn needed(shape: &Shape) -> Vec<Slot> {
    let required = |value: &Shape| -> Vec<Slot> {
        match value {
            Shape::Group(slots) => slots().into_iter().filter(|slot| slot.required).collect(),
            other => vec![Slot { name: "value", about: "", required: true, shape: other.clone() }],
        }
    };
    match shape.inner() {
        Shape::Map(key, value) => {
            let name = Slot { name: "", about: "What it is called.", required: true, shape: (**key).clone() };
            std::iter::once(name).chain(required(value)).collect()
        }
        Shape::List(item) => match &**item {
            Shape::Group(_) => required(item),
            other => vec![Slot { name: "", about: "", required: true, shape: other.clone() }],
        },
        _ => Vec::new(),
    }
}

fn begin(app: &mut App, line: &Line, told: &[Slot]) {
    if !app.leave_field() {
        return;
    }
    let mut parts = Parts::default();
    for slot in told {
        if let Shape::Choice([first, ..]) = slot.shape {
            parts.0.insert(slot.name.to_owned(), first.word.to_owned());
        }
    }
    app.editing.draft = Some(Draft { path: line.path.clone(), parts, wrong: None });
    if let Some(first) = told.first().filter(|slot| !matches!(slot.shape, Shape::Choice(_))) {
        let target = Target::Part(first.name.to_owned());
        app.open_field(Open::new(target, first.shape.clone(), String::new()));
    }
}

/// The fields of a new item, and the buttons that end it.
fn draft_ui(app: &mut App, ui: &mut Ui, model: &Model, line: &Line, told: &[Slot]) {
    let Some(draft) = app.editing.draft.clone().filter(|draft| draft.path == line.path) else { return };
    let effects = line.path.last() == "effects";
    egui::Frame::new().fill(theme::colour(ui, Role::Canvas)).corner_radius(6.0).inner_margin(8.0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 3.0;
        for slot in told {
            let label = match slot.name {
                "" if effects => "Element".to_owned(),
                "" => "Name".to_owned(),
                name => capital(&name.replace('_', " ")),
            };
            let text = draft.parts.0.get(slot.name).cloned().unwrap_or_default();
            labelled(ui, &label, slot.about, |ui| {
                let words = if text.is_empty() { "needed".to_owned() } else { told_words(model, &slot.shape, &text) };
                let spot = Spot {
                    target: Target::Part(slot.name.to_owned()),
                    shape: &slot.shape,
                    name: &label,
                    about: slot.about,
                    tone: if text.is_empty() { Tone::Open } else { Tone::Known },
                    text: if text.is_empty() { String::new() } else { words.clone() },
                    words,
                    aside: "",
                    clears: (false, false),
                };
                field_ui(app, ui, &spot);
            });
        }
        if let Some(wrong) = &draft.wrong {
            ui.add(egui::Label::new(RichText::new(wrong).size(12.0).color(theme::colour(ui, Role::Error))).wrap());
        }
        ui.horizontal(|ui| {
            if effects && ui.button("Plan it otherwise").on_hover_text("As it stands now, to be changed.").clicked() {
                plan(app, &draft);
            }
            let verb = if effects { "It goes" } else { "Add" };
            if theme::main_button(ui, verb).clicked() && app.leave_field() {
                app.end_draft();
            }
            if ui.button("Cancel").clicked() {
                app.editing.field = None;
                app.editing.draft = None;
            }
        });
    });
}

/// Puts the element of a draft, as it stands, among the effects of a change.
fn plan(app: &mut App, draft: &Draft) {
    if !app.leave_field() {
        return;
    }
    let text = app.editing.draft.as_ref().and_then(|draft| draft.parts.0.get("")).cloned().unwrap_or_default();
    let key = text.strip_prefix("is gone ").unwrap_or(&text).parse::<Key>();
    let (Ok(key), Some(change)) = (key, app.editing.keys.first().cloned()) else {
        app.editing.draft = Some(Draft { wrong: Some("An element is needed".to_owned()), ..draft.clone() });
        return;
    };
    let model = app.bench.model().clone();
    let step = format!("Plan {} in {}", model.name(&key), model.name(&change));
    let meant = workbench::plan_record(&model, &change, &key).map(|edits| ((), edits));
    if app.intend(&step, meant).is_some() {
        app.editing.draft = None;
    }
}

fn told_words(model: &Model, shape: &Shape, text: &str) -> String {
    let key = match shape.inner() {
        Shape::Reference([kind]) => format!("{}:{text}", kind.word()).parse::<Key>().ok(),
        Shape::Reference(_) | Shape::Subject => text.parse::<Key>().ok(),
        _ => None,
    };
    key.map_or_else(|| text.replace('\n', ", "), |key| rules::name(model, &Subject::from(key)))
}

fn entry_name(model: &Model, shape: &Shape, name: &str) -> String {
    match shape.inner() {
        Shape::Map(key, _) => told_words(model, key, name),
        _ => name.to_owned(),
    }
}

/// An item with facts of its own in a few words: what must be said of it.
pub(super) fn summary(model: &Model, shown: &Shown) -> String {
    match shown {
        Shown::Group(entries) => {
            let words = entries.iter().take(2).map(|(_, shown)| model.words(shown));
            words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ")
        }
        other => model.words(other),
    }
}

fn entry_ui(
    app: &mut App,
    ui: &mut Ui,
    model: &Model,
    (path, words): (&Path, &str),
    item: &Shape,
    (at, count, ordered, renames): (usize, usize, bool, bool),
) {
    let fold = path.to_string();
    let open = app.editing.folds.get(&fold).copied().unwrap_or(false);
    let menu = |app: &mut App, ui: &mut Ui| {
        item_menu(app, ui, path, if ordered { at } else { 0 }, if ordered { count } else { 0 });
    };
    // An entry that one text tells is a row: its name, its value.
    if item.is_plain() {
        let Some(record) = app.editing.keys.first().and_then(|key| model.entry(key)).map(|entry| entry.record) else {
            return;
        };
        let shown = record.at(path).unwrap_or(Shown::NotAsked);
        labelled(ui, words, "", |ui| {
            let value = model.words(&shown);
            let spot = Spot {
                target: Target::Fact(path.clone()),
                shape: item,
                name: words,
                about: "",
                text: value.clone(),
                words: value,
                tone: Tone::Known,
                aside: "",
                clears: (false, false),
            };
            with_more(app, ui, words, &spot, menu);
        });
        return;
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let width = ui.available_width() - 24.0;
        let head = fold_field(ui, width, "Item", words, (Tone::Known, open), "");
        if head.clicked() {
            app.editing.folds.insert(fold.clone(), !open);
        }
        head.context_menu(|ui| menu(app, ui));
        let (rect, _) = ui.allocate_exact_size(vec2(22.0, FIELD), Sense::hover());
        if paint::small_button(ui, rect, "×", &format!("Remove {words}"), Role::Soft).clicked() {
            let keys = app.editing.keys.clone();
            let done = app.say(&keys, path, &Said::Remove);
            app.report(done);
        }
    });
    if open {
        if renames {
            name_ui(app, ui, path);
        }
        match item {
            Shape::Group(slots) => inner_lines(app, ui, model, path, &slots()),
            Shape::OneOf(_) => effect_ui(app, ui, model, path),
            _ => {}
        }
    }
}

/// What an entry is called; what names it elsewhere follows.
fn name_ui(app: &mut App, ui: &mut Ui, path: &Path) {
    ui.indent(("name", path), |ui| {
        labelled(ui, "Name", "What names it elsewhere follows.", |ui| {
            let name = path.last().to_owned();
            let spot = Spot {
                target: Target::Name(path.clone()),
                shape: &Shape::Name,
                name: "Name of the entry",
                about: "What names it elsewhere follows.",
                text: name.clone(),
                words: name,
                tone: Tone::Known,
                aside: "",
                clears: (false, false),
            };
            field_ui(app, ui, &spot);
        });
    });
}

/// What a change makes of the model: a record as it is planned, fact by fact, or one that goes.
fn effect_ui(app: &mut App, ui: &mut Ui, model: &Model, path: &Path) {
    let Some(Record::Change(change)) =
        app.editing.keys.first().and_then(|key| model.entry(key)).map(|entry| entry.record)
    else {
        return;
    };
    let Some(effect) = path.last().parse::<usize>().ok().and_then(|at| change.effects.get(at)) else { return };
    match effect {
        Effect::Remove(_) => {
            let slot =
                Slot { name: "is gone", about: "The record that goes.", required: true, shape: Shape::Reference(&[]) };
            inner_lines(app, ui, model, path, &[slot]);
        }
        Effect::Put(_, record) | Effect::Alter { to: record, .. } => {
            let told = ["not_applicable", "sources", "pins", "effects"];
            let slots = Record::shape_of(record.kind());
            let slots: Vec<Slot> = slots.into_iter().filter(|slot| !told.contains(&slot.name)).collect();
            let word = if matches!(effect, Effect::Put(..)) { "is as planned" } else { "changes" };
            inner_lines(app, ui, model, &path.then(word), &slots);
        }
    }
}
