//! The catalogues of systems and interactions.

use std::collections::BTreeMap;

use super::{Sources, cells};
use crate::{
    document::{Block, Rich, Row, Style},
    facts::{Facts, Resolved},
    model::{Authentication, Id, Interaction, InteractionKind, System, SystemKind},
    text::capital,
    timeline::{Phase, phase},
};

pub(super) fn systems(sources: &Sources<'_>) -> Vec<Block> {
    let model = sources.cx.model;
    let mut groups: BTreeMap<(bool, String), Vec<Row>> = BTreeMap::new();
    for (id, system) in &model.systems {
        let domain = system.domain.known().map(|domain| model.name_of(domain));
        let group = domain.map_or((true, "In no domain".to_owned()), |name| (false, name));
        groups.entry(group).or_default().push(system_row(sources, id, system));
    }
    let columns = [
        ("System", 3.0),
        ("Kind", 1.6),
        ("Owner", 2.0),
        ("Boundary", 1.6),
        ("Technology", 2.0),
        ("Life", 2.0),
        ("Findings", 1.2),
    ];
    let section = |((_, name), rows): ((bool, String), Vec<Row>)| Block::Section {
        anchor: format!(
            "systems-{}",
            crate::model::Slug::derive(&name).map_or("other".to_owned(), |slug| slug.to_string())
        ),
        title: name,
        blocks: vec![Block::Table(cells::table(&columns, rows, ""))],
    };
    groups.into_iter().map(section).collect()
}

fn system_row(sources: &Sources<'_>, id: &Id<System>, system: &System) -> Row {
    let model = sources.cx.model;
    let owner = match system.kind {
        SystemKind::External => cells::fact(model, &system.vendor_contact),
        SystemKind::Person => Rich::default(),
        _ => cells::named(model, &system.owner),
    };
    let technology =
        if system.kind == SystemKind::Person { Rich::default() } else { cells::fact(model, &system.technology) };
    let mut name = Rich::styled(&system.name, Style::Bold);
    if !system.description.is_empty() {
        name = name.then(format!("\n{}", system.description), Style::Soft);
    }
    Row {
        anchor: format!("system-{id}"),
        cells: vec![
            name,
            Rich::plain(capital(system.kind.word())),
            owner,
            cells::named(model, &system.boundary),
            technology,
            Rich::plain(life(sources, system)),
            findings_of(sources, id),
        ],
    }
}

fn life(sources: &Sources<'_>, system: &System) -> String {
    let lifecycle = &system.lifecycle;
    let retires = lifecycle.retires_on.known();
    match phase(lifecycle, sources.cx.as_of) {
        Phase::Planned => {
            lifecycle.active_from.known().map_or("planned".to_owned(), |from| format!("planned for {from}"))
        }
        Phase::Retired => retires.map_or("retired".to_owned(), |on| format!("retired on {on}")),
        Phase::Deprecated => retires.map_or("deprecated".to_owned(), |on| format!("deprecated, retires {on}")),
        Phase::Active => retires.map_or("in use".to_owned(), |on| format!("in use, retires {on}")),
    }
}

/// The codes of what was found, each a link to its chapter.
fn findings_of(sources: &Sources<'_>, id: &Id<System>) -> Rich {
    let about = id.key();
    let live =
        sources.report.findings.iter().filter(|f| f.waived.is_none() && f.subjects.iter().any(|s| s.key == about));
    let mut codes: Vec<&str> = live.map(|finding| finding.rule.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.into_iter().enumerate().fold(Rich::default(), |rich, (at, code)| {
        let rich = if at > 0 { rich.then("\n", Style::Plain) } else { rich };
        rich.link(code, format!("rule-{code}"))
    })
}

pub(super) fn interactions(sources: &Sources<'_>) -> Vec<Block> {
    let kinds =
        [InteractionKind::Command, InteractionKind::Query, InteractionKind::Event, InteractionKind::Unclassified];
    let columns = [
        ("From → to", 3.2),
        ("Carries", 2.2),
        ("Contract", 2.4),
        ("Travels", 1.6),
        ("Timeout", 1.3),
        ("Authentication", 1.8),
    ];
    let mut blocks = Vec::new();
    for kind in kinds {
        let rows: Vec<Row> = sources
            .cx
            .interactions()
            .filter(|(_, i)| i.kind == kind)
            .map(|(id, i)| interaction_row(sources, id, i))
            .collect();
        if rows.is_empty() {
            continue;
        }
        let (word, title) = match kind {
            InteractionKind::Command => ("commands", "Commands"),
            InteractionKind::Query => ("queries", "Queries"),
            InteractionKind::Event => ("events", "Events"),
            InteractionKind::Unclassified => ("unclassified", "Not yet classified"),
        };
        blocks.push(Block::Section {
            anchor: format!("interactions-{word}"),
            title: title.to_owned(),
            blocks: vec![Block::Table(cells::table(&columns, rows, ""))],
        });
    }
    blocks
}

fn interaction_row(sources: &Sources<'_>, id: &Id<Interaction>, interaction: &Interaction) -> Row {
    let model = sources.cx.model;
    let end = |system: &Id<System>| (model.name_of(system), format!("system-{system}"));
    let (from, to) = (end(&interaction.from), end(&interaction.to));
    let part = interaction.operation.known().or_else(|| interaction.message.known());
    let contract = match (interaction.contract.known(), interaction.version.known()) {
        (Some(contract), Some(version)) => Rich::plain(format!("{} {version}", model.name_of(contract))),
        _ => cells::named(model, &interaction.contract),
    };
    let travels = interaction.travels().map_or_else(cells::not_asked, |transport| Rich::plain(transport.word()));
    let travels = match interaction.schedule.known() {
        Some(schedule) => travels.then(format!(", {schedule}"), Style::Plain),
        None => travels,
    };
    let facts = Facts::of(model, interaction);
    let timeout = facts.get("timeout", |layer| &layer.resilience.timeout);
    let waits = interaction.is_synchronous();
    let authentication = facts.get("authentication", |layer| &layer.security.authentication);
    Row {
        anchor: format!("interaction-{id}"),
        cells: vec![
            Rich::default().link(from.0, from.1).then(" → ", Style::Plain).link(to.0, to.1),
            part.map_or_else(cells::not_asked, |part| Rich::styled(part.to_string(), Style::Code)),
            contract,
            travels,
            if waits { resolved(&timeout, ToString::to_string) } else { Rich::styled("–", Style::Soft) },
            resolved(&authentication, Authentication::word),
        ],
    }
}

fn resolved<T>(fact: &Resolved<'_, T>, word: impl Fn(&T) -> String) -> Rich {
    match fact {
        Resolved::NotAsked => cells::not_asked(),
        Resolved::None(_) => Rich::plain("none"),
        Resolved::NotApplicable(reason) => Rich::plain(format!("does not apply: {reason}")),
        Resolved::Known(value, origin) => {
            let rich = Rich::plain(word(value));
            if *origin == crate::facts::Origin::Own { rich } else { rich.then(format!("\n{origin}"), Style::Soft) }
        }
    }
}
