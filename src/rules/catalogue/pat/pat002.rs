//! PAT002: services that trust one another for no stated reason.
//!
//! One finding per boundary, or per domain where nobody has said in which boundaries its systems stand. It speaks only
//! where calls run that neither a mesh nor authentication of their own answers for; a boundary that merely leaves the
//! question open is SEC001's.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    facts::{Resolved, requirement},
    model::{Boundary, Domain, Fact, Id, Stage, Subject, SystemKind, SystemRole, Trust},
    rules::{Context, End, Findings, Hop, Meta, Piece, Principle, Rule, Severity, finding::say},
};

pub(super) struct UntrustedEastWest;

static META: Meta = Meta {
    code: "PAT002",
    slug: "untrusted-east-west",
    summary: "service calls service with neither a mesh nor a stated trust model",
    why: "Each boundary says \"why services trust one another\", and \"a mesh between services\" is one answer \
          (docs/principles.md). To be in the same network is none (NIST SP 800-207, zero trust).",
    example: "Forty services in the internal network call one another in the clear; one of them runs uploads of customers.",
    remedy: "Say why services trust one another, and let a mesh or credentials of their own prove it.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::LooseCoupling,
    star: false,
};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place<'m> {
    Boundary(&'m Id<Boundary>),
    Domain(&'m Id<Domain>),
}

impl Rule for UntrustedEastWest {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (place, hops) in bare(cx) {
            match place {
                Place::Boundary(id) => boundary(cx, out, id, &hops),
                Place::Domain(id) if hops.is_empty() => out.met(&META, id),
                Place::Domain(id) => {
                    let said = open(say!["why services of ", id], &hops);
                    let due = is_due(cx, &hops);
                    if let Some(gap) = out.gap_where(&META, id, said, due) {
                        light(gap, &hops);
                    }
                }
            }
        }
    }
}

/// The calls at one level of trust, by where they run: those that neither a mesh nor a proof of their own answers for.
fn bare<'c, 'm>(cx: &'c Context<'m>) -> BTreeMap<Place<'m>, Vec<&'c Hop<'m>>> {
    let mut bare: BTreeMap<Place<'m>, Vec<&'c Hop<'m>>> = BTreeMap::new();
    for hop in cx.hops().iter().filter(|hop| hop.is_synchronous() && is_peer(cx, hop.from) && is_peer(cx, hop.to)) {
        if hop.to.role.is(&SystemRole::IdentityProvider) || cx.same_deployable(hop.from.id, hop.to.id) {
            continue;
        }
        let Some(place) = between(hop) else { continue };
        let hops = bare.entry(place).or_default();
        if !answers_for_itself(hop) {
            hops.push(hop);
        }
    }
    bare
}

/// The boundaries whose trust between services is asked for here, with those around them: SEC001 need not ask again.
pub(in crate::rules::catalogue) fn asked_for<'m>(cx: &Context<'m>) -> BTreeSet<&'m Id<Boundary>> {
    let mut asked = BTreeSet::new();
    for (place, hops) in bare(cx) {
        let Place::Boundary(id) = place else { continue };
        let excused = cx.model.boundaries.get(id).is_some_and(|b| b.not_applicable.contains_key("service_trust"));
        let stated = requirement(cx.model, id, |requires| &requires.service_trust).is_some();
        if excused || hops.is_empty() || stated || !(denied(cx, id).is_some() || is_due(cx, &hops)) {
            continue;
        }
        let mut next = Some(id);
        while let Some(boundary) = next.filter(|id| asked.insert(*id)).and_then(|id| cx.model.boundaries.get(id)) {
            next = boundary.value.parent.known();
        }
    }
    asked
}

fn is_due(cx: &Context<'_>, hops: &[&Hop<'_>]) -> bool {
    hops.iter().any(|hop| cx.stage_of(&hop.to) >= Stage::Design)
}

fn boundary<'m>(cx: &Context<'m>, out: &mut Findings<'_>, id: &'m Id<Boundary>, hops: &[&Hop<'_>]) {
    let excused = cx.model.boundaries.get(id).is_some_and(|b| b.not_applicable.contains_key("service_trust"));
    if excused {
        return out.exempt(&META, id);
    }
    if hops.is_empty() || requirement(cx.model, id, |requires| &requires.service_trust).is_some() {
        return out.met(&META, id);
    }
    if let Some(denier) = denied(cx, id) {
        let mut said = say!["nothing says why services in ", id, " trust one another; "];
        said.extend(named(hops));
        let finding = out.defect(&META, id, said);
        light(finding, hops);
        finding.because(denier, "service_trust", "none");
        return;
    }
    let due = is_due(cx, hops);
    if let Some(gap) = out.gap_where(&META, id, open(say!["why services in ", id], hops), due) {
        light(gap, hops);
        gap.because(id, "service_trust", "not asked");
    }
}

