//! What keys and the mouse do in a table: the hand moves, rows are selected, cells are written.

use egui::Ui;

use super::{
    Cursor, Desk, View,
    edit::{Onward, Writing, Written},
    hand_id, has_new_row, meant, paste,
};
use crate::{
    ui::{
        App,
        hand::{self, Go, Pressed},
    },
    workbench::{self, Grid},
};

/// How rows are selected with the hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// This row alone.
    Alone,
    /// All from where a run began.
    Run,
    /// Beside those that are, or no longer.
    Beside,
}

/// Takes the hand to a cell, and selects its row.
pub(super) fn choose(
    app: &mut App,
    desk: &mut Desk,
    grid: &Grid,
    view: &View<'_>,
    (row, column): (usize, usize),
    how: How,
) {
    let here = view.key(grid, row);
    let Some(id) = view.column(grid, column).map(|column| column.id) else { return };
    if here.is_none() && !has_new_row(grid.sheet) {
        return;
    }
    let anchor = desk.anchor.as_ref().filter(|_| how == How::Run);
    let anchor = anchor.and_then(|anchor| (0..view.rows.len()).find(|at| view.key(grid, *at).as_ref() == Some(anchor)));
    match (&here, anchor) {
        (Some(_), Some(from)) => {
            app.select(None, false);
            app.selection = (from.min(row)..=from.max(row)).filter_map(|at| view.key(grid, at)).collect();
        }
        (here, _) => {
            app.select(here.clone(), how == How::Beside);
            desk.anchor.clone_from(here);
        }
    }
    app.tables.reveal = false;
    if let Some(key) = &here {
        app.canvas.centre_on = Some([key.clone()].into());
    }
    desk.cursor = Some(Cursor { key: here, column: id });
    desk.reveal = true;
}

/// Does what was pressed while the table has the keyboard.
pub(super) fn keys(
    app: &mut App,
    ui: &Ui,
    desk: &mut Desk,
    grid: &Grid,
    view: &View<'_>,
    mut place: Option<(usize, usize)>,
) {
    for pressed in hand::pressed(ui, true) {
        match pressed {
            Pressed::Go(go, extend) => {
                let to = place.map_or((0, 0), |at| go.from(at, view.size(grid), desk.page));
                go_to(app, desk, grid, view, (place, to), (go, extend));
                place = desk.cursor.as_ref().and_then(|cursor| view.place(grid, cursor));
            }
            Pressed::Write(typed) => {
                if let Some(at) = place {
                    begin(app, desk, grid, view, at, typed);
                }
            }
            Pressed::Clear => {
                if let Some(at) = place {
                    say(app, desk, grid, view, at, "");
                }
            }
            Pressed::Nothing => {
                let Some(at) = place else { continue };
                let takes = |key, column| workbench::takes_none(app.bench.model(), &key, column);
                if view.key(grid, at.0).zip(view.column(grid, at.1)).is_some_and(|(key, column)| takes(key, column)) {
                    say(app, desk, grid, view, at, "none");
                } else {
                    begin(app, desk, grid, view, at, Some("-".to_owned()));
                }
            }
            Pressed::All => {
                app.select(None, false);
                app.selection = (0..view.rows.len()).filter_map(|at| view.key(grid, at)).collect();
                app.tables.reveal = false;
            }
            Pressed::Copy => paste::copy(app, ui, grid, (view.shown, view.rows)),
            Pressed::Paste(text) => paste::paste(app, desk, grid, (view.shown, view.rows), place, &text),
            Pressed::Leave => ui.memory_mut(|memory| memory.surrender_focus(hand_id(grid.sheet))),
            Pressed::Letter(_) | Pressed::Space => {}
        }
    }
}

/// Takes the hand on; sideways, what is selected stays selected.
fn go_to(
    app: &mut App,
    desk: &mut Desk,
    grid: &Grid,
    view: &View<'_>,
    (from, to): (Option<(usize, usize)>, (usize, usize)),
    (go, extend): (Go, bool),
) {
    let sideways = !matches!(go, Go::Up | Go::Down | Go::PageUp | Go::PageDown | Go::First | Go::Last);
    if sideways && from.is_some_and(|(row, _)| row == to.0) {
        let id = view.column(grid, to.1).map(|column| column.id);
        if let (Some(cursor), Some(id)) = (&mut desk.cursor, id) {
            cursor.column = id;
            desk.reveal = true;
        }
        return;
    }
    choose(app, desk, grid, view, to, if extend { How::Run } else { How::Alone });
}

