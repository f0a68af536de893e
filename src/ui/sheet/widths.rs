//! How wide the columns of a table are: as somebody made them, else as what stands in a sample of their cells.

use std::collections::BTreeMap;

use egui::{Id, Ui};
use egui_table::TableState;

use super::paint::{INDENT, natural};
use crate::{
    text::{self, Face},
    ui::settings::Settings,
    workbench::{Grid, GridColumn, NewRow},
};

/// No column begins narrower, or wider.
const BEGINS: std::ops::RangeInclusive<f32> = 64.0..=280.0;
/// So many rows are looked at.
const SAMPLE: usize = 64;

/// The widths that columns were given.
#[derive(Debug, Default)]
pub(super) struct Widths {
    given: BTreeMap<&'static str, f32>,
    /// Whether there was a row to look at.
    sampled: bool,
}

impl Widths {
    /// Gives columns that are shown for the first time their widths.
    pub(super) fn give(&mut self, ui: &Ui, settings: &Settings, grid: &Grid, (table, shown): (Id, &[usize])) {
        let mut state = TableState::load(ui.ctx(), table).unwrap_or_default();
        if self.given.is_empty() || (!self.sampled && !grid.rows.is_empty()) {
            // What an earlier model needed says nothing of this one.
            *self = Self { given: BTreeMap::new(), sampled: !grid.rows.is_empty() };
            state.col_widths.clear();
        }
        let kept = settings.widths.get(grid.sheet.noun());
        let columns = shown.iter().filter_map(|at| Some((*at, grid.sheet.columns().get(*at)?)));
        let mut changed = false;
        for (at, column) in columns.filter(|(_, column)| !self.given.contains_key(column.id)).collect::<Vec<_>>() {
            let own = kept.and_then(|kept| kept.get(column.id)).copied();
            let width = own.unwrap_or_else(|| sampled(grid, at, column));
            self.given.insert(column.id, width);
            state.col_widths.insert(id(column), width);
            changed = true;
        }
        if changed {
            state.store(ui.ctx(), table);
        }
    }

    /// Remembers widths that somebody gave since.
    pub(super) fn keep(&mut self, ui: &Ui, settings: &mut Settings, grid: &Grid, table: Id) {
        let Some(state) = TableState::load(ui.ctx(), table) else { return };
        for column in grid.sheet.columns() {
            let (Some(given), Some(now)) = (self.given.get_mut(column.id), state.col_widths.get(&id(column))) else {
                continue;
            };
            if (*given - *now).abs() > 0.5 {
                *given = *now;
                settings.widths.entry(grid.sheet.noun().to_owned()).or_default().insert(column.id.to_owned(), *now);
            }
        }
    }
}

/// What a table knows a column by.
pub(super) fn id(column: &GridColumn) -> Id {
    Id::unique(column.id)
}

/// The width of the widest in a sample of a column's cells, and of its heading.
fn sampled(grid: &Grid, at: usize, column: &GridColumn) -> f32 {
    let heading = text::width(Face::SemiBold, 12.0, column.title) + 32.0;
    let new = if at == 0 { text::width(Face::Italic, 13.0, &NewRow::default().words(grid.sheet)) + 18.0 } else { 0.0 };
    let step = grid.rows.len().div_ceil(SAMPLE).max(1);
    let cells = grid.rows.iter().enumerate().step_by(step).map(|(row, of)| {
        let indent = if at == 0 { INDENT * of.depth as f32 } else { 0.0 };
        natural(&grid.cell(row, at)) + indent
    });
    let usual = if grid.rows.is_empty() { column.width } else { 0.0 };
    cells.fold(heading.max(new).max(usual), f32::max).clamp(*BEGINS.start(), *BEGINS.end())
}
