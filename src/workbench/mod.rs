//! One open file without a face: what a window or a command works on.
//!
//! [`Workbench`] holds the model, its history and its file; [`Checked`] is what the rules make of one revision, and
//! [`Survey`] everything that is derived from it; [`Jobs`] computes surveys and reads files off the window's thread; [`clock`] is the only reader of the clock.
//! [`keep`] sees to it that nothing is lost. Knows nothing of egui.

mod arising;
mod arrange;
mod asking;
mod cells;
mod changes;
mod checked;
mod chosen;
pub mod clock;
mod columns;
mod crossings;
mod duplicate;
mod export;
mod facts;
mod find;
mod grid;
mod grids;
mod growing;
mod history;
mod intents;
mod jobs;
mod joined;
pub mod keep;
mod kept;
mod listing;
mod look;
mod outline;
mod owning;
mod paste;
mod phrases;
mod preview;
mod removal;
mod rows;
mod samples;
mod scores;
mod sheet;
mod survey;
mod tabbed;
mod touches;
mod views;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

pub use arising::{concerned, not_concerned};
pub use arrange::{Alignment, NewSystem, align, can_move_in, connect_new, home, move_into, stands_in};
pub use asking::{Question, QuestionSheet, question_sheets, questions_markdown};
pub use cells::{cell_completions, cell_expects, cell_items, cell_offers, cell_step, cell_text, set_cells, takes_none};
pub use changes::{Became, ChangeLine, changes, changes_text};
pub use checked::{Checked, Row};
pub use chosen::{Candidate, add, can_be_made, candidates, featurable, plan_record, set_fact_to_new, told};
pub use columns::{GridColumn, GridKind, Holds};
pub use crossings::{Crossing, inhabitants};
pub use duplicate::{can_be_copied, duplicate};
pub use export::{DocumentFormat, ExportFailure, ExportFormat, document, export};
pub use facts::{fact_step, set_fact};
pub use find::{Finder, Fit, Hit, Place, fit};
pub use grid::{Cell, Grid, GridRow};
pub use history::History;
pub use intents::{Home, Refusal, add_system, answer, connect, home_of, namesake, rename, waive};
pub use jobs::Jobs;
pub use joined::Joined;
pub use kept::Kept;
pub use listing::Listing;
pub use look::{Look, found_at};
pub use outline::{OutlineGroup, OutlineItem};
pub use owning::{clear_touch, set_way, toggle_owner, toggle_right, way_of, ways};
pub use paste::{CellChange, PasteAt, PasteTrouble, Pasting, copied, copied_cell, one_cell, paste, pasted_sheet};
pub use preview::{PreviewKind, PreviewLine, patch_lines, preview};
pub use removal::{comes_with, remove};
pub use rows::NewRow;
pub use samples::{EXAMPLES, Sample, TEMPLATES, sample};
pub use scores::{ScoreBoard, ScoreRow, mark_words, score_boards};
pub use sheet::{Line, Sheet, SheetGroup, lines_in, sheet};
pub use survey::{Drawn, Showing, Survey, SurveyOptions, draw, landscape_id, landscape_view, survey, survey_after};
pub use touches::{paste_touches, set_touch, touch_text, touches_text};
pub use views::{FilterPart, is_same_view, move_to_domain, save_view, set_stage, stage_of, update_view};

use crate::{
    file::{self, Problem, SaveError},
    model::{Edit, EditError, Grouping, Id, Model, View, diff},
};

/// A model as it is being worked on.
#[derive(Clone, Debug)]
pub struct Workbench {
    model: Arc<Model>,
    history: History,
    /// The model as the file holds it.
    base: Arc<Model>,
    /// What the file is known by, if there is one.
    pub print: Option<u64>,
    /// The file it was read from or last saved to.
    pub path: Option<PathBuf>,
    /// References that lead nowhere, kept as they are.
    pub dangling: Vec<Problem>,
    revision: u64,
    /// The step that took over what others have made of the file, since it was last saved here.
    theirs: Option<u64>,
}

impl Workbench {
    /// Starts on a model, as it stands in a file if there is one.
    pub fn new(model: Model, path: Option<PathBuf>, dangling: Vec<Problem>) -> Self {
        let model = Arc::new(model);
        let history = History::default();
        Self { base: model.clone(), model, history, print: None, path, dangling, revision: 0, theirs: None }
    }

    /// Reads a model for editing: references that lead nowhere are told and kept.
    ///
    /// # Errors
    /// All that is wrong with the file.
    pub fn open(path: &Path) -> Result<Self, Vec<Problem>> {
        let text = file::load(path).map_err(|problem| vec![problem])?;
        let reading = file::read(&text);
        let Some(model) = reading.model else { return Err(reading.problems) };
        let print = Some(keep::fingerprint(&text));
        Ok(Self { print, ..Self::new(model, Some(path.to_owned()), reading.problems) })
    }

    /// A model of which only the name is known.
    pub fn blank() -> Self {
        Self::new(Model::new("Untitled"), None, Vec::new())
    }

    /// The model as it stands.
    pub fn model(&self) -> &Arc<Model> {
        &self.model
    }

    /// The model as it was last read or saved.
    pub fn base(&self) -> &Arc<Model> {
        &self.base
    }

    /// A number that is another after every change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// What can be undone and redone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Whether there are changes that no file holds.
    pub fn is_dirty(&self) -> bool {
        !self.history.is_saved()
    }

