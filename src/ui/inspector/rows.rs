//! Facts, one below the other: a label, a field, and what can be done beyond answering it.

use egui::{Button, Popup, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{
    LABEL,
    blocks::{block_ui, summary},
    editing::{Open, Target},
    field::{FIELD, Spot, Tone, field_ui},
};
use crate::{
    model::{Model, Path, Said, Shape, Shown, Slot, Subject},
    rules,
    scene::Role,
    text::{self, Face},
    ui::{App, paint, theme},
    workbench::{self, Line},
};

/// How wide the sign is that opens what else can be done with a fact. It stands in the margin, beside the bar that
/// scrolls.
const SIGN: f32 = 12.0;

/// A label in its column; what stands in the other column comes after.
pub(super) fn labelled(ui: &mut Ui, words: &str, about: &str, add: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let lines = text::wrap(Face::Regular, 12.0, words, LABEL - 8.0);
        let height = FIELD.max(11.0 + 15.0 * lines.len() as f32);
        let (rect, label) = ui.allocate_exact_size(vec2(LABEL - 8.0, height), Sense::hover());
        for (at, line) in lines.iter().enumerate() {
            let place = pos2(rect.left(), rect.top() + FIELD / 2.0 + 15.0 * at as f32);
            paint::words(ui.painter(), place, line, Face::Regular, 12.0, theme::colour(ui, Role::Soft));
        }
        if !about.is_empty() {
            label.on_hover_text(about);
        }
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 3.0;
            add(ui);
        });
    });
}

/// Whether items are too long for the column of fields: they would be told in many short lines.
fn is_long(ui: &Ui, model: &Model, line: &Line) -> bool {
    let Some(Shown::List(items)) = &line.seen else { return false };
    let room = ui.available_width() - LABEL - 16.0;
    let wide = |shown: &Shown| text::width(Face::Regular, 13.0, &item_words(model, shown)) > room;
    items.len() > 1 && items.iter().any(wide)
}

/// A label over what it names, which has all the width.
fn headed(ui: &mut Ui, words: &str, about: &str, add: impl FnOnce(&mut Ui)) {
    let (rect, label) = ui.allocate_exact_size(vec2(ui.available_width(), FIELD), Sense::hover());
    let colour = theme::colour(ui, Role::Soft);
    paint::words(ui.painter(), rect.left_center(), words, Face::Regular, 12.0, colour);
    if !about.is_empty() {
        label.on_hover_text(about);
    }
    ui.vertical(|ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 3.0;
        add(ui);
    });
    ui.add_space(4.0);
}

/// A fact and all that is in it.
pub(super) fn line_ui(app: &mut App, ui: &mut Ui, model: &Model, line: &Line) {
    let one = app.editing.keys.len() == 1;
    match line.shape.inner() {
        Shape::List(item) if one && (item.is_plain() || listed_flat(item)) => {
            let add = |ui: &mut Ui| items_ui(app, ui, model, line, item);
            if is_long(ui, model, line) {
                headed(ui, &line.label, line.about, add);
            } else {
                labelled(ui, &line.label, line.about, add);
            }
        }
        Shape::List(_) | Shape::Map(..) => block_ui(app, ui, model, line),
        Shape::Group(slots) => nest_ui(app, ui, model, line, &slots()),
        _ => row_ui(app, ui, model, line),
    }
    notes_ui(app, ui, model, line);
}

/// Forms of a value that are told in one text, one below the other.
fn listed_flat(item: &Shape) -> bool {
    let Shape::OneOf(variants) = item else { return false };
    !variants().iter().any(|variant| matches!(variant.inner, Some(Shape::Record)))
}

/// What a shown value is in words, and how it is written.
fn written(model: &Model, shown: Option<&Shown>) -> (String, Tone) {
    match shown {
        None => ("differs".to_owned(), Tone::Soft),
        Some(Shown::NotAsked) => ("not asked".to_owned(), Tone::Open),
        Some(Shown::Group(entries)) if entries.is_empty() => ("not asked".to_owned(), Tone::Open),
        Some(Shown::None) => ("none".to_owned(), Tone::Known),
        Some(Shown::Ref(key)) => (rules::name(model, &Subject::from(key.clone())), Tone::Known),
        Some(shown) => (model.words(shown), Tone::Known),
    }
}

