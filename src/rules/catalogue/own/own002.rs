//! OWN002: several systems write the same record.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{AccessMode, Date, Entity, HoldingKind, Id, Purpose, Subject, System, Way},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
};

pub(super) struct MultipleWriters;

static META: Meta = Meta {
    code: "OWN002",
    slug: "multiple-writers",
    summary: "systems other than the owner write an entity past the owner's commands",
    why: "\"Unclear data ownership — multiple systems write the same records\" (docs/principles.md, problems). Two \
          writers cannot both keep an invariant; the last one wins, and nobody notices.",
    example: "Orders owns Order; Billing sets its status in the same table.",
    remedy: "Let the owner alone write, and give the others a command; or divide the entity; or date the migration's end.",
    severity: Severity::Error,
    gap: None,
    principle: Principle::Ownership,
    star: false,
};

/// One system's writing: the record that says so, in words, and its end if it has one.
struct Writing {
    source: Subject,
    words: String,
    until: Option<Date>,
}

impl Rule for MultipleWriters {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, entity) in &cx.model.entities {
            let mut writers = writers(cx, id, &entity.value);
            let owner = entity.owner.known();
            if let Some(owner) = owner {
                writers.remove(owner);
            }
            for partition in &entity.partitions {
                writers.remove(&partition.owner);
            }
            // A dated migration is silent until its day.
            writers.retain(|_, writings| {
                writings.retain(|writing| writing.until.is_none_or(|until| until < cx.as_of));
                !writings.is_empty()
            });
            let unowned = owner.is_none() && entity.partitions.is_empty();
            if writers.is_empty() || (unowned && writers.len() < 2) {
                continue;
            }
            report(out, id, &entity.value, &writers);
        }
    }
}

fn report(out: &mut Findings<'_>, id: &Id<Entity>, entity: &Entity, writers: &BTreeMap<&Id<System>, Vec<Writing>>) {
    let owner = entity.owner.known();
    let parts: BTreeSet<Subject> = entity.partitions.iter().map(|partition| (&partition.owner).into()).collect();
    let overdue = writers.values().flatten().filter_map(|writing| writing.until).min();
    let mut said = say![id, " is written by "];
    said.extend(names(writers.keys().map(|writer| Subject::from(*writer))));
    match owner {
        Some(owner) => said.extend(say![" past its owner, ", owner]),
        None if !parts.is_empty() => {
            said.push(" past the owners of its parts, ".into());
            said.extend(names(parts.clone()));
        }
        None => said.push(", and no system is said to own it".into()),
    }
    if let Some(until) = overdue {
        said.push(format!("; the migration was to end on {until}").into());
    }
    let finding = out.defect(&META, id, said);
    finding.with(writers.keys().map(|writer| Subject::from(*writer))).with(owner.map(Subject::from)).with(parts);
    for (writer, writings) in writers {
        for writing in writings {
            finding.with([writing.source.clone()]);
            finding.because(writing.source.clone(), "accesses", format!("{writer} {}", writing.words));
        }
    }
}

/// Who creates, updates or deletes an entity otherwise than by asking its owner.
fn writers<'m>(cx: &Context<'m>, id: &'m Id<Entity>, entity: &'m Entity) -> BTreeMap<&'m Id<System>, Vec<Writing>> {
    let mut writers: BTreeMap<&Id<System>, Vec<Writing>> = BTreeMap::new();
    let begun = |from: &crate::model::Fact<Date>| from.known().is_none_or(|from| *from <= cx.as_of);
    for access in entity.accesses.iter().filter(|access| begun(&access.from)) {
        let rights: Vec<_> = access.rights.iter().filter(|right| right.writes()).map(|right| right.word()).collect();
        let Some(way) = access.through.known().filter(|_| !rights.is_empty()) else { continue };
        let mut writer = &access.system;
        let foreign = match way {
            Way::Contract(contract) => {
                let provider = cx.model.contracts.get(contract).and_then(|contract| contract.provider.known());
                // Who asks a provider does not write: where nobody owns the entity, the provider does.
                if let (Some(provider), None) = (provider, entity.owner.known()) {
                    writer = provider;
                }
                let speaks = |provider| speaks_for_owner(cx, entity, provider);
                provider.is_some_and(|provider| !speaks(provider) && !is_partition_owner(entity, Some(provider)))
            }
            Way::Store(store) => !is_own_copy(cx, entity, store, &access.system),
            Way::Copy(store) => !is_own_copy(cx, entity, store, &access.system),
            Way::ChangeFeed(_) => false,
        };
        if foreign {
            let words = format!("may {} it {}", rights.join(", "), way_words(way));
            writers.entry(writer).or_default().push(Writing {
                source: id.into(),
                words,
                until: access.until.known().copied(),
            });
        }
    }
    for (store_id, store) in &cx.model.stores {
        for access in store.accesses.iter().filter(|a| a.mode == AccessMode::Write && begun(&a.from)) {
            let named = access.entities.contains(id) && !is_own_copy(cx, entity, store_id, &access.system);
            let harmless = matches!(access.purpose.known(), Some(Purpose::Backup | Purpose::OutboxRelay));
            if named && !harmless {
                writers.entry(&access.system).or_default().push(Writing {
                    source: store_id.into(),
                    words: format!("writes it directly in {store_id}"),
                    until: access.until.known().copied(),
                });
            }
        }
    }
    writers
}

/// Whether a system is the owner, or an adapter that fronts it.
fn speaks_for_owner(cx: &Context<'_>, entity: &Entity, provider: &Id<System>) -> bool {
    let fronts = cx.model.system(provider).and_then(|system| system.fronts.known());
    let fronted = |owner: &Id<System>| fronts.is_some_and(|fronts| fronts.contains(owner));
    entity.owner.known().is_some_and(|owner| owner == provider || fronted(owner))
}

fn is_partition_owner(entity: &Entity, provider: Option<&Id<System>>) -> bool {
    entity.partitions.iter().any(|partition| Some(&partition.owner) == provider)
}

/// Whether a store holds a copy of the entity and belongs to the system that keeps it: a read model, fed from elsewhere.
fn is_own_copy(cx: &Context<'_>, entity: &Entity, store: &Id<crate::model::Store>, system: &Id<System>) -> bool {
    let copy = entity.holdings.iter().any(|h| h.store == *store && h.kind == HoldingKind::Copy && !h.feed.is_none());
    copy && cx.model.stores.get(store).is_some_and(|store| store.owner.is(system))
}

fn way_words(way: &Way) -> String {
    match way {
        Way::Contract(id) => format!("through {id}, which its owner does not provide"),
        Way::Store(id) => format!("directly in {id}"),
        Way::ChangeFeed(id) => format!("through the change feed of {id}"),
        Way::Copy(id) => format!("in the copy in {id}"),
    }
}
