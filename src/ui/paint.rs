//! A display list on an egui painter.

use egui::{Align2, Color32, FontId, Painter, Pos2, Shape, Stroke, StrokeKind, pos2};

use super::theme;
use crate::{
    scene::{Align, Dash, Item, Outline, Palette, Point, Rect},
    text::Face,
};

/// Where a diagram stands on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Camera {
    /// The point of the diagram in the middle of the canvas.
    pub(super) centre: Point,
    /// Screen points per diagram unit.
    pub(super) zoom: f32,
}

/// Smaller and larger is no use.
pub(super) const ZOOMS: std::ops::RangeInclusive<f32> = 0.05..=4.0;
/// Text smaller than this on the screen is left out.
const LEAST_TEXT: f32 = 4.0;
/// Below this zoom all lines are unbroken: a diagram so far away has too many dashes to draw.
const LEAST_DASHED: f32 = 0.15;

impl Camera {
    pub(super) fn to_screen(self, canvas: egui::Rect, point: Point) -> Pos2 {
        let middle = canvas.center();
        pos2(middle.x + (point.x - self.centre.x) * self.zoom, middle.y + (point.y - self.centre.y) * self.zoom)
    }

    pub(super) fn to_diagram(self, canvas: egui::Rect, point: Pos2) -> Point {
        let middle = canvas.center();
        Point {
            x: (point.x - middle.x) / self.zoom + self.centre.x,
            y: (point.y - middle.y) / self.zoom + self.centre.y,
        }
    }

    pub(super) fn rect(self, canvas: egui::Rect, rect: Rect) -> egui::Rect {
        let min = self.to_screen(canvas, Point { x: rect.x, y: rect.y });
        egui::Rect::from_min_size(min, egui::vec2(rect.w, rect.h) * self.zoom)
    }

    /// Shows all of a rectangle, no larger than life and a quarter.
    pub(super) fn fit(canvas: egui::Rect, bounds: Rect) -> Self {
        let zoom = (canvas.width() / bounds.w.max(1.0)).min(canvas.height() / bounds.h.max(1.0)).min(1.25);
        let centre = Point { x: bounds.x + bounds.w / 2.0, y: bounds.y + bounds.h / 2.0 };
        Self { centre, zoom: zoom.clamp(*ZOOMS.start(), *ZOOMS.end()) }
    }

    /// The same in what is left of the canvas between what is taken at its top and at its bottom.
    pub(super) fn fit_between(canvas: egui::Rect, above: f32, below: f32, bounds: Rect) -> Self {
        let (top, low) = (canvas.min + egui::vec2(0.0, above), canvas.max - egui::vec2(0.0, below));
        let free = egui::Rect::from_min_max(top, low);
        let mut camera = Self::fit(free, bounds);
        camera.centre.y += (canvas.center().y - free.center().y) / camera.zoom;
        camera
    }

    /// Zooms and keeps what is under a place of the screen there.
    pub(super) fn zoom_at(&mut self, canvas: egui::Rect, at: Pos2, factor: f32) {
        let held = self.to_diagram(canvas, at);
        self.zoom = (self.zoom * factor).clamp(*ZOOMS.start(), *ZOOMS.end());
        let moved = self.to_diagram(canvas, at);
        self.centre.x += held.x - moved.x;
        self.centre.y += held.y - moved.y;
    }
}

/// How items are painted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// How much of their colour they have.
    pub(super) fade: f32,
    /// Whether text may jump in size: while the zoom changes, every other size would be set anew in every frame.
    pub(super) coarse: bool,
}

/// Paints items.
pub(super) fn items(painter: &Painter, canvas: egui::Rect, camera: Camera, palette: Palette, items: &[Item]) {
    items_as(painter, canvas, camera, palette, items, Manner { fade: 1.0, coarse: false });
}

/// Paints items in a manner.
pub(super) fn items_as(
    painter: &Painter,
    canvas: egui::Rect,
    camera: Camera,
    palette: Palette,
    items: &[Item],
    manner: Manner,
) {
    let brush = Brush { painter, canvas, camera, palette, manner };
    for item in items {
        brush.item(item);
    }
}

