//! The scorecard: principles by what became of their questions, then APIs, boundaries and interactions against what they
//! are held to. Counts, never one number.

use egui::{Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::{App, paint, table, theme};
use crate::{
    model::Key,
    rules::{Mark, State, Tally},
    scene::Role,
    text::{self, Face, capital},
    workbench::{self, ScoreBoard, ScoreRow, Survey},
};

const ROW: f32 = 28.0;
const MARGIN: f32 = 12.0;
/// So many columns beside the names, in every board.
const COLUMNS: usize = 5;

/// How the scorecard is looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Scores {
    /// What names must hold.
    filter: String,
    /// Whether interactions that lack nothing are shown too.
    all: bool,
}

/// One line of the page; all are as high, so that only those that are seen are painted.
enum Line<'a> {
    Space,
    Principles,
    Principle(usize),
    Title { board: &'a ScoreBoard, shown: usize, toggle: bool },
    Heads(&'a ScoreBoard),
    Said(&'static str),
    Row(&'a ScoreBoard, &'a ScoreRow),
}

pub(super) fn scorecard_ui(app: &mut App, ui: &mut Ui) {
    ui.painter().rect_filled(ui.max_rect(), 0.0, theme::colour(ui, Role::Panel));
    let Some(survey) = app.survey.clone() else { return };
    if survey.model.systems.is_empty() {
        return table::hint_ui(
            ui,
            "Here stands how far the principles are kept, and what each API, boundary and interaction still lacks. Draw \
             the first systems in the landscape and say what they ask and tell each other.",
        );
    }
    let made = app.tables.made(&survey);
    top_ui(ui, &mut app.tables.scores.filter);
    let lines = lines(made.boards(), &survey, &app.tables.scores);
    let mut clicked = None;
    let mut toggled = false;
    ui.spacing_mut().item_spacing.y = 0.0;
    egui::ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW, lines.len(), |ui, seen| {
        let page = Page::new(ui.available_width());
        let first = seen.start;
        for line in lines.get(seen).unwrap_or_default() {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
            match line {
                Line::Space => {}
                Line::Principles => page.principle_heads(ui, rect),
                Line::Principle(at) => page.principle(ui, rect, &survey, *at),
                Line::Title { board, shown, toggle } => {
                    toggled |= title(ui, rect, board, *shown, toggle.then_some(app.tables.scores.all));
                }
                Line::Heads(board) => page.heads(ui, rect, board),
                Line::Said(said) => {
                    let at = pos2(rect.left() + MARGIN, rect.center().y);
                    paint::words(ui.painter(), at, said, Face::Regular, 13.0, theme::colour(ui, Role::Soft));
                }
                Line::Row(board, row) => {
                    let chosen = app.selection.contains(&row.key) || app.lit.contains(&row.key);
                    if page.row(ui, rect, board, row, chosen) {
                        clicked = Some(row.key.clone());
                    }
                }
            }
        }
        // The requirements stay in sight while their board is.
        if let Some(Line::Row(board, _)) = lines.get(first + 1) {
            let rect = egui::Rect::from_min_size(
                pos2(ui.max_rect().left(), ui.clip_rect().top()),
                vec2(ui.available_width(), ROW),
            );
            page.heads(ui, rect, board);
        }
    });
    app.tables.scores.all ^= toggled;
    if let Some(key) = clicked {
        app.show_element(key);
    }
}

impl App {
    /// Selects an element from a list that stays where it is; the canvas will show it.
    pub(super) fn show_element(&mut self, key: Key) {
        self.select(Some(key.clone()), false);
        self.tables.reveal = false;
        self.canvas.centre_on = Some([key].into());
    }
}

/// What to look for, and what the signs mean.
fn top_ui(ui: &mut Ui, filter: &mut String) {
    egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 8)).show(ui, |ui| {
        ui.horizontal(|ui| {
            let room = |state: State| 20.0 + text::width(Face::Regular, 12.0, state.word());
            let signs: f32 = State::ALL.map(|state| room(state) + ui.spacing().item_spacing.x).iter().sum();
            let width = (ui.available_width() - signs - 16.0).clamp(80.0, 240.0);
            let field = ui.add(TextEdit::singleline(filter).hint_text("Filter").desired_width(width));
            field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, "Filter the scorecard"));
            for state in State::ALL {
                let (rect, _) = ui.allocate_exact_size(vec2(room(state), 26.0), Sense::hover());
                paint::state(ui, pos2(rect.left() + 8.0, rect.center().y), state);
                let at = pos2(rect.left() + 18.0, rect.center().y);
                paint::words(ui.painter(), at, state.word(), Face::Regular, 12.0, theme::colour(ui, Role::Soft));
            }
        });
    });
}

