//! Lead traffic from outside through a gateway.

use crate::{
    model::{Boundary, Id, Interaction, InteractionKind, Kind, Model, System, SystemKind, Trust},
    rules::{
        Finding,
        fixes::{
            Ask, AskKind, Draft, Fix, Remedy,
            asks::{about, records},
            legs,
        },
    },
};

pub(super) struct InsertGateway;

const SLUG: &str = "insert-gateway";
const GATEWAY: &str = "gateway";
const BOUNDARY: &str = "boundary";

impl Remedy for InsertGateway {
    fn slug(&self) -> &'static str {
        SLUG
    }

    fn rules(&self) -> &'static [&'static str] {
        &["PAT001"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let hops = hops(model, finding);
        if hops.is_empty() {
            return Vec::new();
        }
        let gateways = legs::of_kind(model, SystemKind::Gateway);
        let mut offers = Vec::new();
        if !gateways.is_empty() {
            offers.push(existing(model, finding, hops.clone(), &gateways));
        }
        offers.push(new(model, finding, hops));
        offers
    }
}

fn existing(model: &Model, finding: &Finding, hops: Vec<Id<Interaction>>, gateways: &[&Id<System>]) -> Fix {
    let ask = Ask::new(GATEWAY, "Gateway", records(model, gateways.iter().copied()));
    let (title, ask) = match gateways {
        [only] => {
            let title = format!("Lead {} through {}", about(model, finding), model.name_of(only));
            (title, ask.proposing(only.as_str()))
        }
        _ => (format!("Lead {} through a gateway", about(model, finding)), ask),
    };
    Fix::new(SLUG, title, vec![ask], move |model, answers| {
        let gateway: Id<System> = answers.value(GATEWAY)?;
        let mut draft = Draft::of(model);
        hops.iter().try_for_each(|hop| legs::through(&mut draft, hop, &gateway))?;
        Ok(draft.edits())
    })
}

fn new(model: &Model, finding: &Finding, hops: Vec<Id<Interaction>>) -> Fix {
    let mut asks = vec![Ask::new(GATEWAY, "Name of the gateway", AskKind::Name).proposing("API gateway")];
    if !model.boundaries.is_empty() {
        let ask = Ask::new(BOUNDARY, "Where it stands", records(model, model.boundaries.keys())).optional();
        asks.push(match edge(model) {
            Some(edge) => ask.proposing(edge.as_str()),
            None => ask,
        });
    }
    let title = format!("Put a new gateway into {}", about(model, finding));
    Fix::new(SLUG, title, asks, move |model, answers| {
        let name = answers.text(GATEWAY)?;
        let mut gateway = System::new(name, SystemKind::Gateway);
        if let Some(boundary) = answers.maybe::<Id<Boundary>>(BOUNDARY)? {
            gateway.boundary = boundary.into();
        }
        let mut draft = Draft::of(model);
        let gateway = draft.add(name, gateway)?;
        hops.iter().try_for_each(|hop| legs::through(&mut draft, hop, &gateway))?;
        Ok(draft.edits())
    })
}

/// The one edge boundary there is.
fn edge(model: &Model) -> Option<&Id<Boundary>> {
    let mut edges = model.boundaries.iter().filter(|(_, boundary)| boundary.trust == Trust::Edge);
    edges.next().map(|(id, _)| id).filter(|_| edges.next().is_none())
}

/// The calls that come in from outside past every gateway.
fn hops(model: &Model, finding: &Finding) -> Vec<Id<Interaction>> {
    let passes = |id: &Id<System>| legs::is(model, id, SystemKind::Gateway);
    let calls = legs::interactions(model, finding).into_iter().filter(|(_, i)| {
        let call = matches!(i.kind, InteractionKind::Command | InteractionKind::Query);
        call && !passes(&i.from) && !passes(&i.to)
    });
    let about = &finding.about.key;
    let blamed = |id: &Id<Interaction>, i: &Interaction| match about.kind {
        Kind::Interaction => id.key() == *about,
        Kind::System => i.to.key() == *about,
        _ => is_outside(model, &i.from),
    };
    calls.filter(|(id, i)| blamed(id, i)).map(|(id, _)| id.clone()).collect()
}

/// Whether a system stands outside, or is not ours and nobody was asked where it stands.
fn is_outside(model: &Model, system: &Id<System>) -> bool {
    let Some(system) = model.system(system) else { return false };
    match system.boundary.known().and_then(|id| model.boundaries.get(id)) {
        Some(boundary) => matches!(boundary.trust, Trust::Public | Trust::Partner),
        None => system.kind == SystemKind::External,
    }
}