/// Opens the field of a cell, or tells why it has none.
pub(super) fn begin(
    app: &mut App,
    desk: &mut Desk,
    grid: &Grid,
    view: &View<'_>,
    (row, column): (usize, usize),
    typed: Option<String>,
) {
    let key = view.key(grid, row);
    // What is typed in any column of the row of a new record is its name.
    let column = if key.is_some() { column } else { 0 };
    let Some(column) = view.column(grid, column) else { return };
    if !column.is_written() {
        app.news = Some(format!("{} is worked out from others: it is not written here", column.title));
        return;
    }
    if key.as_ref().is_some_and(|key| !app.bench.model().contains(key)) {
        app.news = Some("This is only planned: it is written in the change that brings it".to_owned());
        return;
    }
    if key.is_none() {
        desk.cursor = Some(Cursor { key: None, column: column.id });
    }
    desk.writing = Some(Writing::new(app.bench.model(), key.as_ref(), column, typed));
    desk.reveal = true;
}

/// Takes what was written, and the hand onward.
pub(super) fn written(
    app: &mut App,
    ui: &Ui,
    desk: &mut Desk,
    grid: &Grid,
    view: &View<'_>,
    place: Option<(usize, usize)>,
    written: &Written,
) {
    let done = match (written, place) {
        (Written::Said(text, _), Some(at)) => say(app, desk, grid, view, at, text),
        _ => true,
    };
    let onward = match written {
        Written::Said(_, onward) => *onward,
        Written::Cancelled => Onward::Stay,
    };
    // Whoever presses elsewhere does not want to be kept.
    let left = ui.input(|input| input.pointer.any_pressed());
    if !done && !left {
        return;
    }
    desk.writing = None;
    if !left {
        ui.memory_mut(|memory| memory.request_focus(hand_id(grid.sheet)));
    }
    let Some(at) = place.filter(|_| done) else { return };
    let several = view.key(grid, at.0).is_some_and(|key| app.selection.contains(&key)) && app.selection.len() > 1;
    let go = match onward {
        Onward::Down if !several => Go::Down,
        Onward::Up if !several => Go::Up,
        Onward::Right => Go::Next,
        Onward::Left => Go::Back,
        _ => return,
    };
    if at.0 < view.rows.len() {
        go_to(app, desk, grid, view, (Some(at), go.from(at, view.size(grid), desk.page)), (go, false));
    }
}

/// Writes into the cells that are meant, as one step; whether that was possible.
fn say(
    app: &mut App,
    desk: &mut Desk,
    grid: &Grid,
    view: &View<'_>,
    (row, column): (usize, usize),
    text: &str,
) -> bool {
    if view.key(grid, row).is_none() {
        return add(app, desk, grid, text);
    }
    let Some(column) = view.column(grid, column) else { return true };
    let keys = meant(app, desk, grid, column);
    let model = app.bench.model().clone();
    let refused = match workbench::set_cells(&model, &keys, column, text) {
        Ok(edits) if edits.is_empty() => return true,
        Ok(edits) => {
            let renamed = edits.iter().find_map(|edit| match edit {
                crate::model::Edit::Rename { key, to } => Some(crate::model::Key { kind: key.kind, slug: to.clone() }),
                _ => None,
            });
            let step = workbench::cell_step(&model, &keys, column, text);
            drop(model);
            match app.bench.apply(&step, None, &edits) {
                Ok(()) => {
                    app.news = None;
                    if let Some(key) = renamed {
                        desk.follow(app, &key);
                    }
                    return true;
                }
                Err(error) => error.to_string(),
            }
        }
        Err(refusal) => refusal.to_string(),
    };
    match &mut desk.writing {
        Some(writing) => writing.refuse(text, refused),
        None => app.news = Some(crate::text::capital(&refused)),
    }
    false
}

/// Adds a record by its name, and waits for the next; whether that was possible. Nothing typed adds nothing.
fn add(app: &mut App, desk: &mut Desk, grid: &Grid, text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() {
        return true;
    }
    match workbench::add_row(app.bench.model(), grid.sheet, text) {
        Ok((key, edits)) => {
            if app.intend(&format!("Add {text}"), Ok(((), edits))).is_some() {
                app.select(Some(key), false);
                app.tables.reveal = false;
            }
            true
        }
        Err(refusal) => {
            if let Some(writing) = &mut desk.writing {
                writing.refuse(text, refusal.to_string());
            }
            false
        }
    }
}

impl Desk {
    /// The row of the hand has another id.
    fn follow(&mut self, app: &mut App, key: &crate::model::Key) {
        if let (Some(cursor), Some(order)) = (&mut self.cursor, &mut self.order) {
            let old = cursor.key.replace(key.clone());
            order.keys.iter_mut().filter(|other| Some(&**other) == old.as_ref()).for_each(|other| *other = key.clone());
        }
        self.anchor = Some(key.clone());
        app.selection = [key.clone()].into();
    }
}
