//! API006: it may be cached, and nobody knows for how long.

use crate::{
    model::{Caching, Fact, OperationKind, Status, Subject},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, contracts::products, finding::say},
};

pub(super) struct UncachedQuery;

static META: Meta = Meta {
    code: "API006",
    slug: "uncached-query",
    summary: "a query declared cacheable with no cache policy",
    why: "Explicit contracts over implicit behaviour (docs/principles.md). Without a stated lifetime each cache makes one up: RFC 9111 (section \
          4.2.2) lets it guess, and the consumer lives with answers as old as the guess.",
    example: "The catalogue \"may be cached\"; the shop shows yesterday's price, the app the one of this minute.",
    remedy: "Say for how long an answer may be kept, or that it may not be.",
    severity: Severity::Info,
    gap: None,
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for UncachedQuery {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for product in products(cx) {
            let asked = product.is_asked(&["cacheable"]) && !product.is(Status::Draft);
            for (about, _, operation) in product.operations() {
                match operation.cacheable {
                    _ if !asked || operation.kind != OperationKind::Query => out.exempt(&META, about),
                    Fact::Known(Caching::For(_)) => out.met(&META, about),
                    Fact::None => out.exempt(&META, about),
                    Fact::NotAsked => _ = out.gap_where(&META, about, Vec::new(), false),
                    Fact::Known(Caching::Unlimited) => {
                        let said = say![
                            "",
                            about.clone(),
                            " of ",
                            &product,
                            " may be cached, and it does not say for how long"
                        ];
                        out.defect(&META, about.clone(), said)
                            .with([Subject::from(&product)])
                            .with(product.lit())
                            .because(about, "cacheable", Caching::Unlimited.to_string());
                    }
                }
            }
        }
    }
}
