//! What cells say in a form of their own: the parts of a contract with commas between, and retries.
//!
//! A part is known by its name. The one fact that a cell says of it stands behind the name; all its other facts stay
//! where its name is written otherwise.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{
        Backoff, Contract, Duration, Fact, Field, Id, Key, Misfit, Model, OperationKind, PartKind, PartName, Parts,
        Retry, Said, Shape, Status, Subject, Trigger, Word,
    },
    rules,
};

/// What stands between the items of a cell.
const BETWEEN: [char; 3] = [',', ';', '\n'];

/// Parts of a contract that are called otherwise: each what it was called, and what it is called.
pub(super) type Renamed = Vec<(PartName, PartName)>;

/// The parts of a contract as one text: `v1 deprecated, v2 active`, `GetOrder query, PlaceOrder command`.
pub(super) fn parts_text(contract: &Contract, kind: PartKind) -> String {
    let said = |(name, word): (&PartName, &str)| format!("{name} {word}").trim_end().to_owned();
    let items: Vec<String> = match kind {
        PartKind::Version => {
            contract.versions.iter().map(|(name, version)| said((name, word(&version.status)))).collect()
        }
        PartKind::Operation => {
            contract.operations.iter().map(|(name, operation)| said((name, operation.kind.word()))).collect()
        }
        PartKind::Message => contract.messages.keys().map(|name| said((name, ""))).collect(),
    };
    items.join(", ")
}

fn word(status: &Fact<Status>) -> &'static str {
    match status {
        Fact::NotAsked => "",
        Fact::None => "none",
        Fact::Known(status) => status.word(),
    }
}

/// Makes the parts of a contract those that a text says. What is called otherwise keeps its facts; what is not said any
/// more goes, unless somebody names it.
pub(super) fn write_parts(
    model: &Model,
    key: &Key,
    contract: &mut Contract,
    kind: PartKind,
    text: &str,
) -> Result<Renamed, Misfit> {
    let items = items(kind, text)?;
    let old: Vec<PartName> =
        contract.part_names(kind).into_iter().filter_map(|name| PartName::new(name).ok()).collect();
    let new: Vec<PartName> = items.iter().map(|(name, _)| name.clone()).collect();
    let renamed = renamed(&old, &new);
    let stays = |name: &PartName| new.contains(name) || renamed.iter().any(|(from, _)| from == name);
    for gone in old.iter().filter(|name| !stays(name)) {
        let users = users(model, key, kind, gone);
        if let Some(first) = users.first() {
            let more = if users.len() > 1 { format!(" and {} more", users.len() - 1) } else { String::new() };
            return Err(Misfit::InUse { what: gone.to_string(), by: format!("{first}{more}") });
        }
    }
    let before =
        |name: &PartName| renamed.iter().find(|(_, to)| to == name).map_or_else(|| name.clone(), |r| r.0.clone());
    match kind {
        PartKind::Version => {
            let mut made = BTreeMap::new();
            for (name, word) in items {
                let mut version = contract.versions.get(&before(&name)).cloned().unwrap_or_default();
                version.status.set(&[], &Said::typed(&word, &Fact::<Status>::shape()))?;
                made.insert(name, version);
            }
            contract.versions = made;
            let named = contract.named_versions();
            if let Some(gone) = old.iter().find(|name| !stays(name) && named.contains(name)) {
                let by = "another version or a public field of the contract".to_owned();
                return Err(Misfit::InUse { what: gone.to_string(), by });
            }
        }
        PartKind::Operation => {
            let mut made = BTreeMap::new();
            for (name, word) in items {
                let known = contract.operations.get(&before(&name)).cloned();
                let mut operation = known.unwrap_or_else(|| crate::model::Operation::new(likely_kind(&name)));
                if !word.is_empty() {
                    operation.kind = OperationKind::make(&Parts::one(word))?;
                }
                made.insert(name, operation);
            }
            contract.operations = made;
        }
        PartKind::Message => {
            let message =
                |name: PartName| (name.clone(), contract.messages.get(&before(&name)).cloned().unwrap_or_default());
            contract.messages = new.into_iter().map(message).collect();
        }
    }
    Ok(renamed)
}

/// What an operation is of which only the name is known.
fn likely_kind(name: &PartName) -> OperationKind {
    if rules::reads(name.as_str()) { OperationKind::Query } else { OperationKind::Command }
}

/// The names that a text says, each with the word behind it.
fn items(kind: PartKind, text: &str) -> Result<Vec<(PartName, String)>, Misfit> {
    let mut found: Vec<(PartName, String)> = Vec::new();
    for item in text.split(BETWEEN).map(str::trim).filter(|item| !item.is_empty()) {
        let (name, word) = item.split_once(char::is_whitespace).unwrap_or((item, ""));
        let misfit = || Misfit::Text { text: item.to_owned(), expected: parts_expected(kind).to_owned() };
        let is_word = name.eq_ignore_ascii_case("none") || (kind == PartKind::Message && !word.is_empty());
        let name = PartName::new(name).ok().filter(|_| !is_word).ok_or_else(misfit)?;
        let fits = word.is_empty()
            || match kind {
                PartKind::Version => {
                    word.trim().eq_ignore_ascii_case("none") || Status::make(&Parts::one(word)).is_ok()
                }
                PartKind::Operation => OperationKind::make(&Parts::one(word)).is_ok(),
                PartKind::Message => false,
            };
        if !fits {
            return Err(wrong_word(kind, name.as_str(), word.trim()));
        }
        if found.iter().any(|(other, _)| *other == name) {
            return Err(Misfit::Twice(name.to_string()));
        }
        found.push((name, word.trim().to_owned()));
    }
    Ok(found)
}

