//! Copies of what is there, beside it: records with their facts, and what leads from one of them to another.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::Refusal;
use crate::model::{Consumers, Edit, Fact, Key, Kind, Model, Record, Slug};

/// Whether records of a kind can be copied beside themselves: what is drawn, and what it is made of. A view, a change or a
/// waiver is about something, and would be so twice.
pub fn can_be_copied(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::System
            | Kind::Store
            | Kind::Domain
            | Kind::Boundary
            | Kind::Team
            | Kind::Interaction
            | Kind::Contract
            | Kind::Entity
            | Kind::Profile
            | Kind::Mesh
    )
}

/// Copies records with all their facts, under names of their own: "Orders 2". Interactions between them come along, and the
/// contracts that those are under where one of them provides these; what they refer to among themselves, the copies refer
/// to among the copies. Others stay as they are, and know nothing of the copies.
///
/// # Errors
/// [`Refusal::NoName`] where nothing can be made of a name.
pub fn duplicate(model: &Model, keys: &BTreeSet<Key>) -> Result<(Vec<Key>, Vec<Edit>), Refusal> {
    let mut copies = Copies { model, slugs: BTreeMap::new() };
    let mut records = Vec::new();
    for key in with_between(model, keys) {
        let Some(mut record) = model.entry(&key).map(|entry| entry.record) else { continue };
        if let Some(name) = record.display_name() {
            let name = copies.next_name(key.kind, &name, &records);
            record.set_display_name(&name);
        }
        let slug = copies.slug(&key, &record)?;
        copies.slugs.insert(key.clone(), slug.clone());
        records.push((Key { kind: key.kind, slug }, record));
    }
    for (_, record) in &mut records {
        copies.refer(record);
    }
    let made = records.iter().map(|(key, _)| key.clone()).collect();
    Ok((made, records.into_iter().map(|(key, record)| Edit::Put { key, record }).collect()))
}

/// What is meant, with what lies between it; interactions last, since their ids come from their ends.
fn with_between(model: &Model, keys: &BTreeSet<Key>) -> Vec<Key> {
    let mut meant: BTreeSet<Key> =
        keys.iter().filter(|key| can_be_copied(key.kind) && model.contains(key)).cloned().collect();
    let among = |key: Key| meant.contains(&key);
    let lines = model.interactions.iter().filter(|(_, line)| among(line.from.key()) && among(line.to.key()));
    let lines: Vec<Key> = lines.map(|(id, _)| id.key()).collect();
    meant.extend(lines);
    let under = |key: &Key| {
        let line = model.interactions.iter().find(|(id, _)| id.key() == *key)?.1;
        let contract = line.contract.known()?;
        let provider = model.contracts.get(contract)?.provider.known()?.key();
        meant.contains(&provider).then(|| contract.key())
    };
    let contracts: Vec<Key> = meant.iter().filter(|key| key.kind == Kind::Interaction).filter_map(under).collect();
    meant.extend(contracts);
    let (lines, others): (Vec<Key>, Vec<Key>) = meant.into_iter().partition(|key| key.kind == Kind::Interaction);
    others.into_iter().chain(lines).collect()
}

/// The ids of copies, by what they are copies of.
struct Copies<'m> {
    model: &'m Model,
    slugs: BTreeMap<Key, Slug>,
}

