//! The list of findings: counts that filter, groups, lines, and for the chosen one what to do.

mod line;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    sync::Arc,
};

use egui::{RichText, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};
use line::Asked;

use super::{
    App,
    commands::{self, Command},
    dialogs::Dialog,
    paint,
    sides::Side,
    theme,
};
use crate::{
    model::Model,
    rules::{Class, Context, Finding, Severity, name},
    scene::{Role, Worst},
    text::{self, Face, capital},
    workbench::{Row, Survey},
};

const ROW: f32 = 26.0;

/// How the list is looked at.
#[derive(Debug)]
pub(super) struct Findings {
    /// The chosen line.
    pub(super) row: Option<usize>,
    /// Whether the chosen line is to be scrolled into view, with what is said below it.
    pub(super) reveal: bool,
    /// What stands together.
    pub(super) by: By,
    /// What lines must hold.
    filter: String,
    /// What is left out.
    hidden: BTreeSet<Sort>,
    /// Groups that are folded.
    folded: BTreeSet<String>,
    /// What was shown last, and of what.
    shown: RefCell<Option<Shown>>,
}

/// Lines under their headings, as long as nothing of what they were made of changes.
#[derive(Clone, Debug)]
struct Shown {
    survey: Arc<Survey>,
    by: By,
    filter: String,
    hidden: BTreeSet<Sort>,
    groups: Groups,
}

/// The places of lines, under their headings.
type Groups = Rc<Vec<(String, Vec<usize>)>>;

impl Default for Findings {
    fn default() -> Self {
        Self {
            row: None,
            reveal: false,
            by: By::default(),
            filter: String::new(),
            shown: RefCell::default(),
            // What was accepted has been talked about.
            hidden: [Sort::Waived].into(),
            folded: BTreeSet::new(),
        }
    }
}

/// What stands together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum By {
    #[default]
    Severity,
    Rule,
    Element,
    Principle,
    Domain,
}

impl By {
    pub(super) const ALL: [Self; 5] = [Self::Severity, Self::Rule, Self::Element, Self::Principle, Self::Domain];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Rule => "rule",
            Self::Element => "element",
            Self::Principle => "principle",
            Self::Domain => "domain",
        }
    }
}

/// What sort of line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Error,
    Warning,
    Info,
    Gap,
    Waived,
}

impl Sort {
    pub(super) const ALL: [Self; 5] = [Self::Error, Self::Warning, Self::Gap, Self::Info, Self::Waived];

    /// What they are called.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Error => "errors",
            Self::Warning => "warnings",
            Self::Gap => "gaps",
            Self::Info => "notes for information",
            Self::Waived => "what was waived",
        }
    }

    fn of(row: &Row) -> Self {
        match (&row.waived, row.class, row.severity) {
            (Some(_), ..) => Self::Waived,
            (None, Class::Gap, _) => Self::Gap,
            (None, Class::Defect, Severity::Error) => Self::Error,
            (None, Class::Defect, Severity::Warning) => Self::Warning,
            (None, Class::Defect, Severity::Info) => Self::Info,
        }
    }
}

/// The sign of a line.
pub(super) fn worst(class: Class, severity: Severity) -> Worst {
    match (class, severity) {
        (Class::Defect, Severity::Error) => Worst::Error,
        (Class::Defect, Severity::Warning) => Worst::Warning,
        _ => Worst::Gap,
    }
}

impl App {
    /// The chosen line and its first finding.
    pub(super) fn chosen_finding(&self) -> Option<(Row, Finding)> {
        let survey = self.survey.as_ref()?;
        let row = survey.rows.get(self.findings.row?)?;
        Some((row.clone(), finding(survey, row)?.clone()))
    }

    /// Lists what belongs together under a heading of its own.
    pub(super) fn group_findings(&mut self, by: By) {
        self.findings.by = by;
        self.set_side(Side::Findings, true);
    }

    /// Lists a sort of findings, or leaves it out.
    pub(super) fn list_findings(&mut self, sort: Sort) {
        if !self.findings.hidden.remove(&sort) {
            self.findings.hidden.insert(sort);
        }
        self.set_side(Side::Findings, true);
    }