struct Brush<'a> {
    painter: &'a Painter,
    canvas: egui::Rect,
    camera: Camera,
    palette: Palette,
    manner: Manner,
}

impl Brush<'_> {
    fn at(&self, point: Point) -> Pos2 {
        self.camera.to_screen(self.canvas, point)
    }

    fn colour(&self, role: crate::scene::Role) -> Color32 {
        let colour = theme::rgba(self.palette, role);
        if self.manner.fade < 1.0 { colour.gamma_multiply(self.manner.fade) } else { colour }
    }

    fn stroke(&self, stroke: crate::scene::Stroke) -> Stroke {
        Stroke::new((stroke.width * self.camera.zoom).max(1.0), self.colour(stroke.role))
    }

    fn item(&self, item: &Item) {
        match item {
            Item::Shape { outline, fill, stroke } => self.shape(outline, *fill, *stroke),
            Item::Path { points, stroke } => {
                let points: Vec<Pos2> = points.iter().map(|point| self.at(*point)).collect();
                self.line(&points, *stroke);
            }
            Item::Text { at, text, face, size, role, align } => {
                let at = self.at(*at);
                if self.canvas.expand(400.0).contains(at) {
                    self.text(at, text, *face, *size, self.colour(*role), *align);
                }
            }
        }
    }

    fn shape(&self, outline: &Outline, fill: Option<crate::scene::Role>, stroke: Option<crate::scene::Stroke>) {
        let ground = fill.map_or(Color32::TRANSPARENT, |role| self.colour(role));
        let line = stroke.map_or(Stroke::NONE, |stroke| self.stroke(stroke));
        let dashed = stroke.filter(|stroke| stroke.dash != Dash::Solid);
        match outline {
            Outline::Round(rect, radius) => {
                let area = self.camera.rect(self.canvas, *rect);
                if !area.intersects(self.canvas.expand(8.0)) {
                    return;
                }
                let radius = radius * self.camera.zoom;
                let solid = if dashed.is_some() { Stroke::NONE } else { line };
                self.painter.rect(area, radius, ground, solid, StrokeKind::Middle);
                if let Some(stroke) = dashed {
                    self.line(&rounded(area, radius), stroke);
                }
            }
            Outline::Polygon(points) => {
                let points: Vec<Pos2> = points.iter().map(|point| self.at(*point)).collect();
                if egui::Rect::from_points(&points).intersects(self.canvas.expand(8.0)) {
                    // Notches make some outlines concave: egui fills those right only as path with no feathered seams,
                    // so that the fill is painted from the middle of the box.
                    self.painter.add(fan(&points, ground));
                    self.painter.add(Shape::closed_line(points, line));
                }
            }
            Outline::Circle(centre, radius) => {
                self.painter.circle(self.at(*centre), radius * self.camera.zoom, ground, line);
            }
        }
    }

    fn line(&self, points: &[Pos2], stroke: crate::scene::Stroke) {
        if !egui::Rect::from_points(points).expand(8.0).intersects(self.canvas) {
            return;
        }
        let pen = self.stroke(stroke);
        // Far away, dashes stay long enough to be told from a line and from one another.
        let scale = self.camera.zoom.max(0.6);
        match stroke.dash.pattern(stroke.width) {
            Some((on, off)) if self.camera.zoom > LEAST_DASHED => {
                let seen = self.canvas.expand(8.0);
                // Ends come to stand on whole pixels: a shorter dot would come to nothing.
                let least = 2.0 / self.painter.pixels_per_point();
                self.painter.extend(dashes(points, pen, ((on * scale).max(least), off * scale), seen));
            }
            _ => self.painter.extend(runs(points, self.canvas.expand(8.0)).map(|run| Shape::line(run.to_vec(), pen))),
        }
    }

    fn text(&self, at: Pos2, text: &str, face: Face, size: f32, colour: Color32, align: Align) {
        let size = size * self.camera.zoom;
        if size < LEAST_TEXT {
            return;
        }
        // Glyphs are cached by size: half points keep the cache small while zooming.
        let size = if self.manner.coarse { (size / 2.0).floor() * 2.0 } else { (size * 2.0).round() / 2.0 };
        let galley = self.painter.layout_no_wrap(text.to_owned(), FontId::new(size, theme::family(face)), colour);
        let baseline = galley.rows.first().and_then(|row| row.glyphs.first()).map_or(size, |glyph| glyph.pos.y);
        let x = match align {
            Align::Start => 0.0,
            Align::Middle => galley.size().x / 2.0,
            Align::End => galley.size().x,
        };
        self.painter.galley(pos2(at.x - x, at.y - baseline), galley, colour);
    }
}

