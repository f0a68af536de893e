//! What the roadmap does about findings: each that a change makes go away says so.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, Finding, Planned, Report, run::check};
use crate::{
    model::{ChangeStatus, Date, Id, Model, RoadmapChange},
    timeline::{as_of, stuck},
};

/// Rules that find fault with how something goes: that it has gone does not make it good.
const DEPARTURES: [&str; 2] = ["EVO004", "EVO005"];

/// Marks each finding that is gone as of the end of a change still to come. The model is the one that is written, with
/// all its changes; the report is of a day.
pub fn plan(model: &Model, day: Date, report: &mut Report) {
    let mut ends: BTreeMap<Date, Id<RoadmapChange>> = BTreeMap::new();
    for (id, change) in &model.changes {
        let counts = !change.scenario.is_known() && !change.status.is(&ChangeStatus::Dropped);
        if let Some(end) = change.end.known().filter(|end| **end > day && counts && !change.effects.is_empty()) {
            ends.entry(*end).or_insert_with(|| id.clone());
        }
    }
    let stuck = stuck(model);
    for (by, change) in ends {
        if report.findings.iter().all(|finding| finding.planned.is_some()) {
            return;
        }
        let then = as_of(model, by);
        let left = check(&Context::new(&then.model, by).knowing(stuck.clone()));
        let left: BTreeSet<_> =
            left.findings.iter().map(|finding| (finding.rule.code, finding.about.clone())).collect();
        let over =
            |finding: &Finding| DEPARTURES.contains(&finding.rule.code) && !then.model.contains(&finding.about.key);
        for finding in report.findings.iter_mut().filter(|finding| finding.planned.is_none() && !over(finding)) {
            if !left.contains(&(finding.rule.code, finding.about.clone())) {
                finding.planned = Some(Planned { by, change: change.clone() });
            }
        }
    }
}
