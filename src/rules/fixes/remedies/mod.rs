//! All remedies.

mod name_owner;

use super::Remedy;

/// Every remedy, those that are likeliest to be wanted first.
pub static REMEDIES: &[&dyn Remedy] = &[&name_owner::NameOwner];
