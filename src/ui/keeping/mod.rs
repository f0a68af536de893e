//! Nothing is lost: what the window does about unsaved work, files that others change, and saves that fail.

mod asking;
mod history;
mod merging;

use std::path::{Path, PathBuf};

use asking::{After, Unreadable};
pub(super) use asking::{Asking, Said, asking_ui};
use merging::Merging;

use super::{App, Then, app::Answer, dialogs::Dialog};
use crate::{
    file::{Problem, Reading},
    model::{Model, Side, diff, merge},
    workbench::{
        Workbench,
        keep::{self, Drawings, Keeper, Recovered, Recovery, Sight, Watch},
        patch_lines,
    },
};

/// What the window keeps, watches and has found.
pub(super) struct Keeping {
    keeper: Keeper,
    drawings: Drawings,
    watch: Watch,
    /// Unsaved work of windows that are no more.
    pub(super) found: Vec<Recovery>,
    /// Why unsaved work is not kept.
    pub(super) trouble: Option<String>,
    /// What was seen of the file while something else was asked.
    seen: Option<Sight>,
    /// A change of the file that is to be decided on later.
    put_off: Option<u64>,
    /// When a key was last pressed in a text field, in seconds of the window.
    typed: Option<f64>,
}

/// So long after the last key nobody is held to be typing, in seconds.
const PAUSE: f64 = 1.5;

impl Keeping {
    pub(super) fn new(data: Option<&Path>, inline: bool) -> Self {
        let (keeper, trouble) = data.map_or_else(|| (Keeper::nowhere(), None), |data| Keeper::new(data, inline));
        let (drawings, watch) = (Drawings::new(data, inline), Watch::new(inline));
        Self { keeper, drawings, watch, found: Vec::new(), trouble, seen: None, put_off: None, typed: None }
    }

    /// The data folder.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        self.keeper.folder().map(Path::to_owned)
    }

    /// Who else has a file open.
    pub(super) fn elsewhere(&self, path: &Path) -> Option<keep::Elsewhere> {
        self.keeper.elsewhere(path)
    }

    /// Keeps the unsaved work when the process is asked to end.
    pub(super) fn end_on_signals(&self) {
        keep::end_on_signals(&self.keeper);
    }

    /// Whether somebody is typing or dragging; if so, it is looked at again soon.
    fn is_at_work(&mut self, ctx: &egui::Context) -> bool {
        let keys =
            |event: &egui::Event| matches!(event, egui::Event::Text(_) | egui::Event::Key { .. } | egui::Event::Ime(_));
        let (now, typed, held) =
            ctx.input(|input| (input.time, input.events.iter().any(keys), input.pointer.any_down()));
        if typed && ctx.text_edit_focused() {
            self.typed = Some(now);
        }
        let typing = ctx.text_edit_focused() && self.typed.is_some_and(|typed| now - typed < PAUSE);
        if typing || held {
            ctx.request_repaint_after(std::time::Duration::from_millis(200));
        }
        typing || held
    }

    /// Another model is shown: what was seen of the file of the last one is of no interest.
    pub(super) fn turn(&mut self) {
        self.seen = None;
        self.put_off = None;
    }

    /// Unsaved work need not be kept.
    pub(super) fn settle(&mut self) {
        self.keeper.settle();
    }
}

impl App {
    /// Looks for what windows that are no more have left.
    pub(super) fn find_recoveries(&mut self, ctx: &egui::Context) {
        let Some(folder) = self.keeping.folder() else { return };
        let repaint = ctx.clone();
        self.jobs.spawn(
            "recoveries",
            move || Answer::Found(keep::recoveries(&folder)),
            move || repaint.request_repaint(),
        );
    }

