//! VER002: a consumer that says no version.

use super::life::{consumer, is_excused, on};
use crate::{
    model::{Fact, Stage, Status},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct UnpinnedConsumer;

static META: Meta = Meta {
    code: "VER002",
    slug: "unpinned-consumer",
    summary: "a consumer that pins no version of a contract that has versions",
    why: "\"Backward compatibility is a business requirement\" (docs/principles.md): versions protect only those consumers of \
          whom it is known which one they use. Of the others nobody can say whether a version may go.",
    example: "Orders API has v1 and v2; of the web shop nobody knows which it calls, so v1 stays for ever.",
    remedy: "Find out which version the consumer calls or reads, and name it on its interaction.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::Compatibility,
    star: false,
};

impl Rule for UnpinnedConsumer {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for hop in cx.hops() {
            let Some((id, contract)) = hop.contract else { continue };
            let promised = !matches!(contract.status, Fact::Known(Status::Draft | Status::Retired));
            let asked = promised && !contract.versions.is_empty() && !is_excused(contract) && !hop.excuses("version");
            let Some(consumer) = consumer(cx, hop).filter(|_| asked) else {
                out.exempt(&META, hop);
                continue;
            };
            let versions = || contract.versions.keys().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            match hop.interaction.version {
                Fact::Known(_) => out.met(&META, hop),
                Fact::None => {
                    let said = say![consumer, " is pinned to no version of ", id, on(hop)];
                    out.defect(&META, hop, said)
                        .with([consumer.into(), id.into()])
                        .because(hop, "version", "none")
                        .because(id, "versions", versions());
                }
                Fact::NotAsked => {
                    let said = say![consumer, on(hop), ": which version of ", id, " it uses was not asked"];
                    if let Some(gap) = out.gap(&META, hop, said) {
                        gap.with([consumer.into(), id.into()]).because(hop, "version", "not asked").because(
                            id,
                            "versions",
                            versions(),
                        );
                    }
                }
            }
        }
    }
}
