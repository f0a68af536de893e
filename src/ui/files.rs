//! Opening, saving and exporting, and asking for paths: with the system's dialog where there is one, else in the window.

use std::path::{Path, PathBuf};

use super::{
    App, Then,
    app::Answer,
    dialogs::{Dialog, PathDialog, Purpose},
};
use crate::{
    export::Paper,
    file::{self, Problem},
    model::Model,
    workbench::{self, ExportFormat, Sample, Workbench, clock},
};

impl App {
    /// Goes on at once, or asks what is to become of unsaved changes first.
    pub(super) fn ask_first(&mut self, ctx: &egui::Context, then: Then) {
        if self.bench.is_dirty() { self.dialog = Some(Dialog::Unsaved(then)) } else { self.go_on(ctx, then) }
    }

    pub(super) fn go_on(&mut self, ctx: &egui::Context, then: Then) {
        match then {
            Then::New => self.show(Workbench::blank()),
            Then::Open => self.pick(ctx, Purpose::Open),
            Then::OpenFile(path) => self.open(ctx, path),
            Then::Sample(sample) => self.start_from(sample),
            Then::Quit => {
                self.leaving = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
        }
    }

    /// Opens a copy of a model that comes with the program; it has no file of its own.
    fn start_from(&mut self, sample: &'static Sample) {
        let reading = file::read(sample.text);
        match reading.model {
            Some(model) => self.show(Workbench::new(model, None, reading.problems)),
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

    fn save_to(&mut self, ctx: &egui::Context, path: &Path, then: Option<Then>) {
        match self.bench.save(path.to_owned()) {
            Ok(()) => {
                self.news = None;
                self.settings.used(path);
                if let Some(then) = then {
                    self.go_on(ctx, then);
                }
            }
            Err(error) => self.dialog = Some(Dialog::Failed(error.to_string())),
        }
    }

    pub(super) fn export(&mut self, ctx: &egui::Context, format: ExportFormat) {
        self.pick(ctx, Purpose::Export(format));
    }

    /// Asks for a path.
    fn pick(&mut self, ctx: &egui::Context, purpose: Purpose) {
        let start = self.suggestion(&purpose);
        if !has_system_dialog() {
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

    /// Reads a file, off the window's thread.
    pub(super) fn open(&mut self, ctx: &egui::Context, path: PathBuf) {
        let repaint = ctx.clone();
        let job = move || {
            let read = read(&path);
            Answer::Opened(path, read)
        };
        self.jobs.spawn("open", job, move || repaint.request_repaint());
    }

    /// Shows what was read, or why it cannot be.
    pub(super) fn opened(&mut self, path: PathBuf, read: Result<(Box<Model>, Vec<Problem>), Vec<Problem>>) {
        match read {
            Ok((model, problems)) => {
                self.settings.used(&path);
                let file = path.display().to_string();
                self.show(Workbench::new(*model, Some(path), problems.clone()));
                if !problems.is_empty() {
                    self.dialog = Some(Dialog::Problems { file, problems, opened: true });
                }
            }
            Err(problems) => {
                self.dialog = Some(Dialog::Problems { file: path.display().to_string(), problems, opened: false });
            }
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

/// Reads a model for editing: references that lead nowhere are told and kept.
fn read(path: &Path) -> Result<(Box<Model>, Vec<Problem>), Vec<Problem>> {
    let text = file::load(path).map_err(|problem| vec![problem])?;
    let reading = file::read(&text);
    match reading.model {
        Some(model) => Ok((Box::new(model), reading.problems)),
        None => Err(reading.problems),
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
