//! RON as text: brackets, names, literals and comments with their places, errors and all.
//!
//! Knows nothing of the model. It never gives up: each syntax error becomes a [`Flaw`], and reading goes on behind it.

use std::ops::Range;

/// Nesting deeper than this is refused.
pub(super) const DEPTH: usize = 64;
/// After so many flaws the rest is not looked at: it would only repeat them.
const FLAWS: usize = 50;

/// A file as a tree.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The value of the file, if there is any.
    pub(super) root: Option<Node>,
    /// Where comments stand.
    pub(super) comments: Vec<Range<usize>>,
    /// What is wrong with the syntax.
    pub(super) flaws: Vec<Flaw>,
}

/// A syntax error.
#[derive(Debug)]
pub(super) struct Flaw {
    /// Where.
    pub(super) at: usize,
    /// What.
    pub(super) message: String,
}

/// A value.
#[derive(Debug)]
pub(super) struct Node {
    /// From its first to behind its last character.
    pub(super) span: Range<usize>,
    /// What it is.
    pub(super) shape: Shape,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum Shape {
    /// A literal or a bare word.
    Leaf,
    /// A bracketed list of items.
    Group {
        /// The word before the bracket; empty if there is none.
        name: Range<usize>,
        /// `(`, `[` or `{`.
        open: char,
        /// What stands between the brackets.
        items: Vec<Item>,
    },
}

/// One item of a group.
#[derive(Debug)]
pub(super) struct Item {
    /// What stands before the colon.
    pub(super) key: Option<Node>,
    /// The value.
    pub(super) value: Node,
    /// Behind the comma, if there is one.
    pub(super) end: usize,
}

impl Item {
    /// From the key to behind the value.
    pub(super) fn span(&self) -> Range<usize> {
        self.key.as_ref().map_or(self.value.span.start, |key| key.span.start)..self.value.span.end
    }
}

impl Node {
    /// The items of a group; none for a leaf.
    pub(super) fn items(&self) -> &[Item] {
        match &self.shape {
            Shape::Leaf => &[],
            Shape::Group { items, .. } => items,
        }
    }

    /// Whether it is a word with arguments, or arguments alone.
    pub(super) fn is_call(&self) -> bool {
        matches!(&self.shape, Shape::Group { open: '(', items, .. } if items.iter().all(|item| item.key.is_none()))
    }

    /// Whether it is a group with this bracket and no name.
    pub(super) fn is_plain(&self, bracket: char) -> bool {
        matches!(&self.shape, Shape::Group { name, open, .. } if name.is_empty() && *open == bracket)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Open(char),
    Close(char),
    Colon,
    Comma,
    Word,
    Literal,
    End,
}

/// Reads a text.
pub(super) fn parse(text: &str) -> Tree {
    let mut parser =
        Parser { text, at: 0, tree: Tree::default(), open: Vec::new(), token: (Token::End, 0..0), behind: 0 };
    parser.attributes();
    parser.advance();
    if parser.token.0 != Token::End {
        parser.tree.root = parser.value();
        if parser.token.0 != Token::End && parser.tree.flaws.is_empty() {
            parser.flaw(parser.token.1.start, "the file goes on behind the end of its value");
        }
    }
    parser.rest_of_comments();
    parser.tree
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    tree: Tree,
    /// Open brackets and where they stand.
    open: Vec<(char, usize)>,
    token: (Token, Range<usize>),
    /// Behind the last token but one.
    behind: usize,
}

impl Parser<'_> {
    fn flaw(&mut self, at: usize, message: impl Into<String>) {
        if self.tree.flaws.len() < FLAWS {
            self.tree.flaws.push(Flaw { at, message: message.into() });
        }
    }

    fn full(&self) -> bool {
        self.tree.flaws.len() >= FLAWS
    }

    fn line_of(&self, at: usize) -> usize {
        self.text[..at].bytes().filter(|b| *b == b'\n').count() + 1
    }

    /// `#![enable(implicit_some)]` says what is so anyway; it is read and dropped.
    fn attributes(&mut self) {
        loop {
            self.blank();
            let rest = &self.text[self.at..];
            if !rest.starts_with("#!") {
                return;
            }
            let end = rest.find([']', '\n']).map_or(rest.len(), |at| at + 1);
            let bare: String = rest[..end].chars().filter(|c| !c.is_whitespace()).collect();
            if bare != "#![enable(implicit_some)]" {
                self.flaw(self.at, "RON extensions are not used here: remove this line");
            }
            self.at += end;
        }
    }

