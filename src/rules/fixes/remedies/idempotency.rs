//! Say how a command comes to be idempotent.

use crate::{
    model::{Contract, Fact, Id, Idempotency, Kind, Model, OperationKind, PartKind, PartName},
    rules::{
        Finding,
        fixes::{
            Ask, Draft, Fix, Remedy,
            asks::{about, chosen, words},
            legs,
        },
    },
};

pub(super) struct Idempotent;

const HOW: &str = "idempotency";

impl Remedy for Idempotent {
    fn slug(&self) -> &'static str {
        "idempotency"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["API001", "RES003"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let Some((id, names)) = commands(model, finding) else { return Vec::new() };
        if names.is_empty() {
            return Vec::new();
        }
        let title = format!("Say how {} is idempotent", about(model, finding));
        let ask = Ask::new(HOW, "Idempotent", words(Idempotency::ALL, Idempotency::word));
        vec![Fix::new(self.slug(), title, vec![ask], move |model, answers| {
            let how = chosen(answers, HOW, Idempotency::ALL, Idempotency::word)?;
            let mut draft = Draft::of(model);
            draft.change(&id, |contract| {
                let named = contract.operations.iter_mut().filter(|(name, _)| names.contains(name));
                named.for_each(|(_, operation)| operation.idempotency = Fact::Known(how));
            })?;
            Ok(draft.edits())
        })]
    }
}

/// The commands in question: the one that the finding is about, the one that its interaction calls, or all of the
/// contract that do not say it.
fn commands(model: &Model, finding: &Finding) -> Option<(Id<Contract>, Vec<PartName>)> {
    if finding.about.key.kind == Kind::Contract {
        let id = Id::<Contract>::from_slug(finding.about.key.slug.clone());
        let contract = model.contracts.get(&id)?;
        let names = match &finding.about.part {
            Some((PartKind::Operation, name)) => vec![name.clone()],
            Some(_) => Vec::new(),
            None => open(contract),
        };
        return Some((id, names));
    }
    let (_, interaction) = *legs::interactions(model, finding).first()?;
    Some((interaction.contract.known()?.clone(), vec![interaction.operation.known()?.clone()]))
}

fn open(contract: &Contract) -> Vec<PartName> {
    let commands = contract.operations.iter().filter(|(_, operation)| operation.kind == OperationKind::Command);
    commands.filter(|(_, operation)| !operation.idempotency.is_known()).map(|(name, _)| name.clone()).collect()
}
