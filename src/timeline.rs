//! The model as of a date: the effects of the changes that end by then, and no interaction outside its dates.
//!
//! Systems stay, whatever their lifecycle says: whether something still depends on a retired system is a question
//! for the rules. [`phase`] tells where a system stands on the day.

use std::collections::BTreeSet;

use crate::model::{ChangeStatus, Date, Edit, Effect, Id, Key, Lifecycle, Model, RoadmapChange, cascade};

/// A model as of a date.
#[derive(Clone, Debug)]
pub struct AsOf {
    /// The model on that day.
    pub model: Model,
    /// Changes whose effects could not be carried out, and why.
    pub failed: Vec<(Id<RoadmapChange>, String)>,
}

/// The model as it stands on a day.
///
/// Changes of the plan itself (no scenario) that end on or before the day and were not dropped take effect, earlier
/// ends first, ties by id. Interactions that begin later or ended before are left out, and flows without them.
pub fn as_of(model: &Model, day: Date) -> AsOf {
    let mut result = AsOf { model: model.clone(), failed: Vec::new() };
    let ends = |change: &RoadmapChange| change.end.known().copied().filter(|end| *end <= day);
    let counts = |c: &RoadmapChange| !c.scenario.is_known() && !c.status.is(&ChangeStatus::Dropped);
    let mut due: Vec<_> = model
        .changes
        .iter()
        .filter(|(_, change)| counts(change) && !change.effects.is_empty())
        .filter_map(|(id, change)| ends(change).map(|end| (end, id, change)))
        .collect();
    due.sort_by_key(|(end, id, _)| (*end, *id));
    for (_, id, change) in due {
        if let Err(error) = take_effect(&mut result.model, &change.effects) {
            result.failed.push((id.clone(), error));
        }
    }
    let outside: Vec<Key> = outside_dates(&result.model, day);
    if !outside.is_empty() {
        let edits = cascade(&result.model, &outside);
        // The cascade of existing records leaves no reference behind, so this cannot be refused.
        let _ = result.model.apply(&edits);
    }
    result
}

fn take_effect(model: &mut Model, effects: &[Effect]) -> Result<(), String> {
    // What is put may need what is removed out of the way, and what is removed may hang on what is put: one order fits.
    let mut next = model.clone();
    if let Err(why) = put_then_remove(&mut next, effects) {
        next = model.clone();
        remove_then_put(&mut next, effects).map_err(|_| why)?;
    }
    *model = next;
    Ok(())
}

fn put_then_remove(model: &mut Model, effects: &[Effect]) -> Result<(), String> {
    model.apply(&puts(effects)).map_err(|error| error.to_string())?;
    remove(model, effects)
}

fn remove_then_put(model: &mut Model, effects: &[Effect]) -> Result<(), String> {
    remove(model, effects)?;
    model.apply(&puts(effects)).map(|_| ()).map_err(|error| error.to_string())
}

fn puts(effects: &[Effect]) -> Vec<Edit> {
    let puts = effects.iter().filter_map(|effect| match effect {
        Effect::Put(slug, record) => {
            Some(Edit::Put { key: Key { kind: record.kind(), slug: slug.clone() }, record: record.clone() })
        }
        Effect::Remove(_) => None,
    });
    puts.collect()
}

fn remove(model: &mut Model, effects: &[Effect]) -> Result<(), String> {
    let gone: Vec<Key> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Remove(key) => Some(key.clone()),
            Effect::Put(..) => None,
        })
        .collect();
    if let Some(missing) = gone.iter().find(|key| !model.contains(key)) {
        return Err(format!("there is no {missing} to remove"));
    }
    let edits = cascade(model, &gone);
    model.apply(&edits).map(|_| ()).map_err(|error| error.to_string())
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
