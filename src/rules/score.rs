//! The scorecard's raw material: what became of everything that rules looked at.

use super::Meta;
use crate::model::Subject;

/// What became of a requirement somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It holds.
    Met,
    /// It is known not to hold.
    NotMet,
    /// Nobody has asked.
    NotStated,
    /// It does not apply.
    NotApplicable,
}

impl State {
    /// Every state, in the order of tables.
    pub const ALL: [Self; 4] = [Self::Met, Self::NotMet, Self::NotStated, Self::NotApplicable];

    /// Its words, in lower case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not met",
            Self::NotStated => "not stated",
            Self::NotApplicable => "does not apply",
        }
    }
}

/// What one rule says of one subject.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The rule.
    pub rule: &'static Meta,
    /// What it looked at.
    pub about: Subject,
    /// Which of several requirements that the rule looks at together; empty for the rule as a whole.
    pub facet: &'static str,
    /// What became of it.
    pub state: State,
}
