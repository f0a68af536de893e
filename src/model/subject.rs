//! What can be spoken about: a record, or a part of a contract.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{
    BadKey, Field, Id, Key, Misfit, Part, PartKind, PartName, Parts, Said, Shape, Shown, Slug, Tabled,
    shape::{parse_from, set_text},
};

/// A record, or a version, operation or message of a contract: `system:orders`, `message:orders-events/OrderPlaced`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// The record.
    pub key: Key,
    /// The part of it, where it is a contract.
    pub part: Option<(PartKind, PartName)>,
}

impl Subject {
    /// A part of a contract.
    pub fn part(kind: PartKind, part: &Part) -> Self {
        Self { key: part.contract.key(), part: Some((kind, part.name.clone())) }
    }

    /// The word for its kind: `system`, `message`.
    pub fn kind_word(&self) -> &'static str {
        self.part.as_ref().map_or(self.key.kind.word(), |(kind, _)| kind.word())
    }

    /// Its id: `orders`, or `orders-events/OrderPlaced`.
    pub fn id(&self) -> String {
        match &self.part {
            None => self.key.slug.to_string(),
            Some((_, name)) => format!("{}/{name}", self.key.slug),
        }
    }

    /// How a sentence names it: `system "orders"`, `version "v2" of contract "orders-api"`.
    pub fn phrase(&self) -> String {
        let record = format!("{} \"{}\"", self.key.kind.phrase(), self.key.slug);
        match &self.part {
            None => record,
            Some((kind, name)) => format!("{kind} \"{name}\" of {record}"),
        }
    }
}

impl From<Key> for Subject {
    fn from(key: Key) -> Self {
        Self { key, part: None }
    }
}

impl<T: Tabled> From<&Id<T>> for Subject {
    fn from(id: &Id<T>) -> Self {
        id.key().into()
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind_word(), self.id())
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Subject {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let (word, id) = text.split_once(':').unwrap_or((text, ""));
        let Some(kind) = PartKind::ALL.iter().find(|kind| kind.word() == word) else {
            return Ok(Key::from_str(text)?.into());
        };
        let part: Part = id.parse().map_err(|_| BadKey::Kind(text.to_owned()))?;
        Ok(Self::part(*kind, &part))
    }
}

impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl Field for Subject {
    fn show(&self) -> Shown {
        if self.part.is_some() { Shown::Text(self.id()) } else { Shown::Ref(self.key.clone()) }
    }

    fn shape() -> Shape {
        Shape::Subject
    }

    fn make(parts: &Parts) -> Result<Self, Misfit> {
        parse_from(parts)
    }

    fn set(&mut self, path: &[String], said: &Said) -> Result<(), Misfit> {
        match said {
            // The id says all but the kind, which stays.
            Said::Value(text) if path.is_empty() && *text == self.id() => Ok(()),
            _ => set_text(self, path, said),
        }
    }

    fn references(&self, visit: &mut dyn FnMut(Key)) {
        visit(self.key.clone());
    }

    fn rename(&mut self, from: &Key, to: &Slug) {
        self.key.rename(from, to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_round_trip() {
        for text in ["system:orders", "message:orders-events/OrderPlaced", "version:orders-api/v2"] {
            assert_eq!(text.parse::<Subject>().unwrap().to_string(), text);
        }
        for text in ["orders", "message:orders-events", "system:Orders", ":", "message:/"] {
            assert!(text.parse::<Subject>().is_err(), "{text}");
        }
    }
}
