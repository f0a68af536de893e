//! Say until when a deprecated version is promised.

use crate::{
    model::{Contract, Date, Id, Model, PartKind, PartName, Status},
    rules::{
        Finding,
        fixes::{Ask, AskKind, Draft, Fix, Remedy, asks::about},
    },
};

pub(super) struct Sunset;

const SUNSET: &str = "sunset";

impl Remedy for Sunset {
    fn slug(&self) -> &'static str {
        "sunset"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["VER005"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let id = Id::<Contract>::from_slug(finding.about.key.slug.clone());
        let Some(contract) = model.contracts.get(&id) else { return Vec::new() };
        let versions: Vec<PartName> = match &finding.about.part {
            Some((PartKind::Version, name)) => vec![name.clone()],
            Some(_) => Vec::new(),
            None => open(contract),
        };
        if versions.is_empty() {
            return Vec::new();
        }
        let title = format!("Say until when {} is promised", about(model, finding));
        vec![Fix::new(self.slug(), title, vec![Ask::new(SUNSET, "Sunset", AskKind::Date)], move |model, answers| {
            let day: Date = answers.value(SUNSET)?;
            let mut draft = Draft::of(model);
            draft.change(&id, |contract| {
                let named = contract.versions.iter_mut().filter(|(name, _)| versions.contains(name));
                named.for_each(|(_, version)| version.sunset_on = day.into());
            })?;
            Ok(draft.edits())
        })]
    }
}

/// The deprecated versions that say no day.
fn open(contract: &Contract) -> Vec<PartName> {
    let open = contract.versions.iter().filter(|(_, version)| {
        let deprecated = version.status.is(&Status::Deprecated) || version.deprecated_on.is_known();
        deprecated && !version.sunset_on.is_known()
    });
    open.map(|(name, _)| name.clone()).collect()
}
