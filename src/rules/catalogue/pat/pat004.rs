//! PAT004: an event that leaves its domain by a way of its own.
//!
//! One finding per message. Silent are declared answers to somebody who asked (`reply_to`), files, gateways, and
//! whatever comes from external systems or goes to them, through their adapters as well.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{Contract, Id, InteractionKind, Part, PartKind, PartName, Subject, SystemKind, Transport},
    rules::{
        Context, End, Findings, Hop, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
};

pub(super) struct OffBackbone;

static META: Meta = Meta {
    code: "PAT004",
    slug: "cross-domain-event-off-backbone",
    summary: "an event crosses domains outside a backbone",
    why: "\"A backbone for events between domains\" (docs/principles.md, patterns). A publisher that sends to each consumer \
          itself knows them all, waits for the slowest, and keeps nothing to be replayed.",
    example: "Orders posts `OrderPlaced` to the addresses of Shipping, Billing and Loyalty, one after the other.",
    remedy: "Publish it on the backbone once, and let the other domains subscribe.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::LooseCoupling,
    star: false,
};

impl Rule for OffBackbone {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let mut off: BTreeMap<(&Id<Contract>, &PartName), Vec<&Hop<'_>>> = BTreeMap::new();
        let mut on: BTreeSet<(&Id<Contract>, &PartName)> = BTreeSet::new();
        for hop in cx.hops().iter().filter(|hop| hop.kind == InteractionKind::Event) {
            let message = hop.interaction.contract.known().zip(hop.interaction.message.known());
            let backbone = hop.from.is(SystemKind::Backbone) || hop.to.is(SystemKind::Backbone);
            match message {
                Some(message) if backbone => _ = on.insert(message),
                _ if backbone || !goes_off(cx, hop) => {}
                Some(message) => off.entry(message).or_default().push(hop),
                None => report(out, hop.into(), &[hop]),
            }
        }
        for message in on.into_iter().filter(|message| !off.contains_key(message)) {
            out.met(&META, subject(message));
        }
        for (message, hops) in off {
            report(out, subject(message), &hops);
        }
    }
}

fn subject((contract, name): (&Id<Contract>, &PartName)) -> Subject {
    Subject::part(PartKind::Message, &Part { contract: contract.clone(), name: name.clone() })
}

/// Whether an event goes straight from a system of one domain to a system of another.
fn goes_off(cx: &Context<'_>, hop: &Hop<'_>) -> bool {
    hop.leaves_domain()
        && hop.travels() != Some(Transport::File)
        && !hop.reply_to.is_known()
        && [hop.from, hop.to].into_iter().all(|end| is_ours(cx, end))
        && !cx.same_deployable(hop.from.id, hop.to.id)
}

fn is_ours(cx: &Context<'_>, end: End<'_>) -> bool {
    let mut fronts = end.system.fronts.known().into_iter().flat_map(|fronts| fronts.iter());
    !matches!(end.system.kind, SystemKind::External | SystemKind::Person | SystemKind::Gateway)
        && !fronts.any(|front| cx.is(front, SystemKind::External))
}

fn report(out: &mut Findings<'_>, about: Subject, hops: &[&Hop<'_>]) {
    let ends = |pick: fn(&Hop<'_>) -> Subject| hops.iter().map(|hop| pick(hop)).collect::<BTreeSet<Subject>>();
    let (from, to) = (ends(|hop| hop.from.into()), ends(|hop| hop.to.into()));
    let mut said = if about.part.is_some() {
        say!["the event ", about.clone(), " goes from "]
    } else {
        say!["an event goes from "]
    };
    said.extend(names(from));
    said.push(" straight to ".into());
    let domains = if to.len() == 1 { " in another domain" } else { " in other domains" };
    said.extend(names(to));
    said.extend(say![domains, ", outside a backbone"]);
    let finding = out.defect(&META, about, said);
    for hop in hops {
        finding.with([Subject::from(*hop)]).with(hop.ends());
        for end in [hop.from, hop.to] {
            let domain = end.domain.map_or_else(String::new, ToString::to_string);
            if !finding.evidence.iter().any(|known| known.key == end.into()) {
                finding.because(end.id, "domain", domain);
            }
        }
    }
}
