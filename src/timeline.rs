//! The model as of a date: the effects of the changes that end by then, and no interaction outside its dates.
//!
//! Systems stay, whatever their lifecycle says: whether something still depends on a retired system is a question
//! for the rules. [`phase`] tells where a system stands on the day.

use std::collections::BTreeSet;

use crate::model::{ChangeStatus, Date, Edit, EditError, Effect, Id, Key, Lifecycle, Model, RoadmapChange, cascade};

/// A model as of a date.
#[derive(Clone, Debug)]
pub struct AsOf {
    /// The model on that day.
    pub model: Model,
    /// Changes whose effects could not be carried out.
    pub failed: Vec<Stuck>,
}

/// A change whose effects cannot be carried out on the day it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// The change.
    pub change: Id<RoadmapChange>,
    /// The day it ends.
    pub day: Date,
    /// What stands in its way.
    pub why: Obstacle,
}

/// What stands in the way of a change.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    /// What it changes is not there.
    #[error("{0} is gone by then")]
    Gone(Key),
    /// Of what it changes the part that it speaks of is not there.
    #[error("what it changes in the {fact} of {key} is gone by then")]
    Lost {
        /// The record.
        key: Key,
        /// The fact, in words.
        fact: String,
    },
    /// What it makes of the model cannot be.
    #[error(transparent)]
    Refused(#[from] EditError),
}

/// The model as it stands on a day.
///
/// Changes of the plan itself (no scenario) that end on or before the day and were not dropped take effect, earlier
/// ends first, ties by id. Interactions that begin later or ended before are left out, and flows without them.
pub fn as_of(model: &Model, day: Date) -> AsOf {
    let mut result = walk(model, Some(day));
    let outside: Vec<Key> = outside_dates(&result.model, day);
    if !outside.is_empty() {
        let edits = cascade(&result.model, &outside);
        // The cascade of existing records leaves no reference behind, so this cannot be refused.
        let _ = result.model.apply(&edits);
    }
    result
}

/// The changes that cannot take effect, today's or any later day's, in the order of their ends.
pub fn stuck(model: &Model) -> Vec<Stuck> {
    walk(model, None).failed
}

/// The changes that could take effect before and cannot afterwards.
pub fn newly_stuck(before: &Model, after: &Model) -> Vec<Stuck> {
    if after.changes.is_empty() {
        return Vec::new();
    }
    let known: BTreeSet<_> = stuck(before).into_iter().map(|stuck| stuck.change).collect();
    let mut new = stuck(after);
    new.retain(|stuck| !known.contains(&stuck.change));
    new
}

/// Carries out the changes that end by a day, or all that end on one.
fn walk(model: &Model, day: Option<Date>) -> AsOf {
    let mut result = AsOf { model: model.clone(), failed: Vec::new() };
    let ends = |change: &RoadmapChange| change.end.known().copied().filter(|end| day.is_none_or(|day| *end <= day));
    let counts = |c: &RoadmapChange| !c.scenario.is_known() && !c.status.is(&ChangeStatus::Dropped);
    let mut due: Vec<_> = model
        .changes
        .iter()
        .filter(|(_, change)| counts(change) && !change.effects.is_empty())
        .filter_map(|(id, change)| ends(change).map(|end| (end, id, change)))
        .collect();
    due.sort_by_key(|(end, id, _)| (*end, *id));
    for (day, id, change) in due {
        if let Err(why) = take_effect(&mut result.model, model, &change.effects) {
            result.failed.push(Stuck { change: id.clone(), day, why });
        }
    }
    result
}

fn take_effect(model: &mut Model, written: &Model, effects: &[Effect]) -> Result<(), Obstacle> {
    let puts = puts(model, written, effects)?;
    // What is put may need what is removed out of the way, and what is removed may hang on what is put: one order fits.
    let mut next = model.clone();
    let first = next.apply(&puts).map(|_| ()).and_then(|()| remove(&mut next, effects));
    if let Err(why) = first {
        next = model.clone();
        remove(&mut next, effects).and_then(|()| next.apply(&puts).map(|_| ())).map_err(|_| why)?;
    }
    *model = next;
    Ok(())
}

