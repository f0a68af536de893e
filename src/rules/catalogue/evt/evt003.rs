//! EVT003: an event whose form nobody governs.
//!
//! Two things are asked: each message for its schema, and each contract of events for its versions and the rule by which
//! they may change. Where a contract has operations too, VER001 and VER010 ask for these; an informal strategy is
//! VER010's everywhere.

use super::told;
use crate::{
    model::{Contract, Fact, Id, Part, PartKind, PartName, Stage, Status, Subject, Versioning},
    rules::{
        Class, Context, Finding, Findings, Meta, Principle, Rule, Severity,
        contracts::{is_of_events, is_specified},
        finding::{listed, say},
    },
};

pub(super) struct UngovernedEvent;

static META: Meta = Meta {
    code: "EVT003",
    slug: "ungoverned-event",
    summary: "an event without a schema, or events without versions or a rule of compatibility",
    why: "\"Schemas before code\" (docs/principles.md, APIs as products). An event has consumers that its publisher does not \
          know; nobody can be asked before it changes, so schema and mode of compatibility must answer.",
    example: "`OrderPlaced` is whatever the shop writes into it today; last week `total` became a text.",
    remedy: "Give the message a schema and a version, and the versions a mode of compatibility that a registry or a build enforces.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::Compatibility,
    star: false,
};

impl Rule for UngovernedEvent {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let mut of_events: Vec<(&Id<Contract>, &Contract)> = Vec::new();
        told::each(cx, |event| {
            let subject = event.subject();
            if !event.is_event(cx) {
                return out.exempt(&META, subject);
            }
            if of_events.last().is_none_or(|(id, _)| *id != event.contract.0) {
                of_events.push(event.contract);
            }
            let elsewhere = event.message.schema.is_not_asked() && is_specified(event.contract.1);
            let finding = match event.message.schema {
                _ if elsewhere => return out.met(&META, subject),
                Fact::Known(_) => return out.met(&META, subject),
                Fact::None => {
                    Some(out.defect(&META, subject.clone(), say!["the event ", subject.clone(), " has no schema"]))
                }
                Fact::NotAsked => {
                    out.gap(&META, subject.clone(), say!["the schema of the event ", subject.clone(), " was not asked"])
                }
            };
            if let Some(finding) = finding {
                let value = if event.message.schema.is_none() { "none" } else { "not asked" };
                finding.with(event.around()).because(subject, "schema", value);
            }
        });
        for (id, contract) in of_events {
            if is_of_events(cx, id, contract) {
                versions(cx, out, id, contract);
            } else {
                out.exempt(&META, id);
            }
        }
    }
}

/// Whether a contract of events says how it is versioned, and which changes its versions admit.
fn versions<'a>(cx: &Context<'a>, out: &mut Findings<'_>, id: &'a Id<Contract>, contract: &'a Contract) {
    if contract.not_applicable.contains_key("versioning") {
        return out.exempt(&META, id);
    }
    let finding = match &contract.versioning {
        Fact::Known(Versioning::Informal) => return out.exempt(&META, id),
        Fact::Known(strategy) if contract.versions.is_empty() && !is_enforced(*strategy) => {
            let said = say![id, format!(" is to be versioned ({strategy}) and has no version")];
            out.defect(&META, id, said).because(id, "versioning", strategy.word()).because(id, "versions", "none")
        }
        Fact::None => {
            let said = say![id, " has no versioning strategy"];
            out.defect(&META, id, said).because(id, "versioning", "none")
        }
        Fact::NotAsked if contract.versions.is_empty() => {
            let Some(gap) = out.gap(&META, id, say!["the versioning of ", id, " was not asked"]) else { return };
            gap.because(id, "versioning", "not asked")
        }
        Fact::Known(Versioning::Evolution) => return out.met(&META, id),
        Fact::Known(_) | Fact::NotAsked => {
            let Some(finding) = compatibility(out, id, contract) else { return };
            if contract.versioning.is_not_asked() {
                finding.because(id, "versioning", "not asked");
            }
            finding
        }
    };
    finding.with(contract.provider.known().map(Into::into)).with(cx.users(id).map(Into::into));
}

/// Whether something else than its own versions keeps changes compatible.
fn is_enforced(strategy: Versioning) -> bool {
    matches!(strategy, Versioning::SchemaRegistry | Versioning::Evolution)
}

/// Whether the versions of a contract say which changes they admit.
fn compatibility<'f>(out: &'f mut Findings<'_>, id: &Id<Contract>, contract: &Contract) -> Option<&'f mut Finding> {
    let live = contract.versions.iter().filter(|(_, version)| !version.status.is(&Status::Retired));
    let asked = !contract.not_applicable.contains_key("versions");
    let open = |fact: fn(&Fact<_>) -> bool| -> Vec<&PartName> {
        live.clone().filter(|(_, version)| asked && fact(&version.compatibility)).map(|(name, _)| name).collect()
    };
    let (none, not_asked) = (open(Fact::is_none), open(Fact::is_not_asked));
    let (class, names) = match (none.is_empty(), not_asked.is_empty()) {
        (false, _) => (Class::Defect, none),
        (true, false) => (Class::Gap, not_asked),
        (true, true) if contract.versioning.is_not_asked() => {
            return out.gap(&META, id, say!["the versioning of ", id, " was not asked"]);
        }
        (true, true) => {
            out.met(&META, id);
            return None;
        }
    };
    let listed = listed(&names.iter().map(ToString::to_string).collect::<Vec<_>>());
    let finding = match class {
        Class::Defect => out.defect(&META, id, say![id, " has no rule of compatibility for ", listed]),
        Class::Gap => out.gap(&META, id, say!["which changes ", id, " admits within ", listed, " was not asked"])?,
    };
    let value = if class == Class::Defect { "none" } else { "not asked" };
    for name in names {
        let version = Subject::part(PartKind::Version, &Part { contract: id.clone(), name: name.clone() });
        finding.with([version.clone()]).because(version, "compatibility", value);
    }
    Some(finding)
}
