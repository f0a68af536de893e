//! RES: failure.

mod budget;
mod res001;
mod res002;
mod res006;
mod res007;
mod res008;
mod res009;
mod res010;
mod res011;
mod res017;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[
    &res001::NoTimeout,
    &res002::UnisolatedChain,
    &res006::FireAndForget,
    &res007::AvailabilityBudget,
    &res008::LatencyBudget,
    &res009::TimeoutInversion,
    &res010::RetryStorm,
    &res011::SinglePointOfFailure,
    &res017::LoadExceedsCapacity,
];
