//! What a field can hold, where it is, and what can be said of it.
//!
//! Shapes are derived from the vocabulary by the macros that write it, so that a window that edits facts and the model
//! that holds them cannot drift apart. Groups are made when they are asked for: a shape that holds itself ends.

use std::{collections::BTreeMap, fmt, str::FromStr};

use super::{Date, Field, Kind};

/// What a field can hold.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A short text.
    Words,
    /// A text of sentences.
    Prose,
    /// A name within a contract: of a version, operation or message.
    Name,
    /// One of a few words.
    Choice(&'static [Word]),
    /// It is so; that it is not so is the fact's own *none*.
    Yes,
    /// A day.
    Date,
    /// A span of time.
    Duration,
    /// A count per time.
    Rate,
    /// A share of one.
    Share,
    /// A number.
    Count,
    /// A text with a form of its own, and an example of it.
    Written(&'static str),
    /// A record of one of these kinds; of any, if there are none. Of one kind it is its id, else its key.
    Reference(&'static [Kind]),
    /// A part of a contract: `orders-api/PlaceOrder`.
    Part,
    /// A record, or a part of a contract with its kind.
    Subject,
    /// A whole record, as it is planned.
    Record,
    /// Not asked, none, or this.
    Fact(Box<Self>),
    /// Several of these, by their places: `0`, `1`.
    List(Box<Self>),
    /// These by name: what the name is, and what stands under it.
    Map(Box<Self>, Box<Self>),
    /// Fields by name.
    Group(fn() -> Vec<Slot>),
    /// One of these: a word, and what belongs to it.
    OneOf(fn() -> Vec<Variant>),
}

/// A word to choose, and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub word: &'static str,
    /// What it means, as a sentence.
    pub about: &'static str,
}

/// A field of a structure.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Its name in the file.
    pub name: &'static str,
    /// What it means, as a sentence.
    pub about: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What it can hold.
    pub shape: Shape,
}

/// One of several forms of a value.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its word, which is also its name in a path.
    pub word: &'static str,
    /// What it means, as a sentence.
    pub about: &'static str,
    /// What belongs to it; `None` where the word says it all.
    pub inner: Option<Shape>,
}

impl Shape {
    /// Whether nobody may have asked, and there may be none.
    pub fn is_fact(&self) -> bool {
        matches!(self, Self::Fact(_))
    }

    /// What a fact holds, where it is one.
    pub fn inner(&self) -> &Self {
        if let Self::Fact(inner) = self { inner } else { self }
    }

    /// Whether it is told in one text: no group, no list of groups, no record.
    pub fn is_plain(&self) -> bool {
        match self.inner() {
            Self::Map(..) | Self::Group(_) | Self::OneOf(_) | Self::Record => false,
            Self::List(item) => item.is_plain(),
            _ => true,
        }
    }

    /// What stands at a path.
    pub fn at(&self, path: &[String]) -> Option<Self> {
        let Some((name, rest)) = path.split_first() else { return Some(self.clone()) };
        match self.inner() {
            Self::List(item) => name.parse::<usize>().ok().and_then(|_| item.at(rest)),
            Self::Map(_, value) => value.at(rest),
            Self::Group(slots) => slots().into_iter().find(|slot| slot.name == name)?.shape.at(rest),
            Self::OneOf(variants) => variants().into_iter().find(|v| v.word == name)?.inner?.at(rest),
            _ => None,
        }
    }

