//! What is not asked, by who can answer.

use super::{Block, Sources, cells};
use crate::{
    document::{Rich, Style},
    rules::{Line, questions as asked},
};

pub(super) fn questions(sources: &Sources<'_>) -> Vec<Block> {
    let sheets = by_answerer(sources);
    if sheets.is_empty() {
        return vec![cells::say("Nothing that the stage of the model calls for is left open.")];
    }
    let section = |(name, items): (String, Vec<Rich>)| {
        cells::section(cells::slug("questions", &name), &name, vec![cells::points(items)])
    };
    sheets.into_iter().map(section).collect()
}

/// The questions of each who can answer, teams by name.
pub(super) fn by_answerer(sources: &Sources<'_>) -> Vec<(String, Vec<Rich>)> {
    let sheets = asked(sources.cx, &sources.report.findings).into_iter();
    sheets
        .map(|sheet| {
            let items = sheet.lines.iter().map(|line| question(sources, line)).collect();
            (sheet.answerer.name().to_owned(), items)
        })
        .collect()
}

fn question(sources: &Sources<'_>, line: &Line<'_>) -> Rich {
    let mut codes: Vec<&str> = line.findings.iter().map(|finding| finding.rule.code).collect();
    codes.dedup();
    let text = match line.findings.as_slice() {
        [only] => cells::message(sources.cx.model, &only.message),
        _ => Rich::plain(&line.text),
    };
    text.then(". ", Style::Plain).then(codes.join(", "), Style::Soft)
}
