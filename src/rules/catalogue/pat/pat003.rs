//! PAT003: legacy reached with nothing in between.

use std::collections::BTreeMap;

use crate::{
    model::{Id, Interaction, Subject, System, SystemKind},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
};

pub(super) struct UnisolatedLegacy;

static META: Meta = Meta {
    code: "PAT003",
    slug: "unisolated-legacy",
    summary: "an integrated legacy system reached past its adapter, or with none",
    why: "\"Adapter layers: legacy system integration with isolation\" (docs/principles.md, patterns). Whoever speaks \
          to legacy directly takes on its model, its limits and its release dates.",
    example: "The web shop calls the ERP's remote functions itself, beside the adapter that was built for it.",
    remedy: "Lead the traffic through the adapter that fronts it, or put one in front.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Failure,
    star: false,
};

impl Rule for UnisolatedLegacy {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let mut fronted: BTreeMap<&Id<System>, Vec<&Id<System>>> = BTreeMap::new();
        for adapter in cx.ends().iter().filter(|end| end.is(SystemKind::Adapter)) {
            let fronts = adapter.system.fronts.known().into_iter().flat_map(|many| many.iter());
            fronts.for_each(|system| fronted.entry(system).or_default().push(adapter.id));
        }
        for (id, legacy) in cx.model.systems.iter().filter(|(_, system)| system.kind == SystemKind::Legacy) {
            let incoming = cx.topology.incoming(id);
            if legacy.not_applicable.contains_key("fronts") || incoming.is_empty() {
                out.exempt(&META, id);
                continue;
            }
            let past: Vec<_> = incoming.into_iter().filter(|(_, i)| goes_past(cx, id, i)).collect();
            if past.is_empty() {
                out.met(&META, id);
                continue;
            }
            let adapters = fronted.get(id).cloned().unwrap_or_default();
            let mut callers: Vec<Subject> = past.iter().map(|(_, i)| (&i.from).into()).collect();
            callers.sort();
            callers.dedup();
            let mut said = say![id, " is reached directly by "];
            said.extend(names(callers.clone()));
            if adapters.is_empty() {
                said.push("; it has no adapter".into());
            } else {
                said.push(", past ".into());
                said.extend(names(adapters.iter().map(|id| Subject::from(*id))));
            }
            let finding = out.defect(&META, id, said);
            finding.with(callers).with(adapters.into_iter().map(Subject::from));
            for (hop, interaction) in past {
                finding.with([hop.into()]).because(hop, "from", interaction.from.to_string());
            }
        }
    }
}

fn fronts(system: &System, legacy: &Id<System>) -> bool {
    system.kind == SystemKind::Adapter && system.fronts.known().is_some_and(|fronts| fronts.contains(legacy))
}

/// Whether an interaction reaches legacy with nothing in between: not from its adapter, not from a person at its own
/// screens, not within one suite.
fn goes_past(cx: &Context<'_>, legacy: &Id<System>, interaction: &Interaction) -> bool {
    let Some(from) = cx.model.system(&interaction.from) else { return false };
    let adapter = from.kind == SystemKind::Adapter && (from.fronts.known().is_none() || fronts(from, legacy));
    !adapter
        && from.kind != SystemKind::Person
        && interaction.from != *legacy
        && !cx.same_deployable(&interaction.from, legacy)
}
