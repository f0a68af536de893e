//! What an empty window offers: a new model, a file, one that was open before, or an example to look around in.

use std::path::PathBuf;

use egui::{RichText, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{
    App, Then,
    commands::{Command, spelled},
    paint, theme,
};
use crate::{
    scene::Role,
    text::{self, Face},
    workbench::{EXAMPLES, Sample, TEMPLATES},
};

const WIDTH: f32 = 720.0;

pub(super) fn start_ui(app: &mut App, ui: &mut Ui) {
    ui.painter().rect_filled(ui.max_rect(), 0.0, theme::colour(ui, Role::Canvas));
    let area = ui.available_rect_before_wrap();
    let width = WIDTH.min(area.width() - 48.0);
    let mut then = None;
    // The bar that scrolls stands at the edge of the window, not over the cards.
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let corner = pos2(area.center().x - width / 2.0, ui.cursor().top());
        let inner = egui::Rect::from_min_size(corner, vec2(width, f32::INFINITY));
        ui.scope_builder(egui::UiBuilder::new().max_rect(inner), |ui| {
            ui.add_space((area.height() * 0.08).max(16.0));
            ui.label(RichText::new("Spandrel").family(theme::family(Face::SemiBold)).size(28.0));
            ui.label(
                RichText::new(
                    "Draw what lies between systems: who owns which data, and what they ask and tell each other.",
                )
                .color(theme::colour(ui, Role::Soft)),
            );
            ui.add_space(20.0);
            ui.spacing_mut().item_spacing.x = 28.0;
            ui.columns(2, |columns| {
                let [first, second] = columns else { return };
                begin(app, first, &mut then);
                recent(app, second, &mut then);
                examples(second, &mut then);
            });
            ui.add_space(24.0);
        });
    });
    if let Some(then) = then {
        app.ask_first(&ui.ctx().clone(), then);
    }
}

fn begin(app: &mut App, ui: &mut Ui, then: &mut Option<Then>) {
    if !app.keeping.found.is_empty() {
        heading(ui, "Not saved when the program ended");
        for recovery in &app.keeping.found {
            let response = link(ui, &format!("Recover {}", recovery.title()), &recovery.at);
            let path = recovery.file.as_ref().map(|file| file.display().to_string()).unwrap_or_default();
            let response = if path.is_empty() { response } else { response.on_hover_text(path) };
            if response.clicked() {
                *then = Some(Then::Recover(recovery.clone()));
            }
        }
        ui.add_space(16.0);
    }
    heading(ui, "Begin");
    ui.add_space(2.0);
    if ui.horizontal(|ui| theme::main_button(ui, "Draw the first system…")).inner.clicked() {
        Command::AddSystem.run(app, &ui.ctx().clone());
    }
    ui.add_space(2.0);
    for (words, command) in [("Guided first minute", Command::Guide), ("Open a model…", Command::Open)] {
        let keys = spelled(ui.ctx(), command).into_iter().next().unwrap_or_default();
        if link(ui, words, &keys).clicked() {
            command.run(app, &ui.ctx().clone());
        }
    }
    ui.add_space(16.0);
    heading(ui, "From a template");
    for sample in TEMPLATES {
        card(ui, sample, then);
    }
}

/// Files that were open before, and whether they are still there.
#[derive(Debug, Default)]
pub(super) struct Start {
    recent: Vec<(PathBuf, bool)>,
}

impl Start {
    /// Looks once for each file, not in every frame: it may lie on a slow disk.
    fn look(&mut self, recent: &[PathBuf]) {
        if !self.recent.iter().map(|(path, _)| path).eq(recent) {
            self.recent = recent.iter().map(|path| (path.clone(), path.is_file())).collect();
        }
    }
}

impl App {
    /// What a file is called that was open before, with its folder where another has the same name.
    pub(super) fn recent_title(&self, at: usize) -> Option<String> {
        let path = self.settings.recent.get(at)?;
        let name = path.file_name()?.to_string_lossy();
        let same = self.settings.recent.iter().filter(|other| other.file_name() == path.file_name()).count();
        let folder = path.parent().filter(|_| same > 1).map(|folder| format!(" in {}", folder.display()));
        Some(format!("{name}{}", folder.unwrap_or_default()))
    }
}

