//! Copying rows, and what pasting would do, before it is done.

use egui::{RichText, ScrollArea, Ui};

use super::{Desk, View};
use crate::{
    model::Key,
    scene::{Role, Worst},
    text::Face,
    ui::{App, dialogs, dialogs::Dialog, paint, tabs::Tab, theme},
    workbench::{self, Grid, GridKind, PasteAt, PasteTrouble, Pasting},
};

/// So high is a line of what would be done.
const LINE: f32 = 34.0;

/// Text is to be pasted into a table.
#[derive(Debug)]
pub(in crate::ui) struct PasteDialog {
    sheet: GridKind,
    pasting: Pasting,
    /// Whether it was pasted somewhere else, and belongs here by its headings.
    elsewhere: bool,
    /// The revision for which it was read.
    revision: u64,
}

/// Copies what is selected: the cell of the hand where its row alone is, else rows. Whether it was a cell.
pub(super) fn copy(app: &mut App, ui: &Ui, grid: &Grid, view: &View<'_>, place: Option<(usize, usize)>) -> bool {
    let cell = place.filter(|_| app.selection.len() < 2).and_then(|(row, column)| {
        Some((*view.rows.get(row)?, *view.shown.get(column)?, view.column(grid, column)?, view.key(grid, row)?))
    });
    let Some((row, of, column, key)) = cell else {
        copy_rows(app, ui, grid, view);
        return false;
    };
    let text = workbench::copied_cell(app.bench.model(), grid, row, of);
    if text.is_empty() {
        app.news = Some("Nothing stands in this cell".to_owned());
        return false;
    }
    app.news = Some(format!("Copied {} of {}", column.title.to_lowercase(), super::name(grid, &key)));
    ui.ctx().copy_text(text);
    true
}

/// Copies a cell that is to be emptied; whether it may be.
pub(super) fn cut(app: &mut App, ui: &Ui, grid: &Grid, view: &View<'_>, (row, column): (usize, usize)) -> bool {
    if app.selection.len() > 1 {
        app.news = Some("One cell is cut at a time: rows are copied, or deleted".to_owned());
        return false;
    }
    let model = app.bench.model().clone();
    if let (Some(key), Some(column)) = (view.key(grid, row), view.column(grid, column))
        && let Err(refusal) = workbench::set_cells(&model, &[key], column, "")
    {
        app.news = Some(format!("{} cannot be cut: {refusal}", column.title));
        return false;
    }
    copy(app, ui, grid, view, Some((row, column)))
}

/// Copies the rows that are selected, or all that are shown where none is, with their headings.
pub(super) fn copy_rows(app: &mut App, ui: &Ui, grid: &Grid, view: &View<'_>) {
    let selected = |at: &&usize| grid.rows.get(**at).is_some_and(|row| app.selection.contains(&row.key));
    let mut chosen: Vec<usize> = view.rows.iter().filter(selected).copied().collect();
    if chosen.is_empty() {
        chosen = view.rows.to_vec();
    }
    ui.ctx().copy_text(workbench::copied(app.bench.model(), grid, &chosen, view.shown));
    app.news = Some(format!("Copied {} with headings", grid.sheet.count(chosen.len())));
}

