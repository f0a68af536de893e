//! SEC010: first the door, then the lock.

use crate::{
    model::{Contract, Date, Exposure, Fact, Id, Review, ReviewState, Status},
    rules::{Context, Findings, Hop, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct ExposedBeforeSecured;

static META: Meta = Meta {
    code: "SEC010",
    slug: "exposed-before-secured",
    summary: "a contract consumed across a boundary before its security review was in force",
    why: "\"Security bolted on after exposure\" rather than designed in (docs/principles.md, problems). What has been in use from outside \
          is hard to close: its consumers have come to rely on it as it is.",
    example: "The returns API went public in March for a campaign; the security review is planned for September.",
    remedy: "Review and approve the security before the exposure; where it is exposed already, review now, and close what does not pass.",
    severity: Severity::Error,
    gap: None,
    principle: Principle::Security,
    star: false,
};

impl Rule for ExposedBeforeSecured {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, contract) in &cx.model.contracts {
            let asked = !cx.is_foreign(contract.provider.known())
                && !contract.status.is(&Status::Retired)
                && !contract.not_applicable.contains_key("security_review");
            let entered = cx.users(id).filter(|hop| hop.enters().is_some()).min_by_key(|hop| since(hop));
            match exposure(contract, entered, cx.as_of).filter(|_| asked) {
                None => out.exempt(&META, id),
                Some(exposed) => look(cx, out, id, contract, &exposed),
            }
        }
    }
}

/// The way in by which a contract is reached from outside first.
struct Exposed<'c, 'a> {
    since: Option<Date>,
    by: Option<&'c Hop<'a>>,
    now: bool,
}

/// An interaction without a date has been there all along.
fn since(hop: &Hop<'_>) -> Option<Date> {
    hop.active_from.known().copied()
}

fn exposure<'c, 'a>(contract: &Contract, entered: Option<&'c Hop<'a>>, day: Date) -> Option<Exposed<'c, 'a>> {
    let outside = matches!(contract.exposure, Fact::Known(Exposure::Partner | Exposure::Public));
    let promised = outside && !contract.status.is(&Status::Draft);
    let said = contract.exposed_since.known().copied();
    match entered {
        Some(hop) => {
            let now = since(hop).is_none_or(|since| since <= day);
            Some(Exposed { since: said.into_iter().chain(since(hop)).min(), by: Some(hop), now })
        }
        None => {
            let now = said.is_none_or(|since| since <= day);
            promised.then_some(Exposed { since: said, by: None, now })
        }
    }
}

/// What is wrong with the review, in words; and whether it has been mended since.
fn wrong(review: &Fact<Review>, exposed: &Exposed<'_, '_>, day: Date) -> Option<(String, bool)> {
    let (since, now) = (exposed.since, exposed.now);
    match review {
        Fact::NotAsked => None,
        Fact::None => now.then(|| ("with no security review".to_owned(), false)),
        Fact::Known(review) => {
            let on = review.on.known().copied();
            let late = on.filter(|on| since.is_some_and(|since| since < *on));
            let approved = review.state == ReviewState::Approved && on.is_none_or(|on| on <= day);
            match late {
                Some(on) => Some((format!("before the security review of {on}"), approved)),
                None if approved || !now => None,
                None => Some(("before the security review is through".to_owned(), false)),
            }
        }
    }
}

fn look(cx: &Context<'_>, out: &mut Findings<'_>, id: &Id<Contract>, contract: &Contract, exposed: &Exposed<'_, '_>) {
    let Some((wrong, mended)) = wrong(&contract.security_review, exposed, cx.as_of) else {
        if contract.security_review.is_not_asked() {
            out.gap(&META, id, Vec::new());
        } else {
            out.met(&META, id);
        }
        return;
    };
    let reached = match exposed.since {
        Some(since) if exposed.now => format!(" is reached from outside since {since}, "),
        Some(since) => format!(" is to be reached from outside on {since}, "),
        None => " is reached from outside ".to_owned(),
    };
    let finding = out.defect(&META, id, say![id, reached, wrong]);
    if mended {
        finding.severity(Severity::Warning);
    }
    if let Some(exposure) = contract.exposure.known() {
        finding.because(id, "exposure", exposure.word());
    }
    if let Some(since) = contract.exposed_since.known() {
        finding.because(id, "exposed_since", since.to_string());
    }
    if let Some((hop, ((from, _), (to, _)))) = exposed.by.and_then(|hop| Some((hop, hop.enters()?))) {
        finding.with([hop.into()]).with(hop.ends()).with([from.into(), to.into()]);
        let value = since(hop).map_or_else(|| "not asked".to_owned(), |date| date.to_string());
        finding.because(hop, "active_from", value);
    }
    finding.with(contract.provider.known().map(Into::into)).because(
        id,
        "security_review",
        told(&contract.security_review),
    );
}

fn told(review: &Fact<Review>) -> String {
    match review.known() {
        None => "none".to_owned(),
        Some(review) => {
            let on = review.on.known().map_or_else(String::new, |on| format!(", {on}"));
            format!("{}{on}", review.state.word())
        }
    }
}
