//! The canvas: pan, zoom, select, drag.

use std::collections::BTreeSet;

use egui::{CursorIcon, Key as Button, PointerButton, Pos2, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::{
    App,
    commands::Command,
    inspector::{self, OwnerChoice},
    paint::{self, Camera},
    theme,
};
use crate::{
    model::{Id, Key, Kind, Model, System},
    scene::{Mark, Point, Rect, Role, legend},
    workbench::{self, Survey},
};

/// How far from a line a click still means it, in points of the screen.
const REACH: f32 = 6.0;
/// Positions are multiples of this.
const SNAP: f32 = 4.0;
/// Height of the part of a frame by which it can be dragged, in diagram units.
const HANDLE: f32 = 36.0;

/// What the canvas remembers between frames.
#[derive(Debug)]
pub(super) struct Canvas {
    /// Where the diagram stands; `None` until it was first shown.
    pub(super) camera: Option<Camera>,
    /// Show everything, in the next frame.
    pub(super) fit: bool,
    /// Zoom by this about the middle, in the next frame.
    pub(super) zoom: Option<f32>,
    /// Zoom to life size, in the next frame.
    pub(super) actual_size: bool,
    /// Bring this into view if it is not, in the next frame.
    pub(super) reveal: Option<Key>,
    /// Bring these into the middle, in the next frame.
    pub(super) centre_on: Option<BTreeSet<Key>>,
    /// Whether the legend is shown.
    pub(super) legend: bool,
    drag: Option<Drag>,
    marquee: Option<Pos2>,
    wire: Option<Wire>,
    gestures: u64,
}

impl Default for Canvas {
    fn default() -> Self {
        Self {
            camera: None,
            fit: false,
            zoom: None,
            actual_size: false,
            reveal: None,
            centre_on: None,
            legend: true,
            drag: None,
            marquee: None,
            wire: None,
            gestures: 0,
        }
    }
}

impl Canvas {
    /// Nothing shown yet.
    pub(super) fn with_legend(legend: bool) -> Self {
        Self { legend, ..Self::default() }
    }
}

/// Boxes on their way.
#[derive(Debug)]
struct Drag {
    boxes: Vec<(Key, Rect)>,
    by: egui::Vec2,
}

/// A line on its way from a system.
#[derive(Debug)]
struct Wire {
    from: Id<System>,
    start: Pos2,
}

/// What the pointer asked for in a frame.
enum Action {
    Select { key: Option<Key>, add: bool },
    Insert(Pos2),
    Rename(Key, Pos2),
    Connect(Id<System>, Id<System>, Pos2),
    Own(Vec<Key>, OwnerChoice),
    Run(Command),
    SelectAll(BTreeSet<Key>),
    Drop(Vec<(Key, Rect)>),
}

pub(super) fn canvas_ui(app: &mut App, ui: &mut Ui) {
    let area = ui.available_rect_before_wrap();
    let background = ui.allocate_rect(area, Sense::click_and_drag());
    background.widget_info(|| WidgetInfo::labeled(egui::Role::Canvas, true, "Landscape"));
    let painter = ui.painter_at(area);
    painter.rect_filled(area, 0.0, theme::colour(ui, Role::Canvas));
    let Some(survey) = app.survey.clone() else {
        return empty(ui, area, if app.jobs.is_busy() { "Reading…" } else { "" });
    };
    if survey.plan.nodes.is_empty() {
        empty(
            ui,
            area,
            "Nothing is drawn yet. Double-click where the first system should stand, or press N. Then drag from the edge \
             of one system to another to say what it asks or tells.",
        );
    }
    let camera = steer(app, ui, &background, &survey, area);
    grid(&painter, ui, area, camera);
    let palette = theme::palette(ui.ctx().theme());
    paint::items(&painter, area, camera, palette, &survey.diagram.scene.items);
    let actions = interact(app, ui, &background, &survey, area, camera);
    highlight(app, ui, &painter, &survey, area, camera);
    show_drag(app, ui, &painter, &survey, area, camera);
    show_wire(app, ui, &painter, &survey, area, camera);
    if app.canvas.legend {
        legend_ui(ui, &painter, &survey, area);
    }
    for action in actions {
        carry_out(app, ui.ctx(), &survey, area, action);
    }
}

fn empty(ui: &mut Ui, area: egui::Rect, text: &str) {
    let font = egui::FontId::new(13.0, theme::family(crate::text::Face::Regular));
    let galley = ui.painter().layout(text.to_owned(), font, theme::colour(ui, Role::Soft), area.width() * 0.7);
    let at = area.center() - galley.size() / 2.0;
    ui.painter().galley(at, galley, theme::colour(ui, Role::Soft));
}

/// Moves the camera as the pointer, the keys and the rest of the window ask.
fn steer(app: &mut App, ui: &Ui, background: &egui::Response, survey: &Survey, area: egui::Rect) -> Camera {
    let canvas = &mut app.canvas;
    let taken = if canvas.legend { legend_height(survey, area) } else { 0.0 };
    let whole = || Camera::fit_above(area, taken, survey.diagram.scene.bounds);
    let mut camera = canvas.camera.unwrap_or_else(whole);
    if std::mem::take(&mut canvas.fit) {
        camera = whole();
    }
    if std::mem::take(&mut canvas.actual_size) {
        camera.zoom_at(area, area.center(), 1.0 / camera.zoom);
    }
    if let Some(factor) = canvas.zoom.take() {
        camera.zoom_at(area, area.center(), factor);
    }
    if let Some(key) = canvas.reveal.take() {
        let mark = survey.diagram.boxes.iter().find(|mark| mark.keys.contains(&key));
        if mark.is_some_and(|mark| !area.contains_rect(camera.rect(area, mark.area))) {
            centre(&mut camera, survey, &[key].into(), area);
        }
    }
    if let Some(keys) = canvas.centre_on.take() {
        centre(&mut camera, survey, &keys, area);
    }
    if let Some(at) =
        ui.input(|input| input.pointer.hover_pos()).filter(|at| area.contains(*at) && background.contains_pointer())
    {
        let (zoom, scroll) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta()));
        if (zoom - 1.0).abs() > 1e-4 {
            camera.zoom_at(area, at, zoom);
        } else if scroll != egui::Vec2::ZERO {
            camera.centre = camera.centre.moved(-scroll.x / camera.zoom, -scroll.y / camera.zoom);
        }
    }
    let space = ui.input(|input| input.key_down(Button::Space));
    let pans = background.dragged_by(PointerButton::Middle)
        || background.dragged_by(PointerButton::Secondary)
        || (space && background.dragged_by(PointerButton::Primary));
    if pans {
        let by = background.drag_delta();
        camera.centre = camera.centre.moved(-by.x / camera.zoom, -by.y / camera.zoom);
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    }
    canvas.camera = Some(camera);
    camera
}

