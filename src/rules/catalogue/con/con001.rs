//! CON001: an interaction that names no contract.

use crate::{
    model::{Fact, Stage},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct UndocumentedInteraction;

static META: Meta = Meta {
    code: "CON001",
    slug: "undocumented-interaction",
    summary: "an interaction that names no contract",
    why: "\"Undocumented or unstable contracts between systems\" heads the list of problems in docs/principles.md: what is not \
          written down is promised by nobody and broken by anybody.",
    example: "Checkout calls Pricing, and nobody can say which operation, in which version, with which errors.",
    remedy: "Write the contract down (operation or message, schema, errors, version) and name it on the interaction.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for UndocumentedInteraction {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for hop in cx.hops() {
            if hop.has_person() || hop.excuses("contract") {
                out.exempt(&META, hop);
                continue;
            }
            let (id, ends) = (hop.id, hop.ends());
            match hop.interaction.contract {
                Fact::Known(_) => out.met(&META, hop),
                Fact::None => {
                    let said = say![id, " has no contract"];
                    out.defect(&META, id, said).with(ends).because(id, "contract", "none");
                }
                Fact::NotAsked => {
                    let said = say![id, ": which contract it keeps to was not asked"];
                    if let Some(gap) = out.gap(&META, id, said) {
                        gap.with(ends).because(id, "contract", "not asked");
                    }
                }
            }
        }
    }
}
