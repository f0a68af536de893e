//! EVT003: an event whose form nobody governs.
//!
//! Two things are asked: each message for its schema, and each contract of events for the rule by which its versions may
//! change. A contract without versions is VER001's; one with an informal strategy VER010's.

use super::told;
use crate::{
    model::{Contract, Fact, Id, Part, PartKind, PartName, Stage, Status, Subject, Versioning},
    rules::{
        Class, Context, Findings, Meta, Principle, Rule, Severity,
        finding::{listed, say},
    },
};

pub(super) struct UngovernedEvent;

static META: Meta = Meta {
    code: "EVT003",
    slug: "ungoverned-event",
    summary: "an event without a schema, or versions of events without a rule of compatibility",
    why: "\"Schemas before code\" (docs/principles.md, APIs as products). An event has consumers that its publisher does not \
          know; nobody can be asked before it changes, so schema and mode of compatibility must answer.",
    example: "`OrderPlaced` is whatever the shop writes into it today; last week `total` became a text.",
    remedy: "Give the message a schema, and its versions a mode of compatibility that a registry or a build enforces.",
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
            let finding = match event.message.schema {
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
            versions(out, id, contract);
        }
    }
}

/// Whether the versions of a contract say which changes they admit.
fn versions(out: &mut Findings<'_>, id: &Id<Contract>, contract: &Contract) {
    let informal = contract.versioning.is(&Versioning::Informal);
    if contract.versions.is_empty() || informal || contract.not_applicable.contains_key("versions") {
        return out.exempt(&META, id);
    }
    let live = contract.versions.iter().filter(|(_, version)| !version.status.is(&Status::Retired));
    let open = |fact: fn(&Fact<_>) -> bool| -> Vec<&PartName> {
        live.clone().filter(|(_, version)| fact(&version.compatibility)).map(|(name, _)| name).collect()
    };
    let (none, not_asked) = (open(Fact::is_none), open(Fact::is_not_asked));
    let (class, names) = match (none.is_empty(), not_asked.is_empty()) {
        (false, _) => (Class::Defect, none),
        (true, false) => (Class::Gap, not_asked),
        (true, true) => return out.met(&META, id),
    };
    let listed = listed(&names.iter().map(ToString::to_string).collect::<Vec<_>>());
    let finding = match class {
        Class::Defect => Some(out.defect(&META, id, say![id, " has no rule of compatibility for ", listed])),
        Class::Gap => out.gap(&META, id, say!["which changes ", id, " admits within ", listed, " was not asked"]),
    };
    let Some(finding) = finding else { return };
    let value = if class == Class::Defect { "none" } else { "not asked" };
    for name in names {
        let version = Subject::part(PartKind::Version, &Part { contract: id.clone(), name: name.clone() });
        finding.with([version.clone()]).because(version, "compatibility", value);
    }
}
