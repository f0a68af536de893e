//! OWN001: an entity without a system of record.

use crate::{
    model::{Fact, Stage},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct UnownedEntity;

static META: Meta = Meta {
    code: "OWN001",
    slug: "unowned-entity",
    summary: "an entity without a system of record",
    why: "\"Unclear data ownership\" and \"ownership before connectivity\" (docs/principles.md). Where nobody owns a record, every \
          copy is the truth, and none.",
    example: "Customer data are kept in the ERP, the shop and the CRM; asked for the right address, each points at another.",
    remedy: "Name the system of record, or divide the entity into parts with an owner each.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::Ownership,
    star: false,
};

impl Rule for UnownedEntity {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, entity) in &cx.model.entities {
            if entity.not_applicable.contains_key("owner") {
                out.exempt(&META, id);
                continue;
            }
            match entity.owner {
                _ if !entity.partitions.is_empty() => out.met(&META, id),
                Fact::Known(_) => out.met(&META, id),
                Fact::None => {
                    out.defect(&META, id, say![id, " has no system of record"]).because(id, "owner", "none");
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
