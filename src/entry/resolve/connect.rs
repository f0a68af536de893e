//! Interactions: between two systems, led through others, or as an event to many; and the contracts they keep to.

use std::collections::BTreeSet;

use super::{Done, find_or, make, make_system, system};
use crate::{
    entry::{
        Problem,
        ast::{Connect, Name, Provide, Publish, Schedule, Tail, Via},
        draft::Draft,
        summary::Note,
        words::Head,
    },
    file::nearest,
    model::{
        Contract, Fact, Id, Interaction, InteractionKind, Kind, Operation, OperationKind, PartName, Profile, Style,
        System, SystemKind, Text, Transport,
    },
};

/// What is to lead from one system to another.
#[derive(Clone, Default)]
struct Wanted {
    kind: Option<InteractionKind>,
    part: Option<PartName>,
    contract: Option<Id<Contract>>,
    version: Option<PartName>,
    transport: Option<Transport>,
    schedule: Option<Text>,
    profile: Option<Id<Profile>>,
}

pub(super) fn connect(draft: &mut Draft<'_>, said: &Connect) -> Done<String> {
    let from = ends(draft, &said.from)?;
    let to = ends(draft, &said.to)?;
    let (ways, named) = led(draft, &said.tail, Kind::Contract)?;
    let mut wanted = Wanted { transport: said.transport.as_ref().map(|said| said.value), ..Wanted::default() };
    wanted.kind = said.kind.as_ref().map(|said| said.value);
    tail(draft, &said.tail, &mut wanted)?;
    let before = draft.about.len();
    let mut made = false;
    for (source, source_name) in &from {
        for (target, target_name) in &to {
            if source == target {
                let message = format!("{} cannot be connected with itself", draft.name_of(target));
                return Err(Problem::new(target_name.at.clone(), message));
            }
            let mut wanted = wanted.clone();
            let led = !ways.is_empty();
            carry(draft, &mut wanted, said, (source, source_name), (target, target_name), named.as_ref(), led)?;
            made |= lead(draft, source, &ways, target, &wanted);
        }
    }
    if draft.about.len() == before {
        return Ok(String::new());
    }
    let names = |names: &[Name]| names.iter().map(|name| name.value.as_str()).collect::<Vec<_>>().join(", ");
    let verb = if made { "Connect" } else { "Change" };
    Ok(format!("{verb} {} → {}", names(&said.from), names(&said.to)))
}

pub(super) fn publish(draft: &mut Draft<'_>, said: &Publish) -> Done {
    let source = system(draft, &said.from)?;
    let to = ends(draft, &said.to)?;
    let (ways, named) = led(draft, &said.tail, Kind::System)?;
    let part = part(&said.message)?;
    let mut wanted = Wanted { kind: Some(InteractionKind::Event), part: Some(part.clone()), ..Wanted::default() };
    tail(draft, &said.tail, &mut wanted)?;
    let contract = match named {
        Some(named) => named.get(draft, &source)?,
        None => match holder(draft, &part, &source) {
            Some(contract) => contract,
            None => own_contract(draft, &said.from, &source, InteractionKind::Event)?,
        },
    };
    hold(draft, &contract, InteractionKind::Event, &part, &said.message)?;
    wanted.version = version(draft, &contract, &said.tail.via)?;
    wanted.contract = Some(contract.clone());
    if to.is_empty() && ways.is_empty() {
        draft.about.push(contract.key());
    }
    if to.is_empty()
        && let Some((last, before)) = ways.split_last()
    {
        lead(draft, &source, before, last, &wanted);
    }
    for (target, name) in &to {
        if *target == source {
            let message = format!("{} cannot tell itself", draft.name_of(target));
            return Err(Problem::new(name.at.clone(), message));
        }
        lead(draft, &source, &ways, target, &wanted);
    }
    Ok(())
}

