//! How collapsed containers looked inside, for when they are opened again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Plan;
use crate::{
    layout::{Area, Drawing, Inside},
    model::Key,
};

/// Where the boxes and frames of each container stood when it was last seen open, with its own frame among them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insides(BTreeMap<Key, BTreeMap<Key, Area>>);

impl Insides {
    /// Remembers what a drawing shows of containers that the next plan does not open, and forgets the others.
    pub fn remember(&mut self, plan: &Plan, drawing: &Drawing, next: &Plan) {
        let is_open = |key: &Key| next.frames.iter().any(|frame| frame.key == *key);
        let frames: Vec<(&Key, &Area)> = plan.frames.iter().map(|frame| &frame.key).zip(&drawing.containers).collect();
        let nodes = plan.nodes.iter().map(|node| &node.key).zip(&drawing.nodes);
        let all: Vec<(&Key, &Area)> = nodes.chain(frames.iter().copied()).collect();
        for (key, frame) in frames.iter().filter(|(key, _)| !is_open(key)) {
            let within = all.iter().filter(|(_, area)| !area.is_empty() && frame.around(area) == **frame);
            self.0.insert((*key).clone(), within.map(|(key, area)| ((*key).clone(), **area)).collect());
        }
        self.0.retain(|key, _| !is_open(key));
    }

    /// Everything that stood somewhere.
    pub fn areas(&self) -> impl Iterator<Item = &Area> {
        self.0.values().flat_map(BTreeMap::values)
    }

    /// What a plan can use of it: the containers that it opens.
    pub(super) fn of(&self, plan: &Plan) -> Vec<Inside> {
        let inside = |(container, frame): (usize, &super::Frame)| {
            let stood = self.0.get(&frame.key)?;
            let place = |(at, key)| Some((at, *stood.get(key)?));
            Some(Inside {
                container,
                frame: *stood.get(&frame.key)?,
                nodes: plan.nodes.iter().map(|node| &node.key).enumerate().filter_map(place).collect(),
                containers: plan.frames.iter().map(|frame| &frame.key).enumerate().filter_map(place).collect(),
            })
        };
        plan.frames.iter().enumerate().filter_map(inside).collect()
    }
}
