//! Workshop mode: the diagram alone, larger, with quick entry at hand; the saved views are stepped through.

use egui::{Align, Button, CentralPanel, Frame, Layout, Margin, Panel, RichText, Ui, ViewportCommand, vec2};

use super::{App, canvas, changes::Changes, commands::Command, paint::Camera, tabs::Tab, theme};
use crate::{scene::Role, text::Face};

/// Everything is so much larger on a projector.
const LARGER: f32 = 1.25;

/// How the room sees the model, and what has changed since it began to.
#[derive(Default)]
pub(super) struct Workshop {
    on: bool,
    /// Where the diagram stood before.
    before: Option<Camera>,
    /// How large the canvas was when all of the diagram was last fitted into it.
    fitted: egui::Vec2,
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
        self.workshop.fitted = egui::Vec2::ZERO;
        self.tab = Tab::Landscape;
        if on {
            self.workshop.before = self.canvas.camera;
        } else {
            self.canvas.camera = self.workshop.before.take().or(self.canvas.camera);
        }
        ctx.set_zoom_factor(self.settings.scale * if on { LARGER } else { 1.0 });
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(on));
    }

    /// Shows everything again, where only the diagram is shown.
    pub(super) fn leave_workshop(&mut self, ctx: &egui::Context) {
        if self.workshop.is_on() {
            self.present(ctx, false);
        }
    }

    /// The saved view that is shown: 0 is the landscape; `None` for a view that was not saved.
    fn view_at(&self) -> Option<usize> {
        if self.showing.view.is_none() {
            return Some(0);
        }
        let open = self.views.open.as_ref()?;
        self.saved_views().position(|(id, _)| id == open).map(|at| at + 1)
    }
}

/// A bar that says which view it is, and the diagram; where they stand.
pub(super) fn workshop_ui(app: &mut App, ui: &mut Ui) -> [egui::Rect; 2] {
    let bar = Frame::new().fill(theme::colour(ui, Role::Panel)).inner_margin(Margin::symmetric(16, 4));
    let bar = Panel::top("workshop").frame(bar).exact_size(40.0);
    let bar = bar.show(ui, |ui| ui.horizontal_centered(|ui| bar_ui(app, ui)).inner);
    let (pressed, bar) = (bar.inner, bar.response.rect);
    let canvas = CentralPanel::no_frame().show(ui, |ui| {
        // The window grows a moment after it was asked to.
        let size = ui.available_size();
        app.canvas.fit |= size != std::mem::replace(&mut app.workshop.fitted, size);
        canvas::canvas_ui(app, ui);
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
    [bar, canvas.response.rect]
}

fn bar_ui(app: &App, ui: &mut Ui) -> Option<Command> {
    let mut pressed = None;
    let title = app.showing.view.as_ref().map_or("Landscape", |view| view.title.as_str());
    let views = app.saved_views().count();
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
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if ui.add(Button::new("End").shortcut_text("Esc")).on_hover_text("Ends workshop mode").clicked() {
            pressed = Some(Command::Workshop);
        }
    });
    pressed
}