/// The dashes of a line that can be seen. A long line has thousands that cannot, and those that can stand where they
/// stood when the view moves.
fn dashes(points: &[Pos2], pen: Stroke, (on, off): (f32, f32), seen: egui::Rect) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut passed = 0.0;
    for pair in points.windows(2) {
        let [a, b] = pair else { continue };
        let length = a.distance(*b);
        if let Some((from, to)) = inside(*a, *b, seen).filter(|_| length > 0.0) {
            let (first, last) = (passed + from * length, passed + to * length);
            let spot = |at: f32| *a + (*b - *a) * ((at - passed) / length);
            let mut at = (first / (on + off)).floor() * (on + off);
            while at < last {
                let (start, end) = (at.max(first), (at + on).min(last));
                if end > start {
                    shapes.push(Shape::line_segment([spot(start), spot(end)], pen));
                }
                at += on + off;
            }
        }
        passed += length;
    }
    shapes
}

/// The stretches of a line that can be seen: a long one has many bends that cannot.
fn runs(points: &[Pos2], seen: egui::Rect) -> impl Iterator<Item = &[Pos2]> {
    let is_seen = move |pair: &[Pos2]| egui::Rect::from_points(pair).expand(0.5).intersects(seen);
    let mut from = 0;
    std::iter::from_fn(move || {
        let pairs = || points.windows(2).enumerate();
        let (first, _) = pairs().skip(from).find(|(_, pair)| is_seen(pair))?;
        let after = pairs().skip(first).find(|(_, pair)| !is_seen(pair)).map_or(points.len() - 1, |(at, _)| at);
        from = after;
        points.get(first..=after)
    })
}

/// Which part of a straight line lies within an area, as shares of its length.
fn inside(a: Pos2, b: Pos2, area: egui::Rect) -> Option<(f32, f32)> {
    let (mut from, mut to) = (0.0_f32, 1.0_f32);
    for (start, way, least, most) in
        [(a.x, b.x - a.x, area.left(), area.right()), (a.y, b.y - a.y, area.top(), area.bottom())]
    {
        if way.abs() < 1e-6 {
            if start < least || start > most {
                return None;
            }
            continue;
        }
        let (near, far) = ((least - start) / way, (most - start) / way);
        from = from.max(near.min(far));
        to = to.min(near.max(far));
    }
    (from < to).then_some((from, to))
}

/// A filled outline as triangles around its middle: right for every outline that can be seen whole from there.
fn fan(points: &[Pos2], colour: Color32) -> Shape {
    let mut mesh = egui::Mesh::default();
    let middle = egui::Rect::from_points(points).center();
    mesh.colored_vertex(middle, colour);
    for point in points {
        mesh.colored_vertex(*point, colour);
    }
    let count = points.len() as u32;
    for at in 0..count {
        mesh.add_triangle(0, at + 1, (at + 1) % count + 1);
    }
    Shape::mesh(mesh)
}

/// The outline of a rounded rectangle as a closed line.
fn rounded(area: egui::Rect, radius: f32) -> Vec<Pos2> {
    let corners = [
        (area.right() - radius, area.top() + radius, -90.0_f32),
        (area.right() - radius, area.bottom() - radius, 0.0),
        (area.left() + radius, area.bottom() - radius, 90.0),
        (area.left() + radius, area.top() + radius, 180.0),
    ];
    let mut points: Vec<Pos2> = Vec::with_capacity(25);
    for (x, y, from) in corners {
        for step in 0..=5_u8 {
            let angle = (from + 18.0 * f32::from(step)).to_radians();
            points.push(pos2(x + radius * angle.cos(), y + radius * angle.sin()));
        }
    }
    points.extend(points.first().copied());
    points
}

