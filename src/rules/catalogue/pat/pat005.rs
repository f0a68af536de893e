//! PAT005: a pipe that thinks.

use super::owned::owned;
use crate::{
    model::{Subject, SystemKind},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
};

pub(super) struct SmartPipe;

static META: Meta = Meta {
    code: "PAT005",
    slug: "smart-pipe",
    summary: "a gateway or backbone that owns entities or decides by rules of the business",
    why: "\"Smart endpoints and dumb pipes\" (Lewis and Fowler, Microservices, 2014). A rule in the pipe belongs to no domain, \
          is released by the wrong team, and holds for everybody who passes.",
    example: "The gateway computes the discount for partners before it passes an order on.",
    remedy: "Move rules and records to the system whose domain they belong to; let the pipe route, limit and authenticate.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::LooseCoupling,
    star: false,
};

impl Rule for SmartPipe {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        const PIPES: [SystemKind; 2] = [SystemKind::Gateway, SystemKind::Backbone];
        let owned = owned(cx, &PIPES);
        for end in cx.ends().iter().filter(|end| PIPES.contains(&end.system.kind)) {
            let excused = end.system.not_applicable.contains_key("business_rules");
            let rules = end.system.business_rules.known().filter(|_| !excused);
            let entities = owned.get(end.id).map_or(&[][..], Vec::as_slice);
            if rules.is_none() && entities.is_empty() {
                match (&end.system.business_rules, excused) {
                    (_, true) => out.exempt(&META, end.id),
                    (asked, false) if asked.is_none() => out.met(&META, end.id),
                    _ => _ = out.gap(&META, end.id, Vec::new()),
                }
                continue;
            }
            let mut said = say!["the ", end.system.kind.word(), " ", end.id];
            if !entities.is_empty() {
                said.push(" owns ".into());
                said.extend(names(entities.iter().map(|id| Subject::from(*id))));
            }
            if let Some(rules) = rules {
                let and = if entities.is_empty() { " " } else { " and " };
                said.push(format!("{and}decides by rules of the business: {rules}").into());
            }
            let finding = out.defect(&META, end.id, said);
            if let Some(rules) = rules {
                finding.because(end.id, "business_rules", rules.to_string());
            }
            for entity in entities {
                finding.with([(*entity).into()]).because(*entity, "owner", end.id.to_string());
            }
        }
    }
}
