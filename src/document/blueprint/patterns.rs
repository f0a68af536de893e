//! Patterns in use: gateways, meshes, backbones, adapters. And where one is missing, as far as the model tells.

use std::collections::BTreeSet;

use super::{Block, Sources, cells};
use crate::{
    document::{Rich, Row, Style},
    model::{Id, Interaction, Subject, System, SystemKind, Trust},
    rules::Class,
};

pub(super) fn patterns(sources: &Sources<'_>) -> Vec<Block> {
    vec![
        cells::section("patterns-used", "In use", used(sources)),
        cells::section("patterns-missing", "Where one is missing", missing(sources)),
    ]
}

fn used(sources: &Sources<'_>) -> Vec<Block> {
    let model = sources.cx.model;
    let kinds = [
        (SystemKind::Gateway, "API gateway"),
        (SystemKind::Backbone, "Event backbone"),
        (SystemKind::Adapter, "Adapter"),
    ];
    let mut rows = Vec::new();
    for (kind, word) in kinds {
        let of_kind = model.systems.iter().filter(|(_, system)| system.kind == kind);
        rows.extend(of_kind.map(|(id, system)| system_row(sources, word, id, system)));
    }
    for (id, mesh) in &model.meshes {
        let members = model.systems.iter().filter(|(_, system)| system.mesh.is(id)).map(|(id, _)| id.into());
        let members = said(cells::list(model, members));
        rows.push(cells::row(vec![
            Rich::plain("Service mesh"),
            Rich::styled(&mesh.name, Style::Bold),
            members.clone(),
            members,
            Rich::default(),
        ]));
    }
    if rows.is_empty() {
        return vec![cells::say("The model holds no gateway, service mesh, event backbone or adapter.")];
    }
    let columns = [("Pattern", 1.4), ("Where", 1.8), ("Used by", 2.8), ("Leads to", 2.6), ("Note", 1.6)];
    vec![Block::Table(cells::table(&columns, rows, "Patterns in use"))]
}

fn system_row(sources: &Sources<'_>, word: &str, id: &Id<System>, system: &System) -> Row {
    let (model, topology) = (sources.cx.model, &sources.cx.topology);
    let ends = |hops: Vec<(&Id<Interaction>, &Interaction)>, pick: fn(&Interaction) -> &Id<System>| {
        let ends: BTreeSet<Subject> = hops.into_iter().map(|(_, i)| pick(i).into()).collect();
        said(cells::list(model, ends))
    };
    let users = ends(topology.incoming(id), |i| &i.from);
    let leads = match system.fronts.known() {
        Some(fronts) => cells::list(model, fronts.iter().map(Into::into)),
        None => ends(topology.outgoing(id), |i| &i.to),
    };
    let mut notes = Vec::new();
    if system.kind == SystemKind::Adapter {
        notes.push(model.words(&crate::model::Field::show(&system.permanence)));
    }
    if let Some(on) = system.lifecycle.retires_on.known() {
        notes.push(format!("retires {on}"));
    }
    let note = match notes.first().map(String::as_str) {
        Some("not asked") => Rich::styled("temporary or permanent: not asked", Style::Unstated),
        _ => Rich::plain(notes.join(", ")),
    };
    cells::row(vec![Rich::plain(word), cells::linked(model, &id.into()), users, leads, note])
}

fn said(names: Rich) -> Rich {
    if names.0.is_empty() { Rich::styled("nobody in the model", Style::Soft) } else { names }
}

/// What rules about patterns and resilience found, and what the model shows beside.
fn missing(sources: &Sources<'_>) -> Vec<Block> {
    let model = sources.cx.model;
    let mut items = Vec::new();
    let found = sources.report.findings.iter().filter(|finding| {
        let about = ["PAT", "RES"].iter().any(|prefix| finding.rule.code.starts_with(prefix));
        about && finding.class == Class::Defect && finding.waived.is_none()
    });
    for finding in found {
        items.push(
            cells::message(model, &finding.message)
                .then(". ", Style::Plain)
                .then(format!("{} ", finding.rule.remedy), Style::Soft)
                .link(finding.rule.code, format!("rule-{}", finding.rule.code)),
        );
    }
    items.extend(ungated(sources));
    items.extend(unfronted(sources));
    if items.is_empty() {
        return vec![cells::say("Neither the rules nor the model show a place where one of them is missing.")];
    }
    vec![cells::points(items)]
}

/// Synchronous calls that come in from outside past every gateway.
fn ungated(sources: &Sources<'_>) -> Vec<Rich> {
    let model = sources.cx.model;
    let mut pairs: BTreeSet<(&Id<System>, &Id<System>)> = BTreeSet::new();
    for hop in sources.cx.hops().iter().filter(|hop| hop.is_synchronous()) {
        let Some((from, to)) = hop.crosses() else { continue };
        if from.1.trust <= Trust::Partner && to.1.trust > Trust::Partner && !hop.to.is(SystemKind::Gateway) {
            pairs.insert((hop.from.id, hop.to.id));
        }
    }
    let said = |(from, to): (&Id<System>, &Id<System>)| {
        let place = model.system(from).map(|from| place(sources, from)).unwrap_or_default();
        cells::linked(model, &from.into())
            .then(format!(" calls in from {place} past every gateway: "), Style::Plain)
            .and(cells::linked(model, &to.into()))
            .then(".", Style::Plain)
    };
    pairs.into_iter().map(said).collect()
}

fn place(sources: &Sources<'_>, system: &System) -> String {
    system.boundary.known().map_or_else(|| "outside".to_owned(), |id| sources.cx.model.name_of(id))
}

/// External systems that several of ours speak to without an adapter between.
fn unfronted(sources: &Sources<'_>) -> Vec<Rich> {
    let model = sources.cx.model;
    let mut found = Vec::new();
    for (id, _) in model.systems.iter().filter(|(_, system)| system.kind == SystemKind::External) {
        let fronted = model.systems.values().any(|s| s.fronts.known().is_some_and(|fronts| fronts.contains(id)));
        let callers: BTreeSet<Subject> =
            sources.cx.topology.incoming(id).into_iter().map(|(_, i)| (&i.from).into()).collect();
        if !fronted && callers.len() > 1 {
            found.push(
                cells::linked(model, &id.into())
                    .then(" has no adapter, and is reached by ", Style::Plain)
                    .and(cells::list(model, callers))
                    .then(".", Style::Plain),
            );
        }
    }
    found
}
