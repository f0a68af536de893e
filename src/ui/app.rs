//! What the window holds, and what its actions do.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use egui::{CentralPanel, Frame, Margin, Panel, ViewportCommand};

use super::{
    canvas::{self, Canvas},
    commands, dialogs,
    dialogs::{Dialog, PathDialog, Purpose},
    findings, inspector, menu, status, theme, tree,
};
use crate::{
    export::Paper,
    file::{self, Problem},
    model::{Date, Grouping, Key, Model},
    scene::Role,
    workbench::{self, ExportFormat, Jobs, Survey, SurveyOptions, Workbench, clock},
};

/// What comes after a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// A new model.
    New,
    /// Ask which file to open.
    Open,
    /// Close the window.
    Quit,
}

/// What a job answers.
pub(super) enum Answer {
    Survey(Box<Survey>),
    Opened(PathBuf, Result<(Box<Model>, Vec<Problem>), Vec<Problem>>),
    Picked(Purpose, Option<PathBuf>, bool),
    Exported(PathBuf, Result<Vec<char>, String>),
}

/// The window.
pub struct App {
    pub(super) bench: Workbench,
    /// What is derived from the model; behind it while a job runs.
    pub(super) survey: Option<Arc<Survey>>,
    pub(super) jobs: Jobs<Answer>,
    /// The survey that was last asked for.
    asked: Option<(u64, SurveyOptions)>,
    /// What is selected.
    pub(super) selection: BTreeSet<Key>,
    /// What the chosen finding is about.
    pub(super) lit: BTreeSet<Key>,
    /// The chosen line of the findings.
    pub(super) row: Option<usize>,
    /// Whether the chosen line is to be scrolled into view, with what is said below it.
    pub(super) reveal_row: bool,
    pub(super) canvas: Canvas,
    pub(super) dialog: Option<Dialog>,
    pub(super) as_of: Date,
    pub(super) day_text: String,
    pub(super) search: String,
    /// Groups of the tree that are folded.
    pub(super) closed: BTreeSet<String>,
    /// The last thing that was done and has no other sign.
    pub(super) news: Option<String>,
    /// Whether the whole diagram is to be shown once it is drawn anew.
    pub(super) fit_when_drawn: bool,
    /// Whether the window may close although there are unsaved changes.
    leaving: bool,
    titled: String,
}

impl App {
    /// The window of the program: today, with jobs on threads.
    pub fn new(ctx: &egui::Context, model: Option<PathBuf>) -> Self {
        Self::with(ctx, model, clock::today(), false)
    }

    /// A window on a day of choice; `inline` runs every job at once, so that tests need not wait.
    pub fn with(ctx: &egui::Context, model: Option<PathBuf>, as_of: Date, inline: bool) -> Self {
        theme::install(ctx);
        let mut app = Self {
            bench: Workbench::blank(),
            survey: None,
            jobs: if inline { Jobs::inline() } else { Jobs::threaded() },
            asked: None,
            selection: BTreeSet::new(),
            lit: BTreeSet::new(),
            row: None,
            reveal_row: false,
            canvas: Canvas::default(),
            dialog: None,
            as_of,
            day_text: as_of.to_string(),
            search: String::new(),
            closed: ["Domains", "Boundaries", "Teams", "Profiles", "Meshes", "Contracts"].map(str::to_owned).into(),
            news: None,
            fit_when_drawn: false,
            leaving: false,
            titled: String::new(),
        };
        if let Some(path) = model {
            app.open(ctx, path);
        }
        app
    }

    /// The model as it stands.
    pub fn bench(&self) -> &Workbench {
        &self.bench
    }

    /// Selects an element; with `add`, beside what is selected, or no longer.
    pub(super) fn select(&mut self, key: Option<Key>, add: bool) {
        self.lit.clear();
        self.row = None;
        match (key, add) {
            (Some(key), true) => {
                if !self.selection.remove(&key) {
                    self.selection.insert(key);
                }
            }
            (Some(key), false) => self.selection = [key].into(),
            (None, true) => {}
            (None, false) => self.selection.clear(),
        }
    }

    pub(super) fn select_all(&mut self) {
        if let Some(survey) = &self.survey {
            self.selection = survey.plan.nodes.iter().map(|node| node.key.clone()).collect();
        }
    }

    /// Chooses a line of the findings: its elements light up and come into the middle. Choosing it again lets go.
    pub(super) fn choose_row(&mut self, at: usize) {
        self.selection.clear();
        self.lit.clear();
        if self.row == Some(at) {
            self.row = None;
            return;
        }
        let Some(survey) = self.survey.clone() else { return };
        let Some(row) = survey.rows.get(at) else { return };
        self.row = Some(at);
        self.reveal_row = true;
        self.lit = row.subjects.iter().map(|subject| subject.key.clone()).collect();
        if let Some(finding) = row.findings.first().and_then(|at| survey.report.findings.get(*at)) {
            self.selection = [finding.about.key.clone()].into();
        }
        self.canvas.centre_on = Some(self.lit.clone());
    }

