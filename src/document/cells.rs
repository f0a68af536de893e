//! What documents are made of, small: facts as cells, names as links, messages, tables, counts.

use super::{Block, Column, Rich, Row, Style, Table};
use crate::{
    model::{Fact, Field, Id, Model, Shown, Slug, Subject, Tabled},
    rules::{Piece, name},
};

/// What nobody has asked.
pub(super) fn not_asked() -> Rich {
    Rich::styled("not asked", Style::Unstated)
}

/// A fact in words.
pub(super) fn fact<T: Field + Clone + PartialEq>(model: &Model, fact: &Fact<T>) -> Rich {
    match fact.show() {
        Shown::NotAsked => not_asked(),
        shown => Rich::plain(model.words(&shown)),
    }
}

/// A fact that names a record, by the record's display name, with a link to it.
pub(super) fn named<T: Tabled>(model: &Model, fact: &Fact<Id<T>>) -> Rich {
    match fact {
        Fact::NotAsked => not_asked(),
        Fact::None => Rich::plain("none"),
        Fact::Known(id) => linked(model, &id.into()),
    }
}

/// The display name of something, with a link to where it is described.
pub(super) fn linked(model: &Model, subject: &Subject) -> Rich {
    Rich::default().to(name(model, subject), subject)
}

/// Names in a row, each a link.
pub(super) fn list(model: &Model, subjects: impl IntoIterator<Item = Subject>) -> Rich {
    let mut rich = Rich::default();
    for (at, subject) in subjects.into_iter().enumerate() {
        if at > 0 {
            rich = rich.then(", ", Style::Plain);
        }
        rich = rich.to(name(model, &subject), &subject);
    }
    rich
}

/// The message of a finding, its names as links, with a capital at its beginning.
pub(super) fn message(model: &Model, pieces: &[Piece]) -> Rich {
    let mut rich = Rich::default();
    for piece in pieces {
        rich = match piece {
            Piece::Words(text) => rich.then(text, Style::Plain),
            Piece::Name(subject) => rich.to(name(model, subject), subject),
        };
    }
    if let Some(first) = rich.0.iter_mut().find(|span| !span.text.is_empty()).filter(|span| span.link.is_none()) {
        first.text = crate::text::capital(&first.text);
    }
    rich
}

/// The name under which a document describes something.
pub(super) fn anchor(subject: &Subject) -> String {
    format!("{}-{}", subject.key.kind.word(), subject.key.slug)
}

/// A name for a heading that a person wrote.
pub(super) fn slug(prefix: &str, title: &str) -> String {
    let slug = Slug::derive(title).map_or_else(|| "other".to_owned(), |slug| slug.to_string());
    format!("{prefix}-{slug}")
}

/// A table from headings with weights, and rows.
pub(super) fn table(columns: &[(&str, f32)], rows: Vec<Row>, caption: &str) -> Table {
    let column = |(title, weight): &(&str, f32)| Column { title: (*title).to_owned(), weight: *weight, centred: false };
    Table { columns: columns.iter().map(column).collect(), rows, caption: caption.to_owned() }
}

/// A row without an anchor.
pub(super) fn row(cells: Vec<Rich>) -> Row {
    Row { anchor: String::new(), cells }
}

/// A paragraph of plain text.
pub(super) fn say(text: impl Into<String>) -> Block {
    Block::Paragraph(Rich::plain(text))
}

/// A section.
pub(super) fn section(anchor: impl Into<String>, title: impl Into<String>, blocks: Vec<Block>) -> Block {
    Block::Section { anchor: anchor.into(), title: title.into(), blocks }
}

/// A bulleted list.
pub(super) fn points(items: Vec<Rich>) -> Block {
    Block::List { numbered: false, items }
}

/// A count with its noun: "1 system", "3 systems".
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A name with what is said of it in grey below.
pub(super) fn titled(name: Rich, below: &str) -> Rich {
    if below.is_empty() { name } else { name.then(format!("\n{below}"), Style::Soft) }
}

impl Rich {
    /// This, followed by a name that leads to where its subject is described.
    pub(super) fn to(self, text: impl Into<String>, subject: &Subject) -> Self {
        self.link(text, anchor(subject))
    }

    /// This, followed by another.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}
