//! The model as a tree: systems by domain, and everything else by kind.

use std::collections::BTreeSet;

use egui::{Sense, Ui, WidgetInfo, pos2, vec2};

use super::{App, paint, search, theme};
use crate::{
    model::Key,
    scene::{Role, Worst},
    text::{self, Face},
    workbench::{OutlineGroup, OutlineItem, Survey},
};

const ROW: f32 = 26.0;

pub(super) fn tree_ui(app: &mut App, ui: &mut Ui) {
    search::search_ui(app, ui);
    ui.add_space(4.0);
    let Some(survey) = app.survey.clone() else { return };
    let made = app.tables.made(&survey);
    let outline = made.outline();
    let wanted = app.search.keys();
    let lines = lines(outline, wanted, &app.closed);
    let mut clicked = None;
    if lines.is_empty() {
        let said = if wanted.is_none() { "The model is empty." } else { "Nothing has this name." };
        ui.label(egui::RichText::new(said).color(theme::colour(ui, Role::Soft)));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    egui::ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW, lines.len(), |ui, shown| {
        for line in lines.get(shown).unwrap_or_default() {
            match line {
                Line::Group { group, count, worst, closed } => {
                    if heading(ui, &group.title, *count, *closed, *worst).clicked() && !app.closed.remove(&group.title)
                    {
                        app.closed.insert(group.title.clone());
                    }
                }
                Line::Row(item) => {
                    if row(app, ui, &survey, item).clicked() {
                        clicked = Some(item.key.clone());
                    }
                }
            }
        }
    });
    if let Some(key) = clicked {
        app.go_to(key);
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
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let OutlineItem { key, name, .. } = item;
    let chosen = app.selection.contains(key);
    response.widget_info(|| {
        WidgetInfo::selected(egui::Role::TreeItem, true, chosen, format!("{} {name}", key.kind.phrase()))
    });
    let palette = theme::palette(ui);
    if chosen || response.hovered() || response.has_focus() {
        let fill = if chosen { Role::AccentFill } else { Role::Canvas };
        ui.painter().rect_filled(rect.shrink2(vec2(2.0, 1.0)), 6.0, theme::colour(ui, fill));
    }
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
