//! What diagrams show of an interaction, by the same answers that the rules of this family judge by.

use super::{crossing, sec008, sensitive};
use crate::{
    facts::Resolved,
    model::{Authentication, CallerIdentity, Classification},
    rules::{Context, Hop, lacking::Lack},
};

/// How an interaction is protected, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protection {
    /// It is known to have no authentication or no encryption.
    Open,
    /// A static secret goes with each call, or several share an account.
    Weak,
    /// Nobody has asked how callers prove who they are, or what encrypts it.
    NotAsked,
    /// Nobody has to prove anything, by design.
    Anonymous,
    /// Callers prove who they are, and it is encrypted.
    Protected,
}

/// How an interaction is protected.
pub fn protection(hop: &Hop<'_>) -> Protection {
    let authentication = crossing::authentication(hop);
    let encryption = sec008::encryption(hop, authentication.known());
    let shared = hop.facts.get("caller_identity", |layer| &layer.security.caller_identity);
    let mechanism = authentication.known();
    if authentication.is_none() || matches!(encryption, Lack::None(_)) {
        Protection::Open
    } else if mechanism.is_some_and(|mechanism| mechanism.strength() == 1)
        || shared.known() == Some(&CallerIdentity::Shared)
    {
        Protection::Weak
    } else if matches!(authentication, Resolved::NotAsked) || matches!(encryption, Lack::NotAsked | Lack::Unsaid(_)) {
        Protection::NotAsked
    } else if matches!(mechanism, Some(Authentication::Anonymous(_))) {
        Protection::Anonymous
    } else {
        Protection::Protected
    }
}

/// How sensitive what an interaction carries is, there and back, where that is known.
pub fn sensitivity(cx: &Context<'_>, hop: &Hop<'_>) -> Option<Classification> {
    let ways = [true, false].into_iter().filter_map(|back| sensitive::classified(cx, hop, back));
    ways.map(|(class, _)| class).max()
}

/// Whether confidential or personal data leave with an interaction for a place that is trusted less.
pub fn leaks(cx: &Context<'_>, hop: &Hop<'_>) -> bool {
    sensitive::leaving(cx, hop).is_some()
}
