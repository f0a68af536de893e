//! SEC: security per boundary.

mod sec002;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[&sec002::UnauthenticatedCrossing];
