//! OWN: data ownership.

mod own001;
mod own002;
mod own003;
mod own004;
mod own005;
mod own006;
mod own007;
mod own008;
mod own009;
mod own010;
mod own011;
mod writes;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[
    &own001::UnownedEntity,
    &own002::MultipleWriters,
    &own003::SharedDatabase,
    &own004::UnownedSystem,
    &own005::CommandToNonOwner,
    &own006::OwnerlessStore,
    &own007::OrphanEntity,
    &own008::UnfedCopy,
    &own009::SplitOwnership,
    &own010::TwoWaySync,
    &own011::UnerasablePersonalData,
];
