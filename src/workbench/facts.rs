//! What a person says of facts, as edits: of one record or of several, references by id or by name.

use std::collections::BTreeSet;

use super::{Refusal, rename};
use crate::{
    model::{
        Consumers, Edit, Fact, Interaction, Key, Kind, Misfit, Model, PartKind, Parts, Path, Record, Said, Shape,
        Shown, Subject, Variant,
    },
    rules, text,
};

/// Says something of a fact of one record, or of the same fact of several.
///
/// References may be told by their display names, where these are unique. A display name is given as [`rename`] gives it,
/// and parts that another contract does not have are forgotten with the contract they were of.
///
/// # Errors
/// [`Refusal::NotFor`] where there is no such record, [`Refusal::Misfit`] where what is said does not fit one of them.
pub fn set_fact(model: &Model, keys: &[Key], path: &Path, said: &Said) -> Result<Vec<Edit>, Refusal> {
    let mut edits = Vec::new();
    for key in keys {
        let mut record = model.entry(key).ok_or_else(|| Refusal::NotFor(key.clone()))?.record;
        if let ([field], Said::Value(name)) = (path.0.as_slice(), said)
            && matches!(field.as_str(), "name" | "title")
            && record.display_name().is_some()
        {
            edits.extend(rename(model, key, name)?.1);
            continue;
        }
        say(model, &mut record, path, said)?;
        if let Some(other) = told_at(&record, path).into_iter().find(|other| leads_back(model, key, path, other)) {
            let expected = format!("a {} that does not lead back to {}", other.kind.phrase(), model.name(key));
            return Err(Misfit::Text { text: model.name(&other), expected }.into());
        }
        edits.push(Edit::Put { key: key.clone(), record });
        if let ([parts, from], Said::Rename(to)) = (path.0.as_slice(), &said) {
            crate::model::follow_part(model, key, (parts, from), to, &mut edits)?;
        }
    }
    Ok(edits)
}

