//! VER: versioning.

mod ver001;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[&ver001::VersionlessApi];
