//! RES: failure.

mod budget;
mod legs;
mod res001;
mod res002;
mod res003;
mod res004;
mod res005;
mod res006;
mod res007;
mod res008;
mod res009;
mod res010;
mod res011;
mod res012;
mod res013;
mod res014;
mod res015;
mod res016;
mod res017;

pub(super) use res006::is_unwatched;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[
    &res001::NoTimeout,
    &res002::UnisolatedChain,
    &res003::RetryWithoutIdempotency,
    &res004::NoFailurePath,
    &res005::NoReplay,
    &res006::FireAndForget,
    &res007::AvailabilityBudget,
    &res008::LatencyBudget,
    &res009::TimeoutInversion,
    &res010::RetryStorm,
    &res011::SinglePointOfFailure,
    &res012::AtMostOnceForCritical,
    &res013::DualWrite,
    &res014::NonIdempotentConsumer,
    &res015::UnorderedState,
    &res016::UnreconciledTransfer,
    &res017::LoadExceedsCapacity,
];
