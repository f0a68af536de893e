//! A sheet of paper: what is drawn on it, and its links. Places are in points from the top left corner.

use printpdf::{
    Actions, BorderArray, Color, ColorArray, Destination, ExtendedGraphicsStateId, HighlightingMode, Line,
    LineDashPattern, LineJoinStyle, LinePoint, LinkAnnotation, Op, PaintMode, PdfFontHandle, PdfPage, Polygon,
    PolygonRing, Pt, Rgb, TextMatrix, WindingOrder,
};

use super::{fonts::Fonts, geometry::Frame};
use crate::{
    export::escape::round,
    scene::{Align, Palette, Point, Rect, Rgba, Role},
    text::{Face, Glyph, shape, width},
};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    /// An anchor of the document.
    Anchor(String),
    /// An address that may be linked to.
    Url(String),
    /// A place in the body.
    Place(Place),
}

/// A place in the body: its sheet, counted from 0, and how far down.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    pub(super) sheet: usize,
    pub(super) y: f32,
}

/// A line's colour, width, and on and off lengths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pen {
    pub(super) role: Role,
    pub(super) width: f32,
    pub(super) dash: Option<(f32, f32)>,
}

impl Pen {
    pub(super) fn hair(role: Role) -> Self {
        Self { role, width: 0.6, dash: None }
    }
}

/// How a line of text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub(super) face: Face,
    pub(super) size: f32,
    pub(super) role: Role,
}

pub(super) struct Sheet {
    pub(super) frame: Frame,
    ops: Vec<Op>,
    links: Vec<(Rect, Target)>,
    fill: Option<Role>,
    pen: Option<Pen>,
}

impl Sheet {
    pub(super) fn new(frame: Frame) -> Self {
        Self {
            frame,
            ops: vec![Op::SetLineJoinStyle { join: LineJoinStyle::Round }],
            links: Vec::new(),
            fill: None,
            pen: None,
        }
    }

    /// One line of text on a baseline.
    pub(super) fn text(&mut self, fonts: &mut Fonts, at: Point, align: Align, set: Type, text: &str) {
        let indent = match align {
            Align::Start => 0.0,
            Align::Middle => width(set.face, set.size, text) / 2.0,
            Align::End => width(set.face, set.size, text),
        };
        let mut x = at.x - indent;
        for run in shape(set.face, text) {
            let glyphs: Vec<&Glyph> = run.glyphs.iter().collect();
            self.glyphs(fonts, Point { x, y: at.y }, Type { face: run.face, ..set }, &glyphs);
            x += glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() * set.size;
        }
    }

    /// Text that reads upwards from a point on its baseline.
    pub(super) fn text_upwards(&mut self, fonts: &mut Fonts, at: Point, set: Type, text: &str) {
        let mut y = at.y;
        for run in shape(set.face, text) {
            let glyphs: Vec<&Glyph> = run.glyphs.iter().collect();
            let matrix = TextMatrix::Raw([0.0, 1.0, -1.0, 0.0, round(at.x), round(self.frame.height - y)]);
            self.show(fonts, Op::SetTextMatrix { matrix }, Type { face: run.face, ..set }, &glyphs);
            y -= glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() * set.size;
        }
    }

    /// Shaped glyphs of one face on a baseline.
    pub(super) fn glyphs(&mut self, fonts: &mut Fonts, at: Point, set: Type, glyphs: &[&Glyph]) {
        let mut x = at.x;
        // Marks may stand higher or lower than their letters.
        for level in glyphs.chunk_by(|a, b| a.offset.1 == b.offset.1) {
            let rise = level.first().map_or(0.0, |glyph| glyph.offset.1 * set.size);
            let pos = self.point(Point { x, y: at.y - rise });
            self.show(fonts, Op::SetTextCursor { pos }, set, level);
            x += level.iter().map(|glyph| glyph.advance).sum::<f32>() * set.size;
        }
    }

    fn show(&mut self, fonts: &mut Fonts, place: Op, set: Type, glyphs: &[&Glyph]) {
        if glyphs.is_empty() {
            return;
        }
        self.set_fill(set.role);
        let font = PdfFontHandle::External(Fonts::id(set.face));
        self.ops.extend([
            Op::StartTextSection,
            Op::SetFont { font, size: Pt(round(set.size)) },
            place,
            Op::ShowText { items: fonts.show(set.face, glyphs) },
            Op::EndTextSection,
        ]);
    }

