//! Stores, and who reaches them.

use std::collections::BTreeMap;

use super::{
    Contract, Date, Entity, Fact, Id, Share, Source, System, Text,
    macros::{choice, fields},
};

choice! {
    /// What a store is.
    StoreKind {
        /// A database, or a server of several.
        Database = "database",
        /// A schema of its own on a server.
        Schema = "schema",
        /// A cache.
        Cache = "cache",
        /// A file share.
        FileShare = "file share",
        /// An object store.
        Bucket = "bucket",
        /// Where files are handed over.
        LandingZone = "landing zone",
    }
}

choice! {
    /// How a system reaches a store.
    AccessMode {
        /// It reads.
        Read = "reads",
        /// It writes.
        Write = "writes",
        /// It reads the feed of changes.
        ChangeFeed = "reads the change feed of",
    }
}

choice! {
    /// Why a system other than the owner reaches a store, where that is known to be harmless.
    Purpose {
        /// Backup and restore.
        Backup = "backup",
        /// Relays the outbox.
        OutboxRelay = "outbox relay",
        /// Reporting.
        Analytics = "analytics",
    }
}

fields! {
    /// One system's way to a store.
    StoreAccess {
        required {
            /// Who.
            system: Id<System>,
            /// How.
            mode: AccessMode,
        }
        facts {
            /// Which entities, where known.
            entities: Vec<Id<Entity>>,
            /// What for.
            purpose: Fact<Purpose>,
            /// Since when.
            from: Fact<Date>,
            /// Until when.
            until: Fact<Date>,
        }
    }
}

fields! {
    /// A database, schema, cache, file share, bucket or landing zone.
    Store {
        required {
            /// Display name.
            name: String,
        }
        facts {
            /// What it is.
            kind: Fact<StoreKind>,
            /// The system whose it is.
            owner: Fact<Id<System>>,
            /// The server it sits on.
            within: Fact<Id<Store>>,
            /// The store it is a replica of.
            replica_of: Fact<Id<Store>>,
            /// The contract under which it may be read.
            published_as: Fact<Id<Contract>>,
            /// Product.
            technology: Fact<Text>,
            /// Availability.
            availability: Fact<Share>,
            /// Who reaches it directly.
            accesses: Vec<StoreAccess>,
            /// What it holds.
            description: String,
            /// Facts that do not apply, and why.
            not_applicable: BTreeMap<String, String>,
            /// Where facts come from.
            sources: BTreeMap<String, Source>,
        }
    }
}
