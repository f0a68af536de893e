//! Give a contract a versioning strategy, and name the version in force.

use crate::{
    model::{Contract, Fact, Id, Model, Status, Version, Versioning},
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

/// "We'll coordinate the consumers" is no strategy to offer.
const STRATEGIES: [Versioning; 5] =
    [Versioning::Uri, Versioning::Header, Versioning::MediaType, Versioning::SchemaRegistry, Versioning::Evolution];

impl Remedy for VersionContract {
    fn slug(&self) -> &'static str {
        "version-contract"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["VER001"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let id = Id::<Contract>::from_slug(finding.about.key.slug.clone());
        let Some(contract) = model.contracts.get(&id) else { return Vec::new() };
        let mut asks = Vec::new();
        if !contract.versioning.is_known() {
            asks.push(Ask::new(STRATEGY, "Versioning strategy", words(&STRATEGIES, Versioning::word)));
        }
        if contract.versions.is_empty() {
            asks.push(Ask::new(VERSION, "Version in force", AskKind::Name));
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
            let version = asked(VERSION).then(|| part(answers, VERSION)).transpose()?;
            draft.change(&id, |contract| {
                contract.versioning = strategy.map_or(contract.versioning.clone(), Fact::Known);
                if let Some(version) = version {
                    let first = Version { status: Status::Active.into(), ..Version::default() };
                    contract.versions.entry(version).or_insert(first);
                }
            })?;
            Ok(draft.edits())
        })]
    }
}
