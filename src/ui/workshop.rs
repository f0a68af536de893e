//! Workshop mode: the diagram alone, larger, with quick entry at hand; the saved views are stepped through.

use egui::{Button, RichText, Ui, ViewportCommand, vec2};

use super::{App, canvas, changes::Changes, commands::Command, tabs::Tab, theme};
use crate::{model::View, scene::Role, text::Face};

/// Everything is so much larger on a projector.
const LARGER: f32 = 1.25;

/// How the room sees the model, and what has changed since it began to.
#[derive(Default)]
pub(super) struct Workshop {
    on: bool,
    /// What has changed.
    pub(super) changes: Changes,
}

impl Workshop {
    /// Whether only the diagram is shown.
    pub(super) fn is_on(&self) -> bool {
        self.on
    }
}

impl App {
    /// Shows the diagram alone, on the whole screen, or everything again.
    pub(super) fn present(&mut self, ctx: &egui::Context, on: bool) {
        self.workshop.on = on;
        self.tab = Tab::Landscape;
        self.canvas.fit = true;
        ctx.set_zoom_factor(self.settings.scale * if on { LARGER } else { 1.0 });
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(on));
    }

    /// The saved view that is shown: 0 is the landscape; `None` for a view that was not saved.
    fn view_at(&self) -> Option<usize> {
        let Some(shown) = &self.showing.view else { return Some(0) };
        let same = |view: &View| view.title == shown.title && view.filter == shown.filter;
        self.saved_views().iter().position(|(_, view)| same(view)).map(|at| at + 1)
    }

    /// Shows the next saved view, or the one before; after the last comes the landscape.
    pub(super) fn step_view(&mut self, by: isize) {
        let mut views = self.saved_views();
        let count = views.len() as isize + 1;
        let next = (self.view_at().unwrap_or(0) as isize + by).rem_euclid(count) as usize;
        self.tab = Tab::Landscape;
        let view = next.checked_sub(1).map(|at| views.swap_remove(at).1);
        self.show_view(view);
    }
}

/// The diagram, and a bar that says which view it is.
pub(super) fn workshop_ui(app: &mut App, ui: &mut Ui) {
    let area = ui.available_rect_before_wrap();
    canvas::canvas_ui(app, ui);
    let place = egui::Rect::from_min_size(area.min + vec2(12.0, 12.0), vec2(area.width() - 24.0, 44.0));
    let mut pressed = None;
    ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
        let stroke = egui::Stroke::new(1.0, theme::colour(ui, Role::Hairline));
        let frame = egui::Frame::new().fill(theme::colour(ui, Role::Panel)).stroke(stroke).corner_radius(8);
        frame.inner_margin(egui::Margin::symmetric(12, 6)).show(ui, |ui| {
            ui.horizontal(|ui| pressed = bar(app, ui));
        });
    });
    let free = app.float.is_none() && app.dialog.is_none() && !egui::Popup::is_any_open(ui.ctx());
    let leaves = free && !ui.ctx().text_edit_focused() && ui.input(|input| input.key_pressed(egui::Key::Escape));
    match pressed {
        Some(command) => command.run(app, &ui.ctx().clone()),
        // What was shown only for a moment goes first.
        None if leaves && app.view_at().is_none() => app.show_view(None),
        None if leaves => app.present(&ui.ctx().clone(), false),
        None => {}
    }
}

fn bar(app: &App, ui: &mut Ui) -> Option<Command> {
    let mut pressed = None;
    let title = app.showing.view.as_ref().map_or("Landscape", |view| view.title.as_str());
    let views = app.saved_views().len();
    let mut step = |ui: &mut Ui, sign: &str, command: Command| {
        let button = ui.add(Button::new(sign).min_size(vec2(28.0, 28.0)));
        let name = command.title(app);
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name.as_ref()));
        if button.on_hover_text(name.as_ref()).clicked() {
            pressed = Some(command);
        }
    };
    if views > 0 {
        step(ui, "‹", Command::PreviousView);
    }
    ui.label(RichText::new(title).family(theme::family(Face::SemiBold)).size(18.0));
    if views > 0 {
        if let Some(at) = app.view_at() {
            let words = format!("{} of {}", at + 1, views + 1);
            ui.label(RichText::new(words).color(theme::colour(ui, Role::Soft)));
        }
        step(ui, "›", Command::NextView);
    }
    ui.add_space(8.0);
    if ui.add(Button::new("End").shortcut_text("Esc")).on_hover_text("Ends workshop mode").clicked() {
        pressed = Some(Command::Workshop);
    }
    pressed
}
