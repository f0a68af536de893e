//! Turn direct reading into a copy of the reader's own that events feed.

use crate::{
    model::Model,
    rules::{
        Finding,
        fixes::{
            Fix, Remedy,
            detours::{Detours, Reading},
        },
    },
};

pub(super) struct EventFedCopy;

impl Remedy for EventFedCopy {
    fn slug(&self) -> &'static str {
        "event-fed-copy"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["OWN003"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let detours = Detours::of(model, finding).filter(Detours::only_read);
        detours.map(|detours| detours.fix(model, self.slug(), Reading::Copy)).into_iter().collect()
    }
}
