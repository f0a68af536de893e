//! Interactions, contracts and boundaries as tables that are worked in like a spreadsheet.
//!
//! A [`Desk`] is how one of them is looked at: its order, which stays put while cells are written, and where the hand is.
//! What stands in cells, and what writing them means, is the workbench's.

mod begun;
mod crossings;
mod edit;
mod keys;
mod paint;
mod paste;
mod top;
mod widths;

use std::{cell::Cell, collections::HashMap, rc::Rc, sync::Arc};

use egui::{Event, Ui};

pub(super) use self::paste::{PasteDialog, paste_elsewhere, paste_ui};
use self::{
    edit::Writing,
    paint::{Deed, Painted},
};
use super::{
    App, hand,
    table::{self, Asked},
    theme,
};
use crate::{
    model::{Key, Model},
    rules,
    scene::Role,
    workbench::{Grid, GridColumn, GridKind, Look, NewRow},
};

/// Of so many rows the words are made in a frame: no frame is to be long.
const AT_ONCE: usize = 1000;

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
    /// What was typed while nothing could take it: a field that opens has the keyboard from its second frame on only.
    held: Vec<Event>,
    /// What was answered of a new record.
    begun: NewRow,
    /// What was made of it, and is not in the table yet: then the hand is brought into view once more.
    made: Option<Key>,
    /// In which row the hand was found last.
    near: Cell<usize>,
    /// How wide its columns are.
    widths: widths::Widths,
    /// Whether rows are being dragged over.
    drags: bool,
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
    model: Arc<Model>,
    keys: Vec<Key>,
    rows: Rc<Vec<usize>>,
    /// Whether the model has changed since.
    stale: bool,
}

impl Desk {
    /// Keeps what is typed as long as what is to take it has not the keyboard, and hands it over then: no key is lost,
    /// however long a frame takes.
    fn hold(&mut self, ui: &Ui, hand: egui::Id) {
        let taker = self.writing.as_ref().map_or(hand, |_| edit::field_id());
        let ready = ui.memory(|memory| memory.has_focus(taker));
        match &mut self.writing {
            Some(writing) if !ready && writing.waits => {
                ui.input_mut(|input| self.held.extend(hand::take_typed(&mut input.events)));
            }
            Some(writing) => writing.waits = false,
            None if !ready => self.held.clear(),
            None => {}
        }
        if self.held.is_empty() {
            return;
        }
        if ready {
            ui.input_mut(|input| {
                let later = std::mem::take(&mut input.events);
                input.events = self.held.drain(..).chain(later).collect();
            });
        }
        ui.ctx().request_repaint();
    }

    /// The rows of a grid that are shown, by their places. As long as it is not `ready` to be looked through, those that
    /// were shown stay.
    fn rows(&mut self, grid: &Grid, shown: &[usize], ready: bool) -> Rc<Vec<usize>> {
        let same =
            |order: &Order| order.look == self.look && (order.shown == shown || self.look.filter.trim().is_empty());
        let waits = !ready && self.look.looks_anywhere(grid.sheet);
        self.order = Some(match self.order.take() {
            Some(order) if waits && Arc::ptr_eq(&order.model, &grid.survey.model) => order,
            Some(order) if waits => order.kept(grid),
            None if waits => Order::new(grid, Look { filter: String::new(), ..self.look.clone() }, shown),
            Some(order) if same(&order) => match Arc::ptr_eq(&order.model, &grid.survey.model) {
                true => order,
                false if self.look.is_plain() => Order::new(grid, self.look.clone(), shown),
                false => order.kept(grid),
            },
            Some(order) if order.is_wider(&self.look, grid, shown) => order.narrowed(grid, self.look.clone()),
            _ => Order::new(grid, self.look.clone(), shown),
        });
        self.order.as_ref().map(|order| order.rows.clone()).unwrap_or_default()
    }

    /// The row where the hand is, of those that exist.
    pub(super) fn here(&self) -> Option<&Key> {
        self.cursor.as_ref().and_then(|cursor| cursor.key.as_ref())
    }

    fn is_stale(&self) -> bool {
        self.order.as_ref().is_some_and(|order| order.stale)
    }
}

impl Order {
    fn new(grid: &Grid, look: Look, shown: &[usize]) -> Self {
        let rows = look.rows(grid, shown);
        Self::of(grid, look, shown.to_vec(), rows)
    }

    fn of(grid: &Grid, look: Look, shown: Vec<usize>, rows: Vec<usize>) -> Self {
        let keys = rows.iter().filter_map(|at| grid.rows.get(*at)).map(|row| row.key.clone()).collect();
        Self { look, shown, model: grid.survey.model.clone(), keys, rows: Rc::new(rows), stale: false }
    }

