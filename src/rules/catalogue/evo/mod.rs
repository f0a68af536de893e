//! EVO: evolution.

mod evo001;
mod evo002;
mod evo003;
mod evo004;
mod evo005;
mod evo006;
mod evo007;
mod roadmap;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[
    &evo001::TemporaryAdapter,
    &evo002::OverdueAdapter,
    &evo003::RetirementWithoutPlan,
    &evo004::DependsOnRetiring,
    &evo005::GapInService,
    &evo006::ImpossibleRoadmap,
    &evo007::OwnerlessChange,
];
