//! What takes the place of ways past the owner: a command, a query, a copy that events feed.

use std::collections::BTreeSet;

use super::{
    Answers, Ask, AskKind, Draft, Fix, Unfixed,
    asks::{names, part, records},
    draft::gone,
    english::capitalised,
    legs,
    uses::{Group, Scope, Use, Ways, groups},
};
use crate::{
    model::{
        Consumers, Contract, Date, Entity, EntityAccess, Fact, Feed, Holding, HoldingKind, Id, Interaction,
        InteractionKind, Message, Model, Operation, OperationKind, Part, PartName, Right, Status, Store, StoreAccess,
        Style, System, SystemKind, Way,
    },
    rules::Finding,
};

/// What takes the place of direct reading.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Query,
    Copy,
}

/// Names of questions, one for each owner that is concerned. An analyst who reads from more owners than these needs a
/// plan, not a fix.
const COMMAND: [&str; 4] = ["command", "command 2", "command 3", "command 4"];
const QUERY: [&str; 4] = ["query", "query 2", "query 3", "query 4"];
const EVENT: [&str; 4] = ["event", "event 2", "event 3", "event 4"];
const RECORD: [&str; 4] = ["record", "record 2", "record 3", "record 4"];
const API: [&str; 4] = ["api", "api 2", "api 3", "api 4"];
const EVENTS: [&str; 4] = ["events", "events 2", "events 3", "events 4"];
const OWNER: &str = "owner";

/// Who reaches what, and what they are given instead.
pub(super) struct Detours {
    groups: Vec<(Group, Vec<Use>)>,
    systems: BTreeSet<Id<System>>,
    day: Date,
}

impl Detours {
    /// The ways that a finding blames; `None` where it blames none that a fix can turn.
    pub(super) fn of(model: &Model, finding: &Finding) -> Option<Self> {
        let systems: BTreeSet<Id<System>> = legs::systems(model, finding).into_iter().collect();
        let day = finding.as_of;
        let groups: Vec<(Group, Vec<Use>)> = groups(model, finding)
            .into_iter()
            .map(|group| {
                let uses = ways(model, &group, group.owner.as_ref(), &systems, day).uses();
                (group, uses)
            })
            .collect();
        let whole = !groups.is_empty() && groups.len() <= COMMAND.len() && groups.iter().all(|(_, u)| !u.is_empty());
        whole.then_some(Self { groups, systems, day })
    }

    /// Whether somebody writes.
    pub(super) fn write(&self) -> bool {
        self.groups.iter().any(|(_, uses)| uses.iter().any(|way| way.writes))
    }

    /// Whether somebody only reads.
    pub(super) fn only_read(&self) -> bool {
        self.groups.iter().any(|(_, uses)| uses.iter().any(|way| !way.writes))
    }

    /// The fix: commands for those who write, queries or copies for those who only read.
    pub(super) fn fix(self, model: &Model, slug: &'static str, reading: Reading) -> Fix {
        let title = self.title(model, reading);
        let asks = self.groups.iter().enumerate().flat_map(|(at, (group, uses))| asks(model, at, group, uses, reading));
        let asks = asks.collect();
        let (groups, systems, day): (Vec<Group>, _, _) =
            (self.groups.into_iter().map(|(group, _)| group).collect(), self.systems, self.day);
        Fix::new(slug, title, asks, move |model, answers| {
            let mut draft = Draft::of(model);
            for (at, group) in groups.iter().enumerate() {
                turn(&mut draft, at, group, &systems, day, reading, answers)?;
            }
            Ok(draft.edits())
        })
    }

    fn title(&self, model: &Model, reading: Reading) -> String {
        let all = || self.groups.iter().flat_map(|(_, uses)| uses);
        let writers: BTreeSet<&Id<System>> = all().filter(|way| way.writes).map(|way| &way.system).collect();
        let readers: BTreeSet<&Id<System>> = all().filter(|way| !way.writes).map(|way| &way.system).collect();
        let owners: BTreeSet<&Id<System>> = self.groups.iter().filter_map(|(group, _)| group.owner.as_ref()).collect();
        let of = if owners.is_empty() { "the owner".to_owned() } else { names(model, owners) };
        let mut given = Vec::new();
        if !writers.is_empty() {
            given.push(format!("{} a command of {of}", names(model, writers)));
        }
        if !readers.is_empty() {
            given.push(match reading {
                Reading::Query => format!("{} a query of {of}", names(model, readers)),
                Reading::Copy => format!("{} a copy that events of {of} feed", names(model, readers)),
            });
        }
        format!("Give {}", given.join(", and "))
    }
}

