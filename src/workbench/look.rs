//! How a table is looked at: by which column it is sorted, and what its rows are to hold.

use super::{
    columns::GridKind,
    grid::{Cell, Grid},
};

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
        let mut rows = self.among(grid, shown, 0..grid.rows.len());
        if let Some((column, backwards)) = self.sort
            && let Some(ranked) = grid.ranked(column)
        {
            let rank = |row: &usize| ranked.ranks.get(*row).copied().unwrap_or(u32::MAX);
            // Rows that hold the same stay in the order of their ids.
            rows.sort_by_key(|row| if backwards { u32::MAX - rank(row) } else { rank(row) });
        }
        rows
    }

    /// Those of some rows that hold what is wanted.
    pub fn among(&self, grid: &Grid, shown: &[usize], rows: impl Iterator<Item = usize>) -> Vec<usize> {
        let wanted = wanted(grid.sheet, &self.filter);
        if wanted.is_empty() {
            return rows.collect();
        }
        let anywhere = wanted.iter().any(|(at, _)| at.is_none()).then(|| grid.words(shown));
        let wanted: Vec<(Option<&[Cell]>, &str)> =
            wanted.iter().map(|(at, word)| (at.map(|at| grid.column(at)), word.as_str())).collect();
        let holds = |row: usize, cells: Option<&[Cell]>, word: &str| match (cells, &anywhere) {
            (Some(cells), _) => cells.get(row).is_some_and(|cell| holds(cell.words(), word)),
            (None, Some(words)) => words.rows.get(row).is_some_and(|words| words.contains(word)),
            (None, None) => false,
        };
        rows.filter(|row| wanted.iter().all(|(cells, word)| holds(*row, *cells, word))).collect()
    }

    /// Whether every row that it leaves is one that another left, in the same order: more was typed.
    pub fn narrows(&self, other: &Self, sheet: GridKind) -> bool {
        let now = wanted(sheet, &self.filter);
        let still = |(at, word): &(Option<usize>, String)| now.iter().any(|(of, more)| of == at && more.contains(word));
        self.sort == other.sort && wanted(sheet, &other.filter).iter().all(still)
    }

    /// The words that are looked for in a column, in lower case.
    pub fn words(&self, sheet: GridKind, column: usize) -> Vec<String> {
        let here = |(at, word): (Option<usize>, String)| at.is_none_or(|at| at == column).then_some(word);
        wanted(sheet, &self.filter).into_iter().filter_map(here).collect()
    }

    /// What stands before a colon in the filter as a column is named, and is none.
    pub fn unknown(&self, sheet: GridKind) -> Option<String> {
        let mut tags = tokens(&self.filter).into_iter().filter_map(|(_, token)| token.split_once(':'));
        let named = |tag: &str| tag.chars().any(char::is_alphabetic) && !tag.contains('"');
        tags.find(|(tag, _)| named(tag) && sheet.named(tag).is_none()).map(|(tag, _)| tag.to_owned())
    }

    /// Whether some word may stand in any column.
    pub fn looks_anywhere(&self, sheet: GridKind) -> bool {
        wanted(sheet, &self.filter).iter().any(|(at, _)| at.is_none())
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
                let cells = grid.column(column);
                let order = grid.ranked(column).map(|ranked| ranked.order.as_slice()).unwrap_or_default();
                let values = order.iter().filter_map(|row| cells.get(*row as usize)).map(Cell::words);
                let mut last = "";
                // What is the same stands together.
                let values = values.filter(|value| !value.is_empty() && std::mem::replace(&mut last, value) != *value);
                let values = values.filter(|value| holds(value, &word));
                let quoted = |value: &str| if value.contains(' ') { format!("\"{value}\"") } else { value.to_owned() };
                values.take(most).map(|value| format!("{before}{tag}:{}", quoted(value))).collect()
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

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
    fn a_heading_sorts_then_backwards_then_not_at_all() {
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
        let unknown = |text: &str| Look { filter: text.to_owned(), ..Look::default() }.unknown(grid.sheet);
        assert_eq!(unknown("orders nowhere:none"), Some("nowhere".to_owned()));
        assert_eq!(unknown("versioning:none 10:30"), None);
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
