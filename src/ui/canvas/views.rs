//! What of the model the canvas shows: containers opened and collapsed, neighbours, flows, saved views.

use std::collections::BTreeSet;

use egui::{Button, Ui, vec2};

use crate::{
    layout::{Folds, Look, NodeKind, Plan, PlannedNode, containers_of},
    model::{Grouping, Id, Key, Kind, View},
    ui::{App, tabs::Tab},
    workbench,
};

/// Farther than this, everything surrounds everything.
const FARTHEST: u32 = 9;

/// How a container is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Fold {
    /// As a frame.
    Open,
    /// As one box.
    Collapsed,
}

impl App {
    /// How a container is seen; `None` for what is no container, or is not shown.
    pub(in crate::ui) fn fold_of(&self, key: &Key) -> Option<Fold> {
        let plan = &self.survey.as_ref()?.plan;
        if plan.frames.iter().any(|frame| frame.key == *key) {
            return Some(Fold::Open);
        }
        let collapsed = plan.nodes.iter().any(|node| node.kind == NodeKind::Group && node.key == *key);
        collapsed.then_some(Fold::Collapsed)
    }

    /// Opens or collapses a container.
    pub(in crate::ui) fn fold(&mut self, key: &Key) {
        match self.fold_of(key) {
            Some(Fold::Open) => self.showing.folds.collapse(key.clone()),
            Some(Fold::Collapsed) => self.showing.folds.open(key.clone()),
            None => return,
        }
        self.tab = Tab::Landscape;
        self.reveal_when_drawn = [key.clone()].into();
    }

    /// Opens or collapses everything.
    pub(in crate::ui) fn fold_all(&mut self, collapsed: bool) {
        self.tab = Tab::Landscape;
        self.showing.folds = Folds::all(collapsed);
        self.fit_when_drawn = true;
    }

    /// Opens what hides an element; leaves the view that does not show it. Whether anything will be drawn anew.
    pub(in crate::ui) fn uncover(&mut self, key: &Key) -> bool {
        let Some(survey) = self.survey.clone() else { return false };
        let framed = match self.grouping() {
            Grouping::Domain => key.kind == Kind::Domain,
            Grouping::Boundary => key.kind == Kind::Boundary,
            Grouping::Team => key.kind == Kind::Team,
            Grouping::None => false,
        };
        let drawn = framed || matches!(key.kind, Kind::System | Kind::Store | Kind::Interaction);
        if !drawn || !survey.model.contains(key) || is_seen(&survey.plan, key) {
            return false;
        }
        let before = self.showing.clone();
        if !is_placed(&survey.plan, key, &survey.model) {
            self.leave_view();
            self.showing.view = None;
        }
        for container in containers_of(&survey.model, self.grouping(), key) {
            self.showing.folds.open(container);
        }
        self.showing != before
    }

    /// Whether neighbours of this can be shown.
    pub(in crate::ui) fn has_neighbours(key: &Key) -> bool {
        matches!(key.kind, Kind::System | Kind::Store | Kind::Domain | Kind::Boundary | Kind::Team)
    }

    /// Whether this is part of a flow that can be shown.
    pub(in crate::ui) fn has_flow(key: &Key) -> bool {
        matches!(key.kind, Kind::Interaction | Kind::Contract | Kind::Flow)
    }

    /// Shows an element with what is one hop away from it, or the flow that it is part of.
    pub(in crate::ui) fn show_around(&mut self, key: &Key) {
        let mut view = View::new(crate::rules::name(self.bench.model(), &key.clone().into()));
        view.filter.around = key.clone().into();
        if Self::has_neighbours(key) {
            view.filter.hops = 1.into();
        }
        view.grouping = self.grouping().into();
        if matches!(key.kind, Kind::Domain | Kind::Boundary | Kind::Team) {
            self.showing.folds.open(key.clone());
        }
        for container in containers_of(self.bench.model(), self.grouping(), key) {
            self.showing.folds.open(container);
        }
        self.show_view(Some(view));
    }

    /// Shows a view in place of the landscape, or the landscape again.
    pub(in crate::ui) fn show_view(&mut self, view: Option<View>) {
        self.tab = Tab::Landscape;
        self.leave_view();
        self.showing.view = view;
        self.fit_when_drawn = true;
    }

