//! The legend: the shapes and lines that a diagram uses, and what they mean.

use std::collections::BTreeSet;

use super::{
    Align, Dash, Dressing, Entry, Item, Point, Rect, Role, Scene, Stroke,
    diagram::{Painter, Pen, colour},
};
use crate::{
    layout::{Look, NodeKind, Plan, PlannedNode},
    model::{InteractionKind, Key, Kind, SystemKind},
    text::{self, Face},
};

const ROW: f32 = 24.0;
const SIZE: f32 = 11.0;

/// The shapes and lines that a plan uses.
#[derive(Clone, Debug, Default)]
pub struct Uses {
    kinds: BTreeSet<NodeKind>,
    looks: BTreeSet<Look>,
    meshed: bool,
}

impl Uses {
    /// What a plan uses.
    pub fn of(plan: &Plan) -> Self {
        Self {
            kinds: plan.nodes.iter().map(|node| node.kind).collect(),
            looks: plan.bundles.iter().map(|bundle| bundle.look).collect(),
            meshed: plan.nodes.iter().any(|node| node.in_mesh),
        }
    }
}

/// The legend of what a plan uses as a lens dresses it, no wider than `width`; empty where nothing is drawn.
pub fn legend(uses: &Uses, dressing: &Dressing, width: f32) -> Scene {
    let Uses { kinds, looks, meshed } = uses;
    let mut writer = Writer::new(width);
    writer.lens(dressing);
    let lensed = dressing.lines.is_some();
    for look in looks {
        writer.line(*look, if lensed { Role::BoxLine } else { colour(*look) }, !lensed);
    }
    let service = NodeKind::System(SystemKind::Service);
    let application = NodeKind::System(SystemKind::Application);
    for kind in kinds {
        // Services and applications have one shape, and one entry.
        match *kind {
            kind if kind == service && kinds.contains(&application) => writer.shape(kind, "service, application"),
            kind if kind == application && kinds.contains(&service) => {}
            NodeKind::Store => writer.shape(*kind, "store"),
            NodeKind::Group => writer.shape(*kind, "several systems as one box"),
            NodeKind::System(word) => writer.shape(*kind, word.word()),
        }
    }
    if *meshed {
        let at = writer.place(28.0, "member of a mesh");
        writer.painter.round(Rect { x: at.x, y: at.y + 3.0, w: 22.0, h: 16.0 }, 5.0, Some(Role::MeshFill), None);
    }
    writer.scene()
}

/// Only what a lens tells, for where there is no room for more; empty where it tells nothing.
pub fn lens_legend(dressing: &Dressing, width: f32) -> Scene {
    let mut writer = Writer::new(width);
    writer.lens(dressing);
    writer.scene()
}

struct Writer {
    painter: Painter,
    x: f32,
    y: f32,
    width: f32,
    used: f32,
}

impl Writer {
    fn new(width: f32) -> Self {
        Self { painter: Painter::default(), x: 0.0, y: 0.0, width, used: 0.0 }
    }

    fn scene(self) -> Scene {
        if self.painter.items.is_empty() {
            return Scene::default();
        }
        let bounds = Rect { x: 0.0, y: 0.0, w: self.used, h: self.y + ROW };
        Scene { bounds, items: self.painter.items }
    }

    /// What the lens asks, and its answers.
    fn lens(&mut self, dressing: &Dressing) {
        self.title(&dressing.title);
        for entry in &dressing.entries {
            match entry {
                Entry::Box(fill, line, heavy, words) => self.swatch((*fill, *line), *heavy, words),
                Entry::Line(role, sign, words) => self.signed(*role, *sign, words),
                Entry::Heavy(words) => self.heavy(words),
            }
        }
    }

    /// Where the sign of an entry stands; its words stand `room` to the right of that.
    fn place(&mut self, room: f32, words: &str) -> Point {
        let needed = room + text::width(Face::Regular, SIZE, words) + 20.0;
        if self.x > 0.0 && self.x + needed > self.width {
            self.x = 0.0;
            self.y += ROW;
        }
        let at = Point { x: self.x, y: self.y };
        let baseline = Point { x: at.x + room, y: at.y + 15.0 };
        self.painter.text(baseline, words, Face::Regular, SIZE, Role::Soft, Align::Start);
        self.x += needed;
        self.used = self.used.max(self.x - 20.0);
        at
    }

