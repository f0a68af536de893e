//! OWN007: a business record that nothing stores, or nothing uses.
//!
//! That nobody has said where a record lives or who uses it is a gap. It is known that nothing uses it where all uses
//! that were said are over, its owner's and its keepers' among them, or where every store that holds it says for all who
//! reach it what they come for, its keeper among them, and nobody comes for this.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{Contract, Entity, Id, Stage, Store, StoreAccess, Stored, Subject, SystemKind, Way},
    rules::{Context, Findings, Meta, Piece, Principle, Rule, Severity, finding::say},
};

pub(super) struct OrphanEntity;

static META: Meta = Meta {
    code: "OWN007",
    slug: "orphan-entity",
    summary: "nothing stores an entity, or nothing reads or writes it",
    why: "\"Ownership before connectivity\" (docs/principles.md). A record that nothing uses is kept, copied and protected \
          for nobody; one that lives nowhere was drawn and never built.",
    example: "`Voucher` still lies in the shop's database; the last service that read it was switched off a year ago.",
    remedy: "Say where it is stored and who reads and writes it; what nothing uses any more, delete and take out of the model.",
    severity: Severity::Info,
    gap: Some(Stage::Governed),
    principle: Principle::Ownership,
    star: false,
};

impl Rule for OrphanEntity {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let used = used_by_contracts(cx);
        let reached = Reached::of(cx);
        for (id, entity) in &cx.model.entities {
            let unstored =
                !entity.not_applicable.contains_key("holdings") && !is_stored(cx, id, &entity.value, &reached);
            let use_of = if entity.not_applicable.contains_key("accesses") || used.contains(id) {
                Use::Known
            } else {
                use_of(cx, id, &entity.value, &reached)
            };
            match use_of {
                Use::Over(why) => unused(out, id, " any more", why),
                Use::Never(why) => unused(out, id, "", why),
                Use::Known if !unstored => out.met(&META, id),
                Use::Known => not_asked(out, id, say!["where ", id, " is stored was not asked"], &["holdings"]),
                Use::NotAsked if !unstored => {
                    not_asked(out, id, say!["who reads or writes ", id, " was not asked"], &["accesses"]);
                }
                Use::NotAsked => {
                    let said = say!["where ", id, " is stored and who reads or writes it was not asked"];
                    not_asked(out, id, said, &["holdings", "accesses"]);
                }
            }
        }
    }
}

fn unused(out: &mut Findings<'_>, id: &Id<Entity>, since: &str, why: Vec<(Subject, String)>) {
    let finding = out.defect(&META, id, say!["nothing reads or writes ", id, since]);
    for (subject, words) in why {
        finding.with([subject.clone()]).because(subject, "accesses", words);
    }
}

fn not_asked(out: &mut Findings<'_>, id: &Id<Entity>, said: Vec<Piece>, facts: &[&str]) {
    if let Some(gap) = out.gap(&META, id, said) {
        for fact in facts {
            gap.because(id, fact, "not asked");
        }
    }
}

/// What is known of the use of a record.
enum Use {
    Known,
    NotAsked,
    /// It is used no longer, because.
    Over(Vec<(Subject, String)>),
    /// Nobody comes for it, because.
    Never(Vec<(Subject, String)>),
}

/// Which accesses of stores name which record.
struct Reached<'m>(BTreeMap<&'m Id<Entity>, Vec<(&'m Id<Store>, &'m StoreAccess)>>);

impl<'m> Reached<'m> {
    fn of(cx: &Context<'m>) -> Self {
        let mut reached: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (id, store) in &cx.model.stores {
            for access in &store.accesses {
                for entity in &access.entities {
                    reached.entry(entity).or_default().push((id, access));
                }
            }
        }
        Self(reached)
    }

    fn get(&self, id: &Id<Entity>) -> &[(&'m Id<Store>, &'m StoreAccess)] {
        self.0.get(id).map_or(&[], Vec::as_slice)
    }
}

/// The records that operations read or write, and messages tell of.
fn used_by_contracts<'m>(cx: &Context<'m>) -> BTreeSet<&'m Id<Entity>> {
    let contracts = cx.model.contracts.values();
    let of_contract = |contract: &'m Stored<Contract>| {
        let operations = contract.value.operations.values().flat_map(|o| o.reads.iter().chain(&o.writes));
        let messages = contract.value.messages.values().flat_map(|m| m.subject.known().into_iter().chain(&m.mentions));
        operations.chain(messages)
    };
    contracts.flat_map(of_contract).collect()
}

/// Whether it is known where a record lives: in a store, or with an external system that owns it.
fn is_stored(cx: &Context<'_>, id: &Id<Entity>, entity: &Entity, reached: &Reached<'_>) -> bool {
    let straight = |way: &Way| !matches!(way, Way::Contract(_));
    !entity.holdings.is_empty()
        || entity.accesses.iter().any(|access| access.through.known().is_some_and(straight))
        || !reached.get(id).is_empty()
        || entity.owner.known().is_some_and(|owner| cx.is(owner, SystemKind::External))
}

fn use_of(cx: &Context<'_>, id: &Id<Entity>, entity: &Entity, reached: &Reached<'_>) -> Use {
    let straight = reached.get(id).iter().map(|(store, access)| ((*store).into(), &access.system, &access.until));
    let uses = entity.accesses.iter().map(|access| (id.into(), &access.system, &access.until)).chain(straight);
    let (mut ended, mut seen): (Vec<(Subject, String)>, BTreeSet<_>) = (Vec::new(), BTreeSet::new());
    for (source, system, until) in uses {
        match until.known().filter(|until| **until < cx.as_of) {
            Some(until) => ended.push((source, format!("{system} until {until}"))),
            None => return Use::Known,
        }
        seen.insert(system);
    }
    let stores = entity.holdings.iter().filter_map(|held| cx.model.stores.get_key_value(&held.store));
    let stores: Vec<(&Id<Store>, &Store)> = stores.map(|(id, store)| (id, &*store.value)).collect();
    if ended.is_empty() {
        // A store that says for each of those who reach it what they come for.
        let whole = |store: &Store| store.accesses.iter().all(|access| !access.entities.is_empty());
        if stores.is_empty() || !stores.iter().all(|(_, store)| whole(store)) {
            return Use::NotAsked;
        }
        seen.extend(stores.iter().flat_map(|(_, store)| &store.accesses).map(|access| &access.system));
    }
    // Owners and keepers use what they have, whether somebody said so or not.
    let keepers = stores.iter().filter_map(|(_, store)| store.owner.known());
    let owners = entity.owner.known().into_iter().chain(entity.partitions.iter().map(|part| &part.owner));
    match keepers.chain(owners).all(|system| seen.contains(system)) {
        false => Use::NotAsked,
        true if ended.is_empty() => {
            Use::Never(stores.into_iter().map(|(id, store)| (id.into(), came_for(store))).collect())
        }
        true => Use::Over(ended),
    }
}

fn came_for(store: &Store) -> String {
    let entities: BTreeSet<String> =
        store.accesses.iter().flat_map(|access| &access.entities).map(ToString::to_string).collect();
    format!("for {} only", entities.into_iter().collect::<Vec<_>>().join(", "))
}
