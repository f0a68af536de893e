//! OWN: data ownership.

mod own001;
mod own002;
mod own003;
mod own004;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] =
    &[&own001::UnownedEntity, &own002::MultipleWriters, &own003::SharedDatabase, &own004::UnownedSystem];
