//! How a table is painted: headings, rows, cells, and the cell where the hand is.

use egui::{Id, Rect, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_table::{CellInfo, Column, HeaderCellInfo, HeaderRow, Table, TableDelegate, TableState};

use super::{Desk, View, keys::How, name, widths};
use crate::{
    model::Key,
    scene::Role,
    text::{self, Face},
    ui::{
        App,
        commands::{self, Command},
        paint, table, theme,
    },
    workbench::{self, Cell, Grid, GridRow, NewRow},
};

/// No column is fitted to more than this.
const WIDEST: f32 = 560.0;
/// So far a boundary stands in from the one around it.
pub(super) const INDENT: f32 = 16.0;

/// What is done with the mouse.
pub(super) enum Deed {
    Sort(usize),
    Cell { row: usize, column: usize, how: How, twice: bool },
}

/// What came of it.
pub(super) struct Outcome {
    pub(super) deed: Option<Deed>,
    /// Where the cell of the hand is, where it is seen.
    pub(super) here: Option<Rect>,
    /// Whether rows are being dragged over.
    pub(super) drags: bool,
    /// What was chosen from the menu of a row.
    pub(super) command: Option<Command>,
}

/// What can be done with rows, in groups.
const MENU: [&[Command]; 3] =
    [&[Command::Cut, Command::Copy, Command::Paste, Command::CopyRows], &[Command::NewRow], &[Command::DeleteRows]];

/// What is painted.
pub(super) struct Painted<'a> {
    pub(super) grid: &'a Grid,
    pub(super) view: &'a View<'a>,
    /// Where the hand is.
    pub(super) place: Option<(usize, usize)>,
    /// Whether the table has the keyboard.
    pub(super) focused: bool,
    pub(super) desk: &'a mut Desk,
}

pub(super) fn paint_ui(app: &mut App, ui: &mut Ui, painted: Painted<'_>) -> Outcome {
    let Painted { grid, view, place, focused, desk } = painted;
    let (rows, shown) = (view.rows, view.shown);
    let selected = |key: &Key| app.selection.contains(key) || app.lit.contains(key);
    let reveal = std::mem::take(&mut app.tables.reveal);
    let mut row =
        if reveal { rows.iter().position(|at| grid.rows.get(*at).is_some_and(|r| selected(&r.key))) } else { None };
    let mut column = None;
    // The row of a new record may not be there yet.
    if let Some(at) = place
        && std::mem::take(&mut desk.reveal)
    {
        (row, column) = (Some(at.0), Some(at.1));
    }
    let columns = shown
        .iter()
        .filter_map(|at| grid.sheet.columns().get(*at))
        .map(|column| Column::new(column.width).range(48.0..=640.0).resizable(true).id(widths::id(column)));
    let gutter = Column::new(30.0).range(30.0..=30.0).resizable(false).id(Id::unique("gutter"));
    let columns: Vec<Column> = std::iter::once(gutter).chain(columns).collect();
    let id = TableState::id(ui, egui::IdSalt::new(grid.sheet.noun()));
    desk.widths.give(ui, &app.settings, grid, (id, shown));
    let mut table = Table::new()
        .id_salt(grid.sheet.noun())
        .num_rows(view.size().0 as u64)
        .columns(columns.clone())
        .num_sticky_cols(2)
        .headers([HeaderRow::new(table::ROW)])
        .auto_size_mode(egui_table::AutoSizeMode::Never);
    if let Some(row) = row {
        table = table.scroll_to_row(row as u64, None);
    }
    if let Some(column) = column.filter(|column| *column > 0) {
        table = table.scroll_to_column(column + 1, None);
    }
    let (sort, writing) = (desk.look.sort, desk.writing.is_some());
    let words = shown.iter().map(|at| desk.look.words(grid.sheet, *at)).collect();
    let drags = desk.drags && ui.input(|input| input.pointer.primary_down());
    let outcome = Outcome { deed: None, here: None, drags, command: None };
    let (begun, seen) = (&desk.begun, ui.max_rect().intersect(ui.clip_rect()));
    let mut painter = Painter {
        app,
        grid,
        view,
        place,
        focused,
        writing,
        begun,
        seen,
        sort,
        words,
        selected: &selected,
        hovered: None,
        outcome,
    };
    table.show(ui, &mut painter);
    let outcome = painter.outcome;
    table::name_edges(ui, id, &columns);
    desk.widths.keep(ui, &mut app.settings, grid, id);
    outcome
}

