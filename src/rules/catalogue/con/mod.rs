//! CON: contracts.

mod con001;
mod con008;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[&con001::UndocumentedInteraction, &con008::HiddenPayloadCoupling];
