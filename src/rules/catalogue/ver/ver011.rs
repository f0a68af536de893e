//! VER011: a change that nobody was told of.

use super::life::{is_ours, is_out_of_force, pinned, subject};
use crate::{
    model::{Consumers, Contract, Fact, Id},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct UnannouncedChange;

static META: Meta = Meta {
    code: "VER011",
    slug: "unannounced-change",
    summary: "a revision of a version that consumers were not told of",
    why: "\"Versions handled informally\" is on the list of problems in docs/principles.md, and so is hidden coupling among its \
          anti-patterns: what fits the rules of a version can still break a consumer that relied on more.",
    example: "The field `discount` became a decimal overnight; the schema allowed it, the report did not.",
    remedy: "Tell the consumers of the change and put that on record; have revisions announced before they are deployed.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Compatibility,
    star: false,
};

impl Rule for UnannouncedChange {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, contract) in &cx.model.contracts {
            let asked = is_ours(cx, contract) && has_consumers(cx, id, contract);
            for (name, version) in &contract.versions {
                let about = subject(id, name);
                let made = || version.revisions.iter().filter(|revision| revision.on <= cx.as_of);
                if !asked || is_out_of_force(version, cx.as_of) || made().all(|r| r.announced.is_not_asked()) {
                    out.exempt(&META, about);
                    continue;
                }
                let dates: Vec<_> = made().filter(|r| r.announced.is_none()).map(|r| r.on.to_string()).collect();
                let words = match dates.as_slice() {
                    [] => {
                        out.met(&META, about);
                        continue;
                    }
                    [date] => format!("consumers were not told of the revision of {date} of "),
                    more => format!("consumers were not told of {} revisions of ", more.len()),
                };
                let said = say![words, about.clone(), " of ", id];
                let finding = out.defect(&META, about.clone(), said).with([id.into()]).with(pinned(cx, id, name));
                for date in dates {
                    finding.because(about.clone(), "announced", format!("none (revision of {date})"));
                }
            }
        }
    }
}

/// Whether there is anybody to be told.
fn has_consumers(cx: &Context<'_>, id: &Id<Contract>, contract: &Contract) -> bool {
    let nobody = match &contract.consumers {
        Fact::None => true,
        Fact::Known(Consumers::Documented(systems)) => systems.is_empty(),
        Fact::NotAsked | Fact::Known(Consumers::Open) => false,
    };
    !nobody || cx.users(id).next().is_some()
}
