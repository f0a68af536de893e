//! How the matrix is painted, and what is clicked in it.

use egui::{Rect, Sense, Ui, WidgetInfo, pos2};
use egui_table::{CellInfo, Column, HeaderCellInfo, HeaderRow, Table, TableDelegate, TableState};

use super::Shown;
use crate::{
    model::{Entity, Id, Key, System},
    ownership::Touch,
    scene::{Role, Worst},
    text::{self, Face},
    ui::{App, paint, table, theme},
};

const NAME: f32 = 190.0;
const CELL: f32 = 92.0;
pub(super) const HEAD: f32 = 48.0;
pub(super) const ROW: f32 = table::ROW + 4.0;

/// What was clicked: a cell by its row and column, names and the row of a new record among them.
pub(super) enum Clicked {
    Cell((usize, usize)),
    Twice((usize, usize)),
    System(Id<System>),
}

/// What is to be painted.
pub(super) struct Painted<'a> {
    pub(super) shown: &'a Shown<'a>,
    /// Where the hand is.
    pub(super) place: Option<(usize, usize)>,
    /// Whether the matrix has the keyboard.
    pub(super) focused: bool,
    pub(super) reveal: bool,
    /// Whose name is being typed: of a record, or of a new one.
    pub(super) naming: Option<&'a Option<Id<Entity>>>,
}

/// What came of it.
pub(super) struct Outcome {
    pub(super) clicked: Option<Clicked>,
    /// Where the cell of the hand is, where it is seen.
    pub(super) here: Option<Rect>,
}

pub(super) fn paint_ui(app: &App, ui: &mut Ui, painted: &Painted<'_>) -> Outcome {
    let Painted { shown, place, focused, reveal, naming } = *painted;
    let columns: Vec<Column> =
        std::iter::once(Column::new(NAME).range(100.0..=400.0).resizable(true))
            .chain(shown.systems.iter().map(|system| {
                Column::new(CELL).range(56.0..=240.0).resizable(true).id(egui::Id::unique(system.as_str()))
            }))
            .collect();
    let id = TableState::id(ui, egui::IdSalt::new("matrix"));
    let mut table = Table::new()
        .id_salt("matrix")
        .num_rows(shown.rows.len() as u64 + 1)
        .columns(columns.clone())
        .num_sticky_cols(1)
        .headers([HeaderRow::new(HEAD)])
        .auto_size_mode(egui_table::AutoSizeMode::Never);
    if let Some((row, column)) = place.filter(|_| reveal) {
        table = table.scroll_to_row(row as u64, None);
        if column > 0 {
            table = table.scroll_to_column(column, None);
        }
    }
    let selected = |key: &Key| app.selection.contains(key) || app.lit.contains(key);
    let outcome = Outcome { clicked: None, here: None };
    let mut painter = Painter { shown, place, focused, naming, selected: &selected, outcome };
    table.show(ui, &mut painter);
    table::name_edges(ui, id, &columns);
    painter.outcome
}

struct Painter<'a> {
    shown: &'a Shown<'a>,
    place: Option<(usize, usize)>,
    focused: bool,
    naming: Option<&'a Option<Id<Entity>>>,
    selected: &'a dyn Fn(&Key) -> bool,
    outcome: Outcome,
}

impl TableDelegate for Painter<'_> {
    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let rect = ui.max_rect();
        paint::heading_ground(ui, rect);
        let Some(at) = cell.col_range.start.checked_sub(1) else {
            let place = pos2(rect.left() + 12.0, rect.bottom() - 14.0);
            paint::words(ui.painter(), place, "Record", Face::SemiBold, 12.0, theme::colour(ui, Role::Soft));
            return;
        };
        let Some(system) = self.shown.systems.get(at) else { return };
        let key = system.key();
        let name = self.shown.model().name_of(system);
        let response = ui.interact(rect, ui.scope_id().with(("system", at)), Sense::click());
        let chosen = (self.selected)(&key);
        response.widget_info(|| WidgetInfo::selected(egui::Role::ColumnHeader, true, chosen, &name));
        if chosen {
            ui.painter().rect_filled(rect.shrink(1.0), 0.0, theme::colour(ui, Role::AccentFill));
        }
        let lines = text::wrap(Face::SemiBold, 11.0, &name, rect.width() - 10.0);
        let shown = lines.len().min(3);
        for (row, line) in lines.iter().take(3).enumerate() {
            let short = text::shorten(Face::SemiBold, 11.0, line, rect.width() - 10.0);
            let x = rect.center().x - text::width(Face::SemiBold, 11.0, &short) / 2.0;
            let place = pos2(x, rect.bottom() - 12.0 - 14.0 * (shown - 1 - row) as f32);
            paint::words(ui.painter(), place, &short, Face::SemiBold, 11.0, theme::colour(ui, Role::Soft));
        }
        theme::focus_ring(ui, &response);
        table::measure(ui, CELL);
        if response.on_hover_text(name).clicked() {
            self.outcome.clicked = Some(Clicked::System(system.clone()));
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let rect = ui.max_rect();
        let hairline = egui::Stroke::new(1.0, theme::colour(ui, Role::Hairline));
        let here = (usize::try_from(cell.row_nr).unwrap_or_default(), cell.col_nr);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, hairline);
        let (entity, system) = self.shown.at(here);
        let response = match (&entity, &system) {
            (None, None) => self.new_record(ui, rect),
            (None, Some(_)) => return,
            (Some(entity), None) => self.record(ui, rect, entity),
            (Some(entity), Some(system)) => {
                ui.painter().vline(rect.left(), rect.y_range(), hairline);
                self.touch(ui, rect, here, (entity, system))
            }
        };
        let is_here = self.place.is_some_and(|at| at == here || (at.0 == here.0 && entity.is_none()));
        if is_here {
            self.outcome.here = Some(rect);
            table::hand_ring(ui, rect, self.focused);
        }
        if response.double_clicked() {
            self.outcome.clicked = Some(Clicked::Twice(here));
        } else if response.clicked() {
            self.outcome.clicked = Some(Clicked::Cell(here));
        }
    }

    fn default_row_height(&self) -> f32 {
        ROW
    }
}

