//! The tabs of the middle: what of the model is looked at.

use egui::{RichText, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{
    App, canvas,
    commands::{self, Command},
    guide, matrix, paint, questions, scorecard, sheet, start, theme, views,
};
use crate::{
    scene::Role,
    text::{self, Face},
    workbench::GridKind,
};

/// A tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tab {
    /// The diagram.
    #[default]
    Landscape,
    /// Who creates, reads, updates and deletes which record.
    Ownership,
    /// Every interaction.
    Interactions,
    /// Every contract.
    Contracts,
    /// Every trust boundary: what it requires, and what crosses into it.
    Boundaries,
    /// What holds and what lacks: principles, standards, requirements.
    Scorecard,
    /// What is not asked, by who can answer.
    Questions,
}

impl Tab {
    /// Every tab, in order.
    pub(super) const ALL: [Self; 7] = [
        Self::Landscape,
        Self::Ownership,
        Self::Interactions,
        Self::Contracts,
        Self::Boundaries,
        Self::Scorecard,
        Self::Questions,
    ];

    /// The table that it shows, where its rows are records of one kind.
    pub(super) fn grid(self) -> Option<GridKind> {
        match self {
            Self::Interactions => Some(GridKind::Interactions),
            Self::Contracts => Some(GridKind::Contracts),
            Self::Boundaries => Some(GridKind::Boundaries),
            _ => None,
        }
    }

    /// The tab of a table.
    pub(super) fn of(grid: GridKind) -> Self {
        match grid {
            GridKind::Interactions => Self::Interactions,
            GridKind::Contracts => Self::Contracts,
            GridKind::Boundaries => Self::Boundaries,
        }
    }

    /// Whether it is a table that is worked in by cells.
    pub(super) fn is_table(self) -> bool {
        self == Self::Ownership || self.grid().is_some()
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Landscape => "Landscape",
            Self::Ownership => "Ownership",
            Self::Interactions => "Interactions",
            Self::Contracts => "Contracts",
            Self::Boundaries => "Boundaries",
            Self::Scorecard => "Scorecard",
            Self::Questions => "Questions",
        }
    }
}

pub(super) fn tabs_ui(app: &mut App, ui: &mut Ui) {
    let place = ui.available_rect_before_wrap();
    ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            views::corner_ui(app, ui);
            let left = ui.available_rect_before_wrap();
            ui.scope_builder(
                egui::UiBuilder::new().max_rect(left).layout(egui::Layout::top_down(egui::Align::Min)),
                |ui| {
                    list_ui(app, ui);
                },
            );
        });
    });
}

/// Room for the list of tabs that have no place of their own.
const MORE: f32 = 32.0;
/// What stands around the words of a tab, at least and at most.
const AROUND: egui::Rangef = egui::Rangef { min: 12.0, max: 24.0 };
const BETWEEN: f32 = 2.0;

/// The tabs, as far as there is room; the rest in a list behind them.
fn list_ui(app: &mut App, ui: &mut Ui) {
    let (width, height) = (ui.available_width(), ui.available_height());
    let (shown, around) = room(&Tab::ALL.map(words), app.tab, width);
    ui.horizontal(|ui| {
        ui.set_height(height);
        ui.spacing_mut().item_spacing.x = BETWEEN;
        for tab in shown.iter().copied() {
            let tip = commands::tip(ui.ctx(), Command::Show(tab));
            if tab_ui(ui, tab, around, app.tab == tab).on_hover_text(tip).clicked() {
                app.tab = tab;
            }
        }
        if shown.len() < Tab::ALL.len() {
            more_ui(app, ui, &shown);
        }
    });
}

/// How wide the words of a tab are.
fn words(tab: Tab) -> f32 {
    text::width(Face::SemiBold, 13.0, tab.title())
}

