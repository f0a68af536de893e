//! Diagrams on paper: as wide as the text where they can be read there, else on a larger sheet of their own.

use super::{flow::Flow, sheet::Mark};
use crate::scene::{Item, Outline, Point, Rect, Scene, Stroke};

/// No text is set smaller.
const LEAST_PT: f32 = 6.0;
/// Points for a diagram unit at life size: one unit is one CSS pixel.
const LIFE: f32 = 0.75;
/// Room for the caption.
const CAPTION: f32 = 24.0;

pub(super) fn figure(flow: &mut Flow, scene: &Scene, caption: &str) {
    if scene.items.is_empty() {
        return;
    }
    let least = smallest(scene).map_or(0.0, |size| LEAST_PT / size);
    let fit = |w: f32, h: f32| (w / scene.bounds.w.max(1.0)).min(h / scene.bounds.h.max(1.0)).min(LIFE);
    let here = fit(flow.width(), flow.page_room() - CAPTION);
    if here >= least {
        flow.need(scene.bounds.h * here + CAPTION);
        return put(flow, scene, here, caption);
    }
    let (w, h) = flow.paper();
    // Landscape, then the next larger sheets: each is twice as large as the last.
    let mut sheet = (h, w);
    loop {
        let scale = fit(sheet.0 - 2.0 * flow.margin(), sheet.1 - flow.frame() - CAPTION);
        if scale >= least || sheet.0 > 8000.0 {
            flow.own_sheet(sheet);
            put(flow, scene, scale, caption);
            return flow.usual_sheet();
        }
        sheet = (sheet.1 * 2.0, sheet.0);
        if sheet.0 < sheet.1 {
            sheet = (sheet.1, sheet.0);
        }
    }
}

/// The smallest text of a scene.
fn smallest(scene: &Scene) -> Option<f32> {
    let size = |item: &Item| match item {
        Item::Text { size, .. } => Some(*size),
        _ => None,
    };
    scene.items.iter().filter_map(size).min_by(f32::total_cmp)
}

fn put(flow: &mut Flow, scene: &Scene, scale: f32, caption: &str) {
    let x = flow.left() + (flow.width() - scene.bounds.w * scale) / 2.0;
    let place = Place { dx: x - scene.bounds.x * scale, dy: flow.y - scene.bounds.y * scale, scale };
    for item in &scene.items {
        let mark = place.mark(item);
        flow.sheet().marks.push(mark);
    }
    flow.y += scene.bounds.h * scale;
    flow.figure_caption(caption);
}

struct Place {
    dx: f32,
    dy: f32,
    scale: f32,
}

impl Place {
    fn at(&self, point: Point) -> Point {
        Point { x: point.x * self.scale + self.dx, y: point.y * self.scale + self.dy }
    }

    fn stroke(&self, stroke: Stroke) -> Stroke {
        Stroke { width: stroke.width * self.scale, ..stroke }
    }

    fn mark(&self, item: &Item) -> Mark {
        match item {
            Item::Shape { outline, fill, stroke } => {
                let outline = match outline {
                    Outline::Round(rect, radius) => {
                        let at = self.at(Point { x: rect.x, y: rect.y });
                        Outline::Round(Rect { x: at.x, y: at.y, w: rect.w * self.scale, h: rect.h * self.scale }, radius * self.scale)
                    }
                    Outline::Polygon(points) => Outline::Polygon(points.iter().map(|point| self.at(*point)).collect()),
                    Outline::Circle(centre, radius) => Outline::Circle(self.at(*centre), radius * self.scale),
                };
                Mark::Shape { outline, fill: *fill, stroke: stroke.map(|stroke| self.stroke(stroke)) }
            }
            Item::Path { points, stroke } => {
                let points = points.iter().map(|point| self.at(*point)).map(|point| (point.x, point.y)).collect();
                Mark::Path { points, stroke: self.stroke(*stroke) }
            }
            Item::Text { at, text, face, size, role, align } => {
                let (at, size) = (self.at(*at), size * self.scale);
                let width = crate::text::width(*face, size, text);
                let x = match align {
                    crate::scene::Align::Start => at.x,
                    crate::scene::Align::Middle => at.x - width / 2.0,
                    crate::scene::Align::End => at.x - width,
                };
                Mark::Text { x, y: at.y, runs: crate::text::shape(*face, text), size, role: *role }
            }
        }
    }
}
