//! Cells of the matrix on the clipboard.

use egui::Ui;

use super::{Desk, Shown};
use crate::{
    model::{Entity, Id, System},
    ui::{App, sheet},
    workbench,
};

/// Copies the letters of a cell; all that is shown where the hand is on none.
pub(super) fn copy(app: &mut App, ui: &Ui, shown: &Shown<'_>, cell: Option<(Id<Entity>, Id<System>)>) {
    let Some((entity, system)) = cell else { return copy_rows(app, ui, shown) };
    let Some(touch) = shown.matrix.touch(&entity, &system) else {
        app.news = Some("Nothing stands in this cell".to_owned());
        return;
    };
    ui.ctx().copy_text(workbench::touch_text(touch));
    app.news = Some(format!("Copied {}", shown.said(&entity, &system)));
}

/// Copies all that is shown, with headings.
pub(super) fn copy_rows(app: &mut App, ui: &Ui, shown: &Shown<'_>) {
    ui.ctx().copy_text(workbench::touches_text(shown.model(), shown.matrix, &shown.rows, &shown.systems));
    app.news = Some(format!("Copied {} records with headings", shown.rows.len()));
}

/// Pastes letters from the hand on, as one step, or tells what cannot be read.
pub(super) fn paste(app: &mut App, desk: &mut Desk, shown: &Shown<'_>, place: Option<(usize, usize)>, text: &str) {
    if sheet::paste_elsewhere(app, text) {
        return;
    }
    let (row, column) = place.unwrap_or_default();
    let rows = shown.rows.get(row..).unwrap_or_default();
    let systems = shown.systems.get(column.saturating_sub(1)..).unwrap_or_default();
    let model = app.bench.model().clone();
    match workbench::paste_touches(&model, (rows, systems), text) {
        Ok((_, edits)) if edits.is_empty() => {
            app.news = Some("Nothing changed: all of it stands there already".to_owned());
        }
        Ok((cells, edits)) => {
            let step = if cells == 1 { "Paste 1 cell".to_owned() } else { format!("Paste {cells} cells") };
            // Columns stay, though nothing may stand in them any more.
            desk.asked.extend(systems.iter().cloned());
            app.intend(&step, Ok(((), edits)));
        }
        Err(why) => {
            app.tables.comes_back = true;
            app.report(Err(why));
        }
    }
}
