//! The ownership matrix: business records down, systems across, who creates, reads, updates and deletes what.

use egui::{Sense, Ui, WidgetInfo, pos2};
use egui_table::{CellInfo, Column, HeaderCellInfo, HeaderRow, Table, TableDelegate, TableState};

use super::{App, paint, table, theme};
use crate::{
    model::{Entity, Id, Key, Model},
    ownership::{Matrix, Touch},
    scene::{Role, Worst},
    text::{self, Face},
    workbench::Survey,
};

const NAME: f32 = 190.0;
const CELL: f32 = 92.0;
const HEAD: f32 = 48.0;

pub(super) fn matrix_ui(app: &mut App, ui: &mut Ui) {
    ui.painter().rect_filled(ui.max_rect(), 0.0, theme::colour(ui, Role::Panel));
    let Some(survey) = app.survey.clone() else { return };
    let made = app.tables.made(&survey);
    let matrix = made.matrix();
    let wanted = app.tables.matrix_filter.trim().to_lowercase();
    let rows: Vec<&Id<Entity>> = matrix
        .entities
        .iter()
        .filter(|id| wanted.is_empty() || survey.model.name_of(*id).to_lowercase().contains(&wanted))
        .collect();
    let count = format!(
        "{} of {} records · Create, Read, Update, Delete; small letters: straight in a store",
        rows.len(),
        matrix.entities.len()
    );
    table::filter_ui(ui, &mut app.tables.matrix_filter, "Filter records", &count);
    if matrix.entities.is_empty() {
        return table::hint_ui(
            ui,
            "No business records yet. A record (an order, a customer) has one system that owns it, and others that read \
             it or ask for changes.",
        );
    }
    let mut clicked = None;
    let mut painter = Painter {
        survey: &survey,
        matrix,
        rows: &rows,
        selected: &|key: &Key| app.selection.contains(key) || app.lit.contains(key),
        clicked: &mut clicked,
    };
    let columns: Vec<Column> = std::iter::once(Column::new(NAME).range(100.0..=400.0).resizable(true))
        .chain(matrix.systems.iter().map(|_| Column::new(CELL).range(56.0..=240.0).resizable(true)))
        .collect();
    let id = TableState::id(ui, egui::IdSalt::new("matrix"));
    Table::new()
        .id_salt("matrix")
        .num_rows(rows.len() as u64)
        .columns(columns.clone())
        .num_sticky_cols(1)
        .headers([HeaderRow::new(HEAD)])
        .auto_size_mode(egui_table::AutoSizeMode::Never)
        .show(ui, &mut painter);
    table::name_edges(ui, id, &columns);
    if let Some(keys) = clicked {
        app.select(None, false);
        app.selection = keys.into_iter().collect();
        app.canvas.centre_on = Some(app.selection.clone());
    }
}

struct Painter<'a> {
    survey: &'a Survey,
    matrix: &'a Matrix,
    rows: &'a [&'a Id<Entity>],
    selected: &'a dyn Fn(&Key) -> bool,
    clicked: &'a mut Option<Vec<Key>>,
}

impl Painter<'_> {
    fn model(&self) -> &Model {
        &self.survey.model
    }

    fn entity(&self, row: u64) -> Option<Id<Entity>> {
        self.rows.get(usize::try_from(row).ok()?).map(|id| (*id).clone())
    }
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
        let Some(system) = self.matrix.systems.get(at) else { return };
        let key = system.key();
        let name = self.model().name_of(system);
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
            *self.clicked = Some(vec![key]);
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let rect = ui.max_rect();
        let hairline = egui::Stroke::new(1.0, theme::colour(ui, Role::Hairline));
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, hairline);
        let Some(entity) = self.entity(cell.row_nr) else { return };
        let name = self.model().name_of(&entity);
        let Some(at) = cell.col_nr.checked_sub(1) else {
            return self.record(ui, rect, &entity, &name);
        };
        ui.painter().vline(rect.left(), rect.y_range(), hairline);
        let Some(system) = self.matrix.systems.get(at).cloned() else { return };
        let keys = vec![entity.key(), system.key()];
        if keys.iter().all(|key| (self.selected)(key)) {
            ui.painter().rect_filled(rect.shrink(1.0), 0.0, theme::colour(ui, Role::AccentFill));
        }
        let Some(touch) = self.matrix.touch(&entity, &system) else { return };
        let response = ui.interact(rect, ui.scope_id().with(("touch", cell.row_nr, at)), Sense::click());
        let said = format!("{name} in {}: {}", self.model().name_of(&system), touch.words());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Cell, true, &said));
        paint_touch(ui, rect, touch);
        theme::focus_ring(ui, &response);
        if response.on_hover_text(said).clicked() {
            *self.clicked = Some(keys);
        }
    }

    fn default_row_height(&self) -> f32 {
        table::ROW + 4.0
    }
}

impl Painter<'_> {
    /// The name of a record, at the head of its row.
    fn record(&mut self, ui: &mut Ui, rect: egui::Rect, entity: &Id<Entity>, name: &str) {
        let key = entity.key();
        let response = ui.interact(rect, ui.scope_id().with(("record", key.to_string())), Sense::click());
        let chosen = (self.selected)(&key);
        response.widget_info(|| WidgetInfo::selected(egui::Role::RowHeader, true, chosen, name));
        if chosen || response.hovered() {
            let fill = if chosen { Role::AccentFill } else { Role::Canvas };
            ui.painter().rect_filled(rect.shrink(1.0), 0.0, theme::colour(ui, fill));
        }
        let short = text::shorten(Face::SemiBold, 13.0, name, rect.width() - 44.0);
        let place = pos2(rect.left() + 12.0, rect.center().y);
        paint::words(ui.painter(), place, &short, Face::SemiBold, 13.0, theme::colour(ui, Role::Text));
        if let Some(badge) = self.survey.badges.get(&key) {
            let at = pos2(rect.right() - 14.0, rect.center().y);
            paint::sign(ui.painter(), theme::palette(ui), at, badge.worst);
        }
        theme::focus_ring(ui, &response);
        table::measure(ui, text::width(Face::SemiBold, 13.0, name) + 48.0);
        if response.clicked() {
            *self.clicked = Some(vec![key]);
        }
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
