//! The list of steps to jump in.

use egui::{Button, Key, RichText, ScrollArea, Ui, vec2};

use super::{
    super::{
        dialogs::{buttons, heading},
        theme,
    },
    Said,
    asking::soft,
};
use crate::{
    scene::Role,
    text::{self, Face},
    workbench::History,
};

const ROW: f32 = 26.0;

/// The steps, the first at the top; a click takes back or does again all between. Up and down lead from one to the next.
pub(super) fn history_ui(ui: &mut Ui, history: &History) -> Option<Said> {
    heading(ui, "History");
    soft(ui, "A click takes the model there; nothing is forgotten until something else is done.");
    ui.add_space(8.0);
    let position = history.position();
    let saved = history.saved_position();
    let names: Vec<&str> = std::iter::once("Start").chain(history.steps()).collect();
    let mut said = None;
    let memory = ui.scope_id().with("position");
    let moved = ui.data(|data| data.get_temp(memory)) != Some(position);
    ui.data_mut(|data| data.insert_temp(memory, position));
    let room = (ui.ctx().content_rect().height() - 220.0).clamp(3.0 * ROW, 16.0 * ROW);
    let mut scroll = ScrollArea::vertical().max_height(room).auto_shrink([false, true]);
    ui.spacing_mut().item_spacing.y = 0.0;
    if moved {
        scroll = scroll.vertical_scroll_offset((position as f32 * ROW - room / 2.0).max(0.0));
    }
    scroll.show_rows(ui, ROW, names.len(), |ui, shown| {
        for at in shown {
            let Some(name) = names.get(at) else { continue };
            let aside = if saved == Some(at) { "in the file" } else { "" };
            let room = ui.available_width() - 24.0 - text::width(Face::Regular, 13.0, aside);
            let short = text::shorten(Face::Regular, 13.0, name, room);
            // What is undone is still there, and fainter.
            let role = if at <= position { Role::Text } else { Role::Soft };
            let words = RichText::new(short).color(theme::colour(ui, role));
            let button = Button::selectable(at == position, words).shortcut_text(aside);
            let response = ui.add(button.min_size(vec2(ui.available_width(), ROW)));
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, at == position, *name));
            if response.clicked() && at != position {
                said = Some(Said::Jump(at));
            }
        }
    });
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    if pressed(Key::ArrowUp) && position > 0 {
        said = Some(Said::Jump(position - 1));
    }
    if pressed(Key::ArrowDown) && position + 1 < names.len() {
        said = Some(Said::Jump(position + 1));
    }
    buttons(ui, |ui| {
        if theme::main_button(ui, "Close").clicked() {
            said = Some(Said::Later);
        }
    });
    said
}