/// What is there afterwards. What the written model has and an earlier change has removed does not come back.
fn puts(model: &Model, written: &Model, effects: &[Effect]) -> Result<Vec<Edit>, Obstacle> {
    let mut puts = Vec::new();
    for effect in effects {
        let key = effect.key();
        let now = model.entry(&key).map(|entry| entry.record);
        let record = match (effect, now) {
            (Effect::Remove(_), _) => continue,
            (Effect::Put(..), None) if written.contains(&key) => return Err(Obstacle::Gone(key)),
            (Effect::Put(_, record), _) => record.clone(),
            (Effect::Alter { .. }, None) => return Err(Obstacle::Gone(key)),
            (Effect::Alter { from, to, .. }, Some(now)) => {
                now.altered(&key, from, to).map_err(|fact| Obstacle::Lost { key: key.clone(), fact })?
            }
        };
        puts.push(Edit::Put { key, record });
    }
    Ok(puts)
}

/// Removes what is to go. What has gone before is gone.
fn remove(model: &mut Model, effects: &[Effect]) -> Result<(), EditError> {
    let gone: Vec<Key> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Remove(key) => Some(key.clone()),
            Effect::Put(..) | Effect::Alter { .. } => None,
        })
        .collect();
    let edits = cascade(model, &gone);
    model.apply(&edits).map(|_| ())
}

