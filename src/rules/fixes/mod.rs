//! Ways out: what can be done about a finding, as edits that can be previewed and undone.
//!
//! One remedy, one file; [`REMEDIES`] names them all. A remedy looks at a finding and offers fixes. A fix never invents
//! a value: what only a person knows, it [asks](Ask). Its edits can be *recorded* ("it is so already") or *planned*: a
//! change on the roadmap that carries them as its effects ([`planned`]).

mod asks;
mod detours;
mod draft;
mod english;
mod legs;
mod planned;
mod remedies;
mod retirement;
mod spots;
mod uses;

use std::{collections::BTreeMap, fmt, str::FromStr};

pub use planned::{END, NAME, OWNER, planned, planning, recorded};
pub use remedies::REMEDIES;

use draft::Draft;

use super::Finding;
use crate::model::{Date, Duration, Edit, EditError, Id, Model, System, Team};

/// A way out of findings of some rules.
pub trait Remedy: Sync {
    /// Its stable name: `command-to-owner`.
    fn slug(&self) -> &'static str;

    /// The codes of the rules whose findings it may answer.
    fn rules(&self) -> &'static [&'static str];

    /// What it offers for a finding of one of its rules; nothing where the facts do not allow it.
    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix>;
}

/// Something that can be done about one finding.
pub struct Fix {
    /// The remedy it comes from.
    pub remedy: &'static str,
    /// What will be done, in the imperative: "Give Billing a command of Orders".
    pub title: String,
    /// What only a person knows.
    pub asks: Vec<Ask>,
    /// Whether its edits are a change on the roadmap already: there is nothing more to plan.
    pub on_roadmap: bool,
    make: Box<Make>,
}

type Make = dyn Fn(&Model, &Answers) -> Result<Vec<Edit>, Unfixed> + Send + Sync;

impl fmt::Debug for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { remedy, title, asks, .. } = self;
        f.debug_struct("Fix").field("remedy", remedy).field("title", title).field("asks", asks).finish_non_exhaustive()
    }
}

impl Fix {
    pub(super) fn new(
        remedy: &'static str,
        title: impl Into<String>,
        asks: Vec<Ask>,
        make: impl Fn(&Model, &Answers) -> Result<Vec<Edit>, Unfixed> + Send + Sync + 'static,
    ) -> Self {
        Self { remedy, title: title.into(), asks, on_roadmap: false, make: Box::new(make) }
    }

    /// The same, whose edits are a change on the roadmap already.
    pub(super) fn on_roadmap(mut self) -> Self {
        self.on_roadmap = true;
        self
    }

    /// The edits that do it. They apply to the model that was given.
    ///
    /// # Errors
    /// Where an answer is missing or is not what was asked for, or the edits would be refused.
    pub fn edits(&self, model: &Model, answers: &Answers) -> Result<Vec<Edit>, Unfixed> {
        self.asks.iter().try_for_each(|ask| ask.check(model, answers))?;
        let edits = (self.make)(model, answers)?;
        model.clone().apply(&edits)?;
        Ok(edits)
    }
}

/// A question that only a person can answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Its name among the answers: `owner`.
    pub name: &'static str,
    /// The question, as the label of a field: "Owner".
    pub label: String,
    /// What answers look like.
    pub kind: AskKind,
    /// Whether it may be left open.
    pub optional: bool,
    /// What stands in the field at first, where the model knows something likely; empty for nothing.
    pub proposal: String,
}

impl Ask {
    /// A question that must be answered.
    pub fn new(name: &'static str, label: impl Into<String>, kind: AskKind) -> Self {
        Self { name, label: label.into(), kind, optional: false, proposal: String::new() }
    }

    /// The same with something likely in the field.
    pub fn proposing(mut self, proposal: impl Into<String>) -> Self {
        self.proposal = proposal.into();
        self
    }

