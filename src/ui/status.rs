//! The line at the bottom: saved or not, how much there is, what can be undone, zoom and stage.

use egui::{Align, Layout, RichText, Ui};

use super::{App, stage, theme};
use crate::{
    scene::Role,
    text::{self, Face},
};

pub(super) fn status_ui(app: &mut App, ui: &mut Ui) {
    ui.spacing_mut().interact_size.y = 20.0;
    ui.spacing_mut().button_padding.y = 1.0;
    ui.horizontal_centered(|ui| {
        let soft = theme::colour(ui, Role::Soft);
        let small = |text: String| RichText::new(text).size(12.0).color(soft);
        let saved = match (app.bench.is_dirty(), &app.bench.path) {
            (true, _) => "Unsaved changes".to_owned(),
            (false, Some(_)) => "Saved".to_owned(),
            (false, None) => "Not yet in a file".to_owned(),
        };
        ui.label(small(saved));
        if let Some(trouble) = app.keeping.trouble.as_ref().filter(|_| app.bench.is_dirty()) {
            let text = small("not kept for a crash".to_owned()).color(theme::colour(ui, Role::Warning));
            ui.label(text).on_hover_text(trouble);
        }
        ui.add_space(12.0);
        // Where there is little room, what has just been said matters more than how much there is.
        if app.news.is_none() || ui.ctx().content_rect().width() > NARROW {
            ui.label(small(counts(app)));
            ui.add_space(12.0);
        }
        let told = match (&app.news, app.bench.history().to_undo()) {
            (Some(news), _) => Some((news.clone(), Role::Text)),
            (None, Some(name)) => Some((format!("Undo: {name}"), Role::Soft)),
            (None, None) => None,
        };
        if let Some((words, role)) = told {
            told_ui(ui, &words, role);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            stage::stages_ui(app, ui);
            ui.add_space(12.0);
            let zoom = app.canvas.camera.map_or(1.0, |camera| camera.zoom);
            ui.label(small(format!("{:.0} %", zoom * 100.0)));
            if app.survey.as_ref().is_some_and(|survey| survey.drawing.hurried) {
                ui.add_space(12.0);
                let text = small("Drawn in a hurry".to_owned()).color(theme::colour(ui, Role::Warning));
                ui.label(text).on_hover_text(
                    "There was no time to draw all of it with care: some lines may run through boxes. Collapse what is \
                     not looked at, or show a part.",
                );
            }
            if app.jobs.is_busy() {
                ui.add_space(12.0);
                ui.label(small("Working…".to_owned()));
            }
        });
    });
}

/// Narrower, there is no room for everything.
const NARROW: f32 = 1000.0;

/// How much there is of what matters.
fn counts(app: &App) -> String {
    let model = app.bench.model();
    let count = |number: usize, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
    format!(
        "{} · {} · {}",
        count(model.systems.len(), "system", "systems"),
        count(model.interactions.len(), "interaction", "interactions"),
        count(model.entities.len(), "entity", "entities")
    )
}

/// What stands at the right needs so much room.
const RIGHT: f32 = 330.0;

/// What was done last, as far as there is room; all of it for who points at it.
fn told_ui(ui: &mut Ui, words: &str, role: Role) {
    let short = text::shorten(Face::Regular, 12.0, words, (ui.available_width() - RIGHT).max(48.0));
    let cut = short != words;
    let label = ui.label(RichText::new(short).size(12.0).color(theme::colour(ui, role)));
    if cut {
        label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
        label.on_hover_text(words);
    }
}
