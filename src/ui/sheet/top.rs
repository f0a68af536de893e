//! The line above a table: what to look for, how much is shown, which columns.

use egui::{Id, Key as Press, Modifiers, RichText, TextEdit, Ui, WidgetInfo};

use super::{Desk, widths::Widths};
use crate::{
    scene::Role,
    ui::{
        App,
        offers::{Offers, cursor_to_end},
        paint, theme,
    },
    workbench::Grid,
};

/// What the keys of a table do.
const KEYS: &str = "Arrows and Tab lead from cell to cell. Enter, F2 or typing writes; Delete: not asked, -: none. Insert begins \
     a new row, Ctrl+Delete deletes the selected ones. Shift and the arrows, dragging, or Ctrl and a click, select rows; \
     what is then written goes into all of them, and Ctrl+D fills them from the first. Ctrl+C copies the cell, or the \
     selected rows with headings; Ctrl+X cuts a cell, Ctrl+V pastes. Escape leaves the table.";
/// So many completions are offered.
const OFFERS: usize = 8;

/// What is being typed above a table.
#[derive(Default)]
pub(super) struct Top {
    offers: Offers,
    /// For which filter they were made.
    offered_for: String,
}

pub(super) fn top_ui(app: &mut App, ui: &mut Ui, desk: &mut Desk, grid: &Grid, (shown, count): (&[usize], usize)) {
    let noun = grid.sheet.noun();
    egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 8)).show(ui, |ui| {
        ui.horizontal(|ui| {
            filter_ui(app, ui, desk, grid);
            let soft = theme::colour(ui, Role::Soft);
            let selected = app.selection.iter().filter(|key| key.kind == grid.sheet.kind()).count();
            let more = if selected > 1 { format!(" · {selected} selected") } else { String::new() };
            let words = format!("{count} of {} {noun}{more}", grid.rows.len());
            let count = ui.add(egui::Label::new(RichText::new(words).size(12.0).color(soft)).truncate());
            count.on_hover_text(KEYS);
            if desk.is_stale() {
                let hint =
                    "Rows stay where they are while you work in them. This sorts and filters them as they are now.";
                if ui.button(RichText::new("Sort again").size(12.0)).on_hover_text(hint).clicked() {
                    desk.order = None;
                    app.tables.comes_back = true;
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                columns_ui(app, ui, desk, grid, shown);
            });
        });
    });
}

fn filter_ui(app: &App, ui: &mut Ui, desk: &mut Desk, grid: &Grid) {
    let noun = grid.sheet.noun();
    let id = Id::unique(("filter", noun));
    let focused = ui.memory(|memory| memory.has_focus(id)) && app.dialog.is_none();
    let mut accepted = if focused { keys(ui, &mut desk.top.offers) } else { None };
    let hint = match grid.sheet {
        crate::workbench::GridKind::Interactions => "Filter: words, or kind:event",
        crate::workbench::GridKind::Contracts => "Filter: words, or style:REST",
        crate::workbench::GridKind::Boundaries => "Filter: words, or trust:edge",
    };
    let open = focused && !desk.top.offers.list.is_empty();
    let edit = TextEdit::singleline(&mut desk.look.filter).id(id).hint_text(hint).desired_width(280.0).lock_focus(open);
    let field = ui.add(edit);
    field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, format!("Filter {noun}")));
    let top = &mut desk.top;
    if !focused {
        *top = Top::default();
        return;
    }
    if top.offered_for != desk.look.filter {
        let list = desk.look.completions(grid, OFFERS).into_iter().map(|text| (text, String::new())).collect();
        top.offers = Offers { list, chosen: None };
        top.offered_for.clone_from(&desk.look.filter);
    }
    if !top.offers.list.is_empty() && app.float.is_none() {
        accepted = accepted.or(top.offers.show(ui, "filter", field.rect, |_| {}));
    }
    if let Some(text) = accepted.and_then(|at| top.offers.text(at)) {
        cursor_to_end(ui, id, text);
        text.clone_into(&mut desk.look.filter);
        ui.memory_mut(|memory| memory.request_focus(id));
        ui.ctx().request_repaint();
    }
}

/// The keys that are not for the text: the offer that is taken.
fn keys(ui: &Ui, offers: &mut Offers) -> Option<usize> {
    offers.walk(ui);
    let press = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if !offers.list.is_empty() && press(Press::Tab) {
        return Some(offers.chosen.unwrap_or(0));
    }
    offers.chosen.filter(|_| press(Press::Enter))
}

/// The menu of columns: what is chosen is kept for every model.
fn columns_ui(app: &mut App, ui: &mut Ui, desk: &mut Desk, grid: &Grid, shown: &[usize]) {
    let sheet = grid.sheet;
    let mut chosen: Vec<&'static str> =
        shown.iter().filter_map(|at| sheet.columns().get(*at)).map(|column| column.id).collect();
    let mut changed = None;
    paint::ticking(ui, RichText::new("Columns"), |ui| {
        egui::ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            for (at, column) in sheet.columns().iter().enumerate() {
                let is = chosen.contains(&column.id);
                // What names the row always stands there.
                let shown = ui.add_enabled_ui(at > 0, |ui| paint::choice_ui(ui, is, column.title)).inner;
                if shown.clicked() {
                    if is {
                        chosen.retain(|other| *other != column.id);
                    } else {
                        chosen.push(column.id);
                    }
                    changed = Some(true);
                }
            }
        });
        ui.separator();
        if paint::choice_ui(ui, false, "Usual columns").clicked() {
            changed = Some(false);
            ui.close();
        }
        // What was made by hand is forgotten.
        if paint::choice_ui(ui, false, "Fitting widths").clicked() {
            app.settings.widths.remove(sheet.noun());
            desk.widths = Widths::default();
            ui.close();
        }
    })
    .on_hover_text("Which columns are shown");
    match changed {
        Some(true) => {
            let chosen = chosen.into_iter().map(str::to_owned).collect();
            app.settings.columns.insert(sheet.noun().to_owned(), chosen);
        }
        Some(false) => _ = app.settings.columns.remove(sheet.noun()),
        None => {}
    }
}
