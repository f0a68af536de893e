//! CON006: relying on what is not promised yet.

use crate::{
    model::{Status, Subject},
    rules::{Context, End, Findings, Hop, Meta, Principle, Rule, Severity, finding::say},
    timeline::{Phase, phase},
};

use super::consumers::is_current;

pub(super) struct UnstableContract;

static META: Meta = Meta {
    code: "CON006",
    slug: "unstable-contract",
    summary: "an interaction in use on a draft version or contract",
    why: "\"Undocumented or unstable contracts between systems\" (docs/principles.md, problems). A draft may change overnight, and \
          nobody is to blame for it.",
    example: "Billing went live on v3-draft of the order API; the field it reads was renamed in the next review.",
    remedy: "Make the draft active before it is used, or move the consumer to a version that is.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for UnstableContract {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for hop in cx.hops() {
            let Some((contract, kept)) = hop.contract else { continue };
            if hop.has_person() || hop.excuses("version") {
                out.exempt(&META, hop);
                continue;
            }
            // A version speaks for itself; where it does not say, its contract speaks for it.
            let pinned = hop.interaction.version.known().zip(hop.version);
            let own = pinned.filter(|(_, version)| !version.status.is_not_asked());
            let draft = own.map_or(kept.status.is(&Status::Draft), |(_, version)| version.status.is(&Status::Draft));
            if !draft {
                out.met(&META, hop);
                continue;
            }
            if !is_in_use(cx, hop) || passes_on(cx, hop) {
                out.exempt(&META, hop);
                continue;
            }
            let which = own.map_or_else(String::new, |(name, _)| format!(" {name}"));
            let said = say![hop, " is in use on ", contract, which, ", which is a draft"];
            let finding = out.defect(&META, hop, said);
            finding.with([Subject::from(contract)]).with(hop.ends());
            match own {
                Some((name, _)) => {
                    finding.because(hop, "version", name.as_str());
                    finding.because(contract, &format!("{name}.status"), Status::Draft.word());
                }
                None => _ = finding.because(contract, "status", Status::Draft.word()),
            }
        }
    }
}

/// Whether an interaction is so today: its dates say so, and neither end is only planned.
fn is_in_use(cx: &Context<'_>, hop: &Hop<'_>) -> bool {
    let planned = |end: &End<'_>| phase(&end.lifecycle, cx.as_of) == Phase::Planned;
    is_current(cx, hop) && !planned(&hop.from) && !planned(&hop.to)
}

/// Whether it is only a leg of a way on which another hop is the consumer's: behind the first where something is asked,
/// before the last where something is told.
fn passes_on(cx: &Context<'_>, hop: &Hop<'_>) -> bool {
    if hop.interaction.message.is_known() {
        return hop.to.passes_on() && cx.topology.arrivals(hop.at) != [hop.at];
    }
    hop.from.passes_on() && cx.topology.origins(hop.at) != [hop.at]
}
