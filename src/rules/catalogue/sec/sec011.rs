//! SEC011: somebody did it, and the log says "integration".

use std::collections::BTreeMap;

use crate::{
    facts::{Origin, Resolved},
    model::{CallerIdentity, Subject, Trigger},
    rules::{
        Context, Findings, Hop, Meta, Principle, Rule, Severity,
        finding::say,
        lacking::{kind, light, record},
    },
    topology::Join,
};

pub(super) struct LostIdentity;

static META: Meta = Meta {
    code: "SEC011",
    slug: "lost-identity",
    summary: "a user's action goes on under a shared technical account",
    why: "\"Why services trust one another, and what is logged\" is what each boundary has to say (docs/principles.md, boundaries). Behind a \
          shared account nobody can tell who did it, and everybody may do what the account may (Hardy 1988, the confused deputy).",
    example: "A clerk cancels an order; the portal calls the order service as `svc-integration`, and the audit log names nobody.",
    remedy: "Pass the user's token on, or exchange it for one of the next audience (RFC 8693); or call under the service's own account, \
             and carry the user beside it.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Security,
    star: false,
};

impl Rule for LostIdentity {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let mut lost: BTreeMap<(Subject, &str), Vec<(&Hop<'_>, &Hop<'_>)>> = BTreeMap::new();
        for hop in cx.hops() {
            let Some(origin) = shared(hop) else { continue };
            if let Some(before) = user_before(cx, hop) {
                lost.entry((record(hop, &origin), kind(&origin))).or_default().push((before, hop));
            }
        }
        for ((about, word), lost) in lost {
            blame(out, about, word, &lost);
        }
    }
}

/// Who says that it is made under a shared account, if no token tells the user beside it. Partners' accounts are theirs.
fn shared(hop: &Hop<'_>) -> Option<Origin> {
    match identity(hop) {
        Resolved::Known(CallerIdentity::Shared, origin) => {
            let handling = hop.facts.get("identity_handling", |layer| &layer.security.identity_handling);
            (handling.known().is_none() && !hop.from.is_external()).then_some(origin)
        }
        _ => None,
    }
}

fn identity<'a>(hop: &Hop<'a>) -> Resolved<'a, CallerIdentity> {
    hop.facts.get("caller_identity", |layer| &layer.security.caller_identity)
}

/// The hop by which a user's action comes to it: the one before, or itself where a user sets it off.
fn user_before<'c, 'a>(cx: &'c Context<'a>, hop: &'c Hop<'a>) -> Option<&'c Hop<'a>> {
    if set_off_by_user(hop) {
        return Some(hop);
    }
    let previous = cx.topology.previous(hop.at).into_iter().filter(|(_, join)| *join == Join::Certain);
    previous.map(|(at, _)| cx.hop(at)).find(|before| is_users(before))
}

fn set_off_by_user(hop: &Hop<'_>) -> bool {
    hop.triggered_by.known().is_some_and(|triggers| triggers.contains(&Trigger::User))
}

fn is_users(hop: &Hop<'_>) -> bool {
    match identity(hop) {
        Resolved::Known(identity, _) => *identity == CallerIdentity::User,
        _ => hop.from.is_person() || set_off_by_user(hop),
    }
}

fn blame(out: &mut Findings<'_>, about: Subject, word: &str, lost: &[(&Hop<'_>, &Hop<'_>)]) {
    let Some((before, after)) = lost.first() else { return };
    let mut said = if before.at == after.at {
        say![*after, " is set off by a user, and goes out under a shared account"]
    } else {
        say!["what a user does by ", *before, " goes on under a shared account: ", *after]
    };
    if about != Subject::from(*after) {
        said.push(format!("; so says the {word} ").into());
        said.push(about.clone().into());
    }
    let finding = out.defect(&META, about.clone(), said);
    light(finding, lost.iter().flat_map(|(before, after)| [*after, *before]));
    match identity(before) {
        Resolved::Known(known, origin) if before.at != after.at => {
            finding.because_of(*before, "caller_identity", known.word(), before.facts.words(&origin));
        }
        _ if set_off_by_user(before) => _ = finding.because(*before, "triggered_by", "user"),
        _ => _ = finding.because(before.from, "kind", before.from.kind.word()),
    }
    finding.because(about, "caller_identity", CallerIdentity::Shared.word());
}
