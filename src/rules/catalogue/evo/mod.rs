//! EVO: evolution.

mod evo001;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[&evo001::TemporaryAdapter];
