//! Labels on their own lines, where there is room.

use super::{Area, Graph, Spot};

/// How much of a line stays visible on either side of its label.
const TAIL: i32 = 14;

pub(super) fn place(graph: &Graph, nodes: &[Area], frames: &[Area], ways: &[Vec<Spot>]) -> Vec<Option<Area>> {
    let titles: Vec<Area> = frames
        .iter()
        .zip(&graph.containers)
        .filter(|(frame, _)| !frame.is_empty())
        .map(|(frame, container)| Area { h: container.title.height.min(frame.h), ..*frame })
        .collect();
    let borders: Vec<Area> = frames.iter().filter(|frame| !frame.is_empty()).flat_map(sides).collect();
    let mut taken: Vec<Area> = nodes.iter().map(|node| node.grown(4)).chain(titles).chain(borders).collect();
    let lines: Vec<Vec<Area>> = ways.iter().map(|way| way.windows(2).map(thin).collect()).collect();
    let mut labels = vec![None; graph.edges.len()];
    for (edge, size) in graph.edges.iter().enumerate().filter_map(|(edge, e)| Some((edge, e.label?))) {
        let spots = candidates(&ways[edge], size);
        let strangers = |area: &Area| {
            let others = lines.iter().enumerate().filter(|(other, _)| *other != edge);
            others.filter(|(_, pieces)| pieces.iter().any(|piece| piece.overlaps(area))).count()
        };
        let free = spots.into_iter().filter(|area| taken.iter().all(|other| !area.overlaps(other)));
        let best = free.map(|area| (strangers(&area), area)).min_by_key(|(strangers, _)| *strangers);
        if let Some((_, area)) = best.filter(|(strangers, _)| *strangers == 0) {
            taken.push(area.grown(3));
            labels[edge] = Some(area);
        }
    }
    labels
}

fn sides(frame: &Area) -> [Area; 4] {
    [
        Area { h: 1, ..*frame },
        Area { w: 1, ..*frame },
        Area { y: frame.bottom(), h: 1, ..*frame },
        Area { x: frame.right(), w: 1, ..*frame },
    ]
}

fn thin(pair: &[Spot]) -> Area {
    let (Some(a), Some(b)) = (pair.first(), pair.last()) else { return Area::default() };
    let (x, y) = (a.0.min(b.0), a.1.min(b.1));
    Area { x, y, w: (a.0 - b.0).abs() + 1, h: (a.1 - b.1).abs() + 1 }
}

/// Places for a label on a line, the best first: in the middle of long flat pieces, then elsewhere on them, then on
/// steep ones.
fn candidates(way: &[Spot], (w, h): (i32, i32)) -> Vec<Area> {
    let mut spots: Vec<(i32, i32, Area)> = Vec::new();
    for pair in way.windows(2) {
        let [a, b] = pair else { continue };
        let flat = a.1 == b.1;
        let length = (a.0 - b.0).abs() + (a.1 - b.1).abs();
        let need = if flat { w } else { h } + 2 * TAIL;
        if length < need {
            continue;
        }
        for eighth in [4, 3, 5, 2, 6, 1, 7] {
            let along = need / 2 + (length - need) * eighth / 8;
            let centre = (a.0 + (b.0 - a.0).signum() * along, a.1 + (b.1 - a.1).signum() * along);
            let centre = if flat { (centre.0, a.1) } else { (a.0, centre.1) };
            let area = Area { x: centre.0 - w / 2, y: centre.1 - h / 2, w, h };
            let off = (eighth - 4_i32).abs();
            spots.push((i32::from(!flat) * 8 + off, -length, area));
        }
    }
    spots.sort_by_key(|(rank, length, area)| (*rank, *length, area.x, area.y));
    spots.into_iter().map(|(_, _, area)| area).collect()
}
