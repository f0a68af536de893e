//! The small field that floats where the hand is: the name of a new system, a new name, a new team, the kind of a line.
//!
//! Enter does it, Escape and a click elsewhere let it go.

use egui::{
    Area, AtomExt as _, Button, Frame, Id as WidgetId, Key as Press, Order, RichText, TextEdit, Ui, WidgetInfo, pos2,
};

use super::{App, paint, target, theme};
use crate::{
    model::{Edit, Id, InteractionKind, Key, Kind, Model, Parts, Path, Record, Said, Shape, System, SystemKind, View},
    scene::Role,
    text::{Face, capital},
    workbench::{self, Home, NewSystem},
};

/// What is being asked for.
#[derive(Clone, Debug)]
pub(super) enum Float {
    /// A name.
    Name(Name),
    /// The system that a line is to lead to.
    Target(target::Target),
    /// What one system asks of or tells another.
    Wire(Wire),
    /// What a line stands for, to choose from.
    List(List),
}

/// A name is asked for.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Whose.
    pub(super) of: Named,
    /// What was typed.
    pub(super) text: String,
    /// Where the field stands on the screen; the middle of the window if nowhere.
    pub(super) at: Option<egui::Pos2>,
    /// Whether the field is yet to be focused.
    pub(super) fresh: bool,
}

/// What gets a name.
#[derive(Clone, Debug)]
pub(super) enum Named {
    /// A new system, in a frame, at a place of the diagram; it may be connected with one that is there.
    System { kind: SystemKind, home: Home, pin: Option<(i32, i32)>, joins: Option<Id<System>> },
    /// A record that is there.
    Record(Key),
    /// What is shown, as a view to be saved.
    View(Box<View>),
    /// A new record of a kind with what else it must have, to be referred to from a fact of these.
    New { kind: Kind, parts: Parts, from: Option<(Vec<Key>, Path)> },
}

/// Two systems to connect.
#[derive(Clone, Debug)]
pub(super) struct Wire {
    pub(super) from: Id<System>,
    pub(super) to: End,
    /// Whether it leads the other way.
    pub(super) turned: bool,
    /// Where the choice stands on the screen; the middle of the window if nowhere.
    pub(super) at: Option<egui::Pos2>,
    /// Whether the first choice is yet to be focused.
    pub(super) fresh: bool,
}

/// Where a line from a system leads to.
#[derive(Clone, Debug)]
pub(super) enum End {
    /// A system that is there.
    There(Id<System>),
    /// One that is made with the line, at a place of the diagram.
    New(NewSystem, Option<(i32, i32)>),
}

/// Elements to choose from.
#[derive(Clone, Debug)]
pub(super) struct List {
    /// What they are.
    pub(super) title: String,
    /// The elements and their names.
    pub(super) items: Vec<(Key, String)>,
    /// Where the list stands on the screen.
    pub(super) at: egui::Pos2,
    /// Whether the first is yet to be focused.
    pub(super) fresh: bool,
}

enum Answer {
    Close,
    Choose(Key),
    Name(Named, String),
    Target(target::Chosen),
    Wire(InteractionKind),
}