    /// Leads to the field that says which findings are listed.
    pub(super) fn ask_to_filter_findings(&mut self) {
        self.set_side(Side::Findings, true);
        self.panels.want(filter_field());
    }

    /// The places of the lines that are shown, in the order in which they are.
    pub(super) fn shown_rows(&self) -> Vec<usize> {
        let Some(survey) = &self.survey else { return Vec::new() };
        self.findings.groups(survey).iter().flat_map(|(_, rows)| rows.iter().copied()).collect()
    }
}

pub(super) fn findings_ui(app: &mut App, ui: &mut Ui) {
    let Some(survey) = app.survey.clone() else { return };
    header(app, ui, &survey);
    if !app.is_side_open(Side::Findings) {
        return;
    }
    let groups = app.findings.groups(&survey);
    if groups.is_empty() && survey.rows.iter().all(|row| row.waived.is_some()) {
        let said = if survey.model.systems.is_empty() {
            "Findings appear here as the model grows."
        } else if survey.rows.is_empty() {
            "The rules find nothing wrong, and nothing is left open that this stage calls for."
        } else {
            "The rules find nothing wrong but what was accepted for a time, and nothing is left open that this stage calls for."
        };
        return said_ui(ui, said);
    }
    if groups.is_empty() {
        return said_ui(ui, "No finding is left by what is hidden above and by the filter.");
    }
    let made = app.tables.made(&survey);
    let mut clicked = None;
    let mut asked = None;
    egui::ScrollArea::vertical().auto_shrink(false).show_viewport(ui, |ui, seen| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut skip = Skip { y: 0.0, pending: 0.0, seen };
        for (title, rows) in groups.iter() {
            let folded = app.findings.folded.contains(title);
            if !title.is_empty()
                && skip.reaches(ui, ROW)
                && heading(ui, title, rows.len(), folded).clicked()
                && !app.findings.folded.remove(title)
            {
                app.findings.folded.insert(title.clone());
            }
            for at in rows.iter().filter(|_| !folded) {
                let chosen = app.findings.row == Some(*at);
                // What is said below the chosen line is as high as it is: that line is always laid out.
                if !chosen && !skip.reaches(ui, ROW) {
                    continue;
                }
                skip.flush(ui);
                let Some(row) = survey.rows.get(*at) else { continue };
                let Some(finding) = finding(&survey, row) else { continue };
                let top = ui.next_widget_position();
                let mut wanted = None;
                if line::line(ui, finding, row, (chosen, made.can_fix(*at)), &mut wanted).clicked() {
                    clicked = Some(*at);
                }
                asked = wanted.map(|wanted| (*at, wanted)).or(asked);
                if chosen {
                    line::advice(ui, &survey, row, finding);
                    let whole = egui::Rect::from_min_max(top, ui.next_widget_position());
                    skip.y += whole.height();
                    if std::mem::take(&mut app.findings.reveal) {
                        ui.scroll_to_rect(whole, None);
                    }
                }
            }
        }
        skip.flush(ui);
    });
    if let Some(at) = clicked {
        app.choose_row(at);
    }
    match asked {
        None => {}
        Some((_, Asked::Rule(rule))) => app.ask(Dialog::Rule(rule)),
        Some((at, Asked::Fix)) => app.ask_for_fix(at),
        Some((at, Asked::Waiver)) => {
            if let Some(row) = survey.rows.get(at)
                && let Some(finding) = finding(&survey, row)
            {
                app.ask(Dialog::waive(finding, &row.text));
            }
        }
    }
}

/// Leaves out what nobody sees: lines far above or below only take their room.
struct Skip {
    /// How far down the list is.
    y: f32,
    /// Room that was passed over and is not yet laid out.
    pending: f32,
    /// The part of the list that is seen.
    seen: egui::Rect,
}

impl Skip {
    /// Whether something of this height is to be laid out here; if not, its room is kept.
    fn reaches(&mut self, ui: &mut Ui, height: f32) -> bool {
        let shown = self.y + height >= self.seen.top() - ROW && self.y <= self.seen.bottom() + ROW;
        self.y += height;
        if shown {
            self.flush(ui);
        } else {
            self.pending += height;
        }
        shown
    }

