//! EVT: events.

mod evt001;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[&evt001::ImperativeEvent];
