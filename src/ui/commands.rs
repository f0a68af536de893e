//! Every action of the window: its name, its key, and what it does. Menus and shortcuts read this list.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::{
    App,
    canvas::Fold,
    dialogs::Dialog,
    fix,
    keeping::Asking,
    settings::{SCALES, Theme},
    tabs::Tab,
};
use crate::{
    model::{Edit, Grouping, Kind, Lens, cascade},
    workbench::ExportFormat,
};

/// An action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    New,
    Open,
    Save,
    SaveAs,
    Previous,
    Recover,
    Quit,
    Undo,
    Redo,
    History,
    Delete,
    SelectAll,
    Fit,
    ZoomIn,
    ZoomOut,
    ActualSize,
    Unpin,
    Fold,
    CollapseAll,
    OpenAll,
    Neighbours,
    Flow,
    ShowAll,
    /// One of the saved views, by its place among them.
    View(usize),
    Legend,
    Find,
    /// The line of quick entry.
    Entry,
    AddSystem,
    /// A new record of a kind.
    Add(Kind),
    Connect,
    Rename,
    NextFinding,
    PreviousFinding,
    Waive,
    Fix,
    RulePage,
    Show(Tab),
    Look(Lens),
    Group(Grouping),
    Theme(Theme),
    Larger,
    Smaller,
    Export(ExportFormat),
    About,
}

const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

