//! What is wrong with a file, and where.

use std::fmt;

/// A place in a text; both counts start at 1, columns count code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

/// Something wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where; `None` where it is the whole file.
    pub place: Option<Place>,
    /// What, and what to do about it.
    pub message: String,
    /// The nearest valid name.
    pub suggestion: Option<String>,
    /// The line itself.
    pub source: String,
    /// Whether it is only a reference that leads nowhere: such a file opens in the window, and keeps it.
    pub dangling: bool,
}

impl Problem {
    /// A problem of the file as a whole.
    pub fn whole(message: impl Into<String>) -> Self {
        Self { place: None, message: message.into(), suggestion: None, source: String::new(), dangling: false }
    }

    /// The message with the suggestion: `unknown system "ordrs", did you mean "orders"?`
    pub fn text(&self) -> String {
        match &self.suggestion {
            Some(name) => format!("{}, did you mean \"{name}\"?", self.message),
            None => self.message.clone(),
        }
    }

    /// With the name of the file and the line itself below, a caret under the column.
    pub fn report(&self, file: &str) -> String {
        let Some(place) = self.place else { return format!("{file}: {}", self.text()) };
        let head = format!("{file}:{}:{}: {}", place.line, place.column, self.text());
        if self.source.trim().is_empty() {
            return head;
        }
        let number = place.line.to_string();
        let pad = " ".repeat(number.len());
        let caret = " ".repeat(place.column.saturating_sub(1).min(self.source.chars().count()));
        format!("{head}\n  {number} | {}\n  {pad} | {caret}^", self.source)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some(place) => write!(f, "line {}, column {}: {}", place.line, place.column, self.text()),
            None => write!(f, "{}", self.text()),
        }
    }
}

/// The lines of a text, for finding places quickly.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// The line that a byte stands in, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// The line and column of a byte.
    pub(super) fn place(&self, at: usize) -> Place {
        let line = self.line(at);
        let (start, end) = self.bounds(line);
        Place { line, column: self.text[start..at.clamp(start, end)].chars().count() + 1 }
    }

    /// From the first byte of a line to behind its last.
    fn bounds(&self, line: usize) -> (usize, usize) {
        let start = self.starts[line - 1];
        (start, self.text[start..].find('\n').map_or(self.text.len(), |length| start + length))
    }

    /// A problem at a byte.
    pub(super) fn problem(&self, at: usize, message: impl Into<String>) -> Problem {
        let place = self.place(at);
        let (start, end) = self.bounds(place.line);
        // Tabs would move the caret; long lines would bury the message.
        let source: String = self.text[start..end].chars().take(160).map(|c| if c == '\t' { ' ' } else { c }).collect();
        Problem {
            place: Some(place),
            message: message.into(),
            suggestion: None,
            source: source.trim_end().to_owned(),
            dangling: false,
        }
    }

    /// A byte from ron's line and column (in code points, from 1) of a slice that starts at a byte.
    pub(super) fn byte(&self, line: usize, column: usize) -> usize {
        let Some(start) = self.starts.get(line.saturating_sub(1)).copied() else { return self.text.len() };
        let tail = &self.text[start..];
        tail.char_indices().nth(column.saturating_sub(1)).map_or(self.text.len(), |(at, _)| start + at)
    }
}

/// The known name nearest to one that is not known, if any is near.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let fold = |text: &str| text.to_lowercase().replace(['_', '-', ' '], "");
    let folded = fold(wrong);
    let distance = |name: &&str| strsim::damerau_levenshtein(&fold(name), &folded);
    let best = known.into_iter().map(|name| (distance(&name), name)).min_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(b.1)));
    let (far, name) = best?;
    (far <= (folded.chars().count() / 3).max(1)).then(|| name.to_owned())
}
