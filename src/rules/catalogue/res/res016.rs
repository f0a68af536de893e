//! RES016: a transfer of which nobody knows whether it is whole.

use crate::{
    facts::{Origin, Resolved},
    model::{Fact, Reconciliation, Stage, Style, SystemKind, SystemRole, Text, Transport, Trigger},
    rules::{
        Context, Findings, Hop, Meta, Principle, Rule, Severity,
        lacking::{Lack, lacking_some},
    },
};

pub(super) struct UnreconciledTransfer;

static META: Meta = Meta {
    code: "RES016",
    slug: "unreconciled-transfer",
    summary: "a file, batch or bulk copy with no completeness check, restart or owner of differences",
    why: "\"Failure is inevitable: design for it\" (docs/principles.md). A transfer that breaks off leaves half the records; unless \
          totals are compared, nobody sees which half.",
    example: "The stock file stops after 40,000 of 60,000 lines; the import says nothing, and a third of the shop is sold out.",
    remedy: "Compare counts or totals on both sides, say how a broken transfer is taken up again, and who clears differences.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::Failure,
    star: false,
};

const FACTS: [&str; 3] = ["reconciliation.check", "reconciliation.restart", "reconciliation.owner"];
const THINGS: [&str; 3] = ["completeness check", "restart", "owner of differences"];

impl Rule for UnreconciledTransfer {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        lacking_some(cx, out, &META, (FACTS, THINGS), |hop| {
            let asked = is_file(hop);
            if !(asked || is_batch(hop)) || hop.has_person() || passes(cx, hop) {
                return [Lack::Exempt, Lack::Exempt, Lack::Exempt];
            }
            let whole = hop.facts.get("reconciliation", |layer| &layer.resilience.reconciliation);
            let lacks = PARTS.map(|part| lack(&whole, part));
            // What runs by the clock need not move in bulk: only who was asked can lack it.
            if asked { lacks } else { lacks.map(Lack::if_known) }
        });
    }
}

type Part = fn(&Reconciliation) -> &Fact<Text>;

const PARTS: [Part; 3] = [|whole| &whole.check, |whole| &whole.restart, |whole| &whole.owner];

fn lack(whole: &Resolved<'_, Reconciliation>, part: Part) -> Lack {
    match whole {
        Resolved::Known(known, origin) => said(part(known), origin),
        none => Lack::of(none),
    }
}

fn said(part: &Fact<Text>, origin: &Origin) -> Lack {
    match part {
        Fact::Known(_) => Lack::Met,
        Fact::None => Lack::None(origin.clone()),
        Fact::NotAsked => Lack::Unsaid(origin.clone()),
    }
}

/// As it says, or as its contract says. What a backbone carries are messages, wherever they come from.
fn is_file(hop: &Hop<'_>) -> bool {
    let contract = || hop.contract.is_some_and(|(_, contract)| contract.style.is(&Style::File));
    let messages = || hop.from.is(SystemKind::Backbone) || hop.to.is(SystemKind::Backbone);
    hop.travels() == Some(Transport::File) || (!hop.transport.is_known() && contract() && !messages())
}

fn is_batch(hop: &Hop<'_>) -> bool {
    let clock = |trigger: &Trigger| matches!(trigger, Trigger::Schedule(_));
    hop.schedule.is_known() || hop.triggered_by.known().is_some_and(|triggers| triggers.iter().any(clock))
}

/// What is passed on as a file is reconciled at its end; between others it is theirs.
fn passes(cx: &Context<'_>, hop: &Hop<'_>) -> bool {
    let theirs = hop.from.is_external() && hop.to.is_external();
    let relay = hop.to.passes_on() || hop.to.role.is(&SystemRole::FileTransfer);
    theirs || (relay && cx.hops_from(hop.to.id).any(is_file))
}