/// A word behind a name that none of those is that may stand there.
fn wrong_word(kind: PartKind, name: &str, word: &str) -> Misfit {
    let words = part_words(kind);
    let Some((first, shape)) = words.first().map(|first| (first.word, Shape::Choice(words))) else {
        return Misfit::Text { text: format!("{name} {word}"), expected: parts_expected(kind).to_owned() };
    };
    let expected = format!("{} behind {name}, such as {name} {first}", shape.expects());
    Misfit::Text { text: word.to_owned(), expected }
}

/// What a cell of parts holds, in words.
pub(super) fn parts_expected(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Version => "versions with commas between, each with its status: v1 deprecated, v2 active",
        PartKind::Operation => "operations with commas between: GetOrder query, PlaceOrder command",
        PartKind::Message => "messages with commas between: OrderPlaced, OrderShipped",
    }
}

/// Which names stand where others stood: between the same neighbours, at least as many as are gone.
fn renamed(old: &[PartName], new: &[PartName]) -> Renamed {
    let gaps = |names: &[PartName], others: &[PartName]| {
        let mut gaps: BTreeMap<Option<PartName>, Vec<PartName>> = BTreeMap::new();
        let mut neighbour = None;
        for name in names {
            if others.contains(name) {
                neighbour = Some(name.clone());
            } else {
                gaps.entry(neighbour.clone()).or_default().push(name.clone());
            }
        }
        gaps
    };
    let mut added = gaps(new, old);
    let pairs = gaps(old, new).into_iter().filter_map(|(neighbour, gone)| {
        let here = added.remove(&neighbour).filter(|here| here.len() >= gone.len())?;
        Some(gone.into_iter().zip(here))
    });
    pairs.flatten().collect()
}

/// Who names a part of a contract, in words: interactions, what they are triggered by, what operations publish.
fn users(model: &Model, key: &Key, kind: PartKind, name: &PartName) -> Vec<String> {
    let id: Id<Contract> = Id::from_slug(key.slug.clone());
    let means = |part: &crate::model::Part| part.contract == id && part.name == *name;
    let triggers = |trigger: &Trigger| match trigger {
        Trigger::Operation(part) => kind == PartKind::Operation && means(part),
        Trigger::Message(part) => kind == PartKind::Message && means(part),
        _ => false,
    };
    let uses = |interaction: &crate::model::Interaction| {
        let carried = match kind {
            PartKind::Version => &interaction.version,
            PartKind::Operation => &interaction.operation,
            PartKind::Message => &interaction.message,
        };
        let triggered = interaction.triggered_by.known();
        (interaction.contract.is(&id) && carried.is(name)) || triggered.is_some_and(|all| all.iter().any(triggers))
    };
    let interactions = model.interactions.iter().filter(|(_, stored)| uses(&stored.value));
    let mut users: BTreeSet<String> =
        interactions.map(|(id, _)| rules::name(model, &Subject::from(id.key()))).collect();
    let publishes = |contract: &Contract| kind == PartKind::Message && contract.published().any(means);
    users.extend(model.contracts.iter().filter(|(_, stored)| publishes(&stored.value)).map(|(_, c)| c.name.clone()));
    let waived = model.waivers.values().any(|waiver| {
        waiver.about.key == *key && waiver.about.part.as_ref().is_some_and(|(of, part)| *of == kind && part == name)
    });
    if waived {
        users.insert("a waiver".to_owned());
    }
    users.into_iter().collect()
}

/// Retries as one text: `3, exponential with jitter, first after 200ms`.
pub(super) fn retry_words(retry: &Retry) -> String {
    let backoff = match &retry.backoff {
        Fact::NotAsked => String::new(),
        Fact::None => ", no backoff".to_owned(),
        Fact::Known(backoff) => format!(", {backoff}"),
    };
    let wait = match &retry.wait {
        Fact::NotAsked => String::new(),
        Fact::None => ", no wait".to_owned(),
        Fact::Known(wait) => format!(", first after {wait}"),
    };
    format!("{}{backoff}{wait}", retry.count)
}

/// What a cell of retries holds, in words.
pub(super) const RETRIES_EXPECTED: &str =
    "how many retries, how the wait grows and the first wait, such as 3, exponential, first after 200ms";

