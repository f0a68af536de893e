//! Commands as buttons of menus.

use egui::{Button, Ui};

use super::{Command, Menu, spelled, table};
use crate::ui::App;

/// What stands in a menu, in groups; what was pressed.
pub(in crate::ui) fn menu_ui(app: &App, ui: &mut Ui, menu: Menu) -> Option<Command> {
    let mut chosen = None;
    for inner in menu.inner() {
        if let Some(command) = ui.menu_button(inner.title(), |ui| menu_ui(app, ui, *inner)).inner.flatten() {
            chosen = Some(command);
        }
    }
    let mut group = None;
    let first = !menu.inner().is_empty();
    for entry in table().iter().filter(|entry| entry.place.0 == menu && entry.command.is_offered(app)) {
        if group.map_or(first, |group| group != entry.place.1) {
            ui.separator();
        }
        group = Some(entry.place.1);
        if button_ui(app, ui, entry.command) {
            chosen = Some(entry.command);
        }
    }
    chosen
}

/// A command in a menu: its name, its key, what it does, and why it cannot be done now. Whether it was pressed.
pub(in crate::ui) fn button_ui(app: &App, ui: &mut Ui, command: Command) -> bool {
    let mut button = Button::selectable(command.is_chosen(app), command.title(app));
    if let Some(keys) = spelled(ui.ctx(), command).first() {
        button = button.shortcut_text(keys.as_str());
    }
    let hindrance = command.hindrance(app);
    let response = ui.add_enabled(hindrance.is_none(), button);
    if let Some(why) = hindrance {
        response.on_disabled_hover_text(why);
        return false;
    }
    let clicked = response.clicked();
    if let Some(entry) = command.entry() {
        response.on_hover_text(entry.hint.as_ref());
    }
    if clicked {
        ui.close();
    }
    clicked
}
