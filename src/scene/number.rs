//! Numbers on the lines of a diagram: the steps of a flow.

use super::{Align, Dash, Diagram, Item, Outline, Point, Rect, Role, Stroke};
use crate::{
    layout::{Area, Drawing},
    text::{Face, width},
};

const SIZE: f32 = 10.0;
const HEIGHT: f32 = 16.0;
/// Where along a line its number is tried, the best place first.
const PLACES: [f32; 11] = [0.3, 0.4, 0.2, 0.5, 0.6, 0.7, 0.12, 0.8, 0.88, 0.05, 0.95];

/// Puts a number on each line, where it covers no box, label or other number. Lines are numbered in their order.
pub fn number(diagram: &mut Diagram, drawing: &Drawing, numbers: &[String]) {
    let rect = |a: &Area| Rect { x: a.x as f32, y: a.y as f32, w: a.w as f32, h: a.h as f32 };
    let titles = drawing.containers.iter().map(|frame| Rect { h: 34.0, ..rect(frame) });
    let mut taken: Vec<Rect> =
        drawing.nodes.iter().chain(drawing.labels.iter().flatten()).map(rect).chain(titles).collect();
    for (line, number) in diagram.lines.iter().zip(numbers).filter(|(_, number)| !number.is_empty()) {
        let wide = (width(Face::SemiBold, SIZE, number) + 8.0).max(HEIGHT);
        let around = |at: Point| Rect { x: at.x - wide / 2.0, y: at.y - HEIGHT / 2.0, w: wide, h: HEIGHT };
        // On the line if there is room, else beside it.
        let beside = [(0.0, 0.0), (0.0, -18.0), (0.0, 18.0), (-22.0, 0.0), (22.0, 0.0)];
        let on_line = || PLACES.iter().filter_map(|share| along(&line.path, *share));
        let tried = || beside.iter().flat_map(|(dx, dy)| on_line().map(|at| at.moved(*dx, *dy))).map(around);
        let free = |area: &Rect| !taken.iter().any(|other| overlap(area, other));
        let Some(area) = tried().find(free).or_else(|| tried().next()) else { continue };
        let stroke = Some(Stroke { role: Role::Text, width: 1.0, dash: Dash::Solid });
        let outline = Outline::Round(area, HEIGHT / 2.0);
        diagram.scene.items.push(Item::Shape { outline, fill: Some(Role::Panel), stroke });
        diagram.scene.items.push(Item::Text {
            at: Point { x: area.x + area.w / 2.0, y: area.y + 11.6 },
            text: number.clone(),
            face: Face::SemiBold,
            size: SIZE,
            role: Role::Text,
            align: Align::Middle,
        });
        taken.push(area);
    }
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}

/// The point at a share of a line's length.
fn along(path: &[Point], share: f32) -> Option<Point> {
    let pieces = || path.iter().zip(path.iter().skip(1));
    let length = |(a, b): (&Point, &Point)| (b.x - a.x).hypot(b.y - a.y);
    let mut left = pieces().map(length).sum::<f32>() * share;
    for (a, b) in pieces() {
        let long = length((a, b));
        if left <= long && long > 0.0 {
            let t = left / long;
            return Some(Point { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });
        }
        left -= long;
    }
    path.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Mark;

    #[test]
    fn numbers_avoid_boxes_and_each_other() {
        let path = vec![Point { x: 0.0, y: 0.0 }, Point { x: 200.0, y: 0.0 }];
        let mark = Mark { keys: Vec::new(), area: Rect::default(), path, name: String::new(), at: 0 };
        let mut diagram = Diagram { lines: vec![mark.clone(), mark], ..Diagram::default() };
        let drawing = Drawing { nodes: vec![Area { x: 0, y: -20, w: 70, h: 40 }], ..Drawing::default() };
        number(&mut diagram, &drawing, &["1".to_owned(), "2".to_owned()]);
        let places: Vec<f32> = diagram
            .scene
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Text { at, .. } => Some(at.x),
                _ => None,
            })
            .collect();
        assert_eq!(places, [80.0, 100.0]);
    }
}