    /// The views of the model beside the landscape, in order.
    pub(in crate::ui) fn saved_views(&self) -> impl Iterator<Item = (&Id<View>, &View)> {
        let landscape = workbench::landscape_id();
        let views = self.bench.model().views.iter().filter(move |(id, _)| **id != landscape);
        views.map(|(id, stored)| (id, &*stored.value))
    }

    /// Draws what is shown in other frames: the landscape as a step of the model, a view for now.
    pub(in crate::ui) fn group_by(&mut self, grouping: Grouping) {
        self.tab = Tab::Landscape;
        self.fit_when_drawn = true;
        if let Some(view) = &mut self.showing.view {
            view.grouping = grouping.into();
            view.pins.clear();
            return;
        }
        let done = self.bench.group(grouping).map_err(|error| error.to_string());
        self.report(done);
    }

    /// How many hops around something are shown, where that can be said, and how many must be.
    pub(super) fn hops(&self) -> Option<(u32, u32)> {
        let filter = &self.showing.view.as_ref()?.filter;
        let counted = filter.around.known().map_or(!filter.domains.is_empty(), Self::has_neighbours);
        let least = u32::from(filter.around.is_known());
        counted.then(|| (filter.hops.known().copied().unwrap_or(least), least))
    }

    /// How many hops one more would be, or one fewer, where there can be so many.
    pub(in crate::ui) fn hops_after(&self, more: bool) -> Option<u32> {
        let (now, least) = self.hops()?;
        let to = if more { now.checked_add(1) } else { now.checked_sub(1) };
        to.filter(|to| (least..=FARTHEST).contains(to))
    }

    pub(in crate::ui) fn set_hops(&mut self, hops: u32) {
        if let Some(view) = &mut self.showing.view {
            view.filter.hops = hops.into();
            self.fit_when_drawn = true;
        }
    }
}

/// Whether a record has a box or a line of its own.
fn is_seen(plan: &Plan, key: &Key) -> bool {
    if key.kind == Kind::Interaction {
        let own = |look| matches!(look, Look::Interaction(_));
        return plan.bundles.iter().any(|bundle| own(bundle.look) && bundle.members().any(|member| member == key));
    }
    plan.own_box(key).is_some()
        || plan.frames.iter().any(|frame| frame.key == *key)
        || plan.nodes.iter().any(|node| node.kind == NodeKind::Group && node.key == *key)
}

/// Whether a record would be seen if all containers stood open.
fn is_placed(plan: &Plan, key: &Key, model: &crate::model::Model) -> bool {
    if matches!(key.kind, Kind::Domain | Kind::Boundary | Kind::Team) {
        // For a container it does not matter what the frames are: it has its own kind around it.
        let outer = containers_of(model, Grouping::None, key);
        let hidden = |node: &PlannedNode| node.kind == NodeKind::Group && outer.contains(&node.key);
        return plan.nodes.iter().any(hidden);
    }
    if key.kind != Kind::Interaction {
        return plan.places.contains_key(key);
    }
    if plan.bundles.iter().any(|bundle| bundle.members().any(|member| member == key)) {
        return true;
    }
    // What runs inside one collapsed container has no line.
    let Some(interaction) = model.interactions.get(&Id::from_slug(key.slug.clone())) else { return false };
    let place = |key: Key| plan.places.get(&key);
    place(interaction.from.key()).is_some_and(|from| place(interaction.to.key()) == Some(from))
}

/// Fewer or more hops; how many are wanted, if it was pressed.
pub(super) fn hops_ui(app: &App, ui: &mut Ui) -> Option<u32> {
    let mut wanted = None;
    for (sign, name, more) in [("−", "Fewer hops", false), ("+", "More hops", true)] {
        let to = app.hops_after(more);
        let button = ui.add_enabled(to.is_some(), Button::new(sign).min_size(vec2(26.0, 26.0)));
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, to.is_some(), name));
        if button.on_hover_text(name).clicked() {
            wanted = to;
        }
    }
    wanted
}

/// The boxes that show what is selected or lit: their own, or the collapsed containers that hide them.
pub(super) fn lit_boxes(app: &App, plan: &Plan) -> BTreeSet<usize> {
    let inside = |key: &Key| plan.places.get(key).copied();
    app.selection.iter().chain(&app.lit).filter_map(inside).collect()
}