pub(super) fn float_ui(app: &mut App, ctx: &egui::Context) {
    let Some(float) = &mut app.float else { return };
    if app.dialog.is_some() {
        return;
    }
    let at = match float {
        Float::Name(name) => name.at,
        Float::Target(_) => None,
        Float::Wire(wire) => wire.at,
        Float::List(list) => Some(list.at + egui::vec2(8.0, 8.0)),
    };
    // What opens the field may be pressed in the very frame in which it is first shown.
    let fresh = match float {
        Float::Name(Name { fresh, .. }) | Float::Wire(Wire { fresh, .. }) | Float::List(List { fresh, .. }) => *fresh,
        Float::Target(target) => target.fresh,
    };
    let area = ctx.content_rect();
    // Where systems are pointed at with the keys, the field leaves the middle free: it hangs below the tabs.
    let top = if matches!(float, Float::Target(_)) { area.top() + 116.0 } else { area.center().y - 60.0 };
    let at = at.unwrap_or(pos2(area.center().x - 140.0, top));
    // The kinds of a line are told with what they mean, on one line each.
    let width = if matches!(float, Float::Wire(_)) { 324.0 } else { 268.0 };
    let at =
        pos2(at.x.min(area.right() - width - 32.0).max(area.left()), at.y.min(area.bottom() - 160.0).max(area.top()));
    let (model, survey) = (app.bench.model().clone(), app.survey.clone());
    let mut answer = None;
    let shown = Area::new(WidgetId::unique("float")).order(Order::Foreground).fixed_pos(at).show(ctx, |ui| {
        Frame::popup(ui.style()).inner_margin(12).show(ui, |ui| {
            ui.set_width(width);
            match float {
                Float::Name(name) => name_ui(ui, &model, name, &mut answer),
                Float::List(list) => list_ui(ui, list, &mut answer),
                Float::Target(target) => {
                    let chosen = target::target_ui(ui, target, &model, survey.as_deref(), &mut app.canvas);
                    answer = chosen.map(Answer::Target);
                }
                Float::Wire(wire) => wire_ui(ui, wire, &model, &mut answer),
            }
        });
    });
    let away = !fresh
        && ctx.input(|input| input.pointer.any_pressed() && input.pointer.interact_pos().is_some())
        && !egui::Popup::is_any_open(ctx)
        && ctx.input(|input| input.pointer.interact_pos()).is_some_and(|at| !shown.response.rect.contains(at));
    if away || ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Press::Escape)) {
        answer.get_or_insert(Answer::Close);
    }
    match answer {
        None => {}
        Some(Answer::Close) => app.float = None,
        Some(Answer::Choose(key)) => {
            app.float = None;
            app.select(Some(key), false);
        }
        Some(Answer::Name(of, text)) => name(app, of, &text),
        Some(Answer::Target(chosen)) => target::choose(app, chosen),
        Some(Answer::Wire(kind)) => wire(app, kind),
    }
}

fn name_ui(ui: &mut Ui, model: &Model, name: &mut Name, answer: &mut Option<Answer>) {
    let (title, label, verb) = match &name.of {
        Named::System { joins: None, .. } => ("New system", "Name of the system", "Add"),
        Named::System { .. } => ("New system to connect with", "Name of the system", "Next"),
        Named::Record(_) => ("Rename", "New name", "Rename"),
        Named::View(_) => ("Save view", "Name of the view", "Save"),
        Named::New { kind, .. } => {
            (&*format!("New {}", kind.phrase()), &*format!("Name of the {}", kind.phrase()), "Add")
        }
    };
    heading(ui, title);
    // A waiver has no name: it is known by its rule and what it is about.
    let nameless = matches!(name.of, Named::New { kind: Kind::Waiver, .. });
    let entered =
        |field: &egui::Response, ui: &Ui| field.lost_focus() && ui.input(|input| input.key_pressed(Press::Enter));
    let mut enter = false;
    if !nameless {
        let field = ui.add(TextEdit::singleline(&mut name.text).desired_width(f32::INFINITY).hint_text("Name"));
        field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, label));
        if std::mem::take(&mut name.fresh) {
            field.request_focus();
            select_all(ui, field.id, &name.text);
        }
        if let Named::System { kind, .. } = &mut name.of {
            ui.add_space(4.0);
            if let Some(chosen) = kinds_ui(ui, *kind) {
                *kind = chosen;
                field.request_focus();
            }
        }
        enter = entered(&field, ui);
    }
    if let Named::New { kind, parts, .. } = &mut name.of {
        for field in needed(ui, model, *kind, parts) {
            if std::mem::take(&mut name.fresh) {
                field.request_focus();
            }
            enter |= entered(&field, ui);
        }
    }
    let ready = !name.text.trim().is_empty() || nameless;
    // Nothing is done without a name: the field waits for one.
    name.fresh |= enter && !ready;
    ui.add_space(6.0);
    let size = egui::vec2(ui.available_width(), 26.0);
    ui.allocate_ui_with_layout(size, egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let pressed = ui.add_enabled_ui(ready, |ui| theme::main_button(ui, verb)).inner.clicked();
        if ready && (pressed || enter) {
            *answer = Some(Answer::Name(name.of.clone(), name.text.clone()));
        }
        if ui.button("Cancel").clicked() {
            *answer = Some(Answer::Close);
        }
    });
}

