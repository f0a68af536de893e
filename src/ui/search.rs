//! The search: what is typed above the tree, what answers, and the way from one to the next.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use egui::{Key as Press, Modifiers, TextEdit, Ui, WidgetInfo, pos2};

use super::{
    App,
    commands::{Command, spelled},
    paint,
    sides::Side,
    theme,
};
use crate::{
    model::{Key, Kind, Model},
    scene::Role,
    text::{self, Face},
    workbench::{Hit, OutlineGroup, Place, Survey},
};

/// What is looked for, and what answers.
#[derive(Default)]
pub(super) struct Search {
    /// What was typed.
    pub(super) text: String,
    /// Whether the field is to be typed into.
    pub(super) focus: bool,
    found: Option<Found>,
    /// Which of the hits was gone to last.
    at: Option<usize>,
}

struct Found {
    survey: Arc<Survey>,
    text: String,
    /// In the order of the tree.
    hits: Vec<Hit>,
    keys: BTreeSet<Key>,
    /// The one that answers best.
    best: usize,
}

impl Search {
    /// The records that answer; `None` where nothing is looked for.
    pub(super) fn keys(&self) -> Option<&BTreeSet<Key>> {
        self.found.as_ref().map(|found| &found.keys)
    }

    /// How many answer, and which of them was gone to: "2 of 7".
    fn count(&self) -> Option<String> {
        let count = self.found.as_ref()?.hits.len();
        Some(match self.at {
            Some(at) => format!("{} of {count}", at + 1),
            None if count == 0 => "none".to_owned(),
            None => count.to_string(),
        })
    }
}

impl App {
    /// Brings what answers up to date with what is typed.
    fn look_for(&mut self) {
        let Some(survey) = self.survey.clone() else { return };
        let text = self.search.text.trim().to_owned();
        if text.is_empty() {
            if let Some(found) = self.search.found.take()
                && self.lit == lit(&found)
            {
                self.lit.clear();
            }
            self.search.at = None;
            return;
        }
        let known = self.search.found.as_ref();
        if known.is_some_and(|found| found.text == text && Arc::ptr_eq(&found.survey, &survey)) {
            return;
        }
        let typed = known.is_none_or(|found| found.text != text);
        let made = self.tables.made(&survey);
        let best = made.finder().find(&text);
        let first = best.first().map(|hit| hit.key.clone());
        let hits = in_order(survey.listing.outline(), best);
        let best = hits.iter().position(|hit| Some(&hit.key) == first.as_ref()).unwrap_or(0);
        let found = Found { keys: hits.iter().map(|hit| hit.key.clone()).collect(), survey, text, hits, best };
        if typed {
            self.search.at = None;
            self.lit = lit(&found);
        }
        self.search.found = Some(found);
    }

    /// Goes to the next hit, or the one before; first to the one that answers best. After the last comes the first.
    pub(super) fn step_search(&mut self, by: isize) {
        self.look_for();
        let Some(found) = &self.search.found else {
            self.set_side(Side::Model, true);
            self.search.focus = true;
            return;
        };
        let Ok(count) = isize::try_from(found.hits.len()) else { return };
        let now = self.search.at.and_then(|at| isize::try_from(at).ok());
        let next = now.map_or(found.best as isize, |at| at + by).rem_euclid(count.max(1));
        let Some((at, hit)) = usize::try_from(next).ok().and_then(|at| Some((at, found.hits.get(at)?))) else { return };
        let (key, beside) = (hit.key.clone(), drawn_for(&found.survey.model, hit));
        let lit = lit(found);
        self.search.at = Some(at);
        self.go_to(key);
        if !beside.is_empty() {
            self.canvas.centre_on = Some(beside);
        }
        self.lit = lit;
    }
}

/// Hits in the order of the tree; what does not stand there comes last.
fn in_order(outline: &[OutlineGroup], hits: Vec<Hit>) -> Vec<Hit> {
    let mut left: BTreeMap<Key, Hit> = hits.into_iter().map(|hit| (hit.key.clone(), hit)).collect();
    let items = outline.iter().flat_map(|group| &group.items);
    let mut ordered: Vec<Hit> = items.filter_map(|item| left.remove(&item.key)).collect();
    ordered.extend(left.into_values());
    ordered
}

/// What lights up on the canvas.
fn lit(found: &Found) -> BTreeSet<Key> {
    let beside = found.hits.iter().flat_map(|hit| drawn_for(&found.survey.model, hit));
    found.keys.iter().cloned().chain(beside).collect()
}

/// What stands on the canvas for a hit that has no box or line of its own: the lines that carry a contract, or one
/// operation or message of it; the stores that hold a business record.
fn drawn_for(model: &Model, hit: &Hit) -> BTreeSet<Key> {
    match hit.key.kind {
        Kind::Contract => {
            let carries = model.interactions.iter().filter(|(_, interaction)| {
                let own = interaction.contract.known().is_some_and(|id| id.as_str() == hit.key.slug.as_str());
                let part = match &hit.place {
                    Place::Operation(name) => interaction.operation.known().map(|own| own.as_str() == name),
                    Place::Message(name) => interaction.message.known().map(|own| own.as_str() == name),
                    _ => Some(true),
                };
                own && part.unwrap_or(false)
            });
            carries.map(|(id, _)| id.key()).collect()
        }
        Kind::Entity => {
            let entity = model.entities.iter().find(|(id, _)| id.as_str() == hit.key.slug.as_str());
            entity.into_iter().flat_map(|(_, entity)| entity.holdings.iter().map(|held| held.store.key())).collect()
        }
        _ => BTreeSet::new(),
    }
}

/// The field, with the count of what answers. Enter goes to the next, Shift and Enter to the one before.
pub(super) fn search_ui(app: &mut App, ui: &mut Ui) {
    app.look_for();
    let count = app.search.count().unwrap_or_default();
    let room = text::width(Face::Regular, 11.0, &count);
    let keys = spelled(ui.ctx(), Command::Find).into_iter().next().unwrap_or_default();
    let margin = egui::Margin { left: 8, right: room as i8 + 10, top: 4, bottom: 4 };
    let field = TextEdit::singleline(&mut app.search.text)
        .hint_text(format!("Search   {keys}"))
        .margin(margin)
        .desired_width(f32::INFINITY)
        .return_key(None);
    let response = ui.add(field);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, "Search the model"));
    let at = pos2(response.rect.right() - room - 8.0, response.rect.center().y);
    paint::words(ui.painter(), at, &count, Face::Regular, 11.0, theme::colour(ui, Role::Soft));
    // What is painted beside the field is read with it.
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(count));
    if std::mem::take(&mut app.search.focus) {
        response.request_focus();
    }
    if response.lost_focus() && ui.input(|input| input.key_pressed(Press::Escape)) {
        app.search.text.clear();
    }
    app.look_for();
    if !response.has_focus() {
        return;
    }
    let press = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if press(Modifiers::SHIFT, Press::Enter) {
        app.step_search(-1);
    } else if press(Modifiers::NONE, Press::Enter) {
        app.step_search(1);
    }
}
