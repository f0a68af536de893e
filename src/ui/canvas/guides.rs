//! Guides: where a dragged box would stand in line with others, or with the same gaps between them.

use crate::scene::{Point, Rect};

/// A line that is shown while something is dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Guide {
    /// Edges or middles in one line.
    Line(Point, Point),
    /// A gap that is as wide as another.
    Gap(Point, Point),
}

/// What is nearer to a line than so is on it, in diagram units.
const SAME: f32 = 0.6;

/// How far something at `moving` is to go on either axis so that it stands in line with others or between them with the
/// same gaps, no farther than `reach`; and what shows why.
pub(super) fn snap(moving: Rect, others: &[Rect], reach: f32) -> ((Option<f32>, Option<f32>), Vec<Guide>) {
    let dx = nearest(moving, others, reach);
    let dy = nearest(turned(moving), &others.iter().copied().map(turned).collect::<Vec<_>>(), reach);
    let placed = moving.moved(dx.unwrap_or(0.0), dy.unwrap_or(0.0));
    let mut guides = Vec::new();
    if dx.is_some() {
        guides.extend(shown(placed, others));
    }
    if dy.is_some() {
        let others: Vec<Rect> = others.iter().copied().map(turned).collect();
        guides.extend(shown(turned(placed), &others).into_iter().map(back));
    }
    ((dx, dy), guides)
}

/// With its axes exchanged: what is said of one axis is true of the other.
fn turned(rect: Rect) -> Rect {
    Rect { x: rect.y, y: rect.x, w: rect.h, h: rect.w }
}

fn back(guide: Guide) -> Guide {
    let point = |point: Point| Point { x: point.y, y: point.x };
    match guide {
        Guide::Line(a, b) => Guide::Line(point(a), point(b)),
        Guide::Gap(a, b) => Guide::Gap(point(a), point(b)),
    }
}

/// The three upright lines of a box.
fn lines(rect: Rect) -> [f32; 3] {
    [rect.x, rect.x + rect.w / 2.0, rect.x + rect.w]
}

/// The shortest way along x to a line of another box, or to a place between equal gaps.
fn nearest(moving: Rect, others: &[Rect], reach: f32) -> Option<f32> {
    let own = lines(moving);
    let aligned = others.iter().flat_map(|other| lines(*other)).flat_map(|line| own.map(|own| line - own));
    let spaced = spaced(moving, others).into_iter().map(|x| x - moving.x);
    let near = aligned.chain(spaced).filter(|by| by.abs() <= reach);
    near.min_by(|a, b| a.abs().total_cmp(&b.abs()))
}

/// The others in the row of a box, from left to right.
fn row(moving: Rect, others: &[Rect]) -> Vec<Rect> {
    let beside = |other: &&Rect| other.y < moving.y + moving.h && moving.y < other.y + other.h;
    let mut row: Vec<Rect> = others.iter().filter(beside).copied().collect();
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    row
}

/// The two nearest on either side: the nearer first.
fn sides(moving: Rect, others: &[Rect]) -> ([Option<Rect>; 2], [Option<Rect>; 2]) {
    let middle = moving.x + moving.w / 2.0;
    let row = row(moving, others);
    let left = row.iter().rev().filter(|other| other.x + other.w / 2.0 < middle).copied();
    let right = row.iter().filter(|other| other.x + other.w / 2.0 > middle).copied();
    let two = |mut side: Box<dyn Iterator<Item = Rect> + '_>| [side.next(), side.next()];
    (two(Box::new(left)), two(Box::new(right)))
}

/// Left edges at which the gap to one neighbour is that to the other, or that between it and the next.
fn spaced(moving: Rect, others: &[Rect]) -> Vec<f32> {
    let (left, right) = sides(moving, others);
    let mut found = Vec::new();
    if let ([Some(left), _], [Some(right), _]) = (left, right) {
        found.push((left.x + left.w + right.x - moving.w) / 2.0);
    }
    if let [Some(near), Some(far)] = left {
        found.push(near.x + near.w + gap(far, near));
    }
    if let [Some(near), Some(far)] = right {
        found.push(near.x - gap(near, far) - moving.w);
    }
    found
}

