//! Styled text in lines.

use super::sheet::{Mark, Sheet, Target};
use crate::{
    document::{Link, Rich, Span, Style},
    scene::Role,
    text::{self, Face},
};

/// One line of styled text.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pieces: Vec<Piece>,
    /// How wide it is.
    pub(super) width: f32,
}

#[derive(Clone, Debug)]
struct Piece {
    x: f32,
    width: f32,
    text: String,
    style: Style,
    link: Option<Link>,
}

/// The face and colour of a style.
fn look(style: Style, linked: bool) -> (Face, Role) {
    let (face, role) = match style {
        Style::Plain => (Face::Regular, Role::Text),
        Style::Bold => (Face::SemiBold, Role::Text),
        Style::Unstated => (Face::Italic, Role::Faint),
        Style::Code => (Face::Mono, Role::Text),
        Style::Error => (Face::SemiBold, Role::Error),
        Style::Warning => (Face::SemiBold, Role::Warning),
        Style::Soft => (Face::Regular, Role::Soft),
    };
    if linked { (face, Role::Accent) } else { (face, role) }
}

/// Code looks larger than it is: it is set a little smaller.
fn sized(style: Style, size: f32) -> f32 {
    if style == Style::Code { size * 0.92 } else { size }
}

fn measure(span: &Span, text: &str, size: f32) -> f32 {
    text::width(look(span.style, span.link.is_some()).0, sized(span.style, size), text)
}

/// The text in lines no wider than `limit`.
pub(super) fn lines(rich: &Rich, size: f32, limit: f32) -> Vec<Line> {
    let whole: String = rich.0.iter().map(|span| span.text.as_str()).collect();
    let whole = whole.replace('\t', " ");
    if whole.trim().is_empty() {
        return Vec::new();
    }
    let start = whole.as_ptr() as usize;
    let width = |part: &str| {
        let from = part.as_ptr() as usize - start;
        pieces(rich, from..from + part.len()).map(|(span, text)| measure(span, text, size)).sum()
    };
    let ranges = text::lines(&whole, limit, width);
    ranges.into_iter().map(|range| set(rich, range.start..range.start + whole[range].trim_end().len(), size)).collect()
}

/// The parts of spans that lie in a range of the whole text.
fn pieces(rich: &Rich, range: std::ops::Range<usize>) -> impl Iterator<Item = (&Span, &str)> {
    let mut at = 0;
    rich.0.iter().filter_map(move |span| {
        let from = at;
        at += span.text.len();
        let (low, high) = (range.start.max(from), range.end.min(at));
        let text = (low < high).then(|| span.text.get(low - from..high - from))??;
        Some((span, text))
    })
}

fn set(rich: &Rich, range: std::ops::Range<usize>, size: f32) -> Line {
    let mut line = Line::default();
    for (span, text) in pieces(rich, range) {
        let text = text.replace('\n', "");
        let width = measure(span, &text, size);
        line.pieces.push(Piece { x: line.width, width, text, style: span.style, link: span.link.clone() });
        line.width += width;
    }
    line
}

/// The width of the longest part that cannot be broken.
pub(super) fn least_width(rich: &Rich, size: f32) -> f32 {
    let words = |span: &Span| {
        let parts = span.text.split([' ', '\n']).map(|word| measure(span, word, size));
        parts.fold(0.0, f32::max)
    };
    rich.0.iter().map(words).fold(0.0, f32::max)
}

impl Line {
    /// Puts the line on a sheet; `y` is its baseline.
    pub(super) fn put(&self, sheet: &mut Sheet, x: f32, y: f32, size: f32) {
        for piece in &self.pieces {
            let (face, role) = look(piece.style, piece.link.is_some());
            sheet.text(x + piece.x, y, &piece.text, face, sized(piece.style, size), role);
            if let Some(link) = &piece.link {
                let to = match link {
                    Link::Anchor(name) => Target::Anchor(name.clone()),
                    Link::Url(url) => Target::Url(url.clone()),
                };
                sheet.marks.push(Mark::Link { x: x + piece.x, y: y - size, w: piece.width, h: size * 1.3, to });
            }
        }
    }
}