/// The kinds of a system in two columns; the one that was pressed.
fn kinds_ui(ui: &mut Ui, kind: SystemKind) -> Option<SystemKind> {
    let mut pressed = None;
    ui.spacing_mut().item_spacing = egui::vec2(4.0, 2.0);
    let size = egui::vec2((ui.available_width() - 4.0) / 2.0, 26.0);
    for pair in SystemKind::ALL.chunks(2) {
        ui.horizontal(|ui| {
            for other in pair {
                let words = RichText::new(capital(other.word())).size(12.0);
                let button = Button::selectable(kind == *other, (words, egui::Atom::grow())).min_size(size);
                if ui.add(button).clicked() {
                    pressed = Some(*other);
                }
            }
        });
    }
    pressed
}

/// What a new record must have beside its name: choices, and texts; the fields of the texts.
fn needed(ui: &mut Ui, model: &Model, kind: Kind, parts: &mut Parts) -> Vec<egui::Response> {
    let mut fields = Vec::new();
    for slot in Record::shape_of(kind).into_iter().filter(|slot| slot.required && !is_name(slot.name)) {
        let label = capital(&slot.name.replace('_', " "));
        ui.add_space(4.0);
        ui.label(RichText::new(&label).size(12.0).color(theme::colour(ui, Role::Soft)));
        let text = parts.0.entry(slot.name.to_owned()).or_default();
        if let Shape::Choice(words) = slot.shape {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
                for word in words {
                    let chosen = Button::selectable(text == word.word, RichText::new(capital(word.word)).size(12.0));
                    if ui.add(chosen).on_hover_text(word.about).clicked() {
                        word.word.clone_into(text);
                    }
                }
            });
        } else {
            let path = Path::from(slot.name);
            let offered = workbench::candidates(model, None, &path, &slot.shape);
            let expects = match offered.first() {
                Some(first) if slot.name == "rule" => format!("a rule, such as {}", first.name),
                _ => slot.shape.expects(),
            };
            let edit = TextEdit::singleline(text).desired_width(f32::INFINITY).hint_text(expects);
            let field = ui.add(edit);
            field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, &label));
            fields.push(field);
            offers_ui(ui, text, &offered);
        }
    }
    fields
}

/// What begins as what was typed, to be taken with a press: a few.
fn offers_ui(ui: &mut Ui, text: &mut String, offered: &[workbench::Candidate]) {
    const MOST: usize = 4;
    let wanted = text.trim().to_lowercase();
    let said = |candidate: &workbench::Candidate| match &candidate.said {
        Said::Value(said) => Some(said.clone()),
        _ => None,
    };
    if wanted.is_empty() || offered.iter().any(|candidate| said(candidate).as_deref() == Some(text.trim())) {
        return;
    }
    let begins = |words: &str| {
        let words = words.to_lowercase();
        words.starts_with(&wanted) || words.split([' ', '-', ':']).any(|word| word.starts_with(&wanted))
    };
    let fits = |candidate: &&workbench::Candidate| {
        begins(&candidate.name) || said(candidate).is_some_and(|said| begins(&said)) || begins(&candidate.aside)
    };
    for candidate in offered.iter().filter(fits).take(MOST) {
        let Some(value) = said(candidate) else { continue };
        let words = format!("{}  {}", candidate.name, candidate.aside);
        let short = crate::text::shorten(Face::Regular, 12.0, &words, ui.available_width() - 16.0);
        let size = egui::vec2(ui.available_width(), 24.0);
        let button = Button::selectable(false, (RichText::new(short).size(12.0), egui::Atom::grow())).min_size(size);
        let response = ui.add(button).on_hover_text(&words);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &words));
        if response.clicked() {
            *text = value;
        }
    }
}

