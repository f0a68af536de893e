//! What is called otherwise: records, and the operations and messages that interactions carry.

use std::collections::BTreeSet;

use super::{
    Done,
    remove::{found, unknown},
};
use crate::{
    entry::{
        Problem,
        ast::{Name, Rename},
        draft::Draft,
        summary::{Note, NoteKind},
    },
    file::nearest,
    model::{Contract, Edit, Id, Interaction, Key, PartKind, PartName, rename as renamed, rename_part},
};

pub(super) fn rename(draft: &mut Draft<'_>, said: &Rename) -> Done {
    match found(draft, &said.what)? {
        Some(key) => record(draft, &key, said),
        None if said.what.head.is_none() && part(draft, said)? => Ok(()),
        None => {
            let problem = unknown(draft, &said.what);
            let part = nearest(&said.what.name.value, draft.parts().iter().map(String::as_str));
            let near = problem.suggestion.clone().or(part.filter(|_| said.what.head.is_none()));
            Err(problem.suggesting(near))
        }
    }
}

fn record(draft: &mut Draft<'_>, key: &Key, said: &Rename) -> Done {
    let refused = |message: String| Problem::new(said.to.at.clone(), message);
    let old = draft.name(key);
    let other = draft.find_of(key.kind, &said.to)?.filter(|other| other != key);
    let model = draft.settle().map_err(|why| refused(why.to_string()))?;
    let (new, edits) = renamed(model, key, &said.to.value).map_err(|why| refused(why.to_string()))?;
    draft.about.push(new);
    if edits.is_empty() {
        draft.notes.push(Note { kind: NoteKind::Exists, text: format!("{old} is called so already") });
        return Ok(());
    }
    if let Some(other) = other {
        let text = format!("there is a {} “{}” already", key.kind.phrase(), draft.name(&other));
        draft.notes.push(Note::doubt(text));
    }
    let patch = draft.carry_out(edits).map_err(|why| refused(why.to_string()))?;
    // The record itself is one change where its id stays, and two where that follows the name.
    told(draft, &old, &said.to, patch.changes.len().saturating_sub(2));
    Ok(())
}

fn told(draft: &mut Draft<'_>, old: &str, new: &Name, followers: usize) {
    let followers = match followers {
        0 => String::new(),
        1 => ", 1 record follows".to_owned(),
        more => format!(", {more} records follow"),
    };
    let text = format!("{old} becomes {}{followers}", new.value);
    draft.told.push(Note { kind: NoteKind::Changes, text });
}

/// An operation or message, in the contract that has it and in every interaction that carries it; whether there is one.
fn part(draft: &mut Draft<'_>, said: &Rename) -> Done<bool> {
    let name = &said.what.name;
    let Ok(from) = PartName::new(&name.value) else { return Ok(false) };
    let has = |id: &&Id<Contract>| draft.get(*id).is_some_and(|contract| kind(contract, &from).is_some());
    let holders: BTreeSet<Id<Contract>> = draft.holders(from.as_str()).filter(has).cloned().collect();
    // Those that keep to a contract follow it.
    let loose = |id: &Id<Interaction>| draft.get(id).is_some_and(|it| !it.contract.is_known() && carries(it, &from));
    let carriers: Vec<Id<Interaction>> = draft.carriers(from.as_str()).into_iter().filter(loose).collect();
    if holders.is_empty() && carriers.is_empty() {
        return Ok(false);
    }
    let refused = |message: String| Problem::new(said.to.at.clone(), message);
    let to = PartName::new(&said.to.value).map_err(|why| refused(why.to_string()))?;
    if holders.len() > 1 {
        let names = holders.iter().map(|id| draft.name_of(id)).collect::<Vec<_>>().join(", ");
        let message = format!("several contracts have “{from}”: {names}; give it another name in one of them");
        return Err(Problem::new(name.at.clone(), message));
    }
    draft.about.extend(carriers.iter().map(Id::key).chain(holders.iter().map(Id::key)));
    if from == to {
        draft.notes.push(Note { kind: NoteKind::Exists, text: format!("{from} is called so already") });
        return Ok(true);
    }
    let model = draft.settle().map_err(|why| refused(why.to_string()))?;
    let mut edits = Vec::new();
    let mut next = model.clone();
    for id in &holders {
        let part = model.contracts.get(id).and_then(|contract| kind(contract, &from));
        let Some(part) = part else { continue };
        edits.extend(rename_part(model, id, (part, &from), &to).map_err(|why| refused(why.to_string()))?);
        next.apply(&edits).map_err(|why| refused(why.to_string()))?;
    }
    for id in &carriers {
        let Some(stored) = next.interactions.get(id) else { continue };
        let mut interaction = (*stored.value).clone();
        for part in [&mut interaction.operation, &mut interaction.message] {
            if part.is(&from) {
                *part = to.clone().into();
            }
        }
        edits.push(Edit::put(id, interaction));
    }
    let patch = draft.carry_out(edits).map_err(|why| refused(why.to_string()))?;
    told(draft, from.as_str(), &said.to, patch.changes.len().saturating_sub(holders.len()));
    Ok(true)
}

fn kind(contract: &Contract, part: &PartName) -> Option<PartKind> {
    if contract.operations.contains_key(part) {
        Some(PartKind::Operation)
    } else {
        contract.messages.contains_key(part).then_some(PartKind::Message)
    }
}

fn carries(interaction: &Interaction, part: &PartName) -> bool {
    interaction.operation.is(part) || interaction.message.is(part)
}
