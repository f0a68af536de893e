//! A line → a statement. Knows the grammar and no model; at the end of a line it also knows what may come next, which
//! is what completion asks.

use std::ops::Range;

use super::{
    Problem,
    ast::{
        Access, Connect, Dates, Name, Own, Provide, Publish, Records, Ref, Run, Said, Schedule, Statement, Systems,
        Tail, TakeProfile, Through, Trait, Via,
    },
    lex::{Sort, Token, tokens},
    words::{
        CLASSIFICATIONS, Choices, HEADS, Head, INTERACTION_KINDS, KEYWORDS, PERMANENCES, SCHEDULES, STORE_KINDS,
        SYSTEM_KINDS, TRANSPORTS, TRUSTS, VERBS, is_version,
    },
};
use crate::{
    file::nearest,
    model::{Date, InteractionKind, Kind, PartName},
};

/// Reads a line.
///
/// # Errors
/// Where the line does not keep to the grammar, with the word that does not.
pub fn parse(line: &str) -> Result<Statement, Problem> {
    let (tokens, problem) = tokens(line);
    let mut parser = Parser::new(line, tokens);
    match problem {
        Some(problem) => Err(problem),
        None => parser.line(),
    }
}

/// What may stand at the end of a text that is the beginning of a line.
pub(super) fn wanted(beginning: &str) -> Vec<Want> {
    let (tokens, _) = tokens(beginning);
    let mut parser = Parser::new(beginning, tokens);
    let _ = parser.line();
    parser.wants
}

/// Something that may stand at the end of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Want {
    pub(super) what: What,
    /// Where it begins; what stands from there to the end is its beginning.
    pub(super) from: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A word of the grammar.
    Word(&'static str),
    /// The name of a record of one of these kinds.
    Name(&'static [Kind]),
    /// A contract, gateway, backbone or adapter.
    Way,
    /// A version of a contract.
    Version(String),
    /// An operation or message between these systems.
    Part { kind: Option<InteractionKind>, from: Vec<String>, to: Vec<String> },
    /// A message that this system publishes.
    Message(String),
}

const SYSTEM: &[Kind] = &[Kind::System];
const SUBJECT: &[Kind] = &[Kind::System, Kind::Team];
const DOMAIN: &[Kind] = &[Kind::Domain];
const BOUNDARY: &[Kind] = &[Kind::Boundary];
const STORE: &[Kind] = &[Kind::Store];
const DATA: &[Kind] = &[Kind::Entity, Kind::Store];
const CONTRACT: &[Kind] = &[Kind::Contract];
const PROFILE: &[Kind] = &[Kind::Profile];
const RUN: &[Kind] = &[Kind::System, Kind::Domain, Kind::Contract];
const NOTHING: &[Kind] = &[];

struct Parser<'a> {
    line: &'a str,
    tokens: Vec<Token<'a>>,
    next: usize,
    wants: Vec<Want>,
    /// Where the last word of a name begins that reaches to the end: it may become a keyword.
    partial: Option<usize>,
}

type Read<T> = Result<T, Problem>;

impl<'a> Parser<'a> {
    fn new(line: &'a str, tokens: Vec<Token<'a>>) -> Self {
        Self { line, tokens, next: 0, wants: Vec::new(), partial: None }
    }

    fn line(&mut self) -> Read<Statement> {
        let statement = self.statement()?;
        match self.peek() {
            None => Ok(statement),
            Some(_) => Err(self.unexpected()),
        }
    }

    fn statement(&mut self) -> Read<Statement> {
        if self.tokens.len() <= 1 {
            HEADS.iter().take(8).for_each(|(word, _)| self.may(word));
        }
        if let Some(head) = self.head(&[]) {
            return match head.value {
                Head::Record(Kind::System) => self.subject(),
                Head::Record(kind) => self.records(kind),
                Head::System(_) => Err(self.unexpected()),
            };
        }
        self.subject()
    }

