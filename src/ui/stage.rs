//! The stage switch of the status line: how far the model, or a part of it, has come, and what that asks.

use egui::{Button, RichText, Ui};

use super::{App, paint, theme};
use crate::{
    model::{Fact, Id, Key, Kind, Stage},
    scene::Role,
    text::{Face, capital},
    workbench,
};

/// What a stage asks, in a sentence.
fn asks(stage: Stage) -> &'static str {
    match stage {
        Stage::Sketch => "Only what is known to be wrong is reported, and the five starred questions.",
        Stage::Design => "What has to be decided before building is asked for.",
        Stage::Governed => "Every open question counts, and fails a check.",
    }
}

/// The stages of the model, and the menu for parts of it. From the right, since the line is set from there.
pub(super) fn stages_ui(app: &mut App, ui: &mut Ui) {
    let key = Key::single(Kind::Model);
    let now = workbench::stage_of(app.bench.model(), &key).1;
    ui.spacing_mut().item_spacing.x = 0.0;
    for stage in Stage::ALL.iter().rev().copied() {
        let chosen = stage == now;
        let role = if chosen { Role::Accent } else { Role::Soft };
        let text = RichText::new(capital(stage.word())).size(12.0).color(theme::colour(ui, role));
        let button = Button::selectable(chosen, text).frame_when_inactive(false);
        let hint = format!("{} of the whole model. {}", capital(stage.word()), asks(stage));
        if ui.add(button).on_hover_text(hint).clicked() && !chosen {
            app.take_to_stage(&key, stage.into());
        }
        if stage != Stage::Sketch {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(10.0, 10.0), egui::Sense::hover());
            paint::fold(ui.painter(), rect.center(), true, theme::colour(ui, Role::Faint));
        }
    }
    ui.add_space(4.0);
    let mut wanted = None;
    let words = RichText::new("Stage").size(12.0).color(theme::colour(ui, Role::Soft));
    let response = paint::drop_down(ui, words, None, |ui| {
        ui.set_width(330.0);
        for (at, key) in parts(app).into_iter().enumerate() {
            if at > 0 {
                ui.separator();
            }
            part_ui(app, ui, &key, &mut wanted);
        }
    });
    response.on_hover_text("How far the model, or the selected domain or system, has come");
    if let Some((key, stage)) = wanted {
        app.take_to_stage(&key, stage);
    }
}

/// The model, and what is selected as far as it can have a stage: a system with the domain around it.
fn parts(app: &App) -> Vec<Key> {
    let mut parts = vec![Key::single(Kind::Model)];
    let Some(key) = app.selection.first().filter(|_| app.selection.len() == 1) else { return parts };
    if key.kind == Kind::System {
        let system = app.bench.model().system(&Id::from_slug(key.slug.clone()));
        parts.extend(system.and_then(|system| system.domain.known().map(Id::key)));
    }
    if matches!(key.kind, Kind::System | Kind::Domain) {
        parts.push(key.clone());
    }
    parts
}

fn part_ui(app: &App, ui: &mut Ui, key: &Key, wanted: &mut Option<(Key, Fact<Stage>)>) {
    let model = app.bench.model();
    let whole = key.kind == Kind::Model;
    let (own, counts) = workbench::stage_of(model, key);
    let head = if whole {
        "The whole model".to_owned()
    } else {
        format!("{} {}", capital(key.kind.phrase()), model.name(key))
    };
    ui.label(RichText::new(head).family(theme::family(Face::SemiBold)).size(12.0));
    let mut entry = |ui: &mut Ui, chosen: bool, words: &str, name: String, stage: Fact<Stage>| {
        let response = ui.add(paint::choice(chosen, words).min_size(egui::vec2(ui.available_width(), 26.0)));
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, chosen, &name));
        if response.clicked() {
            ui.close();
            if !chosen {
                *wanted = Some((key.clone(), stage));
            }
        }
    };
    if !whole {
        let words = format!("As what is around it: {}", counts.word());
        let words = if own.is_known() { "As what is around it".to_owned() } else { words };
        let name = format!("{}: {words}", model.name(key));
        entry(ui, !own.is_known(), &words, name, Fact::NotAsked);
    }
    for stage in Stage::ALL.iter().copied() {
        let chosen = if whole { counts == stage } else { own.is(&stage) };
        let words = capital(stage.word());
        let name = format!("{}: {words}", if whole { "Model".to_owned() } else { model.name(key) });
        entry(ui, chosen, &words, name, stage.into());
        if whole {
            let said = RichText::new(asks(stage)).size(11.0).color(theme::colour(ui, Role::Soft));
            ui.horizontal(|ui| {
                ui.add_space(8.0 + paint::TICK + 4.0);
                ui.label(said);
            });
        }
    }
}

impl App {
    /// Takes the model, a domain or a system to a stage, as one step.
    pub(super) fn take_to_stage(&mut self, key: &Key, stage: Fact<Stage>) {
        let model = self.bench.model().clone();
        let of = if key.kind == Kind::Model { String::new() } else { format!(" of {}", model.name(key)) };
        let name = match &stage {
            Fact::Known(stage) => format!("Stage{of} {}", stage.word()),
            _ => format!("Stage{of} as what is around it"),
        };
        let meant = workbench::set_stage(&model, key, stage);
        self.intend(&name, meant.map(|edits| ((), edits)));
    }
}
