//! OWN009: a record whose owner does not keep its master.

use std::collections::BTreeSet;

use crate::{
    model::{Entity, HoldingKind, Id, Store, Subject, System},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
};

pub(super) struct SplitOwnership;

static META: Meta = Meta {
    code: "OWN009",
    slug: "split-ownership",
    summary: "an entity's owner differs from the owner of its master store",
    why: "\"Unclear data ownership\" (docs/principles.md, problems). Who answers for a record and who can change it are \
          then two; when they disagree, the one with the database is right.",
    example: "Customer is said to belong to the CRM, but its master lies in the database of the shop.",
    remedy: "Name the keeper of the master as the owner, or move the master to the owner and give the other a copy.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Ownership,
    star: false,
};

impl Rule for SplitOwnership {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, entity) in &cx.model.entities {
            let masters: Vec<&Id<Store>> = entity
                .holdings
                .iter()
                .filter(|held| held.kind == HoldingKind::Master)
                .map(|held| &held.store)
                .collect();
            if masters.is_empty() {
                continue;
            }
            // Each part has its own master with its own owner.
            if entity.not_applicable.contains_key("owner") || !entity.partitions.is_empty() {
                out.exempt(&META, id);
                continue;
            }
            judge(cx, out, id, &entity.value, &masters);
        }
    }
}

fn judge(cx: &Context<'_>, out: &mut Findings<'_>, id: &Id<Entity>, entity: &Entity, masters: &[&Id<Store>]) {
    let keeper = |store: &Id<Store>| cx.model.stores.get(store).and_then(|store| store.owner.known());
    let Some(owner) = entity.owner.known() else {
        out.gap(&META, id, Vec::new());
        return;
    };
    let elsewhere: Vec<(&Id<Store>, &Id<System>)> = masters
        .iter()
        .filter_map(|store| Some((*store, keeper(store)?)))
        .filter(|(_, keeper)| !is_one(cx, owner, keeper))
        .collect();
    if elsewhere.is_empty() {
        if masters.iter().all(|store| keeper(store).is_some()) {
            out.met(&META, id);
        } else {
            out.gap(&META, id, Vec::new());
        }
        return;
    }
    let stores: BTreeSet<Subject> = elsewhere.iter().map(|(store, _)| (*store).into()).collect();
    let keepers: BTreeSet<Subject> = elsewhere.iter().map(|(_, keeper)| (*keeper).into()).collect();
    let mut said =
        say![owner, " is said to own ", id, ", but ", if stores.len() < masters.len() { "a" } else { "its" }];
    said.push(" master is in ".into());
    said.extend(names(stores.clone()));
    said.push(" of ".into());
    said.extend(names(keepers.clone()));
    let finding = out.defect(&META, id, said);
    finding.with([owner.into()]).with(stores).with(keepers).because(id, "owner", owner.to_string());
    for (store, keeper) in elsewhere {
        finding.because(store, "owner", keeper.to_string());
    }
}

/// Whether the owner and the keeper are one: the same, modules of one deployable, or an adapter and what it fronts.
fn is_one(cx: &Context<'_>, owner: &Id<System>, keeper: &Id<System>) -> bool {
    let fronts = || cx.model.system(owner).and_then(|system| system.fronts.known());
    owner == keeper || cx.same_deployable(owner, keeper) || fronts().is_some_and(|fronts| fronts.contains(keeper))
}
