//! VER005: a deprecated version that never ends.

use super::life::{deprecated, is_ours, pinned, promised_until, retired, subject};
use crate::rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say};

pub(super) struct DeprecatedWithoutSunset;

static META: Meta = Meta {
    code: "VER005",
    slug: "deprecated-without-sunset",
    summary: "a deprecated version of which nobody says until when it is promised",
    why: "A lifecycle status is part of an API as a product (docs/principles.md): to deprecate is to announce \
          an end, and RFC 8594 has the Sunset header to tell it. Without a date no consumer plans the move.",
    example: "v1 was declared deprecated in 2023; it has no last day, and nobody has moved.",
    remedy: "Set the day until which the version is promised (sunset_on), and announce it.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Compatibility,
    star: false,
};

impl Rule for DeprecatedWithoutSunset {
    fn meta(&self) -> &'static Meta {
        &META
    }

    // To say "deprecated" and no day contradicts itself: it is a defect though nobody may have asked for the day.
    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, contract) in &cx.model.contracts {
            let ours = is_ours(cx, contract);
            for (name, version) in &contract.versions {
                let about = subject(id, name);
                let Some(told) = deprecated(version, cx.as_of).filter(|_| ours && retired(version, cx.as_of).is_none())
                else {
                    out.exempt(&META, about);
                    continue;
                };
                if promised_until(version).is_some() {
                    out.met(&META, about);
                    continue;
                }
                let none = version.sunset_on.is_none();
                let words =
                    if none { ", and there is no day on which it ends" } else { ", and nobody says until when" };
                let said = say![about.clone(), " of ", id, " is deprecated", words];
                out.defect(&META, about.clone(), said)
                    .with([id.into()])
                    .with(pinned(cx, id, name))
                    .because(about.clone(), told.0, told.1)
                    .because(about, "sunset_on", if none { "none" } else { "not asked" });
            }
        }
    }
}
