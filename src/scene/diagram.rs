//! The diagram: a plan and a drawing of it, as a display list in the shapes of the house.

use std::{cmp::Ordering, collections::BTreeMap, ops::Range};

use super::{
    Align, Dash, Dress, Dressing, Item, LineDress, Outline, Point, Rect, Role, Scene, Stroke, Uses,
    shapes::{chevron, domed, grown, half, head, hull, notched, rounded, toward, wings},
    trunk,
};
use crate::{
    layout::{
        Area, Bundle, CAPTION_SIZE, Drawing, FRAME_SIZE, Frame, LETTER, Look, NodeKind, Plan, PlannedNode, Spot,
        TITLE_SIZE,
    },
    model::{InteractionKind, Key, SystemKind},
    text::{self, Face},
};

/// Radius of boxes' corners.
const CORNER: f32 = 8.0;
/// Radius of frames' corners.
const FRAME_CORNER: f32 = 12.0;
/// The worst that was found about an element, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Badge {
    /// The worst.
    pub worst: Worst,
    /// How many of the worst.
    pub count: usize,
}

/// How bad, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worst {
    /// An error: a filled triangle.
    Error,
    /// A warning: a filled circle.
    Warning,
    /// A gap: an open ring.
    Gap,
}

impl Badge {
    /// The worst of both, and how much of that there is.
    pub(super) fn with(self, other: Self) -> Self {
        match self.worst.cmp(&other.worst) {
            Ordering::Less => self,
            Ordering::Greater => other,
            Ordering::Equal => Self { count: self.count + other.count, ..self },
        }
    }
}

/// Something in a diagram that can be pointed at.
#[derive(Clone, Debug)]
pub struct Mark {
    /// What it stands for.
    pub keys: Vec<Key>,
    /// Where it is.
    pub area: Rect,
    /// For lines: their way. Empty for boxes and frames.
    pub path: Vec<Point>,
    /// What it is called.
    pub name: String,
    /// Its place in the plan's list of frames, lines or boxes. The ways of one line have the same.
    pub at: usize,
}

/// What a stretch of a diagram's items shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKind {
    /// A frame, without its title.
    Frame,
    /// The tint behind a member of a mesh.
    Mesh,
    /// A line, with head and tail.
    Line,
    /// A frame's title.
    Title,
    /// A box.
    Box,
    /// A line's plaque.
    Label,
    /// A box's count of findings.
    Badge,
}

/// A stretch of a diagram's items that shows one thing: so that what is out of sight, or too small, can be left out.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it shows.
    pub kind: PartKind,
    /// The place of what it shows in the plan's list of frames, lines or boxes.
    pub at: usize,
    /// What it lies within.
    pub area: Rect,
    /// Its items.
    pub items: Range<usize>,
}

/// A diagram: what to paint, and what can be pointed at.
#[derive(Clone, Debug, Default)]
pub struct Diagram {
    /// What to paint.
    pub scene: Scene,
    /// Frames, outermost first.
    pub frames: Vec<Mark>,
    /// Lines.
    pub lines: Vec<Mark>,
    /// Boxes.
    pub boxes: Vec<Mark>,
    /// All items again, by what they show, in painting order.
    pub parts: Vec<Part>,
    /// What the legend explains.
    pub uses: Uses,
}

