//! What stands where it cannot stand: why, and what to write instead.

use super::reader::Parser;
use crate::{
    entry::{
        Problem,
        ast::{Name, Remove, Statement},
        lex::{Sort, Token},
        print::quote,
        words::{KEYWORDS, SCHEDULES, VERBS},
    },
    file::nearest,
    model::Kind,
};

/// Words by which something is said of systems alone.
const OF_SYSTEMS: [&str; 12] = [
    "@",
    ":",
    "in",
    "tech",
    "fronts",
    "temporary",
    "permanent",
    "planned",
    "active",
    "deprecated",
    "retires",
    "replaced",
];

impl Parser<'_> {
    /// What is wrong with what stands behind a line that could have ended.
    pub(super) fn astray(&self, statement: &Statement) -> Problem {
        let Some(token) = self.peek() else { return self.expected("the line ends too early") };
        let word = self.shown(token);
        let message = match statement {
            Statement::Remove(Remove::Records(what)) => {
                let name = what.last().map(|one| one.name.value.as_str()).unwrap_or_default();
                self.not_taken_back(word, name)
            }
            Statement::Remove(_) => Some(format!(
                "`remove` takes no “{word}”: say by what it carries which one is meant, like \
                 `remove Checkout -> Orders : command PlaceOrder`"
            )),
            Statement::Systems(said) => self.of_systems(word, &said.names),
            Statement::Publish(said) if said.to.is_empty() && word == "->" => Some(format!(
                "who is told of an event stands behind `=>`: {} => {} => …",
                quote(&said.from.value),
                quote(&said.message.value)
            )),
            Statement::Publish(said) if word == "=>" => {
                let names: Vec<String> = said.to.iter().map(|name| quote(&name.value)).collect();
                let more = self.rest().trim_start_matches(word).trim_start();
                Some(format!("all who are told stand behind one `=>`, parted by commas: {}, {more}", names.join(", ")))
            }
            Statement::Connect(said) if word == "=>" && said.part.is_none() => {
                let (from, to) = (said.from.last(), said.to.last());
                let name = |name: Option<&Name>| name.map(|name| quote(&name.value)).unwrap_or_default();
                Some(format!("an event is published with `=>`: write `{} => {} {}`", name(from), name(to), self.rest()))
            }
            Statement::Connect(said) => self.behind_arrow(word, said.to.last()),
            Statement::Publish(said) => self.behind_arrow(word, said.to.last()),
            Statement::Records(said) => behind_record(said.kind, word, said.names.last()),
            Statement::Rename(_) => Some(format!("the new name ends before “{word}”: {}", in_marks(word))),
            Statement::Profile(_)
            | Statement::Own(_)
            | Statement::Run(_)
            | Statement::Provide(_)
            | Statement::Access(_) => self.own_line(word, self.subject_name()),
        };
        match message {
            Some(message) => Problem::new(token.at.clone(), message),
            None => self.unexpected(),
        }
    }

    pub(super) fn shown(&self, token: &Token<'_>) -> &str {
        self.line.get(token.at.clone()).unwrap_or_default()
    }

    /// The name with which the line begins.
    pub(super) fn subject_name(&self) -> &str {
        let end = self.tokens.iter().find(|token| !super::reader::is_name_word(token) && token.sort != Sort::Quoted);
        end.and_then(|token| self.line.get(..token.at.start)).unwrap_or(self.line).trim()
    }

    /// What is left of the line, as one may write it behind another name.
    fn rest(&self) -> &str {
        let from = self.peek().map_or(self.line.len(), |token| token.at.start);
        self.line.get(from..).unwrap_or_default().trim()
    }

    /// Another thing is said, which takes a line of its own.
    fn own_line(&self, word: &str, name: &str) -> Option<String> {
        let said = OF_SYSTEMS.contains(&word) || is_verb(word) || matches!(word, "->" | "=>");
        said.then(|| format!("one line says one thing: write `{name} {}` as a line of its own", self.rest()))
    }

    fn of_systems(&self, word: &str, names: &[Name]) -> Option<String> {
        let name = names.last().map(|name| quote(&name.value)).unwrap_or_default();
        let second = |what: &str| Some(format!("this is the second {what}: a system has one"));
        match word {
            "," => Some("what a system is stands behind the colon without commas, its names before it".to_owned()),
            "@" => second("domain"),
            "in" => second("boundary"),
            "tech" => second("technology"),
            "fronts" => Some("what it stands before is said once: part the names by commas".to_owned()),
            "replaced" => second("successor"),
            "planned" | "active" | "deprecated" | "retires" => second(&format!("date behind `{word}`")),
            "temporary" | "permanent" => Some("it is either temporary or permanent".to_owned()),
            "by" => Some(format!("what takes over stands behind `replaced by`: `{name} replaced {}`", self.rest())),
            "version" => Some(format!("versions are of contracts: write `{name} provides orders-api v2`")),
            "via" => {
                Some(format!("`via` says through what something leads: write `Checkout -> {name} {}`", self.rest()))
            }
            word if SCHEDULES.contains(&word) || word == "every" => Some(format!(
                "when something runs is said of what leads to a system: `ERP -> {name} : file {}`",
                self.rest()
            )),
            word if is_verb(word) || matches!(word, "->" | "=>") => self.own_line(word, &name),
            _ => None,
        }
    }

    fn behind_arrow(&self, word: &str, to: Option<&Name>) -> Option<String> {
        let name = to.map(|name| quote(&name.value)).unwrap_or_default();
        match word {
            "->" | "=>" => {
                Some(format!("one line leads one step: write `{name} {}` as a line of its own", self.rest()))
            }
            ":" => Some("one colon is enough: all that it means stands behind the first".to_owned()),
            "," => Some("a comma parts the names of systems, and here none may follow".to_owned()),
            "profile" => Some("this is the second profile: it takes one".to_owned()),
            word if SCHEDULES.contains(&word) || word == "every" => {
                Some("this is the second schedule: what runs twice is two lines".to_owned())
            }
            word if OF_SYSTEMS.contains(&word) => Some(format!(
                "“{word}” says something of a system: write `{name} {}` as a line of its own",
                self.rest()
            )),
            word if is_verb(word) => self.own_line(word, &name),
            _ => None,
        }
    }

    /// What a line with `remove` cannot take back: what holds instead is said.
    fn not_taken_back(&self, word: &str, name: &str) -> Option<String> {
        let name = quote(name);
        let instead = match word {
            "owns" => format!("say who owns it instead, like `Billing {}`", self.rest()),
            "runs" => format!("say who runs it instead, like `Payments {}`", self.rest()),
            "provides" => format!("say who provides it instead, like `Billing {}`", self.rest()),
            "profile" => format!("say which one it takes instead, like `{name} profile internal-rest`"),
            "@" => format!("say where it belongs instead, like `{name} @ Sales`"),
            "in" => format!("say where it stands instead, like `{name} in internal`"),
            ":" => format!("say what it is instead, like `{name} : service`"),
            "planned" | "active" | "deprecated" | "retires" => {
                format!("say another date, like `{name} {word} 2027-06-30`")
            }
            "tech" | "fronts" | "temporary" | "permanent" | "replaced" => "say what holds instead".to_owned(),
            "via" => "name what leads there before it, like `remove Checkout -> Orders`".to_owned(),
            _ => return None,
        };
        let what = if word == "via" { "`remove` takes no “via”" } else { "that is not taken back by `remove`" };
        Some(format!("{what}: {instead}"))
    }

    /// What begins a line that must begin with a name.
    pub(super) fn nameless(&self) -> Problem {
        let Some(token) = self.peek() else { return self.missing("a name") };
        let word = self.shown(token);
        let message = match token.sort {
            Sort::Comma => "a name is missing before the comma".to_owned(),
            Sort::Word => format!("a line begins with a name: write who or what before “{word}”; {}", in_marks(word)),
            _ => format!("a line begins with a name: write one before “{word}”, like `Checkout {}`", self.rest()),
        };
        Problem::new(token.at.clone(), message)
    }

    pub(super) fn unexpected(&self) -> Problem {
        let Some(token) = self.peek() else { return self.expected("the line ends too early") };
        let shown = self.shown(token);
        let after = self.next.checked_sub(1).and_then(|at| self.tokens.get(at));
        let after = after.map(|token| format!(" behind “{}”", self.shown(token))).unwrap_or_default();
        let message = format!("“{shown}” cannot stand{after}");
        match token.sort {
            Sort::Word if !KEYWORDS.contains(&&*token.text) => {
                Problem::new(token.at.clone(), message).suggesting(nearest(shown, KEYWORDS))
            }
            Sort::Word => Problem::new(token.at.clone(), format!("{message}; {}", in_marks(shown))),
            Sort::Quoted => {
                Problem::new(token.at.clone(), format!("{message}: a keyword or a sign is missing before it"))
            }
            _ => Problem::new(token.at.clone(), message),
        }
    }
}

