//! The cells of tables as text that can be written back: what stands in one, what may, and what writing it means.
//!
//! An empty cell was not asked, `none` says that there is none; a text that is one of these words has an apostrophe
//! before it, as in spreadsheets.

use std::{collections::HashMap, sync::Arc};

use super::{
    Candidate, Refusal,
    arising::absence,
    candidates,
    columns::{GridColumn, Holds},
    facts,
    phrases::{
        RETRIES_EXPECTED, Renamed, completed, part_words, parts_expected, parts_text, retries, retry_words, write_parts,
    },
    rename,
};
use crate::{
    model::{
        Backoff, Consumers, Contract, Edit, Fact, Id, Interaction, InteractionKind, Key, Kind, Misfit, Model, PartKind,
        PartName, Path, Record, Said, Shape, Shown, Variant, follow_part,
    },
    rules,
};

/// What stands in a cell, as it would be written.
pub fn cell_text(model: &Model, key: &Key, column: &GridColumn) -> String {
    let Some(entry) = model.entry(key) else { return String::new() };
    text_of(&Names::of(model), key, &entry.record, column)
}

/// Writes into a cell, or into the same cell of several rows.
///
/// # Errors
/// What would fit, or that the question does not arise for one of them (see [`concerned`](super::concerned)); nothing is to
/// be changed then.
pub fn set_cells(model: &Model, keys: &[Key], column: &GridColumn, text: &str) -> Result<Vec<Edit>, Refusal> {
    let names = Names::of(model);
    let mut edits = Vec::new();
    for key in keys {
        let mut record = model.entry(key).ok_or_else(|| Refusal::NotFor(key.clone()))?.record;
        if let (false, Some(absence)) = (text.trim().is_empty(), absence(&record, column)) {
            let name = rules::name(model, &key.clone().into());
            return Err(Refusal::Absent(format!("{name} {}", absence.of_one(column))));
        }
        if let Holds::OfOperation(fact) = column.holds {
            let (home, path) = place_in_operation(&record, fact)?;
            let entry = || model.entry(&home).map(|entry| entry.record);
            // Several rows may carry operations of one contract.
            let known = edits.iter().position(|edit| matches!(edit, Edit::Put { key, .. } if *key == home));
            let known = known.map(|at| edits.remove(at)).and_then(|edit| match edit {
                Edit::Put { record, .. } => Some(record),
                _ => None,
            });
            let mut record = known.or_else(entry).ok_or_else(|| Refusal::NotFor(home.clone()))?;
            write_at(&names, &mut record, &path, text)?;
            if entry().as_ref() != Some(&record) {
                edits.push(Edit::Put { key: home, record });
            }
            continue;
        }
        let before = record.clone();
        let renamed = write(&names, key, &mut record, column, text)?;
        if record == before {
            continue;
        }
        if column.holds == Holds::Name {
            edits.extend(rename(model, key, text)?.1);
            continue;
        }
        edits.push(Edit::Put { key: key.clone(), record });
        follow_parts(model, key, column, &renamed, &mut edits)?;
    }
    Ok(edits)
}

/// Whatever names parts of a contract that are called otherwise names them so.
pub(super) fn follow_parts(
    model: &Model,
    key: &Key,
    column: &GridColumn,
    renamed: &Renamed,
    edits: &mut Vec<Edit>,
) -> Result<(), Misfit> {
    renamed.iter().try_for_each(|(from, to)| follow_part(model, key, (column.id, from.as_str()), to.as_str(), edits))
}

/// Where a fact of the operation stands that an interaction carries.
pub(super) fn place_in_operation(record: &Record, fact: &str) -> Result<(Key, Path), Misfit> {
    let place = match record {
        Record::Interaction(interaction) => interaction.contract.known().zip(interaction.operation.known()),
        _ => None,
    };
    let (contract, operation) = place.ok_or_else(|| {
        let words = format!("the operation that it carries, first: {} is a fact of that", facts::spaced(fact));
        Misfit::Unfit(words)
    })?;
    Ok((contract.key(), Path(vec!["operations".to_owned(), operation.to_string(), fact.to_owned()])))
}

