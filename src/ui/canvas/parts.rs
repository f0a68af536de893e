//! A diagram on the screen, part by part: what is out of sight is left out, what would be too small is left out or
//! painted plainly, and frames and boxes keep names that can be read.

use egui::{Color32, Mesh, Ui, vec2};

use super::Sight;
use crate::{
    layout::{Area, Drawing},
    scene::{Align, Diagram, Item, Outline, Palette, Part, PartKind, Point, Rect, Role},
    text::{self, Face},
    ui::{
        paint::{self, Camera, Manner},
        theme,
    },
};

/// Below this zoom labels of lines say nothing.
const LEAST_WORDS: f32 = 0.4;
/// Below this zoom frames and boxes get names of a size that can be read.
const NAMED: f32 = 0.65;
/// At this zoom labels of lines can be read with ease.
const READ: f32 = 0.75;
/// They are made no larger than that: beside those for which there is no room they would seem to matter more.
const LARGER: f32 = 1.5;
/// Among so many boxes and labels none is looked at alone.
const CROWD: usize = 240;
/// Below this zoom boxes are plain and lines thin: a shape could not be told from another.
const FAR: f32 = 0.25;

/// So few boxes have names of a readable size at every zoom.
const FEW: usize = 60;

/// A frame's name where the zoom would make it too small.
const NAME_SIZE: f32 = 11.0;
/// How much of a frame lies above what stands in it, at life size.
const BAND: f32 = 44.0;
/// How much of a store its lid is, at life size.
const LID: f32 = 12.0;
/// From line to line, by the size of the letters.
const LEADING: f32 = 1.18;
/// Below this zoom a box has room for its name only, and in small letters.
const CAPTIONED: f32 = 0.5;
/// What a box says below its name, there.
const CAPTION_SIZE: f32 = 9.0;
/// Less room than this is none for the name of a box.
const LEAST_NAME: egui::Vec2 = vec2(24.0, 11.5);

/// What is painted: a diagram and the drawing it was made from.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) diagram: &'a Diagram,
    pub(super) drawing: &'a Drawing,
}

/// Paints what can be seen of a diagram; `shade` says how much of its colour a part has, `on_lines` paints upon the lines
/// and below all words.
pub(super) fn paint(
    ui: &Ui,
    painter: &egui::Painter,
    sight: &Sight<'_>,
    shown: Shown<'_>,
    coarse: bool,
    shade: &dyn Fn(&Part) -> f32,
    on_lines: &mut dyn FnMut(),
) {
    let palette = theme::palette(ui);
    let zoom = sight.camera.zoom;
    let (a, b) = (sight.spot(sight.area.min), sight.spot(sight.area.max));
    let view = Rect { x: a.x, y: a.y, w: b.x - a.x, h: b.y - a.y };
    let mut labels = Labels::new(sight, shown, &view);
    let mut far = Far { mesh: Mesh::default(), sight, shown, palette };
    if zoom < FAR {
        // A rectangle for most parts: growing step by step would copy all of them time and again.
        far.mesh.reserve_vertices(shown.diagram.parts.len() * 4);
        far.mesh.reserve_triangles(shown.diagram.parts.len() * 2);
    }
    let mut lines_done = false;
    for part in shown.diagram.parts.iter().filter(|part| part.area.meets(&view)) {
        if zoom >= FAR && part.kind > PartKind::Line && !std::mem::replace(&mut lines_done, true) {
            on_lines();
        }
        let hidden = match part.kind {
            PartKind::Label => zoom < LEAST_WORDS,
            PartKind::Title => zoom < NAMED,
            _ => false,
        };
        if hidden {
            continue;
        }
        if zoom < FAR && part.kind != PartKind::Frame {
            far.part(part, shade(part));
            continue;
        }
        let manner = Manner { fade: shade(part), coarse };
        let mut items = shown.diagram.items(part);
        if zoom < NAMED && part.kind == PartKind::Box {
            // Its words are set below; in a box they come last.
            let words = items.iter().position(|item| matches!(item, Item::Text { .. }));
            items = items.get(..words.unwrap_or(items.len())).unwrap_or(items);
        }
        let camera = if part.kind == PartKind::Label { labels.camera(part) } else { sight.camera };
        paint::items_as(painter, sight.area, camera, palette, items, manner);
    }
    if !far.mesh.is_empty() {
        painter.add(far.mesh);
    }
    if !lines_done {
        on_lines();
    }
    if zoom < NAMED {
        let names = Names { ui, painter, sight, shown };
        let mut taken = names.frames();
        let boxes = shown.diagram.parts.iter().filter(|part| part.kind == PartKind::Box && part.area.meets(&view));
        let nameless: Vec<&Part> = boxes.clone().filter(|part| !names.node(part, shade(part), &taken)).collect();
        // Where there are few boxes, none of them is without a name that has room beside the others.
        if zoom < FAR && boxes.clone().take(FEW + 1).count() <= FEW {
            let standing: Vec<(usize, egui::Rect)> = boxes
                .filter_map(|part| Some((part.at, sight.rect(rect_of(shown.drawing.nodes.get(part.at)?)))))
                .collect();
            for part in nameless {
                names.over(part, &standing, &mut taken);
            }
        }
    }
}

