//! The outlines of boxes and lines, as points.

use super::{Point, Rect};

/// Radius of a line's bends.
const BEND: f32 = 8.0;

/// A rectangle and so much more on every side.
pub(super) fn grown(rect: Rect, by: f32) -> Rect {
    Rect { x: rect.x - by, y: rect.y - by, w: rect.w + 2.0 * by, h: rect.h + 2.0 * by }
}

/// The smallest rectangle around points.
pub(super) fn hull(points: &[Point]) -> Rect {
    let fold = |pick: fn(&Point) -> f32, with: fn(f32, f32) -> f32, from: f32| points.iter().map(pick).fold(from, with);
    let (x, y) = (fold(|p| p.x, f32::min, f32::INFINITY), fold(|p| p.y, f32::min, f32::INFINITY));
    let (right, low) = (fold(|p| p.x, f32::max, f32::NEG_INFINITY), fold(|p| p.y, f32::max, f32::NEG_INFINITY));
    Rect { x, y, w: right - x, h: low - y }
}

/// A box whose right side is a chevron.
pub(super) fn chevron(r: Rect) -> Vec<Point> {
    let cut = 12.0;
    [(0.0, 0.0), (r.w - cut, 0.0), (r.w, r.h / 2.0), (r.w - cut, r.h), (0.0, r.h), (cut * 0.6, r.h / 2.0)]
        .map(|(x, y)| Point { x: r.x + x, y: r.y + y })
        .to_vec()
}

/// A box with a notch in its left side.
pub(super) fn notched(r: Rect) -> Vec<Point> {
    let (deep, wide) = (8.0, 9.0);
    let middle = r.h / 2.0;
    [
        (0.0, 0.0),
        (r.w, 0.0),
        (r.w, r.h),
        (0.0, r.h),
        (0.0, middle + wide),
        (deep, middle + wide),
        (deep, middle - wide),
        (0.0, middle - wide),
    ]
    .map(|(x, y)| Point { x: r.x + x, y: r.y + y })
    .to_vec()
}

/// A box with a round top.
pub(super) fn domed(r: Rect) -> Vec<Point> {
    let radius = r.h * 0.48;
    let corner = |cx: f32, from: f32| {
        (0..=10_u8).map(move |step| {
            let angle = from + std::f32::consts::FRAC_PI_2 * f32::from(step) / 10.0;
            Point { x: cx + radius * angle.cos(), y: r.y + radius + radius * angle.sin() }
        })
    };
    let pi = std::f32::consts::PI;
    let mut points: Vec<Point> = corner(r.x + radius, pi).chain(corner(r.x + r.w - radius, 1.5 * pi)).collect();
    points.extend([Point { x: r.x + r.w, y: r.y + r.h }, Point { x: r.x, y: r.y + r.h }]);
    points
}

/// The point where half of a way is gone.
pub(super) fn half(way: &[Point]) -> Point {
    let legs = || way.windows(2).filter_map(|leg| Some((*leg.first()?, *leg.last()?)));
    let long = |(from, to): (Point, Point)| (to.x - from.x).hypot(to.y - from.y);
    let mut left = legs().map(long).sum::<f32>() / 2.0;
    for (from, to) in legs() {
        let length = long((from, to));
        if left <= length {
            return toward(from, to, left);
        }
        left -= length;
    }
    way.first().copied().unwrap_or_default()
}

/// The direction from one point to another.
fn unit(from: Point, to: Point) -> (f32, f32) {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx.hypot(dy).max(1e-3);
    (dx / length, dy / length)
}

/// The point that lies so far from one towards another.
pub(super) fn toward(from: Point, to: Point, by: f32) -> Point {
    let (dx, dy) = unit(from, to);
    Point { x: from.x + dx * by, y: from.y + dy * by }
}

/// The two ends of an arrow head at a tip.
pub(super) fn wings(tip: Point, before: Point, long: f32, wide: f32) -> [Point; 2] {
    let (dx, dy) = unit(tip, before);
    let foot = Point { x: tip.x + dx * long, y: tip.y + dy * long };
    [Point { x: foot.x - dy * wide, y: foot.y + dx * wide }, Point { x: foot.x + dy * wide, y: foot.y - dx * wide }]
}

/// An arrow head.
pub(super) fn head(tip: Point, before: Point, long: f32, wide: f32) -> Vec<Point> {
    let [left, right] = wings(tip, before, long, wide);
    vec![tip, left, right]
}

/// A polyline with its bends rounded, sampled.
pub(super) fn rounded(points: &[Point]) -> Vec<Point> {
    let mut out = Vec::with_capacity(points.len() * 4);
    for (at, point) in points.iter().enumerate() {
        let around = (at.checked_sub(1).and_then(|before| points.get(before)), points.get(at + 1));
        let (Some(before), Some(after)) = around else {
            out.push(*point);
            continue;
        };
        let reach = |other: &Point| (point.x - other.x).hypot(point.y - other.y) / 2.0;
        let radius = BEND.min(reach(before)).min(reach(after));
        let (start, end) = (toward(*point, *before, radius), toward(*point, *after, radius));
        // A quadratic curve through the corner: four steps look round at this size.
        for step in 0..=4_u8 {
            let t = f32::from(step) / 4.0;
            let mix = |a: f32, b: f32, c: f32| (1.0 - t) * (1.0 - t) * a + 2.0 * t * (1.0 - t) * b + t * t * c;
            out.push(Point { x: mix(start.x, point.x, end.x), y: mix(start.y, point.y, end.y) });
        }
    }
    out
}
