//! VER008: a version that goes, and nobody says what follows it.

use super::life::{deprecated, is_ours, pinned, retired, subject};
use crate::{
    model::Fact,
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct NoSuccessor;

static META: Meta = Meta {
    code: "VER008",
    slug: "no-successor",
    summary: "a deprecated or retired version with no successor, and not marked as dropped (`successor: None`)",
    why: "A deprecation that does not say where to go leaves every consumer to find out alone. RFC 5829 has the relation \
          \"successor-version\" for it; docs/principles.md asks for a lifecycle of every API.",
    example: "Stock API v1 is deprecated; half its consumers move to v2, the others to the stock file.",
    remedy: "Name the version that follows; or write `successor: None` where it is dropped without one.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Compatibility,
    star: false,
};

impl Rule for NoSuccessor {
    fn meta(&self) -> &'static Meta {
        &META
    }

    // `None` is the answer that it is dropped, so it is the silence that is wrong here.
    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, contract) in &cx.model.contracts {
            let ours = is_ours(cx, contract);
            for (name, version) in &contract.versions {
                let about = subject(id, name);
                let gone = retired(version, cx.as_of).map(|told| (told, "is retired"));
                let goes = gone.or_else(|| deprecated(version, cx.as_of).map(|told| (told, "is deprecated")));
                let Some((told, word)) = goes.filter(|_| ours) else {
                    out.exempt(&META, about);
                    continue;
                };
                if !matches!(version.successor, Fact::NotAsked) {
                    out.met(&META, about);
                    continue;
                }
                let said = say![about.clone(), " of ", id, format!(" {word}, and nobody says what follows it")];
                out.defect(&META, about.clone(), said)
                    .with([id.into()])
                    .with(pinned(cx, id, name))
                    .because(about.clone(), told.0, told.1)
                    .because(about, "successor", "not asked");
            }
        }
    }
}