/// Builds a diagram, as a lens dresses it.
pub fn diagram(plan: &Plan, drawing: &Drawing, badges: &BTreeMap<Key, Badge>, dressing: &Dressing) -> Diagram {
    let mut painter = Painter::default();
    let mut built = Diagram::default();
    for (at, (frame, area)) in frames(plan, drawing) {
        painter.frame(rect(area));
        let name = format!("{}, {}", frame.title, frame.key.kind.phrase());
        built.frames.push(mark(at, &frame.key, &name, rect(area)));
        built.part(PartKind::Frame, at, rect(area), &painter);
    }
    for (at, (node, area)) in plan.nodes.iter().zip(&drawing.nodes).enumerate() {
        if node.in_mesh {
            painter.round(grown(rect(area), 8.0), FRAME_CORNER, Some(Role::MeshFill), None);
            built.part(PartKind::Mesh, at, grown(rect(area), 8.0), &painter);
        }
    }
    for (at, (bundle, ways)) in plan.bundles.iter().zip(&drawing.edges).enumerate() {
        let marks = painter.ways(at, bundle, ways, &Pen::of(at, bundle, dressing));
        let area = marks.iter().map(|mark| mark.area).reduce(Rect::around).unwrap_or_default();
        built.lines.extend(marks);
        built.part(PartKind::Line, at, grown(area, 8.0), &painter);
    }
    // Titles lie over lines, so that no line runs through a word.
    for (at, (frame, area)) in frames(plan, drawing) {
        painter.title(&frame.title, &frame.aside, rect(area));
        built.part(PartKind::Title, at, rect(area), &painter);
    }
    for (at, (node, area)) in plan.nodes.iter().zip(&drawing.nodes).enumerate() {
        painter.node(node, dressing.boxes.get(&node.key), rect(area));
        built.boxes.push(mark(at, &node.key, &dressing.spoken(&node.key, &node.name), rect(area)));
        built.part(PartKind::Box, at, grown(rect(area), 2.0), &painter);
    }
    for (at, (bundle, area)) in plan.bundles.iter().zip(&drawing.labels).enumerate() {
        let pen = Pen::of(at, bundle, dressing);
        let label = area.as_ref().map(rect);
        let area = match label {
            Some(area) => {
                painter.label(bundle, &pen, area);
                Some(area)
            }
            None => painter.sign_on_way(drawing.edges.get(at), &pen),
        };
        if let Some(area) = area {
            built.part(PartKind::Label, at, area, &painter);
        }
    }
    for (at, (node, area)) in plan.nodes.iter().zip(&drawing.nodes).enumerate() {
        if let Some(badge) = badge_of(node, badges) {
            let spot = Point { x: area.right() as f32 - 2.0, y: area.y as f32 + 2.0 };
            painter.badge(badge, spot);
            let around = Rect { x: spot.x - 12.0, y: spot.y - 12.0, w: 24.0, h: 24.0 };
            built.part(PartKind::Badge, at, around, &painter);
        }
    }
    built.uses = Uses::of(plan);
    built.scene = Scene { bounds: bounds(drawing), items: painter.items };
    built
}

impl Diagram {
    /// What was painted last is one part.
    fn part(&mut self, kind: PartKind, at: usize, area: Rect, painter: &Painter) {
        let from = self.parts.last().map_or(0, |part| part.items.end);
        self.parts.push(Part { kind, at, area, items: from..painter.items.len() });
    }

    /// The items of a part.
    pub fn items(&self, part: &Part) -> &[Item] {
        self.scene.items.get(part.items.clone()).unwrap_or_default()
    }
}

/// The frames that hold something, with their places in the plan.
fn frames<'a>(plan: &'a Plan, drawing: &'a Drawing) -> impl Iterator<Item = (usize, (&'a Frame, &'a Area))> {
    plan.frames.iter().zip(&drawing.containers).enumerate().filter(|(_, (_, area))| !area.is_empty())
}

fn mark(at: usize, key: &Key, name: &str, area: Rect) -> Mark {
    Mark { keys: vec![key.clone()], area, path: Vec::new(), name: name.to_owned(), at }
}

/// The worst about a box and, where it is a collapsed container, about all that stands in it.
pub(super) fn badge_of(node: &PlannedNode, badges: &BTreeMap<Key, Badge>) -> Option<Badge> {
    let found = std::iter::once(&node.key).chain(&node.holds).filter_map(|key| badges.get(key).copied());
    found.reduce(Badge::with)
}

/// One box alone.
pub fn one_box(node: &PlannedNode, dress: Option<&Dress>, rect: Rect) -> Vec<Item> {
    let mut painter = Painter::default();
    painter.node(node, dress, rect);
    painter.items
}

/// How a line is painted: as its kind says, or as a lens does.
pub(super) struct Pen<'a> {
    pub(super) role: Role,
    pub(super) heavy: bool,
    /// What the lens says of it; `None` through the lens of kinds, and where the lens has nothing to say.
    dress: Option<&'a LineDress>,
    /// Whether the letter of the kind is shown.
    lettered: bool,
}

impl<'a> Pen<'a> {
    fn of(at: usize, bundle: &Bundle, dressing: &'a Dressing) -> Self {
        let dress = dressing.line(at);
        let role = match (dress, &dressing.lines) {
            (Some(dress), _) => dress.role,
            (None, Some(_)) => Role::BoxLine,
            (None, None) => colour(bundle.look),
        };
        Self { role, heavy: dress.is_some_and(|dress| dress.heavy), dress, lettered: dressing.lines.is_none() }
    }

