//! What is wrong and what to do about it.

use std::collections::BTreeMap;

use super::{Block, Sources, cells};
use crate::{
    document::{Rich, Style},
    rules::{Class, Finding, Severity},
    text::capital,
};

/// Defects by rule, the worst first.
pub(super) fn findings(sources: &Sources<'_>) -> Vec<Block> {
    let defects = || sources.report.findings.iter().filter(|f| f.waived.is_none() && f.class == Class::Defect);
    let mut worst: BTreeMap<&str, Severity> = BTreeMap::new();
    for finding in defects() {
        let known = worst.entry(finding.rule.code).or_insert(finding.severity);
        *known = finding.severity.min(*known);
    }
    let mut by_rule: BTreeMap<(Severity, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in defects() {
        let code = finding.rule.code;
        by_rule.entry((worst.get(code).copied().unwrap_or(finding.severity), code)).or_default().push(finding);
    }
    if by_rule.is_empty() {
        return vec![cells::say("The rules found nothing wrong.")];
    }
    by_rule.into_iter().filter_map(|((severity, _), findings)| of_rule(sources, severity, &findings)).collect()
}

fn of_rule(sources: &Sources<'_>, severity: Severity, findings: &[&Finding]) -> Option<Block> {
    let rule = findings.first()?.rule;
    let items = findings.iter().map(|finding| {
        let rich = cells::message(sources.cx.model, &finding.message).then(".", Style::Plain);
        let because = finding.evidence.iter().map(|e| {
            // Where one looked in vain is for the window; who said it is for the reader.
            let source = e.source(sources.cx.model);
            let said = !source.is_empty() && !source.starts_with("not ");
            let from = if said { format!(" ({source})") } else { String::new() };
            format!("{} {}: {}{from}", e.key.id(), e.fact.replace('_', " "), e.value)
        });
        let because = because.collect::<Vec<_>>().join("; ");
        cells::titled(rich, &because)
    });
    let blocks = vec![
        Block::Paragraph(
            Rich::styled(capital(severity.word()), style(severity))
                .then(format!(" · {} · ", rule.principle.word()), Style::Soft)
                .then(format!("{}.", capital(rule.summary)), Style::Plain),
        ),
        Block::Paragraph(Rich::styled("What to do: ", Style::Bold).then(rule.remedy, Style::Plain)),
        cells::points(items.collect()),
    ];
    let star = if rule.star { " ★" } else { "" };
    let title = format!("{} {}{star}", rule.code, rule.slug.replace('-', " "));
    Some(cells::section(format!("rule-{}", rule.code), title, blocks))
}

/// How a severity is set.
pub(super) fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::Error,
        Severity::Warning => Style::Warning,
        Severity::Info => Style::Bold,
    }
}