fn is_name(field: &str) -> bool {
    matches!(field, "name" | "title")
}

/// Selects what stands in a field, so that typing replaces it.
fn select_all(ui: &Ui, id: WidgetId, text: &str) {
    select(ui.ctx(), id, (0, text.chars().count()));
}

/// Selects a part of what stands in a field, by characters.
pub(super) fn select(ctx: &egui::Context, id: WidgetId, (start, end): (usize, usize)) {
    let mut state = egui::text_edit::TextEditState::load(ctx, id).unwrap_or_default();
    let (start, end) = (egui::text::CCursor::new(start), egui::text::CCursor::new(end));
    state.cursor.set_char_range(Some(egui::text::CCursorRange::two(start, end)));
    state.store(ctx, id);
}

fn wire_ui(ui: &mut Ui, wire: &mut Wire, model: &crate::model::Model, answer: &mut Option<Answer>) {
    const KINDS: [(InteractionKind, Press, &str); 4] = [
        (InteractionKind::Command, Press::C, "asks it to change something"),
        (InteractionKind::Query, Press::Q, "asks it for something"),
        (InteractionKind::Event, Press::E, "tells what happened"),
        (InteractionKind::Unclassified, Press::Questionmark, "the room has not decided"),
    ];
    let (from, to) = wire.names(model);
    heading(ui, &format!("{from} → {to}"));
    for (at, (kind, press, meaning)) in KINDS.into_iter().enumerate() {
        let text = format!("{}  –  {meaning}", capital(kind.word()));
        let key = if press == Press::Questionmark { "?" } else { press.name() };
        // The letter that lines of this kind carry stands before the words.
        let room = egui::Atom::default().atom_size(egui::vec2(18.0, 15.0));
        let button = Button::new((room, text)).shortcut_text(key).min_size(egui::vec2(ui.available_width(), 26.0));
        let response = ui.add(button);
        let name = format!("{}  –  {meaning}", capital(kind.word()));
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
        paint::letter(ui, pos2(response.rect.left() + 8.0, response.rect.center().y), kind);
        if at == 0 && std::mem::take(&mut wire.fresh) {
            response.request_focus();
        }
        if response.clicked() || ui.input(|input| input.key_pressed(press)) {
            *answer = Some(Answer::Wire(kind));
        }
    }
    ui.add_space(4.0);
    if ui.add(Button::new("Turn round").shortcut_text("T")).clicked() || ui.input(|input| input.key_pressed(Press::T)) {
        wire.turned = !wire.turned;
    }
}

impl Wire {
    /// What its ends are called, in the order in which it leads.
    pub(super) fn names(&self, model: &crate::model::Model) -> (String, String) {
        let from = model.name_of(&self.from);
        let to = match &self.to {
            End::There(id) => model.name_of(id),
            End::New(new, _) => new.name.clone(),
        };
        if self.turned { (to, from) } else { (from, to) }
    }
}

/// The members of a line, one below the other; up and down lead through them.
fn list_ui(ui: &mut Ui, list: &mut List, answer: &mut Option<Answer>) {
    const ROW: f32 = 26.0;
    heading(ui, &list.title);
    let scroll = egui::ScrollArea::vertical().max_height(10.5 * ROW).auto_shrink([false, true]);
    ui.spacing_mut().item_spacing.y = 0.0;
    scroll.show_rows(ui, ROW, list.items.len(), |ui, shown| {
        let (from, items) = (shown.start, list.items.get(shown).unwrap_or_default());
        for (at, (key, name)) in items.iter().enumerate() {
            let text = crate::text::shorten(Face::Regular, 13.0, name, ui.available_width() - 20.0);
            let button = Button::selectable(false, text).min_size(egui::vec2(ui.available_width(), ROW));
            let response = ui.add(button);
            response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, name));
            if from + at == 0 && std::mem::take(&mut list.fresh) {
                response.request_focus();
            }
            if response.clicked() {
                *answer = Some(Answer::Choose(key.clone()));
            }
        }
    });
}

