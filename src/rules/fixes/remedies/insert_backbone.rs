//! Lead an event between domains over a backbone.

use crate::{
    model::{Id, Interaction, InteractionKind, Kind, Model, System, SystemKind},
    rules::{
        Finding,
        fixes::{
            Ask, AskKind, Draft, Fix, Remedy,
            asks::{about, records},
            legs,
        },
    },
};

pub(super) struct InsertBackbone;

const SLUG: &str = "insert-backbone";
const BACKBONE: &str = "backbone";

impl Remedy for InsertBackbone {
    fn slug(&self) -> &'static str {
        SLUG
    }

    fn rules(&self) -> &'static [&'static str] {
        &["PAT004"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let hops = hops(model, finding);
        if hops.is_empty() {
            return Vec::new();
        }
        let backbones = legs::of_kind(model, SystemKind::Backbone);
        match backbones.as_slice() {
            [] => vec![new(model, finding, hops)],
            some => vec![existing(model, finding, hops, some)],
        }
    }
}

fn existing(model: &Model, finding: &Finding, hops: Vec<Id<Interaction>>, backbones: &[&Id<System>]) -> Fix {
    let ask = Ask::new(BACKBONE, "Backbone", records(model, backbones.iter().copied()));
    let first = hops.first().and_then(|id| model.interactions.get(id));
    let likely = first.and_then(|i| legs::backbone(model, &i.from, i.part().as_ref()));
    let over = likely.as_ref().map_or_else(|| "a backbone".to_owned(), |id| model.name_of(id));
    let ask = match &likely {
        Some(likely) => ask.proposing(likely.as_str()),
        None => ask,
    };
    let title = format!("Lead {} over {over}", about(model, finding));
    Fix::new(SLUG, title, vec![ask], move |model, answers| {
        let backbone: Id<System> = answers.value(BACKBONE)?;
        let mut draft = Draft::of(model);
        hops.iter().try_for_each(|hop| legs::through_backbone(&mut draft, hop, &backbone))?;
        Ok(draft.edits())
    })
}

fn new(model: &Model, finding: &Finding, hops: Vec<Id<Interaction>>) -> Fix {
    let ask = Ask::new(BACKBONE, "Name of the backbone", AskKind::Name).proposing("Event backbone");
    let title = format!("Put an event backbone into {}", about(model, finding));
    Fix::new(SLUG, title, vec![ask], move |model, answers| {
        let name = answers.text(BACKBONE)?;
        let mut draft = Draft::of(model);
        let backbone = draft.add(name, System::new(name, SystemKind::Backbone))?;
        hops.iter().try_for_each(|hop| legs::through_backbone(&mut draft, hop, &backbone))?;
        Ok(draft.edits())
    })
}

/// The events that run directly from one system to another.
fn hops(model: &Model, finding: &Finding) -> Vec<Id<Interaction>> {
    let on_backbone = |id: &Id<System>| legs::is(model, id, SystemKind::Backbone);
    let alone = finding.about.key.kind == Kind::Interaction;
    let direct = legs::interactions(model, finding).into_iter().filter(|(id, i)| {
        let event = i.kind == InteractionKind::Event && !on_backbone(&i.from) && !on_backbone(&i.to);
        event && (!alone || id.key() == finding.about.key)
    });
    direct.map(|(id, _)| id.clone()).collect()
}
