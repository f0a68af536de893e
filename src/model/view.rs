//! Saved diagrams.

use std::collections::BTreeMap;

use super::{
    Boundary, Date, Domain, Fact, Flow, Id, Key, SystemKind, Text, Transport,
    macros::{choice, facts, fields},
};

choice! {
    /// What containers of a diagram stand for.
    Grouping {
        /// Domains.
        Domain = "domain",
        /// Trust boundaries.
        Boundary = "boundary",
        /// Teams.
        Team = "team",
        /// Nothing.
        None = "none",
    }
}

choice! {
    /// What colours of a diagram stand for.
    Lens {
        /// Kinds of interaction.
        Kinds = "kinds",
        /// Owners.
        Owner = "owner",
        /// Findings.
        Findings = "findings",
        /// Lifecycle.
        Lifecycle = "lifecycle",
        /// Security.
        Security = "security",
        /// Observability.
        Observability = "observability",
        /// Classification of data.
        Classification = "classification",
        /// Coupling.
        Coupling = "coupling",
    }
}

choice! {
    /// Elements by what the rules found about them.
    Found {
        /// With an error.
        Errors = "with errors",
        /// With an error or a warning.
        Defects = "with errors or warnings",
        /// With anything wrong or open.
        Anything = "with anything found",
    }
}

facts! {
    /// What a view shows.
    Filter {
        /// These domains only.
        domains: Vec<Id<Domain>>,
        /// These kinds of system only.
        kinds: Vec<SystemKind>,
        /// What lies in these boundaries only.
        boundaries: Vec<Id<Boundary>>,
        /// What travels in one of these ways only, and what it joins.
        transports: Vec<Transport>,
        /// What the rules found something about only.
        found: Fact<Found>,
        /// What surrounds this element.
        around: Fact<Key>,
        /// How far.
        hops: Fact<u32>,
        /// This flow only.
        flow: Fact<Id<Flow>>,
    }
}

fields! {
    /// A saved diagram.
    View {
        required {
            /// Its title.
            title: String,
        }
        facts {
            /// What it shows; everything where it is not said.
            filter: Filter,
            /// What containers stand for; domains where it is not said.
            grouping: Fact<Grouping>,
            /// What colours stand for; kinds where it is not said.
            lens: Fact<Lens>,
            /// The date it shows; today where it is not said.
            as_of: Fact<Date>,
            /// Boxes that a person has put somewhere: the top left corner.
            pins: BTreeMap<Key, (i32, i32)>,
            /// What it is for.
            description: Fact<Text>,
        }
    }
}
