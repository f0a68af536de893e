//! OWN002: several systems write the same record.
//!
//! A writing that answers a command is OWN005's: it names the command that goes astray, and the writing with it. This
//! rule leaves it out, so that one cause is told once.

use std::collections::BTreeSet;

use super::{
    own005::Aimed,
    writes::{Writers, Writes},
};
use crate::{
    model::{Entity, Id, Subject},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
};

pub(super) struct MultipleWriters;

static META: Meta = Meta {
    code: "OWN002",
    slug: "multiple-writers",
    summary: "systems other than the owner write an entity past the owner's commands",
    why: "\"Unclear data ownership — multiple systems write the same records\" (docs/principles.md, problems). Two \
          writers cannot both keep an invariant; the last one wins, and nobody notices.",
    example: "Orders owns Order; Billing sets its status in the same table.",
    remedy: "Let the owner alone write, and give the others a command; or divide the entity; or date the migration's end.",
    severity: Severity::Error,
    gap: None,
    principle: Principle::Ownership,
    star: false,
};

impl Rule for MultipleWriters {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let writes = Writes::of(cx);
        let aimed = Aimed::of(cx, &writes);
        for (id, entity) in &cx.model.entities {
            if entity.not_applicable.contains_key("accesses") {
                out.exempt(&META, id);
                continue;
            }
            let mut writers = writes.past_owner(cx, id, &entity.value);
            writers.retain(|writer, writings| {
                writings.retain(|writing| !aimed.covers(id, writer, writing.contract));
                !writings.is_empty()
            });
            if !writers.is_empty() {
                report(out, id, &entity.value, &writers);
            } else if writes.asked(id, &entity.value) {
                out.met(&META, id);
            } else {
                out.gap(&META, id, Vec::new());
            }
        }
    }
}

fn report(out: &mut Findings<'_>, id: &Id<Entity>, entity: &Entity, writers: &Writers<'_>) {
    let owner = entity.owner.known();
    let parts: BTreeSet<Subject> = entity.partitions.iter().map(|partition| (&partition.owner).into()).collect();
    let overdue = writers.values().flatten().filter_map(|writing| writing.until).min();
    let mut said = say![id, " is written by "];
    said.extend(names(writers.keys().map(|writer| Subject::from(*writer))));
    match owner {
        Some(owner) => said.extend(say![" past its owner, ", owner]),
        None if !parts.is_empty() => {
            said.push(" past the owners of its parts, ".into());
            said.extend(names(parts.clone()));
        }
        None => said.push(", and no system is said to own it".into()),
    }
    if let Some(until) = overdue {
        said.push(format!("; the migration was to end on {until}").into());
    }
    let finding = out.defect(&META, id, said);
    finding.with(writers.keys().map(|writer| Subject::from(*writer))).with(owner.map(Subject::from)).with(parts);
    for (writer, writings) in writers {
        for writing in writings {
            finding.with([writing.source.clone()]);
            finding.because(writing.source.clone(), "accesses", format!("{writer} {}", writing.words));
        }
    }
}
