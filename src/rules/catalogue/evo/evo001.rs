//! EVO001: a temporary adapter that nobody means to remove.

use super::roadmap::Roadmap;
use crate::{
    model::{Fact, Id, Permanence, Stage, Subject, System, SystemKind},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct TemporaryAdapter;

static META: Meta = Meta {
    code: "EVO001",
    slug: "temporary-adapter-without-retirement",
    summary: "a temporary adapter with no retirement date, or with a date and nobody who will see to it",
    why: "\"'Temporary' adapters with no retirement plan — permanent tech debt\" (docs/principles.md, anti-patterns). A date \
          with neither an owner nor a change on the roadmap is no plan.",
    example: "The ERP adapter was built for one quarter, three years ago.",
    remedy: "Give it a retirement date, an owner, and a change on the roadmap that retires it; or declare it permanent.",
    severity: Severity::Error,
    gap: Some(Stage::Sketch),
    principle: Principle::Compatibility,
    star: true,
};

impl Rule for TemporaryAdapter {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let roadmap = Roadmap::of(cx.model);
        for (id, adapter) in cx.model.systems.iter().filter(|(_, system)| system.kind == SystemKind::Adapter) {
            // What is not there yet can still be given a date.
            let excused = adapter.not_applicable.contains_key("retires_on") || !has_come(cx, &adapter.value);
            let Some((reason, cause)) = temporary(cx, id, &adapter.value).filter(|_| !excused) else {
                out.exempt(&META, id);
                continue;
            };
            match adapter.lifecycle.retires_on {
                Fact::None => {
                    let said = say![id, format!(" {reason} and has no retirement date")];
                    out.defect(&META, id, said).with([cause.0.clone()]).because(cause.0, cause.1, cause.2).because(
                        id,
                        "retires_on",
                        "none",
                    );
                }
                Fact::NotAsked => {
                    let said = say![id, format!(" {reason}; when it retires was not asked")];
                    if let Some(gap) = out.gap(&META, id, said) {
                        gap.with([cause.0.clone()])
                            .because(id, "retires_on", "not asked")
                            .because(cause.0, cause.1, cause.2);
                    }
                }
                Fact::Known(date) => without_plan(&roadmap, out, id, &adapter.value, &date.to_string()),
            }
        }
    }
}

/// Whether a system is in use on the day, as far as its dates tell.
fn has_come(cx: &Context<'_>, system: &System) -> bool {
    system.lifecycle.active_from.known().is_none_or(|from| *from <= cx.as_of)
}

type Cause = (Subject, &'static str, String);

/// Why an adapter is temporary, and the fact that says so.
fn temporary(cx: &Context<'_>, id: &Id<System>, adapter: &System) -> Option<(String, Cause)> {
    if adapter.permanence.is(&Permanence::Temporary) {
        return Some(("is temporary".to_owned(), (id.into(), "permanence", "temporary".to_owned())));
    }
    adapter.fronts.known()?.iter().find_map(|front| {
        let date = cx.model.system(front)?.lifecycle.retires_on.known()?;
        let reason = format!("fronts {} (retires on {date})", cx.model.name_of(front));
        Some((reason, (front.into(), "retires_on", date.to_string())))
    })
}

fn without_plan(roadmap: &Roadmap<'_>, out: &mut Findings<'_>, id: &Id<System>, adapter: &System, date: &str) {
    if adapter.owner.is_known() || roadmap.ends(&id.key()) {
        out.met(&META, id);
        return;
    }
    let words = if adapter.owner.is_none() {
        "but has neither an owner nor a change on the roadmap"
    } else {
        "with no change on the roadmap; who owns it was not asked"
    };
    let said = say![id, format!(" retires on {date}, {words}")];
    let found = if adapter.owner.is_none() { Some(out.defect(&META, id, said)) } else { out.gap(&META, id, said) };
    if let Some(finding) = found {
        let owner = if adapter.owner.is_none() { "none" } else { "not asked" };
        finding.severity(Severity::Warning).because(id, "retires_on", date).because(id, "owner", owner);
    }
}
