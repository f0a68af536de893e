//! A diagram on the screen, part by part: what is out of sight is left out, what would be too small is left out or
//! painted plainly, and frames and boxes keep names that can be read.

use egui::{Color32, Mesh, Ui, vec2};

use super::Sight;
use crate::{
    layout::Drawing,
    scene::{Diagram, Item, Outline, Palette, Part, PartKind, Rect, Role},
    text::{self, Face},
    ui::{
        paint::{self, Manner},
        theme,
    },
};

/// Below this zoom labels and second lines say nothing, and frames and boxes get names of a size that can be read.
const LEAST_WORDS: f32 = 0.4;
/// Below this zoom boxes are plain and lines thin: a shape could not be told from another.
const FAR: f32 = 0.25;
/// A frame's name where the zoom would make it too small.
const NAME_SIZE: f32 = 11.0;

/// Less room than this is none for the name of a box.
const LEAST_NAME: f32 = 36.0;

/// What is painted: a diagram and the drawing it was made from.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) diagram: &'a Diagram,
    pub(super) drawing: &'a Drawing,
}

/// Paints what can be seen of a diagram; `shade` says how much of its colour a part has.
pub(super) fn paint(
    ui: &Ui,
    painter: &egui::Painter,
    sight: &Sight<'_>,
    shown: Shown<'_>,
    coarse: bool,
    shade: &dyn Fn(&Part) -> f32,
) {
    let palette = theme::palette(ui);
    let zoom = sight.camera.zoom;
    let (a, b) = (sight.spot(sight.area.min), sight.spot(sight.area.max));
    let view = Rect { x: a.x, y: a.y, w: b.x - a.x, h: b.y - a.y };
    let mut far = Far { mesh: Mesh::default(), sight, shown, palette };
    if zoom < FAR {
        // A rectangle for most parts: growing step by step would copy all of them time and again.
        far.mesh.reserve_vertices(shown.diagram.parts.len() * 4);
        far.mesh.reserve_triangles(shown.diagram.parts.len() * 2);
    }
    for part in shown.diagram.parts.iter().filter(|part| part.area.meets(&view)) {
        let hidden = zoom < LEAST_WORDS && matches!(part.kind, PartKind::Label | PartKind::Title);
        if hidden {
            continue;
        }
        if zoom < FAR && part.kind != PartKind::Frame {
            far.part(part, shade(part));
            continue;
        }
        let manner = Manner { fade: shade(part), coarse };
        paint::items_as(painter, sight.area, sight.camera, palette, shown.diagram.items(part), manner);
    }
    if !far.mesh.is_empty() {
        painter.add(far.mesh);
    }
    if zoom < LEAST_WORDS {
        names(ui, painter, sight, shown.diagram);
    }
}

/// Everything but frames in one mesh, in rectangles of whole pixels.
struct Far<'a> {
    mesh: Mesh,
    sight: &'a Sight<'a>,
    shown: Shown<'a>,
    palette: Palette,
}

