//! Say how a bulk transfer is known to be whole.

use crate::{
    facts::Facts,
    model::{Fact, Id, Kind, Model, Reconciliation, Text},
    rules::{
        Finding,
        fixes::{
            Ask, AskKind, Draft, Fix, Remedy,
            asks::said,
            spots::{Spot, spots},
        },
    },
};

pub(super) struct Reconcile;

const CHECK: &str = "check";
const RESTART: &str = "restart";
const OWNER: &str = "differences";

impl Remedy for Reconcile {
    fn slug(&self) -> &'static str {
        "reconcile"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["RES016"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let offer = |spot: Spot| {
            let known = known(model, finding, &spot);
            let mut asks = Vec::new();
            for (name, label, fact) in [
                (CHECK, "How completeness is checked", &known.check),
                (RESTART, "How it is restarted", &known.restart),
                (OWNER, "Who answers for differences", &known.owner),
            ] {
                if !fact.is_known() {
                    asks.push(Ask::new(name, label, AskKind::Text));
                }
            }
            let title = format!("Say how completeness is checked for {}", spot.words);
            Fix::new(self.slug(), title, asks, move |model, answers| {
                let answer = |name, known: &Fact<Text>| match known {
                    Fact::Known(text) => Ok(Fact::Known(text.clone())),
                    _ => said(answers, name).map(Fact::Known),
                };
                let whole = Reconciliation {
                    check: answer(CHECK, &known.check)?,
                    restart: answer(RESTART, &known.restart)?,
                    owner: answer(OWNER, &known.owner)?,
                };
                let mut draft = Draft::of(model);
                draft.bundles(&spot.key, |resilience, _, _| resilience.reconciliation = whole.into())?;
                Ok(draft.edits())
            })
        };
        spots(model, finding, |i| i.resilience.reconciliation.is_not_asked()).into_iter().map(offer).collect()
    }
}

/// What is known already of the interaction, or of the record that answers for many.
fn known(model: &Model, finding: &Finding, spot: &Spot) -> Reconciliation {
    let slug = spot.key.slug.clone();
    let own = match spot.key.kind {
        Kind::Profile => model.profiles.get(&Id::from_slug(slug)).map(|p| p.resilience.reconciliation.clone()),
        _ => None,
    };
    if let Some(own) = own {
        return own.known().cloned().unwrap_or_default();
    }
    let interaction = model.interactions.get(&Id::from_slug(finding.about.key.slug.clone()));
    let interaction = interaction.filter(|_| spot.key.kind == Kind::Interaction);
    let resolved = |i| Facts::of(model, i).get("reconciliation", |layer| &layer.resilience.reconciliation).known();
    interaction.and_then(|i| resolved(i).cloned()).unwrap_or_default()
}
