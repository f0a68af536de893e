//! Facts as table cells: known, none, or not asked.

use crate::{
    document::{Column, Rich, Row, Style, Table},
    model::{Fact, Field, Id, Model, Shown, Tabled},
};

/// What nobody has asked.
pub(super) fn not_asked() -> Rich {
    Rich::styled("not asked", Style::Unstated)
}

/// A fact in words.
pub(super) fn fact<T: Field>(model: &Model, fact: &Fact<T>) -> Rich {
    match fact.show() {
        Shown::NotAsked => not_asked(),
        shown => Rich::plain(model.words(&shown)),
    }
}

/// A fact that names a record, by the record's display name.
pub(super) fn named<T: Tabled>(model: &Model, fact: &Fact<Id<T>>) -> Rich {
    match fact {
        Fact::NotAsked => not_asked(),
        Fact::None => Rich::plain("none"),
        Fact::Known(id) => Rich::plain(model.name_of(id)),
    }
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

/// A count with its noun: "1 system", "3 systems".
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