/// Brings elements into the middle; zooms out where they would not fit, and in where nothing could be read.
fn centre(camera: &mut Camera, survey: &Survey, keys: &BTreeSet<Key>, area: egui::Rect) {
    let marks = survey.diagram.boxes.iter().chain(&survey.diagram.lines);
    let shown: Vec<Rect> =
        marks.filter(|mark| mark.keys.iter().any(|key| keys.contains(key))).map(|mark| mark.area).collect();
    let Some(first) = shown.first().copied() else { return };
    let hull = shown.iter().fold(first, |hull, rect| {
        let (x, y) = (hull.x.min(rect.x), hull.y.min(rect.y));
        let (right, low) = ((hull.x + hull.w).max(rect.x + rect.w), (hull.y + hull.h).max(rect.y + rect.h));
        Rect { x, y, w: right - x, h: low - y }
    });
    let fitting = Camera::fit(area.shrink(40.0), hull);
    camera.centre = fitting.centre;
    camera.zoom = if camera.zoom > fitting.zoom { fitting.zoom } else { camera.zoom.max(fitting.zoom.min(0.6)) };
}

/// Dots, some 24 points apart at every zoom.
fn grid(painter: &egui::Painter, ui: &Ui, area: egui::Rect, camera: Camera) {
    let mut step = 24.0 * camera.zoom;
    while step < 16.0 {
        step *= 2.0;
    }
    let colour = theme::colour(ui, Role::Grid);
    let origin = camera.to_screen(area, Point::default());
    let mut y = area.top() + (origin.y - area.top()).rem_euclid(step);
    while y < area.bottom() {
        let mut x = area.left() + (origin.x - area.left()).rem_euclid(step);
        while x < area.right() {
            painter.rect_filled(egui::Rect::from_center_size(egui::pos2(x, y), vec2(1.5, 1.5)), 0.0, colour);
            x += step;
        }
        y += step;
    }
}