pub(super) fn provide(draft: &mut Draft<'_>, said: &Provide) -> Done {
    let provider = system(draft, &said.system)?;
    for (name, label) in &said.contracts {
        let contract = find_or(draft, name, Contract::new)?;
        draft.change(&contract, |contract| contract.provider = provider.clone().into());
        if let Some(label) = label {
            let label = part(label)?;
            draft.change(&contract, |contract| _ = contract.versions.entry(label).or_default());
        }
        draft.about.push(contract.key());
    }
    Ok(())
}

fn ends<'a>(draft: &mut Draft<'_>, names: &'a [Name]) -> Done<Vec<(Id<System>, &'a Name)>> {
    names.iter().map(|name| Ok((system(draft, name)?, name))).collect()
}

fn part(name: &Name) -> Done<PartName> {
    PartName::new(&name.value).map_err(|why| Problem::new(name.at.clone(), why.to_string()))
}

/// The contract that a line names; one that is not there yet is made once it is known whose it is.
#[derive(Clone)]
enum Named {
    Known(Id<Contract>),
    New(Name),
}

impl Named {
    fn get(&self, draft: &mut Draft<'_>, provider: &Id<System>) -> Done<Id<Contract>> {
        match self {
            Self::Known(id) => Ok(id.clone()),
            Self::New(name) => {
                if let Some(id) = draft.find::<Contract>(name)? {
                    return Ok(id);
                }
                let mut contract = Contract::new(name.value.clone());
                contract.provider = provider.clone().into();
                make(draft, name, contract)
            }
        }
    }
}

/// What a line is led through, in order, and the contract it keeps to. A name that is not there becomes a contract
/// behind `->`, a backbone behind `=>`.
fn led(draft: &mut Draft<'_>, tail: &Tail, new: Kind) -> Done<(Vec<Id<System>>, Option<Named>)> {
    let (mut ways, mut contract) = (Vec::new(), None);
    for via in &tail.via {
        let name = &via.what.name;
        let (named, way) = which(draft, via, new)?;
        if let Some(way) = way {
            if let Some(version) = &via.version {
                let message = format!("{} is no contract and has no versions", draft.name_of(&way));
                return Err(Problem::new(version.at.clone(), message));
            }
            ways.push(way);
        } else if contract.is_some() {
            return Err(Problem::new(name.at.clone(), "a line keeps to one contract; this is the second"));
        } else {
            contract = named;
        }
    }
    Ok((ways, contract))
}

/// A contract, or a system to be led through.
fn which(draft: &mut Draft<'_>, via: &Via, new: Kind) -> Done<(Option<Named>, Option<Id<System>>)> {
    let name = &via.what.name;
    let head = via.what.head.as_ref().map(|head| head.value);
    let contract = if matches!(head, Some(Head::System(_))) { None } else { draft.find::<Contract>(name)? };
    let way = if matches!(head, Some(Head::Record(_))) { None } else { draft.find::<System>(name)? };
    let kind = way.as_ref().and_then(|way| draft.get(way)).map(|system| system.kind);
    let leads =
        kind.is_some_and(|kind| matches!(kind, SystemKind::Gateway | SystemKind::Backbone | SystemKind::Adapter));
    match (contract, way, head) {
        (Some(_), Some(way), _) if leads => {
            let kind = draft.get(&way).map_or(SystemKind::Gateway, |system| system.kind);
            let word = Head::System(kind).word();
            let quoted = crate::entry::print::quote(&name.value);
            let message = format!(
                "“{}” is a contract and {} {}: write `via contract {quoted}` or `via {word} {quoted}`",
                name.value,
                super::systems::article(kind).trim(),
                kind.word(),
            );
            Err(Problem::new(name.at.clone(), message))
        }
        (Some(contract), _, _) => {
            let mut note = draft.name_of(&contract);
            let known = draft.get(&contract);
            let has = via.version.as_ref().is_none_or(|label| {
                let label = PartName::new(&label.value).ok();
                label.is_some_and(|label| known.is_some_and(|contract| contract.versions.contains_key(&label)))
            });
            if has && !draft.is_new(&contract.key()) {
                if let Some(label) = &via.version {
                    note.push_str(&format!(" {}", label.value));
                }
                draft.notes.push(Note::exists(note));
            }
            Ok((Some(Named::Known(contract)), None))
        }
        (None, Some(way), _) if leads => Ok((None, Some(way))),
        (None, Some(way), _) => {
            let kind = kind.unwrap_or(SystemKind::Service);
            let message = format!(
                "{} is {}{}: `via` takes a contract, gateway, backbone or adapter",
                draft.name_of(&way),
                super::systems::article(kind),
                kind.word()
            );
            Err(Problem::new(name.at.clone(), message))
        }
        (None, None, Some(Head::System(kind))) => Ok((None, Some(make_system(draft, name, kind)?))),
        (None, None, None) if new == Kind::System && via.version.is_none() => {
            Ok((None, Some(make_system(draft, name, SystemKind::Backbone)?)))
        }
        (None, None, _) => Ok((Some(Named::New(name.clone())), None)),
    }
}

