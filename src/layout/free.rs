//! The nearest place that is free.

use super::Area;

/// So far around it is looked first; among thousands of boxes there is mostly a place there.
const AROUND: i32 = 800;

/// The nearest place for an area that keeps apart from all others; where it was if there is none.
pub fn free_spot(wanted: Area, others: &[Area], apart: i32) -> Area {
    let near: Vec<Area> = others.iter().filter(|other| other.overlaps(&wanted.grown(AROUND))).copied().collect();
    // What is farther away than was looked might have a nearer place beside something that was not looked at.
    let found = nearest(wanted, &near, others, apart).filter(|spot| far(*spot, wanted) <= AROUND - apart);
    found.or_else(|| nearest(wanted, others, others, apart)).unwrap_or(wanted)
}

/// The nearest place that is as wanted, or beside some of the others, on each axis.
fn nearest(wanted: Area, beside: &[Area], others: &[Area], apart: i32) -> Option<Area> {
    let xs = beside.iter().flat_map(|o| [o.right() + apart, o.x - apart - wanted.w]).chain([wanted.x]);
    let ys: Vec<i32> =
        beside.iter().flat_map(|o| [o.bottom() + apart, o.y - apart - wanted.h]).chain([wanted.y]).collect();
    let mut spots: Vec<Area> = xs.flat_map(|x| ys.iter().map(move |y| Area { x, y: *y, ..wanted })).collect();
    spots.sort_unstable_by_key(|spot| (far(*spot, wanted), spot.x, spot.y));
    spots.into_iter().find(|spot| others.iter().all(|other| !spot.grown(apart - 1).overlaps(other)))
}

fn far(spot: Area, wanted: Area) -> i32 {
    (spot.x - wanted.x).abs() + (spot.y - wanted.y).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_stands_upon_nothing_near_or_far() {
        let there = [Area { x: 0, y: 0, w: 150, h: 56 }, Area { x: 174, y: 0, w: 150, h: 56 }];
        let found = |x, y, others: &[Area]| {
            let spot = free_spot(Area { x, y, w: 150, h: 56 }, others, 24);
            (spot.x, spot.y)
        };
        assert_eq!(found(500, 500, &there), (500, 500));
        assert_eq!(found(10, 40, &there), (10, 80));
        assert_eq!(found(1, 2, &[]), (1, 2));
        // A wall that is wider than it is looked around, and another just behind it.
        let walls = [Area { x: -5000, y: -5000, w: 10_000, h: 6000 }, Area { x: -5000, y: 1010, w: 10_000, h: 900 }];
        assert_eq!(found(0, 0, &walls), (0, 1934));
    }
}
