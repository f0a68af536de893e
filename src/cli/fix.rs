//! `spandrel fix`: what can be done about a finding, as a patch to read and to write.

use std::path::PathBuf;

use clap::Args;

use super::{Exit, Streams, lost_change, open_or_complain, options, save};
use crate::{
    file::nearest,
    model::{Date, Edit, Model, Subject},
    rules::{
        self, Context, Finding,
        fixes::{Answers, Ask, AskKind, Fix as Offer, Unfixed, fixes, planned, planning, recorded},
    },
    timeline::{as_of, newly_stuck, stuck},
    workbench::{clock, preview},
};

/// Show what can be done about a finding, and do it.
///
/// Without --write nothing changes: the patch is printed. Where several fixes are offered they are listed with what
/// they ask; --remedy takes one of them.
#[derive(Debug, Args)]
pub(super) struct Fix {
    /// The model.
    model: PathBuf,
    /// The rule's code or slug: RES001 or no-timeout.
    code: String,
    /// What the finding is about, as `check` prints it: interaction:web-orders.
    subject: String,
    /// The remedy; its second offer as in set-timeout/2.
    #[arg(long, value_name = "SLUG")]
    remedy: Option<String>,
    /// An answer to what the remedy asks; may be given several times.
    #[arg(long = "answer", value_name = "NAME=VALUE")]
    answers: Vec<String>,
    /// Put it on the roadmap as a change, instead of recording that it is so.
    #[arg(long)]
    plan: bool,
    /// Save the model; otherwise only print what would change.
    #[arg(long)]
    write: bool,
    /// The day to look at, as in 2026-11-22; today if not given.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

impl Fix {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Exit {
        let (model, _) = match open_or_complain(&self.model, streams) {
            Ok(opened) => opened,
            Err(exit) => return exit,
        };
        match self.carry_out(&model, streams) {
            Ok(()) => Exit::Clean,
            Err(why) => {
                streams.complain(why);
                Exit::Unusable
            }
        }
    }

    fn carry_out(&self, model: &Model, streams: &mut Streams<'_>) -> Result<(), String> {
        let day = options(self.as_of, None).as_of;
        let then = as_of(model, day).model;
        let finding = self.finding(model, &then, day)?;
        let mut offers = fixes(&then, &finding);
        let at = match (&self.remedy, offers.as_slice()) {
            (_, []) => return Err(format!("there is no fix for it; {}", finding.rule.remedy)),
            (Some(remedy), offers) => place(offers, remedy)?,
            (None, [_]) => 0,
            (None, offers) => {
                list(&then, &finding, offers, streams);
                return Ok(());
            }
        };
        let offer = offers.swap_remove(at);
        // A fix that is a change on the roadmap itself needs no other.
        let plans = self.plan && !offer.on_roadmap;
        let asks = if plans { planning(&offer.title) } else { Vec::new() };
        let answers = self.answers(&offer, &asks)?;
        let edits = edits(model, &finding, &offer, &asks, &answers).map_err(|why| explain(&offer, &asks, &why))?;
        let lines = preview(model, &edits).map_err(|why| why.to_string())?;
        streams.line(format!("{}: {}", offer.remedy, offer.title));
        lines.iter().for_each(|line| streams.line(line.to_string()));
        self.finish(model, day, &finding, &edits, plans || offer.on_roadmap, streams)
    }

    /// The finding that is meant.
    fn finding(&self, model: &Model, then: &Model, day: Date) -> Result<Finding, String> {
        let Some(rule) = rules::find(&self.code) else {
            return Err(format!("unknown rule \"{}\"; `spandrel explain` lists them all", self.code));
        };
        let code = rule.meta().code;
        let subject: Subject = self.subject.parse().map_err(|_| {
            format!("\"{}\" names nothing: write it as `check` prints it, interaction:web-orders", self.subject)
        })?;
        let cx = Context::new(then, day).knowing(stuck(model));
        let mut found = rules::check(&cx).findings;
        found.retain(|finding| finding.rule.code == code);
        if let Some(at) = found.iter().position(|finding| finding.about == subject) {
            return Ok(found.swap_remove(at));
        }
        let others: Vec<String> = found.iter().map(|finding| finding.about.to_string()).collect();
        let near = nearest(&self.subject, others.iter().map(String::as_str));
        let near = near.map(|near| format!(", did you mean {near}?")).unwrap_or_default();
        Err(format!("{code} has no finding about {subject} on {day}{near}"))
    }

