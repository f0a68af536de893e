//! The ownership matrix: business records down, systems across, who creates, reads, updates and deletes what.
//!
//! The hand stands on a cell; letters give and take rights, O says who owns a record, and a small menu says by which way.

mod choice;
mod clip;
mod paint;

use std::collections::BTreeSet;

use egui::{Id as WidgetId, RichText, TextEdit, Ui, WidgetInfo};

use self::{
    choice::{Choice, Deed},
    paint::{Clicked, Painted},
};
use super::{
    App,
    hand::{self, Pressed},
    offers::{Offers, cursor_to_end},
    sheet,
    table::{self, Asked},
    theme,
};
use crate::{
    model::{Entity, Id, Key, Kind, Model, Parts, Right, System},
    ownership::{Matrix, order_systems},
    scene::Role,
    workbench::{self, Survey},
};

/// What the keys of the matrix do.
const KEYS: &str = "C, R, U and D give the system the right to create, read, update or delete the record, or take it. O makes \
     the system its owner. Enter opens a menu, where also the way is chosen by which the system comes to it. Delete clears \
     the cell. Ctrl+C, Ctrl+X and Ctrl+V copy, cut and paste its letters. Arrows and Tab lead from cell to cell, Escape leaves the matrix.";

/// How the matrix is looked at and worked in.
#[derive(Default)]
pub(super) struct Desk {
    /// What the records are to hold in their names, and the systems.
    filter: String,
    systems_filter: String,
    /// Systems that were asked for, beside those that touch a record.
    asked: BTreeSet<Id<System>>,
    /// The name of a system that is being typed, to ask for it.
    asking: String,
    offers: Offers,
    offered_for: Option<String>,
    /// Where the hand is: a record, or the row of a new one; a system, or the name of the record.
    at: Option<At>,
    reveal: bool,
    page: usize,
    choice: Option<Choice>,
    /// The name that is being typed: of a record, or of a new one.
    naming: Option<Naming>,
}

/// A record, or the row of a new one; a system, or the column of names.
type At = (Option<Id<Entity>>, Option<Id<System>>);

/// A name that is being typed in the matrix.
#[derive(Clone, Debug)]
struct Naming {
    of: Option<Id<Entity>>,
    text: String,
    fresh: bool,
}

/// What is shown of the matrix.
struct Shown<'a> {
    survey: &'a Survey,
    matrix: &'a Matrix,
    rows: Vec<&'a Id<Entity>>,
    systems: Vec<Id<System>>,
}

impl Desk {
    /// The record and the system in whose cell the hand is.
    pub(super) fn here(&self) -> Option<(Key, Key)> {
        match &self.at {
            Some((Some(entity), Some(system))) => Some((entity.key(), system.key())),
            _ => None,
        }
    }
}

impl Shown<'_> {
    fn model(&self) -> &Model {
        &self.survey.model
    }

    /// So many rows and columns has the hand: the new record's row, and the column of names, are among them.
    fn size(&self) -> (usize, usize) {
        (self.rows.len() + 1, self.systems.len() + 1)
    }

    fn row(&self, entity: Option<&Id<Entity>>) -> Option<usize> {
        entity.map_or(Some(self.rows.len()), |id| self.rows.iter().position(|other| *other == id))
    }

    fn column(&self, system: Option<&Id<System>>) -> Option<usize> {
        system.map_or(Some(0), |id| self.systems.iter().position(|other| other == id).map(|at| at + 1))
    }

    fn at(&self, (row, column): (usize, usize)) -> At {
        let system = column.checked_sub(1).and_then(|at| self.systems.get(at));
        (self.rows.get(row).map(|id| (*id).clone()), system.cloned())
    }

    /// A cell in words.
    fn said(&self, entity: &Id<Entity>, system: &Id<System>) -> String {
        let does = self.matrix.touch(entity, system).map_or("nothing".to_owned(), crate::ownership::Touch::words);
        format!("{} in {}: {does}", self.model().name_of(entity), self.model().name_of(system))
    }
}