/// Labels of lines: each as large as it can be read, where it stands over no box and no other label then.
struct Labels<'a> {
    sight: &'a Sight<'a>,
    /// What stands there, in the diagram, and for labels which: `None` where there is too much to look at each.
    taken: Option<Vec<(Option<usize>, Rect)>>,
}

impl<'a> Labels<'a> {
    fn new(sight: &'a Sight<'a>, shown: Shown<'_>, view: &Rect) -> Self {
        let own = |part: &Part| (Some(part.items.start), part.area);
        let labels = shown.diagram.parts.iter().filter(|part| part.kind == PartKind::Label).map(own);
        let boxes = shown.drawing.nodes.iter().map(|area| (None, rect_of(area)));
        let seen = boxes.chain(labels).filter(|(_, rect)| rect.meets(view)).take(CROWD + 1);
        let taken = (LEAST_WORDS..READ).contains(&sight.camera.zoom).then(|| seen.collect::<Vec<_>>());
        Self { sight, taken: taken.filter(|taken| taken.len() <= CROWD) }
    }

    /// How a label is seen.
    fn camera(&mut self, part: &Part) -> Camera {
        let camera = self.sight.camera;
        let Some(taken) = &mut self.taken else { return camera };
        let by = (READ / camera.zoom).min(LARGER);
        let middle = Point { x: part.area.x + part.area.w / 2.0, y: part.area.y + part.area.h / 2.0 };
        let (w, h) = (part.area.w * by, part.area.h * by);
        let large = Rect { x: middle.x - w / 2.0, y: middle.y - h / 2.0, w, h };
        let own = Some(part.items.start);
        if taken.iter().any(|(of, other)| *of != own && other.meets(&large)) {
            return camera;
        }
        if let Some((_, place)) = taken.iter_mut().find(|(of, _)| *of == own) {
            *place = large;
        }
        let aside = |middle: f32, centre: f32| middle - (middle - centre) / by;
        let centre = Point { x: aside(middle.x, camera.centre.x), y: aside(middle.y, camera.centre.y) };
        Camera { centre, zoom: camera.zoom * by }
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
            let spot = |(x, y): (i32, i32)| self.sight.point(Point { x: x as f32, y: y as f32 });
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
        let rect = self.sight.rect(rect_of(area));
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

/// Names of a size that can be read, where there is room for them.
struct Names<'a> {
    ui: &'a Ui,
    painter: &'a egui::Painter,
    sight: &'a Sight<'a>,
    shown: Shown<'a>,
}

/// The words of a part, in order.
fn words(items: &[Item]) -> impl Iterator<Item = (&str, Point, Align)> {
    items.iter().filter_map(|item| match item {
        Item::Text { text, at, align, .. } => Some((text.as_str(), *at, *align)),
        _ => None,
    })
}

impl Names<'_> {
    /// The names of frames, outer ones first; what they take.
    fn frames(&self) -> Vec<egui::Rect> {
        let mut taken: Vec<egui::Rect> = Vec::new();
        for part in self.shown.diagram.parts.iter().filter(|part| part.kind == PartKind::Title) {
            let Some(area) = self.shown.drawing.containers.get(part.at) else { continue };
            let mut texts = words(self.shown.diagram.items(part)).map(|(text, ..)| text);
            let (name, aside) = (texts.next().unwrap_or_default(), texts.next().unwrap_or_default());
            let frame = self.sight.rect(rect_of(area));
            let size = |face, text: &str| vec2(text::width(face, NAME_SIZE, text) + 8.0, 15.0);
            let (own, other) = (size(Face::SemiBold, name), size(Face::Regular, aside));
            // On the upper edge of its frame, as far as it would hide boxes below it.
            let up = (own.y + 1.0 - BAND * self.sight.camera.zoom).clamp(0.0, own.y / 2.0);
            let plate = egui::Rect::from_min_size(frame.min + vec2(4.0, 2.0 - up), own);
            let fits =
                frame.width() >= own.x + 8.0 && frame.height() >= own.y + 4.0 && plate.intersects(self.sight.area);
            if !fits || taken.iter().any(|other| other.intersects(plate)) {
                continue;
            }
            self.plate(plate, name, Face::SemiBold, Role::Text);
            taken.push(plate);
            if !aside.is_empty() && up == 0.0 && frame.width() >= own.x + other.x + 24.0 {
                let corner = egui::pos2(frame.right() - 4.0 - other.x, plate.top());
                self.plate(egui::Rect::from_min_size(corner, other), aside, Face::Regular, Role::Soft);
            }
        }
        taken
    }

