//! Turn direct reading into a query of the owner.

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

pub(super) struct QueryOfOwner;

impl Remedy for QueryOfOwner {
    fn slug(&self) -> &'static str {
        "query-of-owner"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["OWN003"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        // Where somebody writes too, the fix is named after the command.
        let detours = Detours::of(model, finding).filter(|detours| !detours.write());
        detours.map(|detours| detours.fix(model, self.slug(), Reading::Query)).into_iter().collect()
    }
}
