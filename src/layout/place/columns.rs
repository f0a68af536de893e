//! Items in columns: what leads to others stands left of them, linked items stand close, and the whole is not much
//! wider than high.
//!
//! Layers give the first columns (Sugiyama); exchanging and moving items shortens the links then, for as long as it
//! helps.

use super::layers::first_columns;

/// A link from one item to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Where it leaves its item, from the item's top left corner.
    pub(super) out: (i32, i32),
    /// Where it reaches its item, from the item's top left corner.
    pub(super) into: (i32, i32),
    /// Whether it says which way the drawing flows.
    pub(super) ranks: bool,
}

/// A link to something outside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pull {
    pub(super) item: usize,
    /// Where it leaves the item, from the item's top left corner.
    pub(super) out: (i32, i32),
    /// What it is drawn to.
    pub(super) to: Aim,
}

/// Where something outside stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Aim {
    /// At a place, from the top left corner of what is arranged.
    Place(i32, i32),
    /// Somewhere below everything.
    Below,
}

/// What is to be arranged, and how.
pub(super) struct Task<'a> {
    pub(super) sizes: &'a [(i32, i32)],
    pub(super) links: &'a [Link],
    pub(super) pulls: &'a [Pull],
    /// Between columns.
    pub(super) gap_x: i32,
    /// Between the items of one column.
    pub(super) gap_y: i32,
    /// Width over height that is aimed at.
    pub(super) ratio: f64,
    /// What two links that cross cost, in units of length.
    pub(super) tangle: i64,
    /// Where to begin: another number, another first arrangement; 0 for the layers as they are.
    pub(super) start: u32,
}

/// Where items stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// Top left corners, item by item.
    pub(super) spots: Vec<(i32, i32)>,
    /// The column of each item.
    pub(super) column: Vec<usize>,
}

/// What a link that flows back costs, beside its length once more, and what one that stays in its column.
const BACK: i64 = 480;
const UPRIGHT: i64 = 260;
/// Rounds of exchanging; more change next to nothing.
const ROUNDS: usize = 8;
/// With more links than this nobody counts crossings.
const TANGLED: usize = 72;
/// Rounds of exchanging with crossings counted.
const CAREFUL: usize = 2;

pub(super) fn arrange(task: &Task<'_>) -> Columns {
    let count = task.sizes.len();
    let links: Vec<(usize, usize)> = task.links.iter().filter(|link| link.ranks).map(|l| (l.from, l.to)).collect();
    let mut columns = first_columns(task.sizes, &links, (task.gap_x, task.gap_y), task.ratio);
    shuffle(&mut columns, task.start);
    let mut search = Search::new(task, columns);
    search.improve();
    let columns = search.columns;
    let mut column = vec![0; count];
    for (at, items) in columns.iter().enumerate() {
        items.iter().for_each(|item| column[*item] = at);
    }
    let xs = abscissas(task, &columns);
    let ys = ordinates(task, &columns, &column);
    Columns { spots: xs.into_iter().zip(ys).collect(), column }
}

/// Exchanges some items, always the same for a number.
fn shuffle(columns: &mut [Vec<usize>], start: u32) {
    let places: Vec<(usize, usize)> =
        columns.iter().enumerate().flat_map(|(c, items)| (0..items.len()).map(move |r| (c, r))).collect();
    let mut dice = start.wrapping_mul(2_654_435_761);
    for _ in 0..if start == 0 { 0 } else { places.len() } {
        let mut pick = || {
            dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            places[(dice >> 8) as usize % places.len()]
        };
        let (a, b) = (pick(), pick());
        let (x, y) = (columns[a.0][a.1], columns[b.0][b.1]);
        columns[a.0][a.1] = y;
        columns[b.0][b.1] = x;
    }
}

/// Looks for shorter links by moving items between columns and exchanging them.
struct Search<'a> {
    task: &'a Task<'a>,
    columns: Vec<Vec<usize>>,
    /// Top left corners as of the last evaluation.
    spots: Vec<(i32, i32)>,
    cost: f64,
    /// Whether crossings count.
    careful: bool,
    /// The links as straight lines, as of the last evaluation that counted crossings.
    strokes: Vec<Stroke>,
}

