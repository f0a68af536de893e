//! EVT: events.

mod evt001;
mod evt002;
mod evt003;
mod evt004;
mod evt005;
mod evt006;
mod told;

pub(in crate::rules) use evt001::is_imperative;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[
    &evt001::ImperativeEvent,
    &evt002::MutableEvent,
    &evt003::UngovernedEvent,
    &evt004::ForeignPublisher,
    &evt005::ManyPublishers,
    &evt006::UnheardEvent,
];
