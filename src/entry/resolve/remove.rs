//! What goes. Only what is there can be meant: nothing is made in passing.

use super::{
    Done,
    deliver::{interactions, passes},
    only,
};
use crate::{
    entry::{
        Problem,
        ast::{Access, Connect, Name, Publish, Ref, Remove, Said, Tail, Through},
        draft::{Draft, Row},
        index::NAMED,
        words::{VERBS, Verb, word_of},
    },
    model::{Contract, Entity, Fact, Id, Interaction, InteractionKind, Key, Kind, Store, System, Way},
};

pub(super) fn remove(draft: &mut Draft<'_>, said: &Remove) -> Done {
    match said {
        Remove::Records(what) => {
            let keys = what.iter().map(|what| named(draft, what)).collect::<Done<Vec<Key>>>()?;
            draft.take_away(&keys);
            Ok(())
        }
        Remove::Connect(said) => disconnect(draft, said),
        Remove::Publish(said) => silence(draft, said),
        Remove::Access(said) => release(draft, said),
    }
}

/// The record that a name names, of whatever kind.
fn named(draft: &Draft<'_>, what: &Ref) -> Done<Key> {
    found(draft, what)?.ok_or_else(|| unknown(draft, what))
}

/// The same, where there may be none.
pub(super) fn found(draft: &Draft<'_>, what: &Ref) -> Done<Option<Key>> {
    let mut found = Vec::new();
    for kind in kinds(what) {
        found.extend(draft.find_of(kind, &what.name)?);
    }
    only(&what.name, found)
}

fn kinds(what: &Ref) -> Vec<Kind> {
    what.head.as_ref().map_or(NAMED.to_vec(), |head| vec![head.value.kind()])
}

/// There is no such record: what the name may be instead.
pub(super) fn unknown(draft: &Draft<'_>, what: &Ref) -> Problem {
    let name = &what.name;
    if let Some(message) = elsewhere(draft, what) {
        return Problem::new(name.at.clone(), message);
    }
    let thing =
        what.head.as_ref().map_or("nothing called".to_owned(), |head| format!("no {}", head.value.kind().phrase()));
    Problem::new(name.at.clone(), format!("there is {thing} “{}”", name.value))
        .suggesting(draft.nearest(&kinds(what), &name.value))
}

/// What a name is that is no record of the kinds that can stand there.
fn elsewhere(draft: &Draft<'_>, what: &Ref) -> Option<String> {
    let text = &what.name.value;
    if let Some(head) = &what.head {
        let wanted = head.value.kind();
        let kind = NAMED.into_iter().find(|kind| *kind != wanted && draft.knows(&[*kind], text))?;
        return Some(format!("“{text}” is a {}, and no {}", kind.phrase(), wanted.phrase()));
    }
    let by_id = text.parse::<Id<Interaction>>().ok().filter(|id| draft.get(id).is_some());
    let id = by_id.clone().or_else(|| draft.carriers(text).into_iter().next());
    if let Some(it) = id.and_then(|id| draft.get(&id)) {
        let line = crate::entry::ast::Statement::Remove(Remove::Connect(line_of(draft, it)));
        let what =
            if by_id.is_some() { "what leads from one system to another" } else { "carried from one to another" };
        return Some(format!("“{text}” is {what}: write `{line}`"));
    }
    let holder = draft.holders(text).into_iter().next()?;
    Some(format!(
        "“{text}” is a part of the contract {}: it is taken out of that in the inspector",
        draft.name_of(&holder)
    ))
}

/// The line that says what an interaction is.
fn line_of(draft: &Draft<'_>, it: &Interaction) -> Connect {
    let name = |id: &Id<System>| vec![Name { value: draft.name_of(id), at: 0..0 }];
    let kind = Some(it.kind).filter(|kind| *kind != InteractionKind::Unclassified);
    let part = carried(it).map(|part| Name { value: part.to_owned(), at: 0..0 });
    Connect {
        from: name(&it.from),
        to: name(&it.to),
        kind: kind.map(|value| Said { value, at: 0..0 }),
        transport: None,
        part: part.filter(|_| kind.is_some()),
        tail: Tail::default(),
    }
}

/// A record of a kind that must be there.
fn known<T: Row>(draft: &Draft<'_>, name: &Name) -> Done<Id<T>> {
    draft.find::<T>(name)?.ok_or_else(|| {
        Problem::new(name.at.clone(), format!("there is no {} “{}”", T::KIND.phrase(), name.value))
            .suggesting(draft.nearest(&[T::KIND], &name.value))
    })
}

fn all<T: Row>(draft: &Draft<'_>, names: &[Name]) -> Done<Vec<Id<T>>> {
    names.iter().map(|name| known(draft, name)).collect()
}

fn disconnect(draft: &mut Draft<'_>, said: &Connect) -> Done {
    let (from, to) = (all::<System>(draft, &said.from)?, all::<System>(draft, &said.to)?);
    let kind = said.kind.as_ref().map(|said| said.value);
    let transport = said.transport.as_ref().map(|said| said.value);
    let part = said.part.as_ref().map(|part| part.value.as_str());
    let mut gone = Vec::new();
    for source in &from {
        for (target, name) in to.iter().zip(&said.to) {
            let fits = |it: &Interaction| {
                kind.is_none_or(|kind| it.kind == kind)
                    && transport.is_none_or(|transport| it.transport.is(&transport))
                    && part.is_none_or(|part| carried(it) == Some(part))
            };
            let there = interactions(draft, source, target);
            let meant: Vec<Key> = there.iter().filter(|(_, it)| fits(it)).map(|(id, _)| id.key()).collect();
            if meant.is_empty() {
                let (source, target) = (draft.name_of(source), draft.name_of(target));
                let message = if there.is_empty() {
                    format!("nothing leads from {source} straight to {target}")
                } else {
                    let carried: Vec<String> = there.iter().map(|(_, it)| words(it)).collect();
                    format!("from {source} to {target} leads only {}", carried.join(", "))
                };
                let at = said.part.as_ref().filter(|_| !there.is_empty()).unwrap_or(name).at.clone();
                return Err(Problem::new(at, message));
            }
            gone.extend(meant);
        }
    }
    draft.take_away(&gone);
    Ok(())
}

