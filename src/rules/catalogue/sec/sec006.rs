//! SEC006: somebody was in, and nobody knows who.

use super::{
    crossing::{entry, lacking_at_crossing},
    sensitive::leaving,
};
use crate::{
    model::Stage,
    rules::{Context, Findings, Meta, Principle, Rule, Severity, lacking::Lack},
};

pub(super) struct UnauditedAccess;

static META: Meta = Meta {
    code: "SEC006",
    slug: "unaudited-access",
    summary: "access across a boundary into a more trusted one with no audit log",
    why: "\"What is logged\" is what each boundary has to say (docs/principles.md, boundaries). Without a record of who came in nobody can \
          tell what was taken (OWASP Top 10, 2021, A09: security logging and monitoring failures).",
    example: "Somebody has read a thousand orders with the partner's credentials; when, and which, cannot be told.",
    remedy: "Log who called what and when, and keep the log where the caller cannot reach it.",
    severity: Severity::Warning,
    gap: Some(Stage::Governed),
    principle: Principle::Security,
    star: false,
};

impl Rule for UnauditedAccess {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        lacking_at_crossing(cx, out, &META, ("audit", "audit log"), |hop| {
            // Where sensitive data leave by it, SEC007 asks.
            if entry(hop).is_none() || (leaving(cx, hop).is_some() && !hop.has_person()) {
                return Lack::Exempt;
            }
            Lack::of(&hop.facts.get("audit", |layer| &layer.security.audit))
        });
    }
}
