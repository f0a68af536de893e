//! A field: at rest it shows what is known; open it takes an answer, with a list or a calendar below.

use egui::{
    Area, Frame, Id as WidgetId, Key as Press, Modifiers, Order, Rect, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use super::{
    calendar,
    editing::{Offer, Open, Target, offers},
};
use crate::{
    model::{Date, Said, Shape},
    scene::Role,
    text::{self, Face},
    ui::{App, float, paint, theme},
};

/// The height of a field of one line.
pub(super) const FIELD: f32 = 26.0;
/// Lines of a long text that are shown at rest.
const MOST: usize = 8;
/// So many answers are offered at once.
const OFFERED: usize = 80;

/// Less room than this below a field is too little for what floats there.
const LEAST_BELOW: f32 = 96.0;
/// What the frame of a list takes of its width.
const AROUND: f32 = 10.0;

/// A field to be shown.
pub(super) struct Spot<'a> {
    pub(super) target: Target,
    pub(super) shape: &'a Shape,
    /// What it is called.
    pub(super) name: &'a str,
    /// What it means.
    pub(super) about: &'a str,
    /// What is known.
    pub(super) words: String,
    /// What stands in it when it is opened.
    pub(super) text: String,
    pub(super) tone: Tone,
    /// Where it comes from.
    pub(super) aside: &'a str,
    /// Whether it can be *not asked*, and whether there can be *none*.
    pub(super) clears: (bool, bool),
}

/// How what is known is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// A value.
    Known,
    /// Nobody has asked.
    Open,
    /// It does not apply, or several differ.
    Soft,
}

/// Shows a field; gives what was done to it at rest.
pub(super) fn field_ui(app: &mut App, ui: &mut Ui, spot: &Spot<'_>) -> egui::Response {
    let id = WidgetId::unique(("fact", &spot.target));
    if app.editing.field.as_ref().is_some_and(|open| open.target == spot.target) {
        return open_ui(app, ui, spot, id);
    }
    let response = rest_ui(ui, spot, id);
    if response.clicked() {
        app.open_field(Open::new(spot.target.clone(), spot.shape.clone(), spot.text.clone()));
    }
    if response.has_focus() {
        app.editing.rests = true;
        keys(app, ui, spot);
    }
    response
}

/// What can be pressed on a field at rest: Delete for *not asked*, a minus for *none*, anything else begins the answer.
fn keys(app: &mut App, ui: &Ui, spot: &Spot<'_>) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let (not_asked, none) = spot.clears;
    let said = if not_asked && (pressed(Press::Delete) || pressed(Press::Backspace)) {
        Some(Said::NotAsked)
    } else if none && pressed(Press::Minus) {
        Some(Said::None)
    } else {
        None
    };
    if let Some(said) = said {
        let done = app.answer_target(&spot.target, spot.shape, said);
        app.report(done);
        return;
    }
    let typed = ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            egui::Event::Text(text) if !text.trim().is_empty() && text != "-" => Some(text.clone()),
            _ => None,
        })
    });
    if let Some(text) = typed {
        let mut open = Open::new(spot.target.clone(), spot.shape.clone(), text);
        open.typed = true;
        app.open_field(open);
    }
}