    fn subject(&mut self) -> Read<Statement> {
        let names = self.names(SUBJECT, "a name")?;
        if self.symbol(Sort::Arrow) {
            return self.connect(names);
        }
        if self.symbol(Sort::Broad) {
            return self.publish(names);
        }
        for (word, verb) in VERBS {
            if self.keyword(word).is_some() {
                let data = self.refs(DATA, &[Kind::Entity, Kind::Store], "an entity or a store")?;
                let through = if self.keyword("via").is_some() {
                    Some(Through::Contract(self.name(CONTRACT, "a contract")?))
                } else if self.keyword("in").is_some() {
                    Some(Through::Store(self.name(STORE, "a store")?))
                } else {
                    None
                };
                return Ok(Statement::Access(Access { systems: names, verb, data, through }));
            }
        }
        if self.keyword("owns").is_some() {
            let system = one(names, "one system owns; give the others their own line")?;
            let data = self.refs(DATA, &[Kind::Entity, Kind::Store], "an entity or a store")?;
            let store = if self.keyword("in").is_some() { Some(self.name(STORE, "a store")?) } else { None };
            return Ok(Statement::Own(Own { system, data, store }));
        }
        if self.keyword("provides").is_some() {
            let system = one(names, "one system provides a contract; give the others their own line")?;
            let mut contracts = vec![self.versioned(CONTRACT)?];
            while self.symbol(Sort::Comma) {
                contracts.push(self.versioned(CONTRACT)?);
            }
            return Ok(Statement::Provide(Provide { system, contracts }));
        }
        if self.keyword("runs").is_some() {
            return self.run(names);
        }
        if self.keyword("profile").is_some() {
            let profile = self.name(PROFILE, "a profile")?;
            return Ok(Statement::Profile(TakeProfile { names, profile }));
        }
        self.systems(names)
    }

    fn run(&mut self, names: Vec<Name>) -> Read<Statement> {
        let team = one(names, "one team runs a system; give the others their own line")?;
        let what = self.refs(RUN, &[Kind::System, Kind::Domain, Kind::Contract], "a system, domain or contract")?;
        Ok(Statement::Run(Run { team, what }))
    }

    /// What is said of systems, in any order, each thing once.
    fn systems(&mut self, names: Vec<Name>) -> Read<Statement> {
        let mut said = Systems {
            names,
            kind: None,
            permanence: None,
            fronts: Vec::new(),
            domain: None,
            boundary: None,
            technology: None,
            dates: Dates::default(),
            replaced_by: None,
        };
        loop {
            let from = self.next;
            if said.kind.is_none() && self.symbol(Sort::Colon) {
                said.kind = Some(self.choice(&SYSTEM_KINDS, "a kind of system")?);
            } else if said.domain.is_none() && self.symbol(Sort::At) {
                said.domain = Some(self.name(DOMAIN, "a domain")?);
            } else if said.boundary.is_none() && self.keyword("in").is_some() {
                said.boundary = Some(self.name(BOUNDARY, "a boundary")?);
            } else if said.technology.is_none() && self.keyword("tech").is_some() {
                said.technology = Some(self.name(NOTHING, "a language, product or platform")?);
            } else if said.fronts.is_empty() && self.keyword("fronts").is_some() {
                said.fronts = self.names(SYSTEM, "a system")?;
            } else if said.replaced_by.is_none() && self.keyword("replaced").is_some() {
                if self.keyword("by").is_none() {
                    return Err(self.expected("“by” is missing: write `replaced by Orders`"));
                }
                said.replaced_by = Some(self.name(SYSTEM, "a system")?);
            } else {
                for (word, permanence) in PERMANENCES {
                    if said.permanence.is_none()
                        && let Some(at) = self.keyword(word)
                    {
                        said.permanence = Some(Said { value: permanence, at });
                    }
                }
                self.dates(&mut said.dates)?;
            }
            if self.next == from {
                return Ok(Statement::Systems(said));
            }
        }
    }

    fn dates(&mut self, dates: &mut Dates) -> Read<()> {
        let slots = [
            ("retires", &mut dates.retires),
            ("active", &mut dates.active),
            ("planned", &mut dates.planned),
            ("deprecated", &mut dates.deprecated),
        ];
        for (word, slot) in slots {
            if slot.is_none() && self.keyword(word).is_some() {
                *slot = Some(self.date()?);
            }
        }
        Ok(())
    }

