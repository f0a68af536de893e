//! The canvas: pan, zoom, select, drag.

mod clip;
mod deeds;
mod drag;
mod filters;
mod focus;
mod glide;
mod guides;
mod hand;
mod keys;
mod lines;
mod marks;
mod minimap;
mod parts;
mod past;
mod sight;
mod views;

use std::collections::BTreeSet;

pub(super) use deeds::Deed;
use drag::Drag;
use egui::{Pos2, Sense, Ui, WidgetInfo};
use glide::Glide;
pub(super) use keys::neighbour;
use lines::Pointed;
use parts::Shown;
use past::Past;
use sight::Sight;
pub(super) use views::Fold;

use super::{App, commands::Command, inspector::Offer, paint::Camera, theme};
use crate::{
    layout::{Area, free_spot},
    model::{Id, Key, System},
    scene::{Part, Role},
    workbench::{self, Survey},
};

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
    /// Bring these into view if one of them is not, in the next frame.
    pub(super) reveal: BTreeSet<Key>,
    /// Bring these into the middle, in the next frame.
    pub(super) centre_on: Option<BTreeSet<Key>>,
    /// Whether a step back or again was drawn: if none of it can be seen, show everything, in the next frame.
    pub(super) returned: bool,
    /// Whether the legend is shown.
    pub(super) legend: bool,
    drag: Option<Drag>,
    /// Boxes that were let go and are not yet drawn where they are.
    landed: Option<Drag>,
    marquee: Option<Pos2>,
    wire: Option<Wire>,
    /// Whether a box, frame or line has the keyboard: keys are then commands, not text.
    pub(super) has_focus: bool,
    /// Whether the menu that is open is a line's.
    on_line: bool,
    gestures: u64,
    /// What was copied last.
    copied: Option<clip::Copied>,
    /// What was moved by keys last, and the gesture that it belongs to.
    nudged: Option<(BTreeSet<Key>, u64)>,
    /// The box that is to have the keyboard, in the next frame.
    focus: Option<Key>,
    /// Whether all that is not joined to the selection steps back.
    focused: bool,
    /// These are to find new places, in the next drawing.
    pub(super) anew: BTreeSet<Key>,
    /// What leads from the last drawing to this one.
    glide: Option<Glide>,
    /// What was drawn after earlier steps.
    pub(super) past: Past,
    /// The camera that shows everything, in an area of which so much was taken below; it holds until it is moved.
    fitted: Option<(Camera, egui::Rect, f32)>,
    /// The zoom of the last frame.
    zoomed: f32,
}

impl Default for Canvas {
    fn default() -> Self {
        Self {
            camera: None,
            fit: false,
            zoom: None,
            actual_size: false,
            reveal: BTreeSet::new(),
            centre_on: None,
            returned: false,
            legend: true,
            drag: None,
            landed: None,
            marquee: None,
            wire: None,
            has_focus: false,
            on_line: false,
            gestures: 0,
            copied: None,
            nudged: None,
            focus: None,
            focused: false,
            anew: BTreeSet::new(),
            glide: None,
            past: Past::default(),
            fitted: None,
            zoomed: 0.0,
        }
    }
}

impl Canvas {
    /// Nothing shown yet.
    pub(super) fn with_legend(legend: bool) -> Self {
        Self { legend, ..Self::default() }
    }

    /// Another survey is shown from now on: boxes that move glide, unless nothing is to.
    pub(super) fn turn(&mut self, ctx: &egui::Context, old: Option<&Survey>, new: &Survey) {
        let glides = ctx.global_style().animation_time > 0.0;
        let landed = self.landed.take();
        self.returned = self.past.returns();
        if self.drag.as_mut().is_some_and(|drag| !drag.follow(new)) {
            self.drag = None;
        }
        self.glide = old.filter(|_| glides).and_then(|old| Glide::between(old, new, landed.as_ref()));
    }

    /// Steps with the same number become one.
    fn new_gesture(&mut self) -> u64 {
        self.gestures += 1;
        self.gestures
    }
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
    Line { pointed: Pointed, add: bool, at: Pos2 },
    Fold(Key),
    Insert(Pos2),
    Rename(Key, Pos2),
    Connect(Id<System>, Id<System>, Pos2),
    ConnectNew(Id<System>, Pos2),
    Own(Vec<Key>, Offer),
    Run(Command),
    SelectAll(BTreeSet<Key>),
    Drop(Drag),
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
    if survey.plan.nodes.is_empty() && app.showing.view.is_some() {
        empty(ui, area, "Nothing of the model is in this view on this day.");
    } else if survey.plan.nodes.is_empty() {
        empty(
            ui,
            area,
            "Nothing is drawn yet. Double-click where the first system should stand, or press N. Then drag from the edge \
             of one system to another to say what it asks or tells.",
        );
    }
    let camera = sight::steer(app, ui, &background, &survey, area);
    let sight = Sight { survey: &survey, area, camera };
    sight::grid(&painter, ui, area, camera);
    let moment = moment(app, ui, &survey);
    let shown = match &moment {
        Some(moment) => Shown { diagram: &moment.diagram, drawing: &moment.drawing },
        None => Shown { diagram: &survey.diagram, drawing: &survey.drawing },
    };
    let bright = app.canvas.focused.then(|| focus::Bright::of(app, &survey)).flatten();
    let shade = |part: &Part| {
        let comes = moment.as_ref().map_or(1.0, |moment| moment.shade(part));
        comes * bright.as_ref().map_or(1.0, |bright| bright.shade(part))
    };
    let coarse = zooms(app, ui, camera.zoom);
    let mut on_lines = || marks::highlight_lines(app, ui, &painter, &sight, shown.diagram);
    parts::paint(ui, &painter, &sight, shown, coarse, &shade, &mut on_lines);
    keys::arrows(app, ui, &sight);
    clip::clip(app, ui, &survey);
    app.canvas.has_focus = background.has_focus();
    let actions = hand::interact(app, ui, &background, &sight);
    marks::highlight(app, ui, &painter, &sight, shown.diagram);
    drag::show(app, ui, &painter, &sight);
    marks::show_wire(app, ui, &painter, &sight);
    marks::show_target(app, ui, &painter, &sight);
    focus::bar_ui(app, ui, area);
    filters::bar_ui(app, ui, area);
    if app.canvas.legend {
        marks::legend_ui(ui, &painter, &sight);
    }
    minimap::minimap_ui(app, ui, &painter, &sight);
    theme::focus_ring(ui, &background);
    for action in actions {
        carry_out(app, ui.ctx(), &survey, area, action);
    }
}

