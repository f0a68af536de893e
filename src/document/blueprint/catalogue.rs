//! The catalogues of systems, interactions and contracts.

use std::collections::BTreeMap;

use super::{Block, Sources, cells};
use crate::{
    document::{Rich, Row, Style},
    facts::{Facts, Resolved},
    model::{Authentication, Contract, Id, Interaction, InteractionKind, System, SystemKind},
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
        ("System", 2.8),
        ("Kind", 1.5),
        ("Owner", 2.0),
        ("Boundary", 1.6),
        ("Technology", 2.0),
        ("Life", 1.6),
        ("Interactions", 1.6),
        ("Findings", 1.2),
    ];
    let lead = "Each letter under interactions leads to one: C a command, Q a query, E an event, ? what is not yet \
                classified.";
    let section = |((_, name), rows): ((bool, String), Vec<Row>)| {
        cells::section(cells::slug("systems", &name), name, vec![Block::Table(cells::table(&columns, rows, ""))])
    };
    std::iter::once(cells::say(lead)).chain(groups.into_iter().map(section)).collect()
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
    Row {
        anchor: cells::anchor(&id.into()),
        cells: vec![
            cells::titled(Rich::styled(&system.name, Style::Bold), &system.description),
            Rich::plain(capital(system.kind.word())),
            owner,
            cells::named(model, &system.boundary),
            technology,
            Rich::plain(life(sources, system)),
            touching(sources, id),
            findings_of(sources, id),
        ],
    }
}

/// The interactions of a system: the letter of each, leading to where it is described.
fn touching(sources: &Sources<'_>, id: &Id<System>) -> Rich {
    let topology = &sources.cx.topology;
    let mut rich = Rich::default();
    for (word, hops) in [("in", topology.incoming(id)), ("out", topology.outgoing(id))] {
        if hops.is_empty() {
            continue;
        }
        let line = if rich.0.is_empty() { "" } else { "\n" };
        rich = rich.then(format!("{line}{word}"), Style::Soft);
        for (id, interaction) in hops {
            rich = rich.then(" ", Style::Plain).to(interaction.kind.letter(), &id.into());
        }
    }
    if rich.0.is_empty() { Rich::styled("none", Style::Soft) } else { rich }
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
        ("From → to", 3.0),
        ("Carries", 2.2),
        ("Contract", 2.2),
        ("Version", 1.0),
        ("Style", 1.2),
        ("Travels", 1.6),
        ("Timeout", 1.3),
        ("Authentication", 1.8),
    ];
    let mut blocks = Vec::new();
    for kind in kinds {
        let of_kind = sources.cx.hops().iter().filter(|hop| hop.kind == kind);
        let rows: Vec<Row> = of_kind.map(|hop| interaction_row(sources, hop.id, hop.interaction)).collect();
        if rows.is_empty() {
            continue;
        }
        let (anchor, title) = match kind {
            InteractionKind::Command => ("interactions-commands", "Commands"),
            InteractionKind::Query => ("interactions-queries", "Queries"),
            InteractionKind::Event => ("interactions-events", "Events"),
            InteractionKind::Unclassified => ("interactions-unclassified", "Not yet classified"),
        };
        blocks.push(cells::section(anchor, title, vec![Block::Table(cells::table(&columns, rows, ""))]));
    }
    if blocks.is_empty() {
        blocks.push(cells::say("The model holds no interaction."));
    }
    blocks
}

fn interaction_row(sources: &Sources<'_>, id: &Id<Interaction>, interaction: &Interaction) -> Row {
    let model = sources.cx.model;
    let part = interaction.operation.known().or_else(|| interaction.message.known());
    let contract = interaction.contract.known().and_then(|id| model.contracts.get(id));
    let nothing = || Rich::styled("–", Style::Soft);
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
        anchor: cells::anchor(&id.into()),
        cells: vec![
            cells::linked(model, &(&interaction.from).into())
                .then(" → ", Style::Plain)
                .and(cells::linked(model, &(&interaction.to).into())),
            part.map_or_else(cells::not_asked, |part| Rich::styled(part.to_string(), Style::Code)),
            cells::named(model, &interaction.contract),
            if contract.is_some() { cells::fact(model, &interaction.version) } else { nothing() },
            contract.map_or_else(nothing, |contract| cells::fact(model, &contract.style)),
            travels,
            if waits { resolved(&facts, &timeout, ToString::to_string) } else { nothing() },
            resolved(&facts, &authentication, Authentication::word),
        ],
    }
}

fn resolved<T>(facts: &Facts<'_>, fact: &Resolved<'_, T>, word: impl Fn(&T) -> String) -> Rich {
    match fact {
        Resolved::NotAsked => cells::not_asked(),
        Resolved::None(_) => Rich::plain("none"),
        Resolved::NotApplicable(reason) => Rich::plain(format!("does not apply: {reason}")),
        Resolved::Known(value, origin) => {
            let rich = Rich::plain(word(value));
            if *origin == crate::facts::Origin::Own {
                rich
            } else {
                rich.then(format!("\n{}", facts.words(origin)), Style::Soft)
            }
        }
    }
}

pub(super) fn contracts(sources: &Sources<'_>) -> Vec<Block> {
    let contracts = &sources.cx.model.contracts;
    if contracts.is_empty() {
        return vec![cells::say("The model holds no contract: what interactions promise each other is not asked.")];
    }
    let columns = [
        ("Contract", 2.6),
        ("Provider", 1.8),
        ("Owner", 1.6),
        ("Style", 1.1),
        ("Exposure", 1.2),
        ("Versions told apart by", 1.5),
        ("Versions", 2.0),
    ];
    let rows = contracts.iter().map(|(id, contract)| contract_row(sources, id, contract)).collect();
    vec![Block::Table(cells::table(&columns, rows, "Contracts"))]
}

fn contract_row(sources: &Sources<'_>, id: &Id<Contract>, contract: &Contract) -> Row {
    let model = sources.cx.model;
    let versions = contract.versions.iter().map(|(name, version)| match version.status.known() {
        Some(status) => format!("{name} ({status})"),
        None => name.to_string(),
    });
    let versions: Vec<String> = versions.collect();
    let versions = if versions.is_empty() { cells::not_asked() } else { Rich::plain(versions.join(", ")) };
    Row {
        anchor: cells::anchor(&id.into()),
        cells: vec![
            cells::titled(Rich::styled(&contract.name, Style::Bold), &contract.description),
            cells::named(model, &contract.provider),
            cells::named(model, &contract.owner),
            cells::fact(model, &contract.style),
            cells::fact(model, &contract.exposure),
            cells::fact(model, &contract.versioning),
            versions,
        ],
    }
}