struct Painter<'a> {
    app: &'a App,
    grid: &'a Grid,
    view: &'a View<'a>,
    place: Option<(usize, usize)>,
    focused: bool,
    writing: bool,
    begun: &'a NewRow,
    /// Where the table is seen.
    seen: Rect,
    /// What is looked for in each column.
    words: Vec<Vec<String>>,
    sort: Option<(usize, bool)>,
    selected: &'a dyn Fn(&Key) -> bool,
    hovered: Option<u64>,
    outcome: Outcome,
}

impl Painter<'_> {
    fn row(&self, at: u64) -> Option<(usize, &GridRow)> {
        let at = *self.view.rows.get(usize::try_from(at).ok()?)?;
        self.grid.rows.get(at).map(|row| (at, row))
    }

    fn clicked(&mut self, ui: &Ui, row: u64, column: usize, response: &egui::Response) {
        let how = ui.input(|input| match (input.modifiers.shift, input.modifiers.command) {
            (true, _) => How::Run,
            (_, true) => How::Beside,
            _ => How::Alone,
        });
        let row = usize::try_from(row).unwrap_or_default();
        self.outcome.deed = Some(Deed::Cell { row, column, how, twice: response.double_clicked() });
    }

    /// Rows that are dragged over are selected, from the one where that began.
    fn dragged(&mut self, (row, column): (usize, usize), response: &egui::Response) {
        let how = if response.drag_started_by(egui::PointerButton::Primary) {
            self.outcome.drags = true;
            How::Alone
        } else if self.outcome.drags && response.contains_pointer() && self.place.is_some_and(|at| at.0 != row) {
            How::Run
        } else {
            return;
        };
        let column = if how == How::Run { self.place.map_or(column, |at| at.1) } else { column };
        self.outcome.deed = Some(Deed::Cell { row, column, how, twice: false });
    }

    /// The menu of a row, or of those that are selected with it.
    fn menu(&mut self, (row, column): (usize, usize), at: usize, response: &egui::Response) {
        if response.secondary_clicked() {
            let chosen = self.grid.rows.get(at).is_some_and(|row| self.app.selection.contains(&row.key));
            let how = if chosen { How::Kept } else { How::Alone };
            self.outcome.deed = Some(Deed::Cell { row, column, how, twice: false });
        }
        response.context_menu(|ui| {
            ui.set_min_width(200.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            for (at, group) in MENU.iter().enumerate() {
                if at > 0 {
                    ui.separator();
                }
                for command in group.iter().copied() {
                    if commands::button_ui(self.app, ui, command) {
                        self.outcome.command = Some(command);
                    }
                }
            }
        });
    }

    /// A cell of the row of a new record: what was answered, and where the next answer is waited for.
    fn new_row(&mut self, ui: &mut Ui, rect: Rect, (row, column): (u64, usize)) {
        let of = self.view.shown.get(column).copied();
        if column != self.view.new_at {
            if let Some(text) = of.and_then(|of| self.begun.answer(self.grid.sheet, of)) {
                cell_ui(ui, rect, &Cell::text(text), &[]);
            }
            return;
        }
        // The words may be longer than the column: the cells beside it are empty.
        let words = self.begun.words(self.grid.sheet);
        let response = ui.interact(rect.intersect(ui.clip_rect()), ui.scope_id().with("new row"), Sense::CLICK);
        table::measure(ui, text::width(Face::Italic, 13.0, &words) + 18.0);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &words));
        if self.place.is_some_and(|(at, _)| at == self.view.rows.len()) {
            self.outcome.here = Some(rect);
            table::hand_ring(ui, rect, self.focused);
        }
        if !(self.writing && self.outcome.here.is_some()) {
            let role = if response.hovered() { Role::Text } else { Role::Faint };
            let at = pos2(rect.left() + 8.0, rect.center().y);
            let seen = rect.with_max_x(rect.left() + text::width(Face::Italic, 13.0, &words) + 16.0);
            let seen = Rect::from_x_y_ranges(seen.x_range(), ui.clip_rect().y_range()).intersect(self.seen);
            let painter = ui.painter().with_clip_rect(seen);
            paint::words(&painter, at, &words, Face::Italic, 13.0, theme::colour(ui, role));
        }
        if response.clicked() {
            self.clicked(ui, row, column, &response);
        }
    }
}

