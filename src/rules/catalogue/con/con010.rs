//! CON010: in force, on trial or gone: nobody says.

use crate::{
    model::{Fact, Stage},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        contracts::{Product, products},
        finding::say,
    },
};

pub(super) struct NoLifecycleStatus;

static META: Meta = Meta {
    code: "CON010",
    slug: "no-lifecycle-status",
    summary: "a contract without a lifecycle status",
    why: "\"A lifecycle status\" is part of an API as a product (docs/principles.md). Without it nobody knows what may still be \
          built upon, and what is about to go.",
    example: "A new team builds on the old stock API, which its owners stopped maintaining in spring.",
    remedy: "Say whether the contract is draft, active, deprecated or retired.",
    severity: Severity::Warning,
    gap: Some(Stage::Governed),
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for NoLifecycleStatus {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for product in products(cx) {
            if !product.is_asked(&["status"]) {
                out.exempt(&META, &product);
                continue;
            }
            match product.contract.status {
                Fact::Known(_) => out.met(&META, &product),
                Fact::NotAsked if versions_say(&product) => out.met(&META, &product),
                Fact::None => {
                    let said = say![&product, " has no lifecycle status"];
                    out.defect(&META, &product, said).with(product.lit()).because(&product, "status", "none");
                }
                Fact::NotAsked => {
                    let said = say!["the lifecycle status of ", &product, " was not asked"];
                    if let Some(gap) = out.gap(&META, &product, said) {
                        gap.with(product.lit()).because(&product, "status", "not asked");
                    }
                }
            }
        }
    }
}

/// Whether each of its versions says where it stands: then nothing is left to ask.
fn versions_say(product: &Product<'_>) -> bool {
    let versions = &product.contract.versions;
    !versions.is_empty() && versions.values().all(|version| version.status.is_known())
}
