//! What lists and tables of the middle share: what is derived from a survey for them, and their smaller parts.

use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeMap,
    rc::Rc,
    sync::Arc,
};

use egui::{RichText, Ui, vec2};
use egui_table::Column;

use super::{App, fix, matrix, scorecard::Scores, sheet::Desk, theme};
use crate::{
    model::{Key, Kind},
    ownership::Matrix,
    scene::Role,
    workbench::{self, Finder, Grid, GridKind, Kept, QuestionSheet, ScoreBoard, Survey},
};

pub(super) const ROW: f32 = 28.0;

/// What the tables show, made once for each survey, and how they are looked at.
#[derive(Default)]
pub(super) struct Tables {
    made: Option<Rc<Made>>,
    desks: [Desk; 3],
    /// Which table has, or last had, the keyboard.
    pub(super) hand: Option<egui::Id>,
    /// Whether it gets the keyboard back once a dialog is answered.
    pub(super) comes_back: bool,
    /// How the matrix is looked at and worked in.
    pub(super) matrix: matrix::Desk,
    /// How the scorecard is looked at.
    pub(super) scores: Scores,
    /// What the questions are to hold.
    pub(super) questions_filter: String,
    /// Whether what is selected is to be scrolled into view.
    pub(super) reveal: bool,
    /// What a command asks of the table that is shown.
    pub(super) asked: Option<Asked>,
}

/// What a command asks of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// To begin a record in the row of a new one.
    NewRow,
    /// To copy its rows with headings.
    CopyRows,
}

/// What is derived from a survey for lists and tables, each when it is first looked at.
pub(super) struct Made {
    survey: Arc<Survey>,
    grids: [OnceCell<Grid>; 3],
    /// What the tables of the survey before have made.
    kept: RefCell<[Option<Kept>; 3]>,
    matrix: OnceCell<Matrix>,
    finder: OnceCell<Finder>,
    boards: OnceCell<Vec<ScoreBoard>>,
    questions: OnceCell<Vec<QuestionSheet>>,
    /// Whether something can be done about a line of the findings, for those that were looked at.
    fixable: RefCell<BTreeMap<usize, bool>>,
    /// The lines of the findings that speak of records, for those that were looked at.
    spoken_of: RefCell<BTreeMap<Key, Rc<[usize]>>>,
}

impl Made {
    /// A table.
    pub(super) fn grid(&self, sheet: GridKind) -> &Grid {
        let mut kept = self.kept.borrow_mut();
        let ([interactions, contracts, boundaries], [of_interactions, of_contracts, of_boundaries]) =
            (&self.grids, &mut *kept);
        let (made, kept) = match sheet {
            GridKind::Interactions => (interactions, of_interactions),
            GridKind::Contracts => (contracts, of_contracts),
            GridKind::Boundaries => (boundaries, of_boundaries),
        };
        made.get_or_init(|| match kept.take() {
            Some(kept) => Grid::after(&self.survey, sheet, kept),
            None => Grid::new(&self.survey, sheet),
        })
    }

    /// What its tables have made, for those of the next survey.
    fn into_kept(self) -> [Option<Kept>; 3] {
        let [a, b, c] = self.grids.map(OnceCell::into_inner);
        let [kept_a, kept_b, kept_c] = self.kept.into_inner();
        [(a, kept_a), (b, kept_b), (c, kept_c)].map(|(grid, kept)| grid.map(Grid::into_kept).or(kept))
    }

    /// The ownership matrix.
    pub(super) fn matrix(&self) -> &Matrix {
        self.matrix.get_or_init(|| Matrix::new(&self.survey.model, &self.survey.report))
    }

    /// What can be found by its name or its words.
    pub(super) fn finder(&self) -> &Finder {
        self.finder.get_or_init(|| Finder::new(&self.survey.model))
    }

    /// The boards of the scorecard.
    pub(super) fn boards(&self) -> &[ScoreBoard] {
        self.boards.get_or_init(|| workbench::score_boards(&self.survey))
    }

    /// Whether something can be done about a line of the findings.
    pub(super) fn can_fix(&self, at: usize) -> bool {
        let known = self.fixable.borrow().get(&at).copied();
        known.unwrap_or_else(|| {
            let can = self.survey.rows.get(at).is_some_and(|row| fix::can_fix(&self.survey, row));
            self.fixable.borrow_mut().insert(at, can);
            can
        })
    }

    /// The lines of the findings that speak of a record, by their places.
    pub(super) fn rows_about(&self, key: &Key) -> Rc<[usize]> {
        let ours = |(at, row): (usize, &workbench::Row)| {
            let about = row.waived.is_none() && row.subjects.iter().any(|subject| subject.key == *key);
            about.then_some(at)
        };
        let make = || self.survey.rows.iter().enumerate().filter_map(ours).collect();
        self.spoken_of.borrow_mut().entry(key.clone()).or_insert_with(make).clone()
    }

