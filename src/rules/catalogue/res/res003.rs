//! RES003: a call that is tried again, and does its work twice.

use crate::{
    facts::Resolved,
    model::{Fact, InteractionKind, Operation, OperationKind, PartKind, Retry, Subject},
    rules::{Context, Findings, Hop, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct RetryWithoutIdempotency;

static META: Meta = Meta {
    code: "RES003",
    slug: "retry-without-idempotency",
    summary: "retries on a command that is not idempotent",
    why: "\"Idempotency where retries can happen\" (docs/principles.md, APIs as products). A caller that hears nothing cannot \
          tell a lost request from a lost answer; RFC 9110, 9.2.2, says not to retry by itself what is not idempotent.",
    example: "Payment answers too late, Checkout tries again, and the card is charged twice.",
    remedy: "Make the command idempotent (an idempotency key, or by nature), or do not retry it.",
    severity: Severity::Error,
    gap: None,
    principle: Principle::Failure,
    star: false,
};

impl Rule for RetryWithoutIdempotency {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for hop in cx.hops() {
            let Some(operation) = command(hop) else {
                out.exempt(&META, hop);
                continue;
            };
            let retries = hop.facts.get("retries", |layer| &layer.resilience.retries);
            match (&retries, &operation.idempotency) {
                (Resolved::NotApplicable(_), _) => out.exempt(&META, hop),
                (Resolved::Known(retry, origin), Fact::None) if retry.count > 0 => {
                    blame(out, hop, retry, &hop.facts.words(origin));
                }
                (Resolved::Known(retry, _), Fact::NotAsked) if retry.count > 0 => _ = out.gap(&META, hop, Vec::new()),
                (Resolved::NotAsked, Fact::None) => _ = out.gap(&META, hop, Vec::new()),
                _ => out.met(&META, hop),
            }
        }
    }
}

/// The command that a program calls, where its contract knows it.
fn command<'a>(hop: &Hop<'a>) -> Option<&'a Operation> {
    let changes = matches!(hop.kind, InteractionKind::Command | InteractionKind::Unclassified);
    hop.operation.filter(|operation| changes && operation.kind == OperationKind::Command && !hop.has_person())
}

fn blame(out: &mut Findings<'_>, hop: &Hop<'_>, retry: &Retry, origin: &str) {
    let times = if retry.count == 1 { "once".to_owned() } else { format!("{} times", retry.count) };
    let finding = out.defect(&META, hop, say![hop, format!(" is retried {times}, and the command is not idempotent")]);
    finding.with(hop.ends()).because_of(hop, "retries", retry.count.to_string(), origin);
    if let Some(part) = hop.interaction.part() {
        let operation = Subject::part(PartKind::Operation, &part);
        finding.with([operation.clone()]).because(operation, "idempotency", "none");
    }
}
