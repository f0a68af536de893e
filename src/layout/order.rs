//! In which order segments that run along one another lie side by side, so that as few edges as can be cross.

use super::segments::{Fine, Segments};

/// Rounds of ordering all lines of one orientation by those of the other.
const ROUNDS: usize = 3;

/// Gives every segment its rank among those it runs along.
pub(super) fn order(segments: &mut Segments) {
    let groups = [segments.groups(false), segments.groups(true)];
    for group in groups.iter().flatten() {
        let mut first: Vec<(i64, usize)> = group.iter().map(|at| (leaning(segments, *at), *at)).collect();
        first.sort_unstable();
        rank(segments, first.into_iter().map(|(_, at)| at));
    }
    for _ in 0..ROUNDS {
        for group in groups.iter().flatten().filter(|group| group.len() > 1) {
            let better = reorder(segments, group);
            rank(segments, better.into_iter());
        }
    }
}

fn rank(segments: &mut Segments, order: impl Iterator<Item = usize>) {
    for (rank, at) in order.enumerate() {
        segments.all[at].rank = rank as u32;
    }
}

/// To which side a segment's neighbours lead it, as a place: a first guess.
fn leaning(segments: &Segments, at: usize) -> i64 {
    let own = &segments.all[at];
    let ends = own.joints.iter().map(|other| {
        let other = &segments.all[*other];
        i64::from(if own.at - other.lo > other.hi - own.at { other.lo } else { other.hi })
    });
    let (sum, count) = ends.fold((0, 0), |(sum, count), end| (sum + end, count + 1));
    if count == 0 { i64::from(own.at) } else { sum / count }
}

/// What leaves a segment sideways.
struct Side {
    span: (Fine, Fine),
    /// Where, towards lower and towards higher coordinates.
    low: Vec<Fine>,
    high: Vec<Fine>,
    edge: usize,
}

fn side(segments: &Segments, at: usize) -> Side {
    let own = &segments.all[at];
    let mut side = Side { span: segments.span(at), low: Vec::new(), high: Vec::new(), edge: own.edge };
    for other in &own.joints {
        let place = segments.fine(*other);
        let other = &segments.all[*other];
        if other.lo < own.at {
            side.low.push(place);
        }
        if other.hi > own.at {
            side.high.push(place);
        }
    }
    side
}

/// How many crossings there are more if `a` lies before `b` than the other way round.
fn excess(a: &Side, b: &Side) -> i32 {
    if a.edge == b.edge || a.span.1 < b.span.0 || b.span.1 < a.span.0 {
        return 0;
    }
    let inside = |places: &[Fine], span: (Fine, Fine)| {
        places.iter().filter(|place| span.0 < **place && **place < span.1).count() as i32
    };
    inside(&b.low, a.span) + inside(&a.high, b.span) - inside(&a.low, b.span) - inside(&b.high, a.span)
}

/// An order with few crossings: whatever nothing needs to lie before goes first (Eades, Lin, Smyth 1993).
fn reorder(segments: &Segments, group: &[usize]) -> Vec<usize> {
    let mut current: Vec<usize> = group.to_vec();
    current.sort_by_key(|at| segments.all[*at].rank);
    let sides: Vec<Side> = current.iter().map(|at| side(segments, *at)).collect();
    let count = current.len();
    let mut arcs: Vec<Vec<(usize, i32)>> = vec![Vec::new(); count];
    // What must lie before it, and behind it, in crossings.
    let mut before = vec![0; count];
    let mut behind = vec![0; count];
    for a in 0..count {
        for b in a + 1..count {
            let excess = excess(&sides[a], &sides[b]);
            let (first, second) = if excess < 0 { (a, b) } else { (b, a) };
            if excess != 0 {
                arcs[first].push((second, excess.abs()));
                arcs[second].push((first, -excess.abs()));
                behind[first] += excess.abs();
                before[second] += excess.abs();
            }
        }
    }
    let mut done = vec![false; count];
    let mut front = Vec::with_capacity(count);
    let mut back = Vec::new();
    for _ in 0..count {
        let open = || (0..count).filter(|at| !done[*at]);
        let source = open().find(|at| before[*at] == 0);
        let sink = if source.is_none() { open().rev().find(|at| behind[*at] == 0) } else { None };
        let best =
            source.or(sink).or_else(|| open().max_by_key(|at| (behind[*at] - before[*at], std::cmp::Reverse(*at))));
        let Some(at) = best else { break };
        done[at] = true;
        if sink.is_some() {
            back.push(at);
        } else {
            front.push(at);
        }
        for (other, weight) in &arcs[at] {
            if *weight > 0 {
                before[*other] -= weight;
            } else {
                behind[*other] += weight;
            }
        }
    }
    front.extend(back.into_iter().rev());
    front.into_iter().map(|at| current[at]).collect()
}
