//! What can be done with a row of the tree: by right click, with the menu key, or with Shift+F10.

use egui::{Button, Key as Press, Modifiers, Popup, PopupCloseBehavior, Response, SetOpenCommand, Ui};

use crate::{
    model::{Domain, Fact, Id, Key, Kind, Model},
    ui::{App, commands::Command, inspector, paint},
    workbench,
};

/// What was chosen in the menu of a row.
pub(super) enum Chosen {
    /// A command about the row, which is selected first.
    Run(Key, Command),
    /// An owner for what is selected, or for the row alone.
    Own(Vec<Key>, inspector::Offer),
    /// Another domain.
    Move(Vec<Key>, Fact<Id<Domain>>),
    /// A view is to be shown.
    Show(Id<crate::model::View>),
    /// A view is to go.
    Delete(Id<crate::model::View>),
    /// A view is to have another name.
    Rename(Key),
}

/// The menu of a row, if it is asked for.
pub(super) fn row_menu(app: &App, ui: &Ui, response: &Response, key: &Key, chosen: &mut Option<Chosen>) {
    response.context_menu(|ui| {
        menu_ui(app, ui, key, chosen);
    });
    let pressed = response.has_focus()
        && ui.input_mut(|input| {
            input.consume_key(Modifiers::SHIFT, Press::F10) || input.consume_key(Modifiers::NONE, Press::Menu)
        });
    let popup = Popup::from_response(response)
        .id(response.id.with("keys"))
        .kind(egui::PopupKind::Menu)
        .layout(egui::Layout::top_down_justified(egui::Align::Min))
        .style(egui::containers::menu::menu_style)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .open_memory(pressed.then_some(SetOpenCommand::Bool(true)));
    popup.show(|ui| {
        let first = menu_ui(app, ui, key, chosen);
        if pressed && let Some(first) = first {
            first.request_focus();
        }
    });
}

/// The entries for a kind of record; the first of them, to have the keyboard.
fn menu_ui(app: &App, ui: &mut Ui, key: &Key, chosen: &mut Option<Chosen>) -> Option<Response> {
    ui.set_min_width(200.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    if key.kind == Kind::View {
        let id: Id<crate::model::View> = Id::from_slug(key.slug.clone());
        let first = entry(ui, "Show", || Chosen::Show(id.clone()), chosen);
        entry(ui, "Rename…", || Chosen::Rename(key.clone()), chosen);
        entry(ui, "Delete", || Chosen::Delete(id), chosen);
        return Some(first);
    }
    let mut first = None;
    let mut run = |ui: &mut Ui, command: Command, chosen: &mut Option<Chosen>| {
        let response = entry(ui, &command.title(app), || Chosen::Run(key.clone(), command), chosen);
        first.get_or_insert(response);
    };
    let model = app.bench.model().clone();
    let Some(record) = model.entry(key).map(|entry| entry.record) else { return first };
    if record.display_name().is_some() {
        run(ui, Command::Rename, chosen);
    }
    if App::has_neighbours(key) {
        run(ui, Command::Neighbours, chosen);
    } else if App::has_flow(key) {
        run(ui, Command::Flow, chosen);
    }
    if record.owner().is_some() {
        ui.menu_button("Owner", |ui| {
            if let Some(owner) = inspector::owner_menu(app, ui, key) {
                *chosen = Some(Chosen::Own(together(app, key), owner));
            }
        });
    }
    if key.kind == Kind::System {
        ui.menu_button("Move to domain", |ui| domains_ui(app, ui, &model, key, chosen));
    }
    if !key.kind.is_single() {
        ui.separator();
        run(ui, Command::Delete, chosen);
    }
    first
}

fn entry(ui: &mut Ui, words: &str, make: impl FnOnce() -> Chosen, chosen: &mut Option<Chosen>) -> Response {
    let response = ui.add(Button::selectable(false, words));
    if response.clicked() {
        *chosen = Some(make());
        ui.close();
    }
    response
}

fn domains_ui(app: &App, ui: &mut Ui, model: &Model, key: &Key, chosen: &mut Option<Chosen>) {
    let now = model.system(&Id::from_slug(key.slug.clone())).map(|system| system.domain.clone()).unwrap_or_default();
    let mut domains: Vec<(String, Id<Domain>)> =
        model.domains.keys().map(|id| (model.name_of(id), id.clone())).collect();
    domains.sort_by_cached_key(|(name, _)| name.to_lowercase());
    egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        for (name, id) in domains {
            if paint::choice_ui(ui, now.is(&id), &name).clicked() {
                *chosen = Some(Chosen::Move(together(app, key), id.into()));
                ui.close();
            }
        }
    });
    ui.separator();
    if paint::choice_ui(ui, now.is_none(), "In no domain").clicked() {
        *chosen = Some(Chosen::Move(together(app, key), Fact::None));
        ui.close();
    }
}

/// What is selected beside a row of the same kind, or the row alone.
pub(super) fn together(app: &App, key: &Key) -> Vec<Key> {
    if app.selection.contains(key) {
        app.selection.iter().filter(|other| other.kind == key.kind).cloned().collect()
    } else {
        vec![key.clone()]
    }
}

impl App {
    /// Does what was chosen in the menu of a row.
    pub(super) fn carry_out_row(&mut self, ctx: &egui::Context, chosen: Chosen) {
        match chosen {
            Chosen::Run(key, command) => {
                // What is selected beside it goes with it.
                if command != Command::Delete || !self.selection.contains(&key) {
                    self.select(Some(key), false);
                }
                if command.is_enabled(self) {
                    command.run(self, ctx);
                }
            }
            Chosen::Own(keys, owner) => self.say_owner(&keys, owner),
            Chosen::Move(keys, domain) => self.move_to_domain(&keys, &domain),
            Chosen::Show(id) => self.open_view(Some(&id)),
            Chosen::Delete(id) => self.delete_view(&id),
            Chosen::Rename(key) => self.ask_for_name(key, None),
        }
    }

    /// Moves systems to a domain, as one step.
    pub(super) fn move_to_domain(&mut self, keys: &[Key], domain: &Fact<Id<Domain>>) {
        let model = self.bench.model().clone();
        let what = crate::ui::float::names(&model, keys);
        let name = match domain {
            Fact::Known(id) => format!("Move {what} to {}", model.name_of(id)),
            _ => format!("Move {what} out of its domain"),
        };
        let meant = workbench::move_to_domain(&model, keys, domain);
        self.intend(&name, meant.map(|edits| ((), edits)));
    }
}
