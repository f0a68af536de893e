//! Systems: what they are, where they stand, how long they live.

use super::{Done, boundary, exists, find_or, make_system, mistaken, system};
use crate::{
    entry::{
        Problem,
        ast::{Name, Said, Systems},
        draft::Draft,
    },
    model::{Boundary, Date, Domain, Fact, Id, Kind, Many, System, SystemKind, Text},
};

pub(super) fn systems(draft: &mut Draft<'_>, said: &Systems) -> Done {
    let mut ids: Vec<Id<System>> = Vec::new();
    for name in &said.names {
        let id = match draft.find::<System>(name)? {
            Some(id) => id,
            None => make_system(draft, name, kind(said))?,
        };
        ids.push(id);
    }
    let around = Around::of(draft, said)?;
    for (id, name) in ids.iter().zip(&said.names) {
        check(draft, said, id)?;
        if around.fronts.contains(id) || around.replaced_by.as_ref() == Some(id) {
            let message = format!("“{}” cannot stand before or replace itself", name.value);
            return Err(Problem::new(name.at.clone(), message));
        }
        draft.change(id, |system| around.say(said, system));
        exists(draft, &id.key());
        draft.about.push(id.key());
    }
    Ok(())
}

/// What a new system is: a service, where nothing else is said and nothing is said of it that only adapters have.
fn kind(said: &Systems) -> SystemKind {
    let adapts = said.permanence.is_some() || !said.fronts.is_empty();
    let kind = said.kind.as_ref().map(|said| said.value);
    kind.unwrap_or(if adapts { SystemKind::Adapter } else { SystemKind::Service })
}

/// Only adapters stand before others and are temporary or permanent.
fn check(draft: &Draft<'_>, said: &Systems, id: &Id<System>) -> Done {
    let now = draft.get(id).map(|system| system.kind);
    let kind = said.kind.as_ref().map(|said| said.value).or(now);
    let at = said.permanence.as_ref().map(|said| &said.at).or(said.fronts.first().map(|name| &name.at));
    match (kind, at) {
        (Some(kind), Some(at)) if kind != SystemKind::Adapter => {
            let message = format!(
                "only adapters are temporary or permanent and stand before others, and {} is {}{kind}: write `: adapter`",
                draft.name_of(id),
                article(kind)
            );
            Err(Problem::new(at.clone(), message))
        }
        _ => Ok(()),
    }
}

/// The article of a kind.
pub(super) fn article(kind: SystemKind) -> &'static str {
    if kind.word().starts_with(['a', 'e']) { "an " } else { "a " }
}

/// What is said of every system of a line.
struct Around {
    domain: Option<Id<Domain>>,
    boundary: Option<Id<Boundary>>,
    technology: Option<Text>,
    fronts: Vec<Id<System>>,
    replaced_by: Option<Id<System>>,
}

impl Around {
    fn of(draft: &mut Draft<'_>, said: &Systems) -> Done<Self> {
        said.domain.iter().try_for_each(|name| mistaken(draft, Kind::Domain, name))?;
        let domain = said.domain.as_ref().map(|name| find_or(draft, name, Domain::new)).transpose()?;
        let boundary = said.boundary.as_ref().map(|name| boundary(draft, name)).transpose()?;
        let mut fronts = Vec::new();
        for name in &said.fronts {
            fronts.push(match draft.find::<System>(name)? {
                Some(id) => id,
                None => make_system(draft, name, SystemKind::Legacy)?,
            });
        }
        let replaced_by = said.replaced_by.as_ref().map(|name: &Name| system(draft, name)).transpose()?;
        let technology = said.technology.as_ref().and_then(|name| Text::new(name.value.clone()));
        Ok(Self { domain, boundary, technology, fronts, replaced_by })
    }

    fn say(&self, said: &Systems, system: &mut System) {
        if let Some(kind) = &said.kind {
            system.kind = kind.value;
        }
        let role = said.role.as_ref().map(|said| said.value);
        let criticality = said.criticality.as_ref().map(|said| said.value);
        let stage = said.stage.as_ref().map(|said| said.value);
        put(&mut system.role, role.as_ref());
        put(&mut system.criticality, criticality.as_ref());
        put(&mut system.stage, stage.as_ref());
        if let Some(permanence) = &said.permanence {
            system.permanence = permanence.value.into();
        }
        put(&mut system.domain, self.domain.as_ref());
        put(&mut system.boundary, self.boundary.as_ref());
        put(&mut system.technology, self.technology.as_ref());
        put(&mut system.lifecycle.replaced_by, self.replaced_by.as_ref());
        if let Some(fronts) = Many::new(self.fronts.clone()) {
            system.fronts = fronts.into();
        }
        let life = &mut system.lifecycle;
        let date = |said: &Option<Said<Date>>| said.as_ref().map(|said| said.value);
        put(&mut life.planned_from, date(&said.dates.planned).as_ref());
        put(&mut life.active_from, date(&said.dates.active).as_ref());
        put(&mut life.deprecated_from, date(&said.dates.deprecated).as_ref());
        put(&mut life.retires_on, date(&said.dates.retires).as_ref());
    }
}

fn put<T: Clone>(slot: &mut Fact<T>, value: Option<&T>) {
    if let Some(value) = value {
        *slot = Fact::Known(value.clone());
    }
}
