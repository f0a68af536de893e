//! The canvas: pan, zoom, select, drag.

mod filters;
mod hand;
mod lines;
mod marks;
mod sight;
mod views;

use std::collections::BTreeSet;

use egui::{Pos2, Sense, Ui, WidgetInfo};
use lines::Pointed;
use sight::Sight;
pub(super) use views::Fold;

use super::{
    App,
    commands::Command,
    inspector::OwnerChoice,
    paint::{self, Camera},
    theme,
};
use crate::{
    model::{Id, Key, System},
    scene::{Rect, Role},
    workbench::{self, Survey},
};

/// Positions are multiples of this.
const SNAP: f32 = 4.0;
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
    /// Whether a box, frame or line has the keyboard: keys are then commands, not text.
    pub(super) has_focus: bool,
    /// Whether the menu that is open is a line's.
    on_line: bool,
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
            has_focus: false,
            on_line: false,
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
    Line { pointed: Pointed, add: bool, at: Pos2 },
    Fold(Key),
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
    let palette = theme::palette(ui);
    paint::items(&painter, area, camera, palette, &survey.diagram.scene.items);
    app.canvas.has_focus = background.has_focus();
    let actions = hand::interact(app, ui, &background, &sight);
    marks::highlight(app, ui, &painter, &sight);
    marks::show_drag(app, ui, &painter, &sight);
    marks::show_wire(app, ui, &painter, &sight);
    filters::bar_ui(app, ui, area);
    if app.canvas.legend {
        marks::legend_ui(ui, &painter, &survey, area);
    }
    theme::focus_ring(ui, &background);
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
            if let Some(view) = &mut app.showing.view {
                view.pins.extend(pins);
                return;
            }
            app.canvas.gestures += 1;
            let done = app.bench.pin(&name, app.canvas.gestures, &pins).map_err(|error| error.to_string());
            app.report(done);
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

/// Asks for a new system at a place, in the frame that is there.
fn insert(app: &mut App, survey: &Survey, area: egui::Rect, at: Pos2) {
    let Some(camera) = app.canvas.camera else { return };
    let point = camera.to_diagram(area, at);
    let frame = survey.diagram.frames.iter().rfind(|mark| mark.area.contains(point));
    let home = frame.and_then(|mark| workbench::home_of(app.grouping(), mark.keys.first()?));
    let snap = |value: f32| ((value / SNAP).round() * SNAP) as i32;
    // The name is typed where the box will stand.
    let pin = (snap(point.x - 60.0), snap(point.y - 28.0));
    // Places in another view are none in the landscape.
    let pin = Some(pin).filter(|_| app.showing.view.is_none());
    app.ask_for_system(home, pin, Some(at));
}
