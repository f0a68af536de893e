//! The roadmap as tables: changes, plateaus, retirements.

use super::{Sources, cells};
use crate::{
    document::{Block, Rich, Row, Style, Table},
    model::{Date, Fact, Model},
};

pub(super) fn roadmap(sources: &Sources<'_>) -> Vec<Block> {
    let model = sources.cx.model;
    let tables = [
        ("changes", "Changes", changes(model)),
        ("plateaus", "Plateaus", plateaus(model)),
        ("retirements", "Retirements", retirements(model)),
    ];
    let sections: Vec<Block> = tables
        .into_iter()
        .filter(|(_, _, table)| !table.rows.is_empty())
        .map(|(anchor, title, table)| Block::Section {
            anchor: format!("roadmap-{anchor}"),
            title: title.to_owned(),
            blocks: vec![Block::Table(table)],
        })
        .collect();
    if sections.is_empty() {
        return vec![Block::Paragraph(Rich::plain(
            "No change is planned, no plateau named, and nothing has a date of retirement.",
        ))];
    }
    sections
}

fn date(fact: &Fact<Date>) -> String {
    fact.known().map(ToString::to_string).unwrap_or_default()
}

fn changes(model: &Model) -> Table {
    let mut changes: Vec<_> = model.changes.iter().collect();
    changes.sort_by_key(|(id, change)| (change.end.known().is_none(), date(&change.end), (*id).clone()));
    let rows = changes.into_iter().map(|(id, change)| {
        let mut name = Rich::styled(&change.name, Style::Bold);
        if let Some(why) = change.why.known() {
            name = name.then(format!("\n{why}"), Style::Soft);
        }
        let after: Vec<String> = change.depends_on.iter().map(|other| model.name_of(other)).collect();
        Row {
            anchor: format!("change-{id}"),
            cells: vec![
                name,
                Rich::plain(change.kind.word()),
                cells::fact(model, &change.start),
                cells::fact(model, &change.end),
                cells::named(model, &change.owner),
                cells::fact(model, &change.status),
                Rich::plain(after.join(", ")),
            ],
        }
    });
    let columns =
        [("Change", 3.4), ("Kind", 1.3), ("Start", 1.3), ("End", 1.3), ("Owner", 1.6), ("Status", 1.3), ("After", 1.8)];
    cells::table(&columns, rows.collect(), "")
}

fn plateaus(model: &Model) -> Table {
    let mut plateaus: Vec<_> = model.plateaus.iter().collect();
    plateaus.sort_by_key(|(id, plateau)| (date(&plateau.date), (*id).clone()));
    let rows = plateaus.into_iter().map(|(_, plateau)| {
        let done: Vec<String> = plateau.changes.iter().map(|change| model.name_of(change)).collect();
        let mut name = Rich::styled(&plateau.name, Style::Bold);
        if !plateau.description.is_empty() {
            name = name.then(format!("\n{}", plateau.description), Style::Soft);
        }
        cells::row(vec![cells::fact(model, &plateau.date), name, Rich::plain(done.join(", "))])
    });
    cells::table(&[("Date", 1.2), ("Plateau", 3.0), ("Completed by then", 4.0)], rows.collect(), "")
}

/// Everything with a date at which it goes: systems, and versions of contracts.
fn retirements(model: &Model) -> Table {
    let mut found: Vec<(Date, String, String)> = Vec::new();
    for system in model.systems.values() {
        if let Some(on) = system.lifecycle.retires_on.known() {
            let by = system.lifecycle.replaced_by.known().map(|id| format!("replaced by {}", model.name_of(id)));
            found.push((*on, format!("{} ({})", system.name, system.kind.word()), by.unwrap_or_default()));
        }
    }
    for contract in model.contracts.values() {
        for (name, version) in &contract.versions {
            let what = format!("{} {name}", contract.name);
            let next = version.successor.known().map(|next| format!("replaced by {next}")).unwrap_or_default();
            if let Some(on) = version.sunset_on.known() {
                found.push((*on, format!("{what} (sunset)"), next.clone()));
            }
            if let Some(on) = version.retired_on.known() {
                found.push((*on, format!("{what} (retired)"), next));
            }
        }
    }
    found.sort();
    let rows = found
        .into_iter()
        .map(|(on, what, then)| cells::row(vec![Rich::plain(on.to_string()), Rich::plain(what), Rich::plain(then)]));
    cells::table(&[("Date", 1.2), ("What goes", 3.6), ("What follows", 3.0)], rows.collect(), "")
}