fn asks(model: &Model, at: usize, group: &Group, uses: &[Use], reading: Reading) -> Vec<Ask> {
    let mut asks = Vec::new();
    let of = |what: &str| match &group.owner {
        Some(owner) => format!("{what} of {}", model.name_of(owner)),
        None => format!("{what} of the owner"),
    };
    if group.owner.is_none() {
        let kind = if group.partitions.is_empty() { AskKind::System } else { records(model, &group.partitions) };
        asks.push(Ask::new(OWNER, "Owner", kind));
    }
    let writes = uses.iter().any(|way| way.writes);
    let queries = uses.iter().any(|way| way.reads && (way.writes || reading == Reading::Query));
    let copies = reading == Reading::Copy && uses.iter().any(|way| !way.writes);
    let held = group.subjects(model, uses);
    let name = match held.as_slice() {
        [only] => part_of(&model.name_of(only)),
        _ => String::new(),
    };
    let propose = |ask: Ask, text: String| if name.is_empty() { ask } else { ask.proposing(text) };
    if writes {
        let waiting = group.owner.as_ref().and_then(|owner| waiting_command(model, owner, &held));
        let command = waiting.map_or_else(|| format!("{}{name}", verb(uses)), |command| command.to_string());
        asks.push(propose(Ask::new(COMMAND[at], of("Command"), AskKind::Name), command));
    }
    if queries {
        asks.push(propose(Ask::new(QUERY[at], of("Query"), AskKind::Name), format!("Get{name}")));
    }
    if writes || queries {
        asks.extend(contract_ask(model, API[at], of("API"), group.owner.as_ref(), is_api));
    }
    if copies {
        if uses.iter().all(|way| way.entities.is_empty()) {
            let known: Vec<String> = held.iter().map(|id| model.name_of(id)).collect();
            let ask = Ask::new(RECORD[at], "Record that is copied", AskKind::Name);
            asks.push(match known.as_slice() {
                [only] => ask.proposing(only.clone()),
                _ => ask,
            });
        }
        let known = group.owner.as_ref().and_then(|owner| event_about(model, owner, &held));
        let event = known.map_or_else(|| format!("{name}Changed"), |part| part.name.to_string());
        asks.push(propose(Ask::new(EVENT[at], of("Event"), AskKind::Name), event));
        asks.extend(contract_ask(model, EVENTS[at], of("Events"), group.owner.as_ref(), is_events));
    }
    asks
}

/// A display name as a part of a contract's name: "Customer order" as `CustomerOrder`.
pub(super) fn part_of(name: &str) -> String {
    name.split(|c: char| !c.is_alphanumeric()).map(capitalised).collect()
}

/// The one command of an owner that changes the one record in question and that nobody calls yet.
fn waiting_command(model: &Model, owner: &Id<System>, held: &[Id<Entity>]) -> Option<PartName> {
    let [entity] = held else { return None };
    let mut found = Vec::new();
    for id in contracts_of(model, owner, is_api) {
        let Some(contract) = model.contracts.get(&id) else { continue };
        let called = |name: &PartName| model.interactions.values().any(|i| i.contract.is(&id) && i.operation.is(name));
        let fits =
            |operation: &Operation| operation.kind == OperationKind::Command && operation.writes.contains(entity);
        let waiting = contract.operations.iter().filter(|(name, operation)| fits(operation) && !called(name));
        found.extend(waiting.map(|(name, _)| name.clone()));
    }
    let mut found = found.into_iter();
    found.next().filter(|_| found.next().is_none())
}

/// What all of them do, as a verb.
fn verb(uses: &[Use]) -> &'static str {
    let rights: BTreeSet<Right> = uses.iter().flat_map(|way| &way.rights).copied().filter(|r| r.writes()).collect();
    match rights.into_iter().collect::<Vec<_>>().as_slice() {
        [Right::Create] => "Create",
        [Right::Delete] => "Delete",
        _ => "Update",
    }
}

/// An event that an owner publishes about the one record in question.
fn event_about(model: &Model, owner: &Id<System>, held: &[Id<Entity>]) -> Option<Part> {
    let [entity] = held else { return None };
    let mut found = Vec::new();
    for id in contracts_of(model, owner, is_events) {
        let messages = model.contracts.get(&id).map(|contract| &contract.messages);
        let about = messages.into_iter().flatten().filter(|(_, message)| message.subject.is(entity));
        found.extend(about.map(|(name, _)| Part { contract: id.clone(), name: name.clone() }));
    }
    let mut found = found.into_iter();
    found.next().filter(|_| found.next().is_none())
}

