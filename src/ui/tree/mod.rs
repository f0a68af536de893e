//! The model as a tree: systems by domain, and everything else by kind.

mod menu;

use std::collections::BTreeSet;

use egui::{Sense, Ui, WidgetInfo, pos2, vec2};

use menu::{Chosen, row_menu, together};

use super::{App, paint, search, theme};
use crate::{
    model::{Fact, Id, Key, Kind},
    scene::{Role, Worst},
    text::{self, Face},
    workbench::{OutlineGroup, OutlineItem, Survey},
};

const ROW: f32 = 26.0;

pub(super) fn tree_ui(app: &mut App, ui: &mut Ui) {
    search::search_ui(app, ui);
    ui.add_space(4.0);
    let Some(survey) = app.survey.clone() else { return };
    let outline = survey.listing.outline();
    let wanted = app.search.keys();
    let lines = lines(outline, wanted, &app.closed);
    let mut clicked = None;
    let mut chosen = None;
    if lines.is_empty() {
        let said = if wanted.is_none() { "The model is empty." } else { "Nothing has this name." };
        ui.label(egui::RichText::new(said).color(theme::colour(ui, Role::Soft)));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    egui::ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW, lines.len(), |ui, shown| {
        for line in lines.get(shown).unwrap_or_default() {
            match line {
                Line::Group { group, count, worst, closed } => {
                    let response = heading(ui, &group.title, *count, *closed, *worst);
                    if let Some(key) = &group.key {
                        receive(ui, &response, key, &mut chosen);
                        row_menu(app, ui, &response, key, &mut chosen);
                    }
                    if response.clicked() && !app.closed.remove(&group.title) {
                        app.closed.insert(group.title.clone());
                    }
                }
                Line::Row(item) => {
                    let response = row(app, ui, &survey, item);
                    if response.clicked() {
                        clicked = Some(item.key.clone());
                    }
                    drag(app, ui, &response, item);
                    receive(ui, &response, &item.key, &mut chosen);
                    row_menu(app, ui, &response, &item.key, &mut chosen);
                }
            }
        }
    });
    if let Some(key) = clicked {
        choose(app, ui, &lines, key);
    }
    if let Some(chosen) = chosen {
        app.carry_out_row(ui.ctx(), chosen);
    }
}

