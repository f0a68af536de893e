//! CON009: a contract that is nobody's product.

use crate::{
    model::{Fact, Stage},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, contracts::products, finding::say},
};

pub(super) struct UnownedContract;

static META: Meta = Meta {
    code: "CON009",
    slug: "unowned-contract",
    summary: "a contract without a product owner",
    why: "\"An API without an owner is a liability\" (docs/principles.md, APIs as products): nobody decides what goes in, and \
          nobody tells consumers what goes out.",
    example: "Three teams have added fields to the customer API; none of them answers the partner's mail.",
    remedy: "Name the team whose product the contract is.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for UnownedContract {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for product in products(cx) {
            if !product.is_asked(&["owner"]) {
                out.exempt(&META, &product);
                continue;
            }
            match product.contract.owner {
                Fact::Known(_) => out.met(&META, &product),
                Fact::None => {
                    let said = say![&product, " has no product owner"];
                    out.defect(&META, &product, said).with(product.lit()).because(&product, "owner", "none");
                }
                Fact::NotAsked => {
                    let said = say!["whose product ", &product, " is was not asked"];
                    if let Some(gap) = out.gap(&META, &product, said) {
                        gap.with(product.lit()).because(&product, "owner", "not asked");
                    }
                }
            }
        }
    }
}
