//! Quick entry: lines of text that make and change elements, and back.
//!
//! [`parse`] reads a line into a [`Statement`](ast::Statement), which prints as the line that says it; [`plan`] reads
//! lines into a model and gives the edits, what they do in words, and what is wrong at which word; [`complete`] says what
//! may stand at the cursor. Names are looked up in an [`Index`], made once per revision. Knows nothing of windows, files
//! or time; `docs/quick-entry.md` is the grammar for people.

pub mod ast;
mod complete;
mod deeds;
mod draft;
mod index;
mod lex;
mod parse;
mod print;
mod problem;
mod resolve;
mod said;
mod slips;
mod summary;
mod words;

pub use complete::{Completion, complete};
pub use index::Index;
pub use parse::parse;
pub use problem::{Problem, Trouble};
pub use said::lines_of;
pub use summary::{Note, NoteKind};
pub use words::{Head, Verb};

use crate::model::{Edit, Key, Model};
use draft::Draft;

/// What lines would do to a model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The edits; none where all that is said is so already.
    pub edits: Vec<Edit>,
    /// A name for the step.
    pub title: String,
    /// What the lines are about: what they made, or what they named.
    pub about: Vec<Key>,
    /// What they do, in words.
    pub notes: Vec<Note>,
    /// How many lines said something.
    pub lines: usize,
}

/// Reads lines into a model, each as the lines before left it. Blank lines and remarks say nothing; the bullet of a list is
/// dropped, and of a line with tabs, a row of a table, the first cell counts.
///
/// # Errors
/// What is wrong with each line that cannot be read; then nothing is to be done.
pub fn plan(model: &Model, index: &Index, text: &str) -> Result<Plan, Vec<Trouble>> {
    let mut draft = Draft::new(model, index);
    let (mut titles, mut troubles, mut about) = (Vec::new(), Vec::new(), Vec::new());
    for Line { number, start, text } in lines(text) {
        draft.begin(text);
        match parse(text).and_then(|statement| resolve::statement(&mut draft, &statement)) {
            Ok(title) => titles.push(title),
            Err(problem) => troubles.push(Trouble { line: number, start, source: text.to_owned(), problem }),
        }
        about.append(&mut draft.about);
    }
    if !troubles.is_empty() {
        return Err(troubles);
    }
    let title = match titles.as_slice() {
        [title] => title.clone(),
        more => format!("Enter {} lines", more.len()),
    };
    let mut seen = std::collections::BTreeSet::new();
    about.retain(|key| draft.contains(key) && seen.insert(key.clone()));
    Ok(Plan { edits: draft.edits(), title, about, notes: summary::notes(&draft), lines: titles.len() })
}

/// A line of a text that says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Which, from 1.
    pub number: usize,
    /// At which byte of the text what it says begins.
    pub start: usize,
    /// What it says: without the bullet of a list, of a row of a table the first cell.
    pub text: &'a str,
}

/// The lines of a text that say something.
pub fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut next = 0;
    let whole = text.split_inclusive('\n').enumerate().map(move |(at, line)| {
        let start = next;
        next += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        let said = cell(line);
        Line { number: at + 1, start: start + (line.len() - said.len()), text: first_cell(said) }
    });
    whole.filter(|line| {
        let text = line.text.trim_start();
        !text.trim_end().is_empty() && !text.starts_with('#') && !text.starts_with("//")
    })
}

/// A line without what stands before a point of a list.
fn cell(line: &str) -> &str {
    let line = line.trim_start_matches('\t');
    let said = line.trim_start();
    match said.split_once([' ', '\t']) {
        Some((word, rest)) if is_bullet(word) => rest.trim_start(),
        _ => line,
    }
}

/// The first cell of a row of a table.
fn first_cell(row: &str) -> &str {
    row.split('\t').next().unwrap_or_default()
}

/// Whether a word stands before a point of a list: `-`, `*`, `3.`, `b)`.
fn is_bullet(word: &str) -> bool {
    let numbered = word.strip_suffix(['.', ')']).is_some_and(|number| {
        !number.is_empty() && (number.bytes().all(|b| b.is_ascii_digit()) || number.len() == 1 && word.ends_with(')'))
    });
    numbered || matches!(word, "-" | "*" | "•" | "–" | "—" | "·" | "▪" | "◦")
}
