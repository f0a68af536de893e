//! The hand on the canvas: pressing, dragging, drawing lines from edges, selecting an area, menus.

use egui::{CursorIcon, Key as Button, PointerButton, Sense, Stroke, StrokeKind, Ui, WidgetInfo};

use super::{
    Action, Deed, Drag, Sight, Wire, drag,
    keys::{chosen, inside},
    lines,
};
use crate::{
    model::{Id, Key, Kind, System},
    scene::{Mark, Rect, Role},
    ui::{
        App,
        commands::{self, Command},
        inspector, theme,
    },
    workbench::Alignment,
};

/// Height of the part of a frame by which it can be dragged, in diagram units.
const HANDLE: f32 = 36.0;

/// What the hand holds down, and what it has asked for so far in this frame.
pub(super) struct Hand {
    /// The space bar: everything pans.
    pub(super) space: bool,
    /// Shift or Ctrl: beside what is selected.
    pub(super) add: bool,
    pub(super) actions: Vec<Action>,
}

/// What the pointer asks for in this frame.
pub(super) fn interact(app: &mut App, ui: &mut Ui, background: &egui::Response, sight: &Sight<'_>) -> Vec<Action> {
    let mut hand = Hand {
        space: ui.input(|input| input.key_down(Button::Space)),
        add: ui.input(|input| input.modifiers.shift || input.modifiers.command),
        actions: Vec::new(),
    };
    let within = Within::of(app, ui, background, sight);
    for mark in &sight.survey.diagram.frames {
        let handle = Rect { h: HANDLE.min(mark.area.h), ..mark.area };
        element(app, ui, mark, sight.rect(handle).intersect(sight.area), sight, &mut hand);
    }
    for mark in &sight.survey.diagram.boxes {
        let rect = sight.rect(mark.area).intersect(sight.area);
        if rect.is_positive() && within.reach(app, &mark.keys, rect) {
            element(app, ui, mark, rect, sight, &mut hand);
        }
    }
    drag::carry(app, ui, sight, &mut hand);
    lines::labels(app, ui, sight, within, &mut hand);
    handles(app, ui, sight, &mut hand);
    if background.double_clicked() {
        if let Some(at) = background.interact_pointer_pos() {
            hand.actions.push(Action::Insert(at));
        }
    } else if background.clicked() {
        let at = background.interact_pointer_pos();
        let pointed = at.and_then(|at| lines::pointed(sight, at).map(|pointed| (pointed, at)));
        hand.actions.push(match pointed {
            Some((pointed, at)) => Action::Line { pointed, add: hand.add, at },
            None => Action::Select { key: None, add: hand.add },
        });
    }
    lines::background_menu(app, ui, background, sight, &mut hand);
    marquee(app, ui, background, sight, &mut hand);
    lines::hover(ui, background, sight);
    hand.actions
}

/// Which boxes and lines are controls in this frame. Of a few thousand that are in view, making controls of all would
/// take longer than painting them; those that a hand or the keyboard can mean are enough, unless somebody has to hear of
/// all of them.
#[derive(Clone, Copy)]
pub(super) enum Within {
    /// All.
    Reach,
    /// What the pointer is over, and what is selected.
    Near(Option<egui::Pos2>),
}

/// More marks than this in view are a crowd.
const CROWD: usize = 800;

impl Within {
    fn of(app: &App, ui: &Ui, background: &egui::Response, sight: &Sight<'_>) -> Self {
        let diagram = &sight.survey.diagram;
        let shown = diagram.boxes.iter().chain(&diagram.lines);
        let crowd = diagram.boxes.len() + diagram.lines.len() > CROWD
            && shown.filter(|mark| sight.rect(mark.area).intersects(sight.area)).count() > CROWD;
        // Assistive technology is listening where the canvas itself has a name in its tree.
        if !crowd || app.canvas.focus.is_some() || ui.ctx().has_accesskit_node(background.id) {
            return Self::Reach;
        }
        Self::Near(ui.input(|input| input.pointer.latest_pos()))
    }

    /// Whether something at a place of the screen is a control.
    pub(super) fn reach(self, app: &App, keys: &[crate::model::Key], rect: egui::Rect) -> bool {
        match self {
            Self::Reach => true,
            Self::Near(at) => {
                at.is_some_and(|at| rect.expand(4.0).contains(at)) || keys.iter().any(|key| app.selection.contains(key))
            }
        }
    }
}

