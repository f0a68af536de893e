//! Publish through an outbox or the change feed instead of writing and sending one after the other.

use crate::{
    model::{Contract, Id, Kind, Model, PartKind, PartName, Publishing},
    rules::{
        Finding,
        fixes::{
            Ask, Draft, Fix, Remedy,
            asks::{about, chosen, words},
            legs,
        },
    },
};

pub(super) struct Outbox;

const HOW: &str = "how";
const WAYS: [Publishing; 2] = [Publishing::Outbox, Publishing::ChangeFeed];

impl Remedy for Outbox {
    fn slug(&self) -> &'static str {
        "outbox"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["RES013"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let Some((id, only)) = target(model, finding) else { return Vec::new() };
        let written = |contract: &Contract| {
            let named = contract.operations.iter().filter(|(name, _)| only.as_ref().is_none_or(|only| only == *name));
            named.flat_map(|(_, operation)| &operation.publishes).any(|published| !safe(&published.how))
        };
        if !model.contracts.get(&id).is_some_and(|contract| written(contract)) {
            return Vec::new();
        }
        let title = format!("Publish what {} changes through an outbox or the change feed", about(model, finding));
        let ask = Ask::new(HOW, "Through", words(&WAYS, Publishing::word)).proposing(Publishing::Outbox.word());
        vec![Fix::new(self.slug(), title, vec![ask], move |model, answers| {
            let how = chosen(answers, HOW, &WAYS, Publishing::word)?;
            let mut draft = Draft::of(model);
            draft.change(&id, |contract| {
                let all = contract.operations.iter_mut();
                let named = all.filter(|(name, _)| only.as_ref().is_none_or(|only| only == *name));
                let published = named.flat_map(|(_, operation)| &mut operation.publishes);
                published.filter(|published| !safe(&published.how)).for_each(|published| published.how = how.into());
            })?;
            Ok(draft.edits())
        })]
    }
}

fn safe(how: &crate::model::Fact<Publishing>) -> bool {
    matches!(how.known(), Some(Publishing::Outbox | Publishing::ChangeFeed))
}

/// The contract, and the operation where it is one alone.
fn target(model: &Model, finding: &Finding) -> Option<(Id<Contract>, Option<PartName>)> {
    if finding.about.key.kind == Kind::Contract {
        let only = match &finding.about.part {
            Some((PartKind::Operation, name)) => Some(name.clone()),
            _ => None,
        };
        return Some((Id::from_slug(finding.about.key.slug.clone()), only));
    }
    let (_, interaction) = *legs::interactions(model, finding).first()?;
    Some((interaction.contract.known()?.clone(), interaction.operation.known().cloned()))
}