fn interact(
    app: &mut App,
    ui: &mut Ui,
    background: &egui::Response,
    survey: &Survey,
    area: egui::Rect,
    camera: Camera,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let space = ui.input(|input| input.key_down(Button::Space));
    let add = ui.input(|input| input.modifiers.shift || input.modifiers.command);
    for mark in &survey.diagram.frames {
        let handle = Rect { h: HANDLE.min(mark.area.h), ..mark.area };
        let inside = boxes_inside(survey, &mark.area);
        element(app, ui, mark, camera.rect(area, handle).intersect(area), space, add, inside, &mut actions);
    }
    for mark in &survey.diagram.boxes {
        let rect = camera.rect(area, mark.area).intersect(area);
        element(app, ui, mark, rect, space, add, vec![(mark.keys[0].clone(), mark.area)], &mut actions);
    }
    handles(app, ui, survey, area, camera, space, &mut actions);
    if background.double_clicked() {
        if let Some(at) = background.interact_pointer_pos() {
            actions.push(Action::Insert(at));
        }
    } else if background.clicked() {
        let at = background.interact_pointer_pos();
        let key = at.and_then(|at| line_at(survey, camera.to_diagram(area, at), REACH / camera.zoom));
        actions.push(Action::Select { key, add });
    }
    marquee(app, ui, background, survey, area, camera, space, &mut actions);
    hover(ui, background, survey, area, camera);
    actions
}

/// A box, or the handle of a frame: pressed, dragged, dropped.
#[allow(clippy::too_many_arguments, reason = "one place, called twice")]
fn element(
    app: &mut App,
    ui: &mut Ui,
    mark: &Mark,
    rect: egui::Rect,
    space: bool,
    add: bool,
    moves: Vec<(Key, Rect)>,
    actions: &mut Vec<Action>,
) {
    let Some(key) = mark.keys.first() else { return };
    if !rect.is_positive() {
        return;
    }
    let response = ui.interact(rect, ui.scope_id().with(("element", key.to_string())), Sense::click_and_drag());
    let chosen = app.selection.contains(key);
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, chosen, &mark.name));
    if response.double_clicked() {
        actions.push(Action::Rename(key.clone(), rect.left_bottom()));
    } else if response.clicked() {
        actions.push(Action::Select { key: Some(key.clone()), add });
    }
    if response.secondary_clicked() && !chosen {
        actions.push(Action::Select { key: Some(key.clone()), add: false });
    }
    let model = app.bench.model().clone();
    response.context_menu(|ui| menu(app, ui, &model, key, actions));
    if space {
        return;
    }
    if response.drag_started_by(PointerButton::Primary) {
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
        actions.push(Action::Drop(dropped.collect()));
    }
}