fn is_current(contract: &Contract) -> bool {
    !matches!(contract.status.known(), Some(Status::Deprecated | Status::Retired))
}

fn is_api(contract: &Contract) -> bool {
    let other = matches!(contract.style.known(), Some(Style::Messages | Style::File | Style::DatabaseView));
    is_current(contract) && !other && (contract.messages.is_empty() || !contract.operations.is_empty())
}

pub(super) fn is_events(contract: &Contract) -> bool {
    let messages = contract.operations.is_empty() && !contract.messages.is_empty();
    is_current(contract) && (contract.style.is(&Style::Messages) || messages)
}

/// Who speaks for a system: itself, or the one adapter before a legacy system.
fn speaker(model: &Model, owner: &Id<System>) -> Id<System> {
    if !legs::is(model, owner, SystemKind::Legacy) {
        return owner.clone();
    }
    let fronts = |system: &System| system.fronts.known().is_some_and(|fronts| fronts.contains(owner));
    let mut adapters = legs::of_kind(model, SystemKind::Adapter).into_iter();
    let mut adapters = adapters.by_ref().filter(|id| model.system(id).is_some_and(fronts));
    match (adapters.next(), adapters.next()) {
        (Some(only), None) => only.clone(),
        _ => owner.clone(),
    }
}

fn contracts_of(model: &Model, owner: &Id<System>, fits: fn(&Contract) -> bool) -> Vec<Id<Contract>> {
    let speaker = speaker(model, owner);
    let own = model.contracts.iter().filter(|(_, c)| fits(c) && (c.provider.is(owner) || c.provider.is(&speaker)));
    own.map(|(id, _)| id.clone()).collect()
}

/// Which contract takes it, where there are several that could.
pub(super) fn contract_ask(
    model: &Model,
    name: &'static str,
    label: String,
    owner: Option<&Id<System>>,
    fits: fn(&Contract) -> bool,
) -> Option<Ask> {
    let candidates = contracts_of(model, owner?, fits);
    (candidates.len() > 1).then(|| Ask::new(name, label, records(model, &candidates)))
}

/// The contract that takes it: the one there is, the one that was chosen, or a new one.
pub(super) fn contract(
    draft: &mut Draft<'_>,
    owner: &Id<System>,
    answers: &Answers,
    name: &'static str,
    fits: fn(&Contract) -> bool,
) -> Result<Id<Contract>, Unfixed> {
    let candidates = contracts_of(&draft.now, owner, fits);
    if let Some(chosen) = answers.maybe::<Id<Contract>>(name)? {
        return candidates.into_iter().find(|id| *id == chosen).ok_or_else(|| gone(&chosen.key()));
    }
    if let Some(first) = candidates.into_iter().next() {
        return Ok(first);
    }
    let speaker = speaker(&draft.now, owner);
    // A contract of no style and no content is an API to be.
    let events = !fits(&Contract::new("API"));
    let called = format!("{} {}", draft.now.name_of(&speaker), if events { "events" } else { "API" });
    let mut contract = Contract::new(called.clone());
    contract.provider = speaker.into();
    if events {
        contract.style = Style::Messages.into();
    }
    draft.add(&called, contract)
}

/// Gives those who reach past one owner something of the owner instead.
fn turn(
    draft: &mut Draft<'_>,
    at: usize,
    group: &Group,
    systems: &BTreeSet<Id<System>>,
    day: Date,
    reading: Reading,
    answers: &Answers,
) -> Result<(), Unfixed> {
    let owner = match &group.owner {
        Some(owner) => owner.clone(),
        None => {
            let owner: Id<System> = answers.value(OWNER)?;
            draft.get(&owner)?;
            name_owner(draft, group, &owner)?;
            owner
        }
    };
    let uses = ways(&draft.now, group, Some(&owner), systems, day).uses();
    let entities = |of: &dyn Fn(&Use) -> bool| -> BTreeSet<Id<Entity>> {
        uses.iter().filter(|way| of(way)).flat_map(|way| way.entities.iter().cloned()).collect()
    };
    let asks_query = |way: &Use| way.reads && (way.writes || reading == Reading::Query);
    let copies = |way: &Use| !way.writes && reading == Reading::Copy;
    if uses.iter().any(|way| way.writes || asks_query(way)) {
        let api = contract(draft, &owner, answers, API[at], is_api)?;
        for (kind, name, of) in [
            (OperationKind::Command, COMMAND[at], &(|way: &Use| way.writes) as &dyn Fn(&Use) -> bool),
            (OperationKind::Query, QUERY[at], &asks_query),
        ] {
            if !uses.iter().any(of) {
                continue;
            }
            let part = operation(draft, &api, name, part(answers, name)?, kind, &entities(of))?;
            for way in uses.iter().filter(|way| of(way)) {
                ask(draft, &way.system, &part, kind)?;
            }
        }
        for way in uses.iter().filter(|way| way.writes || asks_query(way)) {
            end(draft, group, &owner, &way.system, day, &Way::Contract(api.clone()))?;
        }
    }
    if uses.iter().any(&copies) {
        let mut copied = entities(&copies);
        if copied.is_empty() {
            copied.insert(record(draft, group, &owner, answers.text(RECORD[at])?)?);
        }
        let events = contract(draft, &owner, answers, EVENTS[at], is_events)?;
        let event = Part { contract: events, name: part(answers, EVENT[at])? };
        publish(draft, &event, &copied)?;
        for way in uses.iter().filter(|way| copies(way)) {
            subscribe(draft, &owner, &way.system, &event)?;
            let copied = if way.entities.is_empty() { &copied } else { &way.entities };
            let store = copy(draft, &way.system, copied)?;
            end(draft, group, &owner, &way.system, day, &Way::Copy(store))?;
        }
    }
    Ok(())
}

