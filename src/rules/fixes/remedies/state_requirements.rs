//! State what a boundary requires of whoever crosses it, one by one.

use crate::{
    facts::requirement,
    model::{Boundary, Duration, Fact, Id, Kind, Model, Requirements},
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
    let all = [
        (
            open(model, id, AUTHENTICATION, |r| &r.authentication),
            Ask::new(AUTHENTICATION, "Authentication mechanism", mechanisms(|_| true)),
        ),
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
