//! Set a timeout: on the interaction, on its profile, or by taking a profile that has one.

use crate::{
    model::{Duration, Fact, Id, Interaction, Kind, Model, Profile},
    rules::{
        Finding,
        fixes::{
            Ask, AskKind, Draft, Fix, Remedy,
            asks::{about, records},
            spots::{Spot, spots},
        },
    },
};

pub(super) struct SetTimeout;

const SLUG: &str = "set-timeout";
const TIMEOUT: &str = "timeout";
const PROFILE: &str = "profile";

impl Remedy for SetTimeout {
    fn slug(&self) -> &'static str {
        SLUG
    }

    fn rules(&self) -> &'static [&'static str] {
        &["RES001"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let spots = spots(model, finding, |i| i.resilience.timeout.is_not_asked());
        let mut offers: Vec<Fix> = spots.into_iter().map(set).collect();
        offers.extend(by_profile(model, finding));
        offers
    }
}

fn set(spot: Spot) -> Fix {
    let title = format!("Set a timeout for {}", spot.words);
    Fix::new(SLUG, title, vec![Ask::new(TIMEOUT, "Timeout", AskKind::Duration)], move |model, answers| {
        let timeout: Duration = answers.value(TIMEOUT)?;
        let mut draft = Draft::of(model);
        draft.bundles(&spot.key, |resilience, _, _| resilience.timeout = timeout.into())?;
        Ok(draft.edits())
    })
}

/// Lets a profile that has a timeout answer: the one that the interaction takes, or for one that takes none any.
fn by_profile(model: &Model, finding: &Finding) -> Option<Fix> {
    if finding.about.key.kind != Kind::Interaction {
        return None;
    }
    let id = Id::<Interaction>::from_slug(finding.about.key.slug.clone());
    let interaction = model.interactions.get(&id)?;
    let timed = |profile: &Profile| profile.resilience.timeout.is_known() || profile.resilience.try_timeout.is_known();
    if let Some((taken, profile)) = interaction.profile.known().and_then(|id| model.profiles.get_key_value(id)) {
        let title = format!("Let the timeout of the profile {} count", model.name_of(taken));
        return timed(profile).then(|| take(title, Vec::new(), id, None));
    }
    let profiles = model.profiles.iter().filter(|(_, profile)| timed(profile)).map(|(id, _)| id);
    let profiles: Vec<&Id<Profile>> = profiles.collect();
    let ask = Ask::new(PROFILE, "Profile", records(model, profiles.iter().copied()));
    let title = format!("Give {} a profile that has a timeout", about(model, finding));
    match profiles.as_slice() {
        [] => None,
        [only] => Some(take(title, vec![ask.proposing(only.as_str())], id, Some(PROFILE))),
        _ => Some(take(title, vec![ask], id, Some(PROFILE))),
    }
}

fn take(title: String, asks: Vec<Ask>, id: Id<Interaction>, profile: Option<&'static str>) -> Fix {
    Fix::new(SLUG, title, asks, move |model, answers| {
        let profile = profile.map(|name| answers.value::<Id<Profile>>(name)).transpose()?;
        let mut draft = Draft::of(model);
        draft.change(&id, |interaction| {
            if let Some(profile) = profile {
                interaction.profile = profile.into();
            }
            // An own none would stop the search before the profile.
            let own = &mut interaction.resilience;
            for fact in [&mut own.timeout, &mut own.try_timeout] {
                if fact.is_none() {
                    *fact = Fact::NotAsked;
                }
            }
        })?;
        Ok(draft.edits())
    })
}
