//! Saved views: the list in the corner of the tabs, saving, updating, and stepping through them.

use egui::{Button, RichText, Ui};

use super::{App, float::Float, paint, tabs::Tab};
use crate::{
    model::{Date, Edit, Fact, Id, Key, Kind, Lens, View, cascade},
    scene::LENSES,
    text::{self, Face},
    workbench,
};

/// How wide the name of a view may be in the corner.
const WIDEST: f32 = 132.0;

/// Which saved view is shown, and what the window looked like before.
#[derive(Debug, Default)]
pub(super) struct Views {
    /// The view of the model that is shown, if what is shown is one.
    pub(super) open: Option<Id<View>>,
    /// The lens and the day before a view brought its own.
    before: Option<(Lens, Date)>,
    /// Whether a menu stood open in the frame before: the Escape that closes it leaves no view.
    pub(super) menu_open: bool,
    /// Whether the menu of what is shown is to be opened when it is drawn next.
    pub(super) ask_filter: bool,
}

impl App {
    /// Shows a view of the model, or the landscape again.
    pub(super) fn open_view(&mut self, id: Option<&Id<View>>) {
        self.tab = Tab::Landscape;
        let saved = id.and_then(|id| self.saved(id)).map(|(id, view)| (id.clone(), view.clone()));
        let Some((id, view)) = saved else { return self.show_view(None) };
        let before = self.views.before.unwrap_or((self.lens, self.as_of));
        let lens = view.lens.known().copied().filter(|lens| LENSES.contains(lens)).unwrap_or(Lens::Kinds);
        self.look_through(lens);
        self.look_at_day(view.as_of.known().copied().unwrap_or(self.today));
        self.show_view(Some(view));
        self.views = Views { open: Some(id), before: Some(before), ..Views::default() };
    }

    /// No saved view is shown any more; what it brought of its own goes with it.
    pub(super) fn leave_view(&mut self) {
        if let Some((lens, day)) = std::mem::take(&mut self.views).before {
            self.look_through(lens);
            self.look_at_day(day);
        }
    }

    /// Shows the architecture as it is on a day.
    pub(super) fn look_at_day(&mut self, day: Date) {
        self.as_of = day;
        self.day_text = day.to_string();
    }

    /// The next saved view, or the one before; the landscape stands before the first.
    pub(super) fn step_view(&mut self, forward: bool) {
        let views: Vec<Id<View>> = self.saved_views().map(|(id, _)| id.clone()).collect();
        let now =
            self.views.open.as_ref().and_then(|open| views.iter().position(|id| id == open)).map_or(0, |at| at + 1);
        let count = views.len() + 1;
        let next = if forward { now + 1 } else { now + count - 1 } % count;
        let id = next.checked_sub(1).and_then(|at| views.get(at)).cloned();
        self.open_view(id.as_ref());
    }

    /// What is shown now, as a view that could be saved.
    pub(super) fn current_view(&self) -> View {
        let shown = self.showing.view.clone();
        let mut view = shown.unwrap_or_else(|| workbench::landscape_view(self.bench.model()).1);
        view.grouping = self.grouping().into();
        view.lens = self.lens.into();
        view.as_of = if self.as_of == self.today { Fact::NotAsked } else { self.as_of.into() };
        view
    }

    /// The saved view that is shown, where it is still in the model.
    pub(super) fn open_saved(&self) -> Option<(&Id<View>, &View)> {
        self.saved(self.views.open.as_ref()?)
    }

    fn saved(&self, id: &Id<View>) -> Option<(&Id<View>, &View)> {
        self.saved_views().find(|(other, _)| *other == id)
    }

    /// Whether what is shown is another than what was saved under its name.
    pub(super) fn is_view_changed(&self) -> bool {
        self.open_saved().is_some_and(|(_, saved)| !workbench::is_same_view(saved, &self.current_view()))
    }

    /// Asks under which name what is shown is to be saved.
    pub(super) fn ask_to_save_view(&mut self) {
        self.float = Some(Float::view(self.current_view()));
    }

