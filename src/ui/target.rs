//! The small field that asks which system a line is to lead to: its name is typed, or the arrow keys lead to its box.

use egui::{Button, Key as Press, TextEdit, Ui, WidgetInfo, vec2};

use super::{
    App,
    canvas::{Canvas, neighbour},
    float::{self, End},
};
use crate::{
    model::{Id, Key, Kind, Model, System, SystemKind},
    scene::Mark,
    text::{Face, shorten},
    workbench::{NewSystem, Survey},
};

/// So many names are offered.
const MOST: usize = 8;
const ROW: f32 = 26.0;

/// What is asked, and how far the answer is.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// Where the line begins.
    pub(super) from: Id<System>,
    text: String,
    /// The system that Enter would choose; its box lights up.
    pub(super) pointed: Option<Id<System>>,
    /// Whether the field is yet to be focused.
    pub(super) fresh: bool,
}

/// The answer.
pub(super) struct Chosen {
    from: Id<System>,
    to: End,
}

impl Target {
    /// Nothing chosen yet; where there is only one other system, that one is meant.
    pub(super) fn new(from: Id<System>, model: &Model) -> Self {
        let mut others = model.systems.keys().filter(|id| **id != from);
        let pointed = others.next().filter(|_| others.next().is_none()).cloned();
        Self { from, text: String::new(), pointed, fresh: true }
    }
}

pub(super) fn target_ui(
    ui: &mut Ui,
    target: &mut Target,
    model: &Model,
    survey: Option<&Survey>,
    canvas: &mut Canvas,
) -> Option<Chosen> {
    float::heading(ui, &format!("Connect {} to…", model.name_of(&target.from)));
    let found = found(model, target);
    keys(ui, target, survey, canvas, &found);
    let hint = "Type a name, or use the arrow keys";
    let field = ui.add(TextEdit::singleline(&mut target.text).desired_width(f32::INFINITY).hint_text(hint));
    field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, "System to connect with"));
    if std::mem::take(&mut target.fresh) {
        field.request_focus();
    }
    if field.changed() {
        target.pointed = self::found(model, target).into_iter().next();
        canvas.reveal = target.pointed.iter().map(Id::key).collect();
    }
    let text = target.text.trim().to_owned();
    let mut chosen = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    for id in &found {
        let name = model.name_of(id);
        if row(ui, target.pointed.as_ref() == Some(id), &name).clicked() {
            chosen = Some(End::There(id.clone()));
        }
    }
    let known = model.systems.values().any(|stored| stored.value.name.to_lowercase() == text.to_lowercase());
    let new = || End::New(NewSystem { name: text.clone(), kind: SystemKind::Service, home: None }, None);
    let offers_new = !text.is_empty() && !known;
    if offers_new && row(ui, target.pointed.is_none(), &format!("New system “{text}”")).clicked() {
        chosen = Some(new());
    }
    if field.lost_focus() && ui.input(|input| input.key_pressed(Press::Enter)) {
        chosen = match &target.pointed {
            Some(id) => Some(End::There(id.clone())),
            None if offers_new => Some(new()),
            None => None,
        };
        field.request_focus();
    }
    chosen.map(|to| Chosen { from: target.from.clone(), to })
}

/// The kind of the line is asked next.
pub(super) fn choose(app: &mut App, chosen: Chosen) {
    app.ask_for_end(chosen.from, chosen.to);
}

fn row(ui: &mut Ui, chosen: bool, name: &str) -> egui::Response {
    let text = shorten(Face::Regular, 13.0, name, ui.available_width() - 20.0);
    let response = ui.add(Button::selectable(chosen, text).min_size(vec2(ui.available_width(), ROW)));
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, chosen, name));
    response
}

/// The systems that a text means: those whose names begin with it, then those that have it within. Nothing while
/// nothing is typed.
fn found(model: &Model, target: &Target) -> Vec<Id<System>> {
    let text = target.text.trim().to_lowercase();
    if text.is_empty() {
        return Vec::new();
    }
    let rank = |name: &str| match name.to_lowercase().find(&text) {
        Some(0) => Some(0),
        Some(_) => Some(1),
        None => None,
    };
    let systems = model.systems.iter().filter(|(id, _)| **id != target.from);
    let mut ranked: Vec<(usize, &str, &Id<System>)> =
        systems.filter_map(|(id, stored)| Some((rank(&stored.value.name)?, stored.value.name.as_str(), id))).collect();
    ranked.sort();
    ranked.into_iter().take(MOST).map(|(_, _, id)| id.clone()).collect()
}

/// Arrow keys lead through the names, or from box to box while nothing is typed.
fn keys(ui: &Ui, target: &mut Target, survey: Option<&Survey>, canvas: &mut Canvas, found: &[Id<System>]) {
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let ways = [
        (Press::ArrowLeft, (-1, 0)),
        (Press::ArrowRight, (1, 0)),
        (Press::ArrowUp, (0, -1)),
        (Press::ArrowDown, (0, 1)),
    ];
    let Some((_, way)) = ways.into_iter().find(|(key, _)| pressed(*key)) else { return };
    let next = if target.text.trim().is_empty() {
        survey.and_then(|survey| step(survey, target, way))
    } else {
        let at = target.pointed.as_ref().and_then(|id| found.iter().position(|other| other == id));
        match (at, way.1) {
            (_, 0) => return,
            (Some(at), 1) => found.get(at + 1).or_else(|| found.last()),
            (Some(at), _) => found.get(at.saturating_sub(1)),
            (None, _) => found.first(),
        }
        .cloned()
    };
    if let Some(id) = next {
        canvas.reveal = [id.key()].into();
        target.pointed = Some(id);
    }
}

/// The next system in a direction from the one that is pointed at, or from where the line begins.
fn step(survey: &Survey, target: &Target, way: (i32, i32)) -> Option<Id<System>> {
    let boxes = &survey.diagram.boxes;
    let system = |mark: &Mark| mark.keys.first().filter(|key| key.kind == Kind::System).map(|key| key.slug.clone());
    let now: Key = target.pointed.as_ref().unwrap_or(&target.from).key();
    let from = boxes.iter().find(|mark| mark.keys.contains(&now))?;
    let may = |mark: &Mark| system(mark).is_some_and(|slug| slug != target.from.key().slug);
    // The first key leads somewhere, whatever side there is something on.
    let others = [(0, 1), (1, 0), (0, -1), (-1, 0)].into_iter().filter(|_| target.pointed.is_none());
    let mut ways = std::iter::once(way).chain(others);
    let next = ways.find_map(|way| neighbour(boxes, from, way, may))?;
    system(next).map(Id::from_slug)
}
