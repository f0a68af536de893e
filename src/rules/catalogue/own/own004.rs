//! OWN004: a system that nobody answers for.

use crate::{
    model::{Fact, Stage, System, SystemKind},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct UnownedSystem;

static META: Meta = Meta {
    code: "OWN004",
    slug: "unowned-system",
    summary: "a system without an owner team, or an external one without a vendor contact",
    why: "\"APIs without ownership are operational liabilities\" (docs/principles.md, APIs as products); it holds for systems first.",
    example: "The old interface server fails at night, and nobody knows whom to call.",
    remedy: "Name the team that answers for it; for an external system, the vendor's contact.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::Ownership,
    star: false,
};

impl Rule for UnownedSystem {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, system) in &cx.model.systems {
            let (fact, what, none, not_asked) = answers(&system.value);
            if system.kind == SystemKind::Person || system.not_applicable.contains_key(fact) {
                out.exempt(&META, id);
                continue;
            }
            match (none, not_asked) {
                (true, _) => {
                    out.defect(&META, id, say![id, format!(" has no {what}")]).because(id, fact, "none");
                }
                (_, true) => {
                    if let Some(gap) = out.gap(&META, id, say!["the ", what, " of ", id, " was not asked"]) {
                        gap.because(id, fact, "not asked");
                    }
                }
                _ => out.met(&META, id),
            }
        }
    }
}

/// The fact that says who answers for a system, in words, and whether it is none or not asked.
/// A team of ours that looks after an external system is an answer too.
fn answers(system: &System) -> (&'static str, &'static str, bool, bool) {
    let (owner, vendor) = (&system.owner, &system.vendor_contact);
    if system.kind != SystemKind::External {
        return ("owner", "owner team", owner.is_none(), owner.is_not_asked());
    }
    let known = owner.is_known() || vendor.is_known();
    let none = !known && matches!(vendor, Fact::None);
    ("vendor_contact", "vendor contact", none, !known && !none)
}