    /// Whether all that another look leaves is among these rows, as they are now.
    fn is_wider(&self, look: &Look, grid: &Grid, shown: &[usize]) -> bool {
        let same = !self.stale && self.shown == shown && Arc::ptr_eq(&self.model, &grid.survey.model);
        same && look.narrows(&self.look, grid.sheet)
    }

    /// Those of its rows that another look leaves.
    fn narrowed(self, grid: &Grid, look: Look) -> Self {
        let rows = look.among(grid, &self.shown, self.rows.iter().copied());
        Self::of(grid, look, self.shown, rows)
    }

    /// The same rows in the same order where they are still there; behind them those that are new.
    fn kept(self, grid: &Grid) -> Self {
        let places: HashMap<&Key, usize> = grid.rows.iter().enumerate().map(|(at, row)| (&row.key, at)).collect();
        let new = grid.rows.iter().map(|row| &row.key).filter(|key| !self.model.contains(key));
        let keys: Vec<Key> = self.keys.iter().filter(|key| places.contains_key(key)).chain(new).cloned().collect();
        let rows = keys.iter().filter_map(|key| places.get(key).copied()).collect();
        Self { keys, rows: Rc::new(rows), model: grid.survey.model.clone(), stale: true, ..self }
    }
}

pub(super) fn sheet_ui(app: &mut App, ui: &mut Ui, sheet: GridKind) {
    ui.painter().rect_filled(ui.max_rect(), 0.0, theme::colour(ui, Role::Panel));
    let Some(survey) = app.survey.clone() else { return };
    let made = app.tables.made(&survey);
    let grid = made.grid(sheet);
    let mut desk = std::mem::take(app.tables.desk(sheet));
    // Commands ask meanwhile where the hand is.
    app.tables.desk(sheet).cursor.clone_from(&desk.cursor);
    let shown = sheet.shown(app.settings.columns.get(sheet.noun()).map(Vec::as_slice));
    let ready = grid.prepare(&shown, AT_ONCE);
    if !ready {
        ui.ctx().request_repaint();
    }
    let rows = desk.rows(grid, &shown, ready);
    top::top_ui(app, ui, &mut desk, grid, (&shown, rows.len()));
    if sheet == GridKind::Boundaries && !grid.rows.is_empty() {
        // In the row of a new boundary, the one that was made last stays chosen.
        let chosen = desk.here().or_else(|| app.selection.iter().find(|key| key.kind == sheet.kind()));
        let chosen =
            grid.rows.iter().find(|row| Some(&row.key) == chosen).and_then(crate::workbench::GridRow::boundary);
        crossings::crossings_ui(app, ui, grid, chosen.as_ref());
    }
    if rows.is_empty() {
        let words = match desk.look.unknown(sheet) {
            _ if grid.rows.is_empty() => empty(sheet).to_owned(),
            Some(tag) => no_column(sheet, &tag),
            None => "No row holds all these words.".to_owned(),
        };
        ui.allocate_ui(egui::vec2(ui.available_width(), 132.0), |ui| table::hint_ui(ui, &words));
    }
    let asked = desk.begun.asks(sheet).and_then(|column| sheet.column(column.id));
    let new_at = asked.and_then(|at| shown.iter().position(|other| *other == at)).unwrap_or(0);
    let near = desk.near.clone();
    // Each table is scrolled on its own.
    ui.push_id(sheet.noun(), |ui| {
        body(app, ui, &mut desk, grid, &View { shown: &shown, rows: &rows, new_at, near: &near });
    });
    desk.near = near;
    *app.tables.desk(sheet) = desk;
}

/// Gives a table the keyboard where a dialog is answered that it asked, or where a key means it that means nothing else.
pub(super) fn takes(app: &mut App, ui: &Ui, stop: &egui::Response, here: Option<&Key>) {
    let free = app.dialog.is_none() && app.float.is_none();
    let on_cell = here.is_some_and(|key| app.selection.contains(key));
    if free && (std::mem::take(&mut app.tables.comes_back) || hand::wakes(ui, on_cell)) {
        stop.request_focus();
        // The arrow that woke it leads nowhere else.
        ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
    }
}

fn hand_id(sheet: GridKind) -> egui::Id {
    egui::Id::unique(("hand", sheet.noun()))
}

