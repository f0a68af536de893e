//! `spandrel check`: findings for people and programs.

mod baseline;
mod json;
mod sarif;
mod text;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Args, ValueEnum};

use self::baseline::Baseline;
use super::{Exit, FailOn, Streams, complain, open, options};
use crate::{
    model::{Date, Fact, Model, Stage},
    rules::{self, Context, Report, Scorecard},
    timeline::{Stuck, as_of, stuck},
};

/// Report what is wrong with a model, and what is not asked.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    /// The model; `-` reads standard input.
    model: PathBuf,
    /// For people, for programs, or for tools that show code scanning results (SARIF 2.1.0).
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The day to look at, as in 2026-11-22; today if not given.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Exit with 1 if there is a finding at or above this.
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    fail_on: FailOn,
    /// Report only what is new since an earlier `check --format json` or `sarif`.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Look as if the whole model were at this stage.
    #[arg(long, value_enum, value_name = "STAGE")]
    stage: Option<AsIf>,
    /// List what is not asked instead, by who can answer, most consequential first.
    #[arg(long, conflicts_with_all = ["scorecard", "evidence"])]
    questions: bool,
    /// Also show the scorecard (JSON always has it).
    #[arg(long)]
    scorecard: bool,
    /// Also show the facts that make each finding true (JSON and SARIF always have them).
    #[arg(long)]
    evidence: bool,
}

const EXAMPLES: &str = "\
Examples:
  spandrel check shop.ron --fail-on warning              for CI: exit 1 on warnings and errors
  spandrel check shop.ron --format json > known.json     what is known today
  spandrel check shop.ron --baseline known.json          only what is new since
  spandrel check shop.ron --questions --stage design     the sheet to send round after a workshop
  spandrel check shop.ron --format sarif > shop.sarif    for code scanning";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum AsIf {
    Sketch,
    Design,
    Governed,
}

impl AsIf {
    fn stage(self) -> Stage {
        match self {
            Self::Sketch => Stage::Sketch,
            Self::Design => Stage::Design,
            Self::Governed => Stage::Governed,
        }
    }
}

/// What was found, and where it is told from.
struct Told<'a> {
    path: &'a Path,
    /// The text of the model, for places in it.
    source: &'a str,
    cx: &'a Context<'a>,
    report: &'a Report,
    scorecard: &'a Scorecard,
    /// How many findings the baseline knew.
    known: usize,
}

impl Check {
    /// What `spandrel check MODEL` does.
    pub(super) fn of(model: &Path) -> Self {
        Self {
            model: model.to_owned(),
            format: Format::Text,
            as_of: None,
            fail_on: FailOn::Error,
            baseline: None,
            stage: None,
            questions: false,
            scorecard: false,
            evidence: false,
        }
    }

    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Exit {
        let (model, source) = match open(&self.model) {
            Ok(opened) => opened,
            Err(problems) => {
                match self.format {
                    Format::Text => complain(&self.model, &problems, streams),
                    Format::Json => streams.line(pretty(&json::unusable(&self.model, &problems))),
                    Format::Sarif => streams.line(pretty(&sarif::unusable(&self.model, &problems))),
                }
                return Exit::Unusable;
            }
        };
        let baseline = match self.baseline.as_deref().map(Baseline::load).transpose() {
            Ok(baseline) => baseline,
            Err(why) => {
                streams.complain(why);
                return Exit::Unusable;
            }
        };
        let model = self.stage.map_or_else(|| model.clone(), |stage| at_stage(model.clone(), stage.stage()));
        let day = options(self.as_of, None).as_of;
        let then = as_of(&model, day);
        for Stuck { change, why, .. } in &then.failed {
            streams.complain(format!("{}: change {change} cannot take effect: {why}", self.model.display()));
        }
        let cx = Context::new(&then.model, day).knowing(stuck(&model));
        let (mut report, scorecard) = rules::score(&cx);
        rules::plan(&model, day, &mut report);
        let all = report.findings.len();
        if let Some(baseline) = &baseline {
            report.retain(|finding| !baseline.knows(finding));
        }
        let known = all - report.findings.len();
        let told = Told { path: &self.model, source: &source, cx: &cx, report: &report, scorecard: &scorecard, known };
        match self.format {
            Format::Json => streams.line(pretty(&json::told(&told))),
            Format::Sarif => streams.line(pretty(&sarif::told(&told))),
            Format::Text if self.questions => text::questions(&told, streams),
            Format::Text => text::findings(&told, self.evidence, self.scorecard, streams),
        }
        let fails = self.fail_on.severity().is_some_and(|severity| report.fails(&cx, severity));
        if fails { Exit::Findings } else { Exit::Clean }
    }
}

/// The model as if all of it were at a stage.
fn at_stage(mut model: Model, stage: Stage) -> Model {
    Arc::make_mut(&mut model.about.value).stage = Fact::Known(stage);
    for domain in model.domains.values_mut().filter(|domain| !domain.stage.is_not_asked()) {
        Arc::make_mut(&mut domain.value).stage = Fact::NotAsked;
    }
    for system in model.systems.values_mut().filter(|system| !system.stage.is_not_asked()) {
        Arc::make_mut(&mut system.value).stage = Fact::NotAsked;
    }
    model
}

fn pretty(value: &serde_json::Value) -> String {
    // A tree of strings and numbers can always be written.
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// The word for the stage of the model.
fn stage_word(cx: &Context<'_>) -> &'static str {
    cx.own_stage().word()
}
