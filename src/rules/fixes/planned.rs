//! A fix as a change on the roadmap.

use super::{Answers, Ask, AskKind, Unfixed};
use crate::{
    model::{ChangeKind, ChangeStatus, Date, Edit, Effect, Fact, Id, Key, Model, RoadmapChange, Slug, Subject, diff},
    rules::{Context, Finding, check},
    timeline::{as_of, stuck},
};

/// The answer that names a change.
pub const NAME: &str = "change";
/// The answer that says when a change ends.
pub const END: &str = "end";
/// The answer that says who sees to a change.
pub const OWNER: &str = "change owner";

/// What planning asks beside the fix itself.
pub fn planning(title: &str) -> Vec<Ask> {
    vec![
        Ask::new(NAME, "Change", AskKind::Name).proposing(title),
        Ask::new(END, "Done by", AskKind::Date),
        Ask::new(OWNER, "Who sees to it", AskKind::Team).optional(),
    ]
}

/// Edits as the effects of a new change on the roadmap, which ends on a day.
///
/// # Errors
/// Where an answer is missing or unfit, or the edits change nothing.
pub fn planned(model: &Model, finding: &Finding, edits: &[Edit], answers: &Answers) -> Result<Vec<Edit>, Unfixed> {
    let mut then = model.clone();
    then.apply(edits)?;
    let name = answers.text(NAME)?;
    let end: Date = answers.value(END)?;
    if end <= finding.as_of {
        return Err(Unfixed::Unfit(END, format!("{end} is not after {}", finding.as_of)));
    }
    let slug = Slug::derive(name).ok_or_else(|| Unfixed::Unfit(NAME, format!("“{name}” is no name")))?;
    let id = Id::<RoadmapChange>::from_slug(slug.free(|slug| model.changes.contains_key(&Id::from_slug(slug.clone()))));
    let effects: Vec<Effect> = diff(model, &then)
        .changes
        .into_iter()
        .map(|change| match (change.before, change.after) {
            (Some(before), Some(after)) => Effect::alter(change.key.slug, before.record, after.record),
            (None, Some(after)) => Effect::Put(change.key.slug, after.record),
            (_, None) => Effect::Remove(change.key),
        })
        .collect();
    if effects.is_empty() {
        return Err(Unfixed::Gone("it is so already: there is nothing to plan".to_owned()));
    }
    let mut change = RoadmapChange::new(name, kind(model, &effects));
    change.about = about(model, finding);
    change.effects = effects;
    change.end = Fact::Known(end);
    change.owner = answers.maybe(OWNER)?.map_or(Fact::NotAsked, Fact::Known);
    change.status = Fact::Known(ChangeStatus::Proposed);
    let edits = vec![Edit::put(&id, change)];
    let mut planned = model.clone();
    planned.apply(&edits)?;
    match stuck(&planned).into_iter().find(|stuck| stuck.change == id) {
        Some(stuck) => Err(Unfixed::Unfit(END, format!("it could not take effect on {}: {}", stuck.day, stuck.why))),
        None => Ok(edits),
    }
}

/// Edits as they are, where the finding is one of today: a fix says what is so, not what will be.
///
/// # Errors
/// Where the finding is one of a later day only.
pub fn recorded(model: &Model, finding: &Finding, edits: Vec<Edit>, today: Date) -> Result<Vec<Edit>, Unfixed> {
    if finding.as_of <= today {
        return Ok(edits);
    }
    let now = as_of(model, today).model;
    let found = check(&Context::new(&now, today).knowing(stuck(model))).findings;
    if found.iter().any(|other| other.is_same(finding)) {
        return Ok(edits);
    }
    Err(Unfixed::Gone(format!("it is found on {}, and not today: plan it for that day", finding.as_of)))
}

fn kind(model: &Model, effects: &[Effect]) -> ChangeKind {
    if effects.iter().any(|effect| matches!(effect, Effect::Remove(_))) {
        ChangeKind::Migrate
    } else if effects.iter().all(|effect| !model.contains(&effect.key())) {
        ChangeKind::Introduce
    } else {
        ChangeKind::Modify
    }
}

fn about(model: &Model, finding: &Finding) -> Vec<Key> {
    let mut keys: Vec<Key> = finding.subjects.iter().map(|Subject { key, .. }| key.clone()).collect();
    keys.sort();
    keys.dedup();
    keys.retain(|key| model.contains(key));
    keys
}
