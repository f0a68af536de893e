//! What diagrams show of a version, by the same answers that the rules of this family judge by.

use super::life;
use crate::{
    model::{Date, Version},
    timeline::Phase,
};

/// Where a version stands on a day; what was not said counts as in use.
pub fn version_phase(version: &Version, day: Date) -> Phase {
    if life::retired(version, day).is_some() {
        Phase::Retired
    } else if life::deprecated(version, day).is_some() {
        Phase::Deprecated
    } else {
        Phase::Active
    }
}
