//! CPL004: a system in the middle of everything.

use std::collections::{BTreeMap, BTreeSet};

use super::limit::Limit;
use crate::{
    model::{Domain, Id, Subject, SystemKind, SystemRole},
    rules::{
        Context, End, Findings, Hop, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
    topology::{At, waits_for},
};

pub(super) struct Hub;

static META: Meta = Meta {
    code: "CPL004",
    slug: "hub",
    summary: "a system with synchronous peers in more other domains than the policy allows",
    why: "\"Tight coupling disguised as convenience\" (docs/principles.md, problems). A system that half of the organisation \
          calls or is called by can hardly be changed, and everything stops with it.",
    example: "Customer Hub answers calls from Sales, Billing, Logistics, Marketing and Service, and asks all of them back.",
    remedy: "Give each domain what is its own, let others keep copies fed by events, or declare the role that it has.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::LooseCoupling,
    star: false,
};

impl Rule for Hub {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let limit = Limit::of("hub_domains", &cx.model.policy.hub_domains, 4);
        let mut into: Vec<Vec<At>> = vec![Vec::new(); cx.ends().len()];
        let mut outof: Vec<Vec<At>> = vec![Vec::new(); cx.ends().len()];
        for hop in cx.hops().iter().filter(|hop| waits_for(hop) && !hop.has_person()) {
            let (from, to) = cx.topology.pair(hop.at);
            outof.get_mut(from).into_iter().for_each(|hops| hops.push(hop.at));
            into.get_mut(to).into_iter().for_each(|hops| hops.push(hop.at));
        }
        let systems = cx.ends().iter().zip(into.iter().zip(&outof));
        for (end, (into, outof)) in systems.filter(|(end, _)| !is_common(end) && !end.is_external()) {
            // A backend for a frontend calls wherever its screens lead: it is no hub for that.
            let outof = if end.role.is(&SystemRole::Bff) { &[][..] } else { outof };
            if into.len() + outof.len() > limit.most as usize || passes(cx, into, outof) {
                look(cx, out, *end, (into, outof), &limit);
            }
        }
    }
}

/// What is there for all domains.
fn is_common(end: &End<'_>) -> bool {
    let role = end.role.known();
    let shared = [SystemRole::Platform, SystemRole::IdentityProvider, SystemRole::IntegrationPlatform];
    end.is(SystemKind::Gateway) || end.is(SystemKind::Backbone) || role.is_some_and(|role| shared.contains(role))
}

/// Whether a hop may stand for several peers, beyond what passes it on.
fn passes(cx: &Context<'_>, into: &[At], outof: &[At]) -> bool {
    into.iter().any(|at| cx.hop(*at).from.passes_on()) || outof.iter().any(|at| cx.hop(*at).to.passes_on())
}

fn look<'a>(cx: &'a Context<'a>, out: &mut Findings<'_>, hub: End<'a>, hops: (&[At], &[At]), limit: &Limit) {
    let mut peers: BTreeMap<&Id<Domain>, (Vec<End<'a>>, Vec<&Hop<'a>>)> = BTreeMap::new();
    let callers = hops.0.iter().flat_map(|at| beyond(cx, *at, true));
    let called = hops.1.iter().flat_map(|at| beyond(cx, *at, false));
    for (peer, hop) in callers.chain(called).filter(|(peer, _)| !is_common(peer) && !peer.is_person()) {
        if let Some(domain) = peer.domain.filter(|domain| hub.domain != Some(*domain)) {
            let (systems, hops) = peers.entry(domain).or_default();
            systems.push(peer);
            hops.push(hop);
        }
    }
    // One of them may be its own, where that is not known.
    let others = peers.len() - usize::from(hub.domain.is_none() && !peers.is_empty());
    if others <= limit.most as usize {
        return;
    }
    let word = if hub.domain.is_some() { "other domains" } else { "domains" };
    let mut said = say![hub, format!(" calls or is called by systems of {} {word}: ", peers.len())];
    said.extend(names(peers.keys().map(|domain| Subject::from(*domain))));
    said.extend(say![format!("; the limit is {}", limit.most)]);
    let finding = out.defect(&META, hub, said);
    let lit: BTreeSet<Subject> = peers.values().flat_map(|(_, hops)| hops).map(|hop| Subject::from(*hop)).collect();
    finding.with(lit).with(peers.values().flat_map(|(systems, _)| systems).map(|peer| Subject::from(*peer)));
    for (domain, (systems, _)) in &peers {
        if let Some(peer) = systems.first() {
            finding.because(*peer, "domain", domain.to_string());
        }
    }
    limit.tell(finding);
}

/// The systems at the other end of a hop, past what passes it on, and the hop itself.
fn beyond<'a>(cx: &'a Context<'a>, at: At, back: bool) -> Vec<(End<'a>, &'a Hop<'a>)> {
    let hop = cx.hop(at);
    let peer = if back { hop.from } else { hop.to };
    if !peer.passes_on() {
        return vec![(peer, hop)];
    }
    let ways = if back { cx.topology.origins(at) } else { cx.topology.arrivals(at) };
    let last = ways.into_iter().map(|way| if back { cx.hop(way).from } else { cx.hop(way).to });
    last.map(|peer| (peer, hop)).collect()
}
