//! The hand on the canvas: pressing, dragging, drawing lines from edges, selecting an area, menus.

use egui::{CursorIcon, Key as Button, PointerButton, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::{Action, Drag, Sight, Wire, lines};
use crate::{
    model::{Id, Key, Kind, Model, System},
    scene::{Mark, Point, Rect, Role},
    ui::{
        App,
        commands::{self, Command},
        inspector, theme,
    },
    workbench::{self, Survey},
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
    for mark in &sight.survey.diagram.frames {
        let handle = Rect { h: HANDLE.min(mark.area.h), ..mark.area };
        let inside = || boxes_inside(sight.survey, &mark.area);
        element(app, ui, mark, sight.rect(handle).intersect(sight.area), inside, &mut hand);
    }
    for mark in &sight.survey.diagram.boxes {
        let own = || mark.keys.iter().map(|key| (key.clone(), mark.area)).collect();
        element(app, ui, mark, sight.rect(mark.area).intersect(sight.area), own, &mut hand);
    }
    lines::labels(app, ui, sight, &mut hand);
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

/// A box, or the handle of a frame: pressed, dragged, dropped.
fn element(
    app: &mut App,
    ui: &mut Ui,
    mark: &Mark,
    rect: egui::Rect,
    moves: impl FnOnce() -> Vec<(Key, Rect)>,
    hand: &mut Hand,
) {
    let Some(key) = mark.keys.first() else { return };
    if !rect.is_positive() {
        return;
    }
    let response = ui.interact(rect, ui.scope_id().with(("element", key.to_string())), Sense::click_and_drag());
    let chosen = app.selection.contains(key);
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, chosen, &mark.name));
    theme::focus_ring(ui, &response);
    app.canvas.has_focus |= response.has_focus();
    let entered = response.has_focus() && ui.input(|input| input.key_pressed(Button::Enter));
    let container = matches!(key.kind, Kind::Domain | Kind::Boundary | Kind::Team);
    if container && (response.double_clicked() || entered) {
        hand.actions.push(Action::Fold(key.clone()));
    } else if response.double_clicked() {
        hand.actions.push(Action::Rename(key.clone(), rect.left_bottom()));
    } else if response.clicked() {
        hand.actions.push(Action::Select { key: Some(key.clone()), add: hand.add });
    }
    if response.secondary_clicked() && !chosen {
        hand.actions.push(Action::Select { key: Some(key.clone()), add: false });
    }
    let model = app.bench.model().clone();
    response.context_menu(|ui| menu(app, ui, &model, key, &mut hand.actions));
    if hand.space {
        return;
    }
    if response.drag_started_by(PointerButton::Primary) {
        let moves = moves();
        let together = chosen && app.selection.len() > 1 && moves.len() == 1;
        let boxes = if together { selected_boxes(app) } else { moves };
        if !chosen {
            app.select(Some(key.clone()), false);
        }
        app.canvas.drag = Some(Drag { boxes, by: vec2(0.0, 0.0) });
    }
    if response.dragged_by(PointerButton::Primary)
        && let Some(drag) = &mut app.canvas.drag
    {
        drag.by += response.drag_delta();
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    }
    if response.drag_stopped()
        && let Some(drag) = app.canvas.drag.take()
    {
        let zoom = app.canvas.camera.map_or(1.0, |camera| camera.zoom);
        let dropped = drag.boxes.into_iter().map(|(key, rect)| (key, rect.moved(drag.by.x / zoom, drag.by.y / zoom)));
        hand.actions.push(Action::Drop(dropped.collect()));
    }
}

/// What can be done with a box, and with what is selected beside it.
fn menu(app: &App, ui: &mut Ui, model: &Model, key: &Key, actions: &mut Vec<Action>) {
    offer(app, ui, &[Command::Rename, Command::Connect, Command::Delete], actions);
    if app.fold_of(key).is_some() {
        offer(app, ui, &[Command::Fold], actions);
    }
    if App::has_neighbours(key) {
        offer(app, ui, &[Command::Neighbours], actions);
    }
    let owned = matches!(key.kind, Kind::System | Kind::Store | Kind::Domain);
    if owned {
        ui.menu_button("Owner", |ui| {
            let mut chosen = None;
            inspector::owner_menu(ui, model, workbench::owners(key.kind), &mut chosen);
            if let Some(choice) = chosen {
                let beside = |other: &&Key| other.kind == key.kind;
                let mut keys: Vec<Key> = app.selection.iter().filter(beside).cloned().collect();
                if !keys.contains(key) {
                    keys = vec![key.clone()];
                }
                actions.push(Action::Own(keys, choice));
            }
        });
    }
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
    if !ui.input(|input| input.pointer.primary_down() || input.pointer.primary_released()) {
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
            && let Some((to, _)) = systems().find(|(to, mark)| *to != wire.from && near(mark))
        {
            hand.actions.push(Action::Connect(wire.from, to, pointer));
        }
    }
}

/// The system that a box stands for.
pub(super) fn system_of(mark: &Mark) -> Option<Id<System>> {
    let key = mark.keys.first().filter(|key| key.kind == Kind::System)?;
    Some(Id::from_slug(key.slug.clone()))
}

fn selected_boxes(app: &App) -> Vec<(Key, Rect)> {
    let Some(survey) = &app.survey else { return Vec::new() };
    let marks = survey.diagram.boxes.iter().filter_map(|mark| Some((mark.keys.first()?.clone(), mark.area)));
    marks.filter(|(key, _)| app.selection.contains(key)).collect()
}

fn boxes_inside(survey: &Survey, frame: &Rect) -> Vec<(Key, Rect)> {
    let marks = survey.diagram.boxes.iter().filter_map(|mark| Some((mark.keys.first()?.clone(), mark.area)));
    let inside = |area: &Rect| {
        frame.contains(Point { x: area.x, y: area.y })
            && frame.contains(Point { x: area.x + area.w, y: area.y + area.h })
    };
    marks.filter(|(_, area)| inside(area)).collect()
}

/// Dragging over empty canvas selects what is inside.
fn marquee(app: &mut App, ui: &Ui, background: &egui::Response, sight: &Sight<'_>, hand: &mut Hand) {
    if background.drag_started_by(PointerButton::Primary) && !hand.space {
        app.canvas.marquee = ui.input(|input| input.pointer.press_origin());
    }
    let Some(from) = app.canvas.marquee else { return };
    let Some(to) = ui.input(|input| input.pointer.latest_pos()) else { return };
    let rect = egui::Rect::from_two_pos(from, to);
    if background.drag_stopped() {
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
