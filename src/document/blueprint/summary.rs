//! What a steering committee reads on one page.

use super::{Block, Sources, cells, questions, scorecard};
use crate::{
    document::{Rich, Style},
    model::{DecisionStatus, InteractionKind, SystemKind},
    rules::{Class, Finding},
};

/// So many names stand in a sentence; of the rest the number is said.
const NAMED: usize = 3;

pub(super) fn summary(sources: &Sources<'_>) -> Vec<Block> {
    let model = sources.cx.model;
    let mut blocks = Vec::new();
    if !model.about.description.is_empty() {
        blocks.push(cells::say(&model.about.description));
    }
    blocks.push(cells::say(extent(sources)));
    blocks.push(Block::Paragraph(verdict(sources)));
    blocks.push(scorecard::principles(sources));
    blocks.extend(worst(sources));
    blocks.push(Block::Paragraph(decided(sources)));
    blocks.push(Block::Paragraph(open(sources)));
    blocks
}

fn extent(sources: &Sources<'_>) -> String {
    let model = sources.cx.model;
    let of = |kind: SystemKind| model.systems.values().filter(|system| system.kind == kind).count();
    let people = of(SystemKind::Person);
    let mut said = format!(
        "The model holds {} ({} external, {} legacy), {}, {} and {}",
        cells::count(model.systems.len() - people, "system", "systems"),
        of(SystemKind::External),
        of(SystemKind::Legacy),
        cells::count(model.interactions.len(), "interaction", "interactions"),
        cells::count(model.contracts.len(), "contract", "contracts"),
        cells::count(model.entities.len(), "business record", "business records"),
    );
    if !model.domains.is_empty() {
        said.push_str(&format!(", in {}", cells::count(model.domains.len(), "domain", "domains")));
    }
    said.push('.');
    said
}

fn verdict(sources: &Sources<'_>) -> Rich {
    let sum = sources.report.summary;
    if sum.error + sum.warning + sum.info + sum.gap == 0 {
        return Rich::plain("The rules found nothing wrong and nothing left open.");
    }
    let styled = |count: usize, style: Style| if count > 0 { style } else { Style::Plain };
    Rich::plain("The rules found ")
        .then(cells::count(sum.error, "error", "errors"), styled(sum.error, Style::Error))
        .then(" and ", Style::Plain)
        .then(cells::count(sum.warning, "warning", "warnings"), styled(sum.warning, Style::Warning))
        .then(
            format!(
                "; {} left open, and {} accepted for a time.",
                cells::count(sum.gap, "question is", "questions are"),
                cells::count(sum.waived, "finding is", "findings are"),
            ),
            Style::Plain,
        )
}

/// The worst five, those that the report features first.
fn worst(sources: &Sources<'_>) -> Vec<Block> {
    let featured = &sources.cx.model.report.featured;
    let place = |finding: &Finding| {
        let name = format!("{} {}", finding.rule.code, finding.about);
        featured.iter().position(|other| *other == name).unwrap_or(usize::MAX)
    };
    let defect = |f: &&Finding| f.waived.is_none() && f.class == Class::Defect;
    let mut defects: Vec<&Finding> = sources.report.findings.iter().filter(defect).collect();
    // The report's own order: worst first, then what most depends on. The sort keeps it.
    defects.sort_by_key(|finding| place(finding));
    if defects.is_empty() {
        return Vec::new();
    }
    let items = defects.into_iter().take(5).map(|finding| {
        Rich::styled(format!("{} ", finding.rule.code), super::findings::style(finding.severity))
            .and(cells::message(sources.cx.model, &finding.message))
            .then(". ", Style::Plain)
            .then(finding.rule.remedy, Style::Soft)
    });
    vec![
        Block::Paragraph(Rich::styled("What hurts most:", Style::Bold)),
        Block::List { numbered: true, items: items.collect() },
    ]
}

fn decided(sources: &Sources<'_>) -> Rich {
    let model = sources.cx.model;
    let rich = Rich::styled("Decided: ", Style::Bold);
    let accepted: Vec<_> = model.decisions.iter().filter(|(_, d)| d.status.is(&DecisionStatus::Accepted)).collect();
    let planned = model.changes.len();
    let rich = if accepted.is_empty() {
        rich.then("no decision is recorded as accepted", Style::Plain)
    } else {
        let named = accepted.iter().take(NAMED).map(|(id, _)| (*id).into());
        let rich = rich.and(cells::list(model, named));
        match accepted.len().saturating_sub(NAMED) {
            0 => rich,
            more => rich.then(format!(" and {more} more"), Style::Plain),
        }
    };
    rich.then(format!("; {} on the roadmap.", cells::count(planned, "change is", "changes are")), Style::Plain)
}

fn open(sources: &Sources<'_>) -> Rich {
    let model = sources.cx.model;
    let rich = Rich::styled("Open: ", Style::Bold);
    let mut parts = Vec::new();
    let mut part = |number: usize, one: &str, many: &str| {
        if number > 0 {
            parts.push(cells::count(number, one, many));
        }
    };
    let unclassified = model.interactions.values().filter(|i| i.kind == InteractionKind::Unclassified).count();
    let proposed = model.decisions.values().filter(|d| d.status.is(&DecisionStatus::Proposed)).count();
    part(sources.report.summary.gap, "question", "questions");
    part(unclassified, "interaction not yet classified", "interactions not yet classified");
    part(proposed, "proposed decision", "proposed decisions");
    if parts.is_empty() {
        return rich.then("nothing that the stage of the model calls for.", Style::Plain);
    }
    let mut owners = questions::by_answerer(sources);
    owners.sort_by_key(|(_, items)| std::cmp::Reverse(items.len()));
    let most: Vec<String> =
        owners.iter().take(NAMED).map(|(owner, items)| format!("{owner} ({})", items.len())).collect();
    let rich = rich.then(format!("{}.", parts.join(", ")), Style::Plain);
    if most.is_empty() {
        return rich;
    }
    rich.then(" Most ", Style::Plain)
        .link("questions", "questions")
        .then(format!(" wait for: {}.", most.join(", ")), Style::Plain)
}
