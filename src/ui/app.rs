//! What the window holds, and what its actions do.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use egui::{Frame, Margin, Panel, ViewportCommand};

use super::{
    advisor::Advising,
    canvas::Canvas,
    changes, commands, dialogs,
    dialogs::{Dialog, Purpose},
    entry::{self, Entry},
    files::Opened,
    findings::Findings,
    float::{self, Float},
    guide::Guide,
    inspector,
    keeping::Keeping,
    panels::Panels,
    search::Search,
    settings::Settings,
    sides::Sides,
    start::Start,
    table::Tables,
    tabs::Tab,
    theme,
    views::Views,
    workshop::{self, Workshop},
};
use crate::{
    export,
    file::Problem,
    model::{Date, Edit, Grouping, Key, Lens, Model},
    scene::{LENSES, Role},
    workbench::{
        self, Checked, Drawn, Jobs, Refusal, Sample, Showing, Survey, Workbench, clock,
        keep::{Recovered, Recovery},
    },
};

/// What comes after a question is answered.
#[derive(Clone, Debug)]
pub(super) enum Then {
    /// A new model.
    New,
    /// Ask which file to open.
    Open,
    /// Open a file.
    OpenFile(PathBuf),
    /// Open a copy of a model that comes with the program.
    Sample(&'static Sample),
    /// Open a copy of a model.
    Copy(Arc<Model>),
    /// Look at unsaved work of a window that is no more.
    Recover(Recovery),
    /// Close the window.
    Quit,
}

/// What a job answers.
pub(super) enum Answer {
    /// What the rules found; and, told on what was drawn last, the same.
    Checked(Checked, Option<Box<Survey>>),
    Survey(Box<Survey>),
    Opened(Box<Opened>),
    Found(Vec<Recovery>),
    Recovered(Result<Box<Recovered>, (String, String)>),
    Previous(String, Result<Box<Model>, Vec<Problem>>),
    Picked(Purpose, Option<PathBuf>, bool),
    Exported(PathBuf, Result<Vec<char>, String>),
    Copied(export::Pixels, String),
}

/// What a survey was asked for.
struct Asked {
    revision: u64,
    as_of: Date,
    showing: Showing,
    /// What it is to be drawn like.
    last: Option<Drawn>,
}

/// The window.
pub struct App {
    pub(super) bench: Workbench,
    /// What is derived from the model; behind it while a job runs.
    pub(super) survey: Option<Arc<Survey>>,
    pub(super) jobs: Jobs<Answer>,
    /// The survey that was last asked for.
    asked: Option<Asked>,
    /// Tells the job behind it that nobody waits any more.
    stale: Arc<AtomicBool>,
    /// What of the model is drawn, and which containers stand open.
    pub(super) showing: Showing,
    /// Whether everything is to be drawn anew, wherever it stood.
    pub(super) afresh: bool,
    pub(super) settings: Settings,
    /// Whether nothing was chosen yet, and the start page is shown.
    at_start: bool,
    pub(super) tab: Tab,
    /// What is selected.
    pub(super) selection: BTreeSet<Key>,
    /// What the chosen finding is about.
    pub(super) lit: BTreeSet<Key>,
    pub(super) findings: Findings,
    pub(super) canvas: Canvas,
    pub(super) tables: Tables,
    pub(super) dialog: Option<Dialog>,
    /// The small field that floats over the canvas: a name, or a kind.
    pub(super) float: Option<Float>,
    pub(super) advising: Advising,
    /// The line of quick entry.
    pub(super) entry: Entry,
    /// The day on which the window was opened.
    pub(super) today: Date,
    pub(super) as_of: Date,
    pub(super) day_text: String,
    pub(super) lens: Lens,
    pub(super) search: Search,
    /// The name that is being typed in the inspector.
    pub(super) naming: Option<(Key, String)>,
    /// What is being answered in the inspector.
    pub(super) editing: inspector::Editing,
    /// Groups of the tree that are folded.
    pub(super) closed: BTreeSet<String>,
    /// The last thing that was done and has no other sign.
    pub(super) news: Option<String>,
    /// Whether that is only why a key did nothing: the next key or click ends it.
    pub(super) excused: bool,
    /// Whether the whole diagram is to be shown once it is drawn anew.
    pub(super) fit_when_drawn: bool,
    /// What is to be brought into view once it is drawn.
    pub(super) reveal_when_drawn: BTreeSet<Key>,
    /// What is to be brought into the middle once it is drawn.
    pub(super) find_when_drawn: Option<BTreeSet<Key>>,
    /// Whether the window may close although there are unsaved changes.
    pub(super) leaving: bool,
    pub(super) keeping: Keeping,
    pub(super) workshop: Workshop,
    /// The guided first minute, while it is open.
    pub(super) guide: Option<Guide>,
    pub(super) start: Start,
    pub(super) panels: Panels,
    /// Which panels are open.
    pub(super) sides: Sides,
    /// Which saved view is shown.
    pub(super) views: Views,
    titled: String,
}

impl App {
    /// The window of the program: today, with jobs on threads, and what was remembered of the last run.
    pub fn new(cc: &eframe::CreationContext<'_>, model: Option<PathBuf>) -> Self {
        let mut app = Self::within(&cc.egui_ctx, None, clock::today(), false, super::data_folder().as_deref());
        app.keeping.end_on_signals();
        app.settings = Settings::load(cc.storage);
        app.canvas.legend = app.settings.legend;
        if app.settings.still {
            theme::keep_still(&cc.egui_ctx, true);
        }
        cc.egui_ctx.set_theme(egui::ThemePreference::from(app.settings.theme));
        theme::set_contrast(&cc.egui_ctx, app.settings.contrast);
        cc.egui_ctx.set_zoom_factor(app.settings.scale);
        if let Some(path) = model {
            app.at_start = false;
            app.open(&cc.egui_ctx, path);
        }
        app
    }

