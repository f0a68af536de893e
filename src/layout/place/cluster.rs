//! Many items in few groups: linked items together (local moving on modularity, Blondel et al. 2008), no group large.

use std::collections::BTreeMap;

/// More items than this are arranged in groups.
pub(super) const MOST: usize = 16;
/// As many items a group may have.
const CAP: usize = 12;

/// Groups of items, each at least one, fewer groups than items; `links` join items.
pub(super) fn cluster(count: usize, links: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut near: Vec<BTreeMap<usize, u32>> = vec![BTreeMap::new(); count];
    for (a, b) in links.iter().filter(|(a, b)| a != b) {
        *near[*a].entry(*b).or_default() += 1;
        *near[*b].entry(*a).or_default() += 1;
    }
    let mut group: Vec<usize> = (0..count).collect();
    let mut sizes = vec![1_usize; count];
    // Single items first, then whole groups join groups, as long as that gains.
    move_items(&near, &mut group, &mut sizes);
    for _ in 0..4 {
        if !join_groups(&near, &mut group, &mut sizes) {
            break;
        }
    }
    pool(collect(&group))
}

fn total(near: &[BTreeMap<usize, u32>]) -> f64 {
    near.iter().flat_map(BTreeMap::values).map(|weight| f64::from(*weight)).sum::<f64>().max(1.0)
}

fn move_items(near: &[BTreeMap<usize, u32>], group: &mut [usize], sizes: &mut [usize]) {
    let total = total(near);
    let degree: Vec<f64> = near.iter().map(|near| near.values().map(|weight| f64::from(*weight)).sum()).collect();
    let mut mass = degree.clone();
    for _ in 0..8 {
        let mut moved = false;
        for item in 0..group.len() {
            let home = group[item];
            let mut weights: BTreeMap<usize, f64> = BTreeMap::new();
            for (other, weight) in &near[item] {
                *weights.entry(group[*other]).or_default() += f64::from(*weight);
            }
            let gain = |to: usize, weight: f64| {
                let rest = if to == home { mass[to] - degree[item] } else { mass[to] };
                weight - degree[item] * rest / total
            };
            let stay = gain(home, weights.get(&home).copied().unwrap_or(0.0));
            let open = weights.iter().filter(|(to, _)| **to != home && sizes[**to] < CAP);
            let best = open
                .map(|(to, weight)| (gain(*to, *weight), *to))
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            if let Some((_, to)) = best.filter(|(gain, _)| *gain > stay + 1e-9) {
                group[item] = to;
                sizes[home] -= 1;
                sizes[to] += 1;
                mass[home] -= degree[item];
                mass[to] += degree[item];
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
}

/// Joins each group to the one it is linked to most, where both together are small enough.
fn join_groups(near: &[BTreeMap<usize, u32>], group: &mut [usize], sizes: &mut [usize]) -> bool {
    let mut between: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for (item, near) in near.iter().enumerate() {
        for (other, weight) in near {
            let (a, b) = (group[item], group[*other]);
            if a < b {
                *between.entry((a, b)).or_default() += weight;
            }
        }
    }
    let mut pairs: Vec<((usize, usize), u32)> = between.into_iter().collect();
    let density = |((a, b), weight): &((usize, usize), u32)| f64::from(*weight) / (sizes[*a] * sizes[*b]) as f64;
    pairs.sort_by(|x, y| density(y).total_cmp(&density(x)).then(x.0.cmp(&y.0)));
    let mut into: BTreeMap<usize, usize> = BTreeMap::new();
    for ((a, b), _) in pairs {
        if into.contains_key(&a) || into.contains_key(&b) || sizes[a] + sizes[b] > CAP {
            continue;
        }
        into.insert(b, a);
        into.insert(a, a);
    }
    let mut joined = false;
    for at in group.iter_mut() {
        if let Some(to) = into.get(at).copied().filter(|to| to != at) {
            sizes[*at] -= 1;
            sizes[to] += 1;
            *at = to;
            joined = true;
        }
    }
    joined
}

fn collect(group: &[usize]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (item, at) in group.iter().enumerate() {
        groups.entry(*at).or_default().push(item);
    }
    groups.into_values().collect()
}

/// Small groups, which nothing holds together, fill groups up in the order of their items.
fn pool(groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let (mut pooled, small): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group.len() > CAP / 3);
    let mut open: Vec<usize> = Vec::new();
    for group in small {
        if open.len() + group.len() > CAP {
            pooled.push(std::mem::take(&mut open));
        }
        open.extend(group);
    }
    if !open.is_empty() {
        pooled.push(open);
    }
    pooled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_linked_stays_together_and_no_group_is_large() {
        let mut links = Vec::new();
        for clique in 0..5 {
            for a in 0..6 {
                links.extend((0..a).map(|b| (clique * 6 + a, clique * 6 + b)));
            }
        }
        links.extend([(0, 6), (7, 12)]);
        let groups = cluster(30, &links);
        let whole =
            |clique: usize| groups.iter().any(|group| (clique * 6..clique * 6 + 6).all(|item| group.contains(&item)));
        assert!((0..5).all(whole) && groups.iter().all(|group| group.len() <= CAP), "{groups:?}");
        let lone = cluster(1000, &[]);
        assert!(lone.iter().all(|group| group.len() <= CAP) && lone.len() < 100, "{}", lone.len());
        assert_eq!(lone.iter().map(Vec::len).sum::<usize>(), 1000);
    }
}
