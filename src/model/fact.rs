//! What is known of a thing: three values, and words for showing them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

use super::{Date, Duration, Id, Key, Kind, Rate, Share, Slug, ids::Tabled, merge::Merging};

/// A fact: not asked yet, asked and there is none, or known.
///
/// In the file it is omitted, `None`, or the value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Fact<T> {
    /// Nobody has asked.
    #[default]
    NotAsked,
    /// Somebody asked, and there is none.
    None,
    /// It is known.
    Known(T),
}

impl<T> Fact<T> {
    /// The value, where it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::NotAsked | Self::None => None,
        }
    }

    /// Whether nobody has asked.
    pub fn is_not_asked(&self) -> bool {
        matches!(self, Self::NotAsked)
    }

    /// Whether somebody asked and there is none.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Whether the value is known.
    pub fn is_known(&self) -> bool {
        matches!(self, Self::Known(_))
    }

    /// Whether the value is known to be this.
    pub fn is(&self, value: &T) -> bool
    where
        T: PartialEq,
    {
        self.known() == Some(value)
    }
}

impl<T> From<T> for Fact<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

impl<T: Serialize> Serialize for Fact<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::NotAsked => Err(ser::Error::custom("a fact that was not asked has no text")),
            Self::None => serializer.serialize_none(),
            Self::Known(value) => serializer.serialize_some(value),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Fact<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::None, Self::Known))
    }
}

/// A value in a form that windows and documents can show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Nobody has asked.
    NotAsked,
    /// There is none.
    None,
    /// A value in words.
    Text(String),
    /// Another record.
    Ref(Key),
    /// Several values.
    List(Vec<Self>),
    /// Named values.
    Group(Vec<(String, Self)>),
}

/// A field of a record: absent or shown, and the references in it.
pub trait Field {
    /// Whether the file leaves it out.
    fn is_absent(&self) -> bool {
        false
    }

    /// Its value, to be shown.
    fn show(&self) -> Shown;

    /// Calls `visit` with each record it refers to.
    fn references(&self, visit: &mut dyn FnMut(Key)) {
        let _ = visit;
    }

    /// Renames each reference to `from`.
    fn rename(&mut self, from: &Key, to: &Slug) {
        let _ = (from, to);
    }

    /// Adds what they made of a value to what we made of it; all three are different.
    fn merge(&mut self, base: &Self, theirs: &Self, merging: &mut Merging<'_>)
    where
        Self: Sized + Clone + PartialEq,
    {
        merging.whole(self, base, theirs);
    }
}

impl<T: Field> Field for Fact<T> {
    fn is_absent(&self) -> bool {
        self.is_not_asked()
    }

    fn show(&self) -> Shown {
        match self {
            Self::NotAsked => Shown::NotAsked,
            Self::None => Shown::None,
            Self::Known(value) => value.show(),
        }
    }

    fn references(&self, visit: &mut dyn FnMut(Key)) {
        if let Self::Known(value) = self {
            value.references(visit);
        }
    }

    fn rename(&mut self, from: &Key, to: &Slug) {
        if let Self::Known(value) = self {
            value.rename(from, to);
        }
    }
}

impl<T: Tabled> Field for Id<T> {
    fn show(&self) -> Shown {
        Shown::Ref(self.key())
    }

    fn references(&self, visit: &mut dyn FnMut(Key)) {
        visit(self.key());
    }

    fn rename(&mut self, from: &Key, to: &Slug) {
        if from.kind == T::KIND && from.slug == *self.slug() {
            *self.slug_mut() = to.clone();
        }
    }
}

impl Field for Key {
    fn show(&self) -> Shown {
        Shown::Ref(self.clone())
    }

    fn references(&self, visit: &mut dyn FnMut(Key)) {
        visit(self.clone());
    }

    fn rename(&mut self, from: &Key, to: &Slug) {
        if self == from {
            self.slug = to.clone();
        }
    }
}

impl<T: Field> Field for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn show(&self) -> Shown {
        if self.is_empty() { Shown::NotAsked } else { Shown::List(self.iter().map(Field::show).collect()) }
    }

    fn references(&self, visit: &mut dyn FnMut(Key)) {
        self.iter().for_each(|item| item.references(visit));
    }

