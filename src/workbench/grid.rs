//! Tables of a survey, before anyone paints them: columns, rows, an order and a filter.

use std::cmp::Ordering;

use crate::{
    model::{InteractionKind, Key},
    scene::Badge,
};

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// Headings, with widths in points to begin with.
    pub columns: Vec<GridColumn>,
    /// One for each record, in the order of their ids.
    pub rows: Vec<GridRow>,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct GridColumn {
    /// Its heading.
    pub title: &'static str,
    /// Its width to begin with, in points.
    pub width: f32,
}

/// A row.
#[derive(Clone, Debug)]
pub struct GridRow {
    /// The record.
    pub key: Key,
    /// One for each column.
    pub cells: Vec<Cell>,
    /// The worst that was found about the record.
    pub badge: Option<Badge>,
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

    /// Values come before what is none, what was not asked and what does not arise; numbers in their order.
    fn compare(&self, other: &Self) -> Ordering {
        let rank = |cell: &Self| match cell {
            Self::Text(..) | Self::Kind(_) => 0,
            Self::None => 1,
            Self::NotAsked => 2,
            Self::Empty => 3,
        };
        rank(self).cmp(&rank(other)).then_with(|| natural(self.words(), other.words()))
    }
}

/// Compares as people read: case does not count, and 9 comes before 10.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.chars().peekable(), b.chars().peekable());
    loop {
        match (a.peek().copied(), b.peek().copied()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => match number(&mut a).cmp(&number(&mut b))
            {
                Ordering::Equal => {}
                other => return other,
            },
            (Some(x), Some(y)) => match x.to_lowercase().cmp(y.to_lowercase()) {
                Ordering::Equal => {
                    a.next();
                    b.next();
                }
                other => return other,
            },
        }
    }
}

fn number(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> u64 {
    let mut value = 0_u64;
    while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
        value = value.saturating_mul(10).saturating_add(u64::from(digit));
        chars.next();
    }
    value
}

/// How a grid is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The column it is sorted by, and whether the last comes first.
    pub sort: Option<(usize, bool)>,
    /// What rows must hold somewhere; every word of it, in any case.
    pub filter: String,
}

impl Look {
    /// The rows that a look leaves, by their places, in its order.
    pub fn rows(&self, grid: &Grid) -> Vec<usize> {
        let words: Vec<String> = self.filter.split_whitespace().map(str::to_lowercase).collect();
        let fits = |row: &GridRow| {
            words.iter().all(|word| row.cells.iter().any(|cell| cell.words().to_lowercase().contains(word)))
        };
        let mut rows: Vec<usize> = (0..grid.rows.len()).filter(|at| grid.rows.get(*at).is_some_and(fits)).collect();
        if let Some((column, backwards)) = self.sort {
            let cell = |at: &usize| grid.rows.get(*at).and_then(|row| row.cells.get(column));
            rows.sort_by(|a, b| {
                let order = cell(a).zip(cell(b)).map_or(Ordering::Equal, |(a, b)| a.compare(b));
                if backwards { order.reverse() } else { order }
            });
        }
        rows
    }

    /// What a click on a heading does: sort by it, then backwards, then not at all.
    pub fn press(&mut self, column: usize) {
        self.sort = match self.sort {
            Some((same, false)) if same == column => Some((column, true)),
            Some((same, true)) if same == column => None,
            _ => Some((column, false)),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    fn grid(words: &[&str]) -> Grid {
        let row = |word: &&str| GridRow {
            key: Key::single(Kind::Model),
            cells: vec![if word.is_empty() { Cell::NotAsked } else { Cell::text(*word) }],
            badge: None,
        };
        Grid { columns: vec![GridColumn { title: "A", width: 80.0 }], rows: words.iter().map(row).collect() }
    }

    #[test]
    fn rows_are_sorted_as_people_read_and_unknown_ones_last() {
        let grid = grid(&["v10", "", "V9", "a"]);
        let mut look = Look::default();
        assert_eq!(look.rows(&grid), [0, 1, 2, 3]);
        look.press(0);
        assert_eq!(look.rows(&grid), [3, 2, 0, 1]);
        look.press(0);
        assert_eq!(look.rows(&grid), [1, 0, 2, 3]);
        look.press(0);
        assert_eq!(look.sort, None);
    }

    #[test]
    fn a_filter_wants_every_word() {
        let grid = grid(&["orders to billing", "orders to stock"]);
        let look = Look { filter: " BILLING orders".to_owned(), ..Look::default() };
        assert_eq!(look.rows(&grid), [0]);
    }
}
