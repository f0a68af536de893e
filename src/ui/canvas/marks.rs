//! What is marked over the diagram: selection, boxes and lines on their way, the legend.

use std::collections::BTreeSet;

use egui::{Pos2, Stroke, StrokeKind, Ui, vec2};

use super::{Sight, hand::system_of, views::lit_boxes};
use crate::{
    model::{Key, Kind},
    scene::{Diagram, Mark, Point, Role, legend},
    ui::{
        App,
        float::Float,
        paint::{self, Camera},
        theme,
    },
    workbench::Survey,
};

/// A line on its way follows the pointer; the system that it would end at lights up.
pub(super) fn show_wire(app: &App, ui: &Ui, painter: &egui::Painter, sight: &Sight<'_>) {
    let (Some(wire), Some(to)) = (&app.canvas.wire, ui.input(|input| input.pointer.latest_pos())) else { return };
    let accent = theme::colour(ui, Role::Accent);
    let target = sight.survey.diagram.boxes.iter().find(|mark| {
        system_of(mark).is_some_and(|id| id != wire.from) && sight.rect(mark.area).expand(12.0).contains(to)
    });
    if let Some(mark) = target {
        let rect = sight.rect(mark.area).expand(2.0);
        painter.rect_stroke(rect, 9.0 * sight.camera.zoom + 1.0, Stroke::new(2.5, accent), StrokeKind::Middle);
    }
    painter.line_segment([wire.start, to], Stroke::new(2.0, accent));
    painter.circle_filled(to, 4.0, accent);
}

/// The system that a line would lead to, while it is looked for with the keys.
pub(super) fn show_target(app: &App, ui: &Ui, painter: &egui::Painter, sight: &Sight<'_>) {
    let Some(Float::Target(target)) = &app.float else { return };
    let place = |key: Key| sight.survey.plan.places.get(&key).copied();
    let mark = |key: Key| place(key).and_then(|at| sight.survey.diagram.boxes.iter().find(|mark| mark.at == at));
    let (Some(from), Some(to)) = (mark(target.from.key()), target.pointed.as_ref().and_then(|id| mark(id.key())))
    else {
        return;
    };
    let accent = theme::colour(ui, Role::Accent);
    let (from, to) = (sight.rect(from.area), sight.rect(to.area));
    painter.rect_stroke(to.expand(2.0), 9.0 * sight.camera.zoom + 1.0, Stroke::new(2.5, accent), StrokeKind::Middle);
    let reach = |rect: egui::Rect, other: egui::Rect| rect.clamp(other.center());
    let (start, end) = (reach(from, to), reach(to, from));
    painter.line_segment([start, end], Stroke::new(2.0, accent));
    painter.circle_filled(end, 4.0, accent);
}

/// Marks what is selected, and what the chosen finding is about.
pub(super) fn highlight(app: &App, ui: &Ui, painter: &egui::Painter, sight: &Sight<'_>, diagram: &Diagram) {
    if app.selection.is_empty() && app.lit.is_empty() {
        return;
    }
    let accent = theme::colour(ui, Role::Accent);
    // Most marks are of a kind of which nothing is selected, or out of sight: that is seen without looking a key up.
    let kinds: BTreeSet<Kind> = app.selection.iter().chain(&app.lit).map(|key| key.kind).collect();
    let is_lit = |key: &Key| kinds.contains(&key.kind) && (app.selection.contains(key) || app.lit.contains(key));
    let seen = |mark: &Mark| sight.rect(mark.area).expand(8.0).intersects(sight.area);
    let lit = |mark: &&Mark| seen(mark) && mark.keys.iter().any(is_lit);
    for mark in diagram.lines.iter().filter(lit) {
        let points: Vec<Pos2> = mark.path.iter().map(|point| sight.point(*point)).collect();
        painter.add(egui::Shape::line(
            points.clone(),
            Stroke::new((7.0 * sight.camera.zoom).max(4.0), accent.gamma_multiply(0.22)),
        ));
        painter.add(egui::Shape::line(points, Stroke::new((2.5 * sight.camera.zoom).max(1.5), accent)));
    }
    let boxes = lit_boxes(app, &sight.survey.plan);
    // What stands in a box is known by its place; what a box of several stands for is not.
    let stands_for = |key: &Key| !matches!(key.kind, Kind::System | Kind::Store) && is_lit(key);
    let box_lit = |mark: &&Mark| seen(mark) && (boxes.contains(&mark.at) || mark.keys.iter().any(stands_for));
    for mark in diagram.boxes.iter().filter(box_lit) {
        let rect = sight.rect(mark.area).expand(2.0);
        painter.rect_stroke(rect, 9.0 * sight.camera.zoom + 1.0, Stroke::new(2.5, accent), StrokeKind::Middle);
    }
    for mark in diagram.frames.iter().filter(lit) {
        let rect = sight.rect(mark.area);
        painter.rect_stroke(rect, 12.0 * sight.camera.zoom, Stroke::new(2.0, accent), StrokeKind::Middle);
    }
}

/// The legend as it fits; empty where the canvas is too low for one.
fn legend_for(survey: &Survey, area: egui::Rect) -> crate::scene::Scene {
    if area.height() < 320.0 {
        crate::scene::Scene::default()
    } else {
        legend(&survey.diagram.uses, &survey.dressing, area.width() - 48.0)
    }
}

/// How much of the canvas the legend takes at the bottom.
pub(super) fn legend_height(survey: &Survey, area: egui::Rect) -> f32 {
    let scene = legend_for(survey, area);
    if scene.items.is_empty() { 0.0 } else { scene.bounds.h + 28.0 }
}

/// Where the legend stands, if there is room for it.
pub(super) fn legend_plate(survey: &Survey, area: egui::Rect) -> Option<egui::Rect> {
    plate(&legend_for(survey, area), area)
}

fn plate(scene: &crate::scene::Scene, area: egui::Rect) -> Option<egui::Rect> {
    let (w, h) = (scene.bounds.w, scene.bounds.h);
    let corner = egui::pos2(area.left() + 12.0, area.bottom() - h - 20.0);
    (!scene.items.is_empty()).then(|| egui::Rect::from_min_size(corner, vec2(w + 24.0, h + 8.0)))
}

/// The legend, in the lower left corner.
pub(super) fn legend_ui(ui: &Ui, painter: &egui::Painter, survey: &Survey, area: egui::Rect) {
    let scene = legend_for(survey, area);
    let Some(plate) = plate(&scene, area) else { return };
    let corner = plate.min;
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
    let palette = theme::palette(ui);
    paint::items(painter, area, camera, palette, &scene.items);
}
