//! The line under the menu: text that makes and changes elements. What Enter would do stands behind it; what is wrong, what
//! may come next, and lines that were pasted stand below.

mod below;
mod pasted;

use std::sync::Arc;

use egui::{
    Event, Id as WidgetId, Key as Press, Modifiers, RichText, Stroke, TextEdit, TextFormat, Ui, WidgetInfo,
    text::{CCursor, CCursorRange, LayoutJob},
    text_edit::TextEditState,
    vec2,
};

use super::{
    App,
    commands::{Command, spelled},
    sheet, theme,
};
use crate::{
    entry::{self, Completion, Index, Note, NoteKind, Plan, Trouble},
    model::{Key, Kind, Model},
    scene::Role,
    text::{self, Face},
    workbench::{Listing, Survey},
};

/// So many lines are remembered.
const REMEMBERED: usize = 100;
const SIZE: f32 = 13.0;

/// What is typed, and what it means.
#[derive(Default)]
pub(super) struct Entry {
    text: String,
    /// Lines that were pasted, and are shown before anything is done.
    pasted: Option<String>,
    /// Whether they are shown for the first time.
    opens: bool,
    /// Which of them is to be brought into view, from 0.
    jump: Option<usize>,
    /// Whether there is too little room behind the line for all that is to be said.
    cramped: bool,
    /// Whether the field is to be typed into.
    focus: bool,
    /// Whether it has the keyboard.
    focused: bool,
    /// The names of a revision.
    index: Option<(u64, Names)>,
    /// What was read last, of which revision and text.
    read: Option<Reading>,
    /// What may stand at the cursor, and which of it is chosen.
    offers: Vec<Completion>,
    chosen: Option<usize>,
    /// Where the cursor stood when it was last looked what may stand there.
    looked: Option<(u64, String, usize)>,
    /// Whether the list was closed.
    closed: bool,
    /// Whether Enter was pressed on what cannot be read.
    insisted: bool,
    /// Lines that were entered, the last first.
    history: Vec<String>,
    /// Which of them is shown.
    recalled: Option<usize>,
}

/// What a text would do.
struct Reading {
    revision: u64,
    text: String,
    plan: Result<Plan, Vec<Trouble>>,
}

impl Entry {
    /// Another model is shown.
    pub(super) fn forget(&mut self) {
        // What was not entered comes back with the up arrow.
        for left in [self.pasted.take(), Some(std::mem::take(&mut self.text))].into_iter().flatten() {
            if !left.trim().is_empty() {
                self.remember(left);
            }
        }
        let history = std::mem::take(&mut self.history);
        *self = Self { history, focus: self.focused, ..Self::default() };
    }

    pub(super) fn ask(&mut self) {
        self.focus = true;
    }

    /// Takes what was pasted elsewhere: it is shown before anything is done, and the line waits for Enter.
    pub(super) fn offer(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        match &mut self.pasted {
            Some(before) => before.push_str(&format!("\n{text}")),
            None => self.pasted = Some(text),
        }
        self.opens = true;
    }

    /// Keeps a line for the arrow keys.
    fn remember(&mut self, line: String) {
        self.recalled = None;
        self.history.retain(|other| *other != line);
        self.history.insert(0, line);
        self.history.truncate(REMEMBERED);
    }

    /// Whether it has the keyboard, and nothing stands in it.
    pub(super) fn is_waiting(&self) -> bool {
        self.focused && self.text.is_empty()
    }

    /// What is to be read: what was pasted, else what was typed.
    fn source(&self) -> &str {
        self.pasted.as_deref().unwrap_or(&self.text)
    }

    /// Reads what is new, in the model as it stands.
    fn read(&mut self, (model, revision): (&Model, u64), survey: Option<&Survey>) {
        if !self.focused && self.source().is_empty() {
            return;
        }
        if self.index.as_ref().is_none_or(|(of, _)| *of != revision) {
            let known = survey.filter(|survey| survey.revision == revision);
            let own = || Names::Own(Box::new(Index::new(model)));
            self.index = Some((revision, known.map_or_else(own, |survey| Names::Listed(survey.listing.clone()))));
        }
        let Some((_, names)) = &self.index else { return };
        let index = names.index();
        let text = self.source();
        if self.read.as_ref().is_none_or(|read| read.revision != revision || read.text != text) {
            let plan = entry::plan(model, index, text);
            self.read = Some(Reading { revision, text: text.to_owned(), plan });
            self.insisted = false;
        }
    }

