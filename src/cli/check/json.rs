//! Findings for programs.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::{Told, stage_word};
use crate::{
    file::Problem,
    model::{Model, Subject},
    rules::{self, Board, Finding, State, Summary, Tally},
};

pub(super) fn told(told: &Told<'_>) -> Value {
    let Summary { error, warning, info, gap, waived } = told.report.summary;
    let card = told.scorecard;
    let principles = card.principles.iter().map(|(principle, counts)| (principle.word().to_owned(), tally(counts)));
    json!({
        "model": told.path.display().to_string(),
        "stage": stage_word(told.cx),
        "as_of": told.cx.as_of.to_string(),
        "summary": {
            "error": error, "warning": warning, "info": info, "gap": gap, "waived": waived, "known": told.known,
        },
        "findings": told.report.findings.iter().map(|f| finding(told.cx.model, f)).collect::<Vec<_>>(),
        "scorecard": {
            "principles": principles.collect::<Map<_, _>>(),
            "apis": board(&card.apis),
            "boundaries": board(&card.boundaries),
            "interactions": board(&card.interactions),
        },
    })
}

fn tally(tally: &Tally) -> Value {
    Value::Object(State::ALL.iter().map(|state| (state.word().to_owned(), tally.of(*state).into())).collect())
}

fn board<T>(board: &Board<T>) -> Value {
    let totals = board.tallies().into_iter().map(|(words, counts)| (words.to_owned(), tally(&counts)));
    let row = |(id, marks): &(crate::model::Id<T>, Vec<rules::Mark>)| {
        let cells = board
            .requirements
            .iter()
            .zip(marks)
            .map(|(words, mark)| ((*words).to_owned(), json!({ "state": mark.state.word(), "lacks": mark.lacks })));
        (id.to_string(), Value::Object(cells.collect()))
    };
    json!({ "totals": totals.collect::<Map<_, _>>(), "by_id": board.rows.iter().map(row).collect::<Map<_, _>>() })
}

pub(super) fn subject(subject: &Subject) -> Value {
    json!({ "kind": subject.kind_word(), "id": subject.id() })
}

fn finding(model: &Model, finding: &Finding) -> Value {
    let evidence = finding
        .evidence
        .iter()
        .map(|e| json!({ "key": subject(&e.key), "fact": e.fact, "value": e.value, "source": e.source(model) }));
    let waived = finding
        .waived
        .as_ref()
        .map(|waived| json!({ "by": waived.by, "reason": waived.reason, "expires": waived.expires.to_string() }));
    let planned = finding
        .planned
        .as_ref()
        .map(|planned| json!({ "by": planned.by.to_string(), "change": planned.change.to_string() }));
    json!({
        "code": finding.rule.code,
        "slug": finding.rule.slug,
        "severity": finding.severity.word(),
        "class": finding.class.word(),
        "principle": finding.rule.principle.word(),
        "about": subject(&finding.about),
        "subjects": finding.subjects.iter().map(subject).collect::<Vec<_>>(),
        "message": rules::prose(model, &finding.message),
        "evidence": evidence.collect::<Vec<_>>(),
        "fixes": rules::fixes::fixes(model, finding).iter().map(fix).collect::<Vec<_>>(),
        "waived": waived,
        "planned": planned,
    })
}

fn fix(fix: &rules::fixes::Fix) -> Value {
    let ask = |ask: &rules::fixes::Ask| json!({ "name": ask.name, "label": ask.label, "optional": ask.optional, "proposal": ask.proposal });
    json!({ "remedy": fix.remedy, "title": fix.title, "asks": fix.asks.iter().map(ask).collect::<Vec<_>>() })
}

pub(super) fn unusable(path: &Path, problems: &[Problem]) -> Value {
    let problem = |problem: &Problem| {
        json!({
            "line": problem.place.map(|place| place.line),
            "column": problem.place.map(|place| place.column),
            "message": problem.message,
            "suggestion": problem.suggestion,
        })
    };
    json!({ "model": path.display().to_string(), "problems": problems.iter().map(problem).collect::<Vec<_>>() })
}
