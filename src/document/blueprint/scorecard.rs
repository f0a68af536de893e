//! The scorecard: what is met, not met, not stated and does not apply, from the checks that make the findings.

use super::{Block, Sources, cells};
use crate::{
    document::{Rich, Style},
    model::{Id, Subject, Tabled},
    rules::{Board, Mark, State, Tally},
    text::capital,
};

/// Each principle, as counts.
pub(super) fn principles(sources: &Sources<'_>) -> Block {
    let rows = sources.scorecard.principles.iter().map(|(principle, tally)| counts(&capital(principle.word()), tally));
    tallies("Principle", rows.collect(), "Scorecard by principle: how often each question of the rules is answered how")
}

/// Each API, boundary and observability requirement.
pub(super) fn scorecard(sources: &Sources<'_>) -> Vec<Block> {
    let card = sources.scorecard;
    let mut blocks = Vec::new();
    let mut section = |anchor: &str, title: &str, held: Vec<Block>| {
        if !held.is_empty() {
            blocks.push(cells::section(anchor, title, held));
        }
    };
    section("scorecard-apis", "APIs and the five standards", board(sources, "API", &card.apis, true));
    section(
        "scorecard-boundaries",
        "Boundaries and the five security requirements",
        board(sources, "Boundary", &card.boundaries, true),
    );
    section(
        "scorecard-interactions",
        "Interactions and the four observability requirements",
        board(sources, "Interaction", &card.interactions, false),
    );
    blocks
}

/// A requirement or principle with its counts.
fn counts(words: &str, tally: &Tally) -> super::super::Row {
    let number = |state: State| {
        let count = tally.of(state);
        let style = match (count, state) {
            (0, _) | (_, State::NotApplicable) => Style::Soft,
            (_, State::NotMet) => Style::Error,
            _ => Style::Plain,
        };
        Rich::styled(count.to_string(), style)
    };
    let cells = std::iter::once(Rich::plain(words)).chain(State::ALL.map(number));
    cells::row(cells.collect())
}

fn tallies(head: &str, rows: Vec<super::super::Row>, caption: &str) -> Block {
    let columns = [(head, 4.0), ("Met", 1.0), ("Not met", 1.0), ("Not stated", 1.1), ("Does not apply", 1.3)];
    let mut table = cells::table(&columns, rows, caption);
    table.columns.iter_mut().skip(1).for_each(|column| column.centred = true);
    Block::Table(table)
}

/// The counts of a board, and where it is wished each row of it.
fn board<T: Tabled>(sources: &Sources<'_>, head: &str, board: &Board<T>, rows: bool) -> Vec<Block> {
    if board.rows.is_empty() {
        return Vec::new();
    }
    let counted = board.tallies().iter().map(|(words, tally)| counts(words, tally)).collect();
    let mut blocks = vec![tallies("Requirement", counted, "")];
    if rows {
        let mut columns = vec![(head, 2.0)];
        columns.extend(board.requirements.iter().map(|words| (*words, 1.3)));
        let row = |(id, marks): &(Id<T>, Vec<Mark>)| {
            let name = cells::linked(sources.cx.model, &Subject::from(id));
            cells::row(std::iter::once(name).chain(marks.iter().map(marked)).collect())
        };
        let mut table = cells::table(&columns, board.rows.iter().map(row).collect(), "");
        table.columns.iter_mut().skip(1).for_each(|column| column.centred = true);
        blocks.push(Block::Table(table));
    }
    blocks
}

/// What became of a requirement, and the rules that say what is missing.
fn marked(mark: &Mark) -> Rich {
    let style = match mark.state {
        State::Met => Style::Plain,
        State::NotMet => Style::Error,
        State::NotStated => Style::Unstated,
        State::NotApplicable => Style::Soft,
    };
    let word = if mark.state == State::NotApplicable { "–" } else { mark.state.word() };
    // Facets name the requirement itself, which stands above the column already.
    let rules: Vec<&str> = mark.lacks.iter().copied().filter(|lack| lack.starts_with(char::is_uppercase)).collect();
    cells::titled(Rich::styled(word, style), &rules.join(", "))
}
