//! All rules, by family and in the order of their codes.

mod api;
mod con;
mod cpl;
mod evo;
mod evt;
mod modelling;
mod obs;
mod own;
mod pat;
mod res;
mod sec;
mod ver;

use std::sync::LazyLock;

pub(super) use evt::is_imperative;
pub use obs::visibility;
pub use sec::{Protection, leaks, protection, sensitivity};
pub use ver::version_phase;

use super::Rule;

static FAMILIES: [&[&dyn Rule]; 12] = [
    con::RULES,
    own::RULES,
    cpl::RULES,
    res::RULES,
    ver::RULES,
    api::RULES,
    evt::RULES,
    pat::RULES,
    sec::RULES,
    obs::RULES,
    evo::RULES,
    modelling::RULES,
];

/// Every rule: families in the order of the catalogue, each in the order of its codes.
pub static RULES: LazyLock<Vec<&'static dyn Rule>> = LazyLock::new(|| FAMILIES.concat());