fn rest_ui(ui: &mut Ui, spot: &Spot<'_>, id: WidgetId) -> egui::Response {
    let width = ui.available_width();
    let (face, role) = match spot.tone {
        Tone::Known => (Face::Regular, Role::Text),
        Tone::Open => (Face::Italic, Role::Faint),
        Tone::Soft => (Face::Regular, Role::Soft),
    };
    let mark = match spot.shape.inner() {
        Shape::Choice(_) | Shape::Yes | Shape::OneOf(_) => 18.0,
        _ => 0.0,
    };
    let room = (width - 16.0 - mark).max(24.0);
    let aside = text::shorten(Face::Regular, 11.0, spot.aside, room);
    let aside_width = text::width(Face::Regular, 11.0, &aside);
    let mut lines = text::wrap(face, 13.0, &spot.words, room);
    if lines.len() > MOST {
        lines.truncate(MOST);
        lines.push("…".to_owned());
    }
    // The origin stands behind a short value, below a long one.
    let last = lines.last().map_or(0.0, |line| text::width(face, 13.0, line));
    let below = !aside.is_empty() && (lines.len() > 1 || last + aside_width + 10.0 > room);
    let height = FIELD.max(9.0 + 17.0 * lines.len() as f32) + if below { 15.0 } else { 0.0 };
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let response = ui.interact(rect, id, Sense::click());
    let said = if aside.is_empty() { spot.words.clone() } else { format!("{}, {}", spot.words, spot.aside) };
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("{}: {said}", spot.name)));
    theme::patch(ui, rect, 6.0, Role::Canvas);
    if response.hovered() {
        let stroke = egui::Stroke::new(1.0, theme::colour(ui, Role::ContainerLine));
        ui.painter().rect_stroke(rect, 6.0, stroke, egui::StrokeKind::Inside);
    }
    for (at, line) in lines.iter().enumerate() {
        let y = rect.top() + FIELD / 2.0 + 17.0 * at as f32;
        paint::words(ui.painter(), pos2(rect.left() + 8.0, y), line, face, 13.0, theme::colour(ui, role));
    }
    if !aside.is_empty() {
        let x = if below { rect.left() + 8.0 } else { rect.right() - 8.0 - mark - aside_width };
        let y = if below { rect.bottom() - 11.0 } else { rect.top() + FIELD / 2.0 };
        paint::words(ui.painter(), pos2(x, y), &aside, Face::Regular, 11.0, theme::colour(ui, Role::Soft));
    }
    if mark > 0.0 {
        let at = pos2(rect.right() - 12.0, rect.top() + FIELD / 2.0);
        paint::wedge(ui.painter(), at, true, theme::colour(ui, Role::Soft));
    }
    theme::focus_ring(ui, &response);
    let mut response = response.on_hover_cursor(egui::CursorIcon::Text);
    if !spot.about.is_empty() || !spot.aside.is_empty() {
        response = response.on_hover_ui(|ui| hint(ui, spot));
    }
    response
}

/// What a fact means, where its value comes from, and which keys answer it.
fn hint(ui: &mut Ui, spot: &Spot<'_>) {
    ui.set_max_width(300.0);
    let soft = theme::colour(ui, Role::Soft);
    if !spot.about.is_empty() {
        ui.label(spot.about);
    }
    if !spot.aside.is_empty() {
        ui.label(egui::RichText::new(format!("From {}", spot.aside)).size(12.0).color(soft));
    }
    let keys = match spot.clears {
        (true, true) => "Enter to answer, Delete for not asked, - for none",
        (true, false) => "Enter to answer, Delete to empty",
        (false, _) => "Enter to answer",
    };
    ui.label(egui::RichText::new(keys).size(12.0).color(soft));
}

/// What is to happen to an open field.
enum Done {
    /// It closes as it was.
    Cancel,
    /// What was typed counts.
    Typed,
    /// A line of the list was taken.
    Take(Offer),
}

fn open_ui(app: &mut App, ui: &mut Ui, spot: &Spot<'_>, id: WidgetId) -> egui::Response {
    let Some(mut open) = app.editing.field.take() else { return rest_ui(ui, spot, id) };
    let mut list = offers(app, &open);
    let (has, width) = (ui.memory(|memory| memory.has_focus(id)), ui.available_width());
    let is_date = matches!(open.shape.inner(), Shape::Date);
    if has && is_date {
        date_keys(ui, &mut open, app.today);
    } else if has && !list.is_empty() {
        list_keys(ui, &mut open, list.len());
    }
    let prose = matches!(open.shape.inner(), Shape::Prose);
    let before = open.text.clone();
    let expects = match open.shape.inner() {
        Shape::Reference(_) | Shape::Choice(_) | Shape::OneOf(_) => "Type to choose".to_owned(),
        shape => shape.expects(),
    };
    let edit =
        if prose { TextEdit::multiline(&mut open.text).desired_rows(4) } else { TextEdit::singleline(&mut open.text) };
    let hint = text::shorten(Face::Regular, 13.0, &expects, width - 20.0);
    let edit = edit.id(id).desired_width(width).min_size(vec2(width, FIELD)).hint_text(hint);
    let edit = if prose { edit } else { edit.align(egui::Align2::LEFT_CENTER) };
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, spot.name));
    if std::mem::take(&mut open.fresh) {
        response.request_focus();
        response.scroll_to_me(None);
        if open.typed {
            float::select(ui.ctx(), id, (open.text.chars().count(), open.text.chars().count()));
        } else {
            float::select(ui.ctx(), id, (0, open.text.chars().count()));
        }
    }
    if open.text != before {
        open.typed = true;
        open.wrong = None;
        open.pick = None;
        open.month = None;
    }
    list.truncate(OFFERED);
    // What was refused is told in the field's own place once the keyboard is elsewhere: nothing lies over other fields.
    let on_list = ui.input(|input| {
        let over = input.pointer.interact_pos().is_some_and(|at| open.below.contains(at));
        over && !input.key_pressed(Press::Tab)
    });
    let floats = open.wrong.is_none() || ui.memory(|memory| memory.has_focus(id)) || on_list;
    let mut done =
        if floats { below(app, ui, &mut open, &list, response.rect, is_date) } else { open.floats_nowhere() };
    let away = response.lost_focus();
    let escape = escaped(app, ui, has || away);
    let entered = ui.input(|input| input.key_pressed(Press::Enter));
    if escape {
        done = Some(Done::Cancel);
    } else if away && entered && !prose {
        done.get_or_insert_with(|| open.entered(&list));
    } else if away && !on_list {
        done.get_or_insert(Done::Typed);
    }
    if prose && has && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Press::Enter)) {
        done = Some(Done::Typed);
    }
    if open.below == Rect::NOTHING {
        refusal_ui(ui, &open);
    }
    let back = entered || escape;
    finish(app, ui, open, done, (id, back));
    response
}

