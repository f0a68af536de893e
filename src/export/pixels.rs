//! A diagram as pixels, drawn here: no window and no graphics system has a part in it, so that it is the same everywhere.
//!
//! Each outline is covered by summing up how much of each pixel lies to the right of its edges; strokes are made of a
//! rectangle for each piece and a disc for each bend.

use crate::{
    scene::{Align, Item, Outline, Palette, Point, Rect, Rgba, Role, Scene, Stroke},
    text::{self, Face},
};

/// More pixels than this no clipboard is asked to hold: the picture is drawn smaller.
const MOST: f32 = 24_000_000.0;
/// No side is longer than this.
const LONGEST: f32 = 16_000.0;

/// A picture: opaque, row by row, red, green, blue, alpha.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Four bytes a pixel.
    pub rgba: Vec<u8>,
}

/// Draws a scene with so many pixels to a unit, or as many as a picture may have.
pub fn pixels(scene: &Scene, palette: Palette, scale: f32) -> Pixels {
    let Rect { w, h, .. } = scene.bounds;
    let (w, h) = (w.max(1.0), h.max(1.0));
    let scale = scale.min((MOST / (w * h)).sqrt()).min(LONGEST / w.max(h));
    let (width, height) = (((w * scale).ceil() as usize).max(1), ((h * scale).ceil() as usize).max(1));
    let Rgba(r, g, b, _) = palette.rgba(Role::Canvas);
    let rgba = [r, g, b, 255].repeat(width * height);
    let mut canvas = Canvas { pixels: Pixels { width, height, rgba }, scene, palette, scale };
    scene.items.iter().for_each(|item| canvas.item(item));
    canvas.pixels
}

type Spot = (f32, f32);

struct Canvas<'a> {
    pixels: Pixels,
    scene: &'a Scene,
    palette: Palette,
    scale: f32,
}