/// The records that a fact says.
fn told_at(record: &Record, path: &Path) -> Vec<Key> {
    let one = |shown: Shown| match shown {
        Shown::Ref(key) => Some(key),
        _ => None,
    };
    match record.at(path) {
        Some(Shown::List(items)) => items.into_iter().filter_map(one).collect(),
        Some(shown) => one(shown).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Whether a record would lead to itself, if a fact of it said another: it is the other, or the other says it in turn.
/// Nothing is a part of itself, and nothing replaces itself.
pub(super) fn leads_back(model: &Model, key: &Key, path: &Path, other: &Key) -> bool {
    if other.kind != key.kind {
        return false;
    }
    let (mut met, mut next) = (BTreeSet::new(), Some(other.clone()));
    while let Some(now) = next.take_if(|now| met.insert(now.clone())) {
        if now == *key {
            return true;
        }
        next = match model.entry(&now).and_then(|entry| entry.record.at(path)) {
            Some(Shown::Ref(further)) => Some(further),
            _ => None,
        };
    }
    false
}

/// Says something of a fact of a record that may not be in the model yet: references by id or by name, and parts that
/// another contract does not have are forgotten.
pub(super) fn say(model: &Model, record: &mut Record, path: &Path, said: &Said) -> Result<(), Misfit> {
    let said = match &record.shape_at(path) {
        Some(shape) => resolved(model, shape, said)?,
        None => said.clone(),
    };
    record.set(path, &said)?;
    if let (Record::Interaction(interaction), [field]) = (&mut *record, path.0.as_slice())
        && field == "contract"
    {
        keep_to_contract(model, std::sync::Arc::make_mut(interaction));
    }
    known_rule(record)
}

/// Whether a waiver is of a rule that there is: of another it would accept nothing, and nobody would hear of it.
pub(super) fn known_rule(record: &Record) -> Result<(), Misfit> {
    let Record::Waiver(waiver) = record else { return Ok(()) };
    if rules::find(&waiver.rule).is_some() {
        return Ok(());
    }
    let metas = || rules::RULES.iter().map(|rule| rule.meta());
    let nearest = crate::file::nearest(&waiver.rule, metas().flat_map(|meta| [meta.code, meta.slug]));
    let expected = match nearest {
        Some(name) => format!("the code or name of a rule; did you mean {name}?"),
        None => "the code or name of a rule, such as OWN003 or shared-database".to_owned(),
    };
    Err(Misfit::Text { text: waiver.rule.clone(), expected })
}

/// What the step is called: "Set timeout of Checkout → Orders".
pub fn fact_step(model: &Model, keys: &[Key], path: &Path, said: &Said) -> String {
    let of = match keys {
        [one] if one.kind.is_single() => format!("the {}", one.kind.phrase()),
        [one] => rules::name(model, &Subject::from(one.clone())),
        more => format!("{} elements", more.len()),
    };
    let named: Vec<String> = path.0.iter().filter(|step| step.parse::<usize>().is_err()).map(|s| spaced(s)).collect();
    let last = named.last().map_or("fact", String::as_str);
    let inner = path.0.last().is_some_and(|step| step.parse::<usize>().is_ok());
    match said {
        Said::NotAsked => format!("{} of {of} not asked", text::capital(last)),
        Said::None => format!("No {last} of {of}"),
        Said::Value(_) if inner => format!("Change {last} of {of}"),
        Said::Value(_) => format!("Set {last} of {of}"),
        Said::Add(_) => format!("Add to {last} of {of}"),
        Said::Remove if inner => format!("Remove from {last} of {of}"),
        Said::Remove => format!("Remove {last} of {of}"),
        Said::Move(_) => format!("Order {last} of {of}"),
        Said::Rename(to) => format!("Rename {last} of {of} to {to}"),
    }
}

/// `retires_on` → `retires on`.
pub(super) fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

/// Forgets the parts of a contract that the interaction's contract does not have.
fn keep_to_contract(model: &Model, interaction: &mut Interaction) {
    use crate::model::PartKind;
    let contract = interaction.contract.known().and_then(|id| model.contracts.get(id));
    for (kind, fact) in [
        (PartKind::Operation, &mut interaction.operation),
        (PartKind::Message, &mut interaction.message),
        (PartKind::Version, &mut interaction.version),
    ] {
        let has = |contract: &crate::model::Stored<crate::model::Contract>| {
            fact.known().is_some_and(|name| contract.has(kind, name))
        };
        if fact.is_known() && !contract.is_some_and(has) {
            *fact = Fact::NotAsked;
        }
    }
}

/// What is said, with ids in place of names.
fn resolved(model: &Model, shape: &Shape, said: &Said) -> Result<Said, Misfit> {
    Ok(match said {
        Said::Value(text) => Said::Value(id_text(model, shape, text)?),
        Said::Add(parts) => Said::Add(add_parts(model, shape.inner(), parts)?),
        other => other.clone(),
    })
}

/// The parts of a new item or entry, with ids in place of names.
fn add_parts(model: &Model, shape: &Shape, parts: &Parts) -> Result<Parts, Misfit> {
    let mut found = Parts::default();
    for (name, text) in &parts.0 {
        let shape = match shape {
            Shape::Map(key, _) if name.is_empty() => Some((**key).clone()),
            Shape::Map(_, value) if name == "value" => Some((**value).clone()),
            Shape::Map(_, value) => part_shape(value, name),
            Shape::List(item) => part_shape(item, name),
            other => part_shape(other, name),
        };
        let text = shape.map_or_else(|| Ok(text.clone()), |shape| id_text(model, &shape, text))?;
        found.0.insert(name.clone(), text);
    }
    Ok(found)
}

/// The shape of what a part of a new value tells. What has no name tells the only field that must be there.
fn part_shape(shape: &Shape, name: &str) -> Option<Shape> {
    match shape.inner() {
        Shape::Group(slots) if name.is_empty() => Some(slots().into_iter().find(|slot| slot.required)?.shape),
        other if name.is_empty() => Some(other.clone()),
        other => other.at(&[name.to_owned()]),
    }
}

/// A text that tells a value, with ids in place of names.
pub(super) fn id_text(model: &Model, shape: &Shape, text: &str) -> Result<String, Misfit> {
    let said = text.trim();
    match shape {
        Shape::Fact(inner) => id_text(model, inner, text),
        Shape::Reference([kind]) => find(model, &[*kind], said).map(|key| key.slug.to_string()),
        Shape::Reference(kinds) => find(model, kinds, said).map(|key| key.to_string()),
        Shape::Subject if said.parse::<Subject>().is_err() => find(model, &[], said).map(|key| key.to_string()),
        Shape::Part => Ok(part(model, said).unwrap_or_else(|| said.to_owned())),
        Shape::List(item) if matches!(**item, Shape::Reference(_) | Shape::Part | Shape::OneOf(_)) => {
            // Where lines part the items, commas may stand in them.
            let lines = text.contains('\n');
            let between: &[char] = if lines { &['\n'] } else { &[',', ';'] };
            let items = said.split(between).map(str::trim).filter(|item| !item.is_empty());
            let found: Result<Vec<String>, Misfit> = items.map(|text| id_text(model, item, text)).collect();
            Ok(found?.join("\n") + if lines { "\n" } else { "" })
        }
        Shape::OneOf(variants) => one_of(model, &variants(), said),
        _ => Ok(text.to_owned()),
    }
}

/// A text that tells one of several forms: with its word before it, or without where what it names says which is meant.
fn one_of(model: &Model, variants: &[Variant], said: &str) -> Result<String, Misfit> {
    let mut wrong = None;
    for variant in variants {
        let rest = said.get(..variant.word.len()).filter(|head| head.eq_ignore_ascii_case(variant.word));
        let rest = rest.and_then(|head| said.get(head.len()..)).map(|rest| rest.trim_start_matches([' ', ':']));
        match (rest, &variant.inner) {
            (Some(""), None) => return Ok(said.to_owned()),
            (Some(rest), Some(inner)) if !rest.is_empty() => match id_text(model, inner, rest) {
                Ok(found) => return Ok(format!("{} {found}", variant.word)),
                Err(misfit) => wrong = Some(misfit),
            },
            _ => {}
        }
    }
    if said.eq_ignore_ascii_case(Consumers::NOBODY) {
        return Ok(said.to_owned());
    }
    for variant in variants {
        match &variant.inner {
            Some(Shape::Part)
                if variant.word == PartKind::Operation.word() || variant.word == PartKind::Message.word() =>
            {
                if let Some((kind, found)) = only_part(model, said)
                    && kind.word() == variant.word
                {
                    return Ok(format!("{} {found}", variant.word));
                }
            }
            Some(list @ Shape::List(item)) if matches!(**item, Shape::Reference(_)) => match id_text(model, list, said)
            {
                Ok(found) => return Ok(found),
                Err(misfit) => wrong = wrong.or(Some(misfit)),
            },
            _ => {}
        }
    }
    wrong.map_or_else(|| Ok(said.to_owned()), Err)
}

/// The record that a text means: by its id, its key, or a display name that no other has.
fn find(model: &Model, kinds: &[Kind], text: &str) -> Result<Key, Misfit> {
    let kinds: Vec<Kind> = if kinds.is_empty() { Kind::ALL.to_vec() } else { kinds.to_vec() };
    if let Ok(key) = text.parse::<Key>()
        && kinds.contains(&key.kind)
        && model.contains(&key)
    {
        return Ok(key);
    }
    let keys: Vec<Key> = kinds.iter().filter(|kind| !kind.is_single()).flat_map(|kind| model.keys_of(*kind)).collect();
    let by_id: Vec<&Key> = keys.iter().filter(|key| key.slug.as_str() == text).collect();
    if let [only] = by_id.as_slice() {
        return Ok((*only).clone());
    }
    let lower = text.to_lowercase();
    let named = |key: &&Key| {
        model.name(key).to_lowercase() == lower
            || (key.kind == Kind::Interaction && rules::name(model, &Subject::from((*key).clone())) == text)
    };
    let by_name: Vec<&Key> = keys.iter().filter(named).collect();
    let what = match kinds.as_slice() {
        [kind] => kind.phrase(),
        _ => "element",
    };
    match by_name.as_slice() {
        [only] => Ok((*only).clone()),
        [] => {
            let example = keys.first().map(|key| format!(", such as {}", model.name(key))).unwrap_or_default();
            Err(Misfit::Text {
                text: text.to_owned(),
                expected: format!("the name of a {what} that is there{example}"),
            })
        }
        more => Err(Misfit::Text {
            text: text.to_owned(),
            expected: format!("one of {} of that name by its id, such as {}", more.len(), more[0]),
        }),
    }
}

/// A part of a contract that a text means: with the contract's id or name before a slash, or alone where it is the only one.
fn part(model: &Model, text: &str) -> Option<String> {
    match text.rsplit_once('/') {
        None => only_part(model, text).map(|(_, part)| part),
        Some((contract, name)) => {
            let key = find(model, &[Kind::Contract], contract.trim()).ok()?;
            Some(format!("{}/{}", key.slug, name.trim()))
        }
    }
}

/// The operation or message that a text means, with its contract or alone, where only one is called so.
fn only_part(model: &Model, text: &str) -> Option<(PartKind, String)> {
    let (contract, name) = match text.rsplit_once('/') {
        None => (None, text),
        Some((contract, name)) => (Some(find(model, &[Kind::Contract], contract.trim()).ok()?), name.trim()),
    };
    let contracts = model.contracts.iter().filter(|(id, _)| contract.as_ref().is_none_or(|key| id.key() == *key));
    let mut found = contracts.flat_map(|(id, stored)| {
        let has = |kind: &PartKind| stored.part_names(*kind).contains(&name);
        [PartKind::Operation, PartKind::Message].into_iter().filter(has).map(move |kind| (kind, id))
    });
    let (kind, id) = found.next()?;
    found.next().is_none().then(|| (kind, format!("{id}/{name}")))
}
