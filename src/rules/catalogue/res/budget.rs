//! What the rules about budgets share: the calls that a named flow waits for, and how long a call is waited for.

use std::collections::BTreeSet;

use crate::{
    facts::Resolved,
    model::{Backoff, Flow, Retry},
    rules::{Context, Hop},
    topology::{At, waits_for},
};

/// The calls of a named flow that whoever starts it waits for, step by step.
///
/// What happens only after somebody was told (an event, a file, a command over a queue) is not waited for, and neither
/// is what stands behind a hop that `goes` does not let through.
pub(super) fn waited_for(cx: &Context<'_>, flow: &Flow, goes: impl Fn(&Hop<'_>) -> bool) -> Vec<Vec<At>> {
    let (mut awaited, mut told) = (BTreeSet::new(), BTreeSet::new());
    let mut steps = Vec::new();
    for step in &flow.steps {
        let hops = step.interactions().iter().filter_map(|id| cx.hop_of(id));
        let mut waited = Vec::new();
        for hop in hops.filter(|hop| !hop.to.is_person()) {
            let later = told.contains(hop.from.id) && !awaited.contains(hop.from.id);
            if waits_for(hop) && !later && goes(hop) {
                awaited.extend([hop.from.id, hop.to.id]);
                waited.push(hop.at);
            } else {
                told.insert(hop.to.id);
            }
        }
        steps.push(waited);
    }
    steps
}

/// Whether something answers in its place when it fails.
pub(super) fn falls_back(hop: &Hop<'_>) -> bool {
    hop.facts.get("fallback", |layer| &layer.resilience.fallback).known().is_some()
}

/// How a call is tried, as far as it is known.
pub(super) struct Tries<'a> {
    /// Longest wait, all attempts together, in milliseconds.
    pub(super) total: Option<u64>,
    /// Longest wait for one attempt, in milliseconds.
    pub(super) each: Option<u64>,
    /// How it is tried again.
    pub(super) retry: Option<&'a Retry>,
}

impl<'a> Tries<'a> {
    /// From the resolved facts of a hop.
    pub(super) fn of(hop: &Hop<'a>) -> Self {
        let total = hop.facts.get("timeout", |layer| &layer.resilience.timeout);
        let each = hop.facts.get("try_timeout", |layer| &layer.resilience.try_timeout);
        let ms = |fact: Resolved<'_, crate::model::Duration>| fact.known().map(|duration| duration.ms());
        let retry = hop.facts.get("retries", |layer| &layer.resilience.retries);
        Self { total: ms(total), each: ms(each), retry: retry.known() }
    }

    /// Attempts, the first among them.
    pub(super) fn attempts(&self) -> u64 {
        self.retry.map_or(1, |retry| u64::from(retry.count).saturating_add(1))
    }

    /// The waits between attempts, in milliseconds, where they are all made.
    fn waits(&self) -> u64 {
        let Some(retry) = self.retry else { return 0 };
        let wait = retry.wait.known().map_or(0, |wait| wait.ms());
        match retry.backoff.known() {
            Some(Backoff::Exponential | Backoff::Jittered) => {
                let doubled = 1_u64.checked_shl(retry.count).map_or(u64::MAX, |power| power - 1);
                wait.saturating_mul(doubled)
            }
            Some(Backoff::Fixed) | None => wait.saturating_mul(u64::from(retry.count)),
        }
    }

    /// How long the caller waits at most before it gives up, in milliseconds, and how that is made up.
    pub(super) fn longest(&self) -> Option<u64> {
        let tried = self.each.map(|each| each.saturating_mul(self.attempts()).saturating_add(self.waits()));
        match (self.total, tried) {
            (Some(total), Some(tried)) => Some(total.min(tried)),
            (total, tried) => total.or(tried),
        }
    }
}

/// Milliseconds in words.
pub(super) fn span(ms: u64) -> String {
    match ms {
        0..1_000 => format!("{ms}ms"),
        1_000..120_000 if ms.is_multiple_of(1_000) => format!("{}s", ms / 1_000),
        1_000..120_000 => format!("{}.{}s", ms / 1_000, format!("{:03}", ms % 1_000).trim_end_matches('0')),
        120_000..7_200_000 => format!("{}min", ms / 60_000),
        7_200_000..172_800_000 => format!("{}h", ms / 3_600_000),
        u64::MAX => "for ever".to_owned(),
        _ => format!("{}d", ms / 86_400_000),
    }
}

#[cfg(test)]
mod tests {
    use super::span;

    #[test]
    fn spans_are_short() {
        let told = [0, 999, 1_000, 4_500, 61_050, 120_000, 7_200_000, 172_800_000, u64::MAX].map(span);
        assert_eq!(told, ["0ms", "999ms", "1s", "4.5s", "61.05s", "2min", "2h", "2d", "for ever"]);
    }
}