    /// What is expected, with an example.
    pub fn expects(&self) -> String {
        match self {
            Self::Words | Self::Prose => "a text".to_owned(),
            Self::Name => "a name of letters, digits, `-`, `_` and `.`, such as PlaceOrder or v2".to_owned(),
            Self::Choice(words) => one_of(words.iter().map(|word| word.word)),
            Self::Yes => "yes".to_owned(),
            Self::Date => "a date such as 2027-06-30".to_owned(),
            Self::Duration => "a duration such as 800ms, 5s, 15min, 8h or 90d".to_owned(),
            Self::Rate => "a rate such as 200/s or 5000/h".to_owned(),
            Self::Share => "a share such as 99.9%".to_owned(),
            Self::Count => "a number such as 3".to_owned(),
            Self::Written(example) => (*example).to_owned(),
            Self::Reference([kind]) => format!("the name of a {}", kind.phrase()),
            Self::Reference(_) => "an element, such as system:orders".to_owned(),
            Self::Part => "a part of a contract, such as orders-api/PlaceOrder".to_owned(),
            Self::Subject => "an element, such as system:orders or message:orders-events/OrderPlaced".to_owned(),
            Self::Record => "a record".to_owned(),
            Self::Fact(inner) => inner.expects(),
            Self::List(item) => format!("{}; several of them with commas between", item.expects()),
            Self::Map(..) | Self::Group(_) => "fields of its own".to_owned(),
            Self::OneOf(variants) => one_of(variants().iter().map(|variant| variant.word)),
        }
    }
}

fn one_of<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.collect();
    match words.as_slice() {
        [] => "nothing".to_owned(),
        [only] => (*only).to_owned(),
        [more @ .., last] => format!("{} or {last}", more.join(", ")),
    }
}

/// Where a fact stands in a record: names of fields, names of entries, places in lists, words of variants.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(pub Vec<String>);

impl Path {
    /// This path, and one step further.
    pub fn then(&self, name: impl fmt::Display) -> Self {
        let mut steps = self.0.clone();
        steps.push(name.to_string());
        Self(steps)
    }

    /// The path that this one is a step beyond.
    pub fn parent(&self) -> Self {
        Self(self.0.split_last().map_or_else(Vec::new, |(_, rest)| rest.to_vec()))
    }

    /// Its last step.
    pub fn last(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }
}

impl From<&str> for Path {
    /// Steps with slashes between: `resilience/timeout`.
    fn from(text: &str) -> Self {
        Self(text.split('/').filter(|step| !step.is_empty()).map(str::to_owned).collect())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.join("/"))
    }
}

/// What is said of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// That nobody has asked; of a list, that nothing is in it.
    NotAsked,
    /// That there is none.
    None,
    /// What it is, in words. A list takes several: a line each, or with commas between (semicolons, where texts may
    /// hold commas).
    Value(String),
    /// One more item of a list or entry of a map.
    Add(Parts),
    /// That an item or an entry goes.
    Remove,
    /// That an item stands at another place of its list.
    Move(usize),
    /// That an entry of a map is called otherwise.
    Rename(String),
}

impl Said {
    /// What a person means who types this into the field of a shape: nothing is *not asked*, `none` is *none*.
    pub fn typed(text: &str, shape: &Shape) -> Self {
        let text = text.trim();
        let is = |word: &str| text.eq_ignore_ascii_case(word);
        let word = |words: &[Word]| words.iter().any(|word| is(word.word));
        match shape {
            _ if text.is_empty() => Self::NotAsked,
            Shape::Fact(inner) => match &**inner {
                Shape::Choice(words) if word(words) => Self::Value(text.to_owned()),
                Shape::Yes if is("no") => Self::None,
                _ if is("none") => Self::None,
                _ if is("not asked") => Self::NotAsked,
                inner => Self::Value(as_written(text, inner)),
            },
            _ => Self::Value(as_written(text, shape)),
        }
    }

    /// One more item that one text tells.
    pub fn add(text: impl Into<String>) -> Self {
        Self::Add(Parts::one(text))
    }
}

/// A value as files write it: people write days in several ways.
fn as_written(text: &str, shape: &Shape) -> String {
    let day = matches!(shape, Shape::Date).then(|| Date::typed(text)).flatten();
    day.map_or_else(|| text.to_owned(), |day| day.to_string())
}

/// What a new value is made of: texts by the names of its required fields. The name of a map's entry, and what is told in
/// one text, have no name; the value of an entry that is told in one text is `value`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts(pub BTreeMap<String, String>);

impl Parts {
    /// One text.
    pub fn one(text: impl Into<String>) -> Self {
        Self::of("", text)
    }

    /// One text under a name.
    pub fn of(name: &str, text: impl Into<String>) -> Self {
        Self([(name.to_owned(), text.into())].into())
    }

