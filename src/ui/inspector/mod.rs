//! The selected element: what is known of it, where that comes from, what it is joined to, what is wrong with it.

mod blocks;
mod calendar;
mod editing;
mod field;
mod found;
mod owner;
mod rows;

pub(super) use self::{
    editing::{Editing, Offer},
    owner::owner_menu,
};

use std::sync::Arc;

use egui::{Frame, RichText, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::{App, advisor, paint, theme};
use crate::{
    model::{Key, Kind, Model, Record, Subject},
    rules,
    scene::Role,
    text::{self, Face},
    workbench::{self, Survey},
};

const LABEL: f32 = 116.0;
/// What stands to the right of everything: the signs of fields, and the bar that scrolls.
const MARGIN: f32 = 24.0;

pub(super) fn inspector_ui(app: &mut App, ui: &mut Ui) {
    let Some(survey) = app.survey.clone() else { return };
    let mut go = None;
    app.hold_field();
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
    let about = app.inspected();
    app.begin(&about);
    app.editing.rests = false;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - MARGIN);
        match chosen.as_slice() {
            [] => whole(app, ui, &survey),
            [key] => element(app, ui, &survey, key, &mut go),
            more => {
                title(ui, &format!("{} elements", more.len()));
                subtitle(ui, "What is answered here is answered for all of them.");
                sheet(app, ui, more);
                section(ui, "Selected");
                for key in more.iter().take(60) {
                    link(ui, &survey.model, key, "", &mut go);
                }
            }
        }
        ui.add_space(16.0);
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
    // A long name takes several lines; Enter leaves the field all the same.
    let edit = TextEdit::multiline(&mut text).font(font).frame(Frame::NONE).desired_width(f32::INFINITY);
    let field = ui.add(edit.desired_rows(1).return_key(None));
    if field.changed() && text.contains(['\n', '\r']) {
        text = text.replace(['\n', '\r'], " ");
    }
    let entered = field.has_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    if entered {
        field.surrender_focus();
    }
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
    if field.has_focus() || field.lost_focus() || entered {
        app.naming = Some((key.clone(), text));
    }
    if field.lost_focus() || entered {
        app.commit_name();
    }
}

impl App {
    /// Gives a record another name; that another is called so already is said.
    pub(in crate::ui) fn rename(&mut self, key: &Key, text: &str) -> Option<Key> {
        let meant = workbench::rename(self.bench.model(), key, text);
        let renamed = self.intend(&format!("Rename to {text}"), meant)?;
        self.news = workbench::namesake(self.bench.model(), &renamed);
        Some(renamed)
    }

    /// From here on answers are for these; what was being typed for others is taken first.
    fn begin(&mut self, keys: &[Key]) {
        if self.editing.keys != keys {
            self.leave_field();
            let folds = std::mem::take(&mut self.editing.folds);
            self.editing = Editing { keys: keys.to_vec(), folds, ..Editing::default() };
        }
    }

