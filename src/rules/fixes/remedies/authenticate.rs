//! Say how a caller proves who it is, or that nobody has to, and why.

use crate::{
    facts::requirement,
    model::{Authentication, Boundary, Id, Interaction, Model, System, Trust},
    rules::{
        Finding,
        fixes::{
            Ask, AskKind, Draft, Fix, Remedy,
            asks::{mechanism, mechanisms, said},
            legs,
            spots::{Spot, spots},
        },
    },
};

pub(super) struct Authenticate;

const SLUG: &str = "authenticate";
const MECHANISM: &str = "authentication";
const REASON: &str = "reason";

impl Remedy for Authenticate {
    fn slug(&self) -> &'static str {
        SLUG
    }

    fn rules(&self) -> &'static [&'static str] {
        &["SEC002"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let hops = legs::interactions(model, finding);
        let Some((_, hop)) = hops.first() else { return Vec::new() };
        let required = boundary(model, &hop.to).and_then(|(id, _)| requirement(model, id, |r| &r.authentication));
        let required = required.map(|(_, mechanism)| mechanism.clone());
        let spots = || spots(model, finding, |i: &Interaction| i.security.authentication.is_not_asked());
        let least = least(model, hop, required.as_ref());
        let mut offers: Vec<Fix> = spots().into_iter().map(|spot| prove(spot, least, required.as_ref())).collect();
        // Where the boundary requires proof, nobody comes in without.
        if required.is_none_or(|required| required.strength() == 0) {
            offers.extend(spots().into_iter().next().map(anonymous));
        }
        offers
    }
}

fn boundary<'m>(model: &'m Model, system: &Id<System>) -> Option<(&'m Id<Boundary>, &'m Boundary)> {
    let id = model.system(system)?.boundary.known()?;
    model.boundaries.get_key_value(id).map(|(id, boundary)| (id, &*boundary.value))
}

/// How strong the proof must be: as the boundary requires; from outside at least more than a static secret.
fn least(model: &Model, hop: &Interaction, required: Option<&Authentication>) -> u8 {
    let from = boundary(model, &hop.from).map(|(_, boundary)| boundary.trust);
    let outer = matches!(from, Some(Trust::Public | Trust::Partner));
    required.map_or(0, Authentication::strength).max(if outer { 2 } else { 1 })
}

fn prove(spot: Spot, least: u8, required: Option<&Authentication>) -> Fix {
    let ask = Ask::new(MECHANISM, "Authentication", mechanisms(|mechanism| mechanism.strength() >= least));
    let ask = match required.filter(|required| required.strength() >= least) {
        Some(required) => ask.proposing(required.word()),
        None => ask,
    };
    let title = format!("Say how {} is authenticated", spot.words);
    Fix::new(SLUG, title, vec![ask], move |model, answers| {
        let mechanism = mechanism(answers, MECHANISM)?;
        let mut draft = Draft::of(model);
        draft.bundles(&spot.key, |_, security, _| security.authentication = mechanism.into())?;
        Ok(draft.edits())
    })
}

fn anonymous(spot: Spot) -> Fix {
    let title = format!("State that {} is anonymous by design, and why", spot.words);
    Fix::new(
        SLUG,
        title,
        vec![Ask::new(REASON, "Why nobody has to prove anything", AskKind::Text)],
        move |model, answers| {
            let reason = said(answers, REASON)?;
            let mut draft = Draft::of(model);
            draft.bundles(&spot.key, |_, security, _| {
                security.authentication = Authentication::Anonymous(reason).into();
            })?;
            Ok(draft.edits())
        },
    )
}
