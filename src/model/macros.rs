//! The two shapes that the vocabulary is made of: structures of fields, and choices of words.
//!
//! One macro writes a structure together with its serde attributes and its [`Field`](super::fact::Field)
//! visitor, so that what is saved, what is shown, what refers and what is renamed cannot drift apart.

/// A structure: `required` fields must be in the file, `facts` may be left out.
macro_rules! fields {
    (
        $(#[$meta:meta])*
        $name:ident {
            required { $( $(#[$rdoc:meta])* $req:ident : $rty:ty, )* }
            facts { $( $(#[$fdoc:meta])* $fact:ident : $fty:ty, )* }
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $( $(#[$rdoc])* pub $req: $rty, )*
            $(
                $(#[$fdoc])*
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

        impl crate::model::fact::Field for $name {
            fn is_absent(&self) -> bool {
                const REQUIRED: usize = <[&str]>::len(&[$( stringify!($req) ),*]);
                REQUIRED == 0 && self.fields().iter().all(|(_, field)| field.is_absent())
            }

            fn show(&self) -> crate::model::fact::Shown {
                let fields = self.fields();
                let shown = fields.into_iter().filter(|(_, field)| !field.is_absent());
                crate::model::fact::Shown::Group(shown.map(|(name, field)| (name.to_owned(), field.show())).collect())
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

            fn merge(&mut self, base: &Self, theirs: &Self, merging: &mut crate::model::merge::Merging<'_>) {
                $( merging.inner(stringify!($req), &mut self.$req, &base.$req, &theirs.$req); )*
                $( merging.inner(stringify!($fact), &mut self.$fact, &base.$fact, &theirs.$fact); )*
            }
        }
    };
}

/// A structure all of whose fields may be left out.
macro_rules! facts {
    ( $(#[$meta:meta])* $name:ident { $( $(#[$fdoc:meta])* $fact:ident : $fty:ty, )* } ) => {
        crate::model::macros::fields! {
            $(#[$meta])*
            #[derive(Default)]
            $name { required {} facts { $( $(#[$fdoc])* $fact: $fty, )* } }
        }
    };
}

/// A choice of words.
macro_rules! choice {
    ( $(#[$meta:meta])* $name:ident { $( $(#[$vdoc:meta])* $variant:ident = $word:literal, )* } ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $( $(#[$vdoc])* $variant, )* }

        impl $name {
            /// Every choice, in order.
            pub const ALL: &'static [Self] = &[$( Self::$variant ),*];

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
        }
    };
}

pub(super) use {choice, facts, fields};
