//! The guided first minute: five things to do, beside the diagram. Each is ticked off when it is done, by whatever way.

use std::sync::Arc;

use egui::{RichText, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{
    App,
    commands::{Command, spelled},
    paint, theme,
};
use crate::{
    model::Model,
    scene::Role,
    text::{self, Face},
};

const WIDTH: f32 = 296.0;
const ROW: f32 = 40.0;

/// A step: what to do, how, and the command that does it.
struct Step {
    title: &'static str,
    how: &'static str,
    command: Command,
}

const STEPS: [Step; 5] = [
    Step { title: "Add a system", how: "Or double-click on the canvas", command: Command::AddSystem },
    Step { title: "Connect two systems", how: "Or drag from the edge of one to the other", command: Command::Connect },
    Step { title: "Say who owns a record", how: "Type: Orders owns Order", command: Command::Entry },
    Step { title: "Look at a finding", how: "Or click one in the list below", command: Command::NextFinding },
    Step { title: "Save the model", how: "A text file, made for version control", command: Command::Save },
];

/// How far the first minute is.
#[derive(Debug)]
pub(super) struct Guide {
    /// The model as it was when it began.
    base: Arc<Model>,
    done: [bool; STEPS.len()],
    /// The revision that was looked at last.
    looked: Option<u64>,
}

impl Guide {
    fn new(base: Arc<Model>) -> Self {
        Self { base, done: [false; STEPS.len()], looked: None }
    }

    /// Another model is shown: what was done stays done.
    pub(super) fn turn_to(&mut self, model: &Arc<Model>) {
        (self.base, self.looked) = (model.clone(), None);
    }

    /// Looks what has been done.
    fn look(&mut self, model: &Model, revision: u64, finding: bool, saved: bool) {
        let [system, connection, owner, seen, kept] = &mut self.done;
        if self.looked != Some(revision) {
            self.looked = Some(revision);
            *system |= model.systems.keys().any(|id| !self.base.systems.contains_key(id));
            *connection |= model.interactions.keys().any(|id| !self.base.interactions.contains_key(id));
            *owner |= model.entities.iter().any(|(id, entity)| {
                let before = self.base.entities.get(id).is_some_and(|before| before.owner == entity.owner);
                entity.owner.is_known() && !before
            });
        }
        *seen |= finding;
        *kept |= saved;
    }

    fn is_done(&self) -> bool {
        self.done.iter().all(|done| *done)
    }
}

impl App {
    /// Begins the first minute, on a new model where nothing is open yet.
    pub(super) fn begin_guide(&mut self, ctx: &egui::Context) {
        self.guide = Some(Guide::new(self.bench.model().clone()));
        if self.is_at_start() {
            self.ask_first(ctx, super::Then::New);
        }
    }

    /// Offers the first minute to who begins and has not seen it.
    pub(super) fn offer_guide(&mut self) {
        if !self.settings.guided && self.guide.is_none() {
            self.guide = Some(Guide::new(self.bench.model().clone()));
        }
    }
}

/// How the guide stands: as a list beside the diagram, or, where there is no room, as a strip above it with what comes
/// next. It hides nothing of the diagram.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    List,
    Strip,
}

impl Form {
    fn of(area: egui::Rect) -> Self {
        if area.width() < 2.0 * LIST { Self::Strip } else { Self::List }
    }
}

/// How much of the width the list takes, and of the height the strip.
const LIST: f32 = WIDTH + 24.0;
const STRIP: f32 = ROW + 24.0;

/// What the guide leaves to the canvas.
pub(super) fn room(app: &App, area: egui::Rect) -> egui::Rect {
    match Form::of(area) {
        _ if app.guide.is_none() => area,
        Form::List => area.with_max_x(area.right() - LIST),
        Form::Strip => area.with_min_y(area.top() + STRIP),
    }
}

/// What was pressed.
enum Pressed {
    Step(Command),
    Hide,
}