fn outside_dates(model: &Model, day: Date) -> Vec<Key> {
    let outside = model.interactions.iter().filter(|(_, interaction)| {
        let later = interaction.active_from.known().is_some_and(|from| *from > day);
        let over = interaction.active_until.known().is_some_and(|until| *until < day);
        later || over
    });
    outside.map(|(id, _)| id.key()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Where something stands in its life on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Not yet in use.
    Planned,
    /// In use, or nothing is said.
    Active,
    /// In use, and discouraged.
    Deprecated,
    /// Gone.
    Retired,
}

/// Where a system with this lifecycle stands on a day.
pub fn phase(lifecycle: &Lifecycle, day: Date) -> Phase {
    let reached = |date: Option<&Date>| date.is_some_and(|date| *date <= day);
    let planned = lifecycle.planned_from.is_known() && !lifecycle.active_from.is_known();
    let future = lifecycle.active_from.known().is_some_and(|from| *from > day);
    if reached(lifecycle.retires_on.known()) {
        Phase::Retired
    } else if planned || future {
        Phase::Planned
    } else if reached(lifecycle.deprecated_from.known()) {
        Phase::Deprecated
    } else {
        Phase::Active
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ChangeKind, Fact, Interaction, InteractionKind, System, SystemKind};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn shop() -> Model {
        let mut model = Model::new("Shop");
        let id = |text: &str| text.parse::<Id<System>>().unwrap();
        let call = Interaction::new(id("web"), id("orders"), InteractionKind::Command);
        let mut retire = RoadmapChange::new("Retire orders", ChangeKind::Retire);
        retire.end = Fact::Known(day("2027-01-01"));
        retire.effects = vec![Effect::Remove(id("orders").key())];
        model
            .apply(&[
                Edit::put(&id("web"), System::new("Web", SystemKind::Application)),
                Edit::put(&id("orders"), System::new("Orders", SystemKind::Service)),
                Edit::put(&"web-orders".parse().unwrap(), call),
                Edit::put(&"retire-orders".parse().unwrap(), retire),
            ])
            .unwrap();
        model
    }

    #[test]
    fn changes_take_effect_on_the_day_they_end() {
        let model = shop();
        assert_eq!(as_of(&model, day("2026-12-31")).model, model);
        let later = as_of(&model, day("2027-01-01"));
        assert!(later.failed.is_empty());
        assert_eq!((later.model.systems.len(), later.model.interactions.len()), (1, 0));
    }

    #[test]
    fn a_contract_can_lose_an_operation_together_with_its_last_user() {
        use crate::model::{Contract, Operation, OperationKind, PartName};
        let mut model = shop();
        let mut api = Contract::new("API");
        let name = PartName::new("Place").unwrap();
        api.operations.insert(name.clone(), Operation::new(OperationKind::Command));
        let call: Id<Interaction> = "web-orders".parse().unwrap();
        let mut placed = (*model.interactions[&call].value).clone();
        placed.contract = Fact::Known("api".parse().unwrap());
        placed.operation = Fact::Known(name);
        let mut narrow = RoadmapChange::new("Narrow", ChangeKind::Modify);
        narrow.end = Fact::Known(day("2026-06-01"));
        narrow.effects = vec![
            Effect::Put("api".parse::<Id<Contract>>().unwrap().slug().clone(), Contract::new("API").into()),
            Effect::Remove(call.key()),
        ];
        model
            .apply(&[
                Edit::put(&"api".parse().unwrap(), api),
                Edit::put(&call, placed),
                Edit::put(&"narrow".parse().unwrap(), narrow),
            ])
            .unwrap();
        let later = as_of(&model, day("2026-06-01"));
        assert!(later.failed.is_empty(), "{:?}", later.failed);
        assert!(later.model.interactions.is_empty());
    }

    #[test]
    fn what_has_gone_before_is_gone_and_nothing_comes_back() {
        let mut model = shop();
        let web: Id<System> = "web".parse().unwrap();
        let named = |name: &str| System::new(name, SystemKind::Application);
        let mut plan = |slug: &str, effect: Effect| {
            let mut change = RoadmapChange::new(slug, ChangeKind::Modify);
            change.end = Fact::Known(day("2027-06-01"));
            change.effects = vec![effect];
            model.apply(&[Edit::put(&slug.parse().unwrap(), change)]).unwrap();
        };
        let orders: Id<System> = "orders".parse().unwrap();
        let said = |technology: &str| {
            let mut orders = System::new("Orders", SystemKind::Service);
            orders.technology = crate::model::Text::new(technology).map_or(Fact::NotAsked, Fact::Known);
            orders
        };
        plan("again", Effect::Remove(orders.key()));
        plan("alter", Effect::alter(orders.slug().clone(), said("").into(), said("Rust").into()));
        plan("put", Effect::Put(orders.slug().clone(), said("Rust").into()));
        plan("rename", Effect::alter(web.slug().clone(), named("Web").into(), named("Shop").into()));
        let later = as_of(&model, day("2027-06-01"));
        let failed: Vec<_> = later.failed.iter().map(|stuck| (stuck.change.as_str(), stuck.why.clone())).collect();
        assert_eq!(failed, [("alter", Obstacle::Gone(orders.key())), ("put", Obstacle::Gone(orders.key()))]);
        assert_eq!(later.failed, stuck(&model));
        assert_eq!(later.model.systems.keys().collect::<Vec<_>>(), [&web]);
        assert_eq!(later.model.systems[&web].name, "Shop");
    }

    #[test]
    fn interactions_outside_their_dates_are_left_out() {
        let mut model = shop();
        let id: Id<Interaction> = "web-orders".parse().unwrap();
        let mut call = (*model.interactions[&id].value).clone();
        call.active_from = Fact::Known(day("2026-06-01"));
        call.active_until = Fact::Known(day("2026-06-30"));
        model.apply(&[Edit::put(&id, call)]).unwrap();
        let calls = |text| as_of(&model, day(text)).model.interactions.len();
        assert_eq!([calls("2026-05-31"), calls("2026-06-01"), calls("2026-06-30"), calls("2026-07-01")], [0, 1, 1, 0]);
    }

    #[test]
    fn phases_follow_the_dates() {
        let mut lifecycle = Lifecycle::default();
        assert_eq!(phase(&lifecycle, day("2026-01-01")), Phase::Active);
        lifecycle.active_from = Fact::Known(day("2026-02-01"));
        lifecycle.deprecated_from = Fact::Known(day("2026-03-01"));
        lifecycle.retires_on = Fact::Known(day("2026-04-01"));
        let at = |text| phase(&lifecycle, day(text));
        let phases = [at("2026-01-01"), at("2026-02-01"), at("2026-03-01"), at("2026-04-01")];
        assert_eq!(phases, [Phase::Planned, Phase::Active, Phase::Deprecated, Phase::Retired]);
    }
}
