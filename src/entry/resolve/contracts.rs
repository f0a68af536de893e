//! The contracts that interactions keep to: whose they are, what they hold, in which versions.

use super::{Done, find_or, system};
use crate::{
    entry::{
        Problem,
        ast::{Name, Provide, Via},
        draft::Draft,
        summary::Note,
    },
    file::nearest,
    model::{Contract, Id, InteractionKind, Operation, OperationKind, PartName, Style, System},
};

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

/// The name of an operation, message or version.
pub(super) fn part(name: &Name) -> Done<PartName> {
    PartName::new(&name.value).map_err(|why| Problem::new(name.at.clone(), why.to_string()))
}

/// What an operation or message of a contract is.
pub(super) fn kind_of(contract: &Contract, part: &PartName) -> Option<InteractionKind> {
    if contract.messages.contains_key(part) {
        return Some(InteractionKind::Event);
    }
    contract.operations.get(part).map(|operation| match operation.kind {
        OperationKind::Command => InteractionKind::Command,
        OperationKind::Query => InteractionKind::Query,
    })
}

/// The contract that has an operation or message: the provider's, else the only one.
pub(super) fn holder(draft: &Draft<'_>, part: &PartName, provider: &Id<System>) -> Option<Id<Contract>> {
    let all = draft.holders(part.as_str());
    let own = all.iter().filter(|id| draft.get(*id).is_some_and(|contract| contract.provider.is(provider)));
    match own.collect::<Vec<_>>().as_slice() {
        [one] => Some((*one).clone()),
        [] if all.len() == 1 => all.first().cloned(),
        _ => None,
    }
}

/// The contract that a system's commands, queries or events keep to where none is named. What is led through something
/// needs one: it is by its contract that both legs are known to carry the same.
pub(super) fn own_contract(
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
pub(super) fn hold(
    draft: &mut Draft<'_>,
    id: &Id<Contract>,
    kind: InteractionKind,
    part: &PartName,
    at: &Name,
) -> Done {
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
    if known.is_none() {
        doubt(draft, id, kind, part);
    }
    draft.change(id, |contract| match operation {
        Some(kind) => _ = contract.operations.entry(part.clone()).or_insert_with(|| Operation::new(kind)),
        None => _ = contract.messages.entry(part.clone()).or_default(),
    });
    Ok(())
}

/// Says so where a contract that is there gets a part whose name is near to that of another.
fn doubt(draft: &mut Draft<'_>, id: &Id<Contract>, kind: InteractionKind, part: &PartName) {
    let Some(contract) = draft.get(id).filter(|_| !draft.is_new(&id.key())) else { return };
    let known = contract.operations.keys().chain(contract.messages.keys()).map(PartName::as_str);
    if let Some(near) = nearest(part.as_str(), known) {
        draft.notes.push(Note::doubt(format!("new {kind} “{part}”, did you mean “{near}”?")));
    }
}

/// The version that a line pins; one that is not there is made.
pub(super) fn version(draft: &mut Draft<'_>, id: &Id<Contract>, vias: &[Via]) -> Done<Option<PartName>> {
    let Some(name) = vias.iter().find_map(|via| via.version.as_ref()) else { return Ok(None) };
    let label = part(name)?;
    draft.change(id, |contract| _ = contract.versions.entry(label.clone()).or_default());
    Ok(Some(label))
}