pub(super) fn matrix_ui(app: &mut App, ui: &mut Ui) {
    ui.painter().rect_filled(ui.max_rect(), 0.0, theme::colour(ui, Role::Panel));
    let Some(survey) = app.survey.clone() else { return };
    let made = app.tables.made(&survey);
    let mut desk = std::mem::take(&mut app.tables.matrix);
    let shown = shown(&survey, made.matrix(), &desk);
    top_ui(app, ui, &mut desk, &shown);
    if shown.matrix.entities.is_empty() {
        ui.allocate_ui(egui::vec2(ui.available_width(), 132.0), |ui| {
            table::hint_ui(
                ui,
                "No business records yet. A record (an order, a customer) has one system that owns it, and others that \
                 read it or ask for changes. Type the name of the first one below.",
            );
        });
    }
    body(app, ui, &mut desk, &shown);
    app.tables.matrix = desk;
}

fn shown<'a>(survey: &'a Survey, matrix: &'a Matrix, desk: &Desk) -> Shown<'a> {
    let model = &survey.model;
    let holds = |name: String, wanted: &str| name.to_lowercase().contains(&wanted.trim().to_lowercase());
    let rows = matrix.entities.iter().filter(|id| holds(model.name_of(*id), &desk.filter)).collect();
    let asked = desk.asked.iter().filter(|id| model.system(id).is_some() && !matrix.systems.contains(id));
    let systems = matrix.systems.iter().chain(asked);
    let systems = systems.filter(|id| holds(model.name_of(*id), &desk.systems_filter));
    let mut systems: Vec<Id<System>> = systems.cloned().collect();
    order_systems(model, &mut systems);
    Shown { survey, matrix, rows, systems }
}

fn top_ui(app: &mut App, ui: &mut Ui, desk: &mut Desk, shown: &Shown<'_>) {
    egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 8)).show(ui, |ui| {
        ui.horizontal(|ui| {
            for (text, hint, name) in [
                (&mut desk.filter, "Filter records", "Filter records"),
                (&mut desk.systems_filter, "Filter systems", "Filter systems"),
            ] {
                let field = ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(124.0));
                field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, name));
            }
            ask_ui(app, ui, desk, shown);
            let (some, all) = (shown.rows.len(), shown.matrix.entities.len());
            let count = format!("{some} of {all} records · small letters: straight in a store");
            let count = RichText::new(count).size(12.0).color(theme::colour(ui, Role::Soft));
            ui.add(egui::Label::new(count).truncate()).on_hover_text(KEYS);
        });
    });
}

/// The field for a system that is to have a column.
fn ask_ui(app: &App, ui: &mut Ui, desk: &mut Desk, shown: &Shown<'_>) {
    let id = WidgetId::unique("ask for a system");
    let focused = ui.memory(|memory| memory.has_focus(id)) && app.dialog.is_none();
    let mut taken = None;
    if focused {
        desk.offers.walk(ui);
        let press = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
        if press(egui::Key::Enter) {
            taken = desk.offers.chosen.or((!desk.offers.list.is_empty() && !desk.asking.is_empty()).then_some(0));
        }
    }
    let edit = TextEdit::singleline(&mut desk.asking).id(id).hint_text("+ System").desired_width(112.0);
    let field = ui.add(edit).on_hover_text("Give a system a column of its own");
    field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, "Add a system to the matrix"));
    if !focused {
        (desk.offered_for, desk.offers) = (None, Offers::default());
        return;
    }
    if desk.offered_for.as_ref() != Some(&desk.asking) {
        desk.offers = Offers { list: absent(shown, desk), chosen: None };
        desk.offered_for = Some(desk.asking.clone());
    }
    if app.float.is_none() && !desk.offers.list.is_empty() {
        taken = taken.or(desk.offers.show(ui, "systems", field.rect, |_| {}));
    }
    let model = shown.model();
    let named = |name: &str| model.systems.keys().find(|id| model.name_of(*id) == name);
    if let Some(system) = taken.and_then(|at| desk.offers.text(at)).and_then(named) {
        desk.asked.insert(system.clone());
        desk.asking.clear();
        desk.systems_filter.clear();
        let row = desk.at.take().and_then(|(row, _)| row).or_else(|| shown.rows.first().map(|id| (*id).clone()));
        desk.at = Some((row, Some(system.clone())));
        desk.reveal = true;
        ui.memory_mut(|memory| memory.request_focus(stop_id()));
    }
}

