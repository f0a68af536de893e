//! MOD001: a system that nothing joins to anything.

use std::collections::BTreeSet;

use crate::{
    model::{Id, Model, Record, Stage, System},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
    timeline::{Phase, phase},
};

pub(super) struct IsolatedSystem;

static META: Meta = Meta {
    code: "MOD001",
    slug: "isolated-system",
    summary: "a system with no interaction and no data",
    why: "What a model says of a system is what lies between it and others. One that nothing joins is forgotten, out of scope, \
          or standing there unused; only a person knows which.",
    example: "The document archive is in the list of systems, and no line leads to it.",
    remedy: "Ask who uses it and what it keeps; draw that, or take it out of the model.",
    severity: Severity::Info,
    gap: Some(Stage::Governed),
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for IsolatedSystem {
    fn meta(&self) -> &'static Meta {
        &META
    }

    // That nobody has drawn a line is no fact. That a system is in use while there is none contradicts itself.
    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let mut joined = vec![false; cx.ends().len()];
        let mut join = |id: &Id<System>| {
            if let Some(place) = cx.topology.system_at(id).and_then(|at| joined.get_mut(at)) {
                *place = true;
            }
        };
        for hop in cx.hops() {
            join(hop.from.id);
            join(hop.to.id);
        }
        mentioned(cx.model).into_iter().for_each(&mut join);
        for (end, joined) in cx.ends().iter().zip(joined) {
            let phase = phase(&end.lifecycle, cx.as_of);
            if matches!(phase, Phase::Planned | Phase::Retired) {
                out.exempt(&META, *end);
                continue;
            }
            let since = end.lifecycle.active_from.known();
            if joined {
                out.met(&META, *end);
            } else if let Some(since) = since {
                let said =
                    say![*end, format!(" has been in use since {since}, and no interaction and no data join it")];
                out.defect(&META, *end, said).because(*end, "active_from", since.to_string()).because(
                    *end,
                    "interactions",
                    "none",
                );
            } else if let Some(gap) = out.gap(&META, *end, say!["what uses ", *end, " and what it keeps was not asked"])
            {
                gap.because(*end, "interactions", "not asked");
            }
        }
    }
}

/// Every system that keeps or reaches data, provides a contract, stands before another, or will be joined by a change.
fn mentioned(model: &Model) -> BTreeSet<&Id<System>> {
    let mut found = BTreeSet::new();
    for store in model.stores.values() {
        found.extend(store.owner.known());
        found.extend(store.accesses.iter().map(|access| &access.system));
    }
    for entity in model.entities.values() {
        found.extend(entity.owner.known());
        found.extend(entity.accesses.iter().map(|access| &access.system));
        found.extend(entity.partitions.iter().map(|partition| &partition.owner));
    }
    found.extend(model.contracts.values().filter_map(|contract| contract.provider.known()));
    for (id, system) in &model.systems {
        if let Some(fronts) = system.fronts.known() {
            found.insert(id);
            found.extend(fronts.iter());
        }
    }
    for effect in model.changes.values().flat_map(|change| &change.effects) {
        if let Some(Record::Interaction(then)) = effect.record() {
            found.extend([&then.from, &then.to]);
        }
    }
    found
}
