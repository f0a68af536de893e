//! The crow's-eye view: all of the diagram in a corner, with a frame around what is seen.

use egui::{Mesh, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::{Sight, marks::legend_plate, views::lit_boxes};
use crate::{
    scene::{Item, PartKind, Point, Rect, Role},
    ui::{App, theme},
};

/// It is no larger than this, nor than this share of the canvas.
const LARGEST: egui::Vec2 = vec2(200.0, 140.0);
const SHARE: f32 = 0.24;
/// Between the picture and the edge of its plate.
const MARGIN: f32 = 6.0;
/// On a canvas smaller than this it would hide too much.
const LEAST: egui::Vec2 = vec2(480.0, 340.0);
/// How far an arrow key moves what is seen, in points of the screen.
const STRIDE: f32 = 48.0;

/// Shows it where the diagram is larger than the view; dragging it moves the view.
pub(super) fn minimap_ui(app: &mut App, ui: &Ui, painter: &egui::Painter, sight: &Sight<'_>) {
    let bounds = sight.survey.diagram.scene.bounds;
    let all_seen = sight.area.expand(1.0).contains_rect(sight.rect(bounds));
    let small = sight.area.width() < LEAST.x || sight.area.height() < LEAST.y;
    if !app.settings.minimap || all_seen || small || bounds.w < 1.0 || bounds.h < 1.0 {
        return;
    }
    let most = LARGEST.min(sight.area.size() * SHARE);
    let scale = (most.x / bounds.w).min(most.y / bounds.h);
    let size = vec2(bounds.w, bounds.h) * scale + egui::Vec2::splat(2.0 * MARGIN);
    let mut plate = egui::Rect::from_min_size(sight.area.max - size - egui::Vec2::splat(12.0), size);
    if app.canvas.legend
        && let Some(legend) = legend_plate(sight)
        && legend.expand(8.0).intersects(plate)
    {
        plate = plate.translate(vec2(0.0, legend.top() - 8.0 - plate.bottom()));
    }
    let map = Map { bounds, scale, corner: plate.min + egui::Vec2::splat(MARGIN) };
    let line = Stroke::new(1.0, theme::colour(ui, Role::Hairline));
    painter.rect(plate, 8.0, theme::colour(ui, Role::Panel), line, StrokeKind::Inside);
    painter.add(picture(app, ui, sight, &map));
    let (a, b) = (sight.spot(sight.area.min), sight.spot(sight.area.max));
    let view = egui::Rect::from_two_pos(map.point(a), map.point(b)).intersect(plate.shrink(2.0));
    let accent = theme::colour(ui, Role::Accent);
    painter.rect(view, 2.0, accent.gamma_multiply(0.06), Stroke::new(1.5, accent), StrokeKind::Inside);
    let response = ui.interact(plate, ui.scope_id().with("minimap"), Sense::click_and_drag());
    let name = "Overview of the diagram: drag, or use the arrow keys, to move the view";
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, name));
    theme::focus_ring(ui, &response);
    super::hand::hold_arrows(ui, &response);
    steer(app, ui, &response, &map, view);
    response.on_hover_cursor(egui::CursorIcon::Move);
}

/// Where the diagram stands in the picture.
struct Map {
    bounds: Rect,
    scale: f32,
    corner: egui::Pos2,
}

impl Map {
    fn point(&self, spot: Point) -> egui::Pos2 {
        self.corner + vec2(spot.x - self.bounds.x, spot.y - self.bounds.y) * self.scale
    }

    fn spot(&self, at: egui::Pos2) -> Point {
        let by = (at - self.corner) / self.scale;
        Point { x: self.bounds.x + by.x, y: self.bounds.y + by.y }
    }

    fn rect(&self, area: Rect) -> egui::Rect {
        let size = (vec2(area.w, area.h) * self.scale).max(vec2(1.5, 1.5));
        egui::Rect::from_min_size(self.point(Point { x: area.x, y: area.y }), size)
    }
}

/// Frames and boxes; what is selected or has an error shows.
fn picture(app: &App, ui: &Ui, sight: &Sight<'_>, map: &Map) -> Mesh {
    let mut mesh = Mesh::default();
    let colour = |role| theme::colour(ui, role);
    let diagram = &sight.survey.diagram;
    for mark in &diagram.frames {
        mesh.add_colored_rect(map.rect(mark.area), colour(Role::ContainerLine).gamma_multiply(0.35));
    }
    // By places, not by keys: of ten thousand boxes the keys alone would take a millisecond.
    let mut looks = vec![Role::BoxLine; sight.survey.plan.nodes.len()];
    for part in diagram.parts.iter().filter(|part| part.kind == PartKind::Badge) {
        let found = match diagram.items(part).first() {
            Some(Item::Shape { fill: Some(role @ (Role::Error | Role::Warning)), .. }) => *role,
            _ => continue,
        };
        if let Some(look) = looks.get_mut(part.at) {
            *look = found;
        }
    }
    let chosen = lit_boxes(app, &sight.survey.plan);
    for mark in &diagram.boxes {
        let rect = map.rect(mark.area);
        match looks.get(mark.at) {
            _ if chosen.contains(&mark.at) => mesh.add_colored_rect(rect.expand(1.0), colour(Role::Accent)),
            Some(role) => mesh.add_colored_rect(rect, colour(*role)),
            None => {}
        }
    }
    mesh
}

fn steer(app: &mut App, ui: &Ui, response: &egui::Response, map: &Map, view: egui::Rect) {
    let Some(camera) = &mut app.canvas.camera else { return };
    let at = response.interact_pointer_pos();
    let outside = at.is_some_and(|at| !view.expand(2.0).contains(at));
    if (response.clicked() || response.drag_started()) && outside {
        camera.centre = at.map_or(camera.centre, |at| map.spot(at));
    }
    if response.dragged() {
        let by = response.drag_delta() / map.scale;
        camera.centre = camera.centre.moved(by.x, by.y);
    }
    if response.has_focus() {
        let ways = [
            (egui::Key::ArrowLeft, (-1.0, 0.0)),
            (egui::Key::ArrowRight, (1.0, 0.0)),
            (egui::Key::ArrowUp, (0.0, -1.0)),
            (egui::Key::ArrowDown, (0.0, 1.0)),
        ];
        for (key, (x, y)) in ways {
            if ui.input(|input| input.key_pressed(key)) {
                camera.centre = camera.centre.moved(x * STRIDE / camera.zoom, y * STRIDE / camera.zoom);
            }
        }
    }
}
