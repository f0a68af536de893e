//! Commands as buttons of menus.

use egui::{Button, Ui};

use super::{Command, Entry, Menu, offered, spelled};
use crate::ui::App;

/// A group of more rows scrolls.
const MOST: usize = 14;

/// What stands in a menu, in groups; what was pressed.
pub(in crate::ui) fn menu_ui(app: &App, ui: &mut Ui, menu: Menu) -> Option<Command> {
    let mut chosen = None;
    for inner in menu.inner() {
        if let Some(command) = ui.menu_button(inner.title(), |ui| menu_ui(app, ui, *inner)).inner.flatten() {
            chosen = Some(command);
        }
    }
    let mut rows = offered(app).filter(|(_, entry)| entry.place.0 == menu).peekable();
    let mut first = menu.inner().is_empty();
    while let Some((_, entry)) = rows.peek() {
        let group = entry.place.1;
        if !std::mem::take(&mut first) {
            ui.separator();
        }
        let same = |(_, entry): &(Command, &Entry)| entry.place.1 == group;
        let rows: Vec<Command> = std::iter::from_fn(|| rows.next_if(same)).map(|(command, _)| command).collect();
        chosen = group_ui(app, ui, &rows).or(chosen);
    }
    chosen
}

/// The commands of a group; a long one scrolls.
fn group_ui(app: &App, ui: &mut Ui, rows: &[Command]) -> Option<Command> {
    let all = |ui: &mut Ui| rows.iter().filter(|command| button_ui(app, ui, **command)).last().copied();
    if rows.len() <= MOST {
        return all(ui);
    }
    let height = ui.spacing().interact_size.y * (MOST as f32 + 0.5);
    egui::ScrollArea::vertical().max_height(height).show(ui, all).inner
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
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if let Some(entry) = command.entry() {
        response.on_hover_text(entry.hint.as_ref());
    }
    if clicked {
        ui.close();
    }
    clicked
}
