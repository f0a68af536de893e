//! CPL: coupling.

mod cpl001;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[&cpl001::SynchronousCycle];
