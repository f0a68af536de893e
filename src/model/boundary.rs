//! Trust boundaries, and what they require of whoever crosses them.

use std::collections::BTreeMap;

use super::{
    Authentication, Duration, Fact, Id, Source, Text,
    macros::{choice, facts, fields},
};

choice! {
    /// How far what is inside a boundary is trusted, least first.
    Trust {
        /// Anybody: the internet.
        Public = "public",
        /// A partner's network.
        Partner = "partner",
        /// The edge, or DMZ.
        Edge = "edge",
        /// The organisation's own network.
        Internal = "internal",
        /// A restricted zone.
        Restricted = "restricted",
    }
}

fields! {
    /// A trust boundary; nestable.
    Boundary {
        required {
            /// Display name.
            name: String,
            /// How far what is inside is trusted.
            trust: Trust,
        }
        facts {
            /// The boundary around it.
            parent: Fact<Id<Boundary>>,
            /// What it requires of every crossing into it. Requirements confirm nothing.
            requires: Requirements,
            /// What it is about.
            description: String,
            /// Facts that do not apply, and why.
            not_applicable: BTreeMap<String, String>,
            /// Where facts come from.
            sources: BTreeMap<String, Source>,
        }
    }
}

facts! {
    /// The five security requirements of a boundary.
    Requirements {
        /// The authentication mechanism, or one as strong.
        authentication: Fact<Authentication>,
        /// How scopes are modelled and kept to the least privilege.
        scopes: Fact<Text>,
        /// Longest lifetime of a token.
        token_lifetime: Fact<Duration>,
        /// How credentials are rotated.
        rotation: Fact<Text>,
        /// Why services trust one another.
        service_trust: Fact<Text>,
        /// What is logged of each access.
        audit: Fact<Text>,
    }
}