fn tail(draft: &mut Draft<'_>, tail: &Tail, wanted: &mut Wanted) -> Done {
    wanted.profile = tail.profile.as_ref().map(|name| find_or(draft, name, Profile::new)).transpose()?;
    wanted.schedule = tail.schedule.as_ref().and_then(|said| match &said.value {
        Schedule::Word(word) => Text::new(*word),
        Schedule::Every(span) => Text::new(format!("every {span}")),
    });
    Ok(())
}

/// Finds out what is carried: its kind, its contract, its version.
fn carry(
    draft: &mut Draft<'_>,
    wanted: &mut Wanted,
    said: &Connect,
    (source, source_name): (&Id<System>, &Name),
    (target, target_name): (&Id<System>, &Name),
    named: Option<&Named>,
    led: bool,
) -> Done {
    wanted.part = said.part.as_ref().map(part).transpose()?;
    if let (Some(name), None) = (&said.part, wanted.kind) {
        wanted.kind = Some(implied(draft, wanted, name, (source, target), named)?);
    }
    if wanted.kind.is_none() && matches!(wanted.transport, Some(Transport::File | Transport::ChangeFeed)) {
        wanted.kind = Some(InteractionKind::Event);
    }
    let event = wanted.kind == Some(InteractionKind::Event);
    let (provider, provider_name) = if event { (source, source_name) } else { (target, target_name) };
    let contract = match (named, &wanted.part, wanted.kind) {
        (Some(named), ..) => Some(named.get(draft, provider)?),
        (None, Some(part), _) => match holder(draft, part, provider) {
            Some(contract) => Some(contract),
            None if led => {
                let kind = wanted.kind.unwrap_or(InteractionKind::Unclassified);
                Some(own_contract(draft, provider_name, provider, kind)?)
            }
            None => None,
        },
        (None, None, _) => None,
    };
    if let Some(contract) = &contract {
        if let (Some(name), Some(part), Some(kind)) = (&said.part, &wanted.part, wanted.kind) {
            hold(draft, contract, kind, part, name)?;
        }
        wanted.version = version(draft, contract, &said.tail.via)?;
    }
    wanted.contract = contract;
    Ok(())
}

/// What an operation or message means where the line does not say: as the contract or another interaction has it.
fn implied(
    draft: &Draft<'_>,
    wanted: &Wanted,
    name: &Name,
    (source, target): (&Id<System>, &Id<System>),
    named: Option<&Named>,
) -> Done<InteractionKind> {
    let Some(part) = &wanted.part else { return Ok(InteractionKind::Unclassified) };
    let holders: Vec<Id<Contract>> = match named {
        Some(Named::Known(id)) => vec![id.clone()],
        Some(Named::New(_)) => Vec::new(),
        None => [target, source].into_iter().filter_map(|provider| holder(draft, part, provider)).collect(),
    };
    let kind = holders.iter().filter_map(|id| draft.get(id)).find_map(|contract| kind_of(contract, part));
    if let Some(kind) = kind {
        return Ok(kind);
    }
    let there = draft.between(source, target).into_iter().filter_map(|id| draft.get(&id).cloned());
    if let Some(there) = there.into_iter().find(|it| carries(it, part)) {
        return Ok(there.kind);
    }
    if wanted.transport.is_some() {
        return Ok(InteractionKind::Event);
    }
    let message = format!("say whether “{}” is a command, a query or an event", name.value);
    let offered = draft.model.contracts.values().filter(|contract| contract.provider.is(target));
    let known: Vec<&str> = offered.flat_map(|contract| contract.operations.keys()).map(PartName::as_str).collect();
    Err(Problem::new(name.at.clone(), message).suggesting(nearest(&name.value, known)))
}