    /// A window on a day of choice that remembers nothing; `inline` runs every job at once, so that tests need not wait.
    pub fn with(ctx: &egui::Context, model: Option<PathBuf>, as_of: Date, inline: bool) -> Self {
        Self::within(ctx, model, as_of, inline, None)
    }

    /// As [`Self::with`], with a data folder where unsaved work and previous versions are kept.
    pub fn within(ctx: &egui::Context, model: Option<PathBuf>, as_of: Date, inline: bool, data: Option<&Path>) -> Self {
        theme::install(ctx);
        let folded = ["Domains", "Boundaries", "Teams", "Profiles", "Meshes", "Contracts", "Interactions"];
        let mut app = Self {
            bench: Workbench::blank(),
            survey: None,
            jobs: if inline { Jobs::inline() } else { Jobs::threaded() },
            asked: None,
            stale: Arc::default(),
            showing: Showing::default(),
            afresh: false,
            settings: Settings::default(),
            at_start: model.is_none(),
            tab: Tab::default(),
            selection: BTreeSet::new(),
            lit: BTreeSet::new(),
            findings: Findings::default(),
            canvas: Canvas::default(),
            tables: Tables::default(),
            dialog: None,
            float: None,
            advising: Advising::default(),
            entry: Entry::default(),
            today: as_of,
            as_of,
            day_text: as_of.to_string(),
            lens: Lens::Kinds,
            search: Search::default(),
            naming: None,
            editing: inspector::Editing::default(),
            closed: folded.map(str::to_owned).into(),
            news: None,
            excused: false,
            fit_when_drawn: false,
            reveal_when_drawn: BTreeSet::new(),
            find_when_drawn: None,
            leaving: false,
            keeping: Keeping::new(data, inline),
            workshop: Workshop::default(),
            guide: None,
            start: Start::default(),
            panels: Panels::default(),
            sides: Sides::default(),
            views: Views::default(),
            titled: String::new(),
        };
        app.find_recoveries(ctx);
        if let Some(path) = model {
            app.open(ctx, path);
        }
        app
    }

    /// The model as it stands.
    pub fn bench(&self) -> &Workbench {
        &self.bench
    }