/// Reads what is to be pasted from the hand on, and asks whether it is to be done. One value for several rows needs no
/// question.
pub(super) fn paste(
    app: &mut App,
    desk: &Desk,
    grid: &Grid,
    view: &View<'_>,
    place: Option<(usize, usize)>,
    text: &str,
) {
    if workbench::pasted_sheet(text).is_some_and(|sheet| sheet != grid.sheet) {
        paste_elsewhere(app, text);
        return;
    }
    let (row, column) = place.unwrap_or((0, 0));
    app.tables.comes_back = true;
    let below: Vec<Key> = (row..view.rows.len()).filter_map(|at| view.key(grid, at)).collect();
    if let Some(one) = workbench::one_cell(text)
        && desk.here().is_some()
        && let Some(column) = view.column(grid, column)
    {
        let meant = super::meant(app, desk, grid, column);
        let (keys, left) = workbench::concerned(app.bench.model(), &meant, column, &one);
        match workbench::set_cells(app.bench.model(), &keys, column, &one) {
            Ok(edits) => {
                let step = workbench::cell_step(app.bench.model(), &keys, column, &one);
                if app.intend(&step, Ok(((), edits))).is_some() {
                    app.news = left;
                }
            }
            Err(refusal) => app.dialog = Some(Dialog::Failed(refusal.to_string())),
        }
        return;
    }
    // In the row of a new record a text begins with its first column.
    let column = if row < view.rows.len() { column } else { 0 };
    let at = PasteAt { rows: &below, columns: view.shown.get(column..).unwrap_or_default() };
    let pasting = workbench::paste(app.bench.model(), grid.sheet, text, at);
    let dialog = PasteDialog { sheet: grid.sheet, pasting, elsewhere: false, revision: app.bench.revision() };
    app.ask(Dialog::Paste(Box::new(dialog)));
}

/// Asks about rows of a table that were pasted elsewhere, and shows their table; whether they were such rows.
pub(in crate::ui) fn paste_elsewhere(app: &mut App, text: &str) -> bool {
    let Some(sheet) = workbench::pasted_sheet(text) else { return false };
    let nowhere = PasteAt { rows: &[], columns: &[] };
    let pasting = workbench::paste(app.bench.model(), sheet, text, nowhere);
    app.tab = Tab::of(sheet);
    app.tables.comes_back = true;
    let dialog = PasteDialog { sheet, pasting, elsewhere: true, revision: app.bench.revision() };
    app.ask(Dialog::Paste(Box::new(dialog)));
    true
}

/// What pasting would do; `true` where it is to be done, `false` where not.
pub(in crate::ui) fn paste_ui(ui: &mut Ui, dialog: &PasteDialog) -> Option<bool> {
    let Pasting { changes, added, troubles, passed, absent, edits } = &dialog.pasting;
    let does = !edits.is_empty() && troubles.is_empty();
    dialogs::heading(ui, if troubles.is_empty() { "Paste rows" } else { "These rows cannot be pasted yet" });
    let soft = |ui: &mut Ui, words: String| {
        let soft = theme::colour(ui, Role::Soft);
        ui.add(egui::Label::new(RichText::new(words).size(12.0).color(soft)).wrap());
    };
    if dialog.elsewhere {
        soft(ui, format!("By their headings, these are rows of the table of {}.", dialog.sheet.noun()));
    }
    ui.label(summary(&dialog.pasting));
    if !passed.is_empty() {
        let columns = passed.iter().copied().collect::<Vec<_>>().join(", ");
        soft(ui, format!("Worked out from others, and passed over: {columns}."));
    }
    if !absent.is_empty() && troubles.is_empty() {
        let words = match absent.len() {
            1 => "1 cell does not arise for its row, and is left alone.".to_owned(),
            many => format!("{many} cells do not arise for their rows, and are left alone."),
        };
        soft(ui, words);
    }
    ui.add_space(8.0);
    // So many lines are long that they are made only where they are seen.
    let count = if troubles.is_empty() { absent.len() + changes.len() + added.len() } else { troubles.len() };
    let area = ScrollArea::vertical().max_height(320.0).auto_shrink([false, true]);
    area.show_rows(ui, LINE, count, |ui, seen| {
        for at in seen {
            let (sign, words) = line(&dialog.pasting, at);
            line_ui(ui, sign, &words);
        }
    });
    let mut answer = None;
    dialogs::buttons(ui, |ui| {
        let pressed = ui.add_enabled_ui(does, |ui| theme::main_button(ui, "Paste")).inner;
        if pressed.clicked() || (does && ui.input(|input| input.key_pressed(egui::Key::Enter))) {
            answer = Some(true);
        }
        if ui.button(if does { "Cancel" } else { "Close" }).clicked() {
            answer = Some(false);
        }
    });
    answer
}