/// Which tabs have a place in a width, the chosen one always among them, and what stands around their words. Where
/// there is little room, they first move closer.
fn room(words: &[f32], chosen: Tab, width: f32) -> (Vec<Tab>, f32) {
    let all = Tab::ALL.to_vec();
    let needed: f32 = words.iter().map(|words| words + BETWEEN).sum();
    let around = (width - needed) / words.len() as f32;
    if around >= AROUND.min {
        return (all, around.min(AROUND.max));
    }
    let with = |tab: Tab| {
        let own = all.iter().zip(words).find(|(other, _)| **other == tab).map_or(0.0, |(_, words)| *words);
        AROUND.min + BETWEEN + own
    };
    let mut left = width - MORE - with(chosen);
    let mut shown: Vec<Tab> = Vec::new();
    for tab in all.iter().copied() {
        if tab == chosen {
            shown.push(tab);
            continue;
        }
        left -= with(tab);
        if left < 0.0 {
            break;
        }
        shown.push(tab);
    }
    if !shown.contains(&chosen) {
        shown.push(chosen);
    }
    (shown, AROUND.min)
}

/// The list of the tabs that have no place.
fn more_ui(app: &mut App, ui: &mut Ui, shown: &[Tab]) {
    let button = egui::Button::new(RichText::new("»").color(theme::colour(ui, Role::Soft)));
    let button = button.frame_when_inactive(false).min_size(vec2(24.0, 24.0));
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        for tab in Tab::ALL.into_iter().filter(|tab| !shown.contains(tab)) {
            if ui.button(tab.title()).on_hover_text(commands::tip(ui.ctx(), Command::Show(tab))).clicked() {
                app.tab = tab;
                ui.close();
            }
        }
    });
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, "More tabs"));
    theme::focus_ring(ui, &response);
    response.on_hover_text("More tabs");
}

fn tab_ui(ui: &mut Ui, tab: Tab, room: f32, chosen: bool) -> egui::Response {
    let face = if chosen { Face::SemiBold } else { Face::Regular };
    let width = words(tab) + room;
    let (rect, response) = ui.allocate_exact_size(vec2(width, ui.max_rect().height()), Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::Role::Tab, true, chosen, tab.title()));
    let role = if chosen || response.hovered() { Role::Text } else { Role::Soft };
    let at = pos2(rect.center().x - text::width(face, 13.0, tab.title()) / 2.0, rect.center().y);
    paint::words(ui.painter(), at, tab.title(), face, 13.0, theme::colour(ui, role));
    if chosen {
        let line = egui::Rect::from_min_max(pos2(rect.left(), rect.bottom() - 2.0), rect.max);
        ui.painter().rect_filled(line, 1.0, theme::colour(ui, Role::Accent));
    }
    theme::focus_ring(ui, &response);
    response
}

/// The middle of the window.
pub(super) fn middle_ui(app: &mut App, ui: &mut Ui) {
    if app.is_at_start() {
        return start::start_ui(app, ui);
    }
    match app.tab {
        Tab::Landscape => {
            let area = ui.available_rect_before_wrap();
            let beside = guide::room(app, area);
            ui.scope_builder(egui::UiBuilder::new().max_rect(beside), |ui| canvas::canvas_ui(app, ui));
            guide::guide_ui(app, ui, area);
        }
        Tab::Ownership => matrix::matrix_ui(app, ui),
        Tab::Interactions => sheet::sheet_ui(app, ui, GridKind::Interactions),
        Tab::Contracts => sheet::sheet_ui(app, ui, GridKind::Contracts),
        Tab::Boundaries => sheet::sheet_ui(app, ui, GridKind::Boundaries),
        Tab::Scorecard => scorecard::scorecard_ui(app, ui),
        Tab::Questions => questions::questions_ui(app, ui),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_move_closer_and_then_into_a_list() {
        let words = [60.0; Tab::ALL.len()];
        let count = Tab::ALL.len();
        let wide = count as f32 * 90.0;
        assert_eq!(room(&words, Tab::Landscape, wide), (Tab::ALL.to_vec(), AROUND.max));
        let (shown, around) = room(&words, Tab::Landscape, count as f32 * 78.0);
        assert!(shown.len() == count && around < AROUND.max && around > AROUND.min, "{around}");
        let (shown, _) = room(&words, Tab::Landscape, 4.0 * 74.0 + MORE + 1.0);
        assert_eq!(shown, Tab::ALL[..4]);
        let (shown, _) = room(&words, Tab::Questions, 4.0 * 74.0 + MORE + 1.0);
        assert_eq!(shown, [&Tab::ALL[..3], &[Tab::Questions]].concat(), "the chosen one is always shown");
        assert_eq!(room(&words, Tab::Landscape, 10.0).0, [Tab::Landscape]);
    }
}
