//! The canvas and the clipboard: what is selected as lines of quick entry, and lines that were pasted.
//!
//! Lines say less than records hold: they are for another model, a mail or a note. Nothing is cut, so that nothing is lost.

use std::collections::BTreeSet;

use egui::{Event, Ui};

use super::keys::chosen;
use crate::{
    entry,
    model::{Key, Kind},
    ui::{App, sheet},
    workbench::Survey,
};

/// Copies and pastes, unless somebody types or something floats over the canvas.
pub(super) fn clip(app: &mut App, ui: &Ui, survey: &Survey) {
    let free = app.float.is_none() && app.dialog.is_none() && !egui::Popup::is_any_open(ui.ctx());
    if !free || (ui.ctx().egui_wants_keyboard_input() && !app.canvas.has_focus) {
        return;
    }
    let mut found = Vec::new();
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let clips = matches!(event, Event::Copy | Event::Cut | Event::Paste(_));
            if clips {
                found.push(event.clone());
            }
            !clips
        });
    });
    for event in found {
        match event {
            Event::Copy => copy(app, ui, survey),
            Event::Paste(text) if sheet::paste_elsewhere(app, &text) => {}
            Event::Paste(text) => app.entry.offer(&text),
            _ => app.news = Some("Nothing of the diagram is cut: copy it, or delete it".to_owned()),
        }
    }
}

fn copy(app: &mut App, ui: &Ui, survey: &Survey) {
    let keys = told(app, survey);
    let text = entry::lines_of(app.bench.model(), &keys);
    let lines = text.lines().count();
    if lines == 0 {
        app.news = Some("Nothing is selected that could be copied".to_owned());
        return;
    }
    ui.ctx().copy_text(text);
    let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
    app.news = Some(format!("Copied as {lines} of quick entry"));
}

/// What is selected, what stands in selected frames, and what leads from one of it to another.
fn told(app: &App, survey: &Survey) -> BTreeSet<Key> {
    let mut keys = app.selection.clone();
    keys.extend(chosen(app, survey).into_iter().map(|(_, key, _)| key));
    let model = app.bench.model();
    let within =
        model.interactions.iter().filter(|(_, it)| keys.contains(&it.from.key()) && keys.contains(&it.to.key()));
    let within: Vec<Key> = within.map(|(id, _)| id.key()).collect();
    keys.extend(within);
    keys.retain(|key| !matches!(key.kind, Kind::View));
    keys
}
