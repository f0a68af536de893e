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
    settings::Theme,
    sides::Side,
    tabs::Tab,
};
use crate::{
    model::{Grouping, Kind, Lens},
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
    NextFinding,
    PreviousFinding,
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

/// What stands in menus and in the palette now, in their order: every row once, that of saved views for each of them.
pub(super) fn offered(app: &App) -> impl Iterator<Item = (Command, &'static Entry)> {
    let views = app.saved_views().count();
    table().iter().flat_map(move |entry| {
        let each = if let Command::View(_) = entry.command { 0..views } else { 0..1 };
        each.map(
            move |at| {
                if let Command::View(_) = entry.command { (Command::View(at), entry) } else { (entry.command, entry) }
            },
        )
    })
}

impl Command {
    /// Its row in the table; saved views share one.
    pub(super) fn entry(self) -> Option<&'static Entry> {
        let row = if let Self::View(_) = self { Self::View(0) } else { self };
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
            _ => name.into(),
        }
    }

    /// Why it cannot be done now, if so.
    pub(super) fn hindrance(self, app: &App) -> Option<&'static str> {
        if let Self::View(at) = self
            && app.saved_views().nth(at).is_none()
        {
            return Some("There are not so many saved views");
        }
        (self.entry()?.when)(app).err()
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
            Self::Guide => app.guide.is_some(),
            Self::Workshop => app.workshop.is_on(),
            Self::Changes => app.workshop.changes.open,
            _ => false,
        }
    }
}
