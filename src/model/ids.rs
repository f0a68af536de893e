//! Names of things: slugs, typed ids and keys.

use std::{cmp::Ordering, fmt, hash, marker::PhantomData, str::FromStr, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Kind;

/// A name in the file: lower-case letters of any script, digits and single dashes, not at the ends.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Arc<str>);

/// Why a text is no slug.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an id: use lower-case letters, digits and single dashes{}", hint(.text))]
pub struct BadSlug {
    /// The text as it was given.
    pub text: String,
}

fn hint(text: &str) -> String {
    Slug::derive(text).map_or_else(String::new, |slug| format!(", for example `{slug}`"))
}

impl Slug {
    /// Takes a text that is a slug already.
    pub fn new(text: &str) -> Result<Self, BadSlug> {
        let fine = |c: char| c == '-' || c.is_numeric() || (c.is_alphabetic() && !c.is_uppercase());
        let dashes = text.starts_with('-') || text.ends_with('-') || text.contains("--");
        if text.is_empty() || dashes || !text.chars().all(fine) {
            return Err(BadSlug { text: text.to_owned() });
        }
        Ok(Self(text.into()))
    }

    /// Makes a slug from a display name; `None` if the name has no letter and no digit.
    pub fn derive(name: &str) -> Option<Self> {
        let mut slug = String::new();
        for c in name.chars().flat_map(char::to_lowercase) {
            if c.is_alphanumeric() && !c.is_uppercase() {
                slug.push(c);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        Self::new(slug.trim_end_matches('-')).ok()
    }

    /// This slug, or with `-2`, `-3`… behind it the first that is not taken.
    pub fn free(self, taken: impl Fn(&Self) -> bool) -> Self {
        let mut slug = self.clone();
        let mut n = 2_u32;
        while taken(&slug) {
            slug = Self(format!("{self}-{n}").into());
            n += 1;
        }
        slug
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Serialize for Slug {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Slug {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// A kind of record that ids can name.
pub trait Tabled {
    /// Its kind.
    const KIND: Kind;
    /// Its kind alone.
    const KINDS: &'static [Kind] = &[Self::KIND];
}

/// The id of a record of one kind.
pub struct Id<T> {
    slug: Slug,
    kind: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The id with this slug.
    pub fn from_slug(slug: Slug) -> Self {
        Self { slug, kind: PhantomData }
    }

    /// Its slug.
    pub fn slug(&self) -> &Slug {
        &self.slug
    }

    /// Its slug, to be renamed.
    pub(super) fn slug_mut(&mut self) -> &mut Slug {
        &mut self.slug
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        self.slug.as_str()
    }
}

impl<T: Tabled> Id<T> {
    /// The id together with its kind.
    pub fn key(&self) -> Key {
        Key { kind: T::KIND, slug: self.slug.clone() }
    }
}

impl<T> FromStr for Id<T> {
    type Err = BadSlug;

    fn from_str(text: &str) -> Result<Self, BadSlug> {
        Slug::new(text).map(Self::from_slug)
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        Self::from_slug(self.slug.clone())
    }
}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.slug == other.slug
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.slug.cmp(&other.slug)
    }
}

impl<T> hash::Hash for Id<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.slug.hash(state);
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.slug, f)
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.slug, f)
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.slug.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Slug::deserialize(deserializer).map(Self::from_slug)
    }
}

/// The name of any record: its kind and its slug, written `system:orders`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What kind of record it is.
    pub kind: Kind,
    /// Its slug among its kind.
    pub slug: Slug,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.word(), self.slug)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a text names no record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// There is no colon, or no such kind before it.
    #[error("`{0}` does not name a record: write its kind and its id, for example `system:orders`")]
    Kind(String),
    /// What stands behind the colon is no slug.
    #[error(transparent)]
    Slug(#[from] BadSlug),
}

impl FromStr for Key {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let unknown = || BadKey::Kind(text.to_owned());
        let (kind, slug) = text.split_once(':').ok_or_else(unknown)?;
        let kind = Kind::ALL.into_iter().find(|k| k.word() == kind).ok_or_else(unknown)?;
        Ok(Self { kind, slug: Slug::new(slug)? })
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_derived_from_names() {
        let derive = |name| Slug::derive(name).map(|slug| slug.to_string());
        assert_eq!(derive("Order line").as_deref(), Some("order-line"));
        assert_eq!(derive("  SAP / ERP (old) ").as_deref(), Some("sap-erp-old"));
        assert_eq!(derive("Größe").as_deref(), Some("größe"));
        assert_eq!(derive("注文").as_deref(), Some("注文"));
        assert_eq!(derive("--"), None);
    }

    #[test]
    fn bad_slugs_are_refused_with_a_better_one() {
        for text in ["", "A", "a--b", "-a", "a-", "a b", "a_b"] {
            assert!(Slug::new(text).is_err(), "{text}");
        }
        let message = Slug::new("Order DB").unwrap_err().to_string();
        assert!(message.ends_with("for example `order-db`"), "{message}");
    }

    #[test]
    fn keys_round_trip() {
        let key: Key = "system:orders".parse().unwrap();
        assert_eq!(key.to_string(), "system:orders");
        assert!("sistem:orders".parse::<Key>().is_err());
        assert!("orders".parse::<Key>().is_err());
    }
}
