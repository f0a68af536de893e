//! Every action of the window: its name, its key, and what it does. Menus and shortcuts read this list.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::{App, dialogs::Dialog};
use crate::{
    model::{Edit, Grouping, Kind, cascade},
    workbench::ExportFormat,
};

/// An action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    New,
    Open,
    Save,
    SaveAs,
    Quit,
    Undo,
    Redo,
    Delete,
    SelectAll,
    Fit,
    ZoomIn,
    ZoomOut,
    ActualSize,
    Unpin,
    Legend,
    Group(Grouping),
    Theme(egui::ThemePreference),
    Export(ExportFormat),
    About,
}

const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

impl Command {
    /// The actions that have a key. What is pressed with more modifiers comes first.
    const WITH_KEYS: [Self; 13] = [
        Self::SaveAs,
        Self::Redo,
        Self::New,
        Self::Open,
        Self::Save,
        Self::Quit,
        Self::Undo,
        Self::Delete,
        Self::SelectAll,
        Self::Fit,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ActualSize,
    ];

    /// What it is called in a menu.
    pub(super) fn title(self, app: &App) -> String {
        match self {
            Self::New => "New".to_owned(),
            Self::Open => "Open…".to_owned(),
            Self::Save => "Save".to_owned(),
            Self::SaveAs => "Save as…".to_owned(),
            Self::Quit => "Quit".to_owned(),
            Self::Undo => app.bench.history().to_undo().map_or("Undo".to_owned(), |name| format!("Undo: {name}")),
            Self::Redo => app.bench.history().to_redo().map_or("Redo".to_owned(), |name| format!("Redo: {name}")),
            Self::Delete => "Delete".to_owned(),
            Self::SelectAll => "Select all".to_owned(),
            Self::Fit => "Fit the whole diagram".to_owned(),
            Self::ZoomIn => "Zoom in".to_owned(),
            Self::ZoomOut => "Zoom out".to_owned(),
            Self::ActualSize => "Actual size".to_owned(),
            Self::Unpin => "Lay out everything anew".to_owned(),
            Self::Legend => "Legend".to_owned(),
            Self::Group(Grouping::None) => "No frames".to_owned(),
            Self::Group(grouping) => format!("Frames by {grouping}"),
            Self::Theme(egui::ThemePreference::Light) => "Light".to_owned(),
            Self::Theme(egui::ThemePreference::Dark) => "Dark".to_owned(),
            Self::Theme(egui::ThemePreference::System) => "As the system".to_owned(),
            Self::Export(format) => format!("{}…", format.title()),
            Self::About => "About Spandrel".to_owned(),
        }
    }

    /// Its key.
    pub(super) fn shortcut(self) -> Option<KeyboardShortcut> {
        let with = |modifiers, key| Some(KeyboardShortcut::new(modifiers, key));
        match self {
            Self::New => with(Modifiers::COMMAND, Key::N),
            Self::Open => with(Modifiers::COMMAND, Key::O),
            Self::Save => with(Modifiers::COMMAND, Key::S),
            Self::SaveAs => with(COMMAND_SHIFT, Key::S),
            Self::Quit => with(Modifiers::COMMAND, Key::Q),
            Self::Undo => with(Modifiers::COMMAND, Key::Z),
            Self::Redo => with(COMMAND_SHIFT, Key::Z),
            Self::Delete => with(Modifiers::NONE, Key::Delete),
            Self::SelectAll => with(Modifiers::COMMAND, Key::A),
            Self::Fit => with(Modifiers::NONE, Key::F),
            Self::ZoomIn => with(Modifiers::COMMAND, Key::Plus),
            Self::ZoomOut => with(Modifiers::COMMAND, Key::Minus),
            Self::ActualSize => with(Modifiers::COMMAND, Key::Num0),
            Self::Unpin | Self::Legend | Self::Group(_) | Self::Theme(_) | Self::Export(_) | Self::About => None,
        }
    }

