//! Which cells of a table do not arise: what a row cannot be asked, by its kind and by what it carries.

use super::{
    cells::{cell_text, place_in_operation},
    columns::{GridColumn, Holds},
};
use crate::{
    model::{InteractionKind, Key, Model, Record, Transport},
    rules,
};

/// Why a fact does not arise for a record, as one of several and alone: "are events", "is an event".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Absence {
    many: &'static str,
    one: &'static str,
}

/// Why a column does not arise for a record; none where it does, or where that is not known yet.
pub(super) fn absence(record: &Record, column: &GridColumn) -> Option<Absence> {
    let Record::Interaction(interaction) = record else { return None };
    if let Holds::OfOperation(fact) = column.holds {
        let carries = place_in_operation(record, fact).is_ok();
        return (!carries).then_some(Absence { many: "carry no operation", one: "it carries no operation" });
    }
    // Nobody waits for what travels otherwise.
    let waits = column.id == "timeout";
    let because = match interaction.travels()? {
        Transport::Synchronous => return None,
        _ if interaction.kind == InteractionKind::Event => Absence { many: "are events", one: "it is an event" },
        Transport::Asynchronous => Absence { many: "are asynchronous", one: "it is asynchronous" },
        Transport::File => Absence { many: "travel as files", one: "it travels as a file" },
        Transport::ChangeFeed => Absence { many: "travel by a change feed", one: "it travels by a change feed" },
    };
    waits.then_some(because)
}

impl Absence {
    /// Why one row takes nothing: "takes no timeout: it is an event".
    pub(super) fn of_one(self, column: &GridColumn) -> String {
        format!("takes no {}: {}", column.title.to_lowercase(), self.one)
    }
}

/// Why nothing can be written into a cell that is empty; none where it can.
pub fn not_concerned(model: &Model, key: &Key, column: &GridColumn) -> Option<String> {
    let record = model.entry(key)?.record;
    let absence = absence(&record, column).filter(|_| cell_text(model, key, column).is_empty())?;
    Some(format!("{} {}", rules::name(model, &key.clone().into()), absence.of_one(column)))
}

/// The rows among several into which a text can be written; and what is said of those that it does not concern: "2 of 5
/// rows take no timeout: they are events". All of them where it concerns none.
pub fn concerned(model: &Model, keys: &[Key], column: &GridColumn, text: &str) -> (Vec<Key>, Option<String>) {
    let absent = |key: &Key| absence(&model.entry(key)?.record, column).filter(|_| !text.trim().is_empty());
    let reasons: Vec<Absence> = keys.iter().filter_map(absent).collect();
    if reasons.is_empty() || reasons.len() == keys.len() {
        return (keys.to_vec(), None);
    }
    let fits = keys.iter().filter(|key| absent(key).is_none()).cloned().collect();
    let mut because: Vec<&str> = reasons.iter().map(|reason| reason.many).collect();
    because.sort_unstable();
    because.dedup();
    let title = column.title.to_lowercase();
    let takes = if reasons.len() == 1 { "takes" } else { "take" };
    let why = match (reasons.as_slice(), because.as_slice()) {
        ([only], _) => only.one.to_owned(),
        (_, because) => format!("they {}", because.join(" or ")),
    };
    (fits, Some(format!("{} of {} rows {takes} no {title}: {why}", reasons.len(), keys.len())))
}
