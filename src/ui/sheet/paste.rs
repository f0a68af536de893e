//! Copying rows, and what pasting would do, before it is done.

use egui::{RichText, ScrollArea, Ui};

use super::{Desk, View};
use crate::{
    model::Key,
    scene::{Role, Worst},
    text::Face,
    ui::{App, dialogs, dialogs::Dialog, paint, theme},
    workbench::{self, Grid, GridKind, PasteAt, Pasting},
};

/// So many lines of each kind are shown.
const LINES: usize = 200;

/// Text is to be pasted into a table.
#[derive(Debug)]
pub(in crate::ui) struct PasteDialog {
    sheet: GridKind,
    pasting: Pasting,
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
    let (row, column) = place.unwrap_or((0, 0));
    app.tables.comes_back = true;
    let below: Vec<Key> = (row..view.rows.len()).filter_map(|at| view.key(grid, at)).collect();
    if let Some(one) = workbench::one_cell(text)
        && desk.is_on_cell()
        && let Some(column) = view.column(grid, column)
    {
        let keys = super::meant(app, desk, grid, column);
        match workbench::set_cells(app.bench.model(), &keys, column, &one) {
            Ok(edits) => {
                let step = workbench::cell_step(app.bench.model(), &keys, column, &one);
                app.intend(&step, Ok(((), edits)));
            }
            Err(refusal) => app.dialog = Some(Dialog::Failed(refusal.to_string())),
        }
        return;
    }
    // In the row of a new record a text begins with its first column.
    let column = if row < view.rows.len() { column } else { 0 };
    let at = PasteAt { rows: &below, columns: view.shown.get(column..).unwrap_or_default() };
    let pasting = workbench::paste(app.bench.model(), grid.sheet, text, at);
    let dialog = PasteDialog { sheet: grid.sheet, pasting, revision: app.bench.revision() };
    app.ask(Dialog::Paste(Box::new(dialog)));
}

/// What pasting would do; `true` where it is to be done, `false` where not.
pub(in crate::ui) fn paste_ui(ui: &mut Ui, dialog: &PasteDialog) -> Option<bool> {
    let Pasting { changes, added, troubles, passed, edits } = &dialog.pasting;
    let does = !edits.is_empty() && troubles.is_empty();
    dialogs::heading(ui, if troubles.is_empty() { "Paste rows" } else { "These rows cannot be pasted yet" });
    let soft = theme::colour(ui, Role::Soft);
    let cells = match changes.len() {
        0 => "No cell changes".to_owned(),
        1 => "1 cell changes".to_owned(),
        many => format!("{many} cells change"),
    };
    let rows = match added.len() {
        0 => "no row is new".to_owned(),
        1 => "1 row is new".to_owned(),
        many => format!("{many} rows are new"),
    };
    if edits.is_empty() && troubles.is_empty() {
        ui.label("Nothing would change: all of it stands there already.");
    } else {
        ui.label(format!("{cells}, {rows}."));
    }
    if !passed.is_empty() {
        let columns = passed.iter().copied().collect::<Vec<_>>().join(", ");
        let words = format!("Worked out from others, and passed over: {columns}.");
        ui.label(RichText::new(words).size(12.0).color(soft));
    }
    ui.add_space(8.0);
    ScrollArea::vertical().max_height(320.0).auto_shrink([false, true]).show(ui, |ui| {
        for trouble in troubles.iter().take(LINES) {
            let place = match (trouble.line, trouble.column.as_str()) {
                (0, _) => String::new(),
                (line, "") => format!("Line {line}: "),
                (line, column) => format!("Line {line}, {column}: "),
            };
            line_ui(ui, Some(Worst::Error), &format!("{place}{}", trouble.why));
        }
        if troubles.is_empty() {
            for change in changes.iter().take(LINES) {
                let said = |text: &str| if text.is_empty() { "not asked".to_owned() } else { text.replace('\n', "; ") };
                let (before, after) = (said(&change.before), said(&change.after));
                line_ui(ui, None, &format!("{} of {}: {before} → {after}", change.column, change.row));
            }
            for key in added.iter().take(LINES) {
                line_ui(ui, None, &format!("New {}: {}", key.kind.phrase(), key.slug));
            }
        }
        let few = |count: usize| count.min(LINES);
        let (shown, all) = match troubles.len() {
            0 => (few(changes.len()) + few(added.len()), changes.len() + added.len()),
            many => (few(many), many),
        };
        if all > shown {
            ui.label(RichText::new(format!("and {} more", all - shown)).size(12.0).color(soft));
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

fn line_ui(ui: &mut Ui, sign: Option<Worst>, words: &str) {
    ui.horizontal_top(|ui| {
        if let Some(worst) = sign {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(14.0, 18.0), egui::Sense::hover());
            paint::sign(ui.painter(), theme::palette(ui), rect.center(), worst);
        }
        let words = RichText::new(words).family(theme::family(Face::Regular)).size(12.0);
        ui.add(egui::Label::new(words).wrap());
    });
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