    fn plate(&self, plate: egui::Rect, text: &str, face: Face, role: Role) {
        self.painter.rect_filled(plate, 4.0, theme::colour(self.ui, Role::Panel));
        let at = egui::pos2(plate.left() + 4.0, plate.center().y);
        paint::words(self.painter, at, text, face, NAME_SIZE, theme::colour(self.ui, role));
    }

    /// The name of a box that is too small for it, on a plate over its middle, where that hides no other.
    fn over(&self, part: &Part, standing: &[(usize, egui::Rect)], taken: &mut Vec<egui::Rect>) {
        let Some((_, own)) = standing.iter().find(|(at, _)| *at == part.at) else { return };
        let Some((name, ..)) = words(self.shown.diagram.items(part)).next() else { return };
        let size = vec2(text::width(Face::SemiBold, NAME_SIZE, name) + 8.0, 15.0);
        let plate = egui::Rect::from_center_size(own.center(), size);
        let hides = standing.iter().any(|(at, other)| *at != part.at && other.intersects(plate));
        if hides || taken.iter().any(|other| other.intersects(plate)) {
            return;
        }
        self.plate(plate, name, Face::SemiBold, Role::Text);
        let stroke = egui::Stroke::new(1.0, theme::colour(self.ui, Role::BoxLine));
        self.painter.rect_stroke(plate, 4.0, stroke, egui::StrokeKind::Inside);
        taken.push(plate);
    }