    fn plan(&self) -> Option<&Result<Plan, Vec<Trouble>>> {
        let text = self.source();
        self.read.as_ref().filter(|read| read.text == text && !text.trim().is_empty()).map(|read| &read.plan)
    }

    /// What is wrong with the line, where it is more than that it must go on.
    fn trouble(&self) -> Option<&Trouble> {
        let trouble = self.plan()?.as_ref().err()?.first()?;
        let unfinished = trouble.problem.is_unfinished(&trouble.source);
        (!unfinished || self.insisted || !self.focused).then_some(trouble)
    }

    /// What is to be read under the line: what is wrong, or what is missing where there is no room behind it.
    fn hint(&self) -> Option<(bool, String)> {
        if let Some(trouble) = self.trouble() {
            return Some((true, trouble.problem.to_string()));
        }
        let trouble = self.plan()?.as_ref().err()?.first()?;
        self.cramped.then(|| (false, trouble.problem.to_string()))
    }

    /// What the line would do, where there is no room behind it.
    fn hidden_notes(&self) -> &[Note] {
        match self.plan() {
            Some(Ok(plan)) if self.cramped && self.focused => &plan.notes,
            _ => &[],
        }
    }

    /// Looks what may stand at the cursor, in bytes.
    fn look(&mut self, (model, revision): (&Model, u64), cursor: usize) {
        let now = (revision, self.text.clone(), cursor);
        if self.looked.as_ref() == Some(&now) {
            return;
        }
        if self.looked.as_ref().is_none_or(|(_, text, _)| *text != self.text) {
            self.closed = self.text.is_empty();
        }
        self.chosen = None;
        self.offers = match &self.index {
            Some((_, names)) if !self.text.is_empty() => entry::complete(model, names.index(), &self.text, cursor),
            _ => Vec::new(),
        };
        self.looked = Some(now);
    }

    /// What is offered now.
    fn offered(&self) -> &[Completion] {
        let open = self.focused && !self.closed && self.pasted.is_none() && self.recalled.is_none();
        if open { &self.offers } else { &[] }
    }
}

/// Who is called what in a revision: as the survey of it knows, or looked up here where there is none yet.
#[derive(Debug)]
enum Names {
    Own(Box<Index>),
    Listed(Arc<Listing>),
}

impl Names {
    fn index(&self) -> &Index {
        match self {
            Self::Own(index) => index,
            Self::Listed(listing) => listing.names(),
        }
    }
}

#[derive(Clone, Copy)]
enum Deed {
    Apply,
    Accept(usize),
    Move(isize),
    Recall(isize),
    Leave,
}

pub(super) fn entry_ui(app: &mut App, ui: &mut Ui) {
    let id = WidgetId::unique("quick entry");
    app.entry.focused = ui.memory(|memory| memory.has_focus(id)) && app.dialog.is_none();
    take_pasted(app, ui);
    let deed = if app.entry.focused || app.entry.pasted.is_some() { pressed(app, ui) } else { None };
    if let Some(deed) = deed {
        carry_out(app, ui, id, deed);
    }
    let (model, revision) = (app.bench.model().clone(), app.bench.revision());
    app.entry.read((&model, revision), app.survey.as_deref());
    let field = ui.horizontal_centered(|ui| line_ui(app, ui, id)).inner;
    app.entry.read((&model, revision), app.survey.as_deref());
    let cursor = cursor(ui, id, &app.entry.text);
    app.entry.look((&model, revision), cursor);
    drop(model);
    if let Some(deed) = below::below_ui(app, ui, field) {
        carry_out(app, ui, id, deed);
    }
}