fn lines<'a>(boards: &'a [ScoreBoard], survey: &Survey, scores: &Scores) -> Vec<Line<'a>> {
    let wanted: Vec<String> = scores.filter.split_whitespace().map(str::to_lowercase).collect();
    let mut lines = Vec::new();
    if wanted.is_empty() {
        lines.push(Line::Principles);
        lines.extend((0..survey.scorecard.principles.len()).map(Line::Principle));
    }
    for board in boards {
        // There are many interactions, and most of them are alike: at first those that lack something, and what is
        // looked for by name.
        let toggle = wanted.is_empty() && board.noun == "interactions" && board.rows.iter().any(|row| !row.lacks());
        let fits = |row: &&ScoreRow| {
            let name = row.name.to_lowercase();
            (scores.all || !toggle || row.lacks()) && wanted.iter().all(|word| name.contains(word))
        };
        let rows: Vec<&ScoreRow> = board.rows.iter().filter(fits).collect();
        if rows.is_empty() && !wanted.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(Line::Space);
        }
        lines.push(Line::Title { board, shown: rows.len(), toggle });
        match (board.rows.is_empty(), rows.is_empty()) {
            (true, _) => lines.push(Line::Said(board.hint)),
            (_, true) => lines.push(Line::Said("Each of them meets all that it is held to.")),
            _ => {
                lines.push(Line::Heads(board));
                lines.extend(rows.into_iter().map(|row| Line::Row(board, row)));
            }
        }
    }
    if lines.is_empty() {
        lines.push(Line::Said("Nothing has a name that holds all these words."));
    }
    lines
}

/// The heading of a board; whether its button was pressed.
fn title(ui: &Ui, rect: egui::Rect, board: &ScoreBoard, shown: usize, all: Option<bool>) -> bool {
    let middle = rect.center().y;
    let at = pos2(rect.left() + MARGIN, middle);
    let words = paint::words(ui.painter(), at, board.title, Face::SemiBold, 13.0, theme::colour(ui, Role::Text));
    let (total, noun) = (board.rows.len(), board.noun);
    let lacking = board.rows.iter().filter(|row| row.lacks()).count();
    let count = match total {
        0 => String::new(),
        _ if lacking == 0 => format!("{total} {noun}, none of them lacks anything"),
        _ if shown < total && all != Some(false) => format!("{shown} of {total} {noun}"),
        _ => format!("{lacking} of {total} {noun} lack something"),
    };
    let at = pos2(words.right() + 10.0, middle);
    let words = paint::words(ui.painter(), at, &count, Face::Regular, 12.0, theme::colour(ui, Role::Soft));
    let Some(all) = all else { return false };
    let (verb, name) = if all {
        ("Only those that lack something", "Only interactions that lack something")
    } else {
        ("Show all", "Show all interactions")
    };
    let width = text::width(Face::Regular, 12.0, verb) + 16.0;
    let place = egui::Rect::from_min_size(pos2(words.right() + 6.0, rect.top() + 2.0), vec2(width, ROW - 4.0));
    paint::small_button(ui, place, verb, name, Role::Accent).clicked()
}

/// Where things stand across the page: one column of names, five of equal width.
struct Page {
    name: f32,
    column: f32,
}

