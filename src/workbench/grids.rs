//! What the tables of the window hold: interactions and contracts.

use super::{
    Survey,
    grid::{Cell, Grid, GridColumn, GridRow},
};
use crate::{
    facts::{Facts, Origin, Resolved},
    model::{Contract, Fact, Field, Id, Interaction, Model, Shown, Tabled},
};

/// Every interaction, with what decides how it fares.
pub fn interactions(survey: &Survey) -> Grid {
    const COLUMNS: [(&str, f32); 10] = [
        ("From", 130.0),
        ("To", 130.0),
        ("Kind", 96.0),
        ("Carries", 140.0),
        ("Contract", 150.0),
        ("Version", 66.0),
        ("Travels", 104.0),
        ("Timeout", 150.0),
        ("Authentication", 170.0),
        ("Triggered by", 150.0),
    ];
    let model = &*survey.model;
    let row = |(id, stored): (&Id<Interaction>, &crate::model::Stored<Interaction>)| GridRow {
        key: id.key(),
        cells: interaction(model, &stored.value),
        badge: survey.badges.get(&id.key()).copied(),
    };
    Grid { columns: columns(&COLUMNS), rows: model.interactions.iter().map(row).collect() }
}

fn interaction(model: &Model, interaction: &Interaction) -> Vec<Cell> {
    let facts = Facts::of(model, interaction);
    let carries = match (&interaction.operation, &interaction.message) {
        (Fact::Known(name), _) | (_, Fact::Known(name)) => Cell::text(name.to_string()),
        (Fact::None, _) | (_, Fact::None) => Cell::None,
        _ => Cell::NotAsked,
    };
    let travels = interaction.travels().map_or(Cell::NotAsked, |transport| match interaction.schedule.known() {
        Some(schedule) => Cell::Text(transport.word().to_owned(), schedule.to_string()),
        None => Cell::text(transport.word()),
    });
    let timeout = if interaction.is_synchronous() {
        resolved(model, &facts.get("timeout", |layer| &layer.resilience.timeout))
    } else {
        Cell::Empty
    };
    vec![
        Cell::text(model.name_of(&interaction.from)),
        Cell::text(model.name_of(&interaction.to)),
        Cell::Kind(interaction.kind),
        carries,
        named(model, &interaction.contract),
        fact(model, &interaction.version),
        travels,
        timeout,
        resolved(model, &facts.get("authentication", |layer| &layer.security.authentication)),
        fact(model, &interaction.triggered_by),
    ]
}

/// Every contract, with its versions and who is known to rely on it.
pub fn contracts(survey: &Survey) -> Grid {
    const COLUMNS: [(&str, f32); 9] = [
        ("Contract", 170.0),
        ("Provider", 130.0),
        ("Product owner", 130.0),
        ("Style", 90.0),
        ("Exposure", 84.0),
        ("Versioning", 110.0),
        ("Versions", 180.0),
        ("Documented consumers", 170.0),
        ("Used by", 66.0),
    ];
    let model = &*survey.model;
    let row = |(id, stored): (&Id<Contract>, &crate::model::Stored<Contract>)| GridRow {
        key: id.key(),
        cells: contract(model, id, &stored.value),
        badge: survey.badges.get(&id.key()).copied(),
    };
    Grid { columns: columns(&COLUMNS), rows: model.contracts.iter().map(row).collect() }
}

fn contract(model: &Model, id: &Id<Contract>, contract: &Contract) -> Vec<Cell> {
    let version = |(name, version): (&crate::model::PartName, &crate::model::Version)| {
        let status = version.status.known().map(|status| format!(" {}", status.word())).unwrap_or_default();
        format!("{name}{status}")
    };
    let versions: Vec<String> = contract.versions.iter().map(version).collect();
    let users = model.interactions.values().filter(|interaction| interaction.contract.is(id)).count();
    vec![
        Cell::text(&contract.name),
        named(model, &contract.provider),
        named(model, &contract.owner),
        fact(model, &contract.style),
        fact(model, &contract.exposure),
        fact(model, &contract.versioning),
        if versions.is_empty() { Cell::NotAsked } else { Cell::text(versions.join(", ")) },
        fact(model, &contract.consumers),
        Cell::text(users.to_string()),
    ]
}

fn columns(columns: &[(&'static str, f32)]) -> Vec<GridColumn> {
    columns.iter().map(|(title, width)| GridColumn { title, width: *width }).collect()
}

fn fact<T: Field>(model: &Model, fact: &Fact<T>) -> Cell {
    match fact.show() {
        Shown::NotAsked => Cell::NotAsked,
        Shown::None => Cell::None,
        shown => Cell::text(model.words(&shown)),
    }
}

fn named<T: Tabled>(model: &Model, fact: &Fact<Id<T>>) -> Cell {
    match fact {
        Fact::NotAsked => Cell::NotAsked,
        Fact::None => Cell::None,
        Fact::Known(id) => Cell::text(model.name_of(id)),
    }
}

fn resolved<T: Field>(model: &Model, fact: &Resolved<'_, T>) -> Cell {
    let from = |origin: &Origin| if *origin == Origin::Own { String::new() } else { origin.to_string() };
    match fact {
        Resolved::NotAsked => Cell::NotAsked,
        Resolved::None(origin) if *origin == Origin::Own => Cell::None,
        Resolved::None(origin) => Cell::Text("none".to_owned(), from(origin)),
        Resolved::NotApplicable(reason) => Cell::Text("does not apply".to_owned(), (*reason).to_owned()),
        Resolved::Known(value, origin) => Cell::Text(model.words(&value.show()), from(origin)),
    }
}
