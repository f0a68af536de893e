//! VER007: more versions than anybody can look after.

use super::life::{deprecated, is_excused, is_out_of_force, policy};
use crate::{
    model::{Date, Status, Version},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct TooManyVersions;

/// How many versions may be active side by side where the policy says nothing.
const SIDE_BY_SIDE: usize = 2;

static META: Meta = Meta {
    code: "VER007",
    slug: "too-many-versions",
    summary: "more active versions of a contract side by side than the policy allows (two where it says nothing)",
    why: "Every active version is kept, tested and secured until it is retired. Lifecycle status is part of an API as a product \
          (docs/principles.md): a version that is to go is deprecated, not left standing.",
    example: "Customers API has v1, v2, v3 and v4, all active; a fix of one field is made four times.",
    remedy: "Deprecate the oldest versions with a successor and a sunset; new consumers go to the newest.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Compatibility,
    star: false,
};

impl Rule for TooManyVersions {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let allowed = &cx.model.policy.versions_side_by_side;
        let most = allowed.known().map_or(SIDE_BY_SIDE, |most| *most as usize);
        for (id, contract) in &cx.model.contracts {
            let over = contract.status.is(&Status::Retired) || contract.versions.is_empty() || is_excused(contract);
            if over || cx.is_foreign(contract.provider.known()) {
                out.exempt(&META, id);
                continue;
            }
            let active = || contract.versions.iter().filter(|(_, version)| is_active(version, cx.as_of));
            let count = active().count();
            if count <= most {
                out.met(&META, id);
                continue;
            }
            let names: Vec<_> = active().map(|(name, _)| name.to_string()).collect();
            let said = say![id, format!(" has {count} active versions side by side; the policy allows {most}")];
            let source = if allowed.is_known() { "" } else { "default" };
            out.defect(&META, id, said)
                .with(contract.provider.known().map(Into::into))
                .because(id, "versions", names.join(", "))
                .because_of(policy(), "versions_side_by_side", most.to_string(), source);
        }
    }
}

/// Whether a version is known to be active: it says so, or was published. What is deprecated is on its way out.
fn is_active(version: &Version, day: Date) -> bool {
    let published = version.published.known();
    let said = version.status.is(&Status::Active) || published.is_some();
    said && published.is_none_or(|date| *date <= day)
        && !is_out_of_force(version, day)
        && deprecated(version, day).is_none()
}