impl Page {
    fn new(width: f32) -> Self {
        let column = ((width - 2.0 * MARGIN - 220.0) / COLUMNS as f32).clamp(64.0, 116.0);
        let name = (width - 2.0 * MARGIN - column * COLUMNS as f32).clamp(120.0, 340.0);
        Self { name, column }
    }

    /// The right end of what stands in a line.
    fn end(&self, rect: egui::Rect) -> f32 {
        (rect.left() + MARGIN + self.name + self.column * COLUMNS as f32).min(rect.right())
    }

    fn column(&self, rect: egui::Rect, at: usize) -> egui::Rect {
        let left = rect.left() + MARGIN + self.name + self.column * at as f32;
        egui::Rect::from_min_size(pos2(left, rect.top()), vec2(self.column, rect.height()))
    }

    fn hairline(&self, ui: &Ui, rect: egui::Rect) {
        let line = egui::Stroke::new(1.0, theme::colour(ui, Role::Hairline));
        ui.painter().hline(rect.left() + MARGIN..=self.end(rect), rect.bottom() - 0.5, line);
    }

    fn name(&self, ui: &Ui, rect: egui::Rect, name: &str, face: Face, role: Role) {
        let short = text::shorten(face, 13.0, name, self.name - 12.0);
        let at = pos2(rect.left() + MARGIN, rect.center().y);
        paint::words(ui.painter(), at, &short, face, 13.0, theme::colour(ui, role));
    }

    fn principle_heads(&self, ui: &Ui, rect: egui::Rect) {
        ui.painter().rect_filled(rect, 0.0, theme::colour(ui, Role::Panel));
        let at = pos2(rect.left() + MARGIN, rect.bottom() - 10.0);
        paint::words(ui.painter(), at, "Principles", Face::SemiBold, 13.0, theme::colour(ui, Role::Text));
        for (at, state) in State::ALL.into_iter().enumerate() {
            self.head(ui, self.column(rect, at + 1), &capital(state.word()));
        }
        self.hairline(ui, rect);
    }

    /// A heading in the middle of its column, in two lines where it is long.
    fn head(&self, ui: &Ui, rect: egui::Rect, words: &str) {
        let lines = text::wrap(Face::SemiBold, 11.0, words, self.column - 8.0);
        let shown = lines.len().min(2);
        for (row, line) in lines.iter().take(2).enumerate() {
            let short = text::shorten(Face::SemiBold, 11.0, line, self.column - 4.0);
            let x = rect.center().x - text::width(Face::SemiBold, 11.0, &short) / 2.0;
            let y = rect.bottom() - 9.0 - 12.0 * (shown - 1 - row) as f32;
            paint::words(ui.painter(), pos2(x, y), &short, Face::SemiBold, 11.0, theme::colour(ui, Role::Soft));
        }
    }

    fn principle(&self, ui: &Ui, rect: egui::Rect, survey: &Survey, at: usize) {
        let Some((principle, tally)) = survey.scorecard.principles.get(at) else { return };
        let name = capital(principle.word());
        let counts: Vec<String> =
            State::ALL.into_iter().map(|state| format!("{} {}", tally.of(state), state.word())).collect();
        let said = format!("{name}: {}", counts.join(", "));
        let response = ui.interact(rect, ui.scope_id().with(("principle", at)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Row, true, &said));
        self.name(ui, rect, &name, Face::Regular, Role::Text);
        bar(ui, self.column(rect, 0), tally);
        for (column, state) in State::ALL.into_iter().enumerate() {
            let count = tally.of(state);
            let (face, role) = match (count, state) {
                (0, _) => (Face::Regular, Role::Faint),
                (_, State::NotMet) => (Face::SemiBold, Role::Error),
                (_, State::NotApplicable) => (Face::Regular, Role::Soft),
                _ => (Face::Regular, Role::Text),
            };
            let place = self.column(rect, column + 1);
            let words = count.to_string();
            let x = place.center().x - text::width(face, 13.0, &words) / 2.0;
            paint::words(ui.painter(), pos2(x, place.center().y), &words, face, 13.0, theme::colour(ui, role));
        }
        self.hairline(ui, rect);
    }