    fn value(&mut self) -> Option<Node> {
        let (token, span) = self.token.clone();
        match token {
            Token::Literal => {
                self.advance();
                Some(Node { span, shape: Shape::Leaf })
            }
            Token::Word => {
                self.advance();
                match self.token.0 {
                    Token::Open('(') => Some(self.group(span)),
                    _ => Some(Node { span, shape: Shape::Leaf }),
                }
            }
            Token::Open(_) => Some(self.group(span.start..span.start)),
            Token::Close(_) | Token::Colon | Token::Comma | Token::End => None,
        }
    }

    fn group(&mut self, name: Range<usize>) -> Node {
        let (token, at) = (self.token.0, self.token.1.start);
        let Token::Open(open) = token else { return Node { span: name, shape: Shape::Leaf } };
        let start = if name.is_empty() { at } else { name.start };
        if self.open.len() >= DEPTH {
            self.flaw(at, format!("nested more than {DEPTH} deep"));
            self.skip_group();
            return Node { span: start..self.behind, shape: Shape::Group { name, open, items: Vec::new() } };
        }
        self.open.push((open, at));
        self.advance();
        let mut items = Vec::new();
        let end = loop {
            match self.token.0 {
                Token::Close(close) => break self.close(open, close),
                Token::End => {
                    if self.open.len() > 1 || self.tree.flaws.is_empty() {
                        let line = self.line_of(at);
                        self.unclosed(open, line);
                    }
                    break self.token.1.start;
                }
                _ if self.full() => self.advance(),
                _ => items.extend(self.item(open)),
            }
        };
        self.open.pop();
        Node { span: start..end, shape: Shape::Group { name, open, items } }
    }

    /// The end of the file inside a bracket: said once, for the innermost.
    fn unclosed(&mut self, open: char, line: usize) {
        let message = format!("the file ends before the `{open}` of line {line} is closed");
        if !self.tree.flaws.iter().any(|flaw| flaw.message.starts_with("the file ends")) {
            self.flaw(self.token.1.start, message);
        }
    }

    /// A closing bracket inside a group: where the group ends.
    fn close(&mut self, open: char, close: char) -> usize {
        let span = self.token.1.clone();
        if close == partner(open) {
            self.advance();
            return span.end;
        }
        let line = self.line_of(self.open.last().map_or(0, |(_, at)| *at));
        let wanted = partner(open);
        let outer = self.open.iter().rev().skip(1).any(|(other, _)| partner(*other) == close);
        self.flaw(span.start, format!("found `{close}`, expected `{wanted}` to close the `{open}` of line {line}"));
        if outer {
            return span.start;
        }
        // No other bracket is open that it could close: it stands for the right one.
        self.advance();
        span.end
    }

    fn item(&mut self, open: char) -> Option<Item> {
        let start = self.token.1.start;
        let Some(first) = self.value() else {
            let message = match self.token.0 {
                Token::Comma => "nothing stands before this comma",
                _ => "nothing stands before this colon",
            };
            self.flaw(start, message);
            self.advance();
            return None;
        };
        let (key, value) = if self.token.0 == Token::Colon && open != '[' {
            let colon = self.token.1.end;
            self.advance();
            match self.value() {
                Some(value) => (Some(first), value),
                None => {
                    self.flaw(colon, "a value is missing behind this colon");
                    let end = self.separator(open);
                    return Some(Item {
                        key: Some(first),
                        value: Node { span: colon..colon, shape: Shape::Leaf },
                        end,
                    });
                }
            }
        } else {
            if open == '{' {
                self.flaw(first.span.end, "expected `:` and a value");
            }
            (None, first)
        };
        let end = self.separator(open);
        Some(Item { key, value, end })
    }

    /// The comma behind an item; where there is none, the next item begins all the same.
    fn separator(&mut self, open: char) -> usize {
        match self.token.0 {
            Token::Comma => {
                let end = self.token.1.end;
                self.advance();
                end
            }
            Token::Close(_) | Token::End => self.behind,
            _ => {
                self.flaw(self.behind, format!("expected `,` or `{}`", partner(open)));
                if self.token.0 == Token::Colon {
                    self.advance();
                }
                self.behind
            }
        }
    }

    fn skip_group(&mut self) {
        let mut depth = 0_usize;
        loop {
            match self.token.0 {
                Token::Open(_) => depth += 1,
                Token::Close(_) => depth = depth.saturating_sub(1),
                Token::End => return,
                _ => {}
            }
            self.advance();
            if depth == 0 {
                return;
            }
        }
    }