impl TableDelegate for Painter<'_> {
    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let rect = ui.max_rect();
        paint::heading_ground(ui, rect);
        let Some(at) = cell.col_range.start.checked_sub(1).and_then(|at| self.view.shown.get(at).copied()) else {
            return;
        };
        let Some(column) = self.grid.sheet.columns().get(at) else { return };
        let sorted = self.sort.filter(|(by, _)| *by == at).map(|(_, backwards)| backwards);
        let response = ui.interact(rect.shrink2(vec2(4.0, 0.0)), ui.scope_id().with(("heading", at)), Sense::click());
        let order = match sorted {
            None => "",
            Some(false) => ", sorted",
            Some(true) => ", sorted backwards",
        };
        let name = format!("Sort by {}{order}", column.title);
        response.widget_info(|| WidgetInfo::selected(egui::Role::ColumnHeader, true, sorted.is_some(), &name));
        let role = if response.hovered() || sorted.is_some() { Role::Text } else { Role::Soft };
        let room = rect.width() - if sorted.is_some() { 28.0 } else { 12.0 };
        let title = text::shorten(Face::SemiBold, 12.0, column.title, room);
        let place = pos2(rect.left() + 8.0, rect.center().y);
        let shown = paint::words(ui.painter(), place, &title, Face::SemiBold, 12.0, theme::colour(ui, role));
        if let Some(backwards) = sorted {
            paint::wedge(ui.painter(), pos2(shown.right() + 9.0, rect.center().y), backwards, theme::colour(ui, role));
        }
        theme::focus_ring(ui, &response);
        table::measure(ui, text::width(Face::SemiBold, 12.0, column.title) + 32.0);
        if response.clicked() {
            self.outcome.deed = Some(Deed::Sort(at));
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, row_nr: u64) {
        let Some((_, row)) = self.row(row_nr) else { return };
        let (name, chosen) = (name(self.grid, &row.key), (self.selected)(&row.key));
        let rect = ui.max_rect();
        let seen = rect.intersect(ui.clip_rect());
        let response = ui.interact(seen, ui.scope_id().with(("row", row_nr)), Sense::CLICK);
        response.widget_info(|| WidgetInfo::selected(egui::Role::Row, true, chosen, &name));
        if response.contains_pointer() {
            self.hovered = Some(row_nr);
        }
        let fill = match (chosen, self.hovered == Some(row_nr)) {
            (true, _) => Some(Role::AccentFill),
            (false, true) => Some(Role::Canvas),
            _ => None,
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(rect, 0.0, theme::colour(ui, fill));
        }
        let hairline = egui::Stroke::new(1.0, theme::colour(ui, Role::Hairline));
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, hairline);
        if response.clicked() {
            let column = self.place.map_or(0, |(_, column)| column);
            self.clicked(ui, row_nr, column, &response);
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let rect = ui.max_rect();
        let Some((at, row)) = self.row(cell.row_nr) else {
            if let Some(column) = cell.col_nr.checked_sub(1) {
                self.new_row(ui, rect, (cell.row_nr, column));
            }
            return;
        };
        let depth = row.depth;
        let Some(column) = cell.col_nr.checked_sub(1) else {
            if let Some(badge) = self.grid.badge(at) {
                paint::sign(ui.painter(), theme::palette(ui), rect.center(), badge.worst);
            }
            return;
        };
        let Some(of) = self.view.shown.get(column).copied() else { return };
        let seen = rect.intersect(ui.clip_rect());
        let id = ui.scope_id().with(("cell", cell.row_nr, of));
        let response = ui.interact(seen, id, Sense::CLICK | Sense::DRAG);
        let here = (usize::try_from(cell.row_nr).unwrap_or_default(), column);
        let is_here = self.place == Some(here);
        let (grid, view) = (self.grid, self.view);
        response.widget_info(|| WidgetInfo::selected(egui::Role::Cell, true, is_here, view.said(grid, here)));
        let made = self.grid.cell(at, of);
        let indent = if column == 0 { INDENT * depth as f32 } else { 0.0 };
        let words = self.words.get(column).map(Vec::as_slice).unwrap_or_default();
        cell_ui(ui, rect.with_min_x(rect.left() + indent), &made, words);
        let needed = natural(&made) + indent;
        table::measure(ui, needed.min(WIDEST));
        if is_here {
            self.outcome.here = Some(rect);
            table::hand_ring(ui, rect, self.focused);
        }
        if response.clicked() {
            self.clicked(ui, cell.row_nr, column, &response);
        }
        self.dragged(here, &response);
        self.menu(here, at, &response);
        // What has no room is told to who waits with the pointer.
        if response.hovered() && needed > rect.width() + 4.0 {
            response.on_hover_text(whole(&made));
        }
    }

    fn default_row_height(&self) -> f32 {
        table::ROW
    }
}

