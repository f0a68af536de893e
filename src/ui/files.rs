//! Opening, saving and exporting, and asking for paths: with the system's dialog where there is one, else in the window.

use std::path::{Path, PathBuf};

use super::{
    App, Then,
    app::Answer,
    dialogs::{Dialog, PathDialog, Purpose},
    keeping::Asking,
};
use crate::{
    export::Paper,
    file::{self, Problem},
    workbench::{
        self, Drawn, ExportFormat, Sample, Workbench, clock,
        keep::{self, Recovery},
    },
};

/// What was read of a file that is to be shown.
pub(super) struct Opened {
    path: PathBuf,
    read: Result<Workbench, Vec<Problem>>,
    /// Unsaved work of windows that are no more.
    found: Vec<Recovery>,
    /// How it was last drawn.
    drawn: Option<Drawn>,
}

impl App {
    /// Goes on at once, or asks first what is to become of unsaved changes, and of what was typed and does not fit.
    pub(super) fn ask_first(&mut self, ctx: &egui::Context, then: Then) {
        self.commit_name();
        if self.editing.unfit().is_some() {
            self.dialog = Some(Dialog::Unfit(then));
        } else if self.bench.is_dirty() {
            self.dialog = Some(Dialog::Unsaved(then));
        } else {
            self.go_on(ctx, then);
        }
    }

