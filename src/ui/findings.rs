//! The list of findings: counts, lines, and for the chosen one what to do.

use egui::{RichText, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{App, paint, theme};
use crate::{
    rules::{Class, Severity, Summary},
    scene::{Role, Worst},
    text::{self, Face},
    workbench::{Row, Survey},
};

const ROW: f32 = 26.0;

/// The sign of a line.
pub(super) fn worst(class: Class, severity: Severity) -> Worst {
    match (class, severity) {
        (Class::Defect, Severity::Error) => Worst::Error,
        (Class::Defect, Severity::Warning) => Worst::Warning,
        _ => Worst::Gap,
    }
}

pub(super) fn findings_ui(app: &mut App, ui: &mut Ui) {
    let Some(survey) = app.survey.clone() else { return };
    header(ui, survey.report.summary);
    if survey.rows.is_empty() {
        let said = if survey.model.systems.is_empty() {
            "Findings appear here as the model grows."
        } else {
            "The rules find nothing wrong, and nothing is left open that this stage calls for."
        };
        ui.add_space(8.0);
        ui.label(RichText::new(said).color(theme::colour(ui, Role::Soft)));
        return;
    }
    let mut clicked = None;
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (at, row) in survey.rows.iter().enumerate() {
            let chosen = app.row == Some(at);
            let top = ui.next_widget_position();
            if line(ui, &survey, row, chosen).clicked() {
                clicked = Some(at);
            }
            if chosen {
                advice(ui, &survey, row);
                if std::mem::take(&mut app.reveal_row) {
                    let whole = egui::Rect::from_min_max(top, ui.next_widget_position());
                    ui.scroll_to_rect(whole, None);
                }
            }
        }
    });
    if let Some(at) = clicked {
        app.choose_row(at);
    }
}

fn header(ui: &mut Ui, summary: Summary) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Findings").family(theme::family(Face::SemiBold)));
        let plural = |number: usize, word: &str| format!("{number} {word}{}", if number == 1 { "" } else { "s" });
        pill(ui, Some(Worst::Error), &plural(summary.error, "error"), Role::Error, Role::ErrorFill);
        pill(ui, Some(Worst::Warning), &plural(summary.warning, "warning"), Role::Warning, Role::WarningFill);
        pill(ui, Some(Worst::Gap), &plural(summary.gap, "gap"), Role::Soft, Role::Canvas);
        if summary.info > 0 {
            pill(ui, None, &format!("{} info", summary.info), Role::Soft, Role::Canvas);
        }
        if summary.waived > 0 {
            pill(ui, None, &format!("{} waived", summary.waived), Role::Soft, Role::Canvas);
        }
    });
}

fn pill(ui: &mut Ui, sign: Option<Worst>, words: &str, role: Role, ground: Role) {
    let room = if sign.is_some() { 26.0 } else { 10.0 };
    let width = text::width(Face::SemiBold, 11.0, words) + room + 10.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 20.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, words));
    ui.painter().rect_filled(rect, 10.0, theme::colour(ui, ground));
    if let Some(sign) = sign {
        paint::sign(ui.painter(), theme::palette(ui.ctx().theme()), pos2(rect.left() + 14.0, rect.center().y), sign);
    }
    let at = pos2(rect.left() + room, rect.center().y);
    paint::words(ui.painter(), at, words, Face::SemiBold, 11.0, theme::colour(ui, role));
}

fn line(ui: &mut Ui, survey: &Survey, row: &Row, chosen: bool) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let Some(finding) = row.findings.first().and_then(|at| survey.report.findings.get(*at)) else { return response };
    let label = format!("{} {}", finding.rule.code, row.text);
    response.widget_info(|| WidgetInfo::selected(egui::Role::ListItem, true, chosen, &label));
    if chosen || response.hovered() || response.has_focus() {
        let fill = if chosen { Role::AccentFill } else { Role::Canvas };
        ui.painter().rect_filled(rect.shrink2(vec2(0.0, 1.0)), 6.0, theme::colour(ui, fill));
    }
    let middle = rect.center().y;
    let palette = theme::palette(ui.ctx().theme());
    paint::sign(ui.painter(), palette, pos2(rect.left() + 14.0, middle), worst(row.class, row.severity));
    let soft = theme::colour(ui, Role::Soft);
    let code = if finding.rule.star { format!("{} ★", finding.rule.code) } else { finding.rule.code.to_owned() };
    paint::words(ui.painter(), pos2(rect.left() + 30.0, middle), &code, Face::SemiBold, 12.0, soft);
    let short = text::shorten(Face::Regular, 13.0, &row.text, rect.width() - 112.0);
    paint::words(
        ui.painter(),
        pos2(rect.left() + 106.0, middle),
        &short,
        Face::Regular,
        13.0,
        theme::colour(ui, Role::Text),
    );
    if short == row.text { response } else { response.on_hover_text(&row.text) }
}

/// What to do about the chosen line, why it matters, and the facts that make it true.
fn advice(ui: &mut Ui, survey: &Survey, row: &Row) {
    let Some(finding) = row.findings.first().and_then(|at| survey.report.findings.get(*at)) else { return };
    let soft = theme::colour(ui, Role::Soft);
    egui::Frame::new().inner_margin(egui::Margin { left: 106, right: 16, top: 2, bottom: 8 }).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.label(RichText::new(finding.rule.remedy).family(theme::family(Face::SemiBold)).size(12.0));
        ui.label(RichText::new(finding.rule.why).size(12.0).color(soft));
        for evidence in finding.evidence.iter().take(8) {
            let from = if evidence.source.is_empty() { String::new() } else { format!(" ({})", evidence.source) };
            let said = format!("{}: {} {}{from}", evidence.key, evidence.fact.replace('_', " "), evidence.value);
            ui.label(RichText::new(said).monospace().size(11.0).color(soft));
        }
    });
}