/// What the step is called that writes into cells: "Set timeout of Checkout → Orders".
pub fn cell_step(model: &Model, keys: &[Key], column: &GridColumn, text: &str) -> String {
    let of = match keys {
        [one] => rules::name(model, &one.clone().into()),
        more => format!("{} rows", more.len()),
    };
    let title = column.title.to_lowercase();
    match text.trim() {
        _ if column.holds == Holds::Name => format!("Rename to {}", text.trim()),
        "" => format!("{} of {of} not asked", column.title),
        "none" => format!("No {title} of {of}"),
        _ => format!("Set {title} of {of}"),
    }
}

/// What may stand in a cell: each text, and in small what it means. Empty where anything may.
pub fn cell_offers(model: &Model, key: &Key, column: &GridColumn) -> Vec<(String, String)> {
    let Some(entry) = model.entry(key) else { return Vec::new() };
    let at = |key: &Key, record: &Record, path: &Path| {
        let Some(shape) = record.shape_at(path) else { return Vec::new() };
        with_none(fact_offers(model, key, path, shape.inner()), shape.is_fact())
    };
    match (column.holds, &entry.record) {
        (Holds::Carries, Record::Interaction(interaction)) => carried(model, interaction),
        (Holds::Fact(path), record) => at(key, record, &Path::from(path)),
        (Holds::OfOperation(fact), record) => {
            let Ok((key, path)) = place_in_operation(record, fact) else { return Vec::new() };
            model.entry(&key).map_or_else(Vec::new, |entry| at(&key, &entry.record, &path))
        }
        _ => Vec::new(),
    }
}

/// What one of several things in a cell may be: each text, and in small what it means. Empty where a cell holds one.
pub fn cell_items(model: &Model, key: &Key, column: &GridColumn) -> Vec<(String, String)> {
    let Holds::Fact(path) = column.holds else { return Vec::new() };
    let path = Path::from(path);
    let shape = model.entry(key).and_then(|entry| entry.record.shape_at(&path));
    match shape.as_ref().map(Shape::inner) {
        Some(Shape::List(item)) => fact_offers(model, key, &path, item),
        Some(Shape::OneOf(variants)) => {
            variants().iter().filter_map(listed_kind).flat_map(|kind| reference_offers(model, kind)).collect()
        }
        _ => Vec::new(),
    }
}

/// Of which kind of record a form of a value is a list.
fn listed_kind(variant: &Variant) -> Option<Kind> {
    match variant.inner.as_ref()? {
        Shape::List(item) => match **item {
            Shape::Reference([kind]) => Some(*kind),
            _ => None,
        },
        _ => None,
    }
}

/// What may stand in a cell whose text goes on like this: for cells that hold several words. As [`cell_offers`].
pub fn cell_completions(column: &GridColumn, text: &str) -> Vec<(String, String)> {
    match column.holds {
        Holds::Parts(kind) => completed(part_words(kind), text, true),
        Holds::Retries => completed(Backoff::WORDS, text, false),
        _ => Vec::new(),
    }
}

/// Whether a cell can say that there is none.
pub fn takes_none(model: &Model, key: &Key, column: &GridColumn) -> bool {
    match (column.holds, model.entry(key)) {
        (Holds::Carries | Holds::Retries | Holds::OfOperation(_), Some(_)) => true,
        (Holds::Fact(path), Some(entry)) => {
            entry.record.shape_at(&Path::from(path)).is_some_and(|shape| shape.is_fact())
        }
        _ => false,
    }
}