    /// The name of a box, and what it says below where there is room for that too. Whether there is for the name.
    fn node(&self, part: &Part, fade: f32, taken: &[egui::Rect]) -> bool {
        let zoom = self.sight.camera.zoom;
        let Some(area) = self.shown.drawing.nodes.get(part.at) else { return true };
        let rect = self.sight.rect(rect_of(area));
        let mut texts = words(self.shown.diagram.items(part));
        let Some((name, at, align)) = texts.next() else { return true };
        // Far away a box may be narrower than its edge.
        let from = self.sight.point(at).x.max(rect.left() + 3.0).min(rect.right());
        let middled = align == Align::Middle;
        // What is written in the middle is written on a store, below its lid.
        let lid = rect.with_min_y(rect.top() + LID * zoom);
        let inner = if middled { lid.shrink2(vec2(3.0, 1.0)) } else { rect.with_min_x(from).shrink2(vec2(0.0, 1.0)) };
        let room = vec2(inner.width() - if middled { 0.0 } else { 3.0 }, inner.height());
        let height = if middled { inner.height() } else { rect.height() };
        if room.x < LEAST_NAME.x || height < LEAST_NAME.y {
            return false;
        }
        let size = if middled || zoom < CAPTIONED { 9.0 } else { 10.5 };
        let lines = name_in(name, size, room);
        // A part of a name is better than nothing but not where others have none either.
        let whole = !lines.iter().any(|line| line.ends_with('…'));
        if !whole && (zoom < FAR || middled && zoom < LEAST_WORDS) {
            return false;
        }
        let (line, below) = (size * LEADING, CAPTION_SIZE * LEADING);
        let mut height = line * lines.len() as f32;
        let caption = texts.next().map(|(text, ..)| text::shorten(Face::Regular, CAPTION_SIZE, text, room.x));
        let caption = caption.filter(|_| zoom >= CAPTIONED && height + below <= room.y);
        height += if caption.is_some() { below } else { 0.0 };
        let column = egui::Rect::from_center_size(inner.center(), vec2(room.x, height));
        if taken.iter().any(|other| other.intersects(column)) {
            return false;
        }
        let mut y = column.top();
        let mut set = |text: &str, face: Face, size: f32, role: Role| {
            let left = if middled { column.center().x - text::width(face, size, text) / 2.0 } else { inner.left() };
            let at = egui::pos2(left, y + size * LEADING / 2.0);
            paint::words(self.painter, at, text, face, size, theme::colour(self.ui, role).gamma_multiply(fade));
            y += size * LEADING;
        };
        for line in &lines {
            set(line, if middled { Face::Regular } else { Face::SemiBold }, size, Role::Text);
        }
        if let Some(caption) = caption {
            set(&caption, Face::Regular, CAPTION_SIZE, Role::Soft);
        }
        true
    }
}

fn rect_of(area: &Area) -> Rect {
    Rect { x: area.x as f32, y: area.y as f32, w: area.w as f32, h: area.h as f32 }
}

/// A name in as many lines as there is room for, broken between words only, and cut where it is too long.
fn name_in(name: &str, size: f32, room: egui::Vec2) -> Vec<String> {
    let most = ((room.y / (size * LEADING)) as usize).max(1);
    let is_wide = |word: &str| text::width(Face::SemiBold, size, word) > room.x;
    if name.split_whitespace().any(is_wide) {
        return vec![text::shorten(Face::SemiBold, size, name, room.x)];
    }
    let mut lines = text::wrap(Face::SemiBold, size, name, room.x);
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(text::shorten(Face::SemiBold, size, &rest, room.x));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_takes_the_lines_that_there_is_room_for() {
        let lines = |name: &str, w: f32, h: f32| name_in(name, 9.0, vec2(w, h));
        assert_eq!(lines("Point of sale", 90.0, 14.0), ["Point of sale"]);
        assert_eq!(lines("Product catalogue", 60.0, 24.0), ["Product", "catalogue"]);
        assert_eq!(lines("Product catalogue", 60.0, 14.0).len(), 1);
        let cut = lines("One two three four five six", 44.0, 24.0);
        assert!(cut.len() == 2 && cut[1].ends_with('…'), "{cut:?}");
        let long = lines("Warehousemanagement system", 44.0, 24.0);
        assert!(long.len() == 1 && long[0].ends_with('…'), "a word is not broken: {long:?}");
    }
}
