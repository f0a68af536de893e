//! The field in a cell: what is typed, what is offered to take instead, and what is wrong with it.

use std::{collections::BTreeSet, sync::Arc};

use egui::{Id, Key as Press, Modifiers, RichText, TextEdit, Ui, WidgetInfo};

use crate::{
    model::{Key, Model},
    scene::{Role, Worst},
    text::{self, Face},
    ui::{
        App, hand,
        offers::{Offers, cursor_to_end},
        paint, theme,
    },
    workbench::{self, GridColumn, GridKind, NewRow},
};

/// So many are offered.
const OFFERS: usize = 200;
/// What stands between several things.
const BETWEEN: [char; 3] = [',', ';', '\n'];

/// A cell that is being written.
pub(super) struct Writing {
    /// Which row.
    of: Of,
    column: &'static GridColumn,
    text: String,
    fresh: bool,
    /// Whether its field has not had the keyboard yet.
    pub(super) waits: bool,
    /// For so many frames its cell was out of sight.
    waited: u8,
    /// Whether anything was typed: only then is the first offer meant.
    typed: bool,
    all: Vec<(String, String)>,
    /// What one of several things may be, where the cell holds several: they are offered one after the other.
    items: BTreeSet<String>,
    offers: Offers,
    offered_for: Option<String>,
    expects: String,
    wrong: Option<String>,
}

/// What a text is written into.
enum Of {
    /// A record.
    Record(Key),
    /// A record that is being begun.
    New(NewRow, GridKind),
}

/// Where the hand goes when a cell is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Onward {
    Down,
    Up,
    Right,
    Left,
    Stay,
}

/// What became of a cell that was being written.
pub(super) enum Written {
    /// It was let go.
    Cancelled,
    /// It is to hold this.
    Said(String, Onward),
}

impl Writing {
    /// Begins with what stands in the cell, or with what was typed.
    pub(super) fn new(model: &Model, key: &Key, column: &'static GridColumn, typed: Option<String>) -> Self {
        let written = typed.is_some();
        Self {
            of: Of::Record(key.clone()),
            column,
            fresh: true,
            waits: true,
            waited: 0,
            typed: written,
            text: typed.unwrap_or_else(|| workbench::cell_text(model, key, column)),
            all: workbench::cell_offers(model, key, column),
            items: workbench::cell_items(model, key, column).into_iter().map(|(text, _)| text).collect(),
            offers: Offers::default(),
            offered_for: None,
            expects: workbench::cell_expects(model, key, column),
            wrong: None,
        }
    }

    /// Begins with what a new record is asked for.
    pub(super) fn of_new(
        model: &Model,
        (row, sheet): (&NewRow, GridKind),
        column: &'static GridColumn,
        typed: Option<String>,
    ) -> Self {
        Self {
            of: Of::New(row.clone(), sheet),
            column,
            fresh: true,
            waits: true,
            waited: 0,
            typed: typed.is_some(),
            text: typed.unwrap_or_default(),
            all: row.offers(model, sheet),
            items: BTreeSet::new(),
            offers: Offers::default(),
            offered_for: None,
            expects: row.expects(sheet).to_owned(),
            wrong: None,
        }
    }

    /// Whether the field has not been seen yet, and may still come into view.
    pub(super) fn may_wait(&mut self) -> bool {
        const FRAMES: u8 = 60;
        self.waited += 1;
        self.fresh && self.waited < FRAMES
    }

    /// Whether the text says it all as it stands.
    fn is_whole(&self, model: &Model) -> bool {
        match &self.of {
            Of::Record(key) => workbench::set_cells(model, std::slice::from_ref(key), self.column, &self.text).is_ok(),
            Of::New(row, sheet) => row.clone().take(model, *sheet, &self.text).is_ok(),
        }
    }

    /// Says why what was typed is not taken.
    pub(super) fn refuse(&mut self, said: &str, why: String) {
        // What was taken from the list may only begin an answer.
        said.clone_into(&mut self.text);
        self.wrong = Some(why);
        self.fresh = true;
    }

