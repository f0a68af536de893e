//! Tables of interactions and contracts: sorted by their headings, filtered by words.

use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeMap,
    rc::Rc,
    sync::Arc,
};

use egui::{RichText, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};
use egui_table::{CellInfo, Column, HeaderCellInfo, HeaderRow, Table, TableDelegate, TableState};

use super::{App, fix, paint, scorecard::Scores, theme};
use crate::{
    model::Key,
    ownership::Matrix,
    rules,
    scene::Role,
    text::{self, Face},
    workbench::{self, Cell, Finder, Grid, Look, OutlineGroup, QuestionSheet, ScoreBoard, Survey},
};

pub(super) const ROW: f32 = 28.0;

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Interactions,
    Contracts,
}

/// What the tables show, made once for each survey, and how they are looked at.
#[derive(Default)]
pub(super) struct Tables {
    made: Option<Rc<Made>>,
    interactions: Look,
    contracts: Look,
    /// What the matrix's records are to hold.
    pub(super) matrix_filter: String,
    /// How the scorecard is looked at.
    pub(super) scores: Scores,
    /// What the questions are to hold.
    pub(super) questions_filter: String,
    /// Whether what is selected is to be scrolled into view.
    pub(super) reveal: bool,
}

/// What is derived from a survey for lists and tables, each when it is first looked at.
pub(super) struct Made {
    survey: Arc<Survey>,
    interactions: OnceCell<Grid>,
    contracts: OnceCell<Grid>,
    matrix: OnceCell<Matrix>,
    outline: OnceCell<Vec<OutlineGroup>>,
    finder: OnceCell<Finder>,
    boards: OnceCell<Vec<ScoreBoard>>,
    questions: OnceCell<Vec<QuestionSheet>>,
    /// Whether something can be done about a line of the findings, for those that were looked at.
    fixable: RefCell<BTreeMap<usize, bool>>,
}

impl Made {
    fn grid(&self, which: Which) -> &Grid {
        match which {
            Which::Interactions => self.interactions.get_or_init(|| workbench::interactions(&self.survey)),
            Which::Contracts => self.contracts.get_or_init(|| workbench::contracts(&self.survey)),
        }
    }

    /// The ownership matrix.
    pub(super) fn matrix(&self) -> &Matrix {
        self.matrix.get_or_init(|| Matrix::new(&self.survey.model, &self.survey.report))
    }

