//! The glyphs that a file uses, and the fonts cut down to them.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{Codepoint, FontId, ParsedFont, TextItem};
use subsetter::GlyphRemapper;

use super::ExportError;
use crate::text::{Face, Glyph};

/// What a glyph that no font has is copied out as.
const REPLACEMENT: &str = "\u{FFFD}";

/// Collects glyphs while pages are drawn. Numbers in pages are already those of the cut-down fonts.
#[derive(Default)]
pub(super) struct Fonts {
    used: BTreeMap<Face, Used>,
    missing: BTreeSet<char>,
}

struct Used {
    whole: Option<ParsedFont>,
    remapper: GlyphRemapper,
    /// By new number: the text that is copied out.
    texts: BTreeMap<u16, String>,
}

/// A font as it is embedded.
pub(super) struct Embedded {
    pub(super) id: FontId,
    /// With the prefix that marks a subset.
    pub(super) name: String,
    pub(super) font: ParsedFont,
    /// By glyph number, in thousandths of an em.
    pub(super) widths: Vec<f32>,
}

impl Fonts {
    /// Characters that no font has.
    pub(super) fn missing(&self) -> Vec<char> {
        self.missing.iter().copied().collect()
    }

    pub(super) fn id(face: Face) -> FontId {
        // Names F1 to F14 would be taken for the fonts that every reader has.
        FontId(format!("F{}", 100 + face as usize))
    }

    /// The glyphs as an operand of the page, kerned as they were shaped.
    pub(super) fn show(&mut self, face: Face, glyphs: &[&Glyph]) -> Vec<TextItem> {
        let mut items = Vec::new();
        let shift = |at: usize| glyphs.get(at).map_or(0.0, |glyph| glyph.offset.0 * 1000.0);
        if shift(0) != 0.0 {
            items.push(TextItem::Offset(-hundredth(shift(0))));
        }
        let mut carried = 0.0;
        let mut codepoints = Vec::with_capacity(glyphs.len());
        for (at, glyph) in glyphs.iter().enumerate() {
            let used = self.used.entry(face).or_insert_with(|| Used::new(face));
            let back = used.width(glyph.id) - glyph.advance * 1000.0 + shift(at) - shift(at + 1) + carried;
            let kern = if back.abs() < 0.02 { 0.0 } else { hundredth(back) };
            carried = back - kern;
            let (code, text) = used.code(glyph);
            codepoints.push(Codepoint::with_cid(code, kern, text));
            if glyph.id == 0 {
                self.missing.extend(glyph.text.chars().filter(|c| !c.is_control()));
            }
        }
        items.push(TextItem::GlyphIds(codepoints));
        items
    }

    pub(super) fn embed(self) -> Result<Vec<Embedded>, ExportError> {
        self.used.into_iter().map(|(face, used)| used.embed(face)).collect()
    }
}

impl Used {
    fn new(face: Face) -> Self {
        Self {
            whole: ParsedFont::from_bytes(face.bytes(), 0, &mut Vec::new()),
            remapper: GlyphRemapper::new(),
            texts: BTreeMap::from([(0, REPLACEMENT.to_owned())]),
        }
    }

    /// A glyph's own width in thousandths of an em, as the file states it.
    fn width(&self, id: u16) -> f32 {
        self.whole.as_ref().map_or(0.0, |font| {
            let units = font.glyph_widths.get(&id).copied().unwrap_or_default();
            hundredth(f32::from(units) * 1000.0 / f32::from(font.units_per_em.max(1)))
        })
    }

    /// A glyph's new number, and what it is copied out as. That is one text a glyph: ASCII wins, then the first.
    fn code(&mut self, glyph: &Glyph) -> (u16, String) {
        let code = self.remapper.remap(glyph.id);
        let text = self.texts.entry(code).or_default();
        if text.is_empty() || (glyph.id != 0 && glyph.text.is_ascii() && !glyph.text.is_empty() && !text.is_ascii()) {
            text.clone_from(&glyph.text);
        }
        // Part of a cluster whose text another glyph carries.
        (code, if text.is_empty() { "\u{200B}".to_owned() } else { text.clone() })
    }

    fn embed(self, face: Face) -> Result<Embedded, ExportError> {
        let failed = |reason: String| ExportError::Font { font: face.name(), reason };
        let program = subsetter::subset(face.bytes(), 0, &self.remapper).map_err(|error| failed(error.to_string()))?;
        let mut font = ParsedFont::from_bytes(&program, 0, &mut Vec::new())
            .ok_or_else(|| failed("the subset is not readable".to_owned()))?;
        let name = format!("{}+{}", prefix(&self.remapper), face.name());
        font.font_name = Some(name.clone());
        font.pdf_font_metrics.us_weight_class = if face == Face::SemiBold { 600 } else { 400 };
        let widths = self.remapper.remapped_gids().map(|id| self.width(id)).collect();
        Ok(Embedded { id: Fonts::id(face), name, font, widths })
    }
}

/// Six capitals that differ where the glyphs do.
fn prefix(remapper: &GlyphRemapper) -> String {
    let bytes = remapper.remapped_gids().flat_map(u16::to_be_bytes);
    let hash = super::write::fnv(bytes);
    (0..6).map(|at| char::from(b'A' + (hash >> (at * 8)) as u8 % 26)).collect()
}

fn hundredth(value: f32) -> f32 {
    crate::export::escape::round(value)
}