/// What a cell holds, for somebody who writes it: "a duration such as 800ms".
pub fn cell_expects(model: &Model, key: &Key, column: &GridColumn) -> String {
    match (column.holds, model.entry(key)) {
        (Holds::Carries, _) => "an operation or a message of its contract".to_owned(),
        (Holds::Name, _) => "a name".to_owned(),
        (Holds::Parts(kind), _) => parts_expected(kind).to_owned(),
        (Holds::Retries, _) => RETRIES_EXPECTED.to_owned(),
        (Holds::Fact(path), Some(entry)) => {
            entry.record.shape_at(&Path::from(path)).map(|shape| expects(&shape)).unwrap_or_default()
        }
        (Holds::OfOperation(fact), Some(entry)) => place_in_operation(&entry.record, fact)
            .ok()
            .and_then(|(key, path)| model.entry(&key)?.record.shape_at(&path))
            .map(|shape| shape.expects())
            .unwrap_or_default(),
        _ => String::new(),
    }
}

/// What a shape holds, where a list alone may stand for what else needs a word before it.
fn expects(shape: &Shape) -> String {
    if let Shape::OneOf(variants) = shape.inner() {
        let variants = variants();
        let list = variants.iter().find(|variant| listed_kind(variant).is_some()).and_then(|v| v.inner.as_ref());
        let words: Vec<&str> = variants.iter().filter(|v| v.inner.is_none()).map(|variant| variant.word).collect();
        if let Some(list) = list {
            return [list.expects(), words.join(", ")].join("; or ");
        }
    }
    shape.expects()
}

fn with_none(mut offers: Vec<(String, String)>, is_fact: bool) -> Vec<(String, String)> {
    if is_fact && !offers.is_empty() && !offers.iter().any(|(text, _)| text == "none") {
        offers.push(("none".to_owned(), "there is none".to_owned()));
    }
    offers
}

/// What may be said of a fact, in texts that say it in a cell.
fn fact_offers(model: &Model, key: &Key, path: &Path, shape: &Shape) -> Vec<(String, String)> {
    if let Shape::Reference([kind]) = shape {
        return reference_offers(model, *kind);
    }
    if let Shape::OneOf(variants) = shape
        && variants().iter().any(|variant| listed_kind(variant).is_some())
    {
        let variants = variants();
        let words = variants.iter().filter(|variant| variant.inner.is_none());
        let words = words.map(|variant| (variant.word.to_owned(), variant.about.to_owned()));
        let items = variants.iter().filter_map(listed_kind).flat_map(|kind| reference_offers(model, kind));
        return items.chain(words).collect();
    }
    let offer = |candidate: Candidate| match candidate.said {
        Said::Value(text) if candidate.aside.is_empty() && candidate.name != text => (text, candidate.name),
        Said::Value(text) => (text, candidate.aside),
        _ => ("none".to_owned(), "it is not so".to_owned()),
    };
    candidates(model, Some(key), path, shape).into_iter().map(offer).collect()
}

/// The records of a kind by names that find them again, and their ids where these say more.
pub(super) fn reference_offers(model: &Model, kind: Kind) -> Vec<(String, String)> {
    let names = Names::of(model);
    let offer = |key: Key| {
        let text = names.text(&key);
        let about = if text == key.slug.as_str() { String::new() } else { key.slug.to_string() };
        (text, about)
    };
    let mut offers: Vec<(String, String)> = model.keys_of(kind).into_iter().map(offer).collect();
    offers.sort_by_cached_key(|(text, _)| text.to_lowercase());
    offers
}

/// What stands in a cell of a record, as it would be written.
pub(super) fn text_of(names: &Names<'_>, key: &Key, record: &Record, column: &GridColumn) -> String {
    match (column.holds, record) {
        (Holds::Id, _) => key.slug.to_string(),
        (Holds::Derived, _) => String::new(),
        (Holds::Name, record) => record.display_name().map(|name| escaped(&name)).unwrap_or_default(),
        (Holds::Carries, Record::Interaction(interaction)) => carries_text(names.model, interaction),
        (Holds::Retries, Record::Interaction(interaction)) => match &interaction.resilience.retries {
            Fact::NotAsked => String::new(),
            Fact::None => "none".to_owned(),
            Fact::Known(retry) => retry_words(retry),
        },
        (Holds::Parts(kind), Record::Contract(contract)) => parts_text(contract, kind),
        (Holds::Carries | Holds::Retries | Holds::Parts(_), _) => String::new(),
        (Holds::OfOperation(fact), record) => {
            let place = place_in_operation(record, fact).ok();
            let entry = place.and_then(|(key, path)| Some((names.model.entry(&key)?.record, path)));
            entry.map(|(record, path)| text_at(names, &record, &path)).unwrap_or_default()
        }
        (Holds::Fact(path), record) => text_at(names, record, &Path::from(path)),
    }
}

