//! API or event? Six questions about an interaction, what the answers recommend together with what the model knows, and
//! the way from there to a decision record.

use egui::{Button, RichText, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::{App, dialogs::Dialog, inspector, paint, theme};
use crate::{
    advisor::{self, Criterion, Recommendation, advise, reasons},
    model::{Advice, Answer, Criteria, Fact, Id, Interaction, InteractionKind, Key, Model},
    rules,
    scene::Role,
    text::{self, Face, capital},
    workbench,
};

/// Answers to one interaction are one step: their gesture has this bit, which no drag has.
const GESTURE: u64 = 1 << 63;
/// The three answers, with their words and widths.
const ANSWERS: [(&str, f32); 3] = [("Yes", 40.0), ("No", 36.0), ("Not asked", 72.0)];

/// What the section remembers.
#[derive(Debug, Default)]
pub(super) struct Advising {
    /// Whether somebody opened or closed it.
    open: Option<bool>,
    /// The interaction that is being answered for.
    of: Option<Key>,
    gestures: u64,
}

/// A decision about to be recorded.
#[derive(Debug)]
pub(super) struct Decide {
    id: Id<Interaction>,
    ends: String,
    recommended: Option<Advice>,
    choice: Option<Advice>,
    title: String,
}

impl Decide {
    /// A title that says what was chosen.
    fn proposal(ends: &str, choice: Option<Advice>) -> String {
        match choice {
            None => format!("{ends}: API or event"),
            Some(Advice::Api) => format!("{ends} through an API"),
            Some(Advice::Event) => format!("{ends} by an event"),
            Some(Advice::Both) => format!("{ends} through an API, with an event for the others"),
        }
    }
}

/// The section of the inspector; `key` is an interaction of the model as it is written.
pub(super) fn advisor_ui(app: &mut App, ui: &mut Ui, key: &Key, go: &mut Option<Key>) {
    let model = app.bench.model().clone();
    let id = Id::<Interaction>::from_slug(key.slug.clone());
    let Some(interaction) = model.interactions.get(&id) else { return };
    let found = advise(&interaction.decision, &reasons(&model, interaction));
    let told = interaction.decision != Criteria::default() || interaction.kind == InteractionKind::Unclassified;
    let open = app.advising.open.unwrap_or(told);
    if head(ui, &found, open).clicked() {
        app.advising.open = Some(!open);
    }
    if !open {
        return;
    }
    for criterion in Criterion::ASKED {
        if let Some(answer) = question(ui, criterion, &interaction.decision) {
            app.answer(&id, criterion, &answer);
        }
    }
    recommendation(ui, &found);
    for (decision, stored) in model.decisions.iter().filter(|(_, stored)| stored.value.about.contains(key)) {
        let choice = stored.choice.known().map(|choice| format!(": {choice}")).unwrap_or_default();
        let day = stored.date.known().map(|day| format!(" on {day}")).unwrap_or_default();
        if inspector::link_ui(ui, &format!("Decided{day}{choice}"), "Decision").clicked() {
            *go = Some(decision.key());
        }
    }
    ui.add_space(4.0);
    if ui.button("Record as a decision…").clicked() {
        app.ask_to_decide(key);
    }
}

fn ends(model: &Model, id: &Id<Interaction>) -> String {
    rules::name(model, &id.key().into())
}

impl App {
    /// Asks what is to be recorded of an interaction: what is recommended, to begin with.
    pub(super) fn ask_to_decide(&mut self, key: &Key) {
        let model = self.bench.model().clone();
        let id = Id::<Interaction>::from_slug(key.slug.clone());
        let Some(interaction) = model.interactions.get(&id) else { return };
        let advice = advise(&interaction.decision, &reasons(&model, interaction)).advice;
        let ends = ends(&model, &id);
        let title = Decide::proposal(&ends, advice);
        self.ask(Dialog::Decide(Decide { id, ends, recommended: advice, choice: advice, title }));
    }

    fn answer(&mut self, id: &Id<Interaction>, criterion: Criterion, answer: &Fact<Answer>) {
        let model = self.bench.model().clone();
        let key = id.key();
        if self.advising.of.as_ref() != Some(&key) {
            self.advising.of = Some(key);
            self.advising.gestures += 1;
        }
        let gesture = GESTURE | self.advising.gestures;
        let step = format!("API or event: {}", ends(&model, id));
        let done = workbench::answer(&model, id, criterion, answer).map_err(|refusal| refusal.to_string());
        let done =
            done.and_then(|edits| self.bench.apply(&step, Some(gesture), &edits).map_err(|error| error.to_string()));
        self.report(done);
    }

    /// Records a decision as one step.
    pub(super) fn decide(&mut self, decide: &Decide) {
        let Some(choice) = decide.choice else { return };
        let model = self.bench.model().clone();
        let Some(interaction) = model.interactions.get(&decide.id) else { return };
        let title = decide.title.trim();
        let edits = advisor::decision(&model, &decide.id, &interaction.decision, choice, title, self.today);
        let meant = edits.ok_or_else(|| workbench::Refusal::NoName(title.to_owned()));
        if self.intend(&format!("Decide: {title}"), meant.map(|edits| ((), edits))).is_some() {
            self.news = Some(format!("Recorded: {title}"));
        }
    }
}

/// The heading; folded, it says what is recommended.
fn head(ui: &mut Ui, found: &Recommendation, open: bool) -> egui::Response {
    const TITLE: &str = "API or event?";
    ui.add_space(12.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, open, TITLE));
    let soft = theme::colour(ui, Role::Soft);
    let role = if response.hovered() { Role::Text } else { Role::Soft };
    let at = pos2(rect.left(), rect.center().y - 2.0);
    let shown = paint::words(ui.painter(), at, TITLE, Face::SemiBold, 12.0, theme::colour(ui, role));
    if !open && let Some(advice) = found.advice {
        let at = pos2(shown.right() + 8.0, at.y);
        let words = text::shorten(Face::Regular, 12.0, advice.word(), rect.right() - at.x - 20.0);
        paint::words(ui.painter(), at, &words, Face::Regular, 12.0, soft);
    }
    paint::fold(ui.painter(), pos2(rect.right() - 8.0, at.y), !open, soft);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, egui::Stroke::new(1.0, theme::colour(ui, Role::Hairline)));
    theme::focus_ring(ui, &response);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A question and its three answers; the one that was pressed.