    fn heads(&self, ui: &Ui, rect: egui::Rect, board: &ScoreBoard) {
        ui.painter().rect_filled(rect, 0.0, theme::colour(ui, Role::Panel));
        let at = pos2(rect.left() + MARGIN, rect.bottom() - 9.0);
        let soft = theme::colour(ui, Role::Soft);
        paint::words(ui.painter(), at, &capital(board.noun), Face::SemiBold, 11.0, soft);
        for (at, requirement) in board.requirements.iter().enumerate() {
            self.head(ui, self.column(rect, at), requirement);
        }
        self.hairline(ui, rect);
    }

    /// A thing and its marks; whether one of them was pressed.
    fn row(&self, ui: &Ui, rect: egui::Rect, board: &ScoreBoard, row: &ScoreRow, chosen: bool) -> bool {
        let whole = egui::Rect::from_min_max(rect.min, pos2(self.end(rect), rect.bottom()));
        let response = ui.interact(whole, ui.scope_id().with(("row", row.key.to_string())), Sense::click());
        response.widget_info(|| WidgetInfo::selected(egui::Role::Row, true, chosen, &row.name));
        if chosen || response.contains_pointer() || response.has_focus() {
            let fill = if chosen { Role::AccentFill } else { Role::Canvas };
            let ground = whole.with_min_x(rect.left() + MARGIN - 6.0).shrink2(vec2(0.0, 1.0));
            ui.painter().rect_filled(ground, 6.0, theme::colour(ui, fill));
        }
        self.name(ui, rect, &row.name, Face::Regular, Role::Text);
        self.hairline(ui, rect);
        let mut pressed = response.clicked();
        for (at, (mark, requirement)) in row.marks.iter().zip(&board.requirements).enumerate() {
            pressed |= mark_ui(ui, self.column(rect, at), row, requirement, mark);
        }
        theme::focus_ring(ui, &response);
        pressed
    }
}

/// What became of a requirement of a thing; whether it was pressed.
fn mark_ui(ui: &Ui, rect: egui::Rect, row: &ScoreRow, requirement: &str, mark: &Mark) -> bool {
    let id = ui.scope_id().with(("mark", row.key.to_string(), requirement));
    let response = ui.interact(rect, id, Sense::click());
    let words = workbench::mark_words(mark);
    let said = format!("{requirement} of {}: {}", row.name, mark.state.word());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Cell, true, &said));
    paint::state(ui, rect.center(), mark.state);
    theme::focus_ring(ui, &response);
    response.on_hover_text(format!("{requirement}: {words}")).clicked()
}

/// How much of what applies is met (full), not met (in the colour of errors) and not stated (an outline).
fn bar(ui: &Ui, rect: egui::Rect, tally: &Tally) {
    let area = egui::Rect::from_center_size(rect.center(), vec2(rect.width() - 16.0, 8.0));
    let line = egui::Stroke::new(1.0, theme::colour(ui, Role::BoxLine));
    let asked = tally.asked();
    if asked == 0 {
        return;
    }
    let mut left = area.left();
    for (state, role) in [(State::Met, Role::BoxLine), (State::NotMet, Role::Error)] {
        // What is not met is seen, however little it is.
        let least = if tally.of(state) > 0 { 2.0 } else { 0.0 };
        let width = (area.width() * tally.of(state) as f32 / asked as f32).max(least).min(area.right() - left);
        let part = egui::Rect::from_min_size(pos2(left, area.top()), vec2(width, area.height()));
        ui.painter().rect_filled(part, 0.0, theme::colour(ui, role));
        left += width;
    }
    ui.painter().rect_stroke(area, 0.0, line, egui::StrokeKind::Inside);
}
