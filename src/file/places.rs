//! Where records and parts of contracts stand in a text.

use std::{collections::BTreeMap, ops::Range};

use super::{
    options,
    problem::{Lines, Place},
    tree::{self, Node},
};
use crate::model::{Id, Key, Kind, Part, PartKind, PartName, Slug, Subject};

/// From the first to behind the last character of something in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The place of its first character.
    pub start: Place,
    /// The place behind its last character.
    pub end: Place,
}

/// The places of all records of a text, and of the versions, operations and messages of its contracts. What cannot be
/// read is left out.
pub fn places(text: &str) -> BTreeMap<Subject, Region> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let tree = tree::parse(&text);
    let mut finder = Finder { text: &text, lines: Lines::new(&text), found: BTreeMap::new() };
    if let Some(root) = &tree.root {
        finder.model(root);
    }
    finder.found
}

struct Finder<'a> {
    text: &'a str,
    lines: Lines<'a>,
    found: BTreeMap<Subject, Region>,
}

impl Finder<'_> {
    fn model(&mut self, root: &Node) {
        for (name, span, value) in self.named(root) {
            let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.table() == name) else { continue };
            if kind.is_single() {
                self.put(Key::single(kind).into(), span);
                continue;
            }
            for (id, span, record) in self.named(value) {
                let Ok(slug) = Slug::new(&id) else { continue };
                let key = Key { kind, slug };
                if kind == Kind::Contract {
                    self.parts(&key, record);
                }
                self.put(key.into(), span);
            }
        }
    }

    fn parts(&mut self, contract: &Key, record: &Node) {
        for (table, _, parts) in self.named(record) {
            let kind = match table.as_str() {
                "versions" => PartKind::Version,
                "operations" => PartKind::Operation,
                "messages" => PartKind::Message,
                _ => continue,
            };
            for (name, span, _) in self.named(parts) {
                let Ok(name) = PartName::new(&name) else { continue };
                let part = Part { contract: Id::from_slug(contract.slug.clone()), name };
                self.put(Subject::part(kind, &part), span);
            }
        }
    }

    /// The items of a group that have a name: the name, from there to behind the value, and the value.
    fn named<'n>(&self, node: &'n Node) -> Vec<(String, Range<usize>, &'n Node)> {
        let name = |key: &Node| {
            let word = &self.text[key.span.clone()];
            if word.starts_with('"') { options().from_str::<String>(word).ok() } else { Some(word.to_owned()) }
        };
        let items = node.items().iter();
        items.filter_map(|item| Some((name(item.key.as_ref()?)?, item.span(), &item.value))).collect()
    }

    fn put(&mut self, subject: Subject, span: Range<usize>) {
        let region = Region { start: self.lines.place(span.start), end: self.lines.place(span.end) };
        self.found.entry(subject).or_insert(region);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_and_parts_have_places() {
        let text = "\u{feff}(\r\n    model: (format: 1, name: \"Läden\"),\r\n    systems: {\"ä\": (name: \"Ä\", kind: Service), \"b\": (name: \"B\", kind: Service)},\r\n    contracts: {\r\n        \"api\": (name: \"API\", versions: {\"v1\": ()}),\r\n    },\r\n)";
        let found = places(text);
        let at = |subject: &str| {
            let single = subject == "model";
            let subject = if single { Key::single(Kind::Model).into() } else { subject.parse::<Subject>().unwrap() };
            let region = found[&subject];
            (region.start.line, region.start.column, region.end.line, region.end.column)
        };
        assert_eq!(at("system:ä"), (3, 15, 3, 46));
        assert_eq!(at("system:b"), (3, 48, 3, 79));
        assert_eq!(at("version:api/v1"), (5, 41, 5, 49));
        assert_eq!(at("model"), (2, 5, 2, 38));
        assert!(places("(((").is_empty() && places("").is_empty());
    }
}
