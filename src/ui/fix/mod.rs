//! What can be done about a finding: one of several fixes, what only a person knows, whether it is so already or planned,
//! and what would change, shown while it is being answered.

mod fields;

use std::collections::{BTreeMap, BTreeSet};

use egui::{Button, RichText, ScrollArea, Ui, vec2};

use super::{App, dialogs::Dialog, paint, theme};
use crate::{
    model::{Edit, Key, Kind, Model, Subject},
    rules::{
        self, Finding,
        fixes::{Answers, Ask, Fix, NAME, Unfixed, fixes, planned, planning, recorded},
    },
    scene::Role,
    text::{self, Face},
    workbench::{PreviewKind, PreviewLine, Row, Survey, clock, preview},
};

/// So many findings of one line are looked at: a line that gathers more is answered at its cause.
const MOST: usize = 20;

/// Something that can be done about a finding of a line.
#[derive(Debug)]
struct Offer {
    finding: Finding,
    fix: Fix,
    /// Its title; with what it is about, where several would be called the same.
    title: String,
}

/// The dialog.
#[derive(Debug)]
pub(super) struct FixDialog {
    heading: String,
    text: String,
    offers: Vec<Offer>,
    chosen: usize,
    /// Whether it becomes a change on the roadmap, instead of being so already.
    plan: bool,
    /// What stands in the fields; teams and systems by what was typed.
    typed: BTreeMap<&'static str, String>,
    /// The fields that were typed into, or all once Apply was pressed.
    touched: BTreeSet<&'static str>,
    /// Whether the first open field is yet to be focused.
    fresh: bool,
    /// The field whose completions are shown.
    active: Option<&'static str>,
    outcome: Option<Outcome>,
    /// What was lit before.
    before: BTreeSet<Key>,
}

/// What the answers come to.
#[derive(Debug, Default)]
struct Outcome {
    /// What would be applied; `None` while something is missing.
    edits: Option<Vec<Edit>>,
    /// Whether it is known what it would change.
    shows: bool,
    /// What it would change.
    lines: Vec<PreviewLine>,
    /// What lights up.
    lit: BTreeSet<Key>,
    /// What is wrong with which field.
    wrong: BTreeMap<&'static str, String>,
    /// What is not answered and must be.
    missing: BTreeSet<&'static str>,
    /// What is wrong with the whole.
    failed: Option<String>,
}

/// What can be done about a line; nothing for lines that the written model has no answer to.
fn offers(survey: &Survey, row: &Row) -> Vec<Offer> {
    let findings = row.findings.iter().filter_map(|at| survey.report.findings.get(*at));
    let each = |finding: &Finding| {
        let found = fixes(&survey.written, finding).into_iter();
        found.map(|fix| Offer { finding: finding.clone(), title: fix.title.clone(), fix }).collect::<Vec<_>>()
    };
    let mut offers: Vec<Offer> = findings.take(MOST).flat_map(each).collect();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for offer in &offers {
        *times.entry(offer.title.clone()).or_default() += 1;
    }
    for offer in &mut offers {
        if times.get(&offer.title).is_some_and(|times| *times > 1) {
            offer.title = format!("{} · {}", offer.title, rules::name(&survey.written, &offer.finding.about));
        }
    }
    offers
}

/// Whether anything can be done about a line.
pub(super) fn can_fix(survey: &Survey, row: &Row) -> bool {
    let findings = row.findings.iter().filter_map(|at| survey.report.findings.get(*at));
    row.waived.is_none() && findings.take(MOST).any(|finding| !fixes(&survey.written, finding).is_empty())
}

