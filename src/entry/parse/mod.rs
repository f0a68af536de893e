//! A line → a statement. Knows the grammar and no model; at the end of a line it also knows what may come next, which
//! is what completion asks.

mod astray;
mod connect;
mod reader;
mod remove;
mod systems;

pub(super) use self::reader::is_almost_arrow;
use self::reader::{Parser, Want, is_name_word};
use super::{
    Problem,
    ast::{Access, Name, Own, Provide, Records, Ref, Run, Said, Statement, TakeProfile, Through, Trait},
    lex::{Sort, tokens},
    words::{CLASSIFICATIONS, DEEDS, HEADS, Head, STAGES, STORE_KINDS, TRUSTS, VERBS},
};
use crate::model::{InteractionKind, Kind, PartName};

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

/// What a word may be.
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
    /// Whatever can be called otherwise: a record, an operation or message.
    Named,
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

type Read<T> = Result<T, Problem>;

impl Parser<'_> {
    fn line(&mut self) -> Read<Statement> {
        let statement = self.statement()?;
        match self.peek() {
            None => Ok(statement),
            Some(_) => Err(self.astray(&statement)),
        }
    }

    fn statement(&mut self) -> Read<Statement> {
        if self.is_short() {
            HEADS.iter().take(8).for_each(|(word, _)| self.may(word));
            DEEDS.iter().for_each(|word| self.may(word));
        }
        if self.deed("remove") {
            return self.remove();
        }
        if self.deed("rename") {
            return self.rename();
        }
        if let Some(head) = self.head(&[]) {
            return match head.value {
                Head::Record(Kind::System) => self.subject(),
                Head::Record(_) => self.records(head),
                Head::System(_) => Err(self.unexpected()),
            };
        }
        self.subject()
    }

    fn subject(&mut self) -> Read<Statement> {
        if self.next == 0 && self.peek().is_some_and(|token| token.sort != Sort::Quoted && !is_name_word(token)) {
            return Err(self.nameless());
        }
        if let ([token], Some((word, head))) = (self.tokens.as_slice(), self.lone_head()) {
            let example = match head {
                Head::Record(Kind::Team) => "Storefront",
                Head::Record(Kind::Domain) => "Sales",
                Head::Record(Kind::Boundary) => "Vault : restricted",
                Head::Record(Kind::Store) => "orders-db",
                Head::Record(Kind::Entity) => "Order",
                Head::Record(Kind::Contract) => "orders-api",
                Head::Record(Kind::Profile) => "internal-rest",
                _ => "Orders",
            };
            let message = format!("the name of the {word} is missing: `{word} {example}`");
            let at = token.at.end..token.at.end;
            self.want(What::Name(SUBJECT), token.at.start);
            return Err(Problem::new(at, message));
        }
        let names = self.names(SUBJECT, "a name")?;
        if self.symbol(Sort::Arrow) {
            return self.connect(names);
        }
        if self.symbol(Sort::Broad) {
            return self.publish(names);
        }
        if let Some(access) = self.access(&names)? {
            return Ok(Statement::Access(access));
        }
        if self.keyword("owns").is_some() {
            let system = one(names, "one system owns; give the others their own line")?;
            let data = self.refs(DATA, DATA, "an entity or a store")?;
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
            return self.run(None, names);
        }
        if self.keyword("profile").is_some() {
            let profile = self.name(PROFILE, "a profile")?;
            return Ok(Statement::Profile(TakeProfile { names, profile }));
        }
        self.systems(names)
    }

    /// The word for a kind of record that is all the line says.
    fn lone_head(&self) -> Option<(&'static str, Head)> {
        let [token] = self.tokens.as_slice() else { return None };
        let record = |(word, head): &&(&str, Head)| matches!(head, Head::Record(_)) && *word == token.text;
        HEADS.iter().find(record).filter(|_| token.sort == Sort::Word).copied()
    }

    /// What is done to data, if that is said here.
    fn access(&mut self, systems: &[Name]) -> Read<Option<Access>> {
        for (word, verb) in VERBS {
            if self.keyword(word).is_some() {
                let data = self.refs(DATA, DATA, "an entity or a store")?;
                let through = if self.keyword("via").is_some() {
                    Some(Through::Contract(self.name(CONTRACT, "a contract")?))
                } else if self.keyword("in").is_some() {
                    Some(Through::Store(self.name(STORE, "a store")?))
                } else {
                    None
                };
                return Ok(Some(Access { systems: systems.to_vec(), verb, data, through }));
            }
        }
        Ok(None)
    }

    fn run(&mut self, head: Option<Said<Head>>, names: Vec<Name>) -> Read<Statement> {
        let name = one(names, "one team runs a system; give the others their own line")?;
        let what = self.refs(RUN, RUN, "a system, domain or contract")?;
        Ok(Statement::Run(Run { team: Ref { head, name }, what }))
    }

    fn records(&mut self, head: Said<Head>) -> Read<Statement> {
        let kind = head.value.kind();
        let names = self.names(kinds_of(kind), "a name")?;
        if kind == Kind::Team && self.keyword("runs").is_some() {
            return self.run(Some(head), names);
        }
        let can = matches!(kind, Kind::Domain | Kind::Boundary | Kind::Store | Kind::Entity);
        let trait_ = if can && self.symbol(Sort::Colon) {
            Some(match kind {
                Kind::Domain => map(self.choice(&STAGES, "how far a domain is thought through")?, Trait::Stage),
                Kind::Boundary => map(self.choice(&TRUSTS, "how far what is inside is trusted")?, Trait::Trust),
                Kind::Store => map(self.choice(&STORE_KINDS, "what a store is")?, Trait::Store),
                _ => map(self.choice(&CLASSIFICATIONS, "how carefully an entity is handled")?, Trait::Classification),
            })
        } else {
            None
        };
        let inside =
            (kind == Kind::Domain && self.symbol(Sort::At)) || (kind == Kind::Boundary && self.keyword("in").is_some());
        let parent = if inside { Some(self.name(kinds_of(kind), kind.phrase())?) } else { None };
        Ok(Statement::Records(Records { kind, names, trait_, parent }))
    }
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