    /// Of several things, those before the one that is being typed, and that one. Before anything was typed, one more
    /// is meant.
    fn parted(&self) -> (String, &str) {
        if self.items.is_empty() {
            return (String::new(), if self.typed { &self.text } else { "" });
        }
        if !self.typed {
            let before = self.text.trim_end().trim_end_matches(BETWEEN);
            return (if before.is_empty() { String::new() } else { format!("{before}, ") }, "");
        }
        let (before, item) = self.text.split_at(self.text.rfind(BETWEEN).map_or(0, |at| at + 1));
        (if before.is_empty() { String::new() } else { format!("{} ", before.trim_end()) }, item)
    }

    /// What stands in the cell once an offer is taken; and whether more may follow.
    fn taken(&self, at: usize) -> Option<(String, bool)> {
        let text = self.offers.text(at)?;
        let more = self.items.contains(text);
        Some((if more { self.parted().0 + text } else { text.to_owned() }, more))
    }

    /// A comma behind what only begins an offer takes that one.
    fn complete(&mut self, model: &Arc<Model>) -> bool {
        let begun = self.text.strip_suffix([',', ';']).filter(|_| !self.items.is_empty());
        let Some(begun) = begun.map(str::to_owned) else { return false };
        let typed = std::mem::replace(&mut self.text, begun);
        self.refresh(model);
        let Some((whole, true)) = self.offers.chosen.and_then(|at| self.taken(at)) else {
            self.text = typed;
            return false;
        };
        self.text = whole + ", ";
        true
    }

    /// What fits what was typed: what begins so first. Before anything was typed, all there is.
    fn refresh(&mut self, model: &Arc<Model>) {
        if self.offered_for.as_ref() == Some(&self.text) {
            return;
        }
        self.offered_for = Some(self.text.clone());
        let (head, item) = self.parted();
        let listed: Vec<String> = head.split(BETWEEN).map(|item| item.trim().to_lowercase()).collect();
        let wanted = item.trim().to_lowercase();
        // What says it all stands alone, and nothing stands twice.
        let stands =
            |text: &String| head.is_empty() || (self.items.contains(text) && !listed.contains(&text.to_lowercase()));
        let fits = |(text, about): &&(String, String)| {
            let holds =
                text.to_lowercase().contains(&wanted) || about.to_lowercase().contains(&wanted) && wanted.len() > 2;
            holds && stands(text)
        };
        let mut list: Vec<(String, String)> = self.all.iter().filter(fits).cloned().collect();
        let rank = |text: &str| {
            let text = text.to_lowercase();
            let word = || text.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(&wanted));
            if text.starts_with(&wanted) { 0 } else { 1 + u8::from(!word()) }
        };
        list.sort_by_cached_key(|(text, _)| rank(text));
        list.truncate(OFFERS);
        // What only has it in the middle of a word may be taken, but is not what Enter means.
        let meant = list.first().is_some_and(|(text, about)| rank(text) < 2 || rank(about) < 2);
        let completions = if self.typed { workbench::cell_completions(self.column, &self.text) } else { Vec::new() };
        let meant = meant || (list.is_empty() && !completions.is_empty());
        list.extend(completions);
        let chosen = (self.typed && !wanted.is_empty() && meant && !self.is_whole(model)).then_some(0);
        self.offers = Offers { list, chosen };
    }
}

/// The field that lies over a cell.
pub(super) fn field_id() -> Id {
    Id::unique("cell")
}