    /// The same, which may be left open.
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Whether it is answered as it was asked.
    ///
    /// # Errors
    /// [`Unfixed::Unanswered`] where it may not be left open, [`Unfixed::Unfit`].
    pub fn check(&self, model: &Model, answers: &Answers) -> Result<(), Unfixed> {
        let name = self.name;
        let unknown = |what: &str| Err(Unfixed::Unfit(name, format!("there is no such {what}")));
        let text = match answers.text(name) {
            Err(_) if self.optional => return Ok(()),
            answer => answer?,
        };
        match &self.kind {
            AskKind::Team if !model.teams.contains_key(&answers.value::<Id<Team>>(name)?) => unknown("team"),
            AskKind::System if !model.systems.contains_key(&answers.value::<Id<System>>(name)?) => unknown("system"),
            AskKind::Date => answers.value::<Date>(name).map(|_| ()),
            AskKind::Duration => answers.value::<Duration>(name).map(|_| ()),
            AskKind::Choice(choices) if choices.iter().all(|(answer, _)| answer != text) => unknown("choice"),
            AskKind::Team | AskKind::System | AskKind::Text | AskKind::Name | AskKind::Choice(_) => Ok(()),
        }
    }
}

/// What answers look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskKind {
    /// The id of a team.
    Team,
    /// The id of a system.
    System,
    /// A day: `2027-06-30`.
    Date,
    /// A duration: `800ms`.
    Duration,
    /// Words.
    Text,
    /// A name of which an id or a part of a contract is made.
    Name,
    /// One of these: what is answered, and what is shown.
    Choice(Vec<(String, String)>),
}

/// What a person answered, by the names of the questions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(pub BTreeMap<&'static str, String>);

impl Answers {
    /// The proposals of a fix, as if a person had accepted them all.
    pub fn proposed(fix: &Fix) -> Self {
        let proposed = fix.asks.iter().filter(|ask| !ask.proposal.is_empty());
        Self(proposed.map(|ask| (ask.name, ask.proposal.clone())).collect())
    }

    /// The words of an answer.
    ///
    /// # Errors
    /// [`Unfixed::Unanswered`].
    pub fn text(&self, name: &'static str) -> Result<&str, Unfixed> {
        let answer = self.0.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
        answer.ok_or(Unfixed::Unanswered(name))
    }

    /// An answer as a value; `None` where it was left open.
    ///
    /// # Errors
    /// [`Unfixed::Unfit`].
    pub fn maybe<T: FromStr<Err: fmt::Display>>(&self, name: &'static str) -> Result<Option<T>, Unfixed> {
        match self.text(name) {
            Err(_) => Ok(None),
            Ok(text) => text.parse().map(Some).map_err(|why: T::Err| Unfixed::Unfit(name, why.to_string())),
        }
    }

    /// An answer as a value.
    ///
    /// # Errors
    /// [`Unfixed::Unanswered`], [`Unfixed::Unfit`].
    pub fn value<T: FromStr<Err: fmt::Display>>(&self, name: &'static str) -> Result<T, Unfixed> {
        self.text(name)?;
        self.maybe(name)?.ok_or(Unfixed::Unanswered(name))
    }
}

/// Why a fix cannot be carried out as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfixed {
    /// A question was left open.
    #[error("{0} was not answered")]
    Unanswered(&'static str),
    /// An answer is not what was asked for.
    #[error("{0}: {1}")]
    Unfit(&'static str, String),
    /// The model has changed so that the fix no longer fits.
    #[error("{0}")]
    Gone(String),
    /// The edits were refused.
    #[error(transparent)]
    Refused(#[from] EditError),
}

/// What can be done about a finding, the likeliest first.
pub fn fixes(model: &Model, finding: &Finding) -> Vec<Fix> {
    let fitting = REMEDIES.iter().filter(|remedy| remedy.rules().contains(&finding.rule.code));
    fitting.flat_map(|remedy| remedy.offers(model, finding)).collect()
}
