//! OWN010: two systems that each take the other's word.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{Entity, Feed, HoldingKind, Id, InteractionKind, Subject, System, SystemKind, Transport},
    rules::{
        Context, End, Findings, Hop, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
};

pub(super) struct TwoWaySync;

static META: Meta = Meta {
    code: "OWN010",
    slug: "two-way-sync",
    summary: "two systems feed each other the same entity, with no master or loop guard",
    why: "\"Unclear data ownership — multiple systems write the same records\" (docs/principles.md, problems). A change \
          that goes round comes back as another change; two at the same time cross, and each side keeps the other's.",
    example: "Shop and CRM send each other every change of address; for a week two addresses have been chasing each other.",
    remedy: "Name the owner and let the other side ask it; or divide the entity; or say what stops a change from coming back.",
    severity: Severity::Error,
    gap: None,
    principle: Principle::Ownership,
    star: false,
};

impl Rule for TwoWaySync {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let mut open: BTreeMap<&Id<Entity>, Shared<'_, '_>> = BTreeMap::new();
        for (id, entity) in &cx.model.entities {
            let keepers = keepers(cx, &entity.value);
            if keepers.len() < 2 {
                continue;
            }
            if entity.not_applicable.contains_key("loop_guard") {
                out.exempt(&META, id);
            } else if has_master(&entity.value) || entity.loop_guard.is_known() {
                out.met(&META, id);
            } else {
                open.insert(id, Shared { entity: &entity.value, keepers, feeds: BTreeMap::new() });
            }
        }
        if open.is_empty() {
            return;
        }
        for hop in cx.hops().iter().filter(|hop| feeds(hop) && ends(hop)) {
            carry(cx, hop, &mut open);
        }
        for (id, shared) in open {
            shared.judge(cx, out, id);
        }
    }
}

/// An entity that several systems keep and none masters, and who feeds whom.
struct Shared<'c, 'm> {
    entity: &'m Entity,
    keepers: BTreeSet<&'m Id<System>>,
    feeds: BTreeMap<(&'m Id<System>, &'m Id<System>), Vec<&'c Hop<'m>>>,
}

impl Shared<'_, '_> {
    fn judge(&self, cx: &Context<'_>, out: &mut Findings<'_>, id: &Id<Entity>) {
        let replicated = replications(cx, self.entity);
        let feeds = |from, to| self.feeds.contains_key(&(from, to)) || replicated.contains(&(from, to));
        let pairs: BTreeSet<_> = self.feeds.keys().chain(&replicated).copied().collect();
        let both: Vec<_> = pairs.into_iter().filter(|(a, b)| a < b && feeds(*b, *a)).collect();
        if both.is_empty() {
            return out.met(&META, id);
        }
        let systems: BTreeSet<Subject> = both.iter().flat_map(|(a, b)| [(*a).into(), (*b).into()]).collect();
        let mut said = names(systems.clone());
        said.extend(say![" feed each other ", id, ", and neither is said to own it"]);
        if systems.len() > 2 {
            said.pop();
            said.push(", and none is said to own it".into());
        }
        let finding = out.defect(&META, id, said);
        // Whether something stops a change from coming back was not asked: it is likely, and not known.
        if self.entity.loop_guard.is_not_asked() {
            finding.severity(Severity::Warning);
        }
        finding.with(systems).because(id, "owner", word(self.entity.owner.is_none()));
        finding.because(id, "loop_guard", word(self.entity.loop_guard.is_none()));
        for (a, b) in both {
            for (from, to) in [(a, b), (b, a)] {
                for hop in self.feeds.get(&(from, to)).into_iter().flatten() {
                    finding.with([(*hop).into()]).because(*hop, "to", format!("{to}, from {from}"));
                }
                if replicated.contains(&(from, to)) {
                    finding.because(id, "holdings", format!("{to} keeps a replica of the store of {from}"));
                }
            }
        }
    }
}

fn word(none: bool) -> &'static str {
    if none { "none" } else { "not asked" }
}

