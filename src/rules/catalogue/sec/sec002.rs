//! SEC002: a way in without proof of who comes.

use super::crossing::{authentication, is_theirs, stronger};
use crate::{
    facts::Resolved,
    model::{Authentication, Stage, Trust},
    rules::{Context, Findings, Hop, Meta, Principle, Rule, Severity, Zone, finding::say},
};

pub(super) struct UnauthenticatedCrossing;

static META: Meta = Meta {
    code: "SEC002",
    slug: "unauthenticated-crossing",
    summary: "entering a more trusted boundary with no authentication, or weaker than it requires",
    why: "\"Authentication mechanism per boundary\" (docs/principles.md, boundaries); \"security bolted on after \
          exposure\" is among its problems. OWASP API Security Top 10 (2023), API2.",
    example: "The partner's system calls the order service without credentials, because \"only they know the address\".",
    remedy: "Authenticate the caller as the boundary requires, or state that the way in is anonymous by design, and why.",
    severity: Severity::Error,
    gap: Some(Stage::Sketch),
    principle: Principle::Security,
    star: false,
};

impl Rule for UnauthenticatedCrossing {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for hop in cx.hops() {
            let Some((from, into)) = hop.enters().filter(|_| !is_theirs(hop)) else {
                out.exempt(&META, hop);
                continue;
            };
            match authentication(hop) {
                Resolved::NotApplicable(_) => out.exempt(&META, hop),
                Resolved::Known(Authentication::Anonymous(_), _) => out.met(&META, hop),
                Resolved::Known(mechanism, origin) => match stronger(cx.model, into.0, mechanism) {
                    None => out.met(&META, hop),
                    Some((boundary, required)) => {
                        let words = format!(" with {}, where {} is required", mechanism.word(), required.word());
                        out.defect(&META, hop, say![hop, " enters from ", from.0, words])
                            .with(hop.ends())
                            .with([into.0.into()])
                            .because_of(hop, "authentication", mechanism.word(), hop.facts.words(&origin))
                            .because(boundary, "authentication", required.word());
                    }
                },
                Resolved::None(origin) => {
                    let said = say![hop, " enters from ", from.0, " into ", into.0, " without authentication"];
                    out.defect(&META, hop, said)
                        .with(hop.ends())
                        .with([into.0.into()])
                        .because_of(hop, "authentication", "none", hop.facts.words(&origin))
                        .because(into.0, "trust", into.1.trust.word());
                }
                Resolved::NotAsked => ask(cx, out, hop, (from, into)),
            }
        }
    }
}

/// In a sketch only what comes from outside is asked.
fn ask(cx: &Context<'_>, out: &mut Findings<'_>, hop: &Hop<'_>, (from, into): (Zone<'_>, Zone<'_>)) {
    let outer = matches!(from.1.trust, Trust::Public | Trust::Partner);
    if !outer && cx.stage_of(&hop.to) == Stage::Sketch {
        out.gap_where(&META, hop, Vec::new(), false);
        return;
    }
    let said = say![hop, " enters from ", from.0, " into ", into.0, "; how it is authenticated was not asked"];
    if let Some(gap) = out.gap_where(&META, hop, said, true) {
        gap.with(hop.ends()).with([into.0.into()]);
        gap.because_of(hop, "authentication", "not asked", hop.facts.searched());
    }
}
