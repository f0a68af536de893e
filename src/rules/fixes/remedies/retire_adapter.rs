//! Give a temporary adapter its retirement: a day, an owner, and a change on the roadmap.

use crate::{
    model::{Date, Fact, Id, Kind, Model, System, Team},
    rules::{
        Finding,
        fixes::{Ask, AskKind, Draft, Fix, Remedy, asks::about, retirement},
    },
};

pub(super) struct RetireAdapter;

const DATE: &str = "date";
const OWNER: &str = "owner";

impl Remedy for RetireAdapter {
    fn slug(&self) -> &'static str {
        "retire-adapter"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["EVO001"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let id = Id::<System>::from_slug(finding.about.key.slug.clone());
        let Some(adapter) = model.system(&id).filter(|_| finding.about.key.kind == Kind::System) else {
            return Vec::new();
        };
        let date = Ask::new(DATE, "Retires on", AskKind::Date);
        let date = match likely_date(model, &id, adapter) {
            Some(likely) => date.proposing(likely.to_string()),
            None => date,
        };
        let owner = Ask::new(OWNER, "Who sees to it", AskKind::Team);
        let owner = match adapter.owner.known() {
            Some(team) => owner.proposing(team.as_str()),
            None => owner,
        };
        let title = format!("Plan the retirement of {}", about(model, finding));
        let asks = [date, owner].into_iter().chain(retirement::ask(model, &id.key(), false)).collect();
        let fix = Fix::new(self.slug(), title, asks, move |model, answers| {
            let (day, team): (Date, Id<Team>) = (answers.value(DATE)?, answers.value(OWNER)?);
            let mut draft = Draft::of(model);
            draft.change(&id, |adapter| {
                adapter.lifecycle.retires_on = day.into();
                if !adapter.owner.is_known() {
                    adapter.owner = team.clone().into();
                }
            })?;
            retirement::plan(&mut draft, &id.key(), day, &team, answers)?;
            Ok(draft.edits())
        });
        vec![fix.on_roadmap()]
    }
}

/// The day it has, the day on which a change ends that retires it, or the last day of what it fronts.
fn likely_date(model: &Model, id: &Id<System>, adapter: &System) -> Option<Date> {
    let own = adapter.lifecycle.retires_on.known().copied();
    let change = retirement::planned(model, &id.key()).and_then(|(_, change)| change.end.known().copied());
    let fronts = match &adapter.fronts {
        Fact::Known(fronts) => fronts.iter().filter_map(|front| model.system(front)).collect(),
        _ => Vec::new(),
    };
    let fronted = fronts.into_iter().filter_map(|system| system.lifecycle.retires_on.known().copied()).max();
    own.or(change).or(fronted)
}
