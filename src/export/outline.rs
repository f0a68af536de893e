//! The numbering of sections and figures: the same in every format.

use crate::document::{Block, Document};

/// Counts sections as a renderer meets them.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering(Vec<usize>);

impl Numbering {
    /// The number of the next section of a level; levels count from 1.
    pub(super) fn next(&mut self, level: usize) -> String {
        self.0.resize(level.max(1), 0);
        if let Some(last) = self.0.last_mut() {
            *last += 1;
        }
        self.0.iter().map(usize::to_string).collect::<Vec<_>>().join(".")
    }
}

/// A section, as a list of contents needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) level: usize,
    pub(super) number: String,
    pub(super) title: String,
    /// Where it is: its anchor, or a name made of its number where it has none.
    pub(super) anchor: String,
}

impl Heading {
    pub(super) fn new(level: usize, number: String, title: &str, anchor: &str) -> Self {
        let anchor = if anchor.is_empty() { format!("section-{number}") } else { anchor.to_owned() };
        // In an outline and in contents a title is one line.
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { level, number, title, anchor }
    }
}

/// Every section of a document, in reading order.
pub(super) fn headings(doc: &Document) -> Vec<Heading> {
    fn collect(blocks: &[Block], level: usize, numbering: &mut Numbering, out: &mut Vec<Heading>) {
        for block in blocks {
            if let Block::Section { anchor, title, blocks } = block {
                out.push(Heading::new(level, numbering.next(level), title, anchor));
                collect(blocks, level + 1, numbering, out);
            }
        }
    }
    let mut out = Vec::new();
    collect(&doc.blocks, 1, &mut Numbering::default(), &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_numbered_by_their_place() {
        let section = |title: &str, blocks| Block::Section { anchor: String::new(), title: title.to_owned(), blocks };
        let blocks = vec![
            section("a", vec![section("b", vec![]), section("c", vec![])]),
            section("d", vec![section("e", vec![])]),
        ];
        let doc = Document { blocks, ..Document::default() };
        let numbers: Vec<String> = headings(&doc).into_iter().map(|h| h.number + &h.title).collect();
        assert_eq!(numbers, ["1a", "1.1b", "1.2c", "2d", "2.1e"]);
    }
}