/// The guide, while it is open.
pub(super) fn guide_ui(app: &mut App, ui: &mut Ui, area: egui::Rect) {
    let saved = app.bench.path.is_some() && !app.bench.is_dirty() && app.bench.revision() > 0;
    let (model, revision, finding) = (app.bench.model().clone(), app.bench.revision(), app.findings.row.is_some());
    let Some(guide) = &mut app.guide else { return };
    guide.look(&model, revision, finding, saved);
    // What is kept would have to be copied before it is changed.
    drop(model);
    let (done, all) = (guide.done, guide.is_done());
    app.settings.guided |= all;
    let form = Form::of(area);
    let (ground, plate) = match form {
        Form::Strip => {
            let plate = egui::Rect::from_min_size(area.min + vec2(12.0, 8.0), vec2(area.width() - 24.0, ROW + 8.0));
            (area.with_max_y(area.top() + STRIP), plate)
        }
        Form::List => {
            let height = if all { 96.0 } else { 44.0 + STEPS.len() as f32 * ROW + 44.0 };
            let corner = pos2(area.right() - WIDTH - 12.0, area.top() + 12.0);
            (area.with_min_x(room(app, area).right()), egui::Rect::from_min_size(corner, vec2(WIDTH, height)))
        }
    };
    ui.painter().rect_filled(ground, 0.0, theme::colour(ui, Role::Canvas));
    let under = ui.interact(plate, ui.scope_id().with("guide"), Sense::hover());
    under.widget_info(|| WidgetInfo::labeled(egui::Role::Group, true, "Your first minute"));
    let shadow =
        egui::epaint::Shadow { offset: [0, 2], blur: 8, spread: 0, color: egui::Color32::from_black_alpha(40) };
    ui.painter().add(shadow.as_shape(plate, 8.0));
    let stroke = Stroke::new(1.0, theme::colour(ui, Role::Hairline));
    ui.painter().rect(plate, 8.0, theme::colour(ui, Role::Panel), stroke, egui::StrokeKind::Inside);
    let mut pressed = None;
    match form {
        Form::List => {
            let inside = egui::UiBuilder::new().max_rect(plate.shrink2(vec2(8.0, 12.0)));
            ui.scope_builder(inside, |ui| pressed = list_ui(app, ui, done, all));
        }
        Form::Strip => {
            let inside = egui::UiBuilder::new().max_rect(plate.shrink2(vec2(8.0, 4.0)));
            ui.scope_builder(inside, |ui| pressed = strip_ui(app, ui, done, all));
        }
    }
    match pressed {
        None => {}
        Some(Pressed::Hide) => {
            app.guide = None;
            app.settings.guided = true;
        }
        Some(Pressed::Step(command)) => match command.hindrance(app) {
            None => command.run(app, &ui.ctx().clone()),
            Some(why) => app.news = Some(why.to_owned()),
        },
    }
}

/// "2 of 5".
fn count(done: [bool; STEPS.len()]) -> String {
    format!("{} of {}", done.iter().filter(|done| **done).count(), STEPS.len())
}

const ALL_DONE: &str = "That is all it takes";
const THE_REST: &str = "Help, All commands… finds the rest.";

/// All steps, one below the other.
fn list_ui(app: &App, ui: &mut Ui, done: [bool; STEPS.len()], all: bool) -> Option<Pressed> {
    let mut pressed = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.horizontal(|ui| {
        ui.add_space(4.0);
        let title = if all { ALL_DONE } else { "Your first minute" };
        ui.label(RichText::new(title).family(theme::family(Face::SemiBold)).size(14.0));
        ui.label(RichText::new(count(done)).size(12.0).color(theme::colour(ui, Role::Soft)));
    });
    ui.add_space(4.0);
    if all {
        ui.horizontal(|ui| {
            ui.add_space(4.0);
            ui.label(RichText::new(THE_REST).color(theme::colour(ui, Role::Soft)));
        });
    } else {
        for (step, done) in STEPS.iter().zip(done) {
            if step_ui(app, ui, step, done).clicked() {
                pressed = Some(Pressed::Step(step.command));
            }
        }
    }
    ui.add_space(4.0);
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
        if ui.button(if all { "Close" } else { "Hide" }).clicked() {
            pressed = Some(Pressed::Hide);
        }
    });
    pressed
}

