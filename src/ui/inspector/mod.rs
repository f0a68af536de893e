//! The selected element: what is known of it, where that comes from, what it is joined to, what is wrong with it.

mod found;

use std::sync::Arc;

use egui::{Frame, RichText, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::{App, advisor, paint, theme};
use crate::{
    facts::{Facts, Origin},
    model::{Fact, Id, Key, Kind, Model, Record, Shown, Subject, SystemKind},
    rules,
    scene::Role,
    text::{self, Face},
    workbench::{self, Survey},
};

const LABEL: f32 = 124.0;
const ROW: f32 = 26.0;

pub(super) fn inspector_ui(app: &mut App, ui: &mut Ui) {
    let Some(survey) = app.survey.clone() else { return };
    let mut go = None;
    let chosen: Vec<Key> = app.selection.iter().cloned().collect();
    // A name that was being typed is kept when something else is chosen before the field is left.
    let shown = match chosen.as_slice() {
        [] => Some(Key::single(Kind::Model)),
        [key] => Some(key.clone()),
        _ => None,
    };
    if app.naming.as_ref().is_some_and(|(key, _)| shown.as_ref() != Some(key)) {
        app.commit_name();
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| match chosen.as_slice() {
        [] => model(app, ui, &survey),
        [key] => element(app, ui, &survey, key, &mut go),
        more => {
            title(ui, &format!("{} elements", more.len()));
            owner(app, ui, more);
            for key in more.iter().take(60) {
                link(ui, &survey.model, key, "", &mut go);
            }
        }
    });
    if let Some(key) = go {
        app.go_to(key);
    }
}

/// The name of a record as a field that looks like a heading; it changes when the field is left.
fn name_field(app: &mut App, ui: &mut Ui, key: &Key) {
    let stands = app.bench.model().name(key);
    let typed = match app.naming.take() {
        Some((other, typed)) if other == *key => typed,
        _ => stands.clone(),
    };
    let mut text = typed;
    let font = egui::FontId::new(18.0, theme::family(Face::SemiBold));
    let field = ui.add(TextEdit::singleline(&mut text).font(font).frame(Frame::NONE).desired_width(f32::INFINITY));
    field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, "Name"));
    if field.has_focus() || field.hovered() {
        let rect = field.rect.expand2(vec2(4.0, 1.0));
        let role = if field.has_focus() { Role::Accent } else { Role::Hairline };
        let stroke = egui::Stroke::new(1.0, theme::colour(ui, role));
        ui.painter().rect_stroke(rect, 6.0, stroke, egui::StrokeKind::Outside);
    }
    // Escape leaves the field without what was typed.
    if ui.input(|input| input.key_pressed(egui::Key::Escape)) && (field.has_focus() || field.lost_focus()) {
        return;
    }
    if field.has_focus() || field.lost_focus() {
        app.naming = Some((key.clone(), text));
    }
    if field.lost_focus() {
        app.commit_name();
    }
}

/// Who owns what is selected, to be chosen; nothing where not all of it can have the same kind of owner.
fn owner(app: &mut App, ui: &mut Ui, keys: &[Key]) {
    let model = app.bench.model().clone();
    let owners: Option<Vec<Fact<Key>>> = keys.iter().map(|key| model.entry(key)?.record.owner()).collect();
    let Some(owners) = owners else { return };
    let kinds: std::collections::BTreeSet<Kind> = keys.iter().map(|key| workbench::owners(key.kind)).collect();
    let (Some(first), Some(kind), 1) = (owners.first(), kinds.first().copied(), kinds.len()) else { return };
    let same = owners.iter().all(|owner| owner == first);
    let shown = match first {
        _ if !same => "several".to_owned(),
        Fact::NotAsked => "not asked".to_owned(),
        Fact::None => "none".to_owned(),
        Fact::Known(owner) => model.name(owner),
    };
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let label = if kind == Kind::System { "System of record" } else { "Owner" };
        let (rect, _) = ui.allocate_exact_size(vec2(LABEL - 8.0, ROW), Sense::hover());
        let soft = theme::colour(ui, Role::Soft);
        paint::words(ui.painter(), pos2(rect.left(), rect.center().y), label, Face::Regular, 12.0, soft);
        let asked = same && *first == Fact::NotAsked;
        let width = ui.available_width();
        let mut words = RichText::new(text::shorten(Face::Regular, 13.0, &shown, width - 40.0));
        if asked {
            words = words.family(theme::family(Face::Italic)).color(theme::colour(ui, Role::Faint));
        }
        let mut chosen = None;
        let menu = paint::drop_down(ui, words, Some(width), |ui| {
            owner_menu(ui, &model, kind, &mut chosen);
        });
        let name = format!("{label}: {shown}");
        menu.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
        app.carry_out_owner(keys, chosen);
    });
}