    /// Keeps what has changed. Called at the end of every frame: what is the same costs nothing.
    pub(super) fn keep(&mut self, ctx: &egui::Context) {
        if let Some(trouble) = self.keeping.keeper.poll() {
            self.keeping.trouble = Some(trouble);
        }
        if !self.leaving {
            let repaint = ctx.clone();
            self.keeping.keeper.note(&self.bench, move || repaint.request_repaint());
        }
        if let Some(survey) = self.survey.as_ref().filter(|survey| survey.showing.view.is_none())
            && survey.revision == self.bench.revision()
            && let Some(owner) = self.bench.path.clone().or_else(|| self.keeping.keeper.kept())
        {
            self.keeping.drawings.note(&owner, &survey.drawing, || survey.drawn());
        }
        let known = self.keeping.put_off.or(self.bench.print);
        let repaint = ctx.clone();
        // While something is asked, what was seen may be what is asked about.
        if self.dialog.is_none() && self.keeping.seen.is_none() {
            self.keeping.watch.resume();
        }
        self.keeping.watch.follow(self.bench.path.clone(), known, move || repaint.request_repaint());
    }

    /// Looks whether others have changed the file. Who is typing or dragging is not asked in the middle of it.
    pub(super) fn watch(&mut self, ctx: &egui::Context) {
        if let Some(sight) = self.keeping.watch.poll() {
            self.keeping.seen = Some(sight);
        }
        if self.dialog.is_none()
            && self.keeping.seen.is_some()
            && !self.keeping.is_at_work(ctx)
            && let Some(sight) = self.keeping.seen.take()
        {
            self.keeping.put_off = None;
            self.saw(sight, After::Nothing);
        }
    }

    /// Before the file is written over: whether it is still as it was last read or saved. If it is not, what others
    /// have made of it is taken over or asked about first, and then it is saved.
    pub(super) fn may_save(&mut self, path: &Path, then: Option<&Then>) -> bool {
        if self.bench.path.as_deref() != Some(path) {
            return true;
        }
        self.keeping.seen = None;
        self.keeping.put_off = None;
        match keep::look_at(path, self.bench.print) {
            Some(sight @ Sight::Changed(..)) => {
                self.saw(sight, After::Save(then.cloned()));
                self.dialog.is_none()
            }
            Some(Sight::Gone) | None => true,
        }
    }

    /// Takes over what others have made of the file.
    fn saw(&mut self, sight: Sight, after: After) {
        match sight {
            Sight::Gone => {
                self.bench.print = None;
                self.bench.mark_unsaved();
                if let Some(path) = self.bench.path.clone() {
                    self.dialog = Some(Dialog::kept(Asking::Gone(path)));
                }
            }
            Sight::Changed(reading, print) => {
                let Reading { model, problems } = *reading;
                match model {
                    Some(theirs) => self.changed_on_disk(theirs, problems, print, after),
                    None => {
                        self.bench.mark_unsaved();
                        let file = self.file_name();
                        let unreadable = Unreadable { file, problems, print, after };
                        self.dialog = Some(Dialog::kept(Asking::Unreadable(unreadable)));
                    }
                }
            }
        }
    }

    fn changed_on_disk(&mut self, theirs: Model, dangling: Vec<Problem>, print: u64, after: After) {
        let file = self.file_name();
        if !self.bench.is_dirty() {
            let count = diff(self.bench.model(), &theirs).changes.len();
            self.bench.reload(&format!("Changes of {file} on disk"), theirs, dangling, print);
            if count > 0 {
                self.news = Some(format!("Reloaded: {file} was changed on disk ({})", records(count)));
            }
            return;
        }
        let count = diff(self.bench.base(), &theirs).changes.len();
        let merged = merge(self.bench.base(), self.bench.model(), &theirs, &|_, _| Side::Ours);
        if merged.conflicts.is_empty() {
            self.bench.take_merged(&merge_step(&file), merged.model, theirs, print);
            if count > 0 {
                let kept = kept_words(self.bench.model(), &merged.kept);
                self.news = Some(format!("Merged: {file} was changed on disk ({}){kept}", records(count)));
            }
            return;
        }
        let merging = Merging::of_file(&self.bench, theirs, print, merged.conflicts, after);
        self.dialog = Some(Dialog::kept(Asking::Merge(Box::new(merging))));
    }