    fn advance(&mut self) {
        self.behind = self.token.1.end;
        loop {
            self.blank();
            let start = self.at;
            let rest = &self.text[start..];
            let Some(c) = rest.chars().next() else {
                self.token = (Token::End, start..start);
                return;
            };
            let token = match c {
                '(' | '[' | '{' => self.taken(1, Token::Open(c)),
                ')' | ']' | '}' => self.taken(1, Token::Close(c)),
                ':' => self.taken(1, Token::Colon),
                ',' => self.taken(1, Token::Comma),
                '"' => self.string(),
                '\'' => self.character(),
                'r' | 'b' if self.raw_string() => Token::Literal,
                'b' if rest[1..].starts_with('"') => {
                    self.at += 1;
                    self.string()
                }
                _ if is_word(c) => self.word(),
                '0'..='9' | '-' | '+' | '.' => self.number(),
                _ => {
                    self.flaw(start, format!("`{c}` has no meaning here"));
                    self.at += c.len_utf8();
                    continue;
                }
            };
            self.token = (token, start..self.at);
            return;
        }
    }

    fn taken(&mut self, bytes: usize, token: Token) -> Token {
        self.at += bytes;
        token
    }

    fn run(&mut self, fits: impl Fn(char) -> bool) {
        let rest = &self.text[self.at..];
        self.at += rest.find(|c| !fits(c)).unwrap_or(rest.len());
    }

    fn word(&mut self) -> Token {
        if self.text[self.at..].starts_with("r#") {
            self.at += 2;
        }
        self.run(|c| is_word(c) || c.is_ascii_digit());
        Token::Word
    }

    fn number(&mut self) -> Token {
        self.at += 1;
        self.run(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '+' | '-'));
        Token::Literal
    }

    fn character(&mut self) -> Token {
        let start = self.at;
        let mut chars = self.text[start + 1..].char_indices();
        let first = chars.next();
        let mut escaped = matches!(first, Some((_, '\\')));
        for (at, c) in chars {
            if c == '\n' {
                break;
            }
            if c == '\'' && !escaped {
                self.at = start + 1 + at + 1;
                return Token::Literal;
            }
            escaped = false;
        }
        self.flaw(start, "this `'` is not closed");
        self.at = start + 1;
        self.run(|c| c != '\n');
        Token::Literal
    }

    fn string(&mut self) -> Token {
        let start = self.at;
        let mut escaped = false;
        for (at, c) in self.text[start + 1..].char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => {
                    self.at = start + 1 + at + 1;
                    return Token::Literal;
                }
                _ => {}
            }
        }
        self.flaw(start, "this text is not closed: a `\"` is missing");
        self.run(|c| c != '\n');
        Token::Literal
    }

    /// Takes `r"…"`, `r#"…"#` and their byte forms, if one stands here.
    fn raw_string(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let prefix = if rest.starts_with("br") { 2 } else { usize::from(rest.starts_with('r')) };
        let hashes = rest[prefix..].bytes().take_while(|b| *b == b'#').count();
        if prefix == 0 || !rest[prefix + hashes..].starts_with('"') {
            return false;
        }
        let body = prefix + hashes + 1;
        let end = format!("\"{}", "#".repeat(hashes));
        match rest[body..].find(&end) {
            Some(at) => self.at += body + at + end.len(),
            None => {
                self.flaw(self.at, format!("this text is not closed: `{end}` is missing"));
                self.run(|c| c != '\n');
            }
        }
        true
    }

    /// Passes over white space and comments, and keeps the comments.
    fn blank(&mut self) {
        loop {
            self.run(char::is_whitespace);
            let (start, rest) = (self.at, &self.text[self.at..]);
            if rest.starts_with("//") {
                self.run(|c| c != '\n');
            } else if rest.starts_with("/*") {
                self.block_comment();
            } else {
                return;
            }
            self.tree.comments.push(start..self.at);
        }
    }

    fn block_comment(&mut self) {
        let start = self.at;
        let mut depth = 0_usize;
        while self.at < self.text.len() {
            let rest = &self.text[self.at..];
            if rest.starts_with("/*") {
                depth += 1;
                self.at += 2;
            } else if rest.starts_with("*/") {
                depth -= 1;
                self.at += 2;
                if depth == 0 {
                    return;
                }
            } else {
                self.at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        self.flaw(start, "this comment is not closed: `*/` is missing");
    }

    fn rest_of_comments(&mut self) {
        while self.at < self.text.len() && !self.full() {
            self.advance();
        }
    }
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

fn partner(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}