    /// The tree.
    pub(super) fn outline(&self) -> &[OutlineGroup] {
        self.outline.get_or_init(|| workbench::outline(&self.survey))
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

    /// What is not asked.
    pub(super) fn questions(&self) -> &[QuestionSheet] {
        self.questions.get_or_init(|| workbench::question_sheets(&self.survey))
    }
}

impl Tables {
    /// What is shown of a survey.
    pub(super) fn made(&mut self, survey: &Arc<Survey>) -> Rc<Made> {
        let fresh = self.made.take().filter(|made| Arc::ptr_eq(&made.survey, survey));
        let made = fresh.unwrap_or_else(|| {
            Rc::new(Made {
                survey: survey.clone(),
                interactions: OnceCell::new(),
                contracts: OnceCell::new(),
                matrix: OnceCell::new(),
                outline: OnceCell::new(),
                finder: OnceCell::new(),
                boards: OnceCell::new(),
                questions: OnceCell::new(),
                fixable: RefCell::default(),
            })
        });
        self.made = Some(made.clone());
        made
    }
}

pub(super) fn table_ui(app: &mut App, ui: &mut Ui, which: Which) {
    ui.painter().rect_filled(ui.max_rect(), 0.0, theme::colour(ui, Role::Panel));
    let Some(survey) = app.survey.clone() else { return };
    let mut look = match which {
        Which::Interactions => app.tables.interactions.clone(),
        Which::Contracts => app.tables.contracts.clone(),
    };
    let made = app.tables.made(&survey);
    let grid = made.grid(which);
    let noun = match which {
        Which::Interactions => "interactions",
        Which::Contracts => "contracts",
    };
    let rows = look.rows(grid);
    filter_ui(
        ui,
        &mut look.filter,
        &format!("Filter {noun}"),
        &format!("{} of {} {noun}", rows.len(), grid.rows.len()),
    );
    let mut clicked = None;
    if grid.rows.is_empty() {
        let hint = match which {
            Which::Interactions => {
                "No interactions yet. In the landscape, drag from the edge of one system to another and say what it asks or tells."
            }
            Which::Contracts => {
                "No contracts yet. A contract says what a system offers: its operations or messages, and their versions."
            }
        };
        hint_ui(ui, hint);
    } else if rows.is_empty() {
        hint_ui(ui, "No row holds all these words.");
    } else {
        let selected = |key: &Key| app.selection.contains(key) || app.lit.contains(key);
        let shown = rows.iter().position(|at| grid.rows.get(*at).is_some_and(|row| selected(&row.key)));
        let mut painter = Painter {
            survey: &survey,
            grid,
            rows: &rows,
            look: &mut look,
            selected: &selected,
            clicked: &mut clicked,
            hovered: None,
        };
        let columns: Vec<Column> = std::iter::once(Column::new(30.0).range(30.0..=30.0).resizable(false))
            .chain(grid.columns.iter().map(|column| Column::new(column.width).range(48.0..=640.0).resizable(true)))
            .collect();
        let id = TableState::id(ui, egui::IdSalt::new(noun));
        let mut table = Table::new()
            .id_salt(noun)
            .num_rows(rows.len() as u64)
            .columns(columns.clone())
            .num_sticky_cols(2)
            .headers([HeaderRow::new(ROW)])
            .auto_size_mode(egui_table::AutoSizeMode::Never);
        if std::mem::take(&mut app.tables.reveal)
            && let Some(row) = shown
        {
            table = table.scroll_to_row(row as u64, None);
        }
        table.show(ui, &mut painter);
        name_edges(ui, id, &columns);
    }
    match which {
        Which::Interactions => app.tables.interactions = look,
        Which::Contracts => app.tables.contracts = look,
    }
    if let Some((key, add)) = clicked {
        app.select(Some(key.clone()), add);
        app.tables.reveal = false;
        app.canvas.centre_on = Some([key].into());
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

/// The line above a table: what to look for, and how much is shown.
pub(super) fn filter_ui(ui: &mut Ui, filter: &mut String, name: &str, count: &str) {
    egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 8)).show(ui, |ui| {
        ui.horizontal(|ui| {
            let field = ui.add(TextEdit::singleline(filter).hint_text("Filter").desired_width(240.0));
            field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, name));
            let count = RichText::new(count).size(12.0).color(theme::colour(ui, Role::Soft));
            ui.add(egui::Label::new(count).truncate());
        });
    });
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

/// No column is fitted to more than this.
const WIDEST: f32 = 240.0;

/// How wide a cell would like to be.
fn natural(cell: &Cell) -> f32 {
    let words = text::width(Face::Regular, 13.0, cell.words()) + 18.0;
    let more = match cell {
        Cell::Kind(_) => 22.0,
        Cell::Text(_, aside) if !aside.is_empty() => text::width(Face::Regular, 11.0, aside) + 16.0,
        _ => 0.0,
    };
    (words + more).min(WIDEST)
}

struct Painter<'a> {
    survey: &'a Survey,
    grid: &'a Grid,
    rows: &'a [usize],
    look: &'a mut Look,
    selected: &'a dyn Fn(&Key) -> bool,
    clicked: &'a mut Option<(Key, bool)>,
    hovered: Option<u64>,
}

impl Painter<'_> {
    fn row(&self, at: u64) -> Option<&workbench::GridRow> {
        self.grid.rows.get(*self.rows.get(usize::try_from(at).ok()?)?)
    }
}

