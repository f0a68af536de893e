//! What leads from system to system: what it carries, when, and by which way.

use super::{
    NOTHING, PROFILE, Read, SYSTEM, What, is_part, one,
    reader::{Parser, is_name_word},
};
use crate::{
    entry::{
        Problem,
        ast::{Connect, Name, Publish, Ref, Said, Schedule, Statement, Tail, Via},
        lex::{Sort, Token},
        words::{Head, INTERACTION_KINDS, SCHEDULES, TRANSPORTS, is_version},
    },
    file::nearest,
    model::Kind,
};

impl Parser<'_> {
    pub(super) fn connect(&mut self, from: Vec<Name>) -> Read<Statement> {
        let mut connect = self.connected(from)?;
        connect.tail = self.tail()?;
        Ok(Statement::Connect(connect))
    }

    /// Behind the arrow: where to, and what.
    pub(super) fn connected(&mut self, from: Vec<Name>) -> Read<Connect> {
        let to = self.names(SYSTEM, "a system")?;
        let mut connect = Connect { from, to, kind: None, transport: None, part: None, tail: Tail::default() };
        if self.symbol(Sort::Colon) {
            self.carried(&mut connect)?;
        }
        Ok(connect)
    }

    /// Behind the colon: what it means, how it travels, what it carries.
    pub(super) fn carried(&mut self, connect: &mut Connect) -> Read<()> {
        connect.kind = self.word_of(&INTERACTION_KINDS);
        connect.transport = self.word_of(&TRANSPORTS);
        let texts = |names: &[Name]| names.iter().map(|name| name.value.clone()).collect();
        let what = What::Part {
            kind: connect.kind.as_ref().map(|said| said.value),
            from: texts(&connect.from),
            to: texts(&connect.to),
        };
        let kinds = || INTERACTION_KINDS.iter().map(|(word, _)| *word).chain(TRANSPORTS.iter().map(|(word, _)| *word));
        if let Some(token) =
            self.peek().filter(|token| token.sort == Sort::Word && kinds().any(|word| word == token.text))
        {
            let message = format!(
                "“{}” is one too many: it is a command, a query or an event, and goes sync, async, by file or by feed",
                token.text
            );
            return Err(Problem::new(token.at.clone(), message));
        }
        connect.part = self.part(what)?;
        if connect.kind.is_none() && connect.transport.is_none() && connect.part.is_none() {
            if self.peek().is_some_and(|token| token.sort == Sort::Colon) {
                return Err(self.expected("one colon is enough"));
            }
            return Err(self.expected("what it means is missing: command, query, event or file"));
        }
        let Some(token) = self.peek().filter(|token| is_name_word(token)) else { return Ok(()) };
        let (at, text) = (token.at.clone(), token.text.to_string());
        // It may be the beginning of a keyword.
        self.tail()?;
        let Some(part) = &connect.part else { return Err(self.unexpected()) };
        if connect.kind.is_none() && connect.transport.is_none() {
            let message = if kinds().any(|word| word == text) {
                format!("what it means stands before its name: `{text} {}`", part.value)
            } else {
                format!("“{}” does not say what it means: command, query, event or file", part.value)
            };
            return Err(Problem::new(part.at.clone(), message).suggesting(nearest(&part.value, kinds())));
        }
        Err(self.one_word(part, at, "an operation or message"))
    }

    /// The name of an operation or message goes on: how it would be written as one word.
    fn one_word(&self, part: &Name, at: std::ops::Range<usize>, what: &str) -> Problem {
        let from = self.tokens.iter().position(|token| token.at.start == at.start).unwrap_or_default();
        let more = self.tokens.get(from..).unwrap_or_default().iter().take_while(|token| is_name_word(token));
        let words = std::iter::once(part.value.as_str()).chain(more.map(|token| &*token.text));
        let joined: String = words.map(crate::text::capital).collect();
        Problem::new(at, format!("the name of {what} is one word: write {joined}"))
    }

    /// The name of an operation or message: one word.
    pub(super) fn part(&mut self, what: What) -> Read<Option<Name>> {
        let Some(token) = self.peek().filter(|token| token.sort == Sort::Quoted || is_name_word(token)).cloned() else {
            if self.peek().is_none() {
                self.want(what, self.line.len());
            }
            return Ok(None);
        };
        self.next += 1;
        self.partial = None;
        if self.peek().is_none() && self.touches(&token) {
            self.want(what, token.at.start);
        }
        let name = Name { value: token.text.into_owned(), at: token.at };
        is_part(&name)?;
        Ok(Some(name))
    }

    pub(super) fn publish(&mut self, from: Vec<Name>) -> Read<Statement> {
        let mut publish = self.published(from)?;
        publish.tail = self.tail()?;
        Ok(Statement::Publish(publish))
    }

    /// Behind the broad arrow: what happened, and who is told.
    pub(super) fn published(&mut self, from: Vec<Name>) -> Read<Publish> {
        let from = one(from, "one system publishes an event; give the others their own line")?;
        let Some(message) = self.part(What::Message(from.value.clone()))? else {
            return Err(self.expected("the event is missing: say what happened, like OrderPlaced"));
        };
        if let Some(token) = self.peek().filter(|token| is_name_word(token)) {
            return Err(self.one_word(&message, token.at.clone(), "an event"));
        }
        let to = if self.symbol(Sort::Broad) { self.names(SYSTEM, "a system")? } else { Vec::new() };
        Ok(Publish { from, message, to, tail: Tail::default() })
    }

    /// When it runs, what it is led through, and the profile it takes; in any order.
    pub(super) fn tail(&mut self) -> Read<Tail> {
        let mut tail = Tail::default();
        loop {
            let from = self.next;
            if self.keyword("via").is_some() {
                let head = self.head(&[Head::Record(Kind::Contract)]);
                let (name, version) = self.versioned_way()?;
                tail.via.push(Via { what: Ref { head, name }, version });
            } else if tail.profile.is_none() && self.keyword("profile").is_some() {
                tail.profile = Some(self.name(PROFILE, "a profile")?);
            } else if tail.schedule.is_none() {
                tail.schedule = self.schedule()?;
            }
            if self.next == from {
                return Ok(tail);
            }
        }
    }

    pub(super) fn schedule(&mut self) -> Read<Option<Said<Schedule>>> {
        for word in SCHEDULES {
            if let Some(at) = self.keyword(word) {
                return Ok(Some(Said { value: Schedule::Word(word), at }));
            }
        }
        if let Some(at) = self.keyword("every") {
            if self.peek().is_none_or(|token| token.sort != Sort::Quoted && !is_name_word(token)) {
                return Err(self.expected("how often is missing, like `every 10 minutes`"));
            }
            let span = self.name(NOTHING, "how often")?;
            return Ok(Some(Said { at: at.start..span.at.end, value: Schedule::Every(span.value) }));
        }
        Ok(None)
    }

    pub(super) fn versioned_way(&mut self) -> Read<(Name, Option<Name>)> {
        self.versioned_name(What::Way, "a contract, gateway or backbone")
    }

    pub(super) fn versioned(&mut self, kinds: &'static [Kind]) -> Read<(Name, Option<Name>)> {
        self.versioned_name(What::Name(kinds), "a contract")
    }

    /// A name and perhaps a version: a last word like `v2`, or what stands behind `version`.
    pub(super) fn versioned_name(&mut self, what: What, phrase: &str) -> Read<(Name, Option<Name>)> {
        let first = self.next;
        let name = self.wanted_name(what, phrase)?;
        let words = self.tokens.get(first..self.next).unwrap_or_default().to_vec();
        self.want_version(&name, &words);
        if let Some((last, before)) = words.split_last()
            && let (Some(start), Some(end)) = (before.first(), before.last())
            && is_version(&last.text)
        {
            let texts: Vec<&str> = before.iter().map(|word| &*word.text).collect();
            let name = Name { value: texts.join(" "), at: start.at.start..end.at.end };
            return Ok((name, Some(Name { value: last.text.to_string(), at: last.at.clone() })));
        }
        let next = self.peek().filter(|token| token.sort == Sort::Word && is_version(&token.text)).cloned();
        let version = match next {
            Some(token) => {
                self.next += 1;
                Some(Name { value: token.text.into_owned(), at: token.at })
            }
            None if self.keyword("version").is_some() => Some(self.name(NOTHING, "a version")?),
            None => None,
        };
        version.iter().try_for_each(is_part)?;
        Ok((name, version))
    }

    /// Notes that a version may stand behind a contract's name that reaches to the end, or be its last word.
    pub(super) fn want_version(&mut self, name: &Name, words: &[Token<'_>]) {
        if self.peek().is_some() {
            return;
        }
        if self.line.ends_with(char::is_whitespace) {
            self.want(What::Version(name.value.clone()), self.line.len());
        } else if let (Some(from), Some(start)) = (self.partial, words.first()) {
            let before = self.line.get(start.at.start..from).unwrap_or_default();
            self.want(What::Version(before.trim().to_owned()), from);
        }
    }
}