/// Small signs of severity, for lists: a triangle, a disc, a ring.
pub(super) fn sign(painter: &Painter, palette: Palette, at: Pos2, worst: crate::scene::Worst) {
    use crate::scene::{Role, Worst};
    match worst {
        Worst::Error => {
            let points = vec![pos2(at.x, at.y - 5.5), pos2(at.x + 5.5, at.y + 4.5), pos2(at.x - 5.5, at.y + 4.5)];
            painter.add(Shape::convex_polygon(points, theme::rgba(palette, Role::Error), Stroke::NONE));
        }
        Worst::Warning => {
            painter.circle_filled(at, 5.0, theme::rgba(palette, Role::Warning));
        }
        Worst::Gap => {
            painter.circle_stroke(at, 4.5, Stroke::new(1.5, theme::rgba(palette, Role::Faint)));
        }
    }
}

/// The sign of a state of a requirement: a tick, a cross, a ring, a stroke.
pub(super) fn state(ui: &egui::Ui, at: Pos2, state: crate::rules::State) {
    use crate::{rules::State, scene::Role};
    let pen = |width, role| Stroke::new(width, theme::colour(ui, role));
    let painter = ui.painter();
    match state {
        State::Met => {
            let points = vec![pos2(at.x - 4.5, at.y), pos2(at.x - 1.5, at.y + 3.5), pos2(at.x + 4.5, at.y - 4.0)];
            painter.add(Shape::line(points, pen(1.8, Role::Soft)));
        }
        State::NotMet => {
            for by in [-4.0, 4.0] {
                painter.line_segment([pos2(at.x - 4.0, at.y - by), pos2(at.x + 4.0, at.y + by)], pen(2.2, Role::Error));
            }
        }
        State::NotStated => {
            painter.circle_stroke(at, 4.5, pen(1.5, Role::Faint));
        }
        State::NotApplicable => {
            painter.line_segment([pos2(at.x - 3.5, at.y), pos2(at.x + 3.5, at.y)], pen(1.2, Role::Faint));
        }
    }
}

/// Text in a face, left-aligned and middled on a height.
pub(super) fn words(painter: &Painter, at: Pos2, text: &str, face: Face, size: f32, colour: Color32) -> egui::Rect {
    painter.text(at, Align2::LEFT_CENTER, text, FontId::new(size, theme::family(face)), colour)
}

/// A word that can be pressed, in the middle of a place.
pub(super) fn small_button(
    ui: &egui::Ui,
    rect: egui::Rect,
    text: &str,
    name: &str,
    role: crate::scene::Role,
) -> egui::Response {
    use crate::{scene::Role, text};
    let place = (rect.left().to_bits(), rect.top().to_bits());
    let response = ui.interact(rect, ui.scope_id().with(("small", place)), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    let role = match (response.hovered(), role) {
        (true, Role::Accent) => Role::Text,
        (true, _) => Role::Accent,
        _ => role,
    };
    let at = pos2(rect.center().x - text::width(Face::Regular, 12.0, text) / 2.0, rect.center().y);
    words(ui.painter(), at, text, Face::Regular, 12.0, theme::colour(ui, role));
    theme::focus_ring(ui, &response);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// The ground of a heading in a table, with a hairline below.
pub(super) fn heading_ground(ui: &egui::Ui, rect: egui::Rect) {
    use crate::scene::Role;
    ui.painter().rect_filled(rect, 0.0, theme::colour(ui, Role::Panel));
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, theme::colour(ui, Role::Hairline)));
}

/// A small wedge: what is sorted by, and which way.
pub(super) fn wedge(painter: &Painter, at: Pos2, down: bool, colour: Color32) {
    let by = if down { 1.0 } else { -1.0 };
    let points =
        vec![pos2(at.x - 4.0, at.y - 2.0 * by), pos2(at.x + 4.0, at.y - 2.0 * by), pos2(at.x, at.y + 3.0 * by)];
    painter.add(Shape::convex_polygon(points, colour, Stroke::NONE));
}