/// A straight line between two places.
type Stroke = ((i32, i32), (i32, i32));

impl<'a> Search<'a> {
    fn new(task: &'a Task<'a>, columns: Vec<Vec<usize>>) -> Self {
        let mut search = Self {
            task,
            columns,
            spots: vec![(0, 0); task.sizes.len()],
            cost: 0.0,
            careful: false,
            strokes: Vec::new(),
        };
        search.cost = search.evaluate();
        search
    }

    fn improve(&mut self) {
        for _ in 0..ROUNDS {
            let before = self.cost;
            self.exchange();
            self.shift();
            if self.cost >= before {
                break;
            }
        }
        if self.task.tangle > 0 && self.task.links.len() + self.task.pulls.len() <= TANGLED {
            self.untangle();
        }
    }

    /// The same once more with crossings counted, which takes longer.
    fn untangle(&mut self) {
        self.careful = true;
        self.cost = self.evaluate();
        for _ in 0..CAREFUL {
            let before = self.cost;
            self.exchange();
            if self.cost >= before {
                break;
            }
        }
    }

    fn exchange(&mut self) {
        let places: Vec<(usize, usize)> =
            self.columns.iter().enumerate().flat_map(|(c, items)| (0..items.len()).map(move |r| (c, r))).collect();
        for (at, a) in places.iter().enumerate() {
            for b in &places[at + 1..] {
                self.swap(*a, *b);
                let cost = self.evaluate();
                if cost < self.cost {
                    self.cost = cost;
                } else {
                    self.swap(*a, *b);
                }
            }
        }
    }

    fn swap(&mut self, a: (usize, usize), b: (usize, usize)) {
        let (x, y) = (self.columns[a.0][a.1], self.columns[b.0][b.1]);
        self.columns[a.0][a.1] = y;
        self.columns[b.0][b.1] = x;
    }

    /// Every item to the best place in any column, or in a column of its own at either end.
    fn shift(&mut self) {
        for item in 0..self.task.sizes.len() {
            let Some((column, row)) = self.find(item) else { continue };
            self.columns[column].remove(row);
            let mut best: Option<(f64, usize, usize)> = None;
            for c in 0..self.columns.len() {
                for r in 0..=self.columns[c].len() {
                    self.columns[c].insert(r, item);
                    let cost = self.evaluate();
                    self.columns[c].remove(r);
                    if best.is_none_or(|(least, ..)| cost < least) {
                        best = Some((cost, c, r));
                    }
                }
            }
            match best.filter(|(cost, ..)| *cost < self.cost) {
                Some((cost, c, r)) => {
                    self.columns[c].insert(r, item);
                    self.cost = cost;
                }
                None => self.columns[column].insert(row, item),
            }
            self.new_column(item);
        }
        self.columns.retain(|items| !items.is_empty());
        self.cost = self.evaluate();
    }

    fn new_column(&mut self, item: usize) {
        let Some((column, row)) = self.find(item) else { return };
        if self.columns[column].len() < 2 {
            return;
        }
        for at in 0..=self.columns.len() {
            self.columns[column].remove(row);
            self.columns.insert(at, vec![item]);
            let cost = self.evaluate();
            if cost < self.cost {
                self.cost = cost;
                return;
            }
            self.columns.remove(at);
            self.columns[column].insert(row, item);
        }
    }

    fn find(&self, item: usize) -> Option<(usize, usize)> {
        self.columns.iter().enumerate().find_map(|(c, items)| Some((c, items.iter().position(|other| *other == item)?)))
    }

    /// How many of the links cross, taken as straight lines.
    fn crossings(&mut self) -> i64 {
        let at = |item: usize, by: (i32, i32)| (self.spots[item].0 + by.0, self.spots[item].1 + by.1);
        let mut strokes = std::mem::take(&mut self.strokes);
        strokes.clear();
        strokes.extend(self.task.links.iter().map(|link| (at(link.from, link.out), at(link.to, link.into))));
        let outside = |pull: &Pull| match pull.to {
            Aim::Place(x, y) => Some((at(pull.item, pull.out), (x, y))),
            Aim::Below => None,
        };
        strokes.extend(self.task.pulls.iter().filter_map(outside));
        let mut count = 0;
        for (index, a) in strokes.iter().enumerate() {
            count += strokes[index + 1..].iter().filter(|b| cross(a, b)).count() as i64;
        }
        self.strokes = strokes;
        count
    }

