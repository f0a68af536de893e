//! One run of all rules: found, weighed by the policy, waived, sorted.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use super::{Class, Context, Finding, Findings, Meta, RULES, Rule, Severity, Waived, score::Ledger};
use crate::model::{Stage, Waiver, Weight};

/// How many of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Defects that are errors and not waived.
    pub error: usize,
    /// Defects that are warnings and not waived.
    pub warning: usize,
    /// Defects that are information and not waived.
    pub info: usize,
    /// Gaps that are not waived.
    pub gap: usize,
    /// Findings that are waived.
    pub waived: usize,
}

/// What a run found: worst first, then what weighs most (criticality, then how many depend on it), then by code and
/// element.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings.
    pub findings: Vec<Finding>,
    /// How many of each.
    pub summary: Summary,
}

impl Report {
    /// Leaves out findings, and counts anew.
    pub fn retain(&mut self, keep: impl FnMut(&Finding) -> bool) {
        self.findings.retain(keep);
        self.summary = summarise(&self.findings);
    }

    /// Whether a finding at or above a severity counts: an unwaived defect, or where the stage is *governed* a gap.
    pub fn fails(&self, cx: &Context<'_>, at: Severity) -> bool {
        let counts = |f: &Finding| f.class == Class::Defect || cx.stage(&f.about) == Stage::Governed;
        self.findings.iter().any(|f| f.waived.is_none() && f.severity <= at && counts(f))
    }
}

/// Runs every rule over a model.
pub fn check(cx: &Context<'_>) -> Report {
    run(cx, false).0
}

/// The same, with what became of everything that was looked at, where it is `scored`.
pub(super) fn run(cx: &Context<'_>, scored: bool) -> (Report, Ledger) {
    let found = if cx.hops().len() < MANY { vec![some(cx, &RULES, scored)] } else { together(cx, scored) };
    let (mut findings, mut ledger) = (Vec::new(), Ledger::default());
    for (found, noted) in found {
        findings.extend(found.into_iter().filter_map(|finding| weigh(cx, finding)));
        ledger.append(noted);
    }
    let waivers: Vec<&Waiver> = cx.model.waivers.values().map(|waiver| &*waiver.value).collect();
    if !waivers.is_empty() {
        for finding in &mut findings {
            finding.waived = waivers.iter().find_map(|waiver| waive(cx, waiver, finding));
        }
    }
    findings.sort_by_cached_key(|f| {
        let weight = std::cmp::Reverse(cx.weight(&f.about));
        (f.severity, weight, f.rule.code, f.about.clone())
    });
    let summary = summarise(&findings);
    (Report { findings, summary }, ledger)
}

/// From so many interactions on it pays to run rules side by side.
const MANY: usize = 2_000;

type Found = (Vec<Finding>, Ledger);

fn some(cx: &Context<'_>, rules: &[&dyn Rule], scored: bool) -> Found {
    let mut out = Findings::new(cx, scored);
    rules.iter().for_each(|rule| rule.check(cx, &mut out));
    (out.list, out.ledger.unwrap_or_default())
}

/// Runs the rules on all processors: each takes the next rule that nobody has taken. What they find does not depend on
/// who found it: it is put in the order of the rules.
fn together(cx: &Context<'_>, scored: bool) -> Vec<Found> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done: Vec<(usize, Found)> = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(rule) = RULES.get(at) else { return done };
            done.push((at, some(cx, &[*rule], scored)));
        }
    };
    let workers = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut done: Vec<(usize, Found)> = thread::scope(|scope| {
        let handles: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let own = work();
        // A rule that panics is a fault of the program; it is passed on as it would be without threads.
        let joined = handles.into_iter().flat_map(|handle| match handle.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        own.into_iter().chain(joined.collect::<Vec<_>>()).collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, found)| found).collect()
}

/// The severity after the policy's say; `None` where the rule is off. A rule's own severity gives way where a finding
/// is no better and no worse than its rule; a finding that is, keeps its distance only if the policy says nothing.
fn weigh(cx: &Context<'_>, mut finding: Finding) -> Option<Finding> {
    let policy = &cx.model.policy;
    if policy.domains.is_empty() && policy.severities.is_empty() {
        return Some(finding);
    }
    let domains = cx.domains(&finding.about);
    let of_domain = domains.iter().find_map(|id| weight(&policy.domains.get(*id)?.severities, finding.rule));
    match of_domain.or_else(|| weight(&policy.severities, finding.rule)) {
        None => {}
        Some(Weight::Off) => return None,
        Some(Weight::Error) => finding.severity = Severity::Error,
        Some(Weight::Warning) => finding.severity = Severity::Warning,
        Some(Weight::Info) => finding.severity = Severity::Info,
    }
    Some(finding)
}

fn weight(severities: &std::collections::BTreeMap<String, Weight>, rule: &Meta) -> Option<Weight> {
    let is = |name: &str| name.eq_ignore_ascii_case(rule.code) || name.eq_ignore_ascii_case(rule.slug);
    let exact = severities.get(rule.code).or_else(|| severities.get(rule.slug));
    exact.or_else(|| severities.iter().find(|(name, _)| is(name)).map(|(_, weight)| weight)).copied()
}

/// A waiver counts with a reason, an approver and a date that has not passed.
fn waive(cx: &Context<'_>, waiver: &Waiver, finding: &Finding) -> Option<Waived> {
    let is = |name: &str| waiver.rule.eq_ignore_ascii_case(name);
    let rule = is(finding.rule.code) || is(finding.rule.slug);
    let (reason, by) = (waiver.reason.known()?, waiver.approved_by.known()?);
    let expires = *waiver.expires_on.known()?;
    let holds = rule && waiver.about == finding.about && expires >= cx.as_of;
    holds.then(|| Waived { by: by.to_string(), reason: reason.to_string(), expires })
}

fn summarise(findings: &[Finding]) -> Summary {
    let mut summary = Summary::default();
    for finding in findings {
        let count = match (&finding.waived, finding.class, finding.severity) {
            (Some(_), ..) => &mut summary.waived,
            (None, Class::Gap, _) => &mut summary.gap,
            (None, Class::Defect, Severity::Error) => &mut summary.error,
            (None, Class::Defect, Severity::Warning) => &mut summary.warning,
            (None, Class::Defect, Severity::Info) => &mut summary.info,
        };
        *count += 1;
    }
    summary
}
