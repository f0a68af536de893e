//! PDF.
use crate::document::Document;
/// x
pub struct Pdf;
/// x
pub enum Paper {}
/// x
pub enum ExportError {}
/// x
pub fn pdf(_: &Document, _: Paper) -> Result<Pdf, ExportError> {
    Ok(Pdf)
}
