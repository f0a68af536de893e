//! API: the five API standards.

mod api001;
mod api002;
mod api003;
mod api004;
mod api005;
mod api006;
mod api007;
mod api008;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[
    &api001::NonIdempotentCommand,
    &api002::UnstructuredErrors,
    &api003::InconsistentErrors,
    &api004::LeakingErrors,
    &api005::UnauditedMutation,
    &api006::UncachedQuery,
    &api007::UnlimitedPublicApi,
    &api008::BadlyNamedOperation,
];
