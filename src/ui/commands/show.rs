//! Commands as buttons of menus.

use egui::{Button, Ui};

use super::{Command, Menu, offered, spelled};
use crate::{
    text::{self, Face},
    ui::{App, paint},
};

/// What parts the longest name of a menu from the longest key.
const GAP: f32 = 28.0;

/// What stands in a menu, in groups; what was pressed.
pub(in crate::ui) fn menu_ui(app: &App, ui: &mut Ui, menu: Menu) -> Option<Command> {
    let mut chosen = None;
    let ticks = columns(app, ui, menu);
    // A long menu in a low window is scrolled.
    let most = ui.ctx().content_rect().height() - 56.0;
    egui::ScrollArea::vertical().max_height(most).min_scrolled_height(most).show(ui, |ui| {
        let mut group = None;
        let mut inner = menu.inner();
        for (command, entry) in offered(app).filter(|(_, entry)| entry.place.0 == menu) {
            if !inner.is_empty() && entry.place.1 >= menu.inner_before() {
                if group.is_some() {
                    ui.separator();
                }
                chosen = inner_ui(app, ui, std::mem::take(&mut inner), ticks).or(chosen);
                group = Some(u8::MAX);
            }
            if group.is_some_and(|group| group != entry.place.1) {
                ui.separator();
            }
            group = Some(entry.place.1);
            if entry_ui(app, ui, command, ticks) {
                chosen = Some(command);
            }
        }
        if group.is_none() {
            nothing_ui(ui, menu);
        }
    });
    chosen
}

/// The menus in a menu; what was pressed in them.
fn inner_ui(app: &App, ui: &mut Ui, menus: &[Menu], ticks: bool) -> Option<Command> {
    let mut chosen = None;
    for menu in menus {
        let words = paint::indented(menu.title(), ticks);
        let shown = ui.menu_button(words, |ui| menu_ui(app, ui, *menu));
        shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, menu.title()));
        chosen = shown.inner.flatten().or(chosen);
    }
    chosen
}

/// A menu in which nothing stands yet says so.
fn nothing_ui(ui: &mut Ui, menu: Menu) {
    let words = if menu == Menu::Recent { "No file was open before" } else { "Nothing" };
    ui.add_enabled(false, Button::selectable(false, words));
}

/// Makes a menu wide enough for names in one column and keys in another; whether there is one of ticks before them.
fn columns(app: &App, ui: &mut Ui, menu: Menu) -> bool {
    let width = |words: &str| text::width(Face::Regular, 13.0, words);
    let (mut names, mut keys) = (0.0_f32, 0.0_f32);
    let mut ticks = false;
    for (command, _) in offered(app).filter(|(_, entry)| entry.place.0 == menu) {
        ticks |= command.is_choice();
        names = names.max(width(&command.title(app)));
        keys = keys.max(spelled(ui.ctx(), command).first().map_or(0.0, |keys| width(keys)));
    }
    let padding = 2.0 * ui.spacing().button_padding.x + paint::TICK + 8.0;
    ui.set_min_width(padding + names + if keys > 0.0 { GAP + keys } else { 0.0 });
    ui.spacing_mut().item_spacing.y = 0.0;
    ticks
}

/// A command in a menu: its name, its key, what it does, and why it cannot be done now. Whether it was pressed.
pub(in crate::ui) fn button_ui(app: &App, ui: &mut Ui, command: Command) -> bool {
    entry_ui(app, ui, command, false)
}

fn entry_ui(app: &App, ui: &mut Ui, command: Command, ticks: bool) -> bool {
    let (chosen, title) = (command.is_chosen(app), command.title(app));
    let mut button =
        if ticks || chosen { paint::choice(chosen, title.as_ref()) } else { Button::selectable(false, title.as_ref()) };
    let keys = spelled(ui.ctx(), command).into_iter().next().unwrap_or_default();
    if !keys.is_empty() {
        button = button.shortcut_text(keys.as_str());
    }
    let hindrance = command.hindrance(app);
    let response = ui.add_enabled(hindrance.is_none(), button);
    response.widget_info(|| {
        let words = if keys.is_empty() { title.to_string() } else { format!("{title} {keys}") };
        egui::WidgetInfo::selected(egui::Role::Button, hindrance.is_none(), chosen, words)
    });
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
