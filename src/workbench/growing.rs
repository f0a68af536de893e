//! The words of all rows of a table, made of some rows at a time, so that nobody waits for those of many thousands.

use super::grid::{Cell, Grid, Words};

/// Words of rows that are being made, and the cells that were made for them.
#[derive(Debug)]
pub(super) struct Growing {
    /// Of the rows so far.
    pub(super) words: Words,
    /// The cells so far of columns that nobody had made.
    pub(super) missing: Vec<(usize, Vec<Cell>)>,
}

impl Growing {
    /// Of some columns, and no row yet.
    pub(super) fn new(grid: &Grid, columns: &[usize]) -> Self {
        let missing = columns.iter().filter(|at| grid.made_column(**at).is_none());
        let missing = missing.map(|at| (*at, Vec::with_capacity(grid.rows.len()))).collect();
        let rows = Vec::with_capacity(grid.rows.len());
        Self { words: Words { columns: columns.to_vec(), rows }, missing }
    }

    /// Of so many rows more; whether it has all.
    pub(super) fn grow(&mut self, grid: &Grid, most: usize) -> bool {
        let start = self.words.rows.len();
        let end = grid.rows.len().min(start.saturating_add(most));
        for row in start..end {
            let maker = grid.maker(row);
            for (column, cells) in &mut self.missing {
                cells.push(maker.as_ref().map_or(Cell::Empty, |maker| maker.cell_at(*column)));
            }
            let cells = self.words.columns.iter().map(|at| {
                let made = self.missing.iter().find(|(column, _)| column == at).map(|(_, cells)| cells.as_slice());
                made.or_else(|| grid.made_column(*at)).and_then(|cells| cells.get(row))
            });
            self.words.rows.push(joined(cells));
        }
        end == grid.rows.len()
    }
}

/// The words of a row in lower case; what stands between cells stands in no cell.
pub(super) fn joined<'c>(cells: impl Iterator<Item = Option<&'c Cell>>) -> Box<str> {
    let mut words = String::new();
    for cell in cells {
        words.push_str(cell.map(Cell::words).unwrap_or_default());
        words.push('\u{1f}');
    }
    words.to_lowercase().into()
}
