//! A diagram on a sheet, and which sheet it needs to be legible.

use super::{
    flow::{Entry, Flow},
    fonts::Fonts,
    geometry::Frame,
    prose::Prose,
    sheet::{Pen, Place, Sheet, Type},
};
use crate::{
    document::Block,
    scene::{Item, Outline, Point, Rect, Role, Scene, Stroke},
    text::Face,
};

/// Text smaller than this many points is not legible.
const LEGIBLE: f32 = 6.0;
/// Diagrams are drawn for the screen; on paper this is as large as they get.
const LARGEST: f32 = 0.8;
/// A diagram is shrunk to this part of what it could be, and no further, to keep it with its section.
const SMALLEST: f32 = 0.55;
/// Between a diagram and its caption.
const CAPTION_GAP: f32 = 6.0;
const CAPTION_LEADING: f32 = 12.5;

/// The sheet that the first diagram of a section needs, where that is a larger one: with a few lines above it.
pub(super) fn sheet_for(blocks: &[Block], usual: Frame) -> Option<Frame> {
    const ABOVE: f32 = 90.0;
    let scene = blocks.iter().find_map(|block| match block {
        Block::Figure { scene, .. } => Some(scene),
        _ => None,
    })?;
    if legible(scene, fit(scene, usual, ABOVE)) {
        return None;
    }
    usual.larger().find(|frame| legible(scene, fit(scene, *frame, ABOVE))).or_else(|| usual.larger().last())
}

/// How much of a sheet a diagram takes at least, with its caption.
pub(super) fn least_height(scene: &Scene, frame: Frame) -> f32 {
    let largest = fit(scene, frame, 0.0);
    let least = smallest_text(scene).map_or(0.0, |size| LEGIBLE / size.max(0.1));
    scene.bounds.h * (largest * SMALLEST).max(least).min(largest) + CAPTION_GAP + CAPTION_LEADING + 34.0
}

/// The scale at which a diagram fits a sheet, with so much above it.
fn fit(scene: &Scene, frame: Frame, above: f32) -> f32 {
    let room = frame.text_height() - above - CAPTION_GAP - CAPTION_LEADING * 3.0;
    (frame.text_width() / scene.bounds.w.max(1.0)).min(room.max(1.0) / scene.bounds.h.max(1.0)).min(LARGEST)
}

fn legible(scene: &Scene, scale: f32) -> bool {
    smallest_text(scene).is_none_or(|size| size * scale >= LEGIBLE)
}

impl Flow {
    /// A diagram across the text, or on a sheet of its own that is large enough for its smallest text.
    pub(super) fn figure(&mut self, scene: &Scene, caption: &str) {
        let below = std::mem::take(&mut self.below_figure);
        let number = (self.figures.len() + 1).to_string();
        let headings = self.pending_height(true);
        self.space(10.0);
        let fit = |frame: Frame, above: f32| fit(scene, frame, above);
        let legible = |scale: f32| legible(scene, scale);
        let title = Caption { number: number.clone(), text: caption };
        let scale = fit(self.frame, headings);
        let place = if legible(scale) {
            let scale = self.shrunk(scene, scale, &title, below).unwrap_or(scale);
            self.begin(scene.bounds.h * scale + title.height(self.frame));
            self.draw_figure(scene, &title, scale)
        } else {
            let frame =
                self.frame.larger().find(|frame| legible(fit(*frame, headings))).or_else(|| self.frame.larger().last());
            let frame = frame.unwrap_or(self.frame);
            self.own_sheet(frame, |flow| flow.draw_figure(scene, &title, fit(frame, headings)))
        };
        self.figures.push(Entry { level: 1, number, title: caption.to_owned(), place });
        self.space(14.0);
    }

    /// A little smaller, if what follows then stands on the same sheet, or else if that saves turning the page.
    fn shrunk(&self, scene: &Scene, scale: f32, title: &Caption<'_>, below: f32) -> Option<f32> {
        let room = self.room() - self.pending_height(false) - title.height(self.frame) - 24.0;
        let with = |below: f32| ((room - below) / scene.bounds.h.max(1.0)).min(scale);
        [with(below), with(0.0)].into_iter().find(|wanted| *wanted > scale * SMALLEST && legible(scene, *wanted))
    }

    fn draw_figure(&mut self, scene: &Scene, title: &Caption<'_>, scale: f32) -> Place {
        let (place, frame, top) = (self.place(), self.frame, self.y);
        let height = scene.bounds.h * scale;
        let (sheet, fonts) = self.canvas();
        let ground = Rect { x: Frame::SIDE, y: top, w: frame.text_width(), h: height };
        sheet.shape(&rounded(ground, 6.0), Some(Role::Canvas), None);
        let x = Frame::SIDE + (frame.text_width() - scene.bounds.w * scale) / 2.0;
        paint(scene, Placed { x: x - scene.bounds.x * scale, y: top - scene.bounds.y * scale, scale }, sheet, fonts);
        self.y += height + CAPTION_GAP;
        self.caption(&title.prose());
        place
    }

