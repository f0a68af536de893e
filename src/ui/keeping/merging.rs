//! Where two have changed the same: whose word counts, fact by fact.

use std::collections::BTreeMap;

use egui::{Button, RichText, ScrollArea, Ui, WidgetInfo};

use super::{
    super::{dialogs::heading, theme},
    Said,
    asking::{After, soft, unasked_choice},
};
use crate::{
    model::{Conflict, Key, Model, Shown, Side},
    scene::Role,
    text::{Face, capital},
    workbench::{Workbench, keep::Recovered},
};

/// Longer values are cut: who must see all of one looks at the record.
const LONGEST: usize = 160;

/// What is merged.
#[derive(Debug)]
pub(super) enum What {
    /// What is open here, and what others have made of its file.
    File { theirs: Box<Model>, print: u64, after: After },
    /// Unsaved work, and what the file has become since.
    Recovery(Box<Recovered>),
}

/// The dialog.
#[derive(Debug)]
pub(in super::super) struct Merging {
    pub(super) what: What,
    file: String,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    conflict: Conflict,
    /// The record, where this is its first fact.
    head: Option<String>,
    ours: String,
    theirs: String,
    side: Side,
}

impl Merging {
    pub(super) fn of_file(
        bench: &Workbench,
        theirs: Model,
        print: u64,
        conflicts: Vec<Conflict>,
        after: After,
    ) -> Self {
        let rows = rows(bench.base(), bench.model(), &theirs, conflicts);
        let file = bench.path.as_ref().and_then(|path| path.file_name()).unwrap_or_default();
        let file = file.to_string_lossy().into_owned();
        Self { what: What::File { theirs: Box::new(theirs), print, after }, file, rows }
    }

    pub(super) fn of_recovery(recovered: Box<Recovered>, conflicts: Vec<Conflict>) -> Self {
        let rows = rows(&recovered.base, &recovered.ours, recovered.bench.model(), conflicts);
        let file = recovered.recovery.title();
        Self { what: What::Recovery(recovered), file, rows }
    }

    /// What the file that is merged is known by.
    pub(super) fn print(&self) -> Option<u64> {
        match &self.what {
            What::File { print, .. } => Some(*print),
            What::Recovery(_) => None,
        }
    }

    pub(super) fn choices(&self) -> BTreeMap<(Key, String), Side> {
        self.rows.iter().map(|row| ((row.conflict.key.clone(), row.conflict.field.clone()), row.side)).collect()
    }
}

fn rows(base: &Model, ours: &Model, theirs: &Model, conflicts: Vec<Conflict>) -> Vec<Row> {
    let mut last = None;
    let mut row = |conflict: Conflict| {
        let key = conflict.key.clone();
        let known = if ours.contains(&key) { ours } else { theirs };
        let head =
            (last.as_ref() != Some(&key)).then(|| format!("{} {}", capital(key.kind.phrase()), known.name(&key)));
        last = Some(key.clone());
        let words = |model: &Model, value: &Option<Shown>| match value {
            None => "Deleted".to_owned(),
            Some(_) if conflict.field.is_empty() => changed(base, model, &key),
            Some(value) => cut(&model.words(value)),
        };
        let (ours, theirs) = (words(ours, &conflict.ours), words(theirs, &conflict.theirs));
        Row { conflict, head, ours, theirs, side: Side::Ours }
    };
    conflicts.into_iter().map(&mut row).collect()
}

/// What a side has made of a record that the other has removed, or made too.
fn changed(base: &Model, model: &Model, key: &Key) -> String {
    let (was, is) = (base.entry(key), model.entry(key));
    let Some(is) = is else { return String::new() };
    let before = was.as_ref().map(|entry| entry.record.fields()).unwrap_or_default();
    let same = |name: &str, shown: &Shown| before.iter().any(|(other, field)| *other == name && field.show() == *shown);
    let fields = is.record.fields().into_iter().map(|(name, field)| (name, field.show()));
    let told: Vec<String> = fields
        .filter(|(name, shown)| *shown != Shown::NotAsked && !same(name, shown))
        .map(|(name, shown)| format!("{} {}", name.replace('_', " "), model.words(&shown)))
        .collect();
    let word = if was.is_some() { "Changed" } else { "New" };
    if told.is_empty() { word.to_owned() } else { cut(&format!("{word}: {}", told.join(", "))) }
}

fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

pub(super) fn merging_ui(ui: &mut Ui, merging: &mut Merging) -> Option<Said> {
    heading(ui, "Whose word counts?");
    let (recovers, file) = (matches!(merging.what, What::Recovery(_)), &merging.file);
    ui.label(if recovers {
        format!("{file} was changed after the work that was not saved. What does not clash goes together; here both changed the same.")
    } else {
        format!("{file} was changed on disk, and here too. What does not clash goes together; here both changed the same.")
    });
    soft(ui, "The merge is one step, and can be undone.");
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        for (words, side) in [("All mine", Side::Ours), ("All from disk", Side::Theirs)] {
            if ui.button(words).clicked() {
                merging.rows.iter_mut().for_each(|row| row.side = side);
            }
        }
    });
    let room = (ui.ctx().content_rect().height() - 320.0).clamp(120.0, 420.0);
    ScrollArea::vertical().max_height(room).auto_shrink([false, true]).show(ui, |ui| {
        ui.set_width(ui.available_width());
        for row in &mut merging.rows {
            row_ui(ui, row);
        }
    });
    unasked_choice(ui, "Merge", None, "Decide later")
}

fn row_ui(ui: &mut Ui, row: &mut Row) {
    if let Some(head) = &row.head {
        ui.add_space(8.0);
        ui.label(RichText::new(head).family(theme::family(Face::SemiBold)));
    }
    let field = if row.conflict.field.is_empty() { "The record".to_owned() } else { capital(&row.conflict.field) };
    soft(ui, &field);
    for (whose, words, side) in [("Mine", &row.ours, Side::Ours), ("On disk", &row.theirs, Side::Theirs)] {
        ui.horizontal(|ui| {
            let chosen = row.side == side;
            let button = Button::selectable(chosen, whose).min_size(egui::vec2(76.0, 26.0));
            let response = ui.add(button);
            let name = format!("{whose}: {field} {words}");
            response.widget_info(|| WidgetInfo::selected(egui::Role::RadioButton, true, chosen, &name));
            if response.clicked() {
                row.side = side;
            }
            let role = if chosen { Role::Text } else { Role::Soft };
            let text = RichText::new(words).color(theme::colour(ui, role));
            ui.add(egui::Label::new(text).wrap());
        });
    }
    ui.add_space(4.0);
}
