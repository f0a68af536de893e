//! RES017: more than it can take.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{Contract, Id, Rate, Subject, System, SystemKind},
    rules::{
        Context, Findings, Hop, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
    topology::{At, Join, carried},
};

pub(super) struct LoadExceedsCapacity;

static META: Meta = Meta {
    code: "RES017",
    slug: "load-exceeds-capacity",
    summary: "callers send more at their peak than the provider can take or admits, with no queue between",
    why: "\"Failure is inevitable — design for it\" (docs/principles.md). A system that gets more than it can take answers slower \
          and slower, until it answers nobody (Nygard, Release It!, unbalanced capacities).",
    example: "Shop and App send up to 300 orders a second to an ERP that takes 50.",
    remedy: "Put a queue between, limit what callers may send, keep a copy for reading, or make the provider bigger.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Failure,
    star: false,
};

impl Rule for LoadExceedsCapacity {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let mut loads = Loads::new();
        let mut on_systems: BTreeMap<&Id<System>, Vec<At>> = BTreeMap::new();
        let mut on_contracts: BTreeMap<&Id<Contract>, Vec<At>> = BTreeMap::new();
        for hop in cx.hops().iter().filter(|hop| is_direct(hop)) {
            if hop.to.capacity.is_known() {
                on_systems.entry(hop.to.id).or_default().push(hop.at);
            }
            if let Some((id, contract)) = hop.contract
                && contract.performance.throughput.is_known()
                && cx.topology.arrivals(hop.at) == [hop.at]
            {
                on_contracts.entry(id).or_default().push(hop.at);
            }
        }
        let mut over: BTreeSet<&Id<System>> = BTreeSet::new();
        for (id, hops) in on_systems {
            let Some(end) = cx.end(id) else { continue };
            let Some(limit) = end.system.capacity.known() else { continue };
            if weigh(cx, out, &mut loads, (id.into(), "capacity", *limit), &hops) {
                over.insert(id);
            }
        }
        for (id, hops) in on_contracts {
            let Some(contract) = cx.model.contracts.get(id) else { continue };
            let told = contract.provider.known().is_some_and(|provider| over.contains(provider));
            let Some(limit) = contract.performance.throughput.known().filter(|_| !told) else { continue };
            weigh(cx, out, &mut loads, (id.into(), "throughput", *limit), &hops);
        }
        quotas(cx, out);
    }
}

/// Whether its load falls upon the provider at once.
fn is_direct(hop: &Hop<'_>) -> bool {
    hop.is_synchronous() && !hop.from.is(SystemKind::Backbone) && !hop.to.is(SystemKind::Backbone)
}

/// The peaks of hops, by place, as far as they are known: what comes through a gateway or adapter is what was sent to it.
type Loads = BTreeMap<At, Option<u64>>;

fn load(cx: &Context<'_>, loads: &mut Loads, at: At) -> Option<u64> {
    if let Some(known) = loads.get(&at) {
        return *known;
    }
    // A circle of gateways adds nothing.
    loads.insert(at, None);
    let own = cx.hop(at).peak_rate.known().map(|rate| rate.per_day());
    let load = own.or_else(|| {
        let sent: Vec<u64> = sent_to(cx, at).into_iter().filter_map(|at| load(cx, loads, at)).collect();
        (!sent.is_empty()).then(|| sent.into_iter().fold(0, u64::saturating_add))
    });
    loads.insert(at, load);
    load
}

/// The hops whose load a gateway or adapter passes on with a hop; a queue before it holds back what it can.
fn sent_to(cx: &Context<'_>, at: At) -> Vec<At> {
    let hop = cx.hop(at);
    if !hop.from.passes_on() {
        return Vec::new();
    }
    let previous = cx.topology.previous(at).into_iter().filter(|(_, join)| *join == Join::Certain);
    let same = |at: &At| carried(cx.hop(*at).interaction) == carried(hop.interaction) && is_direct(cx.hop(*at));
    previous.map(|(at, _)| at).filter(same).collect()
}

