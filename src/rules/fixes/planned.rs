//! A fix as a change on the roadmap.

use super::{Answers, Ask, AskKind, Unfixed};
use crate::{
    model::{ChangeKind, ChangeStatus, Edit, Effect, Fact, Id, Key, Model, RoadmapChange, Slug, Subject, diff},
    rules::Finding,
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
    let slug = Slug::derive(name).ok_or_else(|| Unfixed::Unfit(NAME, format!("“{name}” is no name")))?;
    let id = Id::<RoadmapChange>::from_slug(slug.free(|slug| model.changes.contains_key(&Id::from_slug(slug.clone()))));
    let effects: Vec<Effect> = diff(model, &then)
        .changes
        .into_iter()
        .map(|change| match change.after {
            Some(entry) => Effect::Put(change.key.slug, entry.record),
            None => Effect::Remove(change.key),
        })
        .collect();
    if effects.is_empty() {
        return Err(Unfixed::Gone("it is so already: there is nothing to plan".to_owned()));
    }
    let mut change = RoadmapChange::new(name, kind(model, &effects));
    change.about = about(model, finding);
    change.effects = effects;
    change.end = Fact::Known(answers.value(END)?);
    change.owner = answers.maybe(OWNER)?.map_or(Fact::NotAsked, Fact::Known);
    change.status = Fact::Known(ChangeStatus::Proposed);
    Ok(vec![Edit::put(&id, change)])
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