impl Far<'_> {
    fn part(&mut self, part: &Part, fade: f32) {
        let looks = self.shown.diagram.items(part).iter().find_map(look);
        let Some((fill, line)) = looks else { return };
        let colour = |role: Option<Role>| role.map(|role| theme::rgba(self.palette, role).gamma_multiply(fade));
        let (fill, line) = (colour(fill), colour(line));
        match part.kind {
            PartKind::Line => self.line(part, line.unwrap_or_default()),
            PartKind::Box => self.node(part, fill.unwrap_or_default(), line.unwrap_or_default()),
            PartKind::Mesh => self.mesh.add_colored_rect(self.sight.rect(part.area), fill.unwrap_or_default()),
            PartKind::Badge => self.badge(part, fill.unwrap_or_default()),
            PartKind::Frame | PartKind::Title | PartKind::Label => {}
        }
    }

    fn line(&mut self, part: &Part, colour: Color32) {
        let Some(ways) = self.shown.drawing.edges.get(part.at) else { return };
        for pair in ways.iter().flat_map(|way| way.windows(2)) {
            let [from, to] = pair else { continue };
            let spot = |(x, y): (i32, i32)| self.sight.point(crate::scene::Point { x: x as f32, y: y as f32 });
            let rect = egui::Rect::from_two_pos(spot(*from), spot(*to));
            if rect.intersects(self.sight.area) {
                let corner = rect.min.round();
                let size = (rect.max.round() - corner).max(vec2(1.0, 1.0));
                self.mesh.add_colored_rect(egui::Rect::from_min_size(corner, size), colour);
            }
        }
    }

    fn node(&mut self, part: &Part, fill: Color32, line: Color32) {
        let Some(area) = self.shown.drawing.nodes.get(part.at) else { return };
        let area = Rect { x: area.x as f32, y: area.y as f32, w: area.w as f32, h: area.h as f32 };
        let rect = self.sight.rect(area);
        let rect = egui::Rect::from_min_max(rect.min.round(), rect.max.round());
        self.mesh.add_colored_rect(rect, line);
        let inner = rect.shrink(1.0);
        if inner.width() > 1.0 && inner.height() > 1.0 {
            self.mesh.add_colored_rect(inner, fill);
        }
    }

    fn badge(&mut self, part: &Part, colour: Color32) {
        let at = self.sight.rect(part.area).center().round();
        self.mesh.add_colored_rect(egui::Rect::from_center_size(at, vec2(5.0, 5.0)), colour);
    }
}

/// The colours that a part has when it is a patch: what fills it, and what it is drawn with. What is open in the middle,
/// as the sign of a gap is, is none.
fn look(item: &Item) -> Option<(Option<Role>, Option<Role>)> {
    match item {
        Item::Shape { outline: Outline::Circle(..), fill: Some(Role::Panel), .. } => None,
        Item::Shape { fill, stroke, .. } => Some((*fill, stroke.map(|stroke| stroke.role))),
        Item::Path { stroke, .. } => Some((None, Some(stroke.role))),
        Item::Text { .. } => None,
    }
}

/// The names of frames, outer ones first, and of boxes, where there is room for them.
fn names(ui: &Ui, painter: &egui::Painter, sight: &Sight<'_>, diagram: &Diagram) {
    let mut taken: Vec<egui::Rect> = Vec::new();
    let (ground, ink) = (theme::colour(ui, Role::Panel), theme::colour(ui, Role::Text));
    for mark in &diagram.frames {
        let frame = sight.rect(mark.area);
        let Some(title) = sight.survey.plan.frames.get(mark.at).map(|frame| frame.title.as_str()) else { continue };
        let size = vec2(text::width(Face::SemiBold, NAME_SIZE, title) + 8.0, 15.0);
        let plate = egui::Rect::from_min_size(frame.min + vec2(2.0, 2.0), size);
        let fits = frame.width() >= size.x + 4.0 && frame.height() >= size.y + 4.0 && plate.intersects(sight.area);
        if !fits || taken.iter().any(|other| other.intersects(plate)) {
            continue;
        }
        painter.rect_filled(plate, 4.0, ground);
        let at = egui::pos2(plate.left() + 4.0, plate.center().y);
        paint::words(painter, at, title, Face::SemiBold, NAME_SIZE, ink);
        taken.push(plate);
    }
    let ground = theme::colour(ui, Role::BoxFill);
    for mark in &diagram.boxes {
        let rect = sight.rect(mark.area);
        let room = rect.width() - 6.0;
        let Some(node) = sight.survey.plan.nodes.get(mark.at) else { continue };
        if room < LEAST_NAME || rect.height() < 17.0 || !rect.intersects(sight.area) {
            continue;
        }
        let plate = egui::Rect::from_min_size(rect.min + vec2(3.0, 1.5), vec2(room, 14.0));
        if taken.iter().any(|other| other.intersects(plate)) {
            continue;
        }
        painter.rect_filled(plate, 2.0, ground);
        let short = text::shorten(Face::SemiBold, NAME_SIZE, &node.title, room);
        paint::words(painter, plate.left_center(), &short, Face::SemiBold, NAME_SIZE, ink);
    }
}
