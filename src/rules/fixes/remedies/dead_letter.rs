//! Say what becomes of what a consumer cannot process.

use crate::{
    model::{Model, OnFailure},
    rules::{
        Finding,
        fixes::{
            Ask, Draft, Fix, Remedy,
            asks::{chosen, words},
            spots::{Spot, spots},
        },
    },
};

pub(super) struct DeadLetter;

const WAY: &str = "on failure";

impl Remedy for DeadLetter {
    fn slug(&self) -> &'static str {
        "dead-letter"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["RES004"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let offer = |spot: Spot| {
            let title = format!("Send what fails to a dead-letter queue, or say what else, for {}", spot.words);
            let ask = Ask::new(WAY, "What cannot be processed", words(OnFailure::ALL, OnFailure::word));
            let ask = ask.proposing(OnFailure::DeadLetter.word());
            Fix::new(self.slug(), title, vec![ask], move |model, answers| {
                let way = chosen(answers, WAY, OnFailure::ALL, OnFailure::word)?;
                let mut draft = Draft::of(model);
                draft.bundles(&spot.key, |resilience, _, _| resilience.on_failure = way.into())?;
                Ok(draft.edits())
            })
        };
        spots(model, finding, |i| i.resilience.on_failure.is_not_asked()).into_iter().map(offer).collect()
    }
}
