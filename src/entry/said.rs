//! Records of a model as the lines that say them: what is copied is pasted again, here or elsewhere.
//!
//! Lines say less than records hold. In the model that they were made of they change nothing.

use std::collections::BTreeSet;

use super::{
    Index,
    ast::{Connect, Dates, Name, Own, Provide, Records, Ref, Said, Schedule, Statement, Systems, Tail, Trait, Via},
    words::{Head, INTERACTION_KINDS, SCHEDULES},
};
use crate::model::{
    Contract, Fact, Id, Interaction, Key, Kind, Model, OperationKind, PartName, System, SystemKind, Tabled,
};

/// The lines that say records: frames first, then systems and data, then what leads from one to another.
pub fn lines_of(model: &Model, keys: &BTreeSet<Key>) -> String {
    let teller = Teller { model, index: Index::new(model), keys };
    let of = |kind: Kind| keys.iter().filter(move |key| key.kind == kind);
    let mut statements: Vec<Statement> = Vec::new();
    statements.extend(of(Kind::Domain).filter_map(|key| teller.frame(key)));
    statements.extend(teller.boundaries().iter().filter_map(|key| teller.frame(key)));
    statements.extend(of(Kind::System).filter_map(|key| teller.system(key)));
    for kind in [Kind::Store, Kind::Entity] {
        statements.extend(of(kind).filter_map(|key| teller.data(key)));
        statements.extend(of(kind).filter_map(|key| teller.owner(key)));
    }
    let interactions: Vec<&Interaction> =
        of(Kind::Interaction).filter_map(|key| Some(&*model.interactions.get(&id(key))?.value)).collect();
    let contracts: BTreeSet<&Id<Contract>> = interactions.iter().filter_map(|i| i.contract.known()).collect();
    statements.extend(contracts.into_iter().filter_map(|id| teller.provider(id)));
    statements.extend(interactions.into_iter().map(|interaction| teller.interaction(interaction)));
    let lines: Vec<String> = statements.iter().map(ToString::to_string).chain([String::new()]).collect();
    lines.join("\n")
}

struct Teller<'m> {
    model: &'m Model,
    index: Index,
    keys: &'m BTreeSet<Key>,
}