    /// How long the links are, what flows back, and how far the shape is from what is aimed at.
    fn evaluate(&mut self) -> f64 {
        let task = self.task;
        let high =
            |items: &[usize]| items.iter().map(|item| task.sizes[*item].1 + task.gap_y).sum::<i32>() - task.gap_y;
        let height = self.columns.iter().map(|items| high(items)).max().unwrap_or(0);
        let mut x = 0;
        for items in self.columns.iter().filter(|items| !items.is_empty()) {
            let wide = items.iter().map(|item| task.sizes[*item].0).max().unwrap_or(0);
            let mut y = (height - high(items)) / 2;
            for item in items {
                self.spots[*item] = (x + (wide - task.sizes[*item].0) / 2, y);
                y += task.sizes[*item].1 + task.gap_y;
            }
            x += wide + task.gap_x;
        }
        let width = x - task.gap_x;
        let mut cost = 0_i64;
        for link in task.links {
            let (a, b) = (self.spots[link.from], self.spots[link.to]);
            let (dx, dy) = (b.0 + link.into.0 - a.0 - link.out.0, b.1 + link.into.1 - a.1 - link.out.1);
            cost += i64::from(dx.abs() + dy.abs());
            if link.ranks {
                // Flowing back costs as much again; staying in the column a little.
                let room = b.0 - a.0;
                cost += if room < 0 {
                    i64::from(-room) + BACK
                } else if room < 60 {
                    UPRIGHT
                } else {
                    0
                };
            }
        }
        for pull in task.pulls {
            let spot = self.spots[pull.item];
            let (px, py) = (spot.0 + pull.out.0, spot.1 + pull.out.1);
            cost += match pull.to {
                Aim::Place(x, y) => i64::from((x - px).abs() + (y - py).abs()),
                Aim::Below => i64::from(height - py) / 2,
            };
        }
        if self.careful {
            cost += task.tangle * self.crossings();
        }
        let pressure = (task.links.len() + task.pulls.len()) as f64 * 0.4 + 1.0;
        let (w, h) = (f64::from(width), f64::from(height));
        cost as f64 + pressure * ((w / task.ratio).max(h) + 0.15 * (w / task.ratio + h))
    }
}

/// Whether two straight lines cross between their ends.
fn cross(a: &Stroke, b: &Stroke) -> bool {
    let side = |p: (i32, i32), q: (i32, i32), r: (i32, i32)| {
        let turn = i64::from(q.0 - p.0) * i64::from(r.1 - p.1) - i64::from(q.1 - p.1) * i64::from(r.0 - p.0);
        turn.signum()
    };
    side(a.0, a.1, b.0) * side(a.0, a.1, b.1) < 0 && side(b.0, b.1, a.0) * side(b.0, b.1, a.1) < 0
}

/// Left edges: columns as wide as their widest item, items in their middle.
fn abscissas(task: &Task<'_>, columns: &[Vec<usize>]) -> Vec<i32> {
    let mut xs = vec![0; task.sizes.len()];
    let mut x = 0;
    for items in columns {
        let wide = items.iter().map(|item| task.sizes[*item].0).max().unwrap_or(0);
        for item in items {
            xs[*item] = x + (wide - task.sizes[*item].0) / 2 / 2 * 2;
        }
        x += wide + task.gap_x;
    }
    xs
}

