//! A table of a survey, before anyone paints it: its rows, and what stands in a cell.
//!
//! Cells are made when they are asked for, and kept. What is sorted or looked through is made once for all rows: columns,
//! the order of what stands in them, and the words of each row in lower case. What a change does not touch passes on to
//! the table of the next survey.

use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, HashMap},
    rc::Rc,
    sync::Arc,
};

use super::{
    Survey,
    columns::{GridKind, Holds},
    crossings::{Crossing, crossings},
    grids::{Maker, users},
    growing::Growing,
    kept::Kept,
};
use crate::{
    model::{Boundary, Contract, Id, InteractionKind, Key, Kind},
    scene::Badge,
};

/// A table.
pub struct Grid {
    /// Which.
    pub sheet: GridKind,
    /// What it is a table of.
    pub survey: Arc<Survey>,
    /// Its rows: the records in the order of their ids, boundaries with what is inside them.
    pub rows: Vec<GridRow>,
    pub(super) columns: Vec<OnceCell<Vec<Cell>>>,
    /// The rows in the order of a column, and which place each has in it: rows that hold the same have one place.
    pub(super) ranked: Vec<OnceCell<Ranked>>,
    /// Cells of columns that are not made, for those that were looked at.
    seen: RefCell<HashMap<(usize, usize), Cell>>,
    /// The words of each row in some columns.
    pub(super) words: RefCell<Option<Rc<Words>>>,
    /// The same, while they are made.
    growing: RefCell<Option<Growing>>,
    crossings: OnceCell<BTreeMap<Id<Boundary>, Vec<Crossing>>>,
    users: OnceCell<BTreeMap<Id<Contract>, usize>>,
}

/// The order of what stands in a column.
#[derive(Debug)]
pub(super) struct Ranked {
    /// The place of each row.
    pub(super) ranks: Vec<u32>,
    /// The rows, in their order.
    pub(super) order: Vec<u32>,
}

/// The words of rows in lower case, for some columns.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) columns: Vec<usize>,
    pub(super) rows: Vec<Box<str>>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridRow {
    /// The record.
    pub key: Key,
    /// How many records of the same kind it stands in.
    pub depth: usize,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nobody has asked.
    NotAsked,
    /// There is none.
    None,
    /// The question does not arise.
    Empty,
    /// A value; and in small, where it comes from, or more of it.
    Text(String, String),
    /// A kind of interaction.
    Kind(InteractionKind),
}

impl Cell {
    /// A value.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text, String::new()) }
    }

    /// In words.
    pub fn words(&self) -> &str {
        match self {
            Self::NotAsked => "not asked",
            Self::None => "none",
            Self::Empty => "",
            Self::Text(text, _) => text,
            Self::Kind(kind) => kind.word(),
        }
    }

    /// In words for somebody who does not see it, with what stands in small.
    pub fn said(&self) -> String {
        match self {
            Self::Empty => "does not arise".to_owned(),
            Self::Text(text, aside) if !aside.is_empty() => format!("{text}, {aside}"),
            _ => self.words().to_owned(),
        }
    }

    /// What orders cells as people read: values come before what is none, what was not asked and what does not arise; case
    /// does not count, and 9 comes before 10.
    fn sort_key(&self) -> Vec<u8> {
        let rank = match self {
            Self::Text(..) | Self::Kind(_) => 0,
            Self::None => 1,
            Self::NotAsked => 2,
            Self::Empty => 3,
        };
        let mut key = vec![rank];
        natural(self.words(), &mut key);
        key
    }
}