/// A fact that one field tells.
fn row_ui(app: &mut App, ui: &mut Ui, model: &Model, line: &Line) {
    labelled(ui, &line.label, line.about, |ui| {
        let (own, own_tone) = written(model, line.seen.as_ref());
        let empty = match (line.shape.is_fact(), line.seen.as_ref()) {
            (false, Some(Shown::NotAsked)) => Some("nothing said"),
            _ => None,
        };
        let (words, tone, aside) = match (&line.excuse, &line.lent) {
            (Some(reason), _) => (format!("does not apply: {reason}"), Tone::Soft, ""),
            (None, Some((shown, from))) => (written(model, Some(shown)).0, Tone::Known, from.as_str()),
            (None, None) => {
                let words = empty.map(str::to_owned).or_else(|| form(app, model, line)).unwrap_or_else(|| own.clone());
                (words, own_tone, line.source.as_str())
            }
        };
        let said = if own_tone == Tone::Known { own } else { String::new() };
        let spot = Spot {
            target: Target::Fact(line.path.clone()),
            shape: &line.shape,
            name: &line.label,
            about: line.about,
            words,
            text: said,
            tone,
            aside,
            clears: (!line.required, line.shape.is_fact()),
        };
        with_more(app, ui, &line.label, &spot, |app, ui| fact_menu(app, ui, line));
    });
    if let (Shape::OneOf(variants), Some(Shown::List(_))) = (line.shape.inner(), &line.seen) {
        // Who is documented as a consumer: a list of its own.
        for variant in variants() {
            if let Some(Shape::List(item)) = &variant.inner {
                let inner = inner_line(line, &line.path.then(variant.word), "");
                labelled(ui, "", "", |ui| items_ui(app, ui, model, &inner, item));
            }
        }
    }
}

/// The form of a value whose content is a list of its own below.
fn form(app: &App, model: &Model, line: &Line) -> Option<String> {
    let (Shape::OneOf(variants), Some(Shown::List(_))) = (line.shape.inner(), &line.seen) else { return None };
    let record = app.editing.keys.first().and_then(|key| model.entry(key))?.record;
    let is = |word: &str| record.at(&line.path.then(word)).is_some_and(|shown| shown != Shown::NotAsked);
    variants().into_iter().find(|variant| is(variant.word)).map(|variant| variant.word.to_owned())
}

/// A line of what stands inside another.
fn inner_line(line: &Line, path: &Path, label: &str) -> Line {
    Line {
        path: path.clone(),
        label: label.to_owned(),
        fact: None,
        excuse: None,
        lent: None,
        back: None,
        ..line.clone()
    }
}

/// A field, and behind it the sign that opens what else can be done.
pub(super) fn with_more(app: &mut App, ui: &mut Ui, label: &str, spot: &Spot<'_>, menu: impl Fn(&mut App, &mut Ui)) {
    let field = field_ui(app, ui, spot);
    more_ui(app, ui, (label, &field), &spot.target, menu);
}

/// The sign behind a field that opens what else can be done; it shows where the field is pointed at or has the keyboard.
fn more_ui(
    app: &mut App,
    ui: &Ui,
    (label, field): (&str, &egui::Response),
    of: impl egui::AsIdSalt,
    menu: impl Fn(&mut App, &mut Ui),
) {
    let corner = field.rect.right_top() + vec2(4.0, 0.0);
    let rect = egui::Rect::from_min_size(corner, vec2(SIGN, FIELD));
    let more = ui.interact(rect, ui.scope_id().with(("more", of)), Sense::click());
    more.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("More about {label}")));
    let seen = field.hovered() || field.has_focus() || more.hovered() || more.has_focus();
    if seen || Popup::is_id_open(ui.ctx(), Popup::default_response_id(&more)) {
        for by in [-5.0, 0.0, 5.0] {
            let at = pos2(rect.center().x, rect.center().y + by);
            ui.painter().circle_filled(at, 1.4, theme::colour(ui, Role::Soft));
        }
    }
    theme::focus_ring(ui, &more);
    Popup::menu(&more).show(|ui| menu(app, ui));
    field.context_menu(|ui| menu(app, ui));
}

fn pick(ui: &mut Ui, words: &str, key: &str) -> bool {
    let mut button = Button::new(words);
    if !key.is_empty() {
        button = button.shortcut_text(key);
    }
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, words));
    let clicked = response.clicked();
    if clicked {
        ui.close();
    }
    clicked
}

