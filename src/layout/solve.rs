//! Places on one axis that keep distances, as near as can be to where things want to be.
//!
//! Pushing everything only upwards until all distances hold gives one answer, pushing only downwards another; since
//! distances are linear, the middle between the two holds them as well, and shares the push between both sides.

/// `b` lies at least `least` after `a`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Distance {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) least: i32,
    /// How much of it is only there to keep lines apart, and may go where there is no room.
    pub(super) soft: i32,
    /// How far apart they are before anything moves.
    pub(super) now: i32,
}

/// What a variable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// It wants to stay where it is, and is pushed only if it must.
    Firm,
    /// It must not move.
    Fixed,
    /// It goes where there is room, and nothing moves for it more than its distances ask.
    Loose,
}

/// The variables: where they are, and what they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Variables {
    pub(super) at: Vec<i32>,
    pub(super) hold: Vec<Hold>,
    /// Where a loose one would like to be; the middle of the room it has if not said.
    pub(super) wish: Vec<Option<i32>>,
}

impl Variables {
    pub(super) fn add(&mut self, at: i32, hold: Hold) -> usize {
        self.at.push(at);
        self.hold.push(hold);
        self.wish.push(None);
        self.at.len() - 1
    }
}

const FAR: i32 = 1 << 28;
/// Sweeps after which distances are held to contradict each other.
const SWEEPS: usize = 64;

/// The places of all that is not loose; `None` if distances contradict each other. If `spare`, lines draw together
/// before anything is pushed for them.
pub(super) fn firm(variables: &Variables, distances: &[Distance], spare: bool) -> Option<Vec<Option<i32>>> {
    let tight: Vec<Distance> = if spare { distances.iter().map(halved).collect() } else { Vec::new() };
    let spared = if spare { attempt(variables, &tight) } else { None };
    spared.or_else(|| attempt(variables, distances))
}

/// The same where distances contradict each other: they shrink, lines' first, until they do not.
pub(super) fn yielding(variables: &Variables, distances: &mut [Distance]) -> Vec<Option<i32>> {
    for round in 0..3 {
        for distance in distances.iter_mut() {
            match round {
                0 => distance.shrink(distance.soft * 2 / 3),
                1 => distance.shrink(distance.soft),
                _ => distance.least = distance.least.min(distance.now),
            }
        }
        if let Some(found) = attempt(variables, distances) {
            return found;
        }
    }
    (0..variables.at.len()).map(|at| (variables.hold[at] != Hold::Loose).then(|| variables.at[at])).collect()
}

/// A distance without half of what may go.
fn halved(distance: &Distance) -> Distance {
    let mut distance = *distance;
    distance.shrink(distance.soft / 2);
    distance
}

impl Distance {
    fn shrink(&mut self, by: i32) {
        self.least -= by;
        self.soft -= by;
    }
}

fn attempt(variables: &Variables, distances: &[Distance]) -> Option<Vec<Option<i32>>> {
    let count = variables.at.len();
    let is = |at: usize, hold: Hold| variables.hold[at] == hold;
    let fixed = |other: i32| move |at: usize| if variables.hold[at] == Hold::Fixed { variables.at[at] } else { other };
    // What the fixed ones leave to all others.
    let anchored = variables.hold.contains(&Hold::Fixed);
    let mut low: Vec<i32> = (0..count).map(fixed(-FAR)).collect();
    let mut high: Vec<i32> = (0..count).map(fixed(FAR)).collect();
    if anchored {
        up(&mut low, distances, |at| !is(at, Hold::Fixed))?;
        down(&mut high, distances, |at| !is(at, Hold::Fixed))?;
        if !holds(&low, distances) || !holds(&high, distances) || low.iter().zip(&high).any(|(low, high)| low > high) {
            return None;
        }
    }
    let wanted = |at: usize| variables.at[at].clamp(low[at], high[at]);
    let start = |loose: i32| move |at: usize| if variables.hold[at] == Hold::Loose { loose } else { wanted(at) };
    let mut upper: Vec<i32> = (0..count).map(start(-FAR)).collect();
    let mut lower: Vec<i32> = (0..count).map(start(FAR)).collect();
    up(&mut upper, distances, |_| true)?;
    down(&mut lower, distances, |_| true)?;
    Some((0..count).map(|at| (!is(at, Hold::Loose)).then(|| (upper[at] + lower[at]).div_euclid(2))).collect())
}