impl Command {
    /// The actions that have a key. What is pressed with more modifiers comes first.
    const WITH_KEYS: [Self; 34] = [
        Self::SaveAs,
        Self::Redo,
        Self::History,
        Self::Larger,
        Self::Smaller,
        Self::PreviousFinding,
        Self::NextFinding,
        Self::Find,
        Self::Entry,
        Self::AddSystem,
        Self::Connect,
        Self::Fold,
        Self::Neighbours,
        Self::Rename,
        Self::RulePage,
        Self::Fix,
        Self::Show(Tab::Landscape),
        Self::Show(Tab::Ownership),
        Self::Show(Tab::Interactions),
        Self::Show(Tab::Contracts),
        Self::Show(Tab::Boundaries),
        Self::Show(Tab::Scorecard),
        Self::Show(Tab::Questions),
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
            Self::Previous => "Open previous version…".to_owned(),
            Self::Recover => "Recover unsaved work…".to_owned(),
            Self::Quit => "Quit".to_owned(),
            Self::Undo => app.bench.history().to_undo().map_or("Undo".to_owned(), |name| format!("Undo: {name}")),
            Self::Redo => app.bench.history().to_redo().map_or("Redo".to_owned(), |name| format!("Redo: {name}")),
            Self::History => "History…".to_owned(),
            Self::Delete => "Delete".to_owned(),
            Self::SelectAll => "Select all".to_owned(),
            Self::Fit => "Fit the whole diagram".to_owned(),
            Self::ZoomIn => "Zoom in".to_owned(),
            Self::ZoomOut => "Zoom out".to_owned(),
            Self::ActualSize => "Actual size".to_owned(),
            Self::Unpin => "Lay out everything anew".to_owned(),
            Self::Fold => match selected(app).and_then(|key| app.fold_of(&key)) {
                Some(Fold::Collapsed) => "Open".to_owned(),
                Some(Fold::Open) => "Collapse".to_owned(),
                None => "Open or collapse".to_owned(),
            },
            Self::CollapseAll => "Collapse all".to_owned(),
            Self::OpenAll => "Open all".to_owned(),
            Self::Neighbours => "Show with neighbours".to_owned(),
            Self::Flow => "Show flow".to_owned(),
            Self::ShowAll => "Show all".to_owned(),
            Self::View(at) => {
                let views = app.saved_views();
                views.get(at).map_or("View".to_owned(), |(_, view)| format!("View: {}", view.title))
            }
            Self::Legend => "Legend".to_owned(),
            Self::Find => "Find…".to_owned(),
            Self::Entry => "Quick entry".to_owned(),
            Self::AddSystem => "System…".to_owned(),
            Self::Add(kind) => format!("{}…", crate::text::capital(kind.phrase())),
            Self::Connect => "Connection between two systems…".to_owned(),
            Self::Rename => "Rename…".to_owned(),
            Self::NextFinding => "Next finding".to_owned(),
            Self::PreviousFinding => "Previous finding".to_owned(),
            Self::Waive => "Waive this finding…".to_owned(),
            Self::Fix => "Fix this finding…".to_owned(),
            Self::RulePage => "About the rule of this finding".to_owned(),
            Self::Show(tab) => tab.title().to_owned(),
            Self::Look(lens) => format!("Lens: {lens}"),
            Self::Larger => "Larger text and controls".to_owned(),
            Self::Smaller => "Smaller text and controls".to_owned(),
            Self::Group(Grouping::None) => "No frames".to_owned(),
            Self::Group(grouping) => format!("Frames by {grouping}"),
            Self::Theme(Theme::Light) => "Light".to_owned(),
            Self::Theme(Theme::Dark) => "Dark".to_owned(),
            Self::Theme(Theme::System) => "As the system".to_owned(),
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
            Self::History => with(COMMAND_SHIFT, Key::H),
            Self::Delete => with(Modifiers::NONE, Key::Delete),
            Self::SelectAll => with(Modifiers::COMMAND, Key::A),
            Self::Fit => with(Modifiers::NONE, Key::F),
            Self::ZoomIn => with(Modifiers::COMMAND, Key::Plus),
            Self::ZoomOut => with(Modifiers::COMMAND, Key::Minus),
            Self::ActualSize => with(Modifiers::COMMAND, Key::Num0),
            Self::Find => with(Modifiers::COMMAND, Key::F),
            Self::Entry => with(Modifiers::COMMAND, Key::K),
            Self::AddSystem => with(Modifiers::NONE, Key::N),
            Self::Connect => with(Modifiers::NONE, Key::C),
            Self::Fold => with(Modifiers::NONE, Key::O),
            Self::Neighbours => with(Modifiers::NONE, Key::H),
            Self::Rename => with(Modifiers::NONE, Key::F2),
            Self::NextFinding => with(Modifiers::NONE, Key::F8),
            Self::PreviousFinding => with(Modifiers::SHIFT, Key::F8),
            Self::RulePage => with(Modifiers::NONE, Key::F1),
            Self::Fix => with(Modifiers::COMMAND, Key::Period),
            Self::Larger => with(COMMAND_SHIFT, Key::Plus),
            Self::Smaller => with(COMMAND_SHIFT, Key::Minus),
            Self::Show(tab) => with(
                Modifiers::COMMAND,
                match tab {
                    Tab::Landscape => Key::Num1,
                    Tab::Ownership => Key::Num2,
                    Tab::Interactions => Key::Num3,
                    Tab::Contracts => Key::Num4,
                    Tab::Boundaries => Key::Num5,
                    Tab::Scorecard => Key::Num6,
                    Tab::Questions => Key::Num7,
                },
            ),
            Self::Previous
            | Self::Recover
            | Self::Unpin
            | Self::CollapseAll
            | Self::OpenAll
            | Self::Flow
            | Self::ShowAll
            | Self::View(_)
            | Self::Legend
            | Self::Waive
            | Self::Add(_)
            | Self::Look(_)
            | Self::Group(_)
            | Self::Theme(_)
            | Self::Export(_)
            | Self::About => None,
        }
    }

    /// Whether it can be done now.
    pub(super) fn is_enabled(self, app: &App) -> bool {
        match self {
            Self::Undo => app.bench.history().to_undo().is_some(),
            Self::Redo => app.bench.history().to_redo().is_some(),
            Self::Previous => app.previous().is_some(),
            Self::Recover => !app.keeping.found.is_empty(),
            Self::Delete => app.selection.iter().any(|key| !key.kind.is_single()),
            Self::Connect => app.selected_systems().len() == 2,
            Self::Rename => nameable(app).is_some(),
            Self::NextFinding | Self::PreviousFinding => {
                app.survey.as_ref().is_some_and(|survey| !survey.rows.is_empty())
            }
            Self::RulePage => app.chosen_finding().is_some(),
            Self::Fix => app
                .survey
                .as_ref()
                .zip(app.findings.row)
                .is_some_and(|(survey, at)| survey.rows.get(at).is_some_and(|row| fix::can_fix(survey, row))),
            Self::Waive => app.chosen_finding().is_some_and(|(row, _)| row.waived.is_none() && row.findings.len() == 1),
            Self::Export(_) | Self::SelectAll | Self::Fit | Self::Unpin => app.survey.is_some(),
            Self::Fold => selected(app).is_some_and(|key| app.fold_of(&key).is_some()),
            Self::CollapseAll | Self::OpenAll => app.grouping() != Grouping::None,
            Self::Neighbours => selected(app).is_some_and(|key| App::has_neighbours(&key)),
            Self::Flow => app.selection.iter().next().is_some_and(App::has_flow),
            Self::ShowAll => app.showing.view.is_some(),
            _ => true,
        }
    }

    /// Whether it is what is shown now, for choices in a menu.
    pub(super) fn is_chosen(self, app: &App) -> bool {
        match self {
            Self::Group(grouping) => app.grouping() == grouping,
            Self::Legend => app.canvas.legend,
            Self::Show(tab) => app.tab == tab,
            Self::Look(lens) => app.lens == lens,
            Self::Theme(theme) => app.settings.theme == theme,
            _ => false,
        }
    }

    pub(super) fn run(self, app: &mut App, ctx: &egui::Context) {
        match self {
            Self::New => app.ask_first(ctx, super::Then::New),
            Self::Open => app.ask_first(ctx, super::Then::Open),
            Self::Save => app.save(ctx, None),
            Self::SaveAs => app.save_as(ctx, None),
            Self::Previous => app.look_at_previous(ctx),
            Self::Recover => {
                if let Some(recovery) = app.keeping.found.first().cloned() {
                    app.ask_first(ctx, super::Then::Recover(recovery));
                }
            }
            Self::History => app.ask(Dialog::kept(Asking::History)),
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
            Self::Fold => {
                if let Some(key) = selected(app) {
                    app.fold(&key);
                }
            }
            Self::CollapseAll => app.fold_all(true),
            Self::OpenAll => app.fold_all(false),
            Self::Neighbours => {
                if let Some(key) = selected(app) {
                    app.show_around(&key);
                }
            }
            Self::Flow => {
                if let Some(key) = app.selection.first().cloned() {
                    app.show_around(&key);
                }
            }
            Self::ShowAll => app.show_view(None),
            Self::View(at) => {
                let view = app.saved_views().into_iter().nth(at);
                app.tab = Tab::Landscape;
                app.show_view(view.map(|(_, view)| view));
            }
            Self::Group(grouping) => app.group_by(grouping),
            Self::Find => app.find = true,
            Self::Entry => app.entry.ask(),
            Self::AddSystem => app.ask_for_system(None, None, None),
            Self::Add(kind) => app.ask_for_new(kind, None),
            Self::Connect => {
                if let [from, to] = app.selected_systems().as_slice() {
                    app.ask_for_kind(from.clone(), to.clone(), None);
                }
            }
            Self::Rename => {
                if let Some(key) = nameable(app) {
                    app.ask_for_name(key, None);
                }
            }
            Self::NextFinding => step(app, 1),
            Self::PreviousFinding => step(app, -1),
            Self::RulePage => {
                if let Some((_, finding)) = app.chosen_finding() {
                    app.ask(Dialog::Rule(finding.rule));
                }
            }
            Self::Fix => {
                if let Some(at) = app.findings.row {
                    app.ask_for_fix(at);
                }
            }
            Self::Waive => {
                if let Some((row, finding)) = app.chosen_finding() {
                    app.ask(Dialog::waive(&finding, &row.text));
                }
            }
            Self::Show(tab) => app.tab = tab,
            Self::Look(lens) => app.look_through(lens),
            Self::Theme(theme) => {
                app.settings.theme = theme;
                ctx.set_theme(egui::ThemePreference::from(theme));
            }
            Self::Larger => scale(app, ctx, 1.1),
            Self::Smaller => scale(app, ctx, 1.0 / 1.1),
            Self::Export(format) => app.export(ctx, format),
            Self::About => app.dialog = Some(Dialog::About),
        }
    }
}

