//! The canvas and the clipboard: what is selected as lines of quick entry, and lines that were pasted.
//!
//! Lines say less than records hold: they are for another model, a mail or a note. In the model they are of, what was copied
//! is pasted as it is, with all its facts. Nothing is cut, so that nothing is lost.

use std::collections::BTreeSet;

use egui::{Event, Ui};

use super::keys::chosen;
use crate::{
    entry,
    model::{Key, Kind},
    rules,
    ui::{App, sheet},
    workbench::{self, Survey},
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
            Event::Paste(text) => match app.canvas.copied.clone() {
                Some(copied) if copied.is(&text, app) => app.put_copies(&copied.keys),
                _ if sheet::paste_elsewhere(app, &text) => {}
                _ => app.entry.offer(&text),
            },
            _ => app.news = Some("Nothing of the diagram is cut: copy it, or delete it".to_owned()),
        }
    }
}

/// What was copied last.
#[derive(Clone, Debug)]
pub(super) struct Copied {
    /// As lines of quick entry.
    text: String,
    keys: BTreeSet<Key>,
}

impl Copied {
    /// Whether a text is still this, and all of it still there.
    fn is(&self, text: &str, app: &App) -> bool {
        text.trim_end().lines().eq(self.text.trim_end().lines())
            && self.keys.iter().all(|key| app.bench.model().contains(key))
    }
}

impl App {
    /// Whether something is selected of which there can be a copy.
    pub(in crate::ui) fn can_duplicate(&self) -> bool {
        self.selection.iter().any(|key| workbench::can_be_copied(key.kind))
    }

    /// Copies what is selected, beside it.
    pub(in crate::ui) fn duplicate(&mut self) {
        let Some(survey) = self.survey.clone() else { return };
        let keys = told(self, &survey);
        self.put_copies(&keys);
    }

    /// Copies records with their facts, as one step; the copies are selected.
    fn put_copies(&mut self, keys: &BTreeSet<Key>) {
        let model = self.bench.model().clone();
        let drawn = |key: &&Key| workbench::can_be_copied(key.kind) && key.kind != Kind::Interaction;
        let mut named: Vec<Key> = keys.iter().filter(drawn).cloned().collect();
        if named.is_empty() {
            named = keys.iter().filter(|key| workbench::can_be_copied(key.kind)).cloned().collect();
        }
        let name = match named.as_slice() {
            [one] => format!("Duplicate {}", rules::name(&model, &one.clone().into())),
            more => format!("Duplicate {} elements", more.len()),
        };
        let Some(copies) = self.intend(&name, workbench::duplicate(&model, keys)) else { return };
        self.select(None, false);
        let lines_only = copies.iter().all(|key| key.kind == Kind::Interaction);
        let shown = |key: &&Key| lines_only || !matches!(key.kind, Kind::Interaction | Kind::Contract);
        self.selection = copies.iter().filter(shown).cloned().collect();
        self.reveal_when_drawn = self.selection.clone();
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
    ui.ctx().copy_text(text.clone());
    app.canvas.copied = Some(Copied { text, keys });
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
