//! EVT006: an event that nobody hears.
//!
//! That no subscriber is in the model is a gap, for somebody may listen whom nobody has drawn. It is known where the
//! contract says that it has no consumers. Contracts that are open to anybody, and those that document consumers, which
//! CON007 compares with the interactions, are answers.

use super::told;
use crate::{
    model::{Consumers, Fact, Stage, Status, SystemKind},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct UnheardEvent;

static META: Meta = Meta {
    code: "EVT006",
    slug: "unheard-event",
    summary: "an event that nobody subscribes to",
    why: "Events \"assume no consumer\" (docs/principles.md, interactions), so this is no mistake; but what nobody needs is \
          paid for all the same, and what somebody needs secretly is a contract that nobody has written down.",
    example: "`CartViewed` has been published a million times a day since the recommendations were switched off.",
    remedy: "Draw who subscribes, say that it is open to anybody, or stop publishing it.",
    severity: Severity::Info,
    gap: Some(Stage::Governed),
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for UnheardEvent {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        told::each(cx, |event| {
            let (subject, contract) = (event.subject(), event.contract.1);
            let draft = contract.status.is(&Status::Draft);
            if !event.is_event(cx) || draft || contract.not_applicable.contains_key("consumers") {
                return out.exempt(&META, subject);
            }
            if event.hops.iter().any(|hop| !hop.to.is(SystemKind::Backbone)) {
                return out.met(&META, subject);
            }
            let finding = match &contract.consumers {
                Fact::Known(Consumers::Open | Consumers::Documented(_)) => return out.met(&META, subject),
                Fact::None => Some(out.defect(&META, subject.clone(), say!["nobody subscribes to ", subject.clone()])),
                Fact::NotAsked => {
                    out.gap(&META, subject.clone(), say!["who subscribes to ", subject.clone(), " was not asked"])
                }
            };
            if let Some(finding) = finding {
                let value = if contract.consumers.is_none() { "none" } else { "not asked" };
                finding.with(event.around()).because(event.contract.0, "consumers", value);
            }
        });
    }
}
