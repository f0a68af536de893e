//! `spandrel check`: findings for people and programs.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::{Exit, FailOn, Streams, complain, open, options};
use crate::{
    file::Problem,
    model::{Date, Model, Subject},
    rules::{
        self, Class, Context, Finding, Report, Summary,
        fixes::{Ask, Fix, fixes},
    },
    timeline::as_of,
};

/// Report what is wrong with a model, and what is not asked.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The model.
    model: PathBuf,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The day to look at, as in 2026-11-22; today if not given.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Exit with 1 if there is a finding at or above this.
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    fail_on: FailOn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Check {
    /// What `spandrel check MODEL` does.
    pub(super) fn of(model: &Path) -> Self {
        Self { model: model.to_owned(), format: Format::Text, as_of: None, fail_on: FailOn::Error }
    }

    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Exit {
        let model = match open(&self.model) {
            Ok((model, _)) => model,
            Err(problems) => {
                match self.format {
                    Format::Text => complain(&self.model, &problems, streams),
                    Format::Json => streams.line(pretty(&unusable(&self.model, &problems))),
                }
                return Exit::Unusable;
            }
        };
        let day = options(self.as_of, None).as_of;
        let then = as_of(&model, day);
        for (change, why) in &then.failed {
            streams.complain(format!("{}: change {change} cannot take effect: {why}", self.model.display()));
        }
        let cx = Context::new(&then.model, day);
        let report = rules::check(&cx);
        match self.format {
            Format::Text => text(&self.model, &cx, &report, streams),
            Format::Json => streams.line(pretty(&in_json(&self.model, &cx, &report))),
        }
        let fails = self.fail_on.severity().is_some_and(|severity| report.fails(&cx, severity));
        if fails { Exit::Findings } else { Exit::Clean }
    }
}

fn pretty(value: &Value) -> String {
    // A tree of strings and numbers can always be written.
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn text(path: &Path, cx: &Context<'_>, report: &Report, streams: &mut Streams<'_>) {
    let stage = cx.model.about.stage.known().map_or("sketch", |stage| stage.word());
    streams.line(format!("{}: {}, stage {stage}, as of {}", path.display(), cx.model.about.name, cx.as_of));
    let lines = rules::fold(cx, &report.findings);
    let mut last = "";
    for line in &lines {
        let Some(finding) = line.findings.first() else { continue };
        if finding.rule.code != last {
            let star = if finding.rule.star { " ★" } else { "" };
            streams.line(format!("\n{} {}{star}: {}", finding.rule.code, finding.rule.slug, finding.rule.remedy));
            last = finding.rule.code;
        }
        let word = if finding.class == Class::Gap { "gap" } else { finding.severity.word() };
        let about = if line.findings.len() == 1 { format!("  [{}]", finding.about) } else { String::new() };
        streams.line(format!("  {word:<8} {}{about}", line.text));
    }
    let Summary { error, warning, info, gap, waived } = report.summary;
    let count = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    streams.line(format!(
        "\n{}, {}, {info} info, {}, {waived} waived",
        count(error, "error"),
        count(warning, "warning"),
        count(gap, "gap")
    ));
}

fn subject(subject: &Subject) -> Value {
    json!({ "kind": subject.kind_word(), "id": subject.id() })
}

fn in_json(path: &Path, cx: &Context<'_>, report: &Report) -> Value {
    let Summary { error, warning, info, gap, waived } = report.summary;
    json!({
        "model": path.display().to_string(),
        "stage": cx.model.about.stage.known().map_or("sketch", |stage| stage.word()),
        "as_of": cx.as_of.to_string(),
        "summary": { "error": error, "warning": warning, "info": info, "gap": gap, "waived": waived },
        "findings": report.findings.iter().map(|f| finding(cx.model, f)).collect::<Vec<_>>(),
    })
}

fn finding(model: &Model, finding: &Finding) -> Value {
    let evidence = finding
        .evidence
        .iter()
        .map(|e| json!({ "key": subject(&e.key), "fact": e.fact, "value": e.value, "source": e.source }));
    let waived = finding
        .waived
        .as_ref()
        .map(|waived| json!({ "by": waived.by, "reason": waived.reason, "expires": waived.expires.to_string() }));
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
        "fixes": fixes(model, finding).iter().map(fix).collect::<Vec<_>>(),
        "waived": waived,
    })
}

/// A fix by what it does and what it asks.
fn fix(fix: &Fix) -> Value {
    let ask =
        |ask: &Ask| json!({ "name": ask.name, "label": ask.label, "optional": ask.optional, "proposal": ask.proposal });
    json!({ "remedy": fix.remedy, "title": fix.title, "asks": fix.asks.iter().map(ask).collect::<Vec<_>>() })
}

fn unusable(path: &Path, problems: &[Problem]) -> Value {
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
