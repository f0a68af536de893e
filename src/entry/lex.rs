//! A line as tokens.

use std::{borrow::Cow, ops::Range};

use super::Problem;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Word,
    Quoted,
    /// `->`
    Arrow,
    /// `=>`
    Broad,
    Colon,
    At,
    Comma,
}

impl Sort {
    /// The symbol, and for the others nothing.
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Self::Word | Self::Quoted => "",
            Self::Arrow => "->",
            Self::Broad => "=>",
            Self::Colon => ":",
            Self::At => "@",
            Self::Comma => ",",
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub(super) sort: Sort,
    /// The text, without quotation marks.
    pub(super) text: Cow<'a, str>,
    pub(super) at: Range<usize>,
}

/// The symbol that a text begins with, and its length in bytes.
pub(super) fn symbol(text: &str) -> Option<(Sort, usize)> {
    const SYMBOLS: [(&str, Sort); 11] = [
        ("-->", Sort::Arrow),
        ("->", Sort::Arrow),
        // What word processors make of it.
        ("–>", Sort::Arrow),
        ("—>", Sort::Arrow),
        ("==>", Sort::Broad),
        ("→", Sort::Arrow),
        ("=>", Sort::Broad),
        ("⇒", Sort::Broad),
        (":", Sort::Colon),
        ("@", Sort::At),
        (",", Sort::Comma),
    ];
    SYMBOLS.into_iter().find(|(symbol, _)| text.starts_with(symbol)).map(|(symbol, sort)| (sort, symbol.len()))
}

/// The tokens of a line, and what is wrong where a quotation mark is missing.
pub(super) fn tokens(line: &str) -> (Vec<Token<'_>>, Option<Problem>) {
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut problem = None;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let space = rest.len() - rest.trim_start().len();
        if space > 0 {
            at += space;
            continue;
        }
        let (sort, text, length) = if let Some((sort, length)) = symbol(rest) {
            (sort, Cow::Borrowed(""), length)
        } else if let Some(inner) = rest.strip_prefix('"') {
            let (text, length, closed) = quoted(inner);
            if !closed {
                let message = "the closing quotation mark is missing";
                problem = Some(Problem::new(at..at + 1, message));
            }
            (Sort::Quoted, Cow::Owned(text), length + 1)
        } else {
            let length = word(rest);
            if is_remark(rest.get(..length).unwrap_or(rest)) {
                break;
            }
            (Sort::Word, Cow::Borrowed(rest.get(..length).unwrap_or(rest)), length)
        };
        tokens.push(Token { sort, text, at: at..at + length });
        at += length;
    }
    (tokens, problem)
}

/// Whether a word says that what follows is a remark.
pub(super) fn is_remark(word: &str) -> bool {
    matches!(word, "#" | "//")
}

/// How long the word is that a text begins with.
fn word(text: &str) -> usize {
    let ends = |(at, c): &(usize, char)| {
        c.is_whitespace() || *c == '"' || text.get(*at..).is_some_and(|rest| symbol(rest).is_some())
    };
    text.char_indices().find(ends).map_or(text.len(), |(at, _)| at)
}

/// What stands between quotation marks, how many bytes it takes with the closing one, and whether there is one.
fn quoted(text: &str) -> (String, usize, bool) {
    let mut value = String::new();
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' if !escaped => return (value, at + 1, true),
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            _ => value.push(c),
        }
        escaped = false;
    }
    (value, text.len(), false)
}