impl Open {
    /// What Enter takes: the line that was picked, the first that fits where only what is offered can be said, or else what
    /// was typed.
    fn entered(&self, list: &[Offer]) -> Done {
        let wanted = self.typed && !self.text.trim().is_empty() && closed(&self.shape);
        let first = list.first().filter(|_| wanted);
        let picked = self.pick.and_then(|at| list.get(at)).or(first).cloned();
        picked.map_or(Done::Typed, Done::Take)
    }
}

/// Whether Escape means the open field: it has the keyboard, or nothing has it that Escape could mean.
fn escaped(app: &App, ui: &Ui, own: bool) -> bool {
    let nothing_else = app.dialog.is_none()
        && app.float.is_none()
        && !egui::Popup::is_any_open(ui.ctx())
        && !ui.ctx().text_edit_focused()
        && ui.input(|input| !input.pointer.any_down());
    (own || nothing_else) && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Press::Escape))
}

/// Why what stands in a field cannot be taken.
fn refusal_ui(ui: &mut Ui, open: &Open) {
    if let Some(why) = &open.wrong {
        let words = egui::RichText::new(why).size(12.0).color(theme::colour(ui, Role::Error));
        ui.add(egui::Label::new(words).wrap());
    }
}

/// Whether only what is offered can be said.
fn closed(shape: &Shape) -> bool {
    match shape.inner() {
        Shape::Choice(_) | Shape::Yes | Shape::Reference(_) | Shape::Part | Shape::Subject => true,
        Shape::List(item) => closed(item),
        _ => false,
    }
}

fn finish(app: &mut App, ui: &Ui, mut open: Open, done: Option<Done>, (id, back): (WidgetId, bool)) {
    let said = match done {
        None => {
            app.editing.field = Some(open);
            return;
        }
        Some(Done::Cancel) => Ok(()),
        Some(Done::Typed) if !open.typed => Ok(()),
        Some(Done::Typed) => {
            let said = Said::typed(&open.text, &open.shape);
            app.answer_target(&open.target, &open.shape, said)
        }
        Some(Done::Take(Offer::Say(candidate))) => app.answer_target(&open.target, &open.shape, candidate.said),
        Some(Done::Take(Offer::New(kind, name))) => app.answer_new(&open.target, kind, &name),
        Some(Done::Take(Offer::Begin(candidate))) => {
            open.text = format!("{} ", candidate.name);
            (open.typed, open.fresh, open.pick) = (true, true, None);
            app.editing.field = Some(open);
            return;
        }
    };
    match said {
        Ok(()) => {
            if back && app.float.is_none() {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
        }
        // It stays as it was typed until it is mended or let go.
        Err(why) => {
            open.wrong = Some(why);
            if back {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            app.editing.field = Some(open);
        }
    }
}

fn list_keys(ui: &Ui, open: &mut Open, count: usize) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Press::ArrowDown) {
        open.pick = Some(open.pick.map_or(0, |at| (at + 1).min(count - 1)));
    }
    if pressed(Press::ArrowUp) {
        open.pick = open.pick.and_then(|at| at.checked_sub(1));
    }
}