/// A box, or the handle of a frame: pressed, dragged, dropped.
fn element(app: &mut App, ui: &mut Ui, mark: &Mark, rect: egui::Rect, sight: &Sight<'_>, hand: &mut Hand) {
    let Some(key) = mark.keys.first() else { return };
    if !rect.is_positive() {
        return;
    }
    let response = ui.interact(rect, ui.scope_id().with(("element", key)), Sense::click_and_drag());
    let chosen = app.selection.contains(key);
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, chosen, &mark.name));
    if app.canvas.focus.take_if(|wanted| wanted == key).is_some() {
        response.request_focus();
    }
    theme::focus_ring(ui, &response);
    hold_arrows(ui, &response);
    app.canvas.has_focus |= response.has_focus();
    let entered = response.has_focus() && ui.input(|input| input.key_pressed(Button::Enter));
    let container = matches!(key.kind, Kind::Domain | Kind::Boundary | Kind::Team);
    if container && (response.double_clicked() || entered) {
        hand.actions.push(Action::Fold(key.clone()));
    } else if response.double_clicked() || entered {
        hand.actions.push(Action::Rename(key.clone(), rect.left_bottom()));
    } else if response.clicked() {
        hand.actions.push(Action::Select { key: Some(key.clone()), add: hand.add });
    } else if response.gained_focus() && !chosen {
        hand.actions.push(Action::Select { key: Some(key.clone()), add: false });
    }
    if response.secondary_clicked() && !chosen {
        hand.actions.push(Action::Select { key: Some(key.clone()), add: false });
    }
    response.context_menu(|ui| menu(app, ui, key, &mut hand.actions));
    if !hand.space {
        taken_hold_of(app, ui, mark, &response, sight);
    }
}

/// Arrow keys belong to what has the keyboard: they do not lead to the next control.
pub(super) fn hold_arrows(ui: &Ui, response: &egui::Response) {
    if response.has_focus() {
        let filter = egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
}

/// A box takes with it what is selected beside it, a frame all that stands in it.
fn taken_hold_of(app: &mut App, ui: &Ui, mark: &Mark, response: &egui::Response, sight: &Sight<'_>) {
    let Some(key) = mark.keys.first().filter(|_| response.drag_started_by(PointerButton::Primary)) else { return };
    let Some(at) = ui.input(|input| input.pointer.press_origin()) else { return };
    if !app.selection.contains(key) {
        app.select(Some(key.clone()), false);
    }
    let is_box = sight.survey.plan.nodes.get(mark.at).is_some_and(|node| node.key == *key);
    let boxes = if is_box { chosen(app, sight.survey) } else { inside(sight.survey, &mark.area) };
    let frame = (!is_box).then_some(mark.area);
    let from = sight.spot(at);
    app.canvas.drag = Some(Drag { boxes, held: Some(key.clone()), frame, from, ..Drag::default() });
}

/// What can be done with a box, and with what is selected beside it.
fn menu(app: &App, ui: &mut Ui, key: &Key, actions: &mut Vec<Action>) {
    ui.set_min_width(240.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    offer(app, ui, &[Command::Rename, Command::Connect], actions);
    let owned = matches!(key.kind, Kind::System | Kind::Store | Kind::Domain);
    if owned {
        ui.menu_button("Owner", |ui| {
            if let Some(choice) = inspector::owner_menu(app, ui, key) {
                let beside = |other: &&Key| other.kind == key.kind;
                let mut keys: Vec<Key> = app.selection.iter().filter(beside).cloned().collect();
                if !keys.contains(key) {
                    keys = vec![key.clone()];
                }
                actions.push(Action::Own(keys, choice));
            }
        });
    }
    ui.separator();
    if app.fold_of(key).is_some() {
        offer(app, ui, &[Command::Fold], actions);
    }
    if App::has_neighbours(key) {
        offer(app, ui, &[Command::Neighbours], actions);
    }
    offer(app, ui, &[Command::Canvas(Deed::Focus)], actions);
    ui.separator();
    ui.menu_button("Arrange", |ui| arrange(app, ui, actions));
    offer(app, ui, &[Command::Canvas(Deed::CopyPicture), Command::Canvas(Deed::CopySvg)], actions);
    ui.separator();
    offer(app, ui, &[Command::Duplicate, Command::Delete], actions);
}

/// Ways to put what is selected in order.
fn arrange(app: &App, ui: &mut Ui, actions: &mut Vec<Action>) {
    offer(app, ui, &Alignment::ALL.map(|way| Command::Canvas(Deed::Align(way))), actions);
    ui.separator();
    offer(app, ui, &[Command::Canvas(Deed::Anew)], actions);
}

/// Commands in a menu of the canvas.
pub(super) fn offer(app: &App, ui: &mut Ui, offered: &[Command], actions: &mut Vec<Action>) {
    for command in offered.iter().copied() {
        if commands::button_ui(app, ui, command) {
            actions.push(Action::Run(command));
        }
    }
}

/// Dots on the edges of the system that the pointer is over: a line can be drawn from them.
fn handles(app: &mut App, ui: &mut Ui, sight: &Sight<'_>, hand: &mut Hand) {
    const REACH: f32 = 12.0;
    // A line that was let go outside the canvas, or lost its system meanwhile, leads nowhere.
    let held = ui.input(|input| input.pointer.primary_down() || input.pointer.primary_released());
    if !held || (app.canvas.wire.is_some() && drag::let_go_of(ui)) {
        app.canvas.wire = None;
    }
    if hand.space || app.canvas.drag.is_some() || app.float.is_some() {
        return;
    }
    let pointer = ui.input(|input| input.pointer.latest_pos()).filter(|at| sight.area.contains(*at));
    let Some(pointer) = pointer else { return };
    let systems = || sight.survey.diagram.boxes.iter().filter_map(|mark| Some((system_of(mark)?, mark)));
    let near = |mark: &Mark| sight.rect(mark.area).expand(REACH).contains(pointer);
    let from = app.canvas.wire.as_ref().map(|wire| wire.from.clone());
    let shown = systems().find(|(id, mark)| from.as_ref().map_or_else(|| near(mark), |from| from == id));
    let Some((id, mark)) = shown else { return };
    let rect = sight.rect(mark.area);
    if rect.height() < 12.0 {
        return;
    }
    let places = [rect.right_center(), rect.left_center(), rect.center_top(), rect.center_bottom()];
    let dot = (rect.height() / 10.0).clamp(2.5, 4.5);
    for (at, place) in places.into_iter().enumerate() {
        let grip = egui::Rect::from_center_size(place, egui::Vec2::splat(dot * 3.5));
        let response = ui.interact(grip, ui.scope_id().with(("grip", id.to_string(), at)), Sense::drag());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("Connect from {}", mark.name)));
        let accent = theme::colour(ui, Role::Accent);
        let filled = response.hovered() || response.dragged();
        let fill = if filled { accent } else { theme::colour(ui, Role::Panel) };
        ui.painter_at(sight.area).circle(place, if filled { dot + 1.5 } else { dot }, fill, Stroke::new(1.5, accent));
        if response.hovered() {
            ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
        }
        if response.drag_started_by(PointerButton::Primary) {
            app.canvas.wire = Some(Wire { from: id.clone(), start: place });
        }
        if response.drag_stopped()
            && let Some(wire) = app.canvas.wire.take()
        {
            let anywhere = sight.survey.diagram.boxes.iter().any(near);
            match systems().find(|(to, mark)| *to != wire.from && near(mark)) {
                Some((to, _)) => hand.actions.push(Action::Connect(wire.from, to, pointer)),
                None if anywhere => {}
                None => hand.actions.push(Action::ConnectNew(wire.from, pointer)),
            }
        }
    }
}

