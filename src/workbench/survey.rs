//! Everything that is derived from one revision of a model: the model as of a day, its findings, its diagram.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Deref,
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{Checked, clock::Stopwatch};
use crate::{
    layout::{Area, Before, Container, Drawing, Edge, Folds, Insides, Node, Plan, rearrange},
    model::{Date, Filter, Found, Grouping, Id, Key, Lens, Model, View},
    scene::{Badge, Diagram, Dressing, Wearer, Worst, diagram, dress},
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Showing {
    /// A view in place of the landscape; its pins hold.
    pub view: Option<View>,
    /// Which containers stand open.
    pub folds: Folds,
}

/// Nothing is drawn farther from the origin.
const FARTHEST: i32 = 1 << 24;
/// Drawing goes on for no longer than this; what has been found by then is shown.
const LONGEST_MS: f64 = 10_000.0;

/// What is derived from one revision of a model: what is known of it, and how it is drawn. What is known of it is read as
/// if it were its own.
#[derive(Clone, Debug)]
pub struct Survey {
    /// What is known of the model.
    pub checked: Checked,
    /// How the model was looked at.
    pub options: SurveyOptions,
    /// What was to be drawn.
    pub showing: Showing,
    /// What its frames stand for.
    pub grouping: Grouping,
    /// What was left of the model.
    pub filter: Filter,
    /// What is drawn.
    pub plan: Arc<Plan>,
    /// Where it stands.
    pub drawing: Arc<Drawing>,
    /// How collapsed containers looked inside.
    pub insides: Arc<Insides>,
    /// What the lens makes of it.
    pub dressing: Arc<Dressing>,
    /// How it looks.
    pub diagram: Arc<Diagram>,
}

impl Deref for Survey {
    type Target = Checked;

    fn deref(&self) -> &Checked {
        &self.checked
    }
}

impl Survey {
    /// The same through another lens; boxes and lines stay where they are.
    pub fn through(&self, lens: Lens) -> Self {
        let dressing = dress(lens, &self.wearer());
        let diagram = diagram(&self.plan, &self.drawing, &self.badges, &dressing);
        let (dressing, diagram) = (Arc::new(dressing), Arc::new(diagram));
        Self { options: SurveyOptions { lens, ..self.options }, dressing, diagram, ..self.clone() }
    }

    /// The same with what was found since: what is drawn stays as it is, but for its badges and colours, until it is drawn
    /// anew.
    #[must_use]
    pub fn knowing(&self, checked: Checked) -> Self {
        let options = SurveyOptions { as_of: checked.as_of, ..self.options };
        Self { checked, options, ..self.clone() }.through(options.lens)
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

    /// What is drawn.
    pub fn drawn(&self) -> Drawn {
        Drawn {
            as_of: self.options.as_of,
            showing: self.showing.clone(),
            grouping: self.grouping,
            filter: self.filter.clone(),
            plan: self.plan.clone(),
            drawing: self.drawing.clone(),
            insides: self.insides.clone(),
        }
    }

    /// The same with the landscape drawn, whatever was to be shown.
    pub fn landscape(&self) -> Self {
        let showing = Showing::default();
        if self.showing == showing {
            return self.clone();
        }
        let (grouping, view) = shown(&self.model, self.options.grouping, &showing);
        let plan = Arc::new(plan(&self.model, grouping, &view, &showing.folds, &self.badges));
        let drawing = Arc::new(rearrange(&plan.graph, &Before::default(), &|| false));
        Self { showing, grouping, filter: view.filter, plan, drawing, ..self.clone() }.through(self.options.lens)
    }
}

/// What was drawn of a model, and where: what the next drawing is to be like. Cloning it is cheap.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Drawn {
    /// On which day the model was looked at.
    pub as_of: Date,
    /// What was to be drawn.
    pub showing: Showing,
    grouping: Grouping,
    filter: Filter,
    plan: Arc<Plan>,
    drawing: Arc<Drawing>,
    insides: Arc<Insides>,
}

impl Drawn {
    /// How many boxes it has.
    pub fn boxes(&self) -> usize {
        self.plan.nodes.len()
    }

    /// Where everything stands.
    pub fn drawing(&self) -> &Arc<Drawing> {
        &self.drawing
    }

    /// Whether what stands somewhere is what was planned: what was read from a file may be anything.
    pub fn is_whole(&self) -> bool {
        let (plan, graph, drawing) = (&self.plan, &self.plan.graph, &self.drawing);
        let (nodes, frames, lines) = (graph.nodes.len(), graph.containers.len(), graph.edges.len());
        let near = |at: i32| at.abs() <= FARTHEST;
        let seen = |area: &Area| [area.x, area.y, area.w, area.h].into_iter().all(near) && area.w >= 0 && area.h >= 0;
        let ways = |(edge, ways): (&Edge, &Vec<Vec<(i32, i32)>>)| {
            let ends = edge.to.iter().chain([&edge.from]).all(|at| *at < nodes);
            ends && ways.len() == edge.to.len() && ways.iter().flatten().all(|spot| near(spot.0) && near(spot.1))
        };
        let inner = |parent: Option<usize>, limit: usize| parent.is_none_or(|at| at < limit);
        [plan.nodes.len(), drawing.nodes.len()] == [nodes; 2]
            && [plan.frames.len(), drawing.containers.len()] == [frames; 2]
            && [plan.bundles.len(), drawing.edges.len(), drawing.labels.len()] == [lines; 3]
            && graph.nodes.iter().all(|node| inner(node.parent, frames))
            && graph.containers.iter().enumerate().all(|(at, container)| inner(container.parent, at))
            && plan.places.values().all(|at| *at < nodes)
            && drawing.nodes.iter().chain(&drawing.containers).chain(drawing.labels.iter().flatten()).all(seen)
            && self.insides.areas().all(seen)
            && graph.edges.iter().zip(&drawing.edges).all(ways)
    }

    /// The same as if some boxes had not been drawn: a drawing after it finds new places for them.
    #[must_use]
    pub fn forgetting(mut self, keys: &BTreeSet<Key>) -> Self {
        let gone: BTreeSet<usize> = (0..self.plan.nodes.len())
            .filter(|at| self.plan.nodes.get(*at).is_some_and(|node| keys.contains(&node.key)))
            .collect();
        let drawing = Arc::make_mut(&mut self.drawing);
        for at in &gone {
            if let Some(area) = drawing.nodes.get_mut(*at) {
                *area = Area::default();
            }
        }
        for (edge, ways) in self.plan.graph.edges.iter().zip(&mut drawing.edges) {
            if gone.contains(&edge.from) || edge.to.iter().any(|to| gone.contains(to)) {
                ways.clear();
            }
        }
        self
    }
}

/// Derives everything from a model, and draws its landscape afresh.
pub fn survey(model: &Model, revision: u64, options: SurveyOptions) -> Survey {
    survey_after(model, revision, options, Showing::default(), None, &|| false)
}

/// Derives everything from a model, and draws what is to be shown of it: [`Checked::new`] and [`draw`] in one.
pub fn survey_after(
    model: &Model,
    revision: u64,
    options: SurveyOptions,
    showing: Showing,
    last: Option<&Drawn>,
    stop: &(dyn Fn() -> bool + Sync),
) -> Survey {
    let checked = Checked::new(&Arc::new(model.clone()), revision, options.as_of);
    draw(checked.planned(), (options.grouping, options.lens), showing, last, stop)
}

/// Draws what is to be shown of a model that was checked. What was drawn last keeps its place, where the same is shown in
/// the same frames. `stop` is asked now and then whether nobody waits for the answer any more.
pub fn draw(
    checked: Checked,
    (grouping, lens): (Option<Grouping>, Lens),
    showing: Showing,
    last: Option<&Drawn>,
    stop: &(dyn Fn() -> bool + Sync),
) -> Survey {
    let options = SurveyOptions { as_of: checked.as_of, grouping, lens };
    let (model, badges) = (&checked.model, &checked.badges);
    let (grouping, view) = shown(model, grouping, &showing);
    let plan = plan(model, grouping, &view, &showing.folds, badges);
    let same = last.filter(|last| last.grouping == grouping && last.filter == view.filter);
    let mut insides = same.map(|last| last.insides.clone()).unwrap_or_default();
    if let Some(last) = same {
        Arc::make_mut(&mut insides).remember(&last.plan, &last.drawing, &plan);
    }
    let drawing = match same {
        Some(last) if is_drawn(&plan, last) => last.drawing.clone(),
        _ => {
            let stood = |last: &Drawn| plan.before(&last.plan, &last.drawing, &last.insides);
            let before = same.map_or_else(Before::default, stood);
            let watch = Stopwatch::start();
            Arc::new(rearrange(&plan.graph, &before, &|| stop() || watch.ms() > LONGEST_MS))
        }
    };
    let wearer = Wearer { model, as_of: options.as_of, plan: &plan, badges, findings: &checked.report.findings };
    let dressing = dress(lens, &wearer);
    let diagram = diagram(&plan, &drawing, badges, &dressing);
    let (plan, dressing, diagram) = (Arc::new(plan), Arc::new(dressing), Arc::new(diagram));
    Survey { checked, options, showing, grouping, filter: view.filter, plan, drawing, insides, dressing, diagram }
}

/// Whether a plan asks for nothing that is not drawn already: then it is drawn no otherwise.
fn is_drawn(plan: &Plan, last: &Drawn) -> bool {
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
