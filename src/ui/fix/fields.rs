//! The fields of the dialog: what only a person knows, by what answers look like.

use egui::{Button, Key as Press, RichText, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::FixDialog;
use crate::{
    model::{Kind, Model},
    rules::fixes::{Ask, AskKind},
    scene::Role,
    text::{self, Face},
    ui::{paint, theme},
};

/// Room for the labels.
const LABEL: f32 = 140.0;
/// So many names are shown to choose from.
const SHOWN: usize = 6;
/// So many choices stand side by side; more are a list.
const BESIDE: usize = 3;

/// What is chosen from, by id and name; `None` where an answer is typed.
fn listed(model: &Model, ask: &Ask) -> Option<Vec<(String, String)>> {
    let of = |kind: Kind| {
        let mut all: Vec<(String, String)> =
            model.keys_of(kind).iter().map(|key| (key.slug.to_string(), model.name(key))).collect();
        all.sort_by_cached_key(|(_, name)| name.to_lowercase());
        all
    };
    match ask.kind {
        AskKind::Team => Some(of(Kind::Team)),
        AskKind::System => Some(of(Kind::System)),
        _ => None,
    }
}

/// What stands in a field for an answer: names in place of ids.
pub(super) fn shown(model: &Model, ask: &Ask, answer: &str) -> String {
    let all = listed(model, ask).unwrap_or_default();
    all.into_iter().find(|(id, _)| id == answer).map_or(answer.to_owned(), |(_, name)| name)
}

/// The answer that what stands in a field means.
pub(super) fn answer(model: &Model, ask: &Ask, typed: &str) -> String {
    let typed = typed.trim();
    let Some(all) = listed(model, ask) else { return typed.to_owned() };
    let same = |(id, name): &&(String, String)| name.to_lowercase() == typed.to_lowercase() || id == typed;
    all.iter().find(same).map_or(typed.to_owned(), |(id, _)| id.clone())
}

/// What is asked, each with what is wrong with its answer.
pub(super) fn fields_ui(ui: &mut Ui, model: &Model, dialog: &mut FixDialog) {
    let asks = dialog.asks();
    if asks.is_empty() {
        return;
    }
    ui.add_space(8.0);
    for ask in &asks {
        ui.horizontal_top(|ui| {
            label(ui, ask);
            ui.vertical(|ui| {
                ui.set_width(ui.available_width());
                if field(ui, model, dialog, ask) {
                    dialog.touched.insert(ask.name);
                    dialog.outcome = None;
                }
                if let Some(wrong) = wrong(dialog, ask) {
                    ui.label(RichText::new(wrong).size(12.0).color(theme::colour(ui, Role::Error)));
                }
            });
        });
    }
}

fn label(ui: &mut Ui, ask: &Ask) {
    let words = if ask.optional { format!("{} (optional)", ask.label) } else { ask.label.clone() };
    let lines = text::wrap(Face::Regular, 12.0, &words, LABEL - 8.0);
    let height = (15.0 * lines.len() as f32 + 8.0).max(26.0);
    let (rect, _) = ui.allocate_exact_size(vec2(LABEL - 8.0, height), Sense::hover());
    for (at, line) in lines.iter().enumerate() {
        let place = pos2(rect.left(), rect.top() + 12.0 + 15.0 * at as f32);
        paint::words(ui.painter(), place, line, Face::Regular, 12.0, theme::colour(ui, Role::Soft));
    }
}

/// What is wrong, once somebody has tried.
fn wrong(dialog: &FixDialog, ask: &Ask) -> Option<String> {
    let outcome = dialog.outcome.as_ref()?;
    if !dialog.touched.contains(ask.name) || dialog.active == Some(ask.name) {
        return None;
    }
    if outcome.missing.contains(ask.name) {
        return Some("This is needed.".to_owned());
    }
    outcome.wrong.get(ask.name).map(|why| text::capital(why))
}

/// The field of a question; whether it was changed.
fn field(ui: &mut Ui, model: &Model, dialog: &mut FixDialog, ask: &Ask) -> bool {
    match &ask.kind {
        AskKind::Team | AskKind::System => completing(ui, model, dialog, ask),
        AskKind::Choice(choices) => choice(ui, dialog, ask, choices),
        AskKind::Date => typed(ui, dialog, ask, "like 2027-06-30"),
        AskKind::Duration => typed(ui, dialog, ask, "like 800ms"),
        AskKind::Text | AskKind::Name => typed(ui, dialog, ask, ""),
    }
}

fn edit(ui: &mut Ui, dialog: &mut FixDialog, ask: &Ask, hint: &str) -> egui::Response {
    let text = dialog.typed.entry(ask.name).or_default();
    let response = ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(f32::INFINITY));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, &ask.label));
    if dialog.fresh && text.is_empty() {
        dialog.fresh = false;
        response.request_focus();
    }
    if response.gained_focus() {
        dialog.active = Some(ask.name);
    }
    response
}

