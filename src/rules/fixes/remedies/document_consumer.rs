//! Name a consumer among those that a contract documents.

use std::collections::BTreeSet;

use crate::{
    model::{Consumers, Contract, Fact, Id, Interaction, InteractionKind, Kind, Model, System, SystemKind},
    rules::{
        Finding,
        fixes::{Draft, Fix, Remedy, asks::names, legs},
    },
};

pub(super) struct DocumentConsumer;

const SLUG: &str = "document-consumer";

impl Remedy for DocumentConsumer {
    fn slug(&self) -> &'static str {
        SLUG
    }

    fn rules(&self) -> &'static [&'static str] {
        &["CON007"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let Some(id) = contract_of(model, finding) else { return Vec::new() };
        let Some(contract) = model.contracts.get(&id) else { return Vec::new() };
        let using = users(model, &id, contract);
        let listed: Vec<Id<System>> = match contract.consumers.known() {
            Some(Consumers::Documented(systems)) => systems.clone(),
            Some(Consumers::Open) => return Vec::new(),
            None => Vec::new(),
        };
        let lit = blamed(model, finding, contract);
        let missing: BTreeSet<Id<System>> = match contract.consumers {
            // Where nobody was asked, whoever uses it is a consumer.
            Fact::NotAsked | Fact::None => lit.union(&using).cloned().collect(),
            Fact::Known(_) => lit.iter().filter(|system| !listed.contains(system)).cloned().collect(),
        };
        let mut offers = Vec::new();
        if !missing.is_empty() {
            let title = format!("Document {} as consumer of {}", names(model, &missing), model.name_of(&id));
            offers.push(list(id.clone(), title, move |systems| {
                systems.extend(missing.iter().filter(|id| !systems.contains(id)).cloned().collect::<Vec<_>>());
            }));
        }
        if !contract.consumers.is_known() {
            offers.push(open(model, id.clone()));
        }
        if !offers.is_empty() {
            return offers;
        }
        let idle: BTreeSet<Id<System>> = lit.difference(&using).cloned().collect();
        if idle.is_empty() || idle.len() == listed.len() {
            return Vec::new();
        }
        let title = format!("Strike {} from the consumers of {}", names(model, &idle), model.name_of(&id));
        vec![list(id, title, move |systems| systems.retain(|id| !idle.contains(id)))]
    }
}

/// That anybody may use it is an answer too.
fn open(model: &Model, id: Id<Contract>) -> Fix {
    let title = format!("Say that {} is open to anybody", model.name_of(&id));
    Fix::new(SLUG, title, Vec::new(), move |model, _| {
        let mut draft = Draft::of(model);
        draft.change(&id, |contract| contract.consumers = Consumers::Open.into())?;
        Ok(draft.edits())
    })
}

fn list(id: Id<Contract>, title: String, change: impl Fn(&mut Vec<Id<System>>) + Send + Sync + 'static) -> Fix {
    Fix::new(SLUG, title, Vec::new(), move |model, _| {
        let mut draft = Draft::of(model);
        draft.change(&id, |contract| {
            let mut systems = match &contract.consumers {
                Fact::Known(Consumers::Documented(systems)) => systems.clone(),
                _ => Vec::new(),
            };
            change(&mut systems);
            contract.consumers = Consumers::Documented(systems).into();
        })?;
        Ok(draft.edits())
    })
}

fn contract_of(model: &Model, finding: &Finding) -> Option<Id<Contract>> {
    match finding.about.key.kind {
        Kind::Contract => Some(Id::from_slug(finding.about.key.slug.clone())),
        _ => legs::interactions(model, finding).first().and_then(|(_, i)| i.contract.known().cloned()),
    }
}

/// The systems that the finding blames: those it lights up, but for the provider and what only passes on.
fn blamed(model: &Model, finding: &Finding, contract: &Contract) -> BTreeSet<Id<System>> {
    let consumers = match finding.about.key.kind {
        Kind::Interaction => legs::interactions(model, finding).iter().map(|(_, i)| consumer(i).clone()).collect(),
        _ => legs::systems(model, finding),
    };
    consumers.into_iter().filter(|id| counts(model, contract, id)).collect()
}

/// Whoever uses a contract in the model.
fn users(model: &Model, id: &Id<Contract>, contract: &Contract) -> BTreeSet<Id<System>> {
    let under = model.interactions.values().filter(|i| i.contract.is(id)).map(|i| consumer(i).clone());
    under.filter(|system| counts(model, contract, system)).collect()
}

fn counts(model: &Model, contract: &Contract, system: &Id<System>) -> bool {
    let passes = |kind| legs::is(model, system, kind);
    let between = passes(SystemKind::Gateway) || passes(SystemKind::Backbone) || passes(SystemKind::Person);
    model.systems.contains_key(system) && !contract.provider.is(system) && !between
}

/// Who asks, or who is told.
fn consumer(interaction: &Interaction) -> &Id<System> {
    let told = interaction.kind == InteractionKind::Event || interaction.message.is_known();
    if told { &interaction.to } else { &interaction.from }
}
