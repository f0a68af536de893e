//! What a table has made, for the table of the next survey: what is said of records that have not changed stays as it is.

use std::{cell::OnceCell, rc::Rc, sync::Arc};

use super::{
    columns::GridKind,
    grid::{Cell, Grid, GridRow, Ranked, Words},
    growing::joined,
};
use crate::model::{Id, Key, Kind, Model, Stored, Table, Tabled};

/// What can pass on from a table to that of another survey.
pub struct Kept {
    sheet: GridKind,
    model: Arc<Model>,
    rows: Vec<GridRow>,
    columns: Vec<Option<Vec<Cell>>>,
    ranked: Vec<Option<Ranked>>,
    words: Option<Rc<Words>>,
}

impl Kept {
    /// What a table leaves behind.
    pub(super) fn of(grid: Grid) -> Self {
        Self {
            sheet: grid.sheet,
            model: grid.survey.model.clone(),
            rows: grid.rows,
            columns: grid.columns.into_iter().map(OnceCell::into_inner).collect(),
            ranked: grid.ranked.into_iter().map(OnceCell::into_inner).collect(),
            words: grid.words.into_inner(),
        }
    }

    /// Passes on what still holds: all of it for the same model, else the cells of rows whose records have not changed,
    /// where nothing has changed that such rows speak of.
    pub(super) fn pass_on(mut self, grid: &mut Grid) {
        let model = grid.survey.model.clone();
        if self.sheet != grid.sheet || grid.sheet == GridKind::Boundaries {
            return;
        }
        if Arc::ptr_eq(&self.model, &model) {
            grid.columns = self.columns.into_iter().map(filled).collect();
            grid.ranked = self.ranked.into_iter().map(filled).collect();
            grid.words.replace(self.words);
            return;
        }
        let speaks_of_same = match grid.sheet {
            GridKind::Interactions => {
                same(&self.model.systems, &model.systems)
                    && same(&self.model.contracts, &model.contracts)
                    && same(&self.model.profiles, &model.profiles)
                    && same(&self.model.meshes, &model.meshes)
            }
            _ => same(&self.model.systems, &model.systems) && same(&self.model.teams, &model.teams),
        };
        if speaks_of_same {
            let places = self.places(&model, &grid.rows);
            self.cells(grid, &places);
            self.row_words(grid, &places);
        }
    }

    /// Where each row stood, if its record is the same. Both tables are in the order of their ids.
    fn places(&self, model: &Model, rows: &[GridRow]) -> Vec<Option<usize>> {
        let mut old = self.rows.iter().enumerate().peekable();
        let place = |row: &GridRow| {
            while old.next_if(|(_, other)| other.key < row.key).is_some() {}
            let (at, _) = old.next_if(|(_, other)| other.key == row.key)?;
            is_same(&self.model, model, &row.key).then_some(at)
        };
        rows.iter().map(place).collect()
    }

    fn cells(&mut self, grid: &mut Grid, places: &[Option<usize>]) {
        for (column, kept) in self.columns.iter_mut().enumerate() {
            let Some(cells) = kept.as_mut().filter(|_| !grid.is_of_others(column)) else { continue };
            let made = places.iter().enumerate().map(|(row, place)| {
                let old = place.and_then(|at| cells.get_mut(at)).map(|cell| std::mem::replace(cell, Cell::Empty));
                old.unwrap_or_else(|| grid.maker(row).map_or(Cell::Empty, |maker| maker.cell_at(column)))
            });
            let made: Vec<Cell> = made.collect();
            if let Some(place) = grid.columns.get_mut(column) {
                *place = filled(Some(made));
            }
        }
    }

    fn row_words(self, grid: &Grid, places: &[Option<usize>]) {
        // A table that is painted still holds them: then they are made anew.
        let words = self.words.and_then(|words| Rc::try_unwrap(words).ok());
        let Some(mut words) = words.filter(|words| !words.columns.iter().any(|at| grid.is_of_others(*at))) else {
            return;
        };
        let row = |(row, place): (usize, &Option<usize>)| {
            let old = place.and_then(|at| words.rows.get_mut(at)).map(std::mem::take);
            let cells = || words.columns.iter().map(|at| grid.made_column(*at).and_then(|cells| cells.get(row)));
            old.unwrap_or_else(|| joined(cells()))
        };
        let rows = places.iter().enumerate().map(row).collect();
        grid.words.replace(Some(Rc::new(Words { columns: words.columns, rows })));
    }
}

fn filled<T>(value: Option<T>) -> OnceCell<T> {
    value.map_or_else(OnceCell::new, OnceCell::from)
}

/// Whether two tables hold the very same records.
fn same<T: Tabled>(a: &Table<T>, b: &Table<T>) -> bool {
    let pairs = a.iter().zip(b);
    a.len() == b.len() && pairs.into_iter().all(|(a, b)| Arc::ptr_eq(&a.1.value, &b.1.value) && a.0 == b.0)
}

/// Whether two models hold the very same record.
fn is_same(a: &Model, b: &Model, key: &Key) -> bool {
    fn found<'m, T: Tabled>(table: &'m Table<T>, key: &Key) -> Option<&'m Stored<T>> {
        table.get(&Id::from_slug(key.slug.clone()))
    }
    fn agree<T: Tabled>(a: &Table<T>, b: &Table<T>, key: &Key) -> bool {
        found(a, key).zip(found(b, key)).is_some_and(|(a, b)| Arc::ptr_eq(&a.value, &b.value))
    }
    match key.kind {
        Kind::Interaction => agree(&a.interactions, &b.interactions, key),
        Kind::Contract => agree(&a.contracts, &b.contracts, key),
        _ => false,
    }
}