    /// A pen for the legend.
    pub(super) fn plain(role: Role, heavy: bool) -> Self {
        Self { role, heavy, dress: None, lettered: true }
    }
}

/// Everything drawn, with a margin around.
fn bounds(drawing: &Drawing) -> Rect {
    let spots = drawing.edges.iter().flatten().flatten().map(|(x, y)| Area { x: *x, y: *y, w: 1, h: 1 });
    let areas = drawing.nodes.iter().chain(&drawing.containers).chain(drawing.labels.iter().flatten()).copied();
    let hull = areas.chain(spots).fold(Area::default(), |hull, area| hull.around(&area));
    grown(rect(&hull), 24.0)
}

fn spots(way: &[Spot]) -> Vec<Point> {
    way.iter().map(|(x, y)| Point { x: *x as f32, y: *y as f32 }).collect()
}

fn rect(area: &Area) -> Rect {
    Rect { x: area.x as f32, y: area.y as f32, w: area.w as f32, h: area.h as f32 }
}

/// The colour of a line.
pub(super) fn colour(look: Look) -> Role {
    match look {
        Look::Interaction(InteractionKind::Command) => Role::Command,
        Look::Interaction(InteractionKind::Query) => Role::Query,
        Look::Interaction(InteractionKind::Event) => Role::Event,
        Look::Interaction(InteractionKind::Unclassified) | Look::Access => Role::BoxLine,
        Look::Aggregate => Role::Soft,
        Look::DirectWrite => Role::Error,
    }
}

/// Writes items.
#[derive(Default)]
pub(super) struct Painter {
    pub(super) items: Vec<Item>,
}

impl Painter {
    pub(super) fn round(&mut self, rect: Rect, radius: f32, fill: Option<Role>, stroke: Option<Stroke>) {
        self.items.push(Item::Shape { outline: Outline::Round(rect, radius), fill, stroke });
    }

    fn polygon(&mut self, points: Vec<Point>, fill: Option<Role>, stroke: Option<Stroke>) {
        self.items.push(Item::Shape { outline: Outline::Polygon(points), fill, stroke });
    }

    pub(super) fn text(&mut self, at: Point, text: &str, face: Face, size: f32, role: Role, align: Align) {
        if !text.is_empty() {
            self.items.push(Item::Text { at, text: text.to_owned(), face, size, role, align });
        }
    }

    fn frame(&mut self, rect: Rect) {
        let stroke = Stroke { role: Role::ContainerLine, width: 1.5, dash: Dash::Solid };
        self.round(rect, FRAME_CORNER, Some(Role::ContainerFill), Some(stroke));
    }

    fn title(&mut self, title: &str, aside: &str, rect: Rect) {
        let y = rect.y + 24.0;
        let mut plaque = |x: f32, w: f32| {
            if w > 0.0 {
                self.round(Rect { x: x - 4.0, y: y - 13.0, w: w + 8.0, h: 18.0 }, 4.0, Some(Role::Panel), None);
            }
        };
        let aside_width = text::width(Face::Regular, CAPTION_SIZE, aside);
        plaque(rect.x + 16.0, text::width(Face::SemiBold, FRAME_SIZE, title));
        plaque(rect.x + rect.w - 16.0 - aside_width, aside_width);
        self.text(Point { x: rect.x + 16.0, y }, title, Face::SemiBold, FRAME_SIZE, Role::Text, Align::Start);
        self.text(Point { x: rect.x + rect.w - 16.0, y }, aside, Face::Regular, CAPTION_SIZE, Role::Soft, Align::End);
    }

