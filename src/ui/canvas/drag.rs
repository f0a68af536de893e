//! Boxes on their way: how far, along which guides, and into which frame.

use std::collections::BTreeMap;

use egui::{CursorIcon, Key as Button, Stroke, StrokeKind, Ui, vec2};

use super::{
    Action, Sight,
    guides::{Guide, snap},
    hand::Hand,
};
use crate::{
    layout::NodeKind,
    model::{Grouping, Key},
    scene::{Mark, Point, Rect, Role, one_box},
    text::{self, Face},
    ui::{App, paint, theme},
    workbench::{self, Survey},
};

/// Dragged boxes snap to guides within this, in points of the screen.
const REACH: f32 = 6.0;
/// Beside its own frame a box is still in it, so that frames can be made larger, in points of the screen.
const BESIDE: f32 = 24.0;
/// Positions are multiples of this where no guide says otherwise.
pub(super) const SNAP: f32 = 4.0;

/// Boxes on their way.
#[derive(Debug, Default)]
pub(super) struct Drag {
    /// Their places in the plan, what they stand for, and where they stood.
    pub(super) boxes: Vec<(usize, Key, Rect)>,
    /// Where the hand took hold, in the diagram.
    pub(super) from: Point,
    /// The box or frame that the hand holds.
    pub(super) held: Option<Key>,
    /// Where it stood, if it is a whole frame.
    pub(super) frame: Option<Rect>,
    /// How far the boxes go, in diagram units.
    pub(super) moved: (f32, f32),
    pub(super) guides: Vec<Guide>,
    pub(super) into: Into,
    /// Whether the hand is where nothing can be put down: beside the canvas.
    pub(super) outside: bool,
}

/// What becomes of the frame of what is dragged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Into {
    /// It stays.
    #[default]
    Stay,
    /// It is another.
    Frame(Key),
    /// It is asked anew.
    Nowhere,
}

impl Drag {
    /// Looks for guides and for the frame under the pointer, unless what is dragged is to go freely.
    fn settle(&mut self, sight: &Sight<'_>, at: egui::Pos2, freely: bool) {
        self.outside = !sight.area.contains(at);
        if self.outside {
            (self.moved, self.into) = ((0.0, 0.0), Into::Stay);
            self.guides.clear();
            return;
        }
        let (zoom, spot) = (sight.camera.zoom, sight.spot(at));
        let way = (spot.x - self.from.x, spot.y - self.from.y);
        let Some((_, _, first)) = self.boxes.first() else { return };
        let hull = self.boxes.iter().fold(*first, |hull, (_, _, rect)| hull.around(*rect));
        if freely {
            (self.moved, self.guides) = (way, Vec::new());
        } else {
            let others = self.others(sight);
            let moving = hull.moved(way.0, way.1);
            let (by, guides) = snap(moving, &others, REACH / zoom);
            // What is on no guide stands on the grid.
            let settled = |to: f32, by: Option<f32>| by.map_or_else(|| (to / SNAP).round() * SNAP, |by| to + by);
            self.moved = (settled(moving.x, by.0) - hull.x, settled(moving.y, by.1) - hull.y);
            self.guides = guides;
        }
        self.into = self.frame_at(sight, at);
    }

    /// Another drawing is shown from now on: what is dragged is found there. Whether all of it is still drawn.
    pub(super) fn follow(&mut self, survey: &Survey) -> bool {
        let known = |mark: &'_ Mark| Some((mark.keys.first()?.clone(), (mark.at, mark.area)));
        let boxes: BTreeMap<Key, (usize, Rect)> = survey.diagram.boxes.iter().filter_map(known).collect();
        for (at, key, rect) in &mut self.boxes {
            let Some(now) = boxes.get(key) else { return false };
            (*at, *rect) = *now;
        }
        let Some(held) = self.held.as_ref().filter(|_| self.frame.is_some()) else { return true };
        let now = survey.diagram.frames.iter().find(|mark| mark.keys.first() == Some(held));
        self.frame = now.map(|mark| mark.area);
        self.frame.is_some()
    }

    /// What can be seen and is not dragged.
    fn others(&self, sight: &Sight<'_>) -> Vec<Rect> {
        let dragged: std::collections::BTreeSet<usize> = self.boxes.iter().map(|(at, _, _)| *at).collect();
        let seen = |mark: &&Mark| !dragged.contains(&mark.at) && sight.area.intersects(sight.rect(mark.area));
        sight.survey.diagram.boxes.iter().filter(seen).map(|mark| mark.area).collect()
    }

