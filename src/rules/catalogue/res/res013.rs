//! RES013: two writes that are meant to be one.

use crate::{
    model::{Fact, Id, Operation, Part, PartKind, Published, Publishing, Status, Subject, System},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::names, finding::say},
};

pub(super) struct DualWrite;

static META: Meta = Meta {
    code: "RES013",
    slug: "dual-write",
    summary: "one operation writes a store and publishes, with neither outbox nor change feed",
    why: "\"Failure is inevitable: design for it\" (docs/principles.md). Between the write and the message anything can fail; \
          then the record and the event tell different stories, and no retry mends it (Richardson, Microservices Patterns: \
          transactional outbox).",
    example: "PlaceOrder commits the order and then sends OrderPlaced; the process dies in between, and nothing is shipped.",
    remedy: "Write the message to an outbox in the same transaction, or derive it from the store's change feed.",
    severity: Severity::Error,
    gap: None,
    principle: Principle::Failure,
    star: false,
};

impl Rule for DualWrite {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, contract) in &cx.model.contracts {
            let theirs = cx.is_foreign(contract.provider.known()) || contract.status.is(&Status::Retired);
            for (name, operation) in &contract.operations {
                let about = Subject::part(PartKind::Operation, &Part { contract: id.clone(), name: name.clone() });
                let twice: Vec<_> = operation.publishes.iter().filter(|sent| is_dual(operation, sent)).collect();
                let open = operation.publishes.iter().any(|published| published.how.is_not_asked());
                if theirs || operation.publishes.is_empty() {
                    out.exempt(&META, about);
                } else if !twice.is_empty() {
                    blame(out, &about, operation, &twice, contract.provider.known());
                } else if open {
                    out.gap(&META, about, Vec::new());
                } else {
                    out.met(&META, about);
                }
            }
        }
    }
}

/// Said to be so; or it writes, and there is nothing that holds both together.
fn is_dual(operation: &Operation, published: &Published) -> bool {
    match published.how {
        Fact::Known(how) => how == Publishing::DualWrite,
        Fact::None => !operation.writes.is_empty(),
        Fact::NotAsked => false,
    }
}

fn blame(
    out: &mut Findings<'_>,
    about: &Subject,
    operation: &Operation,
    twice: &[&Published],
    provider: Option<&Id<System>>,
) {
    let messages = || twice.iter().map(|published| Subject::part(PartKind::Message, &published.message));
    let mut said = say![about.clone(), " writes, and publishes "];
    said.extend(names(messages()));
    said.push(" beside it: one can happen without the other".into());
    let finding = out.defect(&META, about.clone(), said);
    finding.with(provider.map(Subject::from)).with(messages());
    finding.with(operation.writes.iter().map(Subject::from));
    for published in twice {
        let how = published.how.known().map_or("none", |how| how.word());
        finding.because(about.clone(), "publishes", format!("{}: {how}", published.message.name));
    }
}