pub(super) fn heading(ui: &mut Ui, text: &str) {
    let text = RichText::new(text).family(theme::family(Face::SemiBold)).color(theme::colour(ui, Role::Text));
    ui.label(text);
    ui.add_space(2.0);
}

/// Carries out what a name was asked for. A name of which nothing can be made is told, and the field stays.
fn name(app: &mut App, of: Named, text: &str) {
    let model = app.bench.model().clone();
    let text = text.trim();
    let done = match of {
        Named::System { kind, home, pin, joins: Some(from) } => {
            let new = NewSystem { name: text.to_owned(), kind, home };
            return app.ask_for_end(from, End::New(new, pin));
        }
        Named::System { kind, home, pin, joins: None } => {
            let meant = workbench::add_system(&model, text, kind, &home).map(|(id, mut edits)| {
                if let Some(pin) = pin {
                    let (view_id, mut view) = workbench::landscape_view(&model);
                    view.pins.insert(id.key(), pin);
                    edits.push(Edit::put(&view_id, view));
                }
                (id.key(), edits)
            });
            app.intend(&format!("Add {text}"), meant).inspect(|key| app.reveal_when_drawn = [key.clone()].into())
        }
        Named::Record(key) => {
            let done = app.rename(&key, text);
            done.inspect(|renamed| app.view_renamed(&key, renamed))
        }
        Named::View(view) => {
            let done = app.intend(&format!("Save view {text}"), workbench::save_view(&model, text, *view));
            if let Some(id) = done {
                app.float = None;
                app.open_view(Some(&id));
            }
            return;
        }
        Named::New { kind, parts, from } => new(app, kind, parts, from, text),
    };
    if let Some(key) = done {
        app.float = None;
        app.select(Some(key), false);
    }
}

/// Adds a record, and refers to it where it was asked for; what is to be selected then.
fn new(app: &mut App, kind: Kind, parts: Parts, from: Option<(Vec<Key>, Path)>, text: &str) -> Option<Key> {
    let name = Record::shape_of(kind).into_iter().map(|slot| slot.name).find(|name| is_name(name));
    let parts = name.map_or(parts.clone(), |name| parts.with(name, text));
    let Some((keys, path)) = from else {
        let model = app.bench.model().clone();
        let what = if text.is_empty() { kind.phrase() } else { text };
        return app.intend(&format!("Add {what}"), workbench::add(&model, kind, &parts));
    };
    match app.refer_to_new(&keys, &path, (kind, &parts)) {
        Ok(_) => {
            app.float = None;
            None
        }
        Err(why) => {
            app.report(Err(why));
            None
        }
    }
}

/// What a step's name calls the records it is about.
pub(super) fn names(model: &crate::model::Model, keys: &[Key]) -> String {
    match keys {
        [] => "nothing".to_owned(),
        [one] => model.name(one),
        more => format!("{} elements", more.len()),
    }
}

/// Draws the line that was asked about, with the system at its end where that is new, as one step.
fn wire(app: &mut App, kind: InteractionKind) {
    let Some(Float::Wire(wire)) = app.float.clone() else { return };
    let model = app.bench.model().clone();
    let (from, to) = wire.names(&model);
    let step = format!("Connect {from} → {to}");
    let done = match wire.to {
        End::There(to) => {
            let (from, to) = if wire.turned { (to, wire.from) } else { (wire.from, to) };
            app.intend(&step, workbench::connect(&model, &from, &to, kind)).map(|id| id.key())
        }
        End::New(new, pin) => {
            let meant = workbench::connect_new(&model, &wire.from, &new, wire.turned, kind);
            let meant = meant.map(|(id, mut edits)| {
                if let Some(pin) = pin {
                    let (view_id, mut view) = workbench::landscape_view(&model);
                    view.pins.insert(id.key(), pin);
                    edits.push(Edit::put(&view_id, view));
                }
                (id.key(), edits)
            });
            app.intend(&step, meant).inspect(|key| app.reveal_when_drawn = [key.clone()].into())
        }
    };
    if let Some(key) = done {
        app.float = None;
        app.select(Some(key), false);
    }
}

