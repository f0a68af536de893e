//! CON015: command, query or event: not decided.

use crate::{
    model::{InteractionKind, Stage},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct UnclassifiedInteraction;

// `Unclassified` is written by somebody who was asked: a defect at every stage, of less weight in a sketch. What nobody
// was asked cannot be told apart from it, so there is no gap.
static META: Meta = Meta {
    code: "CON015",
    slug: "unclassified-interaction",
    summary: "an interaction not yet classified as command, query or event",
    why: "Commands, queries and events (docs/principles.md, interactions) differ in who may be addressed, how they fail and \
          what they couple; what is none of them can be held to nothing.",
    example: "\"Shop and ERP exchange orders\": whether the shop asks, tells or orders was left for later.",
    remedy: "Decide: a command intends to change state, a query only reads, an event says what happened.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for UnclassifiedInteraction {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for hop in cx.hops() {
            if hop.has_person() || hop.excuses("kind") {
                out.exempt(&META, hop);
            } else if hop.kind == InteractionKind::Unclassified {
                let said = say![hop, " is not yet classified as command, query or event"];
                let sketch = cx.stage_of(&hop.to) == Stage::Sketch;
                let finding = out.defect(&META, hop, said).with(hop.ends());
                finding.because(hop, "kind", InteractionKind::Unclassified.word());
                if sketch {
                    finding.severity(Severity::Info);
                }
            } else {
                out.met(&META, hop);
            }
        }
    }
}