/// The retries that a text says.
pub(super) fn retries(text: &str) -> Result<Fact<Retry>, Misfit> {
    let shape = Fact::<Retry>::shape();
    let text = match Said::typed(text, &shape) {
        Said::NotAsked => return Ok(Fact::NotAsked),
        Said::None => return Ok(Fact::None),
        _ => text.trim(),
    };
    let misfit = || Misfit::Text { text: text.to_owned(), expected: RETRIES_EXPECTED.to_owned() };
    let (mut count, mut backoff, mut wait) = (None, Fact::NotAsked, Fact::NotAsked);
    for item in text.split(BETWEEN).map(str::trim).filter(|item| !item.is_empty()) {
        let one = Parts::one(behind(item));
        if item.eq_ignore_ascii_case("no backoff") && backoff.is_not_asked() {
            backoff = Fact::None;
        } else if item.eq_ignore_ascii_case("no wait") && wait.is_not_asked() {
            wait = Fact::None;
        } else if let (Ok(number), None) = (u32::make(&one), count) {
            count = Some(number);
        } else if let (Ok(way), true) = (Backoff::make(&one), backoff.is_not_asked()) {
            backoff = Fact::Known(way);
        } else if let (Ok(span), true) = (Duration::make(&one), wait.is_not_asked()) {
            wait = Fact::Known(span);
        } else {
            return Err(misfit());
        }
    }
    let mut retry = Retry::new(count.ok_or_else(misfit)?);
    (retry.backoff, retry.wait) = (backoff, wait);
    Ok(Fact::Known(retry))
}

/// What stands behind the words that may lead a value.
fn behind(item: &str) -> &str {
    let leading = ["first after ", "after ", "wait ", "backoff "];
    let behind = |lead: &&str| item.get(..lead.len()).is_some_and(|head| head.eq_ignore_ascii_case(lead));
    leading.iter().find(|lead| behind(lead)).and_then(|lead| item.get(lead.len()..)).unwrap_or(item)
}

/// The words that may stand behind what is typed in a cell, as what would then stand in it; and what they mean.
pub(super) fn completed(words: &[Word], text: &str, behind_name: bool) -> Vec<(String, String)> {
    let start = text.rfind(BETWEEN).map_or(0, |at| at + 1);
    let item = text.get(start..).unwrap_or_default();
    let begun = item.trim_start();
    let typed = match begun.split_once(char::is_whitespace) {
        Some((_, typed)) if behind_name => typed.trim_start(),
        None if behind_name => return Vec::new(),
        _ => begun,
    };
    let lower = typed.to_lowercase();
    let fits = |word: &&Word| word.word.to_lowercase().starts_with(&lower) && (behind_name || !lower.is_empty());
    let head = text.get(..text.len() - typed.len()).unwrap_or_default();
    words.iter().filter(fits).map(|word| (format!("{head}{}", word.word), word.about.to_owned())).collect()
}

/// The words that a cell of parts takes behind a name.
pub(super) fn part_words(kind: PartKind) -> &'static [Word] {
    match kind {
        PartKind::Version => Status::WORDS,
        PartKind::Operation => OperationKind::WORDS,
        PartKind::Message => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &[&str]) -> Vec<PartName> {
        text.iter().map(|name| PartName::new(name).unwrap()).collect()
    }

    #[test]
    fn a_name_between_the_same_neighbours_is_the_same_part() {
        let told = |old: &[&str], new: &[&str]| -> Vec<String> {
            renamed(&names(old), &names(new)).into_iter().map(|(from, to)| format!("{from}>{to}")).collect()
        };
        assert_eq!(told(&["A", "B", "C"], &["A", "X", "C"]), ["B>X"]);
        assert_eq!(told(&["A", "B", "C"], &["A", "C", "X"]), [] as [&str; 0]);
        assert_eq!(told(&["A", "B"], &["X", "Y"]), ["A>X", "B>Y"]);
        assert_eq!(told(&["A", "B"], &["X"]), [] as [&str; 0]);
        assert_eq!(told(&["A"], &["X", "Y"]), ["A>X"]);
        assert_eq!(told(&["A", "B"], &["B", "A"]), [] as [&str; 0]);
    }

    #[test]
    fn retries_are_read_in_any_order_and_in_their_own_words() {
        for text in
            ["", "none", "3", "3, no backoff, no wait", "0, fixed", "2, exponential with jitter, first after 200ms"]
        {
            let words = match retries(text).unwrap() {
                Fact::NotAsked => String::new(),
                Fact::None => "none".to_owned(),
                Fact::Known(retry) => retry_words(&retry),
            };
            assert_eq!(words, text);
        }
        let Fact::Known(retry) = retries("wait 2s; Exponential; 5").unwrap() else { panic!() };
        assert_eq!(retry_words(&retry), "5, exponential, first after 2s");
        for wrong in ["fixed", "3, 4", "3, soon", "many"] {
            assert!(retries(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_word_is_completed_behind_a_name() {
        let offered = |text: &str| -> Vec<String> {
            completed(Status::WORDS, text, true).into_iter().map(|(text, _)| text).collect()
        };
        assert_eq!(offered("v1 active, v2 d"), ["v1 active, v2 draft", "v1 active, v2 deprecated"]);
        assert_eq!(offered("v1 active, v2"), [] as [&str; 0]);
        let retries = completed(Backoff::WORDS, "3, exp", false);
        assert_eq!(retries.first().map(|(text, _)| text.as_str()), Some("3, exponential"));
    }
}
