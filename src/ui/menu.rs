//! The bar at the top: menus, the file's name, the day.

use egui::{Button, Color32, Layout, MenuBar, RichText, Ui};

use super::{App, commands::Command, paint, settings::Theme, tabs::Tab, theme};
use crate::{
    model::{Date, Grouping, Kind, Lens},
    scene::{LENSES, Role},
    text::Face,
    workbench::ExportFormat,
};

/// So many saved views stand in the menu.
const VIEWS: usize = 12;

pub(super) fn menu_ui(app: &mut App, ui: &mut Ui) {
    MenuBar::new().ui(ui, |ui| {
        let mut chosen = None;
        menu(
            app,
            ui,
            "File",
            &[
                &[Command::New, Command::Open],
                &[Command::Save, Command::SaveAs],
                &[Command::Previous, Command::Recover],
                &[Command::Quit],
            ],
            &mut chosen,
        );
        menu(
            app,
            ui,
            "Edit",
            &[
                &[Command::Undo, Command::Redo, Command::History],
                &[Command::Find, Command::SelectAll],
                &[Command::Rename, Command::Delete],
            ],
            &mut chosen,
        );
        let tabs = Tab::ALL.map(Command::Show);
        let zooms = [Command::Fit, Command::ActualSize, Command::ZoomIn, Command::ZoomOut];
        let frames = [Grouping::Domain, Grouping::Boundary, Grouping::Team, Grouping::None].map(Command::Group);
        let looks = LENSES.map(Command::Look);
        let themes = [Theme::Light, Theme::Dark, Theme::System].map(Command::Theme);
        let sizes = [Command::Larger, Command::Smaller];
        let shown = [Command::Neighbours, Command::Flow, Command::ShowAll];
        let views: Vec<Command> = (0..app.saved_views().len().min(VIEWS)).map(Command::View).collect();
        let shown: Vec<Command> = shown.into_iter().chain(views).collect();
        let folds = [Command::Fold, Command::CollapseAll, Command::OpenAll];
        let arrange = [Command::Unpin, Command::Legend];
        ui.menu_button("View", |ui| {
            // What has a place of its own in the window, or is seldom chosen, leaves room for the rest.
            menu(app, ui, "Go to", &[&tabs], &mut chosen);
            menu(app, ui, "Appearance", &[&themes, &sizes], &mut chosen);
            ui.separator();
            entries(app, ui, &[&zooms, &shown, &folds, &frames, &looks, &arrange], &mut chosen);
        });
        let add = |kinds: &[Kind]| kinds.iter().map(|kind| Command::Add(*kind)).collect::<Vec<_>>();
        let frames = add(&[Kind::Domain, Kind::Boundary, Kind::Team, Kind::Mesh]);
        let data = add(&[Kind::Store, Kind::Entity, Kind::Contract, Kind::Profile, Kind::Flow]);
        let plans = add(&[Kind::Change, Kind::Plateau, Kind::Decision, Kind::Waiver, Kind::View]);
        let drawn = [Command::AddSystem, Command::Connect];
        menu(app, ui, "Insert", &[&[Command::Entry], &drawn, &data, &frames, &plans], &mut chosen);
        menu(
            app,
            ui,
            "Analyse",
            &[&[Command::NextFinding, Command::PreviousFinding], &[Command::Fix, Command::Waive, Command::RulePage]],
            &mut chosen,
        );
        let exports = ExportFormat::ALL.map(Command::Export);
        menu(app, ui, "Export", &[&exports], &mut chosen);
        menu(app, ui, "Help", &[&[Command::About]], &mut chosen);
        if let Some(command) = chosen {
            command.run(app, ui.ctx());
        }
        title(app, ui);
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            // A menu bar strips its buttons of their frames; these are fields.
            ui.set_style(ui.ctx().global_style());
            if !app.is_at_start() {
                lens(app, ui);
                ui.add_space(8.0);
                day(app, ui);
            }
        });
    });
}

fn menu(app: &App, ui: &mut Ui, title: &str, groups: &[&[Command]], chosen: &mut Option<Command>) {
    ui.menu_button(title, |ui| entries(app, ui, groups, chosen));
}

fn entries(app: &App, ui: &mut Ui, groups: &[&[Command]], chosen: &mut Option<Command>) {
    for (at, group) in groups.iter().enumerate() {
        if at > 0 {
            ui.separator();
        }
        for command in *group {
            let mut button = Button::selectable(command.is_chosen(app), command.title(app));
            if let Some(shortcut) = command.shortcut() {
                button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
            }
            if ui.add_enabled(command.is_enabled(app), button).clicked() {
                *chosen = Some(*command);
                ui.close();
            }
        }
    }
}

/// The file's name in the middle of the bar; a dot behind it says that there are unsaved changes.
fn title(app: &App, ui: &Ui) {
    let bar = ui.max_rect();
    let dot = if app.bench.is_dirty() { " •" } else { "" };
    let font = egui::FontId::new(13.0, theme::family(Face::Regular));
    let colour = theme::colour(ui, Role::Soft);
    ui.painter().text(bar.center(), egui::Align2::CENTER_CENTER, format!("{}{dot}", app.file_name()), font, colour);
}

/// The day that the architecture is looked at.
fn day(app: &mut App, ui: &mut Ui) {
    let parsed = app.day_text.parse::<Date>();
    let colour = if parsed.is_ok() { theme::colour(ui, Role::Text) } else { theme::colour(ui, Role::Error) };
    let edit = egui::TextEdit::singleline(&mut app.day_text).text_color(colour).align(egui::Align2::LEFT_CENTER);
    let response = ui
        .add_sized([92.0, 26.0], edit)
        .on_hover_text("The architecture as of this day: changes that end by then have taken effect.");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "As of"));
    ui.label(RichText::new("As of").color(soft(ui)));
    if response.changed()
        && let Ok(day) = parsed
    {
        app.as_of = day;
    }
    if response.lost_focus() {
        app.day_text = app.as_of.to_string();
    }
}

/// What the colours of the diagram tell.
fn lens(app: &mut App, ui: &mut Ui) {
    let title = RichText::new(format!("Lens: {}", app.lens));
    paint::drop_down(ui, title, None, |ui| {
        for lens in LENSES {
            let hint = match lens {
                Lens::Owner => "Boxes by the team that owns them",
                Lens::Findings => "Where something is wrong or open",
                _ => "Lines by what they carry: command, query, event",
            };
            let button = Button::selectable(app.lens == lens, crate::text::capital(lens.word()));
            if ui.add(button).on_hover_text(hint).clicked() {
                app.look_through(lens);
                ui.close();
            }
        }
    })
    .on_hover_text("What the colours of the diagram tell");
}

fn soft(ui: &Ui) -> Color32 {
    theme::colour(ui, Role::Soft)
}