    fn frame_at(&self, sight: &Sight<'_>, at: egui::Pos2) -> Into {
        let Sight { survey, .. } = sight;
        let Some(held) = &self.held else { return Into::Stay };
        let (model, grouping) = (&survey.model, survey.grouping);
        if grouping == Grouping::None || !self.movers().any(|key| workbench::can_move_in(model, grouping, key)) {
            return Into::Stay;
        }
        let own = workbench::home(model, grouping, held);
        let spot = sight.spot(at);
        // What is dragged takes along the frames in it, which stay drawn where they were.
        let along = |mark: &&Mark| {
            let dragged = self.frame.is_some().then_some(held);
            mark.keys.iter().zip(dragged).any(|(key, dragged)| workbench::stands_in(model, grouping, key, dragged))
        };
        let frames = survey.diagram.frames.iter().filter(|mark| !along(mark));
        let boxes = survey.diagram.boxes.iter().filter(|mark| self.frame.is_none() || !along(mark));
        let collapsed = boxes.filter(|mark| {
            let node = survey.plan.nodes.get(mark.at);
            node.is_some_and(|node| node.kind == NodeKind::Group && !self.boxes.iter().any(|(at, _, _)| *at == mark.at))
        });
        let over = frames.chain(collapsed).rfind(|mark| mark.area.contains(spot));
        if let Some(frame) = over.and_then(|mark| mark.keys.first()) {
            return if own.as_ref() == Some(frame) { Into::Stay } else { Into::Frame(frame.clone()) };
        }
        let frame = own.and_then(|own| survey.diagram.frames.iter().find(|mark| mark.keys.contains(&own)));
        match frame {
            Some(mark) if !sight.rect(mark.area).expand(BESIDE).contains(at) => Into::Nowhere,
            _ => Into::Stay,
        }
    }

    /// What changes its frame: the boxes, or the one frame that they stand in.
    fn movers(&self) -> impl Iterator<Item = &Key> {
        let boxes = self.boxes.iter().map(|(_, key, _)| key).filter(|_| self.frame.is_none());
        boxes.chain(self.held.iter().filter(|_| self.frame.is_some()))
    }

    /// What is done when it is let go, in words.
    pub(super) fn step(&self, survey: &Survey) -> String {
        let frame = self.held.as_ref().filter(|_| self.frame.is_some());
        let what = frame.map_or_else(|| name_of(survey, &self.boxes), |frame| survey.model.name(frame));
        match &self.into {
            Into::Stay => format!("Move {what}"),
            Into::Frame(frame) => format!("Move {what} to {}", survey.model.name(frame)),
            Into::Nowhere => format!("Move {what} out of {}", self.own_frame(survey)),
        }
    }

    fn own_frame(&self, survey: &Survey) -> String {
        let own = self.held.as_ref().and_then(|held| workbench::home(&survey.model, survey.grouping, held));
        own.map_or("its frame".to_owned(), |own| survey.model.name(&own))
    }

    /// What will become of the frame, in words; `None` where it stays.
    fn words(&self, survey: &Survey) -> Option<String> {
        match &self.into {
            Into::Stay => None,
            Into::Frame(frame) => Some(format!("Into {}", survey.model.name(frame))),
            Into::Nowhere => Some(format!("Out of {}", self.own_frame(survey))),
        }
    }
}

/// Carries what is held with the pointer. It is put down where the hand lets go; with Escape, and beside the canvas, it
/// goes back to where it stood.
pub(super) fn carry(app: &mut App, ui: &Ui, sight: &Sight<'_>, hand: &mut Hand) {
    let Some(drag) = &mut app.canvas.drag else { return };
    let (down, released) = ui.input(|input| (input.pointer.primary_down(), input.pointer.primary_released()));
    if let_go_of(ui) || !(down || released) {
        app.canvas.drag = None;
        return;
    }
    let (alt, at) = ui.input(|input| (input.modifiers.alt, input.pointer.latest_pos()));
    if let Some(at) = at {
        drag.settle(sight, at, alt);
    }
    ui.ctx().set_cursor_icon(if drag.outside { CursorIcon::NotAllowed } else { CursorIcon::Grabbing });
    if released && let Some(drag) = app.canvas.drag.take().filter(|drag| !drag.outside) {
        hand.actions.push(Action::Drop(drag));
    }
}

/// Whether Escape is pressed while the hand holds something: it ends that, and means nothing else.
pub(super) fn let_go_of(ui: &Ui) -> bool {
    ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Button::Escape))
}

/// What a step's name calls boxes.
pub(super) fn name_of(survey: &Survey, boxes: &[(usize, Key, Rect)]) -> String {
    match boxes {
        [(_, key, _)] => survey.model.name(key),
        more => format!("{} boxes", more.len()),
    }
}

