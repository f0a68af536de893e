//! The page of keys: every command that has one, and what the hands do beside.

use egui::{RichText, ScrollArea, Ui};

use super::{
    commands::{Menu, spelled, table},
    dialogs::{buttons, heading, main_ui},
    paint, theme,
};
use crate::{
    scene::Role,
    text::{self, Face},
};

const ROW: f32 = 24.0;

/// What keys and hands do that are no commands.
const BESIDE: [(&str, &[(&str, &str)]); 5] = [
    (
        "On the canvas",
        &[
            ("Move about", "Space and drag, or scroll"),
            ("Zoom", "Ctrl and scroll"),
            ("Select several", "Shift and click, or drag over them"),
            ("Connect two systems", "Drag from an edge"),
            ("Add a system here", "Double-click"),
            ("Next box, line or field", "Tab"),
            ("Menu of what is under the pointer", "Right click"),
        ],
    ),
    (
        "In quick entry",
        &[("Do what stands there", "Enter"), ("Complete", "Tab"), ("Lines from before", "Up, Down"), ("Let go", "Esc")],
    ),
    (
        "In the menus",
        &[("To the menus, and back", "Alt"), ("Into a menu", "Alt and its letter"), ("Along, and into", "Arrow keys")],
    ),
    (
        "In tables",
        &[
            ("Write the cell", "Enter, F2 or typing"),
            ("Empty the cell: nobody was asked", "Delete"),
            ("There is none", "−"),
            ("Next cell", "Tab"),
            ("First or last row", "Ctrl and arrows"),
            ("Select rows", "Shift and arrows, or drag"),
            ("Fill the selected rows from the first", "Ctrl+D"),
        ],
    ),
    ("In the search", &[("Next that answers", "Enter"), ("The one before", "Shift+Enter")]),
];

/// The page; whether it is to be closed.
pub(super) fn keyboard_ui(ui: &mut Ui) -> bool {
    heading(ui, "Keyboard");
    let height = (ui.ctx().content_rect().height() - 200.0).max(200.0);
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing = egui::vec2(32.0, 0.0);
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            for menu in Menu::BAR {
                menu_keys(if right_hand(menu) { right } else { left }, menu);
            }
            for (at, (title, rows)) in BESIDE.into_iter().enumerate() {
                let column = if at == 0 { &mut *left } else { &mut *right };
                group(column, title);
                for (name, keys) in rows {
                    row(column, name, keys);
                }
            }
        });
    });
    let mut closed = false;
    buttons(ui, |ui| closed = main_ui(ui, "Close").clicked());
    closed
}

/// Whether a menu stands in the second column: both are to be about as long.
fn right_hand(menu: Menu) -> bool {
    menu == Menu::View
}

fn menu_keys(ui: &mut Ui, menu: Menu) {
    let inside = |entry: &&super::commands::Entry| {
        !entry.keys.is_empty() && (entry.place.0 == menu || menu.inner().contains(&entry.place.0))
    };
    for (at, entry) in table().iter().filter(inside).enumerate() {
        if at == 0 {
            group(ui, menu.title());
        }
        // The equals sign is only where the plus is, without Shift.
        let keys = spelled(ui.ctx(), entry.command).into_iter().filter(|keys| !keys.ends_with('='));
        let keys: Vec<String> = keys.collect();
        row(ui, &entry.name, &keys.join(", "));
    }
}

fn group(ui: &mut Ui, title: &str) {
    ui.add_space(12.0);
    let text = RichText::new(title).family(theme::family(Face::SemiBold)).size(12.0);
    ui.label(text.color(theme::colour(ui, Role::Soft)));
}

/// What is done at the left, its keys at the right; read as one.
fn row(ui: &mut Ui, name: &str, keys: &str) {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{name}: {keys}")));
    let width = text::width(Face::Regular, 12.0, keys);
    let at = egui::pos2(rect.right() - width - 8.0, rect.center().y);
    paint::words(ui.painter(), at, keys, Face::Regular, 12.0, theme::colour(ui, Role::Soft));
    let name = text::shorten(Face::Regular, 13.0, name, rect.width() - width - 24.0);
    let at = egui::pos2(rect.left(), rect.center().y);
    paint::words(ui.painter(), at, &name, Face::Regular, 13.0, theme::colour(ui, Role::Text));
}
