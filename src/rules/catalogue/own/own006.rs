//! OWN006: a store that no system owns.

use std::collections::BTreeSet;

use crate::{
    model::{Fact, Id, Stage, Store},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct OwnerlessStore;

static META: Meta = Meta {
    code: "OWN006",
    slug: "ownerless-store",
    summary: "a store that belongs to no system",
    why: "\"Unclear data ownership\" and \"ownership before connectivity\" (docs/principles.md). A database that belongs to \
          nobody belongs to everybody: nobody may change its tables, and everybody reads them.",
    example: "The staging database on the old server has grown for nine years; no team dares to switch it off.",
    remedy: "Name the system whose store it is; all others come to it through that system.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::Ownership,
    star: false,
};

impl Rule for OwnerlessStore {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let servers: BTreeSet<&Id<Store>> = cx.model.stores.values().filter_map(|store| store.within.known()).collect();
        for (id, store) in &cx.model.stores {
            // A server of several schemas is whose its schemas are, unless somebody reaches into it beside them.
            let only_server = servers.contains(id) && store.accesses.is_empty();
            if store.not_applicable.contains_key("owner") || (only_server && !store.owner.is_known()) {
                out.exempt(&META, id);
                continue;
            }
            match store.owner {
                Fact::Known(_) => out.met(&META, id),
                Fact::None => {
                    out.defect(&META, id, say![id, " belongs to no system"]).because(id, "owner", "none");
                }
                Fact::NotAsked => {
                    if let Some(gap) = out.gap(&META, id, say!["which system owns ", id, " was not asked"]) {
                        gap.because(id, "owner", "not asked");
                    }
                }
            }
        }
    }
}
