//! What diagrams show of an interaction, by the same answers that the rules of this family judge by.

use super::{asked, obs001};
use crate::rules::{Hop, State};

/// What is seen of an interaction: its logs, latency, errors, retries and breakers. `None` where nobody of ours can
/// watch it.
pub fn visibility(hop: &Hop<'_>) -> Option<[State; 4]> {
    asked::observable(hop).then(|| {
        let [logs, latency, errors] = obs001::states(hop);
        [logs, latency, errors, asked::events_state(hop)]
    })
}
