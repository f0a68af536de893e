//! Give a contract a versioning strategy, and name the version in force.

use crate::{
    model::{Compatibility, Contract, Fact, Id, Model, Status, Version, Versioning},
    rules::{
        Finding,
        fixes::{
            Ask, AskKind, Draft, Fix, Remedy,
            asks::{about, chosen, part, words},
        },
    },
};

pub(super) struct VersionContract;

const STRATEGY: &str = "strategy";
const VERSION: &str = "version";
const MODE: &str = "mode";

/// "We'll coordinate the consumers" is no strategy to offer.
const STRATEGIES: [Versioning; 5] =
    [Versioning::Uri, Versioning::Header, Versioning::MediaType, Versioning::SchemaRegistry, Versioning::Evolution];

impl Remedy for VersionContract {
    fn slug(&self) -> &'static str {
        "version-contract"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["VER001", "EVT003"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let id = Id::<Contract>::from_slug(finding.about.key.slug.clone());
        // A message that lacks its schema is not mended by a version.
        let contract = model.contracts.get(&id).filter(|_| finding.about.part.is_none());
        let Some(contract) = contract else { return Vec::new() };
        let mut asks = Vec::new();
        if !contract.versioning.is_known() {
            asks.push(Ask::new(STRATEGY, "Versioning strategy", words(&STRATEGIES, Versioning::word)));
        }
        if contract.versions.is_empty() {
            asks.push(Ask::new(VERSION, "Version in force", AskKind::Name));
        }
        let silent = contract.versions.values().any(|version| !version.compatibility.is_known());
        if finding.rule.code == "EVT003" && (silent || contract.versions.is_empty()) {
            asks.push(Ask::new(MODE, "Which changes it admits", words(Compatibility::ALL, Compatibility::word)));
        }
        if asks.is_empty() {
            return Vec::new();
        }
        let title = format!("Version {}", about(model, finding));
        vec![Fix::new(self.slug(), title, asks, move |model, answers| {
            let mut draft = Draft::of(model);
            let asked = |name| answers.text(name).is_ok();
            let strategy =
                asked(STRATEGY).then(|| chosen(answers, STRATEGY, &STRATEGIES, Versioning::word)).transpose()?;
            let mode =
                asked(MODE).then(|| chosen(answers, MODE, Compatibility::ALL, Compatibility::word)).transpose()?;
            let version = asked(VERSION).then(|| part(answers, VERSION)).transpose()?;
            draft.change(&id, |contract| {
                contract.versioning = strategy.map_or(contract.versioning.clone(), Fact::Known);
                if let Some(version) = version {
                    let first = Version { status: Status::Active.into(), ..Version::default() };
                    contract.versions.entry(version).or_insert(first);
                }
                for version in contract.versions.values_mut().filter(|version| !version.compatibility.is_known()) {
                    version.compatibility = mode.map_or(version.compatibility.clone(), Fact::Known);
                }
            })?;
            Ok(draft.edits())
        })]
    }
}