impl Float {
    /// Asks under which name a view is to be saved.
    pub(super) fn view(view: View) -> Self {
        Self::Name(Name { of: Named::View(Box::new(view)), text: String::new(), at: None, fresh: true })
    }
}

impl App {
    /// Asks for the name of a new system.
    pub(super) fn ask_for_system(&mut self, home: Home, pin: Option<(i32, i32)>, at: Option<egui::Pos2>) {
        let of = Named::System { kind: SystemKind::Service, home, pin, joins: None };
        self.float = Some(Float::Name(Name { of, text: String::new(), at, fresh: true }));
    }

    /// Asks for the name of a new system that another is to be connected with.
    pub(super) fn ask_for_system_beside(
        &mut self,
        from: Id<System>,
        home: Home,
        pin: Option<(i32, i32)>,
        at: Option<egui::Pos2>,
    ) {
        let of = Named::System { kind: SystemKind::Service, home, pin, joins: Some(from) };
        self.float = Some(Float::Name(Name { of, text: String::new(), at, fresh: true }));
    }

    /// Asks for another name of a record.
    pub(super) fn ask_for_name(&mut self, key: Key, at: Option<egui::Pos2>) {
        let text = self.bench.model().name(&key);
        self.float = Some(Float::Name(Name { of: Named::Record(key), text, at, fresh: true }));
    }

    /// Asks what one system wants of another.
    pub(super) fn ask_for_kind(&mut self, from: Id<System>, to: Id<System>, at: Option<egui::Pos2>) {
        self.float = Some(Float::Wire(Wire { from, to: End::There(to), turned: false, at, fresh: true }));
    }

    /// Asks what a system wants of what a line from it leads to; a name of which nothing can be made is told instead.
    pub(super) fn ask_for_end(&mut self, from: Id<System>, to: End) {
        if let End::New(new, _) = &to
            && let Err(refusal) = workbench::add_system(self.bench.model(), &new.name, new.kind, &new.home)
        {
            return self.report(Err(refusal.to_string()));
        }
        let at = match &self.float {
            Some(Float::Name(name)) => name.at,
            _ => None,
        };
        self.float = Some(Float::Wire(Wire { from, to, turned: false, at, fresh: true }));
    }

    /// Asks which system a line from this one is to lead to.
    pub(super) fn ask_for_target(&mut self, from: Id<System>) {
        self.float = Some(Float::Target(target::Target::new(from, self.bench.model())));
    }

    /// Asks for the name of a new record, and for what else it must have.
    pub(super) fn ask_for_new(&mut self, kind: Kind, from: Option<(Vec<Key>, Path)>) {
        let mut parts = Parts::default();
        for slot in Record::shape_of(kind) {
            if let (true, Shape::Choice([first, ..])) = (slot.required, &slot.shape) {
                parts.0.insert(slot.name.to_owned(), first.word.to_owned());
            }
        }
        if kind == Kind::Waiver {
            let about = self.selection.first().map(ToString::to_string).unwrap_or_default();
            parts.0.insert("about".to_owned(), about);
        }
        self.float = Some(Float::Name(Name {
            of: Named::New { kind, parts, from },
            text: String::new(),
            at: None,
            fresh: true,
        }));
    }

    /// Offers what a line stands for to choose from.
    pub(super) fn offer(&mut self, title: String, keys: Vec<Key>, at: egui::Pos2) {
        let model = self.bench.model();
        let named = |key: Key| (key.clone(), crate::rules::name(model, &key.into()));
        let items = keys.into_iter().map(named).collect();
        self.float = Some(Float::List(List { title, items, at, fresh: true }));
    }

    /// The systems that are selected, in order.
    pub(super) fn selected_systems(&self) -> Vec<Id<System>> {
        let systems = self.selection.iter().filter(|key| key.kind == Kind::System);
        systems.map(|key| Id::from_slug(key.slug.clone())).collect()
    }
}