impl App {
    /// Asks what is to be done about a line of the findings.
    pub(super) fn ask_for_fix(&mut self, at: usize) {
        let Some(survey) = self.survey.clone() else { return };
        let Some(row) = survey.rows.get(at) else { return };
        let offers = offers(&survey, row);
        let Some(first) = offers.first() else { return };
        let rule = first.finding.rule;
        let heading = format!("Fix {} {}", rule.code, rule.slug.replace('-', " "));
        if self.findings.row != Some(at) {
            self.choose_row(at);
        }
        let mut dialog = FixDialog {
            heading,
            text: row.text.clone(),
            offers,
            chosen: 0,
            plan: false,
            typed: BTreeMap::new(),
            touched: BTreeSet::new(),
            fresh: true,
            active: None,
            outcome: None,
            before: self.lit.clone(),
        };
        dialog.propose(self.bench.model());
        self.ask(Dialog::Fix(Box::new(dialog)));
    }

    /// Lights what the dialog is about to change.
    pub(super) fn light_fix(&mut self, ctx: &egui::Context) {
        if let Some(Dialog::Fix(dialog)) = &self.dialog
            && let Some(outcome) = &dialog.outcome
            && self.lit != outcome.lit
        {
            self.lit.clone_from(&outcome.lit);
            ctx.request_repaint();
        }
    }

    /// Leaves the dialog, and carries out what it came to.
    pub(super) fn end_fix(&mut self, dialog: FixDialog, apply: bool) {
        self.lit = dialog.before;
        let edits = dialog.outcome.and_then(|outcome| outcome.edits);
        let (true, Some(edits), Some(offer)) = (apply, edits, dialog.offers.get(dialog.chosen)) else { return };
        let about = offer.finding.about.key.clone();
        let step = if dialog.plan { format!("Plan: {}", offer.fix.title) } else { offer.fix.title.clone() };
        if self.intend(&step, Ok(((), edits))).is_some() {
            let known = self.bench.model().contains(&about);
            self.select(known.then_some(about), false);
        }
    }
}

impl FixDialog {
    /// Fills the fields with what is proposed. What was said of planning stays when another fix is chosen.
    fn propose(&mut self, model: &Model) {
        let Some(offer) = self.offers.get(self.chosen) else { return };
        let mine = |ask: &&Ask| !ask.proposal.is_empty();
        let plan = planning(&offer.fix.title);
        self.typed.retain(|name, _| *name != NAME && plan.iter().any(|ask| ask.name == *name));
        self.touched.retain(|name| self.typed.contains_key(name));
        for ask in offer.fix.asks.iter().chain(&plan).filter(mine) {
            self.typed.entry(ask.name).or_insert_with(|| fields::shown(model, ask, &ask.proposal));
        }
        self.active = None;
        self.outcome = None;
    }

    /// What is asked now.
    fn asks(&self) -> Vec<Ask> {
        let Some(offer) = self.offers.get(self.chosen) else { return Vec::new() };
        let plan = if self.plans() { planning(&offer.fix.title) } else { Vec::new() };
        offer.fix.asks.iter().cloned().chain(plan).collect()
    }

    fn plans(&self) -> bool {
        self.plan && self.offers.get(self.chosen).is_some_and(|offer| !offer.fix.on_roadmap)
    }

    fn work_out(&mut self, model: &Model) {
        let asks = self.asks();
        let typed = |ask: &Ask| Some((ask.name, fields::answer(model, ask, self.typed.get(ask.name)?)));
        let answers = Answers(asks.iter().filter_map(typed).collect());
        let mut outcome = Outcome::default();
        for ask in &asks {
            match ask.check(model, &answers) {
                Ok(()) => {}
                Err(Unfixed::Unanswered(name)) => {
                    outcome.missing.insert(name);
                }
                Err(Unfixed::Unfit(name, why)) => {
                    outcome.wrong.insert(name, why);
                }
                Err(why) => outcome.failed = Some(why.to_string()),
            }
        }
        let Some(offer) = self.offers.get(self.chosen) else { return };
        outcome.lit = offer.finding.subjects.iter().map(|subject| subject.key.clone()).collect();
        // What the fix itself does is shown before its planning is said.
        let open = |ask: &Ask| outcome.missing.contains(ask.name) || outcome.wrong.contains_key(ask.name);
        let (fits, all_fit) = (!offer.fix.asks.iter().any(open), !asks.iter().any(open));
        let done = if fits && outcome.failed.is_none() {
            outcome.show(model, offer, &answers).and_then(|edits| match (all_fit, self.plans()) {
                (false, _) => Ok(None),
                (true, false) if offer.fix.on_roadmap => Ok(Some(edits)),
                (true, false) => recorded(model, &offer.finding, edits, clock::today()).map(Some),
                (true, true) => planned(model, &offer.finding, &edits, &answers).map(Some),
            })
        } else {
            Ok(None)
        };
        match done {
            Ok(edits) => outcome.edits = edits,
            Err(Unfixed::Unfit(name, why)) if asks.iter().any(|ask| ask.name == name) => {
                outcome.wrong.insert(name, why);
            }
            Err(why) => outcome.failed = Some(why.to_string()),
        }
        self.outcome = Some(outcome);
    }
}

