//! From one drawing to the next: boxes that moved glide, so that the eye can follow.

use std::collections::BTreeMap;

use super::Drag;
use crate::{
    layout::{Area, Drawing, Spot},
    model::Key,
    scene::{Diagram, Part, PartKind, diagram},
    workbench::Survey,
};

/// So long it takes, in seconds.
const LASTS: f64 = 0.15;
/// Larger diagrams are built anew for every frame too slowly to glide.
const MOST: usize = 400;

/// Where things stood before.
#[derive(Debug)]
pub(super) struct Glide {
    boxes: BTreeMap<Key, Area>,
    frames: BTreeMap<Key, Area>,
    lines: BTreeMap<String, (Vec<Vec<Spot>>, Option<Area>)>,
    /// When it began, on the clock of the window; `None` before its first frame.
    began: Option<f64>,
}

/// A moment of it.
pub(super) struct Moment {
    pub(super) drawing: Drawing,
    pub(super) diagram: Diagram,
    /// How far it has come, from 0 to 1.
    pub(super) at: f32,
    /// Lines that come in anew, since no way leads from how they ran to how they run.
    fresh: Vec<bool>,
    new_boxes: Vec<bool>,
}

impl Moment {
    /// How much of its colour a part has: what is new comes up.
    pub(super) fn shade(&self, part: &Part) -> f32 {
        let of = |list: &[bool]| list.get(part.at).copied().unwrap_or_default();
        let comes = match part.kind {
            PartKind::Line | PartKind::Label => of(&self.fresh),
            PartKind::Box | PartKind::Badge | PartKind::Mesh => of(&self.new_boxes),
            PartKind::Frame | PartKind::Title => false,
        };
        if comes { self.at } else { 1.0 }
    }
}

impl Glide {
    /// What leads from one survey to the next, from where boxes were let go; nothing where no box moves.
    pub(super) fn between(old: &Survey, new: &Survey, landed: Option<&Drag>) -> Option<Self> {
        if new.plan.nodes.len().max(old.plan.nodes.len()) > MOST {
            return None;
        }
        let mut boxes: BTreeMap<Key, Area> =
            old.plan.nodes.iter().map(|node| node.key.clone()).zip(old.drawing.nodes.iter().copied()).collect();
        // What was dragged is seen where it was let go.
        let by = landed.map_or((0.0, 0.0), |drag| drag.moved);
        for (_, key, rect) in landed.into_iter().flat_map(|drag| &drag.boxes) {
            if let Some(area) = boxes.get_mut(key) {
                (area.x, area.y) = ((rect.x + by.0).round() as i32, (rect.y + by.1).round() as i32);
            }
        }
        let moved =
            |(key, area): (&Key, &Area)| boxes.get(key).is_some_and(|stood| (stood.x, stood.y) != (area.x, area.y));
        if !new.plan.nodes.iter().map(|node| &node.key).zip(&new.drawing.nodes).any(moved) {
            return None;
        }
        let frames = old.plan.frames.iter().map(|frame| frame.key.clone()).zip(old.drawing.containers.iter().copied());
        let line = |(at, bundle): (usize, &crate::layout::Bundle)| {
            let ways = old.drawing.edges.get(at).cloned().unwrap_or_default();
            (bundle.id.clone(), (ways, old.drawing.labels.get(at).copied().flatten()))
        };
        let lines = old.plan.bundles.iter().enumerate().map(line).collect();
        Some(Self { boxes, frames: frames.filter(|(_, area)| !area.is_empty()).collect(), lines, began: None })
    }

    /// What is seen at a time; `None` when it is over.
    pub(super) fn moment(&mut self, survey: &Survey, now: f64) -> Option<Moment> {
        let share = ((now - *self.began.get_or_insert(now)) / LASTS) as f32;
        (share < 1.0).then(|| self.at(survey, share.max(0.0)))
    }

