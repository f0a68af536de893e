//! What of the model a person looks at, as edits and as words: the parts of a filter, saved views, the stage of an
//! element, and which domain a system belongs to.

use super::{Refusal, intents::new_id, landscape_id};
use crate::{
    model::{
        Boundary, Domain, Edit, Fact, Filter, Found, Grouping, Id, Key, Kind, Lens, Model, Record, Stage, System,
        SystemKind, Transport, View,
    },
    text::capital,
};

/// One condition of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterPart {
    /// What lies in a domain.
    Domain(Id<Domain>),
    /// What lies in a boundary.
    Boundary(Id<Boundary>),
    /// Systems of a kind.
    Kind(SystemKind),
    /// What travels in a way.
    Transport(Transport),
    /// What the rules found something about.
    Found(Found),
    /// What surrounds an element, or the flow that it is part of.
    Around(Key),
    /// A flow.
    Flow(Key),
}

impl FilterPart {
    /// All conditions of a filter, in the order in which they are shown.
    pub fn of(filter: &Filter) -> Vec<Self> {
        let around = filter.around.known().cloned().map(Self::Around);
        let flow = filter.flow.known().map(|id| Self::Flow(id.key()));
        let domains = filter.domains.iter().cloned().map(Self::Domain);
        let boundaries = filter.boundaries.iter().cloned().map(Self::Boundary);
        let kinds = filter.kinds.iter().copied().map(Self::Kind);
        let transports = filter.transports.iter().copied().map(Self::Transport);
        let found = filter.found.known().copied().map(Self::Found);
        let first = around.into_iter().chain(flow).chain(domains).chain(boundaries);
        first.chain(kinds).chain(transports).chain(found).collect()
    }

    /// What it is called on a chip.
    pub fn words(&self, model: &Model) -> String {
        match self {
            Self::Domain(id) => format!("Domain {}", model.name_of(id)),
            Self::Boundary(id) => format!("Boundary {}", model.name_of(id)),
            Self::Kind(kind) => capital(kind.word()),
            Self::Transport(transport) => capital(transport.word()),
            Self::Found(found) => capital(found.word()),
            Self::Around(key) => format!("Around {}", crate::rules::name(model, &key.clone().into())),
            Self::Flow(key) => format!("Flow {}", model.name(key)),
        }
    }

    /// Whether a filter has this condition.
    pub fn is_in(&self, filter: &Filter) -> bool {
        Self::of(filter).contains(self)
    }

    /// Adds it to a filter, or takes it out.
    pub fn toggle(&self, filter: &mut Filter) {
        match self {
            Self::Domain(id) => flip(&mut filter.domains, id),
            Self::Boundary(id) => flip(&mut filter.boundaries, id),
            Self::Kind(kind) => flip(&mut filter.kinds, kind),
            Self::Transport(transport) => flip(&mut filter.transports, transport),
            Self::Found(found) => {
                filter.found = if filter.found.is(found) { Fact::NotAsked } else { (*found).into() };
            }
            Self::Around(_) => (filter.around, filter.hops) = (Fact::NotAsked, Fact::NotAsked),
            Self::Flow(_) => filter.flow = Fact::NotAsked,
        }
        if filter.domains.is_empty() && !filter.around.is_known() {
            filter.hops = Fact::NotAsked;
        }
    }
}

fn flip<T: Clone + PartialEq>(list: &mut Vec<T>, item: &T) {
    let before = list.len();
    list.retain(|other| other != item);
    if list.len() == before {
        list.push(item.clone());
    }
}

/// Whether two views show the same: what is not said counts as what it means.
pub fn is_same_view(a: &View, b: &View) -> bool {
    let grouping = |view: &View| view.grouping.known().copied().unwrap_or(Grouping::Domain);
    let lens = |view: &View| view.lens.known().copied().unwrap_or(Lens::Kinds);
    (&a.filter, grouping(a), lens(a), &a.pins) == (&b.filter, grouping(b), lens(b), &b.pins)
        && a.as_of.known() == b.as_of.known()
}