    fn records(&mut self, kind: Kind) -> Read<Statement> {
        let names = self.names(kinds_of(kind), "a name")?;
        if kind == Kind::Team && self.keyword("runs").is_some() {
            return self.run(names);
        }
        let can = matches!(kind, Kind::Boundary | Kind::Store | Kind::Entity);
        let trait_ = if can && self.symbol(Sort::Colon) {
            Some(match kind {
                Kind::Boundary => map(self.choice(&TRUSTS, "how far what is inside is trusted")?, Trait::Trust),
                Kind::Store => map(self.choice(&STORE_KINDS, "a kind of store")?, Trait::Store),
                _ => map(self.choice(&CLASSIFICATIONS, "a classification")?, Trait::Classification),
            })
        } else {
            None
        };
        let inside =
            (kind == Kind::Domain && self.symbol(Sort::At)) || (kind == Kind::Boundary && self.keyword("in").is_some());
        let parent = if inside { Some(self.name(kinds_of(kind), kind.phrase())?) } else { None };
        Ok(Statement::Records(Records { kind, names, trait_, parent }))
    }

    fn connect(&mut self, from: Vec<Name>) -> Read<Statement> {
        let to = self.names(SYSTEM, "a system")?;
        let mut connect = Connect { from, to, kind: None, transport: None, part: None, tail: Tail::default() };
        if self.symbol(Sort::Colon) {
            self.carried(&mut connect)?;
        }
        connect.tail = self.tail()?;
        Ok(Statement::Connect(connect))
    }

    /// Behind the colon: what it means, how it travels, what it carries.
    fn carried(&mut self, connect: &mut Connect) -> Read<()> {
        connect.kind = self.word_of(&INTERACTION_KINDS);
        connect.transport = self.word_of(&TRANSPORTS);
        let texts = |names: &[Name]| names.iter().map(|name| name.value.clone()).collect();
        let what = What::Part {
            kind: connect.kind.as_ref().map(|said| said.value),
            from: texts(&connect.from),
            to: texts(&connect.to),
        };
        connect.part = self.part(what)?;
        if connect.kind.is_none() && connect.transport.is_none() && connect.part.is_none() {
            return Err(self.expected("what it means is missing: command, query, event or file"));
        }
        let Some(token) = self.peek().filter(|token| is_name_word(token)) else { return Ok(()) };
        let at = token.at.clone();
        // It may be the beginning of a keyword.
        self.tail()?;
        let Some(part) = &connect.part else { return Err(self.unexpected()) };
        let kinds = INTERACTION_KINDS.iter().map(|(word, _)| *word).chain(TRANSPORTS.iter().map(|(word, _)| *word));
        if connect.kind.is_none() && connect.transport.is_none() {
            let message = format!("“{}” does not say what it means: command, query, event or file", part.value);
            return Err(Problem::new(part.at.clone(), message).suggesting(nearest(&part.value, kinds)));
        }
        Err(Problem::new(at, "the name of an operation or message is one word, like PlaceOrder"))
    }

