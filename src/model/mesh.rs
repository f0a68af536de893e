//! Internal service meshes.

use std::collections::BTreeMap;

use super::{Bundle, Fact, Source, Text, macros::fields};

fields! {
    /// An internal service mesh (east–west). Systems name the mesh they are members of.
    Mesh {
        required {
            /// Display name.
            name: String,
        }
        facts {
            /// The product.
            technology: Fact<Text>,
            /// What it contributes to interactions both of whose ends are members.
            provides: Bundle,
            /// What it is for.
            description: String,
            /// Facts that do not apply, and why.
            not_applicable: BTreeMap<String, String>,
            /// Where facts come from.
            sources: BTreeMap<String, Source>,
        }
    }
}
