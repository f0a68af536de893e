//! A table of a survey, before anyone paints it: its rows, what stands in a cell, an order and a filter.
//!
//! Cells are made when they are asked for; a column that rows are sorted or filtered by is made once, and kept.

use std::{cell::OnceCell, cmp::Ordering, collections::BTreeMap, sync::Arc};

use super::{
    Survey,
    columns::GridKind,
    crossings::{Crossing, crossings},
    grids,
};
use crate::{
    model::{Boundary, Id, InteractionKind, Key, Kind},
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
    made: Vec<OnceCell<Vec<Cell>>>,
    crossings: OnceCell<BTreeMap<Id<Boundary>, Vec<Crossing>>>,
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

impl Grid {
    /// A table of a survey.
    pub fn new(survey: &Arc<Survey>, sheet: GridKind) -> Self {
        let rows = if sheet == GridKind::Boundaries {
            nested(survey)
        } else {
            survey.model.keys_of(sheet.kind()).into_iter().map(|key| GridRow { key, depth: 0 }).collect()
        };
        let made = sheet.columns().iter().map(|_| OnceCell::new()).collect();
        Self { sheet, survey: survey.clone(), rows, made, crossings: OnceCell::new() }
    }

    /// What stands in a cell.
    pub fn cell(&self, row: usize, column: usize) -> Cell {
        match self.made.get(column).and_then(OnceCell::get) {
            Some(cells) => cells.get(row).cloned().unwrap_or(Cell::Empty),
            None => self.make(row, column),
        }
    }

    /// All that stands in a column.
    pub fn column(&self, column: usize) -> &[Cell] {
        let make = || (0..self.rows.len()).map(|row| self.make(row, column)).collect();
        self.made.get(column).map_or(&[], |made| made.get_or_init(make))
    }

    /// The worst that was found about a row.
    pub fn badge(&self, row: usize) -> Option<Badge> {
        self.survey.badges.get(&self.rows.get(row)?.key).copied()
    }

    /// What crosses into each boundary.
    pub fn crossings(&self) -> &BTreeMap<Id<Boundary>, Vec<Crossing>> {
        self.crossings.get_or_init(|| crossings(&self.survey))
    }

    fn make(&self, row: usize, column: usize) -> Cell {
        let Some(column) = self.sheet.columns().get(column) else { return Cell::Empty };
        let Some(row) = self.rows.get(row) else { return Cell::Empty };
        grids::cell(self, &row.key, column)
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
    /// What rows must hold: every word of it in any column that is shown, `kind:event` in that one; in any case.
    pub filter: String,
}

impl Look {
    /// The rows that a look leaves, by their places, in its order. Words are looked for in the columns that are shown.
    pub fn rows(&self, grid: &Grid, shown: &[usize]) -> Vec<usize> {
        let wanted = wanted(grid.sheet, &self.filter);
        let columns = |at: Option<usize>| at.map_or(shown.to_vec(), |at| vec![at]);
        let wanted: Vec<(Vec<&[Cell]>, &str)> = wanted
            .iter()
            .map(|(at, word)| (columns(*at).into_iter().map(|at| grid.column(at)).collect(), word.as_str()))
            .collect();
        let fits = |row: &usize| {
            let holds = |cells: &&[Cell], word: &str| cells.get(*row).is_some_and(|cell| holds(cell.words(), word));
            wanted.iter().all(|(columns, word)| columns.iter().any(|cells| holds(cells, word)))
        };
        let mut rows: Vec<usize> = (0..grid.rows.len()).filter(fits).collect();
        if let Some((column, backwards)) = self.sort {
            let cells = grid.column(column);
            rows.sort_by(|a, b| {
                let order = cells.get(*a).zip(cells.get(*b)).map_or(Ordering::Equal, |(a, b)| a.compare(b));
                if backwards { order.reverse() } else { order }
            });
        }
        rows
    }

    /// The words that are looked for in a column, in lower case.
    pub fn words(&self, sheet: GridKind, column: usize) -> Vec<String> {
        let here = |(at, word): (Option<usize>, String)| at.is_none_or(|at| at == column).then_some(word);
        wanted(sheet, &self.filter).into_iter().filter_map(here).collect()
    }

    /// Whether all rows are shown in the order of their ids.
    pub fn is_plain(&self) -> bool {
        self.sort.is_none() && self.filter.trim().is_empty()
    }

    /// What a click on a heading does: sort by it, then backwards, then not at all.
    pub fn press(&mut self, column: usize) {
        self.sort = match self.sort {
            Some((same, false)) if same == column => Some((column, true)),
            Some((same, true)) if same == column => None,
            _ => Some((column, false)),
        };
    }

    /// What could be written in place of the last word of the filter: columns it may begin, or what stands in one.
    pub fn completions(&self, grid: &Grid, most: usize) -> Vec<String> {
        let (start, last) = last_token(&self.filter);
        let before = self.filter.get(..start).unwrap_or_default();
        if last.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<String> = match last.split_once(':').map(|(tag, word)| (grid.sheet.named(tag), tag, word)) {
            Some((Some(column), tag, word)) => {
                let word = word.trim_start_matches('"').to_lowercase();
                let mut values: Vec<&str> = grid.column(column).iter().map(Cell::words).collect();
                values.retain(|value| !value.is_empty() && holds(value, &word));
                values.sort_by(|a, b| natural(a, b));
                values.dedup();
                let quoted = |value: &str| if value.contains(' ') { format!("\"{value}\"") } else { value.to_owned() };
                values.into_iter().take(most).map(|value| format!("{before}{tag}:{}", quoted(value))).collect()
            }
            Some(_) => Vec::new(),
            None => {
                let word = last.to_lowercase();
                let tags = grid.sheet.columns().iter().map(super::GridColumn::tag);
                tags.filter(|tag| tag.starts_with(&word)).take(most).map(|tag| format!("{before}{tag}:")).collect()
            }
        };
        found.retain(|text| *text != self.filter);
        found
    }
}

/// The words of a filter in lower case, each with the column it is to stand in.
fn wanted(sheet: GridKind, filter: &str) -> Vec<(Option<usize>, String)> {
    let token = |token: &str| {
        let column = token.split_once(':').and_then(|(tag, word)| Some((sheet.named(tag)?, word)));
        let (column, word) = column.map_or((None, token), |(at, word)| (Some(at), word));
        (column, word.replace('"', "").to_lowercase())
    };
    tokens(filter).into_iter().map(|(_, text)| token(text)).filter(|(_, word)| !word.is_empty()).collect()
}

/// Words apart at blanks that stand in no quotes, each with where it begins.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let (mut tokens, mut start, mut quoted) = (Vec::new(), None, false);
    for (at, c) in text.char_indices() {
        if c == '"' {
            quoted = !quoted;
        }
        match (c.is_whitespace() && !quoted, start) {
            (true, Some(from)) => {
                tokens.push((from, text.get(from..at).unwrap_or_default()));
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    if let Some(from) = start {
        tokens.push((from, text.get(from..).unwrap_or_default()));
    }
    tokens
}

/// The word at the end of a filter, and where it begins; empty behind a blank.
fn last_token(text: &str) -> (usize, &str) {
    let last = tokens(text).pop().filter(|(from, token)| from + token.len() == text.len());
    last.unwrap_or((text.len(), ""))
}

/// Where a text holds a word, in any case; the word is in lower case.
pub fn found_at(text: &str, word: &str) -> Option<std::ops::Range<usize>> {
    let begins = |start: usize| {
        let mut rest = word;
        for (at, c) in text.get(start..)?.char_indices() {
            if rest.is_empty() {
                return Some(start..start + at);
            }
            for lower in c.to_lowercase() {
                rest = rest.strip_prefix(lower)?;
            }
        }
        rest.is_empty().then_some(start..text.len())
    };
    text.char_indices().find_map(|(start, _)| begins(start))
}

/// Whether a text holds a word in any case; the word is in lower case.
fn holds(text: &str, word: &str) -> bool {
    if !text.is_ascii() || !word.is_ascii() {
        return text.to_lowercase().contains(word);
    }
    let (text, word) = (text.as_bytes(), word.as_bytes());
    word.is_empty() || text.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
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
    use crate::{
        model::{Contract, Edit, Lens, Model},
        workbench::{SurveyOptions, survey},
    };

    fn grid(names: &[&str]) -> Grid {
        let mut model = Model::new("Shop");
        for (at, name) in names.iter().enumerate() {
            let mut contract = Contract::new(*name);
            if name.contains("kept") {
                contract.versioning = crate::model::Fact::None;
            }
            model.apply(&[Edit::put(&format!("c{at}").parse().unwrap(), contract)]).unwrap();
        }
        let options = SurveyOptions { as_of: "2026-11-22".parse().unwrap(), grouping: None, lens: Lens::Kinds };
        let survey = survey(&model, 0, options);
        Grid::new(&Arc::new(survey), GridKind::Contracts)
    }

    fn rows(look: &Look, grid: &Grid) -> Vec<usize> {
        look.rows(grid, &grid.sheet.shown(None))
    }

    #[test]
    fn rows_are_sorted_as_people_read_and_unknown_ones_last() {
        let order = |cells: &[Cell]| {
            let mut cells = cells.to_vec();
            cells.sort_by(Cell::compare);
            cells.iter().map(|cell| cell.words().to_owned()).collect::<Vec<_>>()
        };
        let cells = [Cell::text("v10"), Cell::NotAsked, Cell::text("V9"), Cell::None, Cell::text("a")];
        assert_eq!(order(&cells), ["a", "V9", "v10", "none", "not asked"]);
        let grid = grid(&["v10", "V9", "a"]);
        let mut look = Look::default();
        assert_eq!(rows(&look, &grid), [0, 1, 2]);
        look.press(0);
        assert_eq!(rows(&look, &grid), [2, 1, 0]);
        look.press(0);
        assert_eq!(rows(&look, &grid), [0, 1, 2]);
        look.press(0);
        assert_eq!(look.sort, None);
    }

    #[test]
    fn a_filter_wants_every_word_and_looks_where_it_is_told() {
        let grid = grid(&["orders to billing", "orders to stock", "none is kept"]);
        let filtered = |text: &str| rows(&Look { filter: text.to_owned(), ..Look::default() }, &grid);
        assert_eq!(filtered(" BILLING orders"), [0]);
        assert_eq!(filtered("none"), [2]);
        assert_eq!(filtered("versioning:none"), [2]);
        assert_eq!(filtered("contract:none"), [2]);
        assert_eq!(filtered("contract:\"to stock\" ORDERS"), [1]);
        assert_eq!(filtered("style:none"), [] as [usize; 0]);
        assert_eq!(filtered("nowhere:none"), [] as [usize; 0]);
        // A column that is not shown can be asked for.
        assert_eq!(filtered("id:c1"), [1]);
    }

    #[test]
    fn a_word_is_found_in_any_case() {
        assert_eq!(found_at("To Größe and", "größe"), Some(3..10));
        assert_eq!(found_at("ends", "ds"), Some(2..4));
        assert_eq!(found_at("İx", "x"), Some(2..3));
        assert_eq!(found_at("ends", "dst"), None);
    }

    #[test]
    fn a_filter_is_completed_with_columns_and_with_what_stands_in_them() {
        let grid = grid(&["orders", "kept offers", "orders"]);
        let offered = |text: &str| Look { filter: text.to_owned(), ..Look::default() }.completions(&grid, 9);
        assert_eq!(offered("a ver"), ["a versioning:", "a versions:"]);
        assert_eq!(offered("contract:O"), ["contract:\"kept offers\"", "contract:orders"]);
        assert_eq!(offered("versioning:no"), ["versioning:none", "versioning:\"not asked\""]);
        assert_eq!(offered("versioning:none"), [] as [&str; 0]);
        assert_eq!(offered("done "), [] as [&str; 0]);
    }
}
