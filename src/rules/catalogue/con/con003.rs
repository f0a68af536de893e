//! CON003: an API that does not say its errors.

use crate::{
    model::Stage,
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        contracts::{Errors, products},
        finding::say,
    },
};

pub(super) struct NoErrorSemantics;

static META: Meta = Meta {
    code: "CON003",
    slug: "no-error-semantics",
    summary: "an API contract that does not say its errors",
    why: "\"Error semantics as part of the contract\" (docs/principles.md, APIs as products). A caller that does not know the errors \
          can neither retry nor give up with reason.",
    example: "Pricing answers 200 with an empty body when it has no price; the shop sells for nothing.",
    remedy: "Say which errors there are, in which form (problem+json, RFC 9457, for HTTP), and what they give away.",
    severity: Severity::Warning,
    gap: Some(Stage::Governed),
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for NoErrorSemantics {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for product in products(cx) {
            if !product.is_api() || !product.is_asked(&["error_format"]) {
                out.exempt(&META, &product);
                continue;
            }
            match product.errors() {
                Errors::Said => out.met(&META, &product),
                Errors::None => {
                    let said = say![&product, " does not say its errors"];
                    out.defect(&META, &product, said).with(product.lit()).because(&product, "error_format", "none");
                }
                Errors::NotAsked => {
                    let said = say!["the errors of ", &product, " were not asked"];
                    if let Some(gap) = product.gap(cx, out, &META, &product, said) {
                        gap.with(product.lit()).because(&product, "error_format", "not asked");
                    }
                }
            }
        }
    }
}