/// Whether one system is the master: the owner, the owners of parts, or the only keeper of a master.
fn has_master(entity: &Entity) -> bool {
    let masters = entity.holdings.iter().filter(|held| held.kind == HoldingKind::Master).count();
    entity.owner.is_known() || !entity.partitions.is_empty() || masters == 1
}

/// The systems that keep an entity in stores of their own.
fn keepers<'m>(cx: &Context<'m>, entity: &'m Entity) -> BTreeSet<&'m Id<System>> {
    entity.holdings.iter().filter_map(|held| cx.model.stores.get(&held.store)?.owner.known()).collect()
}

/// Whether an interaction hands data on: an event, a file or a feed of changes.
fn feeds(hop: &Hop<'_>) -> bool {
    hop.kind == InteractionKind::Event || matches!(hop.travels(), Some(Transport::File | Transport::ChangeFeed))
}

/// Whether what it brings is kept where it ends; adapters speak for what they front.
fn ends(hop: &Hop<'_>) -> bool {
    !hop.to.passes_on() || hop.to.is(SystemKind::Adapter)
}

/// Adds what a hop brings to whoever keeps it, from whoever sent it in the first place.
fn carry<'c, 'm>(cx: &'c Context<'m>, hop: &'c Hop<'m>, open: &mut BTreeMap<&'m Id<Entity>, Shared<'c, 'm>>) {
    let (forth, back) = brings(hop);
    for (entities, backwards) in [(forth, false), (back, true)] {
        for entity in entities {
            let Some(shared) = open.get_mut(entity) else { continue };
            for origin in cx.topology.origins(hop.at) {
                let (sender, receiver) = (cx.hop(origin).from, hop.to);
                let (sender, receiver) = if backwards { (receiver, sender) } else { (sender, receiver) };
                let pairs = voices(sender).into_iter().flat_map(|a| voices(receiver).into_iter().map(move |b| (a, b)));
                let kept =
                    |(a, b): &(&Id<System>, &Id<System>)| shared.keepers.contains(a) && shared.keepers.contains(b);
                let pairs: Vec<_> = pairs.filter(|pair| kept(pair) && pair.0 != pair.1).collect();
                for pair in pairs {
                    shared.feeds.entry(pair).or_default().push(hop);
                }
            }
        }
    }
}

/// The entities that an interaction brings to where it ends, and those that it fetches from there.
fn brings<'m>(hop: &Hop<'m>) -> (Vec<&'m Id<Entity>>, Vec<&'m Id<Entity>>) {
    match (hop.message, hop.operation) {
        (Some(message), _) => (message.subject.known().into_iter().collect(), Vec::new()),
        (None, Some(operation)) => match hop.kind {
            InteractionKind::Command => (operation.writes.iter().collect(), Vec::new()),
            InteractionKind::Query => (Vec::new(), operation.reads.iter().collect()),
            InteractionKind::Event | InteractionKind::Unclassified => (Vec::new(), Vec::new()),
        },
        (None, None) => (Vec::new(), Vec::new()),
    }
}

/// For whom a system speaks: an adapter for what it fronts.
fn voices(end: End<'_>) -> Vec<&Id<System>> {
    match end.system.fronts.known().filter(|_| end.is(SystemKind::Adapter)) {
        Some(fronts) => fronts.iter().collect(),
        None => vec![end.id],
    }
}

/// Who replicates an entity to whom.
fn replications<'m>(cx: &Context<'m>, entity: &'m Entity) -> BTreeSet<(&'m Id<System>, &'m Id<System>)> {
    let keeper = |store| cx.model.stores.get(store).and_then(|store| store.owner.known());
    let replica = entity.holdings.iter().filter(|held| held.feed.is_not_asked() || held.feed.is(&Feed::Replication));
    replica
        .filter_map(|held| {
            let original = cx.model.stores.get(&held.store)?.replica_of.known()?;
            let held_there = entity.holdings.iter().any(|other| other.store == *original);
            Some((keeper(original).filter(|_| held_there)?, keeper(&held.store)?))
        })
        .filter(|(from, to)| from != to)
        .collect()
}
