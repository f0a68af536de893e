//! Rich text → lines: shaped once, broken at any width, drawn from the glyphs it was measured with.

use std::ops::Range;

use super::{
    fonts::Fonts,
    sheet::{Sheet, Target, Type},
};
use crate::{
    document::{Link, Rich, Style},
    export::escape::address,
    scene::{Point, Rect, Role},
    text::{Face, Glyph, lines, shape},
};

/// Code looks larger than the text around it at the same size.
const CODE_SCALE: f32 = 0.93;

/// A shaped paragraph or cell.
pub(super) struct Prose {
    text: String,
    looks: Vec<Look>,
    glyphs: Vec<Set>,
    /// How far each glyph is from the first, and where the last ends; one longer than `glyphs`.
    at: Vec<f64>,
}

struct Look {
    role: Role,
    target: Option<Target>,
}

/// A glyph in its place in the text.
struct Set {
    start: usize,
    look: usize,
    face: Face,
    size: f32,
    glyph: Glyph,
}

/// A line of a prose: which of its glyphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextLine(Range<usize>);

impl Prose {
    /// A text in the plain face and the colour of text.
    pub(super) fn rich(rich: &Rich, size: f32) -> Self {
        let mut prose = Self::empty();
        for span in &rich.0 {
            let (face, role) = match span.style {
                Style::Plain => (Face::Regular, Role::Text),
                Style::Bold => (Face::SemiBold, Role::Text),
                Style::Unstated => (Face::Italic, Role::Faint),
                Style::Code => (Face::Mono, Role::Text),
                Style::Error => (Face::SemiBold, Role::Error),
                Style::Warning => (Face::SemiBold, Role::Warning),
                Style::Soft => (Face::Regular, Role::Soft),
            };
            let target = match &span.link {
                Some(Link::Anchor(anchor)) => Some(Target::Anchor(anchor.clone())),
                Some(Link::Url(url)) => address(url).map(Target::Url),
                None => None,
            };
            let role = if target.is_some() { Role::Accent } else { role };
            let scale = if face == Face::Mono { CODE_SCALE } else { 1.0 };
            prose.push(&span.text, Type { face, size: size * scale, role }, target);
        }
        prose
    }

    /// A text in one look.
    pub(super) fn plain(text: &str, set: Type) -> Self {
        Self::empty().then(text, set)
    }

    /// This, and more in another look.
    pub(super) fn then(mut self, text: &str, set: Type) -> Self {
        self.push(text, set, None);
        self
    }

    fn empty() -> Self {
        Self { text: String::new(), looks: Vec::new(), glyphs: Vec::new(), at: vec![0.0] }
    }

    fn push(&mut self, text: &str, set: Type, target: Option<Target>) {
        let text: String =
            text.chars().filter(|c| *c != '\r').map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
        let look = self.looks.len();
        self.looks.push(Look { role: set.role, target });
        let mut start = self.text.len();
        for part in text.split_inclusive('\n') {
            let bare = part.trim_end_matches('\n');
            for run in shape(set.face, bare) {
                for glyph in run.glyphs {
                    let end = self.at.last().copied().unwrap_or_default() + f64::from(glyph.advance * set.size);
                    self.at.push(end);
                    let length = glyph.text.len();
                    self.glyphs.push(Set { start, look, face: run.face, size: set.size, glyph });
                    start += length;
                }
            }
            start += part.len() - bare.len();
        }
        self.text.push_str(&text);
    }

    /// Lines no wider than `limit`.
    pub(super) fn lines(&self, limit: f32) -> Vec<TextLine> {
        // `lines` measures pieces of our own text: their addresses tell which.
        let origin = self.text.as_ptr().addr();
        let width = |piece: &str| {
            let start = piece.as_ptr().addr() - origin;
            self.width_of(start..start + piece.len())
        };
        let ranges = lines(&self.text, limit + 0.01, width);
        let trimmed = ranges.into_iter().map(|range| {
            let length = self.text.get(range.clone()).unwrap_or_default().trim_end().len();
            TextLine(self.index(range.start)..self.index(range.start + length))
        });
        trimmed.collect()
    }

    /// The width without any wrapping.
    pub(super) fn natural_width(&self) -> f32 {
        self.text.lines().map(|line| self.piece(line)).fold(0.0, f32::max)
    }

    /// The width of the widest word.
    pub(super) fn word_width(&self) -> f32 {
        self.text.split_whitespace().map(|word| self.piece(word)).fold(0.0, f32::max)
    }

    fn piece(&self, piece: &str) -> f32 {
        let start = piece.as_ptr().addr() - self.text.as_ptr().addr();
        self.width_of(start..start + piece.len())
    }

    fn width_of(&self, range: Range<usize>) -> f32 {
        let place = |at: usize| self.at.get(self.index(at)).copied().unwrap_or_default();
        (place(range.end) - place(range.start)) as f32
    }

    /// The first glyph at or behind a place in the text.
    fn index(&self, at: usize) -> usize {
        self.glyphs.partition_point(|set| set.start < at)
    }

    /// How wide a line is.
    pub(super) fn line_width(&self, line: &TextLine) -> f32 {
        let place = |at: usize| self.at.get(at).copied().unwrap_or_default();
        (place(line.0.end) - place(line.0.start)) as f32
    }

    /// Draws a line; `at` is the left end of its baseline.
    pub(super) fn draw(&self, line: &TextLine, at: Point, sheet: &mut Sheet, fonts: &mut Fonts) {
        let mut x = at.x;
        let glyphs = self.glyphs.get(line.0.clone()).unwrap_or_default();
        for run in glyphs.chunk_by(|a, b| a.look == b.look && a.face == b.face) {
            let (Some(first), Some(look)) = (run.first(), run.first().and_then(|set| self.looks.get(set.look))) else {
                continue;
            };
            let shown: Vec<&Glyph> = run.iter().map(|set| &set.glyph).collect();
            let width = shown.iter().map(|glyph| glyph.advance).sum::<f32>() * first.size;
            let set = Type { face: first.face, size: first.size, role: look.role };
            sheet.glyphs(fonts, Point { x, y: at.y }, set, &shown);
            if let Some(target) = &look.target {
                let area = Rect { x, y: at.y - first.size, w: width, h: first.size * 1.3 };
                sheet.link(area, target.clone());
            }
            x += width;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    #[test]
    fn lines_fit_and_hold_every_letter() {
        let rich = sample::rich();
        let prose = Prose::rich(&rich, 10.0);
        for limit in [1.0, 40.0, 90.0, 300.0, 5000.0] {
            let lines = prose.lines(limit);
            let letters: String = lines
                .iter()
                .flat_map(|line| &prose.glyphs[line.0.clone()])
                .map(|set| set.glyph.text.as_str())
                .collect();
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(bare(&letters), bare(&rich.text()));
            let fits = |line: &TextLine| prose.line_width(line) <= limit + 0.02 || line.0.len() == 1;
            assert!(lines.iter().all(fits), "{limit}");
        }
        assert_eq!(prose.lines(5000.0).len(), 2);
        assert!(prose.word_width() < prose.natural_width());
    }

    #[test]
    fn an_empty_text_has_no_lines() {
        assert!(Prose::rich(&Rich::plain(""), 10.0).lines(100.0).is_empty());
        assert_eq!(Prose::rich(&Rich::plain("a\n\nb"), 10.0).lines(100.0).len(), 3);
    }
}
