//! What keys and the mouse do in a table: the hand moves, rows are selected, cells are written.

use egui::Ui;

use super::{
    Cursor, Desk, View, begun,
    edit::{Onward, Writing, Written},
    hand_id, meant, paste,
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
    /// As they are: the hand alone goes.
    Kept,
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
    let anchor = desk.anchor.as_ref().filter(|_| how == How::Run);
    let anchor = anchor.and_then(|anchor| view.row_of(grid, anchor));
    match (&here, anchor) {
        _ if how == How::Kept => {}
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
        // A cell is being written since: what follows is for its field.
        if desk.writing.is_some() {
            desk.held.extend(pressed.typed());
            continue;
        }
        match pressed {
            // The row of the hand is new, and not in the table yet.
            Pressed::Go(..) if desk.awaits(app, grid) => {}
            Pressed::Go(go, extend) => {
                let to = place.map_or((0, 0), |at| go.from(at, view.size(), desk.page));
                go_to(app, desk, grid, view, (place, to), (go, extend));
                place = desk.cursor.as_ref().and_then(|cursor| view.place(grid, cursor));
            }
            Pressed::Write(typed) => {
                if let Some(at) = place {
                    begin(app, desk, grid, view, at, typed);
                }
            }
            Pressed::Clear => match place {
                Some(at) if at.0 < view.rows.len() => _ = say(app, desk, grid, view, at, ""),
                Some(_) => desk.begun = workbench::NewRow::default(),
                None => app.news = Some("Choose the cell that is to be emptied".to_owned()),
            },
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
            Pressed::Fill => {
                if let Some(at) = place {
                    fill(app, desk, grid, view, at);
                }
            }
            Pressed::Copy => _ = paste::copy(app, ui, grid, view, place),
            Pressed::Cut => {
                if let Some(at) = place
                    && paste::cut(app, ui, grid, view, at)
                {
                    say(app, desk, grid, view, at, "");
                }
            }
            Pressed::Paste(text) => paste::paste(app, desk, grid, view, place, &text),
            Pressed::Leave => ui.memory_mut(|memory| memory.surrender_focus(hand_id(grid.sheet))),
            Pressed::Letter(_) | Pressed::Space => {}
        }
    }
}

/// Writes what stands in the first of the selected rows into the others; into one alone, what stands above it.
fn fill(app: &mut App, desk: &mut Desk, grid: &Grid, view: &View<'_>, at: (usize, usize)) {
    let Some(column) = view.column(grid, at.1).filter(|column| column.is_written() && !column.is_own()) else {
        app.news = Some("What stands in this column is each row's own".to_owned());
        return;
    };
    let selected = |row: usize| view.key(grid, row).is_some_and(|key| app.selection.contains(&key));
    let several = selected(at.0) && app.selection.len() > 1;
    let first = if several { (0..view.rows.len()).find(|row| selected(*row)) } else { at.0.checked_sub(1) };
    if let Some(key) = first.and_then(|row| view.key(grid, row)) {
        let text = workbench::cell_text(app.bench.model(), &key, column);
        say(app, desk, grid, view, at, &text);
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
    let sideways =
        !matches!(go, Go::Up | Go::Down | Go::PageUp | Go::PageDown | Go::First | Go::Last | Go::Top | Go::Bottom);
    // The row of a new record says itself where the hand is.
    if to.0 >= view.rows.len() && from.is_some_and(|(row, _)| row == to.0) {
        return;
    }
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
    let Some(key) = view.key(grid, row) else { return begun::begin(app, desk, grid, typed) };
    let Some(column) = view.column(grid, column) else { return };
    if !column.is_written() {
        app.news = Some(format!("{} is worked out from others: it is not written here", column.title));
        return;
    }
    if !app.bench.model().contains(&key) {
        app.news = Some("This is only planned: it is written in the change that brings it".to_owned());
        return;
    }
    let alone = meant(app, desk, grid, column).len() < 2;
    if let Some(why) = workbench::not_concerned(app.bench.model(), &key, column).filter(|_| alone) {
        app.news = Some(why);
        return;
    }
    desk.writing = Some(Writing::new(app.bench.model(), &key, column, typed));
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
    if place.is_some_and(|(row, _)| row >= view.rows.len()) {
        return begun::written(app, ui, desk, grid, view, written);
    }
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
        go_to(app, desk, grid, view, (Some(at), go.from(at, view.size(), desk.page)), (go, false));
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
        return true;
    }
    let Some(column) = view.column(grid, column) else { return true };
    let model = app.bench.model().clone();
    let (keys, left) = workbench::concerned(&model, &meant(app, desk, grid, column), column, text);
    let refused = match workbench::set_cells(&model, &keys, column, text) {
        Ok(edits) if edits.is_empty() => {
            app.news = left;
            return true;
        }
        Ok(edits) => {
            let renamed = edits.iter().find_map(|edit| match edit {
                crate::model::Edit::Rename { key, to } => Some(crate::model::Key { kind: key.kind, slug: to.clone() }),
                _ => None,
            });
            let step = workbench::cell_step(&model, &keys, column, text);
            drop(model);
            match app.bench.apply(&step, None, &edits) {
                Ok(()) => {
                    app.news = left;
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

impl Desk {
    /// Whether the hand is in a row that was just made, and that the table does not show yet.
    fn awaits(&self, app: &App, grid: &Grid) -> bool {
        let key = self.cursor.as_ref().and_then(|cursor| cursor.key.as_ref());
        key.is_some_and(|key| app.bench.model().contains(key) && !grid.survey.model.contains(key))
    }

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
