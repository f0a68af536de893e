//! The timeline: changes, lives of systems and versions as a Gantt chart.

use std::collections::BTreeMap;

use super::{Block, Sources};
use crate::{
    model::{ChangeStatus, Date, Effect, Id, Lifecycle, Record, RoadmapChange, Subject, System, Version},
    scene::gantt::{Chart, Lane, Look, Mark, Span, Track, gantt},
};

/// The charts: work first, then lives.
pub(super) fn timeline(sources: &Sources<'_>) -> Vec<Block> {
    let written = sources.written;
    let plateaus = written.plateaus.values().filter_map(|p| Some((*p.date.known()?, p.name.clone())));
    let plateaus: Vec<(Date, String)> = plateaus.collect();
    let chart = |lanes| Chart { lanes, plateaus: plateaus.clone(), today: sources.cx.as_of };
    let work = figures(&chart(work(sources)), "Changes, what they wait for, and plateaus");
    let lives = figures(&chart(lives(sources)), "Lives of systems and versions");
    work.into_iter().chain(lives).collect()
}

fn figures(chart: &Chart, caption: &str) -> Vec<Block> {
    let scenes = gantt(chart);
    let count = scenes.len();
    let names = chart.lanes.iter().flat_map(|lane| &lane.tracks).map(|track| track.name.as_str());
    let alt = format!("{caption}: {}.", names.collect::<Vec<_>>().join(", "));
    let figure = |(at, scene)| {
        let part = if count > 1 { format!(" ({} of {count})", at + 1) } else { String::new() };
        Block::Figure { scene, caption: format!("{caption}{part}"), alt: alt.clone() }
    };
    scenes.into_iter().enumerate().map(figure).collect()
}

/// A change with its id.
type Step<'a> = (&'a Id<RoadmapChange>, &'a RoadmapChange);

/// Changes by the first plateau that counts on them; by owner where no plateau is named.
fn work(sources: &Sources<'_>) -> Vec<Lane> {
    let written = sources.written;
    let mut plateaus: Vec<_> = written.plateaus.iter().collect();
    plateaus.sort_by_key(|(id, plateau)| (plateau.date.known().is_none(), plateau.date.known().copied(), *id));
    let mut lanes: BTreeMap<(usize, String), Vec<Step<'_>>> = BTreeMap::new();
    for (id, change) in &written.changes {
        let first = plateaus.iter().position(|(_, plateau)| plateau.changes.contains(id));
        let lane = match first.and_then(|at| Some((at, plateaus.get(at)?))) {
            Some((at, (_, plateau))) => (at, format!("By \"{}\"", plateau.name)),
            None if !plateaus.is_empty() => (usize::MAX, "Counted on by no plateau".to_owned()),
            None => match change.owner.known() {
                Some(owner) => (0, written.name_of(owner)),
                None => (1, "Owner not stated".to_owned()),
            },
        };
        lanes.entry(lane).or_default().push((id, &change.value));
    }
    let lane = |((_, title), mut changes): ((usize, String), Vec<Step<'_>>)| {
        changes.sort_by_key(|(id, change)| {
            let start = change.start.known().or(change.end.known());
            (start.is_none(), start.copied(), *id)
        });
        Lane { title, tracks: changes.into_iter().map(|(id, change)| of_change(id, change)).collect() }
    };
    lanes.into_iter().map(lane).collect()
}

fn of_change(id: &Id<RoadmapChange>, change: &RoadmapChange) -> Track {
    let look = match change.status.known() {
        Some(ChangeStatus::Done) => Look::Done,
        Some(ChangeStatus::InProgress) => Look::Running,
        Some(ChangeStatus::Approved) => Look::Agreed,
        Some(ChangeStatus::Dropped) => Look::Dropped,
        Some(ChangeStatus::Proposed) | None => Look::Proposed,
    };
    let span = Span { from: change.start.known().copied(), to: change.end.known().copied(), look };
    Track {
        key: id.key(),
        name: change.name.clone(),
        spans: vec![span],
        marks: Vec::new(),
        after: change.depends_on.iter().map(Id::key).collect(),
    }
}