    pub(super) fn go_on(&mut self, ctx: &egui::Context, then: Then) {
        match then {
            Then::New => {
                self.show(Workbench::blank());
                self.offer_guide();
            }
            Then::Open => self.pick(ctx, Purpose::Open),
            Then::OpenFile(path) => self.open(ctx, path),
            Then::Sample(sample) => self.start_from(sample),
            Then::Copy(model) => self.open_copy((*model).clone()),
            Then::Recover(recovery) => self.look_at_recovery(ctx, recovery),
            Then::Quit => {
                self.keeping.settle();
                self.leaving = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
        }
    }

    /// Opens a copy of a model that comes with the program; it has no file of its own.
    fn start_from(&mut self, sample: &'static Sample) {
        let reading = file::read(sample.text);
        match reading.model {
            Some(model) => {
                let empty = model.systems.is_empty();
                self.show(Workbench::new(model, None, reading.problems));
                if empty {
                    self.offer_guide();
                }
            }
            None => {
                let file = sample.slug.to_owned();
                self.dialog = Some(Dialog::Problems { file, problems: reading.problems, opened: false });
            }
        }
    }

    /// Saves to the model's file, or asks for one; then goes on.
    pub(super) fn save(&mut self, ctx: &egui::Context, then: Option<Then>) {
        match self.bench.path.clone() {
            Some(path) => self.save_to(ctx, &path, then),
            None => self.save_as(ctx, then),
        }
    }

    pub(super) fn save_as(&mut self, ctx: &egui::Context, then: Option<Then>) {
        self.pick(ctx, Purpose::Save(then));
    }

    pub(super) fn save_to(&mut self, ctx: &egui::Context, path: &Path, then: Option<Then>) {
        if !self.may_save(path, then.as_ref()) {
            return;
        }
        if self.bench.lacks_theirs() && self.bench.path.as_deref() == Some(path) {
            self.dialog = Some(Dialog::kept(Asking::WithoutTheirs(path.to_owned(), then)));
            return;
        }
        self.write_to(ctx, path, then);
    }

    /// Writes the model to a file, whatever it holds.
    pub(super) fn write_to(&mut self, ctx: &egui::Context, path: &Path, then: Option<Then>) {
        let data = self.keeping.folder();
        match self.bench.save_keeping(path.to_owned(), data.as_deref()) {
            Ok(not_kept) => {
                self.news = Some(match not_kept {
                    Some(why) => format!("Saved, but the version before is not kept: {why}"),
                    None => format!("Saved {}", self.file_name()),
                });
                self.settings.used(path);
                if let Some(then) = then {
                    self.go_on(ctx, then);
                }
            }
            Err(error) => {
                let asking = Asking::SaveFailed { path: path.to_owned(), text: error.to_string(), then };
                self.dialog = Some(Dialog::kept(asking));
            }
        }
    }

    pub(super) fn export(&mut self, ctx: &egui::Context, format: ExportFormat) {
        self.pick(ctx, Purpose::Export(format));
    }

    /// Asks for a path.
    fn pick(&mut self, ctx: &egui::Context, purpose: Purpose) {
        let start = self.suggestion(&purpose);
        // A dialog of the system's would hold up a window that does everything at once.
        if self.jobs.is_inline() || !has_system_dialog() {
            let why = "This system offers no file dialog, so the window asks itself.".to_owned();
            self.dialog = Some(Dialog::Path(PathDialog { purpose, text: start.display().to_string(), why }));
            return;
        }
        let repaint = ctx.clone();
        let job = move || {
            let watch = clock::Stopwatch::start();
            let picked = system_dialog(&purpose, &start);
            // A dialog that is gone before anybody could have seen it never was there.
            let unseen = picked.is_none() && watch.ms() < 250.0;
            Answer::Picked(purpose, picked, unseen)
        };
        self.jobs.spawn("file dialog", job, move || repaint.request_repaint());
    }

    /// The path that a dialog starts from.
    fn suggestion(&self, purpose: &Purpose) -> PathBuf {
        let path = self.bench.path.clone();
        match purpose {
            Purpose::Open => {
                let known = path.or_else(|| self.settings.recent.first().cloned());
                known.and_then(|path| path.parent().map(|folder| folder.join(""))).unwrap_or_default()
            }
            Purpose::Save(_) => path.unwrap_or_else(|| PathBuf::from("untitled.ron")),
            Purpose::Export(format) => {
                let path = path.unwrap_or_else(|| PathBuf::from("untitled.ron"));
                let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                let name = match format {
                    // Two documents of one model are two files.
                    ExportFormat::Document(document, _) => format!("{stem}-{}", document.slug()),
                    ExportFormat::Svg => stem,
                };
                path.with_file_name(name).with_extension(format.ending())
            }
        }
    }

    /// Does what a path was asked for.
    pub(super) fn take_path(&mut self, ctx: &egui::Context, purpose: Purpose, path: PathBuf) {
        match purpose {
            Purpose::Open => self.open(ctx, path),
            Purpose::Save(then) => self.save_to(ctx, &path, then),
            Purpose::Export(format) => {
                let Some(survey) = self.survey.clone() else { return };
                let repaint = ctx.clone();
                self.news = Some("Exporting…".to_owned());
                let job = move || {
                    let done = workbench::export(&survey, format, Paper::A4, &path).map_err(|error| error.to_string());
                    Answer::Exported(path, done)
                };
                self.jobs.spawn("export", job, move || repaint.request_repaint());
            }
        }
    }

    /// Reads a file, unless it is open in another window: that is told first.
    pub(super) fn open(&mut self, ctx: &egui::Context, path: PathBuf) {
        match self.keeping.elsewhere(&path) {
            Some(other) => self.dialog = Some(Dialog::kept(Asking::Elsewhere(path, other))),
            None => self.open_anyway(ctx, path),
        }
    }

    /// Reads a file, off the window's thread.
    pub(super) fn open_anyway(&mut self, ctx: &egui::Context, path: PathBuf) {
        let repaint = ctx.clone();
        let data = self.keeping.folder();
        let job = move || {
            let read = Workbench::open(&path);
            let found = data.as_deref().map(keep::recoveries).unwrap_or_default();
            let drawn = data.and_then(|data| keep::last_drawn(&data, &path));
            Answer::Opened(Box::new(Opened { path, read, found, drawn }))
        };
        self.jobs.spawn("open", job, move || repaint.request_repaint());
    }

    /// Shows what was read, or why it cannot be; and what of it was not saved.
    pub(super) fn opened(&mut self, ctx: &egui::Context, opened: Opened) {
        let Opened { path, read, found, drawn } = opened;
        self.keeping.found = found;
        let file = path.display().to_string();
        match read {
            Ok(bench) => {
                self.settings.used(&path);
                let problems = bench.dangling.clone();
                self.show(bench);
                self.resume(drawn);
                if !problems.is_empty() {
                    self.dialog = Some(Dialog::Problems { file, problems, opened: true });
                }
            }
            Err(problems) => self.dialog = Some(Dialog::Problems { file, problems, opened: false }),
        }
        if let Some(recovery) = self.recovery_of(&path) {
            self.look_at_recovery(ctx, recovery);
        } else if !self.keeping.found.is_empty() {
            self.news = Some("There is unsaved work from before: File, Recover unsaved work…".to_owned());
        }
    }

    /// Goes on with the path that a dialog of the system gave; where there was none, the window asks.
    pub(super) fn picked(&mut self, ctx: &egui::Context, purpose: Purpose, path: Option<PathBuf>, unseen: bool) {
        match path {
            Some(path) => self.take_path(ctx, purpose, path),
            None if unseen => {
                let text = self.suggestion(&purpose).display().to_string();
                let why = "The system's file dialog could not be opened, so the window asks itself.".to_owned();
                self.dialog = Some(Dialog::Path(PathDialog { purpose, text, why }));
            }
            None => {}
        }
    }
}

/// On Linux, whether a portal or `zenity` can be asked: without a session bus there is no portal.
fn has_system_dialog() -> bool {
    if cfg!(any(target_os = "macos", target_os = "windows")) {
        return true;
    }
    let bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some();
    let paths = std::env::var_os("PATH").unwrap_or_default();
    bus || std::env::split_paths(&paths).any(|folder| folder.join("zenity").is_file())
}

/// Shows the system's own dialog and waits for its answer.
fn system_dialog(purpose: &Purpose, start: &Path) -> Option<PathBuf> {
    let mut dialog =
        rfd::FileDialog::new().set_title(purpose.title()).add_filter(purpose.ending(), &[purpose.ending()]);
    if let Some(folder) = start.parent().filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    match purpose {
        Purpose::Open => dialog.pick_file(),
        Purpose::Save(_) | Purpose::Export(_) => {
            if let Some(name) = start.file_name() {
                dialog = dialog.set_file_name(name.to_string_lossy());
            }
            dialog.save_file()
        }
    }
}