/// The letter of a kind in its small square, from a place on the left, middled; gives how wide it is.
pub(super) fn letter(ui: &egui::Ui, at: Pos2, kind: crate::model::InteractionKind) -> f32 {
    use crate::{model::InteractionKind, scene::Role};
    let role = match kind {
        InteractionKind::Command => Role::Command,
        InteractionKind::Query => Role::Query,
        InteractionKind::Event => Role::Event,
        InteractionKind::Unclassified => Role::Soft,
    };
    let side = 15.0;
    let square = egui::Rect::from_min_size(pos2(at.x, at.y - side / 2.0), egui::vec2(side, side));
    ui.painter().rect_filled(square, 3.0, theme::colour(ui, role));
    let font = FontId::new(10.0, theme::family(Face::SemiBold));
    let ink = theme::colour(ui, Role::OnAccent);
    ui.painter().text(square.center(), Align2::CENTER_CENTER, kind.letter(), font, ink);
    side
}

/// The sign of a group: pointing right where it is folded, down where it is open.
pub(super) fn fold(painter: &Painter, at: Pos2, folded: bool, colour: Color32) {
    let points = if folded {
        vec![pos2(at.x - 2.0, at.y - 4.0), pos2(at.x + 3.0, at.y), pos2(at.x - 2.0, at.y + 4.0)]
    } else {
        vec![pos2(at.x - 4.0, at.y - 2.0), pos2(at.x + 4.0, at.y - 2.0), pos2(at.x, at.y + 3.0)]
    };
    painter.add(Shape::convex_polygon(points, colour, Stroke::NONE));
}

/// A button that opens a menu: its words, and a wedge that says so. With a width it is as wide as a field.
pub(super) fn drop_down<R>(
    ui: &mut egui::Ui,
    words: egui::RichText,
    width: Option<f32>,
    add: impl FnOnce(&mut egui::Ui) -> R,
) -> egui::Response {
    opening(ui, words, width, egui::PopupCloseBehavior::CloseOnClick, add)
}

/// The same with a menu that stays open while several of its entries are ticked.
pub(super) fn ticking<R>(
    ui: &mut egui::Ui,
    words: egui::RichText,
    add: impl FnOnce(&mut egui::Ui) -> R,
) -> egui::Response {
    opening(ui, words, None, egui::PopupCloseBehavior::CloseOnClickOutside, add)
}

fn opening<R>(
    ui: &mut egui::Ui,
    words: egui::RichText,
    width: Option<f32>,
    closes: egui::PopupCloseBehavior,
    add: impl FnOnce(&mut egui::Ui) -> R,
) -> egui::Response {
    use egui::{
        Atom, AtomExt as _, Button,
        containers::menu::{MenuButton, MenuConfig},
    };
    let gap = Atom::grow().atom_size(egui::vec2(10.0, 8.0));
    let mut button = Button::new((words, gap));
    if let Some(width) = width {
        button = button.min_size(egui::vec2(width, 26.0));
    }
    let config = MenuConfig::new().close_behavior(closes);
    let (response, _) = MenuButton::from_button(button).config(config).ui(ui, add);
    let at = pos2(response.rect.right() - 12.0, response.rect.center().y);
    wedge(ui.painter(), at, true, theme::colour(ui, crate::scene::Role::Soft));
    response
}

/// Room for the tick of an entry of a menu, and what parts it from the words.
pub(super) const TICK: f32 = 12.0;

/// An entry of a menu that is chosen or not: a tick before its words says so beside the tint.
pub(super) fn choice<'a>(chosen: bool, words: impl egui::IntoAtoms<'a>) -> egui::Button<'a> {
    use egui::AtomExt as _;
    let tick = if chosen { "✓" } else { "" };
    let mut atoms = egui::Atoms::new(tick.atom_size(egui::vec2(TICK, 14.0)));
    atoms.extend_right(words.into_atoms());
    egui::Button::selectable(chosen, atoms)
}

/// The words of an entry that is no choice, in line with those of choices where there are any.
pub(super) fn indented(words: &str, ticks: bool) -> egui::Atoms<'_> {
    use egui::AtomExt as _;
    if ticks { egui::Atoms::new(("".atom_size(egui::vec2(TICK, 14.0)), words)) } else { egui::Atoms::new(words) }
}