/// The systems without a column, by name.
fn absent(shown: &Shown<'_>, desk: &Desk) -> Vec<(String, String)> {
    let model = shown.model();
    let wanted = desk.asking.trim().to_lowercase();
    let free = model.systems.iter().filter(|(id, _)| !shown.matrix.systems.contains(id) && !desk.asked.contains(id));
    let mut free: Vec<(String, String)> =
        free.map(|(_, system)| (system.name.clone(), system.kind.word().to_owned())).collect();
    free.retain(|(name, _)| name.to_lowercase().contains(&wanted));
    free.sort_by_cached_key(|(name, _)| (!name.to_lowercase().starts_with(&wanted), name.to_lowercase()));
    free
}

fn stop_id() -> WidgetId {
    WidgetId::unique("hand of the matrix")
}

fn body(app: &mut App, ui: &mut Ui, desk: &mut Desk, shown: &Shown<'_>) {
    match app.tables.asked.take() {
        Some(Asked::NewRow) => {
            (desk.at, desk.naming, desk.reveal) = (Some((None, None)), Some(Naming::new(String::new())), true);
        }
        Some(Asked::CopyRows) => clip::copy_rows(app, ui, shown),
        None => {}
    }
    let place = desk
        .at
        .as_ref()
        .and_then(|(entity, system)| Some((shown.row(entity.as_ref())?, shown.column(system.as_ref())?)));
    let area = ui.available_rect_before_wrap();
    let said = match &desk.at {
        None => "Matrix of records and systems".to_owned(),
        Some((Some(entity), Some(system))) => format!("Matrix, {}", shown.said(entity, system)),
        Some((Some(entity), None)) => format!("Matrix, {}", shown.model().name_of(entity)),
        Some((None, _)) => "Matrix, new record".to_owned(),
    };
    let stop = hand::stop(ui, stop_id(), area, &said);
    sheet::takes(app, ui, &stop, desk.here().map(|(record, _)| record).as_ref());
    desk.page = ((area.height() - paint::HEAD) / paint::ROW).floor().max(1.0) as usize;
    let reveal = std::mem::take(&mut desk.reveal);
    let naming = desk.naming.as_ref().map(|naming| &naming.of);
    let painted = paint::paint_ui(app, ui, &Painted { shown, place, focused: stop.has_focus(), reveal, naming });
    if let Some(clicked) = painted.clicked {
        desk.choice = None;
        ui.memory_mut(|memory| memory.request_focus(stop_id()));
        return click(app, desk, shown, clicked);
    }
    if let (Some(naming), Some(rect)) = (&mut desk.naming, painted.here) {
        if let Some(done) = naming_ui(ui, rect, naming) {
            let naming = desk.naming.take();
            ui.memory_mut(|memory| memory.request_focus(stop_id()));
            if let Some(naming) = naming.filter(|_| done) {
                name(app, desk, &naming);
            }
        }
        return;
    }
    let cell = match &desk.at {
        Some((Some(entity), Some(system))) => Some((entity.clone(), system.clone())),
        _ => None,
    };
    if let (Some(choice), Some((entity, system)), Some(rect)) = (&mut desk.choice, &cell, painted.here) {
        let deed = choice::choice_ui(ui, rect, choice, app.bench.model(), (entity, system));
        match deed {
            Some(Deed::Close) => desk.choice = None,
            Some(deed) => carry_out(app, desk, &deed, entity, system),
            None => {}
        }
    }
    if stop.has_focus() {
        app.tables.hand = Some(stop_id());
        keys(app, ui, desk, shown, place);
    }
}