    pub(super) fn rect(&mut self, area: Rect, role: Role) {
        let Rect { x, y, w, h } = area;
        let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)].map(|(x, y)| Point { x, y });
        self.shape(&corners.map(|corner| (corner, false)), Some(role), None);
    }

    pub(super) fn line(&mut self, points: &[Point], pen: Pen) {
        self.set_pen(pen);
        let points = points.iter().map(|point| LinePoint { p: self.point(*point), bezier: false }).collect();
        self.ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
    }

    /// A closed outline; `true` marks the handles of Bézier curves.
    pub(super) fn shape(&mut self, outline: &[(Point, bool)], fill: Option<Role>, pen: Option<Pen>) {
        let mode = match (fill, pen) {
            (Some(_), Some(_)) => PaintMode::FillStroke,
            (Some(_), None) => PaintMode::Fill,
            (None, Some(_)) => PaintMode::Stroke,
            (None, None) => return,
        };
        let alpha = fill.map(|role| Palette::Light.rgba(role).3).filter(|alpha| *alpha < u8::MAX);
        if let Some(alpha) = alpha {
            self.ops.push(Op::SaveGraphicsState);
            self.ops.push(Op::LoadGraphicsState { gs: opacity(alpha) });
        }
        if let Some(role) = fill {
            self.set_fill(role);
        }
        if let Some(pen) = pen {
            self.set_pen(pen);
        }
        let points =
            outline.iter().map(|(point, bezier)| LinePoint { p: self.point(*point), bezier: *bezier }).collect();
        let polygon = Polygon { rings: vec![PolygonRing { points }], mode, winding_order: WindingOrder::NonZero };
        self.ops.push(Op::DrawPolygon { polygon });
        if alpha.is_some() {
            self.ops.push(Op::RestoreGraphicsState);
            (self.fill, self.pen) = (None, None);
        }
    }

    pub(super) fn link(&mut self, area: Rect, target: Target) {
        self.links.push((area, target));
    }

    /// The page of the file; `resolve` answers with page, from 1, and height of an anchor or place.
    pub(super) fn page(mut self, resolve: impl Fn(&Target) -> Option<(usize, f32)>) -> PdfPage {
        for (area, target) in std::mem::take(&mut self.links) {
            let actions = match &target {
                Target::Url(url) => Some(Actions::uri(url.clone())),
                place => resolve(place).map(|(page, top)| {
                    Actions::go_to(Destination::Xyz { page, left: None, top: Some(round(top)), zoom: None })
                }),
            };
            let Some(actions) = actions else { continue };
            let low = self.point(Point { x: area.x, y: area.y + area.h });
            let rect = printpdf::Rect::from_xywh(low.x, low.y, Pt(round(area.w)), Pt(round(area.h)));
            let border = Some(BorderArray::Solid([0.0; 3]));
            let link = LinkAnnotation::new(
                rect,
                actions,
                border,
                Some(ColorArray::Transparent),
                Some(HighlightingMode::Invert),
            );
            self.ops.push(Op::LinkAnnotation { link });
        }
        let whole = printpdf::Rect::from_wh(Pt(round(self.frame.width)), Pt(round(self.frame.height)));
        PdfPage { media_box: whole.clone(), trim_box: whole.clone(), crop_box: whole, ops: self.ops }
    }

    fn point(&self, point: Point) -> printpdf::Point {
        printpdf::Point { x: Pt(round(point.x)), y: Pt(round(self.frame.height - point.y)) }
    }

    fn set_fill(&mut self, role: Role) {
        if self.fill.replace(role) != Some(role) {
            self.ops.push(Op::SetFillColor { col: colour(role) });
        }
    }

    fn set_pen(&mut self, pen: Pen) {
        let old = self.pen.replace(pen);
        if old.map(|old| old.role) != Some(pen.role) {
            self.ops.push(Op::SetOutlineColor { col: colour(pen.role) });
        }
        if old.map(|old| old.width) != Some(pen.width) {
            self.ops.push(Op::SetOutlineThickness { pt: Pt(round(pen.width)) });
        }
        if old.map(|old| old.dash) != Some(pen.dash) {
            let pattern = pen.dash.map(|(on, off)| [round(on).max(0.01), round(off).max(0.01)]);
            let dash = pattern.map_or_else(LineDashPattern::solid, |pattern| LineDashPattern::new(0.0, &pattern));
            self.ops.push(Op::SetLineDashPattern { dash });
        }
    }
}

/// The name of the graphics state with an opacity for fills.
pub(super) fn opacity(alpha: u8) -> ExtendedGraphicsStateId {
    ExtendedGraphicsStateId(format!("A{alpha}"))
}

fn colour(role: Role) -> Color {
    let Rgba(r, g, b, _) = Palette::Light.rgba(role);
    let part = |value: u8| (f32::from(value) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(Rgb { r: part(r), g: part(g), b: part(b), icc_profile: None })
}
