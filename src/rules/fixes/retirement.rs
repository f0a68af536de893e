//! Changes on the roadmap that retire something, and what becomes of those who depend on it.

use super::{Answers, Ask, Draft, Unfixed, asks::words};
use crate::model::{
    ChangeKind, ChangeStatus, Contract, Date, Effect, Fact, Id, Interaction, Key, Kind, Model, RoadmapChange, Status,
    System, Team,
};

/// The answer that says what becomes of interactions with a system that goes.
const DEPENDANTS: &str = "dependants";

/// What becomes of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// They go with it.
    End,
    /// They go on with what takes its place.
    GoOn,
    /// Nobody has worked it out: the change is a migration of which only the end is known.
    Open,
}

impl Fate {
    fn word(self) -> &'static str {
        match self {
            Self::End => "end with it",
            Self::GoOn => "go on with its replacement",
            Self::Open => "still to be worked out",
        }
    }
}

/// The change that retires a record already: its end and its owner may still be open. A scenario is no plan.
pub(super) fn planned<'m>(model: &'m Model, key: &Key) -> Option<(&'m Id<RoadmapChange>, &'m RoadmapChange)> {
    let retires = |change: &RoadmapChange| {
        let named = change.kind == ChangeKind::Retire && change.about.contains(key);
        named || change.effects.contains(&Effect::Remove(key.clone()))
    };
    let counts = |change: &RoadmapChange| {
        !change.status.is(&ChangeStatus::Dropped) && !change.scenario.is_known() && retires(change)
    };
    model.changes.iter().find(|(_, change)| counts(change)).map(|(id, change)| (id, &*change.value))
}

/// The question what becomes of those who depend on a system, where somebody does and no change tells. A migration can
/// leave it open; a retirement cannot.
pub(super) fn ask(model: &Model, key: &Key, may_be_open: bool) -> Option<Ask> {
    if key.kind != Kind::System || planned(model, key).is_some() || interactions(model, key).is_empty() {
        return None;
    }
    let mut fates = vec![Fate::End];
    let replaced = replacement(model, key).is_some();
    if replaced {
        fates.insert(0, Fate::GoOn);
    }
    if may_be_open {
        fates.push(Fate::Open);
    }
    let ask = Ask::new(DEPENDANTS, "Interactions with it", words(&fates, Fate::word));
    Some(if replaced { ask.proposing(Fate::GoOn.word()) } else { ask })
}

/// Puts a change on the roadmap that retires a record on a day, or gives the one there is its day and its owner.
pub(super) fn plan(
    draft: &mut Draft<'_>,
    key: &Key,
    end: Date,
    owner: &Id<Team>,
    answers: &Answers,
) -> Result<(), Unfixed> {
    if let Some(id) = planned(&draft.now, key).map(|(id, _)| id.clone()) {
        return draft.change(&id, |change| {
            change.end = end.into();
            change.owner = owner.clone().into();
        });
    }
    let fate = [Fate::GoOn, Fate::Open].into_iter().find(|fate| answers.text(DEPENDANTS) == Ok(fate.word()));
    let (kind, verb) = match fate {
        Some(Fate::Open) => (ChangeKind::Migrate, "Migrate from"),
        _ => (ChangeKind::Retire, "Retire"),
    };
    let name = format!("{verb} {}", draft.now.name(key));
    let mut change = RoadmapChange::new(name.clone(), kind);
    change.about = vec![key.clone()];
    change.effects = effects(draft, key, fate.unwrap_or(Fate::End))?;
    change.end = end.into();
    change.owner = owner.clone().into();
    change.status = ChangeStatus::Proposed.into();
    draft.add(&name, change).map(|_| ())
}

/// Systems go, with or without their interactions; a contract stays on record as retired, for those who still name it.
fn effects(draft: &Draft<'_>, key: &Key, fate: Fate) -> Result<Vec<Effect>, Unfixed> {
    if key.kind == Kind::Contract {
        let contract = draft.get(&Id::<Contract>::from_slug(key.slug.clone()))?.clone();
        let mut then = contract.clone();
        then.status = Status::Retired.into();
        return Ok(vec![Effect::alter(key.slug.clone(), contract.into(), then.into())]);
    }
    let next = replacement(&draft.now, key).filter(|_| fate == Fate::GoOn);
    let effect = |(id, interaction): (&Id<Interaction>, &Interaction)| match &next {
        Some(next) => redirected(&draft.now, key, id, interaction, next),
        None => Effect::Remove(id.key()),
    };
    let mut effects: Vec<Effect> = match fate {
        Fate::Open => return Ok(Vec::new()),
        Fate::End | Fate::GoOn => interactions(&draft.now, key).into_iter().map(effect).collect(),
    };
    effects.push(Effect::Remove(key.clone()));
    Ok(effects)
}

/// The interactions with a system.
fn interactions<'m>(model: &'m Model, key: &Key) -> Vec<(&'m Id<Interaction>, &'m Interaction)> {
    let with = model.interactions.iter().filter(|(_, i)| i.from.key() == *key || i.to.key() == *key);
    with.map(|(id, stored)| (id, &*stored.value)).collect()
}

fn replacement(model: &Model, key: &Key) -> Option<Id<System>> {
    let system = model.system(&Id::from_slug(key.slug.clone()))?;
    system.lifecycle.replaced_by.known().filter(|id| model.systems.contains_key(*id)).cloned()
}

/// An interaction with what takes the place of a system. What the system provided the other need not provide: it is to
/// be asked anew.
fn redirected(model: &Model, key: &Key, id: &Id<Interaction>, old: &Interaction, next: &Id<System>) -> Effect {
    let mut then = old.clone();
    for end in [&mut then.from, &mut then.to] {
        if end.key() == *key {
            *end = next.clone();
        }
    }
    if then.from == then.to {
        return Effect::Remove(id.key());
    }
    let contract = old.contract.known().and_then(|id| model.contracts.get(id));
    if contract.is_some_and(|contract| contract.provider.known().is_some_and(|provider| provider.key() == *key)) {
        then.contract = Fact::NotAsked;
        then.operation = Fact::NotAsked;
        then.message = Fact::NotAsked;
        then.version = Fact::NotAsked;
    }
    Effect::alter(id.slug().clone(), old.clone().into(), then.into())
}
