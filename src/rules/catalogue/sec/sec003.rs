//! SEC003: a caller who may do anything.

use super::crossing::{entry, is_anonymous, show_crossing};
use crate::{
    facts::Resolved,
    model::{Many, Stage, Text},
    rules::{
        Class, Context, Findings, Hop, Meta, Principle, Rule, Severity,
        finding::say,
        lacking::{Lack, causes, joined},
    },
};

pub(super) struct UnscopedAccess;

static META: Meta = Meta {
    code: "SEC003",
    slug: "unscoped-access",
    summary: "a caller enters a more trusted boundary with no scope, or with a wildcard",
    why: "\"What they may do\" is what each boundary has to say (docs/principles.md, boundaries). Who may do anything does anything once \
          its credentials are stolen (Saltzer and Schroeder 1975: least privilege; OWASP API Security Top 10, 2023, API5).",
    example: "The partner's client may call every operation of the order service, refunds included, because its scope is `*`.",
    remedy: "Give the caller the scopes that its operations need, and no others.",
    severity: Severity::Warning,
    gap: Some(Stage::Governed),
    principle: Principle::Security,
    star: false,
};

impl Rule for UnscopedAccess {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for cause in causes(cx, out, &META, lacks) {
            let [none, _] = cause.facts;
            let Some(first) = cause.hops.first() else { continue };
            let wide = wildcard(first).filter(|_| none.is_none());
            let Some((from, into)) = first.enters() else { continue };
            let finding = cause.report(out, &META, |class| match (class, cause.alone) {
                (Class::Defect, true) => {
                    let way = say![*first, " enters from ", from.0, " into ", into.0];
                    joined([
                        way,
                        say![wide.map_or(" with no scope".to_owned(), |w| format!(" with `{w}` for a scope"))],
                    ])
                }
                (Class::Defect, false) => {
                    let all = wide.map_or(" has no scope; so it is for what crosses a boundary: ".to_owned(), |wide| {
                        format!(" has `{wide}` for a scope; so it is for what crosses a boundary: ")
                    });
                    joined([cause.named(), say![all], cause.takers()])
                }
                (Class::Gap, true) => {
                    say![*first, " enters from ", from.0, " into ", into.0, "; its scopes were not asked"]
                }
                (Class::Gap, false) => {
                    let said = say![" does not say the scopes; it would answer for what crosses a boundary: "];
                    joined([cause.named(), said, cause.takers()])
                }
            });
            let Some(finding) = finding else { continue };
            match wide {
                Some(wide) => _ = finding.because(cause.about.clone(), "scopes", wide),
                None => cause.prove(finding, &["scopes", "scopes"]),
            }
            show_crossing(finding, from, into);
        }
    }
}

/// No scope, and one that is too wide. What people may do in an application is a matter of its roles.
fn lacks(hop: &Hop<'_>) -> [Lack; 2] {
    if entry(hop).is_none() || hop.has_person() || is_anonymous(hop) {
        return [Lack::Exempt, Lack::Exempt];
    }
    let scopes = scopes(hop);
    match &scopes {
        Resolved::Known(_, origin) if wildcard(hop).is_some() => [Lack::Met, Lack::None(origin.clone())],
        _ => [Lack::of(&scopes), Lack::Exempt],
    }
}

fn scopes<'a>(hop: &Hop<'a>) -> Resolved<'a, Many<Text>> {
    hop.facts.get("scopes", |layer| &layer.security.scopes)
}

fn wildcard<'a>(hop: &Hop<'a>) -> Option<&'a str> {
    scopes(hop).known()?.iter().map(|scope| &**scope).find(|scope| scope.contains('*'))
}
