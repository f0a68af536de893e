//! MOD002: two things with one name.

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::{
    model::{Entity, Id, Kind, Subject, System, SystemKind, Table, Tabled},
    rules::{Context, Findings, Meta, Piece, Principle, Rule, Severity, finding::names},
};

pub(super) struct TwinNames;

static META: Meta = Meta {
    code: "MOD002",
    slug: "twin-names",
    summary: "two elements of one kind whose names differ in nothing but case, spacing or dashes",
    why: "Two names that sound alike are read as one: either the same thing is in the model twice, as after an import, or two \
          things will be taken for each other in every table and diagram.",
    example: "\"Order Service\" came from one team's list and \"order-service\" from another's.",
    remedy: "Make one element of them where they are one; give them names that tell them apart where they are two.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for TwinNames {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let model = cx.model;
        twins(out, &model.teams, |team| &team.name, |_, _| false);
        // Two domains may each have their "Reporting".
        twins(out, &model.domains, |domain| &domain.name, |a, b| differ(a.parent.known(), b.parent.known()));
        twins(out, &model.boundaries, |boundary| &boundary.name, |_, _| false);
        twins(out, &model.profiles, |profile| &profile.name, |_, _| false);
        twins(out, &model.meshes, |mesh| &mesh.name, |_, _| false);
        // The customer is a person, and Customer may be a service.
        let person = |system: &System| system.kind == SystemKind::Person;
        twins(out, &model.systems, |system| &system.name, |a, b| person(a) != person(b));
        twins(out, &model.stores, |store| &store.name, |_, _| false);
        // What an order is, each domain says for itself.
        let domain = |entity: &Entity| entity.owner.known().and_then(|owner| cx.root_domain(owner));
        twins(out, &model.entities, |entity| &entity.name, |a, b| differ(domain(a), domain(b)));
        twins(out, &model.contracts, |contract| &contract.name, |_, _| false);
        twins(out, &model.flows, |flow| &flow.name, |_, _| false);
        // Scenarios are ways to do the same.
        twins(out, &model.changes, |change| &change.name, |a, b| a.scenario != b.scenario);
        twins(out, &model.plateaus, |plateau| &plateau.name, |_, _| false);
        twins(out, &model.decisions, |decision| &decision.name, |_, _| false);
        twins(out, &model.views, |view| &view.title, |_, _| false);
    }
}

/// Whether both are known, and not the same.
fn differ<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
    a.is_some() && b.is_some() && a != b
}

/// One finding for each set of records of a table that share a name; `apart` tells those that may.
fn twins<T: Tabled>(
    out: &mut Findings<'_>,
    table: &Table<T>,
    name: impl Fn(&T) -> &String,
    apart: impl Fn(&T, &T) -> bool,
) {
    // Names are compared only where their hashes agree: a big model has few of these, and many names.
    let mut rows: Vec<(u64, &Id<T>, &T)> = Vec::with_capacity(table.len());
    for (id, stored) in table {
        let record = &*stored.value;
        let mut hasher = DefaultHasher::new();
        folded(name(record)).for_each(|c| c.hash(&mut hasher));
        rows.push((hasher.finish(), id, record));
    }
    rows.sort_by_key(|(hash, ..)| *hash);
    for run in rows.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
        let mut open: Vec<_> = run.iter().filter(|(.., record)| folded(name(record)).next().is_some()).collect();
        while let Some((_, first, record)) = open.first().copied() {
            let is_twin = |other: &T| folded(name(record)).eq(folded(name(other))) && !apart(record, other);
            let (same, rest) = open.split_off(1).into_iter().partition(|(.., other)| is_twin(other));
            open = rest;
            tell(out, first, name(record), &same.into_iter().map(|(_, id, r)| (*id, name(r))).collect::<Vec<_>>());
        }
    }
}

fn tell<T: Tabled>(out: &mut Findings<'_>, first: &Id<T>, name: &str, others: &[(&Id<T>, &String)]) {
    if others.is_empty() {
        return;
    }
    let all = || [first].into_iter().chain(others.iter().map(|(id, _)| *id));
    let mut said = names(all().map(Subject::from));
    // Where the names are the same to the letter, only the ids tell them apart.
    let distinct: BTreeSet<&str> = others.iter().map(|(_, name)| name.as_str()).chain([name]).collect();
    if distinct.len() <= others.len() {
        let ids = all().map(|id| format!(" ({id})").into());
        let mut told: Vec<Piece> = Vec::new();
        for (piece, id) in said.chunks(2).zip(ids) {
            told.extend(piece.first().cloned().into_iter().chain([id]).chain(piece.get(1).cloned()));
        }
        said = told;
    }
    let kind = first.key().kind;
    let many = if others.len() == 1 { "two" } else { "several" };
    said.push(format!(" are {many} {} with one name", plural(kind)).into());
    let fact = if kind == Kind::View { "title" } else { "name" };
    let finding = out.defect(&META, first, said).with(all().map(Subject::from)).because(first, fact, name);
    for (id, name) in others {
        finding.because(*id, fact, name.as_str());
    }
}

/// What several of a kind are called.
fn plural(kind: Kind) -> &'static str {
    if kind == Kind::Mesh { "service meshes" } else { kind.table() }
}

/// A name without what people read past.
fn folded(name: &str) -> impl Iterator<Item = char> {
    let heard = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}');
    name.chars().filter(heard).flat_map(char::to_lowercase)
}
