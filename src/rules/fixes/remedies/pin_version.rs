//! Pin a consumer to a version of the contract it uses.

use crate::{
    model::{Contract, Id, Interaction, Model, PartName, Status},
    rules::{
        Finding,
        fixes::{
            Ask, Draft, Fix, Remedy,
            asks::{about, part, parts},
            legs,
        },
    },
};

pub(super) struct PinVersion;

const VERSION: &str = "version";

impl Remedy for PinVersion {
    fn slug(&self) -> &'static str {
        "pin-version"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["VER002"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let open = legs::interactions(model, finding).into_iter().filter(|(_, i)| !i.version.is_known());
        let open: Vec<(&Id<Interaction>, &Interaction)> = open.collect();
        let Some(id) = open.first().and_then(|(_, first)| first.contract.known()) else { return Vec::new() };
        let Some(contract) = model.contracts.get(id) else { return Vec::new() };
        // One question cannot pin to versions of several contracts.
        if open.iter().any(|(_, i)| !i.contract.is(id)) || contract.versions.is_empty() {
            return Vec::new();
        }
        let hops: Vec<Id<Interaction>> = open.iter().map(|(id, _)| (*id).clone()).collect();
        let ask = Ask::new(VERSION, format!("Version of {}", model.name_of(id)), parts(in_force(contract)));
        let ask = match legs::only_version(contract) {
            Some(only) => ask.proposing(only.as_str()),
            None => ask,
        };
        let title = format!("Pin {} to a version of {}", about(model, finding), model.name_of(id));
        vec![Fix::new(self.slug(), title, vec![ask], move |model, answers| {
            let version = part(answers, VERSION)?;
            let mut draft = Draft::of(model);
            hops.iter().try_for_each(|id| draft.change(id, |hop| hop.version = version.clone().into()))?;
            Ok(draft.edits())
        })]
    }
}

/// The versions that a consumer may rely on; where none is in force, those that are not retired.
fn in_force(contract: &Contract) -> Vec<&PartName> {
    let those = |fits: &dyn Fn(Option<&Status>) -> bool| {
        let fitting = contract.versions.iter().filter(|(_, version)| fits(version.status.known()));
        fitting.map(|(name, _)| name).collect::<Vec<_>>()
    };
    let active = those(&|status| matches!(status, None | Some(Status::Active)));
    if active.is_empty() { those(&|status| status != Some(&Status::Retired)) } else { active }
}
