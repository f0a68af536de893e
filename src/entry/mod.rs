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

/// Reads lines into a model, each as the lines before left it. Blank lines and those that begin with `#` say nothing; of
/// a line with tabs, a row of a table, the first cell counts.
///
/// # Errors
/// What is wrong with each line that cannot be read; then nothing is to be done.
pub fn plan(model: &Model, index: &Index, text: &str) -> Result<Plan, Vec<Trouble>> {
    let mut draft = Draft::new(model, index);
    let (mut titles, mut troubles, mut about) = (Vec::new(), Vec::new(), Vec::new());
    for (line, source) in lines(text) {
        draft.begin();
        match parse(source).and_then(|statement| resolve::statement(&mut draft, &statement)) {
            Ok(title) => titles.push(title),
            Err(problem) => troubles.push(Trouble { line, source: source.to_owned(), problem }),
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

/// The lines of a text that say something, with their numbers from 1.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, cell(line)));
    lines.filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
}

/// The first cell of a row that says something.
fn cell(line: &str) -> &str {
    line.trim_start_matches('\t').split('\t').next().unwrap_or_default()
}