    fn flush(&mut self, ui: &mut Ui) {
        if self.pending > 0.0 {
            ui.add_space(self.pending);
            self.pending = 0.0;
        }
    }
}

fn said_ui(ui: &mut Ui, said: &str) {
    ui.add_space(8.0);
    ui.label(RichText::new(said).color(theme::colour(ui, Role::Soft)));
}

fn finding<'a>(survey: &'a Survey, row: &Row) -> Option<&'a Finding> {
    survey.report.findings.get(*row.findings.first()?)
}

fn filter_field() -> egui::Id {
    egui::Id::unique("filter findings")
}

impl Findings {
    /// Whether a sort is listed.
    pub(super) fn lists(&self, sort: Sort) -> bool {
        !self.hidden.contains(&sort)
    }

    /// The places of the lines that are shown, under their headings; all under an empty one where only severity orders.
    fn groups(&self, survey: &Arc<Survey>) -> Groups {
        let mut shown = self.shown.borrow_mut();
        let same = |shown: &&Shown| {
            Arc::ptr_eq(&shown.survey, survey)
                && (shown.by, &shown.filter, &shown.hidden) == (self.by, &self.filter, &self.hidden)
        };
        if let Some(shown) = shown.as_ref().filter(same) {
            return shown.groups.clone();
        }
        let groups: Groups = Rc::new(self.group(survey));
        let (survey, filter, hidden) = (survey.clone(), self.filter.clone(), self.hidden.clone());
        *shown = Some(Shown { survey, by: self.by, filter, hidden, groups: groups.clone() });
        groups
    }

    fn group(&self, survey: &Survey) -> Vec<(String, Vec<usize>)> {
        let words: Vec<String> = self.filter.split_whitespace().map(str::to_lowercase).collect();
        let by = self.by;
        let context = (by == By::Domain).then(|| Context::new(&survey.model, survey.options.as_of));
        let mut order: Vec<String> = Vec::new();
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, row) in survey.rows.iter().enumerate() {
            let Some(finding) = finding(survey, row) else { continue };
            let holds = || {
                let text = format!("{} {} {}", finding.rule.code, finding.rule.slug, row.text).to_lowercase();
                words.iter().all(|word| text.contains(word))
            };
            if self.hidden.contains(&Sort::of(row)) || !(words.is_empty() || holds()) {
                continue;
            }
            let title = heading_of(by, &survey.model, context.as_ref(), finding);
            if !groups.contains_key(&title) {
                order.push(title.clone());
            }
            groups.entry(title).or_default().push(at);
        }
        // Groups in the order of their worst line, which comes first.
        order.into_iter().filter_map(|title| groups.remove(&title).map(|rows| (title, rows))).collect()
    }
}

fn heading_of(by: By, model: &Model, context: Option<&Context<'_>>, finding: &Finding) -> String {
    match by {
        By::Severity => String::new(),
        By::Rule => format!("{} {}", finding.rule.code, finding.rule.slug.replace('-', " ")),
        By::Element => name(model, &finding.about),
        By::Principle => capital(finding.rule.principle.word()),
        By::Domain => {
            let domain = context.and_then(|cx| cx.domains(&finding.about).first().copied());
            domain.map_or("In no domain".to_owned(), |id| model.name_of(id))
        }
    }
}

