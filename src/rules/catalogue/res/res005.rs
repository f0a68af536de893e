//! RES005: messages that are gone once they are missed.

use super::legs::by_message;
use crate::{
    facts::Resolved,
    model::{Contract, Fact, Message, Part, PartKind, Stage, Status, Style, Subject, Text, Transport},
    rules::{Context, Findings, Hop, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct NoReplay;

static META: Meta = Meta {
    code: "RES005",
    slug: "no-replay",
    summary: "a message with no replay strategy",
    why: "\"Failure is inevitable: design for it\" (docs/principles.md). A consumer that was down, or had a bug, needs what it \
          missed; without a way to have it again it stays wrong for good (Kleppmann, Designing Data-Intensive Applications, chapter 11).",
    example: "The loyalty service drops the orders of one night; nobody can send OrderPlaced again.",
    remedy: "Say how the message is had again: from the log of the backbone, from an outbox, or by a resend on request.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::Failure,
    star: false,
};

impl Rule for NoReplay {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, contract) in &cx.model.contracts {
            let foreign = cx.is_foreign(contract.provider.known());
            let in_force = !matches!(contract.status, Fact::Known(Status::Draft | Status::Retired));
            let legs = by_message(cx, id, contract);
            for (name, message) in &contract.messages {
                let legs = legs.get(name).map_or(&[][..], Vec::as_slice);
                let about = Subject::part(PartKind::Message, &Part { contract: id.clone(), name: name.clone() });
                if foreign || !in_force || by_file(contract, legs) || is_answer(legs) {
                    out.exempt(&META, about);
                } else {
                    look(out, about, message, legs);
                }
            }
        }
    }
}

/// A file is sent again as a whole: that is a matter of restart and reconciliation.
fn by_file(contract: &Contract, legs: &[&Hop<'_>]) -> bool {
    let file = |leg: &&Hop<'_>| leg.travels() == Some(Transport::File);
    matches!(contract.style, Fact::Known(Style::File | Style::DatabaseView))
        || (!legs.is_empty() && legs.iter().all(file))
}

/// Whether it only answers a request: whoever waits for it in vain asks again.
fn is_answer(legs: &[&Hop<'_>]) -> bool {
    !legs.is_empty() && legs.iter().all(|leg| leg.reply_to.is_known())
}

fn look(out: &mut Findings<'_>, about: Subject, message: &Message, legs: &[&Hop<'_>]) {
    let replays: Vec<_> = legs.iter().map(|leg| (*leg, replay(leg))).collect();
    if message.replay.is_known() || replays.iter().any(|(_, replay)| replay.is_met()) {
        return out.met(&META, about);
    }
    let never = !replays.is_empty() && replays.iter().all(|(_, replay)| replay.is_none());
    let finding = if message.replay.is_none() || never {
        Some(out.defect(&META, about.clone(), say![about.clone(), " cannot be had again once it is missed"]))
    } else {
        out.gap(&META, about.clone(), say!["how ", about.clone(), " is had again once it is missed was not asked"])
    };
    let Some(finding) = finding else { return };
    finding.because(about, "replay", if message.replay.is_none() { "none" } else { "not asked" });
    for (leg, replay) in replays {
        let value = if replay.is_none() { "none" } else { "not asked" };
        finding.with([leg.into()]).with(leg.ends()).because_of(leg, "replay", value, leg.facts.found(&replay));
    }
}

fn replay<'a>(leg: &Hop<'a>) -> Resolved<'a, Text> {
    leg.facts.get("replay", |layer| &layer.resilience.replay)
}