/// That a filter names a column that there is not, and those that there are.
fn no_column(sheet: GridKind, tag: &str) -> String {
    let tags: Vec<String> = sheet.columns().iter().map(GridColumn::tag).collect();
    let near = crate::file::nearest(tag, tags.iter().map(String::as_str));
    let near = near.map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
    format!("No column is called “{tag}”.{near} There are {}.", tags.join(", "))
}

/// What belongs into an empty table.
fn empty(sheet: GridKind) -> &'static str {
    match sheet {
        GridKind::Interactions => {
            "No interactions yet. Begin one in the row below; or, in the landscape, drag from the edge of one system to \
             another; or paste rows of a spreadsheet here, with headings such as From, To and Kind."
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
    /// In which column the row of a new record waits for an answer.
    new_at: usize,
    /// In which row the hand was found last.
    near: &'a Cell<usize>,
}

impl View<'_> {
    fn key(&self, grid: &Grid, row: usize) -> Option<Key> {
        self.rows.get(row).and_then(|at| grid.rows.get(*at)).map(|row| row.key.clone())
    }

    fn column(&self, grid: &Grid, column: usize) -> Option<&'static GridColumn> {
        self.shown.get(column).and_then(|at| grid.sheet.columns().get(*at))
    }

    /// So many rows and columns has the hand.
    fn size(&self) -> (usize, usize) {
        (self.rows.len() + 1, self.shown.len())
    }

    /// Where a record stands. It is looked for where it was found before, first.
    fn row_of(&self, grid: &Grid, key: &Key) -> Option<usize> {
        let is = |at: &usize| grid.rows.get(*at).is_some_and(|row| row.key == *key);
        if self.rows.get(self.near.get()).is_some_and(is) {
            return Some(self.near.get());
        }
        let found = self.rows.iter().position(is)?;
        self.near.set(found);
        Some(found)
    }

    /// Where the hand is among what is shown.
    fn place(&self, grid: &Grid, cursor: &Cursor) -> Option<(usize, usize)> {
        let row = match &cursor.key {
            Some(key) => self.row_of(grid, key)?,
            None => return Some((self.rows.len(), self.new_at)),
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
            _ => format!("New {}", grid.sheet.kind().phrase()),
        }
    }
}

fn body(app: &mut App, ui: &mut Ui, desk: &mut Desk, grid: &Grid, view: &View<'_>) {
    let asked = app.tables.asked.take().filter(|_| desk.writing.is_none());
    match asked {
        Some(Asked::NewRow) => begun::begin(app, desk, grid, None),
        Some(Asked::CopyRows) => paste::copy_rows(app, ui, grid, view),
        None => {}
    }
    if desk.made.take_if(|made| grid.survey.model.contains(made)).is_some() {
        desk.reveal = true;
    }
    let place = desk.cursor.as_ref().and_then(|cursor| view.place(grid, cursor));
    let area = ui.available_rect_before_wrap();
    let id = hand_id(grid.sheet);
    desk.hold(ui, id);
    let said =
        place.map_or_else(|| format!("Table of {}", grid.sheet.noun()), |at| format!("Table, {}", view.said(grid, at)));
    let stop = hand::stop(ui, id, area, &said);
    takes(app, ui, &stop, desk.here());
    if asked.is_some() {
        stop.request_focus();
    }
    desk.page = ((area.height() - table::ROW) / table::ROW).floor().max(1.0) as usize;
    let painted = paint::paint_ui(app, ui, Painted { grid, view, place, focused: stop.has_focus(), desk });
    if let (Some(writing), Some(rect)) = (&mut desk.writing, painted.here) {
        if let Some(written) = edit::writing_ui(app, ui, rect, (writing, &mut desk.held)) {
            keys::written(app, ui, desk, grid, view, place, &written);
        }
        return;
    }
    if desk.writing.as_mut().is_some_and(Writing::may_wait) {
        // Its cell was out of sight, and comes into view with the next frames.
        desk.reveal = true;
        return ui.ctx().request_repaint();
    }
    desk.writing = None;
    desk.drags = painted.drags;
    if let Some(command) = painted.command {
        return command.run(app, ui.ctx());
    }
    match painted.deed {
        Some(Deed::Sort(column)) => desk.look.press(column),
        Some(Deed::Cell { row, column, how, twice }) => {
            ui.memory_mut(|memory| memory.request_focus(id));
            keys::choose(app, desk, grid, view, (row, column), how);
            if row >= view.rows.len() {
                begun::begin(app, desk, grid, None);
            } else if twice {
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
    if column.is_own() || !app.selection.contains(&here) {
        return vec![here];
    }
    app.selection.iter().filter(|key| key.kind == grid.sheet.kind()).cloned().collect()
}
