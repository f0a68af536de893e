//! Questions to take home: what is not asked, under who can answer, most consequential first.

use std::collections::BTreeSet;

use egui::{RichText, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::{App, paint, table, theme};
use crate::{
    model::Key,
    scene::{Role, Worst},
    text::{self, Face},
    workbench::{Question, QuestionSheet, questions_markdown},
};

const ROW: f32 = 26.0;

/// One line of the list; all are as high.
enum Line<'a> {
    Space,
    Who(&'a QuestionSheet),
    Asked(&'a QuestionSheet, &'a Question),
}

pub(super) fn questions_ui(app: &mut App, ui: &mut Ui) {
    ui.painter().rect_filled(ui.max_rect(), 0.0, theme::colour(ui, Role::Panel));
    let Some(survey) = app.survey.clone() else { return };
    let made = app.tables.made(&survey);
    let sheets = made.questions();
    if sheets.is_empty() {
        return table::hint_ui(
            ui,
            if survey.model.systems.is_empty() {
                "Here stands what nobody has asked yet, by who can answer. Draw the first systems in the landscape."
            } else {
                "Nothing is left open that the stage of the model calls for. A later stage asks for more: switch it in \
                 the status line."
            },
        );
    }
    let total: usize = sheets.iter().map(|sheet| sheet.questions.len()).sum();
    let lines = lines(sheets, &app.tables.questions_filter);
    let shown = lines.iter().filter(|line| matches!(line, Line::Asked(..))).count();
    let mut copied = top_ui(ui, &mut app.tables.questions_filter, shown, total).then(|| sheets.iter().collect());
    let mut clicked = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    egui::ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW, lines.len(), |ui, seen| {
        for line in lines.get(seen).unwrap_or_default() {
            match line {
                Line::Space => ui.add_space(ROW),
                Line::Who(sheet) => {
                    if who(ui, sheet) {
                        copied = Some(vec![*sheet]);
                    }
                }
                Line::Asked(sheet, question) => {
                    let chosen = question.about == app.selection;
                    if asked(ui, sheet, question, chosen).clicked() {
                        clicked = Some(question.about.clone());
                    }
                }
            }
        }
    });
    if let Some(sheets) = copied {
        app.news = Some(copy(ui, sheets));
    }
    if let Some(keys) = clicked {
        app.show_elements(keys);
    }
}

/// Copies questions, and says how many.
fn copy(ctx: &egui::Context, sheets: Vec<&QuestionSheet>) -> String {
    let count: usize = sheets.iter().map(|sheet| sheet.questions.len()).sum();
    if count == 0 {
        return "Nothing is left open, so there is no question to copy".to_owned();
    }
    ctx.copy_text(questions_markdown(sheets));
    format!("Copied {count} question{}", if count == 1 { "" } else { "s" })
}

impl App {
    /// Copies all questions, by who can answer.
    pub(super) fn copy_questions(&mut self, ctx: &egui::Context) {
        let Some(survey) = self.survey.clone() else { return };
        self.news = Some(copy(ctx, self.tables.made(&survey).questions().iter().collect()));
    }

    /// Selects elements from a list that stays where it is; the canvas will show them.
    pub(super) fn show_elements(&mut self, keys: BTreeSet<Key>) {
        self.select(None, false);
        self.tables.reveal = false;
        self.canvas.centre_on = Some(keys.clone());
        self.selection = keys;
    }
}

/// What to look for; whether everything is to be copied.
fn top_ui(ui: &mut Ui, filter: &mut String, shown: usize, total: usize) -> bool {
    let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 8));
    let row = |ui: &mut Ui| {
        let field = ui.add(TextEdit::singleline(filter).hint_text("Filter").desired_width(240.0));
        field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, "Filter questions"));
        let count = RichText::new(format!("{shown} of {total} questions")).size(12.0);
        ui.add(egui::Label::new(count.color(theme::colour(ui, Role::Soft))).truncate());
        let right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(right, |ui| {
            ui.button("Copy all").on_hover_text("Copies all questions as a Markdown list, by who can answer").clicked()
        })
        .inner
    };
    frame.show(ui, |ui| ui.horizontal(row).inner).inner
}

fn lines<'a>(sheets: &'a [QuestionSheet], filter: &str) -> Vec<Line<'a>> {
    let wanted: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
    let mut lines = Vec::new();
    for sheet in sheets {
        let fits = |question: &&Question| {
            let text = format!("{} {} {}", sheet.who, question.codes, question.text).to_lowercase();
            wanted.iter().all(|word| text.contains(word))
        };
        let found: Vec<&Question> = sheet.questions.iter().filter(fits).collect();
        if found.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(Line::Space);
        }
        lines.push(Line::Who(sheet));
        lines.extend(found.into_iter().map(|question| Line::Asked(sheet, question)));
    }
    lines
}

/// Who can answer; whether their questions are to be copied.
fn who(ui: &mut Ui, sheet: &QuestionSheet) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Heading, true, &sheet.who));
    let at = pos2(rect.left() + 12.0, rect.center().y);
    let short = text::shorten(Face::SemiBold, 13.0, &sheet.who, rect.width() - 120.0);
    let shown = paint::words(ui.painter(), at, &short, Face::SemiBold, 13.0, theme::colour(ui, Role::Text));
    let count = sheet.questions.len().to_string();
    let at = pos2(shown.right() + 8.0, rect.center().y);
    paint::words(ui.painter(), at, &count, Face::Regular, 12.0, theme::colour(ui, Role::Faint));
    let line = egui::Stroke::new(1.0, theme::colour(ui, Role::Hairline));
    ui.painter().hline(rect.left() + 12.0..=rect.right() - 12.0, rect.bottom() - 0.5, line);
    let place =
        egui::Rect::from_min_max(pos2(rect.right() - 60.0, rect.top()), pos2(rect.right() - 8.0, rect.bottom()));
    paint::small_button(ui, place, "Copy", &format!("Copy the questions to {}", sheet.who), Role::Soft).clicked()
}

fn asked(ui: &mut Ui, sheet: &QuestionSheet, question: &Question, chosen: bool) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let said = format!("Asked of {}: {}", sheet.who, question.text);
    response.widget_info(|| WidgetInfo::selected(egui::Role::ListItem, true, chosen, &said));
    if chosen || response.hovered() || response.has_focus() {
        let fill = if chosen { Role::AccentFill } else { Role::Canvas };
        ui.painter().rect_filled(rect.shrink2(vec2(6.0, 1.0)), 6.0, theme::colour(ui, fill));
    }
    let middle = rect.center().y;
    paint::sign(ui.painter(), theme::palette(ui), pos2(rect.left() + 20.0, middle), Worst::Gap);
    let codes = text::shorten(Face::Regular, 11.0, &question.codes, 120.0);
    let width = text::width(Face::Regular, 11.0, &codes);
    let at = pos2(rect.right() - 14.0 - width, middle);
    paint::words(ui.painter(), at, &codes, Face::Regular, 11.0, theme::colour(ui, Role::Soft));
    let short = text::shorten(Face::Regular, 13.0, &question.text, rect.width() - 64.0 - width);
    let at = pos2(rect.left() + 34.0, middle);
    paint::words(ui.painter(), at, &short, Face::Regular, 13.0, theme::colour(ui, Role::Text));
    theme::focus_ring(ui, &response);
    if short == question.text { response } else { response.on_hover_text(&question.text) }
}
