//! The roadmap: changes with their effects, and plateaus.

use std::collections::BTreeMap;

use super::{
    Date, Fact, Id, Key, Misfit, Parts, Path, Record, Said, Shape, Shown, Slug, Source, Team, Text, Variant,
    fact::Field,
    macros::{choice, fields},
    shape::{parse, set_text},
};

choice! {
    /// What kind of step a change is.
    ChangeKind {
        /// Something new.
        Introduce = "introduce",
        /// Something different.
        Modify = "modify",
        /// Something moves.
        Migrate = "migrate",
        /// Something is discouraged.
        Deprecate = "deprecate",
        /// Something goes.
        Retire = "retire",
    }
}

choice! {
    /// Where a change stands.
    ChangeStatus {
        /// An idea.
        Proposed = "proposed",
        /// Agreed.
        Approved = "approved",
        /// Under way.
        InProgress = "in progress",
        /// Over.
        Done = "done",
        /// Given up.
        Dropped = "dropped",
    }
}

/// The words of the effects.
const PLANNED: &str = "is as planned";
const CHANGES: &str = "changes";
const GONE: &str = "is gone";

/// What a change makes of the model when it ends.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Effect {
    /// A record that will be there, as it will be.
    Put(Slug, Record),
    /// A record that will have changed: what is said of it before and after is what changes, the rest stays as it is.
    Alter {
        /// Which record.
        id: Slug,
        /// What changes, as it is before.
        from: Record,
        /// What changes, as it is after.
        to: Record,
    },
    /// A record that will be gone, and with it what cannot be without it.
    Remove(Key),
}

impl Effect {
    /// That a record will have changed, with no more than what differs.
    pub fn alter(id: Slug, mut from: Record, mut to: Record) -> Self {
        from.narrow(&mut to);
        Self::Alter { id, from, to }
    }

    /// What it says of a record as it will be: all of it, or only what changes.
    pub fn record(&self) -> Option<&Record> {
        match self {
            Self::Put(_, record) | Self::Alter { to: record, .. } => Some(record),
            Self::Remove(_) => None,
        }
    }

    /// The record it is about.
    pub fn key(&self) -> Key {
        match self {
            Self::Put(slug, record) | Self::Alter { id: slug, to: record, .. } => {
                Key { kind: record.kind(), slug: slug.clone() }
            }
            Self::Remove(key) => key.clone(),
        }
    }
}

impl Field for Effect {
    fn show(&self) -> Shown {
        let word = match self {
            Self::Put(..) => PLANNED,
            Self::Alter { .. } => CHANGES,
            Self::Remove(_) => GONE,
        };
        Shown::Text(format!("{} {word}", self.key()))
    }

    fn shape() -> Shape {
        Shape::OneOf(|| {
            vec![
                Variant {
                    word: PLANNED,
                    about: "A record will be there, as it is planned.",
                    inner: Some(Shape::Record),
                },
                Variant { word: CHANGES, about: "A record will have changed.", inner: Some(Shape::Record) },
                Variant { word: GONE, about: "A record will be gone.", inner: Some(Key::shape()) },
            ]
        })
    }

    fn make(parts: &Parts) -> Result<Self, Misfit> {
        if let Some(gone) = parts.under(GONE) {
            return Key::make(&gone).map(Self::Remove);
        }
        parse(parts, |text| text.trim().strip_suffix(GONE).unwrap_or(text).trim().parse().ok().map(Self::Remove))
    }

    fn at(&self, path: &[String]) -> Option<Shown> {
        match (path, self) {
            ([], _) => Some(self.show()),
            ([word], Self::Put(..)) if word == PLANNED => Some(self.show()),
            ([word, rest @ ..], Self::Put(_, record)) if word == PLANNED => record.at(&Path(rest.to_vec())),
            ([word], Self::Alter { .. }) if word == CHANGES => Some(self.show()),
            ([word, rest @ ..], Self::Alter { to, .. }) if word == CHANGES => to.at(&Path(rest.to_vec())),
            ([word], Self::Remove(key)) if word == GONE => Some(key.show()),
            ([word], _) if [PLANNED, CHANGES, GONE].contains(&word.as_str()) => Some(Shown::NotAsked),
            _ => None,
        }
    }

    fn set(&mut self, path: &[String], said: &Said) -> Result<(), Misfit> {
        let shown = self.show();
        match (path, &mut *self, said) {
            ([word, rest @ ..], Self::Put(_, record), _) if word == PLANNED && !rest.is_empty() => {
                record.set(&Path(rest.to_vec()), said)
            }
            ([word, rest @ ..], Self::Alter { to, .. }, _) if word == CHANGES && !rest.is_empty() => {
                to.set(&Path(rest.to_vec()), said)
            }
            ([word], _, Said::Value(text)) if word == GONE => {
                *self = Self::Remove(Key::make(&Parts::one(text))?);
                Ok(())
            }
            ([], _, Said::Value(text)) if Shown::Text(text.clone()) == shown => Ok(()),
            ([], _, _) => set_text(self, path, said),
            ([word, ..], _, _) => Err(Misfit::Nowhere(word.clone())),
        }
    }

    // What an effect brings about need not be there yet: its names are no references to the model of today.
    fn rename(&mut self, from: &Key, to: &Slug) {
        match self {
            Self::Put(slug, record) => {
                record.rename(from, to);
                if record.kind() == from.kind && *slug == from.slug {
                    *slug = to.clone();
                }
            }
            Self::Alter { id, from: before, to: after } => {
                before.rename(from, to);
                after.rename(from, to);
                if after.kind() == from.kind && *id == from.slug {
                    *id = to.clone();
                }
            }
            Self::Remove(key) => key.rename(from, to),
        }
    }
}

fields! {
    /// A step on the roadmap.
    Change {
        required {
            /// Display name.
            name: String,
            /// What kind of step.
            kind: ChangeKind,
        }
        facts {
            /// Why.
            why: Fact<Text>,
            /// What it is about.
            about: Vec<Key>,
            /// What it makes of the model when it ends.
            effects: Vec<Effect>,
            /// Starts on.
            start: Fact<Date>,
            /// Ends on.
            end: Fact<Date>,
            /// Who answers for it.
            owner: Fact<Id<Team>>,
            /// What must end before it starts.
            depends_on: Vec<Id<Change>>,
            /// Effort, in words.
            effort: Fact<Text>,
            /// Where it stands.
            status: Fact<ChangeStatus>,
            /// The scenario it belongs to; the plan itself where it is not said.
            scenario: Fact<Text>,
            /// What is done.
            description: String,
            /// Facts that do not apply, and why.
            not_applicable: BTreeMap<String, String>,
            /// Where facts come from.
            sources: BTreeMap<String, Source>,
        }
    }
}

fields! {
    /// A named state of the architecture at a date.
    Plateau {
        required {
            /// Display name: As is, Transition 1, To be.
            name: String,
        }
        facts {
            /// When.
            date: Fact<Date>,
            /// Changes completed by then.
            changes: Vec<Id<Change>>,
            /// What it is like.
            description: String,
            /// Facts that do not apply, and why.
            not_applicable: BTreeMap<String, String>,
            /// Where facts come from.
            sources: BTreeMap<String, Source>,
        }
    }
}
