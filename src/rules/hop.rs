//! An interaction with everything it refers to, looked up once.

use std::{collections::HashMap, ops::Deref};

use crate::{
    facts::Facts,
    model::{
        Boundary, Contract, Domain, Id, Interaction, Message, Model, Operation, Stage, Stored, Subject, System,
        SystemKind, Version,
    },
    topology::At,
};

/// A trust boundary with its id.
pub type Zone<'a> = (&'a Id<Boundary>, &'a Boundary);

/// A system with where it stands. It can be read like the system itself.
#[derive(Clone, Copy)]
pub struct End<'a> {
    /// Its id.
    pub id: &'a Id<System>,
    /// The system.
    pub system: &'a System,
    /// The trust boundary it stands in.
    pub boundary: Option<Zone<'a>>,
    /// The outermost domain around it.
    pub domain: Option<&'a Id<Domain>>,
    /// Its stage, its own or the nearest domain's that has one; `None` where the model's counts.
    pub stage: Option<Stage>,
}

impl<'a> End<'a> {
    pub(super) fn new(model: &'a Model, id: &'a Id<System>, system: &'a System) -> Self {
        let boundary = system.boundary.known().and_then(|id| model.boundaries.get_key_value(id));
        let mut end = Self { id, system, boundary: boundary.map(value), domain: None, stage: None };
        let domains = end.domains(model);
        let stage = |id: &&Id<Domain>| model.domains.get(*id)?.stage.known().copied();
        end.domain = domains.last().copied();
        end.stage = system.stage.known().copied().or_else(|| domains.iter().find_map(stage));
        end
    }

    /// The domains around it, innermost first.
    pub fn domains(&self, model: &'a Model) -> Vec<&'a Id<Domain>> {
        let mut path = Vec::new();
        let mut next = self.system.domain.known();
        while let Some((id, domain)) = next.and_then(|id| model.domains.get_key_value(id)) {
            if path.contains(&id) {
                break;
            }
            path.push(id);
            next = domain.value.parent.known();
        }
        path
    }

    /// Whether it is of a kind.
    pub fn is(&self, kind: SystemKind) -> bool {
        self.system.kind == kind
    }

    /// Whether it is a person.
    pub fn is_person(&self) -> bool {
        self.is(SystemKind::Person)
    }

    /// Whether it is a partner's or software as a service: not ours.
    pub fn is_external(&self) -> bool {
        self.is(SystemKind::External)
    }

    /// Whether it only passes on what it gets: a gateway, adapter or backbone.
    pub fn passes_on(&self) -> bool {
        crate::topology::passes_on(self.system.kind)
    }
}

impl Deref for End<'_> {
    type Target = System;

    fn deref(&self) -> &System {
        self.system
    }
}

impl From<End<'_>> for Subject {
    fn from(end: End<'_>) -> Self {
        end.id.into()
    }
}

fn value<'a, K, T>((id, stored): (&'a K, &'a Stored<T>)) -> (&'a K, &'a T) {
    (id, &*stored.value)
}

/// An interaction with everything it refers to. It can be read like the interaction itself, but for its ends, which
/// are [`End`]s here.
pub struct Hop<'a> {
    /// Its place in the topology and among the hops.
    pub at: At,
    /// Its id.
    pub id: &'a Id<Interaction>,
    /// The interaction.
    pub interaction: &'a Interaction,
    /// Where it starts.
    pub from: End<'a>,
    /// Where it ends.
    pub to: End<'a>,
    /// The contract it keeps to.
    pub contract: Option<(&'a Id<Contract>, &'a Contract)>,
    /// The operation it calls.
    pub operation: Option<&'a Operation>,
    /// The message it carries.
    pub message: Option<&'a Message>,
    /// The version it is pinned to.
    pub version: Option<&'a Version>,
    /// Its resolved facts.
    pub facts: Facts<'a>,
}

impl<'a> Hop<'a> {
    pub(super) fn new(
        model: &'a Model,
        contracts: &HashMap<&'a Id<Contract>, &'a Contract>,
        at: At,
        id: &'a Id<Interaction>,
        interaction: &'a Interaction,
        (from, to): (End<'a>, End<'a>),
    ) -> Self {
        let contract = interaction.contract.known().and_then(|id| contracts.get_key_value(id));
        let contract = contract.map(|(id, contract)| (*id, *contract));
        let part = contract.map(|(_, contract)| contract);
        Self {
            at,
            id,
            interaction,
            from,
            to,
            contract,
            operation: part.and_then(|contract| contract.operations.get(interaction.operation.known()?)),
            message: part.and_then(|contract| contract.messages.get(interaction.message.known()?)),
            version: part.and_then(|contract| contract.versions.get(interaction.version.known()?)),
            facts: Facts::of(model, interaction),
        }
    }

    /// Whether a person is at one of its ends.
    pub fn has_person(&self) -> bool {
        self.from.is_person() || self.to.is_person()
    }

    /// Its two ends, to be lit up.
    pub fn ends(&self) -> [Subject; 2] {
        [self.from.into(), self.to.into()]
    }

    /// The boundaries it leads from and into, where they are known and trusted differently.
    pub fn crosses(&self) -> Option<(Zone<'a>, Zone<'a>)> {
        let (from, to) = (self.from.boundary?, self.to.boundary?);
        (from.1.trust != to.1.trust).then_some((from, to))
    }

    /// The boundaries it leads from and into, where the second is trusted more.
    pub fn enters(&self) -> Option<(Zone<'a>, Zone<'a>)> {
        self.crosses().filter(|(from, to)| to.1.trust > from.1.trust)
    }

    /// Whether its ends are known to be in different domains.
    pub fn leaves_domain(&self) -> bool {
        matches!((self.from.domain, self.to.domain), (Some(from), Some(to)) if from != to)
    }

    /// Whether it says of a fact that it does not apply, and why.
    pub fn excuses(&self, fact: &str) -> bool {
        !self.interaction.not_applicable.is_empty() && self.interaction.not_applicable.contains_key(fact)
    }
}

impl Deref for Hop<'_> {
    type Target = Interaction;

    fn deref(&self) -> &Interaction {
        self.interaction
    }
}

impl From<&Hop<'_>> for Subject {
    fn from(hop: &Hop<'_>) -> Self {
        hop.id.into()
    }
}

impl From<&Hop<'_>> for super::Piece {
    fn from(hop: &Hop<'_>) -> Self {
        Self::Name(hop.into())
    }
}

impl From<End<'_>> for super::Piece {
    fn from(end: End<'_>) -> Self {
        Self::Name(end.into())
    }
}