/// All that stands in a cell, with what stands in small below it.
fn whole(cell: &Cell) -> String {
    match cell {
        Cell::Text(words, aside) if !aside.is_empty() => format!("{words}\n{aside}"),
        _ => cell.words().to_owned(),
    }
}

/// How wide a cell would like to be.
pub(super) fn natural(cell: &Cell) -> f32 {
    let words = text::width(Face::Regular, 13.0, cell.words()) + 18.0;
    let more = match cell {
        Cell::Kind(_) => 22.0,
        Cell::Text(_, aside) if !aside.is_empty() => text::width(Face::Regular, 11.0, aside) + 16.0,
        _ => 0.0,
    };
    words + more
}

/// The words of a cell, with those marked that are looked for, and what stands in small behind them.
fn cell_ui(ui: &Ui, rect: Rect, cell: &Cell, wanted: &[String]) {
    let place = pos2(rect.left() + 8.0, rect.center().y);
    let room = rect.width() - 14.0;
    let written = |at: egui::Pos2, text: &str, face, size, role, room| {
        let short = text::shorten(face, size, text, room);
        for word in wanted {
            mark(ui, at, &short, (face, size), word);
        }
        paint::words(ui.painter(), at, &short, face, size, theme::colour(ui, role))
    };
    match cell {
        Cell::Empty => {}
        Cell::Kind(kind) => {
            let side = paint::letter(ui, place, *kind) + 6.0;
            let at = pos2(place.x + side, place.y);
            written(at, kind.word(), Face::Regular, 13.0, Role::Text, room - side);
        }
        Cell::NotAsked => _ = written(place, cell.words(), Face::Italic, 12.0, Role::Faint, room),
        Cell::None => _ = written(place, cell.words(), Face::Regular, 13.0, Role::Soft, room),
        Cell::Text(words, aside) => {
            let shown = written(place, words, Face::Regular, 13.0, Role::Text, room);
            let left = rect.right() - 6.0 - shown.right() - 8.0;
            if !aside.is_empty() && left > 24.0 {
                let aside = text::shorten(Face::Regular, 11.0, aside, left);
                let at = pos2(shown.right() + 8.0, place.y);
                paint::words(ui.painter(), at, &aside, Face::Regular, 11.0, theme::colour(ui, Role::Soft));
            }
        }
    }
}

/// A ground and a line under a word that is looked for.
fn mark(ui: &Ui, at: egui::Pos2, text: &str, (face, size): (Face, f32), word: &str) {
    let Some(found) = workbench::found_at(text, word) else { return };
    let width = |part: &str| text::width(face, size, part);
    let before = width(text.get(..found.start).unwrap_or_default());
    let wide = width(text.get(found).unwrap_or_default());
    let area = Rect::from_min_size(pos2(at.x + before - 1.0, at.y - 9.0), vec2(wide + 2.0, 18.0));
    ui.painter().rect_filled(area, 3.0, theme::colour(ui, Role::AccentFill));
    let line = egui::Stroke::new(1.5, theme::colour(ui, Role::Accent));
    ui.painter().hline(area.x_range(), area.bottom() - 1.0, line);
}