/// Records who owns what nobody was said to own.
fn name_owner(draft: &mut Draft<'_>, group: &Group, owner: &Id<System>) -> Result<(), Unfixed> {
    match &group.scope {
        Scope::Writers(_) | Scope::Unasked(_) if !group.partitions.is_empty() => Ok(()),
        Scope::Writers(id) | Scope::Unasked(id) => draft.change(id, |entity| entity.owner = owner.clone().into()),
        Scope::Stores(stores) => {
            stores.iter().try_for_each(|id| draft.change(id, |store| store.owner = owner.clone().into()))
        }
    }
}

/// An operation of a contract; one of that name and kind that is there already does it.
fn operation(
    draft: &mut Draft<'_>,
    contract: &Id<Contract>,
    question: &'static str,
    name: PartName,
    kind: OperationKind,
    entities: &BTreeSet<Id<Entity>>,
) -> Result<Part, Unfixed> {
    if draft.get(contract)?.operations.get(&name).is_some_and(|operation| operation.kind != kind) {
        return Err(Unfixed::Unfit(question, format!("{name} is there already, and is no {kind}")));
    }
    draft.change(contract, |contract| {
        let operation = contract.operations.entry(name.clone()).or_insert_with(|| Operation::new(kind));
        let list = if kind == OperationKind::Command { &mut operation.writes } else { &mut operation.reads };
        let new: Vec<_> = entities.iter().filter(|id| !list.contains(id)).cloned().collect();
        list.extend(new);
    })?;
    Ok(Part { contract: contract.clone(), name })
}

/// An interaction that asks for an operation.
fn ask(draft: &mut Draft<'_>, from: &Id<System>, part: &Part, kind: OperationKind) -> Result<(), Unfixed> {
    let contract = draft.get(&part.contract)?;
    let Some(provider) = contract.provider.known().cloned() else { return Ok(()) };
    let kind = match kind {
        OperationKind::Command => InteractionKind::Command,
        OperationKind::Query => InteractionKind::Query,
    };
    let mut like = Interaction::new(from.clone(), provider.clone(), kind);
    like.contract = part.contract.clone().into();
    like.operation = part.name.clone().into();
    like.version = legs::only_version(contract).cloned().map_or(Fact::NotAsked, Fact::Known);
    legs::leg(draft, (from, &provider), &like)?;
    document(draft, &part.contract, from)
}

/// The record of that name, or a new one that the owner holds.
fn record(draft: &mut Draft<'_>, group: &Group, owner: &Id<System>, name: &str) -> Result<Id<Entity>, Unfixed> {
    let same = |entity: &Entity| entity.name.to_lowercase() == name.to_lowercase();
    if let Some((id, _)) = draft.now.entities.iter().find(|(id, entity)| same(entity) || id.as_str() == name) {
        return Ok(id.clone());
    }
    let mut entity = Entity::new(name);
    entity.owner = owner.clone().into();
    if let Scope::Stores(stores) = &group.scope
        && let [store] = stores.as_slice()
    {
        entity.holdings.push(Holding::new(store.clone(), HoldingKind::Master));
    }
    draft.add(name, entity)
}

/// A message of a contract; one of that name that is there already does it.
pub(super) fn publish(draft: &mut Draft<'_>, event: &Part, entities: &BTreeSet<Id<Entity>>) -> Result<(), Unfixed> {
    draft.change(&event.contract, |contract| {
        contract.messages.entry(event.name.clone()).or_insert_with(|| {
            let mut message = Message::default();
            match entities.iter().collect::<Vec<_>>().as_slice() {
                [only] => message.subject = (*only).clone().into(),
                many => message.mentions = many.iter().map(|id| (*id).clone()).collect(),
            }
            message
        });
    })
}

