//! A page of the chart as a display list.

use super::{
    Axis, Chart, LANE_HEIGHT, Look, Mark, NAME_LEADING, NAME_SIZE, NAMES, Page, Placed, Span, WIDTH, at, ends, rect,
};
use crate::{
    model::Date,
    scene::{Align, Dash, Item, Outline, Point, Rect, Role, Scene, Stroke},
    text::{Face, shorten, width},
};

/// Size of everything but tracks' names.
pub(super) const SMALL: f32 = 10.0;
const YEAR: f32 = 18.0;
const UNIT: f32 = 16.0;
const FLAG: f32 = 15.0;
/// A bar whose one end is not known is drawn so long.
const STUB: f32 = 26.0;
const MARGIN: f32 = 16.0;

pub(super) fn paint(chart: &Chart, axis: &Axis, page: &Page<'_>) -> Scene {
    let mut painter = Painter { axis, items: Vec::new() };
    let flags = painter.flags(chart);
    let units = axis.units();
    let head = axis_height(&units);
    let body = head + flags_height(&flags);
    let foot = body + page.height + 6.0;
    painter.ground(head, foot, &units);
    for (title, y) in &page.heads {
        painter.lane(title, body + y);
    }
    // All lines first: none runs through the name of another plateau.
    for flag in &flags {
        painter.pole(flag, body, foot);
    }
    for flag in &flags {
        painter.flag(flag, body);
    }
    painter.today(chart.today, body, foot);
    for placed in &page.tracks {
        painter.track(placed, body);
    }
    let arrows = painter.arrows(page, body);
    let low = painter.legend(page, !flags.is_empty(), arrows, foot + 12.0);
    let bounds = rect(-MARGIN, -MARGIN, WIDTH + 2.0 * MARGIN, low + 2.0 * MARGIN);
    Scene { bounds, items: painter.items }
}

/// How much of a figure stands above its tracks.
pub(super) fn head_height(chart: &Chart, axis: &Axis) -> f32 {
    axis_height(&axis.units()) + flags_height(&Painter { axis, items: Vec::new() }.flags(chart))
}

fn axis_height(units: &[(f32, f32, String)]) -> f32 {
    YEAR + if units.is_empty() { 0.0 } else { UNIT }
}

/// The names of plateaus stand below the axis, or their lines would run through its words.
fn flags_height(flags: &[Flag]) -> f32 {
    flags.iter().map(|flag| flag.level + 1).max().map_or(0.0, |levels| levels as f32 * FLAG + 6.0)
}

/// A plateau's name over the chart.
struct Flag {
    name: String,
    x: f32,
    /// Where the name begins.
    left: f32,
    level: usize,
}

pub(super) struct Painter<'a> {
    axis: &'a Axis,
    items: Vec<Item>,
}

pub(super) fn stroke(role: Role, width: f32, dash: Dash) -> Stroke {
    Stroke { role, width, dash }
}

