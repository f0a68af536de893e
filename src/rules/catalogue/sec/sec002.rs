//! SEC002: a way in without proof of who comes.

use crate::{
    facts::{Resolved, requirement},
    model::{Authentication, Boundary, Id, Stage, Trust},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
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
            let Some(((from, _), (to, _))) = hop.enters() else { continue };
            let (id, facts) = (hop.id, &hop.facts);
            let subjects = [hop.from.into(), hop.to.into(), to.into()];
            let resolved = facts.get("authentication", |layer| &layer.security.authentication);
            let required = requirement(cx.model, to, |requires| &requires.authentication);
            let into = format!(" enters from {} ", cx.model.name_of(from));
            match resolved {
                Resolved::NotApplicable(_) | Resolved::Known(Authentication::Anonymous(_), _) => {}
                Resolved::Known(mechanism, origin) => {
                    let weaker = required.filter(|(_, required)| mechanism.strength() < required.strength());
                    if let Some((boundary, required)) = weaker {
                        let words = format!("with {}, where {} is required", mechanism.word(), required.word());
                        out.defect(&META, id, say![id, into, words])
                            .with(subjects)
                            .because_of(id, "authentication", mechanism.word(), origin.to_string())
                            .because(boundary, "authentication", required.word());
                    }
                }
                Resolved::None(origin) => {
                    let words = format!("{}without authentication", into_name(cx, to));
                    out.defect(&META, id, say![id, into, words])
                        .with(subjects)
                        .because_of(id, "authentication", "none", origin.to_string())
                        .because(to, "trust", cx.model.boundaries[to].trust.word());
                }
                Resolved::NotAsked => {
                    let outer = matches!(cx.model.boundaries[from].trust, Trust::Public | Trust::Partner);
                    if cx.stage(&id.into()) == Stage::Sketch && !outer {
                        continue;
                    }
                    let words = format!("{}; how it is authenticated was not asked", into_name(cx, to).trim_end());
                    if let Some(gap) = out.gap(&META, id, say![id, into, words]) {
                        gap.with(subjects).because_of(id, "authentication", "not asked", facts.searched());
                    }
                }
            }
        }
    }
}

fn into_name(cx: &Context<'_>, boundary: &Id<Boundary>) -> String {
    format!("into {} ", cx.model.name_of(boundary))
}
