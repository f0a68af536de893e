//! SEC: security per boundary.

mod crossing;
mod sec001;
mod sec002;
mod sec003;
mod sec004;
mod sec005;
mod sec006;
mod sec007;
mod sec008;
mod sec009;
mod sec010;
mod sec011;
mod sensitive;
mod shown;

pub use shown::{Protection, leaks, protection, sensitivity};

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[
    &sec001::UndefinedBoundary,
    &sec002::UnauthenticatedCrossing,
    &sec003::UnscopedAccess,
    &sec004::LongLivedToken,
    &sec005::NoRotation,
    &sec006::UnauditedAccess,
    &sec007::SensitiveDataLeaves,
    &sec008::Cleartext,
    &sec009::StaticCredentials,
    &sec010::ExposedBeforeSecured,
    &sec011::LostIdentity,
];
