//! The legend of a chart: the signs that its page uses, and what they mean.

use std::collections::BTreeSet;

use super::{
    Look, Mark, Page, WIDTH, at,
    paint::{Painter, SMALL, stroke},
};
use crate::{
    scene::{Align, Dash, Point, Role},
    text::{Face, width},
};

impl Painter<'_> {
    /// What the signs of the page mean; where the legend ends.
    pub(super) fn legend(&mut self, page: &Page<'_>, plateaus: bool, (fine, wrong): (bool, bool), top: f32) -> f32 {
        let spans = page.tracks.iter().flat_map(|placed| &placed.track.spans);
        let looks: BTreeSet<Look> = spans.clone().map(|span| span.look).collect();
        let open = spans.clone().any(|span| !span.look.is_life() && (span.from.is_none() || span.to.is_none()));
        let marks: BTreeSet<Mark> =
            page.tracks.iter().flat_map(|placed| &placed.track.marks).map(|(_, mark)| *mark).collect();
        let mut cursor = Cursor { x: 0.0, y: top };
        for look in looks {
            let sign = cursor.entry(self, 34.0, look.words());
            self.swatch(look, sign.x, sign.x + 26.0, sign.y);
        }
        for mark in marks {
            let words = if mark == Mark::Retirement { "retirement" } else { "sunset" };
            let sign = cursor.entry(self, 20.0, words);
            self.mark(mark, sign.moved(7.0, 0.0));
        }
        let mut lines = vec![("day of this document", stroke(Role::Accent, 1.5, Dash::Dashed))];
        for (is, words, look) in [
            (plateaus, "plateau", stroke(Role::Text, 1.25, Dash::Solid)),
            (open, "an end is not known", stroke(Role::BoxLine, 1.5, Dash::Dashed)),
        ] {
            if is {
                lines.push((words, look));
            }
        }
        for (words, look) in lines {
            let sign = cursor.entry(self, 32.0, words);
            self.line(&[(sign.x, sign.y), (sign.x + 24.0, sign.y)], look);
        }
        for (is, words, late) in [(fine, "must end before", false), (wrong, "starts too early", true)] {
            if is {
                let sign = cursor.entry(self, 32.0, words);
                self.arrow((sign.x - 6.0, sign.y), (sign.x + 24.0, sign.y), late);
            }
        }
        cursor.y + 16.0
    }
}

/// Where the next entry of the legend goes.
struct Cursor {
    x: f32,
    y: f32,
}

impl Cursor {
    /// Writes an entry's words; the middle of the left end of its sign.
    fn entry(&mut self, painter: &mut Painter<'_>, room: f32, words: &str) -> Point {
        let wide = room + width(Face::Regular, SMALL, words) + 18.0;
        if self.x > 0.0 && self.x + wide > WIDTH {
            (self.x, self.y) = (0.0, self.y + 20.0);
        }
        let sign = at(self.x, self.y + 6.0);
        painter.text(at(self.x + room, self.y + 9.5), words, Face::Regular, SMALL, Role::Soft, Align::Start);
        self.x += wide;
        sign
    }
}
