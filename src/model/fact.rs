//! What is known of a thing: three values, and words for showing them.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

use super::{
    Date, Duration, Id, Key, Misfit, Parts, Rate, Said, Shape, Share, Slug,
    ids::Tabled,
    merge::Merging,
    shape::{parse, parse_from, set_text},
};

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

    /// What it can hold.
    fn shape() -> Shape
    where
        Self: Sized;

    /// Makes one.
    fn make(parts: &Parts) -> Result<Self, Misfit>
    where
        Self: Sized;

    /// One of which nothing was said yet; `None` where something must be said.
    fn fresh() -> Option<Self>
    where
        Self: Sized,
    {
        None
    }

    /// What stands at a path, to be shown; `None` where there is no such place.
    fn at(&self, path: &[String]) -> Option<Shown> {
        path.is_empty().then(|| self.show())
    }

    /// Says something of it, or of what stands at a path in it. Nothing has changed where that does not fit.
    fn set(&mut self, path: &[String], said: &Said) -> Result<(), Misfit>;

    /// Calls `visit` with each record it refers to.
    fn references(&self, visit: &mut dyn FnMut(Key)) {
        let _ = visit;
    }

    /// Renames each reference to `from`.
    fn rename(&mut self, from: &Key, to: &Slug) {
        let _ = (from, to);
    }

    /// Leaves of two values only that in which they differ, and what they cannot be without.
    fn narrow(&mut self, other: &mut Self)
    where
        Self: Sized,
    {
        let _ = other;
    }

    /// Adds what they made of a value to what we made of it; all three are different.
    fn merge(&mut self, base: &Self, theirs: &Self, merging: &mut Merging<'_>)
    where
        Self: Sized + Clone + PartialEq,
    {
        merging.whole(self, base, theirs);
    }
}

impl<T: Field + Clone + PartialEq> Field for Fact<T> {
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

    fn shape() -> Shape {
        Shape::Fact(Box::new(T::shape()))
    }

    fn make(parts: &Parts) -> Result<Self, Misfit> {
        T::make(parts).map(Self::Known)
    }

    fn fresh() -> Option<Self> {
        Some(Self::NotAsked)
    }

    fn at(&self, path: &[String]) -> Option<Shown> {
        match self {
            _ if path.is_empty() => Some(self.show()),
            Self::Known(value) => value.at(path),
            Self::NotAsked | Self::None => T::shape().at(path).map(|_| Shown::NotAsked),
        }
    }

    fn set(&mut self, path: &[String], said: &Said) -> Result<(), Misfit> {
        match (path, said, &mut *self) {
            ([], Said::NotAsked | Said::Remove, _) => *self = Self::NotAsked,
            ([], Said::None, _) => *self = Self::None,
            (_, _, Self::Known(value)) => {
                value.set(path, said)?;
                if value.is_absent() {
                    *self = Self::NotAsked;
                }
            }
            // Where nobody has asked, nobody has asked for a part of it.
            (_, Said::NotAsked, _) if T::shape().at(path).is_some() => {}
            _ => {
                let value = begun::<T>(path, said)?;
                if !value.is_absent() {
                    *self = Self::Known(value);
                }
            }
        }
        Ok(())
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

    fn merge(&mut self, base: &Self, theirs: &Self, merging: &mut Merging<'_>) {
        match (&mut *self, base, theirs) {
            (Self::Known(ours), Self::Known(base), Self::Known(theirs)) if merging.is_effect() => {
                ours.merge(base, theirs, merging);
            }
            _ => merging.whole(self, base, theirs),
        }
    }
}

/// A value that begins with what is said of it, or of something in it.
fn begun<T: Field>(path: &[String], said: &Said) -> Result<T, Misfit> {
    match (path, said) {
        ([], Said::Value(text)) => return T::make(&Parts::one(text)),
        ([name], Said::Value(text)) if T::fresh().is_none() => return T::make(&Parts::of(name, text)),
        _ => {}
    }
    match (T::fresh(), said) {
        (Some(mut value), _) => value.set(path, said).map(|()| value),
        (None, Said::Add(parts)) if path.is_empty() => T::make(parts),
        (None, _) => {
            let mut value = T::make(&Parts::default())?;
            value.set(path, said).map(|()| value)
        }
    }
}

impl<T: Tabled> Field for Id<T> {
    fn show(&self) -> Shown {
        Shown::Ref(self.key())
    }

