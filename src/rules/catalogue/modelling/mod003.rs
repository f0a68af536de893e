//! MOD003: a waiver whose day has passed.

use crate::{
    model::{Fact, Subject},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct ExpiredWaiver;

static META: Meta = Meta {
    code: "MOD003",
    slug: "expired-waiver",
    summary: "a waiver whose date has passed: what it accepted counts again",
    why: "A waiver accepts a finding for a time, so that somebody looks at it again. Once the day has passed, nobody has accepted \
          it any more.",
    example: "The shared database was accepted until the end of June; it is November.",
    remedy: "Mend what was waived and remove the waiver; or have it approved anew, with a new date.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for ExpiredWaiver {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, waiver) in &cx.model.waivers {
            match waiver.expires_on {
                Fact::Known(day) if day < cx.as_of => {
                    let about = waiver.about.clone();
                    let said = say![format!("the waiver of {} for ", waiver.rule), about, format!(" expired on {day}")];
                    out.defect(&META, id, said)
                        .with([Subject::from(waiver.about.key.clone()), waiver.about.clone()])
                        .because(id, "expires_on", day.to_string());
                }
                Fact::Known(_) => out.met(&META, id),
                // A waiver without a date is MOD004's.
                Fact::None | Fact::NotAsked => out.exempt(&META, id),
            }
        }
    }
}