/// Carries out what was pressed, unless somebody types.
pub(super) fn shortcuts(app: &mut App, ctx: &egui::Context) {
    if app.dialog.is_some() || app.float.is_some() {
        return;
    }
    let typing = ctx.egui_wants_keyboard_input() && !(app.tab == Tab::Landscape && app.canvas.has_focus);
    let at_rest = app.tables.is_at_rest(ctx);
    for command in Command::WITH_KEYS {
        let Some(shortcut) = command.shortcut() else { continue };
        let plain = shortcut.modifiers == Modifiers::NONE;
        let edits_text = matches!(command, Command::Undo | Command::Redo | Command::SelectAll);
        // Where nothing is typed yet, there is no text to take back.
        let rests = app.entry.is_waiting() || app.editing.rests || at_rest;
        let waiting = rests && matches!(command, Command::Undo | Command::Redo)
            || at_rest && matches!(command, Command::NextFinding | Command::RulePage);
        if typing && (plain || edits_text) && !waiting {
            continue;
        }
        let also = (command == Command::Redo).then(|| KeyboardShortcut::new(Modifiers::COMMAND, Key::Y));
        let slash = (command == Command::Entry && !typing).then(|| KeyboardShortcut::new(Modifiers::NONE, Key::Slash));
        let equals = (command == Command::ZoomIn).then(|| KeyboardShortcut::new(Modifiers::COMMAND, Key::Equals));
        let pressed = ctx.input_mut(|input| {
            [Some(shortcut), also, slash, equals]
                .into_iter()
                .flatten()
                .any(|shortcut| input.consume_shortcut(&shortcut))
        });
        if pressed && command.is_enabled(app) {
            app.commit_name();
            command.run(app, ctx);
        }
    }
}