    /// Reads unsaved work and its file, to be asked about.
    pub(super) fn look_at_recovery(&mut self, ctx: &egui::Context, recovery: Recovery) {
        let repaint = ctx.clone();
        let job = move || Answer::Recovered(recovery.read().map(Box::new).map_err(|why| (recovery.title(), why)));
        self.jobs.spawn("recovery", job, move || repaint.request_repaint());
    }

    /// Asks what is to become of unsaved work.
    pub(super) fn recovered(&mut self, read: Result<Box<Recovered>, (String, String)>) {
        self.dialog = Some(match read {
            Ok(recovered) => {
                let lines = patch_lines(&recovered.patch());
                Dialog::kept(Asking::Recover(recovered, lines))
            }
            Err((title, why)) => Dialog::Failed(format!("The unsaved work of {title} cannot be read: {why}.")),
        });
    }

    /// The unsaved work of a file, if there is any.
    pub(super) fn recovery_of(&self, path: &Path) -> Option<Recovery> {
        self.keeping.found.iter().find(|recovery| recovery.is_of(path)).cloned()
    }

    /// Goes on with unsaved work; where others have changed the same in the file, that is asked first.
    fn recover(&mut self, ctx: &egui::Context, recovered: Box<Recovered>) {
        let merged = recovered.merge(&|_, _| Side::Ours);
        if merged.conflicts.is_empty() {
            self.take_up(ctx, *recovered, &|_, _| Side::Ours);
        } else {
            let merging = Merging::of_recovery(recovered, merged.conflicts);
            self.dialog = Some(Dialog::kept(Asking::Merge(Box::new(merging))));
        }
    }

    fn take_up(
        &mut self,
        ctx: &egui::Context,
        recovered: Recovered,
        choose: &dyn Fn(&crate::model::Key, &str) -> Side,
    ) {
        let drawn = recovered.drawn.clone();
        let unreadable = recovered.unreadable();
        let (bench, recovery) = recovered.take(choose);
        self.show(bench);
        self.resume(drawn);
        self.keeping.put_off = unreadable;
        if let Some(path) = self.bench.path.clone() {
            self.settings.used(&path);
        }
        self.news = Some(format!("Recovered: what was unsaved of {}", recovery.title()));
        // It is thrown away only when it is kept anew.
        self.keep(ctx);
        if self.keeping.keeper.flush().is_ok() {
            recovery.discard();
            self.keeping.found.retain(|other| *other != recovery);
        }
    }

    /// Shows the version of the file before its last save.
    pub(super) fn look_at_previous(&mut self, ctx: &egui::Context) {
        let Some(previous) = self.previous() else { return };
        let repaint = ctx.clone();
        let job = move || Answer::Previous(previous.until.clone(), previous.read().map(Box::new));
        self.jobs.spawn("previous version", job, move || repaint.request_repaint());
    }

    /// Where the version of the file before its last save is kept.
    pub(super) fn previous(&self) -> Option<keep::Previous> {
        keep::previous(self.keeping.keeper.folder()?, self.bench.path.as_ref()?)
    }

    pub(super) fn previous_read(&mut self, until: String, read: Result<Box<Model>, Vec<Problem>>) {
        self.dialog = Some(match read {
            Ok(model) => {
                let lines = patch_lines(&diff(self.bench.model(), &model));
                Dialog::kept(Asking::Previous { until, model, lines })
            }
            Err(problems) => {
                Dialog::Problems { file: format!("{}, before {until}", self.file_name()), problems, opened: false }
            }
        });
    }

    /// What was seen of the file is decided on when it is saved.
    fn put_off(&mut self, print: u64) {
        self.keeping.seen = None;
        self.keeping.put_off = Some(print);
    }

