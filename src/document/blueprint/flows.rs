//! The named flows: a diagram of each, and its steps.

use super::{Block, Sources, cells, diagrams, paragraphs};
use crate::{
    document::{Rich, Style},
    model::{Flow, Id, Interaction, Step},
};

pub(super) fn flows(sources: &Sources<'_>) -> Vec<Block> {
    let flows = sources.cx.model.flows.iter();
    flows.map(|(id, flow)| cells::section(cells::anchor(&id.into()), &flow.name, of_flow(sources, flow))).collect()
}

fn of_flow(sources: &Sources<'_>, flow: &Flow) -> Vec<Block> {
    let mut blocks: Vec<Block> = paragraphs(&flow.description).collect();
    let model = sources.cx.model;
    let facts = [
        ("criticality", cells::fact(model, &flow.criticality)),
        ("latency objective (p95)", cells::fact(model, &flow.latency)),
        ("availability objective", cells::fact(model, &flow.availability)),
    ];
    let mut rich = Rich::default();
    for (at, (label, fact)) in facts.into_iter().enumerate() {
        let comma = if at > 0 { "; " } else { "" };
        let label = if at == 0 { crate::text::capital(label) } else { label.to_owned() };
        rich = rich.then(format!("{comma}{label}: "), Style::Soft).and(fact);
    }
    blocks.push(Block::Paragraph(rich.then(".", Style::Soft)));
    let whole = |id: &&Id<Interaction>| {
        model.interactions.get(*id).is_some_and(|i| model.system(&i.from).is_some() && model.system(&i.to).is_some())
    };
    let steps: Vec<Vec<Id<Interaction>>> =
        flow.steps.iter().map(|step| step.interactions().iter().filter(whole).cloned().collect()).collect();
    if steps.iter().all(Vec::is_empty) {
        blocks.push(cells::say("Its steps are not stated."));
        return blocks;
    }
    blocks.push(diagrams::flow(sources, &flow.name, &steps));
    let items = flow.steps.iter().zip(&steps).map(|(step, whole)| said(sources, step, whole));
    blocks.push(Block::List { numbered: true, items: items.collect() });
    blocks
}

/// A step in words; those that run side by side share its number.
fn said(sources: &Sources<'_>, step: &Step, whole: &[Id<Interaction>]) -> Rich {
    let mut rich = match step {
        Step::Parallel(_) if whole.len() > 1 => Rich::styled("side by side: ", Style::Soft),
        _ => Rich::default(),
    };
    for (at, id) in whole.iter().enumerate() {
        let Some(interaction) = sources.cx.model.interactions.get(id) else { continue };
        if at > 0 {
            rich = rich.then("; ", Style::Plain);
        }
        rich = rich.and(hop(sources, id, interaction));
    }
    if whole.is_empty() { Rich::styled("a step that is not there on this day", Style::Unstated) } else { rich }
}

fn hop(sources: &Sources<'_>, id: &Id<Interaction>, interaction: &Interaction) -> Rich {
    let model = sources.cx.model;
    let part = interaction.operation.known().or_else(|| interaction.message.known());
    let rich = cells::linked(model, &(&interaction.from).into())
        .then(" → ", Style::Plain)
        .and(cells::linked(model, &(&interaction.to).into()))
        .then(": ", Style::Plain)
        .to(interaction.kind.word(), &id.into());
    match part {
        Some(part) => rich.then(" ", Style::Plain).then(part.to_string(), Style::Code),
        None => rich,
    }
}
