//! A line of the list of findings, and for the chosen one what to do.

use egui::{RichText, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{ROW, worst};
use crate::{
    rules::{Finding, Meta, name},
    scene::Role,
    text::{self, Face},
    ui::{paint, theme},
    workbench::{Row, Survey},
};

/// Room at the right end of a line for what can be done.
const ACTIONS: f32 = 136.0;

/// What was asked of a line.
#[derive(Clone, Copy)]
pub(super) enum Asked {
    /// What its rule says.
    Rule(&'static Meta),
    /// To accept it for a time.
    Waiver,
    /// What can be done about it.
    Fix,
}

/// From this width on a line has room for what is planned.
const ROOMY: f32 = 560.0;

pub(super) fn line(
    ui: &mut Ui,
    finding: &Finding,
    row: &Row,
    (chosen, fixable): (bool, bool),
    asked: &mut Option<Asked>,
) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let label = format!("{} {}", finding.rule.code, row.text);
    let planned = row.planned.as_ref().map(|planned| format!("planned by {}", planned.by)).unwrap_or_default();
    let said = if planned.is_empty() { label.clone() } else { format!("{label}, {planned}") };
    response.widget_info(|| WidgetInfo::selected(egui::Role::ListItem, true, chosen, &said));
    if chosen || response.hovered() || response.has_focus() {
        let fill = if chosen { Role::AccentFill } else { Role::Canvas };
        ui.painter().rect_filled(rect.shrink2(vec2(0.0, 1.0)), 6.0, theme::colour(ui, fill));
    }
    let middle = rect.center().y;
    let palette = theme::palette(ui);
    let soft = theme::colour(ui, Role::Soft);
    if row.waived.is_none() {
        paint::sign(ui.painter(), palette, pos2(rect.left() + 14.0, middle), worst(row.class, row.severity));
    } else {
        paint::words(ui.painter(), pos2(rect.left() + 9.0, middle), "–", Face::Regular, 13.0, soft);
    }
    let code = if finding.rule.star { format!("{} ★", finding.rule.code) } else { finding.rule.code.to_owned() };
    paint::words(ui.painter(), pos2(rect.left() + 30.0, middle), &code, Face::SemiBold, 12.0, soft);
    // What is planned stands where there is room for it; else it is told with the whole text.
    let beside = if rect.width() < ROOMY { "" } else { &planned };
    let aside = if beside.is_empty() { 0.0 } else { text::width(Face::Regular, 12.0, beside) + 16.0 };
    let short = text::shorten(Face::Regular, 13.0, &row.text, rect.width() - 112.0 - ACTIONS - aside);
    let role = if row.waived.is_some() { Role::Soft } else { Role::Text };
    let at = pos2(rect.left() + 106.0, middle);
    paint::words(ui.painter(), at, &short, Face::Regular, 13.0, theme::colour(ui, role));
    let at = pos2(rect.right() - ACTIONS - aside + 8.0, middle);
    paint::words(ui.painter(), at, beside, Face::Regular, 12.0, soft);
    theme::focus_ring(ui, &response);
    actions(ui, rect, finding, row, (&label, fixable), asked);
    let whole = short == row.text && beside.len() == planned.len();
    if whole { response } else { response.on_hover_text(said) }
}

/// What can be done with a line, at its right end.
fn actions(
    ui: &Ui,
    rect: egui::Rect,
    finding: &Finding,
    row: &Row,
    (label, fixable): (&str, bool),
    asked: &mut Option<Asked>,
) {
    let place = |from: f32, to: f32| {
        egui::Rect::from_min_max(pos2(rect.right() - from, rect.top()), pos2(rect.right() - to, rect.bottom()))
    };
    if paint::small_button(ui, place(26.0, 0.0), "?", &format!("About the rule of {label}"), Role::Soft).clicked() {
        *asked = Some(Asked::Rule(finding.rule));
    }
    // A line that rolls up several findings is answered one by one.
    if row.waived.is_none()
        && row.findings.len() == 1
        && paint::small_button(ui, place(84.0, 26.0), "Waive…", &format!("Waive {label}"), Role::Soft).clicked()
    {
        *asked = Some(Asked::Waiver);
    }
    if fixable && paint::small_button(ui, place(128.0, 84.0), "Fix…", &format!("Fix {label}"), Role::Accent).clicked()
    {
        *asked = Some(Asked::Fix);
    }
}

/// What to do about the chosen line, why it matters, and the facts that make it true.
pub(super) fn advice(ui: &mut Ui, survey: &Survey, row: &Row, finding: &Finding) {
    let soft = theme::colour(ui, Role::Soft);
    egui::Frame::new().inner_margin(egui::Margin { left: 106, right: 16, top: 2, bottom: 8 }).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        if let Some(waived) = &row.waived {
            let said = format!("Accepted by {} until {}: {}", waived.by, waived.expires, waived.reason);
            ui.label(RichText::new(said).family(theme::family(Face::SemiBold)).size(12.0));
        }
        if let Some(planned) = &row.planned {
            let change = survey.written.name_of(&planned.change);
            ui.label(RichText::new(format!("Gone by {}: {change}", planned.by)).size(12.0));
        }
        ui.label(RichText::new(finding.rule.remedy).family(theme::family(Face::SemiBold)).size(12.0));
        ui.label(RichText::new(finding.rule.why).size(12.0).color(soft));
        for at in row.findings.iter().skip(1).take(20) {
            let Some(other) = survey.report.findings.get(*at) else { continue };
            ui.label(RichText::new(name(&survey.model, &other.about)).size(12.0));
        }
        for evidence in finding.evidence.iter().take(8) {
            let source = evidence.source(&survey.model);
            let from = if source.is_empty() { String::new() } else { format!(" ({source})") };
            let said = format!("{}: {} {}{from}", evidence.key, evidence.fact.replace('_', " "), evidence.value);
            ui.label(RichText::new(said).monospace().size(11.0).color(soft));
        }
    });
}
