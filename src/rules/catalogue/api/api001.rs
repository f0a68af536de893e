//! API001: a command that may happen twice.

use std::collections::BTreeSet;

use crate::{
    model::{Delivery, Fact, Idempotency, Operation, OperationKind, PartName, Stage, Style, Subject, SystemKind},
    rules::{
        Context, Findings, Hop, Meta, Principle, Rule, Severity,
        contracts::{Product, products},
        finding::say,
    },
};

pub(super) struct NonIdempotentCommand;

static META: Meta = Meta {
    code: "API001",
    slug: "non-idempotent-command",
    summary: "a command that does not say how it is idempotent",
    why: "\"Idempotency where retries can happen\" (docs/principles.md, APIs as products), and they happen: a caller whose answer is lost \
          cannot know whether the command took effect, and sends it again.",
    example: "The answer to `CapturePayment` was lost; the shop tried again, and the customer paid twice.",
    remedy: "Take an idempotency key, or make the command one whose repetition changes nothing, and say which.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::Failure,
    star: false,
};

impl Rule for NonIdempotentCommand {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for product in products(cx).filter(|product| !product.style.is(&Style::File)) {
            let asked = product.is_asked(&["idempotency"]);
            let watched = if product.is_api() { BTreeSet::new() } else { watched(cx, &product) };
            for (about, name, operation) in product.operations() {
                if !asked || watched.contains(name) || operation.kind != OperationKind::Command {
                    out.exempt(&META, about);
                    continue;
                }
                let lit = [Subject::from(&product)];
                match operation.idempotency {
                    Fact::Known(Idempotency::Natural | Idempotency::Key) => out.met(&META, about),
                    Fact::NotAsked if is_idempotent_by_method(&product, operation) => out.met(&META, about),
                    Fact::None => {
                        let said = say!["", about.clone(), " of ", &product, " is not idempotent"];
                        out.defect(&META, about.clone(), said).with(lit).because(about, "idempotency", "none");
                    }
                    Fact::NotAsked => {
                        let said = say!["how ", about.clone(), " of ", &product, " is idempotent was not asked"];
                        if let Some(gap) = product.gap(cx, out, &META, about.clone(), said) {
                            gap.with(lit).because(about, "idempotency", "not asked");
                        }
                    }
                }
            }
        }
    }
}

/// The operations that come as messages to consumers who are asked, or have said, how they stand duplicates (RES014).
fn watched<'a>(cx: &Context<'a>, product: &Product<'a>) -> BTreeSet<&'a PartName> {
    let hops = cx.users(product.id).filter(|hop| !hop.to.is(SystemKind::Backbone));
    let told = |hop: &Hop<'_>| {
        hop.delivery.is(&Delivery::AtLeastOnce)
            || hop.delivery.is(&Delivery::EffectivelyOnce)
            || !hop.tolerates_duplicates.is_not_asked()
    };
    hops.filter(|hop| told(hop)).filter_map(|hop| hop.interaction.operation.known()).collect()
}

/// Whether HTTP answers already: PUT and DELETE are idempotent by definition (RFC 9110, section 9.2.2).
fn is_idempotent_by_method(product: &Product<'_>, operation: &Operation) -> bool {
    let http = product.style.known().is_none_or(|style| *style == Style::Rest);
    let method = operation.endpoint.known().and_then(|endpoint| endpoint.split_once(' ')).map(|(method, _)| method);
    http && method.is_some_and(|method| ["PUT", "DELETE"].contains(&method))
}
