//! The data ownership matrix: who creates, reads, updates and deletes which record.

use super::{Block, Sources, cells};
use crate::{
    document::{Column, Rich, Row, Style, Table},
    model::{Id, System},
    ownership::{Matrix, Touch},
};

/// So many systems stand side by side, on a sheet that is large enough; more go into a further table.
const WIDE: usize = 24;

pub(super) fn matrix(sources: &Sources<'_>) -> Vec<Block> {
    let model = sources.cx.model;
    if model.entities.is_empty() {
        return vec![Block::Paragraph(Rich::plain(
            "No business records have been named yet: who owns which data is not asked.",
        ))];
    }
    let matrix = Matrix::new(model, sources.report);
    let mut blocks = vec![Block::Paragraph(
        Rich::plain("C create, R read, U update, D delete. ")
            .then("owner", Style::Bold)
            .then(" marks the system of record; small letters reach straight into a store; ", Style::Plain)
            .then("red", Style::Error)
            .then(" marks a conflict.", Style::Plain),
    )];
    blocks.push(Block::Table(records(sources)));
    for part in matrix.systems.chunks(WIDE) {
        blocks.push(Block::Table(crud(sources, part, &matrix)));
    }
    blocks
}

fn records(sources: &Sources<'_>) -> Table {
    let model = sources.cx.model;
    let rows = model.entities.iter().map(|(id, entity)| {
        let stores: Vec<String> =
            entity.holdings.iter().map(|h| format!("{} ({})", model.name_of(&h.store), h.kind.word())).collect();
        let stores = if stores.is_empty() { cells::not_asked() } else { Rich::plain(stores.join(", ")) };
        let owner = if entity.partitions.is_empty() {
            cells::named(model, &entity.owner)
        } else {
            let mut owners = Rich::default();
            for (at, p) in entity.partitions.iter().enumerate() {
                let comma = if at > 0 { ", " } else { "" };
                owners = owners.then(comma, Style::Plain).and(cells::linked(model, &(&p.owner).into()));
                owners = owners.then(format!(" ({} {})", p.by.word(), p.part), Style::Soft);
            }
            owners
        };
        Row {
            anchor: cells::anchor(&id.into()),
            cells: vec![
                Rich::styled(&entity.name, Style::Bold),
                owner,
                cells::fact(model, &entity.classification),
                stores,
            ],
        }
    });
    let columns = [("Record", 2.0), ("System of record", 2.4), ("Classification", 1.6), ("Held in", 3.0)];
    cells::table(&columns, rows.collect(), "Business records and their systems of record")
}

fn crud(sources: &Sources<'_>, systems: &[Id<System>], matrix: &Matrix) -> Table {
    let model = sources.cx.model;
    let heading = Column { title: "Record".to_owned(), weight: 1.6, centred: false };
    let of_system = |id: &Id<System>| Column { title: model.name_of(id), weight: 1.0, centred: true };
    let columns = std::iter::once(heading).chain(systems.iter().map(of_system)).collect();
    let rows = matrix.entities.iter().map(|entity| {
        let name = cells::linked(model, &entity.into());
        let cell = |id: &Id<System>| matrix.touch(entity, id).map(cell).unwrap_or_default();
        cells::row(std::iter::once(name).chain(systems.iter().map(cell)).collect())
    });
    Table { columns, rows: rows.collect(), caption: "Who touches which record".to_owned() }
}

fn cell(touch: &Touch) -> Rich {
    let words = touch.letters();
    let style = if touch.conflict { Style::Error } else { Style::Plain };
    let rich = if touch.owner { Rich::styled("owner", Style::Bold) } else { Rich::default() };
    match (touch.owner, words.is_empty()) {
        (_, true) => rich,
        (true, false) => rich.then(format!("\n{words}"), style),
        (false, false) => rich.then(words, style),
    }
}
