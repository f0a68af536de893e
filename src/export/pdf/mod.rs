//! A document on paper: laid out by us, written through printpdf, finished with lopdf.
//!
//! [`flow`] turns the document into [`sheet::Sheet`]s of texts, shapes and links in points from the upper left corner;
//! [`writer`] turns sheets into bytes. Everything in between is measured with the faces that are embedded.

mod figure;
mod flow;
mod rich;
mod sheet;
mod table;
mod writer;

use crate::document::Document;

/// A size of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 8.5 × 11 in.
    Letter,
    /// 297 × 420 mm.
    A3,
}

impl Paper {
    /// Width and height upright, in points.
    pub fn size_pt(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::Letter => (612.0, 792.0),
            Self::A3 => (841.89, 1190.55),
        }
    }
}

/// A finished file.
#[derive(Clone, Debug)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Characters that no bundled face has: they print as empty boxes.
    pub missing: Vec<char>,
}

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A bundled face could not be cut down to the used glyphs.
    #[error("the font {0} could not be embedded")]
    Font(&'static str),
    /// The file could not be put together.
    #[error("the PDF could not be written: {0}")]
    Write(String),
}

/// Writes a document for paper. The same document always gives the same bytes.
///
/// # Errors
/// Where a font cannot be embedded or the file not be put together; neither depends on the document.
pub fn pdf(document: &Document, paper: Paper) -> Result<Pdf, ExportError> {
    writer::write(document, &flow::flow(document, paper))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    #[test]
    fn the_file_is_whole_and_its_fonts_are_subset() {
        let document = sample::document();
        let first = pdf(&document, Paper::A4).unwrap();
        let again = pdf(&document, Paper::A4).unwrap();
        assert_eq!(first.bytes, again.bytes);
        let read = lopdf::Document::load_mem(&first.bytes).unwrap();
        assert!(read.get_pages().len() >= 3);
        let mut fonts = 0;
        for object in read.objects.values() {
            let Ok(dictionary) = object.as_dict() else { continue };
            let name = |key: &[u8]| dictionary.get(key).and_then(lopdf::Object::as_name).unwrap_or_default().to_vec();
            if name(b"Type") == b"FontDescriptor" {
                fonts += 1;
                assert!(dictionary.has(b"FontFile2"));
                let font = String::from_utf8(name(b"FontName")).unwrap();
                assert_eq!(font.find('+'), Some(6), "{font}");
            }
        }
        assert!(fonts > 0);
    }

    #[test]
    fn every_word_can_be_copied_out() {
        let document = sample::document();
        let read = lopdf::Document::load_mem(&pdf(&document, Paper::Letter).unwrap().bytes).unwrap();
        let pages: Vec<u32> = read.get_pages().keys().copied().collect();
        let text = read.extract_text(&pages).unwrap();
        for word in [document.title.as_str(), document.subject.as_str()] {
            assert!(text.contains(word), "{word:?} is not in {text:?}");
        }
    }
}
