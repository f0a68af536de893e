//! EVT002: an event that is changed after it was told.

use super::told;
use crate::{
    model::Fact,
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct MutableEvent;

static META: Meta = Meta {
    code: "EVT002",
    slug: "mutable-event",
    summary: "an event that may be changed or corrected in place",
    why: "Events \"are named as facts, and never changed\" (docs/principles.md, interactions). Who has read the first telling \
          never hears of the second, and a replay tells another story than the one that consumers acted on.",
    example: "`InvoiceIssued` is overwritten in the topic when an amount was wrong; the ledger still has the old one.",
    remedy: "Leave events as they were told; correct by telling another: `InvoiceCorrected`.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for MutableEvent {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        told::each(cx, |event| {
            let subject = event.subject();
            if !event.is_event(cx) {
                return out.exempt(&META, subject);
            }
            match event.message.immutable {
                Fact::Known(_) => out.met(&META, subject),
                Fact::NotAsked => _ = out.gap(&META, subject, Vec::new()),
                Fact::None => {
                    let said = say!["the event ", subject.clone(), " may be changed after it was told"];
                    out.defect(&META, subject.clone(), said).with(event.around()).because(subject, "immutable", "none");
                }
            }
        });
    }
}
