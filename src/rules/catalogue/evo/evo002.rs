//! EVO002: an adapter past its own date.

use super::roadmap::in_use;
use crate::{
    model::{Subject, SystemKind},
    rules::{Context, Findings, Hop, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct OverdueAdapter;

static META: Meta = Meta {
    code: "EVO002",
    slug: "overdue-adapter",
    summary: "an adapter that is still in use after its retirement date",
    why: "\"'Temporary' adapters without a retirement plan\" are an anti-pattern of docs/principles.md; a plan whose date has \
          passed with nobody noticing is none.",
    example: "The tills' adapter was to go in June; in November forty shops still book through it.",
    remedy: "Move what still runs through it and remove it; or set a new date, with the change that keeps it.",
    severity: Severity::Error,
    gap: None,
    principle: Principle::Compatibility,
    star: false,
};

impl Rule for OverdueAdapter {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for end in cx.ends().iter().filter(|end| end.is(SystemKind::Adapter)) {
            let Some(date) = end.lifecycle.retires_on.known() else {
                out.exempt(&META, *end);
                continue;
            };
            let around = cx.hops_from(end.id).chain(cx.hops_to(end.id));
            let uses: Vec<&Hop<'_>> = around.filter(|hop| in_use(cx, hop)).collect();
            if *date > cx.as_of || uses.is_empty() {
                out.met(&META, *end);
                continue;
            }
            let count = match uses.len() {
                1 => "one interaction runs".to_owned(),
                more => format!("{more} interactions run"),
            };
            let said = say![*end, format!(" was to go on {date}, and {count} through it still")];
            out.defect(&META, *end, said).with(uses.into_iter().map(Subject::from)).because(
                *end,
                "retires_on",
                date.to_string(),
            );
        }
    }
}
