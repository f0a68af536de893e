//! Links that lead somewhere: a chapter may be left out, and what pointed into it becomes plain text.

use std::collections::BTreeSet;

use super::{Block, Document, Link, Rich};

impl Document {
    /// The names that links of this document can point at.
    pub fn anchors(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        anchors(&self.blocks, &mut found);
        found
    }

    /// Gives every place a name of its own, and takes away the links that lead nowhere; their text stays.
    pub(super) fn settle(&mut self) {
        apart(&mut self.blocks, &mut BTreeSet::new());
        let anchors = self.anchors();
        each_rich(&mut self.blocks, &mut |rich| {
            for span in &mut rich.0 {
                if matches!(&span.link, Some(Link::Anchor(anchor)) if !anchors.contains(anchor)) {
                    span.link = None;
                }
            }
        });
    }
}

/// A name that is taken gets a number.
fn apart(blocks: &mut [Block], taken: &mut BTreeSet<String>) {
    let mut take = |anchor: &mut String| {
        let wanted = anchor.clone();
        let mut count = 1;
        while !anchor.is_empty() && !taken.insert(anchor.clone()) {
            count += 1;
            *anchor = format!("{wanted}-{count}");
        }
    };
    for block in &mut *blocks {
        match block {
            Block::Section { anchor, .. } => take(anchor),
            Block::Table(table) => table.rows.iter_mut().for_each(|row| take(&mut row.anchor)),
            Block::Paragraph(_) | Block::List { .. } | Block::Figure { .. } => {}
        }
    }
    for block in blocks {
        if let Block::Section { blocks, .. } = block {
            apart(blocks, taken);
        }
    }
}

fn anchors(blocks: &[Block], found: &mut BTreeSet<String>) {
    for block in blocks {
        match block {
            Block::Section { anchor, blocks, .. } => {
                found.insert(anchor.clone());
                anchors(blocks, found);
            }
            Block::Table(table) => found.extend(table.rows.iter().map(|row| row.anchor.clone())),
            Block::Paragraph(_) | Block::List { .. } | Block::Figure { .. } => {}
        }
    }
    found.remove("");
}

fn each_rich(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Rich)) {
    for block in blocks {
        match block {
            Block::Section { blocks, .. } => each_rich(blocks, visit),
            Block::Paragraph(rich) => visit(rich),
            Block::List { items, .. } => items.iter_mut().for_each(&mut *visit),
            Block::Table(table) => table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(&mut *visit),
            Block::Figure { .. } => {}
        }
    }
}

/// All that can be read in some blocks, for looking up words.
pub(super) fn words(blocks: &[Block]) -> String {
    let mut text = String::new();
    let mut copy = blocks.to_vec();
    each_rich(&mut copy, &mut |rich| {
        text.push_str(&rich.text());
        text.push('\n');
    });
    titles(blocks, &mut text);
    text
}

fn titles(blocks: &[Block], text: &mut String) {
    for block in blocks {
        match block {
            Block::Section { title, blocks, .. } => {
                text.push_str(title);
                text.push('\n');
                titles(blocks, text);
            }
            Block::Table(table) => {
                let titles = table.columns.iter().map(|column| column.title.as_str());
                titles.chain([table.caption.as_str()]).for_each(|title| {
                    text.push_str(title);
                    text.push('\n');
                });
            }
            Block::Figure { caption, .. } => text.push_str(caption),
            Block::Paragraph(_) | Block::List { .. } => {}
        }
    }
}
