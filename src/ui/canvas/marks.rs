//! What is marked over the diagram: selection, boxes and lines on their way, the legend.

use std::collections::BTreeSet;

use egui::{Pos2, Stroke, StrokeKind, Ui, vec2};

use super::{Sight, hand::system_of, views::lit_boxes};
use crate::{
    model::{Key, Kind},
    scene::{Diagram, Mark, Point, Role, legend, lens_legend},
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

/// Whether something is selected, or what the chosen finding is about.
fn is_lit(app: &App) -> impl Fn(&Key) -> bool {
    // Most marks are of a kind of which nothing is selected, or out of sight: that is seen without looking a key up.
    let kinds: BTreeSet<Kind> = app.selection.iter().chain(&app.lit).map(|key| key.kind).collect();
    move |key| kinds.contains(&key.kind) && (app.selection.contains(key) || app.lit.contains(key))
}

/// Marks the lines that are selected, and those that the chosen finding is about.
pub(super) fn highlight_lines(app: &App, ui: &Ui, painter: &egui::Painter, sight: &Sight<'_>, diagram: &Diagram) {
    if app.selection.is_empty() && app.lit.is_empty() {
        return;
    }
    let (accent, is_lit) = (theme::colour(ui, Role::Accent), is_lit(app));
    let seen = |mark: &Mark| sight.rect(mark.area).expand(8.0).intersects(sight.area);
    for mark in diagram.lines.iter().filter(|mark| seen(mark) && mark.keys.iter().any(&is_lit)) {
        let points: Vec<Pos2> = mark.path.iter().map(|point| sight.point(*point)).collect();
        painter.add(egui::Shape::line(
            points.clone(),
            Stroke::new((7.0 * sight.camera.zoom).max(4.0), accent.gamma_multiply(0.22)),
        ));
        painter.add(egui::Shape::line(points, Stroke::new((2.5 * sight.camera.zoom).max(1.5), accent)));
    }
}

/// Marks the boxes and frames that are selected, and those that the chosen finding is about.
pub(super) fn highlight(app: &App, ui: &Ui, painter: &egui::Painter, sight: &Sight<'_>, diagram: &Diagram) {
    if app.selection.is_empty() && app.lit.is_empty() {
        return;
    }
    let (accent, is_lit) = (theme::colour(ui, Role::Accent), is_lit(app));
    let seen = |mark: &Mark| sight.rect(mark.area).expand(8.0).intersects(sight.area);
    let boxes = lit_boxes(app, &sight.survey.plan);
    // What stands in a box is known by its place; what a box of several stands for is not.
    let stands_for = |key: &Key| !matches!(key.kind, Kind::System | Kind::Store) && is_lit(key);
    let box_lit = |mark: &&Mark| seen(mark) && (boxes.contains(&mark.at) || mark.keys.iter().any(stands_for));
    for mark in diagram.boxes.iter().filter(box_lit) {
        let rect = sight.rect(mark.area).expand(2.0);
        painter.rect_stroke(rect, 9.0 * sight.camera.zoom + 1.0, Stroke::new(2.5, accent), StrokeKind::Middle);
    }
    for mark in diagram.frames.iter().filter(|mark| seen(mark) && mark.keys.iter().any(&is_lit)) {
        let rect = sight.rect(mark.area);
        painter.rect_stroke(rect, 12.0 * sight.camera.zoom, Stroke::new(2.0, accent), StrokeKind::Middle);
    }
}

/// The legend takes no more of the canvas than this part; a larger one folds to its name.
const MOST: f32 = 0.2;
/// How high its name is, and how far from the edges.
const NAME: egui::Vec2 = vec2(84.0, 26.0);

/// The legend as it stands on the canvas.
struct Legend {
    scene: crate::scene::Scene,
    /// Where it stands, or its name where there is no room for more of it.
    plate: egui::Rect,
    folded: bool,
}

impl Legend {
    /// All of it, or what the lens tells, or its name, as there is room; `None` where nothing is drawn. All of it hides
    /// nothing of a diagram that is seen through a camera.
    fn of(survey: &Survey, area: egui::Rect, camera: Option<Camera>) -> Option<Self> {
        let width = area.width() - 48.0;
        let scene = legend(&survey.diagram.uses, &survey.dressing, width);
        let lens = lens_legend(&survey.dressing, width);
        let size = |scene: &crate::scene::Scene| vec2(scene.bounds.w + 24.0, scene.bounds.h + 8.0);
        let fits =
            |scene: &crate::scene::Scene| !scene.items.is_empty() && size(scene).y + 20.0 <= MOST * area.height();
        let place = |size: egui::Vec2| {
            egui::Rect::from_min_size(egui::pos2(area.left() + 12.0, area.bottom() - size.y - 12.0), size)
        };
        let drawn = camera.map(|camera| camera.rect(area, survey.diagram.scene.bounds));
        let hides = drawn.is_some_and(|drawn| drawn.intersects(place(size(&scene))));
        let (scene, folded) = match (fits(&scene) && !hides, fits(&lens)) {
            (false, true) => (lens, false),
            (fits, _) => (scene, !fits),
        };
        let plate = place(if folded { NAME } else { size(&scene) });
        (!scene.items.is_empty()).then_some(Self { scene, plate, folded })
    }
}

/// How much of the canvas the legend takes at the bottom; folded, nothing.
pub(super) fn legend_height(survey: &Survey, area: egui::Rect) -> f32 {
    let legend = Legend::of(survey, area, None).filter(|legend| !legend.folded);
    legend.map_or(0.0, |legend| area.bottom() - legend.plate.top() + 8.0)
}

/// Where the legend stands, or its name where there is no room for more of it.
pub(super) fn legend_plate(sight: &Sight<'_>) -> Option<egui::Rect> {
    Legend::of(sight.survey, sight.area, Some(sight.camera)).map(|legend| legend.plate)
}

/// The legend, in the lower left corner; where there is little room a button that opens it.
pub(super) fn legend_ui(ui: &mut Ui, painter: &egui::Painter, sight: &Sight<'_>) {
    let legend = Legend::of(sight.survey, sight.area, Some(sight.camera));
    let Some(Legend { scene, plate, folded }) = legend else { return };
    if folded {
        return folded_ui(ui, plate, &scene);
    }
    let stroke = Stroke::new(1.0, theme::colour(ui, Role::Hairline));
    painter.rect(plate, 8.0, theme::colour(ui, Role::Panel), stroke, StrokeKind::Inside);
    key(ui, painter, plate.min + vec2(12.0, 4.0), &scene);
}

fn folded_ui(ui: &mut Ui, place: egui::Rect, scene: &crate::scene::Scene) {
    ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
        paint::drop_down(ui, egui::RichText::new("Legend"), Some(place.width()), |ui| {
            let size = vec2(scene.bounds.w, scene.bounds.h);
            let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
            key(ui, ui.painter(), rect.min, scene);
        })
        .on_hover_text("What lines, shapes and colours mean");
    });
}

/// The scene at life size, from a corner.
fn key(ui: &Ui, painter: &egui::Painter, corner: Pos2, scene: &crate::scene::Scene) {
    let area = egui::Rect::from_min_size(corner, vec2(scene.bounds.w, scene.bounds.h));
    let camera = Camera { centre: Point { x: area.width() / 2.0, y: area.height() / 2.0 }, zoom: 1.0 };
    paint::items(painter, area, camera, theme::palette(ui), &scene.items);
}
