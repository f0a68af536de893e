//! Where facts of the three bundles can be recorded for a finding.

use super::asks;
use crate::{
    facts::Facts,
    model::{Id, Interaction, Key, Kind, Model},
    rules::Finding,
};

/// A record that can hold the fact, and how a title names it.
pub(super) struct Spot {
    pub(super) key: Key,
    /// The interaction, profile or other record in words: "Web → Orders", "all that take the profile REST".
    pub(super) words: String,
}

/// The record that a finding is about, where it holds bundles; for an interaction also the profile it takes, where the
/// interaction itself is `silent` about the fact.
pub(super) fn spots(model: &Model, finding: &Finding, silent: impl Fn(&Interaction) -> bool) -> Vec<Spot> {
    let about = &finding.about.key;
    let words = asks::about(model, finding);
    match about.kind {
        Kind::Interaction => {
            let Some(interaction) = model.interactions.get(&Id::from_slug(about.slug.clone())) else {
                return Vec::new();
            };
            let mut spots = vec![Spot { key: about.clone(), words }];
            let profile =
                interaction.profile.known().filter(|id| silent(interaction) && model.profiles.contains_key(id));
            spots.extend(
                profile.map(|id| Spot {
                    key: id.key(),
                    words: format!("all that take the profile {}", model.name_of(id)),
                }),
            );
            spots
        }
        Kind::Profile => vec![Spot { key: about.clone(), words: format!("all that take the profile {words}") }],
        Kind::Mesh => vec![Spot { key: about.clone(), words: format!("all that run within {words}") }],
        Kind::System => vec![Spot { key: about.clone(), words: format!("all that end at {words}") }],
        _ => Vec::new(),
    }
}

/// What a call has against the failure of the other side.
#[derive(Clone, Copy)]
pub(super) struct Guarded {
    /// A timeout, in all or for each attempt.
    pub(super) timed: bool,
    /// A breaker, a bulkhead or a fallback.
    pub(super) isolated: bool,
}

impl Guarded {
    pub(super) fn of(model: &Model, interaction: &Interaction) -> Self {
        let facts = Facts::of(model, interaction);
        let timeout = facts.get("timeout", |layer| &layer.resilience.timeout);
        let each = facts.get("try_timeout", |layer| &layer.resilience.try_timeout);
        let breaker = facts.get("circuit_breaker", |layer| &layer.resilience.circuit_breaker);
        let bulkhead = facts.get("bulkhead", |layer| &layer.resilience.bulkhead);
        let fallback = facts.get("fallback", |layer| &layer.resilience.fallback);
        Self {
            timed: timeout.is_met() || each.is_met(),
            isolated: breaker.is_met() || bulkhead.is_met() || fallback.is_met(),
        }
    }
}
