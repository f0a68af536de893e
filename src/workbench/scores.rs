//! The boards of the scorecard with names, before anyone paints them.

use super::Survey;
use crate::{
    model::{Id, Key, Model, Subject, Tabled},
    rules::{self, Board, Mark, State},
};

/// Things of one kind against the requirements that they are held to.
#[derive(Clone, Debug)]
pub struct ScoreBoard {
    /// What it is about, as a heading.
    pub title: &'static str,
    /// What its rows are, in lower case.
    pub noun: &'static str,
    /// What belongs there, where there is nothing.
    pub hint: &'static str,
    /// The requirements: its columns.
    pub requirements: Vec<&'static str>,
    /// By name.
    pub rows: Vec<ScoreRow>,
}

/// One thing with a mark for each requirement.
#[derive(Clone, Debug)]
pub struct ScoreRow {
    /// Which.
    pub key: Key,
    /// What people call it.
    pub name: String,
    /// One for each requirement.
    pub marks: Vec<Mark>,
}

impl ScoreRow {
    /// Whether a requirement is not met, or nobody has said whether it is.
    pub fn lacks(&self) -> bool {
        self.marks.iter().any(|mark| matches!(mark.state, State::NotMet | State::NotStated))
    }
}

/// APIs, boundaries and interactions.
pub fn score_boards(survey: &Survey) -> Vec<ScoreBoard> {
    let (model, card) = (&*survey.model, &survey.scorecard);
    vec![
        ScoreBoard {
            title: "API standards",
            noun: "APIs",
            hint: "No APIs of ours yet. A contract that is called, with its operations and versions, is held to five standards.",
            requirements: card.apis.requirements.clone(),
            rows: rows(model, &card.apis),
        },
        ScoreBoard {
            title: "Security of boundaries",
            noun: "boundaries",
            hint: "No boundaries yet. Each says how callers prove who they are, and what they may do.",
            requirements: card.boundaries.requirements.clone(),
            rows: rows(model, &card.boundaries),
        },
        ScoreBoard {
            title: "Observability of interactions",
            noun: "interactions",
            hint: "No interactions yet. Each is to be followed in logs, latency, error rate and retries.",
            requirements: card.interactions.requirements.clone(),
            rows: rows(model, &card.interactions),
        },
    ]
}

fn rows<T: Tabled>(model: &Model, board: &Board<T>) -> Vec<ScoreRow> {
    let row = |(id, marks): &(Id<T>, Vec<Mark>)| ScoreRow {
        key: id.key(),
        name: rules::name(model, &Subject::from(id.key())),
        marks: marks.clone(),
    };
    let mut rows: Vec<ScoreRow> = board.rows.iter().map(row).collect();
    rows.sort_by_cached_key(|row| (row.name.to_lowercase(), row.key.clone()));
    rows
}

/// What a mark says: its state, and what it lacks.
pub fn mark_words(mark: &Mark) -> String {
    let lack = |word: &&'static str| match rules::find(word) {
        Some(rule) => format!("\n{} {}", rule.meta().code, rule.meta().summary),
        None => String::new(),
    };
    let lacks: String = mark.lacks.iter().map(lack).collect();
    format!("{}{lacks}", mark.state.word())
}