    /// Changes the model as one step with a name. Steps of one gesture (a drag, a word being typed) become one.
    ///
    /// # Errors
    /// As [`Model::apply`]; nothing has changed then.
    pub fn apply(&mut self, name: &str, gesture: Option<u64>, edits: &[Edit]) -> Result<(), EditError> {
        let patch = Arc::make_mut(&mut self.model).apply(edits)?;
        if !patch.is_empty() {
            self.history.record(name, gesture, patch);
            self.revision += 1;
        }
        Ok(())
    }

    /// Takes the last step back; its name.
    pub fn undo(&mut self) -> Option<String> {
        let (name, patch) = self.history.undo()?;
        Arc::make_mut(&mut self.model).replay(&patch);
        self.revision += 1;
        Some(name)
    }

    /// Takes the last undone step again; its name.
    pub fn redo(&mut self) -> Option<String> {
        let (name, patch) = self.history.redo()?;
        Arc::make_mut(&mut self.model).replay(&patch);
        self.revision += 1;
        Some(name)
    }

    /// Takes steps back or again until so many are done.
    pub fn jump(&mut self, position: usize) {
        while self.history.position() > position && self.undo().is_some() {}
        while self.history.position() < position && self.redo().is_some() {}
    }

    /// Makes another model of this one, as one step.
    pub fn become_model(&mut self, name: &str, model: Model) {
        let patch = diff(&self.model, &model);
        let now = Arc::make_mut(&mut self.model);
        // The comment at the head of the file belongs to no record, and so to no step.
        now.head = model.head;
        now.replay(&patch);
        if !patch.is_empty() {
            self.history.record(name, None, patch);
        }
        self.revision += 1;
    }

    /// Takes over what others have made of the file, as one step. What was unsaved is replaced.
    pub fn reload(&mut self, name: &str, theirs: Model, dangling: Vec<Problem>, print: u64) {
        self.become_model(name, theirs);
        self.base = self.model.clone();
        (self.dangling, self.print) = (dangling, Some(print));
        self.theirs = self.history.last();
        self.history.mark_saved();
    }

    /// Takes over a model that holds what others have made of the file beside what is unsaved here, as one step.
    pub fn take_merged(&mut self, name: &str, merged: Model, theirs: Model, print: u64) {
        self.become_model(name, merged);
        self.base = Arc::new(theirs);
        self.print = Some(print);
        self.theirs = self.history.last();
        if self.model == self.base { self.history.mark_saved() } else { self.history.mark_unsaved() }
    }

    /// Whether the model lacks what others have made of the file: the step that took it over was taken back, and saving
    /// would take it out of the file as well.
    pub fn lacks_theirs(&self) -> bool {
        self.theirs.is_some_and(|step| !self.history.is_done(step))
    }

    /// No file holds the model any more.
    pub fn mark_unsaved(&mut self) {
        self.history.mark_unsaved();
    }

    /// Saves to a file, which from then on is the model's.
    ///
    /// # Errors
    /// As [`file::save`]; the model then still counts as unsaved.
    pub fn save(&mut self, path: PathBuf) -> Result<(), SaveError> {
        self.save_keeping(path, None).map(|_| ())
    }

    /// Saves to a file, and keeps in the data folder what it was before; why that could not be kept, if so.
    ///
    /// # Errors
    /// As [`file::save`]; the model then still counts as unsaved.
    pub fn save_keeping(&mut self, path: PathBuf, data: Option<&Path>) -> Result<Option<String>, SaveError> {
        let text = file::write(&self.model);
        let previous = data.map_or(Ok(None), |data| keep::keep_previous(data, &path, &text));
        file::save(&path, text.as_bytes())?;
        let not_kept = match previous {
            Ok(None) => None,
            Ok(Some(previous)) => previous.replaced().err().map(|error| error.to_string()),
            Err(error) => Some(error.to_string()),
        };
        self.path = Some(path);
        self.base = self.model.clone();
        self.print = Some(keep::fingerprint(&text));
        self.theirs = None;
        self.history.mark_saved();
        Ok(not_kept)
    }

    /// Pins boxes in the landscape view, and changes what goes with that, as one step.
    ///
    /// # Errors
    /// As [`Self::apply`].
    pub fn pin(
        &mut self,
        name: &str,
        gesture: Option<u64>,
        pins: &[(crate::model::Key, (i32, i32))],
        mut also: Vec<Edit>,
    ) -> Result<(), EditError> {
        if !pins.is_empty() {
            let (id, mut view) = landscape_view(&self.model);
            view.pins.extend(pins.iter().cloned());
            also.push(Edit::put(&id, view));
        }
        self.apply(name, gesture, &also)
    }

    /// Forgets where boxes of the landscape view were pinned, as one step.
    ///
    /// # Errors
    /// As [`Self::apply`].
    pub fn unpin(&mut self, name: &str, is_meant: impl Fn(&crate::model::Key) -> bool) -> Result<(), EditError> {
        let (id, mut view) = landscape_view(&self.model);
        let pinned = view.pins.len();
        view.pins.retain(|key, _| !is_meant(key));
        if view.pins.len() == pinned { Ok(()) } else { self.apply(name, None, &[Edit::put(&id, view)]) }
    }

    /// Shows the landscape in other frames, as one step. Pins belong to the frames they were set in, and go.
    ///
    /// # Errors
    /// As [`Self::apply`].
    pub fn group(&mut self, grouping: Grouping) -> Result<(), EditError> {
        let (id, mut view): (Id<View>, View) = landscape_view(&self.model);
        if view.grouping.is(&grouping) {
            return Ok(());
        }
        view.grouping = grouping.into();
        view.pins.clear();
        self.apply(&format!("Group by {grouping}"), None, &[Edit::put(&id, view)])
    }
}
