//! Everything that goes, and when: systems, versions, and whatever changes take away.

use super::{Block, Rich, Sources, Style, cells};
use crate::{
    document::Row,
    model::{ChangeStatus, Date, Effect, Id, Kind, PartName, Permanence, RoadmapChange, Subject, System, SystemKind},
    rules::name,
};

/// Something that goes.
pub(super) struct Gone {
    /// When; `None` where nobody said although it is meant to go.
    pub(super) on: Option<Date>,
    /// What.
    pub(super) subject: Subject,
    /// What it is called.
    pub(super) name: String,
    /// The version of a contract that goes, where it is one.
    pub(super) version: Option<PartName>,
    /// What kind of end it is: "retires", "sunset".
    pub(super) end: &'static str,
    /// The change that takes it away.
    pub(super) by: Option<Id<RoadmapChange>>,
    /// What follows, in words.
    follows: Rich,
}

impl Gone {
    /// Whether it is what others build on, rather than what hangs on it.
    pub(super) fn is_system_or_version(&self) -> bool {
        self.version.is_some() || self.subject.key.kind == Kind::System
    }
}

/// All that goes, by date; what has none last.
pub(super) fn gone(sources: &Sources<'_>) -> Vec<Gone> {
    let mut gone = systems(sources);
    gone.extend(versions(sources));
    gone.extend(removed(sources));
    gone.sort_by_key(|gone| (gone.on.is_none(), gone.on, gone.name.clone()));
    gone
}

pub(super) fn calendar(sources: &Sources<'_>, gone: &[Gone]) -> Vec<Block> {
    if gone.is_empty() {
        return Vec::new();
    }
    let row = |gone: &Gone| -> Row {
        let on = gone.on.map_or_else(|| Rich::styled("not stated", Style::Unstated), |on| Rich::plain(on.to_string()));
        let by = gone.by.as_ref().map_or_else(Rich::default, |id| cells::linked(sources.written, &id.into()));
        let kind = if gone.version.is_some() { "version" } else { gone.subject.key.kind.phrase() };
        let what = cells::titled(Rich::default().to(&gone.name, &gone.subject), kind);
        cells::row(vec![on, what, Rich::plain(gone.end), by, gone.follows.clone()])
    };
    let columns = [("Date", 1.2), ("What goes", 3.0), ("How", 1.3), ("By the change", 2.2), ("What follows", 2.4)];
    vec![Block::Table(cells::table(&columns, gone.iter().map(row).collect(), "Retirement calendar"))]
}

/// The changes of the plan with what they remove.
fn removals<'a>(sources: &Sources<'a>) -> impl Iterator<Item = (&'a Id<RoadmapChange>, &'a RoadmapChange, Subject)> {
    let counts = |change: &RoadmapChange| !change.scenario.is_known() && !change.status.is(&ChangeStatus::Dropped);
    let changes = sources.written.changes.iter().filter(move |(_, change)| counts(change));
    changes.flat_map(|(id, change)| {
        let removed = change.effects.iter().filter_map(|effect| match effect {
            Effect::Remove(key) => Some(Subject::from(key.clone())),
            Effect::Put(..) | Effect::Alter { .. } => None,
        });
        removed.map(move |subject| (id, &*change.value, subject)).collect::<Vec<_>>()
    })
}

/// The change that removes a system, if one does.
fn remover<'a>(sources: &Sources<'a>, id: &Id<System>) -> Option<(&'a Id<RoadmapChange>, Option<Date>)> {
    let subject = Subject::from(id);
    let found = removals(sources).filter(|(_, _, removed)| *removed == subject);
    found.map(|(id, change, _)| (id, change.end.known().copied())).min_by_key(|(_, end)| (end.is_none(), *end))
}

fn systems(sources: &Sources<'_>) -> Vec<Gone> {
    let model = sources.written;
    let mut found = Vec::new();
    for (id, system) in &model.systems {
        let life = &system.lifecycle;
        let remover = remover(sources, id);
        let on = life.retires_on.known().copied().or(remover.and_then(|(_, end)| end));
        let temporary = system.kind == SystemKind::Adapter && system.permanence.is(&Permanence::Temporary);
        if on.is_none() && remover.is_none() && !temporary {
            continue;
        }
        let follows = match (life.replaced_by.known(), life.disposition.known()) {
            (Some(next), _) => Rich::plain("replaced by ").and(cells::linked(model, &next.into())),
            (None, Some(disposition)) => Rich::plain(format!("disposition: {disposition}")),
            (None, None) => Rich::styled("not stated", Style::Unstated),
        };
        found.push(Gone {
            on,
            subject: id.into(),
            name: system.name.clone(),
            version: None,
            end: "retires",
            by: remover.map(|(id, _)| id.clone()),
            follows,
        });
    }
    found
}

fn versions(sources: &Sources<'_>) -> Vec<Gone> {
    let mut found = Vec::new();
    for (id, contract) in &sources.written.contracts {
        for (version, facts) in &contract.versions {
            let follows = match &facts.successor {
                crate::model::Fact::Known(next) => Rich::plain(format!("version {next}")),
                crate::model::Fact::None => Rich::plain("dropped"),
                crate::model::Fact::NotAsked => Rich::styled("not stated", Style::Unstated),
            };
            for (date, end) in [(&facts.sunset_on, "sunset"), (&facts.retired_on, "retires")] {
                found.extend(date.known().map(|on| Gone {
                    on: Some(*on),
                    subject: id.into(),
                    name: format!("{} {version}", contract.name),
                    version: Some(version.clone()),
                    end,
                    by: None,
                    follows: follows.clone(),
                }));
            }
        }
    }
    found
}

/// What changes remove beside systems.
fn removed(sources: &Sources<'_>) -> Vec<Gone> {
    let others = removals(sources).filter(|(_, _, subject)| subject.key.kind != Kind::System);
    let gone = others.map(|(id, change, subject)| Gone {
        on: change.end.known().copied(),
        name: name(sources.written, &subject),
        subject,
        version: None,
        end: "is removed",
        by: Some(id.clone()),
        follows: Rich::default(),
    });
    gone.collect()
}