/// What is seen on the way from the last drawing to this one, if it is still on the way.
fn moment(app: &mut App, ui: &Ui, survey: &Survey) -> Option<glide::Moment> {
    let now = ui.input(|input| input.time);
    let moment = app.canvas.glide.as_mut().and_then(|glide| glide.moment(survey, now));
    match &moment {
        Some(_) => ui.ctx().request_repaint(),
        None => app.canvas.glide = None,
    }
    moment
}

/// Whether the zoom is changing; the frame after it has stopped sets text as it should be.
fn zooms(app: &mut App, ui: &Ui, zoom: f32) -> bool {
    let before = std::mem::replace(&mut app.canvas.zoomed, zoom);
    let changes = before != zoom && before > 0.0;
    if changes {
        ui.ctx().request_repaint_after(std::time::Duration::from_millis(80));
    }
    changes
}

fn empty(ui: &mut Ui, area: egui::Rect, text: &str) {
    let font = egui::FontId::new(13.0, theme::family(crate::text::Face::Regular));
    let galley = ui.painter().layout(text.to_owned(), font, theme::colour(ui, Role::Soft), area.width() * 0.7);
    let at = area.center() - galley.size() / 2.0;
    ui.painter().galley(at, galley, theme::colour(ui, Role::Soft));
}

fn carry_out(app: &mut App, ctx: &egui::Context, survey: &Survey, area: egui::Rect, action: Action) {
    match action {
        Action::Select { key, add } => app.select(key, add),
        Action::SelectAll(keys) => {
            app.lit.clear();
            app.findings.row = None;
            app.selection = keys;
        }
        Action::Line { pointed, add, at } => line(app, pointed, add, at),
        Action::Fold(key) => {
            app.select(Some(key.clone()), false);
            app.fold(&key);
        }
        Action::Insert(at) => insert(app, survey, area, at, None),
        Action::Rename(key, at) => {
            if app.bench.model().entry(&key).is_some_and(|entry| entry.record.display_name().is_some()) {
                app.select(Some(key.clone()), false);
                app.ask_for_name(key, Some(at));
            }
        }
        Action::Connect(from, to, at) => app.ask_for_kind(from, to, Some(at)),
        Action::Own(keys, choice) => app.say_owner(&keys, choice),
        Action::Run(command) => command.run(app, ctx),
        Action::ConnectNew(from, at) => insert(app, survey, area, at, Some(from)),
        Action::Drop(drag) => {
            drag::drop(app, survey, &drag);
            // Until it is drawn there, it is shown where it was let go.
            app.canvas.landed = (app.bench.revision() != survey.revision).then_some(drag);
        }
    }
}

/// Selects what a line stands for: all of an event that several get, else the first. Where there are more, they are
/// listed.
fn line(app: &mut App, pointed: Pointed, add: bool, at: Pos2) {
    let Pointed { keys, trunk, name, .. } = pointed;
    app.select(keys.first().cloned(), add);
    if add {
        return;
    }
    if trunk {
        app.selection = keys.iter().cloned().collect();
    }
    if keys.len() > 1 {
        app.offer(name, keys, at);
    }
}

/// Between a new box and what stands beside it.
const APART: i32 = 24;
/// How large a new box is, about.
const NEW: (i32, i32) = (160, 56);

/// Asks for a new system at a place, in the frame that is there; it may be connected with another.
fn insert(app: &mut App, survey: &Survey, area: egui::Rect, at: Pos2, joins: Option<Id<System>>) {
    let Some(camera) = app.canvas.camera else { return };
    let point = camera.to_diagram(area, at);
    let frame = survey.diagram.frames.iter().rfind(|mark| mark.area.contains(point));
    let home = frame.and_then(|mark| workbench::home_of(app.grouping(), mark.keys.first()?));
    let snap = |value: f32| ((value / drag::SNAP).round() * drag::SNAP) as i32;
    // The name is typed where the box will stand, as nearly as there is room.
    let wanted = Area { x: snap(point.x - 60.0), y: snap(point.y - 28.0), w: NEW.0, h: NEW.1 };
    let foreign = survey.diagram.frames.iter().filter(|mark| !mark.area.contains(point));
    let frames = foreign.filter_map(|mark| survey.drawing.containers.get(mark.at));
    let standing: Vec<Area> = survey.drawing.nodes.iter().chain(frames).copied().collect();
    let spot = free_spot(wanted, &standing, APART);
    let pin = (spot.x, spot.y);
    // Places in another view are none in the landscape.
    let pin = Some(pin).filter(|_| app.showing.view.is_none());
    match joins {
        None => app.ask_for_system(home, pin, Some(at)),
        Some(from) => app.ask_for_system_beside(from, home, pin, Some(at)),
    }
}
