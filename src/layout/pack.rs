//! Blocks in columns: what leads to others stands left of them, and the whole is not much wider than high.

use std::collections::BTreeSet;

/// Room to arrange.
pub(super) struct Gaps {
    /// Between columns, before room for lines is added.
    pub(super) column: i32,
    /// Between blocks of one column.
    pub(super) row: i32,
    /// Width over height that is aimed at.
    pub(super) ratio: f64,
}

/// The top left corners of blocks. `links` lead from block to block and say which way the drawing flows.
pub(super) fn pack(sizes: &[(i32, i32)], links: &[(usize, usize)], gaps: &Gaps) -> Vec<(i32, i32)> {
    let layers = layers(sizes.len(), links);
    let order = order(sizes.len(), links, &layers);
    let columns = columns(sizes, &layers, &order, gaps);
    let xs = abscissas(sizes, links, &columns, gaps);
    let ys = ordinates(sizes, links, &columns, gaps.row);
    xs.into_iter().zip(ys).collect()
}

/// The layer of each block: one more than the greatest of its predecessors, circles cut where they close.
fn layers(count: usize, links: &[(usize, usize)]) -> Vec<usize> {
    let forward = acyclic(count, links);
    let mut layer = vec![0_usize; count];
    for _ in 0..count {
        let mut moved = false;
        for (from, to) in &forward {
            if layer[*to] < layer[*from] + 1 {
                layer[*to] = layer[*from] + 1;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    // What only leads on stands next to what it leads to.
    for block in 0..count {
        let comes = forward.iter().any(|(_, to)| *to == block);
        let next = forward.iter().filter(|(from, _)| *from == block).map(|(_, to)| layer[*to]).min();
        if let (false, Some(next)) = (comes, next) {
            layer[block] = next.saturating_sub(1);
        }
    }
    layer
}

/// The links without those that close a circle: blocks are lined up by how much more leads out of them than in
/// (Eades, Lin, Smyth 1993), and links that lead back in that line are left out.
fn acyclic(count: usize, links: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut left: BTreeSet<usize> = (0..count).collect();
    let (mut front, mut back) = (Vec::new(), Vec::new());
    let mut leads: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut comes: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (a, b) in links.iter().filter(|(a, b)| a != b) {
        leads[*a].push(*b);
        comes[*b].push(*a);
    }
    let mut degree: Vec<(i32, i32)> =
        leads.iter().zip(&comes).map(|(out, into)| (out.len() as i32, into.len() as i32)).collect();
    while !left.is_empty() {
        let sink = left.iter().find(|block| degree[**block].0 == 0 && degree[**block].1 > 0).copied();
        let weight = |block: &&usize| (degree[**block].0 - degree[**block].1, std::cmp::Reverse(**block));
        let Some(block) = sink.or_else(|| left.iter().max_by_key(weight).copied()) else { break };
        if sink.is_some() {
            back.push(block);
        } else {
            front.push(block);
        }
        left.remove(&block);
        for other in &leads[block] {
            degree[*other].1 -= 1;
        }
        for other in &comes[block] {
            degree[*other].0 -= 1;
        }
    }
    front.extend(back.into_iter().rev());
    let mut rank = vec![0; count];
    front.iter().enumerate().for_each(|(at, block)| rank[*block] = at);
    links.iter().filter(|(a, b)| rank[*a] < rank[*b]).copied().collect()
}

/// Blocks layer by layer, in each layer by the mean place of their neighbours.
fn order(count: usize, links: &[(usize, usize)], layers: &[usize]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|block| (layers[*block], *block));
    for sweep in 0..6 {
        let mut place = vec![0.0; count];
        let mut last = usize::MAX;
        let mut row = 0;
        for block in &order {
            row = if layers[*block] == last { row + 1 } else { 0 };
            last = layers[*block];
            place[*block] = f64::from(row);
        }
        let wish: Vec<f64> = (0..count)
            .map(|block| {
                let side = |other: usize| {
                    if sweep % 2 == 0 { layers[other] < layers[block] } else { layers[other] > layers[block] }
                };
                let near: Vec<f64> =
                    neighbours(links, block).filter(|other| side(*other)).map(|other| place[other]).collect();
                if near.is_empty() { place[block] } else { near.iter().sum::<f64>() / near.len() as f64 }
            })
            .collect();
        order.sort_by(|a, b| layers[*a].cmp(&layers[*b]).then(wish[*a].total_cmp(&wish[*b])).then(a.cmp(b)));
    }
    order
}

fn neighbours(links: &[(usize, usize)], block: usize) -> impl Iterator<Item = usize> {
    links.iter().filter_map(move |(a, b)| match (*a == block, *b == block) {
        (true, false) => Some(*b),
        (false, true) => Some(*a),
        _ => None,
    })
}

/// Fills columns with layers: thin ones share a column, tall ones take several.
fn columns(sizes: &[(i32, i32)], layers: &[usize], order: &[usize], gaps: &Gaps) -> Vec<Vec<usize>> {
    let area: f64 = sizes.iter().map(|(w, h)| f64::from(w + gaps.column) * f64::from(h + gaps.row)).sum();
    let tallest = sizes.iter().map(|(_, h)| *h).max().unwrap_or(0);
    let height = ((area / gaps.ratio).sqrt()).max(f64::from(tallest));
    let mut columns: Vec<Vec<usize>> = Vec::new();
    let mut filled = 0.0;
    let mut last = None;
    for block in order {
        let h = f64::from(sizes[*block].1);
        let next_layer = last.is_some_and(|last| last != layers[*block]);
        let full = filled + f64::from(gaps.row) + h > height * 1.15;
        if columns.is_empty() || full || (next_layer && filled > height * 0.3) {
            columns.push(Vec::new());
            filled = 0.0;
        }
        filled += h + if filled > 0.0 { f64::from(gaps.row) } else { 0.0 };
        last = Some(layers[*block]);
        if let Some(column) = columns.last_mut() {
            column.push(*block);
        }
    }
    columns
}

/// Left edges: columns as wide as their widest block, gaps wider where more links cross them.
fn abscissas(sizes: &[(i32, i32)], links: &[(usize, usize)], columns: &[Vec<usize>], gaps: &Gaps) -> Vec<i32> {
    let mut column_of = vec![0; sizes.len()];
    for (at, column) in columns.iter().enumerate() {
        column.iter().for_each(|block| column_of[*block] = at);
    }
    let mut xs = vec![0; sizes.len()];
    let mut x = 0;
    for (at, column) in columns.iter().enumerate() {
        let wide = column.iter().map(|block| sizes[*block].0).max().unwrap_or(0);
        for block in column {
            xs[*block] = x + (wide - sizes[*block].0) / 2 / 4 * 4;
        }
        let crossing = links.iter().filter(|(a, b)| {
            let (a, b) = (column_of[*a].min(column_of[*b]), column_of[*a].max(column_of[*b]));
            a <= at && at < b
        });
        x += wide + gaps.column + 6 * (crossing.count() as i32).min(12);
    }
    xs
}

/// Upper edges: each column as near to the middles of its neighbours as its order allows.
fn ordinates(sizes: &[(i32, i32)], links: &[(usize, usize)], columns: &[Vec<usize>], gap: i32) -> Vec<i32> {
    let mut middle: Vec<f64> = vec![0.0; sizes.len()];
    for column in columns {
        let total: i32 = column.iter().map(|block| sizes[*block].1).sum::<i32>() + gap * (column.len() as i32 - 1);
        let mut y = f64::from(-total) / 2.0;
        for block in column {
            let h = f64::from(sizes[*block].1);
            middle[*block] = y + h / 2.0;
            y += h + f64::from(gap);
        }
    }
    let forth = 0..columns.len();
    for at in forth.clone().chain(forth.rev()).cycle().take(4 * columns.len()) {
        let column = &columns[at];
        let wish: Vec<f64> = column
            .iter()
            .map(|block| {
                let near: Vec<f64> = neighbours(links, *block)
                    .filter(|other| !column.contains(other))
                    .map(|other| middle[other])
                    .collect();
                if near.is_empty() { middle[*block] } else { near.iter().sum::<f64>() / near.len() as f64 }
            })
            .collect();
        let heights: Vec<f64> = column.iter().map(|block| f64::from(sizes[*block].1)).collect();
        for (block, y) in column.iter().zip(spread(&wish, &heights, f64::from(gap))) {
            middle[*block] = y;
        }
    }
    let tops: Vec<f64> = middle.iter().zip(sizes).map(|(middle, (_, h))| middle - f64::from(*h) / 2.0).collect();
    let least = tops.iter().copied().fold(f64::INFINITY, f64::min);
    tops.into_iter().map(|top| ((top - least) / 4.0).round() as i32 * 4).collect()
}

/// Middles in a given order, `gap` apart, nearest to what they wish for: isotonic regression by pooling neighbours.
fn spread(wish: &[f64], heights: &[f64], gap: f64) -> Vec<f64> {
    let mut offsets = Vec::with_capacity(wish.len());
    let mut offset = 0.0;
    for (at, height) in heights.iter().enumerate() {
        if at > 0 {
            offset += heights[at - 1] / 2.0 + gap + height / 2.0;
        }
        offsets.push(offset);
    }
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (wish, offset) in wish.iter().zip(&offsets) {
        let mut pool = (wish - offset, 1);
        while let Some(last) = pools.last().copied().filter(|last| last.0 > pool.0) {
            let count = last.1 + pool.1;
            pool = ((last.0 * last.1 as f64 + pool.0 * pool.1 as f64) / count as f64, count);
            pools.pop();
        }
        pools.push(pool);
    }
    let flat = pools.into_iter().flat_map(|(value, count)| std::iter::repeat_n(value, count));
    flat.zip(offsets).map(|(value, offset)| value + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GAPS: Gaps = Gaps { column: 60, row: 20, ratio: 1.6 };

    #[test]
    fn blocks_never_overlap_and_flow_to_the_right() {
        let sizes = vec![(100, 40); 9];
        let links = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (0, 8)];
        let spots = pack(&sizes, &links, &GAPS);
        for a in 0..9 {
            for b in a + 1..9 {
                let apart = (spots[a].0 - spots[b].0).abs() >= 100 || (spots[a].1 - spots[b].1).abs() >= 40;
                assert!(apart, "{a} {b} {spots:?}");
            }
        }
        assert!(spots[0].0 < spots[8].0 || spots[0].1 < spots[8].1);
    }

    #[test]
    fn pools_keep_order_and_gaps() {
        let spread = spread(&[10.0, 0.0, 100.0], &[10.0, 10.0, 10.0], 5.0);
        assert!(spread[1] - spread[0] >= 15.0 - 1e-9 && spread[2] - spread[1] >= 15.0 - 1e-9);
        assert!((spread[2] - 100.0).abs() < 1e-9);
    }
}
