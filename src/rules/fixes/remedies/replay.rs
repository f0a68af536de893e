//! Say how lost messages are had again.

use crate::{
    model::{Contract, Id, Model, PartKind},
    rules::{
        Finding,
        fixes::{
            Ask, AskKind, Draft, Fix, Remedy,
            asks::{about, said},
            spots::spots,
        },
    },
};

pub(super) struct Replay;

const REPLAY: &str = "replay";

impl Remedy for Replay {
    fn slug(&self) -> &'static str {
        REPLAY
    }

    fn rules(&self) -> &'static [&'static str] {
        &["RES005"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let ask = || vec![Ask::new(REPLAY, "How lost messages are had again", AskKind::Text)];
        if let Some((PartKind::Message, name)) = finding.about.part.clone() {
            let id = Id::<Contract>::from_slug(finding.about.key.slug.clone());
            let title = format!("Say how a lost {} is had again", about(model, finding));
            return vec![Fix::new(REPLAY, title, ask(), move |model, answers| {
                let how = said(answers, REPLAY)?;
                let mut draft = Draft::of(model);
                draft.change(&id, |contract| {
                    if let Some(message) = contract.messages.get_mut(&name) {
                        message.replay = how.into();
                    }
                })?;
                Ok(draft.edits())
            })];
        }
        let spots = spots(model, finding, |i| i.resilience.replay.is_not_asked());
        let offer = |spot: crate::rules::fixes::spots::Spot| {
            let title = format!("Say how what is lost is had again for {}", spot.words);
            Fix::new(REPLAY, title, ask(), move |model, answers| {
                let how = said(answers, REPLAY)?;
                let mut draft = Draft::of(model);
                draft.bundles(&spot.key, |resilience, _, _| resilience.replay = how.into())?;
                Ok(draft.edits())
            })
        };
        spots.into_iter().map(offer).collect()
    }
}