/// Does what was pressed while the matrix has the keyboard.
fn keys(app: &mut App, ui: &Ui, desk: &mut Desk, shown: &Shown<'_>, place: Option<(usize, usize)>) {
    for pressed in hand::pressed(ui, false) {
        let (entity, system) = desk.at.clone().unwrap_or_default();
        match (pressed, entity, system) {
            (Pressed::Go(go, _), ..) => {
                desk.choice = None;
                let to = place.map_or((0, 0), |at| go.from(at, shown.size(), desk.page));
                stand(app, desk, shown, to);
            }
            (Pressed::Letter(text), Some(entity), Some(system)) => {
                if let Some(deed) = Deed::of_letter(&text) {
                    carry_out(app, desk, &deed, &entity, &system);
                }
            }
            (Pressed::Clear, Some(entity), Some(system)) => carry_out(app, desk, &Deed::Clear, &entity, &system),
            (Pressed::Space | Pressed::Write(_), Some(entity), Some(system)) => {
                desk.choice = Some(Choice::new(app.bench.model(), &entity, &system));
            }
            (Pressed::Write(_), Some(entity), None) => {
                let text = app.bench.model().name_of(&entity);
                desk.naming = Some(Naming { of: Some(entity), text, fresh: true });
            }
            (Pressed::Copy, entity, system) => clip::copy(app, ui, shown, entity.zip(system)),
            (Pressed::Cut, Some(entity), Some(system)) => {
                clip::copy(app, ui, shown, Some((entity.clone(), system.clone())));
                carry_out(app, desk, &Deed::Clear, &entity, &system);
            }
            (Pressed::Paste(text), ..) => clip::paste(app, desk, shown, place, &text),
            (Pressed::Leave, ..) => ui.memory_mut(|memory| memory.surrender_focus(stop_id())),
            (Pressed::Write(_), None, _) if place.is_some() => desk.naming = Some(Naming::new(String::new())),
            (Pressed::Letter(text), None, _) if place.is_some() => desk.naming = Some(Naming::new(text)),
            _ => {}
        }
    }
}

impl Naming {
    /// Of a new record.
    fn new(text: String) -> Self {
        Self { of: None, text, fresh: true }
    }
}

fn click(app: &mut App, desk: &mut Desk, shown: &Shown<'_>, clicked: Clicked) {
    match clicked {
        Clicked::Cell(at) => {
            let again = desk.at.as_ref() == Some(&shown.at(at)) && at.0 == shown.rows.len();
            desk.naming = again.then(|| Naming::new(String::new()));
            stand(app, desk, shown, at);
        }
        Clicked::Twice((row, column)) => {
            stand(app, desk, shown, (row, column));
            match shown.at((row, column)) {
                (Some(entity), Some(system)) => {
                    desk.choice = Some(Choice::new(app.bench.model(), &entity, &system));
                }
                (Some(entity), None) => {
                    let text = app.bench.model().name_of(&entity);
                    desk.naming = Some(Naming { of: Some(entity), text, fresh: true });
                }
                (None, _) => desk.naming = Some(Naming::new(String::new())),
            }
        }
        Clicked::System(system) => show(app, vec![system.key()]),
    }
}

/// Takes the hand to a cell, and selects what it is about.
fn stand(app: &mut App, desk: &mut Desk, shown: &Shown<'_>, to: (usize, usize)) {
    // The row of a new record has no cells: the hand keeps its column for the way back.
    let (entity, system) = shown.at(to);
    let keys: Vec<Key> = match (&entity, &system) {
        (Some(entity), system) => std::iter::once(entity.key()).chain(system.iter().map(Id::key)).collect(),
        (None, _) => Vec::new(),
    };
    show(app, keys);
    desk.at = Some((entity, system));
    desk.reveal = true;
}

