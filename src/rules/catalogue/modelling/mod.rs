//! MOD: the model itself.

mod mod001;
mod mod002;
mod mod003;
mod mod004;
mod mod005;
mod mod006;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[
    &mod001::IsolatedSystem,
    &mod002::TwinNames,
    &mod003::ExpiredWaiver,
    &mod004::UnjustifiedWaiver,
    &mod005::UnknownRule,
    &mod006::ContradictingRecord,
];