    fn at(&self, survey: &Survey, share: f32) -> Moment {
        // Quick at first, and gentle at the end.
        let at = 1.0 - (1.0 - share).powi(3);
        let Survey { plan, drawing: end, .. } = survey;
        let old = |stood: Option<&Area>, area: &Area| stood.map_or(*area, |stood| between(stood, area, at));
        let nodes = plan.nodes.iter().zip(&end.nodes).map(|(node, area)| old(self.boxes.get(&node.key), area));
        let frames =
            plan.frames.iter().zip(&end.containers).map(|(frame, area)| old(self.frames.get(&frame.key), area));
        let mut fresh = Vec::new();
        let (mut edges, mut labels) = (Vec::new(), Vec::new());
        for ((bundle, ways), label) in plan.bundles.iter().zip(&end.edges).zip(&end.labels) {
            let before = self.lines.get(&bundle.id).filter(|(before, _)| alike(before, ways));
            fresh.push(before.is_none());
            edges.push(before.map_or_else(|| ways.clone(), |(before, _)| bend(before, ways, at)));
            let stood = before.and_then(|(_, label)| *label);
            labels.push(label.map(|area| stood.map_or(area, |stood| between(&stood, &area, at))));
        }
        let drawing =
            Drawing { nodes: nodes.collect(), containers: frames.collect(), edges, labels, hurried: end.hurried };
        let new_boxes = plan.nodes.iter().map(|node| !self.boxes.contains_key(&node.key)).collect();
        let diagram = diagram(plan, &drawing, &survey.badges, &survey.dressing);
        Moment { drawing, diagram, at, fresh, new_boxes }
    }
}

fn between(a: &Area, b: &Area, at: f32) -> Area {
    let mix = |a: i32, b: i32| a + ((b - a) as f32 * at).round() as i32;
    Area { x: mix(a.x, b.x), y: mix(a.y, b.y), w: mix(a.w, b.w), h: mix(a.h, b.h) }
}

/// Whether ways have the same corners, only elsewhere.
fn alike(a: &[Vec<Spot>], b: &[Vec<Spot>]) -> bool {
    let level = |way: &[Spot]| way.windows(2).next().is_some_and(|pair| matches!(pair, [a, b] if a.1 == b.1));
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.len() == b.len() && level(a) == level(b))
}

fn bend(a: &[Vec<Spot>], b: &[Vec<Spot>], at: f32) -> Vec<Vec<Spot>> {
    let mix = |a: i32, b: i32| a + ((b - a) as f32 * at).round() as i32;
    let way = |(a, b): (&Vec<Spot>, &Vec<Spot>)| a.iter().zip(b).map(|(a, b)| (mix(a.0, b.0), mix(a.1, b.1))).collect();
    a.iter().zip(b).map(way).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Date, Lens, Model, SystemKind},
        workbench::{SurveyOptions, Workbench, add_system, survey},
    };

    #[test]
    fn boxes_that_moved_glide_and_others_do_not() {
        let mut bench = Workbench::new(Model::new("Two"), None, Vec::new());
        for name in ["Orders", "Billing"] {
            let (_, edits) = add_system(bench.model(), name, SystemKind::Service, &None).unwrap();
            bench.apply("Add", None, &edits).unwrap();
        }
        let day: Date = "2026-11-22".parse().unwrap();
        let options = SurveyOptions { as_of: day, grouping: None, lens: Lens::Kinds };
        let key: Key = "system:orders".parse().unwrap();
        let at = |spot| {
            let mut bench = bench.clone();
            bench.pin("Move", None, &[(key.clone(), spot)], Vec::new()).unwrap();
            survey(bench.model(), 0, options)
        };
        let (old, new) = (at((0, 0)), at((100, 40)));
        assert!(Glide::between(&old, &old, None).is_none());
        let mut glide = Glide::between(&old, &new, None).unwrap();
        let place = new.plan.places[&key];
        assert_eq!(glide.moment(&new, 7.0).unwrap().drawing.nodes[place].x, 0);
        let halfway = glide.moment(&new, 7.07).unwrap().drawing.nodes[place];
        assert!((20..100).contains(&halfway.x) && (8..40).contains(&halfway.y), "{halfway:?}");
        assert!(glide.moment(&new, 7.2).is_none());
    }
}
