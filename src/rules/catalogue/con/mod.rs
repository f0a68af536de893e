//! CON: contracts.

mod con001;
mod con002;
mod con003;
mod con004;
mod con005;
mod con006;
mod con007;
mod con008;
mod con009;
mod con010;
mod con011;
mod con013;
mod con014;
mod con015;
mod con016;
mod consumers;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[
    &con001::UndocumentedInteraction,
    &con002::ContractWithoutSchema,
    &con003::NoErrorSemantics,
    &con004::NoPerformanceExpectations,
    &con005::UnreviewedContract,
    &con006::UnstableContract,
    &con007::UndocumentedConsumer,
    &con008::HiddenPayloadCoupling,
    &con009::UnownedContract,
    &con010::NoLifecycleStatus,
    &con011::OperationKindMismatch,
    &con013::WrongProvider,
    &con014::UntestedContract,
    &con015::UnclassifiedInteraction,
    &con016::LeakedProviderModel,
];
