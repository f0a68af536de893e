//! Pages before they are PDF: marks in points from the upper left corner.

use crate::{
    scene::{Outline, Role, Stroke},
    text::{self, Face, Run},
};

/// A page.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// Width in points.
    pub(super) w: f32,
    /// Height in points.
    pub(super) h: f32,
    /// What is on it, in painting order.
    pub(super) marks: Vec<Mark>,
    /// Where names stand: the name, and how far from the top.
    pub(super) anchors: Vec<(String, f32)>,
    /// Headings, for the outline: level from 1, title, how far from the top.
    pub(super) headings: Vec<(usize, String, f32)>,
}

/// Something on a page.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// One line of text in one style; `y` is the baseline.
    Text { x: f32, y: f32, runs: Vec<Run>, size: f32, role: Role },
    /// A closed figure.
    Shape { outline: Outline, fill: Option<Role>, stroke: Option<Stroke> },
    /// An open line.
    Path { points: Vec<(f32, f32)>, stroke: Stroke },
    /// A place to click.
    Link { x: f32, y: f32, w: f32, h: f32, to: Target },
}

/// Where a click leads.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    /// A named place.
    Anchor(String),
    /// An address.
    Url(String),
}

impl Sheet {
    pub(super) fn new((w, h): (f32, f32)) -> Self {
        Self { w, h, ..Self::default() }
    }

    /// A line of text from a point.
    pub(super) fn text(&mut self, x: f32, y: f32, text: &str, face: Face, size: f32, role: Role) {
        if !text.is_empty() {
            self.marks.push(Mark::Text { x, y, runs: text::shape(face, text), size, role });
        }
    }

    /// A line of text that ends at a point.
    pub(super) fn text_to(&mut self, right: f32, y: f32, text: &str, face: Face, size: f32, role: Role) {
        self.text(right - text::width(face, size, text), y, text, face, size, role);
    }

    /// A filled rectangle.
    pub(super) fn fill(&mut self, x: f32, y: f32, w: f32, h: f32, role: Role) {
        let rect = crate::scene::Rect { x, y, w, h };
        self.marks.push(Mark::Shape { outline: Outline::Round(rect, 0.0), fill: Some(role), stroke: None });
    }

    /// A thin level line.
    pub(super) fn rule(&mut self, x: f32, y: f32, w: f32, role: Role) {
        let stroke = Stroke { role, width: 0.6, dash: crate::scene::Dash::Solid };
        self.marks.push(Mark::Path { points: vec![(x, y), (x + w, y)], stroke });
    }
}