/// The step that comes next, and how far it is.
fn strip_ui(app: &App, ui: &mut Ui, done: [bool; STEPS.len()], all: bool) -> Option<Pressed> {
    let mut pressed = None;
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        if ui.button(if all { "Close" } else { "Hide" }).clicked() {
            pressed = Some(Pressed::Hide);
        }
        ui.label(RichText::new(count(done)).size(12.0).color(theme::colour(ui, Role::Soft)));
        let next = STEPS.iter().zip(done).find(|(_, done)| !done);
        match next {
            Some((step, done)) => {
                if step_ui(app, ui, step, done).clicked() {
                    pressed = Some(Pressed::Step(step.command));
                }
            }
            None => {
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.add_space(4.0);
                    ui.label(RichText::new(ALL_DONE).family(theme::family(Face::SemiBold)));
                    ui.label(RichText::new(THE_REST).color(theme::colour(ui, Role::Soft)));
                });
            }
        }
    });
    pressed
}

/// A sign whether it is done, what to do, how else, and the key.
fn step_ui(app: &App, ui: &mut Ui, step: &Step, done: bool) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let keys = spelled(ui.ctx(), step.command).into_iter().next().unwrap_or_default();
    let state = if done { "done" } else { "to do" };
    response.widget_info(|| {
        let words = format!("{}, {keys}, {state}", step.title);
        WidgetInfo::labeled(egui::Role::Button, true, words)
    });
    if response.hovered() {
        ui.painter().rect_filled(rect, 6.0, theme::colour(ui, Role::AccentFill));
    }
    let at = pos2(rect.left() + 14.0, rect.center().y);
    sign(ui, at, done);
    let ink = if done { Role::Soft } else { Role::Text };
    let left = rect.left() + 32.0;
    let place = pos2(left, rect.center().y - 8.0);
    let face = if done { Face::Regular } else { Face::SemiBold };
    paint::words(ui.painter(), place, step.title, face, 13.0, theme::colour(ui, ink));
    let soft = theme::colour(ui, Role::Soft);
    let place = pos2(left, rect.center().y + 9.0);
    // A sketch asks little: there may be nothing to look at yet.
    let none = step.command == Command::NextFinding && !done && step.command.hindrance(app).is_some();
    let how = if none { "None yet: choose Design at the bottom right" } else { step.how };
    let how = text::shorten(Face::Regular, 11.0, how, rect.right() - left - 4.0);
    paint::words(ui.painter(), place, &how, Face::Regular, 11.0, soft);
    let width = text::width(Face::Regular, 12.0, &keys);
    let place = pos2(rect.right() - width - 6.0, rect.center().y - 8.0);
    paint::words(ui.painter(), place, &keys, Face::Regular, 12.0, soft);
    theme::focus_ring(ui, &response);
    match step.command.hindrance(app) {
        // Below the step it is said already that there is none.
        Some(why) if !done && !none => response.on_hover_text(why),
        _ => response,
    }
}

/// A ring, or a disc with a tick.
fn sign(ui: &Ui, at: egui::Pos2, done: bool) {
    let painter = ui.painter();
    if !done {
        painter.circle_stroke(at, 8.0, Stroke::new(1.5, theme::colour(ui, Role::BoxLine)));
        return;
    }
    painter.circle_filled(at, 8.5, theme::colour(ui, Role::Query));
    let points = vec![at + vec2(-4.0, 0.0), at + vec2(-1.0, 3.0), at + vec2(4.0, -3.0)];
    painter.add(egui::Shape::line(points, Stroke::new(1.8, theme::colour(ui, Role::OnAccent))));
}
