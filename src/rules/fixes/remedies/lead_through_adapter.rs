//! Lead traffic to a legacy system through the adapter that fronts it.

use crate::{
    model::{Id, Interaction, Kind, Model, System, SystemKind},
    rules::{
        Finding,
        fixes::{
            Ask, Draft, Fix, Remedy,
            asks::{about, records},
            legs,
        },
    },
};

pub(super) struct LeadThroughAdapter;

const ADAPTER: &str = "adapter";

impl Remedy for LeadThroughAdapter {
    fn slug(&self) -> &'static str {
        "lead-through-adapter"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["PAT003"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let Some((legacy, hops)) = past(model, finding) else { return Vec::new() };
        let adapters = adapters(model, &legacy);
        let ask = Ask::new(ADAPTER, "Adapter", records(model, adapters.iter().copied()));
        let (through, ask) = match adapters.as_slice() {
            [] => return Vec::new(),
            [only] => (model.name_of(only), ask.proposing(only.as_str())),
            _ => ("an adapter".to_owned(), ask),
        };
        let title = format!("Lead what reaches {} through {through}", about(model, finding));
        vec![Fix::new(self.slug(), title, vec![ask], move |model, answers| {
            let adapter: Id<System> = answers.value(ADAPTER)?;
            let mut draft = Draft::of(model);
            hops.iter().try_for_each(|hop| legs::through(&mut draft, hop, &adapter))?;
            Ok(draft.edits())
        })]
    }
}

/// The legacy system that a finding is about, and the interactions that reach it past every adapter of its own.
pub(super) fn past(model: &Model, finding: &Finding) -> Option<(Id<System>, Vec<Id<Interaction>>)> {
    let legacy = Id::<System>::from_slug(finding.about.key.slug.clone());
    if finding.about.key.kind != Kind::System || !legs::is(model, &legacy, SystemKind::Legacy) {
        return None;
    }
    let own = adapters(model, &legacy);
    let into =
        legs::interactions(model, finding).into_iter().filter(|(_, i)| i.to == legacy && !own.contains(&&i.from));
    let hops: Vec<Id<Interaction>> = into.map(|(id, _)| id.clone()).collect();
    (!hops.is_empty()).then_some((legacy, hops))
}

/// The adapters that front a system.
pub(super) fn adapters<'m>(model: &'m Model, legacy: &Id<System>) -> Vec<&'m Id<System>> {
    let fronts = |system: &System| system.fronts.known().is_some_and(|fronts| fronts.contains(legacy));
    let adapters = legs::of_kind(model, SystemKind::Adapter).into_iter();
    adapters.filter(|id| model.system(id).is_some_and(fronts)).collect()
}
