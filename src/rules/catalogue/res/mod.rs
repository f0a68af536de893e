//! RES: failure.

mod res001;
mod res002;
mod res006;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[&res001::NoTimeout, &res002::UnisolatedChain, &res006::FireAndForget];
