//! Another name for a part of a contract: whatever names it follows.

use std::sync::Arc;

use super::{
    Contract, Edit, Fact, Id, Interaction, Key, Kind, Many, Misfit, Model, PartKind, PartName, Path, Record, Said,
    Trigger,
};

/// A part of a contract that gets another name.
pub(crate) struct Renamed<'a> {
    pub(crate) contract: Id<Contract>,
    pub(crate) kind: PartKind,
    pub(crate) from: &'a PartName,
    pub(crate) to: &'a PartName,
}

/// Adds the edits by which everything that names a part of a contract names it as it is called now. The contract's own
/// edit is among the edits already.
///
/// # Errors
/// [`Misfit`] where one of the two is no name of a part.
pub fn follow_part(
    model: &Model,
    key: &Key,
    (field, from): (&str, &str),
    to: &str,
    edits: &mut Vec<Edit>,
) -> Result<(), Misfit> {
    let kind = match (key.kind, field) {
        (Kind::Contract, "operations") => PartKind::Operation,
        (Kind::Contract, "messages") => PartKind::Message,
        (Kind::Contract, "versions") => PartKind::Version,
        _ => return Ok(()),
    };
    let name = |text: &str| PartName::new(text.trim()).map_err(|why| Misfit::Unfit(why.to_string()));
    let (from, to) = (name(from)?, name(to)?);
    let renamed = Renamed { contract: Id::from_slug(key.slug.clone()), kind, from: &from, to: &to };
    for other in model.keys() {
        let own = edits.iter_mut().find_map(|edit| match edit {
            Edit::Put { key, record } if *key == other => Some(record),
            _ => None,
        });
        if let Some(record) = own {
            renamed.within(&other, record);
            continue;
        }
        let Some(entry) = model.entry(&other) else { continue };
        let mut record = entry.record.clone();
        renamed.within(&other, &mut record);
        if record != entry.record {
            edits.push(Edit::Put { key: other, record });
        }
    }
    Ok(())
}

impl Renamed<'_> {
    /// The table of the contract that it stands in.
    fn field(&self) -> &'static str {
        match self.kind {
            PartKind::Operation => "operations",
            PartKind::Message => "messages",
            PartKind::Version => "versions",
        }
    }

    /// The part of its contract is called otherwise.
    pub(crate) fn itself(&self, contract: &mut Record) -> Result<(), Misfit> {
        contract.set(&Path::from(self.field()).then(self.from), &Said::Rename(self.to.to_string()))
    }

    /// What a record says of the part.
    pub(crate) fn within(&self, key: &Key, record: &mut Record) {
        match record {
            Record::Interaction(interaction) => self.interaction(Arc::make_mut(interaction)),
            Record::Contract(contract) => {
                let own = key.slug == *self.contract.slug();
                self.contract(Arc::make_mut(contract), own);
            }
            Record::Waiver(waiver) => {
                let waiver = Arc::make_mut(waiver);
                if waiver.about.key == self.contract.key()
                    && let Some((kind, name)) = &mut waiver.about.part
                    && *kind == self.kind
                {
                    self.name(name);
                }
            }
            _ => {}
        }
    }

    fn name(&self, name: &mut PartName) {
        if name == self.from {
            *name = self.to.clone();
        }
    }

    fn fact(&self, fact: &mut Fact<PartName>) {
        if let Fact::Known(name) = fact {
            self.name(name);
        }
    }

    fn interaction(&self, interaction: &mut Interaction) {
        if interaction.contract.is(&self.contract) {
            self.fact(match self.kind {
                PartKind::Operation => &mut interaction.operation,
                PartKind::Message => &mut interaction.message,
                PartKind::Version => &mut interaction.version,
            });
        }
        if let Fact::Known(triggers) = &interaction.triggered_by {
            let mut triggers = triggers.to_vec();
            for trigger in &mut triggers {
                match (trigger, self.kind) {
                    (Trigger::Operation(part), PartKind::Operation) | (Trigger::Message(part), PartKind::Message)
                        if part.contract == self.contract =>
                    {
                        self.name(&mut part.name);
                    }
                    _ => {}
                }
            }
            interaction.triggered_by = Many::new(triggers).map_or(Fact::NotAsked, Fact::Known);
        }
    }

    fn contract(&self, contract: &mut Contract, own: bool) {
        if self.kind == PartKind::Message {
            let published = contract.operations.values_mut().flat_map(|operation| &mut operation.publishes);
            for published in published.filter(|published| published.message.contract == self.contract) {
                self.name(&mut published.message.name);
            }
        }
        if self.kind == PartKind::Version && own {
            contract.versions.values_mut().for_each(|version| self.fact(&mut version.successor));
            let fields = contract.operations.values_mut().flat_map(|operation| operation.fields.values_mut());
            let fields = fields.chain(contract.messages.values_mut().flat_map(|message| message.fields.values_mut()));
            for field in fields {
                self.fact(&mut field.since);
                self.fact(&mut field.until);
            }
        }
    }
}
