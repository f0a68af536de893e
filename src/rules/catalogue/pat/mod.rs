//! PAT: patterns.

mod pat003;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[&pat003::UnisolatedLegacy];