impl Grid {
    /// A table of a survey.
    pub fn new(survey: &Arc<Survey>, sheet: GridKind) -> Self {
        let rows = if sheet == GridKind::Boundaries {
            nested(survey)
        } else {
            survey.model.keys_of(sheet.kind()).into_iter().map(|key| GridRow { key, depth: 0 }).collect()
        };
        Self {
            sheet,
            survey: survey.clone(),
            rows,
            columns: sheet.columns().iter().map(|_| OnceCell::new()).collect(),
            ranked: sheet.columns().iter().map(|_| OnceCell::new()).collect(),
            seen: RefCell::default(),
            words: RefCell::default(),
            growing: RefCell::default(),
            crossings: OnceCell::new(),
            users: OnceCell::new(),
        }
    }

    /// A table of a survey, with what an earlier one has made of the rows that have not changed since.
    pub fn after(survey: &Arc<Survey>, sheet: GridKind, kept: Kept) -> Self {
        let mut grid = Self::new(survey, sheet);
        kept.pass_on(&mut grid);
        grid
    }

    /// What of it can pass on to the table of another survey.
    pub fn into_kept(self) -> Kept {
        Kept::of(self)
    }

    /// What stands in a cell.
    pub fn cell(&self, row: usize, column: usize) -> Cell {
        if let Some(cells) = self.columns.get(column).and_then(OnceCell::get) {
            return cells.get(row).cloned().unwrap_or(Cell::Empty);
        }
        let known = self.seen.borrow().get(&(row, column)).cloned();
        known.unwrap_or_else(|| {
            let made = self.maker(row).map_or(Cell::Empty, |maker| maker.cell_at(column));
            self.seen.borrow_mut().insert((row, column), made.clone());
            made
        })
    }

    /// All that stands in a column.
    pub fn column(&self, column: usize) -> &[Cell] {
        let cell = |row: usize| self.maker(row).map_or(Cell::Empty, |maker| maker.cell_at(column));
        let make = || (0..self.rows.len()).map(cell).collect();
        self.columns.get(column).map_or(&[], |made| made.get_or_init(make))
    }

    /// The cells of a column that were made.
    pub(super) fn made_column(&self, column: usize) -> Option<&[Cell]> {
        self.columns.get(column)?.get().map(Vec::as_slice)
    }

    pub(super) fn maker(&self, row: usize) -> Option<Maker<'_>> {
        Some(Maker::new(self, &self.rows.get(row)?.key))
    }

    /// The order of what stands in a column.
    pub(super) fn ranked(&self, column: usize) -> Option<&Ranked> {
        let cells = self.column(column);
        let make = || {
            let keys: Vec<Vec<u8>> = cells.iter().map(Cell::sort_key).collect();
            let mut order: Vec<u32> = (0..keys.len() as u32).collect();
            let key = |row: u32| keys.get(row as usize).map(Vec::as_slice).unwrap_or_default();
            order.sort_by(|a, b| key(*a).cmp(key(*b)));
            let mut ranks = vec![0; keys.len()];
            let (mut rank, mut before) = (0, None);
            for row in &order {
                if before.is_some_and(|before| key(before) != key(*row)) {
                    rank += 1;
                }
                before = Some(*row);
                if let Some(place) = ranks.get_mut(*row as usize) {
                    *place = rank;
                }
            }
            Ranked { ranks, order }
        };
        self.ranked.get(column).map(|ranked| ranked.get_or_init(make))
    }

    /// The words of each row in some columns, in lower case.
    pub(super) fn words(&self, columns: &[usize]) -> Rc<Words> {
        self.prepare(columns, usize::MAX);
        self.words.borrow().clone().unwrap_or_default()
    }

    /// Makes what is looked through in some columns, for so many rows more; whether it is made of all.
    pub fn prepare(&self, columns: &[usize], most: usize) -> bool {
        if self.words.borrow().as_ref().is_some_and(|words| words.columns == columns) {
            return true;
        }
        let same = |growing: &Growing| growing.words.columns == columns;
        let mut growing = self.growing.take().filter(same).unwrap_or_else(|| Growing::new(self, columns));
        if !growing.grow(self, most) {
            self.growing.replace(Some(growing));
            return false;
        }
        for (at, cells) in growing.missing {
            // It may have been made meanwhile.
            _ = self.columns.get(at).map(|made| made.set(cells));
        }
        self.words.replace(Some(Rc::new(growing.words)));
        true
    }

    /// The worst that was found about a row.
    pub fn badge(&self, row: usize) -> Option<Badge> {
        self.survey.badges.get(&self.rows.get(row)?.key).copied()
    }

    /// What crosses into each boundary.
    pub fn crossings(&self) -> &BTreeMap<Id<Boundary>, Vec<Crossing>> {
        self.crossings.get_or_init(|| crossings(&self.survey))
    }

    /// How many interactions keep to each contract.
    pub(super) fn users(&self) -> &BTreeMap<Id<Contract>, usize> {
        self.users.get_or_init(|| users(&self.survey.model))
    }

    /// Whether a column says something that other rows can change.
    pub(super) fn is_of_others(&self, column: usize) -> bool {
        self.sheet.columns().get(column).is_none_or(|column| column.holds == Holds::Derived)
    }
}