impl Outcome {
    /// The edits of a fix; what they change is shown, as text and on the diagram.
    fn show(&mut self, model: &Model, offer: &Offer, answers: &Answers) -> Result<Vec<Edit>, Unfixed> {
        let edits = offer.fix.edits(model, answers)?;
        self.lines = preview(model, &edits)?;
        self.shows = true;
        let mut lit = BTreeSet::new();
        for change in model.clone().apply(&edits)?.changes {
            // What is new stands on no canvas yet: what it joins does.
            if let (None, Some(after)) = (&change.before, &change.after) {
                lit.extend(after.record.references().into_iter().map(|Subject { key, .. }| key));
            }
            lit.insert(change.key);
        }
        let drawn = |key: &Key| matches!(key.kind, Kind::System | Kind::Store | Kind::Interaction);
        lit.retain(|key| !matches!(key.kind, Kind::Team | Kind::Domain | Kind::Boundary | Kind::Change));
        if lit.iter().any(drawn) {
            self.lit = lit;
        }
        Ok(edits)
    }
}

/// The dialog; `Some(true)` to apply it, `Some(false)` to let it be.
pub(super) fn fix_ui(ui: &mut Ui, model: &Model, dialog: &mut FixDialog) -> Option<bool> {
    if dialog.outcome.is_none() {
        dialog.work_out(model);
    }
    let soft = theme::colour(ui, Role::Soft);
    ui.label(RichText::new(&dialog.heading).family(theme::family(Face::SemiBold)).size(18.0));
    ui.label(RichText::new(&dialog.text).color(soft));
    let room = (ui.ctx().content_rect().height() - 260.0).max(160.0);
    ScrollArea::vertical().max_height(room).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add_space(8.0);
        choose(ui, model, dialog);
        fields::fields_ui(ui, model, dialog);
        preview_ui(ui, dialog);
    });
    let mut done = None;
    ui.add_space(12.0);
    let size = vec2(ui.available_width(), 28.0);
    ui.allocate_ui_with_layout(size, egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let verb = if dialog.plans() { "Put on the roadmap" } else { "Apply" };
        let ready = dialog.outcome.as_ref().is_some_and(|outcome| outcome.edits.is_some());
        if theme::main_button(ui, verb).clicked() {
            if ready {
                done = Some(true);
            } else {
                // What is missing says so at its field.
                dialog.active = None;
                dialog.touched.extend(dialog.asks().iter().map(|ask| ask.name));
            }
        }
        if ui.button("Cancel").clicked() {
            done = Some(false);
        }
    });
    done
}

/// Which fix, and whether it is so already.
fn choose(ui: &mut Ui, model: &Model, dialog: &mut FixDialog) {
    let mut chosen = dialog.chosen;
    if let [only] = dialog.offers.as_slice() {
        ui.label(RichText::new(&only.title).family(theme::family(Face::SemiBold)));
    } else {
        for (at, offer) in dialog.offers.iter().enumerate() {
            if ui.radio(at == dialog.chosen, &offer.title).clicked() {
                chosen = at;
            }
        }
    }
    if chosen != dialog.chosen {
        dialog.chosen = chosen;
        dialog.propose(model);
    }
    if dialog.offers.get(dialog.chosen).is_some_and(|offer| offer.fix.on_roadmap) {
        return;
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (plan, words, hint) in [
            (false, "It is so already", "The model says from now on that it is so."),
            (true, "Plan it", "A change on the roadmap will make it so; until then the model stays as it is."),
        ] {
            if ui
                .add(Button::selectable(dialog.plan == plan, words).frame_when_inactive(true))
                .on_hover_text(hint)
                .clicked()
            {
                dialog.plan = plan;
                dialog.outcome = None;
            }
        }
    });
}

