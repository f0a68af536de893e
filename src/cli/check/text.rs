//! Findings for people.

use super::{Told, stage_word};
use crate::{
    cli::Streams,
    rules::{self, Board, Class, Finding, Line, Meta, State, Summary, Tally, name, prose},
    text::capital,
};

/// Findings: defects by rule, then what is not asked, then what was accepted for a time.
pub(super) fn findings(told: &Told<'_>, evidence: bool, scorecard: bool, streams: &mut Streams<'_>) {
    let cx = told.cx;
    let (stage, day) = (stage_word(cx), cx.as_of);
    streams.line(format!("{}: {}, stage {stage}, as of {day}", told.path.display(), cx.model.about.name));
    let lines = rules::fold(cx, &told.report.findings);
    let (gaps, defects): (Vec<&Line<'_>>, Vec<&Line<'_>>) =
        lines.iter().partition(|line| line.findings.iter().all(|finding| finding.class == Class::Gap));
    for rule in in_order(&defects) {
        let star = if rule.star { " ★" } else { "" };
        streams.line(format!("\n{} {}{star}: {}", rule.code, rule.slug, rule.remedy));
        for line in &defects {
            let Some(finding) = line.findings.first().filter(|finding| finding.rule.code == rule.code) else {
                continue;
            };
            let word = finding.severity.word();
            streams.line(format!("  {word:<8} {}  [{}]{}", line.text, finding.about, planned(told, finding)));
            if evidence {
                because(told, finding, streams);
            }
        }
    }
    if !gaps.is_empty() {
        streams.line("\nNot asked");
        gaps.iter().for_each(|line| streams.line(format!("  gap      {}  [{}]", line.text, source(line))));
    }
    waivers(told, streams);
    if scorecard {
        score(told, streams);
    }
    let Summary { error, warning, info, gap, waived } = told.report.summary;
    let count = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    let known = if told.known > 0 { format!(", {} known from the baseline", told.known) } else { String::new() };
    streams.line(format!(
        "\n{}, {}, {info} info, {}, {waived} waived{known}",
        count(error, "error"),
        count(warning, "warning"),
        count(gap, "gap")
    ));
}

/// The rules of some lines, in the order of their first.
fn in_order(lines: &[&Line<'_>]) -> Vec<&'static Meta> {
    let mut rules: Vec<&'static Meta> = Vec::new();
    for rule in lines.iter().filter_map(|line| line.findings.first()).map(|finding| finding.rule) {
        if !rules.iter().any(|other| other.code == rule.code) {
            rules.push(rule);
        }
    }
    rules
}

/// The rules behind a line, and what it is about where that is one thing.
fn source(line: &Line<'_>) -> String {
    let mut codes: Vec<&str> = line.findings.iter().map(|finding| finding.rule.code).collect();
    codes.dedup();
    let about = line.findings.first().map(|finding| &finding.about);
    let one = about.filter(|about| line.findings.iter().all(|finding| finding.about == **about));
    one.map_or_else(|| codes.join(", "), |about| format!("{} {about}", codes.join(", ")))
}

fn planned(told: &Told<'_>, finding: &Finding) -> String {
    finding.planned.as_ref().map_or_else(String::new, |planned| {
        format!("  planned by {}: {}", planned.by, told.cx.model.name_of(&planned.change))
    })
}

fn because(told: &Told<'_>, finding: &Finding, streams: &mut Streams<'_>) {
    for evidence in &finding.evidence {
        let source = evidence.source(told.cx.model);
        let from = if source.is_empty() { String::new() } else { format!(" ({source})") };
        let (whose, fact) = (name(told.cx.model, &evidence.key), evidence.fact.replace('_', " "));
        streams.line(format!("             {whose}: {fact} {}{from}", evidence.value));
    }
}

/// The register of what was accepted.
fn waivers(told: &Told<'_>, streams: &mut Streams<'_>) {
    let mut accepted =
        told.report.findings.iter().filter_map(|finding| Some((finding, finding.waived.as_ref()?))).peekable();
    if accepted.peek().is_some() {
        streams.line("\nAccepted for a time");
    }
    for (finding, waived) in accepted {
        let text = prose(told.cx.model, &finding.message);
        let rule = finding.rule.code;
        streams.line(format!("  until {}  {rule} {text}  [{}]", waived.expires, finding.about));
        streams.line(format!("             {}: {}", waived.by, waived.reason));
    }
}

/// What is not asked, by who can answer.
pub(super) fn questions(told: &Told<'_>, streams: &mut Streams<'_>) {
    let cx = told.cx;
    streams.line(format!("{}: what is not asked, as of {}", cx.model.about.name, cx.as_of));
    let sheets = rules::questions(cx, &told.report.findings);
    for sheet in &sheets {
        streams.line(format!("\n{}", sheet.answerer.name()));
        sheet.lines.iter().for_each(|line| streams.line(format!("  - {}  [{}]", line.text, source(line))));
    }
    if sheets.is_empty() {
        streams.line(format!("\nNothing that the stage {} calls for is left open.", stage_word(cx)));
    }
}

fn score(told: &Told<'_>, streams: &mut Streams<'_>) {
    let card = told.scorecard;
    let head = State::ALL.map(|state| format!("{:>16}", state.word())).concat();
    streams.line(format!("\nScorecard{:21}{head}", ""));
    let row = |words: &str, tally: &Tally| {
        let counts = State::ALL.map(|state| format!("{:>16}", tally.of(state))).concat();
        format!("  {:<30}{counts}", capital(words))
    };
    card.principles.iter().for_each(|(principle, tally)| streams.line(row(principle.word(), tally)));
    board("The five standards, by API", &card.apis, &row, streams);
    board("The five security requirements, by boundary", &card.boundaries, &row, streams);
    board("The four observability requirements, by interaction", &card.interactions, &row, streams);
}

fn board<T>(title: &str, board: &Board<T>, row: &impl Fn(&str, &Tally) -> String, streams: &mut Streams<'_>) {
    if !board.rows.is_empty() {
        streams.line(format!("  {title}"));
        board.tallies().iter().for_each(|(words, tally)| streams.line(row(words, tally)));
    }
}
