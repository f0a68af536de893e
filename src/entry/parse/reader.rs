//! The tokens of a line, read one after another: names, words, choices. Notes what may stand at the end of the line.

use std::ops::Range;

use super::{NOTHING, Read, What, astray::in_marks, kinds_of};
use crate::{
    entry::{
        Problem,
        ast::{Name, Ref, Said},
        lex::{Sort, Token},
        words::{Choices, HEADS, Head, KEYWORDS, meant},
    },
    file::nearest,
    model::{Date, Kind},
};

/// Something that may stand at the end of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::entry) struct Want {
    pub(in crate::entry) what: What,
    /// Where it begins; what stands from there to the end is its beginning.
    pub(in crate::entry) from: usize,
}

/// Where reading has come to.
pub(super) struct Parser<'a> {
    pub(super) line: &'a str,
    pub(super) tokens: Vec<Token<'a>>,
    pub(super) next: usize,
    pub(super) wants: Vec<Want>,
    /// Where the last word of a name begins that reaches to the end: it may become a keyword.
    pub(super) partial: Option<usize>,
    /// A word that ends a name here, and nowhere else.
    pub(super) until: Option<&'static str>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(line: &'a str, tokens: Vec<Token<'a>>) -> Self {
        Self { line, tokens, next: 0, wants: Vec::new(), partial: None, until: None }
    }

    pub(super) fn refs(&mut self, kinds: &'static [Kind], heads: &[Kind], phrase: &str) -> Read<Vec<Ref>> {
        let mut refs = Vec::new();
        loop {
            let head = self.head_of(heads);
            let name = self.name(head.as_ref().map_or(kinds, |head| kinds_of(head.value.kind())), phrase);
            let name = if refs.is_empty() { name } else { name.map_err(|problem| self.behind_comma(problem)) }?;
            refs.push(Ref { head, name });
            if !self.symbol(Sort::Comma) {
                return Ok(refs);
            }
        }
    }

    /// A word that says which of some kinds the name behind it is of.
    pub(super) fn head_of(&mut self, kinds: &[Kind]) -> Option<Said<Head>> {
        let allowed: Vec<Head> = kinds.iter().map(|kind| Head::Record(*kind)).collect();
        self.head(&allowed)
    }

    pub(super) fn names(&mut self, kinds: &'static [Kind], phrase: &str) -> Read<Vec<Name>> {
        let mut names = vec![self.name(kinds, phrase)?];
        while self.symbol(Sort::Comma) {
            names.push(self.name(kinds, phrase).map_err(|problem| self.behind_comma(problem))?);
        }
        Ok(names)
    }

    /// Another name is missing.
    fn behind_comma(&self, problem: Problem) -> Problem {
        match self.peek() {
            Some(token) if token.at == problem.at => {
                Problem::new(problem.at, "another name is missing behind the comma")
            }
            _ => problem,
        }
    }

    pub(super) fn name(&mut self, kinds: &'static [Kind], phrase: &str) -> Read<Name> {
        self.wanted_name(What::Name(kinds), phrase)
    }

    pub(super) fn wanted_name(&mut self, what: What, phrase: &str) -> Read<Name> {
        let Some(first) = self.peek().cloned() else {
            self.want(what, self.line.len());
            return Err(self.missing(phrase));
        };
        self.partial = None;
        if first.sort == Sort::Quoted {
            self.next += 1;
            if self.peek().is_none() && self.touches(&first) && !closed(self.line, &first) {
                self.want(what, first.at.start);
            }
            return if first.text.trim().is_empty() {
                Err(Problem::new(first.at, format!("{phrase} cannot be empty")))
            } else {
                Ok(Name { value: first.text.into_owned(), at: first.at })
            };
        }
        let mut words: Vec<Token<'a>> = Vec::new();
        while let Some(token) = self.peek().filter(|token| self.is_name(token)).cloned() {
            self.next += 1;
            words.push(token);
        }
        let Some(last) = words.last().cloned() else { return Err(self.missing(phrase)) };
        if let Some(at) = words.iter().position(|word| is_almost_arrow(&word.text)) {
            return Err(self.almost_arrow(&words, at));
        }
        if self.peek().is_none() {
            if self.touches(&last) && words.len() > 1 {
                self.partial = Some(last.at.start);
            }
            self.want(what, first.at.start);
        }
        let texts: Vec<&str> = words.iter().map(|word| &*word.text).collect();
        Ok(Name { value: texts.join(" "), at: first.at.start..last.at.end })
    }

    /// A sign that was meant for an arrow.
    fn almost_arrow(&self, words: &[Token<'_>], at: usize) -> Problem {
        let join = |words: Option<&[Token<'_>]>| {
            let words: Vec<&str> = words.unwrap_or_default().iter().map(|word| &*word.text).collect();
            words.join(" ").trim_end_matches([' ', '-', '–', '—']).to_owned()
        };
        let (before, behind) = (join(words.get(..at)), join(words.get(at + 1..)));
        let sign = words.get(at);
        let text = sign.map_or("", |word| &*word.text);
        let both = self.peek().is_some_and(|token| token.sort == Sort::Arrow) || text.contains('>');
        let message = if text.contains('<') && both {
            "a line leads one way: write one for each direction".to_owned()
        } else if text.contains('<') {
            format!("arrows lead from left to right: write `{behind} -> {before}`")
        } else {
            format!("an arrow is written `->`, and `=>` for an event: `{before} -> {behind}`")
        };
        Problem::new(sign.map_or(0..0, |word| word.at.clone()), message)
    }

    /// A word that says what kind of record the name behind it names; a name of its own where no name follows. At the
    /// beginning of a line (nothing is allowed in particular) all of records are.
    pub(super) fn head(&mut self, allowed: &[Head]) -> Option<Said<Head>> {
        let fits = |head: Head| match (allowed, head) {
            ([], head) => matches!(head, Head::Record(_)),
            ([Head::Record(Kind::Contract)], Head::System(_)) => true,
            (some, head) => some.contains(&head),
        };
        let token = self.peek()?.clone();
        let value = HEADS.iter().find(|(word, head)| *word == token.text && fits(*head))?.1;
        let behind = self.tokens.get(self.next + 1);
        if token.sort != Sort::Word || !behind.is_some_and(|token| token.sort == Sort::Quoted || is_name_word(token)) {
            let space = behind.is_none() && !self.touches(&token);
            if space {
                self.want(What::Name(kinds_of(value.kind())), self.line.len());
            }
            return None;
        }
        self.next += 1;
        Some(Said { value, at: token.at })
    }

    /// One of some words, if it stands here.
    pub(super) fn word_of<T: Copy>(&mut self, choices: &'static Choices<T>) -> Option<Said<T>> {
        choices.iter().for_each(|(word, _)| self.may(word));
        let token = self.peek()?.clone();
        let value = choices.iter().find(|(word, _)| token.sort == Sort::Word && *word == token.text)?.1;
        self.next += 1;
        Some(Said { value, at: token.at })
    }

    /// One of some phrases; anything else is wrong.
    pub(super) fn choice<T: Copy + PartialEq>(&mut self, choices: &'static Choices<T>, phrase: &str) -> Read<Said<T>> {
        if self.peek().is_none() || self.next + 1 == self.tokens.len() {
            choices.iter().for_each(|(word, _)| self.may(word));
        }
        let words = || choices.iter().map(|(word, _)| *word);
        let list = words().collect::<Vec<_>>().join(", ");
        let name = self.name(NOTHING, phrase).map_err(|mut problem| {
            problem.message = format!("{phrase} is missing: {list}");
            problem
        })?;
        let wanted = name.value.to_lowercase();
        match choices.iter().find(|(word, _)| *word == wanted) {
            Some((_, value)) => Ok(Said { value: *value, at: name.at }),
            None => Err(Problem::new(name.at, format!("“{}” does not say {phrase}: {list}", name.value))
                .suggesting(nearest(&name.value, words()).or_else(|| meant(&wanted, words())))),
        }
    }

    pub(super) fn date(&mut self) -> Read<Said<Date>> {
        let Some(token) = self.peek().cloned() else { return Err(self.missing("a date, like 2027-06-30,")) };
        self.next += 1;
        let value = token.text.parse().map_err(|_| self.no_date(&token))?;
        Ok(Said { value, at: token.at })
    }

    /// Why a word is no date, and how it would be written.
    fn no_date(&self, token: &Token<'_>) -> Problem {
        let shown = self.line.get(token.at.clone()).unwrap_or_default();
        let numbers: Vec<&str> = shown.split(['.', '/', '-']).collect();
        let next = self.peek().map(|token| token.text.as_ref()).unwrap_or_default();
        let day = |text: &str| text.parse::<Date>().is_ok();
        let message = match numbers.as_slice() {
            _ if day(next) => format!("the date stands alone: leave “{shown}” out and write {next}"),
            [day, month, year] if shown.contains('.') && year.len() == 4 => {
                format!("“{shown}” is not a date: write {year}-{month:0>2}-{day:0>2}")
            }
            [year] if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => {
                format!("“{shown}” is a year: write a day of it, like {shown}-12-31")
            }
            _ => format!("“{shown}” is not a date: write it like 2027-06-30"),
        };
        Problem::new(token.at.clone(), message)
    }

    pub(super) fn symbol(&mut self, sort: Sort) -> bool {
        let here = self.peek().is_some_and(|token| token.sort == sort);
        if self.peek().is_none() && sort != Sort::Comma {
            self.may(sort.symbol());
        }
        if here {
            self.next += 1;
            self.partial = None;
        }
        here
    }

    pub(super) fn keyword(&mut self, word: &'static str) -> Option<Range<usize>> {
        self.may(word);
        let token = self.peek().filter(|token| token.sort == Sort::Word && token.text == word)?;
        let at = token.at.clone();
        self.next += 1;
        self.partial = None;
        Some(at)
    }

    /// Notes a word that may stand at the end of the line.
    pub(super) fn may(&mut self, word: &'static str) {
        let from = match (self.peek(), self.partial) {
            (None, Some(from)) => from,
            (None, None) => self.line.len(),
            (Some(token), _) => {
                let last = self.next + 1 == self.tokens.len();
                let begins = word.starts_with(&*token.text) && word != token.text;
                if !(last && token.sort == Sort::Word && self.touches(token) && begins) {
                    return;
                }
                token.at.start
            }
        };
        self.want(What::Word(word), from);
    }

    pub(super) fn want(&mut self, what: What, from: usize) {
        if from == self.line.len() && self.is_open() {
            return;
        }
        let want = Want { what, from };
        if !self.wants.contains(&want) {
            self.wants.push(want);
        }
    }

    /// Whether a token is a word of a name here.
    fn is_name(&self, token: &Token<'_>) -> bool {
        is_name_word(token) && self.until.is_none_or(|word| word != token.text)
    }

    /// Whether at most one word stands in the line.
    pub(super) fn is_short(&self) -> bool {
        self.tokens.len() <= 1
    }

    /// A word at the beginning of a line that says what is to be done with what is named behind it.
    pub(super) fn deed(&mut self, word: &'static str) -> bool {
        let begins =
            self.next == 0 && self.tokens.first().is_some_and(|token| token.sort == Sort::Word && token.text == word);
        begins && self.keyword(word).is_some()
    }

    /// One of some phrases, if it stands here; their words end no name elsewhere.
    pub(super) fn phrase<T: Copy>(&mut self, choices: &'static Choices<T>) -> Option<Said<T>> {
        choices.iter().for_each(|(phrase, _)| self.may_go_on(phrase));
        let rest = self.tokens.get(self.next..).unwrap_or_default();
        for count in (1..=rest.len().min(3)).rev() {
            let tokens = rest.get(..count).unwrap_or_default();
            let words = tokens.iter().all(|token| token.sort == Sort::Word) || count == 1;
            let text = tokens.iter().map(|token| token.text.to_lowercase()).collect::<Vec<_>>().join(" ");
            let found = choices.iter().find(|(phrase, _)| words && *phrase == text);
            if let (Some((_, value)), Some(first), Some(last)) = (found, tokens.first(), tokens.last()) {
                let said = Said { value: *value, at: first.at.start..last.at.end };
                self.next += count;
                self.partial = None;
                return Some(said);
            }
        }
        None
    }

    /// Notes a phrase whose beginning is the end of the line.
    fn may_go_on(&mut self, phrase: &'static str) {
        let Some(token) = self.peek() else { return self.may(phrase) };
        let from = token.at.start;
        let rest = self.line.get(from..).unwrap_or_default();
        if token.sort == Sort::Word && phrase.starts_with(rest) && phrase != rest {
            self.want(What::Word(phrase), from);
        }
    }

    pub(super) fn peek(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.next)
    }

    /// Whether the line ends in the middle of a word: nothing can be put behind it.
    pub(super) fn is_open(&self) -> bool {
        self.tokens.last().is_some_and(|last| {
            matches!(last.sort, Sort::Word | Sort::Quoted) && self.touches(last) && !closed(self.line, last)
        })
    }

    /// Whether a token ends where the line ends.
    pub(super) fn touches(&self, token: &Token<'_>) -> bool {
        token.at.end == self.line.len()
    }

    pub(super) fn missing(&self, phrase: &str) -> Problem {
        self.expected(&format!("{phrase} is missing here"))
    }

    /// A problem at the next token, or where the line ends.
    pub(super) fn expected(&self, message: &str) -> Problem {
        match self.peek() {
            Some(token) if token.sort == Sort::Word && KEYWORDS.contains(&&*token.text) => {
                Problem::new(token.at.clone(), format!("{message}; {}", in_marks(&token.text)))
            }
            Some(token) => Problem::new(token.at.clone(), message),
            None => Problem::new(self.line.trim_end().len()..self.line.trim_end().len(), message),
        }
    }
}

/// Whether a word is a sign that was meant for an arrow: `>`, `<-`, `=`.
pub(in crate::entry) fn is_almost_arrow(word: &str) -> bool {
    word.contains(['<', '>', '=']) && word.chars().all(|c| "<>=-–—".contains(c))
}

/// Whether a token is a word that names are made of.
pub(super) fn is_name_word(token: &Token<'_>) -> bool {
    token.sort == Sort::Word && !KEYWORDS.contains(&&*token.text)
}

/// Whether a quoted token has its closing quotation mark.
fn closed(line: &str, token: &Token<'_>) -> bool {
    token.sort == Sort::Quoted
        && token.at.len() > 1
        && line.get(token.at.clone()).is_some_and(|text| text.ends_with('"'))
}