/// The hops that say what makes up the load of others.
fn stated(cx: &Context<'_>, hops: &[At]) -> BTreeSet<At> {
    let (mut open, mut seen, mut stated) = (hops.to_vec(), BTreeSet::new(), BTreeSet::new());
    while let Some(at) = open.pop() {
        if !seen.insert(at) {
            continue;
        }
        if cx.hop(at).peak_rate.is_known() {
            stated.insert(at);
        } else {
            open.extend(sent_to(cx, at));
        }
    }
    stated
}

/// Compares the sum of peaks with a limit; whether it is exceeded.
fn weigh(
    cx: &Context<'_>,
    out: &mut Findings<'_>,
    loads: &mut Loads,
    (about, fact, limit): (Subject, &str, Rate),
    hops: &[At],
) -> bool {
    let known: Vec<(At, u64)> = hops.iter().filter_map(|at| Some((*at, load(cx, loads, *at)?))).collect();
    let sum = known.iter().fold(0_u64, |sum, (_, load)| sum.saturating_add(*load));
    if sum <= limit.per_day() {
        if known.len() == hops.len() {
            out.met(&META, about);
        } else {
            out.gap(&META, about, Vec::new());
        }
        return false;
    }
    let origins = known.iter().flat_map(|(at, _)| cx.topology.origins(*at)).map(|at| cx.hop(at));
    let senders = origins.filter(|hop| is_direct(hop)).map(|hop| hop.from.id);
    let senders: BTreeSet<&Id<System>> = senders.collect();
    let mut said = say![about.clone(), format!(" can take {limit}, and ")];
    if senders.len() > 4 {
        said.push(format!("{} callers", senders.len()).into());
    } else {
        said.extend(names(senders.iter().map(|id| Subject::from(*id))));
    }
    let verb = if senders.len() == 1 { "sends" } else { "send" };
    said.push(format!(" {verb} up to {} with no queue between", limit.alike(sum)).into());
    let finding = out.defect(&META, about.clone(), said);
    finding.because(about, fact, limit.to_string());
    for (at, _) in known {
        finding.with([cx.hop(at).into()]).with(cx.hop(at).ends());
    }
    for hop in stated(cx, hops).into_iter().map(|at| cx.hop(at)) {
        let rate = hop.peak_rate.known().map_or_else(String::new, ToString::to_string);
        finding.with([hop.into()]).with(hop.ends()).because(hop, "peak_rate", rate);
    }
    true
}

/// What one consumer may send.
fn quotas(cx: &Context<'_>, out: &mut Findings<'_>) {
    let mut sent: BTreeMap<(&Id<Contract>, &Id<System>), Vec<&Hop<'_>>> = BTreeMap::new();
    let stated = |hop: &&Hop<'_>| is_direct(hop) && hop.peak_rate.is_known() && !hop.from.passes_on();
    for hop in cx.hops().iter().filter(stated) {
        if let Some((id, contract)) = hop.contract
            && contract.performance.rate_limit.is_known()
        {
            sent.entry((id, hop.from.id)).or_default().push(hop);
        }
    }
    for ((contract, consumer), hops) in sent {
        let performance = cx.model.contracts.get(contract).map(|contract| &contract.value.performance);
        let limit = performance.and_then(|performance| performance.rate_limit.known());
        let (Some(limit), Some(first)) = (limit, hops.first()) else { continue };
        let rates = hops.iter().filter_map(|hop| hop.peak_rate.known());
        let sum = rates.fold(0_u64, |sum, rate| sum.saturating_add(rate.per_day()));
        if sum <= limit.per_day() {
            out.met(&META, *first);
            continue;
        }
        let said = say![
            consumer,
            format!(" sends up to {} to ", limit.alike(sum)),
            contract,
            format!(", which admits {limit} from one consumer")
        ];
        let finding = out.defect(&META, *first, said);
        finding.with([contract.into()]).because(contract, "rate_limit", limit.to_string());
        for hop in &hops {
            finding.with([Subject::from(*hop)]).with(hop.ends());
            finding.because(*hop, "peak_rate", hop.peak_rate.known().map_or_else(String::new, ToString::to_string));
        }
    }
}
