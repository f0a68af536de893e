//! What each action does.

use egui::ViewportCommand;

use super::{Command, samples};
use crate::{
    model::{Edit, Key, Kind},
    ui::{
        App, Then, canvas::Fold, dialogs::Dialog, keeping::Asking, menu, palette::Palette, sides::Side, table::Asked,
        tabs::Tab, theme,
    },
    workbench,
};

impl Command {
    pub(in crate::ui) fn run(self, app: &mut App, ctx: &egui::Context) {
        match self {
            Self::New => app.ask_first(ctx, Then::New),
            Self::Open => app.ask_first(ctx, Then::Open),
            Self::Recent(at) => {
                if let Some(path) = app.settings.recent.get(at).cloned() {
                    app.ask_first(ctx, Then::OpenFile(path));
                }
            }
            Self::Sample(at) => {
                if let Some(sample) = samples().nth(at) {
                    app.ask_first(ctx, Then::Sample(sample));
                }
            }
            Self::Save => app.save(ctx, None),
            Self::SaveAs => app.save_as(ctx, None),
            Self::Previous => app.look_at_previous(ctx),
            Self::Recover => {
                if let Some(recovery) = app.keeping.found.first().cloned() {
                    app.ask_first(ctx, Then::Recover(recovery));
                }
            }
            Self::History => app.ask(Dialog::kept(Asking::History)),
            Self::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Self::Undo => app.undo(),
            Self::Redo => app.redo(),
            Self::Delete => {
                let keys: Vec<Key> = app.selection.iter().filter(|key| !key.kind.is_single()).cloned().collect();
                delete(app, keys);
            }
            Self::DeleteRows => delete(app, app.selected_rows()),
            Self::Duplicate => app.duplicate(),
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
                let id = app.saved_views().nth(at).map(|(id, _)| id.clone());
                app.open_view(id.as_ref());
            }
            Self::SaveView => app.ask_to_save_view(),
            Self::UpdateView => app.update_view(),
            Self::RevertView => {
                let id = app.views.open.clone();
                app.open_view(id.as_ref());
            }
            Self::RenameView => {
                if let Some((id, _)) = app.open_saved() {
                    app.ask_for_name(id.key(), None);
                }
            }
            Self::DeleteView => {
                if let Some(id) = app.open_saved().map(|(id, _)| id.clone()) {
                    app.delete_view(&id);
                }
            }
            Self::Filter => app.ask_to_filter(),
            Self::MoreHops | Self::FewerHops => {
                if let Some(hops) = app.hops_after(self == Self::MoreHops) {
                    app.set_hops(hops);
                }
            }
            Self::AnotherDay => {
                app.leave_workshop(ctx);
                app.panels.want(menu::day_field());
            }
            Self::Today => app.look_at_day(app.today),
            Self::Group(grouping) => app.group_by(grouping),
            // There is no tree to search in: the palette knows the same elements.
            Self::Find if app.workshop.is_on() => app.ask(Dialog::Palette(Palette::of_elements())),
            Self::Find => {
                app.set_side(Side::Model, true);
                app.search.focus = true;
            }
            Self::FindNext => app.step_search(1),
            Self::FindPrevious => app.step_search(-1),
            Self::Entry => app.entry.ask(),
            Self::AddSystem => {
                if app.is_at_start() {
                    app.offer_guide();
                }
                app.ask_for_system(None, None, None);
            }
            Self::Add(kind) => app.ask_for_new(kind, None),
            Self::NewRow => app.tables.asked = Some(Asked::NewRow),
            Self::CopyRows => app.tables.asked = Some(Asked::CopyRows),
            Self::Cut => clip(ctx, ViewportCommand::RequestCut),
            Self::Copy => clip(ctx, ViewportCommand::RequestCopy),
            Self::Paste => clip(ctx, ViewportCommand::RequestPaste),
            Self::Connect => match app.selected_systems().as_slice() {
                [from, to] => app.ask_for_kind(from.clone(), to.clone(), None),
                [from] => app.ask_for_target(from.clone()),
                _ => {}
            },
            Self::Rename => {
                if let Some(key) = nameable(app) {
                    app.ask_for_name(key, None);
                }
            }
            Self::Single(kind) => {
                app.leave_workshop(ctx);
                app.set_side(Side::Inspector, true);
                app.select(Some(Key::single(kind)), false);
            }
            Self::Say(fact) => {
                app.leave_workshop(ctx);
                app.ask_for_fact(fact);
            }
            Self::Decide => {
                if let Some(key) = selected(app) {
                    app.ask_to_decide(&key);
                }
            }
            Self::Stage(stage) => app.take_to_stage(&Key::single(Kind::Model), stage.into()),
            Self::GroupFindings(by) => app.group_findings(by),
            Self::List(sort) => app.list_findings(sort),
            Self::FilterFindings => {
                app.leave_workshop(ctx);
                app.ask_to_filter_findings();
            }
            Self::CopyQuestions => app.copy_questions(ctx),
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
            Self::Show(tab) => {
                app.leave_workshop(ctx);
                app.tab = tab;
            }
            Self::Workshop => app.present(ctx, !app.workshop.is_on()),
            Self::NextView => app.step_view(true),
            Self::PreviousView => app.step_view(false),
            Self::BeginWorkshop => app.begin_workshop(),
            Self::Changes => app.workshop.changes.open = !app.workshop.changes.open,
            Self::CopyChanges => app.copy_changes(ctx, true),
            Self::Side(side) => app.set_side(side, !app.is_side_open(side)),
            Self::Look(lens) => {
                app.tab = Tab::Landscape;
                app.look_through(lens);
            }
            Self::Theme(theme) => {
                app.settings.theme = theme;
                ctx.set_theme(egui::ThemePreference::from(theme));
            }
            Self::Contrast => {
                app.settings.contrast = !app.settings.contrast;
                theme::set_contrast(ctx, app.settings.contrast);
            }
            Self::Larger | Self::Smaller => {
                app.settings.step_scale(self == Self::Larger);
                ctx.set_zoom_factor(app.settings.scale);
            }
            Self::NormalSize => {
                app.settings.scale = 1.0;
                ctx.set_zoom_factor(1.0);
            }
            Self::Canvas(deed) => deed.run(app, ctx),
            Self::Export(format) => app.export(ctx, format),
            Self::Palette => app.ask(Dialog::Palette(Palette::default())),
            Self::GoToElement => app.ask(Dialog::Palette(Palette::of_elements())),
            Self::NextPanel => app.step_panel(ctx, 1),
            Self::PreviousPanel => app.step_panel(ctx, -1),
            Self::Menus => app.panels.bar.open_first(),
            Self::Keys => app.ask(Dialog::Keys),
            Self::Guide if app.guide.is_some() => app.guide = None,
            Self::Guide => app.begin_guide(ctx),
            Self::About => app.dialog = Some(Dialog::About),
        }
    }
}

