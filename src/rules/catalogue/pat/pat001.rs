//! PAT001: a way in past the gateway.
//!
//! One finding per system that is reached. Outside are the internet and partners, and external systems wherever nobody
//! has said where they stand; the edge is not inside yet, and what stands there ends the way but for adapters, which
//! pass on. Where nobody has said whether the reached system stands inside, that is the question, unless it is a sketch
//! in which nobody has drawn a boundary at all.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{Exposure, Id, InteractionKind, Stage, Subject, System, SystemKind, SystemRole, Transport, Trust},
    rules::{
        Context, End, Findings, Hop, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
    topology::{At, Join, carried},
};

pub(super) struct GatewayBypass;

static META: Meta = Meta {
    code: "PAT001",
    slug: "gateway-bypass",
    summary: "a command or query from outside reaches an inner system with no gateway in its flow",
    why: "\"A gateway for traffic from outside\" (docs/principles.md, patterns). Who is let in past it is not \
          authenticated, limited or logged where everybody else is, and every inner system becomes an edge of its own.",
    example: "The partner's warehouse calls the order service in the internal network through a hole in the firewall.",
    remedy: "Lead the traffic through the gateway, or put one in front; let firewalls admit nobody else.",
    severity: Severity::Error,
    gap: Some(Stage::Sketch),
    principle: Principle::LooseCoupling,
    star: false,
};

impl Rule for GatewayBypass {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let mut entered: BTreeMap<&Id<System>, Entered<'_, '_>> = BTreeMap::new();
        for hop in cx.hops() {
            let asks = matches!(hop.kind, InteractionKind::Command | InteractionKind::Query);
            if !asks
                || serves_pages(hop)
                || hop.travels() == Some(Transport::File)
                || is_entry(hop.to)
                || is_not_ours(hop.to)
                || is_offered(hop)
            {
                continue;
            }
            let place = place(hop.to);
            if matches!(place, Place::Edge | Place::Outside) {
                continue;
            }
            let behind_gateway = hop.from.is(SystemKind::Gateway);
            let callers = if behind_gateway { Vec::new() } else { from_outside(cx, hop) };
            if callers.is_empty() && !(behind_gateway && place == Place::Inside) {
                continue;
            }
            let entered = entered.entry(hop.to.id).or_insert(Entered { place, to: hop.to, callers: Vec::new() });
            entered.callers.extend(callers.into_iter().map(|caller| (caller, hop)));
        }
        for (id, entered) in entered {
            if entered.to.system.not_applicable.contains_key("boundary") {
                out.exempt(&META, id);
            } else if entered.callers.is_empty() {
                out.met(&META, id);
            } else {
                report(cx, out, id, &entered);
            }
        }
    }
}

/// A system that is reached from outside, and by whom: the first hop and the one that reaches it.
struct Entered<'c, 'm> {
    place: Place,
    to: End<'m>,
    callers: Vec<(&'c Hop<'m>, &'c Hop<'m>)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    Edge,
    Inside,
    NotAsked,
}

fn place(end: End<'_>) -> Place {
    match end.boundary.map(|(_, boundary)| boundary.trust) {
        Some(Trust::Public | Trust::Partner) => Place::Outside,
        Some(Trust::Edge) => Place::Edge,
        Some(Trust::Internal | Trust::Restricted) => Place::Inside,
        None if end.is_external() => Place::Outside,
        // It was asked, and it stands in none: not inside then.
        None if end.system.boundary.is_none() => Place::Edge,
        None => Place::NotAsked,
    }
}

/// Whether a system is there for others to come in by: a gateway, who signs them in, who takes their files.
fn is_entry(end: End<'_>) -> bool {
    let role = matches!(end.system.role.known(), Some(SystemRole::IdentityProvider | SystemRole::FileTransfer));
    role || end.is(SystemKind::Gateway)
}

/// Whether a broker takes it that stands between companies: what it carries is offered to partners or everybody.
fn is_offered(hop: &Hop<'_>) -> bool {
    let exposure = hop.contract.and_then(|(_, contract)| contract.exposure.known());
    hop.to.is(SystemKind::Backbone) && exposure.is_some_and(|exposure| *exposure != Exposure::Internal)
}

/// Whether a person looks at the pages of an application, or of what stands behind them for their sake: that is no
/// traffic between systems, and the application is the way in.
fn serves_pages(hop: &Hop<'_>) -> bool {
    hop.from.is_person() && (hop.to.is(SystemKind::Application) || hop.to.role.is(&SystemRole::Bff))
}

fn is_not_ours(end: End<'_>) -> bool {
    end.is_external() || end.is_person()
}

/// The first hops by which what a hop carries comes from outside with no gateway or broker in between.
fn from_outside<'c, 'm>(cx: &'c Context<'m>, hop: &'c Hop<'m>) -> Vec<&'c Hop<'m>> {
    let mut seen: BTreeSet<At> = BTreeSet::new();
    let (mut open, mut found) = (vec![hop.at], Vec::new());
    while let Some(at) = open.pop() {
        let hop = cx.hop(at);
        if is_entry(hop.from) || hop.from.is(SystemKind::Backbone) {
            continue;
        }
        match place(hop.from) {
            Place::Outside => found.push(hop),
            Place::Edge | Place::NotAsked if hop.from.is(SystemKind::Adapter) && seen.insert(at) => {
                let before = cx.topology.previous(at).into_iter().filter(|(_, join)| *join == Join::Certain);
                let same = |at: &At| carried(cx.hop(*at).interaction) == carried(hop.interaction);
                open.extend(before.map(|(at, _)| at).filter(same));
            }
            Place::Edge | Place::Inside | Place::NotAsked => {}
        }
    }
    found
}

fn report(cx: &Context<'_>, out: &mut Findings<'_>, id: &Id<System>, entered: &Entered<'_, '_>) {
    let callers: BTreeMap<&Id<System>, End<'_>> =
        entered.callers.iter().map(|(first, _)| (first.from.id, first.from)).collect();
    let mut who = names(callers.keys().map(|caller| Subject::from(*caller)));
    let reach = if callers.len() == 1 { " reaches " } else { " reach " };
    let finding = if entered.place == Place::Inside {
        who.extend(say![reach, id, " from outside with no gateway in between"]);
        Some(out.defect(&META, id, who))
    } else {
        let mut said = say!["whether ", id, " stands inside was not asked; "];
        said.extend(who);
        said.extend(say![reach, "it from outside with no gateway in between"]);
        let undrawn = cx.model.boundaries.is_empty() && cx.stage(&id.into()) == Stage::Sketch;
        out.gap_where(&META, id, said, !undrawn)
    };
    let Some(finding) = finding else { return };
    finding.with(callers.keys().map(|caller| Subject::from(*caller)));
    for (first, last) in &entered.callers {
        finding.with([Subject::from(*first), Subject::from(*last)]);
    }
    for (caller, end) in callers {
        match end.boundary {
            Some((boundary, _)) => finding.because(caller, "boundary", boundary.to_string()),
            None => finding.because(caller, "kind", end.system.kind.word()),
        };
    }
    finding.because(id, "boundary", entered.to.boundary.map_or("not asked".to_owned(), |(id, _)| id.to_string()));
}