    /// Gives a record the name that was typed for it, if it is another and not empty.
    pub(super) fn commit_name(&mut self) {
        self.leave_field();
        let Some((key, text)) = self.naming.take() else { return };
        let text = text.trim();
        if text.is_empty() || !self.bench.model().contains(&key) || self.bench.model().name(&key) == text {
            return;
        }
        if let Some(renamed) = self.rename(&key, text)
            && self.selection.remove(&key)
        {
            self.selection.insert(renamed);
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

/// What the inspector shows while nothing is selected: the model as a whole, and the way to policy and report.
fn whole(app: &mut App, ui: &mut Ui, survey: &Survey) {
    name_field(app, ui, &Key::single(Kind::Model));
    subtitle(ui, &format!("The model as of {}", survey.options.as_of));
    for failed in survey.failed.iter() {
        ui.label(RichText::new(failed).size(12.0).color(theme::colour(ui, Role::Error)));
    }
    sheet(app, ui, &[Key::single(Kind::Model)]);
    section(ui, "What holds for all of it");
    for (kind, words) in
        [(Kind::Policy, "Policy: thresholds and severities"), (Kind::Report, "Report: what documents say")]
    {
        if link_ui(ui, words, "").clicked() {
            app.select(Some(Key::single(kind)), false);
        }
    }
    ui.add_space(8.0);
    subtitle(ui, "Select a box, a line or a finding to see what is known of it, and to answer what is not.");
}

/// All that can be said of what is selected, group by group; a group of which nothing was asked is one line.
fn sheet(app: &mut App, ui: &mut Ui, keys: &[Key]) {
    let model = app.bench.model().clone();
    let sheet = app.editing.sheet(&model, app.bench.revision(), keys);
    let kind = keys.first().map_or("", |key| key.kind.word());
    for group in &sheet.groups {
        let fold = format!("{kind} {}", group.title);
        let unasked = group.open() == group.lines.len();
        let starts_open = !unasked || group.title == "Facts";
        let open = app.editing.folds.get(&fold).copied().unwrap_or(starts_open);
        if group_head(ui, &group.title, group.open(), open).clicked() {
            app.editing.folds.insert(fold, !open);
        }
        if open {
            ui.scope(|ui| {
                ui.spacing_mut().item_spacing.y = 3.0;
                ui.spacing_mut().indent = 10.0;
                for line in &group.lines {
                    rows::line_ui(app, ui, &model, line);
                }
            });
        }
    }
}

/// The heading of a group, which folds it; folded it says how much of it was not asked.
fn group_head(ui: &mut Ui, title: &str, unasked: usize, open: bool) -> egui::Response {
    ui.add_space(8.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::click());
    let more = if open || unasked == 0 { String::new() } else { format!(": {unasked} not asked") };
    let state = if open { "open" } else { "folded" };
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("{title}{more}, {state}")));
    let lit = response.hovered() || response.has_focus();
    let colour = theme::colour(ui, if lit { Role::Text } else { Role::Soft });
    let short = text::shorten(Face::SemiBold, 12.0, title, rect.width() - 32.0);
    let at = rect.left_center();
    let shown = paint::words(ui.painter(), at, &short, Face::SemiBold, 12.0, colour);
    let at = pos2(shown.right(), rect.center().y);
    paint::words(ui.painter(), at, &more, Face::Italic, 12.0, theme::colour(ui, Role::Faint));
    paint::fold(ui.painter(), pos2(rect.right() - 8.0, rect.center().y), !open, theme::colour(ui, Role::Soft));
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, egui::Stroke::new(1.0, theme::colour(ui, Role::Hairline)));
    theme::focus_ring(ui, &response);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
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
        None if key.kind.is_single() => title(ui, &text::capital(key.kind.phrase())),
        None => title(ui, &rules::name(model, &Subject::from(key.clone()))),
    }
    subtitle(ui, &place(model, key, &entry.record));
    if let Some(comment) = &entry.comment {
        ui.add_space(4.0);
        let lines: Vec<&str> = comment.lines().map(|line| line.trim().trim_matches(['/', '-', '*', ' '])).collect();
        ui.label(RichText::new(lines.join(" ")).italics().size(12.0).color(theme::colour(ui, Role::Soft)));
    }
    match &ours {
        None => subtitle(ui, "Comes with a change of the roadmap."),
        Some(ours) if *ours != entry.record => {
            subtitle(ui, "By this day a change of the roadmap has altered it. Here is what is written of today.");
        }
        Some(_) => {}
    }
    found::found(app, ui, survey, key);
    if ours.is_some() && key.kind == Kind::Interaction {
        advisor::advisor_ui(app, ui, key, go);
    }
    if ours.is_some() {
        sheet(app, ui, std::slice::from_ref(key));
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
        Record::Policy(_) => "What holds for the whole organisation".to_owned(),
        Record::Report(_) => "What documents say beside the model".to_owned(),
        _ => format!("{} · {}", words(key.kind.phrase()), key.slug),
    }
}

/// `retires_on` → `Retires on`.
fn words(name: &str) -> String {
    text::capital(&name.replace('_', " "))
}

/// What it is joined to: each a link.
fn joined(ui: &mut Ui, survey: &Survey, key: &Key, go: &mut Option<Key>) {
    for (heading, keys) in survey.listing.joined(key) {
        links(ui, &survey.model, heading, &keys, go);
    }
}

fn links(ui: &mut Ui, model: &Model, heading: &str, keys: &[Key], go: &mut Option<Key>) {
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
    theme::focus_ring(ui, &response);
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if short == name { response } else { response.on_hover_text(name) }
}