/// Puts boxes where they were let go, and into the frame that is there, as one step.
pub(super) fn drop(app: &mut App, survey: &Survey, drag: &Drag) {
    let into = match &drag.into {
        Into::Stay => None,
        Into::Frame(key) => Some(Some(key.clone())),
        Into::Nowhere => Some(None),
    };
    let keys: Vec<Key> = drag.movers().cloned().collect();
    let model = app.bench.model();
    // What was removed while it was held, and is still drawn, goes nowhere.
    let mut held = drag.boxes.iter().map(|(_, key, _)| key).chain(&drag.held);
    if app.bench.revision() != survey.revision && held.any(|key| !model.contains(key)) {
        return;
    }
    let also = into.as_ref().map_or(Ok(Vec::new()), |into| workbench::move_into(model, &keys, survey.grouping, into));
    let also = match also {
        Ok(also) => also,
        Err(refusal) => return app.report(Err(refusal.to_string())),
    };
    // What goes into a collapsed container is no longer seen, and needs no place. A frame that goes into another is given
    // room there by the layout, which would stretch both around places where the other's boxes stand; only what was put
    // somewhere by hand must be put elsewhere.
    let pins = app.pins();
    let hidden = |key: &Key| match &drag.into {
        Into::Frame(frame) if drag.frame.is_some() => !is_open(survey, frame) || !pins.contains_key(key),
        Into::Frame(frame) => !is_open(survey, frame) && workbench::can_move_in(model, survey.grouping, key),
        Into::Stay | Into::Nowhere => false,
    };
    let spot = |rect: &Rect| ((rect.x + drag.moved.0).round() as i32, (rect.y + drag.moved.1).round() as i32);
    let boxes = drag.boxes.iter().filter(|(_, key, _)| !hidden(key));
    let spots = boxes.map(|(_, key, rect)| (key.clone(), spot(rect))).collect();
    let gesture = app.canvas.new_gesture();
    app.put_boxes(&drag.step(survey), Some(gesture), spots, also);
}

fn is_open(survey: &Survey, frame: &Key) -> bool {
    survey.plan.frames.iter().any(|other| other.key == *frame)
}

/// Dragged boxes follow the pointer; lines follow when they are dropped.
pub(super) fn show(app: &App, ui: &Ui, painter: &egui::Painter, sight: &Sight<'_>) {
    let Some(drag) = app.canvas.drag.as_ref().or(app.canvas.landed.as_ref()) else { return };
    let held = app.canvas.drag.is_some();
    let accent = theme::colour(ui, Role::Accent);
    if let Into::Frame(key) = &drag.into
        && held
    {
        let diagram = &sight.survey.diagram;
        let mark = diagram.frames.iter().chain(&diagram.boxes).find(|mark| mark.keys.contains(key));
        if let Some(mark) = mark {
            let (rect, radius) = (sight.rect(mark.area), 12.0 * sight.camera.zoom);
            painter.rect(rect, radius, accent.gamma_multiply(0.08), Stroke::new(2.5, accent), StrokeKind::Middle);
        }
    }
    if let Some(frame) = drag.frame {
        let rect = sight.rect(frame.moved(drag.moved.0, drag.moved.1));
        let line = Stroke::new(1.5, theme::colour(ui, Role::BoxLine));
        painter.rect_stroke(rect, 12.0 * sight.camera.zoom, line, StrokeKind::Middle);
    }
    let palette = theme::palette(ui);
    // So many shadows would be a fog.
    let few = drag.boxes.len() <= 12;
    for (at, _, rect) in &drag.boxes {
        let Some(node) = sight.survey.plan.nodes.get(*at) else { continue };
        let moved = rect.moved(drag.moved.0, drag.moved.1);
        let shown = sight.rect(moved);
        if !shown.intersects(sight.area) {
            continue;
        }
        if few {
            let color = egui::Color32::from_black_alpha(60);
            let shadow = egui::epaint::Shadow { offset: [0, 3], blur: 10, spread: 0, color };
            painter.add(shadow.as_shape(shown, 8.0));
        }
        let items = one_box(node, sight.survey.dressing.boxes.get(&node.key), moved);
        paint::items(painter, sight.area, sight.camera, palette, &items);
    }
    if !held {
        return;
    }
    drag.guides.iter().for_each(|guide| show_guide(painter, sight, *guide, accent));
    if let (Some(words), Some(at)) = (drag.words(sight.survey), ui.input(|input| input.pointer.latest_pos())) {
        plaque(ui, painter, at + vec2(14.0, 18.0), &words);
    }
}

fn show_guide(painter: &egui::Painter, sight: &Sight<'_>, guide: Guide, accent: egui::Color32) {
    let pen = Stroke::new(1.0, accent);
    match guide {
        Guide::Line(a, b) => {
            painter.line_segment([sight.point(a), sight.point(b)], pen);
        }
        Guide::Gap(a, b) => {
            let (a, b) = (sight.point(a), sight.point(b));
            let end = (b - a).rot90().normalized() * 4.0;
            for ends in [[a, b], [a - end, a + end], [b - end, b + end]] {
                painter.line_segment(ends, Stroke::new(1.5, accent));
            }
        }
    }
}

/// A few words on a ground of their own, beside the hand.
pub(super) fn plaque(ui: &Ui, painter: &egui::Painter, at: egui::Pos2, words: &str) {
    let size = vec2(text::width(Face::SemiBold, 12.0, words) + 16.0, 24.0);
    let rect = egui::Rect::from_min_size(at, size);
    let line = Stroke::new(1.0, theme::colour(ui, Role::Accent));
    painter.rect(rect, 6.0, theme::colour(ui, Role::Panel), line, StrokeKind::Inside);
    let ink = theme::colour(ui, Role::Text);
    paint::words(painter, egui::pos2(rect.left() + 8.0, rect.center().y), words, Face::SemiBold, 12.0, ink);
}