/// The lives that the roadmap changes: of systems, and of versions of contracts.
fn lives(sources: &Sources<'_>) -> Vec<Lane> {
    let today = sources.cx.as_of;
    let (mut come, mut go) = (BTreeMap::new(), BTreeMap::new());
    let counts = |c: &RoadmapChange| !c.scenario.is_known() && !c.status.is(&ChangeStatus::Dropped);
    for change in sources.written.changes.values().filter(|change| counts(change)) {
        for effect in &change.effects {
            match effect {
                Effect::Put(slug, Record::System(system)) => {
                    let id: Id<System> = Id::from_slug(slug.clone());
                    come.entry(id).or_insert((system.clone(), change.end.known().copied()));
                }
                Effect::Remove(key) => _ = go.entry(key.clone()).or_insert(change.end.known().copied()),
                Effect::Put(..) | Effect::Alter { .. } => {}
            }
        }
    }
    come.retain(|id, _| !sources.written.systems.contains_key(id));
    let mut systems: Vec<Track> = Vec::new();
    for (id, system) in &sources.written.systems {
        let removed = go.get(&id.key()).copied().flatten();
        systems.extend(life(id.into(), &system.name, &system.lifecycle, removed, today));
    }
    for (id, (system, end)) in &come {
        let mut lifecycle = system.lifecycle.clone();
        lifecycle.active_from =
            lifecycle.active_from.known().copied().or(*end).map_or_else(Default::default, Into::into);
        systems.extend(life(id.into(), &system.name, &lifecycle, None, today));
    }
    let mut versions = Vec::new();
    for (id, contract) in &sources.written.contracts {
        for (name, version) in &contract.versions {
            versions.extend(of_version(id.into(), &format!("{} {name}", contract.name), version, today));
        }
    }
    let lanes = [("Systems", systems), ("Versions of contracts", versions)];
    let lanes = lanes.into_iter().filter(|(_, tracks)| !tracks.is_empty());
    lanes.map(|(title, tracks)| Lane { title: title.to_owned(), tracks }).collect()
}

/// The life of a system; `None` where no date of it lies ahead and nothing of it is discouraged.
fn life(subject: Subject, name: &str, life: &Lifecycle, removed: Option<Date>, today: Date) -> Option<Track> {
    let (planned, active) = (life.planned_from.known().copied(), life.active_from.known().copied());
    let deprecated = life.deprecated_from.known().copied();
    let gone = life.retires_on.known().copied().or(removed);
    let coming = planned.is_some() && active.is_none() || active.is_some_and(|from| from > today);
    if !coming && deprecated.is_none() && gone.is_none() {
        return None;
    }
    let mut spans = Vec::new();
    if planned.is_some() || coming {
        spans.push(Span { from: planned, to: active, look: Look::Planned });
    }
    if active.is_some() || !coming {
        spans.push(Span { from: active, to: deprecated.or(gone), look: Look::Active });
    }
    if deprecated.is_some() {
        spans.push(Span { from: deprecated, to: gone, look: Look::Deprecated });
    }
    let marks = gone.map(|on| (on, Mark::Retirement)).into_iter().collect();
    Some(Track { key: subject.key, name: name.to_owned(), spans, marks, after: Vec::new() })
}

/// The life of a version, where something of it lies ahead or is discouraged.
fn of_version(subject: Subject, name: &str, version: &Version, today: Date) -> Option<Track> {
    let date = |fact: &crate::model::Fact<Date>| fact.known().copied();
    let (published, deprecated) = (date(&version.published), date(&version.deprecated_on));
    let (sunset, retired) = (date(&version.sunset_on), date(&version.retired_on));
    let coming = published.is_some_and(|on| on > today);
    if !coming && deprecated.is_none() && sunset.is_none() && retired.is_none() {
        return None;
    }
    let end = retired.or(sunset);
    let mut spans = vec![Span { from: published, to: deprecated.or(end), look: Look::Active }];
    if deprecated.is_some() {
        spans.push(Span { from: deprecated, to: end, look: Look::Deprecated });
    }
    let marks = [(sunset, Mark::Sunset), (retired, Mark::Retirement)];
    let marks = marks.into_iter().filter_map(|(on, mark)| Some((on?, mark))).collect();
    Some(Track { key: subject.key, name: name.to_owned(), spans, marks, after: Vec::new() })
}
