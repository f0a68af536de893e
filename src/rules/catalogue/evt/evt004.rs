//! EVT004: an event that another domain tells.

use std::collections::{BTreeMap, BTreeSet};

use super::told::{self, Told};
use crate::{
    model::{Entity, Id, Subject, System, Trigger},
    rules::{
        Context, Findings, Hop, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
};

pub(super) struct ForeignPublisher;

static META: Meta = Meta {
    code: "EVT004",
    slug: "foreign-publisher",
    summary: "an event published outside the domain that owns its subject",
    why: "\"Ownership before connectivity\" (docs/principles.md). Only the owner of a record knows that something has \
          happened to it; what another tells is hearsay, early, late or wrong.",
    example: "Marketing publishes `CustomerRegistered` when it sees a new address in its copy of the customers.",
    remedy: "Let the domain that owns the record publish the event; name what the other tells after what happened there.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Ownership,
    star: false,
};

impl Rule for ForeignPublisher {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        told::each(cx, |event| {
            let subject = event.subject();
            let entity = event.message.subject.known().and_then(|id| cx.model.entities.get_key_value(id));
            let Some((id, entity)) = entity.filter(|_| event.is_event(cx)) else {
                return out.exempt(&META, subject);
            };
            judge(cx, out, &event, subject, (id, &entity.value));
        });
    }
}

fn judge(
    cx: &Context<'_>,
    out: &mut Findings<'_>,
    event: &Told<'_, '_>,
    subject: Subject,
    (id, entity): (&Id<Entity>, &Entity),
) {
    let owners: Vec<&Id<System>> =
        entity.owner.known().into_iter().chain(entity.partitions.iter().map(|part| &part.owner)).collect();
    let mut foreign: BTreeMap<&Id<System>, Vec<Subject>> = BTreeMap::new();
    let mut speakers: BTreeSet<&Id<System>> = BTreeSet::new();
    let mut at_home = false;
    for hop in event.first(cx) {
        // External systems tell what they like.
        if hop.from.is_external() {
            continue;
        }
        let voices = told::voices(cx, hop.from);
        if is_passed_on(cx, hop, id, &owners) {
            at_home = true;
            continue;
        }
        let apart = |voice: &&Id<System>| owners.iter().all(|owner| cx.apart(owner, voice));
        if owners.is_empty() || voices.is_empty() || !voices.iter().all(apart) {
            at_home |= voices.iter().any(|voice| owners.iter().any(|owner| is_home(cx, owner, voice)));
            continue;
        }
        foreign.entry(hop.from.id).or_default().push(hop.into());
        speakers.extend(voices);
    }
    if foreign.is_empty() {
        if at_home {
            out.met(&META, subject);
        } else {
            out.gap(&META, subject, Vec::new());
        }
        return;
    }
    let owners: Vec<Subject> = owners.into_iter().map(Subject::from).collect();
    let publishers: Vec<Subject> = foreign.keys().map(|publisher| (*publisher).into()).collect();
    let mut said = say!["the event ", subject.clone(), " is published by "];
    said.extend(names(publishers.clone()));
    said.extend(say![", outside the domain that owns ", id]);
    let finding = out.defect(&META, subject.clone(), said);
    finding.with([event.contract.0.into(), id.into()]).with(publishers).with(owners.clone());
    finding.because(subject, "subject", id.to_string());
    for owner in owners {
        finding.because(owner.clone(), "domain", domain(cx, &Id::from_slug(owner.key.slug)));
    }
    finding.with(foreign.into_values().flatten());
    for speaker in speakers {
        finding.with([speaker.into()]).because(speaker, "domain", domain(cx, speaker));
    }
}

/// Whether it only passes on what the owner has told of the same entity.
fn is_passed_on(cx: &Context<'_>, hop: &Hop<'_>, entity: &Id<Entity>, owners: &[&Id<System>]) -> bool {
    let of_owner = |trigger: &Trigger| {
        let Trigger::Message(part) = trigger else { return false };
        let Some(contract) = cx.model.contracts.get(&part.contract) else { return false };
        let same = contract.messages.get(&part.name).is_some_and(|message| message.subject.is(entity));
        let provider = contract.provider.known();
        same && provider.is_some_and(|provider| owners.iter().any(|owner| is_home(cx, owner, provider)))
    };
    let triggers = hop.triggered_by.known().into_iter().flat_map(|triggers| triggers.iter());
    let mut triggers = triggers.peekable();
    triggers.peek().is_some() && triggers.all(of_owner)
}

/// Whether two systems are known to be of one domain.
fn is_home(cx: &Context<'_>, owner: &Id<System>, voice: &Id<System>) -> bool {
    owner == voice || (cx.root_domain(owner).is_some() && cx.root_domain(owner) == cx.root_domain(voice))
}

fn domain(cx: &Context<'_>, system: &Id<System>) -> String {
    cx.root_domain(system).map_or_else(String::new, ToString::to_string)
}
