//! API004: errors that tell too much.

use crate::{
    model::{ErrorExposure, Stage},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity, State,
        contracts::{Errors, products},
        finding::say,
    },
};

pub(super) struct LeakingErrors;

static META: Meta = Meta {
    code: "API004",
    slug: "leaking-errors",
    summary: "user-facing and internal errors are not kept apart, or error bodies expose internals",
    why: "\"Error semantics as part of the contract\" (docs/principles.md, APIs as products). A stack trace helps nobody but an attacker: \
          RFC 9457 (section 5) warns of it, and so does OWASP API Security Top 10 (2023), API8.",
    example: "A failed login answers with the SQL statement, table names included.",
    remedy: "Tell users what they can do, log the rest under a correlation id, and let error bodies name nothing internal.",
    severity: Severity::Warning,
    gap: Some(Stage::Governed),
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for LeakingErrors {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for product in products(cx) {
            if !product.is_api() || !product.is_asked(&["error_exposure", "user_errors_apart"]) {
                out.exempt(&META, &product);
                continue;
            }
            // Where nothing is said of errors, CON003 speaks.
            match product.errors() {
                Errors::NotAsked => {
                    out.gap_where(&META, &product, Vec::new(), false);
                    continue;
                }
                Errors::None => {
                    out.facet(&META, &product, "", State::NotMet);
                    continue;
                }
                Errors::Said => {}
            }
            let contract = product.contract;
            let exposes = contract.error_exposure.is(&ErrorExposure::Internals);
            let mixes = contract.user_errors_apart.is_none();
            if exposes || mixes {
                let said = match (exposes, mixes) {
                    (true, false) => " gives internals away in its errors",
                    (false, _) => " does not keep errors for users apart from internal ones",
                    (true, true) => " gives internals away in its errors, and does not keep those for users apart",
                };
                let finding = out.defect(&META, &product, say![&product, said]).with(product.lit());
                if exposes {
                    finding.because(&product, "error_exposure", ErrorExposure::Internals.word());
                }
                if mixes {
                    finding.because(&product, "user_errors_apart", "none");
                }
                continue;
            }
            let facts = [
                ("error_exposure", contract.error_exposure.is_not_asked()),
                ("user_errors_apart", contract.user_errors_apart.is_not_asked()),
            ];
            let said = match facts {
                [(_, false), (_, false)] => {
                    out.met(&META, &product);
                    continue;
                }
                [(_, true), (_, false)] => say!["what the errors of ", &product, " give away was not asked"],
                [(_, false), (_, true)] => {
                    say!["whether ", &product, " keeps errors for users apart from internal ones was not asked"]
                }
                [(_, true), (_, true)] => {
                    say![
                        "what the errors of ",
                        &product,
                        " give away, and whether those for users are kept apart, was not asked"
                    ]
                }
            };
            if let Some(gap) = product.gap(cx, out, &META, &product, said) {
                gap.with(product.lit());
                for (fact, _) in facts.into_iter().filter(|(_, open)| *open) {
                    gap.because(&product, fact, "not asked");
                }
            }
        }
    }
}
