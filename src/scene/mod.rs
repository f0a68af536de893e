//! One display list. Builders turn models into a [`Scene`]; the canvas paints it, SVG and PDF write it.
//!
//! Colours are [`Role`]s: what a colour means. A [`Palette`] says what it is in light or dark.
//! Curves are sampled by the builders: a back end needs rounded rectangles, polygons, polylines and text, nothing else.

mod diagram;
mod dress;
pub mod gantt;
mod legend;
mod number;
mod palette;
mod shapes;
mod trunk;

pub use diagram::{Badge, Diagram, Mark, Part, PartKind, Worst, diagram, one_box};
pub use dress::{Dress, Dressing, Entry, LENSES, LineDress, TINTS, Wearer, dress, question};
pub use legend::{Uses, legend, lens_legend};
pub use number::number;
pub use palette::{Palette, Rgba};

use crate::text::Face;

/// What a colour stands for; the table is in [`palette`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The ground a diagram is drawn on.
    Canvas,
    /// Dots of the grid.
    Grid,
    /// Panels of the window, and plaques of labels.
    Panel,
    /// Lines between panels and under headings.
    Hairline,
    /// Primary text.
    Text,
    /// Secondary text.
    Soft,
    /// Tertiary text: captions, what was not asked.
    Faint,
    /// A box.
    BoxFill,
    /// A box's outline.
    BoxLine,
    /// The tint of a legacy system.
    LegacyFill,
    /// A container.
    ContainerFill,
    /// A container's outline.
    ContainerLine,
    /// The tint of a mesh.
    MeshFill,
    /// Selection and links.
    Accent,
    /// Ground of what is selected.
    AccentFill,
    /// Text on a ground of [`Role::Accent`] or of a kind's or severity's colour.
    OnAccent,
    /// Commands.
    Command,
    /// Queries.
    Query,
    /// Events.
    Event,
    /// Errors, and accesses that should not be.
    Error,
    /// Ground of an error.
    ErrorFill,
    /// Warnings.
    Warning,
    /// Ground of a warning.
    WarningFill,
    /// Ground of an owner's systems: one of [`TINTS`].
    Tint(u8),
    /// Their outline.
    TintLine(u8),
}

/// A point in diagram units; y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

/// A rectangle in diagram units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

/// How a line is broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dash {
    /// Unbroken.
    #[default]
    Solid,
    /// 6 on, 4 off.
    Dashed,
    /// Dots: 1.5 on, 3.5 off, in units of the line's width over 1.5.
    Dotted,
}

impl Dash {
    /// On and off lengths for a line of this width; `None` if unbroken.
    pub fn pattern(self, width: f32) -> Option<(f32, f32)> {
        match self {
            Self::Solid => None,
            Self::Dashed => Some((6.0, 4.0)),
            Self::Dotted => Some((width, width * 1.8)),
        }
    }
}

/// A line's look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// What its colour means.
    pub role: Role,
    /// Width in diagram units.
    pub width: f32,
    /// How it is broken.
    pub dash: Dash,
}

/// A closed figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Outline {
    /// A rectangle with round corners.
    Round(Rect, f32),
    /// A closed polygon, convex or not.
    Polygon(Vec<Point>),
    /// A circle: centre and radius.
    Circle(Point, f32),
}

/// Which point of a text its position names. The y of the position is always the baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Its left end.
    #[default]
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// One thing to paint, in painting order.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A closed figure, filled and then stroked.
    Shape {
        /// Its outline.
        outline: Outline,
        /// What fills it.
        fill: Option<Role>,
        /// What outlines it.
        stroke: Option<Stroke>,
    },
    /// An open polyline with butt caps and round joins.
    Path {
        /// Its points, two at least.
        points: Vec<Point>,
        /// Its look.
        stroke: Stroke,
    },
    /// One line of text.
    Text {
        /// The baseline's point named by `align`.
        at: Point,
        /// The text, already wrapped and shortened.
        text: String,
        /// The face.
        face: Face,
        /// The size in diagram units.
        size: f32,
        /// The colour.
        role: Role,
        /// What `at` names.
        align: Align,
    },
}

/// A figure: a display list and the space it takes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// What all items lie within, margins included.
    pub bounds: Rect,
    /// The items, in painting order.
    pub items: Vec<Item>,
}

impl Point {
    /// This point, moved.
    pub fn moved(self, dx: f32, dy: f32) -> Self {
        Self { x: self.x + dx, y: self.y + dy }
    }
}

impl Rect {
    /// This rectangle, moved.
    pub fn moved(self, dx: f32, dy: f32) -> Self {
        Self { x: self.x + dx, y: self.y + dy, ..self }
    }

    /// The smallest rectangle around both.
    pub fn around(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, low) = ((self.x + self.w).max(other.x + other.w), (self.y + self.h).max(other.y + other.h));
        Self { x, y, w: right - x, h: low - y }
    }

    /// Whether the two share a point.
    pub fn meets(&self, other: &Self) -> bool {
        self.x <= other.x + other.w
            && other.x <= self.x + self.w
            && self.y <= other.y + other.h
            && other.y <= self.y + self.h
    }

    /// Whether a point is inside.
    pub fn contains(&self, point: Point) -> bool {
        point.x >= self.x && point.x <= self.x + self.w && point.y >= self.y && point.y <= self.y + self.h
    }
}

impl Item {
    /// This item, moved.
    pub fn moved(self, dx: f32, dy: f32) -> Self {
        let all = |points: Vec<Point>| points.into_iter().map(|point| point.moved(dx, dy)).collect();
        match self {
            Self::Shape { outline, fill, stroke } => {
                let outline = match outline {
                    Outline::Round(rect, radius) => Outline::Round(rect.moved(dx, dy), radius),
                    Outline::Polygon(points) => Outline::Polygon(all(points)),
                    Outline::Circle(centre, radius) => Outline::Circle(centre.moved(dx, dy), radius),
                };
                Self::Shape { outline, fill, stroke }
            }
            Self::Path { points, stroke } => Self::Path { points: all(points), stroke },
            Self::Text { at, text, face, size, role, align } => {
                Self::Text { at: at.moved(dx, dy), text, face, size, role, align }
            }
        }
    }
}
