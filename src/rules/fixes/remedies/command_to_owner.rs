//! Turn a foreign write into a command to the owner.

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

pub(super) struct CommandToOwner;

impl Remedy for CommandToOwner {
    fn slug(&self) -> &'static str {
        "command-to-owner"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["OWN002", "OWN003"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let detours = Detours::of(model, finding).filter(Detours::write);
        detours.map(|detours| detours.fix(model, self.slug(), Reading::Query)).into_iter().collect()
    }
}