/// Asks for what is on the clipboard, or for what is to be there, as its keys do. What is shown in the middle answers: a
/// menu or the palette has the keyboard by now.
fn clip(ctx: &egui::Context, asked: ViewportCommand) {
    ctx.memory_mut(|memory| {
        if let Some(id) = memory.focused() {
            memory.surrender_focus(id);
        }
    });
    ctx.send_viewport_cmd(asked);
}

/// The one thing that is selected.
pub(super) fn selected(app: &App) -> Option<Key> {
    app.selection.first().filter(|_| app.selection.len() == 1).cloned()
}

/// What can be given another name: the one thing that is selected, if it has one.
pub(super) fn nameable(app: &App) -> Option<Key> {
    let key = selected(app)?;
    app.bench.model().entry(&key)?.record.display_name().map(|_| key)
}

/// Chooses the next finding, or the one before; after the last comes the first.
fn step(app: &mut App, by: isize) {
    let shown = app.shown_rows();
    let Ok(count) = isize::try_from(shown.len()) else { return };
    if count == 0 {
        app.news = Some("No finding is left by what is hidden and by the filter".to_owned());
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

/// Removes elements, with all that cannot be without them.
fn delete(app: &mut App, keys: Vec<Key>) {
    let model = app.bench.model().clone();
    let (keys, planned): (Vec<Key>, Vec<Key>) = keys.into_iter().partition(|key| model.contains(key));
    if keys.is_empty() {
        if let Some((key, change)) = planned.iter().find_map(|key| Some((key, workbench::comes_with(&model, key)?))) {
            let name = app.survey.as_ref().map_or(key.slug.to_string(), |survey| survey.model.name(key));
            app.news = Some(format!("{name} comes with the change {}: take it out there", model.name(&change)));
        }
        return;
    }
    let collapsed = keys.iter().filter(|key| app.fold_of(key) == Some(Fold::Collapsed)).cloned().collect();
    let (name, edits) = workbench::remove(&model, &keys, app.grouping(), &collapsed);
    let done = app.bench.apply(&name, None, &edits).map_err(|error| error.to_string());
    app.selection.clear();
    app.report(done);
}

/// Forgets every pinned position of what is shown, and where everything stood.
fn unpin(app: &mut App) {
    app.afresh = true;
    app.fit_when_drawn = true;
    app.tab = Tab::Landscape;
    if let Some(view) = &mut app.showing.view {
        view.pins.clear();
        return;
    }
    let (id, mut view) = workbench::landscape_view(app.bench.model());
    if view.pins.is_empty() {
        return;
    }
    view.pins.clear();
    let done =
        app.bench.apply("Lay out everything anew", None, &[Edit::put(&id, view)]).map_err(|error| error.to_string());
    app.report(done);
}