fn show(app: &mut App, keys: Vec<Key>) {
    app.select(None, false);
    app.selection = keys.into_iter().collect();
    if !app.selection.is_empty() {
        app.canvas.centre_on = Some(app.selection.clone());
    }
}

/// The field for a name, in the place of the cell; `true` where it is taken, `false` where it is let go.
fn naming_ui(ui: &Ui, rect: egui::Rect, naming: &mut Naming) -> Option<bool> {
    let id = WidgetId::unique("name in the matrix");
    let press = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    let (enter, escape) = (press(egui::Key::Enter), press(egui::Key::Escape));
    let label = if naming.of.is_some() { "Name of the record" } else { "Name of the new record" };
    let area = egui::Area::new(WidgetId::unique("naming")).order(egui::Order::Foreground).fixed_pos(rect.min);
    let field = area.show(ui.ctx(), |ui| {
        let edit = TextEdit::singleline(&mut naming.text).id(id).desired_width(rect.width() - 10.0);
        let field = ui.add_sized(rect.size(), edit.align(egui::Align2::LEFT_CENTER));
        field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, label));
        field
    });
    if std::mem::take(&mut naming.fresh) {
        field.inner.request_focus();
        cursor_to_end(ui, id, &naming.text);
        return None;
    }
    let away = field.inner.lost_focus() || ui.input(|input| input.pointer.any_pressed()) && !field.inner.hovered();
    match (enter, escape) {
        (_, true) => Some(false),
        (true, _) => Some(!naming.text.trim().is_empty()),
        _ => away.then(|| !naming.text.trim().is_empty()),
    }
}

fn name(app: &mut App, desk: &mut Desk, naming: &Naming) {
    let (model, text) = (app.bench.model().clone(), naming.text.trim());
    let done = match &naming.of {
        Some(entity) => app.rename(&entity.key(), text),
        None => {
            let meant = workbench::add(&model, Kind::Entity, &Parts::of("name", text));
            app.intend(&format!("Add {text}"), meant)
        }
    };
    let Some(key) = done else { return };
    app.select(Some(key.clone()), false);
    // After a new record the hand waits for the next one.
    if naming.of.is_some() {
        desk.at = Some((Some(Id::from_slug(key.slug)), None));
    }
    desk.filter.clear();
    desk.reveal = true;
}

/// Changes what a system does with a record, as one step.
fn carry_out(app: &mut App, desk: &mut Desk, deed: &Deed, entity: &Id<Entity>, system: &Id<System>) {
    let model = app.bench.model().clone();
    let (record, name) = (model.name_of(entity), model.name_of(system));
    let done = match deed {
        Deed::Close => return,
        Deed::Right(right) => {
            let meant = workbench::toggle_right(&model, entity, system, *right);
            let step = match &meant {
                Ok((true, _)) => format!("{name} {}s {record}", right.word()),
                _ => format!("{name} no longer {}s {record}", right.word()),
            };
            app.intend(&step, meant.map(|(_, edits)| ((), edits)))
        }
        Deed::Owner => {
            let meant = workbench::toggle_owner(&model, entity, system);
            let step = match &meant {
                Ok((true, _)) => format!("{name} owns {record}"),
                _ => format!("Forget who owns {record}"),
            };
            app.intend(&step, meant.map(|(_, edits)| ((), edits)))
        }
        Deed::Way(way) => {
            let words = way.known().map_or("unknown way".to_owned(), |way| choice::way_words(&model, way));
            let step = format!("{name} reaches {record}: {words}");
            app.intend(&step, workbench::set_way(&model, entity, system, way).map(|edits| ((), edits)))
        }
        Deed::Clear => {
            let meant = workbench::clear_touch(&model, entity, system).map(|edits| ((), edits));
            app.intend(&format!("{name} has nothing to do with {record}"), meant)
        }
    };
    // The column stays, though nothing may stand in it any more.
    if done.is_some() {
        desk.asked.insert(system.clone());
    }
}

/// The rights in the order of their letters.
const RIGHTS: [Right; 4] = [Right::Create, Right::Read, Right::Update, Right::Delete];
