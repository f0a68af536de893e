//! EVT005: one event that several owners tell.

use std::collections::{BTreeMap, BTreeSet};

use super::told::{self, Told};
use crate::{
    model::{Entity, Id, Subject, System, Team},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
};

pub(super) struct ManyPublishers;

static META: Meta = Meta {
    code: "EVT005",
    slug: "many-publishers",
    summary: "one message published by systems of different owners",
    why: "\"Ownership before connectivity\" (docs/principles.md). A message that two teams publish has two meanings; \
          neither can change it without the other, and no order holds between what they tell.",
    example: "Shop and call centre both publish `OrderPlaced`; one fills in the tax, the other does not.",
    remedy: "Let one system publish it, and the other ask that one; or give each its own event with a name of its own.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Ownership,
    star: false,
};

impl Rule for ManyPublishers {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        told::each(cx, |event| {
            let subject = event.subject();
            if event.is_event(cx) {
                judge(cx, out, &event, subject);
            } else {
                out.exempt(&META, subject);
            }
        });
    }
}

fn judge(cx: &Context<'_>, out: &mut Findings<'_>, event: &Told<'_, '_>, subject: Subject) {
    let mut teams: BTreeMap<&Id<Team>, BTreeSet<&Id<System>>> = BTreeMap::new();
    let (mut hops, mut unknown, mut any) = (Vec::new(), false, false);
    let entity = event.message.subject.known().and_then(|id| cx.model.entities.get(id));
    // A standard message that many partners send is what makes it a standard.
    for hop in event.first(cx).filter(|hop| !hop.from.is_external()) {
        any = true;
        hops.push(Subject::from(hop));
        let voices = told::voices(cx, hop.from);
        unknown |= voices.is_empty();
        // Each owner of a part of the record tells what happens to that part.
        let apart = |voice: &&Id<System>| !entity.is_some_and(|entity| owns_part(&entity.value, voice));
        for voice in voices.into_iter().filter(apart) {
            match cx.model.system(voice).and_then(|system| system.owner.known()) {
                Some(team) => _ = teams.entry(team).or_default().insert(hop.from.id),
                None => unknown = true,
            }
        }
    }
    let publishers: BTreeSet<Subject> = teams.values().flatten().map(|publisher| (*publisher).into()).collect();
    if teams.len() < 2 || publishers.len() < 2 {
        if unknown || !any {
            out.gap(&META, subject, Vec::new());
        } else {
            out.met(&META, subject);
        }
        return;
    }
    let mut said = say!["the event ", subject.clone(), " is published by "];
    said.extend(names(publishers.clone()));
    said.push(", which have different owners".into());
    let finding = out.defect(&META, subject, said);
    finding.with([event.contract.0.into()]).with(publishers).with(hops).with(teams.keys().map(|team| (*team).into()));
    for (team, publishers) in teams {
        for publisher in publishers {
            finding.because(publisher, "owner", team.to_string());
        }
    }
}

fn owns_part(entity: &Entity, system: &Id<System>) -> bool {
    entity.partitions.iter().any(|part| part.owner == *system)
}
