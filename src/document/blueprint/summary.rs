//! What a steering committee reads on one page.

use super::{Sources, cells};
use crate::{
    document::{Block, Rich, Style},
    model::{DecisionStatus, SystemKind},
    rules::{Class, Finding, Principle, Severity, prose},
    text::capital,
};

pub(super) fn summary(sources: &Sources<'_>) -> Vec<Block> {
    let model = sources.cx.model;
    let mut blocks = Vec::new();
    if !model.about.description.is_empty() {
        blocks.push(Block::Paragraph(Rich::plain(&model.about.description)));
    }
    blocks.push(Block::Paragraph(Rich::plain(extent(sources))));
    blocks.push(Block::Paragraph(verdict(sources)));
    blocks.push(principles(sources));
    blocks.extend(worst(sources));
    blocks.push(Block::Paragraph(decided(sources)));
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
    let mut rich = Rich::plain("The rules found ");
    rich =
        rich.then(cells::count(sum.error, "error", "errors"), if sum.error > 0 { Style::Error } else { Style::Plain });
    rich = rich.then(" and ", Style::Plain);
    rich = rich.then(
        cells::count(sum.warning, "warning", "warnings"),
        if sum.warning > 0 { Style::Warning } else { Style::Plain },
    );
    let rest = format!(
        "; {} left open, and {} accepted for a time.",
        cells::count(sum.gap, "question is", "questions are"),
        cells::count(sum.waived, "finding is", "findings are"),
    );
    rich.then(rest, Style::Plain)
}

/// Findings by principle: counts, never one magic number.
fn principles(sources: &Sources<'_>) -> Block {
    let live = || sources.report.findings.iter().filter(|finding| finding.waived.is_none());
    let rows = Principle::ALL.into_iter().map(|principle| {
        let of = |class: Class, severity: Option<Severity>| {
            let fits = |f: &&Finding| {
                f.rule.principle == principle && f.class == class && severity.is_none_or(|s| f.severity == s)
            };
            live().filter(fits).count()
        };
        let number =
            |count: usize, style: Style| Rich::styled(count.to_string(), if count > 0 { style } else { Style::Soft });
        let name: String = capital(principle.word());
        cells::row(vec![
            Rich::plain(name),
            number(of(Class::Defect, Some(Severity::Error)), Style::Error),
            number(of(Class::Defect, Some(Severity::Warning)), Style::Warning),
            number(of(Class::Defect, Some(Severity::Info)), Style::Plain),
            number(of(Class::Gap, None), Style::Plain),
        ])
    });
    let columns = [("Principle", 4.0), ("Errors", 1.0), ("Warnings", 1.0), ("Info", 1.0), ("Not asked", 1.0)];
    let mut table = cells::table(&columns, rows.collect(), "Findings by principle");
    table.columns.iter_mut().skip(1).for_each(|column| column.centred = true);
    Block::Table(table)
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
    defects.sort_by_key(|finding| (place(finding), finding.severity, !finding.rule.star));
    if defects.is_empty() {
        return Vec::new();
    }
    let items = defects.into_iter().take(5).map(|finding| {
        let style = if finding.severity == Severity::Error { Style::Error } else { Style::Warning };
        let text = prose(sources.cx.model, &finding.message);
        Rich::styled(finding.rule.code, style)
            .then(format!(" {text}. "), Style::Plain)
            .then(finding.rule.remedy, Style::Soft)
    });
    vec![
        Block::Paragraph(Rich::styled("What hurts most:", Style::Bold)),
        Block::List { numbered: true, items: items.collect() },
    ]
}

fn decided(sources: &Sources<'_>) -> Rich {
    let model = sources.cx.model;
    let accepted = model.decisions.values().filter(|d| d.status.is(&DecisionStatus::Accepted)).count();
    let planned = model.changes.len();
    Rich::plain(format!(
        "{} taken and {} on the roadmap. {} for those who know the answers are listed at the end.",
        cells::count(accepted, "decision is", "decisions are"),
        cells::count(planned, "change is", "changes are"),
        capital(&cells::count(sources.report.summary.gap, "question", "questions")),
    ))
}
