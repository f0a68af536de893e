//! The two shapes that the vocabulary is made of: structures of fields, and choices of words.
//!
//! One macro writes a structure together with its serde attributes and its [`Field`](super::fact::Field)
//! visitor, so that what is saved, what is shown, what refers and what is renamed cannot drift apart.

/// A structure: `required` fields must be in the file, `facts` may be left out.
macro_rules! fields {
    (
        $(#[$meta:meta])*
        $name:ident {
            required { $( $(#[doc = $rdoc:literal])* $req:ident : $rty:ty, )* }
            facts { $( $(#[doc = $fdoc:literal])* $fact:ident : $fty:ty, )* }
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $( $(#[doc = $rdoc])* pub $req: $rty, )*
            $(
                $(#[doc = $fdoc])*
                #[serde(default, skip_serializing_if = "crate::model::fact::Field::is_absent")]
                pub $fact: $fty,
            )*
        }

        impl $name {
            /// With the required fields, and nothing asked yet.
            #[allow(clippy::new_without_default, reason = "structures without required fields derive Default below")]
            pub fn new($( $req: impl Into<$rty> ),*) -> Self {
                Self { $( $req: $req.into(), )* $( $fact: <$fty>::default(), )* }
            }

            /// What it must have, and nothing asked yet.
            pub fn bare(&self) -> Self {
                Self { $( $req: self.$req.clone(), )* $( $fact: <$fty>::default(), )* }
            }

            /// What its fields can hold, in the order of the file.
            pub fn slots() -> Vec<crate::model::Slot> {
                use crate::model::{Slot, fact::Field, macros::{about, spoken}};
                vec![
                    $( Slot {
                        name: stringify!($req),
                        about: about(&[$($rdoc),*]),
                        required: true,
                        shape: spoken(stringify!($req), <$rty>::shape()),
                    }, )*
                    $( Slot {
                        name: stringify!($fact),
                        about: about(&[$($fdoc),*]),
                        required: false,
                        shape: spoken(stringify!($fact), <$fty>::shape()),
                    }, )*
                ]
            }

            /// The names of its fields, in the order of the file.
            pub const FIELDS: &'static [&'static str] = &[$( stringify!($req), )* $( stringify!($fact), )*];

            /// Its fields by name, in the order of the file.
            pub fn fields(&self) -> Vec<(&'static str, &dyn crate::model::fact::Field)> {
                vec![
                    $( (stringify!($req), &self.$req as &dyn crate::model::fact::Field), )*
                    $( (stringify!($fact), &self.$fact as &dyn crate::model::fact::Field), )*
                ]
            }
        }

        impl $name {
            const REQUIRED: usize = <[&str]>::len(&[$( stringify!($req) ),*]);
        }

        impl crate::model::fact::Field for $name {
            fn is_absent(&self) -> bool {
                Self::REQUIRED == 0 && self.fields().iter().all(|(_, field)| field.is_absent())
            }

            fn show(&self) -> crate::model::fact::Shown {
                let fields = self.fields();
                let shown = fields.into_iter().filter(|(_, field)| !field.is_absent());
                crate::model::fact::Shown::Group(shown.map(|(name, field)| (name.to_owned(), field.show())).collect())
            }

            fn shape() -> crate::model::Shape {
                crate::model::Shape::Group(Self::slots)
            }

            fn make(parts: &crate::model::Parts) -> Result<Self, crate::model::Misfit> {
                #[allow(unused_mut, reason = "structures may have no facts")]
                let mut made = Self {
                    $( $req: parts.field(stringify!($req), Self::REQUIRED)?, )*
                    $( $fact: <$fty>::default(), )*
                };
                $( if let Some(part) = parts.under(stringify!($fact)) {
                    made.$fact = crate::model::fact::Field::make(&part)?;
                } )*
                Ok(made)
            }

            fn fresh() -> Option<Self> {
                if Self::REQUIRED == 0 { Self::make(&crate::model::Parts::default()).ok() } else { None }
            }

            fn at(&self, path: &[String]) -> Option<crate::model::fact::Shown> {
                let Some((name, rest)) = path.split_first() else { return Some(self.show()) };
                self.fields().into_iter().find(|(field, _)| field == name)?.1.at(rest)
            }

            fn set(&mut self, path: &[String], said: &crate::model::Said) -> Result<(), crate::model::Misfit> {
                use crate::model::{Misfit, Said};
                match (path.split_first(), said) {
                    (Some((name, rest)), _) => match name.as_str() {
                        $( stringify!($req) => {
                            let before = self.$req.clone();
                            self.$req.set(rest, said)?;
                            if self.$req.is_absent() && !before.is_absent() {
                                self.$req = before;
                                return Err(Misfit::Needed(stringify!($req)));
                            }
                            Ok(())
                        } )*
                        $( stringify!($fact) => self.$fact.set(rest, said), )*
                        _ => Err(Misfit::Nowhere(name.clone())),
                    },
                    (None, Said::NotAsked) => {
                        *self = self.bare();
                        Ok(())
                    }
                    $( (None, Said::Value(_)) if Self::REQUIRED == 1 => self.$req.set(&[], said), )*
                    (None, _) => Err(Misfit::Unfit(Self::shape().expects())),
                }
            }

            fn references(&self, visit: &mut dyn FnMut(crate::model::Key)) {
                for (_, field) in self.fields() {
                    field.references(visit);
                }
            }

            fn rename(&mut self, from: &crate::model::Key, to: &crate::model::Slug) {
                $( self.$req.rename(from, to); )*
                $( self.$fact.rename(from, to); )*
            }

            fn narrow(&mut self, other: &mut Self) {
                $( if self.$fact == other.$fact {
                    self.$fact = <$fty>::default();
                    other.$fact = <$fty>::default();
                } else {
                    crate::model::fact::Field::narrow(&mut self.$fact, &mut other.$fact);
                } )*
                let _ = other;
            }

            fn merge(&mut self, base: &Self, theirs: &Self, merging: &mut crate::model::merge::Merging<'_>) {
                $( merging.inner(stringify!($req), &mut self.$req, &base.$req, &theirs.$req); )*
                $( merging.inner(stringify!($fact), &mut self.$fact, &base.$fact, &theirs.$fact); )*
            }
        }
    };
}

/// A structure all of whose fields may be left out.
macro_rules! facts {
    ( $(#[$meta:meta])* $name:ident { $( $(#[doc = $fdoc:literal])* $fact:ident : $fty:ty, )* } ) => {
        crate::model::macros::fields! {
            $(#[$meta])*
            #[derive(Default)]
            $name { required {} facts { $( $(#[doc = $fdoc])* $fact: $fty, )* } }
        }
    };
}

/// A choice of words.
macro_rules! choice {
    ( $(#[$meta:meta])* $name:ident { $( $(#[doc = $vdoc:literal])* $variant:ident = $word:literal, )* } ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $( $(#[doc = $vdoc])* $variant, )* }

        impl $name {
            /// Every choice, in order.
            pub const ALL: &'static [Self] = &[$( Self::$variant ),*];

            /// Every choice in words, with what it means.
            pub const WORDS: &'static [crate::model::Word] = &[$( crate::model::Word {
                word: $word,
                about: crate::model::macros::trimmed(concat!($($vdoc),*)),
            } ),*];

            /// The choice in words.
            pub fn word(self) -> &'static str {
                match self { $( Self::$variant => $word, )* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }

        impl crate::model::fact::Field for $name {
            fn show(&self) -> crate::model::fact::Shown {
                crate::model::fact::Shown::Text(self.word().to_owned())
            }

            fn shape() -> crate::model::Shape {
                if Self::ALL.len() == 1 { crate::model::Shape::Yes } else { crate::model::Shape::Choice(Self::WORDS) }
            }

            fn make(parts: &crate::model::Parts) -> Result<Self, crate::model::Misfit> {
                crate::model::shape::parse(parts, |text| {
                    Self::ALL.get(crate::model::shape::chosen(Self::WORDS, text)?).copied()
                })
            }

            fn fresh() -> Option<Self> {
                Self::ALL.first().copied()
            }

            fn set(&mut self, path: &[String], said: &crate::model::Said) -> Result<(), crate::model::Misfit> {
                crate::model::shape::set_text(self, path, said)
            }
        }
    };
}

/// The part of a field's visitor that concerns what is said of it, for a value that has one of several forms: a word
/// that says it all, or a word with something behind it.
macro_rules! forms {
    (
        words { $( $unit:ident = $uword:literal $uabout:literal, )* }
        held { $( $held:ident($inner:ty) = $hword:literal $habout:literal, )* }
        plain $plain:expr
    ) => {
        fn shape() -> crate::model::Shape {
            use crate::model::Variant;
            crate::model::Shape::OneOf(|| vec![
                $( Variant { word: $uword, about: $uabout, inner: None }, )*
                $( Variant { word: $hword, about: $habout, inner: Some(<$inner>::shape()) }, )*
            ])
        }

        fn make(parts: &crate::model::Parts) -> Result<Self, crate::model::Misfit> {
            $( if let Some(inner) = parts.under($hword) {
                return Ok(Self::$held(<$inner>::make(&inner)?));
            } )*
            crate::model::shape::parse(parts, |text| {
                let text = text.trim();
                $( if text.eq_ignore_ascii_case($uword) {
                    return Some(Self::$unit);
                } )*
                $( if let Some(rest) = crate::model::shape::after(text, $hword) {
                    return <$inner>::make(&crate::model::Parts::one(rest)).ok().map(Self::$held);
                } )*
                let plain: fn(&str) -> Option<Self> = $plain;
                plain(text)
            })
        }

        fn at(&self, path: &[String]) -> Option<crate::model::fact::Shown> {
            let Some((word, rest)) = path.split_first() else { return Some(self.show()) };
            match self {
                $( Self::$held(inner) if word == $hword => inner.at(rest), )*
                _ => Self::shape().at(path).map(|_| crate::model::fact::Shown::NotAsked),
            }
        }

        fn set(&mut self, path: &[String], said: &crate::model::Said) -> Result<(), crate::model::Misfit> {
            use crate::model::{Misfit, Parts, Said};
            let Some((word, rest)) = path.split_first() else {
                return crate::model::shape::set_text(self, path, said);
            };
            match (&mut *self, said) {
                $( (Self::$held(inner), _) if word == $hword => {
                    let before = inner.clone();
                    inner.set(rest, said)?;
                    if inner.is_absent() && !before.is_absent() {
                        *inner = before;
                        return Err(Misfit::Needed("something"));
                    }
                } )*
                $( (_, Said::Value(text)) if word == $hword && rest.is_empty() => {
                    *self = Self::$held(<$inner>::make(&Parts::one(text))?);
                } )*
                $( (_, Said::Add(parts)) if word == $hword && rest.is_empty() => {
                    *self = Self::$held(<$inner>::make(parts)?);
                } )*
                _ => return Err(Misfit::Nowhere(word.clone())),
            }
            Ok(())
        }
    };
}

/// The words above a field, as one text.
pub(super) const fn trimmed(text: &'static str) -> &'static str {
    text.trim_ascii()
}

/// The first line above a field.
pub(super) fn about(lines: &[&'static str]) -> &'static str {
    lines.first().map_or("", |line| trimmed(line))
}

/// Fields that hold sentences.
const PROSE: [&str; 5] = ["description", "context", "consequences", "reason", "why"];

/// The shape of a field by its name: some texts are sentences.
pub(super) fn spoken(name: &str, shape: super::Shape) -> super::Shape {
    use super::Shape;
    match shape {
        Shape::Words if PROSE.contains(&name) => Shape::Prose,
        Shape::Fact(inner) => Shape::Fact(Box::new(spoken(name, *inner))),
        other => other,
    }
}

pub(super) use {choice, facts, fields, forms};
