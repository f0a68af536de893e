//! Everything that is derived from one revision of a model: the model as of a day, its findings, its diagram.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use super::clock::Stopwatch;
use crate::{
    layout::{Area, Before, Container, Drawing, Edge, Folds, Insides, Node, Plan, rearrange},
    model::{Date, Filter, Found, Grouping, Id, Key, Kind, Lens, Model, Subject, View},
    rules::{self, Class, Context, Finding, Planned, Report, Scorecard, Severity, Waived, fold, score, sentence},
    scene::{Badge, Diagram, Dressing, Wearer, Worst, diagram, dress},
    timeline::as_of,
};

/// How a model is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SurveyOptions {
    /// On which day.
    pub as_of: Date,
    /// In which frames; `None` for those of the landscape view.
    pub grouping: Option<Grouping>,
    /// Through which lens.
    pub lens: Lens,
}

/// What of the model is drawn: nothing of it stands in the model, but a view can be put there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Showing {
    /// A view in place of the landscape; its pins hold.
    pub view: Option<View>,
    /// Which containers stand open.
    pub folds: Folds,
}

/// Drawing goes on for no longer than this; what has been found by then is shown.
const LONGEST_MS: f64 = 10_000.0;

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

/// What is derived from one revision of a model.
#[derive(Clone, Debug)]
pub struct Survey {
    /// The revision it belongs to.
    pub revision: u64,
    /// How the model was looked at.
    pub options: SurveyOptions,
    /// What was to be drawn.
    pub showing: Showing,
    /// What its frames stand for.
    pub grouping: Grouping,
    /// What was left of the model.
    pub filter: Filter,
    /// The model as it is written, with what is still to come.
    pub written: Arc<Model>,
    /// The model as of the day.
    pub model: Arc<Model>,
    /// Changes that could not take effect, and why.
    pub failed: Vec<String>,
    /// What the rules found.
    pub report: Report,
    /// What became of everything that the rules looked at.
    pub scorecard: Scorecard,
    /// The same as lines for people, waived findings last.
    pub rows: Vec<Row>,
    /// The worst about each element.
    pub badges: BTreeMap<Key, Badge>,
    /// What is drawn.
    pub plan: Plan,
    /// Where it stands.
    pub drawing: Drawing,
    /// How collapsed containers looked inside.
    pub insides: Insides,
    /// What the lens makes of it.
    pub dressing: Dressing,
    /// How it looks.
    pub diagram: Diagram,
}

impl Survey {
    /// The same through another lens; boxes and lines stay where they are.
    pub fn through(&self, lens: Lens) -> Self {
        let dressing = dress(lens, &self.wearer());
        let diagram = diagram(&self.plan, &self.drawing, &self.badges, &dressing);
        Self { options: SurveyOptions { lens, ..self.options }, dressing, diagram, ..self.clone() }
    }

    /// What a lens dresses.
    fn wearer(&self) -> Wearer<'_> {
        Wearer {
            model: &self.model,
            as_of: self.options.as_of,
            plan: &self.plan,
            badges: &self.badges,
            findings: &self.report.findings,
        }
    }

    /// The same as if some boxes had not been drawn: a drawing after it finds new places for them.
    pub fn forgetting(&self, keys: &BTreeSet<Key>) -> Self {
        let mut survey = self.clone();
        let gone: BTreeSet<usize> = (0..survey.plan.nodes.len())
            .filter(|at| survey.plan.nodes.get(*at).is_some_and(|node| keys.contains(&node.key)))
            .collect();
        for at in &gone {
            if let Some(area) = survey.drawing.nodes.get_mut(*at) {
                *area = Area::default();
            }
        }
        for (edge, ways) in survey.plan.graph.edges.iter().zip(&mut survey.drawing.edges) {
            if gone.contains(&edge.from) || edge.to.iter().any(|to| gone.contains(to)) {
                ways.clear();
            }
        }
        survey
    }

    /// The same with the landscape drawn, whatever was to be shown.
    pub fn landscape(&self) -> Self {
        let showing = Showing::default();
        if self.showing == showing {
            return self.clone();
        }
        let (grouping, view) = shown(&self.model, self.options.grouping, &showing);
        let plan = plan(&self.model, grouping, &view, &showing.folds, &self.badges);
        let drawing = rearrange(&plan.graph, &Before::default(), &|| false);
        Self { showing, grouping, filter: view.filter, plan, drawing, ..self.clone() }.through(self.options.lens)
    }
}

/// Derives everything from a model, and draws its landscape afresh.
pub fn survey(model: &Model, revision: u64, options: SurveyOptions) -> Survey {
    survey_after(model, revision, options, Showing::default(), None, &|| false)
}