fn typed(ui: &mut Ui, dialog: &mut FixDialog, ask: &Ask, hint: &str) -> bool {
    let response = edit(ui, dialog, ask, hint);
    if response.lost_focus() && dialog.active == Some(ask.name) {
        dialog.active = None;
    }
    response.changed()
}

/// A name of the model, completed while it is typed; Enter takes the first that fits.
fn completing(ui: &mut Ui, model: &Model, dialog: &mut FixDialog, ask: &Ask) -> bool {
    let all = listed(model, ask).unwrap_or_default();
    let response = edit(ui, dialog, ask, "Type to choose");
    let mut changed = response.changed();
    let text = dialog.typed.get(ask.name).map(|text| text.trim().to_lowercase()).unwrap_or_default();
    let exact = all.iter().any(|(_, name)| name.to_lowercase() == text);
    let fits: Vec<&(String, String)> = all.iter().filter(|(_, name)| name.to_lowercase().contains(&text)).collect();
    let mut taken = None;
    if response.lost_focus() && ui.input(|input| input.key_pressed(Press::Enter)) && !text.is_empty() {
        taken = fits.first().map(|(_, name)| name.clone());
    }
    if dialog.active == Some(ask.name) && !exact {
        for (_, name) in fits.iter().take(SHOWN) {
            let button = Button::new(RichText::new(name).size(12.0)).frame_when_inactive(false);
            if ui.add(button).clicked() {
                taken = Some(name.clone());
            }
        }
        let said = match (all.is_empty(), fits.len()) {
            (true, _) if ask.kind == AskKind::Team => "There are no teams yet.".to_owned(),
            (true, _) => "There are no systems yet.".to_owned(),
            (_, 0) => "None has this name.".to_owned(),
            (_, found) if found > SHOWN => format!("and {} more: type to narrow", found - SHOWN),
            _ => String::new(),
        };
        if !said.is_empty() {
            ui.label(RichText::new(said).size(12.0).color(theme::colour(ui, Role::Soft)));
        }
    }
    if let Some(name) = taken {
        dialog.typed.insert(ask.name, name);
        dialog.active = None;
        changed = true;
    }
    changed
}

/// One of a few.
fn choice(ui: &mut Ui, dialog: &mut FixDialog, ask: &Ask, choices: &[(String, String)]) -> bool {
    let now = dialog.typed.get(ask.name).cloned().unwrap_or_default();
    let mut chosen = None;
    if choices.len() <= BESIDE {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            for (answer, words) in choices {
                let button = ui.add(Button::selectable(now == *answer, words));
                button.widget_info(|| {
                    WidgetInfo::selected(
                        egui::Role::RadioButton,
                        true,
                        now == *answer,
                        format!("{}: {words}", ask.label),
                    )
                });
                if button.clicked() {
                    chosen = Some(answer.clone());
                }
            }
        });
    } else {
        let words = choices.iter().find(|(answer, _)| *answer == now).map_or("Choose", |(_, words)| words.as_str());
        let short = text::shorten(Face::Regular, 13.0, words, ui.available_width() - 40.0);
        let width = ui.available_width();
        let menu = paint::drop_down(ui, RichText::new(short), Some(width), |ui| {
            egui::ScrollArea::vertical().max_height(280.0).show(ui, |ui| {
                for (answer, words) in choices {
                    if ui.add(Button::selectable(now == *answer, words)).clicked() {
                        chosen = Some(answer.clone());
                        ui.close();
                    }
                }
            });
        });
        let name = format!("{}: {words}", ask.label);
        menu.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
    }
    let Some(answer) = chosen.filter(|answer| *answer != now) else { return false };
    dialog.active = None;
    dialog.typed.insert(ask.name, answer);
    true
}
