//! What becomes of what was said about a fact, who said it and why it does not apply, when the fact is answered anew.

use super::{Path, Record, Said, Shape, Shown, Slot};

const EXCUSES: &str = "not_applicable";
const SOURCES: &str = "sources";

impl Record {
    /// Forgets what was said of an answer that is no longer the answer: its source, and that the fact does not apply once
    /// it has a value. Where it is said of a fact with a value that it does not apply, the value goes.
    pub(super) fn answered(&mut self, before: &Self) {
        for name in self.told_of(EXCUSES) {
            let excuse = Path::from(EXCUSES).then(&name);
            let (now, then) = (self.answers(&name), before.answers(&name));
            if self.at(&excuse) != before.at(&excuse) {
                if now == then {
                    self.forget(&name);
                }
            } else if now != then && !now.is_empty() {
                // What stands there can be taken away.
                let _ = self.set(&excuse, &Said::Remove);
            }
        }
        for name in self.told_of(SOURCES) {
            let source = Path::from(SOURCES).then(&name);
            let then = before.answers(&name);
            if self.at(&source) == before.at(&source) && !then.is_empty() && self.answers(&name) != then {
                let _ = self.set(&source, &Said::Remove);
            }
        }
    }

    /// The facts of which it says both what they are and that they do not apply.
    pub fn said_and_excused(&self) -> Vec<(String, Shown)> {
        let known = |name: String| {
            let value = self.answers(&name).into_iter().find(|value| *value != Shown::None)?;
            Some((name, value))
        };
        self.told_of(EXCUSES).into_iter().filter_map(known).collect()
    }

    fn forget(&mut self, name: &str) {
        for place in self.places(name) {
            // What must be there stays there.
            let _ = self.set(&place, &Said::NotAsked);
        }
    }

    /// The facts that it says something about.
    fn told_of(&self, field: &str) -> Vec<String> {
        match self.at(&Path::from(field)) {
            Some(Shown::Group(entries)) => entries.into_iter().map(|(name, _)| name).collect(),
            _ => Vec::new(),
        }
    }

    /// What it answers to a fact that is its own, not that of a part.
    fn answers(&self, name: &str) -> Vec<Shown> {
        let told = self.places(name).into_iter().filter_map(|place| self.at(&place));
        told.filter(|shown| *shown != Shown::NotAsked && *shown != Shown::Group(Vec::new())).collect()
    }

    /// Where a fact of that name stands in it.
    fn places(&self, name: &str) -> Vec<Path> {
        let mut found = Vec::new();
        places(Self::shape_of(self.kind()), name, &Path(Vec::new()), &mut found);
        found
    }
}

fn places(slots: Vec<Slot>, name: &str, within: &Path, found: &mut Vec<Path>) {
    for slot in slots.into_iter().filter(|slot| slot.name != EXCUSES && slot.name != SOURCES) {
        let place = within.then(slot.name);
        if slot.name == name {
            found.push(place);
        } else if let Shape::Group(inner) = slot.shape {
            places(inner(), name, &place, found);
        }
    }
}
