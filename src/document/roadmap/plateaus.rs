//! Each plateau: what it is like, what differs from the one before, and which findings come and go.

use super::{Block, Rich, Sources, State, Style, cells, paragraphs, words};
use crate::{
    document::Row,
    model::{Model, Plateau, diff},
    rules::Finding,
    text::capital,
};

pub(super) fn plateaus(sources: &Sources<'_>, states: &[State]) -> Vec<Block> {
    let written = sources.written;
    let mut blocks = Vec::new();
    for (at, state) in states.iter().enumerate() {
        let Some(plateau) = state.id.as_ref().and_then(|id| written.plateaus.get(id)) else { continue };
        let before = at.checked_sub(1).and_then(|at| states.get(at));
        let mut content = about(written, plateau);
        match before {
            None => content.push(cells::say("The first plateau: what follows is compared with it.")),
            Some(before) => content.extend(differences(before, state)),
        }
        let anchor = state.id.as_ref().map(|id| cells::anchor(&id.into())).unwrap_or_default();
        blocks.push(cells::section(anchor, format!("{}, {}", state.name, state.date), content));
    }
    for (id, plateau) in written.plateaus.iter().filter(|(_, plateau)| !plateau.date.is_known()) {
        let mut content = about(written, plateau);
        content.push(Block::Paragraph(Rich::styled(
            "Its date is not stated, so what it holds is not known.",
            Style::Unstated,
        )));
        blocks.push(cells::section(cells::anchor(&id.into()), &plateau.name, content));
    }
    blocks
}

fn about(written: &Model, plateau: &Plateau) -> Vec<Block> {
    let mut blocks: Vec<Block> = paragraphs(&plateau.description).collect();
    if !plateau.changes.is_empty() {
        let done = cells::list(written, plateau.changes.iter().map(Into::into));
        blocks
            .push(Block::Paragraph(Rich::styled("Completed by then: ", Style::Bold).and(done).then(".", Style::Plain)));
    }
    blocks
}

/// What is added, changed and removed since the state before, by kind of element.
fn differences(before: &State, state: &State) -> Vec<Block> {
    let patch = diff(&before.model, &state.model);
    let sorted = words::sorted(&patch);
    if sorted.is_empty() {
        return vec![cells::say(format!("Nothing differs from \"{}\".", before.name))];
    }
    let mut places: Vec<usize> = sorted.keys().map(|(place, _)| *place).collect();
    places.dedup();
    let cell = |place: usize, fate: words::Fate| {
        let changes = sorted.get(&(place, fate)).map(Vec::as_slice).unwrap_or_default();
        let names: Vec<String> =
            changes.iter().map(|change| words::named(&before.model, &state.model, change)).collect();
        if names.is_empty() { Rich::styled("–", Style::Soft) } else { Rich::plain(names.join("\n")) }
    };
    let row = |place: usize| -> Row {
        let kind = capital(words::kind(place).table());
        let cells = words::Fate::ALL.into_iter().map(|fate| cell(place, fate));
        cells::row(std::iter::once(Rich::styled(kind, Style::Bold)).chain(cells).collect())
    };
    let [added, changed, removed] = words::Fate::ALL.map(words::Fate::word);
    let columns = [("", 1.2), (added, 2.6), (changed, 2.6), (removed, 2.6)];
    let caption = format!("{} compared with {}", state.name, before.name);
    vec![Block::Table(cells::table(&columns, places.into_iter().map(row).collect(), &caption))]
}

/// Which findings each plateau brings and takes away.
pub(super) fn risk(states: &[State]) -> Vec<Block> {
    if states.len() < 2 {
        return Vec::new();
    }
    let mut blocks = vec![cells::say(
        "Each plateau was checked by the same rules as the architecture of today. What is listed as new is a defect \
         that the plan brings or leaves behind; accepted findings count for neither side.",
    )];
    for pair in states.windows(2) {
        let [before, after] = pair else { continue };
        let (old, new) = (before.defects(), after.defects());
        let come: Vec<&Finding> = new.iter().filter(|(id, _)| !old.contains_key(*id)).map(|(_, f)| *f).collect();
        let gone: Vec<&Finding> = old.iter().filter(|(id, _)| !new.contains_key(*id)).map(|(_, f)| *f).collect();
        let mut content = Vec::new();
        if come.is_empty() && gone.is_empty() {
            content.push(cells::say(format!("The same findings as in \"{}\": {}.", before.name, old.len())));
        }
        for (title, model, style, findings) in
            [("Introduced", &after.model, Style::Error, &come), ("Resolved", &before.model, Style::Bold, &gone)]
        {
            if !findings.is_empty() {
                content.push(Block::Paragraph(Rich::styled(format!("{title} ({}):", findings.len()), style)));
                content.push(cells::points(findings.iter().map(|finding| said(model, finding)).collect()));
            }
        }
        let anchor = after.id.as_ref().map(|id| format!("risk-{id}")).unwrap_or_default();
        blocks.push(cells::section(anchor, format!("From \"{}\" to \"{}\"", before.name, after.name), content));
    }
    blocks
}

fn said(model: &Model, finding: &Finding) -> Rich {
    Rich::styled(format!("{} ", finding.rule.code), Style::Bold)
        .and(cells::message(model, &finding.message))
        .then(".", Style::Plain)
}
