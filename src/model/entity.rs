//! Business records: who owns them, where they live, who touches them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Contract, Date, Duration, Fact, Id, Key, Shown, Slug, Source, Store, System, Text,
    fact::Field,
    macros::{choice, fields, forms},
};

choice! {
    /// How carefully data must be handled, least first.
    Classification {
        /// Anybody may know.
        Public = "public",
        /// For the organisation.
        Internal = "internal",
        /// For few.
        Confidential = "confidential",
        /// About people.
        Personal = "personal",
        /// About people, and specially protected.
        SpecialCategory = "special category",
    }
}

choice! {
    /// By what an entity is divided among owners.
    PartitionBy {
        /// By groups of attributes.
        Attributes = "attribute group",
        /// By tenant.
        Tenant = "tenant",
        /// By region.
        Region = "region",
        /// By phase of its life.
        Phase = "life phase",
    }
}

fields! {
    /// A part of an entity with an owner of its own.
    Partition {
        required {
            /// By what.
            by: PartitionBy,
            /// Which part.
            part: String,
            /// Whose it is.
            owner: Id<System>,
        }
        facts {}
    }
}

choice! {
    /// Whether a store holds the truth or a copy.
    HoldingKind {
        /// The truth.
        Master = "master",
        /// A copy.
        Copy = "copy",
    }
}

choice! {
    /// How a copy is kept up to date.
    Feed {
        /// By events.
        Event = "events",
        /// By asking.
        Poll = "polling",
        /// By files.
        File = "files",
        /// By the feed of changes.
        ChangeFeed = "change feed",
        /// By the database's replication.
        Replication = "replication",
    }
}

fields! {
    /// A store that holds an entity.
    Holding {
        required {
            /// Which store.
            store: Id<Store>,
            /// As what.
            kind: HoldingKind,
        }
        facts {
            /// How a copy is fed.
            feed: Fact<Feed>,
            /// How old it can be.
            staleness: Fact<Duration>,
        }
    }
}

choice! {
    /// What may be done to a record.
    Right {
        /// Bring into being.
        Create = "create",
        /// Look at.
        Read = "read",
        /// Change.
        Update = "update",
        /// Remove.
        Delete = "delete",
    }
}

impl Right {
    /// The letter of the ownership matrix.
    pub fn letter(self) -> char {
        match self {
            Self::Create => 'C',
            Self::Read => 'R',
            Self::Update => 'U',
            Self::Delete => 'D',
        }
    }

    /// Whether it changes state.
    pub fn writes(self) -> bool {
        self != Self::Read
    }
}

/// By which way a system touches an entity.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Way {
    /// Through a contract.
    Contract(Id<Contract>),
    /// Directly in a store.
    Store(Id<Store>),
    /// Through the feed of a store's changes.
    ChangeFeed(Id<Store>),
    /// In a copy.
    Copy(Id<Store>),
}

impl Field for Way {
    fn show(&self) -> Shown {
        let group = |word: &str, shown| Shown::Group(vec![(word.to_owned(), shown)]);
        match self {
            Self::Contract(id) => group("contract", id.show()),
            Self::Store(id) => group("directly in", id.show()),
            Self::ChangeFeed(id) => group("change feed of", id.show()),
            Self::Copy(id) => group("copy in", id.show()),
        }
    }

    forms! {
        words {}
        held {
            Contract(Id<Contract>) = "contract" "Through a contract.",
            Store(Id<Store>) = "directly in" "Directly in a store.",
            ChangeFeed(Id<Store>) = "change feed of" "Through the feed of a store's changes.",
            Copy(Id<Store>) = "copy in" "In a copy.",
        }
        plain |_| None
    }

    fn references(&self, visit: &mut dyn FnMut(Key)) {
        match self {
            Self::Contract(id) => id.references(visit),
            Self::Store(id) | Self::ChangeFeed(id) | Self::Copy(id) => id.references(visit),
        }
    }

    fn rename(&mut self, from: &Key, to: &Slug) {
        match self {
            Self::Contract(id) => id.rename(from, to),
            Self::Store(id) | Self::ChangeFeed(id) | Self::Copy(id) => id.rename(from, to),
        }
    }
}

fields! {
    /// What one system does to an entity.
    EntityAccess {
        required {
            /// Who.
            system: Id<System>,
            /// What.
            rights: BTreeSet<Right>,
        }
        facts {
            /// By which way.
            through: Fact<Way>,
            /// Since when.
            from: Fact<Date>,
            /// Until when: the end of a migration.
            until: Fact<Date>,
            /// How old what it reads may be.
            staleness: Fact<Duration>,
        }
    }
}

fields! {
    /// A business record.
    Entity {
        required {
            /// Display name.
            name: String,
        }
        facts {
            /// The system of record.
            owner: Fact<Id<System>>,
            /// Parts with owners of their own.
            partitions: Vec<Partition>,
            /// How carefully it must be handled.
            classification: Fact<Classification>,
            /// Stores that hold it.
            holdings: Vec<Holding>,
            /// Who does what to it.
            accesses: Vec<EntityAccess>,
            /// What keeps a change that two systems pass to each other from going round in circles.
            loop_guard: Fact<Text>,
            /// How it is erased on request.
            erasure: Fact<Text>,
            /// What it is.
            description: String,
            /// Facts that do not apply, and why.
            not_applicable: BTreeMap<String, String>,
            /// Where facts come from.
            sources: BTreeMap<String, Source>,
        }
    }
}