    /// The frames of the landscape.
    pub(super) fn grouping(&self) -> Grouping {
        let (_, view) = workbench::landscape_view(self.bench.model());
        view.grouping.known().copied().unwrap_or(Grouping::Domain)
    }

    pub(super) fn file_name(&self) -> String {
        let name = self.bench.path.as_ref().and_then(|path| path.file_name());
        name.map_or("untitled".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    /// Tells what could not be done.
    pub(super) fn report(&mut self, done: Result<(), String>) {
        self.news = None;
        if let Err(error) = done {
            self.dialog = Some(Dialog::Failed(error));
        }
    }

    pub(super) fn undo(&mut self) {
        if let Some(name) = self.bench.undo() {
            self.news = Some(format!("Undone: {name}"));
        }
    }

    pub(super) fn redo(&mut self) {
        if let Some(name) = self.bench.redo() {
            self.news = Some(format!("Redone: {name}"));
        }
    }

    /// Goes on at once, or asks what is to become of unsaved changes first.
    pub(super) fn ask_first(&mut self, ctx: &egui::Context, then: Then) {
        if self.bench.is_dirty() { self.dialog = Some(Dialog::Unsaved(then)) } else { self.go_on(ctx, then) }
    }

    pub(super) fn go_on(&mut self, ctx: &egui::Context, then: Then) {
        match then {
            Then::New => self.show(Workbench::blank()),
            Then::Open => self.pick(ctx, Purpose::Open),
            Then::Quit => {
                self.leaving = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    /// Shows another model.
    fn show(&mut self, bench: Workbench) {
        self.bench = bench;
        self.survey = None;
        self.asked = None;
        let legend = self.canvas.legend;
        self.canvas = Canvas::default();
        self.canvas.legend = legend;
        self.select(None, false);
        self.news = None;
    }

    /// Saves to the model's file, or asks for one; then goes on.
    pub(super) fn save(&mut self, ctx: &egui::Context, then: Option<Then>) {
        match self.bench.path.clone() {
            Some(path) => self.save_to(ctx, path, then),
            None => self.save_as(ctx, then),
        }
    }

    pub(super) fn save_as(&mut self, ctx: &egui::Context, then: Option<Then>) {
        self.pick(ctx, Purpose::Save(then));
    }

    fn save_to(&mut self, ctx: &egui::Context, path: PathBuf, then: Option<Then>) {
        match self.bench.save(path) {
            Ok(()) => {
                self.news = None;
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

    /// Asks for a path: with the system's dialog where there is one, else in the window.
    fn pick(&mut self, ctx: &egui::Context, purpose: Purpose) {
        let start = self.suggestion(purpose);
        if !has_system_dialog() {
            let why = "This system offers no file dialog, so the window asks itself.".to_owned();
            self.dialog = Some(Dialog::Path(PathDialog { purpose, text: start.display().to_string(), why }));
            return;
        }
        let repaint = ctx.clone();
        let job = move || {
            let watch = clock::Stopwatch::start();
            let picked = system_dialog(purpose, &start);
            // A dialog that is gone before anybody could have seen it never was there.
            let unseen = picked.is_none() && watch.ms() < 250.0;
            Answer::Picked(purpose, picked, unseen)
        };
        self.jobs.spawn("file dialog", job, move || repaint.request_repaint());
    }

    /// The path that a dialog starts from.
    fn suggestion(&self, purpose: Purpose) -> PathBuf {
        let path = self.bench.path.clone();
        match purpose {
            Purpose::Open => path.and_then(|path| path.parent().map(|folder| folder.join(""))).unwrap_or_default(),
            Purpose::Save(_) => path.unwrap_or_else(|| PathBuf::from("untitled.ron")),
            Purpose::Export(format) => {
                path.unwrap_or_else(|| PathBuf::from("untitled.ron")).with_extension(format.ending())
            }
        }
    }

    /// Does what a path was asked for.
    pub(super) fn take_path(&mut self, ctx: &egui::Context, purpose: Purpose, path: PathBuf) {
        match purpose {
            Purpose::Open => self.open(ctx, path),
            Purpose::Save(then) => self.save_to(ctx, path, then),
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
    fn open(&mut self, ctx: &egui::Context, path: PathBuf) {
        let repaint = ctx.clone();
        let job = move || {
            let read = read(&path);
            Answer::Opened(path, read)
        };
        self.jobs.spawn("open", job, move || repaint.request_repaint());
    }

    fn take(&mut self, ctx: &egui::Context, answer: Answer) {
        match answer {
            // A survey of an older revision is better than none, until the next comes.
            Answer::Survey(survey) => {
                if self.asked == Some((survey.revision, survey.options)) {
                    let first = self.survey.is_none();
                    self.survey = Some(Arc::new(*survey));
                    self.canvas.fit |= first | std::mem::take(&mut self.fit_when_drawn);
                    self.forget_gone();
                }
            }
            Answer::Opened(path, Ok((model, problems))) => {
                self.show(Workbench::new(*model, Some(path.clone()), problems.clone()));
                if !problems.is_empty() {
                    self.dialog = Some(Dialog::Problems { file: path.display().to_string(), problems, opened: true });
                }
            }
            Answer::Opened(path, Err(problems)) => {
                self.dialog = Some(Dialog::Problems { file: path.display().to_string(), problems, opened: false });
            }
            Answer::Picked(purpose, Some(path), _) => self.take_path(ctx, purpose, path),
            Answer::Picked(purpose, None, true) => {
                let text = self.suggestion(purpose).display().to_string();
                let why = "The system's file dialog could not be opened, so the window asks itself.".to_owned();
                self.dialog = Some(Dialog::Path(PathDialog { purpose, text, why }));
            }
            Answer::Picked(_, None, false) => {}
            Answer::Exported(path, Ok(missing)) => {
                let lacks: String = missing.iter().collect();
                let also = if lacks.is_empty() { String::new() } else { format!("; no bundled font has {lacks}") };
                self.news = Some(format!("Exported {}{also}", path.display()));
            }
            Answer::Exported(_, Err(error)) => self.report(Err(error)),
        }
    }

    /// What is no longer there cannot be selected, and lines of the list have new places.
    fn forget_gone(&mut self) {
        let Some(survey) = &self.survey else { return };
        self.selection.retain(|key| survey.model.contains(key));
        self.lit.retain(|key| survey.model.contains(key));
        if self.row.is_some_and(|row| row >= survey.rows.len()) {
            self.row = None;
        }
    }

    /// Asks for a new survey when the model or the day has changed.
    fn refresh(&mut self, ctx: &egui::Context) {
        let options = SurveyOptions { as_of: self.as_of, grouping: None };
        let wanted = (self.bench.revision(), options);
        if self.asked == Some(wanted) {
            return;
        }
        self.asked = Some(wanted);
        let model = self.bench.model().clone();
        let repaint = ctx.clone();
        let job = move || Answer::Survey(Box::new(workbench::survey(&model, wanted.0, options)));
        self.jobs.spawn("survey", job, move || repaint.request_repaint());
    }

    fn window_title(&mut self, ctx: &egui::Context) {
        let dot = if self.bench.is_dirty() { " •" } else { "" };
        let title = format!("{}{dot} – Spandrel", self.file_name());
        if self.titled != title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.titled = title;
        }
    }
}

/// A panel keeps its size whatever is in it: egui would shrink it to its content.
fn filled(ui: &mut egui::Ui, add: impl FnOnce(&mut egui::Ui)) {
    ui.set_min_size(ui.available_size());
    add(ui);
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
fn system_dialog(purpose: Purpose, start: &Path) -> Option<PathBuf> {
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

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.step(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}

impl App {
    /// Takes what jobs answered, and asks for what is missing.
    pub fn step(&mut self, ctx: &egui::Context) {
        for answer in self.jobs.poll() {
            self.take(ctx, answer);
        }
        self.refresh(ctx);
        for answer in self.jobs.poll() {
            self.take(ctx, answer);
        }
        let closing = ctx.input(|input| input.viewport().close_requested());
        if closing && self.bench.is_dirty() && !self.leaving {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialog = Some(Dialog::Unsaved(Then::Quit));
        }
        self.window_title(ctx);
    }

    /// Paints the window.
    pub fn draw(&mut self, ui: &mut egui::Ui) {
        commands::shortcuts(self, ui.ctx());
        let panel = theme::colour(ui, Role::Panel);
        let framed = |x: i8, y: i8| Frame::new().fill(panel).inner_margin(Margin::symmetric(x, y));
        Panel::top("menu").frame(framed(8, 5)).exact_size(38.0).show(ui, |ui| menu::menu_ui(self, ui));
        Panel::bottom("status").frame(framed(16, 3)).exact_size(28.0).show(ui, |ui| status::status_ui(self, ui));
        Panel::left("tree")
            .frame(framed(8, 8))
            .size_range(170.0..=420.0)
            .default_size(236.0)
            .show(ui, |ui| filled(ui, |ui| tree::tree_ui(self, ui)));
        Panel::right("inspector")
            .frame(framed(16, 12))
            .size_range(240.0..=520.0)
            .default_size(320.0)
            .show(ui, |ui| filled(ui, |ui| inspector::inspector_ui(self, ui)));
        Panel::bottom("findings")
            .frame(framed(12, 8))
            .size_range(96.0..=520.0)
            .default_size(200.0)
            .resizable(true)
            .show(ui, |ui| filled(ui, |ui| findings::findings_ui(self, ui)));
        CentralPanel::no_frame().show(ui, |ui| canvas::canvas_ui(self, ui));
        dialogs::dialogs_ui(self, ui.ctx());
    }
}
