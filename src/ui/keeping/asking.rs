//! What is asked when something could be lost.

use std::path::{Path, PathBuf};

use egui::{RichText, ScrollArea, Ui};

use super::{
    super::{
        Then,
        dialogs::{buttons, heading, main_ui},
        fix, theme,
    },
    history::history_ui,
    merging::{Merging, merging_ui},
};
use crate::{
    file::Problem,
    model::Model,
    scene::Role,
    workbench::{
        PreviewKind, PreviewLine, Workbench,
        keep::{Elsewhere, Recovered},
    },
};

/// So many lines of what differs are shown.
const MOST: usize = 400;

/// What comes after what others have made of the file is dealt with.
#[derive(Clone, Debug)]
pub(in super::super) enum After {
    /// Nothing: it was only noticed.
    Nothing,
    /// The file was about to be saved, and then something else may follow.
    Save(Option<Then>),
}

/// What is asked.
#[derive(Debug)]
pub(in super::super) enum Asking {
    /// There is unsaved work, with what differs from its file.
    Recover(Box<Recovered>, Vec<PreviewLine>),
    /// Others have changed the same.
    Merge(Box<Merging>),
    /// The version before the last save, with what differs from what is open.
    Previous { until: String, model: Box<Model>, lines: Vec<PreviewLine> },
    /// A save failed; what would have come after it.
    SaveFailed { path: PathBuf, text: String, then: Option<Then> },
    /// The file is open in another window.
    Elsewhere(PathBuf, Elsewhere),
    /// The file is no longer there.
    Gone(PathBuf),
    /// The file has become something that cannot be read.
    Unreadable(Unreadable),
    /// What others have made of the file was taken back, and saving would take it out of the file; and what comes after
    /// that.
    WithoutTheirs(PathBuf, Option<Then>),
    /// The steps that were taken.
    History,
}

/// A file that has become something that cannot be read.
#[derive(Debug)]
pub(in super::super) struct Unreadable {
    pub(super) file: String,
    pub(super) problems: Vec<Problem>,
    /// What it is known by now.
    pub(super) print: u64,
    pub(super) after: After,
}

/// What was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Said {
    /// What the main button says.
    Yes,
    /// What the other button says.
    No,
    /// Not now.
    Later,
    /// To so many steps.
    Jump(usize),
}

impl After {
    /// Whether a person did what led to the question.
    pub(super) fn is_asked(&self) -> bool {
        matches!(self, Self::Save(_))
    }

    /// What follows the save.
    pub(super) fn then(self) -> Option<Then> {
        match self {
            Self::Nothing => None,
            Self::Save(then) => then,
        }
    }
}

impl Asking {
    /// How wide it is, and whether it stands aside so that the model can be seen.
    pub(in super::super) fn shape(&self) -> (f32, bool) {
        match self {
            Self::History => (340.0, true),
            Self::Merge(_) => (680.0, false),
            Self::Recover(..) | Self::Previous { .. } => (600.0, false),
            _ => (520.0, false),
        }
    }
}

pub(in super::super) fn asking_ui(ui: &mut Ui, bench: &Workbench, asking: &mut Asking) -> Option<Said> {
    match asking {
        Asking::Recover(recovered, lines) => recover_ui(ui, recovered, lines),
        Asking::Merge(merging) => merging_ui(ui, merging),
        Asking::Previous { until, lines, .. } => previous_ui(ui, until, lines),
        Asking::SaveFailed { text, .. } => {
            heading(ui, "The model was not saved");
            ui.label(format!("{}.", crate::text::capital(text)));
            soft(ui, "Your changes are still here.");
            choice(ui, true, "Save as…", Some("Try again"), "Cancel")
        }
        Asking::Elsewhere(path, other) => {
            heading(ui, "This file is open in another window");
            ui.label(format!("{} has been open since {}, in process {}.", name(path), other.since, other.process));
            soft(ui, "If both save, the later merges what the earlier has written, and asks where they disagree.");
            choice(ui, true, "Open anyway", None, "Cancel")
        }
        Asking::Gone(path) => {
            heading(ui, &format!("{} is no longer there", name(path)));
            ui.label("It was moved, renamed or deleted, or its drive is gone. The model is still here.");
            soft(ui, &path.display().to_string());
            choice(ui, false, "Save it again", Some("Save as…"), "Later")
        }
        Asking::WithoutTheirs(path, _) => {
            heading(ui, "Save without what others have changed?");
            ui.label(format!(
                "What others changed in {} was taken back here. Saving takes it out of the file too.",
                name(path)
            ));
            soft(
                ui,
                "Redo or the history bring it back first. What the file holds now is kept as the previous version.",
            );
            choice(ui, true, "Save without it", None, "Cancel")
        }
        Asking::Unreadable(Unreadable { file, problems, after, .. }) => {
            heading(ui, &format!("{file} was changed on disk and cannot be read"));
            ui.label("The model that is open here is untouched. Mend the file, or save over it; what is there now is then kept as the previous version.");
            ui.add_space(4.0);
            ScrollArea::both().max_height(240.0).show(ui, |ui| {
                for problem in problems.iter() {
                    ui.label(RichText::new(problem.report(file)).monospace());
                }
            });
            choice(ui, after.is_asked(), "Save over it", Some("Save as…"), "Later")
        }
        Asking::History => history_ui(ui, bench.history()),
    }
}