/// Boundaries by name, each followed by those inside it.
fn nested(survey: &Survey) -> Vec<GridRow> {
    let model = &survey.model;
    let mut inside: BTreeMap<Option<&Id<Boundary>>, Vec<&Id<Boundary>>> = BTreeMap::new();
    for (id, boundary) in &model.boundaries {
        let parent = boundary.parent.known().and_then(|parent| model.boundaries.get_key_value(parent));
        inside.entry(parent.map(|(id, _)| id)).or_default().push(id);
    }
    inside.values_mut().for_each(|ids| ids.sort_by_cached_key(|id| model.name_of(*id).to_lowercase()));
    let mut rows = Vec::new();
    let mut next: Vec<(&Id<Boundary>, usize)> = Vec::new();
    let push = |next: &mut Vec<_>, parent, depth| {
        next.extend(inside.get(&parent).into_iter().flatten().rev().map(|id| (*id, depth)));
    };
    push(&mut next, None, 0);
    while let Some((id, depth)) = next.pop() {
        rows.push(GridRow { key: id.key(), depth });
        push(&mut next, Some(id), depth + 1);
    }
    // Boundaries that stand in each other in a ring are reached from no outermost one.
    let lost = model.boundaries.keys().map(Id::key).filter(|key| !rows.iter().any(|row| row.key == *key));
    let lost: Vec<GridRow> = lost.map(|key| GridRow { key, depth: 0 }).collect();
    rows.extend(lost);
    rows
}

/// Adds what orders a text as people read: in lower case, and of digits in a row first how many, without leading zeros.
fn natural(text: &str, key: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_digit() {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let (digits, after) = rest.split_at(end);
            let digits = digits.trim_start_matches('0');
            key.extend([b'0', u8::try_from(digits.len()).unwrap_or(u8::MAX)]);
            key.extend(digits.bytes());
            rest = after;
        } else {
            let mut buffer = [0; 4];
            c.to_lowercase().for_each(|lower| key.extend(lower.encode_utf8(&mut buffer).bytes()));
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
}

impl GridRow {
    /// The boundary that it is about, where it is about one.
    pub fn boundary(&self) -> Option<Id<Boundary>> {
        (self.key.kind == Kind::Boundary).then(|| Id::from_slug(self.key.slug.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_ordered_as_people_read_and_unknown_ones_come_last() {
        let mut cells = [
            Cell::text("v10"),
            Cell::NotAsked,
            Cell::text("V9"),
            Cell::None,
            Cell::text("a"),
            Cell::text("v007"),
            Cell::text("v"),
            Cell::text("vä"),
        ];
        cells.sort_by_key(Cell::sort_key);
        let order: Vec<&str> = cells.iter().map(Cell::words).collect();
        assert_eq!(order, ["a", "v", "v007", "V9", "v10", "vä", "none", "not asked"]);
    }
}
