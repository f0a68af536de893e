//! PAT: patterns.

mod owned;
mod pat001;
mod pat002;
mod pat003;
mod pat004;
mod pat005;
mod pat006;

pub(super) use pat002::asked_for;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[
    &pat001::GatewayBypass,
    &pat002::UntrustedEastWest,
    &pat003::UnisolatedLegacy,
    &pat004::OffBackbone,
    &pat005::SmartPipe,
    &pat006::AdapterDoesTooMuch,
];
