//! What was accepted for a time, and what was decided.

use super::{Block, Sources, cells};
use crate::{
    document::{Rich, Row, Style},
    model::{Answer, Decision, Fact, Field, Shown, Waiver},
    rules::{Finding, find},
};

/// Every waiver of the model, in force or not.
pub(super) fn waivers(sources: &Sources<'_>) -> Vec<Block> {
    let model = sources.cx.model;
    if model.waivers.is_empty() {
        return vec![cells::say("No finding has been accepted by a waiver.")];
    }
    let rows = model.waivers.values().map(|waiver| waiver_row(sources, waiver));
    let columns = [("Accepted", 3.0), ("Reason", 2.8), ("Approved by", 1.6), ("Expires", 1.3), ("State", 1.5)];
    vec![Block::Table(cells::table(&columns, rows.collect(), "Register of waivers"))]
}

fn waiver_row(sources: &Sources<'_>, waiver: &Waiver) -> Row {
    let model = sources.cx.model;
    let code = find(&waiver.rule).map_or(waiver.rule.as_str(), |rule| rule.meta().code);
    let summary = find(&waiver.rule).map_or("no such rule", |rule| rule.meta().summary);
    let what = Rich::styled(format!("{code} "), Style::Bold).and(cells::linked(model, &waiver.about));
    cells::row(vec![
        cells::titled(what, summary),
        cells::fact(model, &waiver.reason),
        cells::fact(model, &waiver.approved_by),
        cells::fact(model, &waiver.expires_on),
        state(sources, waiver),
    ])
}

/// Whether a waiver counts, and if not, why.
fn state(sources: &Sources<'_>, waiver: &Waiver) -> Rich {
    let expired = waiver.expires_on.known().is_some_and(|on| *on < sources.cx.as_of);
    let whole = waiver.reason.is_known() && waiver.approved_by.is_known() && waiver.expires_on.is_known();
    let fits = |f: &&Finding| [f.rule.code, f.rule.slug].contains(&waiver.rule.as_str()) && f.about == waiver.about;
    let found = sources.report.findings.iter().find(fits);
    match found {
        _ if expired && found.is_some() => Rich::styled("expired: the finding counts again", Style::Error),
        _ if expired => Rich::styled("expired", Style::Warning),
        _ if !whole => Rich::styled("does not count: it needs a reason, an approver and a date", Style::Warning),
        None => Rich::plain("in force; there is no such finding any more"),
        Some(_) => Rich::plain("in force"),
    }
}

pub(super) fn decisions(sources: &Sources<'_>) -> Vec<Block> {
    let decisions = &sources.cx.model.decisions;
    if decisions.is_empty() {
        return vec![cells::say("No decision is recorded.")];
    }
    let section = |(id, decision): (_, &crate::model::Stored<Decision>)| {
        let id: &crate::model::Id<Decision> = id;
        cells::section(cells::anchor(&id.into()), &decision.name, of_decision(sources, decision))
    };
    decisions.iter().map(section).collect()
}

fn of_decision(sources: &Sources<'_>, decision: &Decision) -> Vec<Block> {
    let model = sources.cx.model;
    let mut status = Rich::styled("Status: ", Style::Bold).and(cells::fact(model, &decision.status));
    if let Some(date) = decision.date.known() {
        status = status.then(format!(", {date}"), Style::Plain);
    }
    if !decision.about.is_empty() {
        status = status
            .then(" · about ", Style::Soft)
            .and(cells::list(model, decision.about.iter().map(|key| key.clone().into())));
    }
    let said = |label: &str, fact: &Fact<crate::model::Text>| {
        let label = Rich::styled(format!("{label}: "), Style::Bold);
        Block::Paragraph(match fact {
            Fact::NotAsked => label.and(Rich::styled("not stated", Style::Unstated)),
            _ => label.and(cells::fact(model, fact)),
        })
    };
    let mut blocks = vec![Block::Paragraph(status), said("Context", &decision.context)];
    if !decision.options.is_empty() {
        blocks.push(Block::Paragraph(Rich::styled("Options:", Style::Bold)));
        blocks.push(Block::List { numbered: true, items: decision.options.iter().map(Rich::plain).collect() });
    }
    blocks.push(said("Choice", &decision.choice));
    blocks.push(said("Consequences", &decision.consequences));
    blocks.extend(advice(sources, decision));
    blocks
}

/// What the API-or-event advisor was told and said.
fn advice(sources: &Sources<'_>, decision: &Decision) -> Option<Block> {
    let model = sources.cx.model;
    let of = |answer: Answer| {
        let fields = decision.criteria.fields();
        let given = fields.into_iter().filter(move |(_, field)| field.show() == Shown::Text(answer.word().to_owned()));
        given.map(|(name, _)| name.replace('_', " ")).collect::<Vec<_>>().join(", ")
    };
    let (yes, no) = (of(Answer::Yes), of(Answer::No));
    let told = [("Asked for: ", yes), ("not asked for: ", no)];
    let told: Vec<String> = told
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(label, names)| label.to_owned() + &names)
        .collect();
    let advice = decision.advice.known()?;
    let rich = Rich::styled("Advice: ", Style::Bold).then(model.words(&advice.show()), Style::Plain);
    let told = if told.is_empty() { String::new() } else { format!(". {}.", told.join("; ")) };
    Some(Block::Paragraph(rich.then(told, Style::Soft)))
}