fn question(ui: &mut Ui, criterion: Criterion, criteria: &Criteria) -> Option<Fact<Answer>> {
    let words = criterion.question();
    let choices: f32 = ANSWERS.iter().map(|(_, width)| width).sum();
    let width = ui.available_width();
    let narrow = width < choices + 110.0;
    let lines = text::wrap(Face::Regular, 12.0, words, if narrow { width } else { width - choices - 8.0 });
    let said = 15.0 * lines.len() as f32;
    let height = if narrow { said + 30.0 } else { (said + 6.0).max(28.0) };
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let top = if narrow { rect.top() + 7.0 } else { rect.center().y - said / 2.0 + 7.5 };
    for (at, line) in lines.iter().enumerate() {
        let place = pos2(rect.left(), top + 15.0 * at as f32);
        paint::words(ui.painter(), place, line, Face::Regular, 12.0, theme::colour(ui, Role::Text));
    }
    let corner = if narrow {
        pos2(rect.left(), rect.bottom() - 25.0)
    } else {
        pos2(rect.right() - choices, rect.center().y - 12.0)
    };
    let area = egui::Rect::from_min_size(corner, vec2(choices, 24.0));
    let stroke = egui::Stroke::new(1.0, theme::colour(ui, Role::Hairline));
    ui.painter().rect(area, 6.0, theme::colour(ui, Role::Canvas), stroke, egui::StrokeKind::Inside);
    let now = criterion.answer(criteria);
    let mut pressed = None;
    let mut left = area.left();
    for ((label, width), answer) in ANSWERS.into_iter().zip([Some(Answer::Yes), Some(Answer::No), None]) {
        let place = egui::Rect::from_min_size(pos2(left, area.top()), vec2(width, area.height()));
        left += width;
        if segment(ui, place, label, words, now == answer).clicked() && now != answer {
            pressed = Some(answer.map_or(Fact::NotAsked, Fact::Known));
        }
    }
    pressed
}

