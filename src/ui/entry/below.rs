//! What floats under the line: what is wrong, what may stand at the cursor, what does not fit behind the line.

use egui::{Area, Frame, Id as WidgetId, Order, RichText, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Deed, pasted::pasted_ui};
use crate::{
    entry::{self, Note, NoteKind},
    scene::{Role, Worst},
    text::{self, Face},
    ui::{App, paint, theme},
};

const WIDTH: f32 = 460.0;
const ROW: f32 = 24.0;

pub(super) fn below_ui(app: &mut App, ui: &Ui, field: egui::Rect) -> Option<Deed> {
    if app.dialog.is_some() || app.float.is_some() {
        return None;
    }
    let at = pos2(field.left() - 8.0, ui.max_rect().bottom() + 6.0);
    let screen = ui.ctx().content_rect();
    let room = vec2((screen.right() - at.x - 28.0).max(WIDTH), screen.bottom() - at.y - 24.0);
    let area = Area::new(WidgetId::unique("below quick entry")).order(Order::Foreground).fixed_pos(at);
    if app.entry.pasted.is_some() {
        let size = vec2(room.x.min(1040.0), room.y);
        let shown = area.show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).inner_margin(8).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                pasted_ui(app, ui, size)
            })
        });
        return shown.inner.inner;
    }
    let offered = app.entry.offered();
    let hint = app.entry.hint();
    let notes = app.entry.hidden_notes();
    if offered.is_empty() && hint.is_none() && notes.is_empty() {
        return None;
    }
    let mut deed = None;
    area.show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(6).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_width(width(app).min(room.x));
            if let Some((wrong, words)) = hint {
                hint_ui(ui, wrong, &words);
            }
            for (at, offer) in offered.iter().enumerate() {
                if offer_ui(ui, offer, app.entry.chosen == Some(at)).clicked() {
                    deed = Some(Deed::Accept(at));
                }
            }
            if !offered.is_empty() && !notes.is_empty() {
                ui.separator();
            }
            notes_list_ui(ui, notes);
        });
    });
    deed
}

/// What is offered has room to be read whole.
fn width(app: &App) -> f32 {
    let needs = |offer: &entry::Completion| {
        text::width(Face::Mono, 12.0, &offer.label) + text::width(Face::Regular, 12.0, &offer.detail) + 48.0
    };
    app.entry.offered().iter().map(needs).fold(WIDTH + 100.0, f32::max)
}

/// What is wrong with the line, or what it must go on with.
fn hint_ui(ui: &mut Ui, wrong: bool, words: &str) {
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(14.0, 18.0), Sense::hover());
        let worst = if wrong { Worst::Error } else { Worst::Gap };
        paint::sign(ui.painter(), theme::palette(ui), rect.center(), worst);
        let words = RichText::new(text::capital(words)).size(12.0).color(theme::colour(ui, Role::Text));
        ui.add(egui::Label::new(words).wrap());
    });
    ui.add_space(4.0);
}

/// What lines would do, one below the other, whole.
pub(super) fn notes_list_ui(ui: &mut Ui, notes: &[Note]) {
    for note in notes {
        let (sign, role) = match note.kind {
            NoteKind::Adds => ("+", Role::Accent),
            NoteKind::Changes => ("~", Role::Accent),
            NoteKind::Removes => ("−", Role::Error),
            NoteKind::Exists => ("=", Role::Soft),
            NoteKind::Doubt => ("?", Role::Warning),
        };
        ui.horizontal_top(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(14.0, 18.0), Sense::hover());
            let at = pos2(rect.left() + 2.0, rect.top() + 8.0);
            paint::words(ui.painter(), at, sign, Face::SemiBold, 12.0, theme::colour(ui, role));
            let ink = if note.kind == NoteKind::Exists { Role::Soft } else { Role::Text };
            let words = RichText::new(text::capital(&note.whole)).size(12.0).color(theme::colour(ui, ink));
            ui.add(egui::Label::new(words).wrap());
        });
        ui.add_space(2.0);
    }
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