/// The loose ones between the firm ones, as near to their wishes as they can be. Where there is too little room, and
/// only there, distances that may shrink do.
pub(super) fn settle(variables: &Variables, distances: &mut [Distance], firm: &[Option<i32>]) -> Vec<i32> {
    let loose = |at: usize| firm[at].is_none();
    let (mut low, mut high) = (Vec::new(), Vec::new());
    for _ in 0..4 {
        low = firm.iter().map(|at| at.unwrap_or(-FAR)).collect();
        high = firm.iter().map(|at| at.unwrap_or(FAR)).collect();
        let _ = up(&mut low, distances, loose);
        let _ = down(&mut high, distances, loose);
        let tight: Vec<bool> = low.iter().zip(&high).map(|(low, high)| low > high).collect();
        if !tight.contains(&true) {
            break;
        }
        for distance in distances.iter_mut().filter(|distance| tight[distance.a] || tight[distance.b]) {
            *distance = halved(distance);
        }
    }
    let wish = |at: usize| {
        let (low, high) = (low[at], high[at]);
        if low > high {
            return (low + high).div_euclid(2);
        }
        let middle = match (low > -FAR / 2, high < FAR / 2) {
            (true, true) => (low + high).div_euclid(2),
            (true, false) => low,
            (false, true) => high,
            (false, false) => variables.at[at],
        };
        variables.wish[at].unwrap_or(middle).clamp(low, high)
    };
    let begin: Vec<i32> = (0..firm.len()).map(|at| firm[at].unwrap_or_else(|| wish(at))).collect();
    let (mut upper, mut lower) = (begin.clone(), begin);
    let _ = up(&mut upper, distances, loose);
    let _ = down(&mut lower, distances, loose);
    upper.iter().zip(&lower).map(|(upper, lower)| (upper + lower).div_euclid(2)).collect()
}

/// Pushes upwards until all distances to what may move hold.
fn up(places: &mut [i32], distances: &[Distance], moves: impl Fn(usize) -> bool) -> Option<()> {
    for _ in 0..SWEEPS {
        let mut moved = false;
        for distance in distances {
            let least = places[distance.a] + distance.least;
            if places[distance.a] > -FAR / 2 && places[distance.b] < least && moves(distance.b) {
                places[distance.b] = least;
                moved = true;
            }
        }
        if !moved {
            return Some(());
        }
    }
    None
}

fn down(places: &mut [i32], distances: &[Distance], moves: impl Fn(usize) -> bool) -> Option<()> {
    for _ in 0..SWEEPS {
        let mut moved = false;
        for distance in distances.iter().rev() {
            let most = places[distance.b] - distance.least;
            if places[distance.b] < FAR / 2 && places[distance.a] > most && moves(distance.a) {
                places[distance.a] = most;
                moved = true;
            }
        }
        if !moved {
            return Some(());
        }
    }
    None
}

/// Whether known places keep their distances.
fn holds(places: &[i32], distances: &[Distance]) -> bool {
    let known = |at: i32| at.abs() < FAR / 2;
    distances.iter().all(|distance| {
        let (a, b) = (places[distance.a], places[distance.b]);
        !known(a) || !known(b) || b - a >= distance.least
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solve(variables: &Variables, distances: &[Distance]) -> Vec<i32> {
        let mut distances = distances.to_vec();
        let firm = firm(variables, &distances, false).unwrap_or_else(|| yielding(variables, &mut distances));
        settle(variables, &mut distances, &firm)
    }

    fn apart(a: usize, b: usize, least: i32) -> Distance {
        Distance { a, b, least, soft: 0, now: 0 }
    }

    #[test]
    fn the_push_is_shared_and_what_has_room_stays() {
        let mut variables = Variables::default();
        for at in [0, 10, 500] {
            variables.add(at, Hold::Firm);
        }
        let found = solve(&variables, &[apart(0, 1, 30), apart(1, 2, 30)]);
        assert_eq!(found, [-10, 20, 500]);
    }

    #[test]
    fn what_is_fixed_stays_and_lines_stand_in_the_middle() {
        let mut variables = Variables::default();
        variables.add(0, Hold::Fixed);
        variables.add(7, Hold::Loose);
        variables.add(7, Hold::Loose);
        variables.add(40, Hold::Firm);
        let found = solve(&variables, &[apart(0, 1, 20), apart(1, 2, 10), apart(2, 3, 20)]);
        assert_eq!(found, [0, 20, 30, 50]);
        let wide = solve(&variables, &[apart(0, 1, 5), apart(1, 2, 10), apart(2, 3, 5)]);
        assert_eq!(wide, [0, 15, 25, 40]);
    }

    #[test]
    fn contradictions_end_and_keep_what_is_hard() {
        let mut variables = Variables::default();
        variables.add(0, Hold::Fixed);
        variables.add(5, Hold::Loose);
        variables.add(10, Hold::Fixed);
        let soft = |a, b, now| Distance { a, b, least: 12, soft: 12, now };
        assert_eq!(solve(&variables, &[soft(0, 1, 5), soft(1, 2, 5)]), [0, 5, 10]);
    }
}
