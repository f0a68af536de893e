//! Interactions, contracts and boundaries as tables that are worked in like a spreadsheet.
//!
//! A [`Desk`] is how one of them is looked at: its order, which stays put while cells are written, and where the hand is.
//! What stands in cells, and what writing them means, is the workbench's.

mod crossings;
mod edit;
mod keys;
mod paint;
mod paste;
mod top;

use std::{collections::BTreeMap, rc::Rc, sync::Arc};

use egui::Ui;

pub(super) use self::paste::{PasteDialog, paste_ui};
use self::{
    edit::Writing,
    paint::{Deed, Painted},
};
use super::{App, hand, table, theme};
use crate::{
    model::{Key, Model},
    rules,
    scene::Role,
    workbench::{Grid, GridColumn, GridKind, Holds, Look, Survey},
};

/// How a table is looked at and worked in.
#[derive(Default)]
pub(super) struct Desk {
    look: Look,
    order: Option<Order>,
    cursor: Option<Cursor>,
    /// Where a run of rows begins.
    anchor: Option<Key>,
    /// Whether the cell of the hand is to be scrolled into view.
    reveal: bool,
    /// So many rows are seen at once.
    page: usize,
    top: top::Top,
    /// The cell that is being written.
    writing: Option<Writing>,
}

/// The cell where the hand is.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cursor {
    /// Its row; the row of a new record if none.
    key: Option<Key>,
    column: &'static str,
}

/// Rows in an order that stays put when the model changes, until it is asked for again.
struct Order {
    look: Look,
    shown: Vec<usize>,
    survey: Arc<Survey>,
    keys: Vec<Key>,
    rows: Rc<Vec<usize>>,
    /// Whether the model has changed since.
    stale: bool,
}

impl Desk {
    /// The rows of a grid that are shown, by their places.
    fn rows(&mut self, grid: &Grid, shown: &[usize]) -> Rc<Vec<usize>> {
        let same =
            |order: &Order| order.look == self.look && (order.shown == shown || self.look.filter.trim().is_empty());
        match self.order.take().filter(same) {
            Some(order) if Arc::ptr_eq(&order.survey, &grid.survey) => self.order = Some(order),
            Some(order) if !self.look.is_plain() => self.order = Some(order.kept(grid)),
            _ => self.order = Some(Order::new(grid, self.look.clone(), shown)),
        }
        self.order.as_ref().map(|order| order.rows.clone()).unwrap_or_default()
    }

    fn is_stale(&self) -> bool {
        self.order.as_ref().is_some_and(|order| order.stale)
    }
}

impl Order {
    fn new(grid: &Grid, look: Look, shown: &[usize]) -> Self {
        let rows = look.rows(grid, shown);
        let keys = rows.iter().filter_map(|at| grid.rows.get(*at)).map(|row| row.key.clone()).collect();
        Self { look, shown: shown.to_vec(), survey: grid.survey.clone(), keys, rows: Rc::new(rows), stale: false }
    }

    /// The same rows in the same order where they are still there; behind them those that are new.
    fn kept(self, grid: &Grid) -> Self {
        let places: BTreeMap<&Key, usize> = grid.rows.iter().enumerate().map(|(at, row)| (&row.key, at)).collect();
        let old: &Model = &self.survey.model;
        let new = grid.rows.iter().map(|row| &row.key).filter(|key| !old.contains(key));
        let keys: Vec<Key> = self.keys.iter().filter(|key| places.contains_key(key)).chain(new).cloned().collect();
        let rows = keys.iter().filter_map(|key| places.get(key).copied()).collect();
        Self { keys, rows: Rc::new(rows), survey: grid.survey.clone(), stale: true, ..self }
    }
}

pub(super) fn sheet_ui(app: &mut App, ui: &mut Ui, sheet: GridKind) {
    ui.painter().rect_filled(ui.max_rect(), 0.0, theme::colour(ui, Role::Panel));
    let Some(survey) = app.survey.clone() else { return };
    let made = app.tables.made(&survey);
    let grid = made.grid(sheet);
    let mut desk = std::mem::take(app.tables.desk(sheet));
    let shown = sheet.shown(app.settings.columns.get(sheet.noun()).map(Vec::as_slice));
    let rows = desk.rows(grid, &shown);
    top::top_ui(app, ui, &mut desk, grid, (&shown, rows.len()));
    if sheet == GridKind::Boundaries && !grid.rows.is_empty() {
        let chosen = desk.cursor.as_ref().and_then(|cursor| cursor.key.as_ref());
        let chosen =
            grid.rows.iter().find(|row| Some(&row.key) == chosen).and_then(crate::workbench::GridRow::boundary);
        crossings::crossings_ui(app, ui, grid, chosen.as_ref());
    }
    if rows.is_empty() {
        let words = if grid.rows.is_empty() { empty(sheet) } else { "No row holds all these words." };
        let height = if has_new_row(sheet) { 132.0 } else { ui.available_height() };
        ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| table::hint_ui(ui, words));
        ui.add_space(16.0);
    }
    if !rows.is_empty() || has_new_row(sheet) {
        body(app, ui, &mut desk, grid, &View { shown: &shown, rows: &rows });
    } else {
        // There is a place for what is pasted.
        let id = hand_id(sheet);
        let stop = hand::stop(ui, id, ui.available_rect_before_wrap(), &format!("Table of {}", sheet.noun()));
        takes(app, ui, &stop);
        if stop.has_focus() {
            app.tables.hand = Some(id);
            keys::keys(app, ui, &mut desk, grid, &View { shown: &shown, rows: &rows }, None);
        }
    }
    *app.tables.desk(sheet) = desk;
}