impl Painter<'_> {
    /// What a system does with a record.
    fn touch(
        &self,
        ui: &Ui,
        rect: Rect,
        (row, column): (usize, usize),
        (entity, system): (&Id<Entity>, &Id<System>),
    ) -> egui::Response {
        if [entity.key(), system.key()].iter().all(|key| (self.selected)(key)) {
            ui.painter().rect_filled(rect.shrink(1.0), 0.0, theme::colour(ui, Role::AccentFill));
        }
        let seen = rect.intersect(ui.clip_rect());
        let response = ui.interact(seen, ui.scope_id().with(("touch", row, column)), Sense::CLICK);
        let is_here = self.place == Some((row, column));
        let shown = self.shown;
        response.widget_info(|| WidgetInfo::selected(egui::Role::Cell, true, is_here, shown.said(entity, system)));
        match self.shown.matrix.touch(entity, system) {
            Some(touch) => {
                paint_touch(ui, rect, touch);
                response.on_hover_text(self.shown.said(entity, system))
            }
            None => response,
        }
    }

    /// The name of a record, at the head of its row.
    fn record(&self, ui: &mut Ui, rect: Rect, entity: &Id<Entity>) -> egui::Response {
        let key = entity.key();
        let name = self.shown.model().name_of(entity);
        let response = ui.interact(rect, ui.scope_id().with(("record", key.to_string())), Sense::CLICK);
        let chosen = (self.selected)(&key);
        response.widget_info(|| WidgetInfo::selected(egui::Role::RowHeader, true, chosen, &name));
        if chosen || response.hovered() {
            let fill = if chosen { Role::AccentFill } else { Role::Canvas };
            ui.painter().rect_filled(rect.shrink(1.0), 0.0, theme::colour(ui, fill));
        }
        let short = text::shorten(Face::SemiBold, 13.0, &name, rect.width() - 44.0);
        let place = pos2(rect.left() + 12.0, rect.center().y);
        paint::words(ui.painter(), place, &short, Face::SemiBold, 13.0, theme::colour(ui, Role::Text));
        if let Some(badge) = self.shown.survey.badges.get(&key) {
            let at = pos2(rect.right() - 14.0, rect.center().y);
            paint::sign(ui.painter(), theme::palette(ui), at, badge.worst);
        }
        table::measure(ui, text::width(Face::SemiBold, 13.0, &name) + 48.0);
        response
    }

    /// Where the name of a new record is typed.
    fn new_record(&self, ui: &Ui, rect: Rect) -> egui::Response {
        let response = ui.interact(rect, ui.scope_id().with("new record"), Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, "New record…"));
        if response.hovered() {
            ui.painter().rect_filled(rect.shrink(1.0), 0.0, theme::colour(ui, Role::Canvas));
        }
        if self.naming != Some(&None) {
            let place = pos2(rect.left() + 12.0, rect.center().y);
            let role = if response.hovered() { Role::Text } else { Role::Faint };
            paint::words(ui.painter(), place, "New record…", Face::Italic, 13.0, theme::colour(ui, role));
        }
        response
    }
}

/// The owner's cell is filled and says so; a conflict is red and has the sign of errors.
fn paint_touch(ui: &Ui, rect: egui::Rect, touch: &Touch) {
    let letters = touch.letters();
    let role = if touch.conflict { Role::Error } else { Role::Text };
    if touch.owner {
        let plate = rect.shrink2(egui::vec2(6.0, 4.0));
        ui.painter().rect_filled(plate, 6.0, theme::colour(ui, Role::AccentFill));
    }
    let words = match (touch.owner, letters.is_empty()) {
        (true, true) => "owner".to_owned(),
        (true, false) => format!("owner {letters}"),
        (false, _) => letters,
    };
    let face = if touch.owner || touch.conflict { Face::SemiBold } else { Face::Regular };
    let short = text::shorten(face, 12.0, &words, rect.width() - 12.0);
    let width = text::width(face, 12.0, &short) + if touch.conflict { 16.0 } else { 0.0 };
    let mut at = pos2(rect.center().x - width / 2.0, rect.center().y);
    if touch.conflict {
        paint::sign(ui.painter(), theme::palette(ui), pos2(at.x + 5.0, at.y), Worst::Error);
        at.x += 16.0;
    }
    paint::words(ui.painter(), at, &short, face, 12.0, theme::colour(ui, role));
}
