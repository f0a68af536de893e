//! The selected element: what is known of it, where that comes from, what it is joined to, what is wrong with it.

use egui::{RichText, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{App, findings::worst, paint, theme};
use crate::{
    facts::{Facts, Origin},
    model::{Id, Key, Kind, Model, Record, Shown, Subject, SystemKind},
    rules,
    scene::{Role, Worst},
    text::{self, Face},
    workbench::Survey,
};

const LABEL: f32 = 124.0;
const ROW: f32 = 26.0;

pub(super) fn inspector_ui(app: &mut App, ui: &mut Ui) {
    let Some(survey) = app.survey.clone() else { return };
    let mut go = None;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let mut chosen = app.selection.iter();
        match (chosen.next(), chosen.next()) {
            (Some(key), None) => element(ui, &survey, key, &mut go),
            (Some(_), Some(_)) => {
                title(ui, &format!("{} elements", app.selection.len()));
                for key in app.selection.iter().take(60) {
                    link(ui, &survey.model, key, "", &mut go);
                }
            }
            _ => model(ui, &survey),
        }
    });
    if let Some(key) = go {
        app.canvas.centre_on = Some([key.clone()].into());
        app.select(Some(key), false);
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
fn model(ui: &mut Ui, survey: &Survey) {
    let about = &survey.model.about;
    title(ui, &about.name);
    let organisation = about.organisation.known().map(|name| format!("{name}, ")).unwrap_or_default();
    subtitle(ui, &format!("{organisation}as of {}", survey.options.as_of));
    if !about.description.is_empty() {
        ui.add_space(8.0);
        ui.label(&about.description);
    }
    ui.add_space(12.0);
    subtitle(ui, "Select a box, a line or a finding to see what is known of it.");
}

fn element(ui: &mut Ui, survey: &Survey, key: &Key, go: &mut Option<Key>) {
    let model = &survey.model;
    let Some(entry) = model.entry(key) else {
        title(ui, key.slug.as_str());
        return subtitle(ui, "Not there on this day.");
    };
    title(ui, &rules::name(model, &Subject::from(key.clone())));
    subtitle(ui, &place(model, key, &entry.record));
    if let Some(comment) = &entry.comment {
        ui.add_space(4.0);
        let lines: Vec<&str> = comment.lines().map(|line| line.trim().trim_matches(['/', '-', '*', ' '])).collect();
        ui.label(RichText::new(lines.join(" ")).italics().size(12.0).color(theme::colour(ui, Role::Soft)));
    }
    found(ui, survey, key);
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
    const TOLD_ELSEWHERE: [&str; 8] =
        ["name", "title", "kind", "format", "resilience", "security", "observability", "sources"];
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
            section(ui, &words(name));
            for (name, shown) in entries {
                fact(ui, model, name, shown, &record.source_of(name));
            }
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

/// What is wrong with it.
fn found(ui: &mut Ui, survey: &Survey, key: &Key) {
    let rows: Vec<_> =
        survey.rows.iter().filter(|row| row.subjects.iter().any(|subject| subject.key == *key)).collect();
    if rows.is_empty() {
        return;
    }
    section(ui, "Findings");
    for row in rows {
        let Some(finding) = row.findings.first().and_then(|at| survey.report.findings.get(*at)) else { continue };
        let (ground, role) = match worst(row.class, row.severity) {
            Worst::Error => (Role::ErrorFill, Role::Error),
            Worst::Warning => (Role::WarningFill, Role::Warning),
            Worst::Gap => (Role::Canvas, Role::Soft),
        };
        egui::Frame::new().fill(theme::colour(ui, ground)).corner_radius(6.0).inner_margin(8.0).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let head = format!("{} {}", finding.rule.code, finding.rule.slug.replace('-', " "));
            ui.label(
                RichText::new(head).family(theme::family(Face::SemiBold)).size(12.0).color(theme::colour(ui, role)),
            );
            ui.label(RichText::new(&row.text).size(12.0));
        });
        ui.add_space(2.0);
    }
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
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Link, true, format!("{heading} {name}")));
    let short = text::shorten(Face::Regular, 12.0, &name, rect.width());
    let role = if response.hovered() || response.has_focus() { Role::Text } else { Role::Accent };
    paint::words(
        ui.painter(),
        pos2(rect.left(), rect.center().y),
        &short,
        Face::Regular,
        12.0,
        theme::colour(ui, role),
    );
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        *go = Some(key.clone());
    }
}