fn header(app: &mut App, ui: &mut Ui, survey: &Survey) {
    let sum = survey.report.summary;
    // Where there is little room, counts stand without their words.
    let narrow = ui.available_width() < 600.0;
    ui.horizontal(|ui| {
        let open = app.is_side_open(Side::Findings);
        if title(ui, open).clicked() {
            app.set_side(Side::Findings, !open);
        }
        let plural = |number: usize, word: &str| format!("{number} {word}{}", if number == 1 { "" } else { "s" });
        let pills = [
            (Sort::Error, Some(Worst::Error), sum.error, plural(sum.error, "error")),
            (Sort::Warning, Some(Worst::Warning), sum.warning, plural(sum.warning, "warning")),
            (Sort::Gap, Some(Worst::Gap), sum.gap, plural(sum.gap, "gap")),
            (Sort::Info, None, sum.info, format!("{} info", sum.info)),
            (Sort::Waived, None, sum.waived, format!("{} waived", sum.waived)),
        ];
        for (sort, sign, count, words) in pills {
            let shown = sign.is_some() || count > 0;
            // None of a sort is no alarm.
            let (role, ground) = match sort {
                Sort::Error if count > 0 => (Role::Error, Role::ErrorFill),
                Sort::Warning if count > 0 => (Role::Warning, Role::WarningFill),
                _ => (Role::Soft, Role::Canvas),
            };
            let off = app.findings.hidden.contains(&sort);
            let short = if narrow && sign.is_some() { words.split(' ').next().unwrap_or(&words) } else { &words };
            if shown && pill(ui, sign, (short, &words), (role, ground), off).clicked() {
                app.list_findings(sort);
            }
        }
        if !open {
            return;
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let soft = theme::colour(ui, Role::Soft);
            let title = RichText::new(format!("by {}", app.findings.by.word())).size(12.0).color(soft);
            paint::drop_down(ui, title, None, |ui| {
                for by in By::ALL {
                    if paint::choice_ui(ui, app.findings.by == by, &format!("By {}", by.word())).clicked() {
                        app.group_findings(by);
                        ui.close();
                    }
                }
            });
            let width = (ui.available_width() - 12.0).min(170.0);
            if width < 72.0 {
                return;
            }
            let field = TextEdit::singleline(&mut app.findings.filter)
                .id(filter_field())
                .hint_text("Filter")
                .desired_width(width);
            let response = ui.add(field);
            response.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, "Filter findings"));
        });
    });
}

/// What the panel is called; it folds the list away.
fn title(ui: &mut Ui, open: bool) -> egui::Response {
    let width = 16.0 + text::width(Face::SemiBold, 13.0, "Findings");
    let (rect, response) = ui.allocate_exact_size(vec2(width + 4.0, 26.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, open, "List of findings"));
    paint::fold(ui.painter(), pos2(rect.left() + 6.0, rect.center().y), !open, theme::colour(ui, Role::Soft));
    let at = pos2(rect.left() + 16.0, rect.center().y);
    paint::words(ui.painter(), at, "Findings", Face::SemiBold, 13.0, theme::colour(ui, Role::Text));
    theme::focus_ring(ui, &response);
    response.on_hover_text(commands::tip(ui.ctx(), Command::Side(Side::Findings)))
}

/// A count that shows or hides what it counts; hidden, it is an outline.
fn pill(
    ui: &mut Ui,
    sign: Option<Worst>,
    (words, said): (&str, &str),
    (role, ground): (Role, Role),
    off: bool,
) -> egui::Response {
    let room = if sign.is_some() { 26.0 } else { 10.0 };
    let width = text::width(Face::SemiBold, 11.0, words) + room + 10.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 20.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, !off, said));
    if off {
        let stroke = egui::Stroke::new(1.0, theme::colour(ui, Role::ContainerLine));
        ui.painter().rect_stroke(rect, 10.0, stroke, egui::StrokeKind::Inside);
    } else {
        theme::patch(ui, rect, 10.0, ground);
    }
    if let Some(sign) = sign {
        paint::sign(ui.painter(), theme::palette(ui), pos2(rect.left() + 14.0, rect.center().y), sign);
    }
    let at = pos2(rect.left() + room, rect.center().y);
    let role = if off { Role::Soft } else { role };
    paint::words(ui.painter(), at, words, Face::SemiBold, 11.0, theme::colour(ui, role));
    theme::focus_ring(ui, &response);
    response.on_hover_text(format!("{said}: {}", if off { "hidden, click to show" } else { "shown, click to hide" }))
}

fn heading(ui: &mut Ui, title: &str, count: usize, folded: bool) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, !folded, title));
    let soft = theme::colour(ui, Role::Soft);
    let at = pos2(rect.left() + 10.0, rect.center().y);
    paint::fold(ui.painter(), at, folded, soft);
    let at = pos2(rect.left() + 22.0, rect.center().y);
    let shown = paint::words(ui.painter(), at, title, Face::SemiBold, 12.0, soft);
    let at = pos2(shown.right() + 8.0, rect.center().y);
    paint::words(ui.painter(), at, &count.to_string(), Face::Regular, 11.0, theme::colour(ui, Role::Faint));
    theme::focus_ring(ui, &response);
    response
}
