//! The words of this document, and only those that occur in it.

use std::collections::BTreeMap;

use super::{Block, cells};
use crate::{
    document::{Rich, Row, Style},
    model::{Model, Subject},
};

/// A word of the trade: how it is listed, the forms by which it is found, what it means.
const TERMS: &[(&str, &[&str], &str)] = &[
    (
        "Adapter",
        &["adapter", "adapters"],
        "A system that stands before a legacy or external system and speaks its language, so that nobody else must.",
    ),
    (
        "Event backbone",
        &["backbone", "backbones"],
        "A broker through which events reach whoever subscribes, without the publisher knowing them.",
    ),
    (
        "Boundary",
        &["boundary", "boundaries"],
        "A line across which trust changes; it says what whoever crosses it must prove.",
    ),
    ("Command", &["command", "commands"], "A message that asks one owner to change state; named in the imperative."),
    ("Contract", &["contract", "contracts"], "An API, event, message or file format that a provider promises to keep."),
    (
        "Dead letter",
        &["dead letter", "dead-letter"],
        "A message that could not be processed, put aside for somebody to look at.",
    ),
    ("Domain", &["domain", "domains"], "A part of the business with its own language, systems and owner."),
    ("Event", &["event", "events"], "A fact that happened, told to nobody in particular; named in the past tense."),
    (
        "Finding",
        &["finding", "findings"],
        "A place where the architecture breaks a rule, or where a fact that the rule needs is not asked.",
    ),
    ("Gateway", &["gateway", "gateways"], "The one way in from outside: it authenticates, limits and routes."),
    ("Idempotent", &["idempotent", "idempotency"], "Done twice, it has the effect of once."),
    ("Legacy system", &["legacy"], "A system that is kept running but no longer developed as others are."),
    (
        "Service mesh",
        &["mesh", "meshes"],
        "An infrastructure that carries calls between services and adds encryption, retries and telemetry to them.",
    ),
    (
        "Not asked",
        &["not asked"],
        "Nobody has asked for the fact yet. It is neither good nor bad, and stands among the open questions.",
    ),
    (
        "Outbox",
        &["outbox"],
        "A table in which a change and the event about it are written in one transaction, to be sent from there.",
    ),
    ("Query", &["query", "queries"], "A message that asks for information and changes nothing."),
    ("Schema", &["schema", "schemas"], "The structure that data in a message or store keep to."),
    ("Sunset", &["sunset"], "The day until which a deprecated version is promised."),
    (
        "System of record",
        &["system of record", "owner of the record"],
        "The one system that may change a record, and whose copy is the truth.",
    ),
    ("Timeout", &["timeout", "timeouts"], "How long a caller waits before it gives up."),
    (
        "Waiver",
        &["waiver", "waivers"],
        "A finding that somebody with the authority accepts, with a reason, until a date.",
    ),
];

/// The terms that occur in a text, and the domains and records that the model describes.
pub(super) fn glossary(model: &Model, told: &str) -> Vec<Block> {
    let told = told.to_lowercase();
    let mut terms: BTreeMap<String, Row> = BTreeMap::new();
    let mut add = |name: String, term: Rich, meaning: &str, anchor: String| {
        let row = Row { anchor, cells: vec![term, Rich::plain(meaning)] };
        terms.entry(format!("{} {name}", name.to_lowercase())).or_insert(row);
    };
    for (name, forms, meaning) in TERMS {
        if forms.iter().any(|form| occurs(&told, form)) {
            add((*name).to_owned(), Rich::styled(*name, Style::Bold), meaning, cells::slug("term", name));
        }
    }
    let described = model.domains.iter().map(|(id, domain)| (Subject::from(id), &domain.name, &domain.description));
    let records = model.entities.iter().map(|(id, entity)| (Subject::from(id), &entity.name, &entity.description));
    for (subject, name, description) in described.chain(records).filter(|(_, _, text)| !text.is_empty()) {
        let term = Rich::default().to(name, &subject).then(format!(" ({})", subject.key.kind.phrase()), Style::Soft);
        add(name.clone(), term, description, String::new());
    }
    if terms.is_empty() {
        return Vec::new();
    }
    vec![Block::Table(cells::table(&[("Term", 1.0), ("Meaning", 3.4)], terms.into_values().collect(), ""))]
}

/// Whether a word stands in a text as a word of its own.
fn occurs(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_occur_are_explained() {
        let blocks = glossary(&Model::new("Shop"), "An Adapter; commandeered, uncommand queries, a system of record.");
        let Some(Block::Table(table)) = blocks.first() else { panic!("no table") };
        let names: Vec<String> = table.rows.iter().filter_map(|row| row.cells.first()).map(Rich::text).collect();
        assert_eq!(names, ["Adapter", "Query", "System of record"]);
        assert!(glossary(&Model::new("Shop"), "nothing").is_empty());
    }
}