/// From the right edge of one to the left edge of the other.
fn gap(left: Rect, right: Rect) -> f32 {
    right.x - left.x - left.w
}

/// The lines that a box shares with others, and its gaps that are like another.
fn shown(placed: Rect, others: &[Rect]) -> Vec<Guide> {
    let mut guides = Vec::new();
    for own in lines(placed) {
        let on = others.iter().filter(|other| lines(**other).iter().any(|line| (line - own).abs() <= SAME));
        let (mut top, mut low, mut any) = (placed.y, placed.y + placed.h, false);
        for other in on {
            (top, low, any) = (top.min(other.y), low.max(other.y + other.h), true);
        }
        if any {
            guides.push(Guide::Line(Point { x: own, y: top }, Point { x: own, y: low }));
        }
    }
    guides.extend(gaps(placed, others));
    guides
}

fn gaps(placed: Rect, others: &[Rect]) -> Vec<Guide> {
    let (left, right) = sides(placed, others);
    let y = placed.y + placed.h / 2.0;
    let bar = |a: Rect, b: Rect| Guide::Gap(Point { x: a.x + a.w, y }, Point { x: b.x, y });
    let alike = |a: f32, b: f32| a > 0.0 && (a - b).abs() <= 2.0 * SAME;
    let mut guides = Vec::new();
    if let ([Some(before), _], [Some(after), _]) = (left, right)
        && alike(gap(before, placed), gap(placed, after))
    {
        guides.extend([bar(before, placed), bar(placed, after)]);
    }
    if let [Some(near), Some(far)] = left
        && alike(gap(near, placed), gap(far, near))
    {
        guides.extend([bar(far, near), bar(near, placed)]);
    }
    if let [Some(near), Some(far)] = right
        && alike(gap(placed, near), gap(near, far))
    {
        guides.extend([bar(placed, near), bar(near, far)]);
    }
    guides
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f32, y: f32, w: f32, h: f32) -> Rect {
        Rect { x, y, w, h }
    }

    #[test]
    fn a_box_snaps_to_edges_and_middles_within_reach() {
        let other = [rect(100.0, 0.0, 80.0, 40.0)];
        let ((dx, dy), guides) = snap(rect(104.0, 200.0, 60.0, 40.0), &other, 6.0);
        assert_eq!((dx, dy), (Some(-4.0), None));
        assert!(guides.contains(&Guide::Line(Point { x: 100.0, y: 0.0 }, Point { x: 100.0, y: 240.0 })));
        let ((dx, dy), guides) = snap(rect(200.0, 205.0, 60.0, 40.0), &other, 6.0);
        assert_eq!((dx, dy), (None, None));
        assert!(guides.is_empty());
        let ((_, dy), _) = snap(rect(200.0, 5.0, 60.0, 30.0), &other, 6.0);
        assert_eq!(dy, Some(0.0), "its middle is on the other's already");
    }

    #[test]
    fn a_box_snaps_to_equal_gaps() {
        let row = [rect(0.0, 0.0, 50.0, 40.0), rect(90.0, 0.0, 50.0, 40.0), rect(400.0, 0.0, 50.0, 40.0)];
        // As far from the second as that is from the first.
        let ((dx, _), guides) = snap(rect(183.0, 3.0, 50.0, 40.0), &row, 6.0);
        assert_eq!(dx, Some(-3.0));
        assert_eq!(guides.iter().filter(|guide| matches!(guide, Guide::Gap(..))).count(), 2);
        // In the middle between the second and the third.
        let ((dx, _), _) = snap(rect(248.0, 3.0, 50.0, 40.0), &row, 6.0);
        assert_eq!(dx, Some(-3.0));
        // And the same downwards.
        let column: Vec<Rect> = row.iter().copied().map(turned).collect();
        let ((_, dy), guides) = snap(rect(3.0, 183.0, 40.0, 50.0), &column, 6.0);
        assert_eq!(dy, Some(-3.0));
        assert!(guides.contains(&Guide::Gap(Point { x: 20.0, y: 140.0 }, Point { x: 20.0, y: 180.0 })));
    }
}
