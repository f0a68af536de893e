//! PAT006: an adapter that has become a system of its own.

use super::owned::owned;
use crate::{
    model::{Subject, SystemKind},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
};

pub(super) struct AdapterDoesTooMuch;

static META: Meta = Meta {
    code: "PAT006",
    slug: "adapter-does-too-much",
    summary: "an adapter that fronts more systems than the policy allows, owns entities, or holds business rules",
    why: "\"Adapters that isolate legacy systems\" (docs/principles.md, patterns). One that stands before many isolates none: a change \
          for one is a release for all; one that owns records can never be retired, and \
          one that decides hides a rule where nobody looks for it.",
    example: "The integration server fronts ERP, CRM, warehouse, payroll and archive, and keeps the only list of branches.",
    remedy: "Give each system an adapter of its own, and each record and rule to the system that it is about.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::LooseCoupling,
    star: false,
};

const MOST_FRONTS: u32 = 3;

impl Rule for AdapterDoesTooMuch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let most = cx.model.policy.adapter_fronts.known().copied().unwrap_or(MOST_FRONTS);
        let owned = owned(cx, &[SystemKind::Adapter]);
        for end in cx.ends().iter().filter(|end| end.is(SystemKind::Adapter)) {
            let excused = end.system.not_applicable.contains_key("fronts");
            let fronts = end.system.fronts.known().map_or(&[][..], |fronts| fronts);
            let many = !excused && fronts.len() > most as usize;
            let entities = owned.get(end.id).map_or(&[][..], Vec::as_slice);
            let rules = end.system.business_rules.known();
            let rules = rules.filter(|_| !end.system.not_applicable.contains_key("business_rules"));
            if !many && entities.is_empty() && rules.is_none() {
                match (excused, fronts.is_empty()) {
                    (true, _) => out.exempt(&META, end.id),
                    (false, false) => out.met(&META, end.id),
                    (false, true) => _ = out.gap(&META, end.id, Vec::new()),
                }
                continue;
            }
            let mut said = say![end.id];
            if many {
                said.push(format!(" fronts {} systems (at most {most} allowed)", fronts.len()).into());
            }
            if !entities.is_empty() {
                said.push(if many { ", and owns " } else { " is an adapter and owns " }.into());
                said.extend(names(entities.iter().map(|id| Subject::from(*id))));
            }
            if let Some(rules) = rules {
                let and = if many || !entities.is_empty() { ", and" } else { " is an adapter and" };
                said.push(format!("{and} decides by rules of the business: {rules}").into());
            }
            let finding = out.defect(&META, end.id, said);
            if many {
                let listed: Vec<String> = fronts.iter().map(ToString::to_string).collect();
                finding.with(fronts.iter().map(Subject::from)).because(end.id, "fronts", listed.join(", "));
            }
            if let Some(rules) = rules {
                finding.because(end.id, "business_rules", rules.to_string());
            }
            for entity in entities {
                finding.with([(*entity).into()]).because(*entity, "owner", end.id.to_string());
            }
        }
    }
}
