//! Say where a contract stands in its life.

use crate::{
    model::{Contract, Id, Model, Status},
    rules::{
        Finding,
        fixes::{
            Ask, Draft, Fix, Remedy,
            asks::{about, chosen, words},
        },
    },
};

pub(super) struct StateStatus;

const STATUS: &str = "status";
const STATES: [Status; 4] = [Status::Active, Status::Draft, Status::Deprecated, Status::Retired];

impl Remedy for StateStatus {
    fn slug(&self) -> &'static str {
        "state-status"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["CON010"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let id = Id::<Contract>::from_slug(finding.about.key.slug.clone());
        if model.contracts.get(&id).is_none_or(|contract| contract.status.is_known()) {
            return Vec::new();
        }
        let title = format!("Say where {} stands in its life", about(model, finding));
        let ask = Ask::new(STATUS, "Lifecycle status", words(&STATES, Status::word));
        vec![Fix::new(self.slug(), title, vec![ask], move |model, answers| {
            let status = chosen(answers, STATUS, &STATES, Status::word)?;
            let mut draft = Draft::of(model);
            draft.change(&id, |contract| contract.status = status.into())?;
            Ok(draft.edits())
        })]
    }
}
