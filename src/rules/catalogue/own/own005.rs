//! OWN005: a command whose handler writes what it does not own.
//!
//! The same writing would break OWN002. Where it answers a command, this rule speaks of the command and OWN002 leaves
//! the writing out: the way out is to lead the command to the owner, and then nobody else needs to write. What the same
//! system writes unasked stays with OWN002, and so does everything in entities that nobody owns, for then there is no
//! owner to lead a command to.

use std::collections::{BTreeMap, BTreeSet};

use super::writes::{Writes, is_owned, owns_part, speaks_for_owner};
use crate::{
    model::{
        Contract, Entity, Id, InteractionKind, Operation, OperationKind, Part, PartKind, PartName, Subject, System,
        SystemKind,
    },
    rules::{
        Context, Findings, Hop, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
};

pub(super) struct CommandToNonOwner;

static META: Meta = Meta {
    code: "OWN005",
    slug: "command-to-non-owner",
    summary: "the final handler of a command writes an entity directly and is not its owner",
    why: "\"Commands intend to change state and are directed at one owner\" (docs/principles.md, interactions). Who is \
          told to change a record that another system answers for must go behind its back.",
    example: "Checkout sends `CancelOrder` to Billing, which sets the status in the tables of Orders.",
    remedy: "Direct the command at the owner of what it writes, or let its handler ask the owner.",
    severity: Severity::Error,
    gap: None,
    principle: Principle::Ownership,
    star: false,
};

impl Rule for CommandToNonOwner {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let writes = Writes::of(cx);
        each_command(cx, |command| {
            let subject = Subject::part(PartKind::Operation, &command.part());
            let astray = command.astray(cx, &writes);
            if !astray.is_empty() {
                report(cx, out, &command, subject, &astray);
            } else if command.handlers.keys().all(|handler| cx.is(handler, SystemKind::External)) {
                out.exempt(&META, subject);
            } else if command.reaches_owners(cx) {
                out.met(&META, subject);
            } else {
                out.gap(&META, subject, Vec::new());
            }
        });
    }
}

/// A command of a contract, and who handles it in the end.
struct Command<'c, 'm> {
    contract: &'m Id<Contract>,
    name: &'m PartName,
    operation: &'m Operation,
    handlers: BTreeMap<&'m Id<System>, Vec<&'c Hop<'m>>>,
}

/// One handler's writing of one entity that is not its own, by the records that say so.
struct Astray<'m> {
    handler: &'m Id<System>,
    entity: (&'m Id<Entity>, &'m Entity),
    sources: Vec<(Subject, String)>,
}

impl<'m> Command<'_, 'm> {
    fn part(&self) -> Part {
        Part { contract: self.contract.clone(), name: self.name.clone() }
    }

    fn entities<'c>(&self, cx: &'c Context<'m>) -> impl Iterator<Item = (&'m Id<Entity>, &'m Entity)> + use<'c, 'm> {
        let (model, writes) = (cx.model, &self.operation.writes);
        writes.iter().filter_map(|id| model.entities.get_key_value(id)).map(|(id, entity)| (id, &*entity.value))
    }

    fn astray(&self, cx: &Context<'m>, writes: &Writes<'m>) -> Vec<Astray<'m>> {
        let mut astray = Vec::new();
        for (id, entity) in self.entities(cx).filter(|(_, entity)| is_owned(entity)) {
            let writers = writes.past_owner(cx, id, entity);
            // Who speaks for the owner hands on; external systems answer for nothing here.
            let ours = |handler: &&&'m Id<System>| {
                !cx.is(handler, SystemKind::External) && !speaks_for_owner(cx, entity, handler)
            };
            for handler in self.handlers.keys().filter(ours) {
                let direct = writers.get(*handler).into_iter().flatten().filter(|writing| writing.contract.is_none());
                let sources: Vec<_> = direct.map(|writing| (writing.source.clone(), writing.words.clone())).collect();
                if !sources.is_empty() {
                    astray.push(Astray { handler, entity: (id, entity), sources });
                }
            }
        }
        astray
    }

    fn reaches_owners(&self, cx: &Context<'m>) -> bool {
        let owns =
            |entity: &Entity, system: &Id<System>| speaks_for_owner(cx, entity, system) || owns_part(entity, system);
        !self.operation.writes.is_empty()
            && self.entities(cx).all(|(_, entity)| self.handlers.keys().all(|handler| owns(entity, handler)))
    }
}

