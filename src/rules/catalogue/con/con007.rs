//! CON007: consumers that nobody knows of.

use std::collections::BTreeSet;

use crate::{
    model::{Consumers, Contract, Fact, Id, Stage, Subject, System, SystemRole, Way},
    rules::{
        Context, Findings, Hop, Meta, Principle, Rule, Severity,
        contracts::{Product, products},
        finding::{names, say},
    },
    timeline::{Phase, phase},
};

use super::consumers::consumers;

pub(super) struct UndocumentedConsumer;

static META: Meta = Meta {
    code: "CON007",
    slug: "undocumented-consumer",
    summary: "a consumer that the contract does not document",
    why: "\"Documented consumers\" (docs/principles.md, APIs as products). Whoever is not on the list is not told when the contract \
          changes, and is found out by breaking.",
    example: "The data warehouse has read the order events for a year; the team that publishes them does not know.",
    remedy: "List the systems that use the contract, or say that it is open to anybody.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for UndocumentedConsumer {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let readers = readers(cx);
        for product in products(cx) {
            if !product.is_asked(&["consumers"]) {
                out.exempt(&META, &product);
                continue;
            }
            match &product.contract.consumers {
                Fact::Known(Consumers::Open) => out.met(&META, &product),
                Fact::Known(Consumers::Documented(documented)) => compare(cx, out, &product, documented, &readers),
                Fact::None => compare(cx, out, &product, &[], &readers),
                Fact::NotAsked => {
                    let said = say!["the consumers of ", &product, " were not asked"];
                    let users = consumers(cx, &product);
                    if let Some(gap) = product.gap(cx, out, &META, &product, said) {
                        gap.with(product.lit()).with(users.into_keys().map(Subject::from));
                        gap.because(&product, "consumers", "not asked");
                    }
                }
            }
        }
    }
}

/// The systems whose access to data shows that they use a contract.
type Readers<'a> = BTreeSet<(&'a Id<Contract>, &'a Id<System>)>;

fn compare(
    cx: &Context<'_>,
    out: &mut Findings<'_>,
    product: &Product<'_>,
    documented: &[Id<System>],
    readers: &Readers<'_>,
) {
    let users = consumers(cx, product);
    let listed: BTreeSet<_> = documented.iter().collect();
    let unknown =
        |user: &Id<System>| !listed.contains(user) && !documented.iter().any(|named| stands_for(cx, named, user));
    let by_proxy = |hop: &&Hop<'_>| !(listed.contains(hop.to.id) && hop.to.role.is(&SystemRole::Bff));
    let missing = users.into_iter().filter(|(user, _)| unknown(user));
    let missing = missing.map(|(user, hops)| (user, hops.into_iter().filter(by_proxy).collect()));
    let missing: Vec<(&Id<System>, Vec<&Hop<'_>>)> =
        missing.filter(|(_, hops): &(_, Vec<_>)| !hops.is_empty()).collect();
    if !missing.is_empty() {
        let mut said = say![product, " is used by "];
        said.extend(names(missing.iter().map(|(user, _)| Subject::from(*user))));
        said.push(" and does not document ".into());
        said.push(if missing.len() == 1 { "that consumer" } else { "these consumers" }.into());
        let finding = out.defect(&META, product, said);
        finding.with(product.lit()).because(product, "consumers", list(cx, documented));
        for (user, hops) in missing {
            finding.with([Subject::from(user)]).with(hops.iter().map(|hop| Subject::from(*hop)));
            for hop in hops {
                finding.because(hop, if hop.from.id == user { "from" } else { "to" }, user.to_string());
            }
        }
        return;
    }
    let ends: BTreeSet<_> = cx.users(product.id).flat_map(|hop| [hop.from.id, hop.to.id]).collect();
    let calls = |named: &Id<System>| ends.contains(named) || ends.iter().any(|end| stands_for(cx, named, end));
    let reads = |named: &Id<System>| readers.contains(&(product.id, named));
    let idle = |named: &&Id<System>| is_active(cx, named) && !calls(named) && !reads(named);
    let idle: Vec<_> = documented.iter().filter(idle).collect();
    if idle.is_empty() {
        out.met(&META, product);
        return;
    }
    let mut said = say![product, " documents "];
    said.extend(names(idle.iter().map(|named| Subject::from(*named))));
    said.push(if idle.len() == 1 { " as a consumer" } else { " as consumers" }.into());
    said.push(", and nothing in the model uses it there".into());
    let finding = out.defect(&META, product, said).severity(Severity::Info);
    finding.with(product.lit()).with(idle.iter().map(|named| Subject::from(*named)));
    finding.because(product, "consumers", list(cx, documented));
}

fn list(cx: &Context<'_>, documented: &[Id<System>]) -> String {
    let names: Vec<_> = documented.iter().map(|id| cx.model.name_of(id)).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

/// Whether a documented system is a user: itself, what the user fronts, or a module of the same deployable.
fn stands_for(cx: &Context<'_>, named: &Id<System>, user: &Id<System>) -> bool {
    let fronts = |end: crate::rules::End<'_>| end.fronts.known().is_some_and(|fronts| fronts.contains(named));
    named == user || cx.end(user).is_some_and(fronts) || cx.same_deployable(named, user)
}

/// Whether a documented system is in use, and can be a consumer.
fn is_active(cx: &Context<'_>, named: &Id<System>) -> bool {
    cx.end(named).is_some_and(|end| phase(&end.lifecycle, cx.as_of) == Phase::Active && !end.is_person())
}

/// Who reads an entity through a contract, or the store that is published under it.
fn readers<'a>(cx: &Context<'a>) -> Readers<'a> {
    let model = cx.model;
    let accesses = model.entities.values().flat_map(|entity| &entity.accesses);
    let through = accesses.filter_map(|access| match access.through.known()? {
        Way::Contract(contract) => Some((contract, &access.system)),
        _ => None,
    });
    let stores = model.stores.values().filter_map(|store| Some((store.published_as.known()?, &store.accesses)));
    let published = stores.flat_map(|(contract, accesses)| accesses.iter().map(move |a| (contract, &a.system)));
    through.chain(published).collect()
}
