//! The architecture at each plateau, and right before and after each change.

use std::{collections::BTreeMap, sync::Arc};

use super::Sources;
use crate::{
    model::{ChangeStatus, Date, Fact, Id, Model, Patch, Plateau, RoadmapChange, Subject, diff},
    rules::{Class, Context, Finding, Report, check},
    timeline::as_of,
};

/// A named state of the architecture.
pub(super) struct State {
    /// The plateau; none for the day of the document.
    pub(super) id: Option<Id<Plateau>>,
    pub(super) name: String,
    pub(super) date: Date,
    pub(super) model: Model,
    report: Report,
}

impl State {
    fn new(written: &Model, id: Option<Id<Plateau>>, name: String, date: Date) -> Self {
        let model = as_of(written, date).model;
        let report = check(&Context::new(&model, date));
        Self { id, name, date, model, report }
    }

    /// What is wrong in it and not accepted, by rule and element.
    pub(super) fn defects(&self) -> BTreeMap<(&'static str, &Subject), &Finding> {
        let counts = |finding: &&Finding| finding.class == Class::Defect && finding.waived.is_none();
        self.report.findings.iter().filter(counts).map(|f| ((f.rule.code, &f.about), f)).collect()
    }
}

/// The plateaus that have a date, in order. The day of the document comes first where no plateau is as early.
pub(super) fn states(sources: &Sources<'_>) -> Vec<State> {
    let (written, today) = (sources.written, sources.cx.as_of);
    let mut dated: Vec<(Date, &Id<Plateau>)> =
        written.plateaus.iter().filter_map(|(id, plateau)| Some((*plateau.date.known()?, id))).collect();
    dated.sort();
    if dated.is_empty() {
        return Vec::new();
    }
    let base = dated.iter().all(|(date, _)| *date > today);
    let base = base.then(|| State::new(written, None, format!("The architecture of {today}"), today));
    let of = |(date, id): (Date, &Id<Plateau>)| State::new(written, Some(id.clone()), written.name_of(id), date);
    base.into_iter().chain(dated.into_iter().map(of)).collect()
}

/// What a change does, on the day it ends: the architecture before it, after it, and the difference.
pub(super) struct Step {
    pub(super) before: Model,
    pub(super) after: Model,
    pub(super) patch: Patch,
}

/// A change carried out alone on the state that all others leave by then.
///
/// # Errors
/// Where its effects cannot be carried out: why.
pub(super) fn step(sources: &Sources<'_>, id: &Id<RoadmapChange>, change: &RoadmapChange) -> Result<Step, String> {
    let day = change.end.known().copied().unwrap_or_else(|| last_day(sources));
    let mut without = sources.written.clone();
    without.changes.remove(id);
    let mut with = sources.written.clone();
    if let Some(stored) = with.changes.get_mut(id) {
        let own = Arc::make_mut(&mut stored.value);
        own.end = Fact::Known(day);
        own.scenario = Fact::NotAsked;
        if own.status.is(&ChangeStatus::Dropped) {
            own.status = Fact::NotAsked;
        }
    }
    let (before, after) = (as_of(&without, day).model, as_of(&with, day));
    if let Some(stuck) = after.failed.into_iter().find(|stuck| stuck.change == *id) {
        return Err(stuck.why.to_string());
    }
    let patch = diff(&before, &after.model);
    Ok(Step { before, after: after.model, patch })
}

/// The day by which all that has a date is over.
fn last_day(sources: &Sources<'_>) -> Date {
    let ends = sources.written.changes.values().filter_map(|change| change.end.known());
    ends.copied().chain([sources.cx.as_of]).max().unwrap_or(sources.cx.as_of)
}
