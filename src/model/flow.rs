//! Flows: named paths that matter.

use std::collections::BTreeMap;

use super::{
    Criticality, Duration, Fact, Id, Interaction, Key, Share, Shown, Slug, Source,
    fact::Field,
    macros::{fields, forms},
};

/// One step of a flow.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Step {
    /// One interaction.
    One(Id<Interaction>),
    /// Several at the same time.
    Parallel(Vec<Id<Interaction>>),
}

impl Step {
    /// Its interactions.
    pub fn interactions(&self) -> &[Id<Interaction>] {
        match self {
            Self::One(id) => std::slice::from_ref(id),
            Self::Parallel(ids) => ids,
        }
    }
}

impl Field for Step {
    fn show(&self) -> Shown {
        match self {
            Self::One(id) => id.show(),
            Self::Parallel(ids) => Shown::Group(vec![("in parallel".to_owned(), ids.show())]),
        }
    }

    forms! {
        words {}
        held {
            One(Id<Interaction>) = "one" "One interaction.",
            Parallel(Vec<Id<Interaction>>) = "in parallel" "Several at the same time.",
        }
        plain |text| {
            let ids = Vec::make(&super::Parts::one(text)).ok()?;
            match ids.as_slice() {
                [] => None,
                [one] => Some(Self::One(Id::clone(one))),
                _ => Some(Self::Parallel(ids)),
            }
        }
    }

    fn references(&self, visit: &mut dyn FnMut(Key)) {
        self.interactions().iter().for_each(|id| id.references(visit));
    }

    fn rename(&mut self, from: &Key, to: &Slug) {
        match self {
            Self::One(id) => id.rename(from, to),
            Self::Parallel(ids) => ids.rename(from, to),
        }
    }
}

fields! {
    /// A named path that matters: Checkout, Nightly stock.
    Flow {
        required {
            /// Display name.
            name: String,
        }
        facts {
            /// Its interactions in order.
            steps: Vec<Step>,
            /// How much depends on it.
            criticality: Fact<Criticality>,
            /// Latency objective (p95).
            latency: Fact<Duration>,
            /// Availability objective.
            availability: Fact<Share>,
            /// What it does.
            description: String,
            /// Facts that do not apply, and why.
            not_applicable: BTreeMap<String, String>,
            /// Where facts come from.
            sources: BTreeMap<String, Source>,
        }
    }
}