    /// Does what was said.
    pub(super) fn keep_said(&mut self, ctx: &egui::Context, asking: Asking, said: Said) {
        match (asking, said) {
            (Asking::Recover(recovered, _), Said::Yes) => self.recover(ctx, recovered),
            (Asking::Recover(recovered, _), Said::No) => match recovered.recovery.put_aside(&recovered.ours) {
                Ok(path) => {
                    self.keeping.found.retain(|other| *other != recovered.recovery);
                    self.news = Some(format!("Discarded; a copy is kept in {}", path.display()));
                }
                Err(error) => self.report(Err(format!("It is not discarded, since no copy can be kept: {error}."))),
            },
            (Asking::Merge(merging), Said::Yes) => self.merged(ctx, *merging),
            (Asking::Merge(merging), Said::Later) => {
                if let Some(print) = merging.print() {
                    self.put_off(print);
                    self.news = Some(format!("{} was changed on disk: saving asks again", self.file_name()));
                }
            }
            (Asking::Previous { until, model, .. }, Said::Yes) => {
                self.bench.become_model(&format!("Back to the version before {until}"), *model);
            }
            (Asking::Previous { model, .. }, Said::No) => self.ask_first(ctx, Then::Copy(model.into())),
            (Asking::SaveFailed { then, .. }, Said::Yes) => self.save_as(ctx, then),
            (Asking::SaveFailed { path, then, .. }, Said::No) => self.save_to(ctx, &path, then),
            (Asking::Elsewhere(path, _), Said::Yes) => self.open_anyway(ctx, path),
            (Asking::Gone(_), Said::Yes) => self.save(ctx, None),
            (Asking::Gone(_), Said::No) => self.save_as(ctx, None),
            (Asking::Unreadable(unreadable), said) => {
                // Until it is saved over, each save asks again.
                self.put_off(unreadable.print);
                match (said, self.bench.path.clone()) {
                    (Said::Yes, Some(path)) => {
                        self.bench.print = Some(unreadable.print);
                        self.save_to(ctx, &path, unreadable.after.then());
                    }
                    (Said::No, _) => self.save_as(ctx, unreadable.after.then()),
                    _ => self.news = Some(format!("{} cannot be read: saving asks again", self.file_name())),
                }
            }
            (Asking::WithoutTheirs(path, then), Said::Yes) => self.write_to(ctx, &path, then),
            (Asking::History, Said::Jump(position)) => {
                self.canvas.past.turn_back();
                self.bench.jump(position);
                self.news = None;
                self.dialog = Some(Dialog::kept(Asking::History));
            }
            _ => {}
        }
    }

    fn merged(&mut self, ctx: &egui::Context, merging: Merging) {
        let choices = merging.choices();
        let choose = |key: &crate::model::Key, field: &str| {
            choices.get(&(key.clone(), field.to_owned())).copied().unwrap_or_default()
        };
        match merging.what {
            merging::What::Recovery(recovered) => self.take_up(ctx, *recovered, &choose),
            merging::What::File { theirs, print, after } => {
                let file = self.file_name();
                let merged = merge(self.bench.base(), self.bench.model(), &theirs, &choose);
                self.bench.take_merged(&merge_step(&file), merged.model, *theirs, print);
                let kept = kept_words(self.bench.model(), &merged.kept);
                self.news = Some(format!("Merged with what {file} has become on disk{kept}"));
                if let (After::Save(then), Some(path)) = (after, self.bench.path.clone()) {
                    self.save_to(ctx, &path, then);
                }
            }
        }
    }

    /// Opens a copy of a model, without a file of its own.
    pub(super) fn open_copy(&mut self, model: Model) {
        self.show(Workbench::new(model, None, Vec::new()));
        self.bench.mark_unsaved();
    }
}

fn merge_step(file: &str) -> String {
    format!("Merge changes of {file} on disk")
}

/// `1 record`, `3 records`.
fn records(count: usize) -> String {
    if count == 1 { "1 record".to_owned() } else { format!("{count} records") }
}

fn kept_words(model: &Model, kept: &std::collections::BTreeSet<crate::model::Subject>) -> String {
    let names: Vec<String> = kept.iter().map(|subject| crate::rules::name(model, subject)).collect();
    if names.is_empty() {
        String::new()
    } else {
        format!("; still there, since it is referred to: {}", names.join(", "))
    }
}
