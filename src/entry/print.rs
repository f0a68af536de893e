//! A statement as the line that says it.

use std::fmt::{self, Display, Formatter, Write};

use super::{
    ast::{Dates, Name, Ref, Schedule, Statement, Systems, Tail, Through, Trait, Via},
    lex,
    words::{
        CLASSIFICATIONS, HEADS, Head, INTERACTION_KINDS, KEYWORDS, PERMANENCES, STORE_KINDS, SYSTEM_KINDS, TRANSPORTS,
        TRUSTS, VERBS, is_version, word_of,
    },
};
use crate::model::Kind;

impl Display for Statement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Systems(systems) => print_systems(f, systems),
            Self::Records(records) => {
                f.write_str(Head::Record(records.kind).word())?;
                f.write_char(' ')?;
                list(f, &records.names)?;
                if let Some(said) = &records.trait_ {
                    write!(f, " : {}", trait_word(said.value))?;
                }
                let word = if records.kind == Kind::Domain { "@" } else { "in" };
                clause(f, word, records.parent.as_ref())
            }
            Self::Connect(connect) => {
                list(f, &connect.from)?;
                f.write_str(" -> ")?;
                list(f, &connect.to)?;
                let kind = connect.kind.as_ref().map(|said| word_of(&INTERACTION_KINDS, &said.value));
                let transport = connect.transport.as_ref().map(|said| word_of(&TRANSPORTS, &said.value));
                let part = connect.part.as_ref().map(|part| part_text(&part.value));
                let words: Vec<&str> = [kind, transport, part.as_deref()].into_iter().flatten().collect();
                if !words.is_empty() {
                    write!(f, " : {}", words.join(" "))?;
                }
                tail(f, &connect.tail)
            }
            Self::Publish(publish) => {
                write!(f, "{} => {}", quote(&publish.from.value), quote(&publish.message.value))?;
                if !publish.to.is_empty() {
                    f.write_str(" => ")?;
                    list(f, &publish.to)?;
                }
                tail(f, &publish.tail)
            }
            Self::Own(own) => {
                write!(f, "{} owns ", quote(&own.system.value))?;
                refs(f, &own.data)?;
                clause(f, "in", own.store.as_ref())
            }
            Self::Access(access) => {
                list(f, &access.systems)?;
                write!(f, " {} ", word_of(&VERBS, &access.verb))?;
                refs(f, &access.data)?;
                match &access.through {
                    Some(Through::Contract(name)) => clause(f, "via", Some(name)),
                    Some(Through::Store(name)) => clause(f, "in", Some(name)),
                    None => Ok(()),
                }
            }
            Self::Provide(provide) => {
                write!(f, "{} provides ", quote(&provide.system.value))?;
                commas(f, &provide.contracts, |f, (name, version)| {
                    f.write_str(&quote(&name.value))?;
                    print_version(f, version.as_ref())
                })
            }
            Self::Run(run) => {
                write!(f, "{} runs ", quote(&run.team.value))?;
                refs(f, &run.what)
            }
            Self::Profile(takes) => {
                list(f, &takes.names)?;
                clause(f, "profile", Some(&takes.profile))
            }
        }
    }
}

/// A name as it must be written.
pub(super) fn quote(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let head = words.first().is_some_and(|first| HEADS.iter().any(|(word, _)| word == first));
    let plain = |word: &&str| {
        let symbols = word.char_indices().any(|(at, c)| {
            c == '"' || c.is_whitespace() || word.get(at..).is_some_and(|rest| lex::symbol(rest).is_some())
        });
        !word.is_empty() && !symbols && !KEYWORDS.contains(word)
    };
    let version = matches!(words.as_slice(), [_, .., last] if is_version(last));
    if words.iter().all(plain) && !head && !version && !name.starts_with('#') {
        return name.to_owned();
    }
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The name of an operation or message; the words that may stand before it are not taken for it.
fn part_text(name: &str) -> String {
    let choices = INTERACTION_KINDS.iter().map(|(word, _)| word).chain(TRANSPORTS.iter().map(|(word, _)| word));
    if choices.into_iter().any(|word| *word == name) { format!("\"{name}\"") } else { quote(name) }
}

fn print_systems(f: &mut Formatter<'_>, systems: &Systems) -> fmt::Result {
    list(f, &systems.names)?;
    if let Some(said) = &systems.kind {
        write!(f, " : {}", word_of(&SYSTEM_KINDS, &said.value))?;
    }
    if let Some(said) = &systems.permanence {
        write!(f, " {}", word_of(&PERMANENCES, &said.value))?;
    }
    if !systems.fronts.is_empty() {
        f.write_str(" fronts ")?;
        list(f, &systems.fronts)?;
    }
    clause(f, "@", systems.domain.as_ref())?;
    clause(f, "in", systems.boundary.as_ref())?;
    clause(f, "tech", systems.technology.as_ref())?;
    let Dates { planned, active, deprecated, retires } = &systems.dates;
    for (word, date) in [("planned", planned), ("active", active), ("deprecated", deprecated), ("retires", retires)] {
        if let Some(date) = date {
            write!(f, " {word} {}", date.value)?;
        }
    }
    clause(f, "replaced by", systems.replaced_by.as_ref())
}

fn trait_word(value: Trait) -> &'static str {
    match value {
        Trait::Trust(trust) => word_of(&TRUSTS, &trust),
        Trait::Store(kind) => word_of(&STORE_KINDS, &kind),
        Trait::Classification(classification) => word_of(&CLASSIFICATIONS, &classification),
    }
}

fn tail(f: &mut Formatter<'_>, tail: &Tail) -> fmt::Result {
    match tail.schedule.as_ref().map(|said| &said.value) {
        Some(Schedule::Word(word)) => write!(f, " {word}")?,
        Some(Schedule::Every(span)) => write!(f, " every {}", quote(span))?,
        None => {}
    }
    for Via { what, version } in &tail.via {
        f.write_str(" via ")?;
        reference(f, what)?;
        print_version(f, version.as_ref())?;
    }
    clause(f, "profile", tail.profile.as_ref())
}

fn print_version(f: &mut Formatter<'_>, version: Option<&Name>) -> fmt::Result {
    match version {
        None => Ok(()),
        Some(name) if is_version(&name.value) => write!(f, " {}", name.value),
        Some(name) => write!(f, " version {}", quote(&name.value)),
    }
}

fn clause(f: &mut Formatter<'_>, word: &str, name: Option<&Name>) -> fmt::Result {
    match name {
        Some(name) => write!(f, " {word} {}", quote(&name.value)),
        None => Ok(()),
    }
}

fn reference(f: &mut Formatter<'_>, what: &Ref) -> fmt::Result {
    if let Some(head) = &what.head {
        write!(f, "{} ", head.value.word())?;
    }
    f.write_str(&quote(&what.name.value))
}

fn list(f: &mut Formatter<'_>, names: &[Name]) -> fmt::Result {
    commas(f, names, |f, name| f.write_str(&quote(&name.value)))
}

fn refs(f: &mut Formatter<'_>, refs: &[Ref]) -> fmt::Result {
    commas(f, refs, reference)
}

fn commas<T>(f: &mut Formatter<'_>, items: &[T], one: impl Fn(&mut Formatter<'_>, &T) -> fmt::Result) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            f.write_str(", ")?;
        }
        one(f, item)?;
    }
    Ok(())
}
