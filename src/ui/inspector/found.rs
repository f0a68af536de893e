//! What is wrong with the selected element, and the way to what can be done about it.

use std::sync::Arc;

use egui::{RichText, Ui, pos2, vec2};

use super::section;
use crate::{
    model::Key,
    scene::{Role, Worst},
    text::Face,
    ui::{App, findings::worst, paint, theme},
    workbench::Survey,
};

/// So many findings are shown before the facts.
const SHOWN: usize = 2;

pub(super) fn found(app: &mut App, ui: &mut Ui, survey: &Arc<Survey>, key: &Key) {
    let made = app.tables.made(survey);
    let places = made.rows_about(key);
    let rows: Vec<_> = places.iter().filter_map(|at| Some((*at, survey.rows.get(*at)?))).collect();
    if rows.is_empty() {
        return;
    }
    section(ui, "Findings");
    // A few findings leave room for the facts; the others are one press away.
    let fold = format!("findings of {key}");
    let all = app.editing.folds.get(&fold).copied().unwrap_or(rows.len() <= SHOWN + 1);
    let left_out = if all { 0 } else { rows.len() - SHOWN };
    let rows = rows.into_iter().take(if all { usize::MAX } else { SHOWN });
    let mut wanted = None;
    for (place, row) in rows {
        let Some(finding) = row.findings.first().and_then(|at| survey.report.findings.get(*at)) else { continue };
        let (ground, role) = match worst(row.class, row.severity) {
            Worst::Error => (Role::ErrorFill, Role::Error),
            Worst::Warning => (Role::WarningFill, Role::Warning),
            Worst::Gap => (Role::Canvas, Role::Soft),
        };
        let head = format!("{} {}", finding.rule.code, finding.rule.slug.replace('-', " "));
        let frame = egui::Frame::new().fill(theme::colour(ui, ground)).corner_radius(6.0).inner_margin(8.0);
        let frame = frame.stroke(theme::patch_edge(ui));
        let card = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            let words = RichText::new(&head).family(theme::family(Face::SemiBold)).size(12.0);
            ui.label(words.color(theme::colour(ui, role)));
            ui.label(RichText::new(&row.text).size(12.0));
            if let Some(planned) = &row.planned {
                let words = RichText::new(format!("Planned by {}", planned.by)).size(12.0);
                ui.label(words.color(theme::colour(ui, Role::Soft)));
            }
            if made.can_fix(place) {
                ui.add_space(16.0);
            }
        });
        if made.can_fix(place) {
            let corner = card.response.rect.left_bottom() + vec2(2.0, -26.0);
            let button = egui::Rect::from_min_size(pos2(corner.x, corner.y), vec2(40.0, 22.0));
            let name = format!("Fix {} {} here", finding.rule.code, row.text);
            if paint::small_button(ui, button, "Fix…", &name, Role::Accent).clicked() {
                wanted = Some(place);
            }
        }
        ui.add_space(2.0);
    }
    if left_out > 0 && super::link_ui(ui, &format!("{left_out} more"), "Findings:").clicked() {
        app.editing.folds.insert(fold, true);
    }
    if let Some(place) = wanted {
        app.ask_for_fix(place);
    }
}
