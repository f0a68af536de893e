//! EVO005: nothing does it in between.

use super::roadmap::Roadmap;
use crate::{
    model::{ChangeKind, Date, Disposition, Effect, Id, Subject, System},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct GapInService;

static META: Meta = Meta {
    code: "EVO005",
    slug: "gap-in-service",
    summary: "a system that retires before its replacement is active",
    why: "\"Backward compatibility is a business requirement\" (docs/principles.md): between the two dates nobody does what the \
          old system did, and consumers have nowhere to go.",
    example: "The old loyalty club ends in June; the new one opens in September.",
    remedy: "Let both run side by side: move the retirement behind the day the replacement is active. Where its function is \
             dropped, say so (disposition).",
    severity: Severity::Error,
    gap: None,
    principle: Principle::Compatibility,
    star: false,
};

impl Rule for GapInService {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let roadmap = Roadmap::of(cx.model);
        for end in cx.ends() {
            let dropped = end.lifecycle.disposition.is(&Disposition::FunctionDropped);
            let next = end.lifecycle.replaced_by.known().and_then(|id| cx.end(id)).filter(|_| !dropped);
            let leaves = roadmap.leaves(end.id, end);
            let (Some(next), Some((gone, cause, fact))) = (next, leaves) else {
                out.exempt(&META, *end);
                continue;
            };
            let Some((begins, source, from)) = active_from(cx, next.id, next.system) else {
                out.exempt(&META, *end);
                continue;
            };
            // What lies behind us nobody can mend.
            if begins <= gone || begins <= cx.as_of {
                out.met(&META, *end);
                continue;
            }
            let days = gone.days_until(begins);
            let count = if days == 1 { "one day".to_owned() } else { format!("{days} days") };
            let said = say![*end, format!(" goes on {gone}, {count} before "), next, format!(" is active ({begins})")];
            out.defect(&META, *end, said)
                .with([next.into()])
                .because(cause, fact, gone.to_string())
                .because(*end, "replaced_by", next.id.to_string())
                .because(source, from, begins.to_string());
        }
    }
}

/// The day a system is in use, and the fact that says so: its own, or else the end of the first change that introduces
/// it.
fn active_from(cx: &Context<'_>, id: &Id<System>, system: &System) -> Option<(Date, Subject, &'static str)> {
    if let Some(date) = system.lifecycle.active_from.known() {
        return Some((*date, id.into(), "active_from"));
    }
    if !system.lifecycle.planned_from.is_known() {
        return None;
    }
    let key = id.key();
    let introduces = |change: &&crate::model::RoadmapChange| {
        let about = change.kind == ChangeKind::Introduce && change.about.contains(&key);
        let puts = change.effects.iter().any(|effect| matches!(effect, Effect::Put(..)) && effect.key() == key);
        super::roadmap::is_planned(change) && (about || puts)
    };
    let changes = cx.model.changes.iter().map(|(id, change)| (id, &*change.value));
    let ends = changes.filter(|(_, change)| introduces(change)).filter_map(|(id, c)| Some((*c.end.known()?, id)));
    ends.min().map(|(end, change)| (end, change.into(), "end"))
}
