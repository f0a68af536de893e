//! VER009: a consumer that began on a version that was already on its way out.

use super::life::{began_late, consumer, on, subject};
use crate::rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say};

pub(super) struct NewOnDeprecated;

static META: Meta = Meta {
    code: "VER009",
    slug: "new-consumer-on-deprecated",
    summary: "an interaction that began after its version was deprecated",
    why: "To deprecate is to say that nobody new should start. Zalando's API guidelines rule it out: clients must not start \
          using deprecated APIs. Each new consumer makes the sunset harder to keep.",
    example: "v1 was deprecated in January; the new app went live on v1 in May.",
    remedy: "Move the consumer to the successor before others follow; keep deprecated versions out of what new consumers find.",
    severity: Severity::Error,
    gap: None,
    principle: Principle::Compatibility,
    star: false,
};

impl Rule for NewOnDeprecated {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for hop in cx.hops() {
            let (Some((id, _)), Some(name)) = (hop.contract, hop.interaction.version.known()) else { continue };
            let deprecated = hop.version.and_then(|version| version.deprecated_on.known());
            let Some(consumer) = consumer(cx, hop).filter(|_| deprecated.is_some()) else {
                out.exempt(&META, hop);
                continue;
            };
            let Some((began, deprecated)) = began_late(hop) else {
                // Since when it is in use is not asked here.
                if hop.active_from.is_known() {
                    out.met(&META, hop);
                } else {
                    out.exempt(&META, hop);
                }
                continue;
            };
            let version = subject(id, name);
            let begins = if began > cx.as_of { " is to begin with " } else { " began with " };
            let words = format!("{} on {began}, after its deprecation on {deprecated}", on(hop));
            let said = say![consumer, begins, version.clone(), " of ", id, words];
            out.defect(&META, hop, said)
                .with([consumer.into(), id.into()])
                .because(hop, "version", name.to_string())
                .because(hop, "active_from", began.to_string())
                .because(version, "deprecated_on", deprecated.to_string());
        }
    }
}
