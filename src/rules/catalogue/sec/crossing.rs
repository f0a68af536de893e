//! Crossings of trust boundaries, and by what callers prove who they are.

use crate::{
    facts::{Resolved, requirement},
    model::{Authentication, Boundary, Id, Model},
    rules::{
        Class, Context, End, Finding, Findings, Hop, Meta, Zone,
        finding::say,
        lacking::{Lack, causes, joined},
    },
};

/// The boundaries it leads from and into, where it enters one that is trusted more, and what it enters is ours: how a
/// partner guards what is the partner's is not asked here.
pub(super) fn entry<'a>(hop: &Hop<'a>) -> Option<(Zone<'a>, Zone<'a>)> {
    hop.enters().filter(|_| !hop.to.is_external())
}

/// The mechanism by which its caller proves who it is, where it is known.
pub(super) fn mechanism<'a>(hop: &Hop<'a>) -> Option<&'a Authentication> {
    authentication(hop).known()
}

/// How its caller proves who it is.
pub(super) fn authentication<'a>(hop: &Hop<'a>) -> Resolved<'a, Authentication> {
    hop.facts.get("authentication", |layer| &layer.security.authentication)
}

/// Whether nobody has to prove anything, by design.
pub(super) fn is_anonymous(hop: &Hop<'_>) -> bool {
    matches!(mechanism(hop), Some(Authentication::Anonymous(_)))
}

/// Whether callers carry a token or session that ends.
pub(super) fn has_tokens(mechanism: &Authentication) -> bool {
    match mechanism {
        Authentication::OAuth2
        | Authentication::OpenIdConnect
        | Authentication::SignedToken
        | Authentication::Session => true,
        Authentication::MutualTls
        | Authentication::SignedMessage
        | Authentication::Account
        | Authentication::SshKey
        | Authentication::ApiKey
        | Authentication::Basic
        | Authentication::Anonymous(_) => false,
    }
}

/// What a boundary requires, and the boundary that says so, where a mechanism is weaker than that.
pub(super) fn stronger<'a>(
    model: &'a Model,
    into: &Id<Boundary>,
    mechanism: &Authentication,
) -> Option<(&'a Id<Boundary>, &'a Authentication)> {
    requirement(model, into, |requires| &requires.authentication)
        .filter(|(_, required)| mechanism.strength() < required.strength())
}

/// Whether nothing of ours is at either end.
pub(super) fn is_theirs(hop: &Hop<'_>) -> bool {
    let theirs = |end: &End<'_>| end.is_external() || end.is_person();
    theirs(&hop.from) && theirs(&hop.to)
}

/// Findings of a rule that asks each crossing for one resolved fact. `thing` is what it is called in a sentence, without
/// an article: "audit log".
pub(super) fn lacking_at_crossing<'a>(
    cx: &Context<'a>,
    out: &mut Findings<'_>,
    rule: &'static Meta,
    (fact, thing): (&str, &str),
    lack: impl Fn(&Hop<'a>) -> Lack,
) {
    for cause in causes(cx, out, rule, |hop| [lack(hop)]) {
        let Some(first) = cause.hops.first() else { continue };
        let crossed = cause.hops.iter().find_map(|hop| hop.crosses());
        let what = if crossed.is_some() { "what crosses a boundary: " } else { "" };
        let finding = cause.report(out, rule, |class| {
            let way = match first.crosses() {
                Some((from, into)) => say![*first, " crosses from ", from.0, " into ", into.0],
                None => say![*first],
            };
            match (class, cause.alone) {
                (Class::Defect, true) if first.crosses().is_none() => joined([way, say![format!(" has no {thing}")]]),
                (Class::Defect, true) => joined([way, say![format!(" with no {thing}")]]),
                (Class::Defect, false) => {
                    let said = say![format!(" says that there is no {thing}; so it is for {what}")];
                    joined([cause.named(), said, cause.takers()])
                }
                (Class::Gap, true) => joined([way, say![format!("; the {thing} was not asked")]]),
                (Class::Gap, false) => {
                    let said = say![format!(" does not say the {thing}; it would answer for {what}")];
                    joined([cause.named(), said, cause.takers()])
                }
            }
        });
        if let Some(finding) = finding {
            cause.prove(finding, &[fact]);
            if let Some((from, into)) = crossed {
                show_crossing(finding, from, into);
            }
        }
    }
}

/// Lights up the boundaries, and tells how far each is trusted.
pub(super) fn show_crossing(finding: &mut Finding, (from, left): Zone<'_>, (into, entered): Zone<'_>) {
    finding.with([from.into(), into.into()]);
    finding.because(from, "trust", left.trust.word()).because(into, "trust", entered.trust.word());
}
