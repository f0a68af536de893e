//! Changes on the roadmap that retire something.

use super::{Draft, Unfixed};
use crate::model::{
    ChangeKind, ChangeStatus, Contract, Date, Effect, Fact, Id, Key, Kind, Model, RoadmapChange, Status, Team,
};

/// The change that retires a record already: its end and its owner may still be open.
pub(super) fn planned<'m>(model: &'m Model, key: &Key) -> Option<(&'m Id<RoadmapChange>, &'m RoadmapChange)> {
    let retires = |change: &RoadmapChange| {
        let named = change.kind == ChangeKind::Retire && change.about.contains(key);
        named || change.effects.contains(&Effect::Remove(key.clone()))
    };
    let counts = |change: &RoadmapChange| !change.status.is(&ChangeStatus::Dropped) && retires(change);
    model.changes.iter().find(|(_, change)| counts(change)).map(|(id, change)| (id, &*change.value))
}

/// Puts a change on the roadmap that retires a record on a day, or gives the one there is its day and its owner.
pub(super) fn plan(draft: &mut Draft<'_>, key: &Key, end: Date, owner: Option<Id<Team>>) -> Result<(), Unfixed> {
    if let Some(id) = planned(&draft.now, key).map(|(id, _)| id.clone()) {
        return draft.change(&id, |change| {
            change.end = end.into();
            if let Some(owner) = owner {
                change.owner = owner.into();
            }
        });
    }
    let name = format!("Retire {}", draft.now.name(key));
    let mut change = RoadmapChange::new(name.clone(), ChangeKind::Retire);
    change.about = vec![key.clone()];
    change.effects = effects(draft, key)?;
    change.end = end.into();
    change.owner = owner.map_or(Fact::NotAsked, Fact::Known);
    change.status = ChangeStatus::Proposed.into();
    draft.add(&name, change).map(|_| ())
}

/// Systems go; a contract stays on record as retired, for those who still name it.
fn effects(draft: &Draft<'_>, key: &Key) -> Result<Vec<Effect>, Unfixed> {
    if key.kind != Kind::Contract {
        return Ok(vec![Effect::Remove(key.clone())]);
    }
    let mut contract = draft.get(&Id::<Contract>::from_slug(key.slug.clone()))?.clone();
    contract.status = Status::Retired.into();
    Ok(vec![Effect::Put(key.slug.clone(), contract.into())])
}