fn carried(interaction: &Interaction) -> Option<&str> {
    let part = if interaction.kind == InteractionKind::Event { &interaction.message } else { &interaction.operation };
    part.known().map(crate::model::PartName::as_str)
}

/// What it means and carries: command `PlaceOrder`.
fn words(interaction: &Interaction) -> String {
    let part = carried(interaction).map_or(String::new(), |part| format!(" {part}"));
    format!("{}{part}", interaction.kind)
}

/// Systems are no longer told of an event of another, be it straight or through what passes things on.
fn silence(draft: &mut Draft<'_>, said: &Publish) -> Done {
    let source: Id<System> = known(draft, &said.from)?;
    let mut gone = Vec::new();
    for name in &said.to {
        let target: Id<System> = known(draft, name)?;
        let tells = |it: &Interaction| {
            let passes = passes(draft, &it.from);
            it.to == target
                && it.kind == InteractionKind::Event
                && (it.from == source || (passes && theirs(draft, it, &source)))
        };
        let before = gone.len();
        for id in draft.carriers(&said.message.value) {
            if draft.get(&id).is_some_and(|it| carried(it) == Some(&said.message.value) && tells(it)) {
                gone.push(id.key());
            }
        }
        if gone.len() == before {
            let message =
                format!("{} is not told {} by {}", draft.name_of(&target), said.message.value, draft.name_of(&source));
            return Err(Problem::new(name.at.clone(), message));
        }
    }
    draft.take_away(&gone);
    Ok(())
}

/// Whether what an interaction carries is a system's, as far as its contract says whose.
fn theirs(draft: &Draft<'_>, interaction: &Interaction, source: &Id<System>) -> bool {
    let contract = interaction.contract.known().and_then(|id| draft.get::<Contract>(id));
    contract.and_then(|contract| contract.provider.known()).is_none_or(|provider| provider == source)
}

/// Systems no longer do something to data.
fn release(draft: &mut Draft<'_>, said: &Access) -> Done {
    let systems = all::<System>(draft, &said.systems)?;
    let (contract, store) = match &said.through {
        Some(Through::Contract(name)) => (Some(known::<Contract>(draft, name)?), None),
        Some(Through::Store(name)) => (None, Some(known::<Store>(draft, name)?)),
        None => (None, None),
    };
    for what in &said.data {
        let key = datum(draft, what)?;
        for system in &systems {
            let before = (draft.record(&key), store.as_ref().and_then(|store| draft.record(&store.key())));
            let id = Id::from_slug(key.slug.clone());
            match (key.kind, &store) {
                (Kind::Store, _) => let_go(draft, &Id::from_slug(key.slug.clone()), system, said.verb, None),
                (_, Some(store)) => let_go(draft, store, system, said.verb, Some(&id)),
                _ if said.verb == Verb::Follows => {}
                _ => forgo(draft, &id, system, said.verb, contract.as_ref()),
            }
            if (draft.record(&key), store.as_ref().and_then(|store| draft.record(&store.key()))) == before {
                let message = format!(
                    "it is not said that {} {} {}",
                    draft.name_of(system),
                    word_of(&VERBS, &said.verb),
                    draft.name(&key)
                );
                return Err(Problem::new(what.name.at.clone(), message));
            }
        }
        draft.about.push(key);
    }
    Ok(())
}

fn datum(draft: &Draft<'_>, what: &Ref) -> Done<Key> {
    if what.head.is_some() {
        return named(draft, what);
    }
    let kinds = [Kind::Entity, Kind::Store];
    let found = kinds.map(|kind| draft.find_of(kind, &what.name));
    let mut keys = Vec::new();
    for key in found {
        keys.extend(key?);
    }
    only(&what.name, keys)?.ok_or_else(|| {
        Problem::new(what.name.at.clone(), format!("there is no entity or store “{}”", what.name.value))
            .suggesting(draft.nearest(&kinds, &what.name.value))
    })
}

/// A store's access goes; where an entity is named, only for that one.
fn let_go(draft: &mut Draft<'_>, store: &Id<Store>, system: &Id<System>, verb: Verb, entity: Option<&Id<Entity>>) {
    let Some(mode) = super::data::mode(verb) else { return };
    draft.change(store, |store| {
        store.accesses.retain_mut(|access| {
            if access.system != *system || access.mode != mode {
                return true;
            }
            let Some(entity) = entity else { return false };
            let before = access.entities.len();
            access.entities.retain(|other| other != entity);
            !access.entities.is_empty() || before == 0
        });
    });
}

/// Rights over an entity go, and an access that has none left; where a contract is named, only the access through it.
fn forgo(draft: &mut Draft<'_>, entity: &Id<Entity>, system: &Id<System>, verb: Verb, contract: Option<&Id<Contract>>) {
    let rights = super::data::rights(verb);
    draft.change(entity, |entity| {
        entity.accesses.retain_mut(|access| {
            let through =
                contract.is_none_or(|contract| access.through == Fact::Known(Way::Contract(contract.clone())));
            if access.system != *system || !through {
                return true;
            }
            let before = access.rights.len();
            access.rights.retain(|right| !rights.contains(right));
            !access.rights.is_empty() || before == 0
        });
    });
}
