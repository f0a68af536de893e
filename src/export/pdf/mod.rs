//! A document as PDF: `flow` sets the body on sheets, `front` what comes before it, `write` makes a file of them.
//!
//! printpdf writes page operations and font dictionaries, lopdf what printpdf cannot: outline, language, metadata.

mod figure;
mod flow;
mod fonts;
mod front;
mod geometry;
mod prose;
mod sheet;
mod table;
mod write;

pub use geometry::Paper;

use crate::{
    document::{Block, Document},
    scene::{Item, Outline, Point, Rect, Scene},
};

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Characters that no bundled font has, each once, in order. They are shown as boxes.
    pub missing: Vec<char>,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A diagram has a coordinate that is no number.
    #[error("the diagram \"{0}\" has a coordinate that is not a number; lay it out again")]
    NotANumber(String),
    /// A bundled font cannot be cut down to the glyphs that are used.
    #[error("the bundled font {font} cannot be embedded: {reason}")]
    Font {
        /// Which font.
        font: &'static str,
        /// Why.
        reason: String,
    },
    /// The file cannot be put together.
    #[error("the PDF cannot be written: {0}")]
    Write(String),
}

/// The document as PDF.
///
/// # Errors
/// Where a diagram has a coordinate that is no number. The other errors would be faults of the program.
pub fn pdf(doc: &Document, paper: Paper) -> Result<Pdf, ExportError> {
    check(&doc.blocks)?;
    let mut body = flow::body(doc, paper);
    let front = front::front(doc, paper, &mut body);
    let missing = body.fonts.missing();
    let bytes = write::write(doc, front, body)?;
    Ok(Pdf { bytes, missing })
}

fn check(blocks: &[Block]) -> Result<(), ExportError> {
    for block in blocks {
        match block {
            Block::Section { blocks, .. } => check(blocks)?,
            Block::Figure { scene, caption, .. } if !finite(scene) => {
                return Err(ExportError::NotANumber(caption.clone()));
            }
            _ => {}
        }
    }
    Ok(())
}

fn finite(scene: &Scene) -> bool {
    let point = |point: &Point| point.x.is_finite() && point.y.is_finite();
    let rect = |rect: &Rect| [rect.x, rect.y, rect.w, rect.h].iter().all(|value| value.is_finite());
    let item = |item: &Item| match item {
        Item::Shape { outline, stroke, .. } => {
            stroke.is_none_or(|stroke| stroke.width.is_finite())
                && match outline {
                    Outline::Round(bounds, radius) => rect(bounds) && radius.is_finite(),
                    Outline::Polygon(points) => points.iter().all(point),
                    Outline::Circle(centre, radius) => point(centre) && radius.is_finite(),
                }
        }
        Item::Path { points, stroke } => points.iter().all(point) && stroke.width.is_finite(),
        Item::Text { at, size, .. } => point(at) && size.is_finite(),
    };
    rect(&scene.bounds) && scene.items.iter().all(item)
}

#[cfg(test)]
mod tests;
