//! What stands in the cells of the tables: interactions, contracts, boundaries.

use std::{cell::OnceCell, collections::BTreeMap};

use super::{
    columns::Holds,
    crossings::inhabitants,
    grid::{Cell, Grid},
    phrases::{parts_text, retry_words},
};
use crate::{
    facts::{Facts, Layer, Origin, Resolved, requirement},
    model::{
        Boundary, Contract, Fact, Field, Id, Interaction, Key, Kind, Model, PartKind, Requirements, Shown, System,
        Tabled, Transport,
    },
};

/// A row whose record was looked up, and gives its cells.
pub(super) struct Maker<'g> {
    grid: &'g Grid,
    key: &'g Key,
    record: Found<'g>,
    facts: OnceCell<Facts<'g>>,
}

enum Found<'g> {
    Interaction(&'g Interaction),
    Contract(Id<Contract>, &'g Contract),
    Boundary(&'g Id<Boundary>, &'g Boundary),
    Nothing,
}

impl<'g> Maker<'g> {
    pub(super) fn new(grid: &'g Grid, key: &'g Key) -> Self {
        let model = &*grid.survey.model;
        let slug = || key.slug.clone();
        let found = match key.kind {
            Kind::Interaction => {
                model.interactions.get(&Id::from_slug(slug())).map(|stored| Found::Interaction(&stored.value))
            }
            Kind::Contract => {
                let id = Id::from_slug(slug());
                model.contracts.get(&id).map(|stored| Found::Contract(id, &stored.value))
            }
            Kind::Boundary => {
                let stored = model.boundaries.get_key_value(&Id::from_slug(slug()));
                stored.map(|(id, stored)| Found::Boundary(id, &stored.value))
            }
            _ => None,
        };
        Self { grid, key, record: found.unwrap_or(Found::Nothing), facts: OnceCell::new() }
    }

    /// What stands in a column, by its place.
    pub(super) fn cell_at(&self, column: usize) -> Cell {
        let Some(column) = self.grid.sheet.columns().get(column) else { return Cell::Empty };
        if column.holds == Holds::Id {
            return Cell::text(self.key.slug.as_str());
        }
        let model = &*self.grid.survey.model;
        let made = match &self.record {
            Found::Interaction(i) => interaction(model, i, column.id)
                .or_else(|| layered(model, i, self.facts.get_or_init(|| Facts::of(model, i)), column.id)),
            Found::Contract(id, found) => contract(self.grid, id, found, column.id),
            Found::Boundary(id, found) => boundary(self.grid, id, found, column.id),
            Found::Nothing => None,
        };
        made.unwrap_or(Cell::Empty)
    }
}

/// How many interactions keep to each contract.
pub(super) fn users(model: &Model) -> BTreeMap<Id<Contract>, usize> {
    let mut users = BTreeMap::new();
    for contract in model.interactions.values().filter_map(|interaction| interaction.contract.known()) {
        *users.entry(contract.clone()).or_default() += 1;
    }
    users
}

fn interaction(model: &Model, i: &Interaction, column: &str) -> Option<Cell> {
    Some(match column {
        "from" => system(model, &i.from),
        "to" => system(model, &i.to),
        "kind" => Cell::Kind(i.kind),
        "carries" => match (&i.operation, &i.message) {
            (Fact::Known(name), _) | (_, Fact::Known(name)) => Cell::text(name.to_string()),
            (Fact::None, _) | (_, Fact::None) => Cell::None,
            _ => Cell::NotAsked,
        },
        "contract" => named(model, &i.contract),
        "version" => fact(model, &i.version),
        "transport" => travels(i),
        "triggered_by" => fact(model, &i.triggered_by),
        "profile" => named(model, &i.profile),
        "protocol" => fact(model, &i.protocol),
        "schedule" => fact(model, &i.schedule),
        "peak_rate" => fact(model, &i.peak_rate),
        "calls_per_trigger" => fact(model, &i.calls_per_trigger),
        "delivery" => fact(model, &i.delivery),
        "tolerates_duplicates" => fact(model, &i.tolerates_duplicates),
        "idempotency" => idempotency(model, i),
        "fields_read" => fact(model, &i.fields_read),
        "classification" => fact(model, &i.classification),
        "active_from" => fact(model, &i.active_from),
        "active_until" => fact(model, &i.active_until),
        "compensation" => fact(model, &i.compensation),
        "tests" => fact(model, &i.tests),
        "description" => prose(&i.description),
        _ => return None,
    })
}

/// A system by name. Tables are long: this looks it up once.
fn system(model: &Model, id: &Id<System>) -> Cell {
    Cell::text(model.system(id).map_or(id.as_str(), |system| system.name.as_str()))
}

/// Facts that profiles, meshes, gateways and backbones supply too.
fn layered(model: &Model, i: &Interaction, facts: &Facts<'_>, column: &str) -> Option<Cell> {
    Some(match column {
        "timeout" if does_not_wait(i) && i.resilience.timeout.is_not_asked() => Cell::Empty,
        "timeout" => resolved(model, facts, &facts.get("timeout", |layer| &layer.resilience.timeout)),
        "retries" => layer(facts, &facts.get(column, |layer| &layer.resilience.retries), retry_words),
        "circuit_breaker" => resolved(model, facts, &facts.get(column, |layer| &layer.resilience.circuit_breaker)),
        "bulkhead" => resolved(model, facts, &facts.get(column, |layer| &layer.resilience.bulkhead)),
        "fallback" => resolved(model, facts, &facts.get(column, |layer| &layer.resilience.fallback)),
        "on_failure" => resolved(model, facts, &facts.get(column, |layer| &layer.resilience.on_failure)),
        "replay" => resolved(model, facts, &facts.get(column, |layer| &layer.resilience.replay)),
        "correlation_logs" => resolved(model, facts, &facts.get(column, |layer| &layer.observability.correlation_logs)),
        "latency_percentiles" => {
            resolved(model, facts, &facts.get(column, |layer| &layer.observability.latency_percentiles))
        }
        "error_rate" => resolved(model, facts, &facts.get(column, |layer| &layer.observability.error_rate)),
        _ => return secured(model, facts, column),
    })
}

fn secured(model: &Model, facts: &Facts<'_>, column: &str) -> Option<Cell> {
    fn security<'m>(layer: &Layer<'m>) -> &'m crate::model::Security {
        layer.security
    }
    Some(match column {
        "authentication" => resolved(model, facts, &facts.get(column, |layer| &security(layer).authentication)),
        "caller_identity" => resolved(model, facts, &facts.get(column, |layer| &security(layer).caller_identity)),
        "scopes" => resolved(model, facts, &facts.get(column, |layer| &security(layer).scopes)),
        "token_lifetime" => resolved(model, facts, &facts.get(column, |layer| &security(layer).token_lifetime)),
        "rotation" => resolved(model, facts, &facts.get(column, |layer| &security(layer).rotation)),
        "encryption" => resolved(model, facts, &facts.get(column, |layer| &security(layer).encryption)),
        "audit" => resolved(model, facts, &facts.get(column, |layer| &security(layer).audit)),
        _ => return None,
    })
}

