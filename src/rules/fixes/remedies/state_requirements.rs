//! State what a boundary requires of whoever crosses it, one by one.

use crate::{
    facts::{Facts, requirement},
    model::{Authentication, Boundary, Duration, Fact, Id, Interaction, Kind, Model, Requirements, System},
    rules::{
        Finding,
        fixes::{
            Answers, Ask, AskKind, Draft, Fix, Remedy, Unfixed,
            asks::{about, mechanism, mechanisms, said},
        },
    },
};

pub(super) struct StateRequirements;

const AUTHENTICATION: &str = "authentication";
const SCOPES: &str = "scopes";
const LIFETIME: &str = "token_lifetime";
const ROTATION: &str = "rotation";
const TRUST: &str = "service_trust";
const AUDIT: &str = "audit";

impl Remedy for StateRequirements {
    fn slug(&self) -> &'static str {
        "state-requirements"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["SEC001"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let id = Id::<Boundary>::from_slug(finding.about.key.slug.clone());
        let known = finding.about.key.kind == Kind::Boundary && model.boundaries.contains_key(&id);
        let asks = if known { asks(model, &id) } else { Vec::new() };
        if asks.is_empty() {
            return Vec::new();
        }
        let title = format!("State what {} requires", about(model, finding));
        vec![Fix::new(self.slug(), title, asks, move |model, answers| {
            let mut draft = Draft::of(model);
            let mut requires = draft.get(&id)?.requires.clone();
            state(&mut requires, answers)?;
            draft.change(&id, |boundary| boundary.requires = requires)?;
            Ok(draft.edits())
        })]
    }
}

/// A question for each requirement that neither the boundary nor one around it states.
fn asks(model: &Model, id: &Id<Boundary>) -> Vec<Ask> {
    fn open<T>(model: &Model, id: &Id<Boundary>, name: &str, pick: impl Fn(&Requirements) -> &Fact<T>) -> bool {
        let excused = model.boundaries.get(id).is_some_and(|boundary| boundary.not_applicable.contains_key(name));
        !excused && requirement(model, id, pick).is_none()
    }
    let authentication = Ask::new(AUTHENTICATION, "Authentication mechanism", mechanisms(|_| true));
    let authentication = match in_use(model, id) {
        Some(mechanism) => authentication.proposing(mechanism.word()),
        None => authentication,
    };
    let all = [
        (open(model, id, AUTHENTICATION, |r| &r.authentication), authentication),
        (
            open(model, id, SCOPES, |r| &r.scopes),
            Ask::new(SCOPES, "How scopes are modelled and kept to the least privilege", AskKind::Text),
        ),
        (
            open(model, id, LIFETIME, |r| &r.token_lifetime),
            Ask::new(LIFETIME, "Longest lifetime of a token", AskKind::Duration),
        ),
        (open(model, id, ROTATION, |r| &r.rotation), Ask::new(ROTATION, "How credentials are rotated", AskKind::Text)),
        (
            open(model, id, TRUST, |r| &r.service_trust),
            Ask::new(TRUST, "Why services trust one another", AskKind::Text),
        ),
        (open(model, id, AUDIT, |r| &r.audit), Ask::new(AUDIT, "What is logged of each access", AskKind::Text)),
    ];
    all.into_iter().filter(|(open, _)| *open).map(|(_, ask)| ask).collect()
}

/// The weakest mechanism by which callers are known to come in: what can be required without turning anybody away.
fn in_use<'m>(model: &'m Model, id: &Id<Boundary>) -> Option<&'m Authentication> {
    let trust = |system: &Id<System>| {
        let boundary = model.system(system)?.boundary.known()?;
        Some((boundary, model.boundaries.get(boundary)?.trust))
    };
    let enters = |i: &Interaction| {
        let (Some((_, from)), Some((into, to))) = (trust(&i.from), trust(&i.to)) else { return false };
        from < to && is_within(model, into, id)
    };
    let crossings = model.interactions.values().map(|stored| &*stored.value).filter(|i| enters(i));
    let known =
        crossings.filter_map(|i| Facts::of(model, i).get("authentication", |l| &l.security.authentication).known());
    known.filter(|mechanism| mechanism.strength() > 0).min_by_key(|mechanism| mechanism.strength())
}

/// Whether a boundary is another, or inside it.
fn is_within(model: &Model, inner: &Id<Boundary>, outer: &Id<Boundary>) -> bool {
    let mut next = Some(inner);
    // Boundaries that stand in a circle stand in each other.
    for _ in 0..=model.boundaries.len() {
        match next {
            Some(id) if id == outer => return true,
            Some(id) => next = model.boundaries.get(id).and_then(|boundary| boundary.value.parent.known()),
            None => return false,
        }
    }
    false
}

fn state(requires: &mut Requirements, answers: &Answers) -> Result<(), Unfixed> {
    let asked = |name| answers.text(name).is_ok();
    if asked(AUTHENTICATION) {
        requires.authentication = mechanism(answers, AUTHENTICATION)?.into();
    }
    if let Some(lifetime) = answers.maybe::<Duration>(LIFETIME)? {
        requires.token_lifetime = lifetime.into();
    }
    for (name, fact) in [
        (SCOPES, &mut requires.scopes),
        (ROTATION, &mut requires.rotation),
        (TRUST, &mut requires.service_trust),
        (AUDIT, &mut requires.audit),
    ] {
        if asked(name) {
            *fact = said(answers, name)?.into();
        }
    }
    Ok(())
}
