//! VER006: consumers are given too little time.

use super::life::{is_ours, pinned, policy, promised_until, retired, subject};
use crate::rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say};

pub(super) struct ShortNotice;

/// The notice that is asked for where the policy says nothing, in days.
const NOTICE_DAYS: u64 = 180;

static META: Meta = Meta {
    code: "VER006",
    slug: "short-notice",
    summary: "a version that ends sooner after its deprecation than the policy's notice (180 days where it says nothing)",
    why: "\"Backward compatibility is a business requirement\" (docs/principles.md): consumers have release plans of their own, \
          and a notice they cannot meet is a breaking change with a date.",
    example: "v1 is deprecated on 1 October and ends on 31 October; the partner releases twice a year.",
    remedy: "Move the sunset so far out that the policy's notice is kept, or shorten the notice in the policy for everybody.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Compatibility,
    star: false,
};

impl Rule for ShortNotice {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let notice = &cx.model.policy.notice_period;
        let asked = notice.known().map_or(NOTICE_DAYS, |notice| notice.days());
        for (id, contract) in &cx.model.contracts {
            let ours = is_ours(cx, contract);
            for (name, version) in &contract.versions {
                let about = subject(id, name);
                let end = promised_until(version).filter(|_| ours && retired(version, cx.as_of).is_none());
                let (Some(start), Some((fact, end))) = (version.deprecated_on.known(), end) else {
                    out.exempt(&META, about);
                    continue;
                };
                let days = start.days_until(end);
                if u64::try_from(days).is_ok_and(|days| days >= asked) {
                    out.met(&META, about);
                    continue;
                }
                let words = match days {
                    ..=-1 => " ends before it is deprecated".to_owned(),
                    0 => format!(" ends on the day of its deprecation; the notice is {asked} days"),
                    1 => format!(" ends one day after its deprecation; the notice is {asked} days"),
                    2.. => format!(" ends {days} days after its deprecation; the notice is {asked} days"),
                };
                let source = if notice.is_known() { "" } else { "default" };
                out.defect(&META, about.clone(), say![about.clone(), " of ", id, words])
                    .with([id.into()])
                    .with(pinned(cx, id, name))
                    .because(about.clone(), "deprecated_on", start.to_string())
                    .because(about, fact, end.to_string())
                    .because_of(policy(), "notice_period", format!("{asked}d"), source);
            }
        }
    }
}