    /// Small lines under or over something.
    pub(super) fn caption(&mut self, prose: &Prose) {
        let (mut y, width) = (self.y, self.frame.text_width());
        let (sheet, fonts) = self.canvas();
        for line in prose.lines(width) {
            y += CAPTION_LEADING;
            prose.draw(&line, Point { x: Frame::SIDE, y: y - 3.5 }, sheet, fonts);
        }
        self.y = y;
    }
}

/// "Figure 3. What it shows".
pub(super) struct Caption<'a> {
    number: String,
    text: &'a str,
}

impl Caption<'_> {
    fn prose(&self) -> Prose {
        caption_prose(&format!("Figure {}. ", self.number), self.text)
    }

    fn height(&self, frame: Frame) -> f32 {
        CAPTION_GAP + caption_height(&self.prose(), frame)
    }
}

pub(super) fn caption_prose(label: &str, text: &str) -> Prose {
    let set = |face, role| Type { face, size: 8.5, role };
    Prose::plain(label, set(Face::SemiBold, Role::Text)).then(text, set(Face::Regular, Role::Soft))
}

pub(super) fn caption_height(prose: &Prose, frame: Frame) -> f32 {
    prose.lines(frame.text_width()).len() as f32 * CAPTION_LEADING
}

fn smallest_text(scene: &Scene) -> Option<f32> {
    let sizes = scene.items.iter().filter_map(|item| match item {
        Item::Text { size, text, .. } if !text.trim().is_empty() => Some(*size),
        _ => None,
    });
    sizes.reduce(f32::min)
}

/// Where a diagram's origin is, and its scale.
#[derive(Clone, Copy)]
struct Placed {
    x: f32,
    y: f32,
    scale: f32,
}

impl Placed {
    fn point(self, point: Point) -> Point {
        Point { x: self.x + point.x * self.scale, y: self.y + point.y * self.scale }
    }

    fn pen(self, Stroke { role, width, dash }: Stroke) -> Pen {
        let dash = dash.pattern(width).map(|(on, off)| (on * self.scale, off * self.scale));
        Pen { role, width: width * self.scale, dash }
    }
}

fn paint(scene: &Scene, placed: Placed, sheet: &mut Sheet, fonts: &mut Fonts) {
    for item in &scene.items {
        match item {
            Item::Shape { outline, fill, stroke } => {
                let points = match outline {
                    Outline::Round(area, radius) => {
                        let Point { x, y } = placed.point(Point { x: area.x, y: area.y });
                        let area = Rect { x, y, w: area.w * placed.scale, h: area.h * placed.scale };
                        rounded(area, radius * placed.scale)
                    }
                    Outline::Polygon(points) => points.iter().map(|point| (placed.point(*point), false)).collect(),
                    Outline::Circle(centre, radius) => {
                        let (Point { x, y }, r) = (placed.point(*centre), radius * placed.scale);
                        rounded(Rect { x: x - r, y: y - r, w: 2.0 * r, h: 2.0 * r }, r)
                    }
                };
                sheet.shape(&points, *fill, stroke.map(|stroke| placed.pen(stroke)));
            }
            Item::Path { points, stroke } => {
                let points: Vec<Point> = points.iter().map(|point| placed.point(*point)).collect();
                sheet.line(&points, placed.pen(*stroke));
            }
            Item::Text { at, text, face, size, role, align } => {
                let set = Type { face: *face, size: size * placed.scale, role: *role };
                sheet.text(fonts, placed.point(*at), *align, set, text);
            }
        }
    }
}

/// A rectangle with round corners; `true` marks handles. With a radius of half its sides it is a circle.
pub(super) fn rounded(Rect { x, y, w, h }: Rect, radius: f32) -> Vec<(Point, bool)> {
    /// How far the handles of a quarter of a circle are from its ends.
    const HANDLE: f32 = 0.552_285;
    let r = radius.clamp(0.0, (w.min(h) / 2.0).max(0.0));
    let k = r * (1.0 - HANDLE);
    let (right, foot) = (x + w, y + h);
    if r < 0.01 {
        return [(x, y), (right, y), (right, foot), (x, foot)].map(|(x, y)| (Point { x, y }, false)).to_vec();
    }
    let corners = [
        [(right - r, y), (right - k, y), (right, y + k), (right, y + r)],
        [(right, foot - r), (right, foot - k), (right - k, foot), (right - r, foot)],
        [(x + r, foot), (x + k, foot), (x, foot - k), (x, foot - r)],
        [(x, y + r), (x, y + k), (x + k, y), (x + r, y)],
    ];
    let marked = corners.iter().flatten().zip([false, true, true, false].into_iter().cycle());
    marked.map(|((x, y), handle)| (Point { x: *x, y: *y }, handle)).collect()
}