/// Several lines, or a row of a table, do not fit into a field: they are shown first.
fn take_pasted(app: &mut App, ui: &Ui) {
    if !app.entry.focused {
        return;
    }
    let several = |text: &str| text.trim().contains(['\n', '\r', '\t']);
    let pasted = ui.input_mut(|input| {
        let at = input.events.iter().position(|event| matches!(event, Event::Paste(text) if several(text)))?;
        match input.events.remove(at) {
            Event::Paste(text) => Some(text),
            _ => None,
        }
    });
    // Rows that were copied from a table belong there: here their ids would be read as names.
    if let Some(text) = pasted.filter(|text| !sheet::paste_elsewhere(app, text)) {
        app.entry.offer(&text);
    }
}

/// Enters all lines that were pasted.
const ALL: egui::KeyboardShortcut = egui::KeyboardShortcut::new(Modifiers::COMMAND, Press::Enter);

/// The keys that are not for the text.
fn pressed(app: &App, ui: &Ui) -> Option<Deed> {
    let press = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if app.entry.pasted.is_some() {
        // Enter begins a new line among them.
        let all = ui.input_mut(|input| input.consume_shortcut(&ALL));
        return if all {
            Some(Deed::Apply)
        } else if press(Press::Escape) {
            Some(Deed::Leave)
        } else {
            None
        };
    }
    let offered = app.entry.offered();
    if press(Press::Enter) {
        return Some(match app.entry.chosen.filter(|at| *at < offered.len()) {
            Some(at) => Deed::Accept(at),
            None => Deed::Apply,
        });
    }
    if !offered.is_empty() && press(Press::Tab) {
        return Some(Deed::Accept(app.entry.chosen.unwrap_or(0)));
    }
    let recalls = app.entry.text.is_empty() || app.entry.recalled.is_some();
    for (key, by) in [(Press::ArrowDown, 1), (Press::ArrowUp, -1)] {
        if (recalls || !offered.is_empty()) && press(key) {
            return Some(if recalls { Deed::Recall(-by) } else { Deed::Move(by) });
        }
    }
    if press(Press::Escape) { Some(Deed::Leave) } else { None }
}

fn carry_out(app: &mut App, ui: &Ui, id: WidgetId, deed: Deed) {
    let entry = &mut app.entry;
    match deed {
        Deed::Apply => apply(app),
        Deed::Accept(at) => {
            let Some(offer) = entry.offered().get(at).cloned() else { return };
            let behind = entry.text.get(offer.range.end..).unwrap_or_default();
            let text = if behind.starts_with(' ') { offer.text.trim_end() } else { &offer.text };
            let end = offer.range.start + text.len();
            entry.text.replace_range(offer.range, text);
            put_cursor(ui, id, &entry.text, end);
            entry.focus = true;
        }
        Deed::Move(by) => {
            let count = entry.offered().len() as isize;
            let next =
                entry.chosen.map_or(if by > 0 { 0 } else { count - 1 }, |at| (at as isize + by).rem_euclid(count));
            entry.chosen = usize::try_from(next).ok();
        }
        Deed::Recall(by) => {
            let last = entry.history.len() as isize - 1;
            let next = (entry.recalled.map_or(-1, |at| at as isize) + by).min(last);
            entry.recalled = usize::try_from(next).ok();
            entry.text = entry.recalled.and_then(|at| entry.history.get(at).cloned()).unwrap_or_default();
            if entry.text.contains(['\n', '\t']) {
                let lines = std::mem::take(&mut entry.text);
                entry.recalled = None;
                return entry.offer(&lines);
            }
            put_cursor(ui, id, &entry.text, entry.text.len());
        }
        Deed::Leave => {
            if let Some(lines) = entry.pasted.take() {
                entry.remember(lines);
                entry.focus = true;
            } else if !entry.offered().is_empty() {
                entry.closed = true;
                entry.focus = true;
            } else if !entry.text.is_empty() {
                // Up brings it back.
                let line = std::mem::take(&mut entry.text);
                entry.remember(line);
                entry.focus = true;
            } else {
                ui.memory_mut(|memory| memory.surrender_focus(id));
            }
        }
    }
}