/// Whether it is known that nobody waits for it.
fn does_not_wait(i: &Interaction) -> bool {
    i.travels().is_some_and(|transport| transport != Transport::Synchronous)
}

/// How it travels: as said, else as its kind does.
fn travels(i: &Interaction) -> Cell {
    let aside = || i.schedule.known().map(ToString::to_string).unwrap_or_default();
    match (&i.transport, i.travels()) {
        (Fact::None, _) => Cell::None,
        (_, None) => Cell::NotAsked,
        (_, Some(transport)) => Cell::Text(Transport::word(transport).to_owned(), aside()),
    }
}

/// How the command that it carries comes to be idempotent.
fn idempotency(model: &Model, i: &Interaction) -> Cell {
    let contract = i.contract.known().and_then(|id| model.contracts.get(id));
    let operation = contract.and_then(|contract| contract.operations.get(i.operation.known()?));
    operation.map_or(Cell::Empty, |operation| fact(model, &operation.idempotency))
}

fn contract(grid: &Grid, id: &Id<Contract>, c: &Contract, column: &str) -> Option<Cell> {
    let model = &*grid.survey.model;
    let (performance, tests) = (&c.performance, &c.tests);
    Some(match column {
        "name" => Cell::text(&c.name),
        "provider" => named(model, &c.provider),
        "owner" => named(model, &c.owner),
        "style" => fact(model, &c.style),
        "exposure" => fact(model, &c.exposure),
        "versioning" => fact(model, &c.versioning),
        "versions" => parts(c, PartKind::Version),
        "operations" => parts(c, PartKind::Operation),
        "messages" => parts(c, PartKind::Message),
        "consumers" => fact(model, &c.consumers),
        "used_by" => Cell::text(grid.users().get(id).copied().unwrap_or_default().to_string()),
        "status" => fact(model, &c.status),
        "error_format" => fact(model, &c.error_format),
        "consistent_status_codes" => fact(model, &c.consistent_status_codes),
        "error_exposure" => fact(model, &c.error_exposure),
        "user_errors_apart" => fact(model, &c.user_errors_apart),
        "p50" => fact(model, &performance.p50),
        "p95" => fact(model, &performance.p95),
        "p99" => fact(model, &performance.p99),
        "throughput" => fact(model, &performance.throughput),
        "rate_limit" => fact(model, &performance.rate_limit),
        "availability" => fact(model, &performance.availability),
        "exposed_since" => fact(model, &c.exposed_since),
        "provider_tests" => fact(model, &tests.provider),
        "consumer_tests" => fact(model, &tests.consumer),
        "translated" => fact(model, &c.translated),
        "specification" => fact(model, &c.specification),
        "description" => prose(&c.description),
        _ => return None,
    })
}