    /// Whether nothing runs beside the window, and what is shown is the model as it stands.
    pub fn is_settled(&self) -> bool {
        let revision = self.bench.revision();
        let current = |survey: &Arc<Survey>| survey.revision == revision && survey.showing == self.showing;
        self.survey.as_ref().is_some_and(current) && !self.jobs.is_busy()
    }

    /// Whether the start page is shown: nothing was opened, and nothing drawn.
    pub(super) fn is_at_start(&self) -> bool {
        self.at_start && self.bench.revision() == 0
    }

    /// The frames of what is shown.
    pub(super) fn grouping(&self) -> Grouping {
        let view = self.showing.view.clone();
        let view = view.unwrap_or_else(|| workbench::landscape_view(self.bench.model()).1);
        view.grouping.known().copied().unwrap_or(Grouping::Domain)
    }

    /// Looks through another lens; nothing moves.
    pub(super) fn look_through(&mut self, lens: Lens) {
        self.lens = lens;
        if let Some(survey) = &self.survey
            && survey.options.lens != lens
        {
            let through = survey.through(lens);
            self.replace_survey(through);
        }
    }

    pub(super) fn file_name(&self) -> String {
        let name = self.bench.path.as_ref().and_then(|path| path.file_name());
        name.map_or("untitled".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    /// Changes the model as one named step, as a person meant it, or tells why that cannot be done.
    pub(super) fn intend<T>(&mut self, name: &str, meant: Result<(T, Vec<Edit>), Refusal>) -> Option<T> {
        let done = meant.map_err(|refusal| refusal.to_string()).and_then(|(what, edits)| {
            self.bench.apply(name, None, &edits).map_err(|error| error.to_string()).map(|()| what)
        });
        match done {
            Ok(what) => {
                self.news = None;
                Some(what)
            }
            Err(error) => {
                self.dialog = Some(Dialog::Failed(error));
                None
            }
        }
    }

    /// Tells what could not be done.
    pub(super) fn report(&mut self, done: Result<(), String>) {
        self.news = None;
        if let Err(error) = done {
            self.dialog = Some(Dialog::Failed(error));
        }
    }

    pub(super) fn undo(&mut self) {
        self.canvas.past.turn_back();
        if let Some(name) = self.bench.undo() {
            self.news = Some(format!("Undone: {name}"));
        }
    }

    pub(super) fn redo(&mut self) {
        self.canvas.past.turn_back();
        if let Some(name) = self.bench.redo() {
            self.news = Some(format!("Redone: {name}"));
        }
    }

    /// Shows another model.
    pub(super) fn show(&mut self, bench: Workbench) {
        let (_, view) = workbench::landscape_view(bench.model());
        self.lens = view.lens.known().copied().filter(|lens| LENSES.contains(lens)).unwrap_or(Lens::Kinds);
        self.bench = bench;
        self.keeping.turn();
        if let Some(guide) = &mut self.guide {
            guide.turn_to(self.bench.model());
        }
        self.workshop.changes.mark(self.bench.model(), "Since the model was opened");
        if let Some(old) = self.survey.take() {
            self.jobs.discard(old);
        }
        self.asked = None;
        self.showing = Showing::default();
        self.views = Views::default();
        self.at_start = false;
        self.canvas = Canvas::with_legend(self.canvas.legend);
        self.tables = Tables::default();
        self.float = None;
        self.naming = None;
        self.editing = inspector::Editing::default();
        self.entry.forget();
        self.select(None, false);
        self.news = None;
    }

    /// Shows a model as it was last drawn, with the same containers open.
    pub(super) fn resume(&mut self, drawn: Option<Drawn>) {
        if let Some(drawn) = drawn {
            self.showing.folds = drawn.showing.folds.clone();
            self.canvas.past.resume(drawn);
        }
    }

    fn take(&mut self, ctx: &egui::Context, answer: Answer) {
        match answer {
            Answer::Checked(checked, told) => self.know(ctx, checked, told),
            Answer::Survey(survey) => self.show_drawn(ctx, *survey),
            Answer::Opened(opened) => self.opened(ctx, *opened),
            Answer::Found(found) => self.keeping.found = found,
            Answer::Recovered(read) => self.recovered(read),
            Answer::Previous(until, read) => self.previous_read(until, read),
            Answer::Picked(purpose, path, unseen) => self.picked(ctx, purpose, path, unseen),
            Answer::Exported(path, Ok(missing)) => {
                let lacks: String = missing.iter().collect();
                let also = if lacks.is_empty() { String::new() } else { format!("; no bundled font has {lacks}") };
                self.news = Some(format!("Exported {}{also}", path.display()));
            }
            Answer::Exported(_, Err(error)) => self.report(Err(error)),
            Answer::Copied(picture, name) => {
                let size = [picture.width, picture.height];
                ctx.copy_image(egui::ColorImage::from_rgba_unmultiplied(size, &picture.rgba));
                self.news = Some(format!("Copied {name} as a picture of {} × {} pixels", size[0], size[1]));
            }
        }
    }

    /// What the rules found is told at once, on what is drawn already, while the model is drawn anew.
    fn know(&mut self, ctx: &egui::Context, checked: Checked, told: Option<Box<Survey>>) {
        let Some(Asked { revision, as_of, showing, last }) = &self.asked else { return };
        if (*revision, *as_of) != (checked.revision, checked.as_of) {
            return;
        }
        let (showing, last, stale) = (showing.clone(), last.clone(), self.stale.clone());
        let lens = self.lens;
        if let Some(told) = told.filter(|told| told.showing == showing && self.survey.is_some()) {
            self.replace_survey(if told.options.lens == lens { *told } else { told.through(lens) });
            self.forget_gone();
        }
        let job = move || {
            let stop = || stale.load(Ordering::Relaxed);
            checked.listing.names();
            Answer::Survey(Box::new(workbench::draw(checked.planned(), (None, lens), showing, last.as_ref(), &stop)))
        };
        let repaint = ctx.clone();
        self.jobs.spawn("drawing", job, move || repaint.request_repaint());
    }

    /// Shows what was drawn. What is of an older revision, or of another day, is out of date; another lens is put before
    /// it.
    fn show_drawn(&mut self, ctx: &egui::Context, survey: Survey) {
        let same = |asked: &Asked| {
            (asked.revision, asked.as_of, &asked.showing) == (survey.revision, survey.options.as_of, &survey.showing)
        };
        let Some(asked) = self.asked.as_mut().filter(|asked| same(asked)) else { return };
        asked.last = None;
        let first = self.survey.is_none();
        let survey = if survey.options.lens == self.lens { survey } else { survey.through(self.lens) };
        self.canvas.turn(ctx, self.survey.as_deref(), &survey);
        if survey.revision == self.bench.revision() {
            self.canvas.past.keep(self.bench.history().position(), survey.drawn());
        }
        self.replace_survey(survey);
        self.canvas.fit |= first | std::mem::take(&mut self.fit_when_drawn);
        self.canvas.reveal.append(&mut self.reveal_when_drawn);
        if let Some(keys) = self.find_when_drawn.take() {
            self.canvas.centre_on = Some(keys);
        }
        self.forget_gone();
    }

    fn replace_survey(&mut self, survey: Survey) {
        if let Some(old) = self.survey.replace(Arc::new(survey)) {
            self.jobs.discard(old);
        }
    }

    /// Asks for a new survey when the model, the day, or what is to be shown has changed.
    fn refresh(&mut self, ctx: &egui::Context) {
        let (revision, as_of) = (self.bench.revision(), self.as_of);
        let known = self
            .asked
            .as_ref()
            .is_some_and(|asked| asked.revision == revision && asked.as_of == as_of && asked.showing == self.showing);
        if known && !self.afresh && self.canvas.anew.is_empty() {
            return;
        }
        // One at a time: who types faster than the rules can run gets what was typed last. A job lets go of this before
        // it answers, and its answer leads here again.
        self.stale.store(true, Ordering::Relaxed);
        if Arc::strong_count(&self.stale) > 1 {
            return;
        }
        self.stale = Arc::default();
        let (afresh, anew) = (std::mem::take(&mut self.afresh), std::mem::take(&mut self.canvas.anew));
        let steps = self.bench.history().position();
        let drawn = self.survey.as_ref().map(|survey| survey.drawn());
        let last = self.canvas.past.like(steps, drawn, (&self.showing, self.as_of)).filter(|_| !afresh);
        let last = last.map(|last| if anew.is_empty() { last } else { last.forgetting(&anew) });
        let unchanged =
            self.survey.as_ref().filter(|survey| (survey.revision, survey.options.as_of) == (revision, as_of));
        let checked = unchanged.map(|survey| survey.checked.clone());
        self.asked = Some(Asked { revision, as_of, showing: self.showing.clone(), last });
        let (model, repaint, stale) = (self.bench.model().clone(), ctx.clone(), self.stale.clone());
        let drawn = self.survey.clone().filter(|_| checked.is_none());
        let job = move || {
            let checked = checked.unwrap_or_else(|| {
                // A copy of its own: the window goes on changing the model in place.
                let own = Arc::new(Model::clone(&model));
                drop(model);
                Checked::new(&own, revision, as_of)
            });
            checked.listing.prepare();
            let told = drawn.map(|drawn| Box::new(drawn.knowing(checked.clone())));
            // As long as somebody holds it, a job is under way.
            drop(stale);
            Answer::Checked(checked, told)
        };
        self.jobs.spawn("rules", job, move || repaint.request_repaint());
    }

    fn window_title(&mut self, ctx: &egui::Context) {
        let dot = if self.bench.is_dirty() { " •" } else { "" };
        let title = format!("{}{dot} – Spandrel", self.file_name());
        if self.titled != title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.titled = title;
        }
    }

    /// Takes what jobs answered, and what they answer at once whose question an answer was.
    fn take_answers(&mut self, ctx: &egui::Context) {
        loop {
            let answers = self.jobs.poll();
            if answers.is_empty() {
                return;
            }
            for answer in answers {
                self.take(ctx, answer);
            }
        }
    }

    /// Takes what jobs answered, and asks for what is missing.
    pub fn step(&mut self, ctx: &egui::Context) {
        self.take_answers(ctx);
        self.watch(ctx);
        self.refresh(ctx);
        self.take_answers(ctx);
        // Where what is asked for is what is shown already, nothing will be drawn anew.
        if self.fit_when_drawn && self.is_settled() {
            self.canvas.fit = std::mem::take(&mut self.fit_when_drawn);
        }
        let closing = ctx.input(|input| input.viewport().close_requested());
        if closing && !self.leaving {
            self.commit_name();
            if self.bench.is_dirty() || self.editing.unfit().is_some() {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                self.ask_first(ctx, Then::Quit);
            }
        }
        let dropped = ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
        if let Some(path) = dropped {
            self.ask_first(ctx, Then::OpenFile(path));
        }
        self.window_title(ctx);
    }

    /// Paints the window.
    pub fn draw(&mut self, ui: &mut egui::Ui) {
        commands::shortcuts(self, ui);
        self.panels.lead(ui.ctx());
        let panel = theme::colour(ui, Role::Panel);
        let framed = |x: i8, y: i8| Frame::new().fill(panel).inner_margin(Margin::symmetric(x, y));
        if self.workshop.is_on() {
            let entry = Panel::top("entry").frame(framed(16, 3)).exact_size(34.0);
            let entry = entry.show(ui, |ui| entry::entry_ui(self, ui)).response.rect;
            let [bar, canvas] = workshop::workshop_ui(self, ui);
            let none = egui::Rect::NOTHING;
            self.panels.drawn([canvas, none, none, none, none, entry, none, bar]);
        } else {
            self.whole(ui, framed);
        }
        changes::changes_ui(self, ui.ctx());
        float::float_ui(self, ui.ctx());
        dialogs::dialogs_ui(self, ui.ctx());
        self.keep(ui.ctx());
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.step(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
    }

    // Between panels a line of it can show where sizes are no whole numbers of pixels.
    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        self.settings.legend = self.canvas.legend;
        self.settings.store(storage);
    }
}
