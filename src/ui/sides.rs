//! The panels around the middle: which are shown, and which give way where the window has little room.
//!
//! Who folds a panel finds it folded next time. In a narrow window only one of the two beside the middle is shown, the
//! one that was asked for last; in a low one the findings keep to their heading. Neither is remembered: with more room
//! everything stands where it was.

use egui::{CentralPanel, Frame, Panel, Rect, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};
use serde::{Deserialize, Serialize};

use super::{
    App,
    commands::{self, Command},
    entry, findings, inspector, menu, status, tabs, theme, tree,
};
use crate::scene::Role;

/// From this width on there is room for both panels beside the middle.
const WIDE: f32 = 980.0;
/// From this width on there is room for one.
const NARROW: f32 = 760.0;
/// From this height on there is room for the list of findings.
const HIGH: f32 = 600.0;

/// How high all bars are together: above, between and below.
const BARS: f32 = 134.0;
/// The middle is to be that wide at least.
const MIDDLE: f32 = 520.0;

/// A panel that can be folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Side {
    /// The tree, on the left.
    Model,
    /// What is known of what is selected, on the right.
    Inspector,
    /// The list of findings, below; its heading stays.
    Findings,
}

impl Side {
    pub(super) const ALL: [Self; 3] = [Self::Model, Self::Findings, Self::Inspector];

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Model => "Model panel",
            Self::Inspector => "Inspector panel",
            Self::Findings => "Findings panel",
        }
    }
}

/// What was asked to stand beside the middle of a narrow window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Beside {
    /// Nothing was asked: the inspector where there is room for one panel.
    #[default]
    Fitting,
    /// Nothing.
    Nothing,
    /// This panel.
    One(Side),
}

/// What was asked for where there is little room.
#[derive(Debug, Default)]
pub(super) struct Sides {
    /// How large the window is.
    size: Vec2,
    /// What stands beside the middle in a narrow window.
    beside: Beside,
    /// Whether the findings are open in a low window.
    below: Option<bool>,
}

impl Sides {
    /// The window is that large. What was asked for in a smaller one is over.
    fn turn(&mut self, size: Vec2) {
        self.size = size;
        if size.x >= WIDE {
            self.beside = Beside::Fitting;
        }
        if size.y >= HIGH {
            self.below = None;
        }
    }

    /// Whether a panel is open, where these are folded.
    fn is_open(&self, side: Side, folded: &[Side]) -> bool {
        let wanted = !folded.contains(&side);
        match side {
            Side::Findings if self.size.y < HIGH => self.below.unwrap_or(false),
            Side::Findings => wanted,
            _ if self.size.x >= WIDE => wanted,
            _ => match self.beside {
                Beside::One(one) => one == side,
                Beside::Nothing => false,
                Beside::Fitting => wanted && side == Side::Inspector && self.size.x >= NARROW,
            },
        }
    }

    fn set(&mut self, side: Side, open: bool, folded: &mut Vec<Side>) {
        match side {
            Side::Findings if self.size.y < HIGH => self.below = Some(open),
            Side::Model | Side::Inspector if self.size.x < WIDE => {
                self.beside = if open { Beside::One(side) } else { Beside::Nothing };
            }
            _ => {
                folded.retain(|other| *other != side);
                if !open {
                    folded.push(side);
                }
            }
        }
    }
}

impl App {
    /// Whether a panel is open.
    pub(super) fn is_side_open(&self, side: Side) -> bool {
        self.sides.is_open(side, &self.settings.folded)
    }

    /// Opens a panel, or folds it away.
    pub(super) fn set_side(&mut self, side: Side, open: bool) {
        if self.is_side_open(side) != open {
            self.sides.set(side, open, &mut self.settings.folded);
        }
    }

    /// The window with all its panels.
    pub(super) fn whole(&mut self, ui: &mut Ui, framed: impl Fn(i8, i8) -> Frame) {
        self.sides.turn(ui.ctx().content_rect().size());
        let menu = Panel::top("menu").frame(framed(8, 5)).exact_size(38.0);
        let menu = menu.show(ui, |ui| menu::menu_ui(self, ui)).response.rect;
        let entry = Panel::top("entry").frame(framed(16, 3)).exact_size(34.0);
        let entry = entry.show(ui, |ui| entry::entry_ui(self, ui)).response.rect;
        let status = Panel::bottom("status").frame(framed(16, 3)).exact_size(28.0);
        let status = status.show(ui, |ui| status::status_ui(self, ui)).response.rect;
        let [tree, inspector, findings, tabs] =
            if self.is_at_start() { [Rect::NOTHING; 4] } else { self.beside(ui, framed) };
        let middle = CentralPanel::no_frame().show(ui, |ui| tabs::middle_ui(self, ui)).response.rect;
        self.panels.drawn([middle, inspector, findings, status, menu, entry, tree, tabs]);
    }

