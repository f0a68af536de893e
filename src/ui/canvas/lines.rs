//! Lines under the hand: what is pointed at, names for assistive technology, and what can be done.

use egui::{CursorIcon, Pos2, Sense, Ui, WidgetInfo, vec2};

use super::{
    Action, Deed, Sight,
    hand::{Hand, Within, hold_arrows, offer},
};
use crate::{
    layout::Bundle,
    model::Key,
    scene::{Mark, Point, Rect},
    ui::{App, commands::Command, theme},
};

/// How far from a line a click still means it, in points of the screen.
const REACH: f32 = 6.0;
/// Ways of one line that are as near as this are one there, in diagram units.
const SAME: f32 = 0.5;

/// A line, or the part of it that is pointed at.
#[derive(Clone, Debug)]
pub(super) struct Pointed {
    /// What is pointed at stands for these.
    pub(super) keys: Vec<Key>,
    /// Whether all of it is one event that several get.
    pub(super) trunk: bool,
    pub(super) name: String,
    /// The place of the line in the plan.
    pub(super) line: usize,
}

impl Pointed {
    fn whole(line: usize, bundle: &Bundle) -> Self {
        let keys = bundle.members().cloned().collect();
        Self { keys, trunk: bundle.branches.len() > 1, name: bundle.name.clone(), line }
    }
}

/// The line at a place of the screen: the nearest within reach. Where ways of one line run together it stands for all
/// of them.
pub(super) fn pointed(sight: &Sight<'_>, at: Pos2) -> Option<Pointed> {
    let (spot, reach) = (sight.spot(at), REACH / sight.camera.zoom);
    let far = |mark: &Mark| mark.path.windows(2).map(|pair| distance(spot, pair, reach)).fold(f32::INFINITY, f32::min);
    let close = |mark: &&Mark| {
        let Rect { x, y, w, h } = mark.area;
        Rect { x: x - reach, y: y - reach, w: w + 2.0 * reach, h: h + 2.0 * reach }.contains(spot)
    };
    let lines = sight.survey.diagram.lines.iter().filter(close);
    let near: Vec<(f32, &Mark)> = lines.map(|mark| (far(mark), mark)).filter(|(far, _)| *far <= reach).collect();
    let (nearest, best) = near.iter().min_by(|a, b| a.0.total_cmp(&b.0))?;
    let bundle = sight.survey.plan.bundles.get(best.at)?;
    let together = |(far, mark): &&(f32, &Mark)| mark.at == best.at && *far <= nearest + SAME;
    let shared: Vec<&Mark> = near.iter().filter(together).map(|(_, mark)| *mark).collect();
    if shared.len() == bundle.branches.len() {
        return Some(Pointed::whole(best.at, bundle));
    }
    let keys = shared.iter().flat_map(|mark| mark.keys.iter().cloned()).collect();
    let name = if shared.len() > 1 { bundle.name.clone() } else { best.name.clone() };
    Some(Pointed { keys, trunk: shared.len() > 1, name, line: best.at })
}

/// How far a place is from a stretch of a line; infinitely, where it is further than `reach` along an axis: most are, and
/// that is seen without a root.
fn distance(at: Point, pair: &[Point], reach: f32) -> f32 {
    let [a, b] = pair else { return f32::INFINITY };
    let beyond = |at: f32, a: f32, b: f32| at < a.min(b) - reach || at > a.max(b) + reach;
    if beyond(at.x, a.x, b.x) || beyond(at.y, a.y, b.y) {
        return f32::INFINITY;
    }
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx * dx + dy * dy;
    let t = if length < 1e-6 { 0.0 } else { (((at.x - a.x) * dx + (at.y - a.y) * dy) / length).clamp(0.0, 1.0) };
    (at.x - a.x - t * dx).hypot(at.y - a.y - t * dy)
}

