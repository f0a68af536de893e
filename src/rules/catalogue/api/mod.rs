//! API: the five API standards.

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[];
