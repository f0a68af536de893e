//! VER: versioning.

mod life;
mod shown;
mod ver001;
mod ver002;
mod ver004;
mod ver005;
mod ver006;
mod ver007;
mod ver008;
mod ver009;
mod ver010;
mod ver011;

pub use shown::version_phase;

use super::Rule;

/// In the order of their codes.
pub(super) static RULES: &[&dyn Rule] = &[
    &ver001::VersionlessApi,
    &ver002::UnpinnedConsumer,
    &ver004::DeprecatedInUse,
    &ver005::DeprecatedWithoutSunset,
    &ver006::ShortNotice,
    &ver007::TooManyVersions,
    &ver008::NoSuccessor,
    &ver009::NewOnDeprecated,
    &ver010::InformalVersioning,
    &ver011::UnannouncedChange,
];