/// How a word is written that is meant as part of a name.
pub(super) fn in_marks(word: &str) -> String {
    format!("where “{word}” is part of a name, that stands in quotation marks")
}

fn is_verb(word: &str) -> bool {
    matches!(word, "owns" | "provides" | "runs" | "profile") || VERBS.iter().any(|(verb, _)| *verb == word)
}

/// What is not said of records other than systems.
fn behind_record(kind: Kind, word: &str, name: Option<&Name>) -> Option<String> {
    let name = name.map(|name| quote(&name.value)).unwrap_or_default();
    let example = match (kind, word) {
        (Kind::Domain | Kind::Boundary, "@" | "in") => {
            let (sign, other) = if kind == Kind::Domain { ("@", "Sales") } else { ("in", "internal") };
            if (sign == word) || kind == Kind::Domain && word == "@" {
                return Some(format!("this is the second {}: it stands in one", kind.phrase()));
            }
            return Some(format!(
                "what a {} stands in is said with “{sign}”: `{} {name} {sign} {other}`",
                kind.phrase(),
                kind.word()
            ));
        }
        (Kind::Entity, "@" | "in" | "->" | "=>") => format!("Orders owns {name} in orders-db"),
        (Kind::Entity, "tech") | (Kind::Store, "in" | "@" | "tech") => format!("Orders owns store {name}"),
        (Kind::Contract, _) => format!("Orders provides {name} v2"),
        (Kind::Team, _) => format!("{name} runs Orders"),
        (Kind::Profile, _) => format!("PlaceOrder profile {name}"),
        (Kind::Boundary, _) => format!("Orders in {name}"),
        (Kind::Domain, "runs") => return Some("what runs others is a team".to_owned()),
        _ => return None,
    };
    let a = if kind == Kind::Entity { "an" } else { "a" };
    Some(format!("“{word}” is not said of {a} {}: a line may say `{example}`", kind.phrase()))
}