    /// What is not asked.
    pub(super) fn questions(&self) -> &[QuestionSheet] {
        self.questions.get_or_init(|| workbench::question_sheets(&self.survey))
    }
}

impl Tables {
    /// How a table is looked at and worked in.
    pub(super) fn desk(&mut self, sheet: GridKind) -> &mut Desk {
        let [interactions, contracts, boundaries] = &mut self.desks;
        match sheet {
            GridKind::Interactions => interactions,
            GridKind::Contracts => contracts,
            GridKind::Boundaries => boundaries,
        }
    }

    /// The row in whose cell the hand is: of a table that shows records of one kind, or of the matrix.
    pub(super) fn here(&self, sheet: Option<GridKind>) -> Option<Key> {
        let [interactions, contracts, boundaries] = &self.desks;
        match sheet {
            Some(GridKind::Interactions) => interactions.here().cloned(),
            Some(GridKind::Contracts) => contracts.here().cloned(),
            Some(GridKind::Boundaries) => boundaries.here().cloned(),
            None => self.matrix.here().map(|(record, _)| record),
        }
    }

    /// Whether a table has the keyboard and nothing is being typed: undoing is then undoing.
    pub(super) fn is_at_rest(&self, ctx: &egui::Context) -> bool {
        self.hand.is_some() && ctx.memory(egui::Memory::focused) == self.hand
    }

    /// What is shown of a survey.
    pub(super) fn made(&mut self, survey: &Arc<Survey>) -> Rc<Made> {
        let (fresh, old) = match self.made.take() {
            Some(made) if Arc::ptr_eq(&made.survey, survey) => (Some(made), None),
            old => (None, old),
        };
        let made = fresh.unwrap_or_else(|| {
            let kept = old.and_then(|old| Rc::try_unwrap(old).ok()).map(Made::into_kept).unwrap_or_default();
            Rc::new(Made {
                survey: survey.clone(),
                grids: Default::default(),
                kept: RefCell::new(kept),
                matrix: OnceCell::new(),
                finder: OnceCell::new(),
                boards: OnceCell::new(),
                questions: OnceCell::new(),
                fixable: RefCell::default(),
                spoken_of: RefCell::default(),
            })
        });
        self.made = Some(made.clone());
        made
    }
}

impl App {
    /// Whether the hand is on a cell of the table that is shown, in a row that is selected: what is typed is then meant for
    /// that cell, though the table may have let go of the keyboard.
    pub(super) fn stands_on_cell(&self) -> bool {
        let shown = self.tab.is_table() && !self.workshop.is_on() && !self.is_at_start();
        shown && self.tables.here(self.tab.grid()).is_some_and(|key| self.selection.contains(&key))
    }

    /// What is selected of the rows of the table that is shown.
    pub(super) fn selected_rows(&self) -> Vec<Key> {
        let kind = match self.tab.grid() {
            Some(sheet) => sheet.kind(),
            None if self.tab.is_table() => Kind::Entity,
            None => return Vec::new(),
        };
        self.selection.iter().filter(|key| key.kind == kind).cloned().collect()
    }
}

/// Names the edges by which columns of a table are made wider, which the table itself does not.
pub(super) fn name_edges(ui: &Ui, table: egui::Id, columns: &[Column]) {
    for (at, column) in columns.iter().enumerate() {
        let edge = table.with(column.id_for(at)).with("resize");
        if ui.ctx().viewport(|viewport| viewport.this_pass.widgets.contains(edge)) {
            ui.ctx().accesskit_node_builder(edge, |node| {
                node.set_role(egui::Role::Splitter);
                node.set_label(format!("Width of column {}", at + 1));
            });
        }
    }
}

pub(super) fn hint_ui(ui: &mut Ui, text: &str) {
    ui.vertical_centered(|ui| {
        ui.add_space(48.0);
        ui.set_max_width(420.0);
        ui.label(RichText::new(text).color(theme::colour(ui, Role::Soft)));
    });
}

/// Says how wide something is where the table asks for it, to fit a column to what stands in it.
pub(super) fn measure(ui: &mut Ui, width: f32) {
    if ui.is_sizing_pass() {
        ui.allocate_space(vec2(width, 1.0));
    }
}

/// The ring around the cell where the hand is: stronger where the table has the keyboard.
pub(super) fn hand_ring(ui: &Ui, rect: egui::Rect, focused: bool) {
    let (width, role) = if focused { (1.5, Role::Accent) } else { (1.0, Role::BoxLine) };
    let stroke = egui::Stroke::new(width, theme::colour(ui, role));
    ui.painter().rect_stroke(rect.shrink(0.5), 3.0, stroke, egui::StrokeKind::Inside);
}