    fn rename(&mut self, from: &Key, to: &Slug) {
        self.iter_mut().for_each(|item| item.rename(from, to));
    }
}

impl<T: Field + Ord + Clone> Field for BTreeSet<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn show(&self) -> Shown {
        if self.is_empty() { Shown::NotAsked } else { Shown::List(self.iter().map(Field::show).collect()) }
    }

    fn references(&self, visit: &mut dyn FnMut(Key)) {
        self.iter().for_each(|item| item.references(visit));
    }

    fn rename(&mut self, from: &Key, to: &Slug) {
        let renamed = |mut item: T| {
            item.rename(from, to);
            item
        };
        *self = std::mem::take(self).into_iter().map(renamed).collect();
    }
}

impl<K: Field + Ord + Clone, V: Field + Clone + PartialEq> Field for BTreeMap<K, V> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn show(&self) -> Shown {
        if self.is_empty() {
            return Shown::NotAsked;
        }
        Shown::Group(self.iter().map(|(key, value)| (name_of(key), value.show())).collect())
    }

    fn references(&self, visit: &mut dyn FnMut(Key)) {
        for (key, value) in self {
            key.references(visit);
            value.references(visit);
        }
    }

    fn rename(&mut self, from: &Key, to: &Slug) {
        let renamed = |(mut key, mut value): (K, V)| {
            key.rename(from, to);
            value.rename(from, to);
            (key, value)
        };
        *self = std::mem::take(self).into_iter().map(renamed).collect();
    }

    fn merge(&mut self, base: &Self, theirs: &Self, merging: &mut Merging<'_>) {
        let keys: BTreeSet<K> = base.keys().chain(self.keys()).chain(theirs.keys()).cloned().collect();
        for key in keys {
            let name = name_of(&key);
            match (self.get_mut(&key), base.get(&key), theirs.get(&key)) {
                (Some(ours), Some(base), Some(theirs)) => merging.inner(&name, ours, base, theirs),
                (_, base, theirs) => {
                    let mut ours = self.remove(&key);
                    merging.optional(&name, &mut ours, base, theirs);
                    if let Some(ours) = ours {
                        self.insert(key, ours);
                    }
                }
            }
        }
    }
}

fn name_of(key: &impl Field) -> String {
    match key.show() {
        Shown::Text(text) => text,
        Shown::Ref(key) => key.slug.to_string(),
        _ => String::new(),
    }
}

impl Field for String {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn show(&self) -> Shown {
        if self.is_empty() { Shown::NotAsked } else { Shown::Text(self.clone()) }
    }
}

/// One or more values: a fact about several things is `None` rather than an empty list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Many<T>(Vec<T>);

impl<T> Many<T> {
    /// The values; `None` if there are none.
    pub fn new(values: Vec<T>) -> Option<Self> {
        if values.is_empty() { None } else { Some(Self(values)) }
    }
}

impl<T> std::ops::Deref for Many<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = Vec::deserialize(deserializer)?;
        Self::new(values).ok_or_else(|| de::Error::custom("an empty list says nothing: write `None` if there are none"))
    }
}

impl<T: Field> Field for Many<T> {
    fn show(&self) -> Shown {
        self.0.show()
    }

    fn references(&self, visit: &mut dyn FnMut(Key)) {
        self.0.references(visit);
    }

    fn rename(&mut self, from: &Key, to: &Slug) {
        self.0.rename(from, to);
    }
}

/// A text that says something: a fact in words is `None` rather than an empty text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    /// The text; `None` if it is blank.
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        if text.trim().is_empty() { None } else { Some(Self(text)) }
    }
}

impl std::ops::Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(text).ok_or_else(|| de::Error::custom("an empty text says nothing: write `None` if there is none"))
    }
}

macro_rules! plain_field {
    ($($name:ty),*) => {$(
        impl Field for $name {
            fn show(&self) -> Shown {
                Shown::Text(self.to_string())
            }
        }
    )*};
}

plain_field!(Duration, Rate, Date, Share, Text, u32, i32);

impl Field for (i32, i32) {
    fn show(&self) -> Shown {
        Shown::Text(format!("{}, {}", self.0, self.1))
    }
}

impl Field for Kind {
    fn show(&self) -> Shown {
        Shown::Text(self.word().to_owned())
    }
}
