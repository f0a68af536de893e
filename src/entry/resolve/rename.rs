//! What is called otherwise: records, and the operations and messages that interactions carry.

use std::sync::Arc;

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
    model::{Contract, Id, Interaction, Key, PartKind, PartName, Record, Renamed, Slug, called},
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
    let (old, name) = (draft.name(key), &said.to.value);
    let other = draft.find_of(key.kind, &said.to)?.filter(|other| other != key);
    let Some(record) = draft.record(key) else { return Ok(()) };
    let taken = |slug: &Slug| draft.contains(&Key { kind: key.kind, slug: slug.clone() });
    let Some((_, slug)) = called(record, key, name, taken).map_err(|why| refused(why.to_string()))? else {
        draft.about.push(key.clone());
        draft.notes.push(Note::new(NoteKind::Exists, format!("{old} is called so already")));
        return Ok(());
    };
    draft.follow([key.clone()], |_, record| _ = record.set_display_name(name));
    let new = Key { kind: key.kind, slug: slug.clone() };
    let followers = if slug == key.slug { 0 } else { draft.move_to(key, &slug) };
    if let Some(other) = other {
        let text = format!(
            "there is a {} “{}” already: lines must then write their ids, {} and {slug}",
            key.kind.phrase(),
            draft.name(&other),
            other.slug
        );
        draft.notes.push(Note::doubt(text));
    }
    draft.about.push(new);
    told(draft, &old, &said.to, followers);
    Ok(())
}

fn told(draft: &mut Draft<'_>, old: &str, new: &Name, followers: usize) {
    let followers = match followers {
        0 => String::new(),
        1 => ", 1 record follows".to_owned(),
        more => format!(", {more} records follow"),
    };
    draft.told.push(Note::new(NoteKind::Changes, format!("{old} becomes {}{followers}", new.value)));
}

/// An operation or message, in the contract that has it and in every interaction that carries it; whether there is one.
fn part(draft: &mut Draft<'_>, said: &Rename) -> Done<bool> {
    let name = &said.what.name;
    let Ok(from) = PartName::new(&name.value) else { return Ok(false) };
    let holders = draft.holders(from.as_str());
    // Those that keep to a contract follow it.
    let loose = |id: &Id<Interaction>| draft.get(id).is_some_and(|it| !it.contract.is_known());
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
        draft.notes.push(Note::new(NoteKind::Exists, format!("{from} is called so already")));
        return Ok(true);
    }
    let mut followers = 0;
    for id in &holders {
        let Some(kind) = draft.get(id).and_then(|contract| kind(contract, &from)) else { continue };
        let renamed = Renamed { contract: id.clone(), kind, from: &from, to: &to };
        let Some(mut contract) = draft.record(&id.key()) else { continue };
        renamed.itself(&mut contract).map_err(|why| refused(why.to_string()))?;
        let mut keys = draft.referrers(&id.key());
        keys.remove(&id.key());
        followers += draft.follow(keys, |key, record| renamed.within(key, record));
        draft.follow([id.key()], |key, record| {
            // Before, it may not have been there.
            let _ = renamed.itself(record);
            renamed.within(key, record);
        });
    }
    followers += draft.follow(carriers.iter().map(Id::key), |_, record| {
        if let Record::Interaction(interaction) = record {
            let interaction = Arc::make_mut(interaction);
            for part in [&mut interaction.operation, &mut interaction.message] {
                if part.is(&from) {
                    *part = to.clone().into();
                }
            }
        }
    });
    told(draft, from.as_str(), &said.to, followers);
    Ok(true)
}

fn kind(contract: &Contract, part: &PartName) -> Option<PartKind> {
    if contract.operations.contains_key(part) {
        Some(PartKind::Operation)
    } else {
        contract.messages.contains_key(part).then_some(PartKind::Message)
    }
}
