//! The guided first minute: five things to do, over the canvas. Each is ticked off when it is done, by whatever way.

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

/// What the list leaves to the canvas: where there is room it hides nothing.
pub(super) fn room(app: &App, area: egui::Rect) -> egui::Rect {
    let taken = WIDTH + 24.0;
    if app.guide.is_none() || area.width() < 2.0 * taken {
        return area;
    }
    area.with_max_x(area.right() - taken)
}

/// The list, in the upper right corner of the canvas, while it is open.
pub(super) fn guide_ui(app: &mut App, ui: &mut Ui, area: egui::Rect) {
    let saved = app.bench.path.is_some() && !app.bench.is_dirty() && app.bench.revision() > 0;
    let (model, revision, finding) = (app.bench.model().clone(), app.bench.revision(), app.findings.row.is_some());
    let Some(guide) = &mut app.guide else { return };
    guide.look(&model, revision, finding, saved);
    // What is kept would have to be copied before it is changed.
    drop(model);
    let (done, all) = (guide.done, guide.is_done());
    app.settings.guided |= all;
    let height = if all { 96.0 } else { 44.0 + STEPS.len() as f32 * ROW + 44.0 };
    let strip = area.with_min_x(room(app, area).right());
    ui.painter().rect_filled(strip, 0.0, theme::colour(ui, Role::Canvas));
    let corner = pos2(area.right() - WIDTH - 12.0, area.top() + 12.0);
    let plate = egui::Rect::from_min_size(corner, vec2(WIDTH, height));
    let under = ui.interact(plate, ui.scope_id().with("guide"), Sense::hover());
    under.widget_info(|| WidgetInfo::labeled(egui::Role::Group, true, "Your first minute"));
    let shadow =
        egui::epaint::Shadow { offset: [0, 2], blur: 8, spread: 0, color: egui::Color32::from_black_alpha(40) };
    ui.painter().add(shadow.as_shape(plate, 8.0));
    let stroke = Stroke::new(1.0, theme::colour(ui, Role::Hairline));
    ui.painter().rect(plate, 8.0, theme::colour(ui, Role::Panel), stroke, egui::StrokeKind::Inside);
    let mut pressed = None;
    let mut hidden = false;
    ui.scope_builder(egui::UiBuilder::new().max_rect(plate.shrink2(vec2(8.0, 12.0))), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.horizontal(|ui| {
            ui.add_space(4.0);
            let title = if all { "That is all it takes" } else { "Your first minute" };
            ui.label(RichText::new(title).family(theme::family(Face::SemiBold)).size(14.0));
            let count = format!("{} of {}", done.iter().filter(|done| **done).count(), STEPS.len());
            ui.label(RichText::new(count).size(12.0).color(theme::colour(ui, Role::Soft)));
        });
        ui.add_space(4.0);
        if all {
            let words = RichText::new("Help, All commands… finds the rest.").color(theme::colour(ui, Role::Soft));
            ui.horizontal(|ui| {
                ui.add_space(4.0);
                ui.label(words);
            });
        } else {
            for (step, done) in STEPS.iter().zip(done) {
                if step_ui(app, ui, step, done).clicked() {
                    pressed = Some(step.command);
                }
            }
        }
        ui.add_space(4.0);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
            hidden = ui.button(if all { "Close" } else { "Hide" }).clicked();
        });
    });
    if hidden {
        app.guide = None;
        app.settings.guided = true;
    }
    if let Some(command) = pressed {
        match command.hindrance(app) {
            None => command.run(app, &ui.ctx().clone()),
            Some(why) => app.news = Some(why.to_owned()),
        }
    }
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
        Some(why) if !done => response.on_hover_text(why),
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
