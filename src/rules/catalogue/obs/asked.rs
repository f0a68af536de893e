//! What the rules of this family ask whom.

use crate::{
    facts::Resolved,
    model::{Retry, Text, Yes},
    rules::{Hop, State},
};

/// Whether anybody of ours can watch it: what people do is not watched, and what runs between others cannot be.
pub(super) fn observable(hop: &Hop<'_>) -> bool {
    let theirs = hop.from.is_external() && hop.to.is_external();
    !theirs && !hop.has_person()
}

/// What it does by itself when the other side fails.
pub(super) struct Reflexes<'a> {
    /// Its retries.
    pub(super) retries: Resolved<'a, Retry>,
    /// Its circuit breaker.
    pub(super) breaker: Resolved<'a, Text>,
}

impl<'a> Reflexes<'a> {
    /// Looks them up.
    pub(super) fn of(hop: &Hop<'a>) -> Self {
        Self {
            retries: hop.facts.get("retries", |layer| &layer.resilience.retries),
            breaker: hop.facts.get("circuit_breaker", |layer| &layer.resilience.circuit_breaker),
        }
    }

    /// Whether it retries.
    pub(super) fn retries(&self) -> bool {
        self.retries.known().is_some_and(|retry| retry.count > 0)
    }

    /// Whether it has any.
    pub(super) fn any(&self) -> bool {
        self.retries() || self.breaker.known().is_some()
    }

    /// Whether it is known to have none.
    pub(super) fn none(&self) -> bool {
        !self.any() && !self.retries.is_not_asked() && !self.breaker.is_not_asked()
    }
}

/// Whether its retry and circuit-breaker events are seen.
pub(super) fn events<'a>(hop: &Hop<'a>) -> Resolved<'a, Yes> {
    hop.facts.get("resilience_events", |layer| &layer.observability.resilience_events)
}

/// What the scorecard says of them: they are asked of whoever retries or breaks the circuit.
pub(super) fn events_state(hop: &Hop<'_>) -> State {
    let reflexes = Reflexes::of(hop);
    match events(hop) {
        Resolved::Known(..) => State::Met,
        Resolved::NotApplicable(_) => State::NotApplicable,
        _ if !observable(hop) || reflexes.none() => State::NotApplicable,
        Resolved::None(_) if reflexes.any() => State::NotMet,
        Resolved::None(_) | Resolved::NotAsked => State::NotStated,
    }
}
