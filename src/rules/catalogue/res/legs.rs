//! The legs of a message: to the backbone, and from it to each subscriber.

use std::collections::HashMap;

use crate::{
    model::{Contract, Id, PartName},
    rules::{Context, Hop},
};

/// The interactions that carry each message of a contract, by the message's name.
pub(super) fn by_message<'c, 'a>(
    cx: &'c Context<'a>,
    id: &Id<Contract>,
    contract: &Contract,
) -> HashMap<&'a PartName, Vec<&'c Hop<'a>>> {
    let mut legs: HashMap<_, Vec<_>> = HashMap::new();
    if contract.messages.is_empty() {
        return legs;
    }
    for hop in cx.users(id) {
        if let Some(name) = hop.interaction.message.known() {
            legs.entry(name).or_default().push(hop);
        }
    }
    legs
}