impl Teller<'_> {
    /// A name that means this record alone: its display name, else its id.
    fn name(&self, key: &Key) -> Name {
        let name = self.model.name(key);
        let alone = self.index.named(key.kind, &name).len() == 1;
        said(if alone { name } else { key.slug.to_string() })
    }

    fn named<T: Tabled>(&self, fact: &Fact<Id<T>>) -> Option<Name> {
        fact.known().map(|id| self.name(&id.key()))
    }

    /// The boundaries that are told, and those that what is told stands in, outer ones first: a name alone does not say how
    /// far a boundary is trusted.
    fn boundaries(&self) -> Vec<Key> {
        let of_systems = self.keys.iter().filter(|key| key.kind == Kind::System);
        let stands = of_systems.filter_map(|key| self.model.system(&id(key))?.boundary.known().map(Id::key));
        let told = self.keys.iter().filter(|key| key.kind == Kind::Boundary).cloned();
        let mut all: Vec<Key> = Vec::new();
        for inner in told.chain(stands) {
            let mut around = Vec::new();
            let mut next = Some(inner);
            while let Some(key) = next.filter(|key| !all.contains(key) && !around.contains(key)) {
                let boundary = self.model.boundaries.get(&id(&key));
                next = boundary.and_then(|boundary| boundary.parent.known().map(Id::key));
                around.push(key);
            }
            all.extend(around.into_iter().rev());
        }
        all
    }

    fn frame(&self, key: &Key) -> Option<Statement> {
        let (trait_, parent) = match key.kind {
            Kind::Domain => {
                let domain = &self.model.domains.get(&id(key))?.value;
                (domain.stage.known().copied().map(|stage| said(Trait::Stage(stage))), self.named(&domain.parent))
            }
            _ => {
                let boundary = &self.model.boundaries.get(&id(key))?.value;
                (Some(said(Trait::Trust(boundary.trust))), self.named(&boundary.parent))
            }
        };
        Some(Statement::Records(Records { kind: key.kind, names: vec![self.name(key)], trait_, parent }))
    }

    fn system(&self, key: &Key) -> Option<Statement> {
        let system = self.model.system(&id(key))?;
        let (life, adapts) = (&system.lifecycle, system.kind == SystemKind::Adapter);
        let here = |id: &&Id<System>| self.keys.contains(&id.key());
        let fronts = system.fronts.known().filter(|_| adapts).map(|all| all.iter().collect::<Vec<_>>());
        let fronts = fronts.filter(|all| all.iter().all(here)).unwrap_or_default();
        let date = |fact: &Fact<crate::model::Date>| fact.known().copied().map(said);
        Some(Statement::Systems(Box::new(Systems {
            names: vec![self.name(key)],
            kind: Some(said(system.kind)),
            role: system.role.known().copied().map(said),
            criticality: system.criticality.known().copied().map(said),
            stage: system.stage.known().copied().map(said),
            permanence: system.permanence.known().filter(|_| adapts).copied().map(said),
            fronts: fronts.into_iter().map(|id| self.name(&id.key())).collect(),
            domain: self.named(&system.domain),
            boundary: self.named(&system.boundary),
            technology: system.technology.known().map(|text| said(text.to_string())),
            dates: Dates {
                planned: date(&life.planned_from),
                active: date(&life.active_from),
                deprecated: date(&life.deprecated_from),
                retires: date(&life.retires_on),
            },
            replaced_by: life.replaced_by.known().filter(here).map(|id| self.name(&id.key())),
        })))
    }

    fn data(&self, key: &Key) -> Option<Statement> {
        let trait_ = match key.kind {
            Kind::Store => self.model.stores.get(&id(key))?.kind.known().copied().map(Trait::Store),
            _ => self.model.entities.get(&id(key))?.classification.known().copied().map(Trait::Classification),
        };
        let names = vec![self.name(key)];
        Some(Statement::Records(Records { kind: key.kind, names, trait_: trait_.map(said), parent: None }))
    }

    fn owner(&self, key: &Key) -> Option<Statement> {
        let owner = match key.kind {
            Kind::Store => self.model.stores.get(&id(key))?.owner.known()?,
            _ => self.model.entities.get(&id(key))?.owner.known()?,
        };
        let data = Ref { head: Some(said(Head::Record(key.kind))), name: self.name(key) };
        let known = self.keys.contains(&owner.key());
        known.then(|| Statement::Own(Own { system: self.name(&owner.key()), data: vec![data], store: None }))
    }

    /// Whose a contract is, where that system is among what is told: a leg alone does not tell.
    fn provider(&self, id: &Id<Contract>) -> Option<Statement> {
        let provider = self.model.contracts.get(id)?.provider.known()?.key();
        let contracts = vec![(self.name(&id.key()), None)];
        self.keys.contains(&provider).then(|| Statement::Provide(Provide { system: self.name(&provider), contracts }))
    }

    fn interaction(&self, interaction: &Interaction) -> Statement {
        let kind = Some(interaction.kind).filter(|kind| INTERACTION_KINDS.iter().any(|(_, known)| known == kind));
        let part = if interaction.kind == crate::model::InteractionKind::Event {
            interaction.message.known()
        } else {
            interaction.operation.known().filter(|_| kind.is_some())
        };
        // What the contract has as something else could not be read.
        let part = part.filter(|part| self.holds(interaction, part));
        let schedule = interaction.schedule.known().and_then(|text| {
            let word = SCHEDULES.iter().find(|word| ***word == **text).copied().map(Schedule::Word);
            word.or_else(|| text.strip_prefix("every ").map(|span| Schedule::Every(span.to_owned())))
        });
        let via = interaction.contract.known().map(|id| Via {
            what: Ref { head: Some(said(Head::Record(Kind::Contract))), name: self.name(&id.key()) },
            version: interaction.version.known().map(|version| said(version.to_string())),
        });
        Statement::Connect(Connect {
            from: vec![self.name(&interaction.from.key())],
            to: vec![self.name(&interaction.to.key())],
            kind: kind.map(said),
            transport: interaction.transport.known().copied().map(said),
            part: part.map(|part| said(part.to_string())),
            tail: Tail {
                schedule: schedule.map(said),
                via: via.into_iter().collect(),
                profile: self.named(&interaction.profile),
            },
        })
    }

    /// Whether the contract of an interaction has a part as what the interaction is, or not at all.
    fn holds(&self, interaction: &Interaction, part: &PartName) -> bool {
        use crate::model::InteractionKind as Is;
        let contract = interaction.contract.known().and_then(|id| self.model.contracts.get(id));
        let Some(contract) = contract else { return true };
        let kind = match (contract.messages.contains_key(part), contract.operations.get(part)) {
            (true, _) => Is::Event,
            (false, Some(operation)) if operation.kind == OperationKind::Query => Is::Query,
            (false, Some(_)) => Is::Command,
            (false, None) => return true,
        };
        kind == interaction.kind
    }
}

fn id<T: Tabled>(key: &Key) -> Id<T> {
    Id::from_slug(key.slug.clone())
}

fn said<T>(value: T) -> Said<T> {
    Said { value, at: 0..0 }
}