/// Gives a table the keyboard where a dialog is answered that it asked, or where a key means it that means nothing else.
pub(super) fn takes(app: &mut App, ui: &Ui, stop: &egui::Response) {
    let free = app.dialog.is_none() && app.float.is_none();
    if free && (std::mem::take(&mut app.tables.comes_back) || hand::wakes(ui)) {
        stop.request_focus();
    }
}

fn hand_id(sheet: GridKind) -> egui::Id {
    egui::Id::unique(("hand", sheet.noun()))
}

/// Whether a name alone makes a new record: the last row then waits for one.
fn has_new_row(sheet: GridKind) -> bool {
    sheet != GridKind::Interactions
}

/// What belongs into an empty table.
fn empty(sheet: GridKind) -> &'static str {
    match sheet {
        GridKind::Interactions => {
            "No interactions yet. In the landscape, drag from the edge of one system to another and say what it asks or \
             tells; or paste rows of a spreadsheet here, with headings such as From, To and Kind."
        }
        GridKind::Contracts => {
            "No contracts yet. A contract says what a system offers: its operations or messages, and their versions."
        }
        GridKind::Boundaries => {
            "No trust boundaries yet. A boundary (the internet, a partner, the internal network) says how far what is \
             inside it is trusted, and what it requires of whoever enters: how callers prove who they are, what they \
             may do, how long a token lives, why services trust one another, what is logged."
        }
    }
}

/// What is shown of a grid: columns and rows, by their places.
struct View<'a> {
    shown: &'a [usize],
    rows: &'a [usize],
}

impl View<'_> {
    fn key(&self, grid: &Grid, row: usize) -> Option<Key> {
        self.rows.get(row).and_then(|at| grid.rows.get(*at)).map(|row| row.key.clone())
    }

    fn column(&self, grid: &Grid, column: usize) -> Option<&'static GridColumn> {
        self.shown.get(column).and_then(|at| grid.sheet.columns().get(*at))
    }

    /// So many rows and columns has the hand.
    fn size(&self, grid: &Grid) -> (usize, usize) {
        (self.rows.len() + usize::from(has_new_row(grid.sheet)), self.shown.len())
    }

    /// Where the hand is among what is shown.
    fn place(&self, grid: &Grid, cursor: &Cursor) -> Option<(usize, usize)> {
        let row = match &cursor.key {
            Some(key) => self.rows.iter().position(|at| grid.rows.get(*at).is_some_and(|row| row.key == *key))?,
            None => self.rows.len(),
        };
        let column = grid.sheet.column(cursor.column)?;
        Some((row, self.shown.iter().position(|at| *at == column).unwrap_or(0)))
    }

    /// A cell in words: "Timeout of Checkout → Orders: 800ms".
    fn said(&self, grid: &Grid, (row, column): (usize, usize)) -> String {
        let Some(title) = self.column(grid, column).map(|column| column.title) else { return String::new() };
        match (self.rows.get(row), self.key(grid, row), self.shown.get(column)) {
            (Some(at), Some(key), Some(of)) => {
                format!("{title} of {}: {}", name(grid, &key), grid.cell(*at, *of).said())
            }
            _ => new_words(grid.sheet),
        }
    }
}

/// What stands in the row of a new record.
fn new_words(sheet: GridKind) -> String {
    format!("New {}…", sheet.kind().phrase())
}

fn body(app: &mut App, ui: &mut Ui, desk: &mut Desk, grid: &Grid, view: &View<'_>) {
    let place = desk.cursor.as_ref().and_then(|cursor| view.place(grid, cursor));
    let area = ui.available_rect_before_wrap();
    let id = hand_id(grid.sheet);
    let said =
        place.map_or_else(|| format!("Table of {}", grid.sheet.noun()), |at| format!("Table, {}", view.said(grid, at)));
    let stop = hand::stop(ui, id, area, &said);
    takes(app, ui, &stop);
    desk.page = ((area.height() - table::ROW) / table::ROW).floor().max(1.0) as usize;
    let painted = paint::paint_ui(app, ui, Painted { grid, view, place, focused: stop.has_focus(), desk });
    if let (Some(writing), Some(rect)) = (&mut desk.writing, painted.here) {
        if let Some(written) = edit::writing_ui(app, ui, rect, writing) {
            keys::written(app, ui, desk, grid, view, place, &written);
        }
        return;
    }
    desk.writing = None;
    match painted.deed {
        Some(Deed::Sort(column)) => desk.look.press(column),
        Some(Deed::Cell { row, column, how, twice }) => {
            ui.memory_mut(|memory| memory.request_focus(id));
            keys::choose(app, desk, grid, view, (row, column), how);
            if twice || row >= view.rows.len() {
                keys::begin(app, desk, grid, view, (row, column), None);
            }
        }
        None if stop.has_focus() => {
            app.tables.hand = Some(id);
            keys::keys(app, ui, desk, grid, view, place);
        }
        None => {}
    }
}

fn name(grid: &Grid, key: &Key) -> String {
    rules::name(&grid.survey.model, &key.clone().into())
}

/// The rows whose cell is meant where the hand is: all that are selected, if its own is among them. Names are each's own.
fn meant(app: &App, desk: &Desk, grid: &Grid, column: &GridColumn) -> Vec<Key> {
    let Some(here) = desk.cursor.as_ref().and_then(|cursor| cursor.key.clone()) else { return Vec::new() };
    if column.holds == Holds::Name || !app.selection.contains(&here) {
        return vec![here];
    }
    app.selection.iter().filter(|key| key.kind == grid.sheet.kind()).cloned().collect()
}
