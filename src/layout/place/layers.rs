//! First columns: layers of what leads to what, folded so that the whole is not much wider than high.

use std::collections::BTreeSet;

/// Items in columns; `links` lead from item to item and say which way the drawing flows.
pub(super) fn first_columns(
    sizes: &[(i32, i32)],
    links: &[(usize, usize)],
    gaps: (i32, i32),
    ratio: f64,
) -> Vec<Vec<usize>> {
    let layers = layers(sizes.len(), links);
    let order = order(sizes.len(), links, &layers);
    columns(sizes, &layers, &order, gaps, ratio)
}

/// The layer of each item: one more than the greatest of its predecessors, circles cut where they close.
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
    for item in 0..count {
        let comes = forward.iter().any(|(_, to)| *to == item);
        let next = forward.iter().filter(|(from, _)| *from == item).map(|(_, to)| layer[*to]).min();
        if let (false, Some(next)) = (comes, next) {
            layer[item] = next.saturating_sub(1);
        }
    }
    layer
}

/// The links without those that close a circle: items are lined up by how much more leads out of them than in
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
        let sink = left.iter().find(|item| degree[**item].0 == 0 && degree[**item].1 > 0).copied();
        let weight = |item: &&usize| (degree[**item].0 - degree[**item].1, std::cmp::Reverse(**item));
        let Some(item) = sink.or_else(|| left.iter().max_by_key(weight).copied()) else { break };
        if sink.is_some() {
            back.push(item);
        } else {
            front.push(item);
        }
        left.remove(&item);
        for other in &leads[item] {
            degree[*other].1 -= 1;
        }
        for other in &comes[item] {
            degree[*other].0 -= 1;
        }
    }
    front.extend(back.into_iter().rev());
    let mut rank = vec![0; count];
    front.iter().enumerate().for_each(|(at, item)| rank[*item] = at);
    links.iter().filter(|(a, b)| rank[*a] < rank[*b]).copied().collect()
}

/// Items layer by layer, in each layer by the mean place of their neighbours.
fn order(count: usize, links: &[(usize, usize)], layers: &[usize]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|item| (layers[*item], *item));
    for sweep in 0..6 {
        let mut place = vec![0.0; count];
        let mut last = usize::MAX;
        let mut row = 0;
        for item in &order {
            row = if layers[*item] == last { row + 1 } else { 0 };
            last = layers[*item];
            place[*item] = f64::from(row);
        }
        let wish: Vec<f64> = (0..count)
            .map(|item| {
                let side = |other: usize| {
                    if sweep % 2 == 0 { layers[other] < layers[item] } else { layers[other] > layers[item] }
                };
                let near: Vec<f64> =
                    neighbours(links, item).filter(|other| side(*other)).map(|other| place[other]).collect();
                if near.is_empty() { place[item] } else { near.iter().sum::<f64>() / near.len() as f64 }
            })
            .collect();
        order.sort_by(|a, b| layers[*a].cmp(&layers[*b]).then(wish[*a].total_cmp(&wish[*b])).then(a.cmp(b)));
    }
    order
}

fn neighbours(links: &[(usize, usize)], item: usize) -> impl Iterator<Item = usize> {
    links.iter().filter_map(move |(a, b)| match (*a == item, *b == item) {
        (true, false) => Some(*b),
        (false, true) => Some(*a),
        _ => None,
    })
}

/// Fills columns with layers: thin ones share a column, tall ones take several.
fn columns(sizes: &[(i32, i32)], layers: &[usize], order: &[usize], gaps: (i32, i32), ratio: f64) -> Vec<Vec<usize>> {
    let area: f64 = sizes.iter().map(|(w, h)| f64::from(w + gaps.0) * f64::from(h + gaps.1)).sum();
    let tallest = sizes.iter().map(|(_, h)| *h).max().unwrap_or(0);
    let height = ((area / ratio).sqrt()).max(f64::from(tallest));
    let mut columns: Vec<Vec<usize>> = Vec::new();
    let mut filled = 0.0;
    let mut last = None;
    for item in order {
        let h = f64::from(sizes[*item].1);
        let next_layer = last.is_some_and(|last| last != layers[*item]);
        let full = filled + f64::from(gaps.1) + h > height * 1.15;
        if columns.is_empty() || full || (next_layer && filled > height * 0.3) {
            columns.push(Vec::new());
            filled = 0.0;
        }
        filled += h + if filled > 0.0 { f64::from(gaps.1) } else { 0.0 };
        last = Some(layers[*item]);
        if let Some(column) = columns.last_mut() {
            column.push(*item);
        }
    }
    columns
}
