//! One line that branches: which part of each of its ways is yet to be painted where the ways before it are.

use crate::layout::Spot;

/// How far before the fork a branch begins, so that it leaves its trunk in a curve.
const RUN_UP: i32 = 8;

/// The ways of one line without what an earlier one of them paints already. The first is whole.
pub(super) fn branches(ways: &[Vec<Spot>]) -> Vec<Vec<Spot>> {
    let own = |(at, way): (usize, &Vec<Spot>)| {
        let shared = ways.iter().take(at).map(|other| shared(other, way)).max().unwrap_or(0);
        after(way, shared - RUN_UP)
    };
    ways.iter().enumerate().map(own).collect()
}

/// How long two ways are one from their beginning.
fn shared(a: &[Spot], b: &[Spot]) -> i32 {
    if a.first() != b.first() {
        return 0;
    }
    let mut length = 0;
    for (own, other) in a.windows(2).zip(b.windows(2)) {
        let (step, beside) = (vector(own), vector(other));
        if direction(step) != direction(beside) {
            break;
        }
        length += long(step).min(long(beside));
        if step != beside {
            break;
        }
    }
    length
}

/// What is left of a way after so much of it.
fn after(way: &[Spot], skipped: i32) -> Vec<Spot> {
    let mut left = skipped.max(0);
    for (at, pair) in way.windows(2).enumerate() {
        let step = vector(pair);
        if left < long(step) {
            let (dx, dy) = direction(step);
            let from = pair.first().map(|(x, y)| (x + dx * left, y + dy * left));
            return from.into_iter().chain(way.iter().skip(at + 1).copied()).collect();
        }
        left -= long(step);
    }
    way.iter().rev().take(2).rev().copied().collect()
}

fn vector(pair: &[Spot]) -> (i32, i32) {
    match pair {
        [a, b] => (b.0 - a.0, b.1 - a.1),
        _ => (0, 0),
    }
}

fn direction((dx, dy): (i32, i32)) -> (i32, i32) {
    (dx.signum(), dy.signum())
}

/// Ways run along the axes.
fn long((dx, dy): (i32, i32)) -> i32 {
    dx.abs() + dy.abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_branch_begins_shortly_before_its_fork() {
        let trunk = vec![(0, 0), (100, 0), (100, 50), (200, 50)];
        let turns_early = vec![(0, 0), (60, 0), (60, 90), (200, 90)];
        let goes_on = vec![(0, 0), (200, 0)];
        let elsewhere = vec![(5, 5), (5, 90)];
        let painted = branches(&[trunk.clone(), turns_early, goes_on, elsewhere.clone()]);
        assert_eq!(painted, [trunk, vec![(52, 0), (60, 0), (60, 90), (200, 90)], vec![(92, 0), (200, 0)], elsewhere]);
    }
}
