//! OBS: observability.

mod asked;
mod obs001;
mod obs002;
mod obs003;
mod obs004;
mod shown;

pub use shown::visibility;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] =
    &[&obs001::UnobservedInteraction, &obs002::SilentResilience, &obs003::BrokenTrace, &obs004::UnalertedCritical];
