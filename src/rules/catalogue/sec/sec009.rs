//! SEC009: a secret that anybody who has seen it can use.

use super::crossing::{authentication, entry, mechanism, stronger};
use crate::{
    facts::Resolved,
    model::{Authentication, SystemRole, Trust},
    rules::{
        Context, Findings, Hop, Meta, Principle, Rule, Severity, Zone,
        finding::say,
        lacking::{Lack, causes, joined},
    },
};

pub(super) struct StaticCredentials;

static META: Meta = Meta {
    code: "SEC009",
    slug: "static-credentials",
    summary: "an API key or basic authentication from the internet or a partner",
    why: "\"How callers are authenticated\" is what each boundary has to say (docs/principles.md, boundaries). A secret that travels with \
          each call and never changes is in logs, scripts and mails before long; API keys tell clients apart and do not prove who \
          calls (OWASP API Security Top 10, 2023, API2).",
    example: "The partner sends the same key with every order since 2018; it stands in the partner's public repository.",
    remedy: "Use short-lived tokens (OAuth 2 client credentials), signed messages or mutual TLS.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Security,
    star: false,
};

impl Rule for StaticCredentials {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let lack = |hop: &Hop<'_>| {
            let Some((_, into)) = from_outside(hop) else { return Lack::Exempt };
            match authentication(hop) {
                // A secret that is exchanged for a token goes to who issues tokens, and nowhere else: how it is rotated is
                // SEC005's.
                Resolved::Known(..) if signs_in(cx, hop) => Lack::Met,
                // Where the boundary requires more, SEC002 says so.
                Resolved::Known(known, _) if stronger(cx.model, into.0, known).is_some() => Lack::Exempt,
                Resolved::Known(known, origin) if is_static(known) => Lack::None(origin),
                Resolved::Known(..) => Lack::Met,
                // Whether there is any proof at all is SEC002's.
                _ => Lack::Exempt,
            }
        };
        for cause in causes(cx, out, &META, |hop| [lack(hop)]) {
            let first = cause.hops.first().and_then(|hop| Some((*hop, from_outside(hop)?, mechanism(hop)?)));
            let Some((first, (from, into), mechanism)) = first else { continue };
            let word = mechanism.word();
            let finding = cause.report(out, &META, |_| {
                if cause.alone {
                    return say![first, " comes in from ", from.0, format!(" with a static secret ({word})")];
                }
                let said = say![format!(" lets in with a static secret ({word}) what comes from outside: ")];
                joined([cause.named(), said, cause.takers()])
            });
            if let Some(finding) = finding {
                finding.with([from.0.into(), into.0.into()]);
                finding.because(cause.about.clone(), "authentication", word).because(
                    from.0,
                    "trust",
                    from.1.trust.word(),
                );
            }
        }
    }
}

/// The boundaries it leads from and into, where it comes from the internet or a partner.
fn from_outside<'a>(hop: &Hop<'a>) -> Option<(Zone<'a>, Zone<'a>)> {
    entry(hop).filter(|(from, _)| matches!(from.1.trust, Trust::Public | Trust::Partner))
}

/// Whether it ends at an identity provider, past what passes it on.
fn signs_in(cx: &Context<'_>, hop: &Hop<'_>) -> bool {
    let issues = |at| cx.hop(at).to.role.is(&SystemRole::IdentityProvider);
    cx.topology.arrivals(hop.at).into_iter().all(issues)
}

fn is_static(mechanism: &Authentication) -> bool {
    matches!(mechanism, Authentication::ApiKey | Authentication::Basic)
}
