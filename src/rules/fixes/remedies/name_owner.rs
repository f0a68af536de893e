//! Name the owner of what nobody is said to own.

use crate::{
    model::{Edit, Fact, Id, Kind, Model, System, Team},
    rules::{
        Finding,
        fixes::{Ask, AskKind, Fix, Remedy, Unfixed},
    },
};

pub(super) struct NameOwner;

const SLUG: &str = "name-owner";

impl Remedy for NameOwner {
    fn slug(&self) -> &'static str {
        SLUG
    }

    fn rules(&self) -> &'static [&'static str] {
        &["CON009", "EVO007", "OWN001", "OWN004", "OWN006"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let key = finding.about.key.clone();
        let Some(mut record) = model.entry(&key).map(|entry| entry.record) else { return Vec::new() };
        let data = matches!(key.kind, Kind::Store | Kind::Entity);
        let (label, kind) = if data { ("System of record", AskKind::System) } else { ("Owner", AskKind::Team) };
        // Only records that can have an owner.
        if !record.set_owner(&Fact::None) {
            return Vec::new();
        }
        let title = format!("Name the owner of {}", model.name(&key));
        vec![Fix::new(SLUG, title, vec![Ask::new("owner", label, kind)], move |model, answers| {
            let gone = || Unfixed::Gone(format!("{key} is not there any more"));
            let mut record = model.entry(&key).ok_or_else(gone)?.record;
            let owner = match key.kind {
                Kind::Store | Kind::Entity => answers.value::<Id<System>>("owner")?.key(),
                _ => answers.value::<Id<Team>>("owner")?.key(),
            };
            record.set_owner(&Fact::Known(owner));
            Ok(vec![Edit::Put { key: key.clone(), record }])
        })]
    }
}
