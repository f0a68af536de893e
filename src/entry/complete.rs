//! What may stand at the cursor, best first.

use std::{collections::BTreeSet, ops::Range};

use super::{
    Index,
    index::{NAMED, fold},
    parse::{What, wanted},
    print::quote,
};
use crate::model::{Contract, Id, InteractionKind, Kind, Model, OperationKind, System, SystemKind};

/// Something that may stand at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What is read in a list.
    pub label: String,
    /// What kind of thing it is.
    pub detail: String,
    /// The bytes of the line that it takes the place of.
    pub range: Range<usize>,
    /// What is put there.
    pub text: String,
}

/// So many are offered.
const MOST: usize = 12;

/// What may stand at a cursor, given in bytes, best first.
pub fn complete(model: &Model, index: &Index, line: &str, cursor: usize) -> Vec<Completion> {
    let Some(beginning) = line.get(..cursor) else { return Vec::new() };
    let mut found: Vec<(Rank, Completion)> = Vec::new();
    for want in wanted(beginning) {
        let typed = beginning.get(want.from..).unwrap_or_default();
        let typed = typed.strip_prefix('"').unwrap_or(typed);
        let gap =
            beginning.get(..want.from).is_some_and(|text| !text.is_empty() && !text.ends_with(char::is_whitespace));
        let mut offer = |rank: Rank, label: &str, detail: &str, text: String| {
            let text = if gap { format!(" {text}") } else { text };
            let range = want.from..cursor;
            let (label, detail) = (label.to_owned(), detail.to_owned());
            found.push((rank, Completion { label, detail, range, text }));
        };
        match &want.what {
            What::Word(word) => {
                if word.starts_with(typed) {
                    offer(Rank::word(typed, word), word, "", format!("{word} "));
                }
            }
            What::Name(kinds) => names(index, kinds, typed, &mut offer),
            What::Named => {
                names(index, &NAMED, typed, &mut offer);
                for (part, rank) in index.parts().filter_map(|part| Some((part, Rank::of(typed, part)?))) {
                    offer(rank, part, "operation or message", format!("{} ", quote(part)));
                }
            }
            What::Way => {
                names(index, &[Kind::Contract], typed, &mut offer);
                ways(model, index, typed, &mut offer);
            }
            What::Version(contract) => {
                for id in contracts(index, contract) {
                    let versions = model.contracts.get(&id).map(|contract| contract.versions.iter().rev());
                    for (label, version) in versions.into_iter().flatten() {
                        let status = version.status.known().map_or("version", |status| status.word());
                        if let Some(rank) = Rank::of(typed, label.as_str()) {
                            offer(rank, label.as_str(), status, format!("{label} "));
                        }
                    }
                }
            }
            What::Part { kind, from, to } => {
                for (part, of, means) in parts(model, index, from, to) {
                    if kind.is_none_or(|kind| kind == means)
                        && let Some(rank) = Rank::of(typed, &part)
                    {
                        let word = if kind.is_none() { format!("{means} ") } else { String::new() };
                        offer(rank, &part, &format!("{means} of {of}"), format!("{word}{} ", quote(&part)));
                    }
                }
            }
            What::Message(from) => {
                for (part, of, means) in parts(model, index, std::slice::from_ref(from), &[]) {
                    if means == InteractionKind::Event
                        && let Some(rank) = Rank::of(typed, &part)
                    {
                        offer(rank, &part, &format!("event of {of}"), format!("{} ", quote(&part)));
                    }
                }
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.label.cmp(&b.1.label)));
    let mut seen = BTreeSet::new();
    found.retain(|(_, one)| {
        let same = line.get(one.range.clone()).is_some_and(|text| text == one.text.trim());
        !same && seen.insert((one.label.clone(), one.detail.clone()))
    });
    found.into_iter().map(|(_, one)| one).take(MOST).collect()
}

/// How well something fits what was typed, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank(u8, usize);

impl Rank {
    /// A word of the grammar: behind the names that begin so where something was typed, before them where nothing was.
    fn word(typed: &str, word: &str) -> Self {
        if typed.is_empty() { Self(0, 0) } else { Self(1, word.len()) }
    }

    fn of(typed: &str, name: &str) -> Option<Self> {
        Self::folded(&fold(typed), &fold(name))
    }

    fn folded(typed: &str, name: &str) -> Option<Self> {
        if typed.is_empty() {
            return Some(Self(2, 0));
        }
        if name.starts_with(typed) {
            return Some(Self(1, name.len()));
        }
        let at = name.find(typed)?;
        let begins = name.get(..at).is_some_and(|before| before.ends_with('-'));
        Some(Self(if begins { 3 } else { 4 }, name.len()))
    }
}

type Offer<'a> = dyn FnMut(Rank, &str, &str, String) + 'a;

fn names(index: &Index, kinds: &[Kind], typed: &str, offer: &mut Offer<'_>) {
    let folded = fold(typed);
    let mut best: Vec<(Rank, &str, Kind)> = index
        .known(kinds)
        .filter_map(|known| Some((Rank::folded(&folded, &known.folded)?, known.name.as_str(), known.key.kind)))
        .collect();
    best.sort();
    best.dedup_by(|a, b| a.1 == b.1 && a.2 == b.2);
    for (rank, name, kind) in best.into_iter().take(MOST) {
        offer(rank, name, kind.phrase(), format!("{} ", quote(name)));
    }
}

fn ways(model: &Model, index: &Index, typed: &str, offer: &mut Offer<'_>) {
    let folded = fold(typed);
    for known in index.known(&[Kind::System]) {
        let Some(rank) = Rank::folded(&folded, &known.folded) else { continue };
        let Some(system) = model.system(&Id::from_slug(known.key.slug.clone())) else { continue };
        if matches!(system.kind, SystemKind::Gateway | SystemKind::Backbone | SystemKind::Adapter) {
            offer(rank, &known.name, system.kind.word(), format!("{} ", quote(&known.name)));
        }
    }
}

fn contracts(index: &Index, name: &str) -> Vec<Id<Contract>> {
    index.named(Kind::Contract, name).into_iter().map(Id::from_slug).collect()
}

/// What systems offer: events of those that tell, commands and queries of those that are asked.
fn parts(model: &Model, index: &Index, from: &[String], to: &[String]) -> Vec<(String, String, InteractionKind)> {
    let systems = |names: &[String]| -> BTreeSet<Id<System>> {
        names.iter().flat_map(|name| index.named(Kind::System, name)).map(Id::from_slug).collect()
    };
    let (from, to) = (systems(from), systems(to));
    let mut parts = Vec::new();
    for contract in model.contracts.values() {
        let Some(provider) = contract.provider.known() else { continue };
        if to.contains(provider) {
            for (name, operation) in &contract.operations {
                let kind = match operation.kind {
                    OperationKind::Command => InteractionKind::Command,
                    OperationKind::Query => InteractionKind::Query,
                };
                parts.push((name.to_string(), contract.name.clone(), kind));
            }
        }
        if from.contains(provider) {
            let event =
                |name: &crate::model::PartName| (name.to_string(), contract.name.clone(), InteractionKind::Event);
            parts.extend(contract.messages.keys().map(event));
        }
    }
    parts
}