    /// These, and one more.
    pub fn with(mut self, name: &str, text: impl Into<String>) -> Self {
        self.0.insert(name.to_owned(), text.into());
        self
    }

    /// The text without a name.
    pub(super) fn text(&self) -> Option<&str> {
        self.0.get("").map(String::as_str)
    }

    /// A field of a structure; where it is the only one that must be there, a text without a name is enough.
    pub(super) fn field<T: Field>(&self, name: &'static str, required: usize) -> Result<T, Misfit> {
        let unnamed = if required == 1 { self.text() } else { None };
        match self.0.get(name).map(String::as_str).or(unnamed).filter(|text| !text.trim().is_empty()) {
            Some(text) => T::make(&Self::one(text)),
            None => T::fresh().ok_or(Misfit::Needed(name)),
        }
    }

    /// What stands under a name, as parts of their own.
    pub(super) fn under(&self, name: &str) -> Option<Self> {
        self.0.get(name).map(Self::one)
    }

    /// The parts of a map's entry without its name.
    pub(super) fn entry(&self) -> Self {
        let mut rest = self.0.clone();
        rest.remove("");
        if let Some(value) = rest.remove("value") {
            rest.insert(String::new(), value);
        }
        Self(rest)
    }
}

/// Why something cannot be said of a fact, in words for whoever said it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// The text is not what the fact holds.
    #[error("“{text}” does not fit: expected {expected}")]
    Text {
        /// What was said.
        text: String,
        /// What is expected, with an example.
        expected: String,
    },
    /// There is no such field, item or entry.
    #[error("there is no {0} here")]
    Nowhere(String),
    /// It must be there.
    #[error("{} is needed", .0.replace('_', " "))]
    Needed(&'static str),
    /// It cannot go while somebody names it.
    #[error("“{what}” stays: it is used by {by}")]
    InUse {
        /// What was to go.
        what: String,
        /// Who names it.
        by: String,
    },
    /// It cannot be there twice.
    #[error("“{0}” is there already")]
    Twice(String),
    /// That cannot be said of such a field.
    #[error("that cannot be said here: expected {0}")]
    Unfit(String),
}

impl Misfit {
    /// A text that is not what a shape holds.
    pub fn text(text: &str, shape: &Shape) -> Self {
        Self::Text { text: text.to_owned(), expected: shape.expects() }
    }
}

/// Sets a value that one text tells.
pub(super) fn set_text<T: Field>(value: &mut T, path: &[String], said: &Said) -> Result<(), Misfit> {
    match (path, said) {
        ([], Said::Value(text)) => *value = T::make(&Parts::one(text))?,
        ([], _) => return Err(Misfit::Unfit(T::shape().expects())),
        ([name, ..], _) => return Err(Misfit::Nowhere(name.clone())),
    }
    Ok(())
}

/// Makes a value from the one text that tells it.
pub(super) fn parse<T: Field>(parts: &Parts, read: impl Fn(&str) -> Option<T>) -> Result<T, Misfit> {
    let text = parts.text().unwrap_or_default();
    read(text).ok_or_else(|| Misfit::text(text, &T::shape()))
}

/// As [`parse`], with the text's own form; space around it does not matter.
pub(super) fn parse_from<T: Field + FromStr>(parts: &Parts) -> Result<T, Misfit> {
    parse(parts, |text| text.trim().parse().ok())
}

/// The word of a choice that a text means, by its place.
pub(super) fn chosen(words: &[Word], text: &str) -> Option<usize> {
    let text = text.trim();
    words
        .iter()
        .position(|word| word.word == text)
        .or_else(|| words.iter().position(|word| word.word.to_lowercase() == text.to_lowercase()))
}

/// What stands behind a word: `copy in orders-db`, `anonymous by design (because)`.
pub(super) fn after<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let head = text.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
    let rest = text.get(head.len()..)?;
    match rest.chars().next()? {
        ' ' | ':' => {
            let rest = rest.trim_start_matches([' ', ':']);
            Some(rest.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(rest))
        }
        _ => None,
    }
}