/// Upper edges: each column as near to where its links would run straight as its order allows.
fn ordinates(task: &Task<'_>, columns: &[Vec<usize>], column: &[usize]) -> Vec<i32> {
    let high = |items: &[usize]| items.iter().map(|item| task.sizes[*item].1 + task.gap_y).sum::<i32>() - task.gap_y;
    let height = columns.iter().map(|items| high(items)).max().unwrap_or(0);
    let mut tops = vec![0_i32; task.sizes.len()];
    for items in columns {
        let mut y = (height - high(items)) / 2;
        for item in items {
            tops[*item] = y;
            y += task.sizes[*item].1 + task.gap_y;
        }
    }
    let mut wishes: Vec<Vec<(usize, i32)>> = vec![Vec::new(); task.sizes.len()];
    for link in task.links.iter().filter(|link| column[link.from] != column[link.to]) {
        wishes[link.from].push((link.to, link.into.1 - link.out.1));
        wishes[link.to].push((link.from, link.out.1 - link.into.1));
    }
    let mut aims: Vec<Vec<i32>> = vec![Vec::new(); task.sizes.len()];
    for pull in task.pulls {
        if let Aim::Place(_, y) = pull.to {
            aims[pull.item].push(y - pull.out.1);
        }
    }
    let forth = 0..columns.len();
    for at in forth.clone().chain(forth.rev()).cycle().take(4 * columns.len()) {
        let wish: Vec<f64> = columns[at]
            .iter()
            .map(|item| {
                let mut near: Vec<i32> = wishes[*item]
                    .iter()
                    .map(|(other, by)| tops[*other] + by)
                    .chain(aims[*item].iter().copied())
                    .collect();
                near.sort_unstable();
                f64::from(near.get((near.len().max(1) - 1) / 2).copied().unwrap_or(tops[*item]))
            })
            .collect();
        let heights: Vec<i32> = columns[at].iter().map(|item| task.sizes[*item].1).collect();
        for (item, y) in columns[at].iter().zip(spread(&wish, &heights, task.gap_y, height)) {
            tops[*item] = y;
        }
    }
    let least = tops.iter().copied().min().unwrap_or(0);
    tops.into_iter().map(|top| top - least).collect()
}

/// Upper edges in a given order, `gap` apart and within a height, nearest to what they wish for: isotonic regression by
/// pooling neighbours.
fn spread(wish: &[f64], heights: &[i32], gap: i32, height: i32) -> Vec<i32> {
    let mut offsets = Vec::with_capacity(wish.len());
    let mut offset = 0;
    for height in heights {
        offsets.push(offset);
        offset += height + gap;
    }
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (wish, offset) in wish.iter().zip(&offsets) {
        let mut pool = (wish - f64::from(*offset), 1);
        while let Some(last) = pools.last().copied().filter(|last| last.0 > pool.0) {
            let count = last.1 + pool.1;
            pool = ((last.0 * last.1 as f64 + pool.0 * pool.1 as f64) / count as f64, count);
            pools.pop();
        }
        pools.push(pool);
    }
    let slack = (height - (offset - gap)).max(0);
    let flat =
        pools.into_iter().flat_map(|(value, count)| std::iter::repeat_n((value.round() as i32).clamp(0, slack), count));
    flat.zip(offsets).map(|(value, offset)| value + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_never_overlap_and_flow_to_the_right() {
        let sizes = vec![(100, 40); 9];
        let links = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (0, 8)];
        let links: Vec<Link> = links
            .iter()
            .map(|(from, to)| Link { from: *from, to: *to, out: (50, 20), into: (50, 20), ranks: true })
            .collect();
        let spots = arrange(&Task {
            sizes: &sizes,
            links: &links,
            pulls: &[],
            gap_x: 60,
            gap_y: 20,
            ratio: 1.6,
            tangle: 160,
            start: 0,
        })
        .spots;
        for a in 0..9 {
            for b in a + 1..9 {
                let apart = (spots[a].0 - spots[b].0).abs() >= 100 || (spots[a].1 - spots[b].1).abs() >= 40;
                assert!(apart, "{a} {b} {spots:?}");
            }
        }
        assert!(spots[3].0 <= spots[4].0 && spots[4].0 <= spots[5].0 && spots[3].0 < spots[5].0, "{spots:?}");
    }

    #[test]
    fn pools_keep_order_and_gaps() {
        let spread = spread(&[10.0, 0.0, 100.0], &[10, 10, 10], 5, 300);
        assert!(spread[1] - spread[0] >= 15 && spread[2] - spread[1] >= 15);
        assert_eq!(spread[2], 100);
    }
}