impl Canvas<'_> {
    fn spot(&self, point: Point) -> Spot {
        ((point.x - self.scene.bounds.x) * self.scale, (point.y - self.scene.bounds.y) * self.scale)
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Shape { outline, fill, stroke } => {
                let contour = self.contour(outline);
                if let Some(role) = fill {
                    self.fill(std::slice::from_ref(&contour), *role);
                }
                if let Some(stroke) = stroke {
                    let closed: Vec<Spot> = contour.iter().chain(contour.first()).copied().collect();
                    self.stroke(&closed, *stroke);
                }
            }
            Item::Path { points, stroke } => {
                let points: Vec<Spot> = points.iter().map(|point| self.spot(*point)).collect();
                self.stroke(&points, *stroke);
            }
            Item::Text { at, text, face, size, role, align } => self.text(*at, text, *face, *size, *role, *align),
        }
    }

    fn contour(&self, outline: &Outline) -> Vec<Spot> {
        match outline {
            Outline::Polygon(points) => points.iter().map(|point| self.spot(*point)).collect(),
            Outline::Circle(centre, radius) => disc(self.spot(*centre), radius * self.scale),
            Outline::Round(rect, radius) => {
                let (x, y) = self.spot(Point { x: rect.x, y: rect.y });
                let (w, h) = (rect.w * self.scale, rect.h * self.scale);
                let radius = (radius * self.scale).clamp(0.0, w.min(h) / 2.0);
                let centres = [
                    (x + w - radius, y + h - radius, 0.0),
                    (x + radius, y + h - radius, 0.5),
                    (x + radius, y + radius, 1.0),
                    (x + w - radius, y + radius, 1.5),
                ];
                let corner = |(cx, cy, from): (f32, f32, f32)| {
                    (0..=8_u8).map(move |step| {
                        let angle = (from + f32::from(step) / 16.0) * std::f32::consts::PI;
                        (cx + radius * angle.cos(), cy + radius * angle.sin())
                    })
                };
                centres.into_iter().flat_map(corner).collect()
            }
        }
    }

    fn stroke(&mut self, points: &[Spot], stroke: Stroke) {
        let width = (stroke.width * self.scale).max(1.0);
        let lines = match stroke.dash.pattern(stroke.width) {
            Some((on, off)) => dashes(points, on * self.scale, off * self.scale),
            None => vec![points.to_vec()],
        };
        for line in lines {
            for (at, pair) in line.windows(2).enumerate() {
                let [a, b] = pair else { continue };
                if let Some(piece) = piece(*a, *b, width) {
                    self.fill(&[piece], stroke.role);
                }
                if at > 0 && width > 1.5 {
                    self.fill(&[disc(*a, width / 2.0)], stroke.role);
                }
            }
        }
    }

    fn text(&mut self, at: Point, words: &str, face: Face, size: f32, role: Role, align: Align) {
        let share = match align {
            Align::Start => 0.0,
            Align::Middle => 0.5,
            Align::End => 1.0,
        };
        let (mut x, y) = self.spot(at);
        let em = size * self.scale;
        x -= text::width(face, size, words) * self.scale * share;
        for run in text::shape(face, words) {
            for glyph in &run.glyphs {
                let (left, base) = (x + glyph.offset.0 * em, y - glyph.offset.1 * em);
                let place = |(gx, gy): (f32, f32)| (left + gx * em, base - gy * em);
                let contours: Vec<Vec<Spot>> = text::outline(run.face, glyph.id)
                    .into_iter()
                    .map(|contour| contour.into_iter().map(place).collect())
                    .collect();
                self.fill(&contours, role);
                x += glyph.advance * em;
            }
        }
    }

    /// Fills what closed contours surround.
    fn fill(&mut self, contours: &[Vec<Spot>], role: Role) {
        let spots = || contours.iter().flatten();
        let fold = |pick: fn(&Spot) -> f32, with: fn(f32, f32) -> f32, from: f32| spots().map(pick).fold(from, with);
        let (left, top) = (fold(|p| p.0, f32::min, f32::MAX).floor(), fold(|p| p.1, f32::min, f32::MAX).floor());
        let (right, low) = (fold(|p| p.0, f32::max, f32::MIN).ceil(), fold(|p| p.1, f32::max, f32::MIN).ceil());
        let (width, height) = (self.pixels.width as f32, self.pixels.height as f32);
        let seen = right > 0.0 && low > 0.0 && left < width && top < height;
        if !(seen && [left, top, right, low].iter().all(|edge| edge.is_finite())) {
            return;
        }
        // Rows above and below the picture are left out; what is left of it must be summed up.
        let (above, below) = (top.max(0.0), low.min(height));
        let mut cover = Cover::new((right - left) as usize + 2, (below - above) as usize);
        for contour in contours {
            for (from, to) in contour.iter().zip(contour.iter().cycle().skip(1)) {
                cover.edge((from.0 - left, from.1 - above), (to.0 - left, to.1 - above));
            }
        }
        let colour = self.palette.rgba(role);
        for (row, shares) in cover.rows().enumerate() {
            self.blend(row + above as usize, left as i64, shares, colour);
        }
    }

    /// Lays a colour over a row, as much of it as each pixel is covered.
    fn blend(&mut self, row: usize, left: i64, shares: &[f32], Rgba(r, g, b, a): Rgba) {
        let start = row * self.pixels.width * 4;
        let Some(pixels) = self.pixels.rgba.get_mut(start..start + self.pixels.width * 4) else { return };
        let skipped = usize::try_from(-left).unwrap_or(0);
        let from = usize::try_from(left).unwrap_or(0);
        let mut sum: f32 = shares.iter().take(skipped).sum();
        for (pixel, share) in pixels.chunks_exact_mut(4).skip(from).zip(shares.iter().skip(skipped)) {
            sum += share;
            let alpha = sum.abs().min(1.0) * f32::from(a) / 255.0;
            if alpha > 0.002 {
                for (channel, ink) in pixel.iter_mut().zip([r, g, b]) {
                    *channel = (f32::from(ink) * alpha + f32::from(*channel) * (1.0 - alpha)).round() as u8;
                }
            }
        }
    }
}

