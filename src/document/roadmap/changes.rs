//! The changes: when, by whom, after what; and what each of them does.

use super::{Block, Rich, Sources, Style, cells, paragraphs, states::step, words};
use crate::{
    document::Row,
    model::{ChangeStatus, Fact, Id, RoadmapChange, Stored},
    text::capital,
};

pub(super) fn changes(sources: &Sources<'_>) -> Vec<Block> {
    let changes = in_order(sources);
    if changes.is_empty() {
        return Vec::new();
    }
    let rows = changes.iter().map(|(id, change)| row(sources, id, change)).collect();
    let columns = [
        ("Change", 2.6),
        ("Owner", 1.5),
        ("Start", 1.2),
        ("End", 1.2),
        ("Status", 1.2),
        ("Effort", 1.4),
        ("Depends on", 2.4),
    ];
    let table = Block::Table(cells::table(&columns, rows, "Changes in the order of their ends"));
    let section = |(id, change): &(&Id<RoadmapChange>, &RoadmapChange)| {
        cells::section(cells::anchor(&(*id).into()), &change.name, of_change(sources, id, change))
    };
    std::iter::once(table).chain(changes.iter().map(section)).collect()
}

/// By their ends, those without one last.
fn in_order<'a>(sources: &Sources<'a>) -> Vec<(&'a Id<RoadmapChange>, &'a RoadmapChange)> {
    let of = |(id, stored): (&'a Id<RoadmapChange>, &'a Stored<RoadmapChange>)| (id, &*stored.value);
    let mut changes: Vec<_> = sources.written.changes.iter().map(of).collect();
    changes.sort_by_key(|(id, change)| (change.end.known().is_none(), change.end.known(), *id));
    changes
}

fn row(sources: &Sources<'_>, id: &Id<RoadmapChange>, change: &RoadmapChange) -> Row {
    let model = sources.written;
    let after = if change.depends_on.is_empty() {
        Rich::styled("–", Style::Soft)
    } else {
        cells::list(model, change.depends_on.iter().map(Into::into))
    };
    cells::row(vec![
        cells::titled(cells::linked(model, &id.into()), change.kind.word()),
        cells::named(model, &change.owner),
        cells::fact(model, &change.start),
        cells::fact(model, &change.end),
        cells::fact(model, &change.status),
        cells::fact(model, &change.effort),
        after,
    ])
}

fn of_change(sources: &Sources<'_>, id: &Id<RoadmapChange>, change: &RoadmapChange) -> Vec<Block> {
    let model = sources.written;
    let why = Rich::styled("Why: ", Style::Bold);
    let why = match &change.why {
        Fact::NotAsked => why.and(Rich::styled("not stated", Style::Unstated)),
        fact => why.and(cells::fact(model, fact)),
    };
    let mut blocks = vec![Block::Paragraph(why)];
    blocks.extend(paragraphs(&change.description));
    if let Some(scenario) = change.scenario.known() {
        let text =
            format!("It belongs to the scenario \"{scenario}\" and not to the plan: on no date does it take effect.");
        blocks.push(cells::say(text));
    } else if change.status.is(&ChangeStatus::Dropped) {
        blocks.push(cells::say("It was dropped: on no date does it take effect."));
    } else if !change.end.is_known() {
        blocks.push(cells::say("It has no end, so on no date does it take effect."));
    }
    blocks.extend(effects(sources, id, change));
    blocks
}

fn effects(sources: &Sources<'_>, id: &Id<RoadmapChange>, change: &RoadmapChange) -> Vec<Block> {
    if change.effects.is_empty() {
        return vec![Block::Paragraph(Rich::styled(
            "What it does to the architecture is not stated.",
            Style::Unstated,
        ))];
    }
    match step(sources, id, change) {
        Err(why) => {
            let rich = Rich::styled("Its effects cannot be carried out: ", Style::Error);
            vec![Block::Paragraph(rich.then(format!("{}.", capital(&why)), Style::Plain))]
        }
        Ok(step) => {
            let sorted = words::sorted(&step.patch);
            let items: Vec<Rich> = sorted
                .iter()
                .flat_map(|((_, fate), changes)| changes.iter().map(|change| (*fate, *change)))
                .map(|(fate, change)| words::point(&step.before, &step.after, fate, change))
                .collect();
            if items.is_empty() {
                return vec![cells::say("Its effects leave the architecture as it is by then.")];
            }
            vec![cells::points(items)]
        }
    }
}
