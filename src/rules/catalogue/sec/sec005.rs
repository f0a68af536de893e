//! SEC005: credentials that stay what they are.

use super::crossing::{authentication, entry, is_anonymous, is_theirs, lacking_at_crossing};
use crate::{
    facts::Resolved,
    model::{Authentication, Stage},
    rules::{Context, Findings, Hop, Meta, Principle, Rule, Severity, lacking::Lack},
};

pub(super) struct NoRotation;

static META: Meta = Meta {
    code: "SEC005",
    slug: "no-rotation",
    summary: "credentials or keys that are not rotated",
    why: "\"How they are rotated\" is what each boundary has to say (docs/principles.md, boundaries). A key that is never changed is known to \
          everybody who ever worked with it, and nobody dares to change it on the day it leaks (OWASP Secrets Management Cheat Sheet).",
    example: "The key of the logistics partner is from 2017; three people who knew it have left.",
    remedy: "Rotate keys, secrets and certificates by a schedule that runs without people, and practise it.",
    severity: Severity::Warning,
    gap: Some(Stage::Governed),
    principle: Principle::Security,
    star: false,
};

impl Rule for NoRotation {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        lacking_at_crossing(cx, out, &META, ("rotation", "rotation of credentials"), |hop| {
            // What goes out with a call into a place trusted less is the receiver's to change.
            let outward = hop.to.is_external() || (hop.crosses().is_some() && hop.enters().is_none());
            if outward || is_theirs(hop) || !has_secrets(hop) {
                return Lack::Exempt;
            }
            let lack = Lack::of(&hop.facts.get("rotation", |layer| &layer.security.rotation));
            // Everywhere else it is not asked; what is known never to change is wrong wherever it is used.
            if entry(hop).is_none() { lack.if_known() } else { lack }
        });
    }
}

/// Programs have secrets to rotate, if they prove themselves at all; people's passwords are not changed by the calendar
/// (NIST SP 800-63B), and a session ends by itself.
fn has_secrets(hop: &Hop<'_>) -> bool {
    match authentication(hop) {
        Resolved::Known(Authentication::Session, _) => false,
        Resolved::Known(..) => !is_anonymous(hop) && !hop.has_person(),
        _ => false,
    }
}