/// Saves what is shown as a new view.
///
/// # Errors
/// [`Refusal::NoName`].
pub fn save_view(model: &Model, title: &str, view: View) -> Result<(Id<View>, Vec<Edit>), Refusal> {
    let id = new_id(&model.views, title)?;
    // The landscape's own id is taken even before anything was saved under it.
    let id = if id == landscape_id() { new_id(&model.views, &format!("{title} view"))? } else { id };
    let view = View { title: title.trim().to_owned(), ..view };
    let edits = vec![Edit::put(&id, view)];
    Ok((id, edits))
}

/// Puts what is shown in place of what a view held; its title and what it is for stay.
///
/// # Errors
/// [`Refusal::NotFor`] where there is no such view.
pub fn update_view(model: &Model, id: &Id<View>, view: View) -> Result<Vec<Edit>, Refusal> {
    let saved = model.views.get(id).ok_or_else(|| Refusal::NotFor(id.key()))?;
    let view = View { title: saved.title.clone(), description: saved.description.clone(), ..view };
    Ok(vec![Edit::put(id, view)])
}

/// Takes the model, a domain or a system to a stage; `NotAsked` for that of what is around it.
///
/// # Errors
/// [`Refusal::NotFor`] for what has no stage.
pub fn set_stage(model: &Model, key: &Key, stage: Fact<Stage>) -> Result<Vec<Edit>, Refusal> {
    let refused = || Refusal::NotFor(key.clone());
    let mut record = model.entry(key).ok_or_else(refused)?.record;
    match &mut record {
        Record::Model(about) => std::sync::Arc::make_mut(about).stage = stage,
        Record::Domain(domain) => std::sync::Arc::make_mut(domain).stage = stage,
        Record::System(system) => std::sync::Arc::make_mut(system).stage = stage,
        _ => return Err(refused()),
    }
    Ok(vec![Edit::Put { key: key.clone(), record }])
}

/// The stage that an element has of its own, and the one that counts for it where it has none: that of the domains
/// around it, else the model's, else a sketch.
pub fn stage_of(model: &Model, key: &Key) -> (Fact<Stage>, Stage) {
    let (own, mut next) = match key.kind {
        Kind::System => {
            let system = model.system(&Id::from_slug(key.slug.clone()));
            let own = system.map_or(Fact::NotAsked, |system| system.stage.clone());
            (own, system.and_then(|system| system.domain.known().cloned()))
        }
        Kind::Domain => {
            let domain = model.domains.get(&Id::from_slug(key.slug.clone()));
            let own = domain.map_or(Fact::NotAsked, |domain| domain.stage.clone());
            (own, domain.and_then(|domain| domain.parent.known().cloned()))
        }
        _ => (model.about.stage.clone(), None),
    };
    // Domains in a circle of parents end where all of them were asked.
    for _ in 0..model.domains.len() {
        let Some(domain) = next.as_ref().and_then(|id| model.domains.get(id)) else { break };
        if let Some(stage) = domain.stage.known() {
            return (own, *stage);
        }
        next = domain.parent.known().cloned();
    }
    (own, model.about.stage.known().copied().unwrap_or(Stage::Sketch))
}

/// Moves systems to a domain, or out of every domain.
///
/// # Errors
/// [`Refusal::NoSystem`], [`Refusal::NotFor`] for what is no system.
pub fn move_to_domain(model: &Model, keys: &[Key], domain: &Fact<Id<Domain>>) -> Result<Vec<Edit>, Refusal> {
    let edit = |key: &Key| {
        if key.kind != Kind::System {
            return Err(Refusal::NotFor(key.clone()));
        }
        let id: Id<System> = Id::from_slug(key.slug.clone());
        let mut system = model.system(&id).ok_or_else(|| Refusal::NoSystem(id.clone()))?.clone();
        system.domain = domain.clone();
        Ok(Edit::put(&id, system))
    };
    keys.iter().map(edit).collect()
}
