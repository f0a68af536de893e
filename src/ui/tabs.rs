//! The tabs of the middle: what of the model is looked at.

use egui::{Sense, Ui, WidgetInfo, pos2, vec2};

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

/// The tabs, as far as there is room.
fn list_ui(app: &mut App, ui: &mut Ui) {
    let (width, height) = (ui.available_width(), ui.available_height());
    let hidden = egui::scroll_area::ScrollBarVisibility::AlwaysHidden;
    egui::ScrollArea::horizontal().scroll_bar_visibility(hidden).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_height(height);
            ui.spacing_mut().item_spacing.x = 2.0;
            // Where there is little room, the tabs move closer.
            let words: f32 = Tab::ALL.iter().map(|tab| text::width(Face::SemiBold, 13.0, tab.title()) + 2.0).sum();
            let room = ((width - words) / Tab::ALL.len() as f32).clamp(10.0, 24.0);
            for tab in Tab::ALL {
                let tip = commands::tip(ui.ctx(), Command::Show(tab));
                let response = tab_ui(ui, tab, room, app.tab == tab).on_hover_text(tip);
                if response.clicked() {
                    app.tab = tab;
                }
                if app.tab == tab && !ui.clip_rect().contains_rect(response.rect) {
                    response.scroll_to_me(None);
                }
            }
        });
    });
}

fn tab_ui(ui: &mut Ui, tab: Tab, room: f32, chosen: bool) -> egui::Response {
    let face = if chosen { Face::SemiBold } else { Face::Regular };
    let width = text::width(Face::SemiBold, 13.0, tab.title()) + room;
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