/// Derives everything from a model, and draws what is to be shown of it. What was drawn last keeps its place, where the
/// same is shown in the same frames. `stop` is asked now and then whether nobody waits for the answer any more.
pub fn survey_after(
    model: &Model,
    revision: u64,
    options: SurveyOptions,
    showing: Showing,
    last: Option<&Survey>,
    stop: &(dyn Fn() -> bool + Sync),
) -> Survey {
    let then = as_of(model, options.as_of);
    let failed = then.failed.iter().map(|(change, why)| format!("{}: {why}", model.name_of(change))).collect();
    let (report, scorecard, rows, badges) = {
        let cx = Context::new(&then.model, options.as_of);
        let (mut report, scorecard) = score(&cx);
        rules::plan(model, options.as_of, &mut report);
        let rows = rows(&cx, &report.findings);
        let badges = badges(&cx, &report.findings);
        (report, scorecard, rows, badges)
    };
    let (grouping, view) = shown(&then.model, options.grouping, &showing);
    let plan = plan(&then.model, grouping, &view, &showing.folds, &badges);
    let same = last.filter(|last| last.grouping == grouping && last.filter == view.filter);
    let mut insides = same.map(|last| last.insides.clone()).unwrap_or_default();
    if let Some(last) = same {
        insides.remember(&last.plan, &last.drawing, &plan);
    }
    let drawing = match same {
        Some(last) if is_drawn(&plan, last) => last.drawing.clone(),
        _ => {
            let stood = |last: &Survey| plan.before(&last.plan, &last.drawing, &last.insides);
            let before = same.map_or_else(Before::default, stood);
            let watch = Stopwatch::start();
            rearrange(&plan.graph, &before, &|| stop() || watch.ms() > LONGEST_MS)
        }
    };
    let findings = &report.findings;
    let wearer = Wearer { model: &then.model, as_of: options.as_of, plan: &plan, badges: &badges, findings };
    let dressing = dress(options.lens, &wearer);
    let diagram = diagram(&plan, &drawing, &badges, &dressing);
    let (written, model) = (Arc::new(model.clone()), Arc::new(then.model));
    Survey {
        revision,
        options,
        showing,
        grouping,
        filter: view.filter,
        written,
        model,
        failed,
        report,
        scorecard,
        rows,
        badges,
        plan,
        drawing,
        insides,
        dressing,
        diagram,
    }
}

/// Whether a plan asks for nothing that is not drawn already: then it is drawn no otherwise.
fn is_drawn(plan: &Plan, last: &Survey) -> bool {
    let (graph, old) = (&plan.graph, &last.plan.graph);
    let whole = !last.drawing.hurried && last.drawing.nodes.iter().all(|area| !area.is_empty());
    let named = |plan: &Plan| -> Vec<Key> { plan.nodes.iter().map(|node| node.key.clone()).collect() };
    let framed = |plan: &Plan| -> Vec<Key> { plan.frames.iter().map(|frame| frame.key.clone()).collect() };
    let node = |(a, b): (&Node, &Node)| (a.size, a.parent, a.pin, a.posture) == (b.size, b.parent, b.pin, b.posture);
    let frame = |(a, b): (&Container, &Container)| (a.parent, a.title) == (b.parent, b.title);
    let edge = |(a, b): (&Edge, &Edge)| (a.from, &a.to, a.label, a.ranks) == (b.from, &b.to, b.label, b.ranks);
    whole
        && graph.edges.len() == old.edges.len()
        && graph.nodes.iter().zip(&old.nodes).all(node)
        && graph.containers.iter().zip(&old.containers).all(frame)
        && graph.edges.iter().zip(&old.edges).all(edge)
        && named(plan) == named(&last.plan)
        && framed(plan) == framed(&last.plan)
}

/// The view that the main canvas shows and whose pins it keeps: `landscape`, new where there is none.
pub fn landscape_view(model: &Model) -> (Id<View>, View) {
    let id = landscape_id();
    let view = model.views.get(&id).map(|stored| (*stored.value).clone());
    (id, view.unwrap_or_else(|| View::new("Landscape")))
}

/// The id of the view that is the landscape.
pub fn landscape_id() -> Id<View> {
    // The word is a slug: a test of the window pins a box in it.
    "landscape".parse().unwrap_or_else(|_| unreachable!("`landscape` is a slug"))
}

/// The view that is shown, and its frames. Pins hold only in the frames they were set in.
fn shown(model: &Model, grouping: Option<Grouping>, showing: &Showing) -> (Grouping, View) {
    let mut view = showing.view.clone().unwrap_or_else(|| landscape_view(model).1);
    let own = view.grouping.known().copied().unwrap_or(Grouping::Domain);
    let grouping = grouping.unwrap_or(own);
    if grouping != own {
        view.pins.clear();
    }
    (grouping, view)
}

/// What is to be drawn of a view.
fn plan(model: &Model, grouping: Grouping, view: &View, folds: &Folds, badges: &BTreeMap<Key, Badge>) -> Plan {
    let least = match view.filter.found.known() {
        Some(Found::Errors) => Some(Worst::Error),
        Some(Found::Defects) => Some(Worst::Warning),
        Some(Found::Anything) => Some(Worst::Gap),
        None => None,
    };
    let bad = |badge: &Badge| least.is_some_and(|least| badge.worst <= least);
    let found = badges.iter().filter(|(_, badge)| bad(badge)).map(|(key, _)| key.clone()).collect();
    Plan::found(model, grouping, (&view.filter, &found), &view.pins, folds)
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