    /// What was proposed, and what was answered over it.
    fn answers(&self, offer: &Offer, more: &[Ask]) -> Result<Answers, String> {
        let asks = || offer.asks.iter().chain(more);
        let proposed = asks().filter(|ask| !ask.proposal.is_empty()).map(|ask| (ask.name, ask.proposal.clone()));
        let mut answers = Answers(proposed.collect());
        for answer in &self.answers {
            let Some((name, value)) = answer.split_once('=') else {
                return Err(format!("\"{answer}\" is no answer: write it like timeout=800ms"));
            };
            let Some(ask) = asks().find(|ask| ask.name == name.trim()) else {
                let known = asks().map(|ask| ask.name).collect::<Vec<_>>().join(", ");
                return Err(format!("\"{}\" is not asked; what is asked: {known}", name.trim()));
            };
            answers.0.insert(ask.name, value.trim().to_owned());
        }
        Ok(answers)
    }

    fn finish(
        &self,
        model: &Model,
        day: Date,
        finding: &Finding,
        edits: &[Edit],
        planned: bool,
        streams: &mut Streams<'_>,
    ) -> Result<(), String> {
        let mut fixed = model.clone();
        fixed.apply(edits).map_err(|why| why.to_string())?;
        let then = as_of(&fixed, day).model;
        let left = rules::check(&Context::new(&then, day).knowing(stuck(&fixed))).findings;
        for stuck in newly_stuck(model, &fixed) {
            streams.complain(format!("note: {}", lost_change(&fixed, &stuck)));
        }
        if !planned && left.iter().any(|other| other.is_same(finding)) {
            streams.complain("the finding stays: a change that has ended puts it back, or there is more to it");
        }
        if !self.write {
            return Ok(());
        }
        save(&self.model, &fixed)?;
        streams.line(format!("{} written", self.model.display()));
        Ok(())
    }
}

fn edits(
    model: &Model,
    finding: &Finding,
    offer: &Offer,
    planning: &[Ask],
    answers: &Answers,
) -> Result<Vec<Edit>, Unfixed> {
    let edits = offer.edits(model, answers)?;
    if offer.on_roadmap {
        return Ok(edits);
    }
    if planning.is_empty() {
        return recorded(model, finding, edits, clock::today());
    }
    planning.iter().try_for_each(|ask| ask.check(model, answers))?;
    planned(model, finding, &edits, answers)
}

/// The place of the offer that is named: a remedy, or one of its several offers by number.
fn place(offers: &[Offer], name: &str) -> Result<usize, String> {
    let (slug, nth) = match name.split_once('/') {
        Some((slug, nth)) => (slug, nth.parse::<usize>().map_err(|_| format!("\"{nth}\" is no number of an offer"))?),
        None => (name, 1),
    };
    let mut fitting = offers.iter().enumerate().filter(|(_, offer)| offer.remedy == slug).map(|(at, _)| at);
    let known = || offers.iter().map(|offer| offer.remedy).collect::<Vec<_>>().join(", ");
    let found = nth.checked_sub(1).and_then(|skipped| fitting.nth(skipped));
    found.ok_or_else(|| format!("\"{name}\" is not offered here; what is: {}", known()))
}

fn list(model: &Model, finding: &Finding, offers: &[Offer], streams: &mut Streams<'_>) {
    streams.line(format!("{} {}", finding.rule.code, rules::prose(model, &finding.message)));
    let mut before: Vec<&str> = Vec::new();
    for offer in offers {
        let nth = before.iter().filter(|slug| **slug == offer.remedy).count();
        let name = if nth == 0 { offer.remedy.to_owned() } else { format!("{}/{}", offer.remedy, nth + 1) };
        streams.line(format!("\n--remedy {name}\n  {}", offer.title));
        offer.asks.iter().for_each(|ask| streams.line(format!("  {}", asked(ask))));
        before.push(offer.remedy);
    }
}

/// A question as a shell can answer it.
fn asked(ask: &Ask) -> String {
    let kind = match &ask.kind {
        AskKind::Team => "team".to_owned(),
        AskKind::System => "system".to_owned(),
        AskKind::Date => "date".to_owned(),
        AskKind::Duration => "duration".to_owned(),
        AskKind::Text => "words".to_owned(),
        AskKind::Name => "name".to_owned(),
        AskKind::Choice(choices) => choices.iter().map(|(answer, _)| answer.as_str()).collect::<Vec<_>>().join(" | "),
    };
    let optional = if ask.optional { ", optional" } else { "" };
    let proposal = if ask.proposal.is_empty() { String::new() } else { format!(", else \"{}\"", ask.proposal) };
    format!("--answer \"{}=…\"  {} ({kind}{optional}{proposal})", ask.name, ask.label)
}

/// Why it was not done; what is asked, where an answer is missing or unfit.
fn explain(offer: &Offer, planning: &[Ask], why: &Unfixed) -> String {
    let name = match why {
        Unfixed::Unanswered(name) | Unfixed::Unfit(name, _) => *name,
        Unfixed::Gone(_) | Unfixed::Refused(_) => return why.to_string(),
    };
    let asks = offer.asks.iter().chain(planning).find(|ask| ask.name == name).map(asked);
    format!("{}: {why}\n  {}", offer.title, asks.unwrap_or_default())
}
