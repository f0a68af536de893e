//! What edits would make of a model, as text in the file's own words: record by record, fact by fact.

use std::fmt;

use crate::{
    file::facts,
    model::{Change, Edit, EditError, Entry, Model, Patch},
};

/// What a line of a preview is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreviewKind {
    /// Which record the lines below are about, and what becomes of it.
    Head,
    /// A fact that stays.
    Kept,
    /// A fact that goes.
    Removed,
    /// A fact that comes.
    Added,
}

/// A line of a preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewLine {
    /// What it is.
    pub kind: PreviewKind,
    /// The text, without a mark.
    pub text: String,
}

impl fmt::Display for PreviewLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.kind {
            PreviewKind::Head => return f.write_str(&self.text),
            PreviewKind::Kept => ' ',
            PreviewKind::Removed => '-',
            PreviewKind::Added => '+',
        };
        write!(f, "  {mark} {}", self.text)
    }
}

/// What edits would make of a model.
///
/// # Errors
/// As [`Model::apply`].
pub fn preview(model: &Model, edits: &[Edit]) -> Result<Vec<PreviewLine>, EditError> {
    Ok(patch_lines(&model.clone().apply(edits)?))
}

/// A patch as lines, in the order of the file.
pub fn patch_lines(patch: &Patch) -> Vec<PreviewLine> {
    patch.changes.iter().flat_map(record).collect()
}

fn record(change: &Change) -> Vec<PreviewLine> {
    let lines = |entry: &Option<Entry>| entry.as_ref().map(lines).unwrap_or_default();
    let (before, after) = (lines(&change.before), lines(&change.after));
    let word = match (&change.before, &change.after) {
        (None, _) => "new",
        (_, None) => "gone",
        _ => "changed",
    };
    let text = format!("{} \"{}\" ({word})", change.key.kind.phrase(), change.key.slug);
    let mut all = vec![PreviewLine { kind: PreviewKind::Head, text }];
    all.extend(compared(&before, &after));
    all
}

fn lines(entry: &Entry) -> Vec<String> {
    let comment = entry.comment.iter().flat_map(|comment| comment.lines().map(str::to_owned));
    comment.chain(facts(&entry.record)).collect()
}

/// The lines of both in order: what they share once, what only one has marked. Records are short: the table of the
/// longest common run costs nothing.
fn compared(before: &[String], after: &[String]) -> Vec<PreviewLine> {
    let (rows, columns) = (before.len(), after.len());
    let mut shared = vec![vec![0_usize; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            shared[row][column] = if before[row] == after[column] {
                shared[row + 1][column + 1] + 1
            } else {
                shared[row + 1][column].max(shared[row][column + 1])
            };
        }
    }
    let mut lines = Vec::with_capacity(rows + columns);
    let (mut row, mut column) = (0, 0);
    let mut push = |kind, text: &String| lines.push(PreviewLine { kind, text: text.clone() });
    while let (Some(old), Some(new)) = (before.get(row), after.get(column)) {
        if old == new {
            push(PreviewKind::Kept, old);
            (row, column) = (row + 1, column + 1);
        } else if shared[row + 1][column] >= shared[row][column + 1] {
            push(PreviewKind::Removed, old);
            row += 1;
        } else {
            push(PreviewKind::Added, new);
            column += 1;
        }
    }
    before.iter().skip(row).for_each(|old| push(PreviewKind::Removed, old));
    after.iter().skip(column).for_each(|new| push(PreviewKind::Added, new));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Fact, Id, Interaction, InteractionKind, System, SystemKind};

    #[test]
    fn a_preview_tells_what_comes_what_goes_and_what_stays() {
        let mut model = Model::new("Shop");
        let id = |text: &str| text.parse::<Id<System>>().unwrap();
        let (web, orders) = (id("web"), id("orders"));
        let id: Id<Interaction> = "web-orders".parse().unwrap();
        let mut call = Interaction::new(web, orders, InteractionKind::Command);
        call.resilience.timeout = Fact::None;
        model
            .apply(&[
                Edit::put(&call.from, System::new("Web", SystemKind::Application)),
                Edit::put(&call.to, System::new("Orders", SystemKind::Service)),
                Edit::put(&id, call.clone()),
            ])
            .unwrap();
        let before = model.clone();
        call.resilience.timeout = "1s".parse::<crate::model::Duration>().unwrap().into();
        let lines = preview(&model, &[Edit::put(&id, call)]).unwrap();
        let text: Vec<String> = lines.iter().map(ToString::to_string).collect();
        assert_eq!(
            text,
            [
                "interaction \"web-orders\" (changed)",
                "    from: \"web\"",
                "    to: \"orders\"",
                "    kind: Command",
                "  - resilience: (timeout: None)",
                "  + resilience: (timeout: \"1s\")",
            ]
        );
        assert_eq!(model, before);
    }
}