    /// The name of an operation or message: one word.
    fn part(&mut self, what: What) -> Read<Option<Name>> {
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

    fn publish(&mut self, from: Vec<Name>) -> Read<Statement> {
        let from = one(from, "one system publishes an event; give the others their own line")?;
        let Some(message) = self.part(What::Message(from.value.clone()))? else {
            return Err(self.expected("the event is missing: say what happened, like OrderPlaced"));
        };
        if self.peek().is_some_and(|token| is_name_word(token)) {
            return Err(self.expected("the name of an event is one word, like OrderPlaced"));
        }
        let to = if self.symbol(Sort::Broad) { self.names(SYSTEM, "a system")? } else { Vec::new() };
        Ok(Statement::Publish(Publish { from, message, to, tail: self.tail()? }))
    }

    /// When it runs, what it is led through, and the profile it takes; in any order.
    fn tail(&mut self) -> Read<Tail> {
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

    fn schedule(&mut self) -> Read<Option<Said<Schedule>>> {
        for word in SCHEDULES {
            if let Some(at) = self.keyword(word) {
                return Ok(Some(Said { value: Schedule::Word(word), at }));
            }
        }
        if let Some(at) = self.keyword("every") {
            let span = self.name(NOTHING, "how often is missing, like `every 10 minutes`;")?;
            return Ok(Some(Said { at: at.start..span.at.end, value: Schedule::Every(span.value) }));
        }
        Ok(None)
    }

    fn versioned_way(&mut self) -> Read<(Name, Option<Name>)> {
        self.versioned_name(What::Way, "a contract, gateway or backbone")
    }

    fn versioned(&mut self, kinds: &'static [Kind]) -> Read<(Name, Option<Name>)> {
        self.versioned_name(What::Name(kinds), "a contract")
    }

    /// A name and perhaps a version: a last word like `v2`, or what stands behind `version`.
    fn versioned_name(&mut self, what: What, phrase: &str) -> Read<(Name, Option<Name>)> {
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
    fn want_version(&mut self, name: &Name, words: &[Token<'_>]) {
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

    fn refs(&mut self, kinds: &'static [Kind], heads: &[Kind], phrase: &str) -> Read<Vec<Ref>> {
        let mut refs = Vec::new();
        loop {
            let allowed: Vec<Head> = heads.iter().map(|kind| Head::Record(*kind)).collect();
            let head = self.head(&allowed);
            let name = self.name(kinds, phrase)?;
            refs.push(Ref { head, name });
            if !self.symbol(Sort::Comma) {
                return Ok(refs);
            }
        }
    }

    fn names(&mut self, kinds: &'static [Kind], phrase: &str) -> Read<Vec<Name>> {
        let mut names = vec![self.name(kinds, phrase)?];
        while self.symbol(Sort::Comma) {
            names.push(self.name(kinds, phrase)?);
        }
        Ok(names)
    }

    fn name(&mut self, kinds: &'static [Kind], phrase: &str) -> Read<Name> {
        self.wanted_name(What::Name(kinds), phrase)
    }

    fn wanted_name(&mut self, what: What, phrase: &str) -> Read<Name> {
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
        while let Some(token) = self.peek().filter(|token| is_name_word(token)).cloned() {
            self.next += 1;
            words.push(token);
        }
        let Some(last) = words.last().cloned() else { return Err(self.missing(phrase)) };
        if self.peek().is_none() {
            if self.touches(&last) && words.len() > 1 {
                self.partial = Some(last.at.start);
            }
            self.want(what, first.at.start);
        }
        let texts: Vec<&str> = words.iter().map(|word| &*word.text).collect();
        Ok(Name { value: texts.join(" "), at: first.at.start..last.at.end })
    }

    /// A word that says what kind of record the name behind it names; a name of its own where no name follows. At the
    /// beginning of a line (nothing is allowed in particular) all of records are.
    fn head(&mut self, allowed: &[Head]) -> Option<Said<Head>> {
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
    fn word_of<T: Copy>(&mut self, choices: &'static Choices<T>) -> Option<Said<T>> {
        choices.iter().for_each(|(word, _)| self.may(word));
        let token = self.peek()?.clone();
        let value = choices.iter().find(|(word, _)| token.sort == Sort::Word && *word == token.text)?.1;
        self.next += 1;
        Some(Said { value, at: token.at })
    }

    /// One of some phrases; anything else is wrong.
    fn choice<T: Copy + PartialEq>(&mut self, choices: &'static Choices<T>, phrase: &str) -> Read<Said<T>> {
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
            None => Err(Problem::new(name.at, format!("“{}” is not {phrase}: {list}", name.value))
                .suggesting(nearest(&name.value, words()))),
        }
    }

    fn date(&mut self) -> Read<Said<Date>> {
        let Some(token) = self.peek().cloned() else { return Err(self.missing("a date, like 2027-06-30,")) };
        self.next += 1;
        let value = token.text.parse().map_err(|_| {
            let shown = self.line.get(token.at.clone()).unwrap_or_default();
            Problem::new(token.at.clone(), format!("“{shown}” is not a date: write it like 2027-06-30"))
        })?;
        Ok(Said { value, at: token.at })
    }

    fn symbol(&mut self, sort: Sort) -> bool {
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

    fn keyword(&mut self, word: &'static str) -> Option<Range<usize>> {
        self.may(word);
        let token = self.peek().filter(|token| token.sort == Sort::Word && token.text == word)?;
        let at = token.at.clone();
        self.next += 1;
        self.partial = None;
        Some(at)
    }

    /// Notes a word that may stand at the end of the line.
    fn may(&mut self, word: &'static str) {
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

    fn want(&mut self, what: What, from: usize) {
        if from == self.line.len() && self.is_open() {
            return;
        }
        let want = Want { what, from };
        if !self.wants.contains(&want) {
            self.wants.push(want);
        }
    }

    fn peek(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.next)
    }

    /// Whether the line ends in the middle of a word: nothing can be put behind it.
    fn is_open(&self) -> bool {
        self.tokens.last().is_some_and(|last| {
            matches!(last.sort, Sort::Word | Sort::Quoted) && self.touches(last) && !closed(self.line, last)
        })
    }

    /// Whether a token ends where the line ends.
    fn touches(&self, token: &Token<'_>) -> bool {
        token.at.end == self.line.len()
    }

    fn missing(&self, phrase: &str) -> Problem {
        self.expected(&format!("{phrase} is missing here"))
    }

    /// A problem at the next token, or where the line ends.
    fn expected(&self, message: &str) -> Problem {
        match self.peek() {
            Some(token) if token.sort == Sort::Word && KEYWORDS.contains(&&*token.text) => {
                let hint =
                    format!("{message}; a name that holds the word “{}” is written in quotation marks", token.text);
                Problem::new(token.at.clone(), hint)
            }
            Some(token) => Problem::new(token.at.clone(), message),
            None => Problem::new(self.line.trim_end().len()..self.line.trim_end().len(), message),
        }
    }

    fn unexpected(&self) -> Problem {
        let Some(token) = self.peek() else { return self.expected("the line ends too early") };
        let shown = self.line.get(token.at.clone()).unwrap_or_default();
        let after = self.tokens.get(self.next.wrapping_sub(1)).map(|token| self.line.get(token.at.clone()));
        let after = after.flatten().map(|text| format!(" behind “{text}”")).unwrap_or_default();
        if token.sort == Sort::Word && !KEYWORDS.contains(&&*token.text) {
            let message = format!("“{shown}” cannot stand{after}");
            return Problem::new(token.at.clone(), message).suggesting(nearest(shown, KEYWORDS));
        }
        let message =
            format!("“{shown}” cannot stand{after}; a name that holds such a word is written in quotation marks");
        Problem::new(token.at.clone(), message)
    }
}

/// Whether a token is a word that names are made of.
fn is_name_word(token: &Token<'_>) -> bool {
    token.sort == Sort::Word && !KEYWORDS.contains(&&*token.text)
}

fn kinds_of(kind: Kind) -> &'static [Kind] {
    match kind {
        Kind::Team => &[Kind::Team],
        Kind::Domain => DOMAIN,
        Kind::Boundary => BOUNDARY,
        Kind::Store => STORE,
        Kind::Entity => &[Kind::Entity],
        Kind::Contract => CONTRACT,
        Kind::Profile => PROFILE,
        _ => SYSTEM,
    }
}

/// Whether a quoted token has its closing quotation mark.
fn closed(line: &str, token: &Token<'_>) -> bool {
    token.sort == Sort::Quoted
        && token.at.len() > 1
        && line.get(token.at.clone()).is_some_and(|text| text.ends_with('"'))
}

fn map<T, U>(said: Said<T>, with: impl Fn(T) -> U) -> Said<U> {
    Said { value: with(said.value), at: said.at }
}

fn one(names: Vec<Name>, message: &str) -> Read<Name> {
    let mut names = names.into_iter();
    match (names.next(), names.next()) {
        (Some(name), None) => Ok(name),
        (_, Some(second)) => Err(Problem::new(second.at, message)),
        (None, None) => Err(Problem::new(0..0, message)),
    }
}

fn is_part(name: &Name) -> Read<()> {
    match PartName::new(&name.value) {
        Ok(_) => Ok(()),
        Err(why) => Err(Problem::new(name.at.clone(), why.to_string())),
    }
}