    fn shape() -> Shape {
        Shape::Reference(T::KINDS)
    }

    fn make(parts: &Parts) -> Result<Self, Misfit> {
        parse_from(parts)
    }

    fn set(&mut self, path: &[String], said: &Said) -> Result<(), Misfit> {
        set_text(self, path, said)
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

    fn shape() -> Shape {
        Shape::Reference(&[])
    }

    fn make(parts: &Parts) -> Result<Self, Misfit> {
        parse_from(parts)
    }

    fn set(&mut self, path: &[String], said: &Said) -> Result<(), Misfit> {
        set_text(self, path, said)
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

/// What an entry of a map is called.
pub(super) fn name_of(key: &impl Field) -> String {
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

    fn shape() -> Shape {
        Shape::Words
    }

    fn make(parts: &Parts) -> Result<Self, Misfit> {
        Ok(parts.text().unwrap_or_default().to_owned())
    }

    fn set(&mut self, path: &[String], said: &Said) -> Result<(), Misfit> {
        if path.is_empty() && *said == Said::NotAsked {
            self.clear();
            return Ok(());
        }
        set_text(self, path, said)
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

impl<T: Field + Clone + PartialEq> Field for Many<T> {
    // Only while its last value is being taken away: the fact that holds it is then not asked.
    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }

    fn show(&self) -> Shown {
        self.0.show()
    }

    fn shape() -> Shape {
        Vec::<T>::shape()
    }

    fn make(parts: &Parts) -> Result<Self, Misfit> {
        let text = parts.text().unwrap_or_default();
        Self::new(Vec::make(parts)?).ok_or_else(|| Misfit::text(text, &Self::shape()))
    }

    fn fresh() -> Option<Self> {
        Some(Self(Vec::new()))
    }

    fn at(&self, path: &[String]) -> Option<Shown> {
        self.0.at(path)
    }

    fn set(&mut self, path: &[String], said: &Said) -> Result<(), Misfit> {
        self.0.set(path, said)
    }

    fn references(&self, visit: &mut dyn FnMut(Key)) {
        self.0.references(visit);
    }

    fn rename(&mut self, from: &Key, to: &Slug) {
        self.0.rename(from, to);
    }

    fn merge(&mut self, base: &Self, theirs: &Self, merging: &mut Merging<'_>) {
        let before = self.0.clone();
        self.0.merge(&base.0, &theirs.0, merging);
        // Of all that was said nothing is left, and nobody has said that there is none. An empty list would say nothing.
        if self.0.is_empty() {
            self.0 = before;
            merging.lost();
        }
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
    ($($name:ty: $shape:expr, $read:expr;)*) => {$(
        impl Field for $name {
            fn show(&self) -> Shown {
                Shown::Text(self.to_string())
            }

            fn shape() -> Shape {
                $shape
            }

            fn make(parts: &Parts) -> Result<Self, Misfit> {
                parse(parts, $read)
            }

            fn set(&mut self, path: &[String], said: &Said) -> Result<(), Misfit> {
                set_text(self, path, said)
            }
        }
    )*};
}

/// A text without the spaces in it: `200 / s` is as good as `200/s`.
fn close(text: &str) -> String {
    text.split_whitespace().collect()
}

plain_field! {
    Duration: Shape::Duration, |text| close(text).parse().ok();
    Rate: Shape::Rate, |text| close(text).parse().ok();
    Date: Shape::Date, |text| text.trim().parse().ok();
    Share: Shape::Share, |text| format!("{}%", close(text).trim_end_matches('%')).parse().ok();
    Text: Shape::Words, |text| Text::new(text);
    u32: Shape::Count, |text| text.trim().parse().ok();
}

impl Field for (i32, i32) {
    fn show(&self) -> Shown {
        Shown::Text(format!("{}, {}", self.0, self.1))
    }

    fn shape() -> Shape {
        Shape::Written("a place such as 120, 80")
    }

    fn make(parts: &Parts) -> Result<Self, Misfit> {
        parse(parts, |text| {
            let (x, y) = text.split_once(',')?;
            Some((x.trim().parse().ok()?, y.trim().parse().ok()?))
        })
    }

    fn set(&mut self, path: &[String], said: &Said) -> Result<(), Misfit> {
        set_text(self, path, said)
    }
}
