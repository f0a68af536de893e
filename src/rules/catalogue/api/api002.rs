//! API002: errors that only people can read.

use crate::{
    model::{ErrorFormat, Fact, Stage, Style},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity, State,
        contracts::{Errors, products},
        finding::say,
    },
};

pub(super) struct UnstructuredErrors;

static META: Meta = Meta {
    code: "API002",
    slug: "unstructured-errors",
    summary: "an API without a machine-readable error structure",
    why: "\"Error semantics as part of the contract\" (docs/principles.md, APIs as products). A program cannot act on prose; problem+json \
          (RFC 9457) was made so that no API needs a format of its own.",
    example: "\"Something went wrong with your order\" is all that the shop gets; it compares the text to know what.",
    remedy: "Answer errors in a structure with a stable code: problem+json (RFC 9457), or the form that the style has.",
    severity: Severity::Warning,
    gap: Some(Stage::Governed),
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for UnstructuredErrors {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for product in products(cx) {
            if !product.is_api() || !product.is_asked(&["error_format"]) {
                out.exempt(&META, &product);
                continue;
            }
            // gRPC, SOAP and GraphQL bring a structure of their own.
            let brought = matches!(product.style.known(), Some(Style::Grpc | Style::Soap | Style::GraphQl));
            match (&product.contract.error_format, product.errors()) {
                (Fact::Known(ErrorFormat::PlainText), _) => {
                    let said = say![&product, " answers errors in plain text, which no program can act on"];
                    let finding = out.defect(&META, &product, said).with(product.lit());
                    finding.because(&product, "error_format", ErrorFormat::PlainText.word());
                }
                (Fact::Known(_), _) => out.met(&META, &product),
                (Fact::NotAsked, _) if brought => out.met(&META, &product),
                // Where nothing is said of errors, CON003 speaks.
                (_, Errors::NotAsked) => _ = out.gap_where(&META, &product, Vec::new(), false),
                (_, Errors::None) => out.facet(&META, &product, "", State::NotMet),
                (Fact::None, Errors::Said) => {
                    let said = say![&product, " has no machine-readable error structure"];
                    out.defect(&META, &product, said).with(product.lit()).because(&product, "error_format", "none");
                }
                (Fact::NotAsked, Errors::Said) => {
                    let said = say!["the error structure of ", &product, " was not asked"];
                    if let Some(gap) = product.gap(cx, out, &META, &product, said) {
                        gap.with(product.lit()).because(&product, "error_format", "not asked");
                    }
                }
            }
        }
    }
}
