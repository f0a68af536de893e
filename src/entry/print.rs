//! A statement as the line that says it.

use std::fmt::{self, Display, Formatter, Write};

use super::{
    ast::{
        Access, Connect, Dates, Name, Publish, Ref, Remove, Schedule, Statement, Systems, Tail, Through, Trait, Via,
    },
    is_bullet, lex,
    parse::is_almost_arrow,
    slips,
    words::{
        CLASSIFICATIONS, CRITICALITIES, DEEDS, HEADS, Head, INTERACTION_KINDS, KEYWORDS, PERMANENCES, STAGES,
        STORE_KINDS, SYSTEM_KINDS, SYSTEM_ROLES, TRANSPORTS, TRUSTS, VERBS, is_version, word_of,
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
            Self::Connect(connect) => print_connect(f, connect),
            Self::Publish(publish) => print_publish(f, publish),
            Self::Own(own) => {
                write!(f, "{} owns ", quote(&own.system.value))?;
                refs(f, &own.data)?;
                clause(f, "in", own.store.as_ref())
            }
            Self::Access(access) => print_access(f, access),
            Self::Provide(provide) => {
                write!(f, "{} provides ", quote(&provide.system.value))?;
                commas(f, &provide.contracts, |f, (name, version)| {
                    f.write_str(&quote(&name.value))?;
                    print_version(f, version.as_ref())
                })
            }
            Self::Run(run) => {
                reference(f, &run.team)?;
                f.write_str(" runs ")?;
                refs(f, &run.what)
            }
            Self::Profile(takes) => {
                list(f, &takes.names)?;
                clause(f, "profile", Some(&takes.profile))
            }
            Self::Remove(remove) => {
                f.write_str("remove ")?;
                match remove {
                    Remove::Records(what) => refs(f, what),
                    Remove::Connect(connect) => print_connect(f, connect),
                    Remove::Publish(publish) => print_publish(f, publish),
                    Remove::Access(access) => print_access(f, access),
                }
            }
            Self::Rename(rename) => {
                f.write_str("rename ")?;
                if let Some(head) = &rename.what.head {
                    write!(f, "{} ", head.value.word())?;
                }
                let name = &rename.what.name.value;
                // There, and only there, the word would end it.
                let holds = name.split(' ').any(|word| word == "to");
                f.write_str(&if holds { quoted(name) } else { quote(name) })?;
                clause(f, "to", Some(&rename.to))
            }
        }
    }
}

/// A name as it must be written.
pub(super) fn quote(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let heads = HEADS.iter().map(|(word, _)| *word).chain(DEEDS);
    let head = words.first().is_some_and(|first| heads.into_iter().any(|word| word == *first) || is_bullet(first));
    let plain = |word: &&str| {
        let symbols = word.char_indices().any(|(at, c)| {
            c == '"' || c.is_whitespace() || word.get(at..).is_some_and(|rest| lex::symbol(rest).is_some())
        });
        !word.is_empty() && !symbols && !KEYWORDS.contains(word) && !lex::is_remark(word) && !is_almost_arrow(word)
    };
    let version = matches!(words.as_slice(), [_, .., last] if is_version(last));
    if words.iter().all(plain)
        && !slips::is_odd(&words)
        && !head
        && !version
        && !name.starts_with('#')
        && !name.starts_with("//")
    {
        return name.to_owned();
    }
    quoted(name)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The name of an operation or message; the words that may stand before it are not taken for it.
fn part_text(name: &str) -> String {
    let choices = INTERACTION_KINDS.iter().map(|(word, _)| word).chain(TRANSPORTS.iter().map(|(word, _)| word));
    if choices.into_iter().any(|word| *word == name) { format!("\"{name}\"") } else { quote(name) }
}

fn print_connect(f: &mut Formatter<'_>, connect: &Connect) -> fmt::Result {
    list(f, &connect.from)?;
    f.write_str(" -> ")?;
    list(f, &connect.to)?;
    let kind = connect.kind.as_ref().map(|said| word_of(&INTERACTION_KINDS, &said.value));
    let transport = connect.transport.as_ref().map(|said| word_of(&TRANSPORTS, &said.value));
    let part = connect.part.as_ref().map(|part| part_text(&part.value));
    words(f, [kind, transport, part.as_deref()])?;
    tail(f, &connect.tail)
}

/// Words behind a colon, if there are any.
fn words<const N: usize>(f: &mut Formatter<'_>, words: [Option<&str>; N]) -> fmt::Result {
    let words: Vec<&str> = words.into_iter().flatten().collect();
    if words.is_empty() { Ok(()) } else { write!(f, " : {}", words.join(" ")) }
}

fn print_publish(f: &mut Formatter<'_>, publish: &Publish) -> fmt::Result {
    write!(f, "{} => {}", quote(&publish.from.value), quote(&publish.message.value))?;
    if !publish.to.is_empty() {
        f.write_str(" => ")?;
        list(f, &publish.to)?;
    }
    tail(f, &publish.tail)
}

fn print_access(f: &mut Formatter<'_>, access: &Access) -> fmt::Result {
    list(f, &access.systems)?;
    write!(f, " {} ", word_of(&VERBS, &access.verb))?;
    refs(f, &access.data)?;
    match &access.through {
        Some(Through::Contract(name)) => clause(f, "via", Some(name)),
        Some(Through::Store(name)) => clause(f, "in", Some(name)),
        None => Ok(()),
    }
}

fn print_systems(f: &mut Formatter<'_>, systems: &Systems) -> fmt::Result {
    list(f, &systems.names)?;
    let kind = systems.kind.as_ref().map(|said| word_of(&SYSTEM_KINDS, &said.value));
    let role = systems.role.as_ref().map(|said| word_of(&SYSTEM_ROLES, &said.value));
    let criticality = systems.criticality.as_ref().map(|said| word_of(&CRITICALITIES, &said.value));
    let stage = systems.stage.as_ref().map(|said| word_of(&STAGES, &said.value));
    words(f, [kind, role, criticality, stage])?;
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
        Trait::Stage(stage) => word_of(&STAGES, &stage),
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
