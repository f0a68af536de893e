//! SEC004: a token that lives too long.

use super::crossing::{entry, has_tokens, mechanism};
use crate::{
    facts::{Origin, Resolved, requirement},
    model::{Boundary, Duration, Fact, Id, Key, Kind, Model, Stage, Subject},
    rules::{
        Class, Context, Findings, Hop, Meta, Principle, Rule, Severity,
        finding::say,
        lacking::{Lack, causes, joined},
    },
};

pub(super) struct LongLivedToken;

/// The longest lifetime where neither the policy nor the boundary says one.
const LONGEST_H: u64 = 24;

static META: Meta = Meta {
    code: "SEC004",
    slug: "long-lived-token",
    summary: "a caller's token lives for ever, for longer than the policy or the boundary allows (24 h where neither says), or nobody knows",
    why: "\"How long tokens live\" is what each boundary has to say (docs/principles.md, boundaries). A stolen bearer token is good until \
          it ends (RFC 6750, 5.3: issue short-lived bearer tokens).",
    example: "The token of the partner's client is valid for a year; it leaks in a log, and opens the order service for a year.",
    remedy: "Shorten the token's lifetime, and refresh it; or bind it to the client's certificate (mutual TLS).",
    severity: Severity::Warning,
    gap: Some(Stage::Governed),
    principle: Principle::Security,
    star: false,
};

impl Rule for LongLivedToken {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for cause in causes(cx, out, &META, |hop| lacks(cx.model, hop)) {
            let [none, _] = cause.facts;
            let Some(first) = cause.hops.iter().find(|hop| none.is_some() || too_long(cx.model, hop).is_some()) else {
                continue;
            };
            let long = too_long(cx.model, first).filter(|_| none.is_none());
            let wrong = || match &long {
                Some((lifetime, limit, _)) => format!("tokens that live {lifetime}, longer than the {limit} allowed"),
                None => "tokens that never end".to_owned(),
            };
            let finding = cause.report(out, &META, |class| match (class, cause.alone) {
                (Class::Defect, true) => say![*first, format!(" uses {}", wrong())],
                (Class::Defect, false) => {
                    joined([cause.named(), say![format!(" has {}; so it is for ", wrong())], cause.takers()])
                }
                (Class::Gap, true) => say!["how long the tokens of ", *first, " live was not asked"],
                (Class::Gap, false) => {
                    let said = say![" does not say how long tokens live; it would answer for "];
                    joined([cause.named(), said, cause.takers()])
                }
            });
            let Some(finding) = finding else { continue };
            let Some((lifetime, limit, by)) = long else {
                cause.prove(finding, &["token_lifetime", "token_lifetime"]);
                continue;
            };
            match lifetime_of(first) {
                Resolved::Known(_, origin) if cause.alone => {
                    finding.because_of(*first, "token_lifetime", lifetime.to_string(), first.facts.words(&origin))
                }
                _ => finding.because(cause.about.clone(), "token_lifetime", lifetime.to_string()),
            };
            match by {
                Limit::Boundary(id) => {
                    finding.with([id.into()]).because(Subject::from(id), "token_lifetime", limit.to_string())
                }
                Limit::Policy => finding.because(policy(), "longest_token_lifetime", limit.to_string()),
                Limit::Default => {
                    finding.because(policy(), "longest_token_lifetime", format!("not asked: {limit} counts"))
                }
            };
        }
    }
}

fn policy() -> Subject {
    Key::single(Kind::Policy).into()
}

/// No end or nobody knows, and too late an end. Who proves itself in another way has no token; people have sessions, which
/// are asked for only where they are known.
fn lacks(model: &Model, hop: &Hop<'_>) -> [Lack; 2] {
    let tokens = mechanism(hop).is_some_and(has_tokens);
    if !tokens || entry(hop).is_none() {
        return [Lack::Exempt, Lack::Exempt];
    }
    let lifetime = lifetime_of(hop);
    let excess = too_long(model, hop);
    match (&lifetime, excess) {
        // A boundary that is stricter than others makes the profile wrong only there.
        (_, Some((.., Limit::Boundary(_)))) => [Lack::Met, Lack::None(Origin::Own)],
        (Resolved::Known(_, origin), Some(_)) => [Lack::Met, Lack::None(origin.clone())],
        _ if hop.has_person() => [Lack::of(&lifetime).if_known(), Lack::Exempt],
        _ => [Lack::of(&lifetime), Lack::Exempt],
    }
}

fn lifetime_of<'a>(hop: &Hop<'a>) -> Resolved<'a, Duration> {
    hop.facts.get("token_lifetime", |layer| &layer.security.token_lifetime)
}

enum Limit<'a> {
    Boundary(&'a Id<Boundary>),
    Policy,
    Default,
}

/// The lifetime of its tokens, the limit that it exceeds, and whose that is.
fn too_long<'a>(model: &'a Model, hop: &Hop<'a>) -> Option<(Duration, Duration, Limit<'a>)> {
    let lifetime = *lifetime_of(hop).known()?;
    let (_, (into, _)) = entry(hop)?;
    let (limit, by) = limit(model, into);
    (lifetime.ms() > limit.ms()).then_some((lifetime, limit, by))
}

/// The shorter of what the boundary and the policy say.
fn limit<'a>(model: &'a Model, into: &Id<Boundary>) -> (Duration, Limit<'a>) {
    let required = requirement(model, into, |requires| &requires.token_lifetime);
    match (required, &model.policy.longest_token_lifetime) {
        (Some((id, required)), Fact::Known(longest)) if required <= longest => (*required, Limit::Boundary(id)),
        (_, Fact::Known(longest)) => (*longest, Limit::Policy),
        (Some((id, required)), _) => (*required, Limit::Boundary(id)),
        (None, _) => (Duration::from_h(LONGEST_H), Limit::Default),
    }
}
