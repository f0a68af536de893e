//! Every action of the window.
//!
//! One table ([`table`]) states what each is called, its keys, where it stands in the menus, what it does in a sentence,
//! and when it can be done; menus, context menus, shortcuts, tooltips, the palette and the page of keys read that table.
//! To add an action: a variant here, a row there, and what it does in `run.rs`.

mod entry;
mod keys;
mod list;
mod run;
mod show;
mod table;

use std::borrow::Cow;

use entry::Place;
pub(super) use entry::{Entry, Menu};
pub(super) use keys::{shortcuts, spelled, tip};
pub use list::{CommandInfo, commands};
pub(super) use show::{button_ui, menu_ui};
pub(super) use table::table;

use super::{
    App,
    canvas::{Deed, Fold},
    findings::{By, Sort},
    settings::Theme,
    sides::Side,
    tabs::Tab,
};
use crate::{
    model::{Grouping, Key, Kind, Lens, Stage},
    workbench::{self, EXAMPLES, ExportFormat, Sample, TEMPLATES},
};

/// An action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    New,
    Open,
    /// One of the files that were open before, by its place among them.
    Recent(usize),
    /// A copy of one of the models that come with the program, by its place among them.
    Sample(usize),
    Save,
    SaveAs,
    Previous,
    Recover,
    Quit,
    Undo,
    Redo,
    History,
    Delete,
    /// Records that are rows of the table that is shown.
    DeleteRows,
    Cut,
    Copy,
    /// Rows of a table, with headings.
    CopyRows,
    Paste,
    Duplicate,
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
    SaveView,
    UpdateView,
    RevertView,
    RenameView,
    DeleteView,
    /// The menu of what is shown of the model.
    Filter,
    MoreHops,
    FewerHops,
    /// The field of the day.
    AnotherDay,
    Today,
    Legend,
    Find,
    FindNext,
    FindPrevious,
    /// The line of quick entry.
    Entry,
    AddSystem,
    /// A new record of a kind.
    Add(Kind),
    /// A new record in the last row of a table.
    NewRow,
    Connect,
    Rename,
    /// What there is only one of is looked at: the policy, or what documents say.
    Single(Kind),
    /// A fact of what is selected is asked for, by its name.
    Say(&'static str),
    Decide,
    /// The model is taken to a stage.
    Stage(Stage),
    NextFinding,
    PreviousFinding,
    GroupFindings(By),
    /// A sort of findings is listed, or not.
    List(Sort),
    FilterFindings,
    CopyQuestions,
    Waive,
    Fix,
    RulePage,
    Show(Tab),
    /// Only the diagram, larger.
    Workshop,
    NextView,
    PreviousView,
    BeginWorkshop,
    /// The list of what changed.
    Changes,
    CopyChanges,
    Look(Lens),
    Group(Grouping),
    /// A panel is folded away or opened.
    Side(Side),
    Theme(Theme),
    Contrast,
    Larger,
    Smaller,
    NormalSize,
    Export(ExportFormat),
    /// What the canvas can do.
    Canvas(Deed),
    Palette,
    /// The palette, for elements.
    GoToElement,
    NextPanel,
    PreviousPanel,
    /// The menus, by keyboard.
    Menus,
    /// The page of keys.
    Keys,
    /// The guided first minute.
    Guide,
    About,
}

/// What stands in menus and in the palette now, in their order: every row once, one of what there are several of for each
/// of them.
pub(super) fn offered(app: &App) -> impl Iterator<Item = (Command, &'static Entry)> {
    let counts = [app.saved_views().count(), app.settings.recent.len(), samples().count()];
    table().iter().flat_map(move |entry| {
        let [views, files, samples] = counts;
        let count = match entry.command {
            Command::View(_) => views,
            Command::Recent(_) => files,
            Command::Sample(_) => samples,
            _ => 1,
        };
        (0..count).map(move |at| (entry.command.at(at), entry))
    })
}

/// What a new model can start from, and what there is to look around in.
pub(super) fn samples() -> impl Iterator<Item = &'static Sample> {
    TEMPLATES.iter().chain(EXAMPLES)
}

impl Command {
    /// One of what there are several of, by its place; any other action is the only one.
    fn at(self, at: usize) -> Self {
        match self {
            Self::View(_) => Self::View(at),
            Self::Recent(_) => Self::Recent(at),
            Self::Sample(_) => Self::Sample(at),
            only => only,
        }
    }