impl TableDelegate for Painter<'_> {
    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let rect = ui.max_rect();
        paint::heading_ground(ui, rect);
        let Some(at) = cell.col_range.start.checked_sub(1) else { return };
        let Some(column) = self.grid.columns.get(at) else { return };
        let sorted = self.look.sort.filter(|(by, _)| *by == at).map(|(_, backwards)| backwards);
        let response = ui.interact(rect.shrink2(vec2(4.0, 0.0)), ui.scope_id().with(("heading", at)), Sense::click());
        let order = match sorted {
            None => "",
            Some(false) => ", sorted",
            Some(true) => ", sorted backwards",
        };
        let name = format!("Sort by {}{order}", column.title);
        response.widget_info(|| WidgetInfo::selected(egui::Role::ColumnHeader, true, sorted.is_some(), &name));
        let role = if response.hovered() || sorted.is_some() { Role::Text } else { Role::Soft };
        let room = rect.width() - if sorted.is_some() { 28.0 } else { 12.0 };
        let title = text::shorten(Face::SemiBold, 12.0, column.title, room);
        let place = pos2(rect.left() + 8.0, rect.center().y);
        let shown = paint::words(ui.painter(), place, &title, Face::SemiBold, 12.0, theme::colour(ui, role));
        if let Some(backwards) = sorted {
            paint::wedge(ui.painter(), pos2(shown.right() + 9.0, rect.center().y), backwards, theme::colour(ui, role));
        }
        theme::focus_ring(ui, &response);
        measure(ui, text::width(Face::SemiBold, 12.0, column.title) + 32.0);
        if response.clicked() {
            self.look.press(at);
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, row_nr: u64) {
        let Some(row) = self.row(row_nr) else { return };
        let (key, chosen) = (row.key.clone(), (self.selected)(&row.key));
        let rect = ui.max_rect();
        let seen = rect.intersect(ui.clip_rect());
        let response = ui.interact(seen, ui.scope_id().with(("row", row_nr)), Sense::click());
        let name = rules::name(&self.survey.model, &key.clone().into());
        response.widget_info(|| WidgetInfo::selected(egui::Role::Row, true, chosen, &name));
        if response.hovered() {
            self.hovered = Some(row_nr);
        }
        let fill = if chosen {
            Some(Role::AccentFill)
        } else if self.hovered == Some(row_nr) || response.has_focus() {
            Some(Role::Canvas)
        } else {
            None
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(rect, 0.0, theme::colour(ui, fill));
        }
        let hairline = egui::Stroke::new(1.0, theme::colour(ui, Role::Hairline));
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, hairline);
        if response.clicked() {
            let add = ui.input(|input| input.modifiers.shift || input.modifiers.command);
            *self.clicked = Some((key, add));
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let rect = ui.max_rect();
        let Some(row) = self.row(cell.row_nr) else { return };
        let Some(at) = cell.col_nr.checked_sub(1) else {
            if let Some(badge) = row.badge {
                paint::sign(ui.painter(), theme::palette(ui), rect.center(), badge.worst);
            }
            return;
        };
        if let Some(cell) = row.cells.get(at) {
            cell_ui(ui, rect, cell);
            measure(ui, natural(cell));
        }
    }

    fn default_row_height(&self) -> f32 {
        ROW
    }
}

/// The words of a cell, and what stands in small behind them.
fn cell_ui(ui: &Ui, rect: egui::Rect, cell: &Cell) {
    let place = pos2(rect.left() + 8.0, rect.center().y);
    let room = rect.width() - 14.0;
    match cell {
        Cell::Empty => {}
        Cell::Kind(kind) => {
            let side = paint::letter(ui, place, *kind);
            let at = pos2(place.x + side + 6.0, place.y);
            let short = text::shorten(Face::Regular, 13.0, kind.word(), room - side - 6.0);
            paint::words(ui.painter(), at, &short, Face::Regular, 13.0, theme::colour(ui, Role::Text));
        }
        Cell::NotAsked => {
            paint::words(ui.painter(), place, "not asked", Face::Italic, 12.0, theme::colour(ui, Role::Faint));
        }
        Cell::None => {
            paint::words(ui.painter(), place, "none", Face::Regular, 13.0, theme::colour(ui, Role::Soft));
        }
        Cell::Text(words, aside) => {
            let short = text::shorten(Face::Regular, 13.0, words, room);
            let shown = paint::words(ui.painter(), place, &short, Face::Regular, 13.0, theme::colour(ui, Role::Text));
            let left = rect.right() - 6.0 - shown.right() - 8.0;
            if !aside.is_empty() && left > 24.0 {
                let aside = text::shorten(Face::Regular, 11.0, aside, left);
                let at = pos2(shown.right() + 8.0, place.y);
                paint::words(ui.painter(), at, &aside, Face::Regular, 11.0, theme::colour(ui, Role::Soft));
            }
        }
    }
}
