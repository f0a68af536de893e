//! Watch what is sent and not waited for, and wake somebody.

use crate::{
    model::{Id, Interaction, Kind, Many, Model, SystemKind, Yes},
    rules::{
        Finding,
        fixes::{
            Ask, AskKind, Draft, Fix, Remedy, Unfixed,
            asks::said,
            legs,
            spots::{Spot, spots},
        },
    },
};

pub(super) struct Watch;

const ALERT: &str = "alert";

impl Remedy for Watch {
    fn slug(&self) -> &'static str {
        "watch"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["RES006"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let mut spots = spots(model, finding, silent);
        spots.extend(backbone(model, finding));
        let offer = |spot: Spot| {
            let title = format!("Watch loss and delay, and alert somebody, for {}", spot.words);
            let ask = Ask::new(ALERT, "What wakes whom, and at which threshold", AskKind::Text);
            Fix::new(self.slug(), title, vec![ask], move |model, answers| {
                let alerts = Many::new(vec![said(answers, ALERT)?]).ok_or(Unfixed::Unanswered(ALERT))?;
                let mut draft = Draft::of(model);
                draft.bundles(&spot.key, |_, _, observability| {
                    observability.error_rate = Yes::Yes.into();
                    observability.alerts = alerts.into();
                })?;
                Ok(draft.edits())
            })
        };
        spots.into_iter().map(offer).collect()
    }
}

/// Whether an interaction leaves it to others to say who watches.
fn silent(interaction: &Interaction) -> bool {
    let own = &interaction.observability;
    own.error_rate.is_not_asked() && own.alerts.is_not_asked()
}

/// The backbone at an end, which can watch all its legs; not where the interaction or its profile says otherwise.
fn backbone(model: &Model, finding: &Finding) -> Option<Spot> {
    if finding.about.key.kind != Kind::Interaction {
        return None;
    }
    let interaction = model.interactions.get(&Id::from_slug(finding.about.key.slug.clone()))?;
    let profile = interaction.profile.known().and_then(|id| model.profiles.get(id));
    let asked =
        profile.is_some_and(|p| !p.observability.error_rate.is_not_asked() || !p.observability.alerts.is_not_asked());
    let end = [&interaction.to, &interaction.from].into_iter().find(|id| legs::is(model, id, SystemKind::Backbone))?;
    let words = format!("all legs of {}", model.name_of(end));
    (silent(interaction) && !asked).then(|| Spot { key: end.key(), words })
}