fn open(mut said: Vec<Piece>, hops: &[&Hop<'_>]) -> Vec<Piece> {
    said.push(" trust one another was not asked; ".into());
    said.extend(named(hops));
    said
}

/// The first of them, how many others, and what they lack.
fn named(hops: &[&Hop<'_>]) -> Vec<Piece> {
    let none = hops.iter().all(|hop| unproved(hop));
    let what = if none { "neither mesh nor authentication" } else { "no mesh and no known authentication" };
    match hops {
        [] => Vec::new(),
        [one] => say![*one, " has ", what],
        [one, another] => say![*one, " and ", *another, " have ", what],
        [one, more @ ..] => {
            say![*one, format!(" and {} other calls have {what}", more.len())]
        }
    }
}

/// Lights up the calls and their ends: there may be thousands, each once.
fn light(finding: &mut crate::rules::Finding, hops: &[&Hop<'_>]) {
    let mut ends: BTreeSet<Subject> = hops.iter().flat_map(|hop| hop.ends()).collect();
    ends.remove(&finding.about);
    finding.subjects.extend(hops.iter().map(|hop| Subject::from(*hop)));
    finding.subjects.extend(ends);
    for hop in hops {
        finding.because(*hop, "authentication", if unproved(hop) { "none" } else { "not asked" });
    }
    let systems: BTreeMap<_, _> = hops.iter().flat_map(|hop| [hop.from, hop.to]).map(|end| (end.id, end)).collect();
    for (id, end) in systems {
        let mesh = match &end.system.mesh {
            Fact::Known(mesh) => mesh.to_string(),
            Fact::None => "none".to_owned(),
            Fact::NotAsked => "not asked".to_owned(),
        };
        finding.because(id, "mesh", mesh);
    }
}

/// Whether a call is known to prove nothing.
fn unproved(hop: &Hop<'_>) -> bool {
    hop.facts.get("authentication", |layer| &layer.security.authentication).is_none()
}

/// Whether a system is one of those that call one another inside: neither a way in or out, nor a person, nor legacy.
fn is_peer(cx: &Context<'_>, end: End<'_>) -> bool {
    match end.system.kind {
        SystemKind::Service | SystemKind::Application => true,
        SystemKind::Adapter => {
            let mut fronts = end.system.fronts.known().into_iter().flat_map(|fronts| fronts.iter());
            !fronts.any(|front| cx.is(front, SystemKind::External))
        }
        SystemKind::Legacy | SystemKind::External | SystemKind::Gateway | SystemKind::Backbone | SystemKind::Person => {
            false
        }
    }
}

/// Where a call stays, if it stays at one level of trust of ours.
fn between<'m>(hop: &Hop<'m>) -> Option<Place<'m>> {
    match (hop.from.boundary, hop.to.boundary) {
        (Some((_, from)), Some((id, to))) => {
            let ours = matches!(to.trust, Trust::Edge | Trust::Internal | Trust::Restricted);
            (ours && from.trust == to.trust).then_some(Place::Boundary(id))
        }
        (None, None) => {
            let open = hop.from.system.boundary.is_not_asked() && hop.to.system.boundary.is_not_asked();
            hop.to.domain.filter(|_| open && !hop.leaves_domain()).map(Place::Domain)
        }
        _ => None,
    }
}

/// Whether both ends are in one mesh, or the caller proves who it is, or says why it need not.
fn answers_for_itself(hop: &Hop<'_>) -> bool {
    let meshed = hop.from.mesh.is_known() && hop.from.mesh == hop.to.mesh;
    let proof = || hop.facts.get("authentication", |layer| &layer.security.authentication);
    meshed || matches!(proof(), Resolved::Known(..) | Resolved::NotApplicable(_))
}

/// The boundary, or the one around it, that says that there is no trust model.
fn denied<'m>(cx: &Context<'m>, id: &'m Id<Boundary>) -> Option<&'m Id<Boundary>> {
    let mut seen = BTreeSet::new();
    let mut next = Some(id);
    while let Some(id) = next.filter(|id| seen.insert(*id)) {
        let boundary = cx.model.boundaries.get(id)?;
        match boundary.requires.service_trust {
            Fact::None => return Some(id),
            Fact::Known(_) => return None,
            Fact::NotAsked => next = boundary.value.parent.known(),
        }
    }
    None
}
