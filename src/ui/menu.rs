//! The bar at the top: menus, the file's name, the day.

use egui::{Button, Color32, Layout, MenuBar, RichText, Stroke, TextFormat, Ui, WidgetText, text::LayoutJob};

use super::{
    App,
    commands::{self, Command, Menu},
    float, paint, sides, theme,
};
use crate::{
    model::Date,
    scene::{LENSES, Role, question},
    text::{self, Face},
};

pub(super) fn menu_ui(app: &mut App, ui: &mut Ui) {
    MenuBar::new().ui(ui, |ui| {
        let mut chosen = None;
        let mut buttons = Vec::new();
        app.panels.bar.begin(ui.ctx());
        let letters = app.panels.bar.shows_letters(ui.ctx());
        for menu in Menu::BAR {
            app.panels.bar.keep_open(ui);
            let shown = ui.menu_button(name(ui, menu, letters), |ui| commands::menu_ui(app, ui, menu));
            chosen = shown.inner.flatten().or(chosen);
            buttons.push(shown.response);
        }
        app.panels.bar.end(ui.ctx(), &buttons);
        if let Some(command) = chosen {
            app.panels.bar.leave(ui.ctx());
            command.run(app, ui.ctx());
        }
        let left = ui.cursor().left();
        let right = ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            // A menu bar strips its buttons of their frames; these are fields.
            ui.set_style(ui.ctx().global_style());
            if !app.is_at_start() {
                ui.scope(|ui| sides::switches_ui(app, ui));
                ui.add_space(4.0);
                let present = Button::new(RichText::new("Present").color(theme::colour(ui, Role::Accent)));
                let hint = commands::tip(ui.ctx(), Command::Workshop);
                if ui.add(present.frame_when_inactive(false)).on_hover_text(hint).clicked() {
                    Command::Workshop.run(app, &ui.ctx().clone());
                }
                ui.add_space(4.0);
                lens(app, ui);
                ui.add_space(8.0);
                day(app, ui);
            }
        });
        title(app, ui, left, right.response.rect.left());
    });
}

/// What a menu is called, its letter underlined where that is to be seen.
fn name(ui: &Ui, menu: Menu, letters: bool) -> WidgetText {
    let title = menu.title();
    if !letters {
        return title.into();
    }
    let font = egui::TextStyle::Button.resolve(ui.style());
    let plain = TextFormat::simple(font, Color32::PLACEHOLDER);
    let ink = theme::colour(ui, Role::Text);
    let marked = TextFormat { underline: Stroke::new(1.0, ink), ..plain.clone() };
    let mut job = LayoutJob::default();
    for (at, letter) in title.char_indices() {
        let format = if at == menu.letter().1 { &marked } else { &plain };
        job.append(letter.encode_utf8(&mut [0; 4]), 0.0, format.clone());
    }
    job.into()
}

/// The file's name in the middle of the bar, or of what is free of it; a dot behind it says that there are unsaved
/// changes.
fn title(app: &App, ui: &Ui, left: f32, right: f32) {
    let room = right - left - 32.0;
    if room < 64.0 {
        return;
    }
    let dot = if app.bench.is_dirty() { " •" } else { "" };
    let name = text::shorten(Face::Regular, 13.0, &app.file_name(), room - 12.0) + dot;
    let half = text::width(Face::Regular, 13.0, &name) / 2.0;
    let bar = ui.max_rect();
    let middle = bar.center().x.clamp(left + 16.0 + half, (right - 16.0 - half).max(left + 16.0 + half));
    let at = egui::pos2(middle - half, bar.center().y);
    paint::words(ui.painter(), at, &name, Face::Regular, 13.0, soft(ui));
}

/// The field of the day.
pub(super) fn day_field() -> egui::Id {
    egui::Id::unique("as of")
}

/// The day that the architecture is looked at.
fn day(app: &mut App, ui: &mut Ui) {
    let role = if Date::typed(&app.day_text).is_some() { Role::Text } else { Role::Error };
    let edit = egui::TextEdit::singleline(&mut app.day_text)
        .id(day_field())
        .text_color(theme::colour(ui, role))
        .align(egui::Align2::LEFT_CENTER);
    let response = ui
        .add_sized([92.0, 26.0], edit)
        .on_hover_text("The architecture as of this day: changes that end by then have taken effect.");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "As of"));
    // In a narrow window the tip says it.
    if ui.ctx().content_rect().width() > 900.0 {
        ui.label(RichText::new("As of").color(soft(ui)));
    }
    // Who comes with the keyboard types another day in its place.
    if response.gained_focus() && !response.is_pointer_button_down_on() && !response.clicked() {
        float::select(ui.ctx(), response.id, (0, app.day_text.len()));
    }
    if response.changed()
        && let Ok(day) = app.day_text.parse::<Date>()
    {
        app.as_of = day;
    }
    if response.lost_focus() {
        let escaped = ui.input(|input| input.key_pressed(egui::Key::Escape));
        match Date::typed(&app.day_text) {
            Some(day) => app.as_of = day,
            None if escaped => {}
            None => app.news = Some(format!("“{}” is no day: write it like {}", app.day_text.trim(), app.today)),
        }
        app.day_text = app.as_of.to_string();
    }
}

/// What the colours of the diagram tell.
fn lens(app: &mut App, ui: &mut Ui) {
    let title = RichText::new(format!("Lens: {}", app.lens));
    paint::drop_down(ui, title, None, |ui| {
        for lens in LENSES {
            let shown = paint::choice_ui(ui, app.lens == lens, &text::capital(lens.word()));
            if shown.on_hover_text(text::capital(question(lens))).clicked() {
                app.look_through(lens);
                ui.close();
            }
        }
    })
    .on_hover_text("What the colours of the diagram tell");
}

fn soft(ui: &Ui) -> Color32 {
    theme::colour(ui, Role::Soft)
}