fn recover_ui(ui: &mut Ui, recovered: &Recovered, lines: &[PreviewLine]) -> Option<Said> {
    let recovery = &recovered.recovery;
    heading(ui, "Recover unsaved work?");
    ui.label(format!(
        "{} had unsaved changes when the program ended. They were kept at {}.",
        recovery.title(),
        recovery.at
    ));
    if let Some(path) = &recovery.file {
        soft(ui, &path.display().to_string());
    }
    if recovered.changed {
        ui.label("The file has been changed since. Both are put together, and nothing of either is lost.");
    }
    if let Some(problem) = recovered.lost.first() {
        let text = format!(
            "The file cannot be read any more ({}). What is shown is compared with how it was.",
            problem.text()
        );
        ui.label(RichText::new(text).color(theme::colour(ui, Role::Warning)));
    }
    let title = if recovery.file.is_some() { "What differs from the file" } else { "What it holds" };
    lines_ui(ui, title, lines, "Nothing: the file holds it already.");
    ui.add_space(4.0);
    soft(ui, &format!("If it is discarded, a copy is kept for a while in {}.", recovery.aside().display()));
    choice(ui, true, "Recover", Some("Discard"), "Later")
}

fn previous_ui(ui: &mut Ui, until: &str, lines: &[PreviewLine]) -> Option<Said> {
    heading(ui, "The previous version");
    ui.label(format!(
        "This is how the file was until it was saved at {until}. Bringing it back is a step that can be undone."
    ));
    lines_ui(ui, "What bringing it back changes", lines, "Nothing: the model is as it was.");
    choice(ui, true, "Bring back", Some("Open as a copy"), "Cancel")
}

fn lines_ui(ui: &mut Ui, title: &str, lines: &[PreviewLine], nothing: &str) {
    ui.add_space(12.0);
    let words = RichText::new(title).family(theme::family(crate::text::Face::SemiBold)).size(12.0);
    ui.label(words.color(theme::colour(ui, Role::Soft)));
    let frame = egui::Frame::new().fill(theme::colour(ui, Role::Canvas)).corner_radius(6.0).inner_margin(8.0);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        if lines.is_empty() {
            soft(ui, nothing);
            return;
        }
        ui.spacing_mut().item_spacing.y = 1.0;
        let room = (ui.ctx().content_rect().height() - 340.0).clamp(120.0, 320.0);
        ScrollArea::vertical().id_salt("differs").max_height(room).auto_shrink([false, true]).show(ui, |ui| {
            ui.set_width(ui.available_width());
            fix::lines_ui(ui, lines.get(..MOST).unwrap_or(lines));
            let more = lines.iter().skip(MOST).filter(|line| line.kind == PreviewKind::Head).count();
            if more > 0 {
                soft(ui, &format!("… and {} more", super::records(more)));
            }
        });
    });
}

/// The buttons below a question. What is `asked` because of something a person did has the main button under the Enter
/// key; what comes by itself takes no key that was meant for something else.
pub(super) fn choice(ui: &mut Ui, asked: bool, yes: &str, no: Option<&str>, later: &str) -> Option<Said> {
    let mut said = None;
    buttons(ui, |ui| {
        let main = if asked { main_ui(ui, yes) } else { theme::main_button(ui, yes) };
        if main.clicked() {
            said = Some(Said::Yes);
        }
        if ui.button(later).clicked() {
            said = Some(Said::Later);
        }
        if no.is_some_and(|no| ui.button(no).clicked()) {
            said = Some(Said::No);
        }
    });
    said
}

pub(super) fn soft(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).size(12.0).color(theme::colour(ui, Role::Soft)));
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