fn disc((x, y): Spot, radius: f32) -> Vec<Spot> {
    let steps = if radius < 4.0 { 12_u8 } else { 28 };
    (0..steps)
        .map(|step| {
            let angle = std::f32::consts::TAU * f32::from(step) / f32::from(steps);
            (x + radius * angle.cos(), y + radius * angle.sin())
        })
        .collect()
}

/// A straight piece of a stroke.
fn piece(a: Spot, b: Spot, width: f32) -> Option<Vec<Spot>> {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx.hypot(dy);
    let (nx, ny) = (-dy / length * width / 2.0, dx / length * width / 2.0);
    (length > 1e-3)
        .then(|| vec![(a.0 + nx, a.1 + ny), (b.0 + nx, b.1 + ny), (b.0 - nx, b.1 - ny), (a.0 - nx, a.1 - ny)])
}

/// A polyline cut into dashes.
fn dashes(points: &[Spot], on: f32, off: f32) -> Vec<Vec<Spot>> {
    let (mut found, mut dash): (Vec<Vec<Spot>>, Vec<Spot>) =
        (Vec::new(), points.first().copied().into_iter().collect());
    let (mut drawn, mut left) = (true, on.max(0.1));
    for pair in points.windows(2) {
        let [a, b] = pair else { continue };
        let length = (b.0 - a.0).hypot(b.1 - a.1);
        let mut at = 0.0;
        while length - at > left {
            at += left;
            let t = at / length;
            let spot = (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
            if drawn {
                dash.push(spot);
                found.push(std::mem::take(&mut dash));
            } else {
                dash = vec![spot];
            }
            drawn = !drawn;
            left = if drawn { on } else { off }.max(0.1);
        }
        left -= length - at;
        if drawn {
            dash.push(*b);
        }
    }
    if drawn && dash.len() > 1 {
        found.push(dash);
    }
    found
}

/// How much each pixel of an area is covered: differences along each row, to be summed up from the left.
struct Cover {
    width: usize,
    height: usize,
    shares: Vec<f32>,
}

impl Cover {
    fn new(width: usize, height: usize) -> Self {
        Self { width, height, shares: vec![0.0; width * height] }
    }

    fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.shares.chunks_exact(self.width.max(1))
    }

    fn add(&mut self, row: usize, column: usize, share: f32) {
        let column = column.min(self.width.saturating_sub(1));
        if let Some(value) = self.shares.get_mut(row * self.width + column) {
            *value += share;
        }
    }

    /// Adds an edge of a contour.
    fn edge(&mut self, from: Spot, to: Spot) {
        if from.1 == to.1 {
            return;
        }
        let (sign, top, low) = if from.1 < to.1 { (1.0, from, to) } else { (-1.0, to, from) };
        let slope = (low.0 - top.0) / (low.1 - top.1);
        let first = top.1.max(0.0);
        let mut x = top.0 + (first - top.1) * slope;
        let rows = first as usize..self.height.min(low.1.max(0.0).ceil() as usize);
        for row in rows {
            let high = (row as f32 + 1.0).min(low.1) - (row as f32).max(first);
            let next = x + slope * high;
            self.span(row, x.min(next).max(0.0), x.max(next).max(0.0), high * sign);
            x = next;
        }
    }

    /// An edge runs from x to x within a row, over so much of its height.
    fn span(&mut self, row: usize, from: f32, to: f32, high: f32) {
        let (first, last) = (from.floor(), to.ceil().max(from.floor() + 1.0));
        let at = first as usize;
        if last <= first + 1.0 {
            let right = (from + to) / 2.0 - first;
            self.add(row, at, high * (1.0 - right));
            self.add(row, at + 1, high * right);
            return;
        }
        // What has been covered of each pixel when the edge leaves it, less what had been before.
        let width = to - from;
        let covered = |x: f32| {
            let inside = (x - from).clamp(0.0, width);
            // The area right of the edge and left of x, of a pixel's height.
            inside * inside / (2.0 * width) + (x - to).max(0.0)
        };
        let mut before = 0.0;
        for column in at..=(last as usize) {
            let share = covered(column as f32 + 1.0) - covered(column as f32);
            self.add(row, column, high * (share - before));
            before = share;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Dash;

    fn scene(items: Vec<Item>) -> Scene {
        Scene { bounds: Rect { x: 10.0, y: 10.0, w: 20.0, h: 10.0 }, items }
    }

    fn grey(picture: &Pixels, x: usize, y: usize) -> u8 {
        picture.rgba[(y * picture.width + x) * 4 + 1]
    }

    #[test]
    fn shapes_cover_what_they_surround_and_half_of_what_they_halve() {
        let Rgba(_, canvas, ..) = Palette::Light.rgba(Role::Canvas);
        let Rgba(_, ink, ..) = Palette::Light.rgba(Role::Text);
        let corner = |x: f32, y: f32| Point { x, y };
        let square = vec![corner(12.0, 12.0), corner(15.5, 12.0), corner(15.5, 16.0), corner(12.0, 16.0)];
        let shape = Item::Shape { outline: Outline::Polygon(square), fill: Some(Role::Text), stroke: None };
        let picture = pixels(&scene(vec![shape]), Palette::Light, 1.0);
        assert_eq!((picture.width, picture.height), (20, 10));
        assert_eq!([grey(&picture, 1, 3), grey(&picture, 3, 3), grey(&picture, 6, 3)], [canvas, ink, canvas]);
        assert!(grey(&picture, 5, 3).abs_diff((canvas / 2) + (ink / 2)) <= 2);
        assert_eq!(grey(&picture, 3, 7), canvas);
    }

    #[test]
    fn slanted_edges_strokes_and_words_leave_their_marks() {
        let Rgba(_, canvas, ..) = Palette::Light.rgba(Role::Canvas);
        let dark = |picture: &Pixels| picture.rgba.chunks(4).filter(|pixel| pixel[1] < canvas - 40).count();
        let stroke = |dash| Stroke { role: Role::Text, width: 2.0, dash };
        let line = |dash| {
            let points = vec![Point { x: 10.0, y: 12.0 }, Point { x: 30.0, y: 18.0 }];
            pixels(&scene(vec![Item::Path { points, stroke: stroke(dash) }]), Palette::Light, 2.0)
        };
        let (solid, dashed) = (dark(&line(Dash::Solid)), dark(&line(Dash::Dashed)));
        // Twenty-one units long and two wide, at two pixels a unit.
        assert!((150..220).contains(&solid), "{solid}");
        assert!(dashed * 10 < solid * 8 && dashed * 10 > solid * 5, "{dashed} of {solid}");
        let words = Item::Text {
            at: Point { x: 11.0, y: 18.0 },
            text: "Oo".to_owned(),
            face: Face::SemiBold,
            size: 9.0,
            role: Role::Text,
            align: Align::Start,
        };
        let picture = pixels(&scene(vec![words]), Palette::Light, 4.0);
        assert!((120..900).contains(&dark(&picture)), "{}", dark(&picture));
        // The middle of the O is open.
        let middle = 4.0 * (1.0 + text::width(Face::SemiBold, 9.0, "O") / 2.0);
        assert_eq!(grey(&picture, middle as usize, 4 * 8 - 13), canvas);
    }

    #[test]
    fn what_lies_outside_is_cut_off_and_what_is_too_large_is_drawn_smaller() {
        let outline = Outline::Round(Rect { x: -500.0, y: -500.0, w: 2000.0, h: 2000.0 }, 12.0);
        let shape = Item::Shape { outline, fill: Some(Role::Error), stroke: None };
        let picture = pixels(&scene(vec![shape.clone()]), Palette::Light, 1.0);
        let Rgba(r, g, b, _) = Palette::Light.rgba(Role::Error);
        assert!(picture.rgba.chunks(4).all(|pixel| pixel == [r, g, b, 255]));
        let large = Scene { bounds: Rect { x: 0.0, y: 0.0, w: 100_000.0, h: 10.0 }, items: vec![shape] };
        assert!(pixels(&large, Palette::Light, 2.0).width <= 16_001);
    }
}
