//! Put an adapter in front of a legacy system.

use crate::{
    model::{Many, Model, System, SystemKind},
    rules::{
        Finding,
        fixes::{
            Ask, AskKind, Draft, Fix, Remedy, Unfixed, legs,
            remedies::lead_through_adapter::{adapters, past},
        },
    },
};

pub(super) struct InsertAdapter;

const ADAPTER: &str = "adapter";

impl Remedy for InsertAdapter {
    fn slug(&self) -> &'static str {
        "insert-adapter"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["PAT003"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let Some((legacy, hops)) = past(model, finding) else { return Vec::new() };
        if !adapters(model, &legacy).is_empty() {
            return Vec::new();
        }
        let name = model.name_of(&legacy);
        let ask = Ask::new(ADAPTER, "Name of the adapter", AskKind::Name).proposing(format!("{name} adapter"));
        let title = format!("Put an adapter in front of {name}");
        vec![Fix::new(self.slug(), title, vec![ask], move |model, answers| {
            let name = answers.text(ADAPTER)?;
            let mut draft = Draft::of(model);
            let fronted = draft.get(&legacy)?;
            let mut adapter = System::new(name, SystemKind::Adapter);
            // It stands where that stands which it fronts.
            adapter.domain = fronted.domain.clone();
            adapter.boundary = fronted.boundary.clone();
            adapter.fronts = Many::new(vec![legacy.clone()]).ok_or(Unfixed::Unanswered(ADAPTER))?.into();
            let adapter = draft.add(name, adapter)?;
            hops.iter().try_for_each(|hop| legs::through(&mut draft, hop, &adapter))?;
            Ok(draft.edits())
        })]
    }
}
