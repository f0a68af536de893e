//! CPL002: calls in a row, each waiting for the next.

use std::{cmp::Reverse, collections::BTreeSet};

use super::limit::Limit;
use crate::{
    model::Subject,
    rules::{Context, Findings, Hop, Meta, Piece, Principle, Rule, Severity, finding::names},
    topology::{At, Chain, Join, waits_for},
};

pub(super) struct DeepSynchronousChain;

static META: Meta = Meta {
    code: "CPL002",
    slug: "deep-synchronous-chain",
    summary: "more calls in a row than the policy allows, each waiting for the next",
    why: "\"Loose coupling over convenience\" (docs/principles.md). Whoever stands first waits for all the others, and the \
          calls can only be understood, changed and tested together.",
    example: "To show a price, Shop asks Catalogue, which asks Pricing, which asks Tax, which asks Currency.",
    remedy: "Cut the row: let the first read a copy fed by events, send the rest as an event, cache an answer, or fall back.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::LooseCoupling,
    star: false,
};

impl Rule for DeepSynchronousChain {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let limit = Limit::of("synchronous_depth", &cx.model.policy.synchronous_depth, 3);
        let keep = |at: At| goes_on(cx.hop(at));
        let counts = |at: At| between_processes(cx, cx.hop(at));
        let chains = cx.topology.longest_chains(&keep, &counts, limit.most.saturating_add(1) as usize);
        for chain in told(chains) {
            report(cx, out, &chain, &limit);
        }
    }
}

/// Whether its caller has to wait for it, come what may. People wait as they like; a fallback or a cache answers instead.
fn goes_on(hop: &Hop<'_>) -> bool {
    let cached = hop.operation.is_some_and(|operation| operation.cacheable.is_known());
    let guarded = || hop.facts.get("fallback", |layer| &layer.resilience.fallback).known().is_some();
    waits_for(hop) && !hop.has_person() && !cached && !guarded()
}

/// What only passes a call on is no step of its own, and neither is another module of one deployable.
fn between_processes(cx: &Context<'_>, hop: &Hop<'_>) -> bool {
    !hop.to.passes_on() && !cx.same_deployable(hop.from.id, hop.to.id)
}

/// Where nobody has asked what triggers what, most chains share most of their hops: the longest of them is told.
fn told(chains: Vec<Chain>) -> Vec<Chain> {
    let (mut told, mut possible): (Vec<Chain>, Vec<Chain>) =
        chains.into_iter().partition(|chain| chain.join == Join::Certain);
    possible.sort_by(|a, b| (Reverse(a.length), &a.hops).cmp(&(Reverse(b.length), &b.hops)));
    let mut known: BTreeSet<At> = BTreeSet::new();
    for chain in possible {
        if !chain.hops.iter().any(|hop| known.contains(hop)) {
            known.extend(&chain.hops);
            told.push(chain);
        }
    }
    told
}

fn report(cx: &Context<'_>, out: &mut Findings<'_>, chain: &Chain, limit: &Limit) {
    let hops: Vec<&Hop<'_>> = chain.hops.iter().map(|at| cx.hop(*at)).collect();
    let Some(first) = hops.first() else { return };
    let waits = if chain.join == Join::Possible { " possibly waits for " } else { " waits for " };
    let mut said = vec![Piece::from(first.from), format!("{waits}{} calls in a row: ", chain.length).into()];
    let counted = hops.iter().filter(|hop| between_processes(cx, hop));
    said.extend(names(counted.map(|hop| Subject::from(hop.to))));
    said.push(format!("; the limit is {}", limit.most).into());
    if chain.join == Join::Possible {
        said.push(" (what triggers them was not asked)".into());
    }
    let finding = out.defect(&META, *first, said);
    finding.with([first.from.into()]).with(hops.iter().map(|hop| Subject::from(hop.to)));
    finding.with(hops.iter().map(|hop| Subject::from(*hop)));
    for hop in hops.iter().skip(1) {
        let trigger = match hop.triggered_by.known() {
            None if hop.from.passes_on() => "passed on",
            None => "not asked",
            Some(_) => "the call before it",
        };
        finding.because(*hop, "triggered_by", trigger);
    }
    limit.tell(finding);
}