/// How much it is: of what cannot be read, in how many lines.
fn summary(pasting: &Pasting) -> String {
    let Pasting { changes, added, troubles, edits, .. } = pasting;
    if !troubles.is_empty() {
        let lines: std::collections::BTreeSet<usize> = troubles.iter().map(|trouble| trouble.line).collect();
        return match (troubles.len(), lines.len()) {
            (1, _) => "1 cell cannot be read. Mend it, and paste again.".to_owned(),
            (many, 1) => format!("{many} cells of one line cannot be read. Mend them, and paste again."),
            (many, lines) => format!("{many} cells of {lines} lines cannot be read. Mend them, and paste again."),
        };
    }
    if edits.is_empty() {
        return "Nothing would change: all of it stands there already.".to_owned();
    }
    let cells = match changes.len() {
        0 => "No cell changes".to_owned(),
        1 => "1 cell changes".to_owned(),
        many => format!("{many} cells change"),
    };
    match added.len() {
        0 => format!("{cells}, no row is new."),
        1 => format!("{cells}, 1 row is new."),
        many => format!("{cells}, {many} rows are new."),
    }
}

/// A line of what would be done, or of what cannot be read, by its place.
fn line(pasting: &Pasting, at: usize) -> (Option<Worst>, String) {
    let Pasting { changes, added, troubles, absent, .. } = pasting;
    let placed = |trouble: &PasteTrouble| match (trouble.line, trouble.column.as_str()) {
        (0, _) => trouble.why.clone(),
        (line, "") => format!("Line {line}: {}", trouble.why),
        (line, column) => format!("Line {line}, {column}: {}", trouble.why),
    };
    if !troubles.is_empty() {
        return (Some(Worst::Error), troubles.get(at).map(placed).unwrap_or_default());
    }
    if let Some(left) = absent.get(at) {
        return (Some(Worst::Gap), placed(left));
    }
    let at = at - absent.len();
    let said = |text: &str| if text.is_empty() { "not asked".to_owned() } else { text.replace('\n', "; ") };
    let words = match (changes.get(at), added.get(at.saturating_sub(changes.len()))) {
        (Some(change), _) => {
            let (before, after) = (said(&change.before), said(&change.after));
            format!("{} of {}: {before} → {after}", change.column, change.row)
        }
        (None, Some(key)) => format!("New {}: {}", key.kind.phrase(), key.slug),
        (None, None) => String::new(),
    };
    (None, words)
}

/// A line, as much of it as has room in two; the rest is told to who waits with the pointer.
fn line_ui(ui: &mut Ui, sign: Option<Worst>, words: &str) {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), LINE), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
    let left = rect.left() + if sign.is_some() { 20.0 } else { 0.0 };
    if let Some(worst) = sign {
        let at = egui::pos2(rect.left() + 7.0, rect.top() + 9.0);
        paint::sign(ui.painter(), theme::palette(ui), at, worst);
    }
    let font = egui::FontId::new(12.0, theme::family(Face::Regular));
    let colour = theme::colour(ui, Role::Text);
    let mut job = egui::text::LayoutJob::simple(words.to_owned(), font, colour, rect.right() - left);
    job.wrap.max_rows = 2;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let cut = galley.elided;
    ui.painter().galley(egui::pos2(left, rect.top()), galley, colour);
    if cut {
        response.on_hover_text(words);
    }
}

impl App {
    /// Does what was shown, as one step, and selects what is new.
    pub(in crate::ui) fn paste_rows(&mut self, dialog: &PasteDialog) {
        if dialog.revision != self.bench.revision() {
            let words = "The model has changed since these rows were read: paste them again.";
            return self.report(Err(words.to_owned()));
        }
        let pasting = &dialog.pasting;
        let step = match (pasting.changes.len(), pasting.added.len()) {
            (0, added) => format!("Paste {}", dialog.sheet.count(added)),
            (1, 0) => "Paste 1 cell".to_owned(),
            (cells, 0) => format!("Paste {cells} cells"),
            (cells, added) => format!("Paste {cells} cells and {}", dialog.sheet.count(added)),
        };
        if self.intend(&step, Ok(((), pasting.edits.clone()))).is_some() && !pasting.added.is_empty() {
            self.select(None, false);
            self.selection = pasting.added.iter().cloned().collect();
        }
    }
}
