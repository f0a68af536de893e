//! `spandrel explain`: what a rule looks for, why, and what to do.

use clap::Args;

use super::{Exit, Streams};
use crate::{
    file::nearest,
    rules::{self, Meta, RULES},
};

/// Explain a rule, or list them all.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The rule's code or slug: OWN003 or shared-database.
    rule: Option<String>,
}

impl Explain {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Exit {
        let Some(name) = &self.rule else {
            for rule in RULES.iter() {
                let Meta { code, slug, summary, severity, star, .. } = rule.meta();
                let star = if *star { "★" } else { " " };
                streams.line(format!("{code} {star} {slug:<38} {:<8} {summary}", severity.word()));
            }
            return Exit::Clean;
        };
        match rules::find(name) {
            Some(rule) => {
                streams.line(explained(rule.meta()));
                Exit::Clean
            }
            None => {
                let names = RULES.iter().flat_map(|rule| [rule.meta().code, rule.meta().slug]);
                let near = nearest(name, names).map(|near| format!(", did you mean \"{near}\"?"));
                let near = near.unwrap_or_else(|| ";".to_owned());
                streams.complain(format!("unknown rule \"{name}\"{near} `spandrel explain` lists them all"));
                Exit::Unusable
            }
        }
    }
}

/// A rule in words.
fn explained(rule: &Meta) -> String {
    let star = if rule.star { " ★" } else { "" };
    let gap = match rule.gap {
        Some(stage) => format!("reported from stage {} on", stage.word()),
        None => "not reported".to_owned(),
    };
    format!(
        "{} {}{star}\n{}\n\nseverity   {}\nprinciple  {}\nnot asked  {gap}\n\nWhy      {}\nExample  {}\nRemedy   {}",
        rule.code,
        rule.slug,
        rule.summary,
        rule.severity.word(),
        rule.principle.word(),
        rule.why,
        rule.example,
        rule.remedy
    )
}
