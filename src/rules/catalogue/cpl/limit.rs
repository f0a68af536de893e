//! Thresholds of the policy, and how a finding tells them.

use crate::{
    model::{Fact, Key, Kind},
    rules::Finding,
};

/// A threshold of the policy.
pub(super) struct Limit {
    name: &'static str,
    fact: Fact<u32>,
    /// The threshold that counts.
    pub(super) most: u32,
}

impl Limit {
    /// What the policy says, else the catalogue's default.
    pub(super) fn of(name: &'static str, fact: &Fact<u32>, default: u32) -> Self {
        Self { name, fact: fact.clone(), most: fact.known().copied().unwrap_or(default) }
    }

    /// Tells the threshold among the evidence.
    pub(super) fn tell(&self, finding: &mut Finding) {
        let by_default = if self.fact.is_known() { "" } else { " (by default)" };
        finding.because(Key::single(Kind::Policy), self.name, format!("{}{by_default}", self.most));
    }
}