/// The same as [`choice`], added under its name.
pub(super) fn choice_ui(ui: &mut egui::Ui, chosen: bool, words: &str) -> egui::Response {
    let response = ui.add(choice(chosen, words));
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, ui.is_enabled(), chosen, words));
    response
}

/// A line that can be taken from a list below a field: what it is, and in grey what that means.
pub(super) fn offer(ui: &mut egui::Ui, (label, detail): (&str, &str), chosen: bool, width: f32) -> egui::Response {
    use crate::{scene::Role, text};
    let (rect, response) = ui.allocate_exact_size(egui::vec2(width, 24.0), egui::Sense::CLICK);
    let name = if detail.is_empty() { label.to_owned() } else { format!("{label}, {detail}") };
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, chosen, &name));
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, 6.0, theme::colour(ui, Role::AccentFill));
    }
    let y = rect.center().y;
    let short = text::shorten(Face::Regular, 13.0, label, width - 16.0);
    let shown =
        words(ui.painter(), pos2(rect.left() + 8.0, y), &short, Face::Regular, 13.0, theme::colour(ui, Role::Text));
    let room = rect.right() - 8.0 - shown.right() - 12.0;
    if !detail.is_empty() && room > 32.0 {
        let short = text::shorten(Face::Regular, 12.0, detail, room);
        let at = pos2(rect.right() - 8.0 - text::width(Face::Regular, 12.0, &short), y);
        words(ui.painter(), at, &short, Face::Regular, 12.0, theme::colour(ui, Role::Soft));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_are_made_where_they_are_seen_and_stay_where_they_are() {
        let area = |left: f32| egui::Rect::from_min_size(pos2(left, 0.0), egui::vec2(100.0, 100.0));
        let line = [pos2(0.0, 50.0), pos2(90_000.0, 50.0), pos2(90_000.0, 400.0)];
        let pen = Stroke::new(1.0, Color32::BLACK);
        let starts = |left: f32| -> Vec<f32> {
            let shapes = dashes(&line, pen, (6.0, 4.0), area(left));
            let start = |shape: &Shape| match shape {
                Shape::LineSegment { points: [start, _], .. } => start.x,
                _ => f32::NAN,
            };
            shapes.iter().map(start).collect()
        };
        let (here, there) = (starts(1_000.0), starts(1_050.0));
        assert_eq!(here.len(), 10);
        let both: Vec<f32> = here.iter().copied().filter(|x| *x >= 1_050.0).collect();
        assert!(both.len() == 5 && there.starts_with(&both), "{here:?} {there:?}");
        assert!(
            dashes(&line, pen, (6.0, 4.0), egui::Rect::from_min_size(pos2(0.0, 60.0), egui::vec2(50.0, 50.0)))
                .is_empty()
        );
    }

    #[test]
    fn of_a_line_only_what_can_be_seen_is_painted() {
        let seen = egui::Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 100.0));
        let spots = |list: &[(f32, f32)]| -> Vec<Pos2> { list.iter().map(|(x, y)| pos2(*x, *y)).collect() };
        let told = |list: &[(f32, f32)]| -> Vec<Vec<Pos2>> { runs(&spots(list), seen).map(<[Pos2]>::to_vec).collect() };
        // All of it, nothing of it, and what comes in twice.
        let inside = [(10.0, 10.0), (90.0, 10.0), (90.0, 90.0)];
        assert_eq!(told(&inside), [spots(&inside)]);
        assert!(told(&[(200.0, 10.0), (200.0, 90.0), (300.0, 90.0)]).is_empty());
        let out_and_in = [(150.0, 50.0), (200.0, 50.0), (200.0, 90.0), (150.0, 90.0)];
        let twice = [&[(-50.0, 10.0), (150.0, 10.0)][..], &out_and_in, &[(50.0, 90.0)]].concat();
        assert_eq!(told(&twice), [spots(&twice[..2]), spots(&twice[5..])]);
        // A line that only crosses is not lost.
        let across = [(-50.0, -10.0), (-50.0, 50.0), (150.0, 50.0), (150.0, 200.0)];
        assert_eq!(told(&across), [spots(&across[1..3])]);
        assert!(told(&[]).is_empty() && told(&[(1.0, 1.0)]).is_empty());
    }
}
