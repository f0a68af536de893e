//! RES007: a promise of availability that those it rests on cannot keep together.

use std::collections::{BTreeMap, BTreeSet};

use super::budget::{falls_back, waited_for};
use crate::{
    model::{AccessMode, Fact, Id, Purpose, Share, Store, StoreKind, Subject, System},
    rules::{
        Context, Findings, Hop, Meta, Piece, Principle, Rule, Severity,
        finding::{names, say},
    },
    topology::At,
};

pub(super) struct AvailabilityBudget;

static META: Meta = Meta {
    code: "RES007",
    slug: "availability-budget",
    summary: "what a flow synchronously needs is together less available than the flow is to be",
    why: "\"Failure is inevitable — design for it\" (docs/principles.md). Whoever waits for others is up only while all of them \
          are: availabilities multiply (Beyer and others 2016, Site Reliability Engineering; Treynor and others 2017, The \
          Calculus of Service Availability).",
    example: "Checkout promises 99.9% and waits for four systems of 99.9% each: 99.6% is the best it can do.",
    remedy: "Take something out of the way (a fallback, a copy, an event), make what is weakest more available, or promise less.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Failure,
    star: false,
};

impl Rule for AvailabilityBudget {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let stores = stores_of(cx);
        let mut verdicts: BTreeMap<Subject, Budget<'_>> = BTreeMap::new();
        let calls = cx.topology.calls();
        // What a broken promise rests on is told there, and once.
        let mut told: BTreeSet<usize> = BTreeSet::new();
        for (id, flow) in &cx.model.flows {
            let excused = flow.not_applicable.contains_key("availability");
            let Some(target) = flow.availability.known().filter(|_| !excused) else { continue };
            let steps = waited_for(cx, flow, |hop| !falls_back(hop));
            let under: Vec<At> = steps.into_iter().flatten().flat_map(|at| needed(cx, at)).collect();
            let sets: Vec<usize> = under.iter().filter_map(|at| calls.set_of(*at)).collect();
            if judge(&mut verdicts, Budget::new(cx, &stores, id.into(), *target, &under, None)) {
                told.extend(sets);
            }
        }
        for set in calls.sets() {
            let mut broken = told.contains(&set);
            for at in calls.hops(set) {
                let Some((about, target, own)) = promise(cx, cx.hop(*at)).filter(|_| !broken) else { continue };
                broken |= judge(&mut verdicts, Budget::new(cx, &stores, about, target, &needed(cx, *at), own));
            }
            if broken {
                told.extend(calls.next(set));
            }
        }
        for budget in verdicts.into_values() {
            if budget.is_broken() {
                report(out, budget);
            } else if budget.unknown.is_empty() {
                out.met(&META, budget.about);
            } else {
                out.gap(&META, budget.about, Vec::new());
            }
        }
    }
}

/// Keeps what a promise rests on, of one promise the worst; whether it is broken.
fn judge<'a>(verdicts: &mut BTreeMap<Subject, Budget<'a>>, budget: Budget<'a>) -> bool {
    let broken = budget.is_broken();
    if verdicts.get(&budget.about).is_none_or(|known| budget.product < known.product) {
        verdicts.insert(budget.about.clone(), budget);
    }
    broken
}

/// Who promises how much of an entry: the contract, else the system that is called. A system's own word is about all
/// that it needs, so that it is not needed by itself.
fn promise<'a>(cx: &Context<'a>, hop: &Hop<'a>) -> Option<(Subject, Share, Option<&'a Id<System>>)> {
    if hop.to.is_person() || hop.to.is_external() {
        return None;
    }
    let excused = |reasons: &BTreeMap<String, String>| reasons.contains_key("availability");
    if let Some((id, contract)) = hop.contract {
        if excused(&contract.not_applicable) || cx.is_foreign(contract.provider.known()) {
            return None;
        }
        if let Some(share) = contract.performance.availability.known() {
            return Some((id.into(), *share, None));
        }
    }
    let own = hop.to.system.availability.known().filter(|_| !hop.to.passes_on() && !excused(&hop.to.not_applicable));
    own.map(|share| (hop.to.into(), *share, Some(hop.to.id)))
}

/// The calls that must be answered before a call is, but for those that something answers for when they fail.
fn needed(cx: &Context<'_>, entry: At) -> Vec<At> {
    cx.topology.calls().under(entry, |at| at == entry || !falls_back(cx.hop(at)))
}

/// The stores without which a system cannot answer.
type Stores<'a> = BTreeMap<&'a Id<System>, Vec<&'a Id<Store>>>;

fn stores_of<'a>(cx: &Context<'a>) -> Stores<'a> {
    let mut stores = Stores::new();
    for (id, store) in &cx.model.stores {
        // Files can wait, and without its cache a system is slow.
        if matches!(store.kind.known(), Some(StoreKind::Cache | StoreKind::FileShare | StoreKind::LandingZone)) {
            continue;
        }
        let needs = store.accesses.iter().filter(|access| {
            let aside = matches!(access.purpose.known(), Some(Purpose::Backup | Purpose::OutboxRelay));
            let later = access.from.known().is_some_and(|from| *from > cx.as_of);
            let over = access.until.known().is_some_and(|until| *until < cx.as_of);
            access.mode != AccessMode::ChangeFeed && !aside && !later && !over
        });
        let systems: BTreeSet<_> = needs.map(|access| &access.system).chain(store.owner.known()).collect();
        systems.into_iter().for_each(|system| stores.entry(system).or_default().push(id));
    }
    stores
}