/// Goes to a row that was pressed. With Ctrl it is selected beside the others, or no longer; with Shift all from the row
/// that was pressed before to this one are.
fn choose(app: &mut App, ui: &Ui, lines: &[Line<'_>], key: Key) {
    let modifiers = ui.input(|input| input.modifiers);
    let first = egui::Id::unique("first of several rows");
    let before: Option<Key> = ui.data(|data| data.get_temp(first));
    let between = before.as_ref().filter(|_| modifiers.shift).and_then(|before| between(lines, before, &key));
    // Views are shown, not selected.
    if key.kind == Kind::View || !(modifiers.shift || modifiers.command) {
        ui.data_mut(|data| data.insert_temp(first, key.clone()));
        return app.go_to(key);
    }
    if let Some(keys) = between {
        app.choose(&keys);
    } else {
        ui.data_mut(|data| data.insert_temp(first, key.clone()));
        app.select(Some(key), true);
    }
}

/// The rows from one to another, whichever comes first.
fn between(lines: &[Line<'_>], one: &Key, other: &Key) -> Option<Vec<Key>> {
    let rows = lines.iter().filter_map(|line| match line {
        Line::Row(item) if item.key.kind != Kind::View => Some(&item.key),
        _ => None,
    });
    let rows: Vec<&Key> = rows.collect();
    let place = |key: &Key| rows.iter().position(|row| *row == key);
    let (from, to) = (place(one)?, place(other)?);
    Some(rows.get(from.min(to)..=from.max(to))?.iter().map(|key| (*key).clone()).collect())
}

/// Systems on their way to another domain.
struct Dragged(Vec<Key>);

/// A system can be dragged, with what is selected beside it. Its name follows the pointer.
fn drag(app: &App, ui: &Ui, response: &egui::Response, item: &OutlineItem) {
    if item.key.kind != Kind::System {
        return;
    }
    if response.drag_started() {
        egui::DragAndDrop::set_payload(ui.ctx(), Dragged(together(app, &item.key)));
    }
    let Some(at) = response.interact_pointer_pos().filter(|_| response.dragged()) else { return };
    let Some(dragged) = egui::DragAndDrop::payload::<Dragged>(ui.ctx()) else { return };
    ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
    let words = if dragged.0.len() > 1 { format!("{} systems", dragged.0.len()) } else { item.name.clone() };
    let layer = egui::LayerId::new(egui::Order::Tooltip, response.id.with("dragged"));
    let painter = ui.ctx().layer_painter(layer);
    let size = vec2(text::width(Face::SemiBold, 13.0, &words) + 24.0, ROW);
    let place = egui::Rect::from_min_size(at + vec2(12.0, -4.0), size);
    painter.rect_filled(place, 6.0, theme::colour(ui, Role::Accent));
    let start = pos2(place.left() + 12.0, place.center().y);
    paint::words(&painter, start, &words, Face::SemiBold, 13.0, theme::colour(ui, Role::OnAccent));
}

/// A domain takes systems that are dropped on it.
fn receive(ui: &Ui, response: &egui::Response, key: &Key, chosen: &mut Option<Chosen>) {
    if key.kind != Kind::Domain {
        return;
    }
    if response.dnd_hover_payload::<Dragged>().is_some() {
        let stroke = egui::Stroke::new(2.0, theme::colour(ui, Role::Accent));
        ui.painter().rect_stroke(response.rect.shrink(1.0), 6.0, stroke, egui::StrokeKind::Inside);
    }
    if let Some(dragged) = response.dnd_release_payload::<Dragged>() {
        *chosen = Some(Chosen::Move(dragged.0.clone(), Fact::Known(Id::from_slug(key.slug.clone()))));
    }
}

/// One line of the tree; all are as high.
enum Line<'a> {
    Group { group: &'a OutlineGroup, count: usize, worst: Option<Worst>, closed: bool },
    Row(&'a OutlineItem),
}

/// The lines that a search and the folded groups leave.
fn lines<'a>(outline: &'a [OutlineGroup], wanted: Option<&BTreeSet<Key>>, folded: &BTreeSet<String>) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for group in outline {
        let fits = |item: &&OutlineItem| wanted.is_none_or(|wanted| wanted.contains(&item.key));
        let closed = folded.contains(&group.title) && wanted.is_none();
        let head = lines.len();
        if !closed {
            lines.extend(group.items.iter().filter(fits).map(Line::Row));
        }
        let count = if closed { group.items.len() } else { lines.len() - head };
        if count > 0 {
            let worst = group.worst.filter(|_| closed);
            lines.insert(head, Line::Group { group, count, worst, closed });
        }
    }
    lines
}

/// A heading; a folded one shows the worst of what is folded away.
fn heading(ui: &mut Ui, title: &str, count: usize, closed: bool, worst: Option<Worst>) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, !closed, title));
    let colour = theme::colour(ui, Role::Soft);
    let at = pos2(rect.left() + 8.0, rect.center().y);
    paint::fold(ui.painter(), at, closed, colour);
    let name =
        paint::words(ui.painter(), pos2(rect.left() + 20.0, rect.center().y), title, Face::SemiBold, 12.0, colour);
    if closed {
        let at = pos2(name.right() + 8.0, rect.center().y);
        paint::words(ui.painter(), at, &count.to_string(), Face::Regular, 11.0, theme::colour(ui, Role::Faint));
    }
    if let Some(worst) = worst {
        let at = pos2(rect.right() - 14.0, rect.center().y);
        paint::sign(ui.painter(), theme::palette(ui), at, worst);
    }
    theme::focus_ring(ui, &response);
    response
}

fn row(app: &App, ui: &mut Ui, survey: &Survey, item: &OutlineItem) -> egui::Response {
    let movable = item.key.kind == Kind::System;
    let sense = if movable { Sense::click_and_drag() } else { Sense::click() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), sense);
    let OutlineItem { key, name, .. } = item;
    let shown = key.kind == Kind::View && app.views.open.as_ref().is_some_and(|open| open.key() == *key);
    let chosen = shown || app.selection.contains(key);
    response.widget_info(|| {
        WidgetInfo::selected(egui::Role::TreeItem, true, chosen, format!("{} {name}", key.kind.phrase()))
    });
    let palette = theme::palette(ui);
    if chosen || response.hovered() || response.has_focus() {
        let fill = if chosen { Role::AccentFill } else { Role::Canvas };
        ui.painter().rect_filled(rect.shrink2(vec2(2.0, 1.0)), 6.0, theme::colour(ui, fill));
    }
    theme::focus_ring(ui, &response);
    let badge = survey.badges.get(key);
    let room = rect.width() - 30.0 - if badge.is_some() { 26.0 } else { 4.0 };
    let face = if chosen { Face::SemiBold } else { Face::Regular };
    let short = text::shorten(face, 13.0, name, room);
    let colour = theme::colour(ui, Role::Text);
    paint::words(ui.painter(), pos2(rect.left() + 26.0, rect.center().y), &short, face, 13.0, colour);
    if let Some(badge) = badge {
        paint::sign(ui.painter(), palette, pos2(rect.right() - 14.0, rect.center().y), badge.worst);
        let word = match badge.worst {
            Worst::Error => "errors",
            Worst::Warning => "warnings",
            Worst::Gap => "open questions",
        };
        return response.on_hover_text(format!("{name}: {} {word}", badge.count));
    }
    if short == *name { response } else { response.on_hover_text(name) }
}
