//! Put the change on the roadmap that retires what is marked to go.

use crate::{
    model::{Date, Fact, Id, Key, Kind, Model, System, Team},
    rules::{
        Finding,
        fixes::{Ask, AskKind, Draft, Fix, Remedy, asks::about, retirement},
    },
};

pub(super) struct PlanRetirement;

const DATE: &str = "date";
const OWNER: &str = "owner";

impl Remedy for PlanRetirement {
    fn slug(&self) -> &'static str {
        "plan-retirement"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["EVO003"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let key = finding.about.key.clone();
        if !matches!(key.kind, Kind::System | Kind::Contract) || !model.contains(&key) {
            return Vec::new();
        }
        let date = Ask::new(DATE, "Retires on", AskKind::Date);
        let date = match likely_date(model, &key) {
            Some(likely) => date.proposing(likely.to_string()),
            None => date,
        };
        let owner = Ask::new(OWNER, "Who sees to it", AskKind::Team);
        let owner = match model.entry(&key).and_then(|entry| entry.record.owner()) {
            Some(Fact::Known(team)) => owner.proposing(team.slug.as_str()),
            _ => owner,
        };
        let title = format!("Put the retirement of {} on the roadmap", about(model, finding));
        let asks = [date, owner].into_iter().chain(retirement::ask(model, &key, true)).collect();
        let fix = Fix::new(self.slug(), title, asks, move |model, answers| {
            let (day, team): (Date, Id<Team>) = (answers.value(DATE)?, answers.value(OWNER)?);
            let mut draft = Draft::of(model);
            retirement::plan(&mut draft, &key, day, &team, answers)?;
            if key.kind == Kind::System {
                let id = Id::<System>::from_slug(key.slug.clone());
                draft.change(&id, |system| system.lifecycle.retires_on = day.into())?;
            }
            Ok(draft.edits())
        });
        vec![fix.on_roadmap()]
    }
}

/// The day that a system has, or the last one until which a contract's versions are promised.
fn likely_date(model: &Model, key: &Key) -> Option<Date> {
    match key.kind {
        Kind::System => model.system(&Id::from_slug(key.slug.clone()))?.lifecycle.retires_on.known().copied(),
        Kind::Contract => {
            let contract = model.contracts.get(&Id::from_slug(key.slug.clone()))?;
            contract.versions.values().filter_map(|version| version.sunset_on.known().copied()).max()
        }
        _ => None,
    }
}