/// The field over its cell; what became of it. What was typed after the key that ends it is held for what comes next.
pub(super) fn writing_ui(
    app: &App,
    ui: &Ui,
    rect: egui::Rect,
    (writing, held): (&mut Writing, &mut Vec<egui::Event>),
) -> Option<Written> {
    let id = field_id();
    ui.input_mut(|input| hand::hold_back(&mut input.events, held));
    writing.refresh(app.bench.model());
    if writing.offers.walk(ui) {
        writing.wrong = None;
    }
    let press = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let onward = [
        (Modifiers::SHIFT, Press::Enter, Onward::Up),
        (Modifiers::NONE, Press::Enter, Onward::Down),
        (Modifiers::SHIFT, Press::Tab, Onward::Left),
        (Modifiers::NONE, Press::Tab, Onward::Right),
    ];
    let onward = onward.into_iter().find(|(modifiers, key, _)| press(*modifiers, *key)).map(|(.., onward)| onward);
    if press(Modifiers::NONE, Press::Escape) {
        return Some(Written::Cancelled);
    }
    let label = format!("Write {}", writing.column.title.to_lowercase());
    let wide = rect.with_max_x(rect.left() + width(writing, rect, ui.ctx().content_rect().right()));
    let area = egui::Area::new(Id::unique("writing")).order(egui::Order::Middle).fixed_pos(wide.min);
    let field = area.show(ui.ctx(), |ui| {
        let colour = theme::colour(ui, if writing.wrong.is_some() { Role::Error } else { Role::Text });
        let edit = TextEdit::singleline(&mut writing.text).id(id).lock_focus(true).text_color(colour);
        let edit = edit.align(egui::Align2::LEFT_CENTER).hint_text(writing.expects.as_str());
        let field = ui.add_sized(wide.size(), edit);
        field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, &label));
        field
    });
    let field = field.inner;
    if std::mem::take(&mut writing.fresh) {
        field.request_focus();
        cursor_to_end(ui, id, &writing.text);
        ui.ctx().request_repaint();
    }
    if field.changed() {
        (writing.typed, writing.wrong) = (true, None);
        if writing.complete(app.bench.model()) {
            cursor_to_end(ui, id, &writing.text);
        }
        writing.refresh(app.bench.model());
    }
    let clicked = if writing.offers.list.is_empty() && writing.wrong.is_none() {
        None
    } else {
        let wrong = writing.wrong.clone();
        writing.offers.show(ui, "cell", wide, |ui| wrong.iter().for_each(|why| wrong_ui(ui, why)))
    };
    match clicked.and_then(|at| writing.taken(at)) {
        Some((text, true)) => {
            writing.text = text + ", ";
            (writing.typed, writing.wrong, writing.fresh) = (true, None, true);
            return None;
        }
        Some((text, false)) => return Some(Written::Said(text, Onward::Stay)),
        None => {}
    }
    let away = ui.input(|input| input.pointer.any_pressed() && input.pointer.interact_pos().is_some())
        && !field.hovered()
        && !ui.ctx().rect_contains_pointer(layer("cell"), egui::Rect::EVERYTHING);
    let onward = onward.or(away.then_some(Onward::Stay))?;
    let chosen = writing.offers.chosen.and_then(|at| writing.taken(at));
    Some(Written::Said(chosen.map_or_else(|| writing.text.clone(), |(text, _)| text), onward))
}

/// How wide the field is: as its cell, or as what stands in it where there is room.
fn width(writing: &Writing, rect: egui::Rect, right: f32) -> f32 {
    const WIDEST: f32 = 420.0;
    let words = if writing.text.is_empty() { &writing.expects } else { &writing.text };
    let needed = (text::width(Face::Regular, 13.0, words) + 24.0).clamp(140.0, WIDEST);
    rect.width().max(needed.min(right - rect.left() - 12.0))
}

/// The layer of the offers below a field.
fn layer(name: &str) -> egui::LayerId {
    egui::LayerId::new(egui::Order::Foreground, Id::unique(("offers", name)))
}

fn wrong_ui(ui: &mut Ui, why: &str) {
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(14.0, 18.0), egui::Sense::hover());
        paint::sign(ui.painter(), theme::palette(ui), rect.center(), Worst::Error);
        let words = RichText::new(text::capital(why)).size(12.0).color(theme::colour(ui, Role::Text));
        ui.add(egui::Label::new(words).wrap());
    });
}