/// The one thing that is selected.
fn selected(app: &App) -> Option<crate::model::Key> {
    app.selection.first().filter(|_| app.selection.len() == 1).cloned()
}

/// What can be given another name: the one thing that is selected, if it has one.
fn nameable(app: &App) -> Option<crate::model::Key> {
    let key = selected(app)?;
    app.bench.model().entry(&key)?.record.display_name().map(|_| key)
}

/// Chooses the next finding, or the one before; after the last comes the first.
fn step(app: &mut App, by: isize) {
    let shown = app.shown_rows();
    let Ok(count) = isize::try_from(shown.len()) else { return };
    if count == 0 {
        return;
    }
    let now = app.findings.row.and_then(|row| shown.iter().position(|other| *other == row));
    let now = now.and_then(|at| isize::try_from(at).ok());
    let next = now.map_or(if by > 0 { 0 } else { count - 1 }, |at| (at + by).rem_euclid(count));
    if let Some(row) = usize::try_from(next).ok().and_then(|at| shown.get(at)) {
        app.findings.row = None;
        app.choose_row(*row);
    }
}

fn scale(app: &mut App, ctx: &egui::Context, by: f32) {
    app.settings.scale = (app.settings.scale * by).clamp(*SCALES.start(), *SCALES.end());
    ctx.set_zoom_factor(app.settings.scale);
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

/// Forgets every pinned position of what is shown, and where everything stood.
fn unpin(app: &mut App) {
    app.afresh = true;
    app.fit_when_drawn = true;
    if let Some(view) = &mut app.showing.view {
        view.pins.clear();
        return;
    }
    let (id, mut view) = crate::workbench::landscape_view(app.bench.model());
    if view.pins.is_empty() {
        return;
    }
    view.pins.clear();
    let done =
        app.bench.apply("Lay out everything anew", None, &[Edit::put(&id, view)]).map_err(|error| error.to_string());
    app.report(done);
}
