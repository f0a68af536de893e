//! The row of a new record, always the last: it asks for one thing after the other, until the record exists.

use egui::Ui;

use super::{
    Cursor, Desk, View,
    edit::{Onward, Writing, Written},
    hand_id,
};
use crate::{
    ui::App,
    workbench::{Grid, NewRow},
};

/// Opens the field for what the row asks for next.
pub(super) fn begin(app: &mut App, desk: &mut Desk, grid: &Grid, typed: Option<String>) {
    let Some(column) = desk.begun.asks(grid.sheet) else { return };
    desk.cursor = Some(Cursor { key: None, column: column.id });
    desk.writing = Some(Writing::of_new(app.bench.model(), (&desk.begun, grid.sheet), column, typed));
    desk.reveal = true;
}

/// Takes what was answered, asks for the next, or makes the record where nothing more is asked.
pub(super) fn written(app: &mut App, ui: &Ui, desk: &mut Desk, grid: &Grid, view: &View<'_>, written: &Written) {
    // Whoever presses elsewhere does not want to be kept.
    let left = ui.input(|input| input.pointer.any_pressed());
    let (text, onward) = match written {
        Written::Cancelled => {
            desk.begun = NewRow::default();
            return leave(ui, desk, grid, left);
        }
        Written::Said(text, onward) => (text.trim(), *onward),
    };
    if onward == Onward::Left
        && let Some(before) = desk.begun.back()
    {
        return begin(app, desk, grid, Some(before));
    }
    if text.is_empty() && !desk.begun.is_enough(grid.sheet) {
        return leave(ui, desk, grid, left);
    }
    if !text.is_empty()
        && let Err(refusal) = desk.begun.take(app.bench.model(), grid.sheet, text)
    {
        match &mut desk.writing {
            Some(writing) if !left => writing.refuse(text, refusal.to_string()),
            _ => leave(ui, desk, grid, left),
        }
        return;
    }
    let waits = desk.begun.asks(grid.sheet).is_some() && !text.is_empty();
    if waits && !left {
        return begin(app, desk, grid, None);
    }
    leave(ui, desk, grid, left);
    if desk.begun.is_enough(grid.sheet) {
        make(app, desk, grid, view, onward);
    }
}

fn leave(ui: &Ui, desk: &mut Desk, grid: &Grid, left: bool) {
    desk.writing = None;
    if !left {
        ui.memory_mut(|memory| memory.request_focus(hand_id(grid.sheet)));
    }
}

/// Makes the record as one step. The hand waits for the next one, or goes on in the row of this one.
fn make(app: &mut App, desk: &mut Desk, grid: &Grid, view: &View<'_>, onward: Onward) {
    let step = desk.begun.step(app.bench.model(), grid.sheet);
    let made = desk.begun.record(app.bench.model(), grid.sheet);
    desk.begun = NewRow::default();
    let Some(key) = app.intend(&step, made) else { return };
    app.select(Some(key.clone()), false);
    app.tables.reveal = false;
    desk.made = Some(key.clone());
    desk.cursor = desk.begun.asks(grid.sheet).map(|column| Cursor { key: None, column: column.id });
    desk.reveal = true;
    if onward == Onward::Right {
        let next = view.column(grid, view.new_at + 1).or_else(|| view.column(grid, view.new_at));
        desk.anchor = Some(key.clone());
        desk.cursor = next.map(|column| Cursor { key: Some(key), column: column.id });
    }
}
