//! Domains: bounded contexts or business capabilities.

use std::collections::BTreeMap;

use super::{Fact, Id, Source, Stage, Team, macros::fields};

fields! {
    /// A bounded context or business capability; nestable.
    Domain {
        required {
            /// Display name.
            name: String,
        }
        facts {
            /// The domain it is part of.
            parent: Fact<Id<Domain>>,
            /// The team that answers for it.
            owner: Fact<Id<Team>>,
            /// Its own stage, where it differs from the model's.
            stage: Fact<Stage>,
            /// What it is about.
            description: String,
            /// Facts that do not apply, and why.
            not_applicable: BTreeMap<String, String>,
            /// Where facts come from.
            sources: BTreeMap<String, Source>,
        }
    }
}
