//! Name an event after what happened: `OrderCreated` for `CreateOrder`, here and wherever it is referred to.

use std::sync::Arc;

use crate::{
    model::{
        Contract, Edit, Effect, Fact, Id, Key, Kind, Many, Message, Model, Part, PartKind, PartName, Record, Subject,
        Trigger,
    },
    rules::{
        Finding,
        fixes::{Ask, AskKind, Fix, Remedy, Unfixed, asks::part, draft::gone, english::fact_name},
    },
};

pub(super) struct NameTheFact;

const FACT: &str = "fact";

impl Remedy for NameTheFact {
    fn slug(&self) -> &'static str {
        "name-the-fact"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["EVT001"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let Some((PartKind::Message, name)) = &finding.about.part else { return Vec::new() };
        let old = Part { contract: Id::from_slug(finding.about.key.slug.clone()), name: name.clone() };
        if message(model, &old).is_none() {
            return Vec::new();
        }
        let ask = Ask::new(FACT, "What happened", AskKind::Name);
        let (title, ask) = match fact_name(name.as_str()) {
            Some(fact) => (format!("Name {name} after the fact, {fact}"), ask.proposing(fact)),
            None => (format!("Name {name} after the fact"), ask),
        };
        vec![Fix::new(self.slug(), title, vec![ask], move |model, answers| rename(model, &old, &part(answers, FACT)?))]
    }
}

fn message<'m>(model: &'m Model, part: &Part) -> Option<&'m Message> {
    model.contracts.get(&part.contract)?.messages.get(&part.name)
}

/// The edits that give a message another name.
fn rename(model: &Model, old: &Part, new: &PartName) -> Result<Vec<Edit>, Unfixed> {
    if message(model, old).is_none() {
        return Err(gone(&old.contract.key()));
    }
    if message(model, &Part { contract: old.contract.clone(), name: new.clone() }).is_some() {
        return Err(Unfixed::Unfit(FACT, format!("there is a message {new} already")));
    }
    let kinds = [Kind::Contract, Kind::Interaction, Kind::Change, Kind::Waiver];
    let mut edits = Vec::new();
    for key in kinds.into_iter().flat_map(|kind| model.keys_of(kind)) {
        let Some(entry) = model.entry(&key) else { continue };
        let mut record = entry.record.clone();
        rename_in(&mut record, &key, old, new);
        if record != entry.record {
            edits.push(Edit::Put { key, record });
        }
    }
    Ok(edits)
}

fn rename_in(record: &mut Record, key: &Key, old: &Part, new: &PartName) {
    match record {
        Record::Contract(contract) => rename_in_contract(Arc::make_mut(contract), key, old, new),
        Record::Interaction(interaction) => {
            let interaction = Arc::make_mut(interaction);
            if interaction.contract.is(&old.contract) && interaction.message.is(&old.name) {
                interaction.message = new.clone().into();
            }
            if let Fact::Known(triggers) = &interaction.triggered_by {
                let renamed = |trigger: &Trigger| match trigger {
                    Trigger::Message(part) if part == old => Trigger::Message(renamed(old, new)),
                    other => other.clone(),
                };
                let triggers = Many::new(triggers.iter().map(renamed).collect());
                interaction.triggered_by = triggers.map_or(Fact::None, Fact::Known);
            }
        }
        // What is planned speaks of the message too.
        Record::Change(change) => {
            for effect in &mut Arc::make_mut(change).effects {
                let key = effect.key();
                match effect {
                    Effect::Put(_, record) => rename_in(record, &key, old, new),
                    Effect::Alter { from, to, .. } => {
                        rename_in(from, &key, old, new);
                        rename_in(to, &key, old, new);
                    }
                    Effect::Remove(_) => {}
                }
            }
        }
        Record::Waiver(waiver) if waiver.about == Subject::part(PartKind::Message, old) => {
            Arc::make_mut(waiver).about = Subject::part(PartKind::Message, &renamed(old, new));
        }
        _ => {}
    }
}

fn rename_in_contract(contract: &mut Contract, key: &Key, old: &Part, new: &PartName) {
    if *key == old.contract.key()
        && let Some(message) = contract.messages.remove(&old.name)
    {
        contract.messages.insert(new.clone(), message);
    }
    let published = contract.operations.values_mut().flat_map(|operation| &mut operation.publishes);
    published.filter(|published| published.message == *old).for_each(|published| published.message = renamed(old, new));
}

fn renamed(old: &Part, new: &PartName) -> Part {
    Part { contract: old.contract.clone(), name: new.clone() }
}