/// A promise, and what it rests on.
struct Budget<'a> {
    about: Subject,
    target: Share,
    /// The known availabilities multiplied, in millionths of a millionth; rounded up, so that nothing is blamed on
    /// rounding.
    product: u64,
    /// What is known, and how available it is.
    known: BTreeMap<Subject, Share>,
    /// What is not.
    unknown: BTreeSet<Subject>,
    hops: Vec<&'a Id<crate::model::Interaction>>,
    own: Option<&'a Id<System>>,
}

const ONE: u64 = 1_000_000_000_000;

impl<'a> Budget<'a> {
    fn new(
        cx: &Context<'a>,
        stores: &Stores<'a>,
        about: Subject,
        target: Share,
        hops: &[At],
        own: Option<&'a Id<System>>,
    ) -> Self {
        let (known, unknown, hops_of) =
            (BTreeMap::new(), BTreeSet::new(), hops.iter().map(|at| cx.topology.hops()[*at].0));
        let mut budget = Self { about, target, product: ONE, known, unknown, hops: hops_of.collect(), own };
        let mut systems: BTreeSet<&'a Id<System>> =
            hops.iter().map(|at| cx.topology.hops()[*at].1).map(|hop| &hop.to).collect();
        for system in std::mem::take(&mut systems) {
            let Some(end) = cx.end(system).filter(|end| !end.is_person()) else { continue };
            if own != Some(system) && !end.not_applicable.contains_key("availability") {
                budget.add(end.into(), &end.system.availability);
            }
            for store in stores.get(system).into_iter().flatten() {
                let (id, availability) = stated(cx, store);
                budget.add(id.into(), availability);
            }
        }
        for share in budget.known.values() {
            let ppm = u64::from(share.ppm());
            budget.product = budget.product.saturating_mul(ppm).div_ceil(1_000_000);
        }
        budget
    }

    fn add(&mut self, what: Subject, availability: &Fact<Share>) {
        match availability.known() {
            Some(share) => _ = self.known.insert(what, *share),
            None => _ = self.unknown.insert(what),
        }
    }

    fn is_broken(&self) -> bool {
        self.product < u64::from(self.target.ppm()) * (ONE / 1_000_000)
    }
}

/// The availability of a store: its own, or that of the server it sits on.
fn stated<'a>(cx: &Context<'a>, store: &'a Id<Store>) -> (&'a Id<Store>, &'a Fact<Share>) {
    static UNKNOWN: Fact<Share> = Fact::NotAsked;
    let (mut id, mut seen) = (store, BTreeSet::new());
    while let Some((at, stored)) = cx.model.stores.get_key_value(id).filter(|_| seen.insert(id)) {
        if stored.availability.is_known() {
            return (at, &stored.value.availability);
        }
        let Some(within) = stored.value.within.known() else { break };
        id = within;
    }
    (store, &UNKNOWN)
}

/// The product with as few decimals as tell it from the target, two at least.
fn shown(product: u64, target: Share) -> Share {
    let ppm = |decimals: u32| {
        let unit = 10_u64.pow(10 - decimals);
        (product.div_ceil(unit) * unit / (ONE / 1_000_000)) as u32
    };
    let told = [2, 3, 4].into_iter().map(ppm).find(|ppm| *ppm < target.ppm());
    Share::from_ppm(told.unwrap_or((product / (ONE / 1_000_000)) as u32))
}

fn report(out: &mut Findings<'_>, budget: Budget<'_>) {
    let best = shown(budget.product, budget.target);
    let rests = if budget.own.is_some() { "what it waits for" } else { "all it needs" };
    let mut said = say![
        budget.about.clone(),
        format!(" is to be available {}, but {rests} together comes to {best} at best", budget.target)
    ];
    said.extend(unknown(&budget.unknown));
    let finding = out.defect(&META, budget.about.clone(), said);
    finding.with(budget.known.keys().cloned()).with(budget.unknown.iter().cloned());
    finding.with(budget.hops.iter().map(|id| Subject::from(*id)));
    finding.because(budget.about, "availability", budget.target.to_string());
    for (what, share) in budget.known {
        finding.because(what, "availability", share.to_string());
    }
    for what in budget.unknown {
        finding.because(what, "availability", "not stated");
    }
}

/// "; the availability of Stock and 4 others is not stated".
fn unknown(what: &BTreeSet<Subject>) -> Vec<Piece> {
    const NAMED: usize = 3;
    if what.is_empty() {
        return Vec::new();
    }
    let mut said = say!["; the availability of "];
    if what.len() > NAMED + 1 {
        for subject in what.iter().take(NAMED) {
            said.extend(say![subject.clone(), ", "]);
        }
        said.pop();
        said.push(format!(" and {} others", what.len() - NAMED).into());
    } else {
        said.extend(names(what.iter().cloned()));
    }
    said.push(" is not stated".into());
    said
}