/// What would change, record by record.
fn preview_ui(ui: &mut Ui, dialog: &FixDialog) {
    let Some(outcome) = &dialog.outcome else { return };
    let soft = theme::colour(ui, Role::Soft);
    ui.add_space(12.0);
    let title = if dialog.plans() { "What the change will do" } else { "What changes" };
    ui.label(RichText::new(title).family(theme::family(Face::SemiBold)).size(12.0).color(soft));
    egui::Frame::new().fill(theme::colour(ui, Role::Canvas)).corner_radius(6.0).inner_margin(8.0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        if let Some(failed) = &outcome.failed {
            ui.label(RichText::new(failed).size(12.0).color(theme::colour(ui, Role::Error)));
            return;
        }
        if !outcome.shows {
            ui.label(RichText::new("Answer what is asked above, and it is shown here.").size(12.0).color(soft));
            return;
        }
        if outcome.lines.is_empty() {
            ui.label(RichText::new("Nothing: it is so already.").size(12.0).color(soft));
            return;
        }
        ui.spacing_mut().item_spacing.y = 1.0;
        ScrollArea::vertical().id_salt("preview").max_height(240.0).show(ui, |ui| {
            ui.set_width(ui.available_width());
            lines_ui(ui, &outcome.lines);
        });
    });
}

/// What changes, with what stands beside it.
pub(super) fn lines_ui(ui: &mut Ui, lines: &[PreviewLine]) {
    let mut skipped = false;
    for (at, line) in lines.iter().enumerate() {
        if at > 0 && line.kind == PreviewKind::Head {
            ui.add_space(6.0);
        }
        if near_change(lines, at) {
            line_ui(ui, line.kind, &line.text);
        } else if !skipped {
            line_ui(ui, PreviewKind::Kept, "…");
        }
        skipped = !near_change(lines, at);
    }
}

/// Whether a line says what changes, or stands beside one that does: what stays is told only so far as it helps to find
/// the place.
fn near_change(lines: &[PreviewLine], at: usize) -> bool {
    let changes = |line: &PreviewLine| matches!(line.kind, PreviewKind::Added | PreviewKind::Removed);
    let from = at.saturating_sub(1);
    let near = lines.get(from..lines.len().min(at + 2)).unwrap_or_default();
    near.iter().any(changes) || lines.get(at).is_some_and(|line| line.kind == PreviewKind::Head)
}

/// A line of the preview; what does not fit goes on below its own beginning.
fn line_ui(ui: &mut Ui, kind: PreviewKind, text: &str) {
    let (mark, role) = match kind {
        PreviewKind::Head => {
            ui.label(RichText::new(text).family(theme::family(Face::SemiBold)).size(12.0));
            return;
        }
        PreviewKind::Kept => ("", Role::Soft),
        PreviewKind::Removed => ("−", Role::Error),
        PreviewKind::Added => ("+", Role::Accent),
    };
    let mono = |text: &str, colour| RichText::new(text).family(theme::family(Face::Mono)).size(12.0).color(colour);
    let colour = theme::colour(ui, role);
    let step = text::width(Face::Mono, 12.0, "0");
    let inner = text.trim_start();
    let indent = (text.chars().count() - inner.chars().count()) as f32 / 2.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (rect, _) = ui.allocate_exact_size(vec2(step * (2.0 + indent), 15.0), egui::Sense::hover());
        paint::words(ui.painter(), rect.left_center(), mark, Face::Mono, 12.0, colour);
        ui.add(egui::Label::new(mono(inner, colour)).wrap());
    });
}