/// What can be chosen as an owner.
pub(super) enum OwnerChoice {
    Is(Fact<Key>),
    NewTeam,
}

/// The list of owners of a kind.
pub(super) fn owner_menu(ui: &mut Ui, model: &Model, kind: Kind, chosen: &mut Option<OwnerChoice>) {
    let mut keys = model.keys_of(kind);
    keys.sort_by_cached_key(|key| model.name(key).to_lowercase());
    ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        for key in keys {
            if ui.button(model.name(&key)).clicked() {
                *chosen = Some(OwnerChoice::Is(Fact::Known(key)));
                ui.close();
            }
        }
    });
    if kind == Kind::Team && ui.button("New team…").clicked() {
        *chosen = Some(OwnerChoice::NewTeam);
        ui.close();
    }
    ui.separator();
    for (words, fact) in [("None: there is no owner", Fact::None), ("Not asked", Fact::NotAsked)] {
        if ui.button(words).clicked() {
            *chosen = Some(OwnerChoice::Is(fact));
            ui.close();
        }
    }
}

impl App {
    /// Gives a record the name that was typed for it, if it is another and not empty.
    pub(super) fn commit_name(&mut self) {
        let Some((key, text)) = self.naming.take() else { return };
        let text = text.trim();
        if text.is_empty() || !self.bench.model().contains(&key) || self.bench.model().name(&key) == text {
            return;
        }
        let meant = workbench::rename(self.bench.model(), &key, text);
        if let Some(renamed) = self.intend(&format!("Rename to {text}"), meant)
            && self.selection.remove(&key)
        {
            self.selection.insert(renamed);
        }
    }

    /// Gives records the owner that was chosen.
    pub(super) fn carry_out_owner(&mut self, keys: &[Key], chosen: Option<OwnerChoice>) {
        match chosen {
            None => {}
            Some(OwnerChoice::NewTeam) => self.ask_for_team(keys.to_vec()),
            Some(OwnerChoice::Is(fact)) => {
                let model = self.bench.model().clone();
                let what = super::float::names(&model, keys);
                let step = match &fact {
                    Fact::Known(key) => format!("{} owns {what}", model.name(key)),
                    Fact::None => format!("Nobody owns {what}"),
                    Fact::NotAsked => format!("Owner of {what} not asked"),
                };
                let meant = workbench::own(&model, keys, &fact);
                self.intend(&step, meant.map(|edits| ((), edits)));
            }
        }
    }
}

fn title(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).family(theme::family(Face::SemiBold)).size(18.0));
}

fn subtitle(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).size(12.0).color(theme::colour(ui, Role::Soft)));
}

fn section(ui: &mut Ui, text: &str) {
    ui.add_space(12.0);
    ui.label(RichText::new(text).family(theme::family(Face::SemiBold)).size(12.0).color(theme::colour(ui, Role::Soft)));
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, theme::colour(ui, Role::Hairline));
    ui.add_space(2.0);
}

/// What the inspector shows while nothing is selected.
fn model(app: &mut App, ui: &mut Ui, survey: &Survey) {
    let about = &survey.model.about;
    name_field(app, ui, &Key::single(Kind::Model));
    let organisation = about.organisation.known().map(|name| format!("{name}, ")).unwrap_or_default();
    subtitle(ui, &format!("{organisation}as of {}", survey.options.as_of));
    if !about.description.is_empty() {
        ui.add_space(8.0);
        ui.label(&about.description);
    }
    ui.add_space(12.0);
    for failed in &survey.failed {
        ui.label(RichText::new(failed).size(12.0).color(theme::colour(ui, Role::Error)));
    }
    subtitle(ui, "Select a box, a line or a finding to see what is known of it.");
}

fn element(app: &mut App, ui: &mut Ui, survey: &Arc<Survey>, key: &Key, go: &mut Option<Key>) {
    let model = &survey.model;
    let Some(entry) = model.entry(key) else {
        title(ui, key.slug.as_str());
        return subtitle(ui, "Not there on this day.");
    };
    let ours = app.bench.model().entry(key).map(|entry| entry.record);
    match ours.as_ref().and_then(Record::display_name) {
        Some(_) => name_field(app, ui, key),
        None => title(ui, &rules::name(model, &Subject::from(key.clone()))),
    }
    subtitle(ui, &place(model, key, &entry.record));
    if let Some(comment) = &entry.comment {
        ui.add_space(4.0);
        let lines: Vec<&str> = comment.lines().map(|line| line.trim().trim_matches(['/', '-', '*', ' '])).collect();
        ui.label(RichText::new(lines.join(" ")).italics().size(12.0).color(theme::colour(ui, Role::Soft)));
    }
    if ours.is_some() {
        owner(app, ui, std::slice::from_ref(key));
    } else {
        subtitle(ui, "Comes with a change of the roadmap.");
    }
    found::found(app, ui, survey, key);
    if ours.is_some() && key.kind == Kind::Interaction {
        advisor::advisor_ui(app, ui, key, go);
    }
    facts(ui, model, &entry.record);
    if let Record::Interaction(interaction) = &entry.record {
        resolved(ui, model, &Facts::of(model, interaction));
    }
    joined(ui, survey, key, go);
}

