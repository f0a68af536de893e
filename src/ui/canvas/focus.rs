//! Focus: what is joined to the selection stays as it is, the rest steps back.

use std::collections::BTreeSet;

use egui::{Button, RichText, Ui, vec2};

use crate::{
    layout::Plan,
    scene::{Part, PartKind, Role},
    text::Face,
    ui::{App, theme},
    workbench::Survey,
};

/// How much of its colour what is not joined keeps.
const REST: f32 = 0.22;

/// What stays as it is.
#[derive(Debug, Default)]
pub(super) struct Bright {
    boxes: BTreeSet<usize>,
    lines: BTreeSet<usize>,
}

impl Bright {
    /// What is selected, the lines that join it to anything, and what is at their other ends. `None` where nothing is
    /// selected that is drawn.
    pub(super) fn of(app: &App, survey: &Survey) -> Option<Self> {
        let plan: &Plan = &survey.plan;
        let middle: BTreeSet<usize> = app.selection.iter().filter_map(|key| plan.places.get(key).copied()).collect();
        let own = |at: usize| plan.nodes.get(at).is_some_and(|node| app.selection.contains(&node.key));
        let middle: BTreeSet<usize> = (0..plan.nodes.len()).filter(|at| own(*at)).chain(middle).collect();
        let mut bright = Self { boxes: middle.clone(), lines: BTreeSet::new() };
        for (at, (edge, bundle)) in plan.graph.edges.iter().zip(&plan.bundles).enumerate() {
            let ends = || std::iter::once(edge.from).chain(edge.to.iter().copied());
            let chosen = bundle.members().any(|key| app.selection.contains(key));
            if chosen || ends().any(|end| middle.contains(&end)) {
                bright.lines.insert(at);
                // What hears of the same event as the selection is not joined to it.
                let heard = !chosen && !middle.contains(&edge.from);
                bright.boxes.extend(ends().filter(|end| !heard || *end == edge.from));
            }
        }
        (!bright.boxes.is_empty()).then_some(bright)
    }

    /// How much of its colour a part keeps.
    pub(super) fn shade(&self, part: &Part) -> f32 {
        let stays = match part.kind {
            PartKind::Frame | PartKind::Title => true,
            PartKind::Line | PartKind::Label => self.lines.contains(&part.at),
            PartKind::Box | PartKind::Badge | PartKind::Mesh => self.boxes.contains(&part.at),
        };
        if stays { 1.0 } else { REST }
    }
}

/// The bar that says so, and ends it: with Escape as well.
pub(super) fn bar_ui(app: &mut App, ui: &mut Ui, area: egui::Rect) {
    if !app.canvas.focused {
        return;
    }
    let names: Vec<String> = app.selection.iter().map(|key| app.bench.model().name(key)).collect();
    let words = match names.as_slice() {
        [] => "Select what to focus on".to_owned(),
        [one] => format!("Focus on {one}"),
        more => format!("Focus on {} elements", more.len()),
    };
    // Below the bar of filters, where that is shown.
    let below = if app.workshop.is_on() { 12.0 } else { 60.0 };
    let place = egui::Rect::from_min_size(area.min + vec2(12.0, below), vec2(area.width() - 24.0, 40.0));
    let mut ends = false;
    ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
        let stroke = egui::Stroke::new(1.0, theme::colour(ui, Role::Hairline));
        let frame = egui::Frame::new().fill(theme::colour(ui, Role::Panel)).stroke(stroke).corner_radius(8);
        frame.inner_margin(egui::Margin::symmetric(12, 6)).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(RichText::new(words).family(theme::family(Face::SemiBold)));
                ui.add_space(8.0);
                ends = ui.add(Button::new("End focus").shortcut_text("Esc")).clicked();
            });
        });
    });
    let free = app.float.is_none() && app.dialog.is_none() && !egui::Popup::is_any_open(ui.ctx());
    let escape = || ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
    if ends || (free && !ui.ctx().text_edit_focused() && escape()) {
        app.canvas.focused = false;
    }
}