    /// A box in the shape of its kind.
    pub(super) fn node(&mut self, node: &PlannedNode, dress: Option<&Dress>, rect: Rect) {
        let fill = dress.map_or(Role::BoxFill, |dress| dress.fill);
        let width = if dress.is_some_and(|dress| dress.heavy) { 3.0 } else { 1.5 };
        let solid = Stroke { role: dress.map_or(Role::BoxLine, |dress| dress.line), width, dash: Dash::Solid };
        let caption = dress.map_or(&node.caption, |dress| &dress.caption);
        match node.kind {
            NodeKind::Store => return self.cylinder(node, dress, rect, solid),
            NodeKind::Group => return self.stack(node, caption, rect, fill, solid),
            NodeKind::System(SystemKind::Backbone) => return self.bar(node, caption, rect, fill, solid),
            NodeKind::System(SystemKind::Service | SystemKind::Application) => {
                self.round(rect, CORNER, Some(fill), Some(solid));
            }
            NodeKind::System(SystemKind::Legacy) => {
                let dashed = Stroke { dash: Dash::Dashed, ..solid };
                let ground = dress.map_or(Role::LegacyFill, |dress| dress.fill);
                self.round(rect, CORNER, Some(ground), Some(dashed));
            }
            NodeKind::System(SystemKind::External) => {
                self.round(rect, CORNER, Some(fill), Some(solid));
                let inner = Stroke { width: 1.0, ..solid };
                self.round(grown(rect, -3.5), CORNER - 3.0, None, Some(inner));
            }
            NodeKind::System(SystemKind::Gateway) => self.polygon(chevron(rect), Some(fill), Some(solid)),
            NodeKind::System(SystemKind::Adapter) => self.polygon(notched(rect), Some(fill), Some(solid)),
            NodeKind::System(SystemKind::Person) => self.polygon(domed(rect), Some(fill), Some(solid)),
        }
        let inset = match node.kind {
            NodeKind::System(SystemKind::Gateway | SystemKind::Adapter) => 20.0,
            NodeKind::System(SystemKind::Person) => 22.0,
            _ => 14.0,
        };
        let x = rect.x + inset;
        // A dress came after the layout: its words have the room that there is.
        let caption = text::shorten(Face::Regular, CAPTION_SIZE, caption, (rect.w - inset - 8.0).max(0.0));
        let alone = caption.is_empty();
        let y = rect.y + if alone { 33.0 } else { 25.0 };
        self.text(Point { x, y }, &node.title, Face::SemiBold, TITLE_SIZE, Role::Text, Align::Start);
        let below = Point { x, y: rect.y + 43.0 };
        self.text(below, &caption, Face::Regular, CAPTION_SIZE, Role::Soft, Align::Start);
    }

    fn bar(&mut self, node: &PlannedNode, caption: &str, rect: Rect, fill: Role, stroke: Stroke) {
        self.round(rect, rect.h / 2.0, Some(fill), Some(stroke));
        let y = rect.y + rect.h / 2.0 + 5.0;
        self.text(Point { x: rect.x + 24.0, y }, &node.title, Face::SemiBold, TITLE_SIZE, Role::Text, Align::Start);
        let x = rect.x + 32.0 + text::width(Face::SemiBold, TITLE_SIZE, &node.title);
        self.text(Point { x, y }, caption, Face::Regular, CAPTION_SIZE, Role::Soft, Align::Start);
    }

    /// A collapsed container: boxes behind one another, and the wedge that lists open with.
    fn stack(&mut self, node: &PlannedNode, caption: &str, rect: Rect, fill: Role, stroke: Stroke) {
        let depth = if node.title.is_empty() { 4.0 } else { 6.0 };
        let (w, h) = (rect.w - depth, rect.h - depth);
        for by in [depth, depth / 2.0, 0.0] {
            let card = Rect { x: rect.x + by, y: rect.y + depth - by, w, h };
            self.round(card, FRAME_CORNER.min(h / 4.0), Some(fill), Some(stroke));
        }
        // In the legend there is no room for more.
        if node.title.is_empty() {
            return;
        }
        let (x, middle) = (rect.x + 14.0, rect.y + depth + h / 2.0);
        let wedge = [(0.0, -5.0), (6.0, 0.0), (0.0, 5.0)];
        let points = wedge.map(|(dx, dy)| Point { x: x + dx, y: middle + dy }).to_vec();
        self.polygon(points, Some(Role::Soft), None);
        let x = x + 16.0;
        self.text(Point { x, y: middle - 3.0 }, &node.title, Face::SemiBold, TITLE_SIZE, Role::Text, Align::Start);
        let caption = text::shorten(Face::Regular, CAPTION_SIZE, caption, (w - 38.0).max(0.0));
        let below = Point { x, y: middle + 15.0 };
        self.text(below, &caption, Face::Regular, CAPTION_SIZE, Role::Soft, Align::Start);
    }

