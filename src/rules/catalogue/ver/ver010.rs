//! VER010: versions by word of mouth.

use super::life::{is_ours, is_out_of_force, subject};
use crate::{
    model::{Contract, Fact, Id, PartName, Stage, Version, Versioning},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, contracts::is_of_events, finding::say},
};

pub(super) struct InformalVersioning;

static META: Meta = Meta {
    code: "VER010",
    slug: "informal-versioning",
    summary: "versions that are coordinated informally, or with no stated rule of compatibility",
    why: "\"Versions handled informally\" is on the list of problems in docs/principles.md. A version number says nothing if \
          nobody has said which changes may be made without a new one.",
    example: "\"We'll coordinate the consumers\": three of five were told of the new mandatory field.",
    remedy: "Choose a strategy (URI, header, media type, schema registry), and state for each version which changes it admits.",
    severity: Severity::Warning,
    gap: Some(Stage::Governed),
    principle: Principle::Compatibility,
    star: false,
};

impl Rule for InformalVersioning {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, contract) in &cx.model.contracts {
            // Where there is no strategy, or none is known, VER001 or EVT003 speaks.
            let Some(strategy) = contract.versioning.known().filter(|_| is_ours(cx, contract)) else {
                out.exempt(&META, id);
                continue;
            };
            if *strategy == Versioning::Informal {
                out.defect(&META, id, say![id, " is versioned informally: consumers are told, or not"])
                    .with(contract.provider.known().map(Into::into))
                    .with(cx.users(id).map(Into::into))
                    .because(id, "versioning", strategy.word());
                continue;
            }
            let versions = |lacks: fn(&Fact<_>) -> bool| {
                let in_force = contract.versions.iter().filter(|(_, version)| !is_out_of_force(version, cx.as_of));
                let lacking = in_force.filter(move |(_, version)| lacks(&version.compatibility));
                if rule_is_asked(cx, id, contract) { lacking.collect() } else { Vec::new() }
            };
            let (none, not_asked) = (versions(Fact::is_none), versions(Fact::is_not_asked));
            if none.is_empty() && not_asked.is_empty() {
                out.met(&META, id);
            } else if none.is_empty() {
                let said = say!["which changes ", list(&not_asked), " of ", id, " may see was not asked"];
                if let Some(gap) = out.gap(&META, id, said) {
                    for (name, _) in not_asked {
                        gap.because(subject(id, name), "compatibility", "not asked");
                    }
                }
            } else {
                let said = say!["there is no rule which changes ", list(&none), " of ", id, " may see"];
                let finding = out.defect(&META, id, said).with(contract.provider.known().map(Into::into));
                for (name, _) in none {
                    finding.because(subject(id, name), "compatibility", "none");
                }
            }
        }
    }
}

/// Whether versions must say which changes they admit: evolution is such a rule itself, and for events EVT003 asks.
fn rule_is_asked<'a>(cx: &Context<'a>, id: &Id<Contract>, contract: &'a Contract) -> bool {
    !contract.versioning.is(&Versioning::Evolution) && !is_of_events(cx, id, contract)
}

fn list(versions: &[(&PartName, &Version)]) -> String {
    let names: Vec<_> = versions.iter().map(|(name, _)| name.to_string()).collect();
    crate::rules::finding::listed(&names)
}
