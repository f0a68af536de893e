//! Interactions: between two systems, led through others, or as an event to many; and the contracts they keep to.

use super::{
    Done,
    contracts::{hold, holder, kind_of, own_contract, part, version},
    deliver::{Wanted, carries, lead},
    find_or, make, make_system, system,
};
use crate::{
    entry::{
        Problem,
        ast::{Connect, Name, Publish, Schedule, Tail, Via},
        draft::Draft,
        summary::Note,
        words::{Head, is_version},
    },
    file::nearest,
    model::{Contract, Id, InteractionKind, Kind, PartName, Profile, System, SystemKind, Text, Transport},
};

pub(super) fn connect(draft: &mut Draft<'_>, said: &Connect) -> Done {
    let from = ends(draft, &said.from)?;
    let to = ends(draft, &said.to)?;
    let (ways, named) = led(draft, &said.tail, Kind::Contract)?;
    let mut wanted = Wanted { transport: said.transport.as_ref().map(|said| said.value), ..Wanted::default() };
    wanted.kind = said.kind.as_ref().map(|said| said.value);
    tail(draft, &said.tail, &mut wanted)?;
    for (source, source_name) in &from {
        for (target, target_name) in &to {
            if source == target {
                let message = format!("{} cannot be connected with itself", draft.name_of(target));
                return Err(Problem::new(target_name.at.clone(), message));
            }
            let mut wanted = wanted.clone();
            let led = !ways.is_empty();
            carry(draft, &mut wanted, said, (source, source_name), (target, target_name), named.as_ref(), led)?;
            lead(draft, source, &ways, target, &wanted);
        }
    }
    Ok(())
}

pub(super) fn publish(draft: &mut Draft<'_>, said: &Publish) -> Done {
    let source = system(draft, &said.from)?;
    let to = ends(draft, &said.to)?;
    let (ways, named) = led(draft, &said.tail, Kind::System)?;
    let part = part(&said.message)?;
    if draft.holders(part.as_str()).is_empty() && draft.knows(&[Kind::System], part.as_str()) {
        let message = format!(
            "“{part}” is a system: what it is told stands before it, like `{} => OrderPlaced => {part}`",
            crate::entry::print::quote(&said.from.value)
        );
        return Err(Problem::new(said.message.at.clone(), message));
    }
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

fn ends<'a>(draft: &mut Draft<'_>, names: &'a [Name]) -> Done<Vec<(Id<System>, &'a Name)>> {
    names.iter().map(|name| Ok((system(draft, name)?, name))).collect()
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
        (None, None, _) => {
            new_contract(draft, name)?;
            Ok((Some(Named::New(name.clone())), None))
        }
    }
}

/// Whether a name that is not there can be that of a new contract.
fn new_contract(draft: &Draft<'_>, name: &Name) -> Done {
    if is_version(&name.value) {
        let message = format!("“{0}” is a version: name its contract before it, like `via orders-api {0}`", name.value);
        return Err(Problem::new(name.at.clone(), message));
    }
    let known = name
        .value
        .rsplit_once(' ')
        .filter(|(before, last)| is_version(last) && !draft.is_quoted(name) && draft.knows(&[Kind::Contract], before));
    if let Some((contract, _)) = known {
        return Err(Problem::new(name.at.clone(), format!("one version of “{contract}” is enough here")));
    }
    if draft.knows(&[Kind::Store], &name.value) {
        let message =
            format!("“{}” is a store: what reads or writes it says so, like `Billing reads orders-db`", name.value);
        return Err(Problem::new(name.at.clone(), message));
    }
    Ok(())
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