/// Every line can be reached by its label, or by its middle where it has none: with the pointer, the keyboard, and by
/// name.
pub(super) fn labels(app: &mut App, ui: &mut Ui, sight: &Sight<'_>, within: Within, hand: &mut Hand) {
    let survey = sight.survey;
    let mut last = None;
    // The ways of one line follow one another.
    for mark in survey.diagram.lines.iter().filter(|mark| last.replace(mark.at) != Some(mark.at)) {
        let Some(bundle) = survey.plan.bundles.get(mark.at) else { continue };
        let label = survey.drawing.labels.get(mark.at).copied().flatten();
        let rect = match label {
            Some(area) => sight.rect(Rect { x: area.x as f32, y: area.y as f32, w: area.w as f32, h: area.h as f32 }),
            None => egui::Rect::from_center_size(sight.point(middle(&mark.path)), vec2(8.0, 8.0)),
        };
        let rect = rect.intersect(sight.area);
        if !rect.is_positive() || !within.reach(app, &mark.keys, rect) {
            continue;
        }
        let response = ui.interact(rect, ui.scope_id().with(("line", &bundle.id)), Sense::click());
        let is_chosen = || bundle.members().any(|key| app.selection.contains(key));
        let name = survey.dressing.spoken_line(mark.at, &bundle.name);
        response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_chosen(), &name));
        theme::focus_ring(ui, &response);
        hold_arrows(ui, &response);
        let focused = response.has_focus();
        if response.clicked() {
            let at = response.interact_pointer_pos().unwrap_or(rect.left_bottom());
            hand.actions.push(Action::Line { pointed: Pointed::whole(mark.at, bundle), add: hand.add, at });
        }
        if response.secondary_clicked() && !is_chosen() {
            hand.actions.push(Action::Select { key: bundle.members().next().cloned(), add: false });
        }
        response.context_menu(|ui| menu(app, ui, hand));
        if response.hovered() {
            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
            response.on_hover_text_at_pointer(name);
        }
        app.canvas.has_focus |= focused;
    }
}

/// The point at half of a way.
fn middle(path: &[Point]) -> Point {
    path.get(path.len() / 2).copied().unwrap_or_default()
}

/// What can be done with the line that is selected.
fn menu(app: &App, ui: &mut Ui, hand: &mut Hand) {
    ui.set_min_width(180.0);
    offer(app, ui, &[Command::Flow, Command::Delete], &mut hand.actions);
}

/// What can be done with the line that is pointed at, or with the whole canvas.
pub(super) fn background_menu(app: &mut App, ui: &Ui, background: &egui::Response, sight: &Sight<'_>, hand: &mut Hand) {
    if background.secondary_clicked() {
        let pointed = ui.input(|input| input.pointer.latest_pos()).and_then(|at| pointed(sight, at));
        app.canvas.on_line = pointed.is_some();
        if let Some(key) = pointed.and_then(|pointed| pointed.keys.into_iter().next()) {
            hand.actions.push(Action::Select { key: Some(key), add: false });
        }
    }
    let on_line = app.canvas.on_line;
    background.context_menu(|ui| {
        if on_line {
            return menu(app, ui, hand);
        }
        ui.set_min_width(240.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        offer(app, ui, &[Command::AddSystem], &mut hand.actions);
        ui.separator();
        let offered = [Command::Fit, Command::CollapseAll, Command::OpenAll, Command::ShowAll];
        offer(app, ui, &offered, &mut hand.actions);
        ui.separator();
        let copies = [Command::Canvas(Deed::CopyPicture), Command::Canvas(Deed::CopySvg)];
        offer(app, ui, &copies, &mut hand.actions);
    });
}

/// Tells what a line is.
pub(super) fn hover(ui: &Ui, background: &egui::Response, sight: &Sight<'_>) {
    let Some(pointed) = background.hover_pos().and_then(|at| pointed(sight, at)) else { return };
    background.clone().on_hover_text_at_pointer(sight.survey.dressing.spoken_line(pointed.line, &pointed.name));
    ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
}
