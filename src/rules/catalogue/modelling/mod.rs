//! MOD: the model itself.

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[];
