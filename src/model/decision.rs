//! Decisions, and findings that were accepted.

use std::collections::BTreeMap;

use super::{
    Criteria, Date, Fact, Key, Source, Subject, Text,
    macros::{choice, fields},
};

choice! {
    /// Where a decision stands.
    DecisionStatus {
        /// Open.
        Proposed = "proposed",
        /// In force.
        Accepted = "accepted",
        /// Turned down.
        Rejected = "rejected",
        /// Another took its place.
        Superseded = "superseded",
    }
}

choice! {
    /// What the API-or-event advisor said.
    Advice {
        /// An API.
        Api = "API",
        /// An event.
        Event = "event",
        /// A command through the API, and an event for everybody else.
        Both = "API and event",
    }
}

fields! {
    /// An architecture decision record.
    Decision {
        required {
            /// Its title.
            name: String,
        }
        facts {
            /// Where it stands.
            status: Fact<DecisionStatus>,
            /// When.
            date: Fact<Date>,
            /// Why it had to be made.
            context: Fact<Text>,
            /// What there was to choose from.
            options: Vec<String>,
            /// What was chosen.
            choice: Fact<Text>,
            /// What follows.
            consequences: Fact<Text>,
            /// What it is about.
            about: Vec<Key>,
            /// For API-or-event decisions: the criteria.
            criteria: Criteria,
            /// For API-or-event decisions: what the advisor recommended.
            advice: Fact<Advice>,
            /// Facts that do not apply, and why.
            not_applicable: BTreeMap<String, String>,
            /// Where facts come from.
            sources: BTreeMap<String, Source>,
        }
    }
}

fields! {
    /// An accepted finding.
    Waiver {
        required {
            /// The rule's code or slug.
            rule: String,
            /// What the finding is about.
            about: Subject,
        }
        facts {
            /// Why it is accepted.
            reason: Fact<Text>,
            /// Who accepted it.
            approved_by: Fact<Text>,
            /// Until when.
            expires_on: Fact<Date>,
        }
    }
}