/// Does what stands there as one step, and selects what it made.
fn apply(app: &mut App) {
    let (model, revision) = (app.bench.model().clone(), app.bench.revision());
    app.entry.read((&model, revision), app.survey.as_deref());
    // What is kept would have to be copied before it is changed.
    drop(model);
    let Some(plan) = app.entry.plan() else {
        app.entry.focus = true;
        app.entry.pasted = None;
        return;
    };
    let Ok(plan) = plan.clone() else {
        app.entry.insisted = true;
        app.entry.focus = app.entry.pasted.is_none();
        // The first that is wrong is shown.
        app.entry.opens = app.entry.pasted.is_some();
        return;
    };
    app.entry.focus = true;
    if !plan.edits.is_empty() && app.intend(&plan.title, Ok(((), plan.edits))).is_none() {
        return;
    }
    let made = app.bench.revision() != revision;
    app.news = (!made).then(|| "Nothing changed: all of it is so already".to_owned());
    app.select(None, false);
    app.selection = plan.about.iter().cloned().collect();
    app.reveal_when_drawn = plan.about.iter().filter_map(|key| drawn(app, key)).collect();
    let entry = &mut app.entry;
    let line = entry.pasted.take().unwrap_or_else(|| std::mem::take(&mut entry.text));
    entry.remember(line);
}

/// What is to be brought into view of an element: itself, or where it ends.
fn drawn(app: &App, key: &Key) -> Option<Key> {
    match key.kind {
        Kind::System | Kind::Store => Some(key.clone()),
        Kind::Interaction => {
            let id = crate::model::Id::from_slug(key.slug.clone());
            app.bench.model().interactions.get(&id).map(|stored| stored.to.key())
        }
        _ => None,
    }
}

fn cursor(ui: &Ui, id: WidgetId, text: &str) -> usize {
    let range = TextEditState::load(ui.ctx(), id).and_then(|state| state.cursor.char_range());
    let at = range.map_or(usize::MAX, |range| usize::from(range.primary.index));
    text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte)
}

fn put_cursor(ui: &Ui, id: WidgetId, text: &str, byte: usize) {
    let at = text.get(..byte).map_or(0, |before| before.chars().count());
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(at))));
    state.store(ui.ctx(), id);
}

/// What can be typed, for who points at the field.
const HELP: &str = "Orders adds a system. Checkout -> Orders connects two. Orders => OrderPlaced => Billing, Shipping tells \
                    several. Orders owns Order says whose record it is.";

/// The field, and behind it what Enter would do.
fn line_ui(app: &mut App, ui: &mut Ui, id: WidgetId) -> egui::Rect {
    let accent = theme::colour(ui, Role::Accent);
    ui.label(RichText::new("›").family(theme::family(Face::SemiBold)).size(15.0).color(accent));
    let room = ui.available_width();
    let needs = text::width(Face::Mono, SIZE, &app.entry.text) + 32.0;
    let least = (room * 0.36).max(320.0);
    let width = if app.entry.text.is_empty() { room * 0.7 } else { needs.clamp(least, (room * 0.7).max(least)) };
    let marked = app.entry.trouble().filter(|_| app.entry.pasted.is_none()).map(|trouble| trouble.problem.at.clone());
    let mut layouter = |ui: &Ui, buffer: &dyn egui::TextBuffer, _: f32| {
        let job = marked_text(ui, buffer.as_str(), marked.clone());
        ui.ctx().fonts_mut(|fonts| fonts.layout_job(job))
    };
    let open = !app.entry.offered().is_empty();
    let shortcut = spelled(ui.ctx(), Command::Entry).into_iter().next().unwrap_or_default();
    let hint = format!("For example: Checkout -> Orders : command PlaceOrder    {shortcut}");
    let faint = theme::colour(ui, Role::Faint);
    let hint = RichText::new(hint).family(theme::family(Face::Mono)).size(SIZE).color(faint);
    let field = TextEdit::singleline(&mut app.entry.text)
        .id(id)
        .frame(egui::Frame::NONE)
        .margin(vec2(4.0, 4.0))
        .desired_width(width)
        .min_size(vec2(0.0, 28.0))
        .align(egui::Align2::LEFT_CENTER)
        .hint_text(hint)
        .event_filter(egui::EventFilter { tab: open, horizontal_arrows: true, vertical_arrows: true, escape: true })
        .return_key(None)
        .layouter(&mut layouter);
    let response = field.show(ui).response.response;
    if std::mem::take(&mut app.entry.focus) {
        response.request_focus();
    }
    if response.changed() {
        app.entry.recalled = None;
    }
    response.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, "Quick entry"));
    let rect = response.rect;
    let response = response.on_hover_text(HELP);
    if response.has_focus() {
        let line = Stroke::new(1.5, accent);
        ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, line);
    }
    notes_ui(app, ui);
    rect
}