/// Interactions that bring an event from its publisher to a subscriber.
fn subscribe(draft: &mut Draft<'_>, owner: &Id<System>, to: &Id<System>, event: &Part) -> Result<(), Unfixed> {
    let contract = draft.get(&event.contract)?;
    let from = contract.provider.known().cloned().unwrap_or_else(|| owner.clone());
    let mut like = Interaction::new(from.clone(), to.clone(), InteractionKind::Event);
    like.contract = event.contract.clone().into();
    like.message = event.name.clone().into();
    like.version = legs::only_version(contract).cloned().map_or(Fact::NotAsked, Fact::Known);
    match legs::backbone(&draft.now, &from, Some(event)) {
        Some(backbone) => {
            legs::leg(draft, (&from, &backbone), &like)?;
            legs::leg(draft, (&backbone, to), &like)?;
        }
        None => {
            legs::leg(draft, (&from, to), &like)?;
        }
    }
    document(draft, &event.contract, to)
}

/// Adds a consumer to those that a contract documents. Who uses it at all where nobody was asked, is another question.
fn document(draft: &mut Draft<'_>, contract: &Id<Contract>, consumer: &Id<System>) -> Result<(), Unfixed> {
    draft.change(contract, |contract| match &mut contract.consumers {
        Fact::Known(Consumers::Documented(systems)) if !systems.contains(consumer) => systems.push(consumer.clone()),
        Fact::None => contract.consumers = Consumers::Documented(vec![consumer.clone()]).into(),
        _ => {}
    })
}

/// The store in which a system keeps its copies: the only one it owns, or a new one.
fn copy(draft: &mut Draft<'_>, system: &Id<System>, entities: &BTreeSet<Id<Entity>>) -> Result<Id<Store>, Unfixed> {
    let own = draft.now.stores.iter().filter(|(_, store)| store.owner.is(system)).map(|(id, _)| id.clone());
    let store = match own.collect::<Vec<_>>().as_slice() {
        [only] => only.clone(),
        _ => {
            let name = format!("Copies of {}", draft.now.name_of(system));
            let mut store = Store::new(name.clone());
            store.owner = system.clone().into();
            draft.add(&name, store)?
        }
    };
    for id in entities {
        draft.change(id, |entity| match entity.holdings.iter_mut().find(|holding| holding.store == store) {
            Some(holding) => holding.feed = Feed::Event.into(),
            None => {
                let mut holding = Holding::new(store.clone(), HoldingKind::Copy);
                holding.feed = Feed::Event.into();
                entity.holdings.push(holding);
            }
        })?;
    }
    Ok(store)
}

/// Ends the ways of a system: what records say of them leads another way, what stores say of them goes.
fn end(
    draft: &mut Draft<'_>,
    group: &Group,
    owner: &Id<System>,
    system: &Id<System>,
    day: Date,
    way: &Way,
) -> Result<(), Unfixed> {
    let model = draft.now.clone();
    let only = BTreeSet::from([system.clone()]);
    let ways = ways(&model, group, Some(owner), &only, day);
    for (id, entity) in &model.entities {
        let ends = |access: &EntityAccess| access.system == *system && ways.leads(id, entity, access);
        if entity.accesses.iter().any(ends) {
            draft.change(id, |entity| {
                let ended = entity.accesses.iter_mut().filter(|access| ends(access));
                ended.for_each(|access| access.through = way.clone().into());
            })?;
        }
    }
    for (id, store) in &model.stores {
        let ends = |access: &StoreAccess| access.system == *system && ways.leads_into(id, store, access);
        if store.accesses.iter().any(ends) {
            draft
                .change(id, |store| store.accesses.retain_mut(|access| !ends(access) || stays(&group.scope, access)))?;
        }
    }
    Ok(())
}

/// Whether an access goes on without what was taken from it: what a system does to other records in a store is another
/// finding.
fn stays(scope: &Scope, access: &mut StoreAccess) -> bool {
    let Scope::Writers(entity) = scope else { return false };
    access.entities.retain(|other| other != entity);
    !access.entities.is_empty()
}

fn ways<'a>(
    model: &'a Model,
    group: &'a Group,
    owner: Option<&'a Id<System>>,
    systems: &'a BTreeSet<Id<System>>,
    day: Date,
) -> Ways<'a> {
    Ways { model, scope: &group.scope, owner, systems, day }
}
