//! The messages that events tell of, each with the interactions that carry it.

use std::collections::BTreeMap;

use crate::{
    model::{
        AccessMode, Contract, Id, InteractionKind, Message, Part, PartKind, PartName, Purpose, Status, Subject, System,
        SystemKind, SystemRole,
    },
    rules::{Context, End, Hop, contracts::tells_fact},
};

/// A message, and who carries it.
pub(super) struct Told<'c, 'm> {
    pub(super) contract: (&'m Id<Contract>, &'m Contract),
    pub(super) name: &'m PartName,
    pub(super) message: &'m Message,
    pub(super) hops: Vec<&'c Hop<'m>>,
}

impl<'c, 'm> Told<'c, 'm> {
    pub(super) fn subject(&self) -> Subject {
        Subject::part(PartKind::Message, &Part { contract: self.contract.0.clone(), name: self.name.clone() })
    }

    /// The contract and the interactions, to be lit up.
    pub(super) fn around(&self) -> Vec<Subject> {
        let hops = self.hops.iter().map(|hop| Subject::from(*hop));
        std::iter::once(self.contract.0.into()).chain(hops).collect()
    }

    /// Whether it is ours, tells a fact, and is in force or will be: vendors answer for nothing here, an order over a
    /// broker and a file are no events, and what is retired need not be put right.
    pub(super) fn is_event(&self, cx: &Context<'m>) -> bool {
        let (_, contract) = self.contract;
        if cx.is_foreign(contract.provider.known()) {
            return false;
        }
        !contract.status.is(&Status::Retired) && tells_fact(contract, self.hops.iter().copied())
    }

    /// The interactions by which it is told in the first place, before backbones and gateways pass it on.
    pub(super) fn first<'s>(&'s self, cx: &'s Context<'m>) -> impl Iterator<Item = &'c Hop<'m>> + use<'s, 'c, 'm> {
        let first = move |hop: &&&'c Hop<'m>| {
            hop.kind == InteractionKind::Event
                && match hop.from.system.kind {
                    // Where it comes from is not in the model.
                    SystemKind::Backbone | SystemKind::Gateway => false,
                    SystemKind::Adapter => cx.topology.origins(hop.at) == [hop.at],
                    _ => true,
                }
        };
        self.hops.iter().filter(first).copied()
    }
}

/// Calls `visit` with each message of each contract.
pub(super) fn each<'c, 'm>(cx: &'c Context<'m>, mut visit: impl FnMut(Told<'c, 'm>)) {
    for (id, contract) in &cx.model.contracts {
        let mut carried: BTreeMap<&PartName, Vec<&'c Hop<'m>>> = BTreeMap::new();
        if contract.messages.is_empty() {
            continue;
        }
        for hop in cx.users(id) {
            if let Some(name) = hop.interaction.message.known() {
                carried.entry(name).or_default().push(hop);
            }
        }
        for (name, message) in &contract.messages {
            let hops = carried.remove(name).unwrap_or_default();
            visit(Told { contract: (id, &contract.value), name, message, hops });
        }
    }
}

/// For whom a publisher speaks: an adapter or relay for what it fronts, and a relay for whose outbox or changes it
/// reads; all others for themselves. Empty where that is not known.
pub(super) fn voices<'m>(cx: &Context<'m>, publisher: End<'m>) -> Vec<&'m Id<System>> {
    let relays =
        matches!(publisher.system.role.known(), Some(SystemRole::ChangeDataCapture | SystemRole::IntegrationPlatform));
    if !relays && !publisher.is(SystemKind::Adapter) {
        return vec![publisher.id];
    }
    let fronts = publisher.system.fronts.known().into_iter().flat_map(|fronts| fronts.iter());
    let mut voices: Vec<&Id<System>> = fronts.collect();
    if relays {
        for store in cx.model.stores.values() {
            let feed = |access: &&crate::model::StoreAccess| {
                access.system == *publisher.id
                    && (access.mode == AccessMode::ChangeFeed || access.purpose.is(&Purpose::OutboxRelay))
            };
            voices.extend(store.owner.known().filter(|_| store.accesses.iter().any(|access| feed(&access))));
        }
    }
    voices
}
