//! `spandrel explain`: what a rule looks for, why, and what to do.

use clap::Args;

use super::{Exit, Streams};
use crate::{
    file::nearest,
    rules::{self, Meta, Principle, RULES},
    text::capital,
};

/// Explain a rule, or list them all.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The rule's code or slug: OWN003 or shared-database.
    #[arg(conflicts_with = "markdown")]
    rule: Option<String>,
    /// The whole catalogue as Markdown.
    #[arg(long)]
    markdown: bool,
}

impl Explain {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Exit {
        if self.markdown {
            streams.line(catalogue().trim_end());
            return Exit::Clean;
        }
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

/// When a rule tells of what was not asked.
fn gap(rule: &Meta) -> String {
    rule.gap.map_or_else(|| "not reported".to_owned(), |stage| format!("reported from stage {} on", stage.word()))
}

/// A rule in words.
fn explained(rule: &Meta) -> String {
    let star = if rule.star { " ★" } else { "" };
    format!(
        "{} {}{star}\n{}\n\nseverity   {}\nprinciple  {}\nnot asked  {}\n\nWhy      {}\nExample  {}\nRemedy   {}",
        rule.code,
        rule.slug,
        rule.summary,
        rule.severity.word(),
        rule.principle.word(),
        gap(rule),
        rule.why,
        rule.example,
        rule.remedy
    )
}

/// The catalogue as one Markdown page.
fn catalogue() -> String {
    let mut page = format!(
        "# The rules\n\n`spandrel explain --markdown` writes this page from the {} rules themselves; a test fails when it is \
         stale. Defects are reported at every stage of a model; what was *not asked* is reported from the stage that a rule \
         names. ★ marks the five anti-patterns of [principles.md](principles.md).\n\n",
        RULES.len()
    );
    for principle in Principle::ALL {
        let of = || RULES.iter().map(|rule| rule.meta()).filter(|rule| rule.principle == principle);
        page.push_str(&format!("- {} ({}): ", capital(principle.word()), of().count()));
        let links: Vec<String> = of().map(|rule| format!("[{}](#{})", rule.code, anchor(rule))).collect();
        page.push_str(&format!("{}\n", links.join(", ")));
    }
    for rule in RULES.iter().map(|rule| rule.meta()) {
        let star = if rule.star { " ★" } else { "" };
        page.push_str(&format!(
            "\n## {} {}{star}\n\n{}.\n\n*{}* · {} · not asked: {}\n\n{}\n\n**Example.** {}\n\n**Remedy.** {}\n",
            rule.code,
            rule.slug,
            capital(rule.summary),
            capital(rule.severity.word()),
            rule.principle.word(),
            gap(rule),
            rule.why,
            rule.example,
            rule.remedy
        ));
    }
    page
}

/// The anchor that Markdown viewers make of a rule's heading.
fn anchor(rule: &Meta) -> String {
    let star = if rule.star { "-" } else { "" };
    format!("{}-{}{star}", rule.code.to_lowercase(), rule.slug)
}
