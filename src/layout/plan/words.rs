//! The words on boxes, frames and lines.

use std::collections::BTreeMap;

use crate::{
    model::{Id, InteractionKind, Key, Kind, Model, Permanence, System, Transport},
    text,
};

/// What an interaction carries, in a word: the operation or message, and that it is a file.
pub(super) fn carried(model: &Model, key: &Key) -> String {
    let Some(interaction) = model.interactions.get(&Id::from_slug(key.slug.clone())) else { return String::new() };
    let part = interaction.operation.known().or_else(|| interaction.message.known()).map(ToString::to_string);
    match (part, interaction.transport.is(&Transport::File)) {
        (Some(part), true) => format!("{part} · file"),
        (Some(part), false) => part,
        (None, true) => "file".to_owned(),
        (None, false) => String::new(),
    }
}

/// The second line of a box: what it is, and the one fact that matters now.
pub(super) fn caption(model: &Model, system: &System) -> String {
    let word = system.kind.word();
    let word = word.strip_suffix(" system").unwrap_or(word);
    let kind = text::capital(word);
    let retires = system.lifecycle.retires_on.known().map(|date| format!("retires {}", month(&date.to_string())));
    let temporary = system.permanence.is(&Permanence::Temporary).then(|| "temporary".to_owned());
    let technology = || system.technology.known().map(ToString::to_string);
    let boundary = || system.boundary.known().map(|id| model.name_of(id));
    let fact = temporary.or(retires).or_else(technology).or_else(boundary);
    fact.map_or(kind.clone(), |fact| format!("{kind} · {fact}"))
}

/// `2027-06-30` → `2027-06`: on a box, the month is enough.
fn month(date: &str) -> &str {
    date.get(..7).unwrap_or(date)
}

/// What is said of a container beside its name: its owner, or how far it is trusted.
pub(super) fn aside(model: &Model, key: &Key) -> String {
    let slug = key.slug.clone();
    match key.kind {
        Kind::Domain => {
            let owner = model.domains.get(&Id::from_slug(slug)).and_then(|domain| domain.owner.known());
            owner.map(|owner| model.name_of(owner)).unwrap_or_default()
        }
        Kind::Boundary => {
            let trust = model.boundaries.get(&Id::from_slug(slug)).map(|boundary| boundary.trust);
            trust.map(|trust| trust.word().to_owned()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// `12 systems`.
pub(super) fn systems(count: usize) -> String {
    format!("{count} {}", if count == 1 { "system" } else { "systems" })
}

/// What a line that stands for many says: how many of each kind, by letter and in words.
pub(super) fn counted(kinds: &BTreeMap<InteractionKind, usize>) -> (String, String) {
    let letters: Vec<String> = kinds.iter().map(|(kind, count)| format!("{} {count}", kind.letter())).collect();
    let words: Vec<String> = kinds.iter().map(|(kind, count)| format!("{count} {}", plural(*kind, *count))).collect();
    (letters.join(" · "), words.join(", "))
}

fn plural(kind: InteractionKind, count: usize) -> &'static str {
    match (kind, count == 1) {
        (InteractionKind::Command, true) => "command",
        (InteractionKind::Command, false) => "commands",
        (InteractionKind::Query, true) => "query",
        (InteractionKind::Query, false) => "queries",
        (InteractionKind::Event, true) => "event",
        (InteractionKind::Event, false) => "events",
        (InteractionKind::Unclassified, _) => "not yet classified",
    }
}