    /// Whether it can be done now.
    pub(super) fn is_enabled(self, app: &App) -> bool {
        match self {
            Self::Undo => app.bench.history().to_undo().is_some(),
            Self::Redo => app.bench.history().to_redo().is_some(),
            Self::Delete => !app.selection.is_empty(),
            Self::Export(_) | Self::SelectAll | Self::Fit => app.survey.is_some(),
            Self::Unpin => {
                app.survey.as_ref().is_some_and(|survey| survey.plan.graph.nodes.iter().any(|node| node.pin.is_some()))
            }
            _ => true,
        }
    }

    /// Whether it is what is shown now, for choices in a menu.
    pub(super) fn is_chosen(self, app: &App, ctx: &egui::Context) -> bool {
        match self {
            Self::Group(grouping) => app.grouping() == grouping,
            Self::Legend => app.canvas.legend,
            Self::Theme(theme) => ctx.options(|options| options.theme_preference) == theme,
            _ => false,
        }
    }

    pub(super) fn run(self, app: &mut App, ctx: &egui::Context) {
        match self {
            Self::New => app.ask_first(ctx, super::Then::New),
            Self::Open => app.ask_first(ctx, super::Then::Open),
            Self::Save => app.save(ctx, None),
            Self::SaveAs => app.save_as(ctx, None),
            Self::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            Self::Undo => app.undo(),
            Self::Redo => app.redo(),
            Self::Delete => delete(app),
            Self::SelectAll => app.select_all(),
            Self::Fit => app.canvas.fit = true,
            Self::ZoomIn => app.canvas.zoom = Some(1.25),
            Self::ZoomOut => app.canvas.zoom = Some(0.8),
            Self::ActualSize => app.canvas.actual_size = true,
            Self::Unpin => unpin(app),
            Self::Legend => app.canvas.legend = !app.canvas.legend,
            Self::Group(grouping) => {
                let done = app.bench.group(grouping).map_err(|error| error.to_string());
                app.fit_when_drawn = true;
                app.report(done);
            }
            Self::Theme(theme) => ctx.set_theme(theme),
            Self::Export(format) => app.export(ctx, format),
            Self::About => app.dialog = Some(Dialog::About),
        }
    }
}

/// Carries out what was pressed, unless somebody types.
pub(super) fn shortcuts(app: &mut App, ctx: &egui::Context) {
    if app.dialog.is_some() {
        return;
    }
    let typing = ctx.egui_wants_keyboard_input();
    for command in Command::WITH_KEYS {
        let Some(shortcut) = command.shortcut() else { continue };
        let plain = shortcut.modifiers == Modifiers::NONE;
        let edits_text = matches!(command, Command::Undo | Command::Redo | Command::SelectAll);
        if typing && (plain || edits_text) {
            continue;
        }
        let also = (command == Command::Redo).then(|| KeyboardShortcut::new(Modifiers::COMMAND, Key::Y));
        let equals = (command == Command::ZoomIn).then(|| KeyboardShortcut::new(Modifiers::COMMAND, Key::Equals));
        let pressed = ctx.input_mut(|input| {
            [Some(shortcut), also, equals].into_iter().flatten().any(|shortcut| input.consume_shortcut(&shortcut))
        });
        if pressed && command.is_enabled(app) {
            command.run(app, ctx);
        }
    }
}

/// Removes what is selected, with all that cannot be without it.
fn delete(app: &mut App) {
    let keys: Vec<_> = app.selection.iter().filter(|key| !key.kind.is_single()).cloned().collect();
    let names: Vec<String> = keys.iter().map(|key| app.bench.model().name(key)).collect();
    let name = match names.as_slice() {
        [] => return,
        [one] => format!("Delete {one}"),
        more => format!("Delete {} elements", more.len()),
    };
    let edits = cascade(app.bench.model(), &keys);
    let done = app.bench.apply(&name, None, &edits).map_err(|error| error.to_string());
    app.selection.clear();
    app.report(done);
}

/// Forgets every pinned position of the landscape.
fn unpin(app: &mut App) {
    let (id, mut view) = crate::workbench::landscape_view(app.bench.model());
    view.pins.retain(|key, _| !matches!(key.kind, Kind::System | Kind::Store));
    let done =
        app.bench.apply("Lay out everything anew", None, &[Edit::put(&id, view)]).map_err(|error| error.to_string());
    app.fit_when_drawn = true;
    app.report(done);
}
