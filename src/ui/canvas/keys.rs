//! Keys on the canvas: arrows move what is selected, lead from box to box, and pan where nothing is selected.

use egui::{Key as Button, Modifiers, Ui, vec2};

use super::{Sight, drag::name_of};
use crate::{
    layout::Spot,
    model::Key,
    scene::{Mark, Point, Rect},
    ui::App,
    workbench::{self, Survey},
};

/// How far an arrow key moves what is selected, in diagram units; with Shift, and without.
const STRIDES: [(Modifiers, i32); 2] = [(Modifiers::SHIFT, 20), (Modifiers::NONE, 4)];
/// How far an arrow key moves the view, in points of the screen.
const PAN: f32 = 48.0;
/// The arrow keys, and where they point.
const ARROWS: [(Button, (i32, i32)); 4] = [
    (Button::ArrowLeft, (-1, 0)),
    (Button::ArrowRight, (1, 0)),
    (Button::ArrowUp, (0, -1)),
    (Button::ArrowDown, (0, 1)),
];

/// Arrow keys, unless somebody types or something floats over the canvas.
pub(super) fn arrows(app: &mut App, ui: &Ui, sight: &Sight<'_>) {
    let free = app.float.is_none() && app.dialog.is_none() && !egui::Popup::is_any_open(ui.ctx());
    if !free || (ui.ctx().egui_wants_keyboard_input() && !app.canvas.has_focus) {
        return;
    }
    for (key, way) in ARROWS {
        let pressed = |modifiers| ui.input_mut(|input| input.count_and_consume_key(modifiers, key));
        // What is pressed with more modifiers comes first.
        if pressed(Modifiers::COMMAND) > 0 {
            walk(app, sight, way);
        }
        for (modifiers, stride) in STRIDES {
            let count = i32::try_from(pressed(modifiers)).unwrap_or(0);
            if count > 0 && !nudge(app, sight.survey, (way.0 * stride * count, way.1 * stride * count)) {
                pan(app, way, count);
            }
        }
    }
}

/// Moves what is selected; whether there was anything to move. What follows one another is one step.
fn nudge(app: &mut App, survey: &Survey, by: Spot) -> bool {
    let boxes = chosen(app, survey);
    if boxes.is_empty() {
        return false;
    }
    let gesture = match &app.canvas.nudged {
        Some((keys, gesture)) if *keys == app.selection => *gesture,
        _ => app.canvas.new_gesture(),
    };
    app.canvas.nudged = Some((app.selection.clone(), gesture));
    // The drawing may be behind: where boxes were put counts before where they stand.
    let pins = app.pins();
    let moved = |(_, key, rect): &(usize, Key, Rect)| {
        let stands = pins.get(key).copied().unwrap_or((rect.x.round() as i32, rect.y.round() as i32));
        (key.clone(), (stands.0 + by.0, stands.1 + by.1))
    };
    let spots: Vec<(Key, Spot)> = boxes.iter().map(moved).collect();
    app.put_boxes(&format!("Move {}", name_of(survey, &boxes)), Some(gesture), spots, Vec::new());
    true
}

fn pan(app: &mut App, way: (i32, i32), count: i32) {
    if let Some(camera) = &mut app.canvas.camera {
        let by = vec2((way.0 * count) as f32, (way.1 * count) as f32) * PAN / camera.zoom;
        camera.centre = camera.centre.moved(by.x, by.y);
    }
}

/// Selects the next box in a direction, and gives it the keyboard; from nowhere, the one in the middle of the view.
fn walk(app: &mut App, sight: &Sight<'_>, way: (i32, i32)) {
    let boxes = &sight.survey.diagram.boxes;
    let from = boxes.iter().find(|mark| mark.keys.iter().any(|key| app.selection.contains(key)));
    let next = match from {
        Some(mark) => neighbour(boxes, mark, way, |_| true),
        None => nearest(boxes, sight.camera.centre),
    };
    if let Some(key) = next.and_then(|mark| mark.keys.first()).cloned() {
        app.select(Some(key.clone()), false);
        app.canvas.reveal = [key.clone()].into();
        app.canvas.focus = Some(key);
    }
}

fn nearest(boxes: &[Mark], spot: Point) -> Option<&Mark> {
    let far = |mark: &&Mark| {
        let at = middle(mark.area);
        (at.x - spot.x).hypot(at.y - spot.y)
    };
    boxes.iter().min_by(|a, b| far(a).total_cmp(&far(b)))
}

/// The box that is next in a direction, by what the eye takes for next: near, and not far aside.
pub(in crate::ui) fn neighbour<'a>(
    boxes: &'a [Mark],
    from: &Mark,
    way: (i32, i32),
    may: impl Fn(&Mark) -> bool,
) -> Option<&'a Mark> {
    /// A step aside counts as much as so many ahead.
    const ASIDE: f32 = 2.5;
    let start = middle(from.area);
    let price = |mark: &&Mark| {
        let at = middle(mark.area);
        let (dx, dy) = (at.x - start.x, at.y - start.y);
        let (ahead, aside) = if way.0 != 0 { (dx * way.0 as f32, dy) } else { (dy * way.1 as f32, dx) };
        (ahead > 1.0).then_some(ahead + ASIDE * aside.abs())
    };
    let ahead = boxes.iter().filter(|mark| may(mark)).filter_map(|mark| Some((price(&mark)?, mark)));
    ahead.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, mark)| mark)
}

fn middle(area: Rect) -> Point {
    Point { x: area.x + area.w / 2.0, y: area.y + area.h / 2.0 }
}

/// The boxes that are selected, or stand in a frame that is: their places in the plan, what they stand for, where they
/// stand.
pub(super) fn chosen(app: &App, survey: &Survey) -> Vec<(usize, Key, Rect)> {
    let frames: Vec<Rect> = survey
        .diagram
        .frames
        .iter()
        .filter(|mark| mark.keys.iter().any(|key| app.selection.contains(key)))
        .map(|mark| mark.area)
        .collect();
    let is_meant =
        |mark: &Mark, key: &Key| app.selection.contains(key) || frames.iter().any(|frame| is_inside(frame, &mark.area));
    let boxes = survey.diagram.boxes.iter().filter_map(|mark| Some((mark, mark.keys.first()?)));
    boxes.filter(|(mark, key)| is_meant(mark, key)).map(|(mark, key)| (mark.at, key.clone(), mark.area)).collect()
}

/// The boxes that stand in a frame.
pub(super) fn inside(survey: &Survey, frame: &Rect) -> Vec<(usize, Key, Rect)> {
    let marks = survey.diagram.boxes.iter().filter(|mark| is_inside(frame, &mark.area));
    marks.filter_map(|mark| Some((mark.at, mark.keys.first()?.clone(), mark.area))).collect()
}

fn is_inside(frame: &Rect, area: &Rect) -> bool {
    frame.contains(Point { x: area.x, y: area.y }) && frame.contains(Point { x: area.x + area.w, y: area.y + area.h })
}

impl App {
    /// Where boxes of what is shown were put by hand.
    pub(super) fn pins(&self) -> std::collections::BTreeMap<Key, Spot> {
        match &self.showing.view {
            Some(view) => view.pins.clone(),
            None => workbench::landscape_view(self.bench.model()).1.pins,
        }
    }
}