    fn cylinder(&mut self, node: &PlannedNode, dress: Option<&Dress>, rect: Rect, stroke: Stroke) {
        let fill = dress.map_or(Role::BoxFill, |dress| dress.fill);
        let lid = 7.0;
        let middle = rect.x + rect.w / 2.0;
        let (rx, top, low) = (rect.w / 2.0, rect.y + lid, rect.y + rect.h - lid);
        let arc = |from: f32, to: f32, cy: f32| {
            (0..=16_u8).map(move |step| {
                let angle = from + (to - from) * f32::from(step) / 16.0;
                Point { x: middle + rx * angle.cos(), y: cy + lid * angle.sin() }
            })
        };
        let pi = std::f32::consts::PI;
        let body: Vec<Point> = arc(pi, 2.0 * pi, top).chain(arc(0.0, pi, low)).collect();
        self.polygon(body, Some(fill), Some(stroke));
        self.items.push(Item::Path { points: arc(0.0, pi, top).collect(), stroke });
        let caption = dress.map(|dress| text::shorten(Face::Regular, CAPTION_SIZE, &dress.caption, rect.w - 12.0));
        let caption = caption.unwrap_or_default();
        let down = if caption.is_empty() { 8.0 } else { 4.0 };
        let at = Point { x: middle, y: rect.y + rect.h / 2.0 + down };
        self.text(at, &node.title, Face::Regular, 12.0, Role::Text, Align::Middle);
        self.text(at.moved(0.0, 13.0), &caption, Face::Regular, CAPTION_SIZE, Role::Soft, Align::Middle);
    }

    /// All ways of a line, what they share once; gives a mark for each.
    fn ways(&mut self, at: usize, bundle: &Bundle, ways: &[Vec<Spot>], pen: &Pen<'_>) -> Vec<Mark> {
        let mut marks = Vec::new();
        let painted = trunk::branches(ways);
        for ((branch, way), part) in
            bundle.branches.iter().zip(ways).zip(&painted).filter(|((_, way), _)| way.len() > 1)
        {
            self.line(bundle.look, pen, part, branch.members.len(), part.first() == way.first());
            let path = rounded(&spots(way));
            let (keys, name) = (branch.members.clone(), branch.name.clone());
            marks.push(Mark { keys, area: hull(&path), path, name, at });
        }
        marks
    }

