//! Who really uses a contract.

use std::collections::BTreeMap;

use crate::{
    model::{Contract, Id, InteractionKind, Style, System, SystemKind, SystemRole},
    rules::{Context, End, Hop, contracts::Product},
};

/// The systems that use a contract today, each with the interactions that show it: past gateways and backbones, and
/// past whatever relays it under the same contract. People document themselves nowhere.
pub(super) fn consumers<'c, 'a>(
    cx: &'c Context<'a>,
    product: &Product<'a>,
) -> BTreeMap<&'a Id<System>, Vec<&'c Hop<'a>>> {
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for hop in cx.users(product.id).filter(|hop| is_current(cx, hop)) {
        let Some((end, side)) = consumer(product, hop) else { continue };
        let provider = product.provider.is_some_and(|provider| provider.id == end.id);
        if !provider && !end.is_person() && !relays(cx, product.id, end, side) {
            found.entry(end.id).or_default().push(hop);
        }
    }
    found
}

/// Whether an interaction is in use on the day.
pub(super) fn is_current(cx: &Context<'_>, hop: &Hop<'_>) -> bool {
    let later = hop.active_from.known().is_some_and(|from| *from > cx.as_of);
    let over = hop.active_until.known().is_some_and(|until| *until < cx.as_of);
    !later && !over
}

/// Where an interaction's consumer is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    From,
    To,
}

/// The end that is not the provider's. Where neither is, whoever asks or commands, and whoever receives an event or a
/// file. `None` where a gateway or adapter passes on its own contract to what is behind it.
fn consumer<'a>(product: &Product<'a>, hop: &Hop<'a>) -> Option<(End<'a>, Side)> {
    let provides = |end: &End<'_>| product.provider.is_some_and(|provider| provider.id == end.id);
    if provides(&hop.from) {
        let passes_on = hop.from.passes_on() && !hop.interaction.message.is_known();
        return (!passes_on).then_some((hop.to, Side::To));
    }
    let receives = match hop.kind {
        _ if provides(&hop.to) => false,
        InteractionKind::Event => true,
        InteractionKind::Command | InteractionKind::Query => product.style.is(&Style::File),
        InteractionKind::Unclassified => hop.interaction.message.is_known(),
    };
    Some(if receives { (hop.to, Side::To) } else { (hop.from, Side::From) })
}

/// Whether a system only stands between a contract and those who use it.
fn relays(cx: &Context<'_>, contract: &Id<Contract>, end: End<'_>, side: Side) -> bool {
    if matches!(end.kind, SystemKind::Gateway | SystemKind::Backbone) {
        return true;
    }
    let role = [SystemRole::ChangeDataCapture, SystemRole::FileTransfer, SystemRole::IntegrationPlatform];
    if !end.is(SystemKind::Adapter) && !end.role.known().is_some_and(|known| role.contains(known)) {
        return false;
    }
    let keeps = |hop: &Hop<'_>| hop.contract.is_some_and(|(id, _)| id == contract);
    match side {
        Side::From => cx.hops_to(end.id).any(keeps),
        Side::To => cx.hops_from(end.id).any(keeps),
    }
}
