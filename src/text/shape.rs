//! Text → glyphs: kerned, without ligatures, with another bundled face where one lacks a character.

use std::{cell::RefCell, collections::HashMap, sync::OnceLock};

use rustybuzz::{Feature, UnicodeBuffer, ttf_parser::Tag};

use super::Face;

/// A stretch of text in one face.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The face: the one asked for, or one that has what it lacks.
    pub face: Face,
    /// Its glyphs, left to right.
    pub glyphs: Vec<Glyph>,
}

/// A glyph.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the face; 0 where no bundled face has the character.
    pub id: u16,
    /// How far the next glyph is, in ems.
    pub advance: f32,
    /// How far the glyph itself is moved, in ems.
    pub offset: (f32, f32),
    /// The characters it stands for.
    pub text: String,
}

pub(super) fn parsed(face: Face) -> Option<&'static rustybuzz::Face<'static>> {
    static FACES: [OnceLock<Option<rustybuzz::Face<'static>>>; 4] = [const { OnceLock::new() }; 4];
    FACES[face as usize].get_or_init(|| rustybuzz::Face::from_slice(face.bytes(), 0)).as_ref()
}

fn has(face: Face, c: char) -> bool {
    parsed(face).is_some_and(|face| face.glyph_index(c).is_some())
}

/// The face that shows a character: the one asked for if it can.
fn face_for(face: Face, c: char) -> Face {
    if has(face, c) {
        return face;
    }
    [Face::Regular, Face::Mono].into_iter().find(|other| has(*other, c)).unwrap_or(face)
}

/// Characters that no bundled face has, each once, in order.
pub fn missing(text: &str) -> Vec<char> {
    let mut missing: Vec<char> =
        text.chars().filter(|c| !c.is_control() && !has(face_for(Face::Regular, *c), *c)).collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// The glyphs of one line of text.
pub fn shape(face: Face, text: &str) -> Vec<Run> {
    let mut runs: Vec<(Face, usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        let wanted = face_for(face, c);
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some((last, _, until)) if *last == wanted => *until = end,
            _ => runs.push((wanted, at, end)),
        }
    }
    runs.into_iter().map(|(face, start, end)| Run { face, glyphs: glyphs(face, &text[start..end]) }).collect()
}

fn glyphs(face: Face, text: &str) -> Vec<Glyph> {
    let Some(font) = parsed(face) else { return Vec::new() };
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer.set_direction(rustybuzz::Direction::LeftToRight);
    let off = |tag| Feature::new(Tag::from_bytes(tag), 0, ..);
    let shaped = rustybuzz::shape(font, &[off(b"liga"), off(b"clig"), off(b"calt"), off(b"dlig")], buffer);
    let em = font.units_per_em() as f32;
    let infos = shaped.glyph_infos();
    let ends = infos.iter().skip(1).map(|info| info.cluster as usize).chain([text.len()]);
    let placed = infos.iter().zip(shaped.glyph_positions()).zip(ends);
    placed
        .map(|((info, position), end)| Glyph {
            id: u16::try_from(info.glyph_id).unwrap_or_default(),
            advance: position.x_advance as f32 / em,
            offset: (position.x_offset as f32 / em, position.y_offset as f32 / em),
            text: text.get(info.cluster as usize..end).unwrap_or_default().to_owned(),
        })
        .collect()
}

/// The width of one line of text.
///
/// Windows ask for the same widths in every frame, so that the last some thousand are remembered.
pub fn width(face: Face, size: f32, text: &str) -> f32 {
    const MOST: usize = 20_000;
    thread_local! {
        static KNOWN: RefCell<[HashMap<Box<str>, f32>; 4]> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        let known = &mut known[face as usize];
        if let Some(ems) = known.get(text) {
            return ems * size;
        }
        let ems: f32 = shape(face, text).iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.advance).sum();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(text.into(), ems);
        ems * size
    })
}

/// How far a face reaches above the baseline, at a size.
pub fn ascent(face: Face, size: f32) -> f32 {
    parsed(face).map_or(0.0, |font| f32::from(font.ascender()) / font.units_per_em() as f32) * size
}

/// How far a face reaches below the baseline, at a size; a positive number.
pub fn descent(face: Face, size: f32) -> f32 {
    parsed(face).map_or(0.0, |font| -f32::from(font.descender()) / font.units_per_em() as f32) * size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_linear_and_kerned() {
        let at = |size| width(Face::Regular, size, "AVATAR");
        assert!((at(20.0) - 2.0 * at(10.0)).abs() < 1e-3);
        let apart: f32 = "AVATAR".chars().map(|c| width(Face::Regular, 10.0, &c.to_string())).sum();
        assert!(at(10.0) < apart);
    }

    #[test]
    fn another_face_stands_in_and_what_none_has_is_told() {
        assert!(missing("Grüße, €, →, ≤, Ω, Ж").is_empty());
        assert_eq!(missing("a注b注"), ['注']);
        let covered: String =
            shape(Face::Mono, "a✓b").iter().flat_map(|run| &run.glyphs).map(|g| g.text.clone()).collect();
        assert_eq!(covered, "a✓b");
    }
}
