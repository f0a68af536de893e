//! The model as a tree: systems by domain, and everything else by kind.

use std::collections::BTreeMap;

use egui::{Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::{App, paint, theme};
use crate::{
    model::{Key, Kind, Model, Subject},
    rules,
    scene::{Role, Worst},
    text::{self, Face},
    workbench::Survey,
};

const ROW: f32 = 26.0;

pub(super) fn tree_ui(app: &mut App, ui: &mut Ui) {
    let search = TextEdit::singleline(&mut app.search).hint_text("Search   Ctrl+F").desired_width(f32::INFINITY);
    let response = ui.add(search);
    if std::mem::take(&mut app.find) {
        response.request_focus();
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, "Search the model"));
    ui.add_space(4.0);
    let Some(survey) = app.survey.clone() else { return };
    let wanted = app.search.trim().to_lowercase();
    let mut clicked = None;
    let mut first = None;
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut any = false;
        for (group, keys) in groups(&survey.model) {
            let fits = |key: &&Key| {
                wanted.is_empty()
                    || rules::name(&survey.model, &Subject::from((*key).clone())).to_lowercase().contains(&wanted)
                    || key.slug.as_str().contains(&wanted)
            };
            let keys: Vec<&Key> = keys.iter().filter(fits).collect();
            if keys.is_empty() {
                continue;
            }
            any = true;
            if first.is_none() {
                first = keys.first().map(|key| (*key).clone());
            }
            let closed = app.closed.contains(&group) && wanted.is_empty();
            let worst = keys.iter().filter_map(|key| survey.badges.get(*key)).map(|badge| badge.worst).min();
            if heading(ui, &group, keys.len(), closed, worst.filter(|_| closed)).clicked() && !app.closed.remove(&group)
            {
                app.closed.insert(group.clone());
            }
            if !closed {
                for key in keys {
                    if row(app, ui, &survey, key).clicked() {
                        clicked = Some(key.clone());
                    }
                }
            }
        }
        if !any {
            let said = if wanted.is_empty() { "The model is empty." } else { "Nothing has this name." };
            ui.label(egui::RichText::new(said).color(theme::colour(ui, Role::Soft)));
        }
    });
    // Enter goes to the first that was found.
    if let Some(key) = clicked.or(first.filter(|_| entered && !wanted.is_empty())) {
        app.go_to(key);
    }
}

/// Headings in order, each with what stands under it, by name.
fn groups(model: &Model) -> Vec<(String, Vec<Key>)> {
    let mut domains: BTreeMap<(bool, String), Vec<Key>> = BTreeMap::new();
    for (id, system) in &model.systems {
        let domain = system.domain.known().map(|domain| model.name_of(domain));
        let group = domain.map_or((true, "In no domain".to_owned()), |name| (false, name));
        domains.entry(group).or_default().push(id.key());
    }
    let mut groups: Vec<(String, Vec<Key>)> = domains.into_iter().map(|((_, name), keys)| (name, keys)).collect();
    let tables = [
        ("Entities", Kind::Entity),
        ("Stores", Kind::Store),
        ("Contracts", Kind::Contract),
        ("Interactions", Kind::Interaction),
        ("Flows", Kind::Flow),
        ("Domains", Kind::Domain),
        ("Boundaries", Kind::Boundary),
        ("Teams", Kind::Team),
        ("Profiles", Kind::Profile),
        ("Meshes", Kind::Mesh),
        ("Roadmap", Kind::Change),
        ("Plateaus", Kind::Plateau),
        ("Decisions", Kind::Decision),
        ("Waivers", Kind::Waiver),
    ];
    groups.extend(tables.into_iter().map(|(title, kind)| (title.to_owned(), model.keys_of(kind))));
    for (_, keys) in &mut groups {
        keys.sort_by_cached_key(|key| rules::name(model, &Subject::from(key.clone())).to_lowercase());
    }
    groups
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
        paint::sign(ui.painter(), theme::palette(ui.ctx().theme()), at, worst);
    }
    theme::focus_ring(ui, &response);
    response
}

fn row(app: &App, ui: &mut Ui, survey: &Survey, key: &Key) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let name = rules::name(&survey.model, &Subject::from(key.clone()));
    let chosen = app.selection.contains(key);
    response.widget_info(|| {
        WidgetInfo::selected(egui::Role::TreeItem, true, chosen, format!("{} {name}", key.kind.phrase()))
    });
    let palette = theme::palette(ui.ctx().theme());
    if chosen || response.hovered() || response.has_focus() {
        let fill = if chosen { Role::AccentFill } else { Role::Canvas };
        ui.painter().rect_filled(rect.shrink2(vec2(2.0, 1.0)), 6.0, theme::colour(ui, fill));
    }
    let badge = survey.badges.get(key);
    let room = rect.width() - 30.0 - if badge.is_some() { 26.0 } else { 4.0 };
    let face = if chosen { Face::SemiBold } else { Face::Regular };
    let short = text::shorten(face, 13.0, &name, room);
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
    if short == name { response } else { response.on_hover_text(name) }
}