/// What is said of a fact of a record, as it would be written.
pub(super) fn text_at(names: &Names<'_>, record: &Record, path: &Path) -> String {
    record.shape_at(path).map(|shape| told(names, record, path, &shape)).unwrap_or_default()
}

/// Writes a text into a cell of a record; which parts of a contract are then called otherwise. (What is written in the
/// record of another is not: see [`place_in_operation`].)
pub(super) fn write(
    names: &Names<'_>,
    key: &Key,
    record: &mut Record,
    column: &GridColumn,
    text: &str,
) -> Result<Renamed, Misfit> {
    match (column.holds, &mut *record) {
        (Holds::Name, _) if text.trim().is_empty() => return Err(Misfit::Needed("name")),
        (Holds::Name, record) => _ = record.set_display_name(plain(text).trim()),
        (Holds::Fact(path), record) => write_at(names, record, &Path::from(path), text)?,
        (Holds::Carries, Record::Interaction(interaction)) => carry(names.model, Arc::make_mut(interaction), text)?,
        (Holds::Retries, Record::Interaction(interaction)) => {
            let said = retries(text)?;
            Arc::make_mut(interaction).resilience.retries = said;
        }
        (Holds::Parts(kind), Record::Contract(contract)) => {
            return write_parts(names.model, key, Arc::make_mut(contract), kind, text);
        }
        _ => return Err(Misfit::Unfit("nothing: it is worked out from others".to_owned())),
    }
    Ok(Renamed::new())
}

/// Says of a fact of a record what a text says.
pub(super) fn write_at(names: &Names<'_>, record: &mut Record, path: &Path, text: &str) -> Result<(), Misfit> {
    let shape = record.shape_at(path).ok_or_else(|| Misfit::Nowhere(path.to_string()))?;
    let said = names.said(&shape, text);
    if said == Said::NotAsked
        && let Some(name) = needed(record, path)
    {
        return Err(Misfit::Needed(name));
    }
    facts::say(names.model, record, path, &said)
}

/// The name of a fact that a record cannot be without, where it is one.
fn needed(record: &Record, path: &Path) -> Option<&'static str> {
    let [name] = path.0.as_slice() else { return None };
    let slot = Record::shape_of(record.kind()).into_iter().find(|slot| slot.name == name && slot.required)?;
    Some(slot.name)
}

/// A value as one text that can be written back.
fn told(names: &Names<'_>, record: &Record, path: &Path, shape: &Shape) -> String {
    match record.at(path) {
        None | Some(Shown::NotAsked) => String::new(),
        Some(Shown::None) => "none".to_owned(),
        Some(shown) if matches!(shape.inner(), Shape::Choice(_) | Shape::Yes) => names.model.words(&shown),
        Some(shown) => escaped(&value(names, record, path, shape.inner(), &shown)),
    }
}

