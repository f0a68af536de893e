//! What is wrong and what to do about it; what was decided and accepted; what is open, and who knows.

use std::collections::BTreeMap;

use super::{Sources, cells};
use crate::{
    document::{Block, Rich, Row, Style},
    model::{Id, Kind, Subject},
    rules::{Class, Context, Finding, Line, Severity, fold, name, prose},
    text::capital,
};

/// Defects by rule, the worst first.
pub(super) fn findings(sources: &Sources<'_>) -> Vec<Block> {
    let mut by_rule: BTreeMap<(Severity, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in sources.report.findings.iter().filter(|f| f.waived.is_none() && f.class == Class::Defect) {
        by_rule.entry((worst(sources, finding), finding.rule.code)).or_default().push(finding);
    }
    if by_rule.is_empty() {
        return vec![Block::Paragraph(Rich::plain("The rules found nothing wrong."))];
    }
    by_rule.into_iter().map(|((severity, _), findings)| chapter(sources, severity, &findings)).collect()
}

/// The severity under which a rule's findings are listed: the worst of them.
fn worst(sources: &Sources<'_>, finding: &Finding) -> Severity {
    let same = |f: &&Finding| f.rule.code == finding.rule.code && f.waived.is_none() && f.class == Class::Defect;
    sources.report.findings.iter().filter(same).map(|f| f.severity).min().unwrap_or(finding.severity)
}

fn chapter(sources: &Sources<'_>, severity: Severity, findings: &[&Finding]) -> Block {
    let Some(rule) = findings.first().map(|finding| finding.rule) else { return Block::Paragraph(Rich::default()) };
    let mut blocks = vec![
        Block::Paragraph(
            Rich::styled(capital(severity.word()), style(severity))
                .then(format!(" · {} · ", rule.principle.word()), Style::Soft)
                .then(format!("{}.", capital(rule.summary)), Style::Plain),
        ),
        Block::Paragraph(Rich::styled("What to do: ", Style::Bold).then(rule.remedy, Style::Plain)),
    ];
    let items = findings.iter().map(|finding| {
        let text = capital(&prose(sources.cx.model, &finding.message));
        let mut rich = Rich::plain(format!("{text}."));
        let because: Vec<String> = finding
            .evidence
            .iter()
            .map(|e| format!("{} {}: {}", e.key.id(), e.fact.replace('_', " "), e.value))
            .collect();
        if !because.is_empty() {
            rich = rich.then(format!("\n{}", because.join("; ")), Style::Soft);
        }
        rich
    });
    blocks.push(Block::List { numbered: false, items: items.collect() });
    let star = if rule.star { " ★" } else { "" };
    let title = format!("{} {}{star}", rule.code, rule.slug.replace('-', " "));
    Block::Section { anchor: format!("rule-{}", rule.code), title, blocks }
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::Error,
        Severity::Warning => Style::Warning,
        Severity::Info => Style::Bold,
    }
}

pub(super) fn decisions(sources: &Sources<'_>) -> Vec<Block> {
    let model = sources.cx.model;
    let mut blocks = Vec::new();
    let rows: Vec<Row> = model
        .decisions
        .values()
        .map(|decision| {
            let mut what = Rich::styled(&decision.name, Style::Bold);
            if let Some(context) = decision.context.known() {
                what = what.then(format!("\n{context}"), Style::Soft);
            }
            let status = cells::fact(model, &decision.status);
            cells::row(vec![
                what,
                cells::fact(model, &decision.choice),
                cells::fact(model, &decision.consequences),
                status,
            ])
        })
        .collect();
    if !rows.is_empty() {
        let columns = [("Decision", 3.0), ("Choice", 2.6), ("Consequences", 2.6), ("Status", 1.2)];
        blocks.push(Block::Table(cells::table(&columns, rows, "Decisions")));
    }
    let waived = sources.report.findings.iter().filter_map(|finding| Some((finding, finding.waived.as_ref()?)));
    let rows: Vec<Row> = waived
        .map(|(finding, waived)| {
            let what = Rich::styled(finding.rule.code, Style::Bold)
                .then(format!(" {}", prose(model, &finding.message)), Style::Plain);
            let reason = Rich::plain(&waived.reason);
            cells::row(vec![what, reason, Rich::plain(&waived.by), Rich::plain(waived.expires.to_string())])
        })
        .collect();
    if !rows.is_empty() {
        let columns = [("Accepted finding", 3.6), ("Why", 2.6), ("Approved by", 1.6), ("Until", 1.2)];
        blocks.push(Block::Table(cells::table(&columns, rows, "Waivers")));
    }
    blocks
}

/// What is not asked, by who can answer.
pub(super) fn questions(sources: &Sources<'_>) -> Vec<Block> {
    let gaps: Vec<Finding> = sources.report.findings.iter().filter(|f| f.class == Class::Gap).cloned().collect();
    let mut by_owner: BTreeMap<(bool, String), Vec<Rich>> = BTreeMap::new();
    for line in fold(sources.cx, &gaps) {
        by_owner.entry(owner(sources.cx, &line)).or_default().push(question(&line));
    }
    if by_owner.is_empty() {
        return vec![Block::Paragraph(Rich::plain("Nothing that the stage of the model calls for is left open."))];
    }
    let section = |((_, owner), items): ((bool, String), Vec<Rich>)| {
        let slug = crate::model::Slug::derive(&owner).map_or("nobody".to_owned(), |slug| slug.to_string());
        let blocks = vec![Block::List { numbered: false, items }];
        Block::Section { anchor: format!("questions-{slug}"), title: owner, blocks }
    };
    by_owner.into_iter().map(section).collect()
}

fn question(line: &Line<'_>) -> Rich {
    let code = line.findings.first().map_or("", |finding| finding.rule.code);
    Rich::plain(format!("{}. ", capital(&line.text))).then(code, Style::Soft)
}

/// The team that can answer: the owner of the system behind it.
fn owner(cx: &Context<'_>, line: &Line<'_>) -> (bool, String) {
    let nobody = (true, "Nobody is named who could answer".to_owned());
    let many = line.findings.len() > 1;
    let Some(first) = line.findings.first() else { return nobody };
    if many {
        return (true, "Everybody, for their own".to_owned());
    }
    let subject: &Subject = &first.about;
    let system = cx.home(subject).and_then(|id| cx.model.systems.get(&id).cloned());
    let team = system.and_then(|system| system.owner.known().cloned());
    let domain = || cx.domains(subject).first().and_then(|id| cx.model.domains[*id].owner.known().cloned());
    match team.or_else(domain) {
        Some(team) => {
            (false, name(cx.model, &Subject::from(&Id::<crate::model::Team>::from_slug(team.slug().clone()))))
        }
        None if subject.key.kind == Kind::Team => (false, cx.model.name(&subject.key)),
        None => nobody,
    }
}
