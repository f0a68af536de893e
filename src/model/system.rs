//! Systems: anything that runs, and people.

use std::collections::BTreeMap;

use super::{
    Boundary, Bundle, Date, Domain, Duration, Fact, Id, Mesh, Rate, Share, Source, Stage, Team, Text,
    macros::{choice, facts, fields},
};

choice! {
    /// What a system is.
    SystemKind {
        /// A service of ours.
        Service = "service",
        /// An application with a face.
        Application = "application",
        /// A legacy system.
        Legacy = "legacy system",
        /// A partner's system or software as a service.
        External = "external system",
        /// An API gateway (north–south).
        Gateway = "gateway",
        /// An event backbone or broker.
        Backbone = "event backbone",
        /// An adapter before legacy or external systems.
        Adapter = "adapter",
        /// A person: an actor or channel.
        Person = "person",
    }
}

choice! {
    /// A part that is known to have rules of its own.
    SystemRole {
        /// Backend for one frontend.
        Bff = "backend for frontend",
        /// Declared to orchestrate.
        Orchestrator = "orchestrator",
        /// Fed by others, only read.
        ReadModel = "read model",
        /// Reporting and analysis.
        Analytics = "analytics",
        /// Master data hub.
        MdmHub = "master data hub",
        /// Signs people and services in.
        IdentityProvider = "identity provider",
        /// Platform used by all.
        Platform = "platform",
        /// Integration platform.
        IntegrationPlatform = "integration platform",
        /// Managed file transfer.
        FileTransfer = "file transfer",
        /// Reads change feeds.
        ChangeDataCapture = "change data capture",
    }
}

choice! {
    /// How long an adapter is meant to stay.
    Permanence {
        /// For a while.
        Temporary = "temporary",
        /// For good.
        Permanent = "permanent",
    }
}

choice! {
    /// How much depends on it.
    Criticality {
        /// Little.
        Low = "low",
        /// Some.
        Medium = "medium",
        /// Much.
        High = "high",
        /// The business stops without it.
        Critical = "critical",
    }
}

choice! {
    /// What is to become of it.
    Disposition {
        /// It stays.
        Keep = "keep",
        /// It goes, something else takes over.
        Eliminate = "eliminate",
        /// It goes, and what it did is no longer done.
        FunctionDropped = "function dropped",
    }
}

facts! {
    /// From cradle to grave.
    Lifecycle {
        /// Planned since.
        planned_from: Fact<Date>,
        /// In use since.
        active_from: Fact<Date>,
        /// Discouraged since.
        deprecated_from: Fact<Date>,
        /// Gone on.
        retires_on: Fact<Date>,
        /// What takes over.
        replaced_by: Fact<Id<System>>,
        /// What is to become of it.
        disposition: Fact<Disposition>,
    }
}

fields! {
    /// Anything that runs, and people.
    System {
        required {
            /// Display name.
            name: String,
            /// What it is.
            kind: SystemKind,
        }
        facts {
            /// The domain it belongs to.
            domain: Fact<Id<Domain>>,
            /// The trust boundary it stands in.
            boundary: Fact<Id<Boundary>>,
            /// The team that answers for it.
            owner: Fact<Id<Team>>,
            /// The vendor's or partner's contact, for external systems.
            vendor_contact: Fact<Text>,
            /// What an adapter stands before.
            fronts: Fact<super::Many<Id<System>>>,
            /// How long an adapter is meant to stay.
            permanence: Fact<Permanence>,
            /// The mesh it is a member of.
            mesh: Fact<Id<Mesh>>,
            /// Rules of the business that a gateway, backbone or adapter decides by, beside passing things on.
            business_rules: Fact<Text>,
            /// A part with rules of its own.
            role: Fact<SystemRole>,
            /// The deployable it is a module of.
            part_of: Fact<Text>,
            /// Systems that must be released with it.
            released_with: Fact<super::Many<Id<System>>>,
            /// How much depends on it.
            criticality: Fact<Criticality>,
            /// Availability target.
            availability: Fact<Share>,
            /// What stands in when an instance fails.
            redundancy: Fact<Text>,
            /// Time of its own work per call (p95).
            latency: Fact<Duration>,
            /// What it can take.
            capacity: Fact<Rate>,
            /// From cradle to grave.
            lifecycle: Lifecycle,
            /// Language, product, platform.
            technology: Fact<Text>,
            /// What a gateway or backbone contributes to interactions that end at it.
            provides: Bundle,
            /// Its own stage, where it differs from its domain's.
            stage: Fact<Stage>,
            /// What it does.
            description: String,
            /// Where to read more.
            links: Vec<String>,
            /// Facts that do not apply, and why.
            not_applicable: BTreeMap<String, String>,
            /// Where facts come from.
            sources: BTreeMap<String, Source>,
        }
    }
}
