//! Tell all with one event what each was commanded.

use std::collections::BTreeSet;

use crate::{
    model::{
        Contract, Entity, Fact, Id, Interaction, InteractionKind, Kind, Many, Model, Part, System, SystemKind,
        Transport, Trigger,
    },
    rules::{
        Finding,
        fixes::{
            Ask, AskKind, Draft, Fix, Remedy, Unfixed,
            asks::{names, part},
            detours::{contract, contract_ask, is_events, part_of, publish},
            english::fact_name,
            legs,
        },
    },
};

pub(super) struct OneEvent;

const EVENT: &str = "event";
const EVENTS: &str = "events";

impl Remedy for OneEvent {
    fn slug(&self) -> &'static str {
        "one-event"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["CPL003"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let Some((from, commands)) = commands(model, finding) else { return Vec::new() };
        let entity = entity(model, &commands);
        let ask = Ask::new(EVENT, "What happened", AskKind::Name);
        let ask = match trigger(&commands).or_else(|| entity.as_ref().map(|id| changed(model, id))) {
            Some(likely) => ask.proposing(likely),
            None => ask,
        };
        let mut asks = vec![ask];
        asks.extend(contract_ask(model, EVENTS, "Among".to_owned(), Some(&from), is_events));
        let told: BTreeSet<&Id<System>> = commands.iter().map(|(_, command)| &command.to).collect();
        let title = format!("Tell {} with one event of {}", names(model, told), model.name_of(&from));
        let hops: Vec<Id<Interaction>> = commands.iter().map(|(id, _)| (*id).clone()).collect();
        vec![Fix::new(self.slug(), title, asks, move |model, answers| {
            let mut draft = Draft::of(model);
            let events = contract(&mut draft, &from, answers, EVENTS, is_events)?;
            let event = Part { contract: events, name: part(answers, EVENT)? };
            publish(&mut draft, &event, &entity.iter().cloned().collect())?;
            hops.iter().try_for_each(|id| tell(&mut draft, id, &event))?;
            Ok(draft.edits())
        })]
    }
}

type Hop<'m> = (&'m Id<Interaction>, &'m Interaction);

/// Who commands, and what: two systems at least, none of which only passes on.
fn commands<'m>(model: &'m Model, finding: &Finding) -> Option<(Id<System>, Vec<Hop<'m>>)> {
    let all = legs::interactions(model, finding).into_iter();
    let commands: Vec<Hop<'m>> = all.filter(|(_, i)| i.kind == InteractionKind::Command).collect();
    let from = match finding.about.key.kind {
        Kind::System => Id::from_slug(finding.about.key.slug.clone()),
        _ => commands.first()?.1.from.clone(),
    };
    let passes =
        |i: &Interaction| [SystemKind::Gateway, SystemKind::Backbone].iter().any(|k| legs::is(model, &i.to, *k));
    let commands: Vec<Hop<'m>> = commands.into_iter().filter(|(_, i)| i.from == from).collect();
    (commands.len() > 1 && !commands.iter().any(|(_, i)| passes(i))).then_some((from, commands))
}

/// The one record that all commands write.
fn entity(model: &Model, commands: &[Hop<'_>]) -> Option<Id<Entity>> {
    let writes = |i: &Interaction| {
        let contract: &Contract = &model.contracts.get(i.contract.known()?)?.value;
        Some(contract.operations.get(i.operation.known()?)?.writes.iter().cloned().collect::<BTreeSet<_>>())
    };
    let mut written = commands.iter().map(|(_, command)| writes(command).unwrap_or_default());
    let first = written.next()?;
    let common: BTreeSet<Id<Entity>> = written.fold(first, |common, more| &common & &more);
    let mut common = common.into_iter();
    common.next().filter(|_| common.next().is_none())
}

/// The fact behind the one operation that sets them all off: `OrderPlaced` for `PlaceOrder`.
fn trigger(commands: &[Hop<'_>]) -> Option<String> {
    let triggers: BTreeSet<&str> = commands
        .iter()
        .flat_map(|(_, command)| command.triggered_by.known().into_iter().flat_map(|many| many.iter()))
        .filter_map(|trigger| match trigger {
            Trigger::Operation(part) => Some(part.name.as_str()),
            _ => None,
        })
        .collect();
    let mut triggers = triggers.into_iter();
    triggers.next().filter(|_| triggers.next().is_none()).and_then(fact_name)
}

fn changed(model: &Model, entity: &Id<Entity>) -> String {
    format!("{}Changed", part_of(&model.name_of(entity)))
}

/// Makes a command the delivery of an event; what it set off is set off by the event.
fn tell(draft: &mut Draft<'_>, id: &Id<Interaction>, event: &Part) -> Result<(), Unfixed> {
    let old = draft.get(id)?.clone();
    let version = legs::only_version(draft.get(&event.contract)?).cloned();
    draft.change(id, |told| {
        told.kind = InteractionKind::Event;
        told.contract = event.contract.clone().into();
        told.operation = Fact::NotAsked;
        told.message = event.name.clone().into();
        told.version = version.map_or(Fact::NotAsked, Fact::Known);
        told.needs_answer = Fact::NotAsked;
        told.fields_read = Fact::NotAsked;
        if told.transport.is(&Transport::Synchronous) {
            told.transport = Fact::NotAsked;
        }
    })?;
    if let Some(backbone) = legs::backbone(&draft.now, &old.from, Some(event)) {
        legs::through_backbone(draft, id, &backbone)?;
    }
    let Some(command) = old.part().filter(|_| old.operation.is_known()) else { return Ok(()) };
    let command = Trigger::Operation(command);
    let sets_off = |i: &Interaction| {
        let triggers = i.triggered_by.known().map(|many| many.to_vec()).unwrap_or_default();
        i.from == old.to && triggers.contains(&command) && !triggers.contains(&Trigger::Message(event.clone()))
    };
    let behind = draft.now.interactions.iter().filter(|(_, i)| sets_off(i)).map(|(id, _)| id.clone());
    for id in behind.collect::<Vec<_>>() {
        draft.change(&id, |next| {
            let mut triggers = next.triggered_by.known().map(|many| many.to_vec()).unwrap_or_default();
            triggers.push(Trigger::Message(event.clone()));
            next.triggered_by = Many::new(triggers).map_or(Fact::NotAsked, Fact::Known);
        })?;
    }
    Ok(())
}
