//! RES015: messages whose order matters, and that do not keep it.

use super::legs::by_message;
use crate::{
    facts::Resolved,
    model::{Fact, Message, OnFailure, Part, PartKind, Status, Subject, SystemKind, SystemRole, Yes},
    rules::{Context, Findings, Hop, Meta, Principle, Rule, Severity, finding::names, finding::say},
};

pub(super) struct UnorderedState;

static META: Meta = Meta {
    code: "RES015",
    slug: "unordered-state",
    summary: "messages whose order matters, with no key, or retried out of order",
    why: "\"Failure is inevitable: design for it\" (docs/principles.md). A broker keeps the order of what has one key, at the most; \
          and what is set aside is overtaken by what follows it (Hohpe and Woolf, Enterprise Integration Patterns: resequencer).",
    example: "AddressChanged has no key; the older address is processed last, and the parcel goes there.",
    remedy: "Key the messages by what they are about, and block what follows a failed one of the same key; or carry a version, \
             and drop what is older.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Failure,
    star: false,
};

impl Rule for UnorderedState {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, contract) in &cx.model.contracts {
            let past = contract.status.is(&Status::Retired);
            let legs = by_message(cx, id, contract);
            for (name, message) in &contract.messages {
                let about = Subject::part(PartKind::Message, &Part { contract: id.clone(), name: name.clone() });
                if past || !message.ordered.is(&Yes::Yes) {
                    out.exempt(&META, about);
                    continue;
                }
                let legs = legs.get(name).into_iter().flatten().filter(|hop| !hop.has_person());
                let overtaken: Vec<_> = legs.filter_map(|hop| Some((*hop, aside(hop)?))).collect();
                look(out, about, message, &overtaken);
            }
        }
    }
}

/// What a consumer does with what it cannot process, if what follows is processed all the same; and who says so.
fn aside(hop: &Hop<'_>) -> Option<(OnFailure, String)> {
    match hop.facts.get("on_failure", |layer| &layer.resilience.on_failure) {
        Resolved::Known(how, origin) if !hop.to.is(SystemKind::Backbone) && !looks_on(hop) => {
            (*how != OnFailure::Block).then(|| (*how, hop.facts.words(&origin)))
        }
        _ => None,
    }
}

/// Whether it only keeps a picture of what happened, which can be drawn anew.
fn looks_on(hop: &Hop<'_>) -> bool {
    matches!(hop.to.role.known(), Some(SystemRole::ReadModel | SystemRole::Analytics))
}

fn look(out: &mut Findings<'_>, about: Subject, message: &Message, overtaken: &[(&Hop<'_>, (OnFailure, String))]) {
    let no_key = message.key.is_none();
    if !no_key && overtaken.is_empty() {
        return match message.key {
            Fact::NotAsked => _ = out.gap(&META, about, Vec::new()),
            _ => out.met(&META, about),
        };
    }
    let mut said = say!["the order of ", about.clone(), " matters, and "];
    if no_key {
        said.push("there is no key that would keep it".into());
    }
    if !overtaken.is_empty() {
        said.push(if no_key { "; and " } else { "" }.into());
        said.extend(names(overtaken.iter().map(|(hop, _)| hop.to.into())));
        said.push(if overtaken.len() == 1 { " goes" } else { " go" }.into());
        said.push(" on past what has failed".into());
    }
    let finding = out.defect(&META, about.clone(), said);
    // What is set aside is seen before it is played again; what is skipped is gone.
    if !no_key && overtaken.iter().all(|(_, (how, _))| *how != OnFailure::Skip) {
        finding.severity(Severity::Info);
    }
    finding.because(about.clone(), "ordered", "yes");
    if no_key {
        finding.because(about, "key", "none");
    }
    for (hop, (how, origin)) in overtaken {
        finding.with([(*hop).into()]).with(hop.ends()).because_of(*hop, "on_failure", how.word(), origin.as_str());
    }
}
