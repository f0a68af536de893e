//! What is known of one revision of a model on a day, before anything is drawn: what the rules found, as lines for people
//! and as badges.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use super::Listing;
use crate::{
    model::{Date, Key, Kind, Model, Subject},
    rules::{self, Class, Context, Finding, Planned, Report, Scorecard, Severity, Waived, fold, score, sentence},
    scene::{Badge, Worst},
    timeline::{as_of, stuck},
};

/// One line of the list of findings.
#[derive(Clone, Debug)]
pub struct Row {
    /// What is wrong, in words.
    pub text: String,
    /// The findings behind it, by their places in the report; one at least.
    pub findings: Vec<usize>,
    /// All elements that should light up.
    pub subjects: BTreeSet<Subject>,
    /// How bad.
    pub severity: Severity,
    /// Known to be wrong, or not asked.
    pub class: Class,
    /// Why it does not count.
    pub waived: Option<Waived>,
    /// The change that ends the last of it, where the roadmap ends all of it.
    pub planned: Option<Planned>,
}

/// What is known of one revision of a model. Cloning it is cheap.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The revision it belongs to.
    pub revision: u64,
    /// The day on which the model was looked at.
    pub as_of: Date,
    /// The model as it is written, with what is still to come.
    pub written: Arc<Model>,
    /// The model as of the day.
    pub model: Arc<Model>,
    /// Changes that could not take effect, and why.
    pub failed: Arc<Vec<String>>,
    /// What the rules found.
    pub report: Arc<Report>,
    /// What became of everything that the rules looked at.
    pub scorecard: Arc<Scorecard>,
    /// The same as lines for people, waived findings last.
    pub rows: Arc<Vec<Row>>,
    /// The worst about each element.
    pub badges: Arc<BTreeMap<Key, Badge>>,
    /// What lists and fields ask of it.
    pub listing: Arc<Listing>,
}

impl Checked {
    /// Runs every rule over a model on a day. What the roadmap does about the findings is not asked: see
    /// [`Self::planned`].
    pub fn new(model: &Arc<Model>, revision: u64, day: Date) -> Self {
        let then = as_of(model, day);
        let failed = then.failed.iter().map(|stuck| format!("{}: {}", model.name_of(&stuck.change), stuck.why));
        let failed = failed.collect();
        let cx = Context::new(&then.model, day).knowing(stuck(model));
        let (report, scorecard) = score(&cx);
        let (rows, badges) = (rows(&cx, &report.findings), badges(&cx, &report.findings));
        drop(cx);
        let (written, model, badges) = (model.clone(), Arc::new(then.model), Arc::new(badges));
        let listing = Arc::new(Listing::new(written.clone(), model.clone(), badges.clone()));
        Self {
            revision,
            as_of: day,
            written,
            model,
            failed: Arc::new(failed),
            report: Arc::new(report),
            scorecard: Arc::new(scorecard),
            rows: Arc::new(rows),
            badges,
            listing,
        }
    }

    /// The same with what the roadmap does about each finding, for which the rules are run again as of the end of every
    /// change still to come.
    #[must_use]
    pub fn planned(self) -> Self {
        if self.written.changes.is_empty() {
            return self;
        }
        let mut report = Report::clone(&self.report);
        rules::plan(&self.written, self.as_of, &mut report);
        let rows = rows(&Context::new(&self.model, self.as_of), &report.findings);
        Self { report: Arc::new(report), rows: Arc::new(rows), ..self }
    }
}

fn rows(cx: &Context<'_>, findings: &[Finding]) -> Vec<Row> {
    let places: HashMap<*const Finding, usize> =
        findings.iter().enumerate().map(|(at, finding)| (std::ptr::from_ref(finding), at)).collect();
    let index = |finding: &&Finding| places.get(&std::ptr::from_ref(*finding)).copied();
    let row = |line: crate::rules::Line<'_>| {
        let first = line.findings.first()?;
        Some(Row {
            severity: first.severity,
            class: first.class,
            subjects: line.findings.iter().flat_map(|finding| finding.subjects.iter().cloned()).collect(),
            findings: line.findings.iter().filter_map(index).collect(),
            text: line.text,
            waived: first.waived.clone(),
            planned: planned(&line.findings),
        })
    };
    let mut rows: Vec<Row> = fold(cx, findings).into_iter().filter_map(row).collect();
    let accepted = |(at, finding): (usize, &Finding)| {
        finding.waived.as_ref().map(|waived| Row {
            text: sentence(cx.model, &finding.message),
            findings: vec![at],
            subjects: finding.subjects.iter().cloned().collect(),
            severity: finding.severity,
            class: finding.class,
            waived: Some(waived.clone()),
            planned: finding.planned.clone(),
        })
    };
    rows.extend(findings.iter().enumerate().filter_map(accepted));
    // What is known to be wrong comes before what is open, and what was accepted last; otherwise the report's order stays.
    rows.sort_by_key(|row| (row.waived.is_some(), row.class, row.severity));
    rows
}

/// By when the roadmap ends all of these, if it does.
fn planned(findings: &[&Finding]) -> Option<Planned> {
    let all: Option<Vec<&Planned>> = findings.iter().map(|finding| finding.planned.as_ref()).collect();
    all?.into_iter().max_by_key(|planned| planned.by).cloned()
}

/// The worst about each element, and how much of it: on what a finding is about, and on the system at whose door it
/// lies. Information is no badge.
fn badges(cx: &Context<'_>, findings: &[Finding]) -> BTreeMap<Key, Badge> {
    let mut badges: BTreeMap<Key, Badge> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.waived.is_none()) {
        let worst = match (finding.class, finding.severity) {
            (Class::Gap, _) => Worst::Gap,
            (Class::Defect, Severity::Error) => Worst::Error,
            (Class::Defect, Severity::Warning) => Worst::Warning,
            (Class::Defect, Severity::Info) => continue,
        };
        let drawn = matches!(finding.about.key.kind, Kind::System | Kind::Store);
        let home = cx.home(&finding.about).filter(|_| !drawn).map(|system| system.key());
        for key in home.into_iter().chain([finding.about.key.clone()]) {
            let badge = badges.entry(key).or_insert(Badge { worst, count: 0 });
            match worst.cmp(&badge.worst) {
                std::cmp::Ordering::Less => *badge = Badge { worst, count: 1 },
                std::cmp::Ordering::Equal => badge.count += 1,
                std::cmp::Ordering::Greater => {}
            }
        }
    }
    badges
}