fn boundary(grid: &Grid, id: &Id<Boundary>, b: &Boundary, column: &str) -> Option<Cell> {
    let model = &*grid.survey.model;
    Some(match column {
        "name" => Cell::text(&b.name),
        "trust" => Cell::text(b.trust.word()),
        "parent" => named(model, &b.parent),
        "systems" => match inhabitants(model, id) {
            (own, 0) => Cell::text(own.to_string()),
            (own, inner) => Cell::Text(own.to_string(), format!("{inner} inside")),
        },
        "authentication" => required(model, id, b, column, |requires| &requires.authentication),
        "scopes" => required(model, id, b, column, |requires| &requires.scopes),
        "token_lifetime" => required(model, id, b, column, |requires| &requires.token_lifetime),
        "rotation" => required(model, id, b, column, |requires| &requires.rotation),
        "service_trust" => required(model, id, b, column, |requires| &requires.service_trust),
        "audit" => required(model, id, b, column, |requires| &requires.audit),
        "crossings" => {
            let crossings = grid.crossings().get(id).map(Vec::as_slice).unwrap_or_default();
            let short = crossings.iter().filter(|crossing| !crossing.short.is_empty()).count();
            let aside = if short == 0 { String::new() } else { format!("{short} fall short") };
            Cell::Text(crossings.len().to_string(), aside)
        }
        "description" => prose(&b.description),
        _ => return None,
    })
}

/// What a boundary requires, or the one around it that says so.
fn required<'m, T: Field + Clone + PartialEq + 'm>(
    model: &'m Model,
    id: &'m Id<Boundary>,
    boundary: &'m Boundary,
    name: &str,
    pick: impl Fn(&'m Requirements) -> &'m Fact<T>,
) -> Cell {
    if let Some(reason) = boundary.not_applicable.get(name) {
        return Cell::Text("does not apply".to_owned(), reason.clone());
    }
    match pick(&boundary.requires) {
        Fact::NotAsked => match requirement(model, id, pick) {
            Some((from, value)) => Cell::Text(model.words(&value.show()), format!("from {}", model.name_of(from))),
            None => Cell::NotAsked,
        },
        own => fact(model, own),
    }
}

fn parts(contract: &Contract, kind: PartKind) -> Cell {
    let text = parts_text(contract, kind);
    if text.is_empty() { Cell::NotAsked } else { Cell::text(text) }
}

fn prose(text: &str) -> Cell {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() { Cell::NotAsked } else { Cell::text(line) }
}

fn fact<T: Field + Clone + PartialEq>(model: &Model, fact: &Fact<T>) -> Cell {
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

fn resolved<T: Field>(model: &Model, facts: &Facts<'_>, fact: &Resolved<'_, T>) -> Cell {
    layer(facts, fact, |value| model.words(&value.show()))
}

fn layer<T>(facts: &Facts<'_>, fact: &Resolved<'_, T>, words: impl Fn(&T) -> String) -> Cell {
    let from = |origin: &Origin| if *origin == Origin::Own { String::new() } else { facts.words(origin) };
    match fact {
        Resolved::NotAsked => Cell::NotAsked,
        Resolved::None(origin) if *origin == Origin::Own => Cell::None,
        Resolved::None(origin) => Cell::Text("none".to_owned(), from(origin)),
        Resolved::NotApplicable(reason) => Cell::Text("does not apply".to_owned(), (*reason).to_owned()),
        Resolved::Known(value, origin) => Cell::Text(words(value), from(origin)),
    }
}