fn recent(app: &mut App, ui: &mut Ui, then: &mut Option<Then>) {
    app.start.look(&app.settings.recent);
    if app.start.recent.is_empty() {
        return;
    }
    heading(ui, "Recent");
    let mut forgotten = None;
    for (path, is_there) in &app.start.recent {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if *is_there {
            let folder = path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
            if link(ui, &name, &folder).on_hover_text(path.display().to_string()).clicked() {
                *then = Some(Then::OpenFile(path.clone()));
            }
            continue;
        }
        ui.allocate_ui_with_layout(
            vec2(ui.available_width(), 26.0),
            egui::Layout::right_to_left(egui::Align::Center),
            |ui| {
                let button = ui.add(egui::Button::new("Forget").small());
                let words = format!("Forget {name}");
                button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &words));
                if button.clicked() {
                    forgotten = Some(path.clone());
                }
                if link(ui, &name, "no longer there").on_hover_text(path.display().to_string()).clicked() {
                    *then = Some(Then::OpenFile(path.clone()));
                }
            },
        );
    }
    if let Some(path) = forgotten {
        app.settings.recent.retain(|other| *other != path);
    }
    ui.add_space(16.0);
}

fn examples(ui: &mut Ui, then: &mut Option<Then>) {
    heading(ui, "Look around");
    for sample in EXAMPLES {
        card(ui, sample, then);
    }
}

fn heading(ui: &mut Ui, text: &str) {
    let text = RichText::new(text).family(theme::family(Face::SemiBold)).size(12.0);
    ui.label(text.color(theme::colour(ui, Role::Soft)));
    ui.add_space(4.0);
}

/// A model that comes with the program.
fn card(ui: &mut Ui, sample: &'static Sample, then: &mut Option<Then>) {
    let lines = text::wrap(Face::Regular, 12.0, sample.blurb, ui.available_width() - 24.0);
    let height = 42.0 + 16.0 * lines.len() as f32;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, sample.title));
    let line = if response.hovered() { Role::Accent } else { Role::Hairline };
    let stroke = egui::Stroke::new(1.0, theme::colour(ui, line));
    ui.painter().rect(rect, 8.0, theme::colour(ui, Role::Panel), stroke, egui::StrokeKind::Inside);
    let at = pos2(rect.left() + 12.0, rect.top() + 18.0);
    paint::words(ui.painter(), at, sample.title, Face::SemiBold, 13.0, theme::colour(ui, Role::Text));
    for (row, words) in lines.iter().enumerate() {
        let at = pos2(at.x, rect.top() + 38.0 + 16.0 * row as f32);
        paint::words(ui.painter(), at, words, Face::Regular, 12.0, theme::colour(ui, Role::Soft));
    }
    theme::focus_ring(ui, &response);
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        *then = Some(Then::Sample(sample));
    }
    ui.add_space(4.0);
}

/// A line to click, with something in grey behind it.
fn link(ui: &mut Ui, words: &str, aside: &str) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Link, true, words));
    let role = if response.hovered() { Role::Text } else { Role::Accent };
    let short = text::shorten(Face::Regular, 13.0, words, rect.width() * 0.6);
    let at = pos2(rect.left(), rect.center().y);
    paint::words(ui.painter(), at, &short, Face::Regular, 13.0, theme::colour(ui, role));
    let from = at.x + text::width(Face::Regular, 13.0, &short) + 12.0;
    let aside = text::shorten(Face::Regular, 11.0, aside, rect.right() - from);
    let at = pos2(from, rect.center().y);
    paint::words(ui.painter(), at, &aside, Face::Regular, 11.0, theme::colour(ui, Role::Faint));
    theme::focus_ring(ui, &response);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_gone_are_known_as_such() {
        let folder = tempfile::tempdir().unwrap();
        let (here, gone) = (folder.path().join("here.ron"), folder.path().join("gone.ron"));
        std::fs::write(&here, "").unwrap();
        let mut start = Start::default();
        start.look(&[here.clone(), gone.clone()]);
        assert_eq!(start.recent, [(here.clone(), true), (gone, false)]);
        start.look(std::slice::from_ref(&here));
        assert_eq!(start.recent, [(here, true)]);
    }
}
