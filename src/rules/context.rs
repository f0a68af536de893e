//! What a rule may look at.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    facts::Facts,
    model::{Date, Domain, Id, Interaction, Kind, Model, Stage, Subject, System, SystemKind},
    topology::Topology,
};

/// A model as of a date, with its graph.
pub struct Context<'a> {
    /// The model.
    pub model: &'a Model,
    /// Its graph.
    pub topology: Topology<'a>,
    /// The day it is looked at.
    pub as_of: Date,
}

impl<'a> Context<'a> {
    /// Looks at a model on a day.
    pub fn new(model: &'a Model, as_of: Date) -> Self {
        Self { model, topology: Topology::new(model), as_of }
    }

    /// The interactions whose ends are both in the model, by id.
    pub fn interactions(&self) -> impl Iterator<Item = (&'a Id<Interaction>, &'a Interaction)> {
        let whole = |i: &Interaction| self.model.system(&i.from).is_some() && self.model.system(&i.to).is_some();
        self.model.interactions.iter().map(|(id, stored)| (id, &*stored.value)).filter(move |(_, i)| whole(i))
    }

    /// The resolved facts of an interaction.
    pub fn facts(&self, interaction: &'a Interaction) -> Facts<'a> {
        Facts::of(self.model, interaction)
    }

    /// Whether a system is of a kind.
    pub fn is(&self, system: &Id<System>, kind: SystemKind) -> bool {
        self.model.system(system).is_some_and(|system| system.kind == kind)
    }

    /// Whether a person is at one of an interaction's ends.
    pub fn has_person(&self, interaction: &Interaction) -> bool {
        self.is(&interaction.from, SystemKind::Person) || self.is(&interaction.to, SystemKind::Person)
    }

    /// Whether two systems are known to be in different domains (a domain counts as the outermost around it).
    pub fn apart(&self, a: &Id<System>, b: &Id<System>) -> bool {
        match (self.root_domain(a), self.root_domain(b)) {
            (Some(a), Some(b)) => a != b,
            _ => false,
        }
    }

    /// The outermost domain around a system.
    pub fn root_domain(&self, system: &Id<System>) -> Option<&'a Id<Domain>> {
        self.domains_of(system).last().copied()
    }

    fn domains_of(&self, system: &Id<System>) -> Vec<&'a Id<Domain>> {
        let mut path = Vec::new();
        let mut next = self.model.systems.get(system).and_then(|system| system.value.domain.known());
        while let Some((id, domain)) = next.and_then(|id| self.model.domains.get_key_value(id)) {
            if path.contains(&id) {
                break;
            }
            path.push(id);
            next = domain.value.parent.known();
        }
        path
    }

    /// Whether two systems are modules of one deployable.
    pub fn same_deployable(&self, a: &Id<System>, b: &Id<System>) -> bool {
        let part = |id| self.model.system(id).and_then(|system| system.part_of.known().cloned());
        part(a).is_some() && part(a) == part(b)
    }

    /// The domains that a subject belongs to, innermost first.
    pub fn domains(&self, subject: &Subject) -> Vec<&'a Id<Domain>> {
        let home = self.home(subject);
        let own = match subject.key.kind {
            Kind::Domain => {
                self.model.domains.get_key_value(&Id::from_slug(subject.key.slug.clone())).map(|(id, _)| id)
            }
            _ => None,
        };
        own.into_iter().chain(home.map(|system| self.domains_of(&system)).unwrap_or_default()).collect()
    }

    /// The system that a subject is laid at the door of.
    pub fn home(&self, subject: &Subject) -> Option<Id<System>> {
        let slug = subject.key.slug.clone();
        match subject.key.kind {
            Kind::System => Some(Id::from_slug(slug)),
            Kind::Interaction => self.model.interactions.get(&Id::from_slug(slug)).map(|i| i.to.clone()),
            Kind::Store => self.model.stores.get(&Id::from_slug(slug)).and_then(|s| s.owner.known().cloned()),
            Kind::Entity => self.model.entities.get(&Id::from_slug(slug)).and_then(|e| e.owner.known().cloned()),
            Kind::Contract => self.model.contracts.get(&Id::from_slug(slug)).and_then(|c| c.provider.known().cloned()),
            _ => None,
        }
    }

    /// The stage that counts for a subject: its system's own, else its domain's, else the model's, else a sketch.
    pub fn stage(&self, subject: &Subject) -> Stage {
        let system =
            self.home(subject).and_then(|id| self.model.systems.get(&id)).and_then(|s| s.stage.known().copied());
        let domain = || self.domains(subject).into_iter().find_map(|id| self.model.domains[id].stage.known().copied());
        system.or_else(domain).or(self.model.about.stage.known().copied()).unwrap_or(Stage::Sketch)
    }

    /// For each contract's provider that is not ours, its contracts answer to nobody here.
    pub fn is_foreign(&self, provider: Option<&Id<System>>) -> bool {
        provider.is_some_and(|id| self.is(id, SystemKind::External))
    }

    /// The interactions under each contract.
    pub fn by_contract(&self) -> BTreeMap<&'a Id<crate::model::Contract>, BTreeSet<&'a Id<Interaction>>> {
        let mut users: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (id, interaction) in self.interactions() {
            if let Some(contract) = interaction.contract.known() {
                users.entry(contract).or_default().insert(id);
            }
        }
        users
    }
}