    /// Puts what is shown in place of what the view held.
    pub(super) fn update_view(&mut self) {
        let saved = self.open_saved().map(|(id, saved)| (id.clone(), saved.title.clone()));
        let Some((id, title)) = saved else { return };
        let meant = workbench::update_view(self.bench.model(), &id, self.current_view());
        self.intend(&format!("Update view {title}"), meant.map(|edits| ((), edits)));
    }

    /// Removes a saved view from the model.
    pub(super) fn delete_view(&mut self, id: &Id<View>) {
        let title = self.bench.model().name_of(id);
        let edits: Vec<Edit> = cascade(self.bench.model(), &[id.key()]);
        if self.intend(&format!("Delete view {title}"), Ok(((), edits))).is_some()
            && self.views.open.as_ref() == Some(id)
        {
            self.show_view(None);
        }
    }

    /// A record was given another name: a view that is shown keeps being shown under it.
    pub(super) fn view_renamed(&mut self, from: &Key, to: &Key) {
        if from.kind != Kind::View || self.views.open.as_ref().map(Id::key).as_ref() != Some(from) {
            return;
        }
        let id = Id::from_slug(to.slug.clone());
        if let Some(view) = &mut self.showing.view {
            view.title = self.bench.model().name_of(&id);
        }
        self.views.open = Some(id);
    }
}

/// The views in the corner of the tabs, from the right: forward, back, and the list.
pub(super) fn corner_ui(app: &mut App, ui: &mut Ui) {
    let any = app.saved_views().next().is_some();
    for (sign, name, forward) in [("›", "Next view", true), ("‹", "Previous view", false)] {
        let button = Button::new(sign).frame_when_inactive(false).min_size(egui::vec2(24.0, 24.0));
        let response = ui.add_enabled(any, button);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, any, name));
        let keys = if forward { "Ctrl+PageDown" } else { "Ctrl+PageUp" };
        if response.on_hover_text(format!("{name}   {keys}")).clicked() {
            app.step_view(forward);
        }
    }
    let title = app.open_saved().map_or_else(
        || app.showing.view.as_ref().map_or("Landscape".to_owned(), |_| "Not saved".to_owned()),
        |(_, view)| view.title.clone(),
    );
    let changed = app.is_view_changed();
    let short = text::shorten(Face::Regular, 13.0, &title, WIDEST);
    // The landscape has a tab of that name beside it.
    let words = match (&app.showing.view, changed) {
        (None, _) => "Views".to_owned(),
        (Some(_), true) => format!("{short}, changed"),
        (Some(_), false) => short,
    };
    let words = RichText::new(words);
    let response = paint::drop_down(ui, words, None, |ui| menu_ui(app, ui));
    let name = format!("Saved view: {title}{}", if changed { ", changed" } else { "" });
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    response.on_hover_text("Saved views: what is shown, in which frames, through which lens, on which day");
}

fn menu_ui(app: &mut App, ui: &mut Ui) {
    let open = app.open_saved().map(|(id, view)| (id.clone(), view.title.clone()));
    let entry = |ui: &mut Ui, chosen: bool, title: &str| {
        let clicked = paint::choice_ui(ui, chosen, title).clicked();
        if clicked {
            ui.close();
        }
        clicked
    };
    if entry(ui, app.showing.view.is_none(), "Landscape") {
        app.open_view(None);
    }
    egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        let mut pressed = None;
        for (id, view) in app.saved_views() {
            let chosen = open.as_ref().is_some_and(|(open, _)| open == id);
            if entry(ui, chosen, &view.title) {
                pressed = Some(id.clone());
            }
        }
        if pressed.is_some() {
            app.open_view(pressed.as_ref());
        }
    });
    ui.separator();
    if entry(ui, false, "Save view as…") {
        app.ask_to_save_view();
    }
    let Some((id, title)) = open else { return };
    let update = format!("Update {title}");
    if ui.add_enabled_ui(app.is_view_changed(), |ui| entry(ui, false, &update)).inner {
        app.update_view();
    }
    if entry(ui, false, "Back to what was saved") {
        app.open_view(Some(&id));
    }
    if entry(ui, false, "Rename view…") {
        app.ask_for_name(id.key(), None);
    }
    if entry(ui, false, "Delete view") {
        app.delete_view(&id);
    }
}
