//! What is offered below a field to take instead of typing it.

use egui::text_edit::TextEditState;
use egui::{Align2, Area, Frame, Id, Key, Modifiers, Order, Rect, Ui, pos2, text::CCursor, text::CCursorRange, vec2};

use super::paint;

/// So many are seen at once.
const SEEN: f32 = 9.5;
const ROW: f32 = 24.0;

/// Lines to take: what would stand in the field, and in grey what that means.
#[derive(Clone, Debug, Default)]
pub(super) struct Offers {
    pub(super) list: Vec<(String, String)>,
    /// The one that the keys have reached.
    pub(super) chosen: Option<usize>,
}

impl Offers {
    /// The text of one of them.
    pub(super) fn text(&self, at: usize) -> Option<&str> {
        self.list.get(at).map(|(text, _)| text.as_str())
    }

    /// Up and down lead through the list.
    pub(super) fn walk(&mut self, ui: &Ui) -> bool {
        let press = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let count = self.list.len();
        if count == 0 {
            return false;
        }
        let (down, up) = (press(Key::ArrowDown), press(Key::ArrowUp));
        if down {
            self.chosen = Some(self.chosen.map_or(0, |at| (at + 1) % count));
        }
        if up {
            self.chosen = Some(self.chosen.map_or(count - 1, |at| (at + count - 1) % count));
        }
        down || up
    }

    /// Paints the list below a field, with what else belongs there; which of them was clicked.
    pub(super) fn show(&self, ui: &Ui, name: &str, field: Rect, above: impl FnOnce(&mut Ui)) -> Option<usize> {
        let mut clicked = None;
        let area = ui.ctx().content_rect();
        let width = field.width().clamp(300.0, 420.0);
        let left = field.left().min(area.right() - width - 20.0);
        // Where there is little room below, it stands above.
        let wanted = (self.list.len() as f32).min(SEEN) * ROW + 24.0;
        let above_it =
            area.bottom() - field.bottom() < wanted && field.top() - area.top() > area.bottom() - field.bottom();
        let (at, pivot) = if above_it {
            (pos2(left, field.top() - 3.0), Align2::LEFT_BOTTOM)
        } else {
            (pos2(left, field.bottom() + 3.0), Align2::LEFT_TOP)
        };
        let floats = Area::new(Id::unique(("offers", name))).order(Order::Foreground);
        floats.fixed_pos(at).pivot(pivot).show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).inner_margin(6).show(ui, |ui| {
                ui.set_max_width(width);
                above(ui);
                ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
                let scroll = egui::ScrollArea::vertical().max_height(SEEN * ROW).min_scrolled_height(SEEN * ROW);
                scroll.show(ui, |ui| {
                    for (at, (text, about)) in self.list.iter().enumerate() {
                        let response = paint::offer(ui, (text, about), self.chosen == Some(at), width);
                        if self.chosen == Some(at) && !ui.clip_rect().contains_rect(response.rect) {
                            response.scroll_to_me(None);
                        }
                        if response.clicked() {
                            clicked = Some(at);
                        }
                    }
                });
            });
        });
        clicked
    }
}

/// Puts the cursor of a field behind its text.
pub(super) fn cursor_to_end(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(text.chars().count()))));
    state.store(ui.ctx(), id);
}
