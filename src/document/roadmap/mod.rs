//! The integration evolution roadmap: what changes when, what each step leaves behind, what goes, what cannot hold.

mod changes;
mod chart;
mod conflicts;
mod dependants;
mod plateaus;
mod retirements;
mod states;
mod words;

use super::{
    Block, Rich, Sources, Style, cells,
    deliverable::{Chapter, ChapterName, paragraphs},
};
use states::State;

/// What its chapters are called, in order.
pub(super) const CHAPTERS: [ChapterName; 8] = [
    ChapterName::new("outlook", "Outlook"),
    ChapterName::new("timeline", "Timeline"),
    ChapterName::new("changes", "Changes"),
    ChapterName::new("plateaus", "Plateaus"),
    ChapterName::new("risk", "Findings along the way"),
    ChapterName::new("retirements", "Retirement calendar"),
    ChapterName::new("dependants", "What still depends on what retires"),
    ChapterName::new("conflicts", "What cannot hold"),
];

/// The chapters; those without data in the model are empty or say so in a sentence.
pub(super) fn chapters(sources: &Sources<'_>) -> Vec<Chapter> {
    let states = states::states(sources);
    let gone = retirements::gone(sources);
    let told = [
        outlook(sources, &states, &gone),
        chart::timeline(sources),
        changes::changes(sources),
        plateaus::plateaus(sources, &states),
        plateaus::risk(&states),
        retirements::calendar(sources, &gone),
        dependants::dependants(sources, &gone),
        conflicts::chapter(sources, &states),
    ];
    Chapter::all(&CHAPTERS, told)
}

/// The roadmap in a paragraph or two.
fn outlook(sources: &Sources<'_>, states: &[State], gone: &[retirements::Gone]) -> Vec<Block> {
    let (model, today) = (sources.written, sources.cx.as_of);
    if model.changes.is_empty() && model.plateaus.is_empty() && gone.is_empty() {
        return vec![cells::say("No change is planned, no plateau named, and nothing has a date of retirement.")];
    }
    let dated = gone.iter().filter(|gone| gone.on.is_some()).count();
    let mut said = vec![format!(
        "The roadmap holds {} and {}; {} a date of retirement.",
        cells::count(model.changes.len(), "change", "changes"),
        cells::count(model.plateaus.len(), "plateau", "plateaus"),
        cells::count(dated, "element has", "elements have"),
    )];
    let starts = model.changes.iter().filter_map(|(id, change)| Some((*change.start.known()?, id)));
    if let Some((on, id)) = starts.filter(|(on, _)| *on >= today).min() {
        said.push(format!("Next to start is \"{}\", on {on}.", model.name_of(id)));
    }
    let matters = |gone: &&retirements::Gone| gone.is_system_or_version() && gone.on.is_some_and(|on| on >= today);
    if let Some(next) = gone.iter().filter(matters).min_by_key(|gone| gone.on) {
        let on = next.on.map(|on| on.to_string()).unwrap_or_default();
        said.push(format!("Next to go is {}, on {on}.", next.name));
    }
    let mut blocks = vec![cells::say(said.join(" "))];
    if let (Some(first), Some(last)) = (states.first(), states.last())
        && states.len() > 1
    {
        let count = |state: &State| state.defects().len();
        blocks.push(cells::say(format!(
            "The rules find {} in \"{}\" and {} in \"{}\".",
            cells::count(count(first), "defect", "defects"),
            first.name,
            count(last),
            last.name,
        )));
    }
    let wrong = conflicts::conflicts(sources, states).len();
    let rich = match wrong {
        0 => Rich::plain("Nothing in the plan contradicts itself."),
        _ => Rich::styled(cells::count(wrong, "statement", "statements"), Style::Error)
            .then(" of the plan cannot hold, see ", Style::Plain)
            .link("What cannot hold", "conflicts")
            .then(".", Style::Plain),
    };
    blocks.push(Block::Paragraph(rich));
    blocks
}