impl Copies<'_> {
    /// The first name after this that no other of the kind has: "Orders", "Orders 2", "Orders 3".
    fn next_name(&self, kind: Kind, name: &str, made: &[(Key, Record)]) -> String {
        let there = self.model.keys_of(kind).into_iter().map(|key| self.model.name(&key));
        let new = made.iter().filter(|(key, _)| key.kind == kind).filter_map(|(_, record)| record.display_name());
        let taken: BTreeSet<String> = there.chain(new).map(|name| name.to_lowercase()).collect();
        let numbered = name.rsplit_once(' ').filter(|(_, number)| number.parse::<u32>().is_ok());
        let stem = numbered.map_or(name, |(stem, _)| stem);
        let names = (2_u32..).map(|number| format!("{stem} {number}"));
        names.into_iter().find(|name| !taken.contains(&name.to_lowercase())).unwrap_or_else(|| name.to_owned())
    }

    /// An id that nobody has, made as those of new records are.
    fn slug(&self, key: &Key, record: &Record) -> Result<Slug, Refusal> {
        let name = match record {
            Record::Interaction(line) => {
                let end = |key: Key| self.slugs.get(&key).cloned().unwrap_or(key.slug);
                format!("{}-{}", end(line.from.key()), end(line.to.key()))
            }
            other => other.display_name().unwrap_or_else(|| key.slug.to_string()),
        };
        let slug = Slug::derive(&name).ok_or(Refusal::NoName(name))?;
        let taken = |slug: &Slug| {
            let own = Key { kind: key.kind, slug: slug.clone() };
            self.model.contains(&own) || self.slugs.iter().any(|(of, other)| of.kind == key.kind && other == slug)
        };
        Ok(slug.free(taken))
    }

    /// Lets a copy refer to the other copies, and to nobody who was only known to what it is a copy of.
    fn refer(&self, record: &mut Record) {
        for (key, slug) in &self.slugs {
            record.rename(key, slug);
        }
        let is_copy = |key: Key| self.slugs.iter().any(|(of, slug)| of.kind == key.kind && *slug == key.slug);
        match record {
            Record::Contract(contract) => {
                if let Fact::Known(Consumers::Documented(systems)) = &mut Arc::make_mut(contract).consumers {
                    systems.retain(|system| is_copy(system.key()));
                }
            }
            Record::Store(store) => Arc::make_mut(store).accesses.retain(|access| is_copy(access.system.key())),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: &str = r#"(
        model: (format: 1, name: "Shop"),
        systems: {
            "billing": (name: "Billing", kind: Service),
            "checkout": (name: "Checkout", kind: Application, domain: "sales"),
            "orders": (name: "Orders", kind: Service, domain: "sales", technology: "Kotlin"),
            "orders-2": (name: "Orders 2", kind: Service),
        },
        domains: {"sales": (name: "Sales")},
        contracts: {"orders-api": (name: "Orders API", provider: "orders", consumers: Documented(["billing", "checkout"]),
            operations: {"PlaceOrder": (kind: Command), "GetOrder": (kind: Query)})},
        stores: {"orders-db": (name: "Orders DB", owner: "orders", accesses: [(system: "orders", mode: Write),
            (system: "billing", mode: Read)])},
        interactions: {
            "billing-orders": (from: "billing", to: "orders", kind: Query, contract: "orders-api", operation: "GetOrder"),
            "checkout-orders": (from: "checkout", to: "orders", kind: Command, contract: "orders-api",
                operation: "PlaceOrder"),
        },
    )"#;

    fn copied(keys: &[&str]) -> (Model, Vec<String>) {
        let mut model = crate::file::read(SHOP).model.unwrap();
        let keys = keys.iter().map(|key| key.parse().unwrap()).collect();
        let (made, edits) = duplicate(&model, &keys).unwrap();
        model.apply(&edits).unwrap();
        (model, made.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn one_system_is_copied_with_its_facts_and_no_lines() {
        let (model, made) = copied(&["system:orders"]);
        assert_eq!(made, ["system:orders-3"]);
        let copy = &model.systems[&"orders-3".parse().unwrap()];
        assert_eq!(copy.name, "Orders 3");
        assert_eq!(copy.technology.known().unwrap().to_string(), "Kotlin");
        assert!(copy.domain.is(&"sales".parse().unwrap()));
        assert_eq!((model.interactions.len(), model.contracts.len()), (2, 1));
    }

    #[test]
    fn what_leads_from_one_to_another_leads_from_copy_to_copy() {
        let (model, made) = copied(&["system:orders", "system:checkout", "store:orders-db"]);
        let wanted = [
            "system:checkout-2",
            "system:orders-3",
            "store:orders-db-2",
            "contract:orders-api-2",
            "interaction:checkout-2-orders-3",
        ];
        assert_eq!(made.iter().collect::<BTreeSet<_>>(), wanted.map(str::to_owned).iter().collect());
        let line = &model.interactions[&"checkout-2-orders-3".parse().unwrap()];
        assert_eq!((line.from.as_str(), line.to.as_str()), ("checkout-2", "orders-3"));
        assert!(line.contract.is(&"orders-api-2".parse().unwrap()));
        let contract = &model.contracts[&"orders-api-2".parse().unwrap()];
        assert!(contract.provider.is(&"orders-3".parse().unwrap()));
        assert_eq!(contract.consumers.known(), Some(&Consumers::Documented(vec!["checkout-2".parse().unwrap()])));
        let store = &model.stores[&"orders-db-2".parse().unwrap()];
        assert!(store.owner.is(&"orders-3".parse().unwrap()));
        let reach: Vec<&str> = store.accesses.iter().map(|access| access.system.as_str()).collect();
        assert_eq!(reach, ["orders-3"]);
    }

    #[test]
    fn a_domain_is_copied_with_what_is_copied_beside_it() {
        let (model, _) = copied(&["domain:sales", "system:orders"]);
        assert!(model.systems[&"orders-3".parse().unwrap()].domain.is(&"sales-2".parse().unwrap()));
        assert!(model.systems[&"orders".parse().unwrap()].domain.is(&"sales".parse().unwrap()));
    }
}
