//! What is selected, and how it comes into view.

use std::collections::BTreeSet;

use super::App;
use crate::model::{Id, Key, Kind};

impl App {
    /// What is selected, in order.
    pub fn selected(&self) -> impl Iterator<Item = &Key> {
        self.selection.iter()
    }

    /// Selects elements.
    pub fn choose(&mut self, keys: &[Key]) {
        self.select(None, false);
        self.selection = keys.iter().cloned().collect();
    }

    /// Selects an element; with `add`, beside what is selected, or no longer.
    pub(super) fn select(&mut self, key: Option<Key>, add: bool) {
        self.lit.clear();
        self.findings.row = None;
        self.tables.reveal = true;
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

    /// Selects an element and brings it into view, out of the container that hides it; shows a view.
    pub(super) fn go_to(&mut self, key: Key) {
        if key.kind == Kind::View {
            return self.open_view(Some(&Id::from_slug(key.slug)));
        }
        self.find(&key, [key.clone()].into());
        self.select(Some(key), false);
    }

    /// Brings elements into the middle, at once or as soon as the one that matters is drawn.
    fn find(&mut self, key: &Key, all: BTreeSet<Key>) {
        if self.uncover(key) {
            self.find_when_drawn = Some(all);
        } else {
            self.canvas.centre_on = Some(all);
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
        if self.findings.row == Some(at) {
            self.findings.row = None;
            return;
        }
        let Some(survey) = self.survey.clone() else { return };
        let Some(row) = survey.rows.get(at) else { return };
        self.findings.row = Some(at);
        self.findings.reveal = true;
        self.tables.reveal = true;
        self.lit = row.subjects.iter().map(|subject| subject.key.clone()).collect();
        let first = row.findings.first().and_then(|at| survey.report.findings.get(*at));
        let about = first.map(|finding| finding.about.key.clone());
        self.selection = about.clone().into_iter().collect();
        let lit = self.lit.clone();
        match about.or_else(|| lit.first().cloned()) {
            Some(key) => self.find(&key, lit),
            None => self.canvas.centre_on = Some(lit),
        }
    }

    /// What is no longer there cannot be selected, and lines of the list have new places.
    pub(super) fn forget_gone(&mut self) {
        let Some(survey) = &self.survey else { return };
        // What was made since then is not drawn yet.
        self.selection.retain(|key| survey.model.contains(key) || self.bench.model().contains(key));
        self.lit.retain(|key| survey.model.contains(key));
        if self.findings.row.is_some_and(|row| row >= survey.rows.len()) {
            self.findings.row = None;
        }
    }
}