/// What can be done with a box, and with what is selected beside it.
fn menu(app: &App, ui: &mut Ui, model: &Model, key: &Key, actions: &mut Vec<Action>) {
    for command in [Command::Rename, Command::Connect, Command::Delete] {
        let mut button = egui::Button::new(command.title(app));
        if let Some(shortcut) = command.shortcut() {
            button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
        }
        if ui.add_enabled(command.is_enabled(app), button).clicked() {
            actions.push(Action::Run(command));
            ui.close();
        }
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

/// Dots on the edges of the system that the pointer is over: a line can be drawn from them.
fn handles(
    app: &mut App,
    ui: &mut Ui,
    survey: &Survey,
    area: egui::Rect,
    camera: Camera,
    space: bool,
    actions: &mut Vec<Action>,
) {
    const REACH: f32 = 12.0;
    if space || app.canvas.drag.is_some() || app.float.is_some() {
        return;
    }
    let pointer = ui.input(|input| input.pointer.latest_pos()).filter(|at| area.contains(*at));
    let Some(pointer) = pointer else { return };
    let systems = || survey.diagram.boxes.iter().filter_map(|mark| Some((system_of(mark)?, mark)));
    let near = |mark: &Mark| camera.rect(area, mark.area).expand(REACH).contains(pointer);
    let from = app.canvas.wire.as_ref().map(|wire| wire.from.clone());
    let shown = systems().find(|(id, mark)| from.as_ref().map_or_else(|| near(mark), |from| from == id));
    let Some((id, mark)) = shown else { return };
    let rect = camera.rect(area, mark.area);
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
        ui.painter_at(area).circle(place, if filled { dot + 1.5 } else { dot }, fill, Stroke::new(1.5, accent));
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
            actions.push(Action::Connect(wire.from, to, pointer));
        }
    }
}

/// The system that a box stands for.
fn system_of(mark: &Mark) -> Option<Id<System>> {
    let key = mark.keys.first().filter(|key| key.kind == Kind::System)?;
    Some(Id::from_slug(key.slug.clone()))
}