/// What it is and where it belongs.
fn place(model: &Model, key: &Key, record: &Record) -> String {
    match record {
        Record::System(system) => {
            let mut said = words(system.kind.word());
            if let Some(domain) = system.domain.known() {
                said.push_str(&format!(" in {}", model.name_of(domain)));
            }
            if let Some(boundary) = system.boundary.known() {
                said.push_str(&format!(" · {}", model.name_of(boundary)));
            }
            said
        }
        Record::Interaction(interaction) => {
            let travels = interaction.travels().map(|transport| format!(", {transport}")).unwrap_or_default();
            format!("{}{travels}", words(interaction.kind.word()))
        }
        _ => format!("{} · {}", words(key.kind.phrase()), key.slug),
    }
}

/// The record's own facts: those that are answered, and below them what is not asked.
fn facts(ui: &mut Ui, model: &Model, record: &Record) {
    const TOLD_ELSEWHERE: [&str; 9] =
        ["name", "title", "kind", "format", "owner", "resilience", "security", "observability", "sources"];
    let interaction = matches!(record, Record::Interaction(_));
    let skip = |name: &str| {
        TOLD_ELSEWHERE.contains(&name) && (interaction || !matches!(name, "resilience" | "security" | "observability"))
    };
    let fields: Vec<(&str, Shown)> =
        record.fields().into_iter().filter(|(name, _)| !skip(name)).map(|(name, field)| (name, field.show())).collect();
    let flat = |shown: &Shown| matches!(shown, Shown::Text(_) | Shown::Ref(_) | Shown::None | Shown::List(_));
    if let Some((_, Shown::Text(text))) = fields.iter().find(|(name, _)| *name == "description") {
        ui.add_space(6.0);
        ui.label(text);
    }
    section(ui, "Facts");
    for (name, shown) in fields.iter().filter(|(name, shown)| flat(shown) && *name != "description") {
        fact(ui, model, name, shown, &record.source_of(name));
    }
    for (name, shown) in &fields {
        if let Shown::Group(entries) = shown
            && !entries.is_empty()
        {
            group(ui, model, &words(name), entries, record);
        }
    }
    let open: Vec<String> = fields
        .iter()
        .filter(|(name, shown)| *shown == Shown::NotAsked && concerns(record, name))
        .map(|(name, _)| words(name).to_lowercase())
        .collect();
    if !open.is_empty() {
        section(ui, "Not asked");
        let text = RichText::new(open.join(", ")).italics().size(12.0).color(theme::colour(ui, Role::Faint));
        ui.label(text);
    }
}

/// Named values under a heading; groups among them come after, under headings of their own.
fn group(ui: &mut Ui, model: &Model, title: &str, entries: &[(String, Shown)], record: &Record) {
    let inner = |shown: &Shown| matches!(shown, Shown::Group(_));
    if entries.iter().any(|(_, shown)| !inner(shown)) {
        section(ui, title);
    }
    for (name, shown) in entries.iter().filter(|(_, shown)| !inner(shown)) {
        fact(ui, model, name, shown, &record.source_of(name));
    }
    for (name, shown) in entries {
        if let Shown::Group(inner) = shown {
            group(ui, model, &format!("{title} · {}", words(name).to_lowercase()), inner, record);
        }
    }
}

/// Whether a fact can be asked of a record: adapters front something, externals have a vendor, lists are no questions.
fn concerns(record: &Record, name: &str) -> bool {
    let kind = match record {
        Record::System(system) => Some(system.kind),
        _ => None,
    };
    match name {
        "description" | "links" | "not_applicable" | "released_with" => false,
        "fronts" | "permanence" => kind == Some(SystemKind::Adapter),
        "vendor_contact" => kind == Some(SystemKind::External),
        "owner" | "technology" | "mesh" | "part_of" => !matches!(kind, Some(SystemKind::External | SystemKind::Person)),
        "availability" | "redundancy" | "latency" | "capacity" => kind != Some(SystemKind::Person),
        _ => true,
    }
}

/// The facts of an interaction after all layers, each with where it came from.
fn resolved(ui: &mut Ui, model: &Model, facts: &Facts<'_>) {
    let mut last = "";
    for (bundle, name, shown, origin) in facts.all() {
        if bundle != last {
            section(ui, &words(bundle));
            last = bundle;
        }
        let from = origin.filter(|origin| *origin != Origin::Own).map(|origin| origin.to_string()).unwrap_or_default();
        fact(ui, model, name, &shown, &from);
    }
}