fn kind_of(contract: &Contract, part: &PartName) -> Option<InteractionKind> {
    if contract.messages.contains_key(part) {
        return Some(InteractionKind::Event);
    }
    contract.operations.get(part).map(|operation| match operation.kind {
        OperationKind::Command => InteractionKind::Command,
        OperationKind::Query => InteractionKind::Query,
    })
}

fn carries(interaction: &Interaction, part: &PartName) -> bool {
    interaction.operation.is(part) || interaction.message.is(part)
}

/// The contract that has an operation or message: the provider's, else the only one.
fn holder(draft: &Draft<'_>, part: &PartName, provider: &Id<System>) -> Option<Id<Contract>> {
    let of = |id: &&Id<Contract>| draft.get(*id).is_some_and(|contract| contract.provider.is(provider));
    let own: BTreeSet<&Id<Contract>> = draft.holders(part.as_str()).filter(of).collect();
    let mut all = draft.holders(part.as_str());
    let first = all.next();
    match (own.len(), own.first()) {
        (1, Some(one)) => Some((*one).clone()),
        (0, _) if all.all(|other| Some(other) == first) => first.cloned(),
        _ => None,
    }
}

/// The contract that a system's commands, queries or events keep to where none is named. What is led through something
/// needs one: it is by its contract that both legs are known to carry the same.
fn own_contract(
    draft: &mut Draft<'_>,
    name: &Name,
    provider: &Id<System>,
    kind: InteractionKind,
) -> Done<Id<Contract>> {
    let event = kind == InteractionKind::Event;
    let title = format!("{} {}", draft.name_of(provider), if event { "events" } else { "API" });
    let name = Name { value: title.clone(), at: name.at.clone() };
    if let Some(id) = draft.find::<Contract>(&name)? {
        return Ok(id);
    }
    let mut contract = Contract::new(title.clone());
    contract.provider = provider.clone().into();
    if event {
        contract.style = Style::Messages.into();
    }
    draft.add(&title, &name, contract)
}

/// Sees to it that a contract has an operation or message.
fn hold(draft: &mut Draft<'_>, id: &Id<Contract>, kind: InteractionKind, part: &PartName, at: &Name) -> Done {
    let operation = match kind {
        InteractionKind::Command => Some(OperationKind::Command),
        InteractionKind::Query => Some(OperationKind::Query),
        InteractionKind::Event => None,
        InteractionKind::Unclassified => return Ok(()),
    };
    let known = draft.get(id).and_then(|contract| kind_of(contract, part));
    if let Some(known) = known.filter(|known| *known != kind) {
        let message = format!("{part} is of kind {known} in {}, not {kind}", draft.name_of(id));
        return Err(Problem::new(at.at.clone(), message));
    }
    draft.change(id, |contract| match operation {
        Some(kind) => _ = contract.operations.entry(part.clone()).or_insert_with(|| Operation::new(kind)),
        None => _ = contract.messages.entry(part.clone()).or_default(),
    });
    Ok(())
}

/// The version that a line pins; one that is not there is made.
fn version(draft: &mut Draft<'_>, id: &Id<Contract>, vias: &[Via]) -> Done<Option<PartName>> {
    let Some(name) = vias.iter().find_map(|via| via.version.as_ref()) else { return Ok(None) };
    let label = part(name)?;
    draft.change(id, |contract| _ = contract.versions.entry(label.clone()).or_default());
    Ok(Some(label))
}

