//! The data ownership matrix: who creates, reads, updates and deletes which record.

use std::collections::{BTreeMap, BTreeSet};

use super::{Block, Sources, cells};
use crate::{
    document::{Column, Rich, Row, Style, Table},
    model::{AccessMode, Entity, Fact, Id, Kind, Right, System, Way},
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
    let touches: BTreeMap<&Id<Entity>, BTreeMap<Id<System>, Touch>> =
        model.entities.iter().map(|(id, entity)| (id, touches(sources, id, &entity.value))).collect();
    let systems: BTreeSet<&Id<System>> = touches.values().flat_map(BTreeMap::keys).collect();
    let systems: Vec<&Id<System>> = systems.into_iter().collect();
    let mut blocks = vec![Block::Paragraph(
        Rich::plain("C create, R read, U update, D delete. ")
            .then("owner", Style::Bold)
            .then(" marks the system of record; small letters reach straight into a store; ", Style::Plain)
            .then("red", Style::Error)
            .then(" marks a conflict.", Style::Plain),
    )];
    blocks.push(Block::Table(records(sources)));
    for part in systems.chunks(WIDE) {
        blocks.push(Block::Table(crud(sources, part, &touches)));
    }
    blocks
}

/// What one system does with one record.
#[derive(Default)]
struct Touch {
    owner: bool,
    rights: BTreeSet<Right>,
    direct: BTreeSet<Right>,
    conflict: bool,
}

fn touches(sources: &Sources<'_>, id: &Id<Entity>, entity: &Entity) -> BTreeMap<Id<System>, Touch> {
    let mut touches: BTreeMap<Id<System>, Touch> = BTreeMap::new();
    let owners = entity.owner.known().into_iter().chain(entity.partitions.iter().map(|partition| &partition.owner));
    for owner in owners {
        touches.entry(owner.clone()).or_default().owner = true;
    }
    for access in &entity.accesses {
        let touch = touches.entry(access.system.clone()).or_default();
        let direct = matches!(access.through, Fact::Known(Way::Store(_))) && !touch.owner;
        if direct { &mut touch.direct } else { &mut touch.rights }.extend(access.rights.iter().copied());
    }
    for store in sources.cx.model.stores.values() {
        for access in store.accesses.iter().filter(|access| access.entities.contains(id)) {
            let touch = touches.entry(access.system.clone()).or_default();
            let rights = if touch.owner { &mut touch.rights } else { &mut touch.direct };
            rights.insert(if access.mode == AccessMode::Write { Right::Update } else { Right::Read });
        }
    }
    let writers = |code: &str| {
        let about = id.key();
        let found = sources
            .report
            .findings
            .iter()
            .filter(move |f| f.rule.code == code && f.about.key == about && f.waived.is_none());
        found
            .flat_map(|f| f.subjects.iter().filter(|s| s.key.kind == Kind::System).map(|s| s.key.clone()))
            .collect::<BTreeSet<_>>()
    };
    let conflicts = writers("OWN002");
    for (system, touch) in &mut touches {
        touch.conflict = !touch.owner && conflicts.contains(&system.key());
    }
    touches
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

fn crud(
    sources: &Sources<'_>,
    systems: &[&Id<System>],
    touches: &BTreeMap<&Id<Entity>, BTreeMap<Id<System>, Touch>>,
) -> Table {
    let model = sources.cx.model;
    let heading = Column { title: "Record".to_owned(), weight: 1.6, centred: false };
    let of_system = |id: &&Id<System>| Column { title: model.name_of(id), weight: 1.0, centred: true };
    let columns = std::iter::once(heading).chain(systems.iter().map(of_system)).collect();
    let rows = touches.iter().map(|(entity, by_system)| {
        let name = cells::linked(model, &(*entity).into());
        let cell = |id: &&Id<System>| by_system.get(*id).map(cell).unwrap_or_default();
        cells::row(std::iter::once(name).chain(systems.iter().map(cell)).collect())
    });
    Table { columns, rows: rows.collect(), caption: "Who touches which record".to_owned() }
}

fn cell(touch: &Touch) -> Rich {
    let letters: String = touch.rights.iter().map(|right| right.letter()).collect();
    let direct: String = touch.direct.iter().map(|right| right.letter().to_ascii_lowercase()).collect();
    let style = if touch.conflict { Style::Error } else { Style::Plain };
    let words = [letters, direct].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let rich = if touch.owner { Rich::styled("owner", Style::Bold) } else { Rich::default() };
    match (touch.owner, words.is_empty()) {
        (_, true) => rich,
        (true, false) => rich.then(format!("\n{words}"), style),
        (false, false) => rich.then(words, style),
    }
}
