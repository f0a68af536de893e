//! CON013: it ends, or begins, at somebody who never promised it.

use crate::{
    model::{AccessMode, Id, InteractionKind, Purpose, Style, Subject, System, SystemKind, SystemRole, Transport},
    rules::{Context, End, Findings, Hop, Meta, Principle, Rule, Severity, finding::say},
    topology::{At, carried},
};

pub(super) struct WrongProvider;

static META: Meta = Meta {
    code: "CON013",
    slug: "wrong-provider",
    summary: "a command or query that ends at, or an event that comes from, a system that does not provide its contract",
    why: "\"Explicit contracts over implicit behaviour\" (docs/principles.md): a contract binds who provides it. If another \
          system answers, nobody has promised anything, or the picture is wrong.",
    example: "Checkout calls `PlaceOrder` of the Orders API at Billing, which happens to have a copy of the code.",
    remedy: "Lead the interaction to the provider, name the contract of the system that answers, or correct the provider.",
    severity: Severity::Error,
    gap: None,
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for WrongProvider {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for hop in cx.hops() {
            let Some((contract, kept)) = hop.contract else { continue };
            if hop.has_person() || hop.kind == InteractionKind::Unclassified || hop.excuses("contract") {
                out.exempt(&META, hop);
                continue;
            }
            // What is passed on is judged where it begins.
            if (hop.from.passes_on() && cx.topology.origins(hop.at) != [hop.at]) || is_relayed(cx, hop) {
                continue;
            }
            let Some(provider) = kept.provider.known().and_then(|id| cx.end(id)) else {
                out.gap_where(&META, hop, Vec::new(), false);
                continue;
            };
            match judge(cx, hop, provider) {
                Judgement::Right => out.met(&META, hop),
                Judgement::Unknown => _ = out.gap_where(&META, hop, Vec::new(), false),
                Judgement::Wrong(at) => {
                    let there = cx.hop(at);
                    let event = hop.kind == InteractionKind::Event;
                    let (end, fact) = if event { (there.from, "from") } else { (there.to, "to") };
                    let said = if event {
                        say![hop, ": ", end, " publishes under ", contract, ", which ", provider, " provides"]
                    } else {
                        say![hop, " ends at ", end, ", and ", contract, " is provided by ", provider]
                    };
                    out.defect(&META, hop, said)
                        .with([Subject::from(there), contract.into(), end.into(), provider.into()])
                        .with(hop.ends())
                        .because(hop, "contract", contract.to_string())
                        .because(there, fact, end.id.to_string())
                        .because(contract, "provider", provider.id.to_string());
                }
            }
        }
    }
}

enum Judgement {
    Right,
    /// It ends at, or comes from, something that only passes on, and the rest of the way is not drawn.
    Unknown,
    /// The hop whose end is the wrong one.
    Wrong(At),
}

fn judge(cx: &Context<'_>, hop: &Hop<'_>, provider: End<'_>) -> Judgement {
    // A gateway or adapter that passes on its own contract; a file or a reply, which either side may have promised.
    let either = hop.from.passes_on()
        || hop.reply_to.is_known()
        || hop.travels() == Some(Transport::File)
        || hop.contract.is_some_and(|(_, contract)| contract.style.is(&Style::File));
    if either && speaks_for(cx, hop.from, provider) {
        return Judgement::Right;
    }
    if hop.kind == InteractionKind::Event {
        return match () {
            () if speaks_for(cx, hop.from, provider) => Judgement::Right,
            // An adapter may promise what the system behind it tells.
            () if provider.is(SystemKind::Adapter) && fronts(provider, hop.from.id) => Judgement::Right,
            () if is_open(hop.from) => Judgement::Unknown,
            () => Judgement::Wrong(hop.at),
        };
    }
    if speaks_for(cx, hop.to, provider) {
        return Judgement::Right;
    }
    let arrivals = if hop.to.passes_on() { cx.topology.arrivals(hop.at) } else { vec![hop.at] };
    let answers = |at: &At| speaks_for(cx, cx.hop(*at).to, provider) || speaks_for(cx, cx.hop(*at).from, provider);
    let Some(wrong) = arrivals.iter().copied().find(|at| !answers(at)) else { return Judgement::Right };
    if is_open(cx.hop(wrong).to) {
        return Judgement::Unknown;
    }
    if passes_provider(cx, hop, provider) { Judgement::Right } else { Judgement::Wrong(wrong) }
}

/// Whether an event or file is only sent on by a platform that got it from somebody, or a command goes to a platform that
/// sends it on: the other leg is the one to judge.
fn is_relayed(cx: &Context<'_>, hop: &Hop<'_>) -> bool {
    let roles = [SystemRole::FileTransfer, SystemRole::IntegrationPlatform, SystemRole::ChangeDataCapture];
    let relays = |end: &End<'_>| end.role.known().is_some_and(|role| roles.contains(role));
    let same = |other: &Hop<'_>| other.at != hop.at && carried(other.interaction) == carried(hop.interaction);
    let fed = || cx.hops_to(hop.from.id).any(same);
    let leads_on = || cx.hops_from(hop.to.id).any(same);
    let tells = hop.kind == InteractionKind::Event || hop.travels() == Some(Transport::File);
    if tells { relays(&hop.from) && fed() } else { relays(&hop.to) && leads_on() }
}

/// Whether a system is one that passes on, and does not say for whom: what it leads to is not drawn.
fn is_open(end: End<'_>) -> bool {
    match end.kind {
        SystemKind::Adapter => !end.fronts.is_known(),
        kind => crate::topology::passes_on(kind),
    }
}

/// Whether a gateway that provides its own contract stands somewhere on the way.
fn passes_provider(cx: &Context<'_>, hop: &Hop<'_>, provider: End<'_>) -> bool {
    let Some((contract, _)) = hop.contract.filter(|_| provider.passes_on()) else { return false };
    let mut same = cx.users(contract).filter(|other| carried(other.interaction) == carried(hop.interaction));
    same.any(|other| other.to.id == provider.id && cx.topology.origins(other.at).contains(&hop.at))
}

/// Whether a system provides a contract, or speaks for who does: its adapter, the relay of its changes, or a module of
/// the same deployable.
fn speaks_for(cx: &Context<'_>, end: End<'_>, provider: End<'_>) -> bool {
    if end.id == provider.id || cx.same_deployable(end.id, provider.id) {
        return true;
    }
    match end.kind {
        SystemKind::Adapter => fronts(end, provider.id),
        _ if end.role.is(&SystemRole::ChangeDataCapture) => {
            fronts(end, provider.id) || reads_changes(cx, end.id, provider.id)
        }
        _ => false,
    }
}

fn fronts(end: End<'_>, system: &Id<System>) -> bool {
    end.fronts.known().is_some_and(|fronts| fronts.contains(system))
}

/// Whether a relay reads the changes, or the outbox, of a store of the provider.
fn reads_changes(cx: &Context<'_>, relay: &Id<System>, provider: &Id<System>) -> bool {
    let stores = cx.model.stores.values().filter(|store| store.owner.is(provider));
    let feed = |access: &crate::model::StoreAccess| {
        access.mode == AccessMode::ChangeFeed || access.purpose.is(&Purpose::OutboxRelay)
    };
    let mut accesses = stores.flat_map(|store| &store.accesses);
    let from_store = accesses.any(|access| access.system == *relay && feed(access));
    from_store || cx.hops_to(relay).any(|hop| hop.from.id == provider && hop.travels() == Some(Transport::ChangeFeed))
}
