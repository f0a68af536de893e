//! What is to be drawn: a model as boxes, frames and lines with sizes, before anyone knows where they stand.

mod before;
mod boxes;
mod choice;
mod folds;
mod insides;
mod lines;
mod stores;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use choice::{Choice, around_it};
pub use folds::{CROWD, Folds};
pub use insides::Insides;
use serde::{Deserialize, Serialize};

use super::Graph;
use crate::model::{Filter, Grouping, Id, Interaction, InteractionKind, Key, Kind, Model, System, SystemKind};

/// Size of a box's name.
pub const TITLE_SIZE: f32 = 14.0;
/// Size of captions and labels.
pub const CAPTION_SIZE: f32 = 11.0;
/// Size of a frame's name.
pub const FRAME_SIZE: f32 = 13.0;
/// Side of the square that holds a label's letter.
pub const LETTER: f32 = 15.0;

/// What a box is, for its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NodeKind {
    /// A system.
    System(SystemKind),
    /// A store.
    Store,
    /// A container that is drawn as one box, with all that stands in it.
    Group,
}

/// A box that is to be drawn.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlannedNode {
    /// The record it stands for.
    pub key: Key,
    /// What it is.
    pub kind: NodeKind,
    /// Its name, no longer than the box.
    pub title: String,
    /// Its second line; may be empty.
    pub caption: String,
    /// Whether it is a member of a mesh.
    pub in_mesh: bool,
    /// Its name in full, for assistive technology.
    pub name: String,
    /// The systems and stores that stand in it, where it is a container.
    pub holds: Vec<Key>,
}

/// A frame that is to be drawn.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Frame {
    /// The domain, boundary or team.
    pub key: Key,
    /// Its name.
    pub title: String,
    /// What stands at the right end of its title line: the owner, or how far it is trusted.
    pub aside: String,
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Look {
    /// An interaction of a kind.
    Interaction(InteractionKind),
    /// All interactions from or to what stands in a collapsed container.
    Aggregate,
    /// A system reaches a store that is its own, or reads another's.
    Access,
    /// A system writes a store that is not its own.
    DirectWrite,
}

/// A line that is to be drawn, and all that it stands for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bundle {
    /// Its name in machine-readable output: the first interaction, `access:SYSTEM:STORE`, or `aggregate:FROM:TO`.
    pub id: String,
    /// What it stands for, for each box that it reaches: interactions of one kind between the same two systems, one
    /// event to several, all that crosses the edge of a collapsed container, or a store.
    pub branches: Vec<Branch>,
    /// How it looks.
    pub look: Look,
    /// Its label; empty for none.
    pub label: String,
    /// What it says in full, for assistive technology.
    pub name: String,
}

/// The part of a line that reaches one box.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Branch {
    /// What it stands for, one at least.
    pub members: Vec<Key>,
    /// What it says in full.
    pub name: String,
}

impl Bundle {
    /// All that it stands for.
    pub fn members(&self) -> impl Iterator<Item = &Key> {
        self.branches.iter().flat_map(|branch| &branch.members)
    }
}

/// A model as boxes, frames and lines.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Plan {
    /// The same for the layout engine, index by index.
    pub graph: Graph,
    /// The boxes.
    pub nodes: Vec<PlannedNode>,
    /// The frames.
    pub frames: Vec<Frame>,
    /// The lines.
    pub bundles: Vec<Bundle>,
    /// The box in which each system and store is seen: its own, or the collapsed container that it stands in.
    pub places: BTreeMap<Key, usize>,
}

impl Plan {
    /// Plans a diagram of what a filter leaves, in frames, with some boxes pinned and some containers collapsed.
    pub fn new(
        model: &Model,
        grouping: Grouping,
        filter: &Filter,
        pins: &BTreeMap<Key, (i32, i32)>,
        folds: &Folds,
    ) -> Self {
        Self::found(model, grouping, (filter, &BTreeSet::new()), pins, folds)
    }

    /// The same for a filter that may ask for what the rules found something about: these.
    pub fn found(
        model: &Model,
        grouping: Grouping,
        (filter, found): (&Filter, &BTreeSet<Key>),
        pins: &BTreeMap<Key, (i32, i32)>,
        folds: &Folds,
    ) -> Self {
        Self::chosen(model, grouping, &Choice::of(model, filter, found), pins, folds)
    }

    /// The plan of a whole model.
    pub fn landscape(model: &Model, grouping: Grouping) -> Self {
        Self::new(model, grouping, &Filter::default(), &BTreeMap::new(), &Folds::default())
    }

    /// Some systems with those that are one hop away from them or share a store with them.
    pub fn neighbourhood(model: &Model, grouping: Grouping, middle: &BTreeSet<Id<System>>) -> Self {
        let choice = Choice::around(model, middle.clone(), 1);
        Self::chosen(model, grouping, &choice, &BTreeMap::new(), &Folds::default())
    }

    /// Some interactions and the systems that they join.
    pub fn flow(model: &Model, grouping: Grouping, interactions: &BTreeSet<Id<Interaction>>) -> Self {
        let choice = Choice::flow(model, interactions.clone());
        Self::chosen(model, grouping, &choice, &BTreeMap::new(), &Folds::default())
    }

    fn chosen(
        model: &Model,
        grouping: Grouping,
        choice: &Choice,
        pins: &BTreeMap<Key, (i32, i32)>,
        folds: &Folds,
    ) -> Self {
        let mut planner = boxes::Planner::new(model, grouping, choice, pins, folds);
        planner.frames();
        planner.systems();
        planner.stores();
        planner.lines();
        planner.plan
    }

    /// The box that is a record's own.
    pub fn own_box(&self, key: &Key) -> Option<&PlannedNode> {
        self.places.get(key).and_then(|at| self.nodes.get(*at)).filter(|node| node.key == *key)
    }
}

/// The containers that must stand open so that a system, a store, both ends of an interaction, or a container can be
/// seen.
pub fn containers_of(model: &Model, grouping: Grouping, key: &Key) -> BTreeSet<Key> {
    let slug = key.slug.clone();
    if matches!(key.kind, Kind::Domain | Kind::Boundary | Kind::Team) {
        return around_it(model, key.clone()).filter(|other| other != key).collect();
    }
    let systems: Vec<Id<System>> = match key.kind {
        Kind::System => vec![Id::from_slug(slug)],
        Kind::Store => {
            let store = model.stores.get(&Id::from_slug(slug));
            store.and_then(|store| store.owner.known().cloned()).into_iter().collect()
        }
        Kind::Interaction => {
            let interaction = model.interactions.get(&Id::from_slug(slug));
            interaction.map(|i| vec![i.from.clone(), i.to.clone()]).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let homes = systems.iter().filter_map(|id| boxes::home(grouping, model.system(id)?));
    homes.flat_map(|home| around_it(model, home)).collect()
}
