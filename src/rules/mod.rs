//! The rule catalogue: what an architect should hear of, with the facts that make it true.
//!
//! One rule, one file under `catalogue/`: its documentation, its code, and what it blames. [`RULES`] names them all;
//! the command line, the window and the documents read that list. [`check`] runs them over a model, weighs what they
//! find by the policy, and marks what is waived.

mod catalogue;
mod context;
mod contracts;
mod english;
mod finding;
pub mod fixes;
mod hop;
mod lacking;
mod plan;
mod questions;
mod run;
mod score;

pub use catalogue::{Protection, RULES, leaks, protection, sensitivity, version_phase, visibility};
pub use context::Context;
pub use english::reads;
pub use finding::{Class, Evidence, Finding, Findings, Line, Piece, Planned, Waived, fold, name, prose, sentence};
pub use hop::{End, Hop, Zone};
pub use plan::plan;
pub use questions::{Answerer, Questions, answerer, questions};
pub use run::{Report, Summary, check};
pub use score::{Board, Mark, STANDARDS, Scorecard, State, Tally, score};

use crate::model::Stage;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It will hurt.
    Error,
    /// It may hurt.
    Warning,
    /// Good to know.
    Info,
}

impl Severity {
    /// Every severity, worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Info];

    /// Its word, in lower case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// The six principles of docs/principles.md, and security beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Principle {
    /// Explicit contracts over implicit behaviour.
    ExplicitContracts,
    /// Ownership before connectivity.
    Ownership,
    /// Loose coupling over convenience.
    LooseCoupling,
    /// Failure is inevitable.
    Failure,
    /// Backward compatibility is a business requirement.
    Compatibility,
    /// Observability is mandatory.
    Observability,
    /// Security, per boundary.
    Security,
}

impl Principle {
    /// Every principle, in the order of docs/principles.md.
    pub const ALL: [Self; 7] = [
        Self::ExplicitContracts,
        Self::Ownership,
        Self::LooseCoupling,
        Self::Failure,
        Self::Compatibility,
        Self::Observability,
        Self::Security,
    ];

    /// Its name, in lower case.
    pub fn word(self) -> &'static str {
        match self {
            Self::ExplicitContracts => "explicit contracts",
            Self::Ownership => "ownership before connectivity",
            Self::LooseCoupling => "loose coupling",
            Self::Failure => "failure is inevitable",
            Self::Compatibility => "backward compatibility",
            Self::Observability => "observability",
            Self::Security => "security",
        }
    }
}

/// What a rule is.
#[derive(Debug)]
pub struct Meta {
    /// Its stable code: `OWN003`.
    pub code: &'static str,
    /// The anti-pattern's name: `shared-database`.
    pub slug: &'static str,
    /// One line.
    pub summary: &'static str,
    /// Why it matters, with where that is said.
    pub why: &'static str,
    /// An example of it.
    pub example: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
    /// How bad it is where nothing makes it worse or better.
    pub severity: Severity,
    /// The stage from which *not asked* is reported too; `None` for never.
    pub gap: Option<Stage>,
    /// The principle it guards.
    pub principle: Principle,
    /// Whether it is one of the five starred anti-patterns.
    pub star: bool,
}

impl Meta {
    /// The letters of its code: rules of one family ask about one side of a thing.
    pub fn family(&self) -> &'static str {
        self.code.trim_end_matches(|c: char| c.is_ascii_digit())
    }
}

/// A rule.
pub trait Rule: Sync {
    /// What it is.
    fn meta(&self) -> &'static Meta;

    /// Finds every place where it is broken.
    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>);
}

/// The rule with this code or slug, in any case.
pub fn find(name: &str) -> Option<&'static dyn Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.meta().code.eq_ignore_ascii_case(name) || rule.meta().slug.eq_ignore_ascii_case(name))
}