    /// Whether it is one of several that share a row of the table.
    pub(super) fn is_one_of_several(self) -> bool {
        matches!(self, Self::View(_) | Self::Recent(_) | Self::Sample(_))
    }

    /// Its row in the table.
    pub(super) fn entry(self) -> Option<&'static Entry> {
        let row = self.at(0);
        table().iter().find(|entry| entry.command == row)
    }

    /// What it is called now: some say what they are about.
    pub(super) fn title(self, app: &App) -> Cow<'static, str> {
        let name = self.entry().map_or("", |entry| &entry.name);
        match self {
            Self::Undo => app.bench.history().to_undo().map_or(name.into(), |step| format!("Undo: {step}").into()),
            Self::Redo => app.bench.history().to_redo().map_or(name.into(), |step| format!("Redo: {step}").into()),
            Self::Fold => match run::selected(app).and_then(|key| app.fold_of(&key)) {
                Some(Fold::Collapsed) => "Open".into(),
                Some(Fold::Open) => "Collapse".into(),
                None => name.into(),
            },
            Self::View(at) => {
                app.saved_views().nth(at).map_or(name.into(), |(_, view)| format!("View: {}", view.title).into())
            }
            Self::Recent(at) => app.recent_title(at).map_or(name.into(), Into::into),
            Self::Sample(at) => samples().nth(at).map_or(name.into(), |sample| sample.title.into()),
            _ => name.into(),
        }
    }

    /// Why it cannot be done now, if so.
    pub(super) fn hindrance(self, app: &App) -> Option<&'static str> {
        match self {
            Self::View(at) if app.saved_views().nth(at).is_none() => Some("There are not so many saved views"),
            Self::Recent(at) if app.settings.recent.len() <= at => Some("No other file was open before"),
            _ => (self.entry()?.when)(app).err(),
        }
    }

    /// What is said where it is asked for and cannot be done: its name, and why.
    fn excuse(self, app: &App) -> Option<String> {
        let why = self.hindrance(app)?;
        let name = self.entry()?.name.trim_end_matches('…');
        let mut letters = why.chars();
        let first = letters.next()?.to_lowercase();
        Some(format!("{name}: {first}{}", letters.as_str()))
    }

    /// Whether it can be done now.
    pub(super) fn is_enabled(self, app: &App) -> bool {
        self.hindrance(app).is_none()
    }

    /// Whether it can be what is shown now, or not: a choice in a menu.
    fn is_choice(self) -> bool {
        matches!(
            self,
            Self::Group(_)
                | Self::Legend
                | Self::Show(_)
                | Self::Look(_)
                | Self::Side(_)
                | Self::Theme(_)
                | Self::Contrast
                | Self::Stage(_)
                | Self::GroupFindings(_)
                | Self::List(_)
        ) || matches!(self, Self::Guide | Self::Workshop | Self::Changes)
            || matches!(self, Self::Canvas(Deed::Focus | Deed::Minimap | Deed::Still))
    }

    /// Whether it is what is shown now, for choices in a menu.
    pub(super) fn is_chosen(self, app: &App) -> bool {
        match self {
            Self::View(at) => {
                app.views.open.is_some() && app.saved_views().nth(at).map(|(id, _)| id) == app.views.open.as_ref()
            }
            Self::Group(grouping) => app.grouping() == grouping,
            Self::Legend => app.canvas.legend,
            Self::Show(tab) => app.tab == tab,
            Self::Look(lens) => app.lens == lens,
            Self::Side(side) => app.is_side_open(side),
            Self::Theme(theme) => app.settings.theme == theme,
            Self::Contrast => app.settings.contrast,
            Self::Canvas(deed) => deed.is_chosen(app),
            Self::Stage(stage) => workbench::stage_of(app.bench.model(), &Key::single(Kind::Model)).1 == stage,
            Self::GroupFindings(by) => app.findings.by == by,
            Self::List(sort) => app.findings.lists(sort),
            Self::Guide => app.guide.is_some(),
            Self::Workshop => app.workshop.is_on(),
            Self::Changes => app.workshop.changes.open,
            _ => false,
        }
    }
}