/// The system that a box stands for.
pub(super) fn system_of(mark: &Mark) -> Option<Id<System>> {
    let key = mark.keys.first().filter(|key| key.kind == Kind::System)?;
    Some(Id::from_slug(key.slug.clone()))
}

/// Dragging over empty canvas selects what is inside.
fn marquee(app: &mut App, ui: &Ui, background: &egui::Response, sight: &Sight<'_>, hand: &mut Hand) {
    if background.drag_started_by(PointerButton::Primary) && !hand.space {
        app.canvas.marquee = ui.input(|input| input.pointer.press_origin());
    }
    let Some(from) = app.canvas.marquee else { return };
    if drag::let_go_of(ui) || !ui.input(|input| input.pointer.primary_down() || input.pointer.primary_released()) {
        app.canvas.marquee = None;
        return;
    }
    let Some(to) = ui.input(|input| input.pointer.latest_pos()) else { return };
    let rect = egui::Rect::from_two_pos(from, to);
    if ui.input(|input| input.pointer.primary_released()) {
        app.canvas.marquee = None;
        let hit = |mark: &&Mark| rect.contains_rect(sight.rect(mark.area));
        let keys = sight.survey.diagram.boxes.iter().filter(hit).flat_map(|mark| mark.keys.iter().cloned()).collect();
        hand.actions.push(Action::SelectAll(keys));
        return;
    }
    let accent = theme::colour(ui, Role::Accent);
    ui.painter_at(sight.area).rect(
        rect,
        2.0,
        accent.gamma_multiply(0.08),
        Stroke::new(1.0, accent),
        StrokeKind::Inside,
    );
}
