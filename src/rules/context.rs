//! What a rule may look at: the model as of a day, its graph, and its interactions with everything they refer to.

use std::collections::{BTreeMap, HashMap};

use super::{hop::End, hop::Hop};
use crate::{
    facts::Facts,
    model::{
        Contract, Criticality, Date, Domain, Id, Interaction, Kind, Model, PartKind, Stage, Subject, System, SystemKind,
    },
    timeline::Stuck,
    topology::{At, Topology},
};

/// A model as of a date, with its graph.
pub struct Context<'a> {
    /// The model.
    pub model: &'a Model,
    /// Its graph.
    pub topology: Topology<'a>,
    /// The day it is looked at.
    pub as_of: Date,
    /// The changes of the roadmap that cannot take effect, past ones and those to come, where somebody has looked.
    pub stuck: Vec<Stuck>,
    ends: Vec<End<'a>>,
    hops: Vec<Hop<'a>>,
    users: HashMap<&'a Id<Contract>, Vec<At>>,
    dependants: Vec<usize>,
}

impl<'a> Context<'a> {
    /// Looks at a model on a day.
    pub fn new(model: &'a Model, as_of: Date) -> Self {
        let topology = Topology::new(model);
        let ends: Vec<End<'a>> = topology.systems().iter().map(|(id, system)| End::new(model, id, system)).collect();
        let contracts: HashMap<&Id<Contract>, &Contract> =
            model.contracts.iter().map(|(id, contract)| (id, &*contract.value)).collect();
        let hop = |at: At| {
            let (from, to) = topology.pair(at);
            let (id, interaction) = topology.hops()[at];
            Hop::new(model, &contracts, at, id, interaction, (ends[from], ends[to]))
        };
        let hops: Vec<Hop<'a>> = (0..topology.hops().len()).map(hop).collect();
        let mut users: HashMap<_, Vec<At>> = HashMap::new();
        for hop in &hops {
            if let Some((contract, _)) = hop.contract {
                users.entry(contract).or_default().push(hop.at);
            }
        }
        let dependants = topology.direct_dependants();
        Self { model, topology, as_of, stuck: Vec::new(), ends, hops, users, dependants }
    }

    /// The same with the changes that cannot take effect: the model as of a day no longer has what would show it.
    #[must_use]
    pub fn knowing(self, stuck: Vec<Stuck>) -> Self {
        Self { stuck, ..self }
    }

    /// The interactions whose ends are both in the model, by id; a hop's place is its [`At`] in the topology.
    pub fn hops(&self) -> &[Hop<'a>] {
        &self.hops
    }

    /// The hop at a place that the topology told.
    pub fn hop(&self, at: At) -> &Hop<'a> {
        &self.hops[at]
    }

    /// The hop with this id.
    pub fn hop_of(&self, id: &Id<Interaction>) -> Option<&Hop<'a>> {
        self.topology.at(id).map(|at| &self.hops[at])
    }

    /// The systems with where they stand, by id.
    pub fn ends(&self) -> &[End<'a>] {
        &self.ends
    }

    /// A system with where it stands.
    pub fn end(&self, system: &Id<System>) -> Option<End<'a>> {
        self.topology.system_at(system).map(|at| self.ends[at])
    }

    /// The hops that start at a system, by id.
    pub fn hops_from<'c>(&'c self, system: &Id<System>) -> impl Iterator<Item = &'c Hop<'a>> + use<'c, 'a> {
        self.topology.from(system).map(|at| &self.hops[at]).collect::<Vec<_>>().into_iter()
    }

    /// The hops that end at a system, by id.
    pub fn hops_to<'c>(&'c self, system: &Id<System>) -> impl Iterator<Item = &'c Hop<'a>> + use<'c, 'a> {
        self.topology.to(system).map(|at| &self.hops[at]).collect::<Vec<_>>().into_iter()
    }

    /// The hops under a contract, by id.
    pub fn users(&self, contract: &Id<Contract>) -> impl Iterator<Item = &Hop<'a>> {
        self.users.get(contract).into_iter().flatten().map(|at| &self.hops[*at])
    }

    /// The resolved facts of an interaction.
    pub fn facts(&self, interaction: &'a Interaction) -> Facts<'a> {
        Facts::of(self.model, interaction)
    }

    /// Whether a system is of a kind.
    pub fn is(&self, system: &Id<System>, kind: SystemKind) -> bool {
        self.end(system).is_some_and(|end| end.kind == kind)
    }

    /// Whether a provider is not ours: it answers for nothing here.
    pub fn is_foreign(&self, provider: Option<&Id<System>>) -> bool {
        provider.is_some_and(|id| self.is(id, SystemKind::External))
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
        self.end(system)?.domain
    }

    /// Whether two systems are modules of one deployable.
    pub fn same_deployable(&self, a: &Id<System>, b: &Id<System>) -> bool {
        let part = |id| self.end(id).and_then(|end| end.system.part_of.known());
        part(a).is_some() && part(a) == part(b)
    }

    /// The domains that a subject belongs to, innermost first.
    pub fn domains(&self, subject: &Subject) -> Vec<&'a Id<Domain>> {
        let own = match subject.key.kind {
            Kind::Domain => {
                self.model.domains.get_key_value(&Id::from_slug(subject.key.slug.clone())).map(|(id, _)| id)
            }
            _ => None,
        };
        let home = self.home(subject).and_then(|system| self.end(&system));
        own.into_iter().chain(home.map(|end| end.domains(self.model)).unwrap_or_default()).collect()
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
        let home = self.home(subject).and_then(|id| self.end(&id));
        let of_domain =
            || self.domains(subject).into_iter().find_map(|id| self.model.domains[id].stage.known().copied());
        home.and_then(|end| end.stage).or_else(of_domain).unwrap_or_else(|| self.own_stage())
    }

    /// The stage of the model itself.
    pub fn own_stage(&self) -> Stage {
        self.model.about.stage.known().copied().unwrap_or(Stage::Sketch)
    }

    /// The stage of an end: its own, its domain's, or the model's.
    pub fn stage_of(&self, end: &End<'a>) -> Stage {
        end.stage.unwrap_or_else(|| self.own_stage())
    }

    /// How much hangs on a subject: the criticality of its system (or of the message itself), then how many systems
    /// lead straight to that system.
    pub fn weight(&self, subject: &Subject) -> (Option<Criticality>, usize) {
        let home = self.home(subject).and_then(|id| self.topology.system_at(&id));
        let system = home.and_then(|at| self.ends[at].criticality.known().copied());
        let message = match &subject.part {
            Some((PartKind::Message, name)) => {
                let contract = self.model.contracts.get(&Id::from_slug(subject.key.slug.clone()));
                contract.and_then(|contract| contract.messages.get(name)?.criticality.known().copied())
            }
            _ => None,
        };
        (system.max(message), home.map_or(0, |at| self.dependants[at]))
    }

    /// The interactions under each contract.
    pub fn by_contract(&self) -> BTreeMap<&'a Id<Contract>, Vec<&Hop<'a>>> {
        self.users.iter().map(|(id, users)| (*id, users.iter().map(|at| &self.hops[*at]).collect())).collect()
    }
}
