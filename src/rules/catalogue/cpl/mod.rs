//! CPL: coupling.

mod cpl001;
mod cpl002;
mod cpl003;
mod cpl004;
mod cpl005;
mod cpl006;
mod cpl007;
mod cpl008;
mod cpl009;
mod limit;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[
    &cpl001::SynchronousCycle,
    &cpl002::DeepSynchronousChain,
    &cpl003::SynchronousFanOut,
    &cpl004::Hub,
    &cpl005::ChattyPair,
    &cpl006::LockstepRelease,
    &cpl007::WrongStyle,
    &cpl008::DistributedTransaction,
    &cpl009::EventAsCommand,
];