fn segment(ui: &Ui, rect: egui::Rect, label: &str, question: &str, chosen: bool) -> egui::Response {
    let response = ui.interact(rect, ui.scope_id().with((question, label)), Sense::click());
    let name = format!("{question} {label}");
    response.widget_info(|| WidgetInfo::selected(egui::Role::RadioButton, true, chosen, &name));
    let open = label == "Not asked";
    if chosen {
        let ground = if open { Role::Panel } else { Role::AccentFill };
        ui.painter().rect_filled(rect.shrink(1.0), 5.0, theme::colour(ui, ground));
    }
    let face = match (open, chosen) {
        (true, _) => Face::Italic,
        (_, true) => Face::SemiBold,
        _ => Face::Regular,
    };
    let role = match (chosen, open, response.hovered()) {
        (true, false, _) => Role::Accent,
        (_, _, true) => Role::Text,
        _ => Role::Faint,
    };
    let x = rect.center().x - text::width(face, 12.0, label) / 2.0;
    paint::words(ui.painter(), pos2(x, rect.center().y), label, face, 12.0, theme::colour(ui, role));
    theme::focus_ring(ui, &response);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// What it comes to, what pulls each way, and where both pull.
fn recommendation(ui: &mut Ui, found: &Recommendation) {
    let soft = theme::colour(ui, Role::Soft);
    ui.add_space(4.0);
    egui::Frame::new().fill(theme::colour(ui, Role::Canvas)).corner_radius(6.0).inner_margin(8.0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 3.0;
        let Some(advice) = found.advice else {
            ui.label(RichText::new("Nothing pulls either way yet.").size(12.0).color(soft));
            return;
        };
        ui.label(RichText::new(format!("Recommended: {advice}")).family(theme::family(Face::SemiBold)));
        for (title, criteria) in [("For an API", &found.api), ("For an event", &found.event)] {
            if criteria.is_empty() {
                continue;
            }
            ui.add_space(3.0);
            ui.label(RichText::new(title).size(12.0).color(soft));
            for criterion in criteria {
                let from = if Criterion::READ.contains(criterion) { " (from the model)" } else { "" };
                ui.label(RichText::new(format!("{}{from}", capital(criterion.word()))).size(12.0));
            }
        }
        if let Some(tension) = found.tension() {
            ui.add_space(3.0);
            ui.label(RichText::new("Tension").size(12.0).color(theme::colour(ui, Role::Warning)));
            ui.label(RichText::new(tension).size(12.0));
        }
    });
}

/// What is chosen, and under which title; `Some(true)` to record it, `Some(false)` to let it be.
pub(super) fn decide_ui(ui: &mut Ui, decide: &mut Decide) -> Option<bool> {
    let soft = theme::colour(ui, Role::Soft);
    ui.label(RichText::new("Record a decision").family(theme::family(Face::SemiBold)).size(18.0));
    ui.add_space(4.0);
    ui.label(&decide.ends);
    ui.add_space(8.0);
    ui.label(RichText::new("What was chosen").size(12.0).color(soft));
    ui.horizontal_wrapped(|ui| {
        for advice in Advice::ALL {
            let aside = if decide.recommended == Some(*advice) { " (recommended)" } else { "" };
            let chosen = decide.choice == Some(*advice);
            if ui.add(Button::selectable(chosen, format!("{}{aside}", capital(advice.word())))).clicked() {
                // A title that nobody has changed follows what is chosen.
                if decide.title == Decide::proposal(&decide.ends, decide.choice) {
                    decide.title = Decide::proposal(&decide.ends, Some(*advice));
                }
                decide.choice = Some(*advice);
            }
        }
    });
    ui.add_space(8.0);
    ui.label(RichText::new("Title").size(12.0).color(soft));
    let field = ui.add(TextEdit::singleline(&mut decide.title).desired_width(f32::INFINITY));
    field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, "Title"));
    let enter = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    ui.add_space(4.0);
    ui.label(RichText::new("The answers, the reasons and what follows are recorded with it.").size(12.0).color(soft));
    let ready = decide.choice.is_some() && !decide.title.trim().is_empty();
    let mut done = None;
    ui.add_space(12.0);
    let size = vec2(ui.available_width(), 28.0);
    ui.allocate_ui_with_layout(size, egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let pressed = ui.add_enabled_ui(ready, |ui| theme::main_button(ui, "Record")).inner.clicked();
        if pressed || (ready && enter) {
            done = Some(true);
        }
        if ui.button("Cancel").clicked() {
            done = Some(false);
        }
    });
    done
}
