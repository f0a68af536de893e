//! The roadmap: changes with their effects, and plateaus.

use std::collections::BTreeMap;

use super::{
    Date, Fact, Id, Key, Record, Shown, Slug, Source, Team, Text,
    fact::Field,
    macros::{choice, fields},
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

/// What a change makes of the model when it ends.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Effect {
    /// A record that will be there, as it will be.
    Put(Slug, Record),
    /// A record that will be gone, and with it what cannot be without it.
    Remove(Key),
}

impl Effect {
    /// The record it is about.
    pub fn key(&self) -> Key {
        match self {
            Self::Put(slug, record) => Key { kind: record.kind(), slug: slug.clone() },
            Self::Remove(key) => key.clone(),
        }
    }
}

impl Field for Effect {
    fn show(&self) -> Shown {
        let word = match self {
            Self::Put(..) => "is as planned",
            Self::Remove(_) => "is gone",
        };
        Shown::Text(format!("{} {word}", self.key()))
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