fn value(names: &Names<'_>, record: &Record, path: &Path, shape: &Shape, shown: &Shown) -> String {
    match (shape, shown) {
        (Shape::List(item), Shown::List(items)) => {
            let each = items.iter().enumerate();
            let told = each.map(|(at, shown)| value(names, record, &path.then(at), item, shown));
            listed(item, &told.collect::<Vec<String>>())
        }
        (Shape::OneOf(variants), shown) => {
            let held = variants().into_iter().filter_map(|variant| {
                let (word, inner) = (variant.word, variant.inner.as_ref()?);
                let path = path.then(word);
                let shown = record.at(&path).filter(|shown| *shown != Shown::NotAsked)?;
                let told = value(names, record, &path, inner.inner(), &shown);
                // A list says itself what it is, unless it begins as something else does.
                let begins = |word: &str| told.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
                let odd = variants().iter().any(|other| begins(other.word)) || begins(Consumers::NOBODY);
                Some(match told.starts_with([':', '(']) {
                    _ if listed_kind(&variant).is_some() && !odd => told,
                    true => format!("{word} ({told})"),
                    false => format!("{word} {told}"),
                })
            });
            held.into_iter().next().unwrap_or_else(|| names.model.words(shown))
        }
        (_, Shown::Ref(key)) => names.text(key),
        (_, Shown::Text(text)) => text.clone(),
        (_, shown) => names.model.words(shown),
    }
}

/// Several values in one text: one below the other where what stands between them may stand in them.
fn listed(item: &Shape, items: &[String]) -> String {
    let words = matches!(item, Shape::Words | Shape::Prose);
    let between: &[char] = if words { &[';', '\n'] } else { &[';', ',', '\n'] };
    if items.iter().any(|text| text.contains(between)) {
        return items.join("\n") + "\n";
    }
    items.join(if words { "; " } else { ", " })
}

/// A text that would mean something else has an apostrophe before it.
fn escaped(text: &str) -> String {
    let means = |word: &str| text.trim().eq_ignore_ascii_case(word);
    let odd = text.trim() != text || text.starts_with('\'') || ["", "none", "not asked"].into_iter().any(means);
    if odd { format!("'{text}") } else { text.to_owned() }
}

fn plain(text: &str) -> &str {
    text.strip_prefix('\'').unwrap_or(text)
}

/// Which record a name means, and how each is named so that it is found again. Made once for many cells.
pub(super) struct Names<'m> {
    pub(super) model: &'m Model,
    known: std::cell::RefCell<HashMap<Kind, HashMap<String, Vec<Key>>>>,
}

impl<'m> Names<'m> {
    pub(super) fn of(model: &'m Model) -> Self {
        Self { model, known: std::cell::RefCell::default() }
    }

    /// The records of a kind that a name means, in any case; an id means its record alone.
    pub(super) fn meant(&self, kind: Kind, text: &str) -> Vec<Key> {
        let text = text.trim();
        let by_id = crate::model::Slug::new(text).ok().map(|slug| Key { kind, slug });
        if let Some(key) = by_id.filter(|key| self.model.contains(key)) {
            return vec![key];
        }
        let mut known = self.known.borrow_mut();
        let named = known.entry(kind).or_insert_with(|| {
            let mut named: HashMap<String, Vec<Key>> = HashMap::new();
            for key in self.model.keys_of(kind) {
                named.entry(self.model.name(&key).to_lowercase()).or_default().push(key);
            }
            named
        });
        named.get(&text.to_lowercase()).cloned().unwrap_or_default()
    }

    /// A name that means this record and no other: its display name, else its id.
    pub(super) fn text(&self, key: &Key) -> String {
        let name = self.model.name(key);
        let odd = name.contains([',', ';', '\n']) || escaped(&name) != name;
        let alone = !odd && self.meant(key.kind, &name).as_slice() == std::slice::from_ref(key);
        if alone { name } else { key.slug.to_string() }
    }

    /// What a text in a cell says, with keys in place of names where they are known.
    fn said(&self, shape: &Shape, text: &str) -> Said {
        if let Some(plain) = text.strip_prefix('\'') {
            return Said::Value(plain.to_owned());
        }
        match (Said::typed(text, shape), shape.inner()) {
            (Said::Value(text), Shape::Reference([kind])) => match self.meant(*kind, &text).as_slice() {
                [only] => Said::Value(only.to_string()),
                _ => Said::Value(text),
            },
            // A list knows by its lines' ends that nothing else parts its items.
            (Said::Value(_), Shape::List(_)) => Said::Value(text.to_owned()),
            (said, _) => said,
        }
    }
}

