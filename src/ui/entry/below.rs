//! What floats under the line: what is wrong, what may stand at the cursor, the lines that were pasted.

use egui::{Area, Frame, Id as WidgetId, Order, RichText, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Deed, chips_ui};
use crate::{
    entry::{self, NoteKind},
    scene::{Role, Worst},
    text::{self, Face},
    ui::{App, paint, theme},
};

const WIDTH: f32 = 460.0;
const ROW: f32 = 24.0;
/// So many pasted lines are shown.
const LINES: usize = 12;
/// So much of what they do is shown.
const CHIPS: usize = 12;

pub(super) fn below_ui(app: &App, ui: &Ui, field: egui::Rect) -> Option<Deed> {
    if app.dialog.is_some() || app.float.is_some() {
        return None;
    }
    let pasted = app.entry.pasted.as_deref();
    let offered = app.entry.offered();
    let trouble = app.entry.trouble();
    if pasted.is_none() && offered.is_empty() && trouble.is_none() {
        return None;
    }
    let mut deed = None;
    let at = pos2(field.left() - 8.0, ui.max_rect().bottom() + 6.0);
    Area::new(WidgetId::unique("below quick entry")).order(Order::Foreground).fixed_pos(at).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(6).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if let Some(pasted) = pasted {
                pasted_ui(app, ui, pasted, &mut deed);
                return;
            }
            if let Some(trouble) = trouble {
                trouble_ui(ui, &trouble.problem.to_string());
            }
            if !offered.is_empty() {
                ui.set_width(WIDTH);
            }
            for (at, offer) in offered.iter().enumerate() {
                if offer_ui(ui, offer, app.entry.chosen == Some(at)).clicked() {
                    deed = Some(Deed::Accept(at));
                }
            }
        });
    });
    deed
}

fn trouble_ui(ui: &mut Ui, words: &str) {
    ui.set_max_width(WIDTH + 160.0);
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(14.0, 18.0), Sense::hover());
        paint::sign(ui.painter(), theme::palette(ui), rect.center(), Worst::Error);
        let words = RichText::new(text::capital(words)).size(12.0).color(theme::colour(ui, Role::Text));
        ui.add(egui::Label::new(words).wrap());
    });
    ui.add_space(4.0);
}

fn offer_ui(ui: &mut Ui, offer: &entry::Completion, chosen: bool) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let name = format!("Complete {} {}", offer.label, offer.detail);
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, chosen, name.trim()));
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, 6.0, theme::colour(ui, Role::AccentFill));
    }
    let y = rect.center().y;
    let detail = text::shorten(Face::Regular, 12.0, &offer.detail, rect.width() * 0.5);
    let taken = text::width(Face::Regular, 12.0, &detail) + 24.0;
    let label = text::shorten(Face::Mono, 12.0, &offer.label, rect.width() - taken);
    let painter = ui.painter();
    paint::words(painter, pos2(rect.left() + 8.0, y), &label, Face::Mono, 12.0, theme::colour(ui, Role::Text));
    let at = pos2(rect.right() - taken + 16.0, y);
    paint::words(painter, at, &detail, Face::Regular, 12.0, theme::colour(ui, Role::Soft));
    response
}

/// The lines, what each that cannot be read lacks, and what the others would do.
fn pasted_ui(app: &App, ui: &mut Ui, pasted: &str, deed: &mut Option<Deed>) {
    ui.set_width(WIDTH + 120.0);
    let plan = app.entry.plan();
    let troubles = plan.and_then(|plan| plan.as_ref().err()).map(Vec::as_slice).unwrap_or_default();
    let lines: Vec<(usize, &str)> = entry::lines(pasted).map(|line| (line.number, line.text)).collect();
    let title = if lines.len() == 1 { "1 line".to_owned() } else { format!("{} lines", lines.len()) };
    ui.add_space(4.0);
    ui.label(RichText::new(title).family(theme::family(Face::SemiBold)));
    ui.add_space(4.0);
    // Where something is wrong, that is what must be seen.
    let wrong = |line: usize| troubles.iter().find(|trouble| trouble.line == line);
    let shown = lines.iter().filter(|(line, _)| troubles.is_empty() || wrong(*line).is_some());
    for (line, source) in shown.clone().take(LINES) {
        let mono = RichText::new(text::shorten(Face::Mono, 12.0, source.trim(), WIDTH + 80.0));
        let role = if wrong(*line).is_some() { Role::Error } else { Role::Text };
        ui.label(mono.family(theme::family(Face::Mono)).size(12.0).color(theme::colour(ui, role)));
        if let Some(trouble) = wrong(*line) {
            trouble_ui(ui, &format!("Line {line}: {}", trouble.problem));
        }
    }
    let more = shown.count().saturating_sub(LINES);
    if more > 0 {
        ui.label(RichText::new(format!("and {more} more")).size(12.0).color(theme::colour(ui, Role::Soft)));
    }
    ui.add_space(8.0);
    if let Some(Ok(plan)) = plan {
        // Of many lines, what they change comes before what is there already; a line of a list wraps, and a chip does not.
        let mut notes = plan.notes.clone();
        notes.sort_by_key(|note| note.kind == NoteKind::Exists);
        let more = notes.len().saturating_sub(CHIPS);
        notes.truncate(CHIPS);
        for row in notes.chunks(3) {
            ui.horizontal(|ui| chips_ui(ui, row));
        }
        if more > 0 {
            ui.label(RichText::new(format!("and {more} more")).size(12.0).color(theme::colour(ui, Role::Soft)));
        }
        ui.add_space(8.0);
    }
    let size = vec2(ui.available_width(), 26.0);
    ui.allocate_ui_with_layout(size, egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let ready = matches!(plan, Some(Ok(_)));
        if ui.add_enabled_ui(ready, |ui| theme::main_button(ui, "Enter all lines")).inner.clicked() {
            *deed = Some(Deed::Apply);
        }
        if ui.button("Cancel").clicked() {
            *deed = Some(Deed::Leave);
        }
    });
}
