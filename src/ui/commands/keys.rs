//! What is pressed.

use std::sync::LazyLock;

use egui::{Key, KeyboardShortcut, ModifierNames, Modifiers, Ui};

use super::{
    Command,
    entry::{Context, Keys},
    table,
};
use crate::ui::{App, tabs::Tab};

/// A command's keys as they are written: "Ctrl+Shift+P". All of them where it has several.
pub(in crate::ui) fn spelled(ctx: &egui::Context, command: Command) -> Vec<String> {
    let keys = command.entry().map(|entry| entry.keys.as_slice()).unwrap_or_default();
    let mac = ctx.os().is_mac();
    keys.iter().map(|keys| spell(keys.shortcut, mac)).collect()
}

/// What a command does, and its key, for who waits with the pointer on its button.
pub(in crate::ui) fn tip(ctx: &egui::Context, command: Command) -> String {
    let hint = command.entry().map_or("", |entry| entry.hint.as_ref());
    match spelled(ctx, command).first() {
        Some(keys) => format!("{hint} {keys}"),
        None => hint.to_owned(),
    }
}

/// A key as it is written, by its sign where that is plainer than its name.
pub(super) fn spell(shortcut: KeyboardShortcut, mac: bool) -> String {
    let key = match shortcut.logical_key {
        Key::Slash => "/",
        Key::Period => ".",
        Key::Plus => "+",
        Key::Minus => "−",
        Key::Equals => "=",
        Key::ArrowLeft => "Left",
        Key::ArrowRight => "Right",
        other => other.name(),
    };
    let held = ModifierNames::NAMES.format(&shortcut.modifiers, mac);
    if held.is_empty() { key.to_owned() } else { format!("{held}+{key}") }
}

/// Every key and its command. What is pressed with more modifiers comes first, since less would fit too.
static KEYS: LazyLock<Vec<(Keys, Command)>> = LazyLock::new(|| {
    let mut keys: Vec<(Keys, Command)> =
        table().iter().flat_map(|entry| entry.keys.iter().map(|keys| (*keys, entry.command))).collect();
    let held = |modifiers: Modifiers| u8::from(modifiers.shift) + u8::from(modifiers.command) + u8::from(modifiers.alt);
    let first = |keys: &Keys| keys.context == Context::Workshop;
    keys.sort_by_key(|(keys, _)| std::cmp::Reverse((first(keys), held(keys.shortcut.modifiers))));
    keys
});

/// Whether nothing more is held: Shift+F10 is another key than F10, which has a meaning of its own.
fn is_meant(ctx: &egui::Context, shortcut: KeyboardShortcut) -> bool {
    shortcut.logical_key != Key::F10 || ctx.input(|input| input.modifiers.shift) == shortcut.modifiers.shift
}

/// Carries out what was pressed, unless it is for a text or a dialog.
pub(in crate::ui) fn shortcuts(app: &mut App, ui: &Ui) {
    let ctx = ui.ctx();
    let free = app.dialog.is_none() && app.float.is_none() && !app.workshop.is_on();
    app.panels.bar.listen(ctx, free);
    if app.dialog.is_some() || app.float.is_some() {
        return;
    }
    let acts = |event: &egui::Event| {
        matches!(event, egui::Event::Key { pressed: true, .. } | egui::Event::PointerButton { pressed: true, .. })
    };
    if app.excused && ctx.input(|input| input.events.iter().any(acts)) {
        (app.excused, app.news) = (false, None);
    }
    let typing = ctx.egui_wants_keyboard_input() && !(app.tab == Tab::Landscape && app.canvas.has_focus);
    let at_rest = app.tables.is_at_rest(ctx);
    let on_cell = !typing && app.stands_on_cell();
    for (keys, command) in KEYS.iter() {
        // Where nothing is typed yet, there is no text to take back.
        let rests = app.entry.is_waiting() || app.editing.rests || at_rest;
        let waiting =
            rests && matches!(command, Command::Undo | Command::Redo) || at_rest && command == &Command::DeleteRows;
        // Over a cell a key is for the cell, though the table may have let go of the keyboard: it is written, or emptied.
        let is_for_cell = (at_rest || on_cell) && keys.is_of_cell();
        // Rows are deleted by a key of their own: the other one is pressed to empty cells.
        if command == &Command::Delete && !typing && !is_for_cell && !app.selected_rows().is_empty() {
            if ctx.input_mut(|input| input.consume_shortcut(&keys.shortcut)) {
                let own = spelled(ctx, Command::DeleteRows).join(", ");
                app.news = Some(format!("{own} deletes the selected rows"));
            }
            continue;
        }
        let counts = match keys.context {
            _ if is_for_cell => false,
            Context::Always => true,
            Context::NotTyping => !typing || waiting,
            Context::Workshop => !typing && app.workshop.is_on(),
            Context::Otherwise => false,
        };
        if !counts || !is_meant(ctx, keys.shortcut) || !ctx.input_mut(|input| input.consume_shortcut(&keys.shortcut)) {
            continue;
        }
        let instead = Keys { context: Context::Otherwise, ..*keys };
        let instead = KEYS.iter().filter(|(other, _)| *other == instead).map(|(_, command)| command);
        match std::iter::once(command).chain(instead).find(|command| command.is_enabled(app)) {
            Some(command) => {
                app.commit_name();
                command.run(app, ctx);
            }
            // A key that does nothing says why.
            None => {
                app.news = command.excuse(app).or_else(|| app.news.take());
                app.excused = true;
            }
        }
    }
}