/// What an interaction carries: the name alone where that is enough to find it again.
fn carries_text(model: &Model, interaction: &Interaction) -> String {
    let sides = [("operation", &interaction.operation), ("message", &interaction.message)];
    let told: Vec<(&str, String)> = sides
        .into_iter()
        .filter(|(_, fact)| !fact.is_not_asked())
        .map(|(side, fact)| (side, fact.known().map_or("none".to_owned(), ToString::to_string)))
        .collect();
    if let [(_, text)] = told.as_slice()
        && carries(model, interaction, text) == Ok((interaction.operation.clone(), interaction.message.clone()))
    {
        return text.clone();
    }
    told.into_iter().map(|(side, text)| format!("{side}:{text}")).collect::<Vec<_>>().join(" ")
}

fn carry(model: &Model, interaction: &mut Interaction, text: &str) -> Result<(), Misfit> {
    let (operation, message) = carries(model, interaction, text)?;
    for (kind, fact) in [(PartKind::Operation, &operation), (PartKind::Message, &message)] {
        let contract = interaction.contract.known().and_then(|id| model.contracts.get(id));
        if let (Some(contract), Some(name)) = (contract, fact.known())
            && !contract.has(kind, name)
        {
            let parts = [contract.part_names(PartKind::Operation), contract.part_names(PartKind::Message)].concat();
            let expected = if parts.is_empty() {
                format!("nothing: {} has no operations and no messages yet", contract.name)
            } else {
                format!("an operation or message of {}: {}", contract.name, parts.join(", "))
            };
            return Err(Misfit::Text { text: name.to_string(), expected });
        }
    }
    (interaction.operation, interaction.message) = (operation, message);
    Ok(())
}

/// The operation and the message that a text means.
fn carries(model: &Model, interaction: &Interaction, text: &str) -> Result<(Fact<PartName>, Fact<PartName>), Misfit> {
    let (mut operation, mut message) = (Fact::NotAsked, Fact::NotAsked);
    for word in text.split_whitespace() {
        let (side, name) = word.split_once(':').unwrap_or(("", word));
        let fact = if name.eq_ignore_ascii_case("none") {
            Fact::None
        } else {
            PartName::new(name).map(Fact::Known).map_err(|_| Misfit::text(name, &Shape::Name))?
        };
        let is_message = match side {
            "message" => true,
            "operation" => false,
            "" => fact
                .known()
                .and_then(|name| side_of(model, interaction, name))
                .unwrap_or(interaction.kind == InteractionKind::Event),
            _ => return Err(Misfit::text(word, &Shape::Name)),
        };
        if is_message { message = fact } else { operation = fact }
    }
    Ok((operation, message))
}

/// Whether a name is a message of the interaction's contract, where it is only one of both.
fn side_of(model: &Model, interaction: &Interaction, name: &PartName) -> Option<bool> {
    let contract: &Contract = model.contracts.get(interaction.contract.known()?)?;
    match (contract.has(PartKind::Operation, name), contract.has(PartKind::Message, name)) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        _ => None,
    }
}

/// The operations and messages that an interaction may carry.
fn carried(model: &Model, interaction: &Interaction) -> Vec<(String, String)> {
    let contract = interaction.contract.known().and_then(|id: &Id<Contract>| model.contracts.get(id));
    let Some(contract) = contract else { return Vec::new() };
    let of = |kind: PartKind| {
        let names = contract.part_names(kind).into_iter();
        names.map(move |name| (name.to_owned(), kind.word().to_owned())).collect::<Vec<_>>()
    };
    let mut sides = [of(PartKind::Operation), of(PartKind::Message)];
    if interaction.kind == InteractionKind::Event {
        sides.reverse();
    }
    with_none(sides.concat(), true)
}
