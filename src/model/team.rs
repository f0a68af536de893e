//! Teams: people who own things.

use std::collections::BTreeMap;

use super::{Fact, Source, Text, macros::fields};

fields! {
    /// People who own things.
    Team {
        required {
            /// Display name.
            name: String,
        }
        facts {
            /// How to reach them.
            contact: Fact<Text>,
            /// The organisation they belong to.
            organisation: Fact<Text>,
            /// What they do.
            description: String,
            /// Facts that do not apply, and why.
            not_applicable: BTreeMap<String, String>,
            /// Where facts come from.
            sources: BTreeMap<String, Source>,
        }
    }
}