    /// The panels around the middle, as far as they are open.
    fn beside(&mut self, ui: &mut Ui, framed: impl Fn(i8, i8) -> Frame) -> [Rect; 4] {
        let Vec2 { x: width, y: height } = self.sides.size;
        let (left, right) = widest(width, [Side::Model, Side::Inspector].map(|side| self.is_side_open(side)));
        let tree = Panel::left("tree")
            .frame(framed(8, 8))
            .size_range(170.0..=left)
            .default_size((width * 0.17).clamp(180.0, 236.0));
        let tree = self.is_side_open(Side::Model).then(|| tree.show(ui, |ui| filled(ui, |ui| tree::tree_ui(self, ui))));
        let inspector = Panel::right("inspector")
            .frame(framed(0, 0).inner_margin(egui::Margin { left: 16, right: 0, top: 12, bottom: 0 }))
            .size_range(240.0..=right)
            .default_size((width * 0.23).clamp(260.0, 360.0));
        let inspector = self
            .is_side_open(Side::Inspector)
            .then(|| inspector.show(ui, |ui| filled(ui, |ui| inspector::inspector_ui(self, ui))));
        let findings = if self.is_side_open(Side::Findings) {
            let list = Panel::bottom("findings")
                .frame(framed(12, 8))
                .size_range(96.0..=((height - BARS) / 2.0).clamp(120.0, 520.0))
                .default_size((height * 0.25).clamp(120.0, 200.0))
                .resizable(true);
            list.show(ui, |ui| filled(ui, |ui| findings::findings_ui(self, ui)))
        } else {
            let heading = Panel::bottom("findings heading").frame(framed(12, 4)).exact_size(36.0);
            heading.show(ui, |ui| filled(ui, |ui| findings::findings_ui(self, ui)))
        };
        let tabs = Panel::top("tabs").frame(framed(12, 0)).exact_size(34.0).show(ui, |ui| tabs::tabs_ui(self, ui));
        let place = |panel: Option<egui::InnerResponse<()>>| panel.map_or(Rect::NOTHING, |panel| panel.response.rect);
        [place(tree), place(inspector), findings.response.rect, tabs.response.rect]
    }
}

/// How wide the panels beside the middle may be at most, so that it is left enough.
fn widest(width: f32, open: [bool; 2]) -> (f32, f32) {
    let room = width - MIDDLE;
    let (left, right) = if open == [true; 2] { (0.42 * room, 0.58 * room) } else { (room, room) };
    (left.clamp(170.0, 420.0), right.clamp(240.0, 520.0))
}

/// A panel keeps its size whatever is in it: egui would shrink it to its content.
fn filled(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ui.set_min_size(ui.available_size());
    add(ui);
}

/// The signs that fold panels and open them again, from right to left: a window with a part of it filled where that
/// is open.
pub(super) fn switches_ui(app: &mut App, ui: &mut Ui) {
    ui.spacing_mut().item_spacing.x = 2.0;
    for side in Side::ALL.into_iter().rev() {
        let open = app.is_side_open(side);
        let (rect, response) = ui.allocate_exact_size(vec2(26.0, 26.0), Sense::click());
        response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, open, side.title()));
        let role = if response.hovered() { Role::Text } else { Role::Soft };
        if response.hovered() {
            ui.painter().rect_filled(rect, 6.0, theme::colour(ui, Role::AccentFill));
        }
        sign(ui, rect.center(), side, open, role);
        theme::focus_ring(ui, &response);
        if response.on_hover_text(commands::tip(ui.ctx(), Command::Side(side))).clicked() {
            app.set_side(side, !open);
        }
    }
}

fn sign(ui: &Ui, at: egui::Pos2, side: Side, open: bool, role: Role) {
    let colour = theme::colour(ui, role);
    let pen = egui::Stroke::new(1.2, colour);
    let window = Rect::from_center_size(at, vec2(16.0, 13.0));
    ui.painter().rect_stroke(window, 3.0, pen, egui::StrokeKind::Inside);
    let part = match side {
        Side::Model => Rect::from_min_max(window.min, pos2(window.left() + 6.0, window.bottom())),
        Side::Inspector => Rect::from_min_max(pos2(window.right() - 6.0, window.top()), window.max),
        Side::Findings => Rect::from_min_max(pos2(window.left(), window.bottom() - 5.0), window.max),
    };
    if open {
        ui.painter().rect_filled(part.shrink(1.0), 1.0, colour);
        return;
    }
    let ends = match side {
        Side::Model => [part.right_top(), part.right_bottom()],
        Side::Inspector => [part.left_top(), part.left_bottom()],
        Side::Findings => [part.left_top(), part.right_top()],
    };
    ui.painter().line_segment(ends, pen);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(sides: &Sides, folded: &[Side]) -> [bool; 3] {
        [Side::Model, Side::Inspector, Side::Findings].map(|side| sides.is_open(side, folded))
    }

    #[test]
    fn panels_give_way_and_come_back() {
        let mut sides = Sides::default();
        let mut folded = Vec::new();
        sides.turn(vec2(1280.0, 800.0));
        assert_eq!(open(&sides, &folded), [true, true, true]);
        // One and a half times as large on a small screen.
        sides.turn(vec2(853.0, 533.0));
        assert_eq!(open(&sides, &folded), [false, true, false]);
        sides.set(Side::Model, true, &mut folded);
        sides.set(Side::Findings, true, &mut folded);
        assert_eq!(open(&sides, &folded), [true, false, true], "the last that was asked for");
        sides.set(Side::Model, false, &mut folded);
        assert_eq!(open(&sides, &folded), [false, false, true]);
        sides.turn(vec2(1280.0, 800.0));
        assert_eq!((open(&sides, &folded), folded.len()), ([true, true, true], 0), "nothing of it is remembered");
        sides.turn(vec2(731.0, 457.0));
        assert_eq!(open(&sides, &folded), [false, false, false]);
    }

    #[test]
    fn who_folds_a_panel_finds_it_folded() {
        let mut sides = Sides::default();
        let mut folded = Vec::new();
        sides.turn(vec2(1280.0, 800.0));
        sides.set(Side::Inspector, false, &mut folded);
        sides.set(Side::Findings, false, &mut folded);
        assert_eq!(open(&sides, &folded), [true, false, false]);
        sides.turn(vec2(853.0, 533.0));
        assert_eq!(open(&sides, &folded), [false, false, false]);
        sides.turn(vec2(1280.0, 800.0));
        sides.set(Side::Findings, true, &mut folded);
        assert_eq!((open(&sides, &folded), folded), ([true, false, true], vec![Side::Inspector]));
    }
}
