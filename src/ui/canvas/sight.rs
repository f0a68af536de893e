//! Where the diagram stands on the screen, and how that changes.

use std::collections::BTreeSet;

use egui::{CursorIcon, Key as Button, PointerButton, Pos2, Ui, vec2};

use super::{filters::bar_height, marks::legend_height};
use crate::{
    model::Key,
    scene::{Mark, Point, Rect, Role},
    ui::{App, paint::Camera, theme},
    workbench::Survey,
};

/// What the menu of filters takes of the corner.
const CORNER: egui::Vec2 = vec2(76.0, 40.0);

/// A survey as it is seen: in an area of the screen, through a camera.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    pub(super) survey: &'a Survey,
    pub(super) area: egui::Rect,
    pub(super) camera: Camera,
}

impl Sight<'_> {
    /// A point of the diagram on the screen.
    pub(super) fn point(&self, spot: Point) -> Pos2 {
        self.camera.to_screen(self.area, spot)
    }

    /// A point of the screen in the diagram.
    pub(super) fn spot(&self, at: Pos2) -> Point {
        self.camera.to_diagram(self.area, at)
    }

    /// A rectangle of the diagram on the screen.
    pub(super) fn rect(&self, rect: Rect) -> egui::Rect {
        self.camera.rect(self.area, rect)
    }
}

/// Moves the camera as the pointer, the keys and the rest of the window ask.
pub(super) fn steer(app: &mut App, ui: &Ui, background: &egui::Response, survey: &Survey, area: egui::Rect) -> Camera {
    let (above, cornered) = (bar_height(app), !app.workshop.is_on());
    let canvas = &mut app.canvas;
    let below = if canvas.legend { legend_height(survey, area) } else { 0.0 };
    let whole = || {
        let bounds = survey.diagram.scene.bounds;
        let camera = Camera::fit_between(area, above, below, bounds);
        // The menu of filters stands in the corner: what would lie under it begins below.
        let corner = egui::Rect::from_min_size(area.min, CORNER);
        let mut marks = survey.diagram.boxes.iter().chain(&survey.diagram.frames);
        let hidden = cornered && marks.any(|mark| camera.rect(area, mark.area).expand(8.0).intersects(corner));
        if hidden { Camera::fit_between(area, above.max(CORNER.y), below, bounds) } else { camera }
    };
    let mut camera = canvas.camera.unwrap_or_else(whole);
    // What shows all of the diagram goes on doing so when there is more or less room, until somebody moves it.
    let taken = above + below;
    let fitted = canvas.fitted.filter(|(fitted, ..)| *fitted == camera);
    let empty = survey.plan.nodes.is_empty();
    // Where everything was deleted there is nothing to show, and what comes back with a step back stands where it stood.
    let moved = !empty && fitted.is_some_and(|(_, place, was)| (place, was) != (area, taken));
    let lost = std::mem::take(&mut canvas.returned) && !survey.diagram.boxes.iter().any(in_sight(area, camera));
    let fits = std::mem::take(&mut canvas.fit) || canvas.camera.is_none() || moved || (lost && !empty);
    if fits {
        camera = whole();
    }
    if std::mem::take(&mut canvas.actual_size) {
        camera.zoom_at(area, area.center(), 1.0 / camera.zoom);
    }
    if let Some(factor) = canvas.zoom.take() {
        camera.zoom_at(area, area.center(), factor);
    }
    let revealed = std::mem::take(&mut canvas.reveal);
    if !revealed.is_empty() {
        let mut marks = survey.diagram.boxes.iter().chain(&survey.diagram.frames);
        let hidden = |mark: &Mark| !area.contains_rect(camera.rect(area, mark.area));
        if marks.any(|mark| mark.keys.iter().any(|key| revealed.contains(key)) && hidden(mark)) {
            centre(&mut camera, survey, &revealed, area);
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
    // The first box stands where it was put: what shows nothing is not kept fitted.
    if fits {
        canvas.fitted = Some((camera, area, taken)).filter(|_| !empty);
    }
    canvas.camera = Some(camera);
    camera
}

/// Whether a box can be seen.
fn in_sight(area: egui::Rect, camera: Camera) -> impl Fn(&Mark) -> bool {
    move |mark| camera.rect(area, mark.area).intersects(area)
}

/// Brings elements into the middle; zooms out where they would not fit, and in where nothing could be read.
fn centre(camera: &mut Camera, survey: &Survey, keys: &BTreeSet<Key>, area: egui::Rect) {
    let diagram = &survey.diagram;
    let own = |mark: &&Mark| mark.keys.iter().any(|key| keys.contains(key));
    let inside: BTreeSet<usize> = keys.iter().filter_map(|key| survey.plan.places.get(key).copied()).collect();
    let boxes = diagram.boxes.iter().filter(|mark| inside.contains(&mark.at) || own(mark));
    let shown = boxes.chain(diagram.lines.iter().chain(&diagram.frames).filter(own));
    let Some(hull) = shown.map(|mark| mark.area).reduce(Rect::around) else { return };
    let fitting = Camera::fit(area.shrink(40.0), hull);
    camera.centre = fitting.centre;
    camera.zoom = if camera.zoom > fitting.zoom { fitting.zoom } else { camera.zoom.max(fitting.zoom.min(0.6)) };
}

/// Dots, some 24 points apart at every zoom.
pub(super) fn grid(painter: &egui::Painter, ui: &Ui, area: egui::Rect, camera: Camera) {
    let mut step = 24.0 * camera.zoom;
    while step < 16.0 {
        step *= 2.0;
    }
    let colour = theme::colour(ui, Role::Grid);
    let origin = camera.to_screen(area, Point::default());
    // One mesh of whole pixels: thousands of dots are nothing then.
    let mut dots = egui::Mesh::default();
    let pixel = 1.0 / painter.pixels_per_point();
    let side = (1.5 / pixel).round() * pixel;
    let mut y = area.top() + (origin.y - area.top()).rem_euclid(step);
    while y < area.bottom() {
        let mut x = area.left() + (origin.x - area.left()).rem_euclid(step);
        while x < area.right() {
            let corner = egui::pos2(
                painter.round_to_pixel_center(x) - pixel / 2.0,
                painter.round_to_pixel_center(y) - pixel / 2.0,
            );
            dots.add_colored_rect(egui::Rect::from_min_size(corner, vec2(side, side)), colour);
            x += step;
        }
        y += step;
    }
    painter.add(dots);
}
