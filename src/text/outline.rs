//! The outlines of glyphs, as polygons: for pictures that are drawn point by point.

use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};

use super::{Face, shape::parsed};

/// Curves become so many straight pieces: at the sizes of a diagram nobody sees them.
const STEPS: u8 = 6;

/// The closed contours of a glyph in ems, y upwards; none for a space, or what the face does not have.
pub fn outline(face: Face, id: u16) -> Vec<Vec<(f32, f32)>> {
    let Some(font) = parsed(face) else { return Vec::new() };
    let mut pen = Pen { contours: Vec::new(), em: f32::from(font.units_per_em().max(1) as i16) };
    font.outline_glyph(GlyphId(id), &mut pen);
    pen.contours
}

struct Pen {
    contours: Vec<Vec<(f32, f32)>>,
    em: f32,
}

impl Pen {
    fn put(&mut self, x: f32, y: f32) {
        let point = (x / self.em, y / self.em);
        if let Some(contour) = self.contours.last_mut() {
            contour.push(point);
        }
    }

    fn last(&self) -> (f32, f32) {
        let point = self.contours.last().and_then(|contour| contour.last()).copied().unwrap_or_default();
        (point.0 * self.em, point.1 * self.em)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.contours.push(Vec::new());
        self.put(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.put(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (x0, y0) = self.last();
        for step in 1..=STEPS {
            let t = f32::from(step) / f32::from(STEPS);
            let mix = |a: f32, b: f32, c: f32| (1.0 - t) * (1.0 - t) * a + 2.0 * t * (1.0 - t) * b + t * t * c;
            self.put(mix(x0, x1, x), mix(y0, y1, y));
        }
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (x0, y0) = self.last();
        for step in 1..=STEPS {
            let t = f32::from(step) / f32::from(STEPS);
            let u = 1.0 - t;
            let mix = |a: f32, b: f32, c: f32, d: f32| {
                u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
            };
            self.put(mix(x0, x1, x2, x), mix(y0, y1, y2, y));
        }
    }

    fn close(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::shape;

    #[test]
    fn a_ring_has_two_contours_and_a_space_none() {
        let contours = |text: &str| {
            let glyph = shape(Face::Regular, text).into_iter().next().unwrap().glyphs.into_iter().next().unwrap();
            outline(Face::Regular, glyph.id)
        };
        assert_eq!(contours("o").len(), 2);
        assert!(contours(" ").is_empty());
        assert!(contours("o").iter().flatten().all(|(x, y)| (-0.1..1.0).contains(x) && (-0.1..1.0).contains(y)));
    }
}