/// What can be said of a fact beside an answer.
fn fact_menu(app: &mut App, ui: &mut Ui, line: &Line) {
    let target = Target::Fact(line.path.clone());
    let mut said = None;
    if let Some(from) = &line.back
        && pick(ui, &format!("Back to what {from} says"), "")
    {
        said = Some(Said::NotAsked);
    }
    if line.shape.is_fact() {
        if pick(ui, "None: there is none", "-") {
            said = Some(Said::None);
        }
        if line.back.is_none() && pick(ui, "Not asked", "Delete") {
            said = Some(Said::NotAsked);
        }
    } else if !line.required && pick(ui, "Empty", "Delete") {
        said = Some(Said::NotAsked);
    }
    if line.fact.is_some() {
        ui.separator();
        if pick(ui, "Does not apply, because…", "") {
            app.editing.noted = Some(line.path.clone());
            let path = Path::from("not_applicable").then(line.path.last());
            let text = line.excuse.clone().unwrap_or_default();
            app.open_field(Open::new(Target::Fact(path), Shape::Words, text));
        }
        if line.excuse.is_some() && pick(ui, "It does apply", "") {
            let path = Path::from("not_applicable").then(line.path.last());
            let keys = app.editing.keys.clone();
            let done = app.say(&keys, &path, &Said::Remove);
            app.report(done);
        }
        if pick(ui, "Where it comes from…", "") {
            app.editing.noted = Some(line.path.clone());
            let path = Path::from("sources").then(line.path.last()).then("by");
            app.open_field(Open::new(Target::Fact(path), Shape::Words, String::new()));
        }
        if !line.source.is_empty() && pick(ui, "Forget where it comes from", "") {
            let path = Path::from("sources").then(line.path.last());
            let keys = app.editing.keys.clone();
            let done = app.say(&keys, &path, &Said::Remove);
            app.report(done);
        }
    }
    if let Some(said) = said {
        let done = app.answer_target(&target, &line.shape, said);
        app.report(done);
    }
}

/// Why a fact does not apply, and where it comes from, below it while somebody asks.
fn notes_ui(app: &mut App, ui: &mut Ui, model: &Model, line: &Line) {
    if app.editing.noted.as_ref() != Some(&line.path) || line.fact.is_none() {
        return;
    }
    let Some(record) = app.editing.keys.first().and_then(|key| model.entry(key)).map(|entry| entry.record) else {
        return;
    };
    let name = line.path.last();
    let fields = [
        (
            Path::from("not_applicable").then(name),
            Shape::Words,
            "Does not apply, because",
            "Why the question does not arise.",
        ),
        (Path::from("sources").then(name).then("by"), Shape::Words, "Said by", "Who said it."),
        (Path::from("sources").then(name).then("on"), Shape::Date, "Said on", "When."),
        (
            Path::from("sources").then(name).then("from"),
            Shape::Words,
            "Said where",
            "On what occasion, or in which file.",
        ),
    ];
    ui.indent("notes", |ui| {
        for (path, shape, label, about) in fields {
            let shown = record.at(&path).unwrap_or(Shown::NotAsked);
            let excuse = path.0.first().is_some_and(|first| first == "not_applicable");
            let shape = Shape::Fact(Box::new(shape));
            let (words, tone) = written(model, Some(&shown));
            labelled(ui, label, about, |ui| {
                let spot = Spot {
                    target: Target::Fact(path.clone()),
                    shape: if excuse { shape.inner() } else { &shape },
                    name: label,
                    about,
                    words: if excuse && tone == Tone::Open { "it applies".to_owned() } else { words.clone() },
                    text: if tone == Tone::Known { words } else { String::new() },
                    tone,
                    aside: "",
                    clears: (!excuse, false),
                };
                field_ui(app, ui, &spot);
            });
        }
        if ui.small_button("Done").clicked() {
            app.editing.noted = None;
        }
    });
}

/// Items that one text tells each, and a place for one more.
fn items_ui(app: &mut App, ui: &mut Ui, model: &Model, line: &Line, item: &Shape) {
    let count = if let Some(Shown::List(items)) = &line.seen { items.len() } else { 0 };
    if let Some(Shown::List(items)) = &line.seen {
        for (at, shown) in items.iter().enumerate() {
            let words = item_words(model, shown);
            let name = format!("{} {}", line.label, at + 1);
            let path = line.path.then(at);
            let spot = Spot {
                target: Target::Fact(path.clone()),
                shape: item,
                name: name.trim(),
                about: line.about,
                text: words.clone(),
                words,
                tone: Tone::Known,
                aside: "",
                clears: (false, false),
            };
            with_more(app, ui, name.trim(), &spot, |app, ui| item_menu(app, ui, &path, at, count));
        }
    }
    let (words, tone) = match &line.seen {
        Some(Shown::List(_)) => ("Add…".to_owned(), Tone::Open),
        other => written(model, other.as_ref()),
    };
    let (words, tone, from) = match &line.lent {
        Some((shown, from)) => (model.words(shown), Tone::Known, from.as_str()),
        None => (words, tone, line.source.as_str()),
    };
    let excused = line.excuse.as_ref().map(|reason| format!("does not apply: {reason}"));
    let name = if count > 0 { format!("Add to {}", line.label) } else { line.label.clone() };
    let inner = line.path.0.len() > 1 && !line.shape.is_fact();
    let words = match (&excused, &line.seen) {
        (Some(words), _) => words.clone(),
        (None, Some(Shown::NotAsked)) if !line.shape.is_fact() => "Add…".to_owned(),
        _ => words,
    };
    let spot = Spot {
        target: Target::Item(line.path.clone()),
        shape: item,
        name: name.trim(),
        about: line.about,
        words,
        text: String::new(),
        tone,
        aside: if count == 0 { from } else { "" },
        clears: (false, false),
    };
    if inner && line.fact.is_none() {
        field_ui(app, ui, &spot);
    } else {
        with_more(app, ui, &line.label, &spot, |app, ui| fact_menu(app, ui, line));
    }
}

