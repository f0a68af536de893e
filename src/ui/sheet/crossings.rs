//! What crosses into a boundary, below the table of boundaries: each a link, and what it falls short of.

use egui::{Panel, RichText, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::name;
use crate::{
    model::{Boundary, Id},
    rules::{State, sentence},
    scene::Role,
    text::{self, Face},
    ui::{App, paint, table, theme},
    workbench::{Crossing, Grid},
};

const ROW: f32 = 26.0;

/// What was pressed.
enum Pressed {
    Crossing(usize),
    Finding(usize),
}

pub(super) fn crossings_ui(app: &mut App, ui: &mut Ui, grid: &Grid, boundary: Option<&Id<Boundary>>) {
    Panel::bottom("crossings")
        .frame(egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 8)))
        .size_range(72.0..=480.0)
        .default_size(168.0)
        .resizable(true)
        .show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            let Some(id) = boundary else {
                let words =
                    "Choose a boundary above to see what crosses into it, and what falls short of what it requires.";
                ui.label(RichText::new(words).color(theme::colour(ui, Role::Soft)));
                return;
            };
            let crossings = grid.crossings().get(id).map(Vec::as_slice).unwrap_or_default();
            title(ui, grid, id, crossings);
            list(app, ui, grid, crossings);
        });
}

fn title(ui: &mut Ui, grid: &Grid, id: &Id<Boundary>, crossings: &[Crossing]) {
    let short = crossings.iter().filter(|crossing| !crossing.short.is_empty()).count();
    let open = crossings.iter().filter(|crossing| crossing.short.is_empty() && !crossing.open.is_empty()).count();
    let count = match crossings.len() {
        0 => "nothing that is known crosses into it".to_owned(),
        1 => "1 interaction crosses into it".to_owned(),
        many => format!("{many} interactions cross into it"),
    };
    let mut words = count;
    for (number, what) in [(short, "short of what it requires"), (open, "not known well enough")] {
        if number > 0 {
            words = format!("{words}, {number} {what}");
        }
    }
    ui.horizontal(|ui| {
        let name = grid.survey.model.name_of(id);
        ui.label(RichText::new(name).family(theme::family(Face::SemiBold)));
        ui.label(RichText::new(words).size(12.0).color(theme::colour(ui, Role::Soft)));
    });
}

fn list(app: &mut App, ui: &mut Ui, grid: &Grid, crossings: &[Crossing]) {
    let mut order: Vec<&Crossing> = crossings.iter().collect();
    order.sort_by_key(|crossing| (crossing.short.is_empty(), crossing.open.is_empty()));
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut pressed = None;
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW, order.len(), |ui, seen| {
        for (at, crossing) in order.iter().enumerate().take(seen.end).skip(seen.start) {
            if let Some(what) = line(app, ui, grid, crossing, at) {
                pressed = Some(what);
            }
        }
    });
    match pressed {
        Some(Pressed::Crossing(at)) => {
            if let Some(crossing) = order.get(at) {
                app.go_to(crossing.id.key());
            }
        }
        Some(Pressed::Finding(finding)) => {
            let row = grid.survey.rows.iter().position(|row| row.findings.contains(&finding));
            if let Some(row) = row.filter(|row| app.findings.row != Some(*row)) {
                app.choose_row(row);
            }
        }
        None => {}
    }
}

/// An interaction, where it comes from, and the first that is found about its security.
fn line(app: &App, ui: &mut Ui, grid: &Grid, crossing: &Crossing, at: usize) -> Option<Pressed> {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let key = crossing.id.key();
    let model = &grid.survey.model;
    let state = match (crossing.short.is_empty(), crossing.open.is_empty()) {
        (false, _) => State::NotMet,
        (true, false) => State::NotStated,
        _ => State::Met,
    };
    let y = rect.center().y;
    let chosen = app.selection.contains(&key) || app.lit.contains(&key);
    if chosen {
        ui.painter().rect_filled(rect, 6.0, theme::colour(ui, Role::AccentFill));
    }
    paint::state(ui, pos2(rect.left() + 10.0, y), state);
    let finding = crossing.short.first().or(crossing.open.first()).copied();
    let found = finding.and_then(|at| grid.survey.report.findings.get(at));
    let half = rect.left() + 24.0 + (rect.width() * 0.42).min(420.0);
    let link = rect.with_min_x(rect.left() + 20.0).with_max_x(if found.is_some() { half } else { rect.right() });
    let (name, from) = (name(grid, &key), format!("from {}", model.name_of(&crossing.from)));
    let response = ui.interact(link, ui.scope_id().with(("crossing", at)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Link, true, format!("{name}, {from}: {}", state.word())));
    let role = if response.hovered() { Role::Accent } else { Role::Text };
    let shown = text::shorten(Face::Regular, 13.0, &name, link.width() - 90.0);
    let shown =
        paint::words(ui.painter(), pos2(link.left() + 4.0, y), &shown, Face::Regular, 13.0, theme::colour(ui, role));
    let short = text::shorten(Face::Regular, 12.0, &from, link.right() - shown.right() - 12.0);
    let soft = theme::colour(ui, Role::Soft);
    paint::words(ui.painter(), pos2(shown.right() + 8.0, y), &short, Face::Regular, 12.0, soft);
    theme::focus_ring(ui, &response);
    let mut pressed = response.clicked().then_some(Pressed::Crossing(at));
    if let (Some(at), Some(found)) = (finding, found) {
        let more = crossing.short.len() + crossing.open.len() - 1;
        let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
        let words = format!("{} {}{more}", found.rule.code, sentence(model, &found.message));
        if finding_ui(ui, rect.with_min_x(half), (at, &words), state).clicked() {
            pressed = Some(Pressed::Finding(at));
        }
    }
    table::measure(ui, 0.0);
    pressed
}

fn finding_ui(ui: &Ui, rect: egui::Rect, (at, words): (usize, &str), state: State) -> egui::Response {
    let response =
        ui.interact(rect, ui.scope_id().with(("crossing finding", at, rect.top().to_bits())), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Link, true, words));
    let role = match (response.hovered(), state) {
        (true, _) => Role::Accent,
        (_, State::NotMet) => Role::Error,
        _ => Role::Soft,
    };
    let short = text::shorten(Face::Regular, 12.0, words, rect.width() - 8.0);
    let at = pos2(rect.left(), rect.center().y);
    paint::words(ui.painter(), at, &short, Face::Regular, 12.0, theme::colour(ui, role));
    theme::focus_ring(ui, &response);
    response.on_hover_text(words)
}