/// The text in the colours of the theme; what is wrong is underlined.
fn marked_text(ui: &Ui, text: &str, marked: Option<std::ops::Range<usize>>) -> LayoutJob {
    let font = egui::FontId::new(SIZE, theme::family(Face::Mono));
    let plain = TextFormat::simple(font, theme::colour(ui, Role::Text));
    let error = theme::colour(ui, Role::Error);
    let wrong = TextFormat { color: error, underline: Stroke::new(1.5, error), ..plain.clone() };
    let marked = marked.filter(|range| text.get(range.clone()).is_some()).unwrap_or(text.len()..text.len());
    let mut job = LayoutJob::default();
    let parts = [(0..marked.start, &plain), (marked.clone(), &wrong), (marked.end..text.len(), &plain)];
    for (range, format) in parts {
        job.append(text.get(range).unwrap_or_default(), 0.0, format.clone());
    }
    job
}

/// What Enter would do, as chips; what does not fit stands below.
fn notes_ui(app: &mut App, ui: &mut Ui) {
    ui.spacing_mut().item_spacing.x = 6.0;
    let mut cramped = false;
    match app.entry.plan() {
        None => {}
        // What was pasted says below what it does.
        Some(_) if app.entry.pasted.is_some() => {}
        Some(Ok(plan)) => {
            cramped = !chips_ui(ui, &plan.notes);
            let words = if plan.edits.is_empty() { "Nothing changes" } else { "Enter does it" };
            let faint = theme::colour(ui, Role::Faint);
            if ui.available_width() > 110.0 {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    ui.label(RichText::new(words).size(12.0).color(faint));
                });
            }
        }
        Some(Err(troubles)) => {
            let wants = troubles.first().filter(|_| app.entry.trouble().is_none());
            if let Some(trouble) = wants {
                let words = text::capital(&trouble.problem.message);
                cramped = text::width(Face::Regular, 12.0, &words) > ui.available_width() - 8.0;
                if !cramped {
                    let soft = theme::colour(ui, Role::Soft);
                    ui.label(RichText::new(words).size(12.0).color(soft));
                }
            }
        }
    }
    app.entry.cramped = cramped;
}

/// Whether all of them could be read whole.
fn chips_ui(ui: &mut Ui, notes: &[Note]) -> bool {
    let mut whole = true;
    for note in notes {
        let (ground, ink) = match note.kind {
            NoteKind::Adds | NoteKind::Changes => (Role::AccentFill, Role::Text),
            NoteKind::Removes => (Role::ErrorFill, Role::Error),
            NoteKind::Exists => (Role::Canvas, Role::Soft),
            NoteKind::Doubt => (Role::WarningFill, Role::Warning),
        };
        let room = ui.available_width() - 24.0;
        if room < 48.0 {
            return false;
        }
        let words = text::shorten(Face::Regular, 12.0, &note.text, room);
        whole &= words == note.text && note.text == note.whole;
        let label = RichText::new(words).size(12.0).color(theme::colour(ui, ink));
        egui::Frame::new()
            .fill(theme::colour(ui, ground))
            .corner_radius(9)
            .inner_margin(egui::Margin::symmetric(8, 1))
            .show(ui, |ui| ui.label(label))
            .response
            .on_hover_text(&note.whole);
    }
    whole
}