/// An item in words that can be typed again.
fn item_words(model: &Model, shown: &Shown) -> String {
    match shown {
        Shown::Ref(key) => rules::name(model, &Subject::from(key.clone())),
        Shown::Group(entries) => match entries.as_slice() {
            [(name, Shown::List(items))] => {
                let names: Vec<String> = items.iter().map(|shown| item_words(model, shown)).collect();
                format!("{name}: {}", names.join(", "))
            }
            _ => model.words(shown),
        },
        other => model.words(other),
    }
}

pub(super) fn item_menu(app: &mut App, ui: &mut Ui, path: &Path, at: usize, count: usize) {
    let mut said = None;
    if pick(ui, "Remove", "") {
        said = Some(Said::Remove);
    }
    if at > 0 && pick(ui, "Move up", "") {
        said = Some(Said::Move(at - 1));
    }
    if at + 1 < count && pick(ui, "Move down", "") {
        said = Some(Said::Move(at + 1));
    }
    if let Some(said) = said {
        let keys = app.editing.keys.clone();
        let done = app.say(&keys, path, &said);
        app.report(done);
    }
}

/// A fact with facts of its own: how often is tried again, how a bulk transfer is reconciled.
fn nest_ui(app: &mut App, ui: &mut Ui, model: &Model, line: &Line, slots: &[Slot]) {
    let path = line.path.to_string();
    let known = matches!(&line.seen, Some(Shown::Group(entries)) if !entries.is_empty());
    let open = app.editing.folds.get(&path).copied().unwrap_or(known);
    labelled(ui, &line.label, line.about, |ui| {
        let (words, tone) = match (&line.excuse, &line.lent) {
            (Some(reason), _) => (format!("does not apply: {reason}"), Tone::Soft),
            (None, Some((shown, _))) => (summary(model, shown), Tone::Known),
            (None, None) if known => {
                (line.seen.as_ref().map(|shown| summary(model, shown)).unwrap_or_default(), Tone::Known)
            }
            _ => written(model, line.seen.as_ref()),
        };
        let aside = line.lent.as_ref().map_or(line.source.as_str(), |(_, from)| from.as_str());
        let head = fold_field(ui, ui.available_width(), &line.label, &words, (tone, open), aside);
        if head.clicked() {
            app.editing.folds.insert(path.clone(), !open);
        }
        more_ui(app, ui, (&line.label, &head), &line.path, |app, ui| fact_menu(app, ui, line));
    });
    if open {
        inner_lines(app, ui, model, &line.path, slots);
    }
}

/// A field that opens what is in it.
pub(super) fn fold_field(
    ui: &mut Ui,
    width: f32,
    label: &str,
    words: &str,
    (tone, open): (Tone, bool),
    aside: &str,
) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, FIELD), Sense::click());
    let state = if open { "open" } else { "folded" };
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("{label}: {words}, {state}")));
    theme::patch(ui, rect, 6.0, Role::Canvas);
    let (face, role) = match tone {
        Tone::Known => (Face::Regular, Role::Text),
        Tone::Open => (Face::Italic, Role::Faint),
        Tone::Soft => (Face::Regular, Role::Soft),
    };
    let short = text::shorten(face, 13.0, words, rect.width() - 30.0);
    paint::words(ui.painter(), pos2(rect.left() + 8.0, rect.center().y), &short, face, 13.0, theme::colour(ui, role));
    paint::fold(ui.painter(), pos2(rect.right() - 12.0, rect.center().y), !open, theme::colour(ui, Role::Soft));
    theme::focus_ring(ui, &response);
    let told = if aside.is_empty() { words.to_owned() } else { format!("{words} · {aside}") };
    response.on_hover_text(told).on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// The facts inside a fact, an item or an entry.
pub(super) fn inner_lines(app: &mut App, ui: &mut Ui, model: &Model, path: &Path, slots: &[Slot]) {
    let Some(key) = app.editing.keys.first().cloned() else { return };
    let lines = workbench::lines_in(model, &key, path, slots);
    ui.indent(path, |ui| {
        for mut line in lines {
            line.fact = None;
            line_ui(app, ui, model, &line);
        }
    });
}