/// Leads from a system through others to another; whether anything is new.
fn lead(draft: &mut Draft<'_>, source: &Id<System>, ways: &[Id<System>], target: &Id<System>, wanted: &Wanted) -> bool {
    let stops: Vec<&Id<System>> = std::iter::once(source).chain(ways).chain([target]).collect();
    let mut made = false;
    for (at, pair) in stops.windows(2).enumerate() {
        if let [from, to] = pair
            && from != to
        {
            let first = at == 0;
            let wanted = Wanted { schedule: wanted.schedule.clone().filter(|_| first), ..wanted.clone() };
            made |= leg(draft, from, to, &wanted);
        }
    }
    made
}

/// One interaction: one that is there is told more, or a new one is made.
fn leg(draft: &mut Draft<'_>, from: &Id<System>, to: &Id<System>, wanted: &Wanted) -> bool {
    let there: Vec<(Id<Interaction>, Interaction)> =
        draft.between(from, to).into_iter().filter_map(|id| Some((id.clone(), draft.get(&id)?.clone()))).collect();
    let meant = meant(&there, wanted);
    for id in &meant {
        let before = draft.get(id).cloned();
        draft.change(id, |interaction| say(interaction, wanted));
        if before.as_ref() == draft.get(id) && !draft.is_new(&id.key()) {
            let note = Note::exists(format!("{} → {}", draft.name_of(from), draft.name_of(to)));
            draft.notes.push(note);
        }
        draft.about.push(id.key());
    }
    if !meant.is_empty() {
        return false;
    }
    let mut new = Interaction::new(from.clone(), to.clone(), wanted.kind.unwrap_or(InteractionKind::Unclassified));
    say(&mut new, wanted);
    let name = format!("{from}-{to}");
    let at = Name { value: name.clone(), at: 0..0 };
    // Two ids make a name that has a letter.
    if let Ok(id) = draft.add(&name, &at, new) {
        draft.about.push(id.key());
    }
    true
}

/// The interactions among those between two systems that a line means.
fn meant(there: &[(Id<Interaction>, Interaction)], wanted: &Wanted) -> Vec<Id<Interaction>> {
    let fits = |it: &Interaction| match (it.contract.known(), &wanted.contract) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    let bare = |it: &Interaction| !it.operation.is_known() && !it.message.is_known();
    let first = |test: &dyn Fn(&Interaction) -> bool| {
        there.iter().find(|(_, it)| fits(it) && test(it)).map(|(id, _)| vec![id.clone()])
    };
    let same_kind = |it: &Interaction| wanted.kind.is_none_or(|kind| it.kind == kind);
    let open = |it: &Interaction| it.kind == InteractionKind::Unclassified && bare(it);
    let found = match (&wanted.part, wanted.kind) {
        (Some(part), _) => first(&|it| same_kind(it) && carries(it, part))
            .or_else(|| first(&|it| same_kind(it) && bare(it)))
            .or_else(|| first(&open)),
        (None, Some(_)) => first(&|it| same_kind(it)).or_else(|| first(&open)),
        (None, None) => Some(there.iter().filter(|(_, it)| fits(it)).map(|(id, _)| id.clone()).collect()),
    };
    found.unwrap_or_default()
}

fn say(interaction: &mut Interaction, wanted: &Wanted) {
    if let Some(kind) = wanted.kind {
        interaction.kind = kind;
    }
    put(&mut interaction.contract, wanted.contract.as_ref());
    if let Some(part) = &wanted.part {
        if interaction.kind == InteractionKind::Event {
            interaction.message = part.clone().into();
        } else {
            interaction.operation = part.clone().into();
        }
    }
    put(&mut interaction.version, wanted.version.as_ref());
    put(&mut interaction.transport, wanted.transport.as_ref());
    put(&mut interaction.schedule, wanted.schedule.as_ref());
    put(&mut interaction.profile, wanted.profile.as_ref());
}

fn put<T: Clone>(slot: &mut Fact<T>, value: Option<&T>) {
    if let Some(value) = value {
        *slot = Fact::Known(value.clone());
    }
}