impl Painter<'_> {
    pub(super) fn text(&mut self, place: Point, text: &str, face: Face, size: f32, role: Role, align: Align) {
        if !text.is_empty() {
            self.items.push(Item::Text { at: place, text: text.to_owned(), face, size, role, align });
        }
    }

    pub(super) fn line(&mut self, points: &[(f32, f32)], stroke: Stroke) {
        self.items.push(Item::Path { points: points.iter().map(|(x, y)| at(*x, *y)).collect(), stroke });
    }

    fn bar(&mut self, area: Rect, fill: Option<Role>, stroke: Option<Stroke>) {
        let radius = (area.h / 3.0).min(area.w / 2.0);
        self.items.push(Item::Shape { outline: Outline::Round(area, radius), fill, stroke });
    }

    /// The names of plateaus, none over another.
    fn flags(&self, chart: &Chart) -> Vec<Flag> {
        let mut plateaus: Vec<&(Date, String)> =
            chart.plateaus.iter().filter(|(day, _)| self.axis.holds(*day)).collect();
        plateaus.sort();
        let mut flags: Vec<Flag> = Vec::new();
        for (day, name) in plateaus {
            let name = shorten(Face::SemiBold, SMALL, name, 170.0);
            let (x, wide) = (self.axis.x(*day), width(Face::SemiBold, SMALL, &name));
            let left = (x - wide / 2.0).clamp(self.axis.left, (self.axis.right - wide).max(self.axis.left));
            let free = |level: usize| {
                let taken = |flag: &Flag| flag.left + width(Face::SemiBold, SMALL, &flag.name) + 10.0 > left;
                !flags.iter().any(|flag| flag.level == level && taken(flag))
            };
            let level = (0..=flags.len()).find(|level| free(*level)).unwrap_or_default();
            flags.push(Flag { name, x, left, level });
        }
        flags
    }

    fn pole(&mut self, flag: &Flag, body: f32, foot: f32) {
        let y = body - 2.0 - flag.level as f32 * FLAG;
        self.line(&[(flag.x, y), (flag.x, foot)], stroke(Role::Text, 1.25, Dash::Solid));
    }

    fn flag(&mut self, flag: &Flag, body: f32) {
        let y = body - 5.0 - flag.level as f32 * FLAG;
        let wide = width(Face::SemiBold, SMALL, &flag.name);
        let plaque = rect(flag.left - 3.0, y - 11.0, wide + 6.0, 14.0);
        self.items.push(Item::Shape { outline: Outline::Round(plaque, 2.0), fill: Some(Role::Panel), stroke: None });
        self.text(at(flag.left, y), &flag.name, Face::SemiBold, SMALL, Role::Text, Align::Start);
    }

    fn today(&mut self, day: Date, body: f32, foot: f32) {
        let x = self.axis.x(day);
        self.line(&[(x, body), (x, foot)], stroke(Role::Accent, 1.5, Dash::Dashed));
    }

    /// The axis, and the lines of its years and units.
    fn ground(&mut self, head: f32, foot: f32, units: &[(f32, f32, String)]) {
        let panel = rect(0.0, head, WIDTH, foot - head);
        self.items.push(Item::Shape { outline: Outline::Round(panel, 0.0), fill: Some(Role::Panel), stroke: None });
        let years = self.axis.years();
        // As many numbers of years as have room.
        let wide = years.iter().map(|(from, to, _)| to - from).fold(1.0, f32::max);
        let every = (30.0 / wide).ceil().max(1.0) as usize;
        for (count, (from, to, name)) in years.iter().enumerate() {
            self.line(&[(*from, 0.0), (*from, foot)], stroke(Role::ContainerLine, 1.0, Dash::Solid));
            if count.is_multiple_of(every) && to - from >= 26.0_f32.min(wide) {
                self.text(at(from + 4.0, 13.0), name, Face::SemiBold, SMALL, Role::Soft, Align::Start);
            }
        }
        for (from, to, name) in units {
            self.line(&[(*from, head - UNIT), (*from, foot)], stroke(Role::Hairline, 0.75, Dash::Solid));
            if to - from >= width(Face::Regular, SMALL, name) + 2.0 {
                let middle = at((from + to) / 2.0, head - 4.5);
                self.text(middle, name, Face::Regular, SMALL, Role::Soft, Align::Middle);
            }
        }
        self.line(&[(0.0, head), (WIDTH, head)], stroke(Role::BoxLine, 1.0, Dash::Solid));
        self.line(&[(0.0, foot), (WIDTH, foot)], stroke(Role::ContainerLine, 1.0, Dash::Solid));
    }

    fn lane(&mut self, title: &str, y: f32) {
        let band = rect(0.0, y + 1.0, WIDTH, LANE_HEIGHT - 4.0);
        self.items.push(Item::Shape { outline: Outline::Round(band, 0.0), fill: Some(Role::Canvas), stroke: None });
        let title = shorten(Face::SemiBold, 11.0, title, WIDTH - 16.0);
        self.text(at(8.0, y + 16.0), &title, Face::SemiBold, 11.0, Role::Text, Align::Start);
    }

    fn track(&mut self, placed: &Placed<'_>, body: f32) {
        let (middle, foot) = (body + placed.y, body + placed.y + placed.height / 2.0);
        let mut y = middle - placed.lines.len() as f32 * NAME_LEADING / 2.0 + 10.5;
        for line in &placed.lines {
            self.text(at(8.0, y), line, Face::Regular, NAME_SIZE, Role::Text, Align::Start);
            y += NAME_LEADING;
        }
        self.line(&[(0.0, foot), (NAMES - 8.0, foot)], stroke(Role::Hairline, 0.75, Dash::Solid));
        for span in &placed.track.spans {
            self.span(*span, middle);
        }
        for (day, mark) in &placed.track.marks {
            self.mark(*mark, at(self.axis.x(*day), middle));
        }
    }

    fn span(&mut self, span: Span, middle: f32) {
        let (left, right) = (self.axis.left, self.axis.right);
        let tail = stroke(Role::BoxLine, 1.5, Dash::Dashed);
        match (span.from.map(|day| self.axis.x(day)), span.to.map(|day| self.axis.x(day))) {
            (Some(from), Some(to)) => self.swatch(span.look, from, to, middle),
            (from, to) if span.look.is_life() => {
                self.swatch(span.look, from.unwrap_or(left), to.unwrap_or(right), middle);
            }
            (Some(from), None) => {
                let to = (from + STUB).min(right);
                self.line(&[(to, middle), (right, middle)], tail);
                self.swatch(span.look, from, to, middle);
            }
            (None, Some(to)) => {
                let from = (to - STUB).max(left);
                self.line(&[(left, middle), (from, middle)], tail);
                self.swatch(span.look, from, to, middle);
            }
            (None, None) => {
                self.line(&[(left, middle), (right, middle)], tail);
                let words = "no dates";
                let wide = width(Face::Italic, SMALL, words) + 12.0;
                let plaque = rect((left + right - wide) / 2.0, middle - 8.0, wide, 16.0);
                let outline = Outline::Round(plaque, 2.0);
                self.items.push(Item::Shape { outline, fill: Some(Role::Panel), stroke: None });
                let place = at((left + right) / 2.0, middle + 3.5);
                self.text(place, words, Face::Italic, SMALL, Role::Soft, Align::Middle);
            }
        }
    }

    /// A bar in its look.
    pub(super) fn swatch(&mut self, look: Look, from: f32, to: f32, middle: f32) {
        let high = if look.is_life() { 9.0 } else { 14.0 };
        let area = rect(from, middle - high / 2.0, (to - from).max(3.0), high);
        let solid = |role| Some(stroke(role, 1.25, Dash::Solid));
        let dashed = |role| Some(stroke(role, 1.25, Dash::Dashed));
        match look {
            Look::Done => self.bar(area, Some(Role::BoxLine), solid(Role::BoxLine)),
            Look::Running => self.bar(area, Some(Role::Accent), solid(Role::Accent)),
            Look::Agreed => self.bar(area, Some(Role::AccentFill), solid(Role::Accent)),
            Look::Proposed => self.bar(area, Some(Role::Panel), dashed(Role::Accent)),
            Look::Dropped => {
                self.bar(area, Some(Role::Panel), dashed(Role::Faint));
                self.line(&[(from, middle), (area.x + area.w, middle)], stroke(Role::Faint, 1.25, Dash::Solid));
            }
            Look::Planned => self.bar(area, Some(Role::Panel), dashed(Role::BoxLine)),
            Look::Active => self.bar(area, Some(Role::ContainerLine), solid(Role::BoxLine)),
            Look::Deprecated => {
                self.bar(area, Some(Role::WarningFill), solid(Role::Warning));
                self.hatch(area);
            }
        }
    }

    fn hatch(&mut self, area: Rect) {
        let mut x = area.x + 4.0;
        while x + area.h < area.x + area.w {
            self.line(&[(x, area.y + area.h), (x + area.h, area.y)], stroke(Role::Warning, 0.75, Dash::Solid));
            x += 7.0;
        }
    }

    pub(super) fn mark(&mut self, mark: Mark, middle: Point) {
        let reach = 7.0;
        let corners = [(0.0, -reach), (reach, 0.0), (0.0, reach), (-reach, 0.0)];
        let outline = Outline::Polygon(corners.map(|(dx, dy)| middle.moved(dx, dy)).to_vec());
        let fill = if mark == Mark::Retirement { Role::Error } else { Role::Panel };
        let stroke = Some(stroke(Role::Error, 1.5, Dash::Solid));
        self.items.push(Item::Shape { outline, fill: Some(fill), stroke });
    }

    /// An arrow from the end of each work to the start of those that wait for it; whether there are any.
    fn arrows(&mut self, page: &Page<'_>, body: f32) -> (bool, bool) {
        let ends = ends(page);
        let (mut fine, mut wrong) = (false, false);
        for (to, start, _) in ends.values() {
            for before in &to.track.after {
                let Some((from, _, Some(end))) = ends.get(before).map(|(placed, first, last)| (placed, first, *last))
                else {
                    continue;
                };
                let Some(start) = start else { continue };
                let late = *start < end;
                (fine, wrong) = (fine || !late, wrong || late);
                self.arrow((self.axis.x(end), body + from.y), (self.axis.x(*start), body + to.y), late);
            }
        }
        (fine, wrong)
    }

    pub(super) fn arrow(&mut self, (x1, y1): (f32, f32), (x2, y2): (f32, f32), late: bool) {
        let look = if late { stroke(Role::Error, 1.25, Dash::Dashed) } else { stroke(Role::Soft, 1.25, Dash::Solid) };
        let head = |x: f32, y: f32| vec![at(x, y), at(x - 6.0, y - 3.5), at(x - 6.0, y + 3.5)];
        let down = if y2 > y1 { 1.0 } else { -1.0 };
        if x2 - x1 >= 14.0 {
            self.line(&[(x1, y1), (x1 + 6.0, y1), (x1 + 6.0, y2), (x2 - 5.0, y2)], look);
        } else {
            // Round the near side of the row that waits.
            let turn = y2 - down * 11.0;
            let back = x2 - 9.0;
            self.line(&[(x1, y1), (x1 + 6.0, y1), (x1 + 6.0, turn), (back, turn), (back, y2), (x2 - 5.0, y2)], look);
        }
        let outline = Outline::Polygon(head(x2, y2));
        self.items.push(Item::Shape { outline, fill: Some(look.role), stroke: None });
    }
}