    /// A line that stands for so many, with its head and, unless it branches off another, its tail.
    pub(super) fn line(&mut self, look: Look, pen: &Pen<'_>, way: &[Spot], count: usize, tail: bool) {
        let role = pen.role;
        let points = spots(way);
        let (width, dash) = match look {
            Look::Interaction(InteractionKind::Command) | Look::DirectWrite => (1.75, Dash::Solid),
            Look::Interaction(InteractionKind::Query) => (1.75, Dash::Dashed),
            Look::Interaction(InteractionKind::Event) => (2.25, Dash::Dotted),
            Look::Interaction(InteractionKind::Unclassified) => (1.25, Dash::Solid),
            Look::Access => (1.5, Dash::Solid),
            // The more it stands for, the heavier: the main ways show among the many.
            Look::Aggregate => ((1.25 + 0.55 * (count.max(1) as f32).log2()).min(5.0), Dash::Solid),
        };
        let width = if pen.heavy { width + 1.5 } else { width };
        let stroke = Stroke { role, width, dash };
        let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) else { return };
        let before = points.iter().rev().nth(1).copied().unwrap_or(first);
        let filled = match look {
            Look::Interaction(kind) => matches!(kind, InteractionKind::Command | InteractionKind::Event),
            Look::DirectWrite | Look::Aggregate => true,
            Look::Access => false,
        };
        let mut painted = points.clone();
        if filled {
            // The line ends inside its head, or dashes would show through the tip.
            let tip = painted.len() - 1;
            painted[tip] = toward(last, before, 6.0);
        }
        self.items.push(Item::Path { points: rounded(&painted), stroke });
        let plain = Stroke { dash: Dash::Solid, ..stroke };
        if filled {
            let (long, wide) = if width > 2.5 { (12.0, 6.5) } else { (9.0, 4.5) };
            self.polygon(head(last, before, long, wide), Some(role), None);
        } else if matches!(look, Look::Interaction(InteractionKind::Query | InteractionKind::Unclassified)) {
            let [left, right] = wings(last, before, 8.0, 5.0);
            self.items.push(Item::Path { points: vec![left, last, right], stroke: plain });
        }
        if tail && look == Look::Interaction(InteractionKind::Event) {
            self.items.push(Item::Shape { outline: Outline::Circle(first, 4.0), fill: Some(role), stroke: None });
        }
    }

    /// A plaque: the letter of the kind or the sign of a lens in a small square, and what is carried.
    fn label(&mut self, bundle: &Bundle, pen: &Pen<'_>, rect: Rect) {
        let Look::Interaction(kind) = bundle.look else {
            let told = pen.dress.and_then(|dress| dress.label.as_deref()).unwrap_or(&bundle.label);
            // What a lens counts may need more room than what was measured.
            let more = (text::width(Face::SemiBold, CAPTION_SIZE, told) + 8.0 - rect.w).max(0.0);
            let plaque = Rect { x: rect.x - more / 2.0, w: rect.w + more, ..rect };
            self.round(plaque, 4.0, Some(Role::Canvas), None);
            let at = Point { x: rect.x + rect.w / 2.0, y: rect.y + rect.h / 2.0 + 4.0 };
            return self.text(at, told, Face::SemiBold, CAPTION_SIZE, pen.role, Align::Middle);
        };
        let y = rect.y + rect.h / 2.0 + 4.0;
        if pen.dress.is_none() && !pen.lettered {
            // The lens says nothing of it: what is carried stands alone, and softly.
            if !bundle.label.is_empty() {
                self.round(rect, 4.0, Some(Role::Canvas), None);
                let at = Point { x: rect.x + rect.w / 2.0, y };
                self.text(at, &bundle.label, Face::Regular, CAPTION_SIZE, Role::Soft, Align::Middle);
            }
            return;
        }
        self.round(rect, 4.0, Some(Role::Canvas), None);
        let square = Rect { x: rect.x + 3.0, y: rect.y + (rect.h - LETTER) / 2.0, w: LETTER, h: LETTER };
        self.sign(pen.dress.map_or(kind.letter(), |dress| dress.sign), pen.role, square);
        let x = square.x + LETTER + 5.0;
        self.text(Point { x, y }, &bundle.label, Face::Regular, CAPTION_SIZE, Role::Text, Align::Start);
    }

    /// The sign of a lens on a line that has no label, where its first way is half gone.
    fn sign_on_way(&mut self, ways: Option<&Vec<Vec<Spot>>>, pen: &Pen<'_>) -> Option<Rect> {
        let (dress, way) = pen.dress.zip(ways.and_then(|ways| ways.first()))?;
        let at = half(&spots(way));
        let square = Rect { x: at.x - LETTER / 2.0, y: at.y - LETTER / 2.0, w: LETTER, h: LETTER };
        self.round(grown(square, 2.0), 4.0, Some(Role::Canvas), None);
        self.sign(dress.sign, pen.role, square);
        Some(grown(square, 2.0))
    }

    /// A letter or sign in a small square. What is open or says little is outlined only.
    pub(super) fn sign(&mut self, sign: char, role: Role, square: Rect) {
        let hollow = matches!(role, Role::BoxLine | Role::Faint);
        let stroke = Stroke { role, width: 1.25, dash: Dash::Solid };
        let (fill, stroke, ink) =
            if hollow { (Role::Panel, Some(stroke), Role::Soft) } else { (role, None, Role::OnAccent) };
        self.round(square, 3.0, Some(fill), stroke);
        let at = Point { x: square.x + square.w / 2.0, y: square.y + square.h / 2.0 + 3.6 };
        self.text(at, &sign.to_string(), Face::SemiBold, 10.0, ink, Align::Middle);
    }

    pub(super) fn badge(&mut self, badge: Badge, at: Point) {
        let count = if badge.count > 99 { "99+".to_owned() } else { badge.count.to_string() };
        let size = if count.len() > 1 { 8.0 } else { 9.5 };
        let (role, drop) = match badge.worst {
            Worst::Error => {
                let points = vec![
                    Point { x: at.x, y: at.y - 11.0 },
                    Point { x: at.x + 11.0, y: at.y + 8.0 },
                    Point { x: at.x - 11.0, y: at.y + 8.0 },
                ];
                self.polygon(points, Some(Role::Error), None);
                (Role::OnAccent, 6.0)
            }
            Worst::Warning => {
                self.items.push(Item::Shape {
                    outline: Outline::Circle(at, 9.0),
                    fill: Some(Role::Warning),
                    stroke: None,
                });
                (Role::OnAccent, 3.5)
            }
            Worst::Gap => {
                let stroke = Stroke { role: Role::Faint, width: 1.5, dash: Dash::Solid };
                self.items.push(Item::Shape {
                    outline: Outline::Circle(at, 8.5),
                    fill: Some(Role::Panel),
                    stroke: Some(stroke),
                });
                (Role::Soft, 3.5)
            }
        };
        self.text(Point { x: at.x, y: at.y + drop }, &count, Face::SemiBold, size, role, Align::Middle);
    }
}