fn report(
    cx: &Context<'_>,
    out: &mut Findings<'_>,
    command: &Command<'_, '_>,
    subject: Subject,
    astray: &[Astray<'_>],
) {
    let handlers: BTreeSet<Subject> = astray.iter().map(|one| one.handler.into()).collect();
    let entities: BTreeSet<Subject> = astray.iter().map(|one| one.entity.0.into()).collect();
    let owners: BTreeSet<Subject> = astray.iter().flat_map(|one| owners(one.entity.1)).collect();
    let (many, several, shared) = (handlers.len() > 1, entities.len() > 1, owners.len() > 1);
    let mut said = say!["the command ", subject.clone(), " goes to "];
    said.extend(names(handlers.clone()));
    said.push(if many { ", which write " } else { ", which writes " }.into());
    said.extend(names(entities.clone()));
    said.push(if several { " past their owner" } else { " past its owner" }.into());
    said.push(if shared { "s, " } else { ", " }.into());
    said.extend(names(owners.clone()));
    let finding = out.defect(&META, subject.clone(), said);
    finding.with(handlers).with(entities).with(owners);
    let written = command.operation.writes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    finding.because(subject, "writes", written);
    for one in astray {
        let hops = command.handlers.get(one.handler).into_iter().flatten();
        finding.with(hops.map(|hop| Subject::from(*hop)));
        for (source, words) in &one.sources {
            let words = format!("{} {words}", one.handler);
            // One access that names two entities is one fact.
            if !finding.evidence.iter().any(|known| known.key == *source && known.value == words) {
                finding.with([source.clone()]).because(source.clone(), "accesses", words);
            }
        }
    }
    for (id, entity) in astray.iter().map(|one| one.entity).collect::<BTreeMap<_, _>>() {
        let parts: Vec<String> = entity.partitions.iter().map(|part| cx.model.name_of(&part.owner)).collect();
        match entity.owner.known() {
            Some(owner) => finding.because(id, "owner", owner.to_string()),
            None => finding.because(id, "partitions", format!("owned by {}", parts.join(", "))),
        };
    }
}

fn owners(entity: &Entity) -> Vec<Subject> {
    match entity.owner.known() {
        Some(owner) => vec![owner.into()],
        None => entity.partitions.iter().map(|part| (&part.owner).into()).collect(),
    }
}

/// Calls `visit` with each command that somebody calls, and who handles it past gateways, adapters and backbones.
fn each_command<'c, 'm>(cx: &'c Context<'m>, mut visit: impl FnMut(Command<'c, 'm>)) {
    for (id, contract) in &cx.model.contracts {
        let commands = contract.operations.iter().filter(|(_, operation)| operation.kind == OperationKind::Command);
        let mut handled: BTreeMap<&PartName, Command<'c, 'm>> = commands
            .map(|(name, operation)| (name, Command { contract: id, name, operation, handlers: BTreeMap::new() }))
            .collect();
        if handled.is_empty() {
            continue;
        }
        for hop in cx.users(id).filter(|hop| hop.kind == InteractionKind::Command && arrives(cx, hop)) {
            if let Some(command) = hop.interaction.operation.known().and_then(|name| handled.get_mut(name)) {
                command.handlers.entry(hop.to.id).or_default().push(hop);
            }
        }
        handled.into_values().filter(|command| !command.handlers.is_empty()).for_each(&mut visit);
    }
}

/// Whether a hop ends where its command is handled: at a system, or at an adapter that hands it to nobody.
fn arrives(cx: &Context<'_>, hop: &Hop<'_>) -> bool {
    !hop.to.passes_on() || (hop.to.is(SystemKind::Adapter) && cx.topology.arrivals(hop.at) == [hop.at])
}

/// The writings that this rule reports: which system writes which entity on command, and by which contract it is told.
#[derive(Default)]
pub(super) struct Aimed<'m> {
    handlers: BTreeSet<(&'m Id<Entity>, &'m Id<System>)>,
    contracts: BTreeSet<(&'m Id<Entity>, &'m Id<Contract>)>,
}

impl<'m> Aimed<'m> {
    pub(super) fn of(cx: &Context<'m>, writes: &Writes<'m>) -> Self {
        let mut aimed = Self::default();
        each_command(cx, |command| {
            for one in command.astray(cx, writes) {
                aimed.handlers.insert((one.entity.0, one.handler));
                aimed.contracts.insert((one.entity.0, command.contract));
            }
        });
        aimed
    }

    /// Whether it reports that a system writes an entity, through a contract or straight in a store.
    pub(super) fn covers(&self, entity: &Id<Entity>, writer: &Id<System>, contract: Option<&Id<Contract>>) -> bool {
        match contract {
            Some(contract) => self.contracts.contains(&(entity, contract)),
            None => self.handlers.contains(&(entity, writer)),
        }
    }
}
