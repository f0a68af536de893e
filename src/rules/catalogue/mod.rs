//! All rules, in the order of their codes.

mod con001;
mod con008;
mod cpl001;
mod evo001;
mod evt001;
mod own001;
mod own002;
mod own003;
mod own004;
mod pat003;
mod res001;
mod res002;
mod res006;
mod sec002;
mod ver001;

use super::Rule;

/// Every rule, in the order of their codes.
pub static RULES: &[&dyn Rule] = &[
    &con001::UndocumentedInteraction,
    &con008::HiddenPayloadCoupling,
    &cpl001::SynchronousCycle,
    &evo001::TemporaryAdapter,
    &evt001::ImperativeEvent,
    &own001::UnownedEntity,
    &own002::MultipleWriters,
    &own003::SharedDatabase,
    &own004::UnownedSystem,
    &pat003::UnisolatedLegacy,
    &res001::NoTimeout,
    &res002::UnisolatedChain,
    &res006::FireAndForget,
    &sec002::UnauthenticatedCrossing,
    &ver001::VersionlessApi,
];