    /// What the lens asks; what it answers stands below.
    fn title(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        let at = Point { x: 0.0, y: self.y + 15.0 };
        self.painter.text(at, words, Face::SemiBold, SIZE, Role::Text, Align::Start);
        self.used = self.used.max(text::width(Face::SemiBold, SIZE, words));
        self.y += ROW;
    }

    fn swatch(&mut self, (fill, line): (Role, Role), heavy: bool, words: &str) {
        let at = self.place(30.0, words);
        let stroke = Stroke { role: line, width: if heavy { 3.0 } else { 1.5 }, dash: Dash::Solid };
        self.painter.round(Rect { x: at.x, y: at.y + 3.0, w: 22.0, h: 16.0 }, 5.0, Some(fill), Some(stroke));
    }

    fn signed(&mut self, role: Role, sign: char, words: &str) {
        let at = self.place(44.0, words);
        let (x, y) = (at.x.round() as i32, (at.y + 11.0).round() as i32);
        let stroke = Stroke { role, width: 1.75, dash: Dash::Solid };
        let points = [x, x + 36].map(|x| Point { x: x as f32, y: y as f32 }).to_vec();
        self.painter.items.push(Item::Path { points, stroke });
        self.painter.sign(sign, role, Rect { x: at.x + 10.5, y: at.y + 3.5, w: 15.0, h: 15.0 });
    }

    fn heavy(&mut self, words: &str) {
        let at = self.place(44.0, words);
        let stroke = Stroke { role: Role::BoxLine, width: 3.25, dash: Dash::Solid };
        let points = [at.x, at.x + 36.0].map(|x| Point { x, y: at.y + 11.0 }).to_vec();
        self.painter.items.push(Item::Path { points, stroke });
    }

    fn line(&mut self, look: Look, role: Role, letters: bool) {
        let words = match look {
            Look::Interaction(InteractionKind::Command) => "command",
            Look::Interaction(InteractionKind::Query) => "query",
            Look::Interaction(InteractionKind::Event) => "event",
            Look::Interaction(InteractionKind::Unclassified) => "not yet classified",
            Look::Aggregate => "everything between the two, by kind",
            Look::Access => "reaches a store",
            Look::DirectWrite => "writes another's store",
        };
        let kind = if let Look::Interaction(kind) = look { Some(kind) } else { None };
        let lettered = letters && kind.is_some();
        let at = self.place(if lettered { 60.0 } else { 40.0 }, words);
        let (x, y) = (at.x.round() as i32, (at.y + 11.0).round() as i32);
        self.painter.line(look, &Pen::plain(role, false), &[(x, y), (x + 32, y)], 8, true);
        if let Some(kind) = kind.filter(|_| lettered) {
            self.painter.sign(kind.letter(), role, Rect { x: at.x + 38.0, y: at.y + 3.5, w: 15.0, h: 15.0 });
        }
    }

    fn shape(&mut self, kind: NodeKind, words: &str) {
        // A small box of the kind, without words of its own.
        let key = Key::single(Kind::Model);
        let small = PlannedNode {
            key,
            kind,
            title: String::new(),
            caption: String::new(),
            in_mesh: false,
            name: String::new(),
            holds: Vec::new(),
        };
        let at = self.place(36.0, words);
        let (w, h) = if kind == NodeKind::System(SystemKind::Person) { (26.0, 18.0) } else { (28.0, 18.0) };
        self.painter.node(&small, None, Rect { x: at.x, y: at.y + 2.0, w, h });
    }
}

impl Scene {
    /// This scene with another below it, left-aligned.
    pub fn over(mut self, below: Self, gap: f32) -> Self {
        if below.items.is_empty() {
            return self;
        }
        let (dx, dy) = (self.bounds.x + 24.0 - below.bounds.x, self.bounds.y + self.bounds.h + gap - below.bounds.y);
        self.items.extend(below.items.into_iter().map(|item| item.moved(dx, dy)));
        self.bounds.w = self.bounds.w.max(below.bounds.w + 48.0);
        self.bounds.h += gap + below.bounds.h + 24.0;
        self
    }
}