/// A line on its way follows the pointer; the system that it would end at lights up.
fn show_wire(app: &App, ui: &Ui, painter: &egui::Painter, survey: &Survey, area: egui::Rect, camera: Camera) {
    let (Some(wire), Some(to)) = (&app.canvas.wire, ui.input(|input| input.pointer.latest_pos())) else { return };
    let accent = theme::colour(ui, Role::Accent);
    let target = survey.diagram.boxes.iter().find(|mark| {
        system_of(mark).is_some_and(|id| id != wire.from) && camera.rect(area, mark.area).expand(12.0).contains(to)
    });
    if let Some(mark) = target {
        let rect = camera.rect(area, mark.area).expand(2.0);
        painter.rect_stroke(rect, 9.0 * camera.zoom + 1.0, Stroke::new(2.5, accent), StrokeKind::Middle);
    }
    painter.line_segment([wire.start, to], Stroke::new(2.0, accent));
    painter.circle_filled(to, 4.0, accent);
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

/// The line at a point of the diagram: the nearest within reach.
fn line_at(survey: &Survey, at: Point, reach: f32) -> Option<Key> {
    let far = |mark: &Mark| mark.path.windows(2).map(|pair| distance(at, pair)).fold(f32::INFINITY, f32::min);
    let near = survey.diagram.lines.iter().map(|mark| (far(mark), mark)).filter(|(far, _)| *far <= reach);
    let best = near.min_by(|a, b| a.0.total_cmp(&b.0))?.1;
    best.keys.first().cloned()
}

fn distance(at: Point, pair: &[Point]) -> f32 {
    let [a, b] = pair else { return f32::INFINITY };
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx * dx + dy * dy;
    let t = if length < 1e-6 { 0.0 } else { (((at.x - a.x) * dx + (at.y - a.y) * dy) / length).clamp(0.0, 1.0) };
    (at.x - a.x - t * dx).hypot(at.y - a.y - t * dy)
}

/// Dragging over empty canvas selects what is inside.
#[allow(clippy::too_many_arguments, reason = "one place, called once")]
fn marquee(
    app: &mut App,
    ui: &Ui,
    background: &egui::Response,
    survey: &Survey,
    area: egui::Rect,
    camera: Camera,
    space: bool,
    actions: &mut Vec<Action>,
) {
    if background.drag_started_by(PointerButton::Primary) && !space {
        app.canvas.marquee = ui.input(|input| input.pointer.press_origin());
    }
    let Some(from) = app.canvas.marquee else { return };
    let Some(to) = ui.input(|input| input.pointer.latest_pos()) else { return };
    let rect = egui::Rect::from_two_pos(from, to);
    if background.drag_stopped() {
        app.canvas.marquee = None;
        let hit = |mark: &&Mark| rect.contains_rect(camera.rect(area, mark.area));
        let keys = survey.diagram.boxes.iter().filter(hit).flat_map(|mark| mark.keys.iter().cloned()).collect();
        actions.push(Action::SelectAll(keys));
        return;
    }
    let accent = theme::colour(ui, Role::Accent);
    ui.painter_at(area).rect(rect, 2.0, accent.gamma_multiply(0.08), Stroke::new(1.0, accent), StrokeKind::Inside);
}

/// Tells what a line is.
fn hover(ui: &Ui, background: &egui::Response, survey: &Survey, area: egui::Rect, camera: Camera) {
    let Some(at) = background.hover_pos() else { return };
    let point = camera.to_diagram(area, at);
    let Some(key) = line_at(survey, point, REACH / camera.zoom) else { return };
    if let Some(mark) = survey.diagram.lines.iter().find(|mark| mark.keys.first() == Some(&key)) {
        background.clone().on_hover_text_at_pointer(&mark.name);
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    }
}

/// Marks what is selected, and what the chosen finding is about.
fn highlight(app: &App, ui: &Ui, painter: &egui::Painter, survey: &Survey, area: egui::Rect, camera: Camera) {
    let accent = theme::colour(ui, Role::Accent);
    let lit = |mark: &&Mark| mark.keys.iter().any(|key| app.selection.contains(key) || app.lit.contains(key));
    for mark in survey.diagram.lines.iter().filter(lit) {
        let points: Vec<Pos2> = mark.path.iter().map(|point| camera.to_screen(area, *point)).collect();
        painter.add(egui::Shape::line(
            points.clone(),
            Stroke::new((7.0 * camera.zoom).max(4.0), accent.gamma_multiply(0.22)),
        ));
        painter.add(egui::Shape::line(points, Stroke::new((2.5 * camera.zoom).max(1.5), accent)));
    }
    for mark in survey.diagram.boxes.iter().filter(lit) {
        let rect = camera.rect(area, mark.area).expand(2.0);
        painter.rect_stroke(rect, 9.0 * camera.zoom + 1.0, Stroke::new(2.5, accent), StrokeKind::Middle);
    }
    for mark in survey.diagram.frames.iter().filter(lit) {
        let rect = camera.rect(area, mark.area);
        painter.rect_stroke(rect, 12.0 * camera.zoom, Stroke::new(2.0, accent), StrokeKind::Middle);
    }
}

/// Dragged boxes follow the pointer; lines follow when they are dropped.
fn show_drag(app: &App, ui: &Ui, painter: &egui::Painter, survey: &Survey, area: egui::Rect, camera: Camera) {
    let Some(drag) = &app.canvas.drag else { return };
    let palette = theme::palette(ui.ctx().theme());
    for (key, rect) in &drag.boxes {
        let Some(node) = survey.plan.nodes.iter().find(|node| node.key == *key) else { continue };
        let moved = rect.moved(drag.by.x / camera.zoom, drag.by.y / camera.zoom);
        let shadow =
            egui::epaint::Shadow { offset: [0, 3], blur: 10, spread: 0, color: egui::Color32::from_black_alpha(60) };
        painter.add(shadow.as_shape(camera.rect(area, moved), 8.0));
        paint::items(
            painter,
            area,
            camera,
            palette,
            &crate::scene::one_box(node, survey.dressing.boxes.get(&node.key), moved),
        );
    }
}

/// The legend as it fits; empty where the canvas is too low for one.
fn legend_for(survey: &Survey, area: egui::Rect) -> crate::scene::Scene {
    if area.height() < 320.0 {
        crate::scene::Scene::default()
    } else {
        legend(&survey.plan, &survey.dressing, area.width() - 48.0)
    }
}

/// How much of the canvas the legend takes at the bottom.
fn legend_height(survey: &Survey, area: egui::Rect) -> f32 {
    let scene = legend_for(survey, area);
    if scene.items.is_empty() { 0.0 } else { scene.bounds.h + 28.0 }
}

/// The legend, in the lower left corner.
fn legend_ui(ui: &Ui, painter: &egui::Painter, survey: &Survey, area: egui::Rect) {
    let scene = legend_for(survey, area);
    if scene.items.is_empty() {
        return;
    }
    let (w, h) = (scene.bounds.w, scene.bounds.h);
    let corner = egui::pos2(area.left() + 12.0, area.bottom() - h - 20.0);
    let plate = egui::Rect::from_min_size(corner, vec2(w + 24.0, h + 8.0));
    painter.rect(
        plate,
        8.0,
        theme::colour(ui, Role::Panel),
        Stroke::new(1.0, theme::colour(ui, Role::Hairline)),
        StrokeKind::Inside,
    );
    // The camera that puts the scene's origin at the plate's corner, at life size.
    let at = corner + vec2(12.0, 4.0) - area.center();
    let camera = Camera { centre: Point { x: -at.x, y: -at.y }, zoom: 1.0 };
    let palette = theme::palette(ui.ctx().theme());
    paint::items(painter, area, camera, palette, &scene.items);
}

fn carry_out(app: &mut App, ctx: &egui::Context, survey: &Survey, area: egui::Rect, action: Action) {
    match action {
        Action::Select { key, add } => app.select(key, add),
        Action::SelectAll(keys) => {
            app.lit.clear();
            app.findings.row = None;
            app.selection = keys;
        }
        Action::Insert(at) => insert(app, survey, area, at),
        Action::Rename(key, at) => {
            if app.bench.model().entry(&key).is_some_and(|entry| entry.record.display_name().is_some()) {
                app.select(Some(key.clone()), false);
                app.ask_for_name(key, Some(at));
            }
        }
        Action::Connect(from, to, at) => app.ask_for_kind(from, to, Some(at)),
        Action::Own(keys, choice) => app.carry_out_owner(&keys, Some(choice)),
        Action::Run(command) => command.run(app, ctx),
        Action::Drop(boxes) => {
            let snap = |value: f32| ((value / SNAP).round() * SNAP) as i32;
            let pins: Vec<(Key, (i32, i32))> =
                boxes.into_iter().map(|(key, rect)| (key, (snap(rect.x), snap(rect.y)))).collect();
            let name = match pins.as_slice() {
                [] => return,
                [(key, _)] => format!("Move {}", survey.model.name(key)),
                more => format!("Move {} boxes", more.len()),
            };
            app.canvas.gestures += 1;
            let done = app.bench.pin(&name, app.canvas.gestures, &pins).map_err(|error| error.to_string());
            app.report(done);
        }
    }
}

/// Asks for a new system at a place, in the frame that is there.
fn insert(app: &mut App, survey: &Survey, area: egui::Rect, at: Pos2) {
    let Some(camera) = app.canvas.camera else { return };
    let point = camera.to_diagram(area, at);
    let frame = survey.diagram.frames.iter().rfind(|mark| mark.area.contains(point));
    let home = frame.and_then(|mark| workbench::home_of(app.grouping(), mark.keys.first()?));
    let snap = |value: f32| ((value / SNAP).round() * SNAP) as i32;
    // The name is typed where the box will stand.
    let pin = (snap(point.x - 60.0), snap(point.y - 28.0));
    app.ask_for_system(home, Some(pin), Some(at));
}
