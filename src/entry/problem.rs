//! Why a line cannot be read, and at which word.

use std::{fmt, ops::Range};

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The bytes of the line that are wrong; behind its end where something is missing.
    pub at: Range<usize>,
    /// What is wrong, and what would be right.
    pub message: String,
    /// The nearest that is known.
    pub suggestion: Option<String>,
}

impl Problem {
    pub(super) fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), suggestion: None }
    }

    pub(super) fn suggesting(mut self, suggestion: Option<String>) -> Self {
        self.suggestion = suggestion;
        self
    }

    /// Whether nothing is wrong so far: the line only wants to go on.
    pub fn is_unfinished(&self, line: &str) -> bool {
        self.at.start >= line.trim_end().len()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.suggestion {
            Some(name) => write!(f, "{}, did you mean “{name}”?", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// What is wrong with one of several lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Which line, from 1.
    pub line: usize,
    /// At which byte of the text it begins.
    pub start: usize,
    /// The line itself.
    pub source: String,
    /// What is wrong with it.
    pub problem: Problem,
}

impl fmt::Display for Trouble {
    /// With the line below, and carets under the word.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Range { start, end } = self.problem.at;
        let columns = |range: Range<usize>| self.source.get(range).map_or(0, |text| text.chars().count());
        let before = columns(0..start.min(self.source.len()));
        let marked = columns(start.min(self.source.len())..end.min(self.source.len())).max(1);
        let number = self.line.to_string();
        let pad = " ".repeat(number.len());
        writeln!(f, "line {number}: {}", self.problem)?;
        writeln!(f, "  {number} | {}", self.source.replace('\t', " "))?;
        write!(f, "  {pad} | {}{}", " ".repeat(before), "^".repeat(marked))
    }
}
