//! What was drawn after earlier steps: who takes a step back wants to see what stood there, not only what was known.

use std::collections::BTreeMap;

use crate::{
    model::Date,
    workbench::{Drawn, Showing},
};

/// So many drawings are kept.
const MOST: usize = 40;
/// Larger ones are not: nobody remembers where the boxes of thousands stood.
const LARGEST: usize = 1_000;

/// Drawings by how many steps were done.
#[derive(Debug, Default)]
pub(in crate::ui) struct Past {
    drawn: BTreeMap<usize, Drawn>,
    /// Whether the next drawing is of a state that was there before.
    back: bool,
    /// What was drawn when the model was last open.
    resumed: Option<Drawn>,
    /// Whether the drawing that is being made is.
    returns: bool,
}

impl Past {
    /// A step was taken back, or again.
    pub(in crate::ui) fn turn_back(&mut self) {
        self.back = true;
    }

    /// The first drawing is to be like the last one of another time.
    pub(in crate::ui) fn resume(&mut self, drawn: Drawn) {
        self.resumed = Some(drawn);
    }

    /// Whether what was drawn now is of a state that was there before.
    pub(in crate::ui) fn returns(&mut self) -> bool {
        std::mem::take(&mut self.returns)
    }

    /// Remembers what is drawn after so many steps.
    pub(in crate::ui) fn keep(&mut self, steps: usize, drawn: Drawn) {
        if drawn.boxes() > LARGEST {
            return;
        }
        self.drawn.insert(steps, drawn);
        if self.drawn.len() > MOST {
            self.drawn.pop_first();
        }
    }

    /// What the next drawing, after so many steps, is to be like: the last one, unless it is one that was there before.
    pub(in crate::ui) fn like(
        &mut self,
        steps: usize,
        last: Option<Drawn>,
        (showing, as_of): (&Showing, Date),
    ) -> Option<Drawn> {
        let last = last.or_else(|| self.resumed.take());
        self.returns = std::mem::take(&mut self.back);
        if !self.returns {
            // What was done after this is done no more.
            self.drawn.split_off(&steps);
            return last;
        }
        let same = |drawn: &&Drawn| drawn.showing == *showing && drawn.as_of == as_of;
        self.drawn.get(&steps).filter(same).cloned().or(last)
    }
}
