//! What cannot hold: dependencies against their dates, plateaus before their changes, effects that fail, circles.

use super::{Block, Rich, Sources, State, Style, cells};
use crate::{
    model::{ChangeStatus, Id, RoadmapChange, Subject},
    timeline::as_of,
    topology::circular,
};

pub(super) fn chapter(sources: &Sources<'_>, states: &[State]) -> Vec<Block> {
    if sources.written.changes.is_empty() && sources.written.plateaus.is_empty() {
        return Vec::new();
    }
    let found = conflicts(sources, states);
    if found.is_empty() {
        return vec![cells::say(
            "No change starts before one that it depends on ends, and every plateau comes after its changes.",
        )];
    }
    vec![cells::points(found)]
}

/// The contradictions of the plan, one point each.
pub(super) fn conflicts(sources: &Sources<'_>, states: &[State]) -> Vec<Rich> {
    let mut found = dependencies(sources);
    found.extend(circles(sources));
    found.extend(early_plateaus(sources));
    let last = states.iter().map(|state| state.date).chain([sources.cx.as_of]).max().unwrap_or(sources.cx.as_of);
    let ends = sources.written.changes.values().filter_map(|change| change.end.known().copied());
    let last = ends.chain([last]).max().unwrap_or(last);
    for stuck in as_of(sources.written, last).failed {
        let rich = change(sources, &stuck.change).then(format!(" cannot take effect: {}.", stuck.why), Style::Plain);
        found.push(rich);
    }
    found
}

fn change(sources: &Sources<'_>, id: &Id<RoadmapChange>) -> Rich {
    cells::linked(sources.written, &id.into())
}

fn dependencies(sources: &Sources<'_>) -> Vec<Rich> {
    let mut found = Vec::new();
    for (id, later) in &sources.written.changes {
        for before in &later.depends_on {
            let Some(earlier) = sources.written.changes.get(before) else { continue };
            let pair = |words: &str| change(sources, id).then(words, Style::Plain).and(change(sources, before));
            if earlier.status.is(&ChangeStatus::Dropped) && !later.status.is(&ChangeStatus::Dropped) {
                found.push(pair(" depends on ").then(", which was dropped.", Style::Plain));
            }
            if let Some((start, end)) = later.start.known().zip(earlier.end.known()).filter(|(start, end)| start < end)
            {
                let rich = pair(&format!(" starts on {start}, before "));
                found.push(rich.then(format!(", which it depends on, ends on {end}."), Style::Plain));
            } else if let Some((mine, theirs)) = later.end.known().zip(earlier.end.known()).filter(|(a, b)| a < b) {
                let rich = pair(&format!(" ends on {mine}, before "));
                found.push(rich.then(format!(", which it depends on, ends on {theirs}."), Style::Plain));
            }
        }
        if let Some((start, end)) = later.start.known().zip(later.end.known()).filter(|(start, end)| end < start) {
            found.push(change(sources, id).then(format!(" ends on {end}, before it starts on {start}."), Style::Plain));
        }
    }
    found
}

/// Changes that wait for each other.
fn circles(sources: &Sources<'_>) -> Vec<Rich> {
    let changes = &sources.written.changes;
    let waits = changes.iter().flat_map(|(id, change)| change.depends_on.iter().map(move |before| (id, before)));
    let waits: Vec<_> = waits.filter(|(_, before)| changes.contains_key(*before)).collect();
    let mut circles: Vec<Vec<&Id<RoadmapChange>>> =
        circular(&waits).into_iter().map(|circle| circle.into_iter().collect()).collect();
    circles.sort();
    let said = |part: Vec<&Id<RoadmapChange>>| {
        let names = cells::list(sources.written, part.into_iter().map(Subject::from));
        names.then(": each waits for the other, so none can start.", Style::Plain)
    };
    circles.into_iter().map(said).collect()
}

fn early_plateaus(sources: &Sources<'_>) -> Vec<Rich> {
    let written = sources.written;
    let mut found = Vec::new();
    for (id, plateau) in &written.plateaus {
        for done in &plateau.changes {
            let end = written.changes.get(done).and_then(|change| change.end.known());
            let Some((end, date)) = end.zip(plateau.date.known()).filter(|(end, date)| end > date) else { continue };
            let rich = cells::linked(written, &id.into()).then(format!(" of {date} counts on "), Style::Plain);
            found.push(rich.and(change(sources, done)).then(format!(", which ends on {end}."), Style::Plain));
        }
    }
    found
}