/// Up and down move by weeks, with Shift by days; page up and down by months.
fn date_keys(ui: &Ui, open: &mut Open, today: Date) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let now = Date::typed(&open.text).unwrap_or(today);
    let steps = [(Modifiers::SHIFT, 1), (Modifiers::NONE, 7)];
    let mut moved = None;
    for (modifiers, days) in steps {
        if pressed(modifiers, Press::ArrowDown) {
            moved = Some(now.plus(days));
        }
        if pressed(modifiers, Press::ArrowUp) {
            moved = Some(now.plus(-days));
        }
    }
    if pressed(Modifiers::NONE, Press::PageDown) {
        moved = Some(now.plus_months(1));
    }
    if pressed(Modifiers::NONE, Press::PageUp) {
        moved = Some(now.plus_months(-1));
    }
    if let Some(day) = moved {
        open.text = day.to_string();
        (open.typed, open.wrong, open.month) = (true, None, None);
    }
}

/// The list or the calendar below an open field.
fn below(app: &App, ui: &Ui, open: &mut Open, list: &[Offer], field: Rect, is_date: bool) -> Option<Done> {
    if !is_date && list.is_empty() {
        return open.floats_nowhere();
    }
    // It ends where the field ends, and begins where it needs to; where there is no room below, it stands above.
    let width = if is_date { 212.0 } else { (field.width() - AROUND).max(280.0) };
    let screen = ui.ctx().content_rect().shrink(6.0);
    let (over, under) = (field.top() - screen.top(), screen.bottom() - field.bottom());
    let rises = under < open.below.height().max(LEAST_BELOW) && over > under;
    let area = Area::new(WidgetId::unique("answers")).order(Order::Foreground);
    let area = if rises {
        area.pivot(egui::Align2::LEFT_BOTTOM).fixed_pos(pos2(field.right() - width - AROUND, field.top() - 2.0))
    } else {
        area.fixed_pos(pos2(field.right() - width - AROUND, field.bottom() + 2.0))
    };
    let mut done = None;
    let shown = area.constrain_to(screen).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(4).show(ui, |ui| {
            ui.set_width(width);
            // What was refused is told beside the field.
            if !rises {
                refusal_ui(ui, open);
            }
            if is_date {
                let chosen = Date::typed(&open.text);
                if let Some(day) = calendar::calendar_ui(ui, &mut open.month, chosen, app.today) {
                    (open.text, open.typed) = (day.to_string(), true);
                    done = Some(Done::Typed);
                }
            } else {
                done = list_ui(ui, open, list).map(Done::Take);
            }
            if rises {
                refusal_ui(ui, open);
            }
        });
    });
    open.below = shown.response.rect.expand(2.0);
    done
}

fn list_ui(ui: &mut Ui, open: &Open, list: &[Offer]) -> Option<Offer> {
    const ROW: f32 = 26.0;
    let mut taken = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    egui::ScrollArea::vertical().max_height(9.5 * ROW).auto_shrink([false, true]).show(ui, |ui| {
        for (at, offer) in list.iter().enumerate() {
            let (name, aside) = offer.words();
            // The arrows lead through the list; the Tab key leads to the next field.
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
            response
                .widget_info(|| WidgetInfo::selected(egui::Role::ListBoxOption, true, open.pick == Some(at), &name));
            if open.pick == Some(at) {
                response.scroll_to_me(None);
            }
            let lit = open.pick == Some(at) || response.hovered();
            if lit {
                ui.painter().rect_filled(rect, 4.0, theme::colour(ui, Role::AccentFill));
            }
            let role = if matches!(offer, Offer::New(..)) { Role::Accent } else { Role::Text };
            let short = text::shorten(Face::Regular, 13.0, &name, rect.width() - 16.0);
            let at = pos2(rect.left() + 8.0, rect.center().y);
            let said = paint::words(ui.painter(), at, &short, Face::Regular, 13.0, theme::colour(ui, role));
            let room = rect.right() - 8.0 - said.right() - 10.0;
            if !aside.is_empty() && room > 40.0 {
                let short = text::shorten(Face::Regular, 11.0, &aside, room);
                let at = pos2(said.right() + 10.0, rect.center().y);
                paint::words(ui.painter(), at, &short, Face::Regular, 11.0, theme::colour(ui, Role::Soft));
            }
            let clicked = response.clicked();
            if !aside.is_empty() {
                response.on_hover_text(&aside);
            }
            if clicked {
                taken = Some(offer.clone());
            }
        }
    });
    taken
}