/// A label, a value, and where it comes from.
fn fact(ui: &mut Ui, model: &Model, name: &str, shown: &Shown, from: &str) {
    let value = model.words(shown);
    let width = ui.available_width();
    let label_colour = theme::colour(ui, Role::Soft);
    let colour = theme::colour(ui, if *shown == Shown::NotAsked { Role::Faint } else { Role::Text });
    let face = if *shown == Shown::NotAsked { Face::Italic } else { Face::Regular };
    let room = width - LABEL - 16.0;
    let aside = if from.is_empty() { String::new() } else { text::shorten(Face::Regular, 11.0, from, room * 0.55) };
    let aside_width = text::width(Face::Regular, 11.0, &aside);
    let lines = text::wrap(face, 13.0, &value, room - if aside.is_empty() { 0.0 } else { aside_width + 8.0 });
    let height = ROW.max(10.0 + 17.0 * lines.len() as f32);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height + 3.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, format!("{}: {value}", words(name))));
    let box_rect = egui::Rect::from_min_size(pos2(rect.left() + LABEL, rect.top()), vec2(width - LABEL, height));
    let label = text::shorten(Face::Regular, 12.0, &words(name), LABEL - 8.0);
    paint::words(ui.painter(), pos2(rect.left(), rect.top() + ROW / 2.0), &label, Face::Regular, 12.0, label_colour);
    ui.painter().rect_filled(box_rect, 6.0, theme::colour(ui, Role::Canvas));
    for (at, line) in lines.iter().enumerate() {
        let y = rect.top() + ROW / 2.0 + 17.0 * at as f32;
        paint::words(ui.painter(), pos2(box_rect.left() + 8.0, y), line, face, 13.0, colour);
    }
    if !aside.is_empty() {
        let x = box_rect.right() - 8.0 - aside_width;
        paint::words(ui.painter(), pos2(x, rect.top() + ROW / 2.0), &aside, Face::Regular, 11.0, label_colour);
        response.on_hover_text(from);
    }
}

/// `retires_on` → `Retires on`.
fn words(name: &str) -> String {
    text::capital(&name.replace('_', " "))
}

/// What it is joined to: each a link.
fn joined(ui: &mut Ui, survey: &Survey, key: &Key, go: &mut Option<Key>) {
    let model = &survey.model;
    if key.kind == Kind::System {
        let id: Id<crate::model::System> = Id::from_slug(key.slug.clone());
        let owned: Vec<Key> = model.entities.iter().filter(|(_, e)| e.owner.is(&id)).map(|(id, _)| id.key()).collect();
        links(ui, model, "Owns", &owned, go);
        let ends = |out: bool| {
            let fits = move |i: &crate::model::Interaction| if out { i.from == id } else { i.to == id };
            let found = model.interactions.iter().filter(|(_, stored)| fits(&stored.value));
            found.map(|(id, _)| id.key()).collect::<Vec<_>>()
        };
        links(ui, model, "Asks and tells", &ends.clone()(true), go);
        links(ui, model, "Is asked and told", &ends(false), go);
        return;
    }
    let refers = |other: &Key| {
        let entry = model.entry(other)?;
        entry.record.references().iter().any(|reference| reference.key == *key).then(|| other.clone())
    };
    let keys: Vec<Key> = model
        .keys()
        .iter()
        .filter(|other| !matches!(other.kind, Kind::View | Kind::Report))
        .filter_map(refers)
        .collect();
    links(ui, model, "Used by", &keys, go);
}

fn links(ui: &mut Ui, model: &Model, heading: &str, keys: &[Key], go: &mut Option<Key>) {
    if keys.is_empty() {
        return;
    }
    section(ui, heading);
    for key in keys.iter().take(60) {
        link(ui, model, key, heading, go);
    }
    if keys.len() > 60 {
        subtitle(ui, &format!("and {} more", keys.len() - 60));
    }
}

fn link(ui: &mut Ui, model: &Model, key: &Key, heading: &str, go: &mut Option<Key>) {
    let name = rules::name(model, &Subject::from(key.clone()));
    if link_ui(ui, &name, heading).clicked() {
        *go = Some(key.clone());
    }
}

/// Words that lead somewhere; those before them are only for assistive technology.
pub(super) fn link_ui(ui: &mut Ui, name: &str, before: &str) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Link, true, format!("{before} {name}")));
    let short = text::shorten(Face::Regular, 12.0, name, rect.width());
    let role = if response.hovered() || response.has_focus() { Role::Text } else { Role::Accent };
    let at = pos2(rect.left(), rect.center().y);
    paint::words(ui.painter(), at, &short, Face::Regular, 12.0, theme::colour(ui, role));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
