//! EVT: events.

mod evt001;

pub(in crate::rules) use evt001::is_imperative;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[&evt001::ImperativeEvent];
