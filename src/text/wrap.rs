//! Lines: where a text may break (UAX 14), and what to do where it does not fit.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::{Face, shape};

/// A text in lines no wider than `limit`. A word that is wider alone is broken between its letters.
pub fn wrap(face: Face, size: f32, text: &str, limit: f32) -> Vec<String> {
    lines(text, limit, |piece| shape::width(face, size, piece))
        .into_iter()
        .map(|range| text[range].trim_end().to_owned())
        .collect()
}

/// The same for text of any measure: the byte ranges of its lines.
pub fn lines(text: &str, limit: f32, width: impl Fn(&str) -> f32) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut good) = (0, 0);
    for (at, kind) in linebreaks(text) {
        if width(text[start..at].trim_end()) > limit {
            if good > start {
                lines.push(start..good);
                start = good;
            }
            while width(text[start..at].trim_end()) > limit {
                let end = longest(&text[start..at], limit, &width) + start;
                lines.push(start..end);
                start = end;
            }
        }
        good = at;
        if kind == BreakOpportunity::Mandatory && at > start {
            lines.push(start..at);
            start = at;
        }
    }
    if start < text.len() {
        lines.push(start..text.len());
    }
    lines
}

/// Where the longest part that fits ends; one character at least.
fn longest(text: &str, limit: f32, width: &impl Fn(&str) -> f32) -> usize {
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    let fitting = ends.partition_point(|end| width(&text[..*end]) <= limit);
    ends.get(fitting.saturating_sub(1)).copied().unwrap_or(text.len())
}

/// A text that is no wider than `limit`: cut, with `…` at its end, where it is.
pub fn shorten(face: Face, size: f32, text: &str, limit: f32) -> String {
    let width = |text: &str| shape::width(face, size, text);
    if width(text) <= limit {
        return text.to_owned();
    }
    let room = limit - width("…");
    let end = longest(text, room.max(0.0), &width);
    format!("{}…", text[..end].trim_end())
}

/// A text with a capital at its beginning.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_lose_nothing() {
        let text = "Integration failures are silent: unclear ownership, undocumented contracts.\nAnd Donaudampfschifffahrtsgesellschaft.";
        for limit in [30.0, 80.0, 200.0, 900.0] {
            let wrapped = wrap(Face::Regular, 10.0, text, limit);
            for line in &wrapped {
                assert!(shape::width(Face::Regular, 10.0, line) <= limit + 1e-3, "{line:?} at {limit}");
            }
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(bare(&wrapped.concat()), bare(text));
        }
    }

    #[test]
    fn shortened_text_fits() {
        assert_eq!(shorten(Face::Regular, 10.0, "Orders", 100.0), "Orders");
        let short = shorten(Face::Regular, 10.0, "Warehouse management", 60.0);
        assert!(short.ends_with('…') && shape::width(Face::Regular, 10.0, &short) <= 60.0, "{short}");
    }
}
